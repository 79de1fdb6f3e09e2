//! Write: the flow's first draft, whole and good for `rootwalk check`, with a mark wherever a person has to decide.

use super::plan::{Cause, Plan, Step, plan};
use super::ron::{Lines, list, literal};
use super::{Article, Entry, Fact};
use crate::flow::Severity;
use crate::text::shorten;

/// Begins each comment that asks somebody to decide.
pub const MARK: &str = "DECIDE:";

/// Holds the draft of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text of the file.
    pub text: String,
    /// How many marks are in it.
    pub marks: usize,
    /// What the article did not say, and what was written instead and where.
    pub missing: Vec<String>,
}

/// Writes the flow of an article as it stands on a day; `name` says where the article came from.
pub fn write(article: &Article, name: &str, today: jiff::civil::Date) -> Draft {
    let plan = plan(article);
    let mut draft = Writer { out: Lines::default(), missing: Vec::new() };
    let out = &mut draft.out;
    out.line("#![enable(implicit_some)]");
    out.line(&format!("// A draft from {}. It can be checked and walked, but it is not finished:", literal(name)));
    out.line("// each DECIDE asks for what only somebody who knows the error can say. Delete the comment once it is decided.");
    out.open("Flow(");
    out.line("format: 1,");
    out.field("id", &article.id);
    draft.error(article, name, today);
    draft.causes(&plan, article.causes.is_empty());
    draft.steps(&plan, article.steps.is_empty());
    draft.questions(&plan);
    draft.faq(&article.faq, &plan);
    draft.rehearsals(&plan);
    draft.out.close(")");
    Draft { text: draft.out.text, marks: draft.out.marks, missing: draft.missing }
}

struct Writer {
    out: Lines,
    missing: Vec<String>,
}

impl Writer {
    /// Writes a fact of the error; what is not said becomes a mark and is told.
    fn fact(&mut self, name: &str, fact: &Fact<String>, instead: &str, what: &str) {
        let field = |text: &str| format!("{name}: {}", literal(text));
        match fact {
            Fact::Said(text) => self.out.line(&format!("{},", field(text))),
            Fact::Guessed(text) => {
                let line = self.out.decide(&field(text), &format!("a guess; {what}"));
                self.missing.push(format!("no {name}: {} is a guess (line {line})", literal(&shorten(text, 60))));
            }
            Fact::Missing => {
                let line = self.out.decide(&field(instead), what);
                self.missing.push(format!("no {name}: {} was written (line {line})", literal(instead)));
            }
        }
    }

    fn error(&mut self, article: &Article, name: &str, today: jiff::civil::Date) {
        self.out.open("error: (");
        let title = article.title.known().map_or(article.id.as_str(), String::as_str);
        self.fact("code", &article.code, title, "the code as the product prints it");
        match &article.title {
            Fact::Said(title) => {
                self.out.decide(&format!("title: {}", literal(title)), "say in a few words what goes wrong");
            }
            title => self.fact("title", title, &article.id, "say in a few words what goes wrong"),
        }
        self.fact("product", &article.product, "unknown", "where the error occurs");
        self.fact("category", &article.category, "other", "what kind of error it is, such as authentication");
        if let Some(severity) = article.severity.known() {
            self.out.line(&format!("severity: {severity:?},"));
        } else {
            let line = self.out.decide(&format!("severity: {:?}", Severity::Medium), "Critical, High, Medium or Low");
            self.missing.push(format!("no severity: Medium was written (line {line})"));
        }
        self.fact(
            "meaning",
            &article.meaning,
            "Nobody has written yet what this error means.",
            "what the error means, in two or three sentences",
        );
        match article.signatures.as_slice() {
            [] => {
                self.out.decide(
                    "signatures: []",
                    "fixed parts of the product's message, without what changes from case to case",
                );
            }
            signatures => {
                self.out
                    .mark("are these fixed parts of the product's message, without what changes from case to case?");
                self.out.open("signatures: [");
                signatures.iter().for_each(|signature| self.out.line(&format!("{},", literal(signature))));
                self.out.close("],");
            }
        }
        let source = article.source.known().map_or(name, String::as_str);
        self.out.decide(&format!("source: {}", literal(source)), "where the facts come from");
        self.out.decide(&format!("checked: \"{today}\""), "the day you checked the facts against the source");
        self.out.close("),");
    }

    fn causes(&mut self, plan: &Plan, are_missing: bool) {
        let step_ids = |steps: &[usize]| list(steps.iter().map(|&step| plan.steps[step].id.as_str()));
        let out = &mut self.out;
        if are_missing {
            out.mark("these two stand in for the causes that have to be written");
            self.missing.push("no causes: two were written that stand in for them".to_owned());
        } else {
            out.mark("the causes come in the article's order; an id says in two or three words what is wrong");
        }
        out.open("causes: {");
        for Cause { id, title, why, fix, is_fix_guessed, prevent, .. } in &plan.causes {
            out.open(&format!("{}: (", literal(id)));
            out.field("title", title);
            out.decide(&format!("why: {}", literal(why)), "say how this makes the error");
            out.decide("likelihood: Occasional", "Common, Occasional or Rare");
            let question = if *is_fix_guessed {
                "the article says of no step that it removes this cause; which do, and in which order?"
            } else {
                "which steps remove this cause, and in which order?"
            };
            out.decide(&format!("fix: {}", step_ids(fix)), question);
            out.mark("add `verify: \"…\"`, what to see when the fix worked");
            if !prevent.is_empty() {
                out.decide(&format!("prevent: {}", step_ids(prevent)), "does this keep the cause from coming back?");
            }
            out.close("),");
        }
        out.close("},");
    }

    fn steps(&mut self, plan: &Plan, are_missing: bool) {
        if are_missing {
            self.missing.push("no steps: each cause has one that has to be written".to_owned());
        }
        let out = &mut self.out;
        out.open("steps: {");
        for Step { id, title, text, command, effort, risk, is_made_up } in &plan.steps {
            out.open(&format!("{}: (", literal(id)));
            out.field("title", title);
            if *is_made_up {
                out.decide(&format!("text: {}", literal(text)), "say what to do, and where");
            } else {
                out.field("text", text);
            }
            if let Some(command) = command {
                out.decide(
                    &format!("command: {}", literal(command)),
                    "is this what to copy? <placeholders> in angle brackets",
                );
            }
            out.decide(&format!("effort: {effort:?}"), "Minutes, Hours or Days");
            out.decide(
                &format!("risk: {risk:?}"),
                "Safe, Disruptive or Irreversible; what is not Safe needs a `warning`",
            );
            out.close("),");
        }
        out.close("},");
    }

    fn questions(&mut self, plan: &Plan) {
        let out = &mut self.out;
        out.mark("one question a cause, in the article's order; ask first what is quick to see and rules out most");
        out.field("start", &plan.causes[0].question_id);
        out.open("questions: {");
        for (n, cause) in plan.causes.iter().enumerate() {
            let question = &cause.question;
            out.open(&format!("{}: (", literal(&cause.question_id)));
            if question.is_double {
                out.mark("these are two facts; ask for one of them, or write two questions");
            }
            out.decide(
                &format!("ask: {}", literal(&question.ask)),
                "one fact that a person can see in minutes, in under 25 words",
            );
            match cause.find_out.as_slice() {
                [] => out
                    .mark("add `find_out: [\"…\"]`, the steps that find the answer out, then `why`, `say` and `agent`"),
                steps => {
                    let ids = list(steps.iter().map(|&step| plan.steps[step].id.as_str()));
                    out.decide(
                        &format!("find_out: {ids}"),
                        "do these steps find the answer out? Add `why`, `say` and `agent`",
                    );
                }
            }
            let verdict = format!("Cause({})", literal(&cause.id));
            let next = plan.causes.get(n + 1).map(|next| format!("Ask({})", literal(&next.question_id)));
            let to_cause = if question.is_yes { "yes" } else { "no" };
            let write = |out: &mut Lines, answer: &str| match &next {
                _ if answer == to_cause => out.line(&format!("{answer}: {verdict},")),
                Some(next) => out.line(&format!("{answer}: {next},")),
                None => {
                    out.decide(
                        &format!("{answer}: Escalate({})", literal(ESCALATION)),
                        "who takes it then, and what do they need?",
                    );
                }
            };
            write(out, "yes");
            write(out, "no");
            out.close("),");
        }
        out.close("},");
    }

    fn faq(&mut self, faq: &[Entry], plan: &Plan) {
        if faq.is_empty() {
            self.missing.push("no FAQ".to_owned());
            return;
        }
        self.out.open("faq: [");
        let mut unanswered = 0;
        for (Entry { question, answer }, help) in faq.iter().zip(&plan.helps) {
            self.out.open("(");
            self.out.field("question", question);
            if let Some(answer) = answer {
                self.out.field("answer", answer);
            } else {
                unanswered += 1;
                self.out.decide("answer: \"The article has no answer.\"", "answer it, or delete the entry");
            }
            match help {
                Some(cause) => {
                    let helps = format!("helps: [Cause({})]", literal(&plan.causes[*cause].id));
                    self.out.decide(&helps, "is that where it helps? It may name questions and causes");
                }
                None => self.out.mark("add `helps: [Question(\"…\"), Cause(\"…\")]`, where it helps"),
            }
            self.out.close("),");
        }
        self.out.close("],");
        match unanswered {
            0 => {}
            1 => self.missing.push("no answer to 1 FAQ question".to_owned()),
            many => self.missing.push(format!("no answer to {many} FAQ questions")),
        }
    }

    /// Writes one walk to each cause: the answers of all questions before it, and its own.
    fn rehearsals(&mut self, plan: &Plan) {
        let out = &mut self.out;
        out.mark("name each rehearsal after the situation of a real person");
        out.open("rehearsals: [");
        for (n, cause) in plan.causes.iter().enumerate() {
            let answer = |(at, cause): (usize, &Cause)| {
                let is_yes = cause.question.is_yes == (at == n);
                format!("{}: {}", literal(&cause.question_id), if is_yes { "Yes" } else { "No" })
            };
            let answers: Vec<String> = plan.causes[..=n].iter().enumerate().map(answer).collect();
            out.open("(");
            out.field("name", &cause.title);
            out.line(&format!("answers: {{{}}},", answers.join(", ")));
            out.line(&format!("ends: Cause({}),", literal(&cause.id)));
            out.close("),");
        }
        out.close("],");
    }
}

/// What is said where no cause of the article is left.
const ESCALATION: &str = "None of the known causes fits. Hand it over with the whole error message, the time of the failure and these answers.";
