//! Text is data: what a file, a person or a pasted message brings is made harmless here, and nowhere else.
//!
//! Purpose: one definition of which characters could act on a terminal, a page or a ticket instead of being
//! read, and the ways to show them. Must not: know markup (each renderer escapes its own). Place: used by every
//! room that shows text, always on the way in to the renderer.

use std::borrow::Cow;
use std::io;

/// Tells whether a character can act instead of being read: controls (C0 but for line feed and tab, DEL, C1),
/// bidirectional controls, zero-width and invisible characters, line separators and tags.
pub fn is_hostile(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{00}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        c if c.is_ascii() => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Returns the hostile characters of a text with their bytes. Plain ASCII costs next to nothing.
pub fn hostile(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let is_plain = |byte: u8| matches!(byte, 0x20..=0x7e | b'\n' | b'\t');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (words, _) = bytes[at..].as_chunks();
            at += size_of::<u64>() * words.iter().take_while(|&&word| is_printable(word)).count();
            if is_plain(*bytes.get(at)?) {
                at += 1;
                continue;
            }
            let c = text[at..].chars().next()?;
            let found = at;
            at += c.len_utf8();
            if is_hostile(c) {
                return Some((found, c));
            }
        }
    })
}

/// Tells whether eight bytes are all printable ASCII, in one go.
fn is_printable(bytes: [u8; size_of::<u64>()]) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; size_of::<u64>()]);
    const HIGH: u64 = 0x80 * EACH;
    let word = u64::from_ne_bytes(bytes);
    // A byte below the one that is taken from it borrows, which sets its highest bit; so does one above 0x7e when one is added.
    ((word.wrapping_sub(0x20 * EACH)) | word | word.wrapping_add(EACH)) & HIGH == 0
}

/// Returns the text with each hostile character written out (`\u{1b}`) and each tab as a space; line feeds stay,
/// and a carriage return before one goes.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') && hostile(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\t' => out.push(' '),
            c if is_hostile(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns the text as one harmless line: as [`visible`], with each run of white space as one space.
pub fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns at most `width` columns of a harmless line, with `…` where something was left out.
pub fn shorten(line: &str, width: usize) -> String {
    use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
    if line.width() <= width {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in line.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    if width > 0 {
        out.push('…');
    }
    out
}

/// Returns the letters and digits of a text in lower case: two texts of which these are the same read the same.
pub fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Returns a number with its thing: `1 flow`, `2,000 flows`.
pub fn plural(n: impl TryInto<u128>, thing: &str) -> String {
    match n.try_into().unwrap_or(u128::MAX) {
        1 => format!("1 {thing}"),
        n => format!("{} {thing}s", number(n)),
    }
}

/// Returns a number with its digits in groups: `1,234,567`; one that was counted no further as what it exceeds.
pub fn number(n: u128) -> String {
    if n == u128::MAX {
        return "more than 10^38".to_owned();
    }
    let digits = n.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns a JSON document, indented, in which every hostile character is an escape: nothing in it acts on a terminal.
pub fn json<T: serde::Serialize>(value: &T) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Harmless::default());
    value.serialize(&mut serializer).expect("documents have text keys and finite numbers");
    String::from_utf8(bytes).expect("JSON is written as UTF-8")
}

macro_rules! delegate {
    ($($name:ident($($argument:ident: $type:ty)?);)*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $type)?) -> io::Result<()> {
            self.0.$name(writer $(, $argument)?)
        }
    )*};
}

/// Writes JSON as `serde_json` does when indented, but for hostile characters.
#[derive(Default)]
struct Harmless(serde_json::ser::PrettyFormatter<'static>);

impl serde_json::ser::Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (byte, c) in fragment.char_indices().filter(|&(_, c)| is_hostile(c)) {
            writer.write_all(&fragment.as_bytes()[plain..byte])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = byte + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }

    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_written_out_and_nothing_else_is_touched() {
        assert_eq!(visible("plain žluť 宽 👍\nline"), "plain žluť 宽 👍\nline");
        assert_eq!(visible("a\u{1b}[31mb\u{9b}c\u{202e}d\r\ne\rf"), "a\\u{1b}[31mb\\u{9b}c\\u{202e}d\ne\\u{d}f");
        assert!(visible("\u{200b}\u{e0041}\u{feff}\u{8}").chars().all(|c| c.is_ascii_graphic()));
    }

    #[test]
    fn a_hostile_character_is_found_wherever_it_stands() {
        for before in 0..100 {
            let text = format!("{}\u{7f}{}\u{202e}", "a".repeat(before), "ž宽".repeat(before));
            let found: Vec<_> = hostile(&text).collect();
            assert_eq!(found, [(before, '\u{7f}'), (6 * before + 1, '\u{202e}')]);
        }
    }

    #[test]
    fn each_byte_of_ascii_is_judged_alike_at_each_place_of_a_word() {
        for (place, byte) in (0..20).flat_map(|place| (0..0x80_u8).map(move |byte| (place, byte))) {
            let c = char::from(byte);
            let text = format!("{}{c}{}", "x".repeat(place), "y".repeat(20 - place));
            let found = is_hostile(c).then_some((place, c));
            assert_eq!(hostile(&text).collect::<Vec<_>>(), found.into_iter().collect::<Vec<_>>(), "{place} {byte}");
        }
    }

    #[test]
    fn json_keeps_the_data_and_loses_the_danger() {
        let text = "a\u{1b}\u{9b}\u{202e}\u{e0041}\u{7f}\"ž宽";
        let json = super::json(&serde_json::json!({ "text": text }));
        assert!(!json.chars().any(is_hostile), "{json}");
        let back: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(back["text"], text);
    }

    #[test]
    fn a_line_is_one_line_and_fits() {
        assert_eq!(one_line(" a\n\tb \r\n c"), "a b c");
        assert_eq!(shorten("宽宽宽", 4), "宽…");
        assert_eq!(shorten("abc", 3), "abc");
        assert_eq!(shorten("ab cd", 4), "ab…");
        assert_eq!(shorten("ab", 0), "");
    }
}
