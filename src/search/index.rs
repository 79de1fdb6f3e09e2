//! The index: the words, signatures and codes of all flows, each word with what it says.
//!
//! What a word says is the logarithm of how few flows have it, in sixteenths of a bit: `log2(flows / flows with the word)`. A catalog
//! of a few flows counts as one of 200, or no word would say anything.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::align::{BIT, UNKNOWN, Unit};
use super::codes::{self, Kind};
use super::siblings;
use super::signature::{Part, parts};
use super::stop::is_silent;
use super::tokens::{Token, humps, stem, tokens};
use crate::flow::Head;

/// As many flows a catalog counts as at least.
const LEAST_FLOWS: usize = 200;

/// What a silent word says at most.
const SILENT: u32 = BIT;

/// Places of the same two words in a row beyond which they lead nowhere.
const MAX_PAIR: usize = 256;

/// Holds where a flow's code stands and how it is to be read.
#[derive(Debug, Clone)]
pub(super) struct CodeOf {
    pub(super) flow: usize,
    /// The words after the first one.
    pub(super) rest: Vec<String>,
    pub(super) kind: Kind,
    /// Whether the flow is named by it; else it stands in a signature.
    pub(super) is_name: bool,
}

/// Holds a signature.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) flow: usize,
    pub(super) units: Vec<Unit>,
    /// What all its words say.
    pub(super) total: u32,
}

/// Names the part of a flow in which a word stands, the one that says most of it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// Title or code.
    Name,
    /// Signatures.
    Message,
    /// Meaning.
    Meaning,
    /// Product or category.
    Kind,
}

/// Finds flows by what is pasted or typed. It is built from the heads of all flows.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) ids: Vec<String>,
    pub(super) products: Vec<String>,
    /// What all signatures of a flow say.
    pub(super) says: Vec<u32>,
    words: HashMap<String, u32>,
    pub(super) signatures: Vec<Signature>,
    /// By signature: the places of the words that tell it from messages like it.
    pub(super) telling: Vec<Vec<usize>>,
    /// By word: the signatures and the places in them.
    pub(super) places: Vec<Vec<(u32, u32)>>,
    /// By two words in a row: the same, of the first one.
    pub(super) pairs: HashMap<(u32, u32), Vec<(u32, u32)>>,
    pub(super) codes: BTreeMap<String, Vec<CodeOf>>,
    /// How many codes begin with these letters.
    pub(super) families: HashMap<String, usize>,
    /// By word: what it says of a topic, and the flows that have it, where.
    pub(super) topics: Vec<(u32, Vec<(u32, Field)>)>,
    /// By the first and by the last letters of words: the words, to look up what was mistyped.
    ends: HashMap<[u8; 3], Vec<u32>>,
    /// By word: how it was first spelled.
    pub(super) spelled: Vec<String>,
}

/// Holds what was met of one flow, so that nothing is taken twice.
#[derive(Default)]
struct Met {
    codes: HashSet<(String, Vec<String>)>,
    messages: HashSet<Vec<Unit>>,
}

impl Index {
    /// Builds the index of flows; they are named by their place from then on.
    pub fn new(heads: &[Head]) -> Self {
        let mut index = Self {
            ids: heads.iter().map(|head| head.id.clone()).collect(),
            products: heads.iter().map(|head| head.error.product.clone()).collect(),
            ..Self::default()
        };
        for (flow, head) in heads.iter().enumerate() {
            index.add(flow, head);
        }
        index.weigh();
        index
    }

    /// Returns the id of a flow.
    pub fn id(&self, flow: usize) -> &str {
        &self.ids[flow]
    }

    /// Returns the number of a word, if a flow has it.
    pub(super) fn word(&self, word: &str) -> Option<u32> {
        self.words.get(&*stem(word)).copied()
    }

    fn add(&mut self, flow: usize, head: &Head) {
        let error = &head.error;
        let mut met = Met::default();
        let mut codes: Vec<(codes::Code, bool)> = Vec::new();
        codes.extend(codes::codes_of(&error.code).into_iter().map(|code| (code, true)));
        for signature in &error.signatures {
            codes.extend(codes::codes_in(signature).into_iter().map(|code| (code, false)));
        }
        for (code, is_name) in codes {
            self.add_code(flow, code, is_name, &mut met);
        }
        for token in tokens(&error.code).iter().filter(|token| token.word.contains('_')) {
            // People leave out what all codes of a family begin with.
            let name = error.code[token.start..token.end].rsplit('_').next().unwrap_or_default();
            if humps(name).len() >= 3 {
                let code = codes::Code { words: vec![name.to_ascii_lowercase()], kind: Kind::Word };
                self.add_code(flow, code, false, &mut met);
            }
        }
        // A code that is a phrase is a message as well; so is the title.
        for message in error.signatures.iter().chain([&error.code, &error.title]) {
            self.add_signature(flow, message, &mut met);
        }
        self.add_topic(flow, &error.title, Field::Name);
        self.add_topic(flow, &error.code, Field::Name);
        error.signatures.iter().for_each(|signature| self.add_topic(flow, signature, Field::Message));
        self.add_topic(flow, &error.meaning, Field::Meaning);
        head.causes.iter().for_each(|cause| self.add_topic(flow, cause, Field::Meaning));
        self.add_topic(flow, &error.product, Field::Kind);
        self.add_topic(flow, &initials(&error.product), Field::Kind);
        self.add_topic(flow, &error.category, Field::Kind);
    }

    fn add_code(&mut self, flow: usize, code: codes::Code, is_name: bool, met: &mut Met) {
        let codes::Code { words, kind } = code;
        let Some((first, rest)) = words.split_first() else { return };
        let family = family(first);
        if kind == Kind::Word && family.len() < first.len() {
            *self.families.entry(family.to_owned()).or_default() += 1;
        }
        let mut add = |word: &str, kind: Kind| {
            if met.codes.insert((word.to_owned(), rest.to_vec())) {
                let code = CodeOf { flow, rest: rest.to_vec(), kind, is_name };
                self.codes.entry(word.to_owned()).or_default().push(code);
            }
        };
        add(first, kind);
        // Where the product gives the number alone (`"error_codes":[50011]`), it means the same.
        let number = &first[codes::family(first).len()..];
        if kind == Kind::Word && codes::is_numbered(first) && codes::is_number(number) {
            add(number, Kind::Number);
        }
    }

    fn add_signature(&mut self, flow: usize, message: &str, met: &mut Met) {
        let mut units = Vec::new();
        for part in parts(message) {
            units.push(match part {
                Part::Variable(_) => Unit::Any,
                // A name in parts (`System.Data.SqlException`) says where an error was thrown more than what it is; a JSON key only
                // what it is wrapped in.
                Part::Word(token) => {
                    let share = if is_key(message, &token) {
                        1
                    } else if is_in_path(message, &token) {
                        2
                    } else {
                        4
                    };
                    Unit::Word { word: self.intern(&token.word), weight: share }
                }
            });
        }
        if !met.messages.insert(units.clone()) {
            return;
        }
        let n = narrow(self.signatures.len());
        for (at, unit) in units.iter().enumerate() {
            let Unit::Word { word, .. } = *unit else { continue };
            self.places[word as usize].push((n, narrow(at)));
            if let Some(Unit::Word { word: next, .. }) = units.get(at + 1) {
                self.pairs.entry((word, *next)).or_default().push((n, narrow(at)));
            }
        }
        self.signatures.push(Signature { flow, units, total: 0 });
    }

    fn add_topic(&mut self, flow: usize, text: &str, field: Field) {
        for token in tokens(text) {
            let parts = humps(&text[token.start..token.end]);
            let parts = if parts.len() > 1 { parts } else { Vec::new() };
            for word in std::iter::once(token.word).chain(parts) {
                let word = self.intern(&word) as usize;
                let flow = narrow(flow);
                match self.topics[word].1.last_mut() {
                    Some((known, best)) if *known == flow => *best = field.min(*best),
                    _ => self.topics[word].1.push((flow, field)),
                }
            }
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        let stem = stem(word);
        if let Some(&known) = self.words.get(&*stem) {
            return known;
        }
        let number = narrow(self.spelled.len());
        self.words.insert(stem.clone().into_owned(), number);
        self.spelled.push(word.to_owned());
        self.places.push(Vec::new());
        self.topics.push((0, Vec::new()));
        for end in ends(&stem) {
            self.ends.entry(end).or_default().push(number);
        }
        number
    }

    /// Weighs all words once all flows are there.
    fn weigh(&mut self) {
        let flows = log2(self.ids.len().max(LEAST_FLOWS));
        let says = |word: usize, having: usize| {
            let weight = (flows.saturating_sub(log2(having))).max(BIT / 2);
            if is_silent(&self.spelled[word]) { weight.min(SILENT) } else { weight }
        };
        let weights: Vec<u32> = self
            .places
            .iter()
            .enumerate()
            .map(|(word, places)| {
                let mut flows: Vec<usize> = places.iter().map(|&(n, _)| self.signatures[n as usize].flow).collect();
                flows.dedup();
                says(word, flows.len())
            })
            .collect();
        let topics: Vec<u32> =
            self.topics.iter().enumerate().map(|(word, (_, flows))| says(word, flows.len())).collect();
        for (weight, topic) in topics.into_iter().zip(&mut self.topics) {
            topic.0 = weight;
        }
        for signature in &mut self.signatures {
            for unit in &mut signature.units {
                if let Unit::Word { word, weight } = unit {
                    *weight = weights[*word as usize] * *weight / 4;
                    signature.total += *weight;
                }
            }
        }
        self.telling = siblings::telling(&self.signatures);
        self.says = vec![0; self.ids.len()];
        self.signatures.iter().for_each(|signature| self.says[signature.flow] += signature.total);
        self.pairs.retain(|_, places| places.len() <= MAX_PAIR);
    }

    /// Tells whether a word is of a family of which several codes are known.
    pub(super) fn is_of_family(&self, word: &str) -> bool {
        let family = family(word);
        family.len() < word.len() && self.families.get(family).is_some_and(|&known| known > 1)
    }

    /// Returns the codes that a word is; also one that was mistyped or, where the text ends, cut off, if it can be only one.
    pub(super) fn codes_like(&self, word: &str, is_end: bool) -> (&[CodeOf], bool) {
        /// As many letters of a code that was cut off have to be there.
        const LEAST: usize = 14;
        // The same error is printed with and without it.
        const PREFIX: &str = "usererror";
        let bare = word.strip_prefix(PREFIX).filter(|bare| bare.len() >= LEAST);
        if let Some(codes) = self.codes.get(word).or_else(|| bare.and_then(|bare| self.codes.get(bare))) {
            return (codes, true);
        }
        if self.words.contains_key(word) {
            return (&[], true);
        }
        let mut begin = self.codes.range(word.to_owned()..).take_while(|(code, _)| code.starts_with(word));
        if let (Some((_, codes)), None, true) =
            (begin.next(), begin.next(), is_end && word.len() >= LEAST && !codes::is_numbered(word))
        {
            return (codes, false);
        }
        let meant = if word.len() >= LEAST { self.meant(word) } else { UNKNOWN };
        let spelled = self.spelled.get(meant as usize);
        (spelled.and_then(|spelled| self.codes.get(spelled)).map_or(&[], Vec::as_slice), false)
    }

    /// Finds the word that was mistyped: one letter wrong, missing, too many, or two that changed places.
    pub(super) fn meant(&self, typed: &str) -> u32 {
        const SHORTEST: usize = 5;
        if typed.len() < SHORTEST || !typed.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return UNKNOWN;
        }
        let stem = stem(typed);
        let near = |&&word: &&u32| {
            let known = &self.spelled[word as usize];
            known.len() >= SHORTEST && (is_one_off(typed, known) || is_one_off(&stem, &super::tokens::stem(known)))
        };
        ends(&stem).iter().filter_map(|end| self.ends.get(end)).flatten().filter(near).min().copied().unwrap_or(UNKNOWN)
    }
}

/// Tells whether a word is the key of a JSON value.
fn is_key(text: &str, token: &Token) -> bool {
    let after = text[token.end..].trim_start_matches('\\');
    after.strip_prefix('"').is_some_and(|after| after.trim_start().starts_with(':'))
}

/// Tells whether a dot and nothing else joins a word to another.
fn is_in_path(text: &str, token: &Token) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut before = text[..token.start].chars().rev();
    let mut after = text[token.end..].chars();
    (before.next() == Some('.') && is_letter(before.next())) || (after.next() == Some('.') && is_letter(after.next()))
}

/// Returns what the codes of a family begin with: letters before a number, or the first two words of a longer name.
fn family(code: &str) -> &str {
    let letters = codes::family(code);
    if letters.len() < code.len() {
        return letters;
    }
    let second = code.match_indices('_').nth(1).or_else(|| code.match_indices('_').next());
    match second {
        Some((at, _)) => &code[..=at],
        None => code.find("error").filter(|&at| at > 0).map_or(code, |at| &code[..at + "error".len()]),
    }
}

/// Returns the letters by which a mistyped word is looked up: one typo leaves the first or the last ones.
fn ends(stem: &str) -> Vec<[u8; 3]> {
    let bytes = stem.as_bytes();
    match bytes {
        [a, b, .., y, z] => vec![[b'<', *a, *b], [b'>', *y, *z]],
        _ => Vec::new(),
    }
}

/// Tells whether one edit leads from a word to another: Damerau's distance is one.
fn is_one_off(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[same..], &long[same..]);
    if short.len() < long.len() {
        return short == &long[1..];
    }
    let is_swapped = short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
    !short.is_empty() && (is_swapped || short[1..] == long[1..])
}

/// Returns what people write for a product of three words and more: `adf`.
fn initials(product: &str) -> String {
    let words: Vec<&str> = product.split_whitespace().collect();
    if words.len() < 3 { String::new() } else { words.iter().filter_map(|word| word.chars().next()).collect() }
}

/// Returns the binary logarithm in sixteenths, rounded down. Whole numbers only.
pub(super) fn log2(n: usize) -> u32 {
    let whole = n.max(1).ilog2();
    // The square of the mantissa is over two where the next digit is a one.
    let mut mantissa = if whole <= 15 { n.max(1) << (15 - whole) } else { n >> (whole - 15) };
    let mut digits = 0;
    for _ in 0..4 {
        mantissa = (mantissa * mantissa) >> 15;
        digits <<= 1;
        if mantissa >= 1 << 16 {
            digits |= 1;
            mantissa >>= 1;
        }
    }
    whole * BIT + digits
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).expect("a catalog has fewer words than memory has bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_the_logarithm() {
        for n in [1, 2, 3, 5, 200, 211, 1_000, 65_536, 1_000_000] {
            #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
            let exact = (n as f64).log2() * 16.0;
            assert!((f64::from(log2(n)) - exact).abs() < 1.1, "{n}: {} {exact}", log2(n));
        }
    }

    #[test]
    fn one_typo_is_one() {
        for (a, b) in [("memory", "memroy"), ("secret", "secrt"), ("client", "clientt"), ("token", "tokem")] {
            assert!(is_one_off(a, b) && is_one_off(b, a), "{a} {b}");
        }
        for (a, b) in [("memory", "meomyr"), ("secret", "sert"), ("abc", "xbz")] {
            assert!(!is_one_off(a, b), "{a} {b}");
        }
    }

    #[test]
    fn families_are_known_by_how_codes_begin() {
        assert_eq!(family("aadsts50011"), "aadsts");
        assert_eq!(family("dm_gwpipeline_gateway_x"), "dm_gwpipeline_");
        assert_eq!(family("dmts_x"), "dmts_");
        assert_eq!(family("usererroraccessdenied"), "usererror");
        assert_eq!(family("tokenexpired"), "tokenexpired");
    }
}
