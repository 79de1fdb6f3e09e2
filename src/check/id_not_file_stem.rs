//! The id is the name of the file: that is how a flow is found without reading it.

use super::Subject;
use crate::diag::{Code, named};
use crate::flow::{Place, Problem};

pub(super) fn check(subject: &Subject<'_>) -> Option<Problem> {
    let (id, stem) = (subject.flow.id(), subject.stem?);
    (id != stem).then(|| {
        Problem::new(
            Code::IdNotFileStem,
            Place::top().field("id"),
            format!("the id is {}, the file is {}", named(id), named(&format!("{stem}.ron"))),
        )
        .help(format!(
            "rename the file to {}, or write {}",
            named(&format!("{id}.ron")),
            named(&format!("id: \"{stem}\""))
        ))
    })
}
