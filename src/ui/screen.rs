//! A screen as a value: what is said and what can be chosen. The fronts only differ in how they show it.

use crate::flow::Answer;
use crate::walk::Mark;

/// Holds what is shown at one moment and what can be chosen then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// What is asked, for a front that answers by itself.
    pub subject: Subject,
    /// What is said, from top to bottom.
    pub lines: Vec<Line>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// Names what a screen asks, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A question.
    Question(String),
    /// Whether the fix of a cause worked, or a step of it.
    Fix(String),
    /// Whether to go on in another flow.
    HandOff(String),
    /// Whether to escalate.
    Escalation,
}

/// Holds one paragraph, with no line feed of meaning in it but in commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is to the reader.
    pub role: Role,
    /// What stands before it: a number, a label, a bullet; further lines are indented by its width.
    pub lead: String,
    /// The text; may be empty.
    pub text: String,
    /// Columns to the right.
    pub indent: usize,
}

/// Says what a line is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The error a walk is about.
    Header,
    /// What is asked.
    Question,
    /// What to read to a customer.
    Say,
    /// What whoever answers should know.
    Agent,
    /// A heading.
    Heading,
    /// Anything else.
    Plain,
    /// Less important.
    Dim,
    /// A command to copy; never wrapped.
    Command,
    /// A danger.
    Warning,
    /// Good news.
    Good,
    /// How far the walk is: causes ruled out, all causes, least and most questions to come.
    Progress {
        /// Causes ruled out or tried.
        out: usize,
        /// All causes.
        of: usize,
    },
}

/// Holds one thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The key.
    pub key: char,
    /// The word shown, also typed.
    pub word: &'static str,
    /// Other words that mean it.
    pub also: &'static [&'static str],
    /// What it does.
    pub action: Action,
    /// Whether it answers what is asked; the others help.
    pub is_answer: bool,
}

/// Says what was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Answer the question.
    Answer(Answer),
    /// Mark the step.
    Mark(Mark),
    /// Look now whether the fix worked, whatever steps are left.
    Verify,
    /// The fix worked.
    Fixed,
    /// The fix did not work.
    NotFixed,
    /// The fix has to show its effect first.
    Later,
    /// Go on in the other flow.
    Accept,
    /// Go on looking here.
    Refuse,
    /// End without a fix.
    Close,
    /// Take the last answer back.
    Back,
    /// Say why this is asked.
    Why,
    /// Say how to find out.
    How,
    /// Write something down.
    Note,
    /// Show the causes.
    Causes,
    /// Change an earlier answer.
    Revise,
    /// Escalate.
    Escalate,
    /// Leave; everything is saved.
    Quit,
    /// Show the choices.
    Help,
}

impl Line {
    /// Makes a line.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, lead: String::new(), text: text.into(), indent: 0 }
    }

    /// Makes a plain line.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Role::Plain, text)
    }

    /// Makes an empty line.
    pub fn empty() -> Self {
        Self::plain("")
    }

    /// Makes a heading with an empty line before it.
    pub fn heading(text: impl Into<String>) -> [Self; 2] {
        [Self::empty(), Self::new(Role::Heading, text)]
    }

    /// Puts something before the text.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = lead.into();
        self
    }

    /// Moves the line to the right.
    #[must_use]
    pub fn indent(mut self, columns: usize) -> Self {
        self.indent = columns;
        self
    }

    /// Returns the line as wrapped, harmless text lines, at most `width` columns wide where words allow.
    pub fn wrap(&self, width: usize) -> Vec<String> {
        let text = crate::text::visible(&self.text);
        let lead = crate::text::one_line(&self.lead);
        let lead = if lead.is_empty() { lead } else { lead + " " };
        let left = if width < 30 { 0 } else { self.indent };
        let first = format!("{}{lead}", " ".repeat(left));
        let rest = " ".repeat(if width < 30 { 0 } else { unicode_width::UnicodeWidthStr::width(first.as_str()) });
        if self.role == Role::Command {
            return text.lines().map(|line| format!("{first}{line}")).collect();
        }
        let mut lines = Vec::new();
        for (n, paragraph) in text.split('\n').enumerate() {
            let options = textwrap::Options::new(width.max(8))
                .initial_indent(if n == 0 { &first } else { &rest })
                .subsequent_indent(&rest)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            lines.extend(textwrap::wrap(paragraph, options).into_iter().map(|line| line.trim_end().to_owned()));
        }
        lines
    }
}

impl Screen {
    /// Finds the choice that a word names: its key, its word, another word for it, or the number in front of it.
    pub fn choice(&self, typed: &str) -> Option<Action> {
        let typed = typed.trim().to_lowercase();
        let is_it = |(n, choice): &(usize, &Choice)| {
            let key = choice.key.to_string();
            typed == key
                || typed == choice.word
                || choice.also.contains(&typed.as_str())
                || typed == (n + 1).to_string()
        };
        self.choices.iter().enumerate().find(is_it).map(|(_, choice)| choice.action)
    }

    /// Finds the choice of a key.
    pub fn key(&self, key: char) -> Option<Action> {
        let key = key.to_lowercase().next().unwrap_or(key);
        self.choices.iter().find(|choice| choice.key == key).map(|choice| choice.action)
    }
}
