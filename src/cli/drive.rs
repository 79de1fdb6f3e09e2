//! The drive: shows what the walk asks, takes what is chosen, stores it, and only then goes on.

use std::sync::Arc;

use super::error::Failure;
use super::ledger::Ledger;
use super::pasted::masked;
use crate::catalog::Catalog;
use crate::flow::{self, Answer, FixResult};
use crate::paste::Pasted;
use crate::ui::{self, Action, Ask, Help, Line, Role, Screen, Stop, Subject};
use crate::walk::{Event, Mark, NoteKind, PauseReason, Prompt, RefusedOutcome, Session, Wording, narrow};
use jiff::Timestamp;

/// One session on its way.
pub(super) struct Drive<'a> {
    pub(super) session: Session,
    pub(super) ledger: Ledger,
    pub(super) ask: &'a mut dyn Ask,
    pub(super) catalog: &'a Catalog,
    /// What is said when a signal ends the process and the session is stored.
    pub(super) farewell: &'a str,
}

/// Says how a drive was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// The session has ended.
    Ended,
    /// The person left; it can be gone on with.
    Paused,
    /// The script holds no answer.
    NoAnswer,
    /// Something else than an answer ended the wait.
    Woken,
    /// A signal, by its number.
    Signal(i32),
}

/// What to do after an action.
enum Next {
    Ask,
    /// The same once more, after something was told.
    AskAgain,
    AskWith(Help),
    Leave(Left),
}

impl Drive<'_> {
    /// Walks until the session ends or is left.
    pub(super) fn run(&mut self) -> Result<Left, Failure> {
        self.run_from(Help { header: true, ..Help::default() })
    }

    /// Walks as [`Self::run`] does, the first screen with this help.
    pub(super) fn run_from(&mut self, mut help: Help) -> Result<Left, Failure> {
        while let Some(screen) = ui::screen(&self.session, help) {
            let shown = self.ask.show(&screen);
            self.ledger.ready()?;
            ui::set_farewell(self.farewell.to_owned());
            let next = match shown.and_then(|()| self.ask.read(&screen)) {
                Ok(action) => self.act(action, &screen),
                Err(stop) => Err(Halt::Stop(stop)),
            };
            match next {
                Ok(Next::Ask) => help = Help::default(),
                Ok(Next::AskAgain) => help = Help { header: false, is_again: true, ..help },
                Ok(Next::AskWith(with)) => help = with,
                Ok(Next::Leave(left)) => return Ok(left),
                Err(Halt::Failure(failure)) => return Err(*failure),
                Err(Halt::Stop(stop)) => return self.stop(stop),
            }
        }
        let _ = self.ask.tell(&ui::end_page(&self.session));
        if self.ledger.is_open() {
            let _ = self.ask.tell(&ui::transcript_lines(&self.session));
        }
        Ok(Left::Ended)
    }

    fn stop(&mut self, stop: Stop) -> Result<Left, Failure> {
        match stop {
            Stop::Quit => {
                self.commit(Event::Paused { reason: PauseReason::Quit })?;
                Ok(Left::Paused)
            }
            Stop::NoAnswer => {
                self.commit(Event::Paused { reason: PauseReason::NoAnswer })?;
                Ok(Left::NoAnswer)
            }
            Stop::Woken => Ok(Left::Woken),
            Stop::Signal(signal) => Ok(Left::Signal(signal)),
            Stop::Io(error) => Err(Failure::Terminal(error)),
        }
    }

    fn act(&mut self, action: Action, screen: &Screen) -> Result<Next, Halt> {
        let subject = &screen.subject;
        match action {
            Action::Answer(answer) => self.answer(answer)?,
            Action::Mark(mark) => self.mark(mark)?,
            Action::Verify => return Ok(Next::AskWith(Help { verify: true, is_again: true, ..Help::default() })),
            Action::Fixed => self.verify(subject, FixResult::Fixed)?,
            Action::NotFixed => self.verify(subject, FixResult::NotFixed)?,
            Action::Accept => return self.hand_off(subject),
            Action::Refuse => self.refuse()?,
            Action::Close => self.commit(Event::Closed)?,
            Action::Back => self.back()?,
            Action::Why => return self.tell_and_ask_again(&ui::why_page(&self.session)),
            Action::How => return self.tell_and_ask_again(&ui::how_page(&self.session)),
            Action::Causes => return self.tell_and_ask_again(&ui::causes_page(&self.session)),
            Action::Help => return self.tell_and_ask_again(&ui::keys_page(screen, self.ledger.is_open())),
            Action::Note => {
                self.note()?;
                return Ok(Next::AskAgain);
            }
            Action::Revise => self.revise()?,
            Action::Escalate => self.escalate()?,
            Action::Later => {
                self.commit(Event::Paused { reason: PauseReason::Later })?;
                return Ok(Next::Leave(Left::Paused));
            }
            Action::Quit => {
                self.commit(Event::Paused { reason: PauseReason::Quit })?;
                return Ok(Next::Leave(Left::Paused));
            }
        }
        Ok(Next::Ask)
    }

    fn answer(&mut self, answer: Answer) -> Result<(), Halt> {
        let Prompt::Question(asked) = self.session.prompt() else { return Ok(()) };
        let question = self.session.flow().question(asked);
        let is_said = self.session.about().desk && question.say.is_some();
        let shown = if is_said { Wording::Say } else { Wording::Ask };
        let said = ui::answer_words(question, answer);
        self.commit_and_say(Event::Answered { question: question.id.clone(), answer, shown }, &said)
    }

    /// Takes an answer, new or changed, and says what it rules out and brings back.
    fn commit_and_say(&mut self, event: Event, said: &str) -> Result<(), Halt> {
        let before = self.live();
        let is_known = !matches!(
            event,
            Event::Answered { answer: Answer::Unsure, .. } | Event::Revised { answer: Answer::Unsure, .. }
        );
        self.commit(event)?;
        let after = self.live();
        let less = |from: &[String], than: &[String]| -> Vec<String> {
            from.iter().filter(|cause| !than.contains(cause)).cloned().collect()
        };
        let mut told = Vec::new();
        // Nothing is ruled out by what nobody knows.
        let less_likely = if is_known { "rules out" } else { "sets aside" };
        for (what, causes) in [(less_likely, less(&before, &after)), ("possible again", less(&after, &before))] {
            if !causes.is_empty() {
                told.push(format!("{what}: {}", causes.join("; ")));
            }
        }
        let told = match self.session.prompt() {
            // The error that it leads to may have a cause that was ruled out here.
            Prompt::HandOff(_) => "points to another error".to_owned(),
            _ if told.is_empty() => "nothing ruled out".to_owned(),
            _ => told.join("; "),
        };
        self.tell(&[Line::new(Role::Dim, told).lead(format!("{said} —"))])
    }

    fn live(&self) -> Vec<String> {
        let (flow, leg) = (self.session.flow(), self.session.leg());
        let live = narrow(flow, self.session.edition().ranking(), leg).live;
        live.into_iter().map(|cause| flow.cause(cause).title.clone()).collect()
    }

    fn mark(&mut self, mark: Mark) -> Result<(), Halt> {
        let Prompt::Fix { cause: ix, .. } = self.session.prompt() else { return Ok(()) };
        let flow = self.session.flow();
        let Some(step) = self.session.leg().next_step(flow, ix) else { return Ok(()) };
        let (cause, step) = (flow.cause(ix).id.clone(), flow.step(step).id.clone());
        self.commit(Event::StepMarked { cause, step, mark })?;
        if mark == Mark::Failed {
            let said = if self.session.leg().next_step(self.session.flow(), ix).is_some() {
                "Marked as failed. Go on where it makes sense; if it does not, v then no tries the next cause, e escalates."
            } else {
                "Marked as failed. If the error is still there, answer no: the next cause comes."
            };
            self.tell(&[Line::new(Role::Dim, said)])?;
        }
        Ok(())
    }

    fn verify(&mut self, subject: &Subject, result: FixResult) -> Result<(), Halt> {
        let Subject::Fix(cause) = subject else { return Ok(()) };
        self.commit(Event::FixVerified { cause: cause.clone(), result })?;
        if result == FixResult::NotFixed {
            self.tell(&[Line::new(Role::Dim, "Not fixed. Going on.")])?;
        }
        Ok(())
    }

    fn hand_off(&mut self, subject: &Subject) -> Result<Next, Halt> {
        let Subject::HandOff(to) = subject else { return Ok(Next::Ask) };
        let edition = match self.catalog.open(to) {
            Ok(opened) => Arc::new(opened.edition),
            Err(error) => {
                self.tell(&[Line::new(Role::Warning, format!("{error}; answer no to go on here"))])?;
                return Ok(Next::Ask);
            }
        };
        self.session.add_edition(Arc::clone(&edition));
        let event = Event::HandedOff { to: edition.flow_ref() };
        self.ledger.commit(&mut self.session, event, Some(&edition))?;
        Ok(Next::AskWith(Help { header: true, ..Help::default() }))
    }

    fn refuse(&mut self) -> Result<(), Halt> {
        let (Prompt::HandOff(outcome) | Prompt::Escalation(Some(outcome))) = self.session.prompt() else {
            return Ok(());
        };
        let outcome = match self.session.flow().outcome(outcome) {
            flow::Outcome::HandOff(to) => RefusedOutcome::HandOff(to.clone()),
            flow::Outcome::Escalate(text) => RefusedOutcome::Escalation(text.clone()),
            flow::Outcome::Cause(_) => return Ok(()),
        };
        Ok(self.commit(Event::Refused { outcome })?)
    }

    fn back(&mut self) -> Result<(), Halt> {
        match self.session.last_undoable() {
            Some(n) => {
                let what = ui::taken_back(&self.session, n);
                self.commit(Event::TakenBack { n })?;
                self.tell(&[Line::new(Role::Dim, what).lead("Taken back:")])
            }
            None => self.tell(&[Line::new(Role::Dim, "Nothing to take back: this is the first question.")]),
        }
    }

    fn note(&mut self) -> Result<(), Halt> {
        let prompt = "note; begin with `promise:` for a promise to the customer, `symptom:` for the customer's words, `error:` for the \
                      error text";
        let Some(text) = self.ask.text(prompt)? else { return Ok(()) };
        let strip = |word: &str| {
            text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| text[word.len()..].trim())
        };
        if let Some(pasted) = strip("error:").and_then(Pasted::keep) {
            let told = pasted.told().map_or_else(String::new, |told| format!("; {told}"));
            self.commit(Event::Pasted { pasted })?;
            let said = format!("The error text is kept{told}. Look it over before you send it on.");
            return self.tell(&[Line::new(Role::Dim, said)]);
        }
        let (note, text) = match (strip("promise:"), strip("symptom:")) {
            (Some(text), _) => (NoteKind::Promise, text),
            (None, Some(text)) => (NoteKind::Symptom, text),
            (None, None) => (NoteKind::Note, text.as_str()),
        };
        if text.is_empty() || strip("error:").is_some() {
            return self.tell(&[Line::new(Role::Dim, "Nothing noted: there was no text.")]);
        }
        let (text, told) = masked(text);
        self.commit(Event::Noted { note, text })?;
        let said = told.map_or_else(|| "Noted.".to_owned(), |told| format!("Noted. {told}"));
        self.tell(&[Line::new(Role::Dim, said)])
    }

    fn revise(&mut self) -> Result<(), Halt> {
        let (flow, leg) = (self.session.flow(), self.session.leg());
        let answered: Vec<_> = leg.answered().filter_map(|ix| Some((ix, leg.given().answer(ix)?))).collect();
        if answered.is_empty() {
            return self.tell(&[Line::new(Role::Dim, "Nothing is answered yet.")]);
        }
        let items: Vec<String> =
            answered.iter().map(|(ix, answer)| format!("{answer} — {}", flow.question(*ix).ask)).collect();
        let Some(picked) = self.ask.pick("Which answer should change? Later answers are kept.", &items)? else {
            return Ok(());
        };
        let (ix, before) = answered[picked];
        let question = self.session.flow().question(ix);
        let (id, ask) = (question.id.clone(), question.ask.clone());
        let answers = [Answer::Yes, Answer::No, Answer::Unsure];
        let words: Vec<String> = answers.iter().map(|answer| answer.word().to_owned()).collect();
        match self.ask.pick(&ask, &words)? {
            Some(picked) if answers[picked] != before => {
                let said = answers[picked].word();
                self.commit_and_say(Event::Revised { question: id, answer: answers[picked] }, said)
            }
            _ => self.tell(&[Line::new(Role::Dim, "Nothing changed.")]),
        }
    }

    fn escalate(&mut self) -> Result<(), Halt> {
        let reason = match self.session.prompt() {
            Prompt::Escalation(Some(outcome)) => match self.session.flow().outcome(outcome) {
                flow::Outcome::Escalate(text) => text.clone(),
                flow::Outcome::Cause(_) | flow::Outcome::HandOff(_) => return Ok(()),
            },
            Prompt::Escalation(None) => "every cause known to this flow was tried".to_owned(),
            _ => {
                if !self.ask.confirm("Escalate now, before the cause is found?")? {
                    return Ok(());
                }
                let typed = self.ask.text("to whom, or why (Enter for no more words)")?;
                let (reason, told) = masked(typed.as_deref().unwrap_or("before a cause was found"));
                if let Some(told) = told {
                    self.tell(&[Line::new(Role::Dim, told)])?;
                }
                reason
            }
        };
        Ok(self.commit(Event::Escalated { reason })?)
    }

    fn tell_and_ask_again(&mut self, lines: &[Line]) -> Result<Next, Halt> {
        self.tell(lines)?;
        Ok(Next::AskAgain)
    }

    fn tell(&mut self, lines: &[Line]) -> Result<(), Halt> {
        Ok(self.ask.tell(lines)?)
    }

    /// Takes an event; nothing is asked before it is on disk.
    fn commit(&mut self, event: Event) -> Result<(), Failure> {
        self.ledger.commit(&mut self.session, event, None)
    }
}

/// The time, to the millisecond: what the store keeps.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// Why an action did not come to its end.
enum Halt {
    Stop(Stop),
    Failure(Box<Failure>),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}
