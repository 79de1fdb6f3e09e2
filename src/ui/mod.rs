//! The fronts: how a walk is shown and answered.
//!
//! Purpose: one [`Screen`] value for each moment of a walk, and three fronts that show it and read what is chosen: [`Terminal`]
//! (keys, colours), [`Lines`] (plain numbered lines, also for screen readers and pipes) and [`Script`] (answers given in advance).
//! Must not: decide what is asked (the walk does) or store anything. Place: the only room that names `console`, `dialoguer`
//! and `indicatif`; `cli` drives it.

mod asides;
mod guard;
mod lines;
mod pages;
mod screen;
mod script;
mod terminal;

pub use asides::{causes_page, end_page, how_page, keys_page, taken_back, transcript_lines, why_page};
pub use guard::restore_on_panic;
pub use lines::Lines;
pub use pages::{Help, answer_words, screen};
pub use screen::{Action, Choice, Line, Role, Screen, Subject};
pub use script::Script;
pub use terminal::{Terminal, columns};

use std::io;

/// Sets what is said when a signal or a panic ends the process.
pub fn set_farewell(text: String) {
    guard::set_farewell(text);
}

/// Says why a front gives no choice.
#[derive(Debug)]
pub enum Stop {
    /// The person left, or the input ended.
    Quit,
    /// A signal, by its number.
    Signal(i32),
    /// A script holds no answer for what is asked.
    NoAnswer,
    /// Something else than an answer ended the wait.
    Woken,
    /// Showing or reading failed.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Shows a walk and reads what is chosen.
pub trait Ask {
    /// Shows a screen.
    fn show(&mut self, screen: &Screen) -> Result<(), Stop>;

    /// Reads one of the screen's choices. The screen has been shown.
    fn read(&mut self, screen: &Screen) -> Result<Action, Stop>;

    /// Shows lines that ask for nothing.
    fn tell(&mut self, lines: &[Line]) -> Result<(), Stop>;

    /// Lets one of a list be picked; nothing when the person goes back.
    fn pick(&mut self, title: &str, items: &[String]) -> Result<Option<usize>, Stop>;

    /// Reads a text; nothing when it is empty.
    fn text(&mut self, prompt: &str) -> Result<Option<String>, Stop>;

    /// Asks whether to do something.
    fn confirm(&mut self, question: &str) -> Result<bool, Stop>;
}
