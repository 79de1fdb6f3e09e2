//! The hand-over: what a colleague must know to take a session up, on one screen.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Transcript;
use super::document::State;
use super::words;
use crate::flow::FixResult;
use crate::sheet::Line;
use crate::text::{one_line, shorten};
use crate::walk::{NoteKind, Session};

/// Most lines, and most columns in a line.
const MOST_LINES: usize = 24;
const WIDTH: usize = 100;
/// Longest session id in a line that must stay whole.
const LONGEST_ID: usize = 60;

/// Writes the hand-over of a session as plain text: at most 24 lines of at most 100 columns, whatever the session holds.
/// Where something is left out, it says how much and how to see it; the last line says how to take the session up.
pub fn handover(session: &Session, now: Timestamp) -> String {
    let transcript = Transcript::of(session);
    let id = shorten(&one_line(&transcript.session), LONGEST_ID);
    let head = vec![headline(&transcript), who(&transcript)];
    let mut groups = groups(&transcript);
    let last = [
        Row::new(
            "Time",
            format!("last event {} ago, {} spent", ago(&transcript, now), words::duration(transcript.times.active)),
        ),
        match transcript.result.state {
            State::Open => Row::new("Take up", format!("rootwalk resume {id}")),
            _ => Row::new("See all", format!("rootwalk export {id}")),
        },
    ];
    let free = MOST_LINES - last.len() - head.iter().filter(|line| !line.is_empty()).count();
    fit(&mut groups, free);
    let mut lines: Vec<String> = head.into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend(groups.iter().flat_map(|group| group.lines(&id)));
    lines.extend(last.iter().map(Row::line));
    lines.iter().flat_map(|line| [shorten(line, WIDTH), "\n".to_owned()]).collect()
}

/// Says in one line which error it is, how it stands and what is asked.
fn headline(transcript: &Transcript) -> String {
    let error = transcript.legs.last().map_or_else(String::new, |leg| {
        format!("{} {}", shorten(&one_line(&leg.error.code), 20), shorten(&one_line(&leg.error.title), 40))
    });
    let stands = one_line(&words::stands(transcript));
    shorten(&format!("{error} – {stands}"), WIDTH)
}

fn who(transcript: &Transcript) -> String {
    let about = &transcript.about;
    let parts = [("Ticket", &about.ticket), ("customer", &about.customer), ("agent", &about.agent)];
    // Who walked, where that is not the one who has it now.
    let mut walked = transcript.entries.iter().rev().filter_map(|entry| entry.by.clone());
    let walked = walked.find(|by| Some(by) != about.agent.as_ref());
    let known = parts.into_iter().chain([("walked by", &walked)]).filter_map(|(label, value)| {
        let value = one_line(value.as_deref()?);
        (!value.is_empty()).then(|| format!("{label} {}", shorten(&value, 20)))
    });
    known.collect::<Vec<_>>().join(" · ")
}

fn ago(transcript: &Transcript, now: Timestamp) -> String {
    let gone = now.duration_since(transcript.times.last).max(jiff::SignedDuration::ZERO);
    let days = gone.as_hours() / 24;
    if days > 0 { format!("{days} d {} h", gone.as_hours() % 24) } else { words::duration(gone) }
}

struct Row {
    label: &'static str,
    text: Line,
}

impl Row {
    fn new(label: &'static str, text: impl AsRef<str>) -> Self {
        Self { label, text: Line::new(text) }
    }

    fn line(&self) -> String {
        format!("{:<10} {}", self.label, self.text.as_str())
    }
}

/// Holds rows of one kind, the most telling first, and how many of them there is room for.
struct Group {
    rows: Vec<Row>,
    room: usize,
}

impl Group {
    fn lines(&self, id: &str) -> Vec<String> {
        let shown = if self.room < self.rows.len() { self.room.saturating_sub(1) } else { self.rows.len() };
        let mut lines: Vec<String> = self.rows[..shown].iter().map(Row::line).collect();
        if shown < self.rows.len() && self.room > 0 {
            let more = self.rows.len() - shown;
            lines.push(Row::new(self.rows[0].label, format!("… and {more} more (rootwalk export {id})")).line());
        }
        lines
    }
}

/// Gives each group the room it wants, as far as there is; the ones that want most get less first.
fn fit(groups: &mut [Group], free: usize) {
    for group in groups.iter_mut() {
        group.room = group.rows.len();
    }
    while groups.iter().map(|group| group.room).sum::<usize>() > free {
        // Ties go to the later group: what stands further down matters less.
        let Some(most) = groups.iter_mut().max_by_key(|group| group.room) else { return };
        most.room -= 1;
    }
}

fn groups(transcript: &Transcript) -> Vec<Group> {
    let result = &transcript.result;
    let group = |rows| Group { rows, room: 0 };
    let symptom = transcript.about.symptom.iter().map(|symptom| Row::new("Symptom", format!("“{symptom}”")));
    let pasted = transcript.pasted.iter().take(1).map(|pasted| Row::new("Pasted", &pasted.text));
    let answers: Vec<_> = transcript.legs.iter().flat_map(|leg| leg.taken_over.iter().chain(&leg.answers)).collect();
    // Of a question that two flows ask the newest answer holds.
    let mut asked = HashSet::new();
    let answers = answers.into_iter().rev().filter(|given| asked.insert(given.ask.as_str()));
    let answers = answers.map(|given| Row::new("Answered", format!("{}: {}", given.answer, given.ask))).collect();
    let tried = result.fixes.iter().map(|fix| {
        let came = match fix.result {
            Some(FixResult::Fixed) => "worked",
            Some(FixResult::NotFixed) => "did not work",
            None => "not verified",
        };
        let done = fix.steps.iter().filter(|step| step.mark == Some(crate::walk::Mark::Done)).count();
        let title = shorten(&one_line(&fix.cause.title), 50);
        Row::new("Fix", format!("{came} ({done} of {} steps done): {title}", fix.steps.len()))
    });
    let mut tried: Vec<Row> = tried.collect();
    tried.reverse();
    let out = words::not_taken(result).map(|out| {
        let title = shorten(&one_line(&out.cause.title), 40);
        let by = out.by.first().map_or_else(String::new, |by| format!(", by {}", words::answer_to(by)));
        Row::new("Ruled out", format!("{title}{by}"))
    });
    let live = (!result.live.is_empty() && !result.verified).then(|| Row::new("Possible", words::titles(&result.live)));
    let notes = transcript.notes.iter().rev().filter(|note| note.note == NoteKind::Note);
    let notes = notes.map(|note| Row::new("Note", &note.text));
    let promises = transcript.promises.iter().rev().map(|promise| Row::new("Promised", promise));
    vec![
        group(symptom.collect()),
        group(pasted.collect()),
        group(now(transcript)),
        group(answers),
        group(tried),
        group(out.collect()),
        group(live.into_iter().collect()),
        group(notes.collect()),
        group(promises.collect()),
    ]
}

fn now(transcript: &Transcript) -> Vec<Row> {
    let Some(now) = &transcript.result.now else { return Vec::new() };
    let asked = one_line(&words::prompt(now));
    let mut rows: Vec<Row> = textwrap::wrap(&asked, WIDTH - 11)
        .iter()
        .zip(["Now", "", ""])
        .map(|(line, label)| Row::new(label, line))
        .collect();
    if !now.next.against.is_empty() {
        let answers: Vec<String> = transcript.result.against.iter().map(words::answer_to).collect();
        rows.push(Row::new("Although", answers.join(" and ")));
    }
    if let Some(step) = &now.step {
        rows.push(Row::new("Next step", &step.title));
    }
    rows
}
