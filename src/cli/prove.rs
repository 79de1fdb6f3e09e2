//! `rootwalk prove ERROR`: what holds of a flow over every answer sequence, and what shows where it does not.

use std::io;
use std::path::Path;

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::open::{is_file, open_flow, read_file};
use super::out;
use super::settings::Settings;
use crate::catalog::Shelves;
use crate::check::{self as linter, Subject};
use crate::diag::{self, Code};
use crate::flow;
use crate::proof::{self, Claim, Proof};
use crate::source::Source;

pub(super) fn prove(settings: &Settings, args: &args::Prove) -> Result<Exit, Failure> {
    let source = source(settings, &args.error)?;
    let mut draft = flow::draft(&source);
    let is_read = draft.findings.diagnostics.iter().all(|found| found.code == Code::Cycle) && !draft.is_guess;
    if !is_read {
        return Err(Failure::Findings(vec![draft.findings]));
    }
    if let Some(flow) = &draft.flow {
        let found = linter::check(&Subject { flow, stem: None, catalog: &[] });
        draft.add(found);
    }
    let speaks = |code: Code| Claim::ALL.iter().any(|claim| claim.codes().contains(&code));
    draft.findings.diagnostics.retain(|found| speaks(found.code));
    let diagnostics = &draft.findings.diagnostics;
    let proof = Proof::of(draft.flow.as_ref(), diagnostics);
    match args.format {
        TextOrJson::Json => out::json(&proof::to_json(&proof, &diag::to_json(&draft.findings)))?,
        TextOrJson::Text => {
            out::data(&proof::to_text(&proof))?;
            if !diagnostics.is_empty() {
                let styled = settings.use_colors(&io::stdout());
                out::data(&format!("\n{}", diag::render(&draft.findings, styled)))?;
            }
        }
    }
    Ok(if proof.is_proved() { Exit::Done } else { Exit::No })
}

/// Reads the text of what is to be proved; a file may hold what no walk could use.
fn source(settings: &Settings, wanted: &str) -> Result<Source, Failure> {
    if !is_file(wanted) {
        return Ok(open_flow(settings, wanted)?.source);
    }
    read_file(&Shelves::of(&settings.layers), Path::new(wanted))
}
