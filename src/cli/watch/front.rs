//! The front of a watched flow: the terminal, with what was found on top, that stops waiting when the file changes.

use super::file::Watched;
use crate::diag::Findings;
use crate::text::one_line;
use crate::ui::{Action, Ask, Choice, Line, Role, Screen, Stop, Subject, Terminal};

/// As many findings are shown; the rest is counted.
const SHOWN: usize = 4;

/// What is shown on top after a save.
pub(super) struct Top {
    pub(super) summary: String,
    pub(super) is_clean: bool,
    pub(super) findings: Vec<String>,
    pub(super) news: Option<String>,
    /// Whether the news are that the walk does not go on as it was.
    pub(super) is_moved: bool,
}

/// Shows a walk on a terminal for as long as the file stays as it is.
pub(super) struct Watching<'a> {
    terminal: Terminal,
    watched: &'a mut Watched,
    top: Option<Top>,
    /// Whether the screen shown last stands there still.
    pub(super) is_again: bool,
}

impl<'a> Watching<'a> {
    pub(super) fn new(terminal: Terminal, watched: &'a mut Watched) -> Self {
        Self { terminal, watched, top: None, is_again: false }
    }

    /// Clears the screen before the next one and puts this above it.
    pub(super) fn put_on_top(&mut self, top: Top) {
        self.top = Some(top);
    }

    /// Waits until the file changes, or for one of two keys.
    pub(super) fn wait(&mut self, has_ended: bool) -> Result<Action, Stop> {
        let choice = |key, word, action| Choice { key, word, also: &[], action, is_answer: false };
        let (text, mut choices) = if has_ended {
            (
                "The walk has ended. Save the file to go on with another version.",
                vec![choice('b', "back", Action::Back)],
            )
        } else {
            ("This version cannot be walked. Mend the file and save it.", Vec::new())
        };
        choices.push(choice('q', "quit", Action::Quit));
        let screen = Screen { subject: Subject::Escalation, lines: vec![Line::plain(text)], choices };
        self.show(&screen)?;
        self.read(&screen)
    }
}

impl Ask for Watching<'_> {
    fn show(&mut self, screen: &Screen) -> Result<(), Stop> {
        if let Some(top) = self.top.take() {
            self.terminal.clear()?;
            self.terminal.tell(&top.lines())?;
        } else if std::mem::take(&mut self.is_again) {
            return Ok(());
        }
        self.terminal.show(screen)
    }

    fn read(&mut self, screen: &Screen) -> Result<Action, Stop> {
        let watched = &mut *self.watched;
        self.terminal.read_unless(screen, &mut || watched.has_changed())
    }

    fn tell(&mut self, lines: &[Line]) -> Result<(), Stop> {
        self.terminal.tell(lines)
    }

    fn pick(&mut self, title: &str, items: &[String]) -> Result<Option<usize>, Stop> {
        self.terminal.pick(title, items)
    }

    fn text(&mut self, prompt: &str) -> Result<Option<String>, Stop> {
        self.terminal.text(prompt)
    }

    fn confirm(&mut self, question: &str) -> Result<bool, Stop> {
        self.terminal.confirm(question)
    }
}

impl Top {
    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::new(if self.is_clean { Role::Good } else { Role::Warning }, &*self.summary)];
        lines.extend(self.findings.iter().map(|finding| Line::plain(&**finding).indent(2)));
        let role = if self.is_moved { Role::Warning } else { Role::Dim };
        lines.extend(self.news.iter().map(|news| Line::new(role, &**news)));
        lines
    }
}

/// Says the first findings in a line each, and how many more there are.
pub(super) fn short(findings: &Findings) -> Vec<String> {
    let all = &findings.diagnostics;
    let say = |found: &crate::diag::Diagnostic| {
        let (file, position) = findings.source.place(found.at.start);
        let other = if file == findings.source.name() { String::new() } else { format!("{file}:") };
        let severity = found.code.severity().name();
        let help = found.help.as_ref().map_or_else(String::new, |help| format!(" — {help}"));
        let (line, column) = (position.line, position.column);
        one_line(&format!("{other}{line}:{column}: {severity}[{}]: {}{help}", found.code, found.message))
    };
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(say).collect();
    if all.len() > SHOWN {
        lines.push(format!("and {} more: rootwalk check says all", all.len() - SHOWN));
    }
    lines
}
