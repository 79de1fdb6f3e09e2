//! Quotes: where a pasted text says what a question asks of the message.

use crate::text::one_line;

/// Words of a question that asks what a message says.
const OF_A_MESSAGE: &[&str] = &["message", "error", "text", "details", "body", "response", "log"];

/// As many characters are shown before and after what was found.
const BEFORE: usize = 30;
const AFTER: usize = 50;

/// As many bytes are more than a code or a few words.
const ENOUGH: usize = 60;

/// Says what a pasted text holds of what a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quote {
    /// The place that says it.
    Says(String),
    /// None of it, though it is long enough to. That is no answer: people paste parts.
    HasNone,
}

/// Returns the place of some texts, the first that has one, that says one of the things a question names: a code, a status, a name as
/// programs write it, or words in quotes. Nothing where the question is not about a message or names nothing, or there is no text.
pub fn quote<'a>(texts: impl IntoIterator<Item = &'a str>, question: &str) -> Option<Quote> {
    let mut words = question.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let terms = terms(question);
    if terms.is_empty() || !words.any(|word| OF_A_MESSAGE.contains(&word.as_str())) {
        return None;
    }
    let mut looked_at = 0;
    for text in texts {
        if let Some(said) = terms.iter().find_map(|term| around(text, term)) {
            return Some(Quote::Says(said));
        }
        looked_at += text.len();
    }
    (looked_at >= ENOUGH).then_some(Quote::HasNone)
}

/// Returns what a question names: what stands in double quotes, then the words that look like codes.
fn terms(question: &str) -> Vec<&str> {
    const SHORTEST: usize = 3;
    let quoted = question.split(['"', '“', '”']).skip(1).step_by(2);
    let is_mark = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    let words = question.split_whitespace().map(|word| word.trim_matches(is_mark)).filter(|word| is_code(word));
    quoted.chain(words).filter(|term| term.chars().count() >= SHORTEST).collect()
}

/// Tells whether a word is a number, holds one, or is written as programs write names (`UserErrorFailed`, `invalid_client`).
fn is_code(word: &str) -> bool {
    let joins = word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    word.bytes().any(|byte| byte.is_ascii_digit()) || word.contains('_') || joins.count() > 0
}

/// Finds a term as whole words, and returns what stands around it in its line.
fn around(text: &str, term: &str) -> Option<String> {
    let (low, wanted) = (text.to_ascii_lowercase(), term.to_ascii_lowercase());
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut places = low.match_indices(&wanted).map(|(at, _)| (at, at + wanted.len()));
    let (from, to) =
        places.find(|&(from, to)| is_end(low[..from].chars().next_back()) && is_end(low[to..].chars().next()))?;
    let begin = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let first = text[begin..from].char_indices().rev().nth(BEFORE).map_or(begin, |(at, _)| begin + at);
    let last = text[to..end].char_indices().nth(AFTER).map_or(end, |(at, _)| to + at);
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    Some(format!("{}{}{}", dots(first > begin), one_line(&text[first..last]), dots(last < end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2026-11-21 03:12\n\
        Operation on target Copy1 failed: ErrorCode=SqlFailedToConnect, Cannot connect. SqlErrorNumber=11001, No such host is known.\n\
        Status: Unauthorized";

    fn check(question: &str, expected: &str) {
        let said = Some(Quote::Says(expected.to_owned()));
        assert_eq!(quote(["lamp is dark", TEXT], question), said, "{question}");
    }

    #[test]
    fn what_a_question_names_is_shown_where_the_text_says_it() {
        check(
            "Does the message name 11001, or say \"No such host is known\"?",
            "…connect. SqlErrorNumber=11001, No such host is known.",
        );
        check(
            "Does the error name SqlFailedToConnect?",
            "…target Copy1 failed: ErrorCode=SqlFailedToConnect, Cannot connect. SqlErrorNumber=11001, No such ho…",
        );
        check("Does the message say \"unauthorized\"?", "Status: Unauthorized");
    }

    #[test]
    fn what_is_not_said_is_told_from_what_is_not_asked_of_a_message() {
        for absent in
            ["Does the message name 1100?", "Does the error name 40615 or \"un\"?", "Is UserError in the text?"]
        {
            assert_eq!(quote([TEXT], absent), Some(Quote::HasNone), "{absent}");
            assert_eq!(quote(["lamp is dark"], absent), None, "{absent}");
        }
        for other in ["Does port 11001 answer?", "Does the message show a host?", "Does the message say \"un\"?", ""] {
            assert_eq!(quote([TEXT], other), None, "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_texts_do(text: String, question: String) {
            let _ = quote([text.as_str()], &format!("message {question}"));
            let _ = around(&text, &question);
        }
    }
}
