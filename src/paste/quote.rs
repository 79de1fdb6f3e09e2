//! Quotes: where a pasted text says what a question asks of the message.

use crate::text::one_line;

/// Words of a question that asks what the message says.
const OF_THE_MESSAGE: &[&str] = &["message", "error", "text"];

/// Words of a question that asks what stands beside it, which people may have pasted, too.
const BESIDE_IT: &[&str] = &["details", "body", "response", "log", "status", "code", "address"];

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
    let words: Vec<String> = question.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let is_of = |what: &[&str]| words.iter().any(|word| what.contains(&word.as_str()));
    let is_of_the_message = is_of(OF_THE_MESSAGE);
    let terms = terms(question);
    if terms.is_empty() || !(is_of_the_message || is_of(BESIDE_IT)) {
        return None;
    }
    let (mut looked_at, mut is_whole) = (0, true);
    for text in texts {
        let text = folded(text);
        if let Some(said) = terms.iter().find_map(|term| around(&text, term)) {
            return Some(Quote::Says(said));
        }
        looked_at += text.len();
        is_whole &= !["…", "..."].iter().any(|cut| text.ends_with(cut));
    }
    (is_of_the_message && is_whole && looked_at >= ENOUGH).then_some(Quote::HasNone)
}

/// Returns a text with each run of white space as one space, escaped ones too: where it was wrapped says nothing.
fn folded(text: &str) -> String {
    let text = ["\\r", "\\n", "\\t"].iter().fold(text.to_owned(), |text, escape| text.replace(escape, " "));
    text.replace("\\\"", "\"").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what a question names: what stands in double quotes, then the words that look like codes.
fn terms(question: &str) -> Vec<&str> {
    const SHORTEST: usize = 3;
    let quoted = question.split(['"', '“', '”']).skip(1).step_by(2);
    let is_mark = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    let words = question.split_whitespace().map(|word| word.trim_matches(is_mark)).filter(|word| is_code(word));
    quoted.chain(words).filter(|term| term.trim().chars().count() >= SHORTEST).collect()
}

/// Tells whether a word is an address or a number, holds one, or is written as programs write names (`UserErrorFailed`, `invalid_client`).
fn is_code(word: &str) -> bool {
    let joins = word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    word.contains("://")
        || word.contains('_')
        || word.bytes().any(|byte| byte.is_ascii_digit())
        || is_series(word)
        || joins.count() > 0
}

/// Tells whether a word is what a series of codes begins with, such as `AADSTS`.
fn is_series(word: &str) -> bool {
    const SHORTEST: usize = 5;
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Finds a term as whole words, of a series with the number behind it, and returns what stands around it.
fn around(text: &str, term: &str) -> Option<String> {
    let (low, wanted) = (text.to_ascii_lowercase(), folded(term).to_ascii_lowercase());
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || (is_series(term) && c.is_ascii_digit()));
    let mut places = low.match_indices(&wanted).map(|(at, _)| (at, at + wanted.len()));
    let (from, to) =
        places.find(|&(from, to)| is_end(low[..from].chars().next_back()) && is_end(low[to..].chars().next()))?;
    let first = text[..from].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let last = text[to..].char_indices().nth(AFTER).map_or(text.len(), |(at, _)| to + at);
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    Some(format!("{}{}{}", dots(first > 0), one_line(&text[first..last]), dots(last < text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2026-11-21 03:12\n\
        Operation on target Copy1 failed: ErrorCode=SqlFailedToConnect, Cannot connect. SqlErrorNumber=11001, No such host\n   is known.\n\
        Status: Unauthorized, AADSTS7000222, see https://oauth.powerbi.com/views/oauthredirect.html {\"m\":\"Deny Public\\nAccess\"}";

    fn check(question: &str, expected: &str) {
        let said = quote(["lamp is dark", TEXT], question);
        assert!(matches!(&said, Some(Quote::Says(said)) if said.contains(expected)), "{question}: {said:?}");
    }

    #[test]
    fn what_a_question_names_is_shown_where_the_text_says_it() {
        check(
            "Does the message name 11001, or say \"No such host is known\"?",
            "SqlErrorNumber=11001, No such host is known.",
        );
        let said =
            "…target Copy1 failed: ErrorCode=SqlFailedToConnect, Cannot connect. SqlErrorNumber=11001, No such ho…";
        assert_eq!(quote([TEXT], "Does the error name SqlFailedToConnect?"), Some(Quote::Says(said.to_owned())));
        check("Does the message say \"unauthorized\"?", "Status: Unauthorized");
        check("Does the message hold a code beginning with AADSTS?", "AADSTS7000222");
        check("Is the address https://oauth.powerbi.com/views/oauthredirect.html?", "see https://oauth");
        check("Does the text say \"Deny Public Access\"?", "Deny Public Access");
    }

    #[test]
    fn what_is_not_said_is_told_from_what_is_not_asked_of_a_message() {
        for absent in
            ["Does the message name 1100?", "Does the error name 40615 or \"un\"?", "Is UserError in the text?"]
        {
            assert_eq!(quote([TEXT], absent), Some(Quote::HasNone), "{absent}");
            assert_eq!(quote([], absent), None, "{absent}");
            assert_eq!(quote(["lamp is dark"], absent), None, "{absent}");
            assert_eq!(quote([format!("{TEXT} and then...").as_str()], absent), None, "{absent}");
        }
        let others = ["Does port 11001 answer?", "Does the message show a host?", "Does the message say \"un\"?"];
        for other in others.into_iter().chain(["Does the response body name TokenExpired?", ""]) {
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
