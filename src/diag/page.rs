//! The pages: what each code means, why it matters to the person walking, and an example before and after.
//!
//! A page is a small Markdown file, `pages/<code>.md`; a code without one does not compile. It begins with what was found, says
//! under `## Why it matters` what it does to people, and shows under `## Before` and `## After` a part of a flow, as RON. Where no
//! part of a file can show it, `## Example` tells it in words instead. Tests hold the examples against the rules.

use super::Code;

/// Says what a code means. Texts are paragraphs with an empty line between them, each on one line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Page {
    /// What was found.
    pub what: String,
    /// Why it matters to the person walking.
    pub why: String,
    /// How it looks, and how it should.
    #[serde(flatten)]
    pub example: Example,
}

/// Shows a mistake and its remedy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Example {
    /// A part of a flow with the mistake, and the same part without it.
    Parts {
        /// With the mistake.
        before: String,
        /// Without it.
        after: String,
    },
    /// The mistake is not in the text of a file: told in words.
    Words {
        /// The words.
        example: String,
    },
}

/// Returns the page of a code.
pub fn page(code: Code) -> Page {
    let mut sections = code.page().split("\n## ");
    let what = paragraphs(sections.next().expect("a text has a first part"));
    let (mut why, mut before, mut after, mut words) = (None, None, None, None);
    for section in sections {
        let (title, body) = section.split_once('\n').expect("a test reads every page");
        match title {
            "Why it matters" => why = Some(paragraphs(body)),
            "Before" => before = Some(part(body)),
            "After" => after = Some(part(body)),
            "Example" => words = Some(paragraphs(body)),
            other => panic!("the page of {code} has a section `{other}`: a test reads every page"),
        }
    }
    let example = match (before, after, words) {
        (Some(before), Some(after), None) => Example::Parts { before, after },
        (None, None, Some(example)) => Example::Words { example },
        _ => panic!("the page of {code} has no example, or two: a test reads every page"),
    };
    Page { what, why: why.expect("a test reads every page"), example }
}

/// Puts the lines of each paragraph on one.
fn paragraphs(text: &str) -> String {
    let paragraph = |lines: &str| lines.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim().split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// Takes the fence off.
fn part(text: &str) -> String {
    let inside = text.trim().strip_prefix("```ron\n").and_then(|text| text.strip_suffix("```"));
    inside.expect("a test reads every page").to_owned()
}

impl Page {
    /// Returns the page as plain text, its paragraphs on one line each.
    pub fn plain(&self) -> String {
        let Self { what, why, example } = self;
        let example = match example {
            Example::Parts { before, after } => format!("Before:\n\n{}\nAfter:\n\n{}", indent(before), indent(after)),
            Example::Words { example } => format!("Example: {example}\n"),
        };
        format!("{what}\n\nWhy it matters: {why}\n\n{example}")
    }

    /// Returns the page as Markdown.
    pub fn markdown(&self) -> String {
        let Self { what, why, example } = self;
        let example = match example {
            Example::Parts { before, after } => {
                format!("**Before**\n\n```ron\n{before}```\n\n**After**\n\n```ron\n{after}```\n")
            }
            Example::Words { example } => format!("**Example**: {example}\n"),
        };
        format!("{what}\n\n**Why it matters**: {why}\n\n{example}")
    }
}

/// Sets each line of a part of a flow in by four columns.
pub fn indent(part: &str) -> String {
    part.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

#[cfg(test)]
mod tests;
