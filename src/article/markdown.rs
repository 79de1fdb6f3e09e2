//! Markdown: blocks from the events of `CommonMark`'s parser.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::block::{Kind, Page};
use super::html;

/// Tells whether a text without a telling name is Markdown: it has a heading of its own, a fence, or a line in bold.
pub(super) fn looks_like(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
        let is_heading = (1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\t']);
        let is_bold = line.len() > 4 && line.starts_with("**") && line.trim_end_matches(':').ends_with("**");
        is_heading || is_bold || line.starts_with("```")
    })
}

/// Reads Markdown; HTML in it is read as HTML.
pub(super) fn read(text: &str) -> Page {
    let mut reader = Reader::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(text, options) {
        reader.take(event);
    }
    reader.flush();
    reader.page
}

#[derive(Default)]
struct Reader {
    page: Page,
    text: String,
    /// What the text under way is, when that is not a line.
    kind: Option<Kind>,
    lists: u8,
    html: String,
    is_metadata: bool,
    /// Whether all text under way is in bold: a heading of its own when the line ends there.
    is_bold: bool,
    bold_from: Option<usize>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_metadata => {
                text.lines().for_each(|line| self.page.push(Kind::Line, line, true));
            }
            Event::Text(text) => {
                self.is_bold = false;
                self.text.push_str(&text);
            }
            Event::Code(code) => self.text.push_str(&html::in_backticks(&code)),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(text) => match html::tag_name(&text) {
                Some("br") => self.text.push(' '),
                Some(name) if html::is_known(name) => {}
                _ => self.text.push_str(&text),
            },
            Event::SoftBreak | Event::HardBreak if self.is_bold => self.flush(),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.kind = Some(Kind::Heading(*level as u8));
            }
            Tag::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => {
                self.flush();
                self.kind = Some(Kind::Item(self.lists.saturating_sub(1)));
            }
            Tag::CodeBlock(_) => self.flush(),
            Tag::Strong => self.bold_from = Some(self.text.len()),
            Tag::MetadataBlock(_) => {
                self.flush();
                self.is_metadata = true;
            }
            Tag::Paragraph if self.kind.is_some() && self.text.is_empty() => {}
            Tag::Paragraph | Tag::Table(_) | Tag::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.text);
                self.page.push(Kind::Code, &code, true);
            }
            TagEnd::HtmlBlock => {
                let text = std::mem::take(&mut self.html);
                self.page.blocks.extend(html::read(&text).blocks);
            }
            TagEnd::Strong => self.is_bold = self.bold_from == Some(0),
            TagEnd::MetadataBlock(_) => self.is_metadata = false,
            TagEnd::TableCell => self.text.push_str(html::CELL),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => {
                self.flush();
                self.kind = None;
            }
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_end().trim_end_matches(html::CELL.trim_end());
        if !text.trim().is_empty() {
            self.page.push(self.kind.take().unwrap_or(Kind::Line), text, true);
        }
    }
}
