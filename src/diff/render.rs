//! A comparison as text, as Markdown for a review, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Change, Comparison, Edit, Kind, Meeting, Move};
use crate::flow::{Answer, Flow, Outcome};
use crate::sheet::escape_markdown as escape;
use crate::text::{number, one_line, plural, shorten};

/// As many moves are shown to a person.
const MOST_SHOWN: usize = 20;

/// Longest old and new text shown side by side, in columns.
const LONGEST: usize = 160;

/// Returns what changed as lines.
pub fn to_text(comparison: &Comparison<'_>, sessions: &[Meeting]) -> String {
    let mut out = format!("{}\n", headline(comparison));
    for moved in shown(comparison) {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "\n  {}: {}\n    before  {}\n    now     {}\n    such as {}\n",
            plural(moved.ways, "way"),
            share(comparison, moved),
            end(comparison.old, &moved.from),
            end(comparison.new, &moved.to),
            way(moved),
        );
    }
    if let Some(more) = more(comparison) {
        let _ = writeln!(out, "\n  {more}");
    }
    let _ = writeln!(out, "\n{}", lengths(comparison));
    if !comparison.edits.is_empty() {
        out.push_str("\nEdited:\n");
        for edit in &comparison.edits {
            let (sign, words) = edited(edit);
            let _ = writeln!(out, "  {sign} {words}");
        }
    }
    let _ = writeln!(out, "\n{}", met(sessions));
    for meeting in sessions {
        let _ = writeln!(out, "  {}", meeting_words(meeting));
    }
    out
}

/// Returns what changed as Markdown.
pub fn to_markdown(comparison: &Comparison<'_>, sessions: &[Meeting]) -> String {
    let mut out = format!("## {}\n", escape(&headline(comparison)));
    if !shown(comparison).is_empty() {
        out.push_str("\n| ways | before | now | such as |\n|---:|---|---|---|\n");
        for moved in shown(comparison) {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                number(moved.ways),
                escape(&end(comparison.old, &moved.from)),
                escape(&end(comparison.new, &moved.to)),
                escape(&way(moved)),
            );
        }
    }
    if let Some(more) = more(comparison) {
        let _ = writeln!(out, "\n{}", escape(&more));
    }
    let _ = writeln!(out, "\n{}", escape(&lengths(comparison)));
    if !comparison.edits.is_empty() {
        out.push_str("\n### Edited\n\n");
        for edit in &comparison.edits {
            let (sign, words) = edited(edit);
            let word = match sign {
                '+' => "added",
                '-' => "removed",
                '=' => "renamed",
                _ => "changed",
            };
            let _ = writeln!(out, "* {word}: {}", escape(&words));
        }
    }
    let _ = writeln!(out, "\n{}", escape(&met(sessions)));
    if !sessions.is_empty() {
        out.push('\n');
    }
    for meeting in sessions {
        let _ = writeln!(out, "* {}", escape(&meeting_words(meeting)));
    }
    out
}

/// Returns what changed as JSON: `walks_change`, `ways` (in all; a text, as it may be large), `answers`, `moves`, `edits`,
/// `questions` before and after, `sessions`.
pub fn to_json(comparison: &Comparison<'_>, sessions: &[Meeting]) -> Value {
    let one = |moved: &Move| {
        let answer = |(id, answer): &(String, Answer)| json!({ "question": id, "answer": answer.word() });
        json!({
            "ways": moved.ways.to_string(),
            "from": end_json(comparison.old, &moved.from), "to": end_json(comparison.new, &moved.to),
            "shortest": moved.way.iter().map(answer).collect::<Vec<_>>(),
        })
    };
    let edit = |edit: &Edit| {
        let mut value = json!({ "kind": edit.kind.word(), "id": edit.id });
        match &edit.change {
            Change::Added(words) => (value["change"], value["words"]) = (json!("added"), json!(words)),
            Change::Removed(words) => (value["change"], value["words"]) = (json!("removed"), json!(words)),
            Change::Renamed(old) => (value["change"], value["old"]) = (json!("renamed"), json!(old)),
            Change::Changed { field, old, new } => {
                value["change"] = json!("changed");
                value["field"] = json!(field);
                value["old"] = json!(old);
                value["new"] = json!(new);
            }
        }
        value
    };
    let lengths = comparison.facts.each_ref().map(|facts| json!({ "least": facts.least, "most": facts.most }));
    json!({
        "old": comparison.old.id(), "new": comparison.new.id(),
        "walks_change": comparison.changes_walks(),
        "ways": comparison.ways.map(|ways| ways.to_string()), "moved": comparison.moved().to_string(),
        "answers": comparison.answers.iter().map(|answer| answer.word()).collect::<Vec<_>>(),
        "moves": comparison.moves.iter().map(one).collect::<Vec<_>>(),
        "edits": comparison.edits.iter().map(edit).collect::<Vec<_>>(),
        "questions": { "old": lengths[0], "new": lengths[1] },
        "sessions": sessions.iter().map(|meeting| json!({
            "session": meeting.session, "next": meeting.now, "next_in_new": meeting.then,
        })).collect::<Vec<_>>(),
    })
}

fn headline(comparison: &Comparison<'_>) -> String {
    let (old, new) = (one_line(comparison.old.id()), one_line(comparison.new.id()));
    let id = if old == new { new } else { format!("{old} against {new}") };
    if !comparison.has_common_questions() {
        return format!("{id}: no question is in both, so no walk can be compared");
    }
    match (comparison.ways, comparison.moved()) {
        (None, _) if comparison.is_same_graph => {
            format!("{id}: too many states to count the ways; the same graph, so each ends where it ended")
        }
        (None, _) => format!("{id}: too many states to compare all walks; what was edited is below"),
        (Some(ways), 0) if comparison.edits.is_empty() => {
            format!("{id}: nothing changed in {}", plural(ways, "way"))
        }
        (Some(ways), 0) => format!("{id}: every one of {} ends where it ended", answering(comparison, ways)),
        (Some(ways), moved) => {
            let verb = if moved == 1 { "ends" } else { "end" };
            format!("{id}: {} of {} {verb} elsewhere now", number(moved), answering(comparison, ways))
        }
    }
}

fn answering(comparison: &Comparison<'_>, ways: u128) -> String {
    let with = if comparison.answers.contains(&Answer::Unsure) { "yes, no and not sure" } else { "yes and no" };
    format!("{} to answer {with}", plural(ways, "way"))
}

/// Returns the moves that a person is shown; where no question is in both, they would say nothing.
fn shown<'a>(comparison: &'a Comparison<'_>) -> &'a [Move] {
    let most = if comparison.has_common_questions() { MOST_SHOWN } else { 0 };
    &comparison.moves[..comparison.moves.len().min(most)]
}

/// Says how many moves are not shown.
fn more(comparison: &Comparison<'_>) -> Option<String> {
    let left = if comparison.has_common_questions() { &comparison.moves[shown(comparison).len()..] } else { &[] };
    let ways = left.iter().fold(0_u128, |sum, moved| sum.saturating_add(moved.ways));
    (!left.is_empty())
        .then(|| format!("and {} between other ends; --format json shows all of them", plural(ways, "way")))
}

/// Says how much of all ways a move is, where that says more than their number.
fn share(comparison: &Comparison<'_>, moved: &Move) -> String {
    let all = comparison.ways.unwrap_or(u128::MAX);
    match moved.ways.saturating_mul(100) / all.max(1) {
        0 => "less than 1 % of all".to_owned(),
        percent => format!("{percent} % of all"),
    }
}

fn lengths(comparison: &Comparison<'_>) -> String {
    let [old, new] = &comparison.facts;
    let words = |least: u32, most: u32| {
        if least == most { plural(most, "question") } else { format!("{least} to {}", plural(most, "question")) }
    };
    let (old, new) = (words(old.least, old.most), words(new.least, new.most));
    if old == new { format!("A walk asks {new}, as before.") } else { format!("A walk asks {new}; it was {old}.") }
}

fn end(flow: &Flow, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Cause(cause) => {
            let cause = flow.cause(*cause);
            format!("{} ({})", one_line(&cause.title), one_line(&cause.id))
        }
        Outcome::HandOff(to) => format!("hand-off to {}", one_line(to)),
        Outcome::Escalate(text) => format!("escalation: {}", shorten(&one_line(text), LONGEST)),
    }
}

fn end_json(flow: &Flow, outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Cause(cause) => json!({ "cause": flow.cause(*cause).id }),
        Outcome::HandOff(to) => json!({ "hand_off": to }),
        Outcome::Escalate(text) => json!({ "escalate": text }),
    }
}

fn way(moved: &Move) -> String {
    let words = moved.way.iter().map(|(id, answer)| format!("{}: {answer}", one_line(id)));
    let words = words.collect::<Vec<_>>().join(", ");
    if words.is_empty() { "any answers".to_owned() } else { words }
}

fn edited(edit: &Edit) -> (char, String) {
    let kind = edit.kind.word();
    let name = if edit.kind == Kind::Error { kind.to_owned() } else { format!("{kind} {}", one_line(&edit.id)) };
    match &edit.change {
        Change::Added(words) => ('+', format!("{name}: {}", shorten(&one_line(words), LONGEST))),
        Change::Removed(words) => ('-', format!("{name}: {}", shorten(&one_line(words), LONGEST))),
        Change::Renamed(old) => ('=', format!("{name}: was {}", one_line(old))),
        Change::Changed { field, old, new } => {
            let text = |text: &Option<String>| match text {
                Some(text) => format!("“{}”", shorten(&one_line(text), LONGEST)),
                None => "nothing".to_owned(),
            };
            ('~', format!("{name}, {field}: {} → {}", text(old), text(new)))
        }
    }
}

fn met(sessions: &[Meeting]) -> String {
    match sessions.len() {
        0 => "No open session is on the old version.".to_owned(),
        1 => "1 open session is on the old version and goes on with it. By its answers it stands:".to_owned(),
        open => format!("{open} open sessions are on the old version and go on with it. By their answers they stand:"),
    }
}

fn meeting_words(meeting: &Meeting) -> String {
    let session = one_line(&meeting.session);
    if meeting.now == meeting.then {
        format!("{session}: {}, in both", one_line(&meeting.now))
    } else {
        format!("{session}: {}; in the new version {}", one_line(&meeting.now), one_line(&meeting.then))
    }
}
