//! Tables: what the index holds, as plain lists for the port of this room to the browser (`site/search/`). What is weighed here is not
//! weighed there again.

use serde::Serialize;

use super::align::Unit;
use super::codes::{self, Kind};
use super::index::{CodeOf, Index};
use super::stop;

/// Holds the index as lists of numbers and words. Flows, words and signatures go by their place.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tables<'a> {
    words: &'a [String],
    /// By word: what it says of a topic; then each flow that has it, times four, plus the field.
    topics: Vec<Vec<u32>>,
    /// The flow; then each part, as its word and what it says. A variable part is the word -1.
    signatures: Vec<Vec<i64>>,
    /// Signatures like others', each with the places of the words that tell them apart.
    telling: Vec<(usize, &'a [usize])>,
    /// The first word; then each flow that has the code.
    codes: Vec<(&'a str, Vec<Coded<'a>>)>,
    /// What several codes begin with.
    families: Vec<&'a str>,
    /// By flow: what all its signatures say.
    says: &'a [u32],
    /// By flow: where its graph hands off to.
    hand_offs: Vec<Vec<usize>>,
    lists: Lists,
}

/// The flow; whether the code is a plain number and whether the flow is named by it; the words after the first one.
type Coded<'a> = (usize, bool, bool, &'a [String]);

/// Holds the words that say what stands beside them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Lists {
    error_words: &'static [&'static str],
    code_words: &'static [&'static str],
    other_codes: &'static [&'static str],
    fillers: &'static [&'static str],
    units: &'static [&'static str],
    ideographs: &'static [&'static str],
    endings: &'static [&'static str],
    silent: &'static [&'static str],
    general: &'static [&'static str],
}

impl Index {
    /// Returns what the index holds. `hand_offs` says where a flow hands off to.
    pub fn tables(&self, hand_offs: &dyn Fn(usize) -> Vec<String>) -> Tables<'_> {
        let flows = |ids: &[String]| -> Vec<usize> {
            ids.iter().filter_map(|id| self.ids.iter().position(|known| known == id)).collect()
        };
        let topic = |(says, flows): &(u32, Vec<(u32, _)>)| {
            std::iter::once(*says).chain(flows.iter().map(|&(flow, field)| flow * 4 + field as u32)).collect()
        };
        let part = |unit: &Unit| match *unit {
            Unit::Word { word, weight } => [word.into(), weight.into()],
            Unit::Any => [-1, 0],
        };
        let flow = |flow: usize| i64::try_from(flow).expect("a catalog has fewer flows than memory has bytes");
        let mut families: Vec<&str> =
            self.families.iter().filter(|(_, codes)| **codes > 1).map(|(family, _)| family.as_str()).collect();
        families.sort_unstable();
        Tables {
            words: &self.spelled,
            topics: self.topics.iter().map(topic).collect(),
            signatures: (self.signatures.iter())
                .map(|signature| {
                    std::iter::once(flow(signature.flow)).chain(signature.units.iter().flat_map(part)).collect()
                })
                .collect(),
            telling: (self.telling.iter().enumerate())
                .filter(|(_, places)| !places.is_empty())
                .map(|(n, places)| (n, places.as_slice()))
                .collect(),
            codes: self.codes.iter().map(|(word, known)| (word.as_str(), known.iter().map(coded).collect())).collect(),
            families,
            says: &self.says,
            hand_offs: (0..self.ids.len()).map(|flow| flows(&hand_offs(flow))).collect(),
            lists: Lists {
                error_words: codes::ERROR_WORDS,
                code_words: codes::CODE_WORDS,
                other_codes: codes::OTHER_CODES,
                fillers: codes::FILLERS,
                units: codes::UNITS,
                ideographs: codes::IDEOGRAPHS,
                endings: codes::ENDINGS,
                silent: stop::SILENT,
                general: stop::GENERAL,
            },
        }
    }
}

fn coded(code: &CodeOf) -> Coded<'_> {
    (code.flow, code.kind == Kind::Number, code.is_name, &code.rest)
}
