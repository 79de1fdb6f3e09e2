//! Portals and messages change: facts that nobody compared with their source for a year are facts no more.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diag::Code;
use crate::flow::{Flow, Place, Problem};

pub(super) fn check(flow: &Flow, today: Date) -> Option<Problem> {
    let checked = flow.error().checked;
    (checked.saturating_add(1.year()) < today).then(|| {
        let place = Place::top().field("error").field("checked");
        Problem::new(Code::StaleSource, place, format!("the facts were last checked on {checked}, over a year ago"))
            .help("compare the flow with its `source` again, then write the day on which you did".to_owned())
    })
}
