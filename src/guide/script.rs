//! The sheet to walk on paper: questions by number, causes by letter, and at each answer where to go.

use super::document::{Guide, Lead, QuestionFacts};
use super::reading::{self, Numbering, labelled, letters, named};
use crate::flow::{Answer, Unsure};
use crate::sheet::{Block, Item, Line, Lines, Part, Section, Sheet, Way};

/// What a person without the program has to know. It is what a walk does, in the form that a pencil can follow.
const RULES: [&str; 5] = [
    "Begin with question 1. Answer with yes or no, write the answer down, and go where it says.",
    "Not sure: do what stands beside it. Where both sides stay open, go to the first one, and write the question down as open.",
    "At a cause, do its fix and see whether the error is gone. If it is, you are done.",
    "A fix did not help: go back to the question that you wrote down last as open, strike it out, and take its other side. When none \
     is open any more, try the causes that you have not tried, in the order in which they stand.",
    "Nothing helped: whoever looks next needs your answers, what you tried, and the whole message with its ids and the time in UTC.",
];

/// Lays a guide out to be walked on paper.
pub fn script(guide: &Guide) -> Sheet {
    let section = |key, title, blocks| Section { key, title, blocks };
    let sections = vec![
        section("rules", "How to use this", vec![Block::Steps(RULES.iter().map(Item::new).collect())]),
        section("meaning", "What it means", reading::meaning(guide)),
        section(
            "questions",
            "Questions",
            guide.questions.iter().enumerate().flat_map(|(n, q)| asked(guide, q, n)).collect(),
        ),
        section("causes", "Causes and their fixes", reading::causes(guide, Numbering::Letters)),
        section("related", "Other errors", reading::others(guide, &|_| None)),
        section("provenance", "Where this comes from", reading::provenance(guide)),
    ];
    Sheet::new(reading::title(guide), guide.error.severity.word(), sections)
}

fn asked(guide: &Guide, question: &QuestionFacts, n: usize) -> Vec<Block> {
    let part = Part {
        anchor: format!("n{}", question.number),
        number: (n + 1).to_string(),
        title: Line::new(&question.ask),
        note: Line::default(),
    };
    let mut blocks = vec![Block::Part(part)];
    blocks.extend(question.why.iter().map(|why| Block::Prose(Lines::new(why))));
    blocks.extend(question.agent.iter().map(|mind| Block::Prose(Lines::new(format!("Mind: {mind}")))));
    blocks.extend(labelled("How to find out", &question.find_out));
    let unsure = match (question.unsure, question.first) {
        (Unsure::AsYes, _) => "take it as yes",
        (Unsure::AsNo, _) => "take it as no",
        (Unsure::KeepBoth, Answer::Yes) => "both stay open: first yes, later no",
        (Unsure::KeepBoth, _) => "both stay open: first no, later yes",
    };
    let unsure = Way { label: Line::new("not sure"), text: Lines::new(unsure), ..Way::default() };
    blocks.push(Block::Ways(vec![side(guide, "yes", &question.yes), side(guide, "no", &question.no), unsure]));
    blocks
}

fn side(guide: &Guide, answer: &str, lead: &Lead) -> Way {
    let way = |link: String, href: Option<usize>, text: &str| Way {
        label: Line::new(format!("{answer} →")),
        link: Line::new(link),
        href: href.map(|number| format!("#n{number}")),
        text: Lines::new(text),
    };
    match lead {
        Lead::Question { number, .. } => {
            let place = guide.question(*number).map_or(0, |(place, _)| place + 1);
            way(format!("go to {place}"), Some(*number), "")
        }
        Lead::Cause { number, .. } => {
            let (letter, title) =
                guide.cause(*number).map_or_else(Default::default, |(rank, cause)| (letters(rank), &*cause.title));
            way(format!("cause {letter}:"), Some(*number), title)
        }
        Lead::HandOff { flow, .. } => {
            let to = guide.hand_offs.iter().find(|end| end.to.flow == *flow);
            way("it is another error:".to_owned(), None, &to.map_or_else(|| flow.clone(), |end| named(&end.to)))
        }
        Lead::Escalation { text, .. } => way("somebody else has to look:".to_owned(), None, text),
    }
}
