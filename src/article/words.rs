//! Words: what two sentences have in common, and the ids made of what a sentence is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::search;

/// Words that say nothing of what a sentence is about.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
    "but", "by", "can", "could", "did", "do", "does", "due", "e", "each", "either", "for", "from", "g", "had", "has",
    "have", "how", "if", "in", "into", "is", "it", "its", "made", "make", "may", "might", "more", "most", "must",
    "needed", "of", "on", "one", "only", "or", "other", "our", "out", "over", "own", "same", "should", "since", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "too", "under", "until", "up", "used", "using", "via", "was", "we", "were", "what", "when",
    "where", "whether", "which", "while", "who", "why", "will", "with", "within", "would", "you", "your",
];

/// Words that turn a sentence around: they belong into an id.
const NOT: &[&str] = &["not", "no", "without", "missing", "lacks", "cannot"];

/// Most words that an id is made of.
const ID_WORDS: usize = 4;

/// Longest id, in bytes, so that a number still fits behind it.
const ID_LENGTH: usize = 60;

/// Returns a name as an id is written: lower-case ASCII words joined by `-`.
pub(super) fn slug(name: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { unaccented(c) }).collect();
    let mut slug = search::slug(&ascii).replace("power-bi", "powerbi");
    if slug.len() > ID_LENGTH {
        slug.truncate(slug[..ID_LENGTH].rfind('-').unwrap_or(ID_LENGTH));
    }
    slug
}

/// Returns the ASCII letter nearest to one with an accent; what has none parts words.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'ń' | 'Ñ' => 'n',
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ů' => 'u',
        'ß' | 'š' | 'Š' | 'ś' => 's',
        _ => ' ',
    }
}

/// Returns the id of an error by its title: `PowerBINotAuthorizedException` is made of words, too.
pub fn id_of(title: &str) -> String {
    slug(&title.split_whitespace().map(parted).collect::<Vec<_>>().join(" "))
}

/// Parts a name like `NotAuthorizedException` into its words; `PowerBI` stays one.
fn parted(name: &str) -> String {
    let (start, rest) = match name.strip_prefix("PowerBI") {
        Some(rest) if !rest.is_empty() => ("PowerBI ", rest),
        _ => ("", name),
    };
    let characters: Vec<char> = rest.chars().collect();
    let mut out = start.to_owned();
    for (n, &c) in characters.iter().enumerate() {
        let before = n.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(n + 1);
        let begins_word = before.is_some_and(char::is_lowercase)
            || (before.is_some_and(char::is_uppercase) && after.is_some_and(|after| after.is_lowercase()));
        if c.is_uppercase() && begins_word {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Returns the words of a text in lower case.
fn all_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Returns what is left of a word without its ending, so that `expired` is `expiry`.
fn stem(word: &str) -> String {
    for ending in ["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "y", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
        {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

/// Returns what a text is about: the stems of its telling words.
pub(super) fn about(text: &str) -> BTreeSet<String> {
    all_words(text).filter(|word| !STOP.contains(&word.as_str())).map(|word| stem(&word)).collect()
}

/// Weighs words by how few of a group of texts have them: the word that all have tells none of them apart.
#[derive(Debug)]
pub(super) struct Weights {
    texts: Vec<BTreeSet<String>>,
    count: u32,
    counts: BTreeMap<String, u32>,
}

impl Weights {
    /// Counts the words of each text of a group.
    pub(super) fn of(texts: &[String]) -> Self {
        let texts: Vec<_> = texts.iter().map(|text| about(text)).collect();
        let mut counts = BTreeMap::new();
        for word in texts.iter().flatten() {
            *counts.entry(word.clone()).or_default() += 1;
        }
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        Self { texts, count, counts }
    }

    fn weight(&self, word: &str) -> f64 {
        let count = self.counts.get(word).copied().unwrap_or(1);
        (1.0 + f64::from(self.count) / f64::from(count)).ln()
    }

    /// Returns how much of each text of the group another text has, from 0 to 1.
    pub(super) fn likeness(&self, text: &str) -> Vec<f64> {
        let words = about(text);
        let sum = |words: &mut dyn Iterator<Item = &String>| words.map(|word| self.weight(word)).sum::<f64>();
        let like = |own: &BTreeSet<String>| {
            let shared = sum(&mut own.intersection(&words));
            let all = sum(&mut own.iter());
            if all > 0.0 { shared / all } else { 0.0 }
        };
        self.texts.iter().map(like).collect()
    }
}

/// Makes ids, each only once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    /// Returns an id made of the first words that say what a text is about, or of another word and a number.
    pub(super) fn make(&mut self, text: &str, otherwise: &str) -> String {
        let words = all_words(text).filter(|word| NOT.contains(&word.as_str()) || !STOP.contains(&word.as_str()));
        let words: Vec<String> = words.take(ID_WORDS).map(|word| word.replace('\'', "")).collect();
        let slug = slug(&words.join(" "));
        let base = if slug.is_empty() { otherwise.to_owned() } else { slug };
        let mut id = base.clone();
        let mut n = 1;
        while !self.taken.insert(id.clone()) {
            n += 1;
            id = format!("{base}-{n}");
        }
        id
    }
}

/// Returns the words that stand with a capital letter inside sentences: names, which keep it everywhere.
pub(super) fn names<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for text in texts {
        let mut is_start = true;
        for word in text.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !is_start && bare.starts_with(char::is_uppercase) {
                names.insert(bare);
            }
            is_start = word.ends_with(['.', '?', '!', ':', '•', '>']);
        }
    }
    names
}
