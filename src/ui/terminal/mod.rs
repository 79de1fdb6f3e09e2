//! Terminal: the front for a person at a terminal. One key answers; words work as well.
//!
//! Everything is drawn on standard error, so standard output stays free for what a command prints.

mod keys;
mod paste;
mod picker;
mod tty;

use std::io::{self, Write as _};
use std::time::Duration;

use console::{Style, Term};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Action, Ask, Line, Role, Screen, Stop};
use crate::text::{one_line, shorten};
use keys::Key;
use tty::{Input, Tty};

/// Widest text: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// What is said of a paste where nothing can be pasted.
const NOT_USED: &str = "what you pasted was not used: press one key, or note (t) to keep it";

/// A letter that nothing follows within this time is a key; else it begins a word, which Enter ends.
const WORD_BEGINS: Duration = Duration::from_millis(200);

/// How often is looked whether something else than a key ends the wait.
const ASKED_AGAIN: Duration = Duration::from_millis(100);

/// Shows screens on a terminal and reads keys.
#[derive(Debug)]
pub struct Terminal {
    tty: Tty,
    term: Term,
    colors: bool,
}

impl Terminal {
    /// Tells whether a person sits at a terminal.
    pub fn is_there() -> bool {
        tty::is_there()
    }

    /// Takes the terminal over. `farewell` is said when a signal ends the process.
    pub fn open(colors: bool, farewell: String) -> io::Result<Self> {
        console::set_colors_enabled_stderr(colors);
        Ok(Self { tty: Tty::open(farewell)?, term: Term::stderr(), colors })
    }

    fn width(&self) -> usize {
        usize::from(self.term.size().1).clamp(8, MAX_WIDTH)
    }

    fn theme(&self) -> Box<dyn Theme> {
        if self.colors { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) }
    }

    /// Draws lines, with as few writes as it takes: a slow line shows a screen at once or not at all.
    fn draw(&self, lines: &[Line]) -> io::Result<()> {
        let mut drawn = String::new();
        for line in lines {
            if let Role::Progress { out, of } = line.role {
                put(&std::mem::take(&mut drawn))?;
                self.draw_progress(line, out, of)?;
                continue;
            }
            let style = style(line.role);
            for wrapped in line.wrap(self.width()) {
                drawn.push_str(&style.apply_to(wrapped).to_string());
                drawn.push('\n');
            }
        }
        put(&drawn)
    }

    /// Draws the progress once, without a timer: a bar as wide as the screen allows, then what is still to come.
    fn draw_progress(&self, line: &Line, out: usize, of: usize) -> io::Result<()> {
        const BAR: usize = 22;
        let said = format!("{out} of {of} causes ruled out, {}", line.text);
        if self.width() >= BAR + console::measure_text_width(&said) {
            let bar = ProgressBar::with_draw_target(Some(of as u64), ProgressDrawTarget::term(self.term.clone(), 20));
            let template = if self.colors { "{bar:20.cyan/dim} {msg}" } else { "{bar:20} {msg}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("━━╌"));
            }
            bar.set_position(out as u64);
            bar.abandon_with_message(said);
            return put("\n");
        }
        self.draw(&[Line::new(Role::Dim, said)])
    }

    fn draw_choices(&self, screen: &Screen) -> io::Result<()> {
        let width = self.width();
        let mut out = String::new();
        for is_answer in [true, false] {
            let mut used = 0;
            for choice in screen.choices.iter().filter(|choice| choice.is_answer == is_answer) {
                const GAP: usize = 2;
                let columns = choice.word.len() + 2;
                if used > 0 && used + GAP + columns > width {
                    out.push('\n');
                    used = 0;
                } else if used > 0 {
                    out.push_str("  ");
                    used += GAP;
                }
                let key = Style::new().for_stderr().bold().cyan().apply_to(choice.key);
                let word = if is_answer { Style::new() } else { Style::new().dim() }.for_stderr().apply_to(choice.word);
                out.push_str(&format!("{key} {word}"));
                used += columns;
            }
            out.push('\n');
        }
        put(&out)
    }

    fn draw_screen(&self, screen: &Screen) -> io::Result<()> {
        put("\n")?;
        self.draw(&screen.lines)?;
        put("\n")?;
        self.draw_choices(screen)?;
        put("> ")
    }

    /// Draws the screen anew at the top: after a resize nobody knows where the old lines went.
    fn redraw(&self, screen: &Screen) -> io::Result<()> {
        put("\x1b[H\x1b[2J")?;
        self.draw_screen(screen)
    }

    fn complain(&self, text: &str) -> io::Result<()> {
        let text = shorten(&one_line(text), self.width().saturating_sub(2));
        put(&format!("\r\x1b[K{}\n> ", Style::new().for_stderr().yellow().apply_to(text)))
    }

    /// Reads the rest of a word, up to Enter; nothing when it was given up.
    fn word(&mut self, mut word: String) -> Result<Option<String>, Stop> {
        loop {
            match self.tty.read(None)? {
                Input::Key(Key::Enter) => return Ok(Some(word)),
                Input::Key(Key::Char(c)) => word.push(c),
                Input::Key(Key::Backspace) => {
                    word.pop();
                }
                Input::Key(Key::Escape | Key::Ctrl('u')) => word.clear(),
                Input::Key(Key::Paste(text)) => word.push_str(&one_line(&text)),
                Input::Resized | Input::Nothing | Input::Key(_) => {}
            }
            put(&format!("\r\x1b[K> {}", shorten(&one_line(&word), self.width().saturating_sub(3))))?;
            if word.is_empty() {
                return Ok(None);
            }
        }
    }

    /// Runs a prompt of the library: without bracketed paste, which it does not know, and with the cursor back afterwards.
    fn library<T>(&mut self, prompt: impl FnOnce(&dyn Theme) -> dialoguer::Result<T>) -> Result<T, Stop> {
        Tty::bracketed_paste(false);
        self.tty.drain();
        let result = prompt(&*self.theme());
        let _ = self.term.show_cursor();
        result.map_err(|dialoguer::Error::IO(error)| match error.kind() {
            io::ErrorKind::Interrupted => Stop::Signal(nix::sys::signal::Signal::SIGINT as i32),
            _ => Stop::Io(error),
        })
    }
}

fn put(text: &str) -> io::Result<()> {
    io::stderr().write_all(text.as_bytes())
}

/// Takes off what is left of a paste's brackets. They are switched off before a text is asked for, but over a slow line a
/// paste may have begun before, and the library reads of the first one `0~`, of the last one, on the first line, `1~`.
fn without_brackets(text: &str) -> &str {
    let inner = text.strip_prefix("0~").and_then(|text| text.strip_suffix("\x1b[201~").or(text.strip_suffix("1~")));
    inner.map_or(text, str::trim)
}

fn style(role: Role) -> Style {
    let style = Style::new().for_stderr();
    match role {
        Role::Header | Role::Dim | Role::Agent | Role::Progress { .. } => style.dim(),
        Role::Question | Role::Heading => style.bold(),
        Role::Say => style.cyan(),
        Role::Command => style.green(),
        Role::Warning => style.yellow(),
        Role::Good => style.green().bold(),
        Role::Plain => style,
    }
}

impl Ask for Terminal {
    fn show(&mut self, screen: &Screen) -> Result<(), Stop> {
        Ok(self.draw_screen(screen)?)
    }

    fn read(&mut self, screen: &Screen) -> Result<Action, Stop> {
        self.read_while(screen, None)
    }

    fn tell(&mut self, lines: &[Line]) -> Result<(), Stop> {
        Ok(self.draw(lines)?)
    }

    fn pick(&mut self, title: &str, items: &[String]) -> Result<Option<usize>, Stop> {
        let (rows, columns) = self.term.size();
        if rows < 6 || columns < 12 {
            return self.pick_by_number(title, items);
        }
        let width = self.width().saturating_sub(4);
        let items: Vec<String> = items.iter().map(|item| shorten(&one_line(item), width)).collect();
        self.tell(&[Line::new(Role::Heading, title), Line::new(Role::Dim, "arrows and Enter; Esc goes back")])?;
        self.library(|theme| dialoguer::Select::with_theme(theme).items(&items).default(0).interact_opt())
    }

    fn text(&mut self, prompt: &str) -> Result<Option<String>, Stop> {
        self.tell(&[Line::new(Role::Dim, prompt)])?;
        let typed: String = self.library(|theme| {
            dialoguer::Input::with_theme(theme).with_prompt("text").allow_empty(true).interact_text()
        })?;
        let rest = self.tty.rest_of_paste()?;
        let text = format!("{typed}\n{rest}");
        let text = without_brackets(text.trim());
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn confirm(&mut self, question: &str) -> Result<bool, Stop> {
        self.tell(&[Line::plain(question)])?;
        let sure = self.library(|theme| {
            dialoguer::Confirm::with_theme(theme).with_prompt("sure?").default(false).interact_opt()
        })?;
        Ok(sure == Some(true))
    }
}

impl Terminal {
    /// Clears the screen.
    pub fn clear(&mut self) -> io::Result<()> {
        put("\x1b[H\x1b[2J")
    }

    /// Reads one of the screen's choices, as [`Ask::read`] does, but stops with [`Stop::Woken`] as soon as `wakes` says so while no key
    /// is pressed. It is asked again and again.
    pub fn read_unless(&mut self, screen: &Screen, wakes: &mut dyn FnMut() -> bool) -> Result<Action, Stop> {
        self.read_while(screen, Some(wakes))
    }

    fn read_while(&mut self, screen: &Screen, mut wakes: Option<&mut dyn FnMut() -> bool>) -> Result<Action, Stop> {
        self.tty.drain();
        Tty::bracketed_paste(true);
        let patience = wakes.is_some().then_some(ASKED_AGAIN);
        loop {
            let first = match self.tty.read(patience)? {
                Input::Nothing if wakes.as_mut().is_some_and(|wakes| wakes()) => return Err(Stop::Woken),
                Input::Resized => {
                    self.redraw(screen)?;
                    continue;
                }
                Input::Key(Key::Paste(_)) => {
                    self.complain(NOT_USED)?;
                    continue;
                }
                Input::Key(Key::Char(c)) => c,
                Input::Key(_) | Input::Nothing => continue,
            };
            put(&one_line(&first.to_string()))?;
            let action = match self.tty.read(Some(WORD_BEGINS))? {
                Input::Nothing | Input::Resized => screen.key(first).ok_or(first.to_string()),
                Input::Key(Key::Enter) if self.is_pasted()? => continue,
                Input::Key(Key::Enter) => screen.choice(&first.to_string()).ok_or(first.to_string()),
                Input::Key(Key::Char(second)) => match self.rest_of_word(first, second)? {
                    Some(word) => screen.choice(&word).ok_or(word),
                    None => continue,
                },
                Input::Key(_) => Err(String::new()),
            };
            match action {
                Ok(action) => {
                    put("\n")?;
                    return Ok(action);
                }
                Err(typed) if typed.is_empty() => self.complain("")?,
                Err(typed) => {
                    self.complain(&format!("`{}` is none of the keys above", shorten(&one_line(&typed), 20)))?;
                }
            }
        }
    }

    /// Reads on after two letters in a row.
    fn rest_of_word(&mut self, first: char, second: char) -> Result<Option<String>, Stop> {
        let begun = format!("{first}{second}");
        put(&format!("\r\x1b[K> {}", one_line(&begun)))?;
        let Some(word) = self.word(begun)? else {
            put("\r\x1b[K> ")?;
            return Ok(None);
        };
        Ok(if self.is_pasted()? { None } else { Some(word) })
    }

    /// Tells whether more comes right after a line: then it was pasted, and all of it answers nothing.
    fn is_pasted(&mut self) -> Result<bool, Stop> {
        const NEXT_LINE: Duration = Duration::from_millis(30);
        if matches!(self.tty.read(Some(NEXT_LINE))?, Input::Nothing | Input::Resized) {
            return Ok(false);
        }
        self.tty.rest_of_paste()?;
        self.complain(NOT_USED)?;
        Ok(true)
    }

    /// Lets one be picked by its number, where the screen is too small for a list.
    fn pick_by_number(&mut self, title: &str, items: &[String]) -> Result<Option<usize>, Stop> {
        let mut lines = vec![Line::new(Role::Heading, title)];
        lines.extend(items.iter().enumerate().map(|(n, item)| Line::plain(one_line(item)).lead(format!("{}.", n + 1))));
        self.tell(&lines)?;
        loop {
            let Some(typed) = self.text("a number, or nothing to go back")? else { return Ok(None) };
            match typed.parse::<usize>() {
                Ok(n) if (1..=items.len()).contains(&n) => return Ok(Some(n - 1)),
                _ => self.complain(&format!("type a number from 1 to {}", items.len()))?,
            }
        }
    }
}

/// Returns how many columns the terminal has that standard output goes to.
pub fn columns() -> Option<usize> {
    Term::stdout().size_checked().map(|(_, columns)| usize::from(columns))
}
