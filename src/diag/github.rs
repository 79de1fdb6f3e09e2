//! A finding as a workflow command of GitHub Actions: it stands at its line in the pull request.
//!
//! The form and its escaping are those of the documentation ("Workflow commands for GitHub Actions") and of the runner's toolkit:
//! `%`, carriage return and line feed are written out everywhere, `:` and `,` in properties too.

use std::fmt::Write as _;

use super::{Findings, Severity};
use crate::text::one_line;

/// Returns the findings of one file as commands, one a line; columns count characters from 1, the end is exclusive.
pub fn to_github(findings: &Findings) -> String {
    findings.by_file().iter().map(|findings| file_to_github(findings)).collect()
}

fn file_to_github(findings: &Findings) -> String {
    let Findings { source, diagnostics } = findings;
    let mut out = String::new();
    for diagnostic in diagnostics {
        let (start, end) = (source.position(diagnostic.at.start), source.position(diagnostic.at.end));
        let command = match diagnostic.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let file = one_line(source.name());
        let mut text = one_line(&diagnostic.message);
        if !diagnostic.label.is_empty() {
            let _ = write!(text, " ({})", one_line(&diagnostic.label));
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, "\nhelp: {}", one_line(help));
        }
        let _ = writeln!(
            out,
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            property(file.strip_prefix("./").unwrap_or(&file)),
            start.line,
            start.column,
            end.line,
            end.column,
            property(diagnostic.code.name()),
            data(&text),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{Source, Span};

    #[test]
    fn a_finding_is_one_line_whatever_is_in_it() {
        let source = Source::new("./a,b:c%\n.ron", "one\ntwo: \"ž::x\"\n");
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(10, 15), "100 % wrong\r\n::error::no")
            .label("here")
            .help("so".to_owned());
        assert_eq!(
            to_github(&Findings::new(source, vec![diagnostic])),
            "::error file=a%2Cb%3Ac%25 .ron,line=2,col=7,endLine=2,endColumn=11,title=syntax::\
             100 %25 wrong ::error::no (here)%0Ahelp: so\n"
        );
    }
}
