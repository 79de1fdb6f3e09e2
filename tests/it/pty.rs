//! The program at a real pseudo-terminal: real keys, a real screen, and the terminal looked at afterwards.

mod find;
mod keys;
mod pastes;
mod practice;
mod signals;
mod sizes;
mod walks;
mod watch;
