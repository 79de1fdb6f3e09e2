//! `rootwalk new ID`: the first draft of a flow from nothing.

use std::io;

use super::args;
use super::draft;
use super::error::{Exit, Failure};
use super::settings::{Settings, wants_plain};
use crate::article::{Article, Essentials};
use crate::flow::Severity;
use crate::ui::{Ask, Line, Lines, Stop, Terminal};

/// Most causes that are asked for.
const MAX_ASKED: usize = 20;

pub(super) fn new(settings: &Settings, args: &args::New) -> Result<Exit, Failure> {
    let id = &args.id;
    if !draft::is_id(id) {
        return Err(Failure::Argument {
            message: format!("`{id}` cannot be a flow's id"),
            help: Some(match crate::article::id_of(id) {
                near if near.is_empty() => "write lower-case words joined by `-`, such as lamp-dark".to_owned(),
                near => format!("write lower-case words joined by `-`: {near}"),
            }),
        });
    }
    let essentials = match given(args) {
        Some(given) => given,
        None => match ask(settings, args.plain) {
            Ok(asked) => asked,
            Err(Left::Stop(Stop::Signal(signal))) => return Ok(Exit::Signal(signal)),
            Err(Left::Stop(Stop::Io(error))) => return Err(Failure::Terminal(error)),
            Err(Left::Stop(Stop::Quit | Stop::NoAnswer | Stop::Woken)) => {
                super::out::talk("nothing was written\n");
                return Ok(Exit::No);
            }
            Err(Left::Failure(failure)) => return Err(failure),
        },
    };
    draft::deliver(settings, Article::begin(id, essentials), "rootwalk new", &args.target)
}

/// Takes what the command line gives; nothing when it gives none of it.
fn given(args: &args::New) -> Option<Essentials> {
    let given = Essentials {
        code: args.code.clone(),
        title: args.title.clone(),
        product: args.product.clone(),
        category: args.category.clone(),
        severity: args.severity.map(Severity::from),
        meaning: args.meaning.clone(),
        causes: args.causes.clone(),
    };
    (given != Essentials::default()).then_some(given)
}

/// Why asking came to no end.
enum Left {
    Stop(Stop),
    Failure(Failure),
}

impl From<Stop> for Left {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// Asks for the essentials, on a terminal or with plain lines.
fn ask(settings: &Settings, plain: bool) -> Result<Essentials, Left> {
    let terminal = |error| Left::Failure(Failure::Terminal(error));
    let farewell = "Nothing was written.".to_owned();
    if wants_plain(plain) {
        let mut lines = Lines::standard(io::stderr(), farewell).map_err(terminal)?;
        return questions(&mut lines).map_err(Left::from);
    }
    if !Terminal::is_there() {
        return Err(Left::Failure(Failure::NothingToAsk));
    }
    let mut terminal = Terminal::open(settings.use_colors(&io::stderr()), farewell).map_err(terminal)?;
    questions(&mut terminal).map_err(Left::from)
}

fn questions(front: &mut impl Ask) -> Result<Essentials, Stop> {
    const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
    front.tell(&[Line::plain("What you leave empty is marked in the draft, to be decided later.")])?;
    let mut asked = Essentials {
        code: front.text("The code as the product prints it")?,
        title: front.text("The error in a few words")?,
        product: front.text("The product")?,
        category: front.text("What kind of error, such as authentication")?,
        ..Essentials::default()
    };
    let words =
        ["critical: nothing works", "high: much does not work", "medium: some of it does not work", "low: it can wait"];
    asked.severity = front.pick("How much does it hurt?", &words.map(str::to_owned))?.map(|n| SEVERITIES[n]);
    asked.meaning = front.text("What it means, in two or three sentences")?;
    while asked.causes.len() < MAX_ASKED {
        let prompt = match asked.causes.len() {
            0 => "A possible cause, in a sentence".to_owned(),
            n => format!("Another possible cause ({n} so far; nothing when these are all)"),
        };
        match front.text(&prompt) {
            Ok(Some(cause)) => asked.causes.push(cause),
            Ok(None) => break,
            // Piped answers may end with the last cause.
            Err(Stop::Quit) if !asked.causes.is_empty() => break,
            Err(stop) => return Err(stop),
        }
    }
    Ok(asked)
}
