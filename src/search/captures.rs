//! Captures: what stands in a pasted message at the variable parts of a signature.

use std::collections::HashMap;

use super::align::{BIT, Seen, UNKNOWN, Unit, align_at_best};
use super::signature::{Part, parts};
use super::tokens::{Token, stem, tokens};

/// Longest value, in bytes: what is longer is no name of anything.
const MAX_VALUE: usize = 300;

/// What may stand around a value and is no part of it, escaped or not.
const AROUND: &[&str] = &[
    "\\u0027", "\\u0022", "&#39;", "&quot;", "&apos;", "&#x27;", "%27", "%22", "\\n", "\\r", "\\", "\"", "'", "“", "”",
    "‘", "’", "(", ")", "[", "]", "<", ">", ":", "=", ",", ";", " ", "\t", "\n", "\r", "\u{a0}", ".",
];

/// Returns the variable parts of a signature with what stands there in a text: name and value, in the order of the signature. Nothing
/// where less than four fifths of the signature's words stand in the text; a part whose neighbours are not there is left out.
pub fn captures(text: &str, signature: &str) -> Vec<(String, String)> {
    let parts = parts(signature);
    let mut words: HashMap<String, u32> = HashMap::new();
    let mut units = Vec::with_capacity(parts.len());
    for part in &parts {
        units.push(match part {
            Part::Variable(_) => Unit::Any,
            Part::Word(token) => {
                let next = u32::try_from(words.len()).unwrap_or(UNKNOWN);
                let word = *words.entry(stem(&token.word).into_owned()).or_insert(next);
                Unit::Word { word, weight: 4 * BIT }
            }
        });
    }
    let tokens = tokens(text);
    let known = |token: &Token| words.get(&*stem(&token.word)).copied().unwrap_or(UNKNOWN);
    let seen: Vec<Seen> = tokens.iter().map(|token| Seen { word: known(token), meant: UNKNOWN }).collect();
    let leads = seen.iter().enumerate().filter(|(_, seen)| seen.word != UNKNOWN).map(|(n, _)| (n, BIT));
    let found = align_at_best(&units, &seen, &leads.collect::<Vec<_>>());
    let fixed = units.iter().filter(|unit| **unit != Unit::Any).count();
    if found.pairs.len() * 5 < fixed * 4 || fixed == 0 {
        return Vec::new();
    }
    let word_at = |part: usize| found.pairs.iter().find(|(known, _)| *known == part).map(|&(_, word)| &tokens[word]);
    let value = |at: usize| {
        let before = word_at(at.checked_sub(1)?)?;
        let rest = &text[before.end..];
        let raw = if at + 1 == parts.len() { first_line(rest) } else { &text[before.end..word_at(at + 1)?.start] };
        let value = trimmed(raw);
        (!value.is_empty() && value.len() <= MAX_VALUE).then(|| value.to_owned())
    };
    let named = |(at, part): (usize, &Part)| match part {
        Part::Variable(name) => Some((name.clone(), value(at)?)),
        Part::Word(_) => None,
    };
    parts.iter().enumerate().filter_map(named).collect()
}

/// Returns a text up to the end of its line or of what is in quotes.
fn first_line(rest: &str) -> &str {
    let begins = rest.len() - trimmed_start(rest).len();
    let ends = rest[begins..].find(['\n', '\r', '"', '\'', '”', '’']).map_or(rest.len(), |end| begins + end);
    &rest[..ends]
}

fn trimmed_start(mut text: &str) -> &str {
    while let Some(rest) = AROUND.iter().find_map(|around| text.strip_prefix(around)) {
        text = rest;
    }
    text
}

fn trimmed(text: &str) -> &str {
    let mut text = trimmed_start(text);
    while let Some(rest) = AROUND.iter().find_map(|around| text.strip_suffix(around)) {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, signature: &str) -> String {
        let captures = captures(text, signature);
        captures.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_stands_at_a_variable_part_is_returned_by_its_name() {
        let signature = "Application with identifier '<app>' was not found in the directory '<tenant>'.";
        let expected = "app=2c1d-5a tenant=contoso.com";
        for text in [
            "AADSTS700016: Application with identifier '2c1d-5a' was not found in the directory 'contoso.com'. This can happen",
            r#"{"m":"Application with identifier \u00272c1d-5a\u0027 was not found in the directory \u0027contoso.com\u0027. x"}"#,
            "application with identifier &#39;2c1d-5a&#39; was not found\nin the directory &#39;contoso.com&#39;.",
        ] {
            assert!(read(text, signature).starts_with("app=2c1d-5a tenant=contoso.com"), "{text}: {expected}");
        }
        assert_eq!(
            read("status code: 401, error message: no rights", "status code: %code;, error message: %message;"),
            "code=401 message=no rights"
        );
        assert_eq!(
            read("Cannot connect to 'srv,1433', Database: 'db'", "Cannot connect to '<server>', Database: '<db>'"),
            "server=srv,1433 db=db"
        );
    }

    #[test]
    fn a_part_whose_neighbours_are_missing_is_left_out_and_another_message_has_none() {
        assert_eq!(read("key of app 'x'", "key of app '<app>' has expired on <day> at last"), "");
        assert_eq!(read("the weather", "key of app '<app>' has expired"), "");
        assert_eq!(read("anything", "<all>"), "");
        assert_eq!(read("", ""), "");
    }
}
