//! Paste: one text of any number of lines, pasted or typed.

use std::time::Duration;

use unicode_width::UnicodeWidthStr as _;

use super::keys::Key;
use super::tty::{Input, Tty};
use super::{Stop, Terminal, put};
use crate::paste::mask;
use crate::text::{one_line, plural, shorten};
use crate::ui::{Ask as _, Line, Role};

/// The next line of what is pasted comes within this time.
const NEXT_LINE: Duration = Duration::from_millis(30);
/// Of so many characters of what was pasted a line is made: more than any line holds, and soon masked.
const MOST_SHOWN: usize = 2_000;

impl Terminal {
    /// Reads a text up to Enter; nothing when it is empty. What is pasted, also without brackets around it, is one text, however
    /// many lines it has, and answers nothing that comes later.
    pub fn paste(&mut self, title: &str, hint: &str) -> Result<Option<String>, Stop> {
        let (mut text, mut is_pasted) = (String::new(), false);
        self.tty.drain();
        Tty::bracketed_paste(true);
        self.tell(&[Line::empty(), Line::new(Role::Heading, title), Line::new(Role::Dim, hint)])?;
        loop {
            put(&format!("\r\x1b[K> {}", self.shown(&text, is_pasted)))?;
            match self.tty.read(None)? {
                Input::Key(Key::Enter) => {
                    if let Some(more) = self.next_lines()? {
                        text.push('\n');
                        text.push_str(&more);
                        is_pasted = true;
                        continue;
                    }
                    put("\n")?;
                    return Ok((!text.trim().is_empty()).then_some(text));
                }
                Input::Key(Key::Escape) if text.is_empty() => {
                    put("\n")?;
                    return Err(Stop::Quit);
                }
                Input::Key(Key::Escape | Key::Ctrl('u')) => {
                    text.clear();
                    is_pasted = false;
                }
                Input::Key(Key::Backspace) => {
                    text.pop();
                }
                Input::Key(Key::Char(c)) => text.push(c),
                Input::Key(Key::Ctrl('i')) => text.push(' '),
                Input::Key(Key::Paste(pasted)) => {
                    text.push_str(&pasted);
                    is_pasted = true;
                }
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

    /// Returns the text as one line that fits: of what is typed the end, where one types; of what was pasted the beginning, without
    /// its secrets, as the screen may be shared, and how long it is.
    fn shown(&self, text: &str, is_pasted: bool) -> String {
        let width = self.width().saturating_sub(3);
        if !is_pasted {
            let line = one_line(text);
            let columns = line.chars().count();
            let tail: String = line.chars().skip(columns.saturating_sub(width)).collect();
            return shorten(&tail, width);
        }
        let beginning: String = text.chars().take(MOST_SHOWN).collect();
        let line = one_line(&mask(&beginning).text);
        let lines = text.trim_end().lines().count();
        if lines < 2 && line.width() <= width {
            return line;
        }
        let long = if lines < 2 { plural(text.chars().count(), "character") } else { plural(lines, "line") };
        let more = format!(" ({long})");
        shorten(&line, width.saturating_sub(more.len())) + &more
    }
}
