//! Siblings: messages of different errors that begin or end alike, and the word that tells them apart.
//!
//! `failed with http status code 'Unauthorized'` and `failed with http status code 'Forbidden'` are two errors: the word behind what
//! they share is the telling one. A text with the shared part and a third word there is neither of them.

use std::cmp::Ordering;

use super::align::{UNKNOWN, Unit};
use super::index::Signature;

/// Finds the telling words of all signatures: by signature, their places in order. Two signatures of different flows are siblings when
/// what they share at their beginning, or at their end, is two fifths of what each of them says.
pub(super) fn telling(signatures: &[Signature]) -> Vec<Vec<usize>> {
    let mut telling = vec![Vec::new(); signatures.len()];
    for ends in [false, true] {
        let units: Vec<Vec<Unit>> = signatures.iter().map(|signature| in_order(signature, ends)).collect();
        let mut order: Vec<usize> = (0..signatures.len()).collect();
        order.sort_by(|&a, &b| compare(&units[a], &units[b]));
        for is_back in [false, true] {
            if is_back {
                order.reverse();
            }
            beside(signatures, &units, &order, &mut |n, shared| {
                telling[n].push(if ends { units[n].len() - 1 - shared } else { shared });
            });
        }
    }
    for places in &mut telling {
        places.sort_unstable();
        places.dedup();
    }
    telling
}

fn in_order(signature: &Signature, is_back: bool) -> Vec<Unit> {
    let mut units = signature.units.clone();
    if is_back {
        units.reverse();
    }
    units
}

/// Compares each signature with the nearest one before it that is another flow's: of all of them it shares most.
fn beside(signatures: &[Signature], units: &[Vec<Unit>], order: &[usize], found: &mut dyn FnMut(usize, usize)) {
    // The other one, and how many words it shares with the signature at hand.
    let mut other: Option<(usize, usize)> = None;
    for pair in order.windows(2) {
        let (before, n) = (pair[0], pair[1]);
        let same = shared(&units[before], &units[n]);
        other = if signatures[before].flow == signatures[n].flow {
            other.map(|(other, shared)| (other, shared.min(same)))
        } else {
            Some((before, same))
        };
        let Some((other, shared)) = other else { continue };
        let (Some(Unit::Word { .. }), Some(Unit::Word { .. })) = (units[n].get(shared), units[other].get(shared))
        else {
            continue;
        };
        let says: u32 = units[n][..shared].iter().map(says).sum();
        if says * 5 >= signatures[n].total * 2 && says * 5 >= signatures[other].total * 2 {
            found(n, shared);
        }
    }
}

/// Tells whether a text has another word where the telling one stands in a signature: beside a word of the signature that was found, a
/// word of the text that was not. Words are given as found: part of the signature, word of the text.
pub(super) fn is_contradicted(telling: &[usize], pairs: &[(usize, usize)], words: usize) -> bool {
    let at = |part: usize| pairs.iter().find(|pair| pair.0 == part).map(|pair| pair.1);
    let is_other = |word: usize| word < words && pairs.iter().all(|pair| pair.1 != word);
    telling.iter().filter(|&&part| at(part).is_none()).any(|&part| {
        let behind = part.checked_sub(1).and_then(at).map(|word| word + 1);
        let before = at(part + 1).and_then(|word| word.checked_sub(1));
        behind.is_some_and(is_other) || before.is_some_and(is_other)
    })
}

fn word(unit: &Unit) -> u32 {
    match *unit {
        Unit::Word { word, .. } => word,
        Unit::Any => UNKNOWN,
    }
}

fn says(unit: &Unit) -> u32 {
    match *unit {
        Unit::Word { weight, .. } => weight,
        Unit::Any => 0,
    }
}

fn shared(one: &[Unit], other: &[Unit]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| word(one) == word(other)).count()
}

fn compare(one: &[Unit], other: &[Unit]) -> Ordering {
    one.iter().map(word).cmp(other.iter().map(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::align::BIT;

    fn signature(flow: usize, words: &[u32]) -> Signature {
        let unit = |&word: &u32| if word == 0 { Unit::Any } else { Unit::Word { word, weight: 4 * BIT } };
        let units: Vec<Unit> = words.iter().map(unit).collect();
        let total = units.iter().map(says).sum();
        Signature { flow, units, total }
    }

    #[test]
    fn the_word_that_tells_siblings_apart_is_found() {
        for (signatures, expected) in [
            // They begin alike, or end alike, or both.
            (vec![signature(0, &[1, 2, 3, 7]), signature(1, &[1, 2, 3, 8])], vec![vec![3], vec![3]]),
            (vec![signature(0, &[7, 1, 2]), signature(1, &[8, 1, 2])], vec![vec![0], vec![0]]),
            (vec![signature(0, &[1, 2, 0, 7, 3, 4]), signature(1, &[1, 2, 0, 8, 3, 4])], vec![vec![3], vec![3]]),
            // Of one flow it is all the same.
            (vec![signature(0, &[1, 2, 3, 7]), signature(0, &[1, 2, 3, 8])], vec![vec![], vec![]]),
            (
                vec![signature(0, &[1, 2, 3, 7]), signature(0, &[1, 2, 3, 8]), signature(1, &[1, 2, 3, 9])],
                vec![vec![3], vec![3], vec![3]],
            ),
            // Little is shared; one goes on where the other ends; one has a variable part there.
            (vec![signature(0, &[1, 2, 3, 4]), signature(1, &[1, 8, 9, 7])], vec![vec![], vec![]]),
            (vec![signature(0, &[1, 2]), signature(1, &[1, 2, 3])], vec![vec![], vec![]]),
            (vec![signature(0, &[1, 2, 0]), signature(1, &[1, 2, 3])], vec![vec![], vec![]]),
        ] {
            assert_eq!(telling(&signatures), expected, "{signatures:?}");
        }
    }

    #[test]
    fn another_word_in_the_place_of_the_telling_one_contradicts() {
        let telling = [3];
        assert!(is_contradicted(&telling, &[(0, 5), (1, 6), (2, 7)], 9), "another word follows");
        assert!(is_contradicted(&telling, &[(4, 5), (5, 6)], 9), "another word stands before");
        assert!(!is_contradicted(&telling, &[(0, 5), (1, 6), (2, 7), (3, 8)], 9), "it is there");
        assert!(!is_contradicted(&telling, &[(0, 5), (1, 6), (2, 7)], 8), "the text was cut off there");
        assert!(!is_contradicted(&telling, &[(2, 7), (4, 8)], 9), "it was left out");
        assert!(!is_contradicted(&telling, &[(0, 5), (1, 6)], 9), "nothing beside it was found");
        assert!(!is_contradicted(&[], &[(0, 5)], 9));
    }
}
