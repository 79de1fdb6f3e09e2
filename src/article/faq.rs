//! The FAQ: lines that ask, and what stands below each.

use super::Entry;
use super::block::{Block, Kind};
use super::items::continues;

/// Returns the entries, and the lines before the first one.
pub(super) fn entries(blocks: &[Block]) -> (Vec<Entry>, Vec<String>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut intro = Vec::new();
    for line in joined(blocks) {
        let (text, is_named) = without_label(&line.text, &["q", "question"]);
        if is_named || text.ends_with('?') || matches!(line.kind, Kind::Heading(_)) {
            let (question, answer) = split(text, line.kind, is_named);
            entries.push(Entry { question: question.to_owned(), answer: answer.map(str::to_owned) });
        } else if let (Kind::Item(_), (question, Some(answer))) = (line.kind, split(text, line.kind, false)) {
            entries.push(Entry { question: question.to_owned(), answer: Some(answer.to_owned()) });
        } else if let Some(entry) = entries.last_mut() {
            let (text, _) = without_label(&line.text, &["a", "answer"]);
            match &mut entry.answer {
                Some(answer) => {
                    answer.push(' ');
                    answer.push_str(text);
                }
                None => entry.answer = Some(text.to_owned()),
            }
        } else {
            intro.push(line.text);
        }
    }
    (entries, intro)
}

/// Joins the lines of a paragraph that was wrapped; a question that goes on is one, too.
fn joined(blocks: &[Block]) -> Vec<Block> {
    let mut lines: Vec<Block> = Vec::new();
    for block in blocks {
        let is_same_question = |before: &Block| {
            block.kind == Kind::Line
                && before.kind == Kind::Line
                && !block.is_apart
                && block.text.ends_with('?')
                && before.is_apart
                && !before.text.ends_with(['.', '?', '!', ':'])
        };
        match lines.last_mut() {
            Some(before) if block.kind == Kind::Line && (continues(block, before) || is_same_question(before)) => {
                before.text.push(' ');
                before.text.push_str(&block.text);
            }
            _ => lines.push(Block { text: block.text.replace('\n', " "), ..block.clone() }),
        }
    }
    lines
}

/// Splits a question and an answer that stand on one line.
fn split(text: &str, kind: Kind, is_named: bool) -> (&str, Option<&str>) {
    let is_heading = matches!(kind, Kind::Heading(_));
    if (is_heading || text.ends_with('?')) && !is_named {
        return (text, None);
    }
    match text.split_once("? ").or_else(|| text.split_once("?: ")) {
        Some((question, answer)) => {
            let (answer, _) = without_label(answer.trim(), &["a", "answer"]);
            (&text[..=question.len()], Some(answer).filter(|answer| !answer.is_empty()))
        }
        None => (text, None),
    }
}

/// Tells whether a line says that it is a question: `Q1: …`.
pub(super) fn is_labelled(text: &str) -> bool {
    without_label(text, &["q"]).1 && text.contains('?')
}

/// Takes away `Q:`, `Q1.` or `Answer:`, and tells whether it was there.
fn without_label<'a>(text: &'a str, labels: &[&str]) -> (&'a str, bool) {
    for label in labels {
        if let Some(rest) = text.get(label.len()..).filter(|_| text[..label.len()].eq_ignore_ascii_case(label)) {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
            if let Some(rest) = rest.strip_prefix([':', '.', ')']).map(str::trim_start).filter(|rest| !rest.is_empty())
            {
                return (rest, true);
            }
        }
    }
    (text, false)
}
