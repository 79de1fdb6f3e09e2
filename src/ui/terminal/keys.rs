//! Keys: bytes from a terminal as keys.
//!
//! Escape sequences that mean nothing here are swallowed whole, also when their bytes arrive apart, so that no rest of
//! one answers a question. A bracketed paste is one key.

use std::time::Duration;

/// How long the rest of an escape sequence may take to arrive, over a slow line.
const SEQUENCE_WAIT: Duration = Duration::from_millis(50);

/// Names a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Enter,
    Escape,
    Backspace,
    Up,
    Down,
    /// Ctrl and a letter, in lower case.
    Ctrl(char),
    Paste(String),
    /// Something that means nothing here.
    Other,
}

/// Gives bytes: the next one within a time, or none.
pub(super) trait Bytes {
    type Error;

    fn next(&mut self, within: Option<Duration>) -> Result<Option<u8>, Self::Error>;
}

/// Reads one key; nothing when none comes within the time.
pub(super) fn read_key<B: Bytes>(bytes: &mut B, within: Option<Duration>) -> Result<Option<Key>, B::Error> {
    let Some(first) = bytes.next(within)? else { return Ok(None) };
    Ok(Some(match first {
        b'\r' | b'\n' => Key::Enter,
        0x7f | 0x08 => Key::Backspace,
        0x1b => escape(bytes)?,
        1..=26 => Key::Ctrl(char::from(first - 1 + b'a')),
        byte if byte < 0x20 => Key::Other,
        byte => character(byte, bytes)?,
    }))
}

fn escape<B: Bytes>(bytes: &mut B) -> Result<Key, B::Error> {
    let Some(second) = bytes.next(Some(SEQUENCE_WAIT))? else { return Ok(Key::Escape) };
    match second {
        b'[' => {
            let mut sequence = Vec::new();
            while let Some(byte) = bytes.next(Some(SEQUENCE_WAIT))? {
                sequence.push(byte);
                if (0x40..=0x7e).contains(&byte) {
                    break;
                }
            }
            match sequence.as_slice() {
                b"A" => Ok(Key::Up),
                b"B" => Ok(Key::Down),
                b"200~" => paste(bytes),
                _ => Ok(Key::Other),
            }
        }
        b'O' => Ok(match bytes.next(Some(SEQUENCE_WAIT))? {
            Some(b'A') => Key::Up,
            Some(b'B') => Key::Down,
            _ => Key::Other,
        }),
        _ => Ok(Key::Other),
    }
}

fn paste<B: Bytes>(bytes: &mut B) -> Result<Key, B::Error> {
    const END: &[u8] = b"\x1b[201~";
    const STALLED: Duration = Duration::from_secs(2);
    let mut text = Vec::new();
    while !text.ends_with(END) {
        match bytes.next(Some(STALLED))? {
            Some(byte) => text.push(byte),
            None => break,
        }
    }
    let text = text.strip_suffix(END).unwrap_or(&text);
    Ok(Key::Paste(String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n")))
}

fn character<B: Bytes>(first: u8, bytes: &mut B) -> Result<Key, B::Error> {
    let length = match first {
        0x00..=0x7f => return Ok(Key::Char(char::from(first))),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Ok(Key::Other),
    };
    let mut all = vec![first];
    while all.len() < length {
        match bytes.next(Some(SEQUENCE_WAIT))? {
            Some(byte) => all.push(byte),
            None => return Ok(Key::Other),
        }
    }
    Ok(std::str::from_utf8(&all).ok().and_then(|text| text.chars().next()).map_or(Key::Other, Key::Char))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(std::collections::VecDeque<u8>);

    impl Bytes for Given {
        type Error = std::convert::Infallible;

        fn next(&mut self, _: Option<Duration>) -> Result<Option<u8>, Self::Error> {
            Ok(self.0.pop_front())
        }
    }

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let mut given = Given(bytes.iter().copied().collect());
        std::iter::from_fn(|| read_key(&mut given, None).unwrap_or_default()).collect()
    }

    #[test]
    fn letters_controls_and_wide_characters_are_keys() {
        let wide = "宽".as_bytes();
        assert_eq!(
            keys(&[b"y\r\x03".as_slice(), wide, b"\x7f"].concat()),
            [Key::Char('y'), Key::Enter, Key::Ctrl('c'), Key::Char('宽'), Key::Backspace]
        );
    }

    #[test]
    fn no_rest_of_a_sequence_is_a_key() {
        assert_eq!(keys(b"\x1b[15~"), [Key::Other]);
        assert_eq!(keys(b"\x1b[1;5C"), [Key::Other]);
        assert_eq!(keys(b"\x1bOA\x1b[B"), [Key::Up, Key::Down]);
        assert_eq!(keys(b"\x1b"), [Key::Escape]);
    }

    #[test]
    fn a_bracketed_paste_is_one_key() {
        assert_eq!(keys(b"\x1b[200~no\r\nyes\ry\x1b[201~"), [Key::Paste("no\nyes\ny".to_owned())]);
    }
}
