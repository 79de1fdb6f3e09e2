//! The command line, from outside: whole output, exit codes, files and folders.

mod answers;
mod completions;
mod diff;
mod exits;
mod find;
mod flows;
mod list;
mod pasted;
mod plain;
mod practice;
mod preview;
mod prove;
mod rehearse;
mod sessions;
mod show;
mod site;
mod stores;
mod watch;
