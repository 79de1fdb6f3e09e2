//! The tests that use rootwalk from outside: the library as its users do, the program as people do.

mod hostile;
mod random;
mod readme;
mod sessions;
mod tidy;
mod transcripts;
mod walks;
