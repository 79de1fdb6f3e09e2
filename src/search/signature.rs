//! Signatures: the product's message as fixed words around variable parts.
//!
//! Our flows write a variable part as `<name>`; files of others write `%name;`, `%name%`, `%name`, `{name}`, `@{name}`, `...` or a
//! lone `X`, and these are understood as well. What looks like one and holds a space is no variable part.

use super::tokens::{Token, tokens};

/// Holds a part of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A fixed word.
    Word(Token),
    /// What differs from message to message, by its name.
    Variable(String),
}

/// Longest name of a variable part, in bytes.
const MAX_NAME: usize = 40;

/// Cuts a signature into its parts. Two variable parts in a row are one.
pub(super) fn parts(signature: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut fixed_from, mut at) = (0, 0);
    let add_fixed = |parts: &mut Vec<Part>, from: usize, to: usize| {
        for mut token in tokens(&signature[from..to]) {
            token.start += from;
            token.end += from;
            let is_lone_x = token.word.bytes().all(|byte| byte == b'x') && !token.word.is_empty();
            let is_capital = signature[token.start..token.end].bytes().all(|byte| byte == b'X');
            if is_lone_x && is_capital {
                add_variable(parts, "X");
            } else {
                parts.push(Part::Word(token));
            }
        }
    };
    while let Some(c) = signature[at..].chars().next() {
        if let Some((name, length)) = variable(&signature[at..]) {
            add_fixed(&mut parts, fixed_from, at);
            add_variable(&mut parts, name);
            at += length;
            fixed_from = at;
        } else {
            at += c.len_utf8();
        }
    }
    add_fixed(&mut parts, fixed_from, signature.len());
    parts
}

fn add_variable(parts: &mut Vec<Part>, name: &str) {
    if !matches!(parts.last(), Some(Part::Variable(_))) {
        parts.push(Part::Variable(name.to_owned()));
    }
}

/// Reads a variable part that begins here: its name and its length in bytes.
fn variable(rest: &str) -> Option<(&str, usize)> {
    let bracketed = |open: &str, close: char| {
        let inner = rest.strip_prefix(open)?;
        let (name, _) = inner.split_once(close)?;
        is_name(name).then_some((name, open.len() + name.len() + close.len_utf8()))
    };
    let percent = || {
        let inner = rest.strip_prefix('%')?;
        let length = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inner.len());
        let name = &inner[..length];
        let is_variable = is_name(name) && name.starts_with(|c: char| c.is_ascii_alphabetic());
        let closing = usize::from(inner[length..].starts_with([';', '%']));
        is_variable.then_some((name, 1 + length + closing))
    };
    let dots = || {
        let length = rest.len() - rest.trim_start_matches(['.', '…']).len();
        let is_dots = rest.starts_with('…') || length >= 3;
        is_dots.then_some(("...", length))
    };
    bracketed("<", '>').or_else(|| bracketed("@{", '}')).or_else(|| bracketed("{", '}')).or_else(percent).or_else(dots)
}

fn is_name(name: &str) -> bool {
    let is_short = !name.is_empty() && name.len() <= MAX_NAME;
    is_short && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(signature: &str) -> String {
        let word = |part| match part {
            Part::Word(token) => token.word,
            Part::Variable(name) => format!("<{name}>"),
        };
        parts(signature).into_iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_way_to_write_a_variable_part_is_understood() {
        for (signature, expected) in [
            ("app '<app-id>' are", "app <app-id> are"),
            ("app '%appId' are %code; and %x%.", "app <appId> are <code> and <x>"),
            ("in {datasetId} of @{workspace}", "in <datasetId> of <workspace>"),
            ("address '...' isn't … here", "address <...> isnt <...> here"),
            ("Query 'X' (step 'Y') XXXX", "query <X> step y <X>"),
            ("for user '<token-identified principal>'", "for user token identified principal"),
            ("100% sure {\"a\": {}} a < b > c", "100 sure a a b c"),
            ("%a;%b; 20% %20c", "<a> 20 c"),
        ] {
            assert_eq!(read(signature), expected, "{signature}");
        }
    }
}
