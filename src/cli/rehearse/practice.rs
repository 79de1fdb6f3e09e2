//! `rootwalk rehearse --practice`: an agent questions a customer whose cause is hidden. Nothing of it is stored.

use std::io;
use std::path::Path;

use super::super::args;
use super::super::error::{Exit, Failure};
use super::super::open::{find_cause, open_flow};
use super::super::settings::{Settings, wants_plain};
use super::super::walk::quoted;
use crate::flow::{Answer, CauseIx, FixResult, Flow, QuestionIx};
use crate::graph::{Ranking, Reach};
use crate::rehearse::{Cost, Move, Practice, draw};
use crate::search;
use crate::text::plural;
use crate::ui::{Ask, Line, Lines, Role, Stop, Terminal};

/// Numbers that are drawn stay short, so that a person can type one again.
const SEEDS: u64 = 10_000;

/// What an agent can do.
#[derive(Debug, Clone, Copy)]
enum Does {
    Ask(QuestionIx),
    Fix(CauseIx),
    GiveUp,
}

/// An entry of the list.
struct Choice {
    text: String,
    does: Does,
    is_done: bool,
}

pub(super) fn practise(settings: &Settings, error: &str, args: &args::Practising) -> Result<Exit, Failure> {
    let mut front = Front::choose(settings, args.plain)?;
    let opened = open_flow(settings, error)?;
    let (flow, ranking) = (opened.edition.flow(), opened.edition.ranking());
    let reach = Reach::of(flow);
    let chosen = args.cause.as_deref().map(|id| find_cause(flow, id)).transpose()?;
    let mut seed = match args.seed {
        Some(seed) => seed,
        None => random()? % SEEDS,
    };
    let mut best: Option<u32> = None;
    loop {
        let mut practice = Practice::begin(flow, &reach, chosen.unwrap_or_else(|| draw(flow, seed)));
        let left = match front.practise(flow, &mut practice, chosen.is_none().then_some(seed)) {
            Ok(left) => left,
            Err(Stop::Quit | Stop::NoAnswer | Stop::Woken) => Exit::No,
            Err(Stop::Signal(signal)) => return Ok(Exit::Signal(signal)),
            Err(Stop::Io(error)) => return Err(Failure::Terminal(error)),
        };
        let lines = review(flow, ranking, &practice, &mut best);
        if let Err(Stop::Io(error)) = front.ask().tell(&lines) {
            return Err(Failure::Terminal(error));
        }
        let is_over = chosen.is_some() || !practice.is_solved();
        if is_over || !goes_on(front.ask()) {
            let which =
                args.cause.as_ref().map_or_else(|| format!("--seed {seed}"), |cause| format!("--cause {cause}"));
            let again = format!("rootwalk rehearse --practice {} {which}", quoted(Path::new(error)));
            let lines = [Line::plain("Once more with this customer:"), Line::new(Role::Command, again).indent(2)];
            let _ = front.ask().tell(&lines);
            return Ok(left);
        }
        seed = if args.seed.is_some() { seed.wrapping_add(1) } else { random()? % SEEDS };
        seed = another(flow, practice.hidden(), seed);
    }
}

fn goes_on(ask: &mut dyn Ask) -> bool {
    let items = ["Another customer", "Enough for now"].map(str::to_owned);
    matches!(ask.pick("Once more?", &items), Ok(Some(0)))
}

/// Returns the next number that draws another cause than the one found just now, if one of the next does.
fn another(flow: &Flow, found: CauseIx, seed: u64) -> u64 {
    const NEXT: u64 = 100;
    (seed..seed.saturating_add(NEXT)).find(|&seed| draw(flow, seed) != found).unwrap_or(seed)
}

fn random() -> Result<u64, Failure> {
    getrandom::u64().map_err(|error| Failure::Terminal(io::Error::other(error)))
}

/// The front that suits where the program runs.
enum Front {
    Terminal(Terminal),
    Lines(Lines<io::StdinLock<'static>, io::BufWriter<io::Stdout>>),
}

impl Front {
    fn choose(settings: &Settings, plain: bool) -> Result<Self, Failure> {
        if wants_plain(plain) {
            return Lines::standard(io::stdout(), String::new()).map(Self::Lines).map_err(Failure::Terminal);
        }
        if !Terminal::is_there() {
            return Err(Failure::NeedsTerminal);
        }
        Terminal::open(settings.use_colors(&io::stderr()), String::new()).map(Self::Terminal).map_err(Failure::Terminal)
    }

    fn ask(&mut self) -> &mut dyn Ask {
        match self {
            Self::Terminal(terminal) => terminal,
            Self::Lines(lines) => lines,
        }
    }

    /// Lets the agent ask and try until the right fix is tried, or until it is given up.
    fn practise(&mut self, flow: &Flow, practice: &mut Practice<'_>, seed: Option<u64>) -> Result<Exit, Stop> {
        self.ask().tell(&opening(flow, seed))?;
        while !practice.is_solved() {
            let said = match self.pick(flow, practice)? {
                Does::Ask(question) => asked(flow, practice, question),
                Does::Fix(cause) => tried(flow, practice, cause),
                Does::GiveUp => return Ok(Exit::No),
            };
            // At a terminal the choice stands there already.
            let said = if matches!(self, Self::Terminal(_)) { &said[1..] } else { &said };
            self.ask().tell(said)?;
        }
        Ok(Exit::Done)
    }

    fn pick(&mut self, flow: &Flow, practice: &Practice<'_>) -> Result<Does, Stop> {
        let mut choices = choices(flow, practice);
        match self {
            Self::Terminal(terminal) => {
                choices.sort_by_key(|choice| choice.is_done);
                let items: Vec<String> = choices.iter().map(|choice| choice.text.clone()).collect();
                let title = "Ask something or try a fix: arrows and Enter, or type a few letters (fix: the fixes). Esc gives up.";
                let picked = terminal.pick_filtered(title, &items, &|typed| search::containing(typed, &items))?;
                Ok(picked.map_or(Does::GiveUp, |n| choices[n].does))
            }
            Self::Lines(lines) => {
                let items: Vec<String> = choices.iter().map(|choice| choice.text.clone()).collect();
                pick_by_number(lines, &items, practice.moves().is_empty()).map(|n| choices[n].does)
            }
        }
    }
}

/// Lets one be picked by its number, from a list that is shown once and when it is asked for: read aloud it is long.
fn pick_by_number(lines: &mut dyn Ask, items: &[String], is_first: bool) -> Result<usize, Stop> {
    let show = |lines: &mut dyn Ask, fitting: &[usize]| {
        let numbered = fitting.iter().map(|&n| Line::plain(&*items[n]).lead(format!("{}.", n + 1)));
        lines.tell(&numbered.collect::<Vec<_>>())
    };
    let all: Vec<usize> = (0..items.len()).collect();
    if is_first {
        show(lines, &all)?;
    }
    loop {
        let prompt = "a number (nothing lists them all, a word those that have it)";
        let Some(typed) = lines.text(prompt)? else {
            show(lines, &all)?;
            continue;
        };
        match typed.parse::<usize>() {
            Ok(n) if (1..=items.len()).contains(&n) => return Ok(n - 1),
            _ if ["q", "quit", "give up"].contains(&typed.to_lowercase().as_str()) => return Err(Stop::Quit),
            _ => match search::containing(&typed, items).as_slice() {
                [] => lines.tell(&[Line::plain(format!("nothing with `{typed}`"))])?,
                fitting => show(lines, fitting)?,
            },
        }
    }
}

/// Lists what can be done, in the order of the flow; what was done stays, with what came of it, so that the list is also the notes.
fn choices(flow: &Flow, practice: &Practice<'_>) -> Vec<Choice> {
    let moves = practice.moves();
    let question = |question: QuestionIx| {
        let ask = &flow.question(question).ask;
        let answer = moves.iter().find_map(|done| match done {
            Move::Asked(asked, answer) if *asked == question => Some(word(*answer)),
            _ => None,
        });
        let text = answer.map_or_else(|| ask.clone(), |answer| format!("[{answer}] {ask}"));
        Choice { text, does: Does::Ask(question), is_done: answer.is_some() }
    };
    let fix = |cause: CauseIx| {
        let is_done = moves.contains(&Move::Tried(cause, FixResult::NotFixed));
        let said = if is_done { "[did not help] " } else { "" };
        Choice { text: format!("{said}Fix: {}", flow.cause(cause).title), does: Does::Fix(cause), is_done }
    };
    let give_up = Choice { text: "Give up and see what it was".to_owned(), does: Does::GiveUp, is_done: false };
    flow.question_ixs().map(question).chain(flow.cause_ixs().map(fix)).chain([give_up]).collect()
}

/// What the customer says of an answer.
fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unsure => "don't know",
    }
}

/// Shows the error as a customer reports it.
fn opening(flow: &Flow, seed: Option<u64>) -> Vec<Line> {
    let error = flow.error();
    let customer = seed.map_or_else(String::new, |seed| format!(" · customer {seed}"));
    let message = error.signatures.first().unwrap_or(&error.title);
    vec![
        Line::new(Role::Heading, format!("Practice · {} · {}{customer}", error.code, error.product)),
        Line::empty(),
        Line::new(Role::Say, format!("\u{201c}It fails with {}: {message}. Can you help me?\u{201d}", error.code))
            .lead("Customer:"),
        Line::empty(),
        Line::plain(format!(
            "One of {} causes is behind it. Every question and every fix takes the time it takes. Find the cause in less than the guided walk needs.",
            flow.causes().len()
        )),
        Line::empty(),
    ]
}

fn asked(flow: &Flow, practice: &mut Practice<'_>, question: QuestionIx) -> Vec<Line> {
    let before = practice.moves().len();
    let said = match practice.ask(question) {
        Answer::Yes => "\u{201c}Yes.\u{201d}",
        Answer::No => "\u{201c}No.\u{201d}",
        Answer::Unsure => "\u{201c}I don't know, I cannot tell.\u{201d}",
    };
    let mut lines = vec![
        Line::new(Role::Question, &*flow.question(question).ask).lead("You:"),
        Line::new(Role::Say, said).lead("Customer:"),
    ];
    if practice.moves().len() == before {
        lines.push(Line::new(Role::Dim, "You asked that before; it cost nothing."));
    } else {
        lines.push(spent(practice));
    }
    lines.push(Line::empty());
    lines
}

fn tried(flow: &Flow, practice: &mut Practice<'_>, cause: CauseIx) -> Vec<Line> {
    let result = practice.fix(cause);
    let mut lines = vec![Line::new(Role::Question, &*flow.cause(cause).title).lead("You fix:")];
    let said = match result {
        FixResult::Fixed => "\u{201c}It works again, thank you!\u{201d}",
        FixResult::NotFixed => "\u{201c}The error is still there.\u{201d}",
    };
    lines.push(Line::new(Role::Say, said).lead("Customer:"));
    lines.push(spent(practice));
    lines.push(Line::empty());
    lines
}

fn spent(practice: &Practice<'_>) -> Line {
    let last = practice.moves().last().map_or(0, |&done| practice.minutes(done));
    let cost = practice.cost(practice.moves());
    let asked = plural(cost.questions, "question");
    let fixes = if cost.fixes == 1 { "1 fix".to_owned() } else { format!("{} fixes", cost.fixes) };
    Line::new(Role::Dim, format!("+{}: {asked}, {fixes}, {} so far", time(last), time(cost.minutes)))
}

/// Says how it went: the score beside the guided walk, then each move with what would have been better.
fn review(flow: &Flow, ranking: &Ranking, practice: &Practice<'_>, best: &mut Option<u32>) -> Vec<Line> {
    let hidden = &flow.cause(practice.hidden()).title;
    let walk = practice.guided(ranking);
    let (cost, guided) = (practice.cost(practice.moves()), practice.cost(&walk));
    let mut lines = if practice.is_solved() {
        vec![Line::new(Role::Good, format!("Found: {hidden}"))]
    } else {
        vec![Line::new(Role::Warning, format!("It was: {hidden}"))]
    };
    lines.push(Line::empty());
    lines.extend(table(cost, guided));
    if practice.is_solved() {
        lines.extend(score_lines(cost, guided, best));
    }
    if !practice.moves().is_empty() {
        lines.extend(Line::heading("How it went"));
    }
    for (n, &done) in practice.moves().iter().enumerate() {
        lines.push(move_line(flow, practice, n, done));
        if let Some(better) = practice.better(n) {
            let ask = &flow.question(better.question).ask;
            let said =
                format!("{ask} Likely to rule out {} % of what was left; this {} %.", better.percent, better.instead);
            lines.push(Line::new(Role::Dim, said).lead("better:").indent(3));
        }
    }
    if !practice.is_solved() || cost.minutes > guided.minutes {
        lines.extend(Line::heading("The guided walk"));
        lines.extend(walk.iter().enumerate().map(|(n, &done)| move_line(flow, practice, n, done)));
    }
    lines.push(Line::empty());
    lines
}

fn move_line(flow: &Flow, practice: &Practice<'_>, n: usize, done: Move) -> Line {
    let minutes = time(practice.minutes(done));
    let said = match done {
        Move::Asked(question, answer) => format!("{} — {} ({minutes})", flow.question(question).ask, word(answer)),
        Move::Tried(cause, result) => format!("Fix: {} — {result} ({minutes})", flow.cause(cause).title),
    };
    Line::plain(said).lead(format!("{}.", n + 1))
}

/// Says how good it was, and whether it was the best of this sitting.
fn score_lines(cost: Cost, guided: Cost, best: &mut Option<u32>) -> Vec<Line> {
    let score = score(cost, guided);
    let mut lines = vec![Line::empty(), Line::new(Role::Heading, verdict(score, cost, guided))];
    match *best {
        Some(best) if score <= best => lines.push(Line::new(Role::Dim, format!("Your best so far: {best}"))),
        Some(before) => lines.push(Line::new(Role::Good, format!("Your best so far; before it was {before}"))),
        None => {}
    }
    *best = Some(best.map_or(score, |before| before.max(score)));
    lines
}

fn table(cost: Cost, guided: Cost) -> Vec<Line> {
    let row = |name: &str, you: &str, walk: &str| Line::new(Role::Command, format!("{name:10}{you:>10}{walk:>14}"));
    vec![
        row("", "you", "guided walk"),
        row("questions", &cost.questions.to_string(), &guided.questions.to_string()),
        row("fixes", &cost.fixes.to_string(), &guided.fixes.to_string()),
        row("time", &time(cost.minutes), &time(guided.minutes)),
    ]
}

/// The guided walk is worth 100; half the time is worth twice that.
fn score(cost: Cost, guided: Cost) -> u32 {
    (guided.minutes * 100).checked_div(cost.minutes).unwrap_or(100)
}

fn verdict(score: u32, cost: Cost, guided: Cost) -> String {
    let how = match score {
        101.. => format!("you beat the guided walk by {}", time(guided.minutes - cost.minutes)),
        100 => "as good as the guided walk".to_owned(),
        _ => format!("the guided walk is {} faster", time(cost.minutes.saturating_sub(guided.minutes))),
    };
    format!("Score {score}: {how}")
}

fn time(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
