//! `rootwalk show ERROR`: what is known of an error, to be read or to be walked on paper.

use std::io::{self, IsTerminal as _};

use super::args::{self, ShowForm};
use super::error::{Exit, Failure};
use super::open::open_from;
use super::out;
use super::settings::Settings;
use crate::catalog::Catalog;
use crate::graph::{Overlay, Picture};
use crate::guide::{self, Guide};
use crate::sheet::{self, Frame};
use crate::text::one_line;
use crate::ui;

pub(super) fn show(settings: &Settings, args: &args::Show) -> Result<Exit, Failure> {
    if args.script && args.format == ShowForm::Json {
        return Err(Failure::Argument {
            message: "`--script` is for people, `--format json` for machines".to_owned(),
            help: Some("`--format json` without `--script` holds all of it".to_owned()),
        });
    }
    let catalog = settings.catalog()?;
    let opened = open_from(&catalog, &args.error)?;
    let picture = Picture::of(opened.edition.flow(), Overlay::Nothing);
    let guide = Guide::of(&picture, &|id| names(&catalog, id));
    let sheet = || {
        if args.script {
            guide::script(&guide)
        } else {
            guide::reading(&guide, (args.format == ShowForm::Html).then_some(&picture), &|_| None)
        }
    };
    let text = match args.format {
        ShowForm::Text => sheet::text(&sheet(), columns(args.output.is_some())),
        ShowForm::Markdown => sheet::markdown(&sheet()),
        ShowForm::Html => sheet::html(&sheet(), Frame::Alone),
        ShowForm::Json => crate::text::json(&guide) + "\n",
    };
    match &args.output {
        None => {
            out::data(&text)?;
            if args.format == ShowForm::Text && !args.script && io::stdout().is_terminal() {
                out::talk(&format!("\n`rootwalk walk {}` finds out which cause it is\n", one_line(&guide.id)));
            }
        }
        Some(path) => {
            out::file(path, &text)?;
            out::talk(&format!("`{}` written to {}\n", one_line(&guide.id), one_line(&path.display().to_string())));
        }
    }
    Ok(Exit::Done)
}

/// Returns code and title of another flow.
pub(super) fn names(catalog: &Catalog, id: &str) -> Option<(String, String)> {
    let opened = catalog.open(id).ok()?;
    let error = opened.edition.flow().error();
    Some((error.code.clone(), error.title.clone()))
}

/// Returns the columns of the terminal, if it is written on one.
fn columns(is_file: bool) -> usize {
    let terminal = if !is_file && io::stdout().is_terminal() { ui::columns() } else { None };
    terminal.map_or(sheet::WIDTH, |columns| columns.clamp(20, sheet::WIDTH))
}
