//! The id is the name of the file: that is how a flow is found without reading it.

use super::Subject;
use crate::diag::Code;
use crate::flow::{Place, Problem};

pub(super) fn check(subject: &Subject<'_>) -> Option<Problem> {
    let (id, stem) = (subject.flow.id(), subject.stem?);
    (id != stem).then(|| {
        Problem::new(
            Code::IdNotFileStem,
            Place::top().field("id"),
            format!("the id is `{id}`, the file is `{stem}.ron`"),
        )
        .help(format!("rename the file to `{id}.ron`, or write `id: \"{stem}\"`"))
    })
}
