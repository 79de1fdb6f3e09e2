//! `rootwalk check`: everything that is wrong with flow files and files of shared steps, in one run.

mod files;
mod shared;

pub(super) use files::{File, Files};

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::env;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::args::{self, Deny, Report};
use super::error::{Exit, Failure};
use super::settings::Settings;
use super::{out, parallel};
use crate::catalog::{Catalog, stem};
use crate::check::{self as linter, Subject};
use crate::diag::{self, Code, Findings, Severity};
use crate::flow::{self, Place, Problem};
use crate::rehearse;
use crate::source::Source;
use crate::text::plural;

/// What checking needs to know beside the file.
struct Circumstances<'a> {
    catalog: &'a Catalog,
    /// The ids of all flows, sorted.
    known: Vec<String>,
    today: Date,
    report: Report,
    styled: bool,
}

/// What was found in one file, and how it is reported.
#[derive(Default)]
struct Checked {
    errors: usize,
    warnings: usize,
    codes: BTreeSet<Code>,
    text: String,
    values: Vec<Value>,
    /// The shared steps that a flow names.
    named: Vec<String>,
    /// What was found in shared steps that a flow names: reported once, with their file.
    inside: Vec<Findings>,
}

pub(super) fn check(settings: &Settings, args: &args::Check) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let files = Files::of(&catalog, &args.paths)?;
    let circumstances = Circumstances {
        known: known_flows(&catalog, &files.flows),
        catalog: &catalog,
        today: today()?,
        report: args.format,
        styled: settings.use_colors(&io::stdout()),
    };
    let mut all = parallel::filter_map(&files.flows, |file| check_one(file, &circumstances));
    let named = all.iter_mut().flat_map(|checked| std::mem::take(&mut checked.named)).collect();
    let inside = all.iter_mut().flat_map(|checked| std::mem::take(&mut checked.inside)).collect();
    let shared = shared::check(&files.shared, &named, inside);
    all.extend(shared.iter().map(|findings| Checked::of(findings, &circumstances)));

    let errors = all.iter().map(|checked| checked.errors).sum::<usize>();
    let warnings = all.iter().map(|checked| checked.warnings).sum::<usize>();
    let codes: BTreeSet<Code> = all.iter().flat_map(|checked| &checked.codes).copied().collect();
    let (texts, values): (Vec<_>, Vec<_>) = all.into_iter().map(|checked| (checked.text, checked.values)).unzip();
    let values: Vec<Value> = values.into_iter().flatten().collect();
    match args.format {
        Report::Json => out::json(&serde_json::json!({
            "files": files.flows.len(), "shared_files": files.shared.len(), "errors": errors, "warnings": warnings, "diagnostics": values,
        }))?,
        Report::Sarif => out::json(&diag::sarif_document(&values))?,
        Report::Github | Report::Text => {
            out::data(&texts.concat())?;
            out::talk(&format!("{}\n", summary(&files, errors, warnings)));
        }
    }
    if args.format == Report::Text {
        out::talk(&pointer(&codes));
    }
    let is_unreadable = |code: &Code| matches!(code, Code::Unreadable | Code::TooLarge | Code::NotUtf8);
    Ok(if errors == 0 && (warnings == 0 || !args.deny.contains(&Deny::Warnings)) {
        Exit::Done
    } else if codes.iter().all(is_unreadable) {
        Exit::Input
    } else {
        Exit::No
    })
}

fn known_flows(catalog: &Catalog, files: &[File]) -> Vec<String> {
    let mut known = catalog.ids();
    known.extend(files.iter().map(|file| file.stem.clone()));
    known.sort_unstable();
    known.dedup();
    known
}

/// Returns the day of the check: that of `$SOURCE_DATE_EPOCH` (seconds since 1970, as for reproducible builds) or of the clock.
fn today() -> Result<Date, Failure> {
    let now = match env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) {
        None => Some(Timestamp::now()),
        Some(seconds) => {
            seconds.to_str().and_then(|text| text.parse().ok()).and_then(|n| Timestamp::from_second(n).ok())
        }
    };
    now.map(|now| now.to_zoned(TimeZone::UTC).date()).ok_or_else(|| Failure::Argument {
        message: "`SOURCE_DATE_EPOCH` is no number of seconds".to_owned(),
        help: Some("unset it, or set it to the seconds since 1970, such as `date +%s` prints".to_owned()),
    })
}

/// Checks one file that was read, as [`check`] does.
pub(super) fn check_file(
    catalog: &Catalog,
    path: &Path,
    source: Result<Source, Findings>,
) -> Result<Findings, Failure> {
    let file = File { stem: stem(path), path: Some(path.to_owned()), twin: None };
    let known = known_flows(catalog, std::slice::from_ref(&file));
    let today = today()?;
    Ok(source.map_or_else(|findings| findings, |source| findings(&source, &file, &known, today)))
}

/// Checks one flow; nothing where nothing is wrong and no shared step is named.
fn check_one(file: &File, circumstances: &Circumstances<'_>) -> Option<Checked> {
    let findings = match file.read(circumstances.catalog) {
        Ok(source) => findings(&source, file, &circumstances.known, circumstances.today),
        Err(findings) => findings,
    };
    let named = flow::names_shared(findings.source.text()).into_iter().map(str::to_owned).collect::<Vec<_>>();
    if findings.diagnostics.is_empty() && named.is_empty() {
        return None;
    }
    let mut by_file = findings.by_file().into_iter();
    let own = by_file.next().map_or_else(Checked::default, |own| Checked::of(&own, circumstances));
    Some(Checked { named, inside: by_file.map(Cow::into_owned).collect(), ..own })
}

impl Checked {
    /// Counts and words what was found in one file.
    fn of(findings: &Findings, circumstances: &Circumstances<'_>) -> Self {
        let (text, values) = match circumstances.report {
            Report::Text => (diag::render(findings, circumstances.styled), Vec::new()),
            Report::Github => (diag::to_github(findings), Vec::new()),
            Report::Json => (String::new(), diag::to_json(findings)),
            Report::Sarif => (String::new(), diag::to_sarif_results(findings)),
        };
        Self {
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            codes: findings.diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
            text,
            values,
            ..Self::default()
        }
    }
}

fn findings(source: &Source, file: &File, known: &[String], today: Date) -> Findings {
    let mut draft = flow::draft(source);
    if let Some(flow) = &draft.flow {
        let linted = linter::check(&Subject { flow, stem: Some(&file.stem), catalog: known });
        let rehearsed = rehearse::rehearse(flow);
        let advised = linter::advise(flow, today);
        draft.add(linted);
        if !draft.is_guess {
            draft.add(rehearsed);
            draft.add(advised);
        }
    }
    match &file.twin {
        None => draft.findings,
        Some(twin) => with_twin(draft.findings, twin, &file.stem),
    }
}

fn with_twin(findings: Findings, twin: &str, stem: &str) -> Findings {
    let Findings { source, diagnostics } = findings;
    let problem =
        Problem::new(Code::DuplicateFlow, Place::top().field("id"), format!("the flow `{stem}` is also in {twin}"))
            .help("give one of the two another id and file name, or delete it".to_owned());
    let diagnostics = flow::locate(&source, vec![problem]).into_iter().chain(diagnostics).collect();
    Findings::new(source, diagnostics)
}

fn summary(files: &Files, errors: usize, warnings: usize) -> String {
    let flows = plural(files.flows.len(), "flow");
    let shared = match files.shared.len() {
        0 => String::new(),
        1 => " and 1 file of shared steps".to_owned(),
        several => format!(" and {several} files of shared steps"),
    };
    format!("{flows}{shared} checked, {}", found(errors, warnings))
}

/// Says how many errors and warnings there are.
pub(super) fn found(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => "nothing found".to_owned(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// Says where there is more about what was found.
fn pointer(codes: &BTreeSet<Code>) -> String {
    match codes.first() {
        None => String::new(),
        Some(only) if codes.len() == 1 => format!("`rootwalk explain {only}` says why it matters, with an example\n"),
        Some(_) => "`rootwalk explain CODE` says why each matters, with an example\n".to_owned(),
    }
}
