//! Masks: one pass over the flat view finds the secrets, and a mark takes the place of each.

use super::flat::{Item, MARK, flat};
use super::labels::Labels;
use super::marks::{Masked, Numbers, SecretKind, join};
use super::shapes;
use super::span::{Span, characters, is_guid_text};

/// Holds a text without the secrets that were found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// The text, with a mark such as `[password 1]` where each secret stood; the same secret has the same mark.
    pub text: String,
    /// What was masked.
    pub masked: Vec<Masked>,
}

/// Masks the secrets in a text. A text that was masked stays as it is.
///
/// It finds what has a name that means a secret, or the shape of one, and no more: whoever sends the text looks it over.
pub fn mask(text: &str) -> Mask {
    /// A mark in the place of a secret can let another one be seen, hardly ever more than once.
    const MOST_PASSES: usize = 8;
    let mut numbers = Numbers::default();
    let mut text = text.to_owned();
    for _ in 0..MOST_PASSES {
        match masked(&text, &mut numbers).or_else(|| again(&text, &mut numbers)) {
            Some(masked) => text = masked,
            None => break,
        }
    }
    Mask { text, masked: numbers.counts() }
}

/// Masks what one pass finds; nothing when there is nothing to mask.
fn masked(text: &str, numbers: &mut Numbers) -> Option<String> {
    let mut items = flat(text);
    join(&mut items).into_iter().for_each(|(kind, number)| numbers.known(kind, number));
    let mut labels = Labels::default();
    let mut spans: Vec<(SecretKind, Span)> = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while at < items.len() {
        let found = labels.secret(&items, at).or_else(|| shapes::secret(&items, at, floor));
        match found.filter(|(_, span)| span.from >= floor && is_secret(&items, *span)) {
            Some((kind, span)) => {
                spans.push((kind, span));
                (at, floor) = (span.to, span.to);
            }
            None => at += 1,
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for &(kind, span) in &spans {
        let (from, to) = (items[span.from].start, items[span.to - 1].end);
        out.push_str(&text[done..from]);
        out.push_str(&numbers.mark(kind, characters(&items, span)));
        done = to;
    }
    out.push_str(&text[done..]);
    (!spans.is_empty()).then_some(out)
}

/// Masks what stands once more without its name, as a message says what it was given; nothing when nothing does. Only what hardly stands
/// there by chance, and no id.
fn again(text: &str, numbers: &mut Numbers) -> Option<String> {
    /// More different secrets than any message has.
    const MOST: usize = 50;
    const SHORTEST: usize = 8;
    let is_sure = |secret: &str| {
        let has = |is_it: fn(&u8) -> bool| secret.bytes().any(|byte| is_it(&byte));
        secret.len() >= SHORTEST && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && !is_guid_text(secret)
    };
    let known: Vec<(SecretKind, String)> =
        numbers.known_secrets().filter(|(_, secret)| is_sure(secret)).take(MOST).collect();
    let mut out = text.to_owned();
    for (kind, secret) in known {
        if out.contains(&secret) {
            let mark = numbers.mark(kind, secret.clone());
            out = out.replace(&secret, &mark);
        }
    }
    (out != text).then_some(out)
}

/// Tells whether more stands there than marks.
fn is_secret(items: &[Item], span: Span) -> bool {
    span.to > span.from && items[span.from..span.to].iter().any(|item| item.c != MARK)
}
