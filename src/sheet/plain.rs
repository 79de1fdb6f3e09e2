//! A sheet as plain text, for a mail or a terminal: within a width, but for commands, which stay in one piece.
//!
//! Headings stand at the margin and everything else is indented, so no text that was typed can pass for a section. Plain text
//! has no markup and no escape: what a reader's own program makes of `@name` or of an address is left to it.

use textwrap::{Options, WordSplitter, WrapAlgorithm};

use super::{BEFORE, Block, Item, LOOK_FOR, Line, Lines, Moment, Sheet, Way};
use crate::text::shorten;

/// Columns of a text that is for no terminal.
pub const WIDTH: usize = 100;

/// Columns by which the text of a section stands in, and what follows a part's heading.
const INDENT: usize = 2;

/// Writes a sheet as plain text in lines of at most `width` columns, commands aside.
pub fn text(sheet: &Sheet, width: usize) -> String {
    let mut out = Writer { out: String::new(), width, indent: INDENT };
    out.heading(sheet.title.as_str(), '=');
    for section in &sheet.sections {
        out.out.push('\n');
        out.indent = INDENT;
        out.heading(section.title, '-');
        section.blocks.iter().enumerate().for_each(|(n, block)| out.block(block, n == 0));
    }
    out.out
}

struct Writer {
    out: String,
    width: usize,
    indent: usize,
}

impl Writer {
    fn heading(&mut self, title: &str, under: char) {
        let title = shorten(title, self.width);
        let width = unicode_width::UnicodeWidthStr::width(title.as_str());
        self.out.push_str(&title);
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(under, width));
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block, is_first: bool) {
        match block {
            Block::Text(sentence) => self.wrap(sentence.as_str(), "", ""),
            Block::Pasted(text) => text.as_typed().for_each(|line| self.wrap(line, "  ", "  ")),
            Block::Prose(prose) => prose.lines().for_each(|line| self.wrap(line, "", "")),
            Block::Part(part) => {
                if !is_first {
                    self.out.push('\n');
                }
                self.indent = INDENT;
                let number = if part.number.is_empty() { String::new() } else { format!("{}. ", part.number) };
                let rest = " ".repeat(number.len());
                self.wrap(part.title.as_str(), &number, &rest);
                self.indent += number.len();
                if !part.note.as_str().is_empty() {
                    self.wrap(part.note.as_str(), "", "");
                }
            }
            Block::Label(label) => self.wrap(label, "", ""),
            Block::Facts(facts) => {
                let width = facts.iter().map(|(label, _)| label.len() + 1).max().unwrap_or(0);
                for (label, value) in facts {
                    let label = format!("{:<width$} ", format!("{label}:"));
                    self.wrap(value.as_str(), &label, &" ".repeat(label.len()));
                }
            }
            Block::Moments(moments) => moments.iter().for_each(|moment| self.moment(moment)),
            Block::List(items) => items.iter().for_each(|item| self.item(item, "- ")),
            Block::Steps(items) => items.iter().zip(1..).for_each(|(item, n)| self.item(item, &format!("{n}. "))),
            Block::Ways(ways) => ways.iter().for_each(|way| self.way(way)),
            // The caption says in words what there is, and is said of a drawing alone.
            Block::Drawing(_) => {}
        }
    }

    fn moment(&mut self, moment: &Moment) {
        let by = moment.by.as_ref().map_or_else(String::new, |by| format!("  {}", by.as_str()));
        let answer = if moment.answer.as_str().is_empty() { "" } else { "  → " };
        self.wrap(&format!("{}{by}", moment.at), &format!("{:>3}  ", moment.n), "     ");
        self.wrap(&format!("{}{answer}{}", moment.what.as_str(), moment.answer.as_str()), "     ", "     ");
        for line in moment.followed.iter().map(Line::as_str) {
            self.wrap(line, "       ", "       ");
        }
    }

    fn item(&mut self, item: &Item, bullet: &str) {
        let mark = if item.mark.is_empty() { String::new() } else { format!("[{}] ", item.mark) };
        let rest = " ".repeat(bullet.len());
        self.wrap(&format!("{mark}{}", item.text.as_str()), bullet, &rest);
        self.labelled(item.warning.as_ref(), BEFORE, &rest);
        for line in item.details.iter().flat_map(Lines::lines) {
            self.wrap(line, &rest, &rest);
        }
        for line in item.command.iter().flat_map(Lines::lines) {
            self.out.extend(std::iter::repeat_n(' ', self.indent));
            self.out.push_str(&format!("{rest}$ {line}\n"));
        }
        self.labelled(item.look_for.as_ref(), LOOK_FOR, &rest);
    }

    fn labelled(&mut self, lines: Option<&Lines>, label: &str, indent: &str) {
        let rest = format!("{indent}{}", " ".repeat(label.len() + 1));
        for (n, line) in lines.into_iter().flat_map(Lines::lines).enumerate() {
            self.wrap(line, &if n == 0 { format!("{indent}{label} ") } else { rest.clone() }, &rest);
        }
    }

    fn way(&mut self, way: &Way) {
        let mut lines = way.text.lines();
        let begin = [way.link.as_str(), lines.next().unwrap_or_default()];
        let begin: Vec<&str> = begin.into_iter().filter(|text| !text.is_empty()).collect();
        self.wrap(&begin.join(" "), &format!("{} ", way.opening()), "    ");
        lines.for_each(|line| self.wrap(line, "    ", "    "));
    }

    /// Writes a text; `first` and `rest` stand before its first line and the others.
    fn wrap(&mut self, text: &str, first: &str, rest: &str) {
        let indent = " ".repeat(self.indent);
        let options =
            Options::new(self.width).wrap_algorithm(WrapAlgorithm::FirstFit).word_splitter(WordSplitter::NoHyphenation);
        let (first, rest) = (format!("{indent}{first}"), format!("{indent}{rest}"));
        for line in textwrap::wrap(text, options.initial_indent(&first).subsequent_indent(&rest)) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}
