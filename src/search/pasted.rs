//! What was pasted: its words as the index knows them, the codes in it, and the signatures that stand in it.

use std::collections::HashMap;

use super::align::{Aligned, BIT, Seen, UNKNOWN, Unit, align_at_best};
use super::codes::{self, Kind};
use super::index::Index;
use super::tokens::{Token, tokens};

/// As many bytes of the beginning and of the end of a text are looked at.
const MAX_SIDE: usize = 512 * 1024;

/// As many different words are looked at for a typo.
const MAX_TYPOS: usize = 400;

/// Places of a word beyond which it leads to no signature by itself.
const MAX_PLACES: usize = 24;

/// As many signatures are aligned.
const MAX_ALIGNED: usize = 64;

/// Holds a pasted text, read.
pub(super) struct Pasted {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    /// By word: whether it stands in an address.
    pub(super) is_address: Vec<bool>,
    seen: Vec<Seen>,
}

/// Holds a code that was found: whose, what it says, and the words of the text it stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeHit {
    pub(super) flow: usize,
    pub(super) points: u32,
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Holds a signature that was found: its number, and which of its parts stand at which words of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignatureHit {
    pub(super) signature: usize,
    pub(super) found: Aligned,
}

impl Pasted {
    pub(super) fn read(index: &Index, text: &str) -> Self {
        let text = bounded(text);
        let tokens = join(index, &text, tokens(&text));
        let mut typos: HashMap<&str, u32> = HashMap::new();
        let mut seen = Vec::with_capacity(tokens.len());
        for Token { word, .. } in &tokens {
            let known = index.word(word);
            let meant = match typos.get(word.as_str()) {
                _ if known.is_some() => UNKNOWN,
                Some(&meant) => meant,
                None if typos.len() < MAX_TYPOS => *typos.entry(word).or_insert(index.meant(word)),
                None => UNKNOWN,
            };
            seen.push(Seen { word: known.unwrap_or(UNKNOWN), meant });
        }
        let is_address = in_addresses(&text, &tokens);
        Self { text, tokens, is_address, seen }
    }

    /// Returns the number of each word, with typos mended.
    pub(super) fn words(&self) -> Vec<u32> {
        self.seen.iter().map(|seen| if seen.word == UNKNOWN { seen.meant } else { seen.word }).collect()
    }

    /// Returns a part of the text by its words.
    pub(super) fn fragment(&self, from: usize, to: usize) -> &str {
        &self.text[self.tokens[from].start..self.tokens[to].end]
    }

    /// Tells whether a word stands in quotes by itself.
    pub(super) fn is_quoted(&self, n: usize) -> bool {
        const QUOTES: [char; 2] = ['\'', '"'];
        let Token { start, end, .. } = self.tokens[n];
        self.text[..start].ends_with(QUOTES) && self.text[end..].starts_with(QUOTES)
    }

    /// Returns the codes of flows that stand in the text; and the words that are codes, but of no flow.
    pub(super) fn codes(&self, index: &Index) -> (Vec<CodeHit>, Vec<usize>) {
        let (mut hits, mut unknown) = (Vec::new(), Vec::new());
        let mut covered = 0;
        for (n, token) in self.tokens.iter().enumerate() {
            let is_digits = token.word.bytes().all(|byte| byte.is_ascii_digit());
            let is_number = codes::is_number(&token.word) && codes::is_number_code(&self.text, &self.tokens, n);
            let before = hits.len();
            let rest = &self.text[token.end..];
            let is_end = n + 1 == self.tokens.len() || rest.starts_with('…') || rest.starts_with("...");
            let (codes, is_exact) = index.codes_like(&token.word, is_end);
            for code in codes {
                let to = n + code.rest.len();
                let stands = code.rest.iter().zip(&self.tokens[n + 1..]).filter(|(a, b)| **a == b.word).count();
                if stands == code.rest.len() && (code.kind == Kind::Word || is_number) {
                    let points = match (code.kind, code.is_name) {
                        (Kind::Word, true) => 40 * BIT,
                        (Kind::Word, false) => 34 * BIT,
                        (Kind::Number, true) => 32 * BIT,
                        (Kind::Number, false) => 26 * BIT,
                    };
                    let points = if is_exact { points } else { points * 3 / 4 };
                    hits.push(CodeHit { flow: code.flow, points, kind: code.kind, from: n, to });
                    covered = covered.max(to + 1);
                }
            }
            // A code that several errors have says less of each.
            let sharing = u32::try_from(hits.len() - before).unwrap_or(u32::MAX);
            if let Some(halvings) = sharing.checked_ilog2().filter(|&halvings| halvings > 0) {
                let less = (halvings * 5 * BIT).min(20 * BIT);
                hits[before..].iter_mut().for_each(|hit| hit.points -= less);
            }
            let is_code = if is_digits {
                is_number
            } else {
                let is_value = codes::is_code(token) && codes::is_announced(&self.text, &self.tokens, n);
                (is_value || index.is_of_family(&token.word)) && index.word(&token.word).is_none()
            };
            if is_code && n >= covered {
                unknown.push(n);
            }
        }
        (hits, unknown)
    }

    /// Returns the signatures that stand in the text, whole or in part.
    pub(super) fn signatures(&self, index: &Index) -> Vec<SignatureHit> {
        let mut leads: HashMap<u32, Vec<(usize, u32)>> = HashMap::new();
        for (n, seen) in self.seen.iter().enumerate() {
            let word = if seen.word == UNKNOWN { seen.meant } else { seen.word };
            if word == UNKNOWN {
                continue;
            }
            let places = &index.places[word as usize];
            if places.len() <= MAX_PLACES {
                places.iter().for_each(|&(signature, at)| leads.entry(signature).or_default().push((n, at)));
            }
            let next =
                self.seen.get(n + 1).map_or(UNKNOWN, |next| if next.word == UNKNOWN { next.meant } else { next.word });
            for &(signature, at) in index.pairs.get(&(word, next)).into_iter().flatten() {
                leads.entry(signature).or_default().extend([(n, at), (n + 1, at + 1)]);
            }
        }
        let weight = |signature: u32, at: u32| match index.signatures[signature as usize].units[at as usize] {
            Unit::Word { weight, .. } => weight,
            Unit::Any => 0,
        };
        let mut best: Vec<(u32, u32)> = leads
            .iter()
            .map(|(&signature, leads)| {
                let mut places: Vec<u32> = leads.iter().map(|&(_, at)| at).collect();
                places.sort_unstable();
                places.dedup();
                (signature, places.into_iter().map(|at| weight(signature, at)).sum())
            })
            .filter(|&(_, points): &(u32, u32)| points >= 4 * BIT)
            .collect();
        best.sort_unstable_by_key(|&(signature, points)| (std::cmp::Reverse(points), signature));
        best.truncate(MAX_ALIGNED);
        let aligned = |(signature, _): (u32, u32)| {
            let places: Vec<(usize, u32)> =
                leads[&signature].iter().map(|&(n, at)| (n, weight(signature, at))).collect();
            let units = &index.signatures[signature as usize].units;
            let found = align_at_best(units, &self.seen, &places);
            SignatureHit { signature: signature as usize, found }
        };
        best.into_iter().map(aligned).filter(|hit| hit.found.points > 0).collect()
    }
}

/// Returns the beginning and the end of a text that is too long.
fn bounded(text: &str) -> String {
    if text.len() <= 2 * MAX_SIDE {
        return text.to_owned();
    }
    let is_boundary = |byte: &usize| text.is_char_boundary(*byte);
    let begin = (0..=MAX_SIDE).rev().find(is_boundary).unwrap_or(0);
    let end = (text.len() - MAX_SIDE..=text.len()).find(is_boundary).unwrap_or(text.len());
    [&text[..begin], "\n\n", &text[end..]].concat()
}

/// Tells of each word whether it stands in an address: `https://api.powerbi.com/v1.0`, or a host by itself. What an address passes on
/// behind a question mark may be a message.
fn in_addresses(text: &str, tokens: &[Token]) -> Vec<bool> {
    const PARTING: &[char] =
        &[' ', '\t', '\n', '\r', '"', '\'', '<', '>', '(', ')', '[', ']', '{', '}', ',', ';', '|', '\\', '&', '?', '#'];
    let mut found = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for chunk in text.split(PARTING) {
        end += chunk.len();
        let standing = tokens[found.len()..].iter().take_while(|token| token.start < end).count();
        let is_address = standing > 0 && is_address(chunk);
        found.extend(std::iter::repeat_n(is_address, standing));
        end += 1;
    }
    found.resize(tokens.len(), false);
    found
}

/// Tells whether something without spaces names a place: `://` in it, or two dots between small letters and digits.
fn is_address(chunk: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let dots =
        || chunk.as_bytes().windows(3).filter(|three| three[1] == b'.' && is_small(three[0]) && is_small(three[2]));
    chunk.contains("://") || (!chunk.bytes().any(|byte| byte.is_ascii_uppercase()) && dots().count() >= 2)
}

/// Joins words that were parted: by the end of a line, or a code from its number.
fn join(index: &Index, text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let Some(before) = joined.last_mut() {
            let is_number = codes::is_number(&token.word) && codes::family(&before.word).len() == before.word.len();
            let is_parted = is_number && !token.is_after_line && token.start - before.end <= 2;
            if token.is_after_line || is_parted {
                let both = format!("{}{}", before.word, token.word);
                let is_code = index.codes.contains_key(&both) || (is_parted && index.is_of_family(&both));
                let are_words = || index.word(&before.word).is_some() && index.word(&token.word).is_some();
                let is_hyphen = text[before.end..token.start].trim_end_matches(char::is_whitespace).len() <= 1;
                if is_code || (token.is_after_line && is_hyphen && index.word(&both).is_some() && !are_words()) {
                    before.word = both;
                    before.end = token.end;
                    before.humps += token.humps;
                    continue;
                }
            }
        }
        joined.push(token);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_from_a_name_in_parts() {
        for (text, expected) in [
            ("GET https://api.powerbi.com/v1.0/myorg 200", ".#######."),
            ("https://a/cb?error_description=Invalid%20key#x", "###...."),
            ("ping api.powerbi.com, then wait", ".###.."),
            ("System.Data.SqlClient.SqlException in a.b", "......."),
            (r#"{\"url\":\"https://x\"}"#, ".##"),
            ("", ""),
        ] {
            let tokens = tokens(text);
            let found: String =
                in_addresses(text, &tokens).into_iter().map(|is_address| if is_address { '#' } else { '.' }).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
