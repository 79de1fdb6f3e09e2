//! `rootwalk resume [SESSION|FILE]`: go on where a session was left.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::args;
use super::drive::Left;
use super::error::{Exit, Failure};
use super::ledger::{Ledger, fold};
use super::out;
use super::outcome::exit;
use super::settings::Settings;
use super::walk::{Front, read_script, run};
use crate::store::{Sqlite, Store as _, Stored};
use crate::transcript::{self, MAX_TRANSCRIPT};
use crate::ui;
use crate::walk::{About, Event, Prompt, Session};

pub(super) fn resume(settings: &Settings, args: &args::Resume) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let mut front = Front::choose(settings, &args.walking, &args.scripted)?;
    let mut store = Sqlite::open(&settings.store)?;
    let id = match &args.session {
        Some(file) if Path::new(file).is_file() => import(&mut store, Path::new(file))?,
        Some(session) => store.resolve(session)?,
        None => newest_open(&store)?,
    };
    let claim = store.claim(&id)?;
    let mut session = fold(&store.load(&id)?)?;
    if let Prompt::Ended(_) = session.prompt() {
        let page = [ui::end_page(&session), ui::transcript_lines(&session)].concat();
        let lines: Vec<String> = page.iter().flat_map(|line| line.wrap(80)).collect();
        out::data(&(lines.join("\n") + "\n"))?;
        return Ok(exit(&session, Left::Ended));
    }
    let script = args.scripted.is_given().then(|| read_script(session.flow(), &args.scripted)).transpose()?;
    let mut ledger = Ledger::resume(store, claim, &id);
    let about = merged(session.about(), &settings.about(&args.walking));
    if about != *session.about() {
        ledger.commit(&mut session, Event::Described { about }, None)?;
    }
    ledger.commit(&mut session, Event::Resumed, None)?;
    run(settings, &catalog, session, ledger, &mut front, script, args.scripted.format)
}

/// What is said now counts; what is not said stays.
fn merged(before: &About, now: &About) -> About {
    About {
        ticket: now.ticket.clone().or_else(|| before.ticket.clone()),
        agent: now.agent.clone().or_else(|| before.agent.clone()),
        customer: now.customer.clone().or_else(|| before.customer.clone()),
        symptom: now.symptom.clone().or_else(|| before.symptom.clone()),
        desk: now.desk || before.desk,
    }
}

fn import(store: &mut Sqlite, path: &Path) -> Result<String, Failure> {
    let text = read_transcript(path)?;
    let session = transcript::read(&text).map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    let _claim = store.claim(session.id())?;
    store.import(&stored(&session))?;
    Ok(session.id().to_owned())
}

/// Reads a file that may be a transcript, and no more of it than a transcript can have.
pub(super) fn read_transcript(path: &Path) -> Result<String, Failure> {
    let fail = |source| Failure::Input { path: path.to_owned(), source };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(fail)?;
    file.take(MAX_TRANSCRIPT as u64 + 1).read_to_string(&mut text).map_err(fail)?;
    Ok(text)
}

fn stored(session: &Session) -> Stored {
    Stored {
        id: session.id().to_owned(),
        editions: session.editions().iter().map(|edition| (&**edition).into()).collect(),
        records: session.records().to_vec(),
    }
}

fn newest_open(store: &Sqlite) -> Result<String, Failure> {
    const LOOKED_AT: usize = 200;
    for stored in store.list(LOOKED_AT)? {
        let Ok(session) = stored.map_err(Failure::from).and_then(|stored| fold(&stored)) else { continue };
        if session.ended().is_none() {
            return Ok(session.id().to_owned());
        }
    }
    Err(Failure::NoneOpen)
}
