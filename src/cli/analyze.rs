//! `rootwalk analyze ERROR`: what a walk costs, and how little it could cost.

use std::io::{self, Read as _};
use std::path::Path;

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::open::open_flow;
use super::out;
use super::settings::Settings;
use crate::analyze::{self, Analysis, MatrixError};
use crate::catalog::read_source;

pub(super) fn analyze(settings: &Settings, args: &args::Analyze) -> Result<Exit, Failure> {
    if let Some(matrix) = &args.matrix {
        return solve(matrix);
    }
    let wanted = args.error.as_deref().expect("clap asks for an error where no matrix is given");
    let opened = open_flow(settings, wanted)?;
    let flow = opened.edition.flow();
    if args.write {
        let rewritten = analyze::rewrite(flow, &opened.source);
        out::data(&rewritten.map_err(|error| Failure::Analysis { flow: flow.id().to_owned(), source: error })?)?;
        return Ok(Exit::Done);
    }
    let analysis = Analysis::of(flow, args.seed)
        .map_err(|error| Failure::Analysis { flow: flow.id().to_owned(), source: error.into() })?;
    match args.format {
        TextOrJson::Text => out::data(&analyze::plain(&analysis))?,
        TextOrJson::Json => out::json(&analyze::to_json(&analysis))?,
    }
    Ok(Exit::Done)
}

/// Solves a bare instance from a file or standard input.
fn solve(path: &Path) -> Result<Exit, Failure> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { Path::new("standard input") } else { path };
    let text = if is_stdin {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(crate::flow::MAX_FILE as u64 + 1).read_to_end(&mut bytes);
        read.and_then(|_| as_text(bytes)).map_err(|source| Failure::Input { path: name.to_owned(), source })?
    } else {
        std::fs::metadata(path).map_err(|source| Failure::Input { path: name.to_owned(), source })?;
        read_source(path).map_err(|findings| Failure::Findings(vec![findings]))?.text().to_owned()
    };
    let refuse = |source: MatrixError| Failure::Matrix { path: name.to_owned(), source };
    out::json(&analyze::solve(&analyze::read_matrix(&text).map_err(refuse)?))?;
    Ok(Exit::Done)
}

fn as_text(bytes: Vec<u8>) -> io::Result<String> {
    if bytes.len() > crate::flow::MAX_FILE {
        return Err(io::Error::other(format!("it has more than {} bytes", crate::flow::MAX_FILE)));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}
