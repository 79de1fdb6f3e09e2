//! The sections of the sheet, in the order in which a colleague who was not there wants to know.

use super::document::{Entry, Fix, LegFacts, PastedText, RuledOutCause, State, StepFacts, Transcript};
use super::words;
use crate::flow::FixResult;
use crate::paste::Pasted;
use crate::sheet::{Block, Item, Line, Lines, Moment, Section};

/// Names the section of what was asked and answered.
pub(super) const PATH: &str = "path";

/// Makes all sections; those without a block say nothing.
pub(super) fn all(transcript: &Transcript) -> Vec<Section> {
    let result = &transcript.result;
    let section = |key, title, blocks| Section { key, title, blocks };
    vec![
        section("summary", "Summary", summary(transcript)),
        section("pasted", "The error as it was pasted", pasted(transcript)),
        section("now", "Next", now(transcript)),
        section(PATH, "What was asked and answered", vec![Block::Moments(moments(&transcript.entries))]),
        section("fixes", "Fixes", result.fixes.iter().flat_map(fix).collect()),
        section("notes", "Notes", list(notes(transcript))),
        section("promises", "Promised to the customer", list(transcript.promises.iter().map(typed).collect())),
        section("live", "Still possible", list(live(transcript))),
        section("ruled-out", "Ruled out", list(words::not_taken(result).map(ruled_out).collect())),
        section("prevent", "To keep it from coming back", list(result.prevent.iter().map(step).collect())),
        section("related", "Related errors", list(related(transcript))),
        section("provenance", "Where this comes from", vec![Block::Facts(provenance(transcript))]),
    ]
}

fn list(items: Vec<Item>) -> Vec<Block> {
    if items.is_empty() { Vec::new() } else { vec![Block::List(items)] }
}

fn summary(transcript: &Transcript) -> Vec<Block> {
    let (about, result, times) = (&transcript.about, &transcript.result, &transcript.times);
    let mut facts = Vec::new();
    let mut add = |label, value: Option<&str>| facts.extend(value.map(|value| (label, Line::new(value))));
    for leg in &transcript.legs {
        add("Error", Some(&error(leg)));
    }
    add("Ticket", about.ticket.as_deref());
    add("Customer", about.customer.as_deref());
    add("Agent", about.agent.as_deref());
    add("Symptom", about.symptom.as_deref());
    let cause_label = if result.verified { "Cause" } else { "Suspected cause" };
    if let Some(cause) = &result.cause {
        add(cause_label, Some(&cause.title));
        add("Why", Some(&cause.why));
        add("Fix", Some(if result.verified { "verified: it worked" } else { "not verified yet" }));
        add("To see that it worked", cause.verify.as_deref().filter(|_| !result.verified));
    }
    add("Started", Some(&words::time(times.started)));
    add("Last event", Some(&words::time(times.last)));
    add("Time spent", Some(&words::duration(times.active)));
    vec![Block::Text(Line::new(words::result(transcript))), Block::Facts(facts)]
}

fn error(leg: &LegFacts) -> String {
    let error = &leg.error;
    format!("{} {} ({}, {}, severity {})", error.code, error.title, error.product, error.category, error.severity)
}

/// Shows what was pasted, and says before it what is not there any more.
fn pasted(transcript: &Transcript) -> Vec<Block> {
    let shown = |text: &PastedText| {
        let PastedText { text, masked, left_out, .. } = text.clone();
        let pasted = Pasted { text, masked, left_out };
        let told = pasted.told().map(|told| {
            let told = told.replacen("masked:", "Masked:", 1).replacen("left out:", "Left out:", 1);
            Block::Text(Line::new(format!(
                "{told}. Look it over before you send it on: not every secret is known by its looks."
            )))
        });
        told.into_iter().chain([Block::Pasted(Lines::new(&pasted.text))])
    };
    transcript.pasted.iter().flat_map(shown).collect()
}

fn now(transcript: &Transcript) -> Vec<Block> {
    let Some(now) = &transcript.result.now else { return Vec::new() };
    let mut facts = vec![("Asked now", Line::new(words::prompt(now)))];
    if let Some(say) = &now.say {
        facts.push(("To the customer", Line::new(say)));
    }
    if now.most > 0 {
        let most = if now.least == now.most { now.most.to_string() } else { format!("{} to {}", now.least, now.most) };
        facts.push(("Questions to go", Line::new(most)));
    }
    let mut blocks = vec![Block::Facts(facts)];
    blocks.extend(now.step.iter().map(|next| Block::List(vec![Item { mark: "next step", ..step(next) }])));
    blocks
}

fn moments(entries: &[Entry]) -> Vec<Moment> {
    let moment = |entry: &Entry| {
        let (what, answer) = words::happened(entry)?;
        let mut followed = Vec::new();
        if let Some(say) = &entry.say {
            followed.push(Line::new(format!("Said to the customer: “{say}”")));
        }
        for known in &entry.taken_over {
            followed.push(Line::new(format!("Taken over from before: {}", words::answer_to(known))));
        }
        if !entry.ruled_out.is_empty() {
            followed.push(Line::new(format!("Ruled out: {}", words::titles(&entry.ruled_out))));
        }
        if !entry.brought_back.is_empty() {
            followed.push(Line::new(format!("Possible again: {}", words::titles(&entry.brought_back))));
        }
        if let Some(n) = entry.taken_back_by {
            followed.push(Line::new(format!("Taken back by event {n}")));
        }
        Some(Moment {
            n: entry.n,
            at: words::time(entry.at),
            by: entry.by.as_ref().map(Line::new),
            what: Line::new(what),
            answer: Line::new(answer),
            followed,
            is_taken_back: entry.taken_back_by.is_some(),
        })
    };
    entries.iter().filter_map(moment).collect()
}

fn fix(fix: &Fix) -> [Block; 2] {
    let came = match fix.result {
        Some(FixResult::Fixed) => "it worked",
        Some(FixResult::NotFixed) => "it did not work",
        None => "not verified",
    };
    let steps = fix.steps.iter().map(step).collect();
    [Block::Text(Line::new(format!("The fix of “{}”: {came}.", fix.cause.title))), Block::List(steps)]
}

fn step(step: &StepFacts) -> Item {
    Item {
        mark: if step.mark.is_some() { words::mark(step.mark) } else { "" },
        text: Line::new(format!("{} ({}, {})", step.title, step.effort, step.risk)),
        details: [Lines::new(&step.text)].into_iter().chain(taken(step)).collect(),
        command: step.command.as_ref().map(Lines::new),
        ..Item::default()
    }
}

/// Says which values the command has from the pasted text.
fn taken(step: &StepFacts) -> Option<Lines> {
    let words: Vec<String> = step.taken.iter().map(|taken| format!("{} {}", taken.name, taken.value)).collect();
    (!words.is_empty()).then(|| Lines::new(format!("From the pasted text: {}", words.join(", "))))
}

fn notes(transcript: &Transcript) -> Vec<Item> {
    let note = |note: &super::Note| {
        let by = note.by.as_ref().map_or_else(String::new, |by| format!(", {by}"));
        let mut item = Item::new(format!("{}{by}", words::time(note.at)));
        item.mark = words::note(note.note);
        item.details.push(Lines::new(&note.text));
        item
    };
    transcript.notes.iter().map(note).collect()
}

fn typed(text: &String) -> Item {
    Item::new(text)
}

/// Lists what is left; of a resolved session, what the answers had left open besides the cause.
fn live(transcript: &Transcript) -> Vec<Item> {
    let result = &transcript.result;
    let is_found =
        |id: &str| result.state == State::Resolved && result.cause.as_ref().is_some_and(|cause| cause.id == id);
    result.live.iter().filter(|cause| !is_found(&cause.id)).map(|cause| Item::new(&cause.title)).collect()
}

fn ruled_out(out: &RuledOutCause) -> Item {
    let mut item = Item::new(&out.cause.title);
    if !out.by.is_empty() {
        let answers: Vec<String> = out.by.iter().map(words::answer_to).collect();
        item.details.push(Lines::new(format!("by the answer {}", Line::new(answers.join(" and ")).as_str())));
    }
    item
}

fn related(transcript: &Transcript) -> Vec<Item> {
    let related = transcript.result.related.iter();
    related.map(|other| Item { details: vec![Lines::new(&other.when)], ..Item::new(&other.flow) }).collect()
}

fn provenance(transcript: &Transcript) -> Vec<(&'static str, Line)> {
    let mut facts = vec![("Session", Line::new(&transcript.session))];
    for edition in &transcript.editions {
        let hash: String = edition.hash.chars().take(12).collect();
        facts.push(("Flow", Line::new(format!("{}, text {hash}", edition.id))));
    }
    facts.push(("Program", Line::new(format!("rootwalk {}", transcript.program))));
    facts
}
