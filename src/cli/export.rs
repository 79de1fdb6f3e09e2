//! `rootwalk export`, `handover`, `replay`, `schema`: sessions as documents.

use super::args::{self, Document, Form};
use super::drive::now;
use super::error::{Exit, Failure};
use super::ledger::{Ledger, fold};
use super::out;
use super::resume::read_transcript;
use super::settings::Settings;
use crate::graph;
use crate::guide;
use crate::store::Store;
use crate::transcript::{self, Transcript};
use crate::walk::{Event, Session};

pub(super) fn export(settings: &Settings, args: &args::Export) -> Result<Exit, Failure> {
    let store = settings.existing_store()?.ok_or(Failure::NoSession)?;
    let id = resolve(&store, args.session.as_deref())?;
    let session = fold(&store.load(&id)?)?;
    let text = render(&session, args.format);
    match &args.output {
        None => out::data(&text)?,
        Some(path) => {
            out::file(path, &text)?;
            out::talk(&format!("session {id} written to {}\n", crate::text::one_line(&path.display().to_string())));
        }
    }
    Ok(Exit::Done)
}

fn render(session: &Session, form: Form) -> String {
    let render = match form {
        Form::Json => transcript::json,
        Form::Markdown => transcript::markdown,
        Form::Html => transcript::html,
        Form::Text => transcript::text,
    };
    render(&Transcript::of(session))
}

pub(super) fn handover(settings: &Settings, args: &args::Handover) -> Result<Exit, Failure> {
    let store = settings.existing_store()?.ok_or(Failure::NoSession)?;
    let id = resolve(&store, args.session.as_deref())?;
    let session = match &args.to {
        None => fold(&store.load(&id)?)?,
        Some(to) => {
            let claim = store.claim(&id)?;
            let mut session = fold(&store.load(&id)?)?;
            let event = Event::HandedOver { to: Some(to.clone()) };
            Ledger::resume(store, claim, &id).commit(&mut session, event, None)?;
            session
        }
    };
    out::data(&transcript::handover(&session, now()))?;
    Ok(Exit::Done)
}

/// Finds the session that is named; the newest where none is.
fn resolve(store: &impl Store, session: Option<&str>) -> Result<String, Failure> {
    Ok(match session {
        Some(session) => store.resolve(session)?,
        None => store.newest()?.ok_or(Failure::NoSession)?,
    })
}

pub(super) fn replay(args: &args::Replay) -> Result<Exit, Failure> {
    let path = || args.file.clone();
    let text = read_transcript(&args.file)?;
    let replayed = transcript::replay(&text).map_err(|source| Failure::Replay { path: path(), source })?;
    let session = &replayed.session;
    out::data(&format!("session {} replays: {} events, the same result\n", session.id(), session.records().len()))?;
    Ok(Exit::Done)
}

pub(super) fn schema(args: &args::Schema) -> Result<Exit, Failure> {
    match args.document {
        Document::Transcript => out::data(transcript::schema())?,
        Document::Graph => out::data(graph::schema())?,
        Document::Guide => out::data(guide::schema())?,
    }
    Ok(Exit::Done)
}
