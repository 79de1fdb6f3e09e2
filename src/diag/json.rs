//! A finding as JSON, for editors and scripts.

use serde_json::{Value, json};

use super::Findings;
use crate::source::{Source, Span};

/// Returns the findings of one file as JSON objects: `code`, `severity`, `message`, `file`, `line`, `column`,
/// `end_line`, `end_column` (from 1, columns in characters, the end exclusive), `label`, `related`,
/// `way` (the answers that show it), `help`.
pub fn to_json(findings: &Findings) -> Vec<Value> {
    findings.by_file().iter().flat_map(|findings| file_to_json(findings)).collect()
}

fn file_to_json(findings: &Findings) -> Vec<Value> {
    let Findings { source, diagnostics } = findings;
    let place = |span: Span| place(source, span);
    diagnostics
        .iter()
        .map(|diagnostic| {
            let mut value = place(diagnostic.at);
            value["code"] = json!(diagnostic.code.name());
            value["severity"] = json!(diagnostic.code.severity().name());
            value["message"] = json!(diagnostic.message);
            value["label"] = json!(diagnostic.label);
            value["help"] = json!(diagnostic.help);
            let answer = |(name, answer): &(String, &str)| json!({ "question": name, "answer": answer });
            value["way"] = diagnostic.way.iter().map(answer).collect();
            value["related"] = diagnostic
                .related
                .iter()
                .map(|(span, text)| {
                    let mut value = place(*span);
                    value["message"] = json!(text);
                    value
                })
                .collect();
            value
        })
        .collect()
}

fn place(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "file": source.name(), "line": start.line, "column": start.column,
        "end_line": end.line, "end_column": end.column,
    })
}
