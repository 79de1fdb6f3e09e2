//! The command line: arguments, one file per command, and errors as message, hint and exit code.
//!
//! Purpose: join the rooms for one command and hand its result to standard output. Must not: hold logic that another front
//! would need. Place: last on the way.

mod analyze;
mod args;
mod check;
mod completions;
mod diff;
mod draft;
mod drive;
mod error;
mod explain;
mod export;
mod find;
mod graph;
mod import;
mod ledger;
mod list;
mod new;
mod open;
mod out;
mod outcome;
mod parallel;
mod pasted;
mod preview;
mod prove;
mod rehearse;
mod resume;
mod sessions;
mod settings;
mod show;
mod site;
mod walk;
mod watch;

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::{ContextKind, ContextValue};

use args::{Args, Command};
use error::{Exit, Failure};
use settings::Settings;

/// Runs the program.
pub fn main() -> ExitCode {
    crate::ui::restore_on_panic();
    if let Some(exit) = completions::answer() {
        return exit.into();
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    match run(args) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report().into(),
    }
}

fn run(args: Args) -> Result<Exit, Failure> {
    let walks = matches!(args.command, None | Some(Command::Walk(_) | Command::Resume(_)));
    if let (false, Some(option)) = (walks, args.walking.given()) {
        return Err(Failure::Argument {
            message: format!("`{option}` is for a walk"),
            help: Some("leave it out, or write it behind the command where that takes it".to_owned()),
        });
    }
    let before = args.walking;
    let settings = Settings::read(&args.global)?;
    match args.command {
        None => walk::pick(&settings, &before),
        Some(Command::Find(find)) => find::find(&settings, &find),
        Some(Command::Walk(walk)) => walk::walk(&settings, &args::Walk { walking: walk.walking.or(before), ..walk }),
        Some(Command::List(list)) => list::list(&settings, &list),
        Some(Command::Show(show)) => show::show(&settings, &show),
        Some(Command::Resume(resume)) => {
            resume::resume(&settings, &args::Resume { walking: resume.walking.or(before), ..resume })
        }
        Some(Command::Sessions(sessions)) => sessions::sessions(&settings, &sessions),
        Some(Command::Export(export)) => export::export(&settings, &export),
        Some(Command::Handover(handover)) => export::handover(&settings, &handover),
        Some(Command::Replay(replay)) => export::replay(&replay),
        Some(Command::Schema(schema)) => export::schema(&schema),
        Some(Command::Graph(graph)) => graph::graph(&settings, &graph),
        Some(Command::Analyze(analyze)) => analyze::analyze(&settings, &analyze),
        Some(Command::Check(check)) => check::check(&settings, &check),
        Some(Command::Prove(prove)) => prove::prove(&settings, &prove),
        Some(Command::Diff(diff)) => diff::diff(&settings, &diff),
        Some(Command::Explain(explain)) => explain::explain(&explain),
        Some(Command::Rehearse(rehearse)) => rehearse::rehearse(&settings, &rehearse),
        Some(Command::Watch(watch)) => watch::watch(&settings, &watch),
        Some(Command::Import(import)) => import::import(&settings, &import),
        Some(Command::New(new)) => new::new(&settings, &new),
        Some(Command::Site(site)) => site::site(&settings, &site),
        Some(Command::Completions(completions)) => completions::completions(&completions),
    }
}

/// Help and version go to standard output and are no error; anything else is a mistake in the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    if let Some(word) = unknown_command(error) {
        out::talk(&format!("To walk an error by its id, code or message, write: {}\n", find::command(word)));
    }
    match printed {
        _ if error.use_stderr() => Exit::Usage.into(),
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Failure::Output(error).report().into(),
        _ => Exit::Done.into(),
    }
}

/// Returns the word that stands where a command should, if it is like none.
fn unknown_command(error: &clap::Error) -> Option<&str> {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) if error.get(ContextKind::SuggestedSubcommand).is_none() => Some(word),
        _ => None,
    }
}
