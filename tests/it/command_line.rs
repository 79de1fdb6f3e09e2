//! The command line, from outside: whole output, exit codes, files and folders.

mod answers;
mod diff;
mod exits;
mod flows;
mod plain;
mod prove;
mod sessions;
mod stores;
