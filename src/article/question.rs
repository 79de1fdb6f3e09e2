//! The draft of a question: a cause's sentence, turned into one that can be answered with yes or no.
//!
//! "The identity has not been granted the role" becomes "Has the identity been granted the role?", and *no* means the cause:
//! a question without a negation is easier to answer. Where the sentence cannot be turned safely, the draft says plainly what it is.

use std::collections::BTreeSet;

use crate::text::shorten;

/// Longest draft, in columns.
const MAX_ASK: usize = 300;

/// Holds a question drafted from a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) ask: String,
    /// Whether *yes* means the cause; else *no* does.
    pub(super) is_yes: bool,
    /// Words that say what is asked, for an id.
    pub(super) about: String,
    /// The same for the cause, with the negation that the question lost.
    pub(super) about_cause: String,
    /// Whether the sentence names two facts, of which a question should have one.
    pub(super) is_double: bool,
}

const RELATIVE: &[&str] = &["that", "which", "who", "whose", "where", "when", "if", "because", "as", "while"];

const SUBORDINATE: &[&str] = &["while", "if", "when", "because", "although", "but", "until", "unless", "than"];

/// Words before which no *the* goes.
const DETERMINERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "your",
    "one",
    "no",
    "some",
    "any",
    "each",
    "every",
    "its",
    "their",
    "these",
    "it",
    "they",
    "there",
    "you",
    "somebody",
    "someone",
    "nobody",
    "nothing",
    "everything",
    "those",
];

/// Words that begin a sentence often and are never names.
const PLAIN_WORDS: &[&str] =
    &["wrong", "incorrect", "invalid", "missing", "expired", "insufficient", "outdated", "mismatched", "misconfigured"];

/// What an auxiliary is followed by when it is one, besides words in `ed` and `en`.
const PARTICIPLES: &[&str] = &[
    "set", "made", "lost", "run", "become", "gone", "left", "built", "sent", "put", "reset", "kept", "held", "passed",
];

/// Splits the sentence's auxiliary from its negation: `doesn't` is `does` and not.
fn auxiliary(word: &str) -> Option<(&'static str, bool)> {
    const PLAIN: &[&str] =
        &["is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "can", "could", "will"];
    let word = word.to_lowercase().replace('’', "'");
    let (bare, is_not) = match word.as_str() {
        "cannot" | "can't" => ("can", true),
        "won't" => ("will", true),
        word => word.strip_suffix("n't").map_or((word, false), |bare| (bare, true)),
    };
    PLAIN.iter().find(|plain| **plain == bare).map(|plain| (*plain, is_not))
}

/// Returns the sentence without what stands in brackets, and without the reason that is given behind it.
pub(super) fn core(cause: &str) -> String {
    let mut out = String::with_capacity(cause.len());
    let mut depth = 0_u32;
    let is_balanced = cause.matches('(').count() == cause.matches(')').count();
    for c in cause.chars() {
        match c {
            '(' if is_balanced => depth += 1,
            ')' if is_balanced => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let mut core = out.split_whitespace().collect::<Vec<_>>().join(" ");
    core = closed_up(&core);
    for end in
        [", e.g", ". ", "; ", ": ", " — ", " – ", " due to ", " because ", " caused by ", " (e.g.", ", so ", ", which "]
    {
        if let Some(at) = core.find(end).filter(|&at| core[..at].split(' ').count() >= 3) {
            core.truncate(at);
        }
    }
    core.truncate(core.trim_end_matches(['.', ',', ';', ':', '!', '?', ' ']).len());
    if core.is_empty() { cause.to_owned() } else { core }
}

/// Takes away the space that is left before a comma or full stop when something between was taken out.
pub(super) fn closed_up(text: &str) -> String {
    let mut out = text.replace(" , ", ", ").replace(" . ", ". ").replace(" ; ", "; ");
    if let Some(end) = [" .", " ,", " ;"].into_iter().find(|end| out.ends_with(end)) {
        out.replace_range(out.len() - 2.., &end[1..]);
    }
    out
}

/// Drafts the question whose answer tells a cause; names keep their capital letters.
pub(super) fn question(cause: &str, names: &BTreeSet<&str>) -> Question {
    let core = core(cause);
    let words: Vec<&str> = core.split(' ').collect();
    let mut question = turned(&words, names).unwrap_or_else(|| {
        let text = lowered(&words, names);
        Question {
            ask: format!("Do you see this: {text}?"),
            is_yes: true,
            about: core.clone(),
            about_cause: core.clone(),
            is_double: false,
        }
    });
    question.ask = shorten(&question.ask, MAX_ASK);
    if !question.ask.ends_with('?') {
        question.ask.push('?');
    }
    question
}

/// Turns a sentence that has an auxiliary or lacks something.
fn turned(words: &[&str], names: &BTreeSet<&str>) -> Option<Question> {
    let is_relative = |word: &str| RELATIVE.contains(&word.to_lowercase().as_str());
    let begins = |n: usize| n > 0 && n < 30 && !is_relative(words[n - 1]);
    let lacks = words.iter().position(|word| matches!(*word, "lacks" | "lack" | "lacked"));
    let at = (1..words.len()).find(|&n| begins(n) && auxiliary(words[n]).is_some());
    let (subject, verb, is_not, rest) = match (at, lacks) {
        (at, Some(n)) if n > 0 && at.is_none_or(|at| n < at) => {
            let verb = if words[n] == "lack" {
                "do"
            } else if words[n] == "lacked" {
                "did"
            } else {
                "does"
            };
            (&words[..n], verb, true, [&["have"], &words[n + 1..]].concat())
        }
        (Some(n), _) => {
            let (verb, is_contracted) = auxiliary(words[n])?;
            let (verb, is_not, rest) = predicate(verb, is_contracted, &words[n + 1..])?;
            (&words[..n], verb, is_not, rest)
        }
        (None, _) => return None,
    };
    // A subject with a sentence in it is none.
    let breaks = |word: &&str| word.ends_with([',', ';', ':']) || SUBORDINATE.contains(word);
    if rest.is_empty() || subject.iter().any(breaks) {
        return None;
    }
    let about_subject = head(subject);
    let predicate = rest
        .iter()
        .filter(|word| !matches!(**word, "have" | "been" | "be" | "still" | "any"))
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let about = format!("{about_subject} {predicate}");
    let about_cause = if is_not { format!("{about_subject} not {predicate}") } else { about.clone() };
    if is_double(&rest) {
        let ask = format!("Can you see that {}?", lowered(words, names));
        return Some(Question { ask, is_yes: true, about: about_cause.clone(), about_cause, is_double: true });
    }
    let mut asked = lowered(subject, names);
    let is_determined = DETERMINERS.contains(&asked.split(' ').next().unwrap_or_default());
    if matches!(verb, "is" | "was" | "has" | "does") && !is_determined && asked.starts_with(char::is_lowercase) {
        asked.insert_str(0, "the ");
    }
    let verb: String = verb[..1].to_uppercase() + &verb[1..];
    let ask = format!("{verb} {asked} {}?", rest.join(" "));
    Some(Question { ask, is_yes: !is_not, about, about_cause, is_double: false })
}

/// Takes the negation out of what follows the auxiliary, and gives a `has` that is none its `does`.
fn predicate<'a>(
    verb: &'static str,
    is_contracted: bool,
    rest: &[&'a str],
) -> Option<(&'static str, bool, Vec<&'a str>)> {
    let mut rest = rest.to_vec();
    let mut is_not = is_contracted;
    match rest.as_slice() {
        ["not" | "never", ..] => {
            is_not = true;
            rest.remove(0);
        }
        ["no", "longer", ..] => {
            is_not = true;
            rest.splice(..2, ["still"]);
        }
        _ => {}
    }
    let first = rest.first()?.to_lowercase();
    let first = first.trim_end_matches([',', ';', ':']);
    let is_perfect = first.ends_with("ed") || first.ends_with("en") || PARTICIPLES.contains(&first);
    let is_main = matches!(verb, "has" | "have" | "had")
        && !is_perfect
        && !first.ends_with("ly")
        && first != "still"
        && first != "since";
    if !is_main {
        return Some((verb, is_not, rest));
    }
    if first == "no" {
        is_not = true;
        rest[0] = "any";
    }
    rest.insert(0, "have");
    let verb = match verb {
        "has" => "does",
        "have" => "do",
        _ => "did",
    };
    (rest.len() > 1).then_some((verb, is_not, rest))
}

/// Tells whether a second sentence hangs on with *or* or *and*.
fn is_double(rest: &[&str]) -> bool {
    let joint = rest.iter().position(|word| matches!(*word, "or" | "and" | "but"));
    joint.is_some_and(|joint| {
        let after = &rest[joint + 1..];
        let verb = after.iter().position(|word| auxiliary(word).is_some());
        verb.is_some_and(|verb| verb > 0 && !after[..verb].iter().any(|word| RELATIVE.contains(word)))
    })
}

/// Returns the word that a subject is about: the last one before what describes it.
fn head<'a>(subject: &[&'a str]) -> &'a str {
    let is_joint = |word: &str| {
        ["or", "and", "in", "on", "of", "for", "to", "with", "from", "by", "at", "used", "using", "that", "which"]
            .contains(&word)
    };
    // `tokens cached in …`, but not `managed identity`.
    let describes = |n: usize| {
        is_joint(subject[n]) || (subject[n].ends_with("ed") && subject.get(n + 1).is_some_and(|next| is_joint(next)))
    };
    let end = (1..subject.len()).find(|&n| describes(n)).unwrap_or(subject.len());
    subject[..end].last().copied().unwrap_or_default()
}

/// Joins words; the first loses its capital letter unless it is a name.
fn lowered(words: &[&str], names: &BTreeSet<&str>) -> String {
    let Some((first, rest)) = words.split_first() else { return String::new() };
    let lower = first.to_lowercase();
    let is_plain = first.chars().skip(1).all(|c| c.is_lowercase() || c == '-' || c == '\'');
    let is_followed_by_name = rest.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let is_common = is_plain && !is_followed_by_name && !names.contains(first);
    let is_common = is_common || DETERMINERS.contains(&lower.as_str()) || PLAIN_WORDS.contains(&lower.as_str());
    let first = if is_common { lower } else { (*first).to_owned() };
    std::iter::once(first.as_str()).chain(rest.iter().copied()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cause: &str, ask: &str, is_yes: bool) {
        let names = ["Fabric", "Azure", "Power", "Embed"].into_iter().filter(|name| *name != "Embed").collect();
        let question = question(cause, &names);
        assert_eq!((question.ask.as_str(), question.is_yes), (ask, is_yes), "{cause}");
    }

    #[test]
    fn a_sentence_becomes_a_question_without_its_negation() {
        check("The role has not been granted.", "Has the role been granted?", false);
        check("The pipeline does not have an identity", "Does the pipeline have an identity?", false);
        check("The app lacks access to the workspace", "Does the app have access to the workspace?", false);
        check("The user has no licence", "Does the user have any licence?", false);
        check("The secret is no longer valid", "Is the secret still valid?", false);
        check("Fabric can't reach the host", "Can Fabric reach the host?", false);
    }

    #[test]
    fn a_sentence_without_a_negation_keeps_its_sense() {
        check("The endpoint is unreachable due to a firewall", "Is the endpoint unreachable?", true);
        check("Embed token was generated elsewhere", "Was the embed token generated elsewhere?", true);
        check("Access policies (all of them) are blocking tokens", "Are access policies blocking tokens?", true);
        check("It is a key, e.g. for storage", "Is it a key?", true);
        check("Output instead of .output (odd) .", "Do you see this: output instead of .output?", true);
        check("The tenant that is used is wrong", "Is the tenant that is used wrong?", true);
    }

    #[test]
    fn what_cannot_be_turned_says_what_it_is() {
        check("Wrong ID in the settings", "Do you see this: wrong ID in the settings?", true);
        check(
            "The token was lost or the user was removed",
            "Can you see that the token was lost or the user was removed?",
            true,
        );
        check("Domain: it is elsewhere", "Do you see this: Domain: it is elsewhere?", true);
        check("Logins fail while it is on", "Do you see this: logins fail while it is on?", true);
        check("is", "Do you see this: is?", true);
        check("?", "Do you see this: ??", true);
    }
}
