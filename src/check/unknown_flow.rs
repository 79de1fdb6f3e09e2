//! A hand-off or related error must be in the catalog, or the person sent there finds nothing.

use super::Subject;
use crate::diag::{Code, did_you_mean, named};
use crate::flow::{End, Outcome, Place, Problem, Target};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Problem> {
    let flow = subject.flow;
    let mut problems = Vec::new();
    let mut look = |id: &str, place: Place| {
        if id == flow.id() {
            problems.push(
                Problem::new(Code::UnknownFlow, place, format!("{} is this flow itself", named(id)))
                    .help("name the other flow, or end at a cause".to_owned()),
            );
        } else if subject.catalog.binary_search_by(|known| known.as_str().cmp(id)).is_err() {
            let near = did_you_mean(id, subject.catalog.iter().map(String::as_str).filter(|known| *known != flow.id()));
            let help = near.unwrap_or_else(|| "write that flow too, or name one that `rootwalk` lists".to_owned());
            problems.push(Problem::new(Code::UnknownFlow, place, format!("there is no flow {}", named(id))).help(help));
        }
    };
    for (n, question) in flow.questions().iter().enumerate() {
        for (side, target) in [("yes", question.yes), ("no", question.no)] {
            if let Target::End(outcome) = target
                && let Outcome::HandOff(to) = flow.outcome(outcome)
                && !flow.outcome(outcome).is_unknown()
            {
                look(to, Place::top().field("questions").item(n).field(side));
            }
        }
    }
    for (n, related) in flow.related().iter().enumerate() {
        look(&related.flow, Place::top().field("related").item(n).field("flow"));
    }
    for (n, rehearsal) in flow.rehearsals().iter().enumerate() {
        if let End::HandOff(to) = &rehearsal.ends
            && !rehearsal.ends.is_unknown()
        {
            look(to, Place::top().field("rehearsals").item(n).field("ends"));
        }
    }
    problems
}
