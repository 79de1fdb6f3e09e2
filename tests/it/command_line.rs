//! The command line, from outside: whole output, exit codes, files and folders.

mod answers;
mod exits;
mod flows;
mod plain;
mod sessions;
mod stores;
