//! The head of a flow: what names it, without parsing the rest. A list of all flows, and the search, read heads only.

use super::model::{ErrorFacts, Flow};
use super::raw::RawError;
use super::{MAX_FILE, options, syntax, validate};

/// Holds what names a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The id in the file.
    pub id: String,
    /// The error.
    pub error: ErrorFacts,
    /// What the causes are called, as far as that can be read.
    pub causes: Vec<String>,
}

impl Head {
    /// Returns the head of a flow that was read whole.
    pub fn of(flow: &Flow) -> Self {
        let causes = flow.causes().iter().map(|cause| cause.title.clone()).collect();
        Self { id: flow.id().to_owned(), error: flow.error().clone(), causes }
    }
}

/// Reads the head of a flow's text. Nothing when it cannot be read as it stands: then [`super::read`] says what is wrong.
/// That it can be read does not say that the rest can.
pub fn head(text: &str) -> Option<Head> {
    if text.len() > MAX_FILE {
        return None;
    }
    let [id, error] = syntax::slices(text, ["id", "error"])?;
    let error = options().from_str::<RawError>(&text[error.range()]).ok()?;
    let error = validate::facts(error)?;
    let causes = syntax::slices(text, ["causes"]).map_or("", |[causes]| &text[causes.range()]);
    let causes = named_after(causes, "title").into_iter().map(str::to_owned).collect();
    Some(Head { id: options().from_str(&text[id.range()]).ok()?, error, causes })
}

/// Returns the ids that a flow's graph hands off to. The text is only looked through, so that what stands in a comment counts as well.
pub fn hand_offs(text: &str) -> Vec<&str> {
    named_after(text, "HandOff")
}

/// Returns the texts in quotes that follow a word, with nothing but white space, a bracket and a colon between.
fn named_after<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let after = |rest: &'a str| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(' || c == ':');
        rest.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(id, _)| id)
    };
    let mut ids: Vec<&str> = text.match_indices(word).filter_map(|(at, _)| after(&text[at + word.len()..])).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn shipped() -> &'static str {
        include_str!("../../flows/fabric/fabric-pipeline-error-2403.ron")
    }

    #[test]
    fn a_head_is_what_the_whole_file_says() {
        let flow = crate::flow::read(&Source::new("shipped", shipped())).expect("shipped");
        let head = head(shipped()).expect("a head");
        assert_eq!((head.id.as_str(), &head.error), (flow.id(), flow.error()));
        let mut causes: Vec<&str> = flow.causes().iter().map(|cause| cause.title.as_str()).collect();
        causes.sort_unstable();
        assert_eq!(head.causes, causes);
    }

    #[test]
    fn the_order_of_the_fields_comments_and_brackets_in_texts_do_not_matter() {
        let error = "/* ) */ Error(code: \"C\", title: \"a ) \\\" (\", product: r#\"P \")\"#, category: \"c\", // ]\n severity: Low, meaning: \"m\", source: \"s\", checked: \"2026-01-01\",)";
        for text in [
            format!("Flow(format: 1, id: \"x\", error: {error}, broken"),
            format!("#![enable(implicit_some)]\n(causes: {{\"a\": (why: \"}})\")}}, error: {error}, id: \"x\")"),
        ] {
            let head = head(&text).expect(&text);
            assert_eq!((head.id.as_str(), head.error.title.as_str()), ("x", "a ) \" ("));
            assert_eq!(head.error.product, "P \")");
        }
    }

    #[test]
    fn a_head_that_is_wrong_is_none() {
        let good = shipped();
        for (from, to) in [("severity: ", "severety: "), ("code: \"2403\"", "code: \"\""), ("error: (", "error: [")] {
            assert!(good.contains(from));
            assert_eq!(head(&good.replacen(from, to, 1)), None, "{to}");
        }
        for text in ["", "Flow(", "Flow(id: \"x\")", "Flow(id: \"x\", id: \"y\", error: ())", "\"x\""] {
            assert_eq!(head(text), None, "{text}");
        }
    }

    #[test]
    fn a_flow_names_where_it_hands_off_to() {
        let text =
            "no: HandOff(\"b\"), yes: HandOff( \"a\" ), no: HandOff(\"b\") related: [(flow: \"c\", when: \"HandOff\")]";
        assert_eq!(hand_offs(text), ["a", "b"]);
    }
}
