//! The tests that use rootwalk from outside: the library as its users do, the program as people do.

mod analyze;
mod articles;
mod command_line;
mod diagnostics;
mod diffs;
mod drawings;
mod facts;
mod finds;
mod format;
mod home;
mod hostile;
mod kills;
mod pages;
mod program;
mod proofs;
mod pty;
mod random;
mod readme;
mod rehearsals;
mod reports;
mod sessions;
mod terminal;
mod tidy;
mod transcripts;
mod walks;
