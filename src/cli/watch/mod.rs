//! `rootwalk watch FILE`: check a flow on each save, and walk it on at the same question. Nothing is stored.

mod file;
mod front;
mod kept;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::args;
use super::check;
use super::drive::{Drive, Left};
use super::error::{Exit, Failure};
use super::ledger::Ledger;
use super::preview::happen;
use super::settings::{Settings, wants_plain};
use super::walk::read_script;
use crate::diag::{self, Findings, Severity};
use crate::flow;
use crate::text::one_line;
use crate::ui::{self, Action, Help, Stop, Terminal};
use crate::walk::{About, Edition, Event, Prompt, Session};
use file::Watched;
use front::Watching;
use kept::Kept;

/// How often the file is looked at.
const LOOK: Duration = Duration::from_millis(100);

pub(super) fn watch(settings: &Settings, args: &args::Watch) -> Result<Exit, Failure> {
    std::fs::metadata(&args.file).map_err(|source| Failure::Input { path: args.file.clone(), source })?;
    let mut watched = Watched::begin(args.file.clone());
    let mut watch = Watch::begin(settings, args)?;
    if wants_plain(args.plain) || !Terminal::is_there() {
        watch.in_lines(&mut watched)
    } else {
        watch.in_terminal(&mut watched)
    }
}

/// A flow that is watched: its file as it was last checked, and the walk on its last good version.
struct Watch<'a> {
    settings: &'a Settings,
    args: &'a args::Watch,
    path: PathBuf,
    about: About,
    /// How many versions were checked.
    version: u32,
    text: String,
    findings: Findings,
    /// Whether the last version can be walked.
    is_good: bool,
    kept: Option<Kept>,
    walk: Option<Walk>,
    /// Where the walk stood before the last change, if it stands elsewhere now.
    moved_from: Option<String>,
}

/// A walk on a version of the flow.
struct Walk {
    /// As it was when the version came.
    begun: Session,
    session: Session,
}

impl<'a> Watch<'a> {
    fn begin(settings: &'a Settings, args: &'a args::Watch) -> Result<Self, Failure> {
        let (path, about) = (args.file.clone(), settings.about_preview(args.desk));
        let findings = Findings::new(crate::source::Source::new("", ""), Vec::new());
        let mut watch = Self {
            settings,
            args,
            path,
            about,
            version: 0,
            text: String::new(),
            findings,
            is_good: false,
            kept: None,
            walk: None,
            moved_from: None,
        };
        watch.check()?;
        Ok(watch)
    }

    /// Checks the file, and goes on walking where the answers lead now. Returns whether the file says something else than before.
    fn check(&mut self) -> Result<bool, Failure> {
        let catalog = self.settings.catalog()?;
        let source = catalog.shelves().read_flow(&self.path);
        let text = match &source {
            Ok(source) => source.text().to_owned(),
            Err(findings) => diag::render(findings, false),
        };
        if self.version > 0 && text == self.text {
            return Ok(false);
        }
        let read = source.as_ref().map_err(Clone::clone).and_then(flow::read);
        self.findings = check::check_file(&catalog, &self.path, source)?;
        self.version += 1;
        self.text = text;
        self.is_good = read.is_ok();
        if let Ok(flow) = read {
            self.go_on(Arc::new(Edition::new(flow, &*self.text)))?;
        }
        Ok(true)
    }

    fn go_on(&mut self, edition: Arc<Edition>) -> Result<(), Failure> {
        let kept = match &mut self.kept {
            Some(kept) => kept,
            none => none.insert(Kept::of(edition.flow(), &read_script(edition.flow(), &self.args.scripted())?)),
        };
        let before = self.walk.as_ref().map(|walk| position(&walk.session));
        if let Some(walk) = &self.walk {
            kept.take(&walk.begun, &walk.session);
        }
        let session = kept.walk(edition, self.about.clone());
        self.moved_from = before.filter(|before| *before != position(&session));
        self.walk = Some(Walk { begun: session.clone(), session });
        Ok(())
    }

    /// Says what is found and where the answers lead, each time the file is saved.
    fn in_lines(&mut self, watched: &mut Watched) -> Result<Exit, Failure> {
        loop {
            let mut said = format!("{}\n", self.summary());
            said.push_str(&diag::render(&self.findings, false));
            said.push_str(&format!("{}\n", self.news()));
            let screen = self.walk.as_ref().and_then(|walk| ui::screen(&walk.session, Help::default()));
            for line in screen.iter().flat_map(|screen| &screen.lines).flat_map(|line| line.wrap(80)) {
                said.push_str(&format!("{line}\n"));
            }
            let mut stdout = io::stdout().lock();
            match stdout.write_all(said.as_bytes()).and_then(|()| stdout.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::Done),
                written => written.map_err(Failure::Output)?,
            }
            drop(stdout);
            loop {
                std::thread::sleep(LOOK);
                if watched.has_changed() && self.check()? {
                    break;
                }
            }
        }
    }

    /// Walks with keys, and shows what is found on top each time the file is saved.
    fn in_terminal(&mut self, watched: &mut Watched) -> Result<Exit, Failure> {
        let colors = self.settings.use_colors(&io::stderr());
        let terminal = Terminal::open(colors, String::new()).map_err(Failure::Terminal)?;
        let mut ask = Watching::new(terminal, watched);
        ask.put_on_top(self.top());
        let mut help = Help { header: true, ..Help::default() };
        loop {
            let left = match self.walk.take() {
                Some(Walk { begun, session }) if session.ended().is_none() => {
                    let (left, session) = drive(self.settings, session, &mut ask, help)?;
                    self.walk = Some(Walk { begun, session });
                    left
                }
                walk => {
                    self.walk = walk;
                    self.wait(&mut ask)?
                }
            };
            match left {
                Left::Woken if self.check()? => {
                    ask.put_on_top(self.top());
                    help = Help::default();
                }
                Left::Woken => ask.is_again = true,
                Left::Ended | Left::NoAnswer => {}
                Left::Paused => return Ok(Exit::Done),
                Left::Signal(signal) => return Ok(Exit::Signal(signal)),
            }
        }
    }

    /// Waits where nothing is asked: the walk has ended, or there is no version yet that can be walked.
    fn wait(&mut self, ask: &mut Watching<'_>) -> Result<Left, Failure> {
        match ask.wait(self.walk.is_some()) {
            Ok(Action::Back) => {
                if let Some(walk) = &mut self.walk
                    && let Some(n) = walk.session.last_undoable()
                {
                    happen(&mut walk.session, Event::TakenBack { n });
                }
                Ok(Left::Ended)
            }
            Ok(_) | Err(Stop::Quit | Stop::NoAnswer) => Ok(Left::Paused),
            Err(Stop::Woken) => Ok(Left::Woken),
            Err(Stop::Signal(signal)) => Ok(Left::Signal(signal)),
            Err(Stop::Io(error)) => Err(Failure::Terminal(error)),
        }
    }

    fn summary(&self) -> String {
        let [errors, warnings] = [Severity::Error, Severity::Warning].map(|severity| self.findings.count(severity));
        let found = check::found(errors, warnings);
        format!("{} · version {} · {found}", one_line(&self.path.display().to_string()), self.version)
    }

    /// Says where the walk stands, and whether that is where it stood.
    fn news(&self) -> String {
        let Some(walk) = &self.walk else { return "No version can be walked yet.".to_owned() };
        let at = position(&walk.session);
        match &self.moved_from {
            _ if !self.is_good => format!("This version cannot be walked; the last good one goes on, at {at}."),
            Some(before) => format!("Your answers lead to {at} now; before they led to {before}."),
            None if self.version > 1 => format!("Still at {at}."),
            None => format!("At {at}."),
        }
    }

    fn top(&self) -> front::Top {
        let is_news = self.version > 1 || !self.is_good;
        front::Top {
            summary: self.summary(),
            is_clean: self.findings.diagnostics.is_empty(),
            findings: front::short(&self.findings),
            news: is_news.then(|| self.news()),
            is_moved: self.moved_from.is_some() || !self.is_good,
        }
    }
}

/// Walks on until the file changes, the walk ends, or the person leaves.
fn drive(
    settings: &Settings,
    session: Session,
    ask: &mut Watching<'_>,
    help: Help,
) -> Result<(Left, Session), Failure> {
    let ledger = Ledger::preview(&session);
    let catalog = settings.catalog()?;
    let mut drive = Drive { session, ledger, ask, catalog: &catalog, farewell: "" };
    let left = drive.run_from(help)?;
    Ok((left, drive.session))
}

/// Names where a session stands.
fn position(session: &Session) -> String {
    let flow = session.flow();
    match session.prompt() {
        Prompt::Question(question) => format!("the question `{}`", flow.question(question).id),
        Prompt::Fix { cause, .. } => format!("the fix of `{}`", flow.cause(cause).id),
        Prompt::HandOff(outcome) => {
            format!("the hand-off to `{}`", flow.outcome(outcome).hand_off().unwrap_or_default())
        }
        Prompt::Escalation(_) => "an escalation".to_owned(),
        Prompt::Ended(_) => "the end".to_owned(),
    }
}
