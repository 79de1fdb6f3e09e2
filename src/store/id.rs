//! Session ids: short enough to be read out over a telephone, long enough not to meet.
//!
//! Crockford's base 32 (<https://www.crockford.com/base32.html>) in lower case, in two groups: `k7f3-9qmd`. Forty
//! random bits: of 10 000 sessions in one store, two meet once in 22 000 stores, and then `begin` says so.

use super::StoreError;

/// The digits, in order: neither `i`, `l` and `o`, which look like others, nor `u`.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits in a group.
const GROUP: usize = 4;
/// Bytes of an id: two groups and a hyphen.
const LENGTH: usize = 2 * GROUP + 1;

/// Draws a new session id.
pub fn new_id() -> Result<String, StoreError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes[3..]).map_err(StoreError::NoRandomness)?;
    Ok(from_bits(u64::from_be_bytes(bytes)))
}

/// Refuses what is no id. Ids become file names, so nothing else may get past.
pub(super) fn require(id: &str) -> Result<(), StoreError> {
    let is_id = id.len() == LENGTH && prefix(id).is_some_and(|canonical| canonical == id);
    if is_id { Ok(()) } else { Err(StoreError::BadId { id: id.to_owned() }) }
}

/// Writes the beginning of an id as ids are stored; nothing when no id begins so.
pub(super) fn prefix(text: &str) -> Option<String> {
    let mut canonical = String::with_capacity(LENGTH);
    for c in text.trim().chars().filter(|&c| c != '-') {
        let digit = match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        };
        if !u8::try_from(digit).is_ok_and(|byte| DIGITS.contains(&byte)) {
            return None;
        }
        if canonical.len() == GROUP {
            canonical.push('-');
        }
        canonical.push(digit);
    }
    (1..=LENGTH).contains(&canonical.len()).then_some(canonical)
}

fn from_bits(bits: u64) -> String {
    let digits = (0..40).step_by(5).rev().map(|shift| char::from(DIGITS[(bits >> shift & 31) as usize]));
    let mut id: String = digits.collect();
    id.insert(GROUP, '-');
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(prefix(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn what_is_read_out_and_typed_again_is_the_same_id() {
        check("k7f3-9qmd", Some("k7f3-9qmd"));
        check(" K7F39QMD ", Some("k7f3-9qmd"));
        check("oO-iIlL", Some("0011-11"));
        check("k7f3", Some("k7f3"));
        check("k7f3-", Some("k7f3"));
        check("k7f39", Some("k7f3-9"));
    }

    #[test]
    fn what_no_id_begins_with_is_nothing() {
        for text in ["", "-", " ", "u", "k7f3-9qmd0", "../..", "k7f3 9qmd", "ž", "%"] {
            check(text, None);
        }
    }

    #[test]
    fn only_the_stored_form_is_an_id() {
        assert!(require("k7f3-9qmd").is_ok());
        for text in ["k7f39qmd", "K7F3-9QMD", "k7f3-9qm", "k7f3-9qml", "../../../", "k7f3-9qmd "] {
            assert!(matches!(require(text), Err(StoreError::BadId { id }) if id == text), "{text}");
        }
    }

    #[test]
    fn bits_become_digits_from_the_left() {
        assert_eq!(from_bits(0), "0000-0000");
        assert_eq!(from_bits((1 << 40) - 1), "zzzz-zzzz");
        assert_eq!(from_bits(1 << 35 | 31), "1000-000z");
    }

    #[test]
    fn new_ids_are_ids_and_use_every_digit_in_every_place() {
        let ids: Vec<String> = (0..2_000).map(|_| new_id().unwrap()).collect();
        assert!(ids.iter().all(|id| require(id).is_ok()));
        for place in (0..LENGTH).filter(|&place| place != GROUP) {
            let seen: std::collections::BTreeSet<u8> = ids.iter().map(|id| id.as_bytes()[place]).collect();
            assert_eq!(seen.len(), DIGITS.len(), "place {place}");
        }
    }
}
