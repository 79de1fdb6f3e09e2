//! `rootwalk walk ERROR`, and a bare `rootwalk`: begin a session.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::args::{self, Scripted, TextOrJson, Walking};
use super::drive::{Drive, Left, now};
use super::error::{Exit, Failure};
use super::find::{Finding, MAX_PICKED};
use super::ledger::Ledger;
use super::open::{find_cause, find_question, open, open_from, warn};
use super::out;
use super::outcome::{Outcome, exit};
use super::pasted;
use super::preview::preview;
use super::settings::{Settings, wants_plain};
use crate::catalog::{Catalog, CatalogError, Opened, read_source};
use crate::flow::{self, Answer, Answers, FixResult, Flow};
use crate::paste::Pasted;
use crate::search;
use crate::store;
use crate::ui::{Ask, Line, Lines, Script, Stop, Terminal};
use crate::walk::{Event, Record, Session};

pub(super) fn walk(settings: &Settings, args: &args::Walk) -> Result<Exit, Failure> {
    if let Some(from) = &args.from {
        return preview(settings, args, from);
    }
    let pasted = args.pasted.as_deref().map(|path| pasted::read(path, &args.scripted)).transpose()?;
    let catalog = settings.catalog()?;
    let mut front = Front::choose(settings, &args.walking, &args.scripted)?;
    let (opened, message) = match open_from(&catalog, &args.error) {
        Err(unknown @ Failure::Catalog(CatalogError::NotFound { .. })) => {
            let finding = Finding::of(&catalog, &args.error);
            // What is one word and found nowhere is a name that was mistyped.
            let is_message = args.error.trim().contains(char::is_whitespace);
            match finding.clear() {
                Some(id) => (open(&catalog, id)?, is_message.then(|| args.error.clone())),
                None if finding.matches().is_empty() && !is_message => return Err(unknown),
                None => {
                    if !finding.matches().is_empty() {
                        out::talk("It is not clear which error this is. Walk one of these:\n");
                    }
                    out::talk(&finding.page(MAX_PICKED));
                    return Ok(Exit::No);
                }
            }
        }
        opened => (opened?, None),
    };
    begin(settings, &catalog, opened, pasted.or(message), &args.walking, &args.scripted, &mut front)
}

/// The first screen: takes a pasted message or a few words, offers what fits, and walks it; the list of all errors where nothing
/// is pasted.
pub(super) fn pick(settings: &Settings, walking: &Walking) -> Result<Exit, Failure> {
    let scripted = nothing_scripted();
    let catalog = settings.catalog()?;
    let mut front = Front::choose(settings, walking, &scripted)?;
    match ask_for_error(&catalog, &mut front) {
        Ok(Some((id, pasted))) => {
            begin(settings, &catalog, open(&catalog, &id)?, pasted, walking, &scripted, &mut front)
        }
        other => not_begun(other.map(drop)),
    }
}

/// Offers what fits a text, in a terminal, and walks what is picked; the first is a key away.
pub(super) fn offer(settings: &Settings, catalog: &Catalog, finding: &Finding, text: String) -> Result<Exit, Failure> {
    let (walking, scripted) = (Walking::default(), nothing_scripted());
    let mut front = Front::choose(settings, &walking, &scripted)?;
    let mut items = finding.items(MAX_PICKED);
    items.push("none of these".to_owned());
    let picked = match &mut front {
        Front::Terminal(terminal) => terminal.pick("Walk it?", &items),
        Front::Lines(_) | Front::Script => return Ok(Exit::Done),
    };
    match picked {
        Ok(Some(n)) if n + 1 < items.len() => {
            let opened = open(catalog, finding.id(&finding.matches()[n]))?;
            begin(settings, catalog, opened, Some(text), &walking, &scripted, &mut front)
        }
        Ok(_) => Ok(Exit::Done),
        Err(stop) => not_begun(Err(stop)),
    }
}

fn nothing_scripted() -> Scripted {
    Scripted { answers: None, answer: Vec::new(), fix: Vec::new(), format: TextOrJson::Text }
}

/// Says how the program ends when nobody picked an error.
fn not_begun(picked: Result<(), Stop>) -> Result<Exit, Failure> {
    match picked {
        Ok(()) | Err(Stop::Quit | Stop::NoAnswer | Stop::Woken) => Ok(Exit::No),
        Err(Stop::Signal(signal)) => Ok(Exit::Signal(signal)),
        Err(Stop::Io(error)) => Err(Failure::Terminal(error)),
    }
}

/// Asks for a message until an error is picked: its id, and the text that was given. Where several were, the longest: words that are
/// tried after a message that led nowhere are no message.
fn ask_for_error(catalog: &Catalog, front: &mut Front) -> Result<Option<(String, Option<String>)>, Stop> {
    let mut given: Option<String> = None;
    loop {
        let pasted = match front {
            Front::Terminal(terminal) => terminal.paste(
                "Paste the error, or type a few words",
                "Enter searches; Enter on nothing lists all errors; Esc leaves",
            )?,
            Front::Lines(lines) => lines.paste(
                "Paste the error, or type a few words, and end with an empty line; an empty line alone lists all errors:",
            )?,
            Front::Script => unreachable!("a bare `rootwalk` takes no answers"),
        };
        let Some(text) = pasted else { return Ok(pick_from_all(catalog, front)?.map(|id| (id, given))) };
        let finding = Finding::of(catalog, &text);
        if given.as_ref().is_none_or(|given| given.len() < text.len()) {
            given = Some(text);
        }
        let ask: &mut dyn Ask = match front {
            Front::Terminal(terminal) => terminal,
            Front::Lines(lines) => lines,
            Front::Script => unreachable!("a bare `rootwalk` takes no answers"),
        };
        let (title, offered) = finding.offered(MAX_PICKED);
        if offered.is_empty() {
            ask.tell(&title.lines().map(Line::plain).collect::<Vec<_>>())?;
            continue;
        }
        let (ids, mut items): (Vec<&str>, Vec<String>) = offered.into_iter().unzip();
        items.push("none of these: another text".to_owned());
        if let Some(id) = ask.pick(title, &items)?.and_then(|n| ids.get(n)) {
            return Ok(Some(((*id).to_owned(), given)));
        }
    }
}

/// Lets an error be picked from the list of all.
fn pick_from_all(catalog: &Catalog, front: &mut Front) -> Result<Option<String>, Stop> {
    let (named, broken) = catalog.names();
    warn(&broken);
    let items: Vec<String> =
        named.iter().map(|flow| format!("{}  {} ({})", flow.code, flow.title, flow.product)).collect();
    let title = "Which error? Type a few letters of its code, name or product.";
    let picked = match front {
        Front::Terminal(terminal) => terminal.pick_filtered(title, &items, &|typed| search::filter(typed, &named))?,
        Front::Lines(lines) => lines.pick("Which error?", &items)?,
        Front::Script => unreachable!("a bare `rootwalk` takes no answers"),
    };
    Ok(picked.map(|n| named[n].id.clone()))
}

/// Begins a session; with the error text as it was pasted, where it was.
pub(super) fn begin(
    settings: &Settings,
    catalog: &Catalog,
    opened: Opened,
    pasted: Option<String>,
    walking: &Walking,
    scripted: &Scripted,
    front: &mut Front,
) -> Result<Exit, Failure> {
    let edition = Arc::new(opened.edition);
    let script = scripted.is_given().then(|| read_script(edition.flow(), scripted)).transpose()?;
    let id = store::new_id()?;
    let about = settings.about(walking);
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let event = Event::Started { flow: edition.flow_ref(), about: about.clone(), program };
    let first = Record { n: 1, at: now(), by: about.agent, event };
    let mut session = Session::start(&id, edition, first).expect("the first event names the edition it comes with");
    if let Some(pasted) = pasted.and_then(|text| Pasted::keep(&text)) {
        // Who is asked sees it on the first screen.
        if script.is_some() {
            out::talk(&pasted.told().map_or_else(String::new, |told| format!("pasted text: {told}\n")));
        }
        let event = Event::Pasted { pasted };
        let by = session.about().agent.clone();
        let second = Record { n: session.next_number(), at: now(), by, event };
        session.apply(second).expect("a text can be pasted at any time");
    }
    let ledger = Ledger::begin(settings.store.clone(), &session);
    run(settings, catalog, session, ledger, front, script, scripted.format)
}

/// Drives a session with whatever front was chosen, and says how it was left.
pub(super) fn run(
    settings: &Settings,
    catalog: &Catalog,
    session: Session,
    ledger: Ledger,
    front: &mut Front,
    script: Option<Answers>,
    format: TextOrJson,
) -> Result<Exit, Failure> {
    let mut scripted = script.map(|script| Script::new(session.flow(), &script));
    let ask: &mut dyn Ask = match (&mut scripted, front) {
        (Some(script), _) => script,
        (None, Front::Terminal(terminal)) => terminal,
        (None, Front::Lines(lines)) => lines,
        (None, Front::Script) => return Err(Failure::NeedsTerminal),
    };
    let is_preview = ledger.is_preview();
    let farewell =
        if is_preview { "This was a preview: nothing is stored.".to_owned() } else { farewell(settings, session.id()) };
    let mut drive = Drive { session, ledger, ask, catalog, farewell: &farewell };
    let left = match drive.run() {
        Ok(left) => left,
        Err(failure) if drive.ledger.is_open() => {
            let go_on = go_on(settings, drive.session.id());
            return Err(Failure::Interrupted { failure: Box::new(failure), go_on });
        }
        Err(failure) => return Err(failure),
    };
    let session = drive.session;
    let is_scripted = scripted.is_some();
    if format == TextOrJson::Json {
        out::json(&Outcome::of(&session, left))?;
    } else if is_scripted {
        out::data(&format!("{}\n", Outcome::of(&session, left)))?;
    }
    if left != Left::Ended || is_preview {
        out::talk(&format!("{farewell}\n"));
    }
    // There is nothing to resume.
    Ok(if is_preview && left == Left::Paused { Exit::Done } else { exit(&session, left) })
}

/// Says that all is saved and how to go on.
fn farewell(settings: &Settings, session: &str) -> String {
    format!("Saved. {}", go_on(settings, session))
}

fn go_on(settings: &Settings, session: &str) -> String {
    let store = settings.named_store().map_or_else(String::new, |path| format!(" --store {}", quoted(path)));
    format!("Go on with: rootwalk resume {session}{store}")
}

/// Returns a path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let path = crate::text::one_line(&path.display().to_string());
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+".contains(c));
    if is_plain { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// The front that suits where the program runs.
pub(super) enum Front {
    Terminal(Terminal),
    Lines(Lines<io::StdinLock<'static>, io::BufWriter<Box<dyn io::Write>>>),
    /// Answers were given; nobody is asked.
    Script,
}

impl Front {
    /// Chooses the front before anything is built; never opens a terminal that is not standard input and error.
    pub(super) fn choose(settings: &Settings, walking: &Walking, scripted: &Scripted) -> Result<Self, Failure> {
        if scripted.is_given() {
            return Ok(Self::Script);
        }
        if wants_plain(walking.plain) {
            // Where standard output is for data, the walk is talk.
            let output: Box<dyn io::Write> = match scripted.format {
                TextOrJson::Text => Box::new(io::stdout()),
                TextOrJson::Json => Box::new(io::stderr()),
            };
            return Lines::standard(output, String::new()).map(Self::Lines).map_err(Failure::Terminal);
        }
        if !Terminal::is_there() {
            return Err(Failure::NeedsTerminal);
        }
        Terminal::open(settings.use_colors(&io::stderr()), String::new()).map(Self::Terminal).map_err(Failure::Terminal)
    }
}

/// Reads the answers file and the answers on the command line; those on the command line win.
pub(super) fn read_script(flow: &Flow, scripted: &Scripted) -> Result<Answers, Failure> {
    let mut script = match &scripted.answers {
        None => Answers::default(),
        Some(path) => {
            let source = read_source(path).map_err(|findings| Failure::Findings(vec![findings]))?;
            flow::read_answers(&source, flow).map_err(|findings| Failure::Findings(vec![findings]))?
        }
    };
    for given in &scripted.answer {
        let (id, answer) = split(given, "--answer", "ID=yes, ID=no or ID=unsure")?;
        let answer = match answer.to_lowercase().as_str() {
            "yes" | "y" => Answer::Yes,
            "no" | "n" => Answer::No,
            "unsure" | "not-sure" | "not sure" | "u" => Answer::Unsure,
            _ => return Err(argument(format!("`{answer}` is no answer"), Some("write yes, no or unsure".to_owned()))),
        };
        let ix = find_question(flow, id)?;
        script.answers.retain(|(known, _)| *known != ix);
        script.answers.push((ix, answer));
    }
    for given in &scripted.fix {
        let (id, result) = split(given, "--fix", "CAUSE=fixed or CAUSE=not-fixed")?;
        let result = match result.to_lowercase().as_str() {
            "fixed" | "yes" => FixResult::Fixed,
            "not-fixed" | "notfixed" | "no" => FixResult::NotFixed,
            _ => return Err(argument(format!("`{result}` is no result"), Some("write fixed or not-fixed".to_owned()))),
        };
        let ix = find_cause(flow, id)?;
        script.fixes.retain(|(known, _)| *known != ix);
        script.fixes.push((ix, result));
    }
    Ok(script)
}

fn split<'a>(given: &'a str, flag: &str, form: &str) -> Result<(&'a str, &'a str), Failure> {
    given
        .split_once('=')
        .ok_or_else(|| argument(format!("`{flag} {given}` says nothing"), Some(format!("write {flag} {form}"))))
}

fn argument(message: String, help: Option<String>) -> Failure {
    Failure::Argument { message, help }
}
