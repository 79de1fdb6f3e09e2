//! A question with a technical term and no `find_out` can be answered only by those who need no flow.
//!
//! A term is technical by its looks (see `words::is_technical`), by a `›` between the names of a menu, or because it stands in
//! the short list below: words that have another or no meaning outside the trade.

use super::words::{is_technical, words};
use crate::diag::{Code, named};
use crate::flow::{Place, Problem, Question};

/// Words of the trade that look like any other, in the singular.
const TERMS: &[&str] = &[
    "tenant",
    "endpoint",
    "token",
    "principal",
    "proxy",
    "firewall",
    "subnet",
    "hostname",
    "payload",
    "runtime",
    "gateway",
    "middleware",
    "namespace",
    "webhook",
    "backend",
    "daemon",
    "localhost",
    "timestamp",
    "metadata",
    "schema",
];

pub(super) fn check(n: usize, question: &Question) -> Option<Problem> {
    if !question.find_out.is_empty() {
        return None;
    }
    let is_term = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        TERMS.iter().any(|term| term.eq_ignore_ascii_case(word) || term.eq_ignore_ascii_case(singular))
    };
    let term = words(&question.ask).find(|word| is_technical(word) || is_term(word));
    let term = term.or_else(|| question.ask.contains('›').then_some("›"))?;
    let place = Place::top().field("questions").item(n).field("ask");
    Some(
        Problem::new(
            Code::UnexplainedJargon,
            place,
            format!("the question {} says {} and not where to look", named(&question.id), named(term)),
        )
        .help("add a `find_out` with the step that leads to it, or ask in plain words".to_owned()),
    )
}
