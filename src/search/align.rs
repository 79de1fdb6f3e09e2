//! Alignment: how much of a signature stands in a text, in order.
//!
//! A local alignment (Smith and Waterman 1981) of the signature's words with the text's: each word found counts what it says, words
//! left out on either side cost, and what stands at a variable part costs next to nothing. So a text that was cut off, a word
//! too many or a word with a typo lose a little, not all. Whole numbers only: the same everywhere.

/// How many parts a bit of information has; all points are counted in them.
pub(super) const BIT: u32 = 16;

/// What a word of the text costs that the signature does not have.
const EXTRA_WORD: i32 = 2 * BIT.cast_signed();

/// What a word at a variable part costs: so little that only of two ways to read it the shorter wins.
const VARIABLE_WORD: i32 = 1;

/// A word that is in no flow.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// Holds a part of a signature to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Unit {
    /// A word, by its number, and what it says.
    Word { word: u32, weight: u32 },
    /// Anything.
    Any,
}

/// Holds a word of the text: its number, and that of the word it is if it was mistyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) word: u32,
    pub(super) meant: u32,
}

/// Holds what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Aligned {
    /// What the words found say, less what was in the way.
    pub(super) points: u32,
    /// Which part was found at which word of the text, in order.
    pub(super) pairs: Vec<(usize, usize)>,
}

const STOP: u8 = 0;
const BOTH: u8 = 1;
const LEAVE_PART: u8 = 2;
const LEAVE_WORD: u8 = 3;

/// Aligns a signature with words of a text; the best place wins, the first of several.
pub(super) fn align(units: &[Unit], text: &[Seen]) -> Aligned {
    let width = text.len() + 1;
    let mut ways = vec![STOP; (units.len() + 1) * width];
    let mut above = vec![0_i32; width];
    let mut row = vec![0_i32; width];
    let (mut best, mut best_at) = (0, (0, 0));
    for (i, unit) in units.iter().enumerate() {
        row[0] = 0;
        for (j, seen) in text.iter().enumerate() {
            let (mut points, mut way) = (0, STOP);
            let mut offer = |offered: i32, by: u8| {
                if offered > points {
                    (points, way) = (offered, by);
                }
            };
            match *unit {
                Unit::Word { word, weight } => {
                    let weight = i32::try_from(weight).unwrap_or(i32::MAX / 4);
                    if seen.word == word {
                        offer(above[j] + weight, BOTH);
                    } else if seen.meant == word {
                        offer(above[j] + weight * 3 / 4, BOTH);
                    }
                    offer(above[j + 1] - weight / 2, LEAVE_PART);
                    offer(row[j] - EXTRA_WORD, LEAVE_WORD);
                }
                Unit::Any => {
                    offer(above[j + 1], LEAVE_PART);
                    offer(row[j] - VARIABLE_WORD, LEAVE_WORD);
                }
            }
            row[j + 1] = points;
            ways[(i + 1) * width + j + 1] = way;
            if points > best {
                (best, best_at) = (points, (i + 1, j + 1));
            }
        }
        std::mem::swap(&mut above, &mut row);
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = best_at;
    loop {
        match ways[i * width + j] {
            BOTH => {
                (i, j) = (i - 1, j - 1);
                pairs.push((i, j));
            }
            LEAVE_PART => i -= 1,
            LEAVE_WORD => j -= 1,
            _ => break,
        }
    }
    pairs.reverse();
    Aligned { points: u32::try_from(best).unwrap_or(0), pairs }
}

/// As many words a variable part is looked through.
const VARIABLE_WORDS: usize = 24;

/// Aligns a signature where most of what leads to it stands together.
pub(super) fn align_at_best(units: &[Unit], seen: &[Seen], leads: &[(usize, u32)]) -> Aligned {
    let variables = units.iter().filter(|unit| **unit == Unit::Any).count();
    let reach = units.len() + VARIABLE_WORDS * variables + 8;
    let (mut from, mut sum, mut best, mut best_from) = (0, 0, 0, 0);
    for &(n, weight) in leads {
        sum += weight;
        while leads[from].0 + reach < n {
            sum -= leads[from].1;
            from += 1;
        }
        if sum > best {
            (best, best_from) = (sum, leads[from].0);
        }
    }
    let first = best_from.saturating_sub(units.len().min(8));
    let last = (best_from + reach + 8).min(seen.len());
    let mut found = align(units, &seen[first..last]);
    found.pairs.iter_mut().for_each(|(_, word)| *word += first);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(units: &[u32], text: &[u32]) -> Aligned {
        let unit = |&word: &u32| if word == 0 { Unit::Any } else { Unit::Word { word, weight: 6 * BIT } };
        let units: Vec<Unit> = units.iter().map(unit).collect();
        let text: Vec<Seen> = text.iter().map(|&word| Seen { word, meant: UNKNOWN }).collect();
        align(&units, &text)
    }

    #[test]
    fn what_stands_in_order_counts_and_what_is_between_costs() {
        assert_eq!(aligned(&[1, 2, 3], &[9, 1, 2, 3, 9]).points, 18 * BIT);
        assert_eq!(aligned(&[1, 2, 3], &[1, 9, 2, 3]).points, 16 * BIT);
        assert_eq!(aligned(&[1, 2, 3], &[1, 3]).points, 9 * BIT);
        assert_eq!(aligned(&[1, 2, 3], &[3, 2, 1]).points, 6 * BIT);
        assert_eq!(aligned(&[1, 2, 3], &[7, 8]), Aligned::default());
    }

    #[test]
    fn a_variable_part_takes_what_stands_there_and_may_be_empty() {
        let found = aligned(&[1, 0, 2], &[9, 1, 9, 9, 9, 2]);
        assert_eq!((found.points, found.pairs), (12 * BIT - 3, vec![(0, 1), (2, 5)]));
        assert_eq!(aligned(&[1, 0, 2], &[1, 2]).points, 12 * BIT);
        assert_eq!(aligned(&[0, 1, 2], &[1, 2]).points, 12 * BIT);
    }

    #[test]
    fn a_mistyped_word_counts_less() {
        let units = [Unit::Word { word: 1, weight: 64 }];
        assert_eq!(align(&units, &[Seen { word: UNKNOWN, meant: 1 }]).points, 48);
        assert_eq!(align(&units, &[Seen { word: UNKNOWN, meant: UNKNOWN }]).points, 0);
    }
}
