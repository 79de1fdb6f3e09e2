//! The sheet to read: what the error means, its causes with their fixes, and where it is drawn the graph with its questions.

use super::document::{CauseFacts, Guide, Lead, MOST_LISTED, Other, QuestionFacts, StepFacts};
use crate::graph::{Numbers, Picture, svg};
use crate::sheet::{Block, Drawing, Item, Line, Lines, Part, Section, Sheet, Way};

/// Says where another flow's page is; nothing where it has none.
pub type Pages<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Lays a guide out to be read; with its picture also the graph and all questions.
pub fn reading(guide: &Guide, picture: Option<&Picture>, pages: Pages) -> Sheet {
    let section = |key, title, blocks| Section { key, title, blocks };
    let drawn = |blocks: Vec<Block>| if picture.is_some() { blocks } else { Vec::new() };
    let numbers = if picture.is_some() { Numbering::Boxes } else { Numbering::Ranks };
    let sections = vec![
        section("meaning", "What it means", meaning(guide)),
        section("likely", "Most likely first", drawn(likely(guide))),
        section("graph", "The graph", picture.map(|picture| vec![drawing(guide, picture)]).unwrap_or_default()),
        section("questions", "Questions", drawn(questions(guide, pages))),
        section("causes", "Causes and their fixes", causes(guide, numbers)),
        section("ends", "Other ends", drawn(ends(guide, pages))),
        section("faq", "Asked often", faq(guide)),
        section("related", "Other errors", others(guide, pages)),
        section("signatures", "What the message says", signatures(guide)),
        section("provenance", "Where this comes from", provenance(guide)),
    ];
    Sheet::new(title(guide), guide.error.severity.word(), sections)
}

/// Says how a sheet names the parts it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    /// By the numbers of the drawing.
    Boxes,
    /// Causes by rank.
    Ranks,
    /// Questions by numbers, causes by letters.
    Letters,
}

pub(super) fn title(guide: &Guide) -> String {
    format!("Error {}: {}", guide.error.code, guide.error.title)
}

pub(super) fn meaning(guide: &Guide) -> Vec<Block> {
    let error = &guide.error;
    vec![
        Block::Prose(Lines::new(&error.meaning)),
        Block::Facts(vec![
            ("Product", Line::new(&error.product)),
            ("Category", Line::new(&error.category)),
            ("Severity", Line::new(error.severity.word())),
        ]),
    ]
}

fn anchor(number: usize) -> String {
    format!("n{number}")
}

fn bands(cause: &CauseFacts) -> String {
    format!("{} · {} to fix", cause.likelihood, cause.effort)
}

fn likely(guide: &Guide) -> Vec<Block> {
    let way = |cause: &CauseFacts| Way {
        label: Line::new(bands(cause)),
        link: Line::new(&cause.title),
        href: Some(format!("#{}", anchor(cause.number))),
        text: Lines::default(),
    };
    vec![Block::Ways(guide.causes.iter().take(MOST_LISTED).map(way).collect())]
}

fn drawing(guide: &Guide, picture: &Picture) -> Block {
    let drawn = svg(picture, "graph", Numbers::Linked);
    let mut caption = [picture.summary()].into_iter().chain(picture.caption()).collect::<Vec<_>>().join(". ");
    caption.push('.');
    if drawn.left_out > 0 {
        caption.push_str(&format!(
            " The flow is too large to draw: {} boxes are left out; `rootwalk graph` with `--format dot` or `json` holds all of it.",
            drawn.left_out
        ));
    }
    let lists = [guide.questions.len(), guide.causes.len(), guide.hand_offs.len() + guide.escalations.len()];
    let unlisted: usize = lists.into_iter().map(|entries| entries.saturating_sub(MOST_LISTED)).sum();
    if unlisted > 0 {
        caption.push_str(&format!(" {unlisted} have no entry below."));
    }
    Block::Drawing(Drawing { caption: Line::new(caption), svg: drawn.svg, legend: picture.legend(), fits: true })
}

fn questions(guide: &Guide, pages: Pages) -> Vec<Block> {
    guide.questions.iter().take(MOST_LISTED).flat_map(|question| asked(guide, question, pages)).collect()
}

fn asked(guide: &Guide, question: &QuestionFacts, pages: Pages) -> Vec<Block> {
    let number = question.number;
    let mut blocks = vec![Block::Part(Part {
        anchor: anchor(number),
        number: number.to_string(),
        title: Line::new(&question.ask),
        note: Line::new(&question.status),
    })];
    blocks.extend(question.why.iter().map(|why| Block::Prose(Lines::new(why))));
    blocks.extend(question.agent.iter().map(|mind| Block::Prose(Lines::new(format!("Mind: {mind}")))));
    blocks.extend(labelled("How to find out", &question.find_out));
    let plain = |label: &str, text: &str| Way { label: Line::new(label), text: Lines::new(text), ..Way::default() };
    blocks.push(Block::Ways(vec![
        side(guide, "yes", &question.yes, pages),
        side(guide, "no", &question.no, pages),
        plain("not sure", question.unsure.word()),
        plain("still possible here", &question.possible),
    ]));
    blocks
}

fn side(guide: &Guide, answer: &str, lead: &Lead, pages: Pages) -> Way {
    let (number, text) = match lead {
        Lead::Question { number, .. } => {
            (number, guide.question(*number).map_or_else(String::new, |(_, to)| to.ask.clone()))
        }
        Lead::Cause { number, .. } => {
            (number, guide.cause(*number).map_or_else(String::new, |(_, to)| format!("cause: {}", to.title)))
        }
        Lead::HandOff { flow, number } => {
            if let Some(page) = pages(flow) {
                let to = guide.hand_offs.iter().find(|end| end.to.flow == *flow);
                let link = to.map_or_else(|| flow.clone(), |end| named(&end.to));
                return Way { label: Line::new(answer), link: Line::new(link), href: Some(page), ..Way::default() };
            }
            (number, format!("hand off: {flow}"))
        }
        Lead::Escalation { text, number } => (number, format!("escalate: {text}")),
    };
    let href = Some(format!("#{}", anchor(*number)));
    // The number alone would say little to who hears the links one by one.
    Way { label: Line::new(answer), link: Line::new(format!("{number} {text}")), href, text: Lines::default() }
}

pub(super) fn causes(guide: &Guide, numbers: Numbering) -> Vec<Block> {
    let causes = guide.causes.iter().enumerate().take(MOST_LISTED);
    causes.flat_map(|(rank, cause)| fixed(cause, rank, numbers)).collect()
}

fn fixed(cause: &CauseFacts, rank: usize, numbers: Numbering) -> Vec<Block> {
    let number = match numbers {
        Numbering::Boxes => cause.number.to_string(),
        Numbering::Ranks => (rank + 1).to_string(),
        Numbering::Letters => letters(rank),
    };
    let status = if cause.status.is_empty() { String::new() } else { format!(" · {}", cause.status) };
    let mut blocks = vec![
        Block::Part(Part {
            anchor: anchor(cause.number),
            number,
            title: Line::new(&cause.title),
            note: Line::new(bands(cause) + &status),
        }),
        Block::Prose(Lines::new(&cause.why)),
    ];
    blocks.extend(labelled("Fix", &cause.fix));
    blocks.extend(cause.verify.iter().map(|verify| Block::Facts(vec![("Fixed when", Line::new(verify))])));
    blocks.extend(labelled("To keep it from coming back", &cause.prevent));
    blocks
}

/// Returns the letters of a rank, from 0: A to Z, then AA, AB …
pub(super) fn letters(rank: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(rank % 26).expect("less than 26"));
    if rank < 26 { letter.to_string() } else { letters(rank / 26 - 1) + &letter.to_string() }
}

/// Lists steps under a heading; nothing where there are none.
pub(super) fn labelled(label: &'static str, steps: &[StepFacts]) -> Vec<Block> {
    let lines = |text: &Option<String>| text.as_ref().map(Lines::new);
    let item = |step: &StepFacts| Item {
        mark: "",
        text: Line::new(format!("{} ({}, {})", step.title, step.effort, step.risk)),
        warning: lines(&step.warning),
        details: vec![Lines::new(&step.text)],
        command: lines(&step.command),
        look_for: lines(&step.look_for),
    };
    if steps.is_empty() {
        Vec::new()
    } else {
        vec![Block::Label(label), Block::Steps(steps.iter().map(item).collect())]
    }
}

fn ends(guide: &Guide, pages: Pages) -> Vec<Block> {
    let part = |number: usize, title: String, status: &str| {
        Block::Part(Part {
            anchor: anchor(number),
            number: number.to_string(),
            title: Line::new(title),
            note: Line::new(status),
        })
    };
    let hand_offs = guide.hand_offs.iter().flat_map(|end| {
        let way = pages(&end.to.flow).map(|page| {
            let label = Line::new("goes on with");
            Block::Ways(vec![Way { label, link: Line::new(named(&end.to)), href: Some(page), ..Way::default() }])
        });
        std::iter::once(part(end.number, format!("hand off: {}", named(&end.to)), &end.status)).chain(way)
    });
    let escalations =
        guide.escalations.iter().map(|end| part(end.number, format!("escalate: {}", end.text), &end.status));
    hand_offs.chain(escalations).take(MOST_LISTED).collect()
}

fn faq(guide: &Guide) -> Vec<Block> {
    let entry = |(faq, n): (&super::document::Faq, usize)| {
        let part = Part { anchor: format!("faq-{n}"), title: Line::new(&faq.question), ..Part::default() };
        [Block::Part(part), Block::Prose(Lines::new(&faq.answer))]
    };
    guide.faq.iter().zip(1..).flat_map(entry).collect()
}

/// Lists the related errors, and those that walks hand off to.
pub(super) fn others(guide: &Guide, pages: Pages) -> Vec<Block> {
    let way = |other: &Other, when: &str| Way {
        label: Line::new(other.code.as_ref().unwrap_or(&other.flow)),
        link: Line::new(other.title.as_ref().map_or_else(String::new, |title| format!("{title} ({})", other.flow))),
        href: pages(&other.flow),
        text: Lines::new(when),
    };
    let mut ways: Vec<Way> = guide.related.iter().map(|related| way(&related.other, &related.when)).collect();
    let is_related = |flow: &str| guide.related.iter().any(|related| related.other.flow == flow);
    let handed = guide.hand_offs.iter().filter(|end| !is_related(&end.to.flow));
    ways.extend(handed.map(|end| way(&end.to, "An answer leads there.")));
    if ways.is_empty() { Vec::new() } else { vec![Block::Ways(ways)] }
}

/// Names another flow by all that is known of it.
pub(super) fn named(other: &Other) -> String {
    match (&other.code, &other.title) {
        (Some(code), Some(title)) => format!("{code} {title} ({})", other.flow),
        _ => other.flow.clone(),
    }
}

fn signatures(guide: &Guide) -> Vec<Block> {
    let items: Vec<Item> = guide.error.signatures.iter().map(Item::new).collect();
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}

pub(super) fn provenance(guide: &Guide) -> Vec<Block> {
    let error = &guide.error;
    vec![Block::Facts(vec![
        ("Flow", Line::new(&guide.id)),
        ("Source", Line::new(&error.source)),
        ("Checked", Line::new(error.checked.to_string())),
    ])]
}
