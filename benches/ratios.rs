//! What rootwalk costs, as ratios against something everyone knows, measured in the same run.
//!
//! `cargo bench` prints seven tables: from process start to the first question against a bare hello-world; the next prompt after an answer on
//! large flows; parse and validate against a bare `ron::from_str` of the same bytes; `rootwalk check` of many files against a bare
//! `ron::from_str` of each; the proof of a flow against parsing it; how long the best order of an instance takes; and finding
//! an error by a message against full-text search in `SQLite` and a plain scan. `cargo bench -- check` prints that one alone; so do the names of
//! the others: `first`, `next`, `validate`, `prove`, `order`, `find`.

#![expect(clippy::cast_precision_loss, reason = "ratios are printed with two digits")]

#[path = "ratios/bare.rs"]
mod bare;
#[path = "ratios/check.rs"]
mod check;
#[path = "ratios/find.rs"]
mod find;
#[path = "../tests/it/random.rs"]
mod random;

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bare::Bare;
use jiff::Timestamp;
use rootwalk::analyze::{Instance, Optimum, Orders, Query, RightFix, Suspect};
use rootwalk::check::{self as linter, Subject};
use rootwalk::flow::{self, Answer};
use rootwalk::proof::Facts;
use rootwalk::source::Source;
use rootwalk::walk::{About, Edition, Event, Prompt, Record, Session, Wording};
use rootwalk::{text, ui};

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for (name, table) in [
        ("first", first_question as fn()),
        ("next", next_prompt),
        ("validate", validate),
        ("check", check::many),
        ("prove", prove),
        ("order", best_order),
        ("find", find::find),
    ] {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            table();
        }
    }
}

/// From process start to the first question on standard output, in turn with a program that prints one line.
fn first_question() {
    const RUNS: usize = 300;
    let folder = tempfile::tempdir().expect("a folder for the hello-world");
    let hello = hello_world(folder.path());
    let rootwalk = Path::new(env!("CARGO_BIN_EXE_rootwalk"));
    let store = folder.path().join("sessions.db");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..RUNS + 20 {
        let a = until(Command::new(&hello), "hello");
        let mut walk = Command::new(rootwalk);
        walk.args(["walk", "fabric-pipeline-error-2403", "--plain", "--store"]).arg(&store).env("HOME", folder.path());
        let b = until(walk, "1. ");
        if run >= 20 {
            theirs.push(a);
            ours.push(b);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("process start to first question (median of {RUNS}, alternating)");
    println!("  hello-world        {theirs:>9.1?}   1.00 ×");
    println!("  rootwalk walk 2403 {ours:>9.1?}   {:.2} ×   (goal ≤ 1.5 ×)\n", ratio(ours, theirs));
}

fn hello_world(folder: &Path) -> PathBuf {
    let source = folder.join("hello.rs");
    std::fs::write(&source, "fn main() { println!(\"hello\"); }").expect("the folder takes it");
    let program = folder.join("hello");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(compiler)
        .args(["-O", "-C", "panic=abort", "-C", "strip=symbols", "-o"])
        .arg(&program)
        .arg(&source)
        .status();
    assert!(status.expect("the compiler that built this bench runs").success());
    program
}

/// Starts a program and waits for a line that begins so; then lets it end.
fn until(mut command: Command, begins: &str) -> Duration {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was just built");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    while !line.starts_with(begins) {
        line.clear();
        assert!(out.read_line(&mut line).expect("text") > 0, "no line begins with `{begins}`");
    }
    let took = start.elapsed();
    drop(child.stdin.take());
    let _ = out.read_to_string(&mut line);
    child.wait().expect("it ends");
    took
}

/// The next screen after an answer: event, position, narrowing and the lines to show.
fn next_prompt() {
    println!("next prompt after an answer (median over a whole walk, repeated)");
    for (name, make) in [("tree", random::tree as fn(usize) -> String), ("chain", random::chain), ("tangle", tangle)] {
        let mut per_node = Vec::new();
        for nodes in [100, 1_000, 10_000] {
            let edition = edition(&make(nodes / 2));
            let nodes = edition.flow().questions().len() + edition.flow().outcomes().len();
            let took = median((0..200_000 / nodes).flat_map(|_| walk(&edition, 8)).collect());
            per_node.push(ratio(took, Duration::from_nanos(1)) / nodes as f64);
            let goal = if nodes >= 9_000 { "(goal ≤ 1 ms)" } else { "" };
            println!(
                "  {name:<7} {nodes:>6} nodes {took:>9.1?}   {:>6.1} ns a node {goal}",
                per_node[per_node.len() - 1]
            );
        }
        println!("  {name:<7} cost a node, 10,000 against 1,000: {:.2} ×", per_node[2] / per_node[1]);
    }
    println!();
}

fn tangle(questions: usize) -> String {
    random::tangled(7, questions, questions)
}

fn edition(text: &str) -> Arc<Edition> {
    Arc::new(Edition::new(flow::read(&Source::new("bench", text)).expect("a good flow"), text))
}

fn walk(edition: &Arc<Edition>, answers: u32) -> Vec<Duration> {
    let record = |n, event| Record { n, at: Timestamp::UNIX_EPOCH, by: None, event };
    let started = Event::Started { flow: edition.flow_ref(), about: About::default(), program: String::new() };
    let mut session = Session::start("benchmark", Arc::clone(edition), record(1, started)).expect("legal");
    let mut took = Vec::new();
    for n in 2..2 + answers {
        let Prompt::Question(question) = session.prompt() else { break };
        let question = session.flow().question(question).id.clone();
        let start = Instant::now();
        let answer = Event::Answered { question, answer: Answer::No, shown: Wording::Ask };
        session.apply(record(n, answer)).expect("legal");
        std::hint::black_box(ui::screen(&session, ui::Help::default()));
        took.push(start.elapsed());
    }
    took
}

/// The proof of a flow that was read, in turn with a bare parse of the same bytes.
fn prove() {
    println!("proof against a bare ron::from_str of the same bytes (median)");
    for (name, text, runs) in [
        ("tree 10,000 nodes", random::tree(5_000), 20),
        ("chain 10,000 nodes", random::chain(5_000), 20),
        ("tangle 10,000 nodes", random::tangled(7, 5_000, 5_000), 20),
        ("layers, 10^14 ways", random::layered(30), 200),
    ] {
        let flow = flow::read(&Source::new("bench", text.as_str())).expect("a good flow");
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let start = Instant::now();
            std::hint::black_box(ron::from_str::<Bare>(&text).expect("a good flow"));
            theirs.push(start.elapsed());
            let start = Instant::now();
            std::hint::black_box(linter::check(&Subject { flow: &flow, stem: None, catalog: &[] }));
            std::hint::black_box(Facts::of(&flow));
            ours.push(start.elapsed());
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let ways = text::number(Facts::of(&flow).ways);
        println!("  {name:<20} {ours:>9.1?}   {:.2} ×   {ways} ways  (goal ≤ 2 s)", ratio(ours, theirs));
    }
    println!();
}

/// Parse and validate, in turn with a bare parse of the same bytes into plain maps and texts.
fn validate() {
    println!("parse and validate against a bare ron::from_str of the same bytes (median)");
    let shipped =
        std::fs::read_to_string("flows/fabric/fabric-pipeline-error-2403.ron").expect("run in the repository");
    let mut cost = Vec::new();
    for (name, text, runs) in [
        ("shipped", shipped, 400),
        ("tree 100", random::tree(50), 400),
        ("tree 1,000", random::tree(500), 100),
        ("tree 10,000", random::tree(5_000), 20),
    ] {
        let source = Source::new("bench", text.as_str());
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let start = Instant::now();
            std::hint::black_box(ron::from_str::<Bare>(&text).expect("a good flow"));
            theirs.push(start.elapsed());
            let start = Instant::now();
            std::hint::black_box(flow::read(&source).expect("a good flow"));
            ours.push(start.elapsed());
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let speed = text.len() as f64 / ours.as_secs_f64() / 1e6;
        cost.push(ours.as_secs_f64() / text.len() as f64);
        println!(
            "  {name:<12} {:>9} bytes  bare {theirs:>9.1?}  ours {ours:>9.1?}  {speed:>6.1} MB/s  {:.2} ×  (goal ≤ 2 ×)",
            text.len(),
            ratio(ours, theirs)
        );
    }
    println!("  cost a byte, 10,000 nodes against 1,000: {:.2} ×", cost[3] / cost[2]);
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// The best order of as many causes and questions as are solved exactly, a quarter of the answers unknown.
fn best_order() {
    const RUNS: u64 = 11;
    let mut took = Vec::new();
    for seed in 0..RUNS {
        let mut random = random::Random(seed);
        let number = |random: &mut random::Random| random.below(100) as f64;
        let outcomes = (0..Optimum::MOST_OUTCOMES)
            .map(|_| Suspect { weight: 1.0 + number(&mut random), fix: Some(1.0 + number(&mut random)) })
            .collect();
        let mut query = || {
            let says: Vec<usize> = (0..Optimum::MOST_OUTCOMES).map(|_| random.below(8)).collect();
            let who = |from: usize, to: usize| (0..says.len()).filter(|&n| (from..to).contains(&says[n])).collect();
            Query { minutes: 1.0 + number(&mut random), yes: who(0, 3), no: who(3, 6) }
        };
        let questions = (0..40).map(|_| query()).collect();
        let instance = Instance { outcomes, questions, right_fix: RightFix::WhenMade };
        let start = Instant::now();
        std::hint::black_box(Optimum::of(&instance, Orders::All).expect("not too many outcomes"));
        took.push(start.elapsed());
    }
    println!("\nthe best order of 20 causes and 40 questions (median of {RUNS})  {:>9.1?}  (goal ≤ 1 s)", median(took));
}
