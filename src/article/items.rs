//! Items: the entries of a section, however they are set off from each other.

use super::block::{Block, Kind};
use super::sections::numbered;

/// Holds an entry: its text, and the first code block in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) code: Option<String>,
    /// Whether what was added last is an item of a list inside.
    has_nested: bool,
}

/// Returns the entries of a section, and the lines before the first one.
pub(super) fn items(blocks: &[Block]) -> (Vec<Item>, Vec<String>) {
    let starts = Starts::of(blocks);
    let mut items: Vec<Item> = Vec::new();
    let mut intro = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        let is_start = starts.is(block, n.checked_sub(1).map(|before| &blocks[before]));
        let text = numbered(&block.text).filter(|_| is_start).map_or(block.text.as_str(), |(_, rest)| rest);
        if is_start {
            items.push(Item { text: text.to_owned(), code: None, has_nested: false });
        } else if let Some(item) = items.last_mut() {
            item.add(block);
        } else {
            intro.push(block.text.replace('\n', " "));
        }
    }
    strip_ordinals(&mut items);
    for item in &mut items {
        // `1. 1Step 1: …`: the number was glued to the word.
        if let Some((_, rest)) = numbered(&item.text) {
            item.text = rest.to_owned();
        }
    }
    (items, intro)
}

impl Item {
    /// Tells whether the text so far is a heading of what follows on the next line, and not the first part of its sentence.
    fn is_heading_of(&self, next: &str) -> bool {
        const GO_ON: &[&str] = &[
            "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "that", "the",
            "to", "under", "using", "with", "your",
        ];
        let last = self.text.rsplit(' ').next().unwrap_or_default().to_lowercase();
        next.starts_with(char::is_uppercase)
            && self.text.split(' ').count() <= 10
            && !self.has_nested
            && !GO_ON.contains(&last.as_str())
    }

    fn add(&mut self, block: &Block) {
        if block.kind == Kind::Code && self.code.is_none() {
            self.code = Some(block.text.clone());
            return;
        }
        let is_open = !self.text.ends_with(['.', '!', '?', ':', ';', ',']);
        let joint = match block.kind {
            _ if !is_open => " ",
            Kind::Item(_) if self.has_nested => "; ",
            Kind::Item(_) => ": ",
            Kind::Line if !block.is_apart && !self.is_heading_of(&block.text) => " ",
            _ => ". ",
        };
        self.has_nested = matches!(block.kind, Kind::Item(_));
        self.text.push_str(joint);
        self.text.push_str(&block.text.replace('\n', " "));
    }
}

/// Says which blocks of a section begin an entry.
enum Starts {
    /// Those that say so: `Cause 1: …`.
    Numbered,
    /// The items of the outermost list.
    Items(u8),
    /// The headings.
    Headings,
    /// Each paragraph.
    Paragraphs,
}

impl Starts {
    fn of(blocks: &[Block]) -> Self {
        let depth =
            blocks.iter().filter_map(|block| if let Kind::Item(depth) = block.kind { Some(depth) } else { None });
        let is_free = |block: &&Block| !matches!(block.kind, Kind::Item(_) | Kind::Code);
        if blocks.iter().filter(is_free).any(|block| numbered(&block.text).is_some()) {
            return Self::Numbered;
        }
        let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(_));
        match depth.min() {
            _ if blocks.iter().any(is_heading) => Self::Headings,
            Some(depth) => Self::Items(depth),
            None => Self::Paragraphs,
        }
    }

    fn is(&self, block: &Block, before: Option<&Block>) -> bool {
        match (self, block.kind) {
            (_, Kind::Code) => false,
            (Self::Numbered, _) => numbered(&block.text).is_some(),
            (Self::Items(least), Kind::Item(depth)) => depth == *least,
            (Self::Items(_), _) => false,
            (Self::Headings, kind) => matches!(kind, Kind::Heading(_)),
            (Self::Paragraphs, _) => match before {
                // What leads in to the list that follows is none of its entries.
                None => !block.text.ends_with(':'),
                Some(before) => !(continues(block, before)),
            },
        }
    }
}

/// Tells whether a line goes on where the line before was wrapped.
pub(super) fn continues(block: &Block, before: &Block) -> bool {
    let is_begun = block.text.starts_with(|c: char| c.is_lowercase() || c == '(');
    !block.is_apart && before.kind == Kind::Line && is_begun && !before.text.ends_with(['.', '?', '!', ':'])
}

/// Takes away the numbers that a page drew before its items and a copy glued to them: `1The`, `2The`.
fn strip_ordinals(items: &mut [Item]) {
    // One alone may be a word that begins with a number; that all of several do by chance does not happen.
    let is_alone = items.len() == 1;
    let strip = |(n, item): (usize, &Item)| {
        let rest = item.text.strip_prefix(&(n + 1).to_string())?;
        let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
        let is_word = is_alone && !rest.starts_with(char::is_uppercase);
        let rest = rest.trim_start();
        (!is_word && !rest.is_empty()).then(|| rest.to_owned())
    };
    let stripped: Option<Vec<String>> = items.iter().enumerate().map(strip).collect();
    for (item, text) in items.iter_mut().zip(stripped.into_iter().flatten()) {
        item.text = text;
    }
}
