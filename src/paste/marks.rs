//! Marks: what stands where a secret stood, such as `[password 1]`, and how many there are of each kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::flat::{Item, MARK};

/// Says what kind of secret was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretKind {
    /// What a person or a service signs in with.
    Password,
    /// The secret of an application.
    Secret,
    /// The key of an account, a service or an integration runtime.
    Key,
    /// What was handed out after a sign-in.
    Token,
    /// The signature that makes an address a permission.
    Signature,
    /// What a browser keeps of a sign-in.
    Cookie,
    /// The private half of a key pair.
    PrivateKey,
    /// An address that takes messages from whoever knows it.
    Webhook,
    /// A person's address or sign-in name, its domain too.
    Email,
}

impl SecretKind {
    const ALL: [Self; 9] = [
        Self::Password,
        Self::Secret,
        Self::Key,
        Self::Token,
        Self::Signature,
        Self::Cookie,
        Self::PrivateKey,
        Self::Webhook,
        Self::Email,
    ];

    /// Returns the words that stand in its mark.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Secret => "secret",
            Self::Key => "key",
            Self::Token => "token",
            Self::Signature => "signature",
            Self::Cookie => "cookie",
            Self::PrivateKey => "private key",
            Self::Webhook => "webhook address",
            Self::Email => "e-mail address",
        }
    }
}

/// Says how many different secrets of a kind were masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masked {
    /// The kind.
    pub kind: SecretKind,
    /// How many.
    pub count: u32,
}

/// Says what was masked: `2 passwords, 1 e-mail address`.
pub fn masked_words(masked: &[Masked]) -> String {
    let words = masked.iter().map(|masked| {
        let (count, word) = (masked.count, masked.kind.words());
        match (count, word.ends_with('s')) {
            (1, _) => format!("1 {word}"),
            (_, true) => format!("{count} {word}es"),
            (_, false) => format!("{count} {word}s"),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Makes one item of each mark in a flat view, so that it is never taken apart, and returns the kinds and numbers they have.
pub(super) fn join(items: &mut Vec<Item>) -> Vec<(SecretKind, u32)> {
    let mut known = Vec::new();
    let (mut from, mut to) = (0, 0);
    while from < items.len() {
        let item = items[from];
        let found = mark(items, from);
        let end = found.map_or(from + 1, |(.., end)| end);
        items[to] = if found.is_some() { Item { c: MARK, end: items[end - 1].end, ..item } } else { item };
        known.extend(found.map(|(kind, number, _)| (kind, number)));
        (from, to) = (end, to + 1);
    }
    items.truncate(to);
    known
}

/// Reads the mark that begins at a place, and returns its kind, its number and the place after it.
fn mark(items: &[Item], at: usize) -> Option<(SecretKind, u32, usize)> {
    const DIGITS: usize = 7;
    if items[at].c != '[' {
        return None;
    }
    let after = |word: &str| {
        let mut rest = items[at + 1..].iter();
        word.chars().all(|c| rest.next().is_some_and(|item| item.c == c)).then_some(())?;
        (rest.next()?.c == ' ').then_some(at + 2 + word.chars().count())
    };
    let (kind, from) = SecretKind::ALL.into_iter().find_map(|kind| Some((kind, after(kind.words())?)))?;
    let digits: String =
        items[from..].iter().take(DIGITS).map(|item| item.c).take_while(char::is_ascii_digit).collect();
    let end = from + digits.len();
    (items.get(end)?.c == ']').then_some((kind, digits.parse().ok()?, end + 1))
}

/// Numbers secrets: the same secret has the same number.
#[derive(Default)]
pub(super) struct Numbers {
    given: BTreeMap<(SecretKind, String), u32>,
    highest: BTreeMap<SecretKind, u32>,
    order: Vec<SecretKind>,
}

impl Numbers {
    /// Leaves out a number that a mark has already.
    pub(super) fn known(&mut self, kind: SecretKind, number: u32) {
        let highest = self.highest.entry(kind).or_default();
        *highest = number.max(*highest);
    }

    /// Returns the secrets that have a mark.
    pub(super) fn known_secrets(&self) -> impl Iterator<Item = (SecretKind, String)> + '_ {
        self.given.keys().cloned()
    }

    /// Returns the mark of a secret.
    pub(super) fn mark(&mut self, kind: SecretKind, secret: String) -> String {
        let highest = self.highest.entry(kind).or_default();
        let number = self.given.entry((kind, secret)).or_insert_with(|| {
            *highest = highest.saturating_add(1);
            *highest
        });
        if !self.order.contains(&kind) {
            self.order.push(kind);
        }
        format!("[{} {number}]", kind.words())
    }

    /// Returns how many of each kind there are, in the order in which they came.
    pub(super) fn counts(&self) -> Vec<Masked> {
        let count = |&kind: &SecretKind| {
            let count = self.given.keys().filter(|(known, _)| *known == kind).count();
            Masked { kind, count: u32::try_from(count).unwrap_or(u32::MAX) }
        };
        self.order.iter().map(count).collect()
    }
}
