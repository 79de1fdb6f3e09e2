//! `rootwalk rehearse --from-session`: a real session as rehearsals to paste. Nothing that was typed gets into them.

use super::super::error::{Exit, Failure};
use super::super::ledger::fold;
use super::super::out;
use super::super::settings::Settings;
use crate::catalog::Catalog;
use crate::flow::{End, Flow, Rehearsal};
use crate::rehearse::{self, Recorded, Unrecordable};
use crate::store::Store as _;
use crate::text::one_line;
use crate::walk::{Edition, Ended, Prompt, Session};

pub(super) fn from_session(settings: &Settings, session: &str, name: Option<&str>) -> Result<Exit, Failure> {
    let name = name.map(one_line);
    if name.as_ref().is_some_and(String::is_empty) {
        let help = "say in a few words what the walk is about".to_owned();
        return Err(Failure::Argument { message: "the name is empty".to_owned(), help: Some(help) });
    }
    let store = settings.existing_store()?.ok_or(Failure::NoSession)?;
    let session = fold(&store.load(&store.resolve(session)?)?)?;
    let catalog = settings.catalog()?;
    let (mut text, mut talk, mut written) = (String::new(), String::new(), 0);
    for (edition, leg) in session.legs() {
        let flow = edition.flow();
        match rehearse::record(flow, edition.ranking(), leg, "") {
            Ok(mut recorded) => {
                recorded.rehearsal.name = name.clone().unwrap_or_else(|| named_after(flow, &recorded.rehearsal.ends));
                if session.legs().len() > 1 {
                    text.push_str(&format!("        // flow: {}\n", flow.id()));
                }
                text.push_str(&rehearse::write(flow, &recorded.rehearsal));
                talk.push_str(&format!("paste it under `rehearsals` in the flow `{}`\n", flow.id()));
                talk.push_str(&remarks(&catalog, edition, &recorded));
                written += 1;
            }
            Err(why) => talk.push_str(&refusal(flow, why)),
        }
    }
    talk.push_str(&ending(&session));
    if written > 0 && name.is_none() {
        talk.push_str("name it after what the person said: --name TEXT\n");
    }
    out::data(&text)?;
    out::talk(&talk);
    Ok(if written > 0 { Exit::Done } else { Exit::No })
}

/// A name for want of one that says what the person said.
fn named_after(flow: &Flow, ends: &End) -> String {
    match ends {
        End::Cause(cause) => flow.cause(*cause).title.clone(),
        End::HandOff(to) => format!("It is another error: {to}"),
        End::Escalate => "Somebody else has to look".to_owned(),
    }
}

fn refusal(flow: &Flow, why: Unrecordable) -> String {
    match why {
        Unrecordable::NothingAnswered => format!("nothing was answered in the flow `{}`: no rehearsal\n", flow.id()),
        Unrecordable::StopsAt(question) => format!(
            "in the flow `{}` the question `{}` is not answered, so the walk has no end that a rehearsal could name\n",
            flow.id(),
            flow.question(question).id
        ),
    }
}

/// Says what a rehearsal cannot say, and whether it still holds where the flow has changed.
fn remarks(catalog: &Catalog, edition: &Edition, recorded: &Recorded) -> String {
    let mut remarks = String::new();
    if recorded.went_on {
        remarks.push_str("the session went on past this end, which was refused; a rehearsal ends at it\n");
    }
    if let Ok(now) = catalog.open(edition.flow().id())
        && now.edition.hash() != edition.hash()
    {
        let holds = holds(&recorded.rehearsal, edition.flow(), now.edition.flow());
        remarks.push_str(&format!("the flow has changed since it was walked; {holds}\n"));
    }
    remarks
}

fn holds(rehearsal: &Rehearsal, then: &Flow, now: &Flow) -> &'static str {
    if rehearse::holds_in(rehearsal, then, now) {
        "the rehearsal ends the same in it"
    } else {
        "in the flow as it is now the rehearsal is broken"
    }
}

/// Says what of the session's end a rehearsal does not hold.
fn ending(session: &Session) -> String {
    match session.prompt() {
        Prompt::Fix { .. } => "whether the fix worked is not known yet: the session is open\n".to_owned(),
        Prompt::HandOff(_) | Prompt::Escalation(_) => "the session is open at this end\n".to_owned(),
        Prompt::Ended(Ended::Unresolved) => "the session was closed without a fix that worked\n".to_owned(),
        Prompt::Question(_) | Prompt::Ended(Ended::Resolved(_) | Ended::Escalated(_)) => String::new(),
    }
}
