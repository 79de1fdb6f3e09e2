//! The transcript as plain text, for a mail or a terminal: at most 100 columns, but for commands, which stay in one piece.
//!
//! Headings stand at the margin and everything else is indented, so no text that was typed can pass for a section. Plain text
//! has no markup and no escape: what a reader's own program makes of `@name` or of an address is left to it.

use textwrap::{Options, WordSplitter, WrapAlgorithm};

use super::Transcript;
use super::page::{Block, Item, Line, Lines, Moment, Page};
use crate::text::shorten;

const WIDTH: usize = 100;

/// Writes a transcript as plain text.
pub fn text(transcript: &Transcript) -> String {
    let page = Page::of(transcript);
    let mut out = String::new();
    heading(page.title.as_str(), '=', &mut out);
    for section in &page.sections {
        out.push('\n');
        heading(section.title, '-', &mut out);
        section.blocks.iter().for_each(|block| write(block, &mut out));
    }
    out
}

fn heading(title: &str, under: char, out: &mut String) {
    let title = shorten(title, WIDTH);
    let width = unicode_width::UnicodeWidthStr::width(title.as_str());
    out.push_str(&title);
    out.push('\n');
    out.extend(std::iter::repeat_n(under, width));
    out.push('\n');
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Text(sentence) => wrap(sentence.as_str(), "  ", "  ", out),
        Block::Pasted(text) => text.lines().for_each(|line| wrap(line, "    ", "    ", out)),
        Block::Facts(facts) => {
            let width = facts.iter().map(|(label, _)| label.len() + 1).max().unwrap_or(0);
            for (label, value) in facts {
                let label = format!("  {:<width$} ", format!("{label}:"));
                wrap(value.as_str(), &label, &" ".repeat(label.len()), out);
            }
        }
        Block::Moments(moments) => moments.iter().for_each(|moment| write_moment(moment, out)),
        Block::List(items) => items.iter().for_each(|item| write_item(item, out)),
    }
}

fn write_moment(moment: &Moment, out: &mut String) {
    let by = moment.by.as_ref().map_or_else(String::new, |by| format!("  {}", by.as_str()));
    let answer = if moment.answer.as_str().is_empty() { "" } else { "  → " };
    wrap(&format!("{}{by}", moment.at), &format!("  {:>3}  ", moment.n), "       ", out);
    wrap(&format!("{}{answer}{}", moment.what.as_str(), moment.answer.as_str()), "       ", "       ", out);
    for line in moment.followed.iter().map(Line::as_str) {
        wrap(line, "         ", "         ", out);
    }
}

fn write_item(item: &Item, out: &mut String) {
    let mark = if item.mark.is_empty() { String::new() } else { format!("[{}] ", item.mark) };
    wrap(&format!("{mark}{}", item.text.as_str()), "  - ", "    ", out);
    for line in item.details.iter().flat_map(Lines::lines) {
        wrap(line, "    ", "    ", out);
    }
    for line in item.command.iter().flat_map(Lines::lines) {
        out.push_str("    $ ");
        out.push_str(line);
        out.push('\n');
    }
}

fn wrap(text: &str, first: &str, rest: &str, out: &mut String) {
    let options = Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(text, options) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
