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
    if let (Some(_), Some(option)) = (&args.command, args.walking.given()) {
        return Err(Failure::Argument {
            message: format!("`{option}` stands before the command"),
            help: Some("write it behind the command, such as: rootwalk walk 2403 --plain".to_owned()),
        });
    }
    let settings = Settings::read(&args.global)?;
    match args.command {
        None => walk::pick(&settings, &args.walking),
        Some(Command::Find(find)) => find::find(&settings, &find),
        Some(Command::Walk(walk)) => walk::walk(&settings, &walk),
        Some(Command::List(list)) => list::list(&settings, &list),
        Some(Command::Show(show)) => show::show(&settings, &show),
        Some(Command::Resume(resume)) => resume::resume(&settings, &resume),
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
    match error.print() {
        _ if error.use_stderr() => Exit::Usage.into(),
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Failure::Output(error).report().into(),
        _ => Exit::Done.into(),
    }
}
