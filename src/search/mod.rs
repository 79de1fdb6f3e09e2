//! Search: from what a person types or pastes to a flow.
//!
//! Purpose: find a flow by id, code or name (`names`), and rank flows by a pasted message: `letters` reads escapes, `tokens` cuts
//! words, `codes` and `signature` say what of a flow and of a text is evidence, `index` weighs the words of all flows, `pasted`
//! finds evidence in a text (`align` how much of a message, `siblings` which word tells two messages apart), `sum` says what speaks
//! for each flow, `topic` goes by a few words, `rank` puts the best first; `captures` reads what stands at the variable parts of a
//! message. Must not: open files; no rule names a flow. Scores are whole numbers, so that a page in a browser comes to the same: `tables` hands it the index, and what is
//! changed here is changed in `site/search/`. Place: after transcript; `site`, `cli` and `ui` use it.

mod align;
mod captures;
mod codes;
mod index;
mod letters;
mod names;
mod pasted;
mod rank;
mod siblings;
mod signature;
mod stop;
mod sum;
mod tables;
mod tokens;
mod topic;

pub use captures::captures;
pub use index::Index;
pub use names::{Found, Named, containing, filter, find, slug};
pub use rank::{Evidence, Match, Ranking, Why};
pub use tables::Tables;
