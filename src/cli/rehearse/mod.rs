//! `rootwalk rehearse`: walk the rehearsals of flows, say what they touch, make new ones, and practise.

mod coverage;
mod from_session;
mod practice;

use std::io;

use serde_json::{Value, json};

use super::args::{self, TextOrJson};
use super::check;
use super::error::{Exit, Failure};
use super::out;
use super::settings::Settings;
use crate::diag::{self, Findings};
use crate::flow::{self, Flow};
use crate::rehearse::{self, Shares};
use crate::source::Source;
use crate::text::{one_line, plural};
use coverage::Covered;

pub(super) fn rehearse(settings: &Settings, args: &args::Rehearse) -> Result<Exit, Failure> {
    if let Some(session) = &args.from_session {
        from_session::from_session(settings, session, args.name.as_deref())
    } else if let Some(error) = &args.practising.practice {
        practice::practise(settings, error, &args.practising)
    } else {
        run(settings, args)
    }
}

/// What came of the rehearsals of one flow.
struct Walked {
    source: Source,
    flow: Flow,
    /// For each rehearsal whether it ends as it says.
    passed: Vec<bool>,
    broken: Findings,
    covered: Option<Covered>,
}

/// Walks the rehearsals of the files named, or of all flows.
fn run(settings: &Settings, args: &args::Rehearse) -> Result<Exit, Failure> {
    let sessions = if args.measured.sessions { coverage::sessions(settings)? } else { Vec::new() };
    let (mut walked, mut unusable) = (Vec::new(), Vec::new());
    let catalog = settings.catalog()?;
    for file in check::Files::of(&catalog, &args.paths)?.flows {
        match file.read(&catalog).and_then(|source| flow::read(&source).map(|flow| (source, flow))) {
            Ok((source, flow)) => {
                let covered = args.measured.coverage.then(|| Covered::of(&source, &flow, &sessions));
                walked.push(Walked::of(source, flow, covered));
            }
            Err(findings) => unusable.push(findings),
        }
    }
    let all = walked.iter().filter_map(|walked| walked.covered.as_ref()).map(|covered| covered.shares);
    let all = all.fold(Shares::default(), std::ops::Add::add);
    match args.format {
        TextOrJson::Json => out::json(&document(&walked, &unusable, args.measured.coverage.then_some(&all)))?,
        TextOrJson::Text => {
            let styled = settings.use_colors(&io::stdout());
            out::data(&text(&walked, args.verbose, styled))?;
            unusable.iter().for_each(|findings| out::talk(&diag::render(findings, false)));
            out::talk(&sum(&walked, &unusable));
            if args.measured.coverage {
                let sessions =
                    walked.iter().filter_map(|walked| walked.covered.as_ref()).map(|covered| covered.sessions).sum();
                out::talk(&coverage::sum(&all, args.measured.min, sessions));
            }
        }
    }
    let is_below = args.measured.min.is_some_and(|min| !all.all().is_at_least(min));
    Ok(if !unusable.is_empty() {
        Exit::Input
    } else if is_below || walked.iter().any(|walked| !walked.broken.diagnostics.is_empty()) {
        Exit::No
    } else {
        Exit::Done
    })
}

impl Walked {
    fn of(source: Source, flow: Flow, covered: Option<Covered>) -> Self {
        let came_of = rehearse::broken(&flow);
        let passed = came_of.iter().map(Option::is_none).collect();
        let broken = Findings::new(source.clone(), flow::locate(&source, came_of.into_iter().flatten().collect()));
        Self { source, flow, passed, broken, covered }
    }

    fn json(&self) -> Value {
        let rehearsals = self.flow.rehearsals().iter().zip(&self.passed);
        let rehearsals: Vec<Value> =
            rehearsals.map(|(rehearsal, passed)| json!({ "name": rehearsal.name, "passed": passed })).collect();
        let mut value = json!({ "flow": self.flow.id(), "file": self.source.name(), "rehearsals": rehearsals });
        if let Some(covered) = &self.covered {
            value["coverage"] = covered.json(&self.flow);
        }
        value
    }

    fn summary(&self) -> String {
        let passed = self.passed.iter().filter(|&&passed| passed).count();
        let mut said = match (passed, self.passed.len()) {
            (_, 0) => "no rehearsals".to_owned(),
            (passed, all) if passed == all => format!("{all} pass"),
            (passed, all) => format!("{passed} of {all} pass"),
        };
        if let Some(covered) = &self.covered {
            said.push_str(&format!(", {} % touched", covered.shares.all().percent()));
        }
        said
    }
}

fn text(walked: &[Walked], is_verbose: bool, styled: bool) -> String {
    let width = walked.iter().map(|walked| walked.flow.id().len()).max().unwrap_or(0);
    let mut text = String::new();
    for walked in walked {
        text.push_str(&format!("{:width$}  {}\n", walked.flow.id(), walked.summary()));
        if is_verbose {
            for (rehearsal, passed) in walked.flow.rehearsals().iter().zip(&walked.passed) {
                let word = if *passed { "pass  " } else { "broken" };
                text.push_str(&format!("  {word}  {}\n", one_line(&rehearsal.name)));
            }
        }
        if !walked.broken.diagnostics.is_empty() {
            text.push_str(&diag::render(&walked.broken, styled));
        }
        if let Some(covered) = &walked.covered {
            text.push_str(&covered.text(&walked.flow));
        }
    }
    text
}

fn sum(walked: &[Walked], unusable: &[Findings]) -> String {
    let all: usize = walked.iter().map(|walked| walked.passed.len()).sum();
    let broken: usize = walked.iter().map(|walked| walked.broken.diagnostics.len()).sum();
    let mut sum = format!("{}, {}: ", plural(walked.len(), "flow"), plural(all, "rehearsal"));
    sum.push_str(&match broken {
        0 => "all pass".to_owned(),
        broken => format!("{} pass, {broken} broken", all - broken),
    });
    sum.push('\n');
    for findings in unusable {
        sum.push_str(&format!("`{}` cannot be used, so nothing of it was walked\n", one_line(findings.source.name())));
    }
    sum
}

fn document(walked: &[Walked], unusable: &[Findings], all: Option<&Shares>) -> Value {
    let broken = walked.iter().map(|walked| &walked.broken);
    let mut document = json!({
        "flows": walked.iter().map(Walked::json).collect::<Vec<_>>(),
        "rehearsals": walked.iter().map(|walked| walked.passed.len()).sum::<usize>(),
        "broken": walked.iter().map(|walked| walked.broken.diagnostics.len()).sum::<usize>(),
        "unusable": unusable.len(),
        "diagnostics": broken.chain(unusable).flat_map(diag::to_json).collect::<Vec<_>>(),
    });
    if let Some(all) = all {
        document["coverage"] = coverage::shares_json(all);
    }
    document
}
