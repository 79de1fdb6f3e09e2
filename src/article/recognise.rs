//! Recognise: from the blocks of a page, however it was written, to the article.

use super::block::{Block, Kind, Page};
use super::facts::{self, Header};
use super::items::{Item, items};
use super::question::closed_up;
use super::sections::{Section, Sections};
use super::{Article, Fact, Instruction, MAX_CAUSES, MAX_ENTRIES, Refusal, faq};

/// Makes an article of a page.
pub(super) fn recognise(page: Page, name: Option<&str>) -> Result<Article, Refusal> {
    if page.blocks.is_empty() {
        return Err(Refusal::Empty);
    }
    let mut sections = Sections::of(page.blocks);
    let header = facts::header(&sections.take(Section::Header));
    let (causes, before_causes) = items(&sections.take(Section::Causes));
    let (steps, before_steps) = items(&sections.take(Section::Steps));
    let (faq, before_faq) = faq::entries(&sections.take(Section::Faq));
    if causes.is_empty() {
        return Err(Refusal::NoCauses);
    }
    for (what, count, most) in [
        ("causes", causes.len(), MAX_CAUSES),
        ("steps", steps.len(), MAX_ENTRIES),
        ("FAQ entries", faq.len(), MAX_ENTRIES),
    ] {
        if count > most {
            return Err(Refusal::TooMany { what, count, most });
        }
    }
    let message = sections.take(Section::Message);
    let meaning = joined(&sections.take(Section::Meaning));
    let Header { code, title, product, category, severity, source, meaning: lead, mut left_out } = header;
    left_out.extend(before_causes.into_iter().chain(before_steps).chain(before_faq));
    left_out.extend(sections.take(Section::Other).into_iter().map(|block| block.text.replace('\n', " ")));
    let meaning = match (meaning, lead) {
        (Some(meaning), lead) => {
            left_out.extend(lead);
            Fact::Said(meaning)
        }
        (None, lead) => lead.map_or(Fact::Missing, Fact::Guessed),
    };
    Ok(Article {
        id: facts::id(&title, &code, name),
        signatures: signatures(&message, &code),
        code,
        title,
        product,
        category,
        severity,
        meaning,
        source: page.address.or(source).into(),
        causes: causes.into_iter().map(with_code).collect(),
        steps: steps.into_iter().map(instruction).collect(),
        faq,
        left_out,
    })
}

fn joined(blocks: &[Block]) -> Option<String> {
    let texts: Vec<String> = blocks.iter().map(|block| block.text.replace('\n', " ")).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// Takes the lines of an error message; a code that is a name stands in the message as well.
fn signatures(message: &[Block], code: &Fact<String>) -> Vec<String> {
    let mut signatures: Vec<String> = Vec::new();
    for line in
        message.iter().filter(|block| !matches!(block.kind, Kind::Heading(_))).flat_map(|block| block.text.lines())
    {
        let line = line.trim_matches('`').trim();
        if !line.is_empty() && !signatures.iter().any(|known| known == line) {
            signatures.push(line.to_owned());
        }
    }
    let name = code.known().filter(|code| code.len() > 8 && code.chars().all(|c| c.is_ascii_alphabetic() || c == '_'));
    if let Some(name) = name.filter(|name| !signatures.iter().any(|known| known.contains(*name))) {
        signatures.push(name.clone());
    }
    signatures
}

/// A cause has no command: what it shows belongs to its text.
fn with_code(cause: Item) -> String {
    match cause.code {
        None => cause.text,
        Some(code) => format!("{} {}", cause.text, code.replace('\n', " ")),
    }
}

/// Takes a step's command out of its text.
fn instruction(step: Item) -> Instruction {
    if let Some(command) = step.code {
        return Instruction { text: step.text, command: Some(command) };
    }
    let spans: Vec<(usize, &str)> = step.text.match_indices('`').collect();
    let command = spans
        .chunks_exact(2)
        .map(|pair| (pair[0].0, pair[1].0))
        .find(|&(from, to)| is_command(&step.text[from + 1..to]));
    let Some((from, to)) = command else { return Instruction { text: step.text, command: None } };
    let (before, command, after) = (&step.text[..from], &step.text[from + 1..to], &step.text[to + 1..]);
    let text = match (before.strip_suffix('('), after.strip_prefix(')')) {
        (Some(before), Some(after)) => format!("{} {}", before.trim_end(), after.trim_start()),
        _ => format!("{before}the command{after}"),
    };
    let text = closed_up(text.trim());
    Instruction { command: Some(command.trim().to_owned()), text }
}

/// Tells whether code within a line is a command to copy: a program and its arguments, or a cmdlet.
fn is_command(code: &str) -> bool {
    let mut words = code.split_whitespace();
    let Some(first) = words.next() else { return false };
    let is_program = first.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c));
    let is_cmdlet = first.split_once('-').is_some_and(|(verb, noun)| {
        let is_word =
            |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(char::is_alphanumeric);
        is_word(verb) && is_word(noun)
    });
    is_cmdlet || (is_program && words.next().is_some())
}
