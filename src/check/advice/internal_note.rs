//! `say` is read to a customer word for word; a note among colleagues, read aloud, embarrasses both.
//!
//! It reads like a note when it
//!
//! * speaks of the customer or caller as of somebody else;
//! * orders the agent about: begins with "Ask", "Check whether", "Make sure", … and has neither "please" nor "you" in it;
//! * turns to nobody: no question, no "please", no "you", "we" or "me";
//! * holds two technical words or more (see `words::is_technical`). One may be what stands on the customer's screen.

use super::words::{is_technical, words};
use crate::diag::{Code, named};
use crate::flow::{Place, Problem, Question};

/// How a note to the agent begins.
const ORDERS: &[&str] = &[
    "ask",
    "check",
    "verify",
    "confirm",
    "ensure",
    "make sure",
    "find out",
    "tell",
    "remind",
    "explain",
    "escalate",
    "note",
    "todo",
    "internal",
    "agent",
    "if yes",
    "if no",
    "look up",
    "see if",
    "see whether",
];
/// Who is not there when the customer is spoken of.
const OTHERS: &[&str] = &["customer", "customers", "caller", "callers", "customer's", "caller's"];
/// Words that turn to somebody.
const TURNED: &[&str] = &["please", "you", "your", "yours", "you're", "we", "us", "our", "me", "let's"];
/// One technical word may be on the customer's screen.
const MOST_TECHNICAL: usize = 1;

pub(super) fn check(n: usize, question: &Question) -> Option<Problem> {
    let say = question.say.as_deref()?;
    let (why, help) = what_betrays(say)?;
    let place = Place::top().field("questions").item(n).field("say");
    Some(
        Problem::new(Code::InternalNote, place, format!("the `say` of {} {why}", named(&question.id)))
            .help(help.to_owned()),
    )
}

/// Says what makes it a note, and what to do.
fn what_betrays(say: &str) -> Option<(&'static str, &'static str)> {
    let is_in = |list: &[&str], word: &str| list.iter().any(|one| one.eq_ignore_ascii_case(word));
    let (mut is_of_others, mut is_turned, mut technical) = (false, false, 0);
    for word in words(say) {
        is_of_others |= is_in(OTHERS, word);
        is_turned |= is_in(TURNED, word);
        technical += usize::from(is_technical(word));
    }
    if is_of_others {
        return Some((
            "speaks of the customer as of somebody else",
            "write the words to say to the customer; notes belong in `agent`",
        ));
    }
    if !is_turned && ORDERS.iter().any(|order| begins_with(say, order)) {
        return Some((
            "tells the agent what to do",
            "write the words to say to the customer; orders belong in `agent`",
        ));
    }
    if !is_turned && !say.contains('?') {
        return Some(("turns to nobody", "ask the customer, in a sentence that can be read aloud"));
    }
    (technical > MOST_TECHNICAL).then_some((
        "is full of technical words",
        "say it in words that a customer uses; what the agent needs to know belongs in `agent`",
    ))
}

fn begins_with(text: &str, order: &str) -> bool {
    let text = text.trim_start();
    text.get(..order.len()).is_some_and(|start| start.eq_ignore_ascii_case(order))
        && !text[order.len()..].starts_with(char::is_alphanumeric)
}
