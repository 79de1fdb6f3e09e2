//! `rootwalk sessions`: what was walked, newest first; and the way to be rid of it.

use std::io::{self, IsTerminal as _};

use jiff::Timestamp;
use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use super::args::{self, TextOrJson};
use super::drive::now;
use super::error::{Exit, Failure};
use super::ledger::fold;
use super::out;
use super::settings::{Settings, wants_plain};
use crate::store::Store as _;
use crate::text::{one_line, shorten};
use crate::ui::{self, Ask as _, Lines, Stop, Terminal};
use crate::walk::{Ended, Prompt, Session};

pub(super) fn sessions(settings: &Settings, args: &args::Sessions) -> Result<Exit, Failure> {
    if let Some(session) = &args.delete {
        return delete(settings, session, args.yes);
    }
    let now = now();
    let mut rows = Vec::new();
    let stored = settings.existing_store()?.map_or_else(|| Ok(Vec::new()), |store| store.list(args.limit.into()))?;
    for stored in stored {
        match stored.map_err(Failure::from).and_then(|stored| fold(&stored)) {
            Ok(session) => rows.push(row(&session, now)),
            // A damaged session does not hide the others.
            Err(failure) => {
                failure.report();
            }
        }
    }
    match args.format {
        TextOrJson::Json => out::json(&json!({ "sessions": rows.iter().map(Row::json).collect::<Vec<_>>() }))?,
        TextOrJson::Text if rows.is_empty() => out::talk("no sessions yet; start one with `rootwalk walk ERROR`\n"),
        TextOrJson::Text => {
            let columns = if io::stdout().is_terminal() { ui::columns() } else { None };
            out::data(&table(&rows, columns))?;
        }
    }
    Ok(Exit::Done)
}

/// As much of an id has to be named where nobody is asked: by one letter another session may be met than was meant.
const SHORTEST_SURE: usize = 4;

/// Deletes a session, if somebody says yes.
fn delete(settings: &Settings, session: &str, is_sure: bool) -> Result<Exit, Failure> {
    let mut store = settings.existing_store()?.ok_or(Failure::NoSession)?;
    let id = store.resolve(session)?;
    if is_sure && session.chars().count() < SHORTEST_SURE {
        return Err(Failure::Argument {
            message: format!("`{session}` is too little to delete a session unasked"),
            help: Some(format!("if {id} is meant, name it by {SHORTEST_SURE} characters or more")),
        });
    }
    let _claim = store.claim(&id)?;
    if !is_sure {
        // A damaged one can go as well.
        let about = store.load(&id).map_err(Failure::from).and_then(|stored| fold(&stored)).map_or_else(
            |_| "damaged".to_owned(),
            |session| {
                let row = row(&session, now());
                let ticket = row.ticket.map_or_else(String::new, |ticket| format!(", ticket {ticket}"));
                format!("{}, {}{ticket}, last event {} ago", row.flow, row.state, row.age)
            },
        );
        match confirm(settings, &format!("Delete session {id} ({about})? It cannot be had back.")) {
            Ok(true) => {}
            Ok(false) | Err(Left::Stop(Stop::Quit | Stop::NoAnswer | Stop::Woken)) => {
                out::talk("nothing was deleted\n");
                return Ok(Exit::No);
            }
            Err(Left::Stop(Stop::Signal(signal))) => return Ok(Exit::Signal(signal)),
            Err(Left::Stop(Stop::Io(error))) => return Err(Failure::Terminal(error)),
            Err(Left::Failure(failure)) => return Err(failure),
        }
    }
    store.delete(&id)?;
    out::talk(&format!("session {id} is deleted\n"));
    Ok(Exit::Done)
}

/// Why nobody answered.
enum Left {
    Stop(Stop),
    Failure(Failure),
}

fn confirm(settings: &Settings, question: &str) -> Result<bool, Left> {
    let io = |error| Left::Stop(Stop::Io(error));
    if wants_plain(false) {
        return Lines::standard(io::stderr(), String::new()).map_err(io)?.confirm(question).map_err(Left::Stop);
    }
    if !Terminal::is_there() {
        return Err(Left::Failure(Failure::NobodyToConfirm));
    }
    let colors = settings.use_colors(&io::stderr());
    Terminal::open(colors, String::new()).map_err(io)?.confirm(question).map_err(Left::Stop)
}

struct Row {
    id: String,
    flow: String,
    state: &'static str,
    ticket: Option<String>,
    age: String,
    last: Timestamp,
    at: Option<String>,
}

fn row(session: &Session, now: Timestamp) -> Row {
    let flow = session.flow();
    let (state, at) = match session.prompt() {
        Prompt::Question(question) => ("open", Some(flow.question(question).ask.clone())),
        Prompt::Fix { cause, .. } => ("fixing", Some(format!("Did this fix it: {}?", flow.cause(cause).title))),
        Prompt::HandOff(outcome) => ("open", flow.outcome(outcome).hand_off().map(|to| format!("Go on with {to}?"))),
        Prompt::Escalation(_) => ("open", Some("Escalate now?".to_owned())),
        Prompt::Ended(Ended::Resolved(cause)) => ("resolved", Some(flow.cause(cause).title.clone())),
        Prompt::Ended(Ended::Escalated(reason)) => ("escalated", Some(reason)),
        Prompt::Ended(Ended::Unresolved) => ("unresolved", None),
    };
    let last = session.records().last().map_or(now, |record| record.at);
    Row {
        id: session.id().to_owned(),
        flow: flow.id().to_owned(),
        state,
        ticket: session.about().ticket.clone(),
        age: age(now, last),
        last,
        at,
    }
}

impl Row {
    fn cells(&self) -> [String; 5] {
        let ticket = self.ticket.as_deref().map_or_else(|| "-".to_owned(), |ticket| shorten(&one_line(ticket), 16));
        [self.id.clone(), self.flow.clone(), self.state.to_owned(), ticket, self.age.clone()]
    }

    fn at(&self) -> String {
        one_line(self.at.as_deref().unwrap_or("-"))
    }

    /// The session in lines of at most `columns`; its id stands first and is never cut.
    fn block(&self, columns: usize) -> String {
        let [id, flow, state, ticket, age] = self.cells();
        let ticket = if self.ticket.is_some() { format!(" · {ticket}") } else { String::new() };
        let [about, flow, at] =
            [format!("{state} · {age}{ticket}"), flow, self.at()].map(|text| shorten(&text, columns.saturating_sub(2)));
        format!("{id}\n  {about}\n  {flow}\n  {at}\n")
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "session": self.id, "flow": self.flow, "state": self.state, "ticket": self.ticket,
            "last": self.last.to_string(), "at": self.at,
        })
    }
}

/// Columns at most of what a session is at, and as many as it needs beside the rest; with fewer each session gets lines of its own.
const AT: usize = 60;
const LEAST_AT: usize = 16;

/// Writes the sessions one a line, where the terminal is wide enough for that.
fn table(rows: &[Row], columns: Option<usize>) -> String {
    let head = ["SESSION", "FLOW", "STATE", "TICKET", "AGE"].map(str::to_owned);
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].width()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let left = columns.map_or(AT, |columns| columns.saturating_sub(widths.iter().sum::<usize>() + 2 * widths.len()));
    if left < LEAST_AT {
        return rows.iter().map(|row| row.block(columns.unwrap_or(AT))).collect();
    }
    let mut table = String::new();
    let at = std::iter::once("AT".to_owned()).chain(rows.iter().map(|row| shorten(&row.at(), left.min(AT))));
    for (line, at) in lines.iter().zip(at) {
        let padded =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell}{}  ", " ".repeat(width - cell.width())));
        table.push_str(&format!("{}{at}\n", padded.collect::<String>()));
    }
    table
}

fn age(now: Timestamp, then: Timestamp) -> String {
    match now.as_second().saturating_sub(then.as_second()).max(0) {
        seconds @ 0..60 => format!("{seconds}s"),
        seconds @ 60..3_600 => format!("{}m", seconds / 60),
        seconds @ 3_600..86_400 => format!("{}h", seconds / 3_600),
        seconds => format!("{}d", seconds / 86_400),
    }
}
