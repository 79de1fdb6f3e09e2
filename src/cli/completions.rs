//! `rootwalk completions SHELL`: a script for a shell, and what it asks this program for.
//!
//! The script asks the program itself, so that the ids of errors and sessions are those of the moment. The environment says that it
//! asks; any other start costs one look there.

use std::collections::{BTreeSet, HashSet};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _};
use clap_complete::env::Shells;

use super::args::{self, Args, Global, When};
use super::error::{Exit, Failure};
use super::out;
use super::settings::Settings;
use crate::flow::ErrorFacts;
use crate::store::Store as _;
use crate::text::one_line;

/// Set by the script to the name of its shell.
const ASKED_BY: &str = "ROOTWALK_COMPLETE";
/// How many sessions are offered.
const SESSIONS: usize = 100;

/// Writes the script for a shell.
pub(super) fn completions(args: &args::Completions) -> Result<Exit, Failure> {
    let shell = Shells::builtins();
    let shell = shell.completer(args.shell.name()).expect("each shell that can be named is built in");
    let mut script = Vec::new();
    let name = Args::command().get_name().to_owned();
    shell.write_registration(ASKED_BY, &name, &name, &name, &mut script).map_err(Failure::Output)?;
    out::data(String::from_utf8_lossy(&script).trim_start())?;
    Ok(Exit::Done)
}

/// Answers a script that asks; nothing where none does. What goes wrong is silence: somebody is typing.
pub(super) fn answer() -> Option<Exit> {
    let shell = env::var(ASKED_BY).ok().filter(|shell| !shell.is_empty())?;
    let shells = Shells::builtins();
    let shell = shells.completer(&shell)?;
    let words: Vec<OsString> = env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let mut command = Args::command();
    // What a command takes is there when it is built.
    command.build();
    let mut command = with_candidates(command);
    let mut candidates = Vec::new();
    let here = env::current_dir().ok();
    let done = shell.write_complete(&mut command, words, here.as_deref(), &mut candidates).is_ok();
    let _ = out::data(&String::from_utf8_lossy(&candidates));
    Some(if done { Exit::Done } else { Exit::Internal })
}

/// Says of each argument that names an error or a session what there is.
fn with_candidates(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| match arg.get_id().as_str() {
        "error" | "practice" | "old" | "new" => arg.add(ArgValueCompleter::new(errors)),
        "products" => arg.add(ArgValueCompleter::new(|typed: &OsStr| values(typed, |error| error.product))),
        "categories" => arg.add(ArgValueCompleter::new(|typed: &OsStr| values(typed, |error| error.category))),
        "session" | "from_session" => arg.add(ArgValueCompleter::new(sessions)),
        _ => arg,
    });
    command.mut_subcommands(with_candidates)
}

/// Returns the errors that begin with what was typed: their ids; and their codes, when something was typed. Where none does, files.
fn errors(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(catalog) = settings().and_then(|settings| settings.catalog().ok()) else { return Vec::new() };
    let (mut candidates, mut offered) = (Vec::new(), HashSet::new());
    for named in catalog.names().0 {
        let title = one_line(&named.title);
        // Several errors may have one code.
        let mut add = |name: &str| {
            if name.starts_with(typed) && is_typed(name) && offered.insert(name.to_owned()) {
                candidates.push(CompletionCandidate::new(name).help(Some(title.clone().into())));
            }
        };
        add(&named.id);
        if !typed.is_empty() {
            add(&named.code);
        }
    }
    if candidates.is_empty() { PathCompleter::any().complete(typed.as_ref()) } else { candidates }
}

/// Returns the products, or what else errors are listed by, that begin with what was typed; with a hyphen for what no shell takes as it is.
fn values(typed: &OsStr, of: fn(ErrorFacts) -> String) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let Some(catalog) = settings().and_then(|settings| settings.catalog().ok()) else { return Vec::new() };
    let values: BTreeSet<String> = catalog.heads().0.into_iter().map(|head| of(head.error)).collect();
    let words = values.iter().map(|value| value.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"));
    words.filter(|word| word.starts_with(typed) && is_typed(word)).map(CompletionCandidate::new).collect()
}

/// Returns the sessions that begin with what was typed, newest first.
fn sessions(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let store = settings().and_then(|settings| settings.existing_store().ok().flatten());
    let stored = store.and_then(|store| store.list(SESSIONS).ok()).unwrap_or_default();
    let ids = stored.into_iter().flatten().map(|stored| stored.id).filter(|id| id.starts_with(typed) && is_typed(id));
    ids.map(CompletionCandidate::new).collect()
}

/// Tells whether a name can be typed as it is, in every shell.
fn is_typed(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Returns the settings as the line that is being typed has them.
fn settings() -> Option<Settings> {
    let words: Vec<OsString> = env::args_os().skip_while(|word| word != "--").skip(1).collect();
    let after = |option: &str| {
        let values = words.windows(2).filter(|pair| pair[0] == option).map(|pair| PathBuf::from(&pair[1]));
        let joined =
            words.iter().filter_map(|word| word.to_str()?.strip_prefix(option)?.strip_prefix('=')).map(PathBuf::from);
        values.chain(joined).collect::<Vec<_>>()
    };
    Settings::read(&Global { flows: after("--flows"), store: after("--store").pop(), color: When::Auto }).ok()
}
