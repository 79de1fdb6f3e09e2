//! Splicing: where in a flow's text the shared steps that it names are put, by its brackets alone.
//!
//! It looks at texts, comments and brackets and at nothing else, so that it is quick, takes a file that is still being mended, and needs
//! nothing of the rest: the build script uses the same code for the flows and shared steps that are built in.

/// What the name of a shared step begins with where a flow names it.
pub(super) const PREFIX: &str = "shared/";

/// What stands behind the last step that is put in.
pub(crate) const BEHIND: &str = ",";

/// The fields whose lists name steps.
const NAMING: [&str; 3] = ["fix", "find_out", "prevent"];

/// Holds what splicing has to know of a file, of a flow or of shared steps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outline<'a> {
    /// The entries of `steps` at the top.
    pub(super) steps: Vec<Entry<'a>>,
    /// Where more entries go; nothing where there is no `steps`.
    pub(super) slot: Option<Slot>,
    /// The shared steps that are named, without `shared/`, each once, in the order in which they are met.
    pub(super) names: Vec<&'a str>,
}

/// Holds a step and its bytes: from the first of its id, after the quote, to the last of its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) id: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Names the byte before which shared steps go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) at: usize,
    /// Whether the step before has no comma behind it.
    pub(crate) is_comma_missing: bool,
}

impl Slot {
    /// Returns what stands before the nth step that is put in: its text begins with its id, after the quote.
    pub(crate) fn before(self, n: usize) -> &'static str {
        if n > 0 || self.is_comma_missing { ",\n        \"shared/" } else { "\n        \"shared/" }
    }
}

/// Looks through a file; nothing where its brackets and quotes do not match.
pub(super) fn outline(text: &str) -> Option<Outline<'_>> {
    let mut outline = Outline::default();
    // Each open bracket with the field that it is the value of.
    let mut open: Vec<(u8, &str)> = Vec::new();
    let (mut word, mut field, mut key, mut last) = ("", "", None, Token::default());
    let mut tokens = Tokens { text, at: 0 };
    loop {
        let token = tokens.next()?;
        let is_in_steps = matches!(*open, [(b'(', _), (b'{', "steps")]);
        match token.kind {
            Kind::Sign(b':') => field = std::mem::take(&mut word),
            Kind::Sign(sign @ (b'(' | b'[' | b'{')) => open.push((sign, std::mem::take(&mut field))),
            Kind::Sign(sign @ (b')' | b']' | b'}' | b',')) => {
                if is_in_steps && let Some((id, start)) = key.take() {
                    outline.steps.push(Entry { id, start, end: last.end });
                }
                if sign != b',' {
                    if is_in_steps {
                        let is_comma_missing = !matches!(last.kind, Kind::Sign(b',' | b'{'));
                        outline.slot = outline.slot.or(Some(Slot { at: last.end, is_comma_missing }));
                    }
                    let (opened, _) = open.pop()?;
                    if !matches!((opened, sign), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        return None;
                    }
                }
                (field, word) = ("", "");
            }
            Kind::Text(of) => {
                if is_in_steps && key.is_none() {
                    key = Some((of, token.start + 1));
                }
                let named = of.strip_prefix(PREFIX);
                if let Some(name) = named.filter(|_| open.last().is_some_and(|(_, field)| NAMING.contains(field)))
                    && !outline.names.contains(&name)
                {
                    outline.names.push(name);
                }
            }
            Kind::Word(of) => word = of,
            Kind::Sign(_) | Kind::Other => {}
            Kind::End => return open.is_empty().then_some(outline),
        }
        last = token;
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Token<'a> {
    kind: Kind<'a>,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy, Default)]
enum Kind<'a> {
    /// What stands between simple quotes, as it stands there.
    Text(&'a str),
    Word(&'a str),
    Sign(u8),
    /// A raw text or a character.
    #[default]
    Other,
    End,
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Returns the next token; nothing where a text or comment does not end.
    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            match (bytes.get(self.at), bytes.get(self.at + 1)) {
                (None, _) => return Some(Token { kind: Kind::End, start: self.at, end: self.at }),
                (Some(b'/'), Some(b'/')) => self.at += length_to(&bytes[self.at..], b'\n'),
                (Some(b'/'), Some(b'*')) => self.at += comment(&bytes[self.at..])?,
                _ => match self.text[self.at..].chars().next() {
                    Some(c) if is_space(c) => self.at += c.len_utf8(),
                    _ => break,
                },
            }
        }
        let (start, rest) = (self.at, &bytes[self.at..]);
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let (kind, length) = match rest[0] {
            b'"' => {
                let length = text(rest)?;
                (Kind::Text(&self.text[start + 1..start + length - 1]), length)
            }
            b'\'' => (Kind::Other, character(rest)),
            b'r' if rest[1..].iter().find(|byte| **byte != b'#') == Some(&b'"') => (Kind::Other, raw_text(rest)?),
            byte if is_word(&byte) => {
                let length = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
                (Kind::Word(&self.text[start..start + length]), length)
            }
            sign if sign.is_ascii() => (Kind::Sign(sign), 1),
            _ => (Kind::Other, self.text[start..].chars().next().map_or(1, char::len_utf8)),
        };
        self.at += length;
        Some(Token { kind, start, end: self.at })
    }
}

/// Tells whether a character is white space in RON (Unicode's `Pattern_White_Space`).
fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
}

fn length_to(bytes: &[u8], end: u8) -> usize {
    bytes.iter().position(|byte| *byte == end).unwrap_or(bytes.len())
}

/// Measures a comment, in which others may stand.
fn comment(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        match (bytes.get(at)?, bytes.get(at + 1)?) {
            (b'/', b'*') => (at, depth) = (at + 2, depth + 1),
            (b'*', b'/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    Some(at)
}

fn text(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn raw_text(bytes: &[u8]) -> Option<usize> {
    let quote = length_to(bytes, b'"');
    let mut end = vec![b'"'];
    end.resize(quote, b'#');
    let body = bytes[quote + 1..].windows(quote).position(|window| *window == *end)?;
    Some(quote + 1 + body + quote)
}

/// Measures a character in quotes; a quote that belongs to none stands alone.
fn character(bytes: &[u8]) -> usize {
    let escaped = usize::from(bytes.get(1) == Some(&b'\\'));
    let ends = (2 + escaped..=5 + escaped).find(|&at| bytes.get(at) == Some(&b'\''));
    ends.map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_the_names_of_shared_ones_are_found_whatever_stands_around_them() {
        let text = r##"#![enable(implicit_some)]
            Flow(error: (signatures: ["shared/no"], steps: {"x": ()}), // steps: {
            causes: {"c": (fix: ["own", "shared/b", r#"a " ["#], prevent: ["shared/a", "shared/b"], why: "\"shared/no\" }")},
            /* ( /* " */ */ steps: {"own": (title: "(, \\", c: '"'), "two": Step(text: r"\") /* ) */ },
            questions: {"q": (find_out: ["shared/c"], ask: "ž?")})"##;
        let outline = outline(text).expect("it is whole");
        assert_eq!(outline.names, ["b", "a", "c"]);
        let steps: Vec<&str> = outline.steps.iter().map(|step| &text[step.start..step.end]).collect();
        assert_eq!(steps, [r#"own": (title: "(, \\", c: '"')"#, r#"two": Step(text: r"\")"#]);
        let slot = outline.slot.expect("there are steps");
        assert!(slot.is_comma_missing && text[slot.at..].starts_with(" /* ) */ },"));
    }

    #[test]
    fn a_comma_is_put_only_where_none_is() {
        let slot = |text| outline(text).expect("whole").slot.map(|slot| (slot.at, slot.is_comma_missing));
        assert_eq!(slot("(steps: {})"), Some((9, false)));
        assert_eq!(slot("(steps: {\"a\": (), })"), Some((17, false)));
        assert_eq!(slot("(steps: {\"a\": () })"), Some((16, true)));
        assert_eq!(slot("(causes: {})"), None);
    }

    #[test]
    fn what_is_not_whole_has_no_outline() {
        for text in ["(", "(ž", ")", "(]", "(steps: {\"a})", "/* (", "(r\")", "(r#\"\")"] {
            assert_eq!(outline(text), None, "{text}");
        }
    }
}
