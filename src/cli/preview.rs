//! `rootwalk walk ERROR --from QUESTION`: a walk from the middle of a flow, of which nothing is stored.

use std::sync::Arc;

use super::args;
use super::drive::now;
use super::error::{Exit, Failure};
use super::ledger::Ledger;
use super::open::{find_question, open_from};
use super::out;
use super::settings::Settings;
use super::walk::{Front, read_script, run};
use crate::flow::{Answer, QuestionIx, Target};
use crate::graph::Ways;
use crate::ui::{Ask as _, Line, Role};
use crate::walk::{About, Edition, Event, Prompt, Record, Session, Wording};

pub(super) fn preview(settings: &Settings, args: &args::Walk, from: &str) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let mut front = Front::choose(settings, &args.walking, &args.scripted)?;
    let edition = Arc::new(open_from(&catalog, &args.error)?.edition);
    let mut session = begin(Arc::clone(&edition), settings.about(&args.walking));
    let way = go_to(&mut session, from)?;
    let script = args.scripted.is_given().then(|| read_script(edition.flow(), &args.scripted)).transpose()?;
    let lines = way_lines(&edition, from, &way);
    let told = match &mut front {
        Front::Terminal(terminal) => terminal.tell(&lines),
        Front::Lines(lines_front) => lines_front.tell(&lines),
        Front::Script => {
            out::talk(&lines.iter().flat_map(|line| line.wrap(80)).map(|line| line + "\n").collect::<String>());
            Ok(())
        }
    };
    drop(told);
    let ledger = Ledger::preview(&session);
    run(settings, &catalog, session, ledger, &mut front, script, args.scripted.format)
}

/// Begins a session that is never stored.
pub(super) fn begin(edition: Arc<Edition>, about: About) -> Session {
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let event = Event::Started { flow: edition.flow_ref(), about, program };
    let first = Record { n: 1, at: now(), by: None, event };
    Session::start("preview", edition, first).expect("the first event names the edition it comes with")
}

/// Gives an answer to a session that is never stored, if the question is what it asks. Returns whether it was.
pub(super) fn give(session: &mut Session, question: QuestionIx, answer: Answer) -> bool {
    let is_asked = session.prompt() == Prompt::Question(question);
    let question = session.flow().question(question).id.clone();
    is_asked && happen(session, Event::Answered { question, answer, shown: Wording::Ask })
}

/// Lets something happen in a session that is never stored, if it can. Returns whether it could.
pub(super) fn happen(session: &mut Session, event: Event) -> bool {
    session.apply(Record { n: session.next_number(), at: now(), by: None, event }).is_ok()
}

/// Walks the shortest way to a question, and returns the answers on it.
fn go_to(session: &mut Session, from: &str) -> Result<Vec<(QuestionIx, Answer)>, Failure> {
    let (flow, ranking) = (session.flow(), session.edition().ranking());
    let question = find_question(flow, from)?;
    let ways = Ways::of(flow, ranking);
    let way = ways.shortest(Target::Ask(question)).filter(|_| ways.is_asked(question));
    let lost = Failure::Argument {
        message: format!("no answers lead straight to the question `{from}`"),
        help: Some(format!("`rootwalk check` says why, if `{}` is not meant to be so", flow.id())),
    };
    let Some(way) = way else { return Err(lost) };
    // A question that separates nothing may be passed at first and asked later: then the way is not as straight as it looks.
    let is_walked = way.iter().all(|&(asked, answer)| give(session, asked, answer));
    if is_walked && session.prompt() == Prompt::Question(question) { Ok(way) } else { Err(lost) }
}

fn way_lines(edition: &Edition, from: &str, way: &[(QuestionIx, Answer)]) -> Vec<Line> {
    let mut lines = vec![Line::new(Role::Warning, format!("Preview from the question `{from}`: nothing is stored."))];
    if !way.is_empty() {
        lines.push(Line::plain("Taken as answered, the shortest way there:"));
    }
    let given = |&(question, answer): &(QuestionIx, Answer)| {
        Line::plain(format!("{} — {answer}", edition.flow().question(question).ask)).lead("•").indent(2)
    };
    lines.extend(way.iter().map(given));
    lines.push(Line::empty());
    lines
}
