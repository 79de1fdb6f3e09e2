//! `rootwalk check`: everything that is wrong with flow files, in one run.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::out;
use super::settings::Settings;
use crate::catalog::{Catalog, read_source, ron_files, stem};
use crate::check::{self as linter, Subject};
use crate::diag::{self, Code, Diagnostic, Findings, Severity};
use crate::flow::{self, Place, Problem};
use crate::rehearse;
use crate::source::Source;

/// One file to check: what it is called, and its text or why there is none.
struct File {
    stem: String,
    source: Result<Source, Findings>,
}

pub(super) fn check(settings: &Settings, args: &args::Check) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let files = if args.paths.is_empty() { catalog_files(&catalog) } else { named_files(&args.paths)? };
    let known = known_flows(&catalog, &files);
    let mut all: Vec<Findings> = files.iter().map(|file| findings(file, &known)).collect();
    report_duplicates(&files, &mut all);
    all.retain(|findings| !findings.diagnostics.is_empty());

    let count = |severity| all.iter().map(|findings| findings.count(severity)).sum::<usize>();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match args.format {
        TextOrJson::Json => out::json(&serde_json::json!({
            "files": files.len(), "errors": errors, "warnings": warnings,
            "diagnostics": all.iter().flat_map(diag::to_json).collect::<Vec<_>>(),
        }))?,
        TextOrJson::Text => {
            let styled = settings.use_colors(&io::stdout());
            out::data(&all.iter().map(|findings| diag::render(findings, styled)).collect::<String>())?;
            out::talk(&format!("{}\n", summary(files.len(), errors, warnings)));
        }
    }
    let is_unreadable =
        |diagnostic: &Diagnostic| matches!(diagnostic.code, Code::Unreadable | Code::TooLarge | Code::NotUtf8);
    Ok(if errors == 0 {
        Exit::Done
    } else if all.iter().flat_map(|findings| &findings.diagnostics).all(is_unreadable) {
        Exit::Input
    } else {
        Exit::No
    })
}

fn catalog_files(catalog: &Catalog) -> Vec<File> {
    catalog.sources().map(|(id, source)| File { stem: id.to_owned(), source }).collect()
}

fn named_files(paths: &[PathBuf]) -> Result<Vec<File>, Failure> {
    let read = |path: &Path| File { stem: stem(path), source: read_source(path) };
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = ron_files(path).map_err(|source| Failure::Input { path: path.clone(), source })?;
            files.extend(found.iter().map(|path| read(path)));
        } else {
            std::fs::metadata(path).map_err(|source| Failure::Input { path: path.clone(), source })?;
            files.push(read(path));
        }
    }
    Ok(files)
}

fn known_flows(catalog: &Catalog, files: &[File]) -> Vec<String> {
    let mut known = catalog.ids();
    known.extend(files.iter().map(|file| file.stem.clone()));
    known.sort_unstable();
    known.dedup();
    known
}

fn findings(file: &File, known: &[String]) -> Findings {
    let source = match &file.source {
        Ok(source) => source,
        Err(findings) => return findings.clone(),
    };
    let mut draft = flow::draft(source);
    if let Some(flow) = &draft.flow {
        let linted = linter::check(&Subject { flow, stem: Some(&file.stem), catalog: known });
        let rehearsed = rehearse::rehearse(flow);
        draft.add(linted);
        if !draft.is_guess {
            draft.add(rehearsed);
        }
    }
    draft.findings
}

/// Two files with the same name in one folder tree: only one of them would ever be walked.
fn report_duplicates(files: &[File], all: &mut [Findings]) {
    let mut first: HashMap<&str, &str> = HashMap::new();
    for (file, findings) in files.iter().zip(all) {
        let Ok(source) = &file.source else { continue };
        if let Some(earlier) = first.insert(&file.stem, source.name())
            && earlier != source.name()
        {
            let problem = Problem::new(
                Code::DuplicateFlow,
                Place::top().field("id"),
                format!("the flow `{}` is also in {earlier}", file.stem),
            );
            let problem = problem.help("give one of the two another id and file name, or delete it".to_owned());
            let diagnostics =
                flow::locate(source, vec![problem]).into_iter().chain(findings.diagnostics.drain(..)).collect();
            *findings = Findings::new(source.clone(), diagnostics);
        }
    }
}

fn summary(files: usize, errors: usize, warnings: usize) -> String {
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let flows = plural(files, "flow");
    match (errors, warnings) {
        (0, 0) => format!("{flows} checked, nothing found"),
        (errors, 0) => format!("{flows} checked, {}", plural(errors, "error")),
        (errors, warnings) => format!("{flows} checked, {}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}
