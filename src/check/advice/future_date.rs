//! A day that is yet to come is no day on which anybody checked anything. One day ahead is let pass: it is tomorrow somewhere.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diag::Code;
use crate::flow::{Flow, Place, Problem};

pub(super) fn check(flow: &Flow, today: Date) -> Option<Problem> {
    let checked = flow.error().checked;
    (checked > today.saturating_add(1.day())).then(|| {
        let place = Place::top().field("error").field("checked");
        Problem::new(Code::FutureDate, place, format!("{checked} is yet to come"))
            .help("write the day on which the facts were last compared with their `source`".to_owned())
    })
}
