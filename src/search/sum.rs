//! Sums: what speaks for each flow in a text, by its codes and its messages.
//!
//! It is counted in sixteenths of a bit ([`BIT`]): a code that cannot be mistaken says 40 bits, a number with context 32; a message says
//! what its words say (rare words more), beyond 48 bits a quarter; a few typed words what they say of the topic. Against a message
//! speaks a word that contradicts (404 where siblings have 401 and 403), and that nothing but an address of it is there.

use std::collections::HashMap;

use super::align::{BIT, Unit};
use super::codes::Kind;
use super::index::{Index, Signature};
use super::pasted::{CodeHit, Pasted, SignatureHit};
use super::siblings;

/// Beyond this a message says a quarter.
const FULL_MESSAGE: u32 = 48 * BIT;

/// What the code that stands last says more.
pub(super) const LAST_CODE: u32 = 14 * BIT;

/// Holds what speaks for a flow.
#[derive(Default)]
pub(super) struct Sum {
    code: u32,
    pub(super) message: u32,
    pub(super) words: u32,
    pub(super) is_sure: bool,
    pub(super) codes: Vec<CodeHit>,
    /// The words of the codes.
    spelled: Vec<String>,
    /// The best message: what it says, and the words of the text.
    pub(super) best: Option<(u32, usize, usize)>,
    /// A message that stands there whole: what it says, and its first word in the text.
    pub(super) whole: Option<(u32, usize)>,
    /// A message like one of the flow's stands there, with another word in the place that tells them apart.
    pub(super) is_contradicted: bool,
    pub(super) why_words: bool,
    pub(super) covered: Vec<usize>,
    /// What of all messages of the flow stands there, in thousandths: among flows with the same message, that of which it is more.
    pub(super) share: u32,
}

impl Sum {
    fn is_code(&self, word: &str) -> bool {
        self.spelled.iter().any(|known| known == word)
    }

    /// Returns all that speaks for the flow.
    pub(super) fn points(&self) -> u32 {
        let message = self.message.min(FULL_MESSAGE) + self.message.saturating_sub(FULL_MESSAGE) / 4;
        (self.code + message).max(self.words) + self.share * BIT / 1000
    }
}

/// Adds the codes of flows that stand in a text.
pub(super) fn add_codes(pasted: &Pasted, sums: &mut HashMap<usize, Sum>, hits: Vec<CodeHit>) {
    // Of each flow its first code; a code that is repeated stands no deeper.
    let mut firsts: HashMap<usize, usize> = HashMap::new();
    for hit in hits.iter().filter(|hit| hit.kind == Kind::Word) {
        firsts.entry(hit.flow).or_insert(hit.from);
    }
    let last = firsts.values().copied().max();
    let is_one = firsts.values().all(|&first| Some(first) == last);
    for hit in hits {
        let is_last = !is_one && last.is_some() && firsts.get(&hit.flow).copied() == last;
        let sum = sums.entry(hit.flow).or_default();
        sum.code = sum.code.max(hit.points + if is_last { LAST_CODE } else { 0 });
        sum.is_sure = true;
        sum.spelled.extend(pasted.tokens[hit.from..=hit.to].iter().map(|token| token.word.clone()));
        sum.codes.push(hit);
    }
}

/// Adds the messages of flows that stand in a text, whole or in part. `is_doubtful` says that a code of no flow stands there.
pub(super) fn add_messages(index: &Index, pasted: &Pasted, sums: &mut HashMap<usize, Sum>, is_doubtful: bool) {
    let mut hits = pasted.signatures(index);
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.found.points), hit.signature));
    for hit in hits {
        let signature = &index.signatures[hit.signature];
        let sum = sums.entry(signature.flow).or_default();
        if siblings::is_contradicted(&index.telling[hit.signature], &hit.found.pairs, pasted.tokens.len()) {
            sum.is_contradicted = true;
            continue;
        }
        let is_enough = is_enough(signature, &hit, pasted, is_doubtful);
        let weight = |part: usize| match signature.units[part] {
            Unit::Word { weight, .. } => weight,
            Unit::Any => 0,
        };
        // An address says where something was asked, not what came of it.
        let beside: u32 =
            (hit.found.pairs.iter()).filter(|(_, word)| !pasted.is_address[*word]).map(|&(part, _)| weight(part)).sum();
        if beside < 4 * BIT {
            continue;
        }
        let is_part = hit.found.points >= 8 * BIT && hit.found.points * 5 >= signature.total * 2;
        let new: u32 = (hit.found.pairs.iter())
            .filter(|(_, word)| !sum.covered.contains(word) && !sum.is_code(&pasted.tokens[*word].word))
            .map(|&(part, _)| weight(part))
            .sum();
        sum.is_sure |= is_enough;
        // What the code says is not said twice.
        let is_part = is_part && new >= 4 * BIT;
        if is_enough || is_part {
            sum.message += part_of(new.min(hit.found.points), &hit, signature.total);
            sum.covered.extend(hit.found.pairs.iter().map(|&(_, word)| word));
        }
        if let ([(_, first), ..], [.., (_, last)]) = (&*hit.found.pairs, &*hit.found.pairs)
            && new >= 4 * BIT
            && (is_enough || is_part)
        {
            sum.best.get_or_insert((new.min(hit.found.points), *first, *last));
            if hit.found.points * 100 >= signature.total * 85 {
                sum.whole.get_or_insert((hit.found.points, *first));
            }
        }
    }
}

/// Returns what a message says that is not there whole: where nearly nothing is, half of what was found.
fn part_of(says: u32, hit: &SignatureHit, total: u32) -> u32 {
    let (total, found) = (u64::from(total.max(1)), u64::from(hit.found.points.min(total)));
    u32::try_from(u64::from(says) * (total + found) / (2 * total)).unwrap_or(says)
}

/// Tells whether so much of a message stands in the text that it is the one.
fn is_enough(signature: &Signature, hit: &SignatureHit, pasted: &Pasted, is_doubtful: bool) -> bool {
    let (points, total) = (hit.found.points, signature.total.max(1));
    let covered = points * 100 / total;
    if is_doubtful {
        return points >= 16 * BIT && covered >= 70;
    }
    let (first, last) = (hit.found.pairs.first(), hit.found.pairs.last());
    let is_run = first.zip(last).is_some_and(|(first, last)| {
        let words = hit.found.pairs.len();
        words >= 6 && last.1 - first.1 < words + 1 && last.0 - first.0 < words + 1
    });
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let words = pasted.tokens.iter().filter(|token| !has_digit(&token.word)).count();
    let is_whole_text = hit.found.pairs.len() * 10 >= words * 6;
    (points >= 20 * BIT && covered >= 55)
        || (points >= 32 * BIT && covered >= 35)
        || (points >= 14 * BIT && covered >= 85)
        || (points >= 18 * BIT && is_run)
        || (points >= 9 * BIT && covered >= 85 && is_whole_text)
}
