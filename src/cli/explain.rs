//! `rootwalk explain`: what a code means, why it matters, and an example before and after.

use serde_json::json;

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::out;
use crate::diag::{Code, Example, indent, named, nearest, page};

/// Columns of the text.
const WIDTH: usize = 80;

pub(super) fn explain(args: &args::Explain) -> Result<Exit, Failure> {
    match &args.code {
        None => list(args.format)?,
        Some(name) => show(find(name)?, args.format)?,
    }
    Ok(Exit::Done)
}

/// Finds a code by its name, also in the brackets in which findings show it.
fn find(given: &str) -> Result<Code, Failure> {
    let inner = given.split_once('[').map_or(given, |(_severity, rest)| rest);
    let name = inner.trim_end_matches(']').to_lowercase();
    Code::of(&name).ok_or_else(|| {
        let near = nearest(&name, Code::ALL.iter().map(|code| code.name()));
        Failure::Argument {
            message: format!("there is no code {}", named(given)),
            help: Some(near.map_or_else(
                || "`rootwalk explain` lists all codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            )),
        }
    })
}

fn list(format: TextOrJson) -> Result<(), Failure> {
    match format {
        TextOrJson::Json => out::json(
            &Code::ALL
                .iter()
                .map(|code| json!({ "code": code.name(), "severity": code.severity().name(), "meaning": code.meaning() }))
                .collect::<Vec<_>>(),
        ),
        TextOrJson::Text => {
            let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
            let line =
                |code: &Code| format!("{:width$}  {:7}  {}\n", code.name(), code.severity().name(), code.meaning());
            out::data(&Code::ALL.iter().map(line).collect::<String>())?;
            out::talk("`rootwalk explain CODE` says why it matters, with an example\n");
            Ok(())
        }
    }
}

fn show(code: Code, format: TextOrJson) -> Result<(), Failure> {
    let page = page(code);
    match format {
        TextOrJson::Json => {
            let mut value = json!(page);
            for (name, text) in
                [("code", code.name()), ("severity", code.severity().name()), ("meaning", code.meaning())]
            {
                value[name] = json!(text);
            }
            out::json(&value)
        }
        TextOrJson::Text => {
            let example = match &page.example {
                Example::Parts { before, after } => format!("Before\n\n{}\nAfter\n\n{}", indent(before), indent(after)),
                Example::Words { example } => format!("Example\n\n{}\n", wrap(example)),
            };
            let (severity, meaning) = (code.severity().name(), code.meaning());
            let (what, why) = (wrap(&page.what), wrap(&page.why));
            out::data(&format!("{severity}[{code}]: {meaning}\n\n{what}\n\nWhy it matters\n\n{why}\n\n{example}"))
        }
    }
}

fn wrap(text: &str) -> String {
    textwrap::fill(text, WIDTH)
}
