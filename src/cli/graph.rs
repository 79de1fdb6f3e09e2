//! `rootwalk graph`: a flow as a drawing, with a session or the coverage laid over it.

use std::io::{self, IsTerminal as _};

use super::args::{self, Picture as Form};
use super::error::{Exit, Failure};
use super::ledger::fold;
use super::open::open_flow;
use super::out;
use super::settings::{Settings, wants_plain};
use crate::flow::{Answer, Flow};
use crate::graph::{self, Count, MOST_BOXES, Marks, Numbers, Overlay, Paper, Picture, Touches};
use crate::guide::{self, Guide};
use crate::rehearse::Coverage;
use crate::sheet::{self, Frame};
use crate::store::Store as _;
use crate::text::one_line;
use crate::transcript::{self, Transcript};
use crate::ui;
use crate::walk::{Edition, Session};

/// Columns of a text that is not for a terminal.
const COLUMNS: usize = 80;

pub(super) fn graph(settings: &Settings, args: &args::Graph) -> Result<Exit, Failure> {
    match (&args.session, &args.error) {
        (Some(session), wanted) => {
            let session = load(settings, session)?;
            let (flow, marks) = leg(settings, &session, wanted.as_deref())?;
            draw(settings, args, flow, Overlay::Walk(&marks))
        }
        (None, Some(wanted)) => {
            let opened = open_flow(settings, wanted)?;
            let flow = opened.edition.flow();
            if args.coverage {
                draw(settings, args, flow, Overlay::Touches(&touches(settings, flow)?))
            } else {
                draw(settings, args, flow, Overlay::Nothing)
            }
        }
        (None, None) => unreachable!("one of them is required"),
    }
}

fn load(settings: &Settings, session: &str) -> Result<Session, Failure> {
    let store = settings.existing_store()?.ok_or(Failure::NoSession)?;
    fold(&store.load(&store.resolve(session)?)?)
}

/// Returns what a session made of a flow: of the one that is wanted, where the session walked several.
fn leg<'a>(settings: &Settings, session: &'a Session, wanted: Option<&str>) -> Result<(&'a Flow, Marks), Failure> {
    let flows: Vec<&Flow> = session.legs().map(|(edition, _)| Edition::flow(edition)).collect();
    let is_walked = |id: &str| flows.iter().rposition(|flow| flow.id() == id);
    let n = match wanted {
        None => flows.len() - 1,
        Some(wanted) => {
            if let Some(n) = is_walked(wanted) {
                n
            } else {
                let opened = open_flow(settings, wanted)?;
                let id = opened.edition.flow().id();
                is_walked(id).ok_or_else(|| Failure::Argument {
                    message: format!("session {} did not walk `{id}`", session.id()),
                    help: Some(format!(
                        "it walked `{}`",
                        flows.iter().map(|flow| flow.id()).collect::<Vec<_>>().join("`, `")
                    )),
                })?
            }
        }
    };
    Ok((flows[n], transcript::marks(&Transcript::of(session), n, flows[n])))
}

/// Counts what the flow's rehearsals and the stored sessions touched.
fn touches(settings: &Settings, flow: &Flow) -> Result<Touches, Failure> {
    let rehearsed = Coverage::of_rehearsals(flow);
    let mut walked = Coverage::nothing(flow);
    let stored = settings.existing_store()?.map_or_else(|| Ok(Vec::new()), |store| store.list(usize::MAX))?;
    for stored in stored {
        match stored.map_err(Failure::from).and_then(|stored| fold(&stored)) {
            Ok(session) => {
                walked.add_session(flow, &session);
            }
            // A damaged session does not hide the others.
            Err(failure) => {
                failure.report();
            }
        }
    }
    let count = |of: &dyn Fn(&Coverage) -> u32| Count { rehearsals: of(&rehearsed), sessions: of(&walked) };
    let branch = |ix, side| count(&|coverage| coverage.branch(ix, side));
    Ok(Touches {
        questions: flow.question_ixs().map(|ix| count(&|coverage| coverage.question(ix))).collect(),
        branches: flow.question_ixs().map(|ix| [branch(ix, Answer::Yes), branch(ix, Answer::No)]).collect(),
        causes: flow.cause_ixs().map(|ix| count(&|coverage| coverage.cause(ix))).collect(),
        walks: count(&Coverage::walks),
    })
}

fn draw(settings: &Settings, args: &args::Graph, flow: &Flow, overlay: Overlay) -> Result<Exit, Failure> {
    let picture = Picture::of(flow, overlay);
    let text = match args.format {
        Form::Text => graph::tree(&picture, paper(settings, args.output.is_some())),
        Form::Dot => graph::dot(&picture),
        Form::Mermaid => graph::mermaid(&picture),
        Form::Svg => {
            let drawing = graph::svg(&picture, "graph", Numbers::Shown);
            warn_of_what_is_left_out(drawing.left_out);
            drawing.svg + "\n"
        }
        Form::Html => {
            warn_of_what_is_left_out(graph::svg(&picture, "graph", Numbers::Shown).left_out);
            let guide = Guide::of(&picture, &|_| None);
            sheet::html(&guide::reading(&guide, Some(&picture), &|_| None), Frame::Alone)
        }
        Form::Json => crate::text::json(&graph::document(&picture)) + "\n",
    };
    match &args.output {
        None => out::data(&text)?,
        Some(path) => {
            out::file(path, &text)?;
            out::talk(&format!("`{}` written to {}\n", one_line(flow.id()), one_line(&path.display().to_string())));
        }
    }
    Ok(Exit::Done)
}

fn warn_of_what_is_left_out(boxes: usize) {
    if boxes > 0 {
        out::talk(&format!(
            "warning: a drawing holds {MOST_BOXES} boxes, {boxes} of this flow are left out\n\
             help: `--format dot`, `mermaid`, `json` and `text` hold all of it\n",
        ));
    }
}

/// Says on what the tree is written: the terminal, if there is one.
fn paper(settings: &Settings, is_file: bool) -> Paper {
    let is_terminal = !is_file && io::stdout().is_terminal();
    Paper {
        columns: if is_terminal { ui::columns().unwrap_or(COLUMNS) } else { COLUMNS },
        unicode: !wants_plain(false),
        styled: !is_file && settings.use_colors(&io::stdout()),
    }
}
