//! Begin: an article from what one person knows, for an error that has none.

use super::block::clean;
use super::{Article, Fact};
use crate::flow::Severity;

/// Holds what makes an error an error of its own; all of it may be left for later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Essentials {
    /// The code as the product prints it.
    pub code: Option<String>,
    /// The error in a few words.
    pub title: Option<String>,
    /// Where it occurs.
    pub product: Option<String>,
    /// What kind of error it is.
    pub category: Option<String>,
    /// How much it hurts.
    pub severity: Option<Severity>,
    /// What it means.
    pub meaning: Option<String>,
    /// The possible causes.
    pub causes: Vec<String>,
}

impl Article {
    /// Begins an article with an id and what is known.
    pub fn begin(id: &str, known: Essentials) -> Self {
        let fact = |text: Option<String>| Fact::from(text.map(|text| clean(&text)).filter(|text| !text.is_empty()));
        Self {
            id: id.to_owned(),
            code: fact(known.code),
            title: fact(known.title),
            product: fact(known.product),
            category: fact(known.category),
            severity: known.severity.into(),
            meaning: fact(known.meaning),
            signatures: Vec::new(),
            source: Fact::Missing,
            causes: known.causes.iter().map(|cause| clean(cause)).filter(|cause| !cause.is_empty()).collect(),
            steps: Vec::new(),
            faq: Vec::new(),
            left_out: Vec::new(),
        }
    }
}
