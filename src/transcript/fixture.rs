//! A small flow and sessions in several states, for the tests of this room.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::flow::{self, Answer, FixResult};
use crate::paste::Pasted;
use crate::source::Source;
use crate::walk::{About, Edition, Event, Mark, NoteKind, PauseReason, Record, RefusedOutcome, Session, Wording};

pub(super) const FLOW: &str = r#"#![enable(implicit_some)]
Flow(
    format: 1,
    id: "printer-error-17",
    error: (
        code: "17", title: "The printer prints nothing", product: "Laser 3000", category: "hardware", severity: High,
        meaning: "A job is taken and nothing comes out.", source: "The manual, page 12", checked: "2026-11-20",
    ),
    causes: {
        "no-paper": (title: "The tray is empty", why: "Without paper the job waits.", likelihood: Common,
            fix: ["fill-tray", "print-again"], verify: "The waiting job comes out.", prevent: ["watch-tray"]),
        "queue-stuck": (title: "The queue is stuck", why: "An old job blocks all later ones.", likelihood: Occasional,
            fix: ["clear-queue", "print-again"]),
        "fuser-broken": (title: "The fuser is broken", why: "The fuser does not get hot.", likelihood: Rare,
            fix: ["replace-fuser", "print-again"]),
    },
    steps: {
        "look-at-tray": (title: "Look into the tray", text: "Pull the tray out.", effort: Minutes, risk: Safe),
        "fill-tray": (title: "Fill the tray", text: "Up to the mark; not above it.", effort: Minutes, risk: Safe),
        "print-again": (title: "Print again", text: "Send the test page.", command: "lp -d <printer> `test`.txt",
            effort: Minutes, risk: Safe),
        "clear-queue": (title: "Clear the queue", text: "Everybody's jobs are lost.", command: "cancel -a",
            warning: "Ask before.", effort: Minutes, risk: Disruptive),
        "replace-fuser": (title: "Replace the fuser", text: "Let it cool down first.", effort: Hours, risk: Irreversible),
        "watch-tray": (title: "Refill on Mondays", text: "Put it into the calendar.", effort: Minutes, risk: Safe),
    },
    start: "tray-full",
    questions: {
        "tray-full": (ask: "Is there paper in the tray?", find_out: ["look-at-tray"], say: "Could you look into the lower drawer?",
            yes: Ask("lamp-red"), no: Cause("no-paper")),
        "lamp-red": (ask: "Is the lamp red?", unsure: AsNo, yes: Ask("smells"), no: Cause("queue-stuck")),
        "smells": (ask: "Does it smell burnt?", yes: Cause("fuser-broken"), no: HandOff("printer-error-18")),
    },
    related: [(flow: "printer-error-18", when: "The display says 18.")],
)
"#;

pub(super) const OTHER: &str = r#"#![enable(implicit_some)]
Flow(
    format: 1,
    id: "printer-error-18",
    error: (
        code: "18", title: "The cover is open", product: "Laser 3000", category: "hardware", severity: Low,
        meaning: "A cover is open.", source: "The manual, page 13", checked: "2026-11-20",
    ),
    causes: {
        "front-cover": (title: "The front cover is open", why: "A switch sees it.", likelihood: Common, fix: ["close-it"]),
        "rear-cover": (title: "The rear cover is open", why: "A switch sees it.", likelihood: Rare, fix: ["close-it"]),
    },
    steps: { "close-it": (title: "Close it", text: "It clicks.", effort: Minutes, risk: Safe) },
    start: "front-open",
    questions: { "front-open": (ask: "Does the front cover stand off?", yes: Cause("front-cover"), no: Cause("rear-cover")) },
)
"#;

pub(super) const PASTED: &str =
    "Error 17 (printer: lp-3), user=ann@contoso.com password=hunter2\n```\n  at Tray.Pull()\n";

pub(super) fn edition(text: &str) -> Arc<Edition> {
    let flow = flow::read(&Source::new("fixture", text)).expect("the fixture is a flow");
    Arc::new(Edition::new(flow, text))
}

/// Builds a session event by event; each comes a minute after the one before.
pub(super) struct Walk {
    session: Session,
    at: Timestamp,
}

impl Walk {
    pub(super) fn start(about: About) -> Self {
        Self::on(FLOW, about)
    }

    pub(super) fn on(flow: &str, about: About) -> Self {
        let at: Timestamp = "2026-11-21T14:03:07Z".parse().expect("a time");
        let edition = edition(flow);
        let event = Event::Started { flow: edition.flow_ref(), about, program: "0.1.0".to_owned() };
        let record = Record { n: 1, at, by: None, event };
        Self { session: Session::start("0192-test", edition, record).expect("it starts"), at }
    }

    pub(super) fn then(mut self, event: Event) -> Self {
        self.at += SignedDuration::from_secs(60);
        let record = Record { n: self.session.next_number(), at: self.at, by: None, event };
        self.session.apply(record).expect("the event can happen");
        self
    }

    pub(super) fn by(mut self, by: &str, event: Event) -> Self {
        self.at += SignedDuration::from_secs(60);
        let record = Record { n: self.session.next_number(), at: self.at, by: Some(by.to_owned()), event };
        self.session.apply(record).expect("the event can happen");
        self
    }

    pub(super) fn answer(self, question: &str, answer: Answer) -> Self {
        let shown = if question == "tray-full" { Wording::Say } else { Wording::Ask };
        self.then(Event::Answered { question: question.to_owned(), answer, shown })
    }

    pub(super) fn revise(self, question: &str, answer: Answer) -> Self {
        self.then(Event::Revised { question: question.to_owned(), answer })
    }

    pub(super) fn note(self, note: NoteKind, text: &str) -> Self {
        self.then(Event::Noted { note, text: text.to_owned() })
    }

    pub(super) fn mark(self, cause: &str, step: &str, mark: Mark) -> Self {
        self.then(Event::StepMarked { cause: cause.to_owned(), step: step.to_owned(), mark })
    }

    pub(super) fn fix(self, cause: &str, result: FixResult) -> Self {
        self.then(Event::FixVerified { cause: cause.to_owned(), result })
    }

    pub(super) fn back(self) -> Self {
        let n = self.session.last_undoable().expect("something to take back");
        self.then(Event::TakenBack { n })
    }

    pub(super) fn hand_off(mut self) -> Self {
        let other = edition(OTHER);
        self.session.add_edition(Arc::clone(&other));
        self.then(Event::HandedOff { to: other.flow_ref() })
    }

    pub(super) fn done(self) -> Session {
        self.session
    }
}

pub(super) fn about() -> About {
    About {
        ticket: Some("INC-4711".to_owned()),
        agent: Some("Ann".to_owned()),
        customer: Some("Contoso & Söhne".to_owned()),
        symptom: Some("nothing comes out since Monday".to_owned()),
        desk: true,
    }
}

/// A failed fix, a changed answer, a note, a promise, and at last a fix that worked.
pub(super) fn resolved() -> Session {
    Walk::start(about())
        .answer("tray-full", Answer::No)
        .mark("no-paper", "fill-tray", Mark::Done)
        .mark("no-paper", "print-again", Mark::Failed)
        .note(NoteKind::Note, "The tray was full after all.\nShe had looked into the wrong one.")
        .revise("tray-full", Answer::Yes)
        .answer("lamp-red", Answer::Unsure)
        .note(NoteKind::Promise, "Call back before 16:00")
        .mark("queue-stuck", "clear-queue", Mark::Done)
        .mark("queue-stuck", "print-again", Mark::Done)
        .fix("queue-stuck", FixResult::Fixed)
        .done()
}

/// Sessions in every state, by name.
pub(super) fn all() -> Vec<(&'static str, Session)> {
    let start = || Walk::start(about());
    let quit = Event::Paused { reason: PauseReason::Quit };
    vec![
        ("resolved", resolved()),
        ("begun", Walk::start(About::default()).done()),
        ("open at a question", start().answer("tray-full", Answer::Unsure).done()),
        ("open at a fix", start().answer("tray-full", Answer::No).mark("no-paper", "fill-tray", Mark::Skipped).done()),
        (
            "against the answers",
            start()
                .answer("tray-full", Answer::No)
                .fix("no-paper", FixResult::NotFixed)
                .fix("queue-stuck", FixResult::Fixed)
                .done(),
        ),
        (
            "pasted",
            start()
                .then(Event::Pasted { pasted: Pasted::keep(PASTED).expect("a text") })
                .answer("tray-full", Answer::No)
                .done(),
        ),
        (
            "escalated",
            start()
                .answer("tray-full", Answer::No)
                .mark("no-paper", "fill-tray", Mark::Done)
                .then(Event::Escalated { reason: "second level, with the log".to_owned() })
                .note(NoteKind::Note, "after the end")
                .done(),
        ),
        ("unresolved", start().then(Event::Closed).done()),
        (
            "handed off",
            start()
                .answer("tray-full", Answer::Yes)
                .answer("lamp-red", Answer::Yes)
                .answer("smells", Answer::No)
                .hand_off()
                .answer("front-open", Answer::No)
                .done(),
        ),
        (
            "hand-off taken back and refused",
            start()
                .answer("tray-full", Answer::Yes)
                .answer("lamp-red", Answer::Yes)
                .answer("smells", Answer::No)
                .hand_off()
                .back()
                .then(Event::Refused { outcome: RefusedOutcome::HandOff("printer-error-18".to_owned()) })
                .done(),
        ),
        (
            "taken back",
            start()
                .answer("tray-full", Answer::No)
                .fix("no-paper", FixResult::NotFixed)
                .back()
                .back()
                .by("Bob", quit)
                .then(Event::Resumed)
                .then(Event::Described { about: About { ticket: Some("INC-7".to_owned()), ..About::default() } })
                .then(Event::HandedOver { to: Some("Bob".to_owned()) })
                .answer("tray-full", Answer::Unsure)
                .done(),
        ),
        (
            "everything failed",
            start()
                .answer("tray-full", Answer::No)
                .fix("no-paper", FixResult::NotFixed)
                .fix("queue-stuck", FixResult::NotFixed)
                .fix("fuser-broken", FixResult::NotFixed)
                .done(),
        ),
    ]
}
