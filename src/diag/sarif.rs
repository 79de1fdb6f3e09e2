//! Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.
//!
//! Columns count characters, which the run says (`columnKind: unicodeCodePoints`). A file is named by a URI: relative to the source
//! root where its path is relative. Every code is a rule with its page as help, whether it was found or not.

use serde_json::{Value, json};

use super::{Code, Findings, Severity, page};
use crate::source::{Source, Span};
use crate::text::one_line;

/// Returns the findings of one file as SARIF results.
pub fn to_sarif_results(findings: &Findings) -> Vec<Value> {
    findings.by_file().iter().flat_map(|findings| file_to_results(findings)).collect()
}

fn file_to_results(findings: &Findings) -> Vec<Value> {
    let Findings { source, diagnostics } = findings;
    let result = |diagnostic: &super::Diagnostic| {
        let mut text = one_line(&diagnostic.message);
        for (before, more, after) in
            [(" (", diagnostic.label.as_str(), ")"), ("\nhelp: ", diagnostic.help.as_deref().unwrap_or_default(), "")]
        {
            if !more.is_empty() {
                text.extend([before, &one_line(more), after]);
            }
        }
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
            "level": level(diagnostic.code),
            "message": { "text": text },
            "locations": [location(source, diagnostic.at)],
        });
        if !diagnostic.related.is_empty() {
            let related = diagnostic.related.iter().map(|(span, words)| {
                let mut location = location(source, *span);
                location["message"] = json!({ "text": one_line(words) });
                location
            });
            result["relatedLocations"] = related.collect();
        }
        result
    };
    diagnostics.iter().map(result).collect()
}

/// Returns the whole document around the results of all files.
pub fn sarif_document(results: &[Value]) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": true }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    let page = page(code);
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.meaning() },
        "fullDescription": { "text": page.what },
        "help": { "text": page.plain(), "markdown": page.markdown() },
        "defaultConfiguration": { "level": level(code) },
    })
}

/// The levels of SARIF have the names of ours.
fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(source: &Source, span: Span) -> Value {
    let mut artifact = json!({ "uri": uri(source.name()) });
    if !source.name().starts_with('/') && !source.name().starts_with(BUILT_IN) {
        artifact["uriBaseId"] = json!("%SRCROOT%");
    }
    let mut physical = json!({ "artifactLocation": artifact });
    // What cannot be read has no lines.
    if !source.text().is_empty() {
        let (start, end) = (source.position(span.start), source.position(span.end));
        physical["region"] = json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        });
    }
    json!({ "physicalLocation": physical })
}

/// How the name of a source begins that lies in the program: a URI already.
const BUILT_IN: &str = "built-in:";

/// Returns a path as a URI reference; its slashes stay, and what a URI cannot hold is written as bytes.
fn uri(name: &str) -> String {
    let (prefix, path) = match name.strip_prefix(BUILT_IN) {
        Some(path) => (BUILT_IN, path),
        None if name.starts_with('/') => ("file://", name),
        None => ("", name.strip_prefix("./").unwrap_or(name)),
    };
    let mut out = prefix.to_owned();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("./flows/a b:ž%.ron"), "flows/a%20b%3A%C5%BE%25.ron");
        assert_eq!(uri("/flows/a.ron"), "file:///flows/a.ron");
        assert_eq!(uri("built-in:fabric/a.ron"), "built-in:fabric/a.ron");
        assert_eq!(uri("../a.ron"), "../a.ron");
    }
}
