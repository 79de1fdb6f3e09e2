//! Lines: the same walk as plain numbered lines, without an escape byte. For screen readers, pipes and dumb terminals.

use std::io::{self, BufRead, IsTerminal as _, Write};
use std::os::fd::{AsFd as _, OwnedFd};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::termios::{FlushArg, tcflush};

use super::{Action, Ask, Line, Role, Screen, Stop, guard};
use crate::text::one_line;

/// Columns a line has at most: what a mail or a braille line bears.
const WIDTH: usize = 80;

/// Milliseconds in which the next line of a paste comes.
const PASTE_MS: u16 = 60;

/// Shows lines and reads lines.
#[derive(Debug)]
pub struct Lines<R, W> {
    input: R,
    output: W,
    is_keyboard: bool,
    watch: Watch,
}

/// Whether signals are watched for.
#[derive(Debug)]
enum Watch {
    /// They are somebody else's matter.
    No,
    /// From the first read on.
    FromFirstRead,
    /// They are.
    Yes(#[expect(dead_code, reason = "closed when the front is")] OwnedFd),
}

impl<W: Write> Lines<io::StdinLock<'static>, io::BufWriter<W>> {
    /// Takes standard input, and standard output or error. `farewell` is said when a signal ends the process.
    pub fn standard(output: W, farewell: String) -> io::Result<Self> {
        guard::hold(None, farewell)?;
        let stdin = io::stdin();
        let is_keyboard = stdin.is_terminal();
        let output = io::BufWriter::new(output);
        Ok(Self { input: stdin.lock(), output, is_keyboard, watch: Watch::FromFirstRead })
    }
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Takes any input and output; nothing is known of how the input was typed.
    pub fn new(input: R, output: W) -> Self {
        Self { input, output, is_keyboard: false, watch: Watch::No }
    }

    fn line(&mut self) -> Result<String, Stop> {
        self.output.flush()?;
        if matches!(self.watch, Watch::FromFirstRead) {
            self.watch = Watch::Yes(guard::watch()?);
        }
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            return Err(Stop::Quit);
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(line.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Forgets what was typed at a keyboard before it was asked for.
    fn drain(&self) {
        if self.is_keyboard {
            let _ = tcflush(io::stdin().as_fd(), FlushArg::TCIFLUSH);
        }
    }

    /// Reads a line that answers; nothing when it is one of several that were pasted at a keyboard.
    fn answer(&mut self) -> Result<Option<String>, Stop> {
        let line = self.line()?;
        if self.pasted()?.is_empty() {
            return Ok(Some(line));
        }
        writeln!(self.output, "what you pasted was not used: type one number or word, or note (t) to keep it")?;
        Ok(None)
    }

    /// Takes the lines that are there already: what was pasted belongs together.
    fn pasted(&mut self) -> Result<String, Stop> {
        let mut more = String::new();
        while self.is_keyboard && is_waiting() {
            let line = self.line()?;
            more.push('\n');
            more.push_str(&line);
        }
        Ok(more)
    }

    /// Reads a text of any number of lines up to an empty one; nothing when there is none before it. At a keyboard an empty line
    /// amid what is pasted does not end it.
    pub fn paste(&mut self, prompt: &str) -> Result<Option<String>, Stop> {
        self.drain();
        Line::plain(prompt).wrap(WIDTH).iter().try_for_each(|line| writeln!(self.output, "{line}"))?;
        let mut text = String::new();
        loop {
            let line = match self.line() {
                Err(Stop::Quit) => break,
                line => line? + &self.pasted()?,
            };
            if line.trim().is_empty() {
                break;
            }
            text.push_str(&line);
            text.push('\n');
        }
        Ok((!text.trim().is_empty()).then_some(text))
    }

    fn ask_again(&mut self, typed: &str, screen: &Screen) -> Result<(), Stop> {
        let typed = crate::text::shorten(&one_line(typed), 40);
        if !typed.is_empty() {
            write!(self.output, "`{typed}` is none of the choices; ")?;
        }
        writeln!(self.output, "type a number or a word:")?;
        self.choices(screen)
    }

    fn say(&mut self, lines: &[Line]) -> Result<(), Stop> {
        for line in lines {
            if let Role::Progress { out, of } = line.role {
                let text = Line::plain(format!("{out} of {of} causes ruled out; {}", line.text));
                text.wrap(WIDTH).iter().try_for_each(|line| writeln!(self.output, "{line}"))?;
                continue;
            }
            line.wrap(WIDTH).iter().try_for_each(|line| writeln!(self.output, "{line}"))?;
        }
        Ok(())
    }

    fn choices(&mut self, screen: &Screen) -> Result<(), Stop> {
        let mut helps = Vec::new();
        for (n, choice) in screen.choices.iter().enumerate() {
            if choice.is_answer {
                writeln!(self.output, "{}. {} ({})", n + 1, choice.word, choice.key)?;
            } else {
                // A choice stays on one line.
                helps.push(format!("{}. {} ({})", n + 1, choice.word, choice.key).replace(' ', "\u{a0}"));
            }
        }
        for line in Line::plain(helps.join("  ")).wrap(WIDTH) {
            writeln!(self.output, "{}", line.replace('\u{a0}', " "))?;
        }
        Ok(())
    }
}

fn is_waiting() -> bool {
    let stdin = io::stdin();
    let mut ready = [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)];
    matches!(poll(&mut ready, PollTimeout::from(PASTE_MS)), Ok(n) if n > 0)
}

impl<R: BufRead, W: Write> Ask for Lines<R, W> {
    fn show(&mut self, screen: &Screen) -> Result<(), Stop> {
        self.drain();
        writeln!(self.output)?;
        self.say(&screen.lines)?;
        self.choices(screen)?;
        Ok(self.output.flush()?)
    }

    fn read(&mut self, screen: &Screen) -> Result<Action, Stop> {
        loop {
            let Some(line) = self.answer()? else { continue };
            match screen.choice(&line) {
                Some(action) => return Ok(action),
                None => self.ask_again(&line, screen)?,
            }
        }
    }

    fn tell(&mut self, lines: &[Line]) -> Result<(), Stop> {
        self.say(lines)?;
        Ok(self.output.flush()?)
    }

    fn pick(&mut self, title: &str, items: &[String]) -> Result<Option<usize>, Stop> {
        self.drain();
        writeln!(self.output, "{}", one_line(title))?;
        for (n, item) in items.iter().enumerate() {
            let line = Line::plain(one_line(item)).lead(format!("{}.", n + 1));
            line.wrap(WIDTH).iter().try_for_each(|line| writeln!(self.output, "{line}"))?;
        }
        writeln!(self.output, "type a number, or nothing to go back:")?;
        loop {
            let Some(line) = self.answer()? else { continue };
            let typed = line.trim();
            if typed.is_empty() || typed == "b" || typed == "back" {
                return Ok(None);
            }
            match typed.parse::<usize>() {
                Ok(n) if (1..=items.len()).contains(&n) => return Ok(Some(n - 1)),
                _ => writeln!(self.output, "type a number from 1 to {}, or nothing to go back:", items.len())?,
            }
        }
    }

    fn text(&mut self, prompt: &str) -> Result<Option<String>, Stop> {
        self.drain();
        writeln!(self.output, "{}:", one_line(prompt))?;
        let text = self.line()? + &self.pasted()?;
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn confirm(&mut self, question: &str) -> Result<bool, Stop> {
        self.drain();
        loop {
            writeln!(self.output, "{} (yes or no)", one_line(question))?;
            let Some(line) = self.answer()? else { continue };
            match line.trim().to_lowercase().as_str() {
                "y" | "yes" | "1" => return Ok(true),
                "n" | "no" | "2" | "" => return Ok(false),
                _ => {}
            }
        }
    }
}
