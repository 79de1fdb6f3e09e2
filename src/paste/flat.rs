//! The flat view: a text as it reads once the wrappers around it are taken off, each character with the bytes it stands for.
//!
//! A pasted error is JSON in JSON, a URL, a page: `\"`, `\\\"`, `%22` and `&quot;` are all one quote. One pass takes them off, so that
//! what looks for a secret or a value reads one form, and what it finds is a range of the text as it is.

use crate::text::is_hostile;

/// Holds a character of the flat view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// The character; every quote is `'"'`, `'\''` or `` '`' ``.
    pub(super) c: char,
    /// How deep it is wrapped: quotes belong together when this is the same.
    pub(super) level: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Item {
    pub(super) fn is_quote(self) -> bool {
        matches!(self.c, '"' | '\'' | '`')
    }

    pub(super) fn is_space(self) -> bool {
        self.c.is_whitespace()
    }

    pub(super) fn is_word(self) -> bool {
        self.c.is_alphanumeric() || self.c == '_'
    }
}

/// Stands for a whole mark, such as `[password 1]`; in a text nobody sees it.
pub(super) const MARK: char = '\u{10fffd}';

/// Levels of quotes that no backslash wraps.
const CURLY: u8 = 200;
const ENTITY: u8 = 150;
const PERCENT: u8 = 100;

/// How far full-width forms are from the ASCII ones.
const FULL_WIDTH: u32 = 0xfee0;

/// Takes the wrappers off. Characters that nobody sees are left out.
pub(super) fn flat(text: &str) -> Vec<Item> {
    let bytes = text.as_bytes();
    let mut items = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = colour(&bytes[at..]) {
            at += length;
            continue;
        }
        let (c, level, length) = match c {
            // Full-width forms, as Chinese and Japanese texts have them.
            '＂' => ('"', CURLY, c.len_utf8()),
            '＇' => ('\'', CURLY, c.len_utf8()),
            '！'..='～' => (char::from_u32(u32::from(c) - FULL_WIDTH).unwrap_or(c), 0, c.len_utf8()),
            '\\' => backslash(&bytes[at..]),
            '%' => percent(&bytes[at..]).map_or(('%', 0, 1), |(c, deep, length)| (c, PERCENT + deep, length)),
            '&' => entity(&text[at..]).map_or(('&', 0, 1), |(c, length)| (c, ENTITY, length)),
            '“' | '”' | '„' | '«' | '»' => ('"', CURLY, c.len_utf8()),
            '‘' | '’' | '‚' => ('\'', CURLY, c.len_utf8()),
            '\u{a0}' => (' ', 0, c.len_utf8()),
            c => (c, 0, c.len_utf8()),
        };
        if (!is_hostile(c) && c != MARK) || c == '\r' {
            items.push(Item { c: if c == '\r' { ' ' } else { c }, level, start: at, end: at + length });
        }
        at += length;
    }
    items
}

/// Reads the sequence that sets a colour in a log, raw or as JSON writes it, and returns its length.
fn colour(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 24;
    let begin = [&b"\x1b["[..], b"\\u001b[", b"\\u001B["].into_iter().find(|begin| bytes.starts_with(begin))?.len();
    let inside = bytes[begin..].iter().take(LONGEST).take_while(|byte| byte.is_ascii_digit() || b";:?".contains(byte));
    let end = begin + inside.count();
    bytes.get(end).is_some_and(u8::is_ascii_alphabetic).then_some(end + 1)
}

/// Reads backslashes and what they wrap. What is no escape stays one backslash.
fn backslash(bytes: &[u8]) -> (char, u8, usize) {
    /// No wrapper wraps deeper; what is deeper is read backslash by backslash.
    const DEEPEST: usize = 63;
    let count = bytes.iter().take(DEEPEST).take_while(|&&byte| byte == b'\\').count();
    let level = u8::try_from(count).unwrap_or(u8::MAX);
    match bytes.get(count) {
        Some(&quote @ (b'"' | b'\'' | b'`')) => (char::from(quote), level, count + 1),
        Some(b'/') => ('/', level, count + 1),
        Some(b'n') => ('\n', level, count + 1),
        Some(b'r' | b't') => (' ', level, count + 1),
        Some(b'u') => match bytes.get(count + 1..count + 5).and_then(hex).and_then(char::from_u32) {
            Some(c) if !is_hostile(c) => (c, level, count + 5),
            _ => ('\\', 0, 1),
        },
        _ => ('\\', 0, 1),
    }
}

/// Reads `%3D`, and `%253D` as the same.
fn percent(bytes: &[u8]) -> Option<(char, u8, usize)> {
    const DEEPEST: u8 = 8;
    let mut at = 1;
    let mut deep = 0;
    while deep < DEEPEST && bytes.get(at..at + 2) == Some(b"25") && bytes.get(at + 2..at + 4).and_then(hex).is_some() {
        at += 2;
        deep += 1;
    }
    let code = hex(bytes.get(at..at + 2)?)?;
    let c = char::from_u32(code).filter(char::is_ascii)?;
    Some((c, deep, at + 2))
}

fn hex(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |sum, &byte| Some(sum * 16 + char::from(byte).to_digit(16)?))
}

fn entity(text: &str) -> Option<(char, usize)> {
    const KNOWN: &[(&str, char)] = &[
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#x22;", '"'),
        ("&apos;", '\''),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&nbsp;", ' '),
        ("&#61;", '='),
        ("&#x3D;", '='),
        ("&#64;", '@'),
    ];
    let found = KNOWN.iter().find(|(name, _)| text.as_bytes().starts_with(name.as_bytes()));
    found.map(|&(name, c)| (c, name.len()))
}
