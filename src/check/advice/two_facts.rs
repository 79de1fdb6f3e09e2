//! Two facts in one question: with one of them there and the other not, neither yes nor no is true.
//!
//! *And* and *or* join all kinds of things ("read and write", "Save and close", "a 401 or 403"), so only what is a clause of its own
//! counts. After `and` or `or` comes
//!
//! * a verb before its subject: "…, and was it rotated?", "… or is the switch on?";
//! * a pronoun and its verb: "… and it is green?";
//! * a noun and a verb in the singular, with no other clause begun between: "… and the switch is on?";
//! * `then` or `been`: "… and then fail?".
//!
//! Or the text asks twice: two question marks. What stands in quotes is somebody else's wording.

use super::words::words;
use crate::diag::{Code, named};
use crate::flow::{Place, Problem, Question};

const VERBS: &[&str] = &[
    "is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "can", "could", "will", "would", "should",
    "isn't", "aren't", "wasn't", "doesn't", "didn't", "hasn't", "haven't", "can't", "won't",
];
/// In the plural two nouns joined by *and* would be the subject: "the name and the key are there".
const SINGULAR: &[&str] = &["is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"];
const PRONOUNS: &[&str] = &["it", "he", "she", "they", "you", "we", "there"];
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "your", "its", "their", "our", "his", "her", "another", "any",
    "some", "each", "every", "no", "anybody", "somebody", "anyone", "someone", "nobody",
];
/// Words that begin a clause below another, in which a verb says nothing of its own.
const BELOW: &[&str] =
    &["who", "which", "whose", "that", "where", "when", "whether", "if", "what", "how", "why", "because", "while"];
const GO_ON: &[&str] = &["then", "been"];
/// Most characters of a clause that are looked at.
const LONGEST: usize = 200;
/// Most words between the first of a subject and its verb.
const REACH: usize = 5;

pub(super) fn check(n: usize, question: &Question) -> Option<Problem> {
    let second = second_fact(&question.ask)?;
    let place = Place::top().field("questions").item(n).field("ask");
    Some(
        Problem::new(Code::TwoFacts, place, format!("the question {} asks for two facts", named(&question.id)))
            .label(format!("the second begins at {}", named(second)))
            .help("ask the first, let its answer lead to a question for the second".to_owned()),
    )
}

/// Finds where a second fact begins.
fn second_fact(ask: &str) -> Option<&str> {
    if let Some((_, rest)) = ask.split_once('?')
        && rest.contains('?')
    {
        return Some(rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
    }
    let mut quotes = Quotes::default();
    let mut from = 0;
    for (space, _) in ask.match_indices(' ') {
        let joint = &ask[space + 1..];
        let Some(rest) = joint.strip_prefix("and ").or_else(|| joint.strip_prefix("or ")) else { continue };
        let before = &ask[from..space];
        quotes.read(before);
        let is_idiom = before.ends_with("now") && rest.starts_with("then");
        if !is_idiom && !quotes.are_open() && begins_clause(rest) {
            return Some(joint);
        }
        from = space;
    }
    None
}

/// Counts quotation marks.
#[derive(Default)]
struct Quotes {
    straight: usize,
    opening: usize,
    closing: usize,
}

impl Quotes {
    fn read(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' | '`' => self.straight += 1,
                '“' => self.opening += 1,
                '”' => self.closing += 1,
                _ => {}
            }
        }
    }

    fn are_open(&self) -> bool {
        self.straight % 2 == 1 || self.opening > self.closing
    }
}

fn begins_clause(rest: &str) -> bool {
    // A clause ends at the next comma or bracket; of a long one the beginning is enough.
    let is_end = |&(n, c): &(usize, char)| n == LONGEST || matches!(c, ',' | ';' | '(' | ')' | '?');
    let end = rest.char_indices().enumerate().map(|(n, (byte, c))| (byte, (n, c))).find(|(_, at)| is_end(at));
    let clause = &rest[..end.map_or(rest.len(), |(byte, _)| byte)];
    let mut words = words(clause);
    let (Some(first), second) = (words.next(), words.next()) else { return false };
    let is = |list: &[&str], word: Option<&str>| word.is_some_and(|word| list.contains(&word));
    if GO_ON.contains(&first) {
        return second.is_some();
    }
    if VERBS.contains(&first) {
        return is(PRONOUNS, second) || is(DETERMINERS, second);
    }
    if PRONOUNS.contains(&first) {
        return is(VERBS, second) || (["it", "he", "she"].contains(&first) && second.is_some_and(is_third_person));
    }
    if !DETERMINERS.contains(&first) {
        return false;
    }
    for word in second.into_iter().chain(words).take(REACH) {
        if SINGULAR.contains(&word) {
            return true;
        }
        if VERBS.contains(&word) || PRONOUNS.contains(&word) || DETERMINERS.contains(&word) || BELOW.contains(&word) {
            return false;
        }
    }
    false
}

/// `it works`, but not `it always`.
fn is_third_person(word: &str) -> bool {
    word.ends_with('s') && !matches!(word, "always" | "as" | "thus" | "perhaps" | "sometimes" | "besides")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ask: &str, expected: Option<&str>) {
        assert_eq!(second_fact(ask), expected, "{ask}");
    }

    #[test]
    fn a_second_clause_is_a_second_fact() {
        check("Has the secret expired and was it rotated?", Some("and was it rotated?"));
        check("Is the plug in the socket, and is the switch on?", Some("and is the switch on?"));
        check("Is the gateway online and the machine is reachable?", Some("and the machine is reachable?"));
        check("Did the refresh work before and it stopped today?", None);
        check("Did the refresh work before, and it is red today?", Some("and it is red today?"));
        check("Is the lamp on and it flickers?", Some("and it flickers?"));
        check("Is the role missing or has somebody removed it?", Some("or has somebody removed it?"));
        check("Is it the first run or is it a rerun?", Some("or is it a rerun?"));
        check("Did the run start and then fail?", Some("and then fail?"));
        check("Has the key expired and been replaced?", Some("and been replaced?"));
        check("Does the page show an error? Is it red?", Some("Is it red?"));
        check(
            "Does Test connection fail, and does another connection work?",
            Some("and does another connection work?"),
        );
        check("Is the name right and the old gateway was removed?", Some("and the old gateway was removed?"));
        check("Does a role exist and can you see it?", Some("and can you see it?"));
        check("Do read and write work, and do they stay?", Some("and do they stay?"));
    }

    #[test]
    fn what_is_joined_within_one_fact_is_no_second_fact() {
        for ask in [
            "Does the identity have the read and write role?",
            "Does the dialog show Save and close?",
            "Does the error text quote a 401 or 403 answer from the target?",
            "Is the gateway up and running?",
            "Does the page list the name and the ID of the workspace?",
            "Does the list show the name and the date it was created?",
            "Does the log name the user and the group the policy is assigned to?",
            "Do the portal and the gateway have the same version?",
            "Does the error say that the gateway and the service are off?",
            "Did somebody delete and recreate the workspace?",
            "Has this connection ever worked, in a run or in Test connection?",
            "Was the stored key or token issued with an end date?",
            "Does the page's own code call setAccessToken or set an accessTokenProvider?",
            "Does the banner read \"Sign in and is it you\" at the top?",
            "Does the banner read “Off and is the switch on” today?",
            "Is the value between 10 and 20?",
            "Did the run fail once or twice?",
            "Does the menu have the entries Can view and Can edit?",
            "Is the report in a workspace of this and no other tenant?",
            "Does every Friday and Monday run fail?",
            "Is one or the other of the two lamps green?",
            "Is it a Pro or a Premium workspace?",
            "Does the role allow start and stop of the pipeline?",
            "Is the machine in a rack or under a desk?",
            "Did you sign in with a user name and password?",
            "Does the refresh fail now and then without a message?",
            "Does the list show the name and also the ID?",
            "Is the difference between the clock and the time on your telephone more than a minute?",
        ] {
            check(ask, None);
        }
    }
}
