//! Checking files of shared steps: each once, however many flows name its steps.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::files::Shared;
use crate::check::advise_steps;
use crate::diag::{Code, Diagnostic, Findings, named};
use crate::flow::{self, Place, Problem, SharedDraft};

/// Checks all files; `named` are the steps that flows name, and `inside` what was found in the files while flows were checked. Returns
/// what is found in each, then what was found in files that are none of these.
pub(super) fn check(files: &[Shared], named: &HashSet<String>, inside: Vec<Findings>) -> Vec<Findings> {
    let mut known = HashMap::new();
    let mut all: Vec<Findings> = files.iter().map(|file| check_one(file, named, &mut known)).collect();
    for findings in inside {
        match all.iter_mut().find(|other| other.source.name() == findings.source.name()) {
            Some(known) => {
                let is_same = |a: &Diagnostic, b: &Diagnostic| (a.code, a.at.start) == (b.code, b.at.start);
                let is_new = |found: &Diagnostic| !known.diagnostics.iter().any(|known| is_same(known, found));
                let new: Vec<Diagnostic> = findings.diagnostics.into_iter().filter(is_new).collect();
                let together = std::mem::take(&mut known.diagnostics).into_iter().chain(new).collect();
                *known = Findings::new(known.source.clone(), together);
            }
            None => all.push(findings),
        }
    }
    all
}

/// The ids of each folder, with the file that has each.
type Known<'a> = HashMap<(&'a Path, String), String>;

fn check_one<'a>(file: &'a Shared, used: &HashSet<String>, known: &mut Known<'a>) -> Findings {
    let source = match &file.source {
        Ok(source) => source,
        Err(findings) => return findings.clone(),
    };
    let SharedDraft { steps, is_guess, findings } = flow::draft_shared(source);
    let mut problems = if is_guess { Vec::new() } else { advise_steps(&steps) };
    for (n, step) in steps.iter().enumerate() {
        let place = || Place::top().field("steps").item(n).name();
        if let Some(folder) = &file.folder {
            let first = known.entry((folder, step.id.clone())).or_insert_with(|| source.name().to_owned());
            if first != source.name() {
                let message = format!("the shared step {} is also in {first}", named(&step.id));
                problems.push(
                    Problem::new(Code::DuplicateStep, place(), message)
                        .help("give one of the two another id, or delete it".to_owned()),
                );
            }
        }
        if file.is_with_flows && !used.contains(&step.id) {
            problems.push(
                Problem::new(Code::UnusedSharedStep, place(), format!("no flow names {}", named(&step.id)))
                    .help("name it in a `find_out`, a `fix` or a `prevent` of a flow, or delete it".to_owned()),
            );
        }
    }
    // Where an author has something to mend already, the rest may follow from it.
    let is_new = |found: &Diagnostic| !findings.diagnostics.iter().any(|known| known.at.start == found.at.start);
    let located: Vec<Diagnostic> = flow::locate(source, problems).into_iter().filter(is_new).collect();
    Findings::new(findings.source, findings.diagnostics.into_iter().chain(located).collect())
}
