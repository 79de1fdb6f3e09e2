//! `rootwalk check`: everything that is wrong with flow files, in one run.

use std::collections::{BTreeSet, HashMap};
use std::env;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::args::{self, Deny, Report};
use super::error::{Exit, Failure};
use super::settings::Settings;
use super::{out, parallel};
use crate::catalog::{Catalog, read_source, ron_files, stem};
use crate::check::{self as linter, Subject};
use crate::diag::{self, Code, Findings, Severity};
use crate::flow::{self, Place, Problem};
use crate::rehearse;
use crate::source::Source;

/// One file to check; it is read when its turn comes, and let go after it.
struct File {
    stem: String,
    /// Where it lies; nothing for the catalog's own.
    path: Option<PathBuf>,
    /// Another file with the same stem, which came before.
    twin: Option<String>,
}

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
struct Checked {
    errors: usize,
    warnings: usize,
    codes: BTreeSet<Code>,
    text: String,
    values: Vec<Value>,
}

pub(super) fn check(settings: &Settings, args: &args::Check) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let mut files = if args.paths.is_empty() { catalog_files(&catalog) } else { named_files(&args.paths)? };
    name_twins(&mut files);
    let circumstances = Circumstances {
        known: known_flows(&catalog, &files),
        catalog: &catalog,
        today: today()?,
        report: args.format,
        styled: settings.use_colors(&io::stdout()),
    };
    let all = parallel::filter_map(&files, |file| check_one(file, &circumstances));

    let errors = all.iter().map(|checked| checked.errors).sum::<usize>();
    let warnings = all.iter().map(|checked| checked.warnings).sum::<usize>();
    let codes: BTreeSet<Code> = all.iter().flat_map(|checked| &checked.codes).copied().collect();
    let (texts, values): (Vec<_>, Vec<_>) = all.into_iter().map(|checked| (checked.text, checked.values)).unzip();
    let values: Vec<Value> = values.into_iter().flatten().collect();
    match args.format {
        Report::Json => out::json(&serde_json::json!({
            "files": files.len(), "errors": errors, "warnings": warnings, "diagnostics": values,
        }))?,
        Report::Sarif => out::json(&diag::sarif_document(&values))?,
        Report::Github | Report::Text => {
            out::data(&texts.concat())?;
            out::talk(&format!("{}\n", summary(files.len(), errors, warnings)));
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

fn catalog_files(catalog: &Catalog) -> Vec<File> {
    catalog.ids().into_iter().map(|stem| File { stem, path: None, twin: None }).collect()
}

fn named_files(paths: &[PathBuf]) -> Result<Vec<File>, Failure> {
    let file = |path: PathBuf| File { stem: stem(&path), path: Some(path), twin: None };
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = ron_files(path).map_err(|source| Failure::Input { path: path.clone(), source })?;
            files.extend(found.into_iter().map(file));
        } else {
            std::fs::metadata(path).map_err(|source| Failure::Input { path: path.clone(), source })?;
            files.push(file(path.clone()));
        }
    }
    Ok(files)
}

/// Two files with the same name in one folder tree: only one of them would ever be walked.
fn name_twins(files: &mut [File]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for file in files {
        let Some(path) = &file.path else { continue };
        let name = path.display().to_string();
        file.twin = first.insert(file.stem.clone(), name.clone()).filter(|earlier| *earlier != name);
    }
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

/// Checks one file; nothing where nothing is wrong.
fn check_one(file: &File, circumstances: &Circumstances<'_>) -> Option<Checked> {
    let source = match &file.path {
        Some(path) => read_source(path),
        None => circumstances.catalog.source(&file.stem)?,
    };
    let findings = match source {
        Ok(source) => findings(&source, file, circumstances),
        Err(findings) => findings,
    };
    if findings.diagnostics.is_empty() {
        return None;
    }
    let (text, values) = match circumstances.report {
        Report::Text => (diag::render(&findings, circumstances.styled), Vec::new()),
        Report::Github => (diag::to_github(&findings), Vec::new()),
        Report::Json => (String::new(), diag::to_json(&findings)),
        Report::Sarif => (String::new(), diag::to_sarif_results(&findings)),
    };
    Some(Checked {
        errors: findings.count(Severity::Error),
        warnings: findings.count(Severity::Warning),
        codes: findings.diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
        text,
        values,
    })
}

fn findings(source: &Source, file: &File, circumstances: &Circumstances<'_>) -> Findings {
    let mut draft = flow::draft(source);
    if let Some(flow) = &draft.flow {
        let linted = linter::check(&Subject { flow, stem: Some(&file.stem), catalog: &circumstances.known });
        let rehearsed = rehearse::rehearse(flow);
        let advised = linter::advise(flow, circumstances.today);
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

fn summary(files: usize, errors: usize, warnings: usize) -> String {
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let flows = plural(files, "flow");
    match (errors, warnings) {
        (0, 0) => format!("{flows} checked, nothing found"),
        (errors, 0) => format!("{flows} checked, {}", plural(errors, "error")),
        (0, warnings) => format!("{flows} checked, {}", plural(warnings, "warning")),
        (errors, warnings) => format!("{flows} checked, {}, {}", plural(errors, "error"), plural(warnings, "warning")),
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
