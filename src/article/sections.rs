//! Sections: which headings stand above what, and the blocks of a page by section.

use super::block::{Block, Kind};
use super::faq;

/// Says what the blocks under a heading are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// What stands before the first known heading: title, severity, product.
    Header,
    Meaning,
    Message,
    Causes,
    Steps,
    Faq,
    /// What belongs to the site, or to no section known here.
    Other,
}

/// The headings as people write them, in lower case and without the marks around them.
const HEADINGS: &[(Section, &[&str])] = &[
    (
        Section::Meaning,
        &[
            "meaning",
            "description",
            "overview",
            "summary",
            "explanation",
            "what it means",
            "what does it mean",
            "what this means",
            "what this error means",
            "what is this error",
            "about this error",
            "what happened",
            "symptom",
            "symptoms",
            "problem",
            "issue",
            "background",
        ],
    ),
    (
        Section::Message,
        &["error message", "error messages", "message", "error text", "full error message", "what you see"],
    ),
    (
        Section::Causes,
        &[
            "causes",
            "cause",
            "common causes",
            "common cause",
            "possible causes",
            "possible cause",
            "likely causes",
            "root causes",
            "root cause",
            "typical causes",
            "potential causes",
            "most common causes",
            "known causes",
            "reasons",
            "reason",
            "common reasons",
            "possible reasons",
            "why it happens",
            "why does it happen",
        ],
    ),
    (
        Section::Steps,
        &[
            "fix",
            "fixes",
            "the fix",
            "how to fix it",
            "how to fix",
            "how to fix this",
            "how to resolve it",
            "how to resolve",
            "how to solve it",
            "how to solve",
            "resolution",
            "resolutions",
            "resolution steps",
            "solution",
            "solutions",
            "steps",
            "steps to fix",
            "steps to resolve",
            "fix steps",
            "remediation",
            "remedy",
            "workaround",
            "workarounds",
            "troubleshooting",
            "troubleshooting steps",
            "what to do",
            "what you can do",
            "recommended actions",
            "recommended action",
        ],
    ),
    (
        Section::Faq,
        &[
            "frequently asked questions",
            "faq",
            "faqs",
            "frequently asked questions (faq)",
            "frequently asked questions (faqs)",
            "questions and answers",
            "q&a",
            "q & a",
            "common questions",
            "frequent questions",
            "questions",
            "people also ask",
        ],
    ),
    (
        Section::Other,
        &[
            "see also",
            "references",
            "further reading",
            "learn more",
            "more information",
            "next steps",
            "share this",
            "share",
            "back to top",
            "need more help",
            "still need help",
            "contact us",
            "start free",
            "was this helpful",
            "table of contents",
            "contents",
            "on this page",
            "feedback",
            "comments",
        ],
    ),
];

/// Returns a heading's words without what is drawn around them.
fn plain_words(text: &str) -> String {
    let is_drawn = |c: char| !c.is_alphanumeric() && c != '(' && c != ')';
    let text = text.trim_matches(is_drawn);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    // `2. Common causes` and `2) Common causes`, but not `2403`.
    let text = if digits.len() < text.len() { digits.strip_prefix(['.', ')', ':']).unwrap_or(text) } else { text };
    text.trim_matches(is_drawn).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the section that a block opens as its heading.
fn opened_by(block: &Block) -> Option<Section> {
    let text = &block.text;
    // No heading is longer, and lines can be very long.
    if text.len() > 120 {
        return None;
    }
    let words = plain_words(text);
    let is = |(_, headings): &&(Section, &[&str])| headings.contains(&words.as_str());
    if let Some((section, _)) = HEADINGS.iter().find(is) {
        return Some(*section);
    }
    // `1. Common causes` may be a heading; an item that only resembles one is an item.
    if matches!(block.kind, Kind::Item(_)) {
        return None;
    }
    let starts = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    let ends = |ends: &[&str]| ends.iter().any(|end| words.ends_with(end));
    let count = words.split(' ').count();
    match () {
        () if count > 10 || text.ends_with(['.', ',']) => None,
        () if starts(&["what does", "what do"]) && ends(&[" mean", " means"]) => Some(Section::Meaning),
        () if starts(&[
            "what causes",
            "what is causing",
            "why does",
            "why do",
            "why am i",
            "why is",
            "causes of",
            "causes for",
        ]) || (count <= 5 && ends(&[" causes"])) =>
        {
            Some(Section::Causes)
        }
        () if starts(&[
            "how to fix",
            "how to resolve",
            "how to solve",
            "how do i fix",
            "how do you fix",
            "how can i fix",
            "steps to",
        ]) || (count <= 4 && ends(&[" resolution", " solution", " solutions", " fix"])) =>
        {
            Some(Section::Steps)
        }
        () if starts(&["frequently asked"]) => Some(Section::Faq),
        () if (starts(&["other "]) && ends(&[" errors"])) || starts(&["related ", "was this ", "© ", "copyright "]) => {
            Some(Section::Other)
        }
        () => None,
    }
}

/// Splits `Cause: the token …` into the section and what stands behind its colon.
fn opened_inline(text: &str) -> Option<(Section, &str)> {
    let (heading, rest) = text.split_once(':')?;
    if rest.trim().is_empty() || heading.len() > 40 {
        return None;
    }
    let words = plain_words(heading);
    let found = HEADINGS.iter().find(|(_, headings)| headings.contains(&words.as_str()));
    found.map(|(section, _)| (*section, rest.trim()))
}

/// Splits the `Cause 1:` or `Step 2 -` that begins an item: which section it belongs to, and the item.
pub(super) fn numbered(text: &str) -> Option<(Section, &str)> {
    let words: &[(&str, Section)] = &[
        ("possible cause", Section::Causes),
        ("root cause", Section::Causes),
        ("cause", Section::Causes),
        ("reason", Section::Causes),
        ("step", Section::Steps),
        ("solution", Section::Steps),
        ("fix", Section::Steps),
    ];
    // `4Step 4:`: a number that the page drew is glued to the word.
    let glued = &text[..text.bytes().take_while(u8::is_ascii_digit).count()];
    let text = &text[glued.len()..];
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let (word, section) = words.iter().find(|(word, _)| begins(word))?;
    let rest = text[word.len()..].trim_start().trim_start_matches(['#', '№']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 || (!glued.is_empty() && *glued != rest[..digits]) {
        return None;
    }
    let rest = rest[digits..].trim_start();
    let after = rest.strip_prefix([':', '.', ')', '-', '–', '—', '|'])?.trim_start();
    (!after.is_empty()).then_some((*section, after))
}

/// Holds a page's blocks by section, each in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Sections {
    blocks: Vec<(Section, Block)>,
}

impl Sections {
    /// Sorts the blocks of a page.
    pub(super) fn of(blocks: Vec<Block>) -> Self {
        let mut sorted = Self::default();
        let mut now = Section::Header;
        // How high the heading of the section is; a line that serves as one is as low as can be.
        let mut level = 0;
        for block in blocks {
            let heading = if let Kind::Heading(level) = block.kind { Some(level) } else { None };
            if block.kind != Kind::Code {
                // In an FAQ, what reads like a heading may be one of the questions.
                let is_question = now == Section::Faq
                    && block.text.ends_with('?')
                    && (heading.is_none_or(|heading| heading > level) || sorted.has_any(opened_by(&block)));
                if let Some(section) = opened_by(&block).filter(|_| !is_question) {
                    // What belongs to the site stands above the title as well, and ends nothing there.
                    if section != Section::Other || now != Section::Header {
                        (now, level) = (section, heading.unwrap_or(0));
                    }
                    if section == Section::Other {
                        sorted.blocks.push((section, block));
                    }
                    continue;
                }
                if now != Section::Faq && faq::is_labelled(&block.text) {
                    (now, level) = (Section::Faq, 0);
                }
                if !matches!(now, Section::Faq | Section::Other)
                    && let Some((section, _)) = numbered(&block.text)
                {
                    // `Fix 2` below a cause's heading opens the steps; a step that begins with `Cause 1` does not happen.
                    (now, level) = (section, if now == section { level } else { 0 });
                    sorted.blocks.push((now, block));
                    continue;
                }
                if !matches!(block.kind, Kind::Item(_))
                    && now != Section::Faq
                    && let Some((section, rest)) = opened_inline(&block.text)
                {
                    (now, level) = (section, heading.unwrap_or(0));
                    sorted.blocks.push((now, Block { text: rest.to_owned(), kind: Kind::Line, is_apart: true }));
                    continue;
                }
                let is_new = heading.is_some_and(|heading| heading <= level) && now != Section::Header;
                if is_new && !(now == Section::Faq && block.text.ends_with('?')) {
                    now = Section::Other;
                }
            }
            sorted.blocks.push((now, block));
        }
        sorted
    }

    fn has_any(&self, section: Option<Section>) -> bool {
        section.is_some_and(|section| self.blocks.iter().any(|(known, _)| *known == section))
    }

    /// Takes the blocks of a section.
    pub(super) fn take(&mut self, section: Section) -> Vec<Block> {
        self.blocks.extract_if(.., |(known, _)| *known == section).map(|(_, block)| block).collect()
    }
}
