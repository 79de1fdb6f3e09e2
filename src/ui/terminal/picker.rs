//! Picker: a list that narrows while one types.

use std::io;

use console::Style;

use super::keys::Key;
use super::tty::{Input, Tty};
use super::{Stop, Terminal, put};
use crate::text::{one_line, shorten};
use crate::ui::{Ask as _, Line, Role};

/// Rows of the list at most.
const MAX_ROWS: usize = 12;

impl Terminal {
    /// Lets one of a list be picked by typing parts of it. `filter` returns the items that fit, best first.
    pub fn pick_filtered(
        &mut self,
        title: &str,
        items: &[String],
        filter: &dyn Fn(&str) -> Vec<usize>,
    ) -> Result<Option<usize>, Stop> {
        let (mut typed, mut at) = (String::new(), 0_usize);
        self.tty.drain();
        Tty::bracketed_paste(true);
        self.tell(&[Line::empty(), Line::new(Role::Heading, title)])?;
        let mut drawn = 0;
        loop {
            let fitting = filter(&typed);
            at = at.min(fitting.len().saturating_sub(1));
            erase(drawn)?;
            drawn = self.draw_list(&typed, items, &fitting, at)?;
            match self.tty.read(None)? {
                Input::Resized => {
                    put("\x1b[H\x1b[2J")?;
                    drawn = 0;
                }
                Input::Key(Key::Enter) => {
                    if let Some(&chosen) = fitting.get(at) {
                        erase(drawn)?;
                        put(&format!("> {}\n", shorten(&one_line(&items[chosen]), self.width() - 2)))?;
                        return Ok(Some(chosen));
                    }
                }
                Input::Key(Key::Up) => at = at.saturating_sub(1),
                Input::Key(Key::Down) => at += 1,
                Input::Key(Key::Escape) if typed.is_empty() => return Ok(None),
                Input::Key(Key::Escape | Key::Ctrl('u')) => typed.clear(),
                Input::Key(Key::Backspace) => {
                    typed.pop();
                }
                Input::Key(Key::Char(c)) => {
                    typed.push(c);
                    at = 0;
                }
                Input::Key(Key::Paste(text)) => {
                    typed.push_str(&one_line(&text));
                    at = 0;
                }
                Input::Key(_) | Input::Nothing => {}
            }
        }
    }

    fn draw_list(&self, typed: &str, items: &[String], fitting: &[usize], at: usize) -> io::Result<usize> {
        let width = self.width();
        let rows = usize::from(self.term.size().0).saturating_sub(4).clamp(1, MAX_ROWS);
        let first = (at + 1).saturating_sub(rows);
        let mut out = format!("> {}\n", shorten(&one_line(typed), width - 3));
        let mut drawn = 1;
        for (n, &item) in fitting.iter().enumerate().skip(first).take(rows) {
            let line = shorten(&one_line(&items[item]), width - 3);
            let style = if n == at { Style::new().reverse() } else { Style::new() }.for_stderr();
            out.push_str(&format!("{} {}\n", if n == at { "›" } else { " " }, style.apply_to(line)));
            drawn += 1;
        }
        let below = if fitting.is_empty() {
            "nothing fits; Backspace widens".to_owned()
        } else {
            format!("{} of {}; type to narrow, Enter takes", fitting.len(), items.len())
        };
        out.push_str(&format!("{}\n", Style::new().for_stderr().dim().apply_to(shorten(&below, width - 1))));
        put(&out)?;
        Ok(drawn + 1)
    }
}

fn erase(rows: usize) -> io::Result<()> {
    if rows > 0 { put(&format!("\x1b[{rows}A\r\x1b[J")) } else { Ok(()) }
}
