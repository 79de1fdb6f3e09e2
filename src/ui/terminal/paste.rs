//! Paste: one text of any number of lines, pasted or typed.

use std::time::Duration;

use super::keys::Key;
use super::tty::{Input, Tty};
use super::{Stop, Terminal, put};
use crate::text::{one_line, plural, shorten};
use crate::ui::{Ask as _, Line, Role};

/// The next line of what is pasted comes within this time.
const NEXT_LINE: Duration = Duration::from_millis(30);

impl Terminal {
    /// Reads a text up to Enter; nothing when it is empty. What is pasted, also without brackets around it, is one text, however
    /// many lines it has, and answers nothing that comes later.
    pub fn paste(&mut self, title: &str, hint: &str) -> Result<Option<String>, Stop> {
        let mut text = String::new();
        self.tty.drain();
        Tty::bracketed_paste(true);
        self.tell(&[Line::empty(), Line::new(Role::Heading, title), Line::new(Role::Dim, hint)])?;
        loop {
            put(&format!("\r\x1b[K> {}", self.shown(&text)))?;
            match self.tty.read(None)? {
                Input::Key(Key::Enter) => {
                    if let Some(more) = self.next_lines()? {
                        text.push('\n');
                        text.push_str(&more);
                        continue;
                    }
                    put("\n")?;
                    return Ok((!text.trim().is_empty()).then_some(text));
                }
                Input::Key(Key::Escape) if text.is_empty() => {
                    put("\n")?;
                    return Err(Stop::Quit);
                }
                Input::Key(Key::Escape | Key::Ctrl('u')) => text.clear(),
                Input::Key(Key::Backspace) => {
                    text.pop();
                }
                Input::Key(Key::Char(c)) => text.push(c),
                Input::Key(Key::Ctrl('i')) => text.push(' '),
                Input::Key(Key::Paste(pasted)) => text.push_str(&pasted),
                Input::Resized => {
                    put("\x1b[H\x1b[2J")?;
                    self.tell(&[Line::new(Role::Heading, title), Line::new(Role::Dim, hint)])?;
                }
                Input::Key(_) | Input::Nothing => {}
            }
        }
    }

    /// Takes the lines that come right after one: then all of them were pasted.
    fn next_lines(&mut self) -> Result<Option<String>, Stop> {
        let first = match self.tty.read(Some(NEXT_LINE))? {
            Input::Nothing | Input::Resized => return Ok(None),
            Input::Key(Key::Char(c)) => c.to_string(),
            Input::Key(Key::Paste(pasted)) => pasted,
            Input::Key(Key::Enter) => "\n".to_owned(),
            Input::Key(_) => String::new(),
        };
        Ok(Some(first + &self.tty.rest_of_paste()?))
    }

    /// Returns the text as one line that fits: what was pasted is long, and its end is where one types.
    fn shown(&self, text: &str) -> String {
        let lines = text.trim_end().lines().count();
        let width = self.width().saturating_sub(3);
        if lines < 2 {
            let line = one_line(text);
            let columns = line.chars().count();
            let tail: String = line.chars().skip(columns.saturating_sub(width)).collect();
            return shorten(&tail, width);
        }
        let more = format!(" ({})", plural(lines, "line"));
        shorten(&one_line(text), width.saturating_sub(more.len())) + &more
    }
}
