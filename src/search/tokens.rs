//! Tokens: the words of a text with the bytes they stand at.
//!
//! A token is a run of letters, digits and underscores between them, in lower case; in scripts without spaces each
//! character is one. An apostrophe inside a word does not part it.

use std::borrow::Cow;

use super::letters::{Letter, fold, is_ideograph, letters};

/// Holds a word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The word in lower case, without accents.
    pub(super) word: String,
    /// The first byte of the text it stands at.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
    /// Whether a line ends between the word before and this one.
    pub(super) is_after_line: bool,
    /// How many words it would be if words began at each capital.
    pub(super) humps: usize,
}

/// Cuts a text into its words.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters = letters(text);
    let mut tokens = Vec::with_capacity(letters.len() / 6);
    let mut is_after_line = false;
    let mut at = 0;
    while at < letters.len() {
        let c = letters[at].c;
        if fold(c).is_none() {
            is_after_line |= c == '\n';
            at += 1;
            continue;
        }
        let token = token(text, &letters, &mut at, std::mem::take(&mut is_after_line));
        tokens.push(token);
    }
    tokens
}

fn token(text: &str, letters: &[Letter], at: &mut usize, is_after_line: bool) -> Token {
    let first = *at;
    let mut word = String::new();
    let (mut humps, mut was_upper) = (0, false);
    while let Some(letter) = letters.get(*at) {
        let Some(folded) = fold(letter.c) else {
            if goes_on(letters, *at, &mut word) {
                *at += 1;
                continue;
            }
            break;
        };
        if *at > first && (is_ideograph(letter.c) || is_ideograph(letters[*at - 1].c)) {
            break;
        }
        let is_upper = letter.c.is_ascii_uppercase();
        let ends_capitals =
            was_upper && is_upper && letters.get(*at + 1).is_some_and(|next| next.c.is_ascii_lowercase());
        humps += usize::from(*at == first || (is_upper && !was_upper) || ends_capitals);
        was_upper = is_upper;
        word.push(folded);
        *at += 1;
    }
    let end = letters.get(*at).map_or(text.len(), |letter| letter.at);
    // What is not seen may stand between the last letter and the next one.
    let start = letters[first].at;
    Token { word, start, end, is_after_line, humps }
}

/// Tells whether a word goes on past a character that is no letter: an underscore, kept, or an apostrophe, dropped.
fn goes_on(letters: &[Letter], at: usize, word: &mut String) -> bool {
    let letter = |n: usize| letters.get(at + n).and_then(|letter| fold(letter.c));
    match letters[at].c {
        '_' if letter(1).is_some() => {
            word.push('_');
            true
        }
        '\'' if word.ends_with(|c: char| c.is_ascii_lowercase()) => matches!(
            (letter(1), letter(2), letter(3)),
            (Some('t' | 's' | 'd' | 'm'), None, _) | (Some('r' | 'v'), Some('e'), None) | (Some('l'), Some('l'), None)
        ),
        _ => false,
    }
}

/// Cuts a name at its capitals and underscores: `UserErrorAccessDenied` is four words.
pub(super) fn humps(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut was_upper, mut begins) = (false, true);
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let Some(folded) = fold(c) else {
            begins = true;
            continue;
        };
        let is_upper = c.is_ascii_uppercase();
        let ends_capitals = was_upper && is_upper && letters.peek().is_some_and(char::is_ascii_lowercase);
        if begins || (is_upper && !was_upper) || ends_capitals {
            words.push(String::new());
        }
        words.last_mut().expect("the first letter begins a word").push(folded);
        (was_upper, begins) = (is_upper, false);
    }
    words
}

/// Returns what a word has in common with its plural and its other forms (`expires`, `expired`); no word of a language, only the same
/// for the same.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")).filter(|stem| stem.len() > 1) {
        return Cow::Owned(format!("{stem}y"));
    }
    let mut stem = word;
    if let Some(short) = stem.strip_suffix('s').filter(|short| !short.ends_with(['s', 'u', 'i'])) {
        stem = short;
    }
    if let Some(short) = stem.strip_suffix("ing").filter(|short| short.len() > 2) {
        stem = short;
    } else if let Some(short) = stem.strip_suffix("ed").filter(|short| short.len() > 2) {
        stem = short;
    }
    Cow::Borrowed(stem.strip_suffix('e').filter(|short| short.len() > 2).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn a_text_falls_into_words_whatever_wraps_it() {
        for text in [
            "The app's key isn't valid",
            "the APP\u{2019}s  key\u{a0}isn\u{2019}t valid.",
            r#"\"the app\u0027s key\\nisn\\u0027t valid\""#,
            "the%20app%27s%20key%20isn&#39;t%20valid",
            "the ap\u{200b}p's key isn't va\u{ad}lid",
        ] {
            assert_eq!(words(text), ["the", "apps", "key", "isnt", "valid"], "{text}");
        }
        assert_eq!(words("_a_b_ DM_GW-x 'T's"), ["a_b", "dm_gw", "x", "ts"]);
        assert_eq!(words("错误代码2403 エラー"), ["错", "误", "代", "码", "2403", "エ", "ラ", "ー"]);
    }

    #[test]
    fn words_know_where_they_stand_and_how_they_are_written() {
        let text = "a\\n UserErrorX (AADSTS50011)";
        let tokens = tokens(text);
        assert_eq!(&text[tokens[1].start..tokens[1].end], "UserErrorX");
        assert!(tokens[1].is_after_line && !tokens[2].is_after_line);
        assert_eq!(tokens.iter().map(|token| token.humps).collect::<Vec<_>>(), [1, 3, 1]);
    }

    #[test]
    fn a_name_falls_into_words_at_its_capitals() {
        assert_eq!(humps("UserErrorFIPSMode_on2x"), ["user", "error", "fips", "mode", "on2x"]);
        assert_eq!(humps("plain"), ["plain"]);
    }

    #[test]
    fn forms_of_a_word_have_the_same_stem() {
        for forms in [["expires", "expired", "expire"], ["fails", "failing", "failed"], ["denied", "denies", "deny"]] {
            assert!(forms.iter().all(|form| stem(form) == stem(forms[0])), "{forms:?}");
        }
        for word in ["access", "status", "this", "was", "2403", "a_bes"] {
            assert_eq!(stem(word), word);
        }
    }
}
