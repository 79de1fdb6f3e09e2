//! An analysis as text for the author of the flow: the headline first, the orders side by side, what it bears, what to change.

use std::fmt::Write as _;

use super::advice::NOTHING;
use super::robustness::can_be_walked;
use super::{Analysis, Change, Cost, Instead};
use crate::diag::named;
use crate::flow::{Answer, Effort, Flow, Likelihood, QuestionIx};
use crate::graph::bands;
use crate::text::{number, one_line};

const WIDTH: usize = 100;

/// As many answers of a way are named.
const MOST_NAMED: usize = 4;

/// Writes an analysis for a person.
pub fn plain(analysis: &Analysis<'_>) -> String {
    let flow = analysis.measured.flow();
    let title = format!("{} · {}", one_line(&flow.error().code), one_line(&flow.error().title));
    let mut out = format!("{}\n\n{}\n", fill(&title, ""), headline(analysis));
    out.push_str(&table(analysis));
    out.push_str(&robustness(analysis));
    out.push_str(&what_to_change(analysis));
    out.push_str(&how(analysis));
    out
}

fn headline(analysis: &Analysis<'_>) -> String {
    let (now, best) = (analysis.authored.cost.expected_minutes, analysis.comparison.best.expected_minutes);
    let against = match &analysis.comparison.optimum {
        Some(_) if now - best < NOTHING => "no order of its questions and fixes takes less".to_owned(),
        Some(_) => format!("the best order of its questions and fixes takes {}", duration(best)),
        None if now - best < NOTHING => "no better order was found".to_owned(),
        None => format!("the best order found takes {}", duration(best)),
    };
    let proof = analysis.comparison.proof.in_words("outcomes");
    fill(&format!("From the first question to the right fix: {} on average; {against} ({proof}).", duration(now)), "")
}

fn table(analysis: &Analysis<'_>) -> String {
    let comparison = &analysis.comparison;
    let best = if comparison.optimum.is_some() { "the best order there is" } else { "the best order found" };
    let rows = [
        ("the flow as it is", analysis.authored.cost),
        ("the fixes in the article's order", comparison.fixes_in_order),
        ("greedy: the best next step", comparison.greedy),
        (best, comparison.best),
    ];
    let right_fix = analysis.measured.instance().right_fix_minutes();
    let mut out = format!(
        "\n{:<32} {:>29}   {:>22}\n{:<32} {:>7} {:>7} {:>13}   {:>6} {:>8} {:>6}\n",
        "", "minutes a walk", "questions a walk", "", "all", "asking", "wrong fixes", "least", "average", "most"
    );
    for (name, cost) in rows {
        let Cost { expected_minutes: all, asking_minutes: asking, questions } = cost;
        let wrong = (all - asking - right_fix).max(0.0);
        let _ = writeln!(
            out,
            "{name:<32} {all:>7.1} {asking:>7.1} {wrong:>13.1}   {:>6} {:>8.1} {:>6}",
            questions.least, questions.expected, questions.most
        );
    }
    let bits = comparison.entropy_bits;
    let least = if comparison.optimum.is_none() || comparison.least_minutes > right_fix {
        format!(" No order can do with less than {:.1} minutes.", comparison.least_minutes)
    } else {
        String::new()
    };
    let below = format!(
        "{right_fix:.1} minutes of each are the right fix itself. There are {bits:.1} bits to find out: even the best \
         conceivable yes/no questions would need that many answers on average.{least}"
    );
    let _ = writeln!(out, "{}", fill(&below, ""));
    out
}

fn robustness(analysis: &Analysis<'_>) -> String {
    let Some(robustness) = &analysis.robustness else {
        let why = if can_be_walked(&analysis.measured) {
            "Its walks are too long to say how well it bears wrong answers."
        } else {
            "No answers lead to a cause, so nobody was walked."
        };
        return format!("\n{why}\n");
    };
    let mut out = format!("\n{:<32} {:>8} {:>15}\n", "The right cause is the verdict", "first", "within three");
    for found in &robustness.found {
        let noise = match (found.noise.wrong_percent, found.noise.unsure_percent) {
            (wrong, 0) => format!("with {wrong} % wrong answers"),
            (0, unsure) => format!("with {unsure} % not sure"),
            (wrong, unsure) => format!("with {wrong} % wrong, {unsure} % not sure"),
        };
        let share = |count: u32| format!("{:.1} %", f64::from(count) * 100.0 / f64::from(robustness.walks.max(1)));
        let _ = writeln!(out, "{noise:<32} {:>8} {:>15}", share(found.first), share(found.within_three));
    }
    let walks = number(robustness.walks.into());
    let _ = writeln!(out, "(of {walks} walks each, seed {})", robustness.seed);
    out
}

fn what_to_change(analysis: &Analysis<'_>) -> String {
    let flow = analysis.measured.flow();
    let gap = analysis.authored.cost.expected_minutes - analysis.comparison.best.expected_minutes;
    let text = match &analysis.changes {
        None => "What to change is only said where the best order is known.".to_owned(),
        Some(_) if gap < NOTHING => "Nothing to change: the order is already the best there is.".to_owned(),
        Some(changes) if changes.is_empty() => {
            format!("Nothing to change that matters: the {gap:.1} minutes to the best order are spread thinly.")
        }
        Some(changes) => {
            let mut out = "\nWhat to change, the most saved first (a suggestion: the order stays yours):\n".to_owned();
            for (n, change) in changes.iter().enumerate() {
                out.push_str(&fill(&format!("{}. {}", n + 1, sentence(flow, change)), "   "));
                out.push('\n');
            }
            out.push_str("With `--write` it prints the questions in the best order, ready to paste.\n");
            return out;
        }
    };
    format!("\n{}\n", fill(&text, ""))
}

fn sentence(flow: &Flow, change: &Change) -> String {
    let id = |question: QuestionIx| named(&flow.question(question).id);
    let asked = id(change.asked);
    let what = match change.instead {
        Instead::Ask(question) => format!("Asking {} before {asked}", id(question)),
        Instead::Try(cause) => format!("Trying the fix of {} before asking {asked}", named(&flow.cause(cause).id)),
        Instead::LeaveOut { .. } => format!("Not asking {asked}"),
    };
    let unknown = |what: &str| {
        format!(": nothing possible there is known to answer {what}. If something does, say so with `expects`.")
    };
    let why = match change.instead {
        Instead::LeaveOut { nobody_says: Some(answer) } => unknown(answer.word()),
        Instead::LeaveOut { nobody_says: None } => unknown("either yes or no"),
        Instead::Ask(_) | Instead::Try(_) => ".".to_owned(),
    };
    let answer = |&(question, answer): &(QuestionIx, Answer)| format!("{} {answer}", id(question));
    let skipped = change.after.len().saturating_sub(MOST_NAMED);
    let way: Vec<String> = change.after.iter().skip(skipped).map(answer).collect();
    let way = match (way.is_empty(), skipped) {
        (true, _) => "at the start".to_owned(),
        (false, 0) => format!("after {}", way.join(", ")),
        (false, _) => format!("after …, {}", way.join(", ")),
    };
    let unit = if format!("{:.1}", change.saves) == "1.0" { "minute" } else { "minutes" };
    format!("{what} saves {:.1} {unit} a walk ({way}){why}", change.saves)
}

fn how(analysis: &Analysis<'_>) -> String {
    let (known, all) = analysis.measured.instance().known_answers();
    let unknown = if known == all {
        "Each outcome's answer to each question is known.".to_owned()
    } else {
        format!(
            "Known are {known} of the {all} answers that the outcomes could give to the questions, from the graph and from `expects`; \
             the others count as either."
        )
    };
    let text = format!(
        "How it is counted: common, occasional and rare weigh {}, {} and {}; a step takes {} minutes, {} hours or {} (two \
         working days); a question with nothing to look up {} minute; a hand-off or escalation counts as rare and takes \
         none. {unknown}",
        bands::weight(Likelihood::Common),
        bands::weight(Likelihood::Occasional),
        bands::weight(Likelihood::Rare),
        bands::minutes(Effort::Minutes),
        bands::minutes(Effort::Hours) / 60,
        bands::minutes(Effort::Days) / 60,
        bands::BARE_QUESTION,
    );
    format!("\n{}\n", fill(&text, ""))
}

/// Minutes as a person says them.
fn duration(minutes: f64) -> String {
    if minutes < 100.0 {
        return format!("{minutes:.1} minutes");
    }
    let hours = (minutes / 60.0).floor();
    let rest = (minutes - hours * 60.0).round();
    if rest >= 60.0 { format!("{:.0} h", hours + 1.0) } else { format!("{hours:.0} h {rest:.0} min") }
}

fn fill(text: &str, indent: &str) -> String {
    let whole_words = textwrap::WordSplitter::NoHyphenation;
    textwrap::fill(text, textwrap::Options::new(WIDTH).subsequent_indent(indent).word_splitter(whole_words))
}
