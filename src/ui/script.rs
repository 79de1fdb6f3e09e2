//! Script: a front that answers from what was given in advance, shows nothing, and stops where an answer is missing.

use super::{Action, Ask, Line, Screen, Stop, Subject};
use crate::flow::{Answer, Answers, FixResult, Flow};

/// Answers from a script.
#[derive(Debug)]
pub struct Script {
    answers: Vec<(String, Answer)>,
    fixes: Vec<(String, FixResult)>,
}

impl Script {
    /// Takes the answers to one flow.
    pub fn new(flow: &Flow, script: &Answers) -> Self {
        Self {
            answers: script.answers.iter().map(|&(ix, answer)| (flow.question(ix).id.clone(), answer)).collect(),
            fixes: script.fixes.iter().map(|&(ix, result)| (flow.cause(ix).id.clone(), result)).collect(),
        }
    }
}

impl Ask for Script {
    fn show(&mut self, _: &Screen) -> Result<(), Stop> {
        Ok(())
    }

    fn read(&mut self, screen: &Screen) -> Result<Action, Stop> {
        fn get<T: Copy>(list: &[(String, T)], id: &str) -> Result<T, Stop> {
            list.iter().find(|(known, _)| known == id).map(|&(_, value)| value).ok_or(Stop::NoAnswer)
        }
        match &screen.subject {
            Subject::Question(id) => get(&self.answers, id).map(Action::Answer),
            Subject::Fix(id) => get(&self.fixes, id).map(|result| match result {
                FixResult::Fixed => Action::Fixed,
                FixResult::NotFixed => Action::NotFixed,
            }),
            // Another flow has questions of its own, which the script knows nothing of.
            Subject::HandOff(_) => Err(Stop::NoAnswer),
            Subject::Escalation => Ok(Action::Escalate),
        }
    }

    fn tell(&mut self, _: &[Line]) -> Result<(), Stop> {
        Ok(())
    }

    fn pick(&mut self, _: &str, _: &[String]) -> Result<Option<usize>, Stop> {
        Ok(None)
    }

    fn text(&mut self, _: &str) -> Result<Option<String>, Stop> {
        Ok(None)
    }

    fn confirm(&mut self, _: &str) -> Result<bool, Stop> {
        Ok(true)
    }
}
