//! A thousand `kill -9` at random points of scripted walks: what was acknowledged is there, the store opens, the walk goes on.
//!
//! An answer counts as acknowledged as soon as anything was printed that comes after it. What a killed program had written by
//! then is read to its end, so an answer on whose heels the kill came counts too. This proves the order of commit and prompt;
//! it says nothing of a power cut.

use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use rootwalk::flow::{Answer, FixResult, Outcome};
use rootwalk::store::{Sqlite, Store as _};
use rootwalk::walk::{Event, Mark, NoteKind, Prompt, RefusedOutcome, Session, Wording};

use crate::home::{Home, events, fold, shipped};
use crate::program::Program;
use crate::random::Random;
use crate::sessions::{apply, start};

const KILLS: usize = 1000;
const THREADS: usize = 2;
/// The first session's seed; each further session has the next one.
const SEED: u64 = 2403;
/// A session that was killed so often is left alone.
const KILLS_A_SESSION: usize = 12;

const FLOWS: [&str; 3] =
    ["fabric-pipeline-error-2403", "fabric-pipeline-error-4121", "powerbi-not-authorized-exception"];

/// How a prompt ends: with the last of its choices.
const PROMPT_ENDS: &str = "help (?)\n";

#[derive(Default)]
struct Sums {
    kills: AtomicUsize,
    acknowledged: AtomicUsize,
    /// Kills that came between an answer and the next prompt.
    amid: AtomicUsize,
    sessions: AtomicUsize,
    wrong: Mutex<Wrong>,
}

#[derive(Default)]
struct Wrong {
    lost: usize,
    unopened: usize,
    first: Vec<String>,
}

impl Sums {
    fn wrong(&self, lost: usize, unopened: usize, what: String) {
        let mut wrong = self.wrong.lock().expect("no panic holds it");
        wrong.lost += lost;
        wrong.unopened += unopened;
        if wrong.first.len() < 5 {
            wrong.first.push(what);
        }
    }
}

/// A running program at the other end of pipes.
struct Running {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    /// What was printed since the last line was sent.
    printed: Vec<u8>,
    /// Whether the kill came before the program had ended by itself.
    was_killed: bool,
}

impl Running {
    fn start(home: &std::sync::Arc<Home>, args: &[&str]) -> Self {
        let mut command = Program::at(home).args(args.iter().copied()).command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let (stdin, stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Self { child, stdin, stdout, printed: Vec::new(), was_killed: false }
    }

    fn send(&mut self, line: &str) {
        self.printed.clear();
        let _ = self.stdin.write_all(line.as_bytes());
    }

    fn printed(&self) -> String {
        String::from_utf8_lossy(&self.printed).into_owned()
    }

    /// Reads until a prompt, the end of the output, or the time given; tells whether a prompt came.
    fn read_prompt(&mut self, until: Instant) -> bool {
        loop {
            if self.printed.ends_with(PROMPT_ENDS.as_bytes()) {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            let mut ready = [PollFd::new(self.stdout.as_fd(), PollFlags::POLLIN)];
            // A poll waits whole milliseconds, and kills are to come between them.
            if left < Duration::from_millis(1) {
                thread::sleep(left);
                return false;
            }
            match poll(&mut ready, PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX)) {
                Ok(1) if self.read_some() > 0 => {}
                Ok(0) => return false,
                _ => return false,
            }
        }
    }

    fn read_some(&mut self) -> usize {
        let mut bytes = [0; 8192];
        let n = self.stdout.read(&mut bytes).unwrap_or(0);
        self.printed.extend_from_slice(&bytes[..n]);
        n
    }

    /// Kills it, and reads what it had written by then.
    fn kill(&mut self) {
        let _ = self.child.kill();
        while self.read_some() > 0 {}
        self.was_killed = self.child.wait().expect("a child").signal().is_some();
    }
}

/// What is typed at a prompt, and what is stored for it.
fn choose(session: &Session, random: &mut Random) -> (String, Event) {
    let line = |key: &str, event: Event| (format!("{key}\n"), event);
    if random.below(8) == 0 {
        let text = format!("note {}", random.next());
        return (format!("t\n{text}\n"), Event::Noted { note: NoteKind::Note, text });
    }
    if random.below(8) == 0
        && let Some(n) = session.last_undoable()
    {
        return line("b", Event::TakenBack { n });
    }
    let flow = session.flow();
    match session.prompt() {
        Prompt::Question(question) => {
            let (key, answer) = random.pick(&[("y", Answer::Yes), ("no", Answer::No), ("3", Answer::Unsure)]);
            line(key, Event::Answered { question: flow.question(question).id.clone(), answer, shown: Wording::Ask })
        }
        Prompt::Fix { cause, .. } => {
            let id = flow.cause(cause).id.clone();
            match session.leg().next_step(flow, cause) {
                Some(step) => {
                    let (key, mark) = random.pick(&[("d", Mark::Done), ("skip", Mark::Skipped), ("3", Mark::Failed)]);
                    line(key, Event::StepMarked { cause: id, step: flow.step(step).id.clone(), mark })
                }
                None if random.below(6) == 0 => line("y", Event::FixVerified { cause: id, result: FixResult::Fixed }),
                None => line("n", Event::FixVerified { cause: id, result: FixResult::NotFixed }),
            }
        }
        Prompt::HandOff(outcome) => {
            let to = flow.outcome(outcome).hand_off().expect("a hand-off");
            if random.below(2) == 0 {
                line("y", Event::HandedOff { to: shipped(to).flow_ref() })
            } else {
                line("n", Event::Refused { outcome: RefusedOutcome::HandOff(to.to_owned()) })
            }
        }
        Prompt::Escalation(Some(outcome)) => {
            let Outcome::Escalate(text) = flow.outcome(outcome) else { panic!("an escalation") };
            line("n", Event::Refused { outcome: RefusedOutcome::Escalation(text.clone()) })
        }
        Prompt::Escalation(None) => line("x", Event::Closed),
        Prompt::Ended(_) => unreachable!("nothing is asked after the end"),
    }
}

/// How long things take here, so that kills come while they happen.
struct Pace {
    start: Duration,
    answer: Duration,
}

/// One session: walked, killed, looked at, gone on with, until it ends or was killed often enough.
fn session(seed: u64, sums: &Sums, pace: &mut Pace) {
    let mut random = Random(seed);
    let home = Home::new();
    let flow = random.pick(&FLOWS);
    let mut known: Vec<Event> = Vec::new();
    for _ in 0..KILLS_A_SESSION {
        let stored = home.store_path().exists().then(|| home.sessions().pop()).flatten();
        let (mut mirror, mut running) = match &stored {
            None => (start(&shipped(flow)), Running::start(&home, &["walk", flow, "--plain"])),
            Some(stored) => {
                let mut mirror = fold(stored);
                if mirror.ended().is_some() {
                    return;
                }
                apply(&mut mirror, Event::Resumed);
                (mirror, Running::start(&home, &["resume", &stored.id, "--plain"]))
            }
        };
        let begun = Instant::now();
        let in_flight = walk_until_killed(&mut running, &mut mirror, &mut known, &mut random, sums, pace, begun);
        if running.was_killed && sums.kills.fetch_add(1, Ordering::Relaxed) >= KILLS {
            return;
        }
        if in_flight.is_some() {
            sums.amid.fetch_add(1, Ordering::Relaxed);
        }
        match look(&home) {
            Err(what) => {
                sums.wrong(0, 1, format!("seed {seed}: {what}"));
                return;
            }
            Ok(there) => {
                let kept = known.iter().zip(&there).take_while(|(known, there)| known == there).count();
                let more: Vec<&Event> = there.iter().skip(known.len()).collect();
                if kept < known.len() || more.len() > 1 || more.iter().any(|&event| Some(event) != in_flight.as_ref()) {
                    let (lost, kept_of) = (known.len() - kept, known.len());
                    sums.wrong(
                        lost,
                        0,
                        format!("seed {seed}: {kept} of {kept_of} acknowledged, then {:?}", &known[kept..]),
                    );
                }
                known = there;
            }
        }
    }
}

/// Answers at random, each answer when asked, and kills at a random point. Returns the event that was neither acknowledged
/// nor known to be lost.
fn walk_until_killed(
    running: &mut Running,
    mirror: &mut Session,
    known: &mut Vec<Event>,
    random: &mut Random,
    sums: &Sums,
    pace: &mut Pace,
    begun: Instant,
) -> Option<Event> {
    const PATIENCE: Duration = Duration::from_secs(20);
    let part = |random: &mut Random, of: Duration| of * u32::try_from(random.below(1500)).expect("small") / 1000;
    if random.below(12) == 0 {
        running.read_prompt(begun + part(random, pace.start));
        running.kill();
        return None;
    }
    assert!(running.read_prompt(begun + PATIENCE), "no first prompt: {}", running.printed());
    pace.start = (pace.start * 7 + begun.elapsed()) / 8;
    let answers = random.below(7);
    for n in 0..=answers {
        let is_last = n == answers;
        if is_last && random.below(8) == 0 {
            running.kill();
            return None;
        }
        let (line, event) = choose(mirror, random);
        running.send(&line);
        let sent = Instant::now();
        let until = if is_last { sent + part(random, pace.answer) } else { sent + PATIENCE };
        let is_asked = running.read_prompt(until);
        if is_asked && !is_last {
            pace.answer = (pace.answer * 7 + sent.elapsed()) / 8;
        }
        if is_last {
            running.kill();
        }
        if !is_acknowledged(&running.printed(), &event) {
            assert!(is_last, "the program ended without an answer to {line:?}: {}", running.printed());
            return Some(event);
        }
        sums.acknowledged.fetch_add(1, Ordering::Relaxed);
        if let Event::HandedOff { to } = &event {
            mirror.add_edition(shipped(&to.id));
        }
        known.push(event.clone());
        apply(mirror, event);
        if mirror.ended().is_some() {
            running.kill();
            return None;
        }
    }
    None
}

/// Tells whether something was printed that comes after the event: for a note, that it was taken; else anything.
fn is_acknowledged(printed: &str, event: &Event) -> bool {
    match event {
        Event::Noted { .. } => printed.contains("Noted."),
        _ => !printed.is_empty(),
    }
}

/// Opens the store, folds the session, and returns what happened in it; or says what cannot be done.
fn look(home: &Home) -> Result<Vec<Event>, String> {
    if !home.store_path().exists() {
        return Ok(Vec::new());
    }
    let store = Sqlite::open(&home.store_path()).map_err(|error| format!("{error}: {error:?}"))?;
    let listed = store.list(10).map_err(|error| error.to_string())?;
    match listed.into_iter().next() {
        None => Ok(Vec::new()),
        Some(stored) => {
            let stored = stored.map_err(|error| error.to_string())?;
            fold(&stored);
            Ok(events(&stored))
        }
    }
}

#[test]
fn a_thousand_kills_lose_nothing() {
    let sums = Sums::default();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut pace = Pace { start: Duration::from_millis(20), answer: Duration::from_millis(4) };
                while sums.kills.load(Ordering::Relaxed) < KILLS {
                    let n = sums.sessions.fetch_add(1, Ordering::Relaxed);
                    session(SEED + n as u64, &sums, &mut pace);
                }
            });
        }
    });
    let wrong = sums.wrong.into_inner().expect("no panic held it");
    println!(
        "{KILLS} kills: {} acknowledged answers, {} lost, {} stores that do not open ({} sessions, {} kills amid an answer)",
        sums.acknowledged.into_inner(),
        wrong.lost,
        wrong.unopened,
        sums.sessions.into_inner(),
        sums.amid.into_inner(),
    );
    assert!(wrong.first.is_empty(), "{}", wrong.first.join("\n"));
}
