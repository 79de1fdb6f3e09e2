//! HTML: blocks from the tokens of a WHATWG tokenizer, as a browser would show them.

use std::borrow::Cow;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::block::{Kind, Page};

/// What is put between the cells of a table's row.
pub(super) const CELL: &str = ": ";

/// Elements whose text is no part of the page.
const UNSEEN: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "title"];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements that end the line before them, beside headings and items.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "link",
    "main",
    "menu",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Tells whether a name is that of an element: `<resource-uri>` is a placeholder, not a tag.
pub(super) fn is_known(name: &str) -> bool {
    [UNSEEN, INLINE, BLOCKS].concat().iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Returns the name in a tag.
pub(super) fn tag_name(tag: &str) -> Option<&str> {
    let name = tag.strip_prefix('<')?.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    (end > 0).then_some(&name[..end])
}

/// Tells whether a text without a telling name is HTML.
pub(super) fn looks_like(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    let has = |name: &str| {
        let lower = |from: &str| from.get(..name.len()).is_some_and(|at| at.eq_ignore_ascii_case(name));
        text.match_indices('<')
            .any(|(at, _)| lower(&text[at + 1..]) && text[at + 1 + name.len()..].starts_with([' ', '>']))
    };
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || ["h1", "h2", "p", "li", "div"].iter().any(|n| has(n))
}

/// Returns inline code between backticks; what holds one itself stays as it is.
pub(super) fn in_backticks(code: &str) -> String {
    let code = code.trim();
    if code.is_empty() || code.contains('`') { code.to_owned() } else { format!("`{code}`") }
}

/// Returns the text with each character reference that ends in `;` as its character.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let end = 1 + name;
        if name > 0 && rest[end..].starts_with(';') {
            let decoded = Tokenizer::new(&rest[..=end]).flatten().filter_map(|token| match token {
                Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
                _ => None,
            });
            out.extend(decoded);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads HTML.
pub(super) fn read(text: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |name: &str| {
                    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
                };
                if name == "link" && attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    reader.page.address = attribute("href");
                }
                reader.start(&name, tag.self_closing);
            }
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if reader.unseen.is_none() => reader.text.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.flush();
    reader.page
}

#[derive(Default)]
struct Reader {
    page: Page,
    text: String,
    kind: Option<Kind>,
    lists: u8,
    /// The element whose text is left out, and how often it stands in itself.
    unseen: Option<(String, u32)>,
    /// Where inline code began in the text under way.
    code: Option<usize>,
    is_code_block: bool,
}

impl Reader {
    fn start(&mut self, name: &str, is_empty: bool) {
        if let Some((unseen, depth)) = &mut self.unseen {
            *depth += u32::from(unseen == name && !is_empty);
            return;
        }
        match name {
            _ if UNSEEN.contains(&name) => {
                // A browser ignores the `/` of `<script/>`, but not that of `<svg/>`.
                if !(is_empty && matches!(name, "svg" | "iframe" | "object" | "template")) {
                    self.unseen = Some((name.to_owned(), 0));
                }
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            "li" => {
                self.flush();
                self.kind = Some(Kind::Item(self.lists.saturating_sub(1)));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                // A step with a heading of its own, `<li><h3>`, stays an item.
                if !matches!(self.kind, Some(Kind::Item(_))) {
                    self.kind = Some(Kind::Heading(name.as_bytes()[1] - b'0'));
                }
            }
            "pre" => {
                self.flush();
                self.is_code_block = true;
            }
            "br" if self.is_code_block => self.text.push('\n'),
            "td" | "th" => {}
            "code" | "kbd" | "samp" if !self.is_code_block => self.code = Some(self.text.len()),
            _ if INLINE.contains(&name) => {}
            _ if BLOCKS.contains(&name) => self.break_line(),
            // What is no element is shown as nothing by a browser; here it is most often a placeholder.
            placeholder => self.text.push_str(&format!("<{placeholder}>")),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unseen, depth)) = &mut self.unseen {
            match depth.checked_sub(1) {
                _ if unseen != name => {}
                Some(less) => *depth = less,
                None => self.unseen = None,
            }
            return;
        }
        match name {
            "ul" | "ol" | "menu" => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
            }
            "td" | "th" => self.text.push_str(CELL),
            "pre" => {
                self.flush();
                self.is_code_block = false;
            }
            "code" | "kbd" | "samp" => {
                if let Some(code) = self.code.take().filter(|&from| from <= self.text.len()) {
                    let marked = in_backticks(&self.text[code..]);
                    self.text.truncate(code);
                    self.text.push_str(&marked);
                }
            }
            "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.kind = None;
            }
            _ if BLOCKS.contains(&name) => self.break_line(),
            _ => {}
        }
    }

    /// Ends the line under way, unless it is only the number or bullet that a page draws before an item.
    fn break_line(&mut self) {
        let text = self.text.trim();
        let is_drawn = text.len() <= 4 && !text.chars().any(char::is_alphabetic);
        if matches!(self.kind, Some(Kind::Item(_))) && is_drawn {
            self.text.push(' ');
        } else {
            self.flush();
        }
    }

    /// Ends the line under way. An item or heading without text yet waits for it: `<li><p>…`.
    fn flush(&mut self) {
        self.code = None;
        let text = std::mem::take(&mut self.text);
        let text = text.trim().trim_end_matches(CELL.trim_end());
        if text.is_empty() {
            return;
        }
        let kind = if self.is_code_block { Kind::Code } else { self.kind.take().unwrap_or(Kind::Line) };
        self.page.push(kind, text, true);
    }
}
