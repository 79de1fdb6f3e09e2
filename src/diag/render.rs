//! A finding as text: message, file, line, column, the source line with a caret, and help.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Findings, Severity};
use crate::source::Span;
use crate::text::{is_hostile, one_line};

/// Renders all findings of one file, each followed by an empty line; with colours when `styled`.
pub fn render(findings: &Findings, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    findings.diagnostics.iter().map(|diagnostic| render_one(findings, diagnostic, &renderer) + "\n\n").collect()
}

fn render_one(findings: &Findings, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let spans = std::iter::once(diagnostic.at).chain(diagnostic.related.iter().map(|(span, _)| *span));
    let window = Window::around(findings.source.text(), spans);
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let name = one_line(findings.source.name());
    let message = one_line(&diagnostic.message);
    let mut primary = AnnotationKind::Primary.span(window.spans[0].range());
    if !diagnostic.label.is_empty() {
        primary = primary.label(one_line(&diagnostic.label));
    }
    let first_line = findings.source.position(window.start).line;
    let mut snippet = Snippet::source(&window.text).line_start(first_line).path(&name).annotation(primary);
    for (span, (_, text)) in window.spans[1..].iter().zip(&diagnostic.related) {
        snippet = snippet.annotation(AnnotationKind::Context.span(span.range()).label(one_line(text)));
    }
    let mut group = level.primary_title(&message).id(diagnostic.code.name()).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    renderer.render(&[group])
}

/// The lines a diagnostic speaks of, harmless to show, with the spans moved along.
struct Window {
    start: usize,
    text: String,
    spans: Vec<Span>,
}

impl Window {
    fn around(source: &str, spans: impl Iterator<Item = Span>) -> Self {
        let spans: Vec<Span> = spans.collect();
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans.iter().map(|span| span.end).max().unwrap_or(0).max(first);
        let start = source[..first].rfind('\n').map_or(0, |newline| newline + 1);
        let end = source[last..].find('\n').map_or(source.len(), |newline| last + newline);

        let mut text = String::with_capacity(end - start);
        let mut moved = vec![Span::default(); spans.len()];
        for (byte, c) in source[start..end].char_indices().chain([(end - start, '\n')]) {
            for (span, moved) in spans.iter().zip(&mut moved) {
                if span.start == start + byte {
                    moved.start = text.len();
                }
                if span.end == start + byte {
                    moved.end = text.len();
                }
            }
            match c {
                '\r' => {}
                c if is_hostile(c) => text.push('\u{fffd}'),
                c => text.push(c),
            }
        }
        Self { start, text, spans: moved }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::Source;

    #[test]
    fn a_finding_shows_file_line_column_caret_and_help() {
        let source = Source::new("flows/a.ron", "one\ntwo: \"x\u{1b}y\"\nthree");
        let byte = source.text().find('\u{1b}').expect("the text has it");
        let diagnostic = Diagnostic::new(Code::HostileCharacter, Span::new(byte, byte + 1), "a control character")
            .label("here")
            .help("write it out".to_owned());
        let text = render(&Findings::new(source, vec![diagnostic]), false);
        assert_eq!(
            text,
            "error[hostile-character]: a control character\n \
             --> flows/a.ron:2:8\n  |\n2 | two: \"x\u{fffd}y\"\n  |        ^ here\n  |\n  = help: write it out\n\n"
        );
    }
}
