//! Plain text: a block a line, as a browser's "copy all" gives them.

use super::block::{Kind, Page};
use super::html::decode;

/// Says what stands before an item: items of one list have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet(char),
    Number,
}

/// Reads plain text.
pub(super) fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut is_apart = true;
    // The list that the lines are in: the marker of its items, and how far they are indented.
    let mut list: Option<(Marker, usize)> = None;
    for line in text.lines() {
        let decoded = decode(line);
        let line = decoded.as_ref();
        if line.chars().all(|c| c.is_whitespace() || crate::text::is_hostile(c)) {
            is_apart = true;
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || crate::text::is_hostile(c));
        if is_rule(trimmed) {
            // A line drawn under another makes a heading of it.
            if !is_apart && let Some(last) = page.blocks.last_mut() {
                last.kind = Kind::Heading(2);
            }
            is_apart = true;
            list = None;
            continue;
        }
        if let Some((marker, rest)) = marker(trimmed) {
            let depth = match list {
                Some((first, least)) if marker != first && indent > least => 1,
                Some((first, _)) if marker == first => 0,
                _ => {
                    list = Some((marker, indent));
                    0
                }
            };
            page.push(Kind::Item(depth), rest, is_apart);
        } else {
            if is_apart && indent == 0 {
                list = None;
            }
            page.push(Kind::Line, trimmed, is_apart);
        }
        is_apart = false;
    }
    page
}

fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-' || c == '_' || c == '*'))
}

/// Splits what marks an item from its text.
pub(super) fn marker(line: &str) -> Option<(Marker, &str)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let is_spaced = rest.starts_with(char::is_whitespace);
    match first {
        '•' | '‣' | '▪' | '◦' | '●' | '○' | '■' | '□' | '▸' | '►' | '➤' | '⁃' | '∙' | '·' => {
            Some((Marker::Bullet(first), rest))
        }
        '-' | '*' | '+' | '–' | '—' | '−' if is_spaced => Some((Marker::Bullet(first), rest)),
        // Arrows, ticks and emoji stand before items when a space follows.
        '\u{2190}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}' => {
            let rest = rest.trim_start_matches('\u{fe0f}');
            rest.starts_with(char::is_whitespace).then_some((Marker::Bullet(first), rest))
        }
        '0'..='9' | '(' => number(line),
        _ => None,
    }
}

/// Splits `1.`, `1)`, `(1)` or a keycap from the text.
fn number(line: &str) -> Option<(Marker, &str)> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = &inner[digits..];
    if let Some(rest) = rest.trim_start_matches('\u{fe0f}').strip_prefix('\u{20e3}') {
        return Some((Marker::Number, rest));
    }
    let after = rest.strip_prefix([')', '.']).or_else(|| rest.strip_prefix(": "))?;
    let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || c.is_uppercase());
    (ends || rest.starts_with(": ")).then_some((Marker::Number, after))
}
