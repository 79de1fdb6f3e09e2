//! `rootwalk list`: the errors there are.

use std::io::{self, IsTerminal as _};

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::open::warn;
use super::out;
use super::settings::Settings;
use crate::catalog::Catalog;
use crate::guide::{self, Listed, Wanted};
use crate::ui;

pub(super) fn list(settings: &Settings, args: &args::List) -> Result<Exit, Failure> {
    let wanted = Wanted {
        products: args.products.clone(),
        categories: args.categories.clone(),
        severities: args.severities.iter().map(|&word| word.into()).collect(),
    };
    let all = wanted
        .choose(listed(&settings.catalog()?))
        .map_err(|unknown| Failure::Argument { message: unknown.to_string(), help: Some(unknown.help) })?;
    match args.format {
        TextOrJson::Json => out::json(&all)?,
        TextOrJson::Text if !io::stdout().is_terminal() => out::data(&guide::lines(&all))?,
        TextOrJson::Text => out::data(&guide::grouped(&all, ui::columns().unwrap_or(80)))?,
    }
    if all.is_empty() {
        out::talk("no error has all of these\n");
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

/// Lists all errors of a catalog; the flows of which not even that can be read are reported.
fn listed(catalog: &Catalog) -> Vec<Listed> {
    let (heads, broken) = catalog.heads();
    warn(&broken);
    let origin = |id: &str| catalog.origin(id).map_or("", |origin| origin.word());
    heads.iter().map(|head| Listed::new(&head.id, &head.error, origin(&head.id))).collect()
}
