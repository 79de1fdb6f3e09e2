//! `rootwalk analyze`: what holds between a flow's own order and the best one, on random flows and on those that ship; and what
//! its author reads.

use std::fs;
use std::path::{Path, PathBuf};

use rootwalk::analyze::{Analysis, Authored, Comparison, Measured, Noise, Robustness, SEED, plain, rewrite};
use rootwalk::catalog::{Layers, Shelves, ron_files};
use rootwalk::check::{Subject, check};
use rootwalk::diag::{Code, Diagnostic, render};
use rootwalk::flow::{Flow, draft, read};
use rootwalk::source::Source;

use crate::home::Home;
use crate::program::Program;
use crate::random::{Random, chain, tangled, tree};

fn flow(text: impl Into<String>) -> Flow {
    read(&Source::new("test", text.into())).unwrap_or_else(|findings| panic!("{}", render(&findings, false)))
}

fn shipped() -> Vec<PathBuf> {
    ron_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("flows")).expect("flows")
}

/// Random flows, some with expectations at random: also such as no author would write.
fn random_flows() -> impl Iterator<Item = Flow> {
    (0..400).map(|seed| {
        let mut random = Random(seed ^ 0x5eed);
        let (questions, causes) = (1 + random.below(9), 1 + random.below(6));
        let mut text = tangled(seed, questions, causes);
        for cause in 0..causes {
            if random.below(2) == 0 {
                let question = random.below(questions);
                let answer = random.pick(&["Yes", "No"]);
                let head = format!("\"c{cause}\": (title");
                let expecting = format!("\"c{cause}\": (expects: {{\"q{question}\": {answer}}}, title");
                text = text.replacen(&head, &expecting, 1);
            }
        }
        flow(text)
    })
}

#[test]
fn no_flow_beats_the_best_order_and_its_regrets_add_up_to_the_rest() {
    for flow in random_flows() {
        let measured = Measured::of(&flow).expect("few outcomes");
        let comparison = Comparison::of(measured.instance());
        let authored = Authored::of(&measured, comparison.optimum.as_ref());
        let (now, best) = (authored.cost.expected_minutes, comparison.best.expected_minutes);
        assert!(now >= best - 1e-9, "{now} {best} {flow:?}");
        let regrets: f64 = authored.visits.iter().map(|visit| visit.chance * visit.regret.expect("solved")).sum();
        assert!((regrets - (now - best)).abs() < 1e-9 * (1.0 + now), "{regrets} {now} {best} {flow:?}");
    }
}

#[test]
fn what_an_author_expects_is_known() {
    // Only `c2` and `c3` lie below `q2`.
    let text = tree(3);
    let expecting = text.replacen("\"c0\": (", "\"c0\": (expects: {\"q2\": Yes}, ", 1);
    let expecting = expecting.replacen("\"c1\": (", "\"c1\": (expects: {\"q2\": No}, ", 1);
    let (before, after) = (flow(text), flow(expecting));
    let (before, after) = (Measured::of(&before).expect("few"), Measured::of(&after).expect("few"));
    assert_eq!((before.instance().known_answers(), after.instance().known_answers()), ((8, 12), (10, 12)));
    let left_by_yes = |measured: &Measured<'_>| measured.instance().split(2, measured.instance().all()).yes.len();
    assert_eq!((left_by_yes(&before), left_by_yes(&after)), (3, 2));
}

#[test]
fn who_answers_right_gets_the_right_verdict_first() {
    let right = [Noise { wrong_percent: 0, unsure_percent: 0 }];
    for flow in random_flows().take(60) {
        let measured = Measured::of(&flow).expect("few outcomes");
        if !measured.instance().causes().is_empty() {
            let found = Robustness::of(&measured, SEED, &right).expect("short walks");
            assert_eq!(found.found[0].first, found.walks, "{flow:?}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_figures_and_another_one_others() {
    let flow = flow(tree(9));
    let measured = Measured::of(&flow).expect("few outcomes");
    let of = |seed| Robustness::of(&measured, seed, &Noise::ALL).expect("short walks");
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).found, of(2).found);
    // The figures themselves, so that another machine has to find the same.
    let counts: Vec<_> = of(1).found.iter().map(|found| (found.first, found.within_three)).collect();
    assert_eq!(counts, COUNTS);
    // More noise finds less.
    assert!(counts[0].0 > counts[1].0 && counts[2].0 > counts[3].0);
}

#[test]
fn a_flow_too_tangled_to_walk_is_analyzed_without_its_walks() {
    let said = (0..5).map(|seed| {
        let flow = flow(tangled(seed, 3_000, 100));
        plain(&Analysis::of(&flow, SEED).expect("few outcomes"))
    });
    let too_long = "Its walks are too long to say how well it bears wrong answers.";
    assert!(said.filter(|said| said.contains(too_long)).count() > 1);
}

const COUNTS: [(u32, u32); 4] = [(8477, 8952), (7073, 7988), (8412, 9644), (7035, 9166)];

#[test]
fn the_best_order_of_a_shipped_flow_can_be_pasted_into_it() {
    let shelves = Shelves::of(&Layers::default());
    for path in shipped() {
        let source = shelves.read_flow(&path).expect("readable");
        let written = rewrite(&flow(source.text()), &source).expect("few questions");
        let (text, start) = (source.text(), source.text().find("    start: ").expect("a start"));
        let end = start + text[start..].find("\n    },\n").expect("an end of the questions") + "\n    },\n".len();
        let mut pasted = Source::new("pasted.ron", format!("{}{written}{}", &text[..start], &text[end..]));
        let mut draft = draft(&pasted);
        // Rehearsals and the FAQ may name a question that is asked no more: the remarks say which.
        let is_gone = |finding: &&Diagnostic| finding.code == Code::UnknownQuestion;
        while let Some(gone) = draft.findings.diagnostics.iter().find(is_gone) {
            let (before, after) = (&pasted.text()[..gone.at.start], &pasted.text()[gone.at.end..]);
            let id = pasted.text()[gone.at.range()].trim_matches('"');
            assert!(written.contains(&format!("`{id}`")), "{id}: {}", render(&draft.findings, false));
            let without = if let Some(before) = before.strip_suffix("Question(") {
                format!("{before}{}", after.trim_start_matches([')', ',', ' ']))
            } else {
                let end = after.find([',', '}']).expect("an answer ends");
                format!("{before}{}", after[end..].trim_start_matches(','))
            };
            pasted = Source::new("pasted.ron", without);
            draft = rootwalk::flow::draft(&pasted);
        }
        let flow = draft.flow.clone().unwrap_or_else(|| panic!("{}", render(&draft.findings, false)));
        let mut catalog: Vec<String> =
            flow.outcomes().iter().filter_map(|outcome| outcome.hand_off()).map(str::to_owned).collect();
        catalog.extend(flow.related().iter().map(|related| related.flow.clone()));
        catalog.sort_unstable();
        draft.add(check(&Subject { flow: &flow, stem: None, catalog: &catalog }));
        let before = self::flow(text);
        // What is left to do stands in the remarks, by name.
        for finding in &draft.findings.diagnostics {
            assert!(matches!(finding.code, Code::UnusedStep | Code::AskedTwice), "{}", render(&draft.findings, false));
            let id = pasted.text()[finding.at.range()].trim_matches('"');
            if finding.code == Code::AskedTwice {
                // The file asks it on two ways, which the best order may join.
                let places = before.questions().iter().filter(|question| question.ask == id).count();
                assert!(places > 1, "{}", render(&draft.findings, false));
                continue;
            }
            assert!(written.contains(&format!("`{id}`")), "{id}: {}", render(&draft.findings, false));
        }
        // The words of a question are those of the file.
        for question in flow.questions() {
            let is_the_same = |other: &&rootwalk::flow::Question| {
                (&other.ask, &other.find_out, &other.why, &other.say, &other.agent, other.unsure)
                    == (
                        &question.ask,
                        &question.find_out,
                        &question.why,
                        &question.say,
                        &question.agent,
                        question.unsure,
                    )
            };
            assert!(before.questions().iter().any(|other| is_the_same(&other)), "{}", question.id);
        }
    }
}

#[test]
fn the_order_that_is_written_costs_what_it_says() {
    let text = chain(6);
    let source = Source::new("chain.ron", text.as_str());
    let before = flow(text.as_str());
    let written = rewrite(&before, &source).expect("few questions");
    let start = text.find("    start: ").expect("a start");
    let pasted = flow(format!("{}{written})\n", &text[..start]));
    let minutes = |flow: &Flow| Analysis::of(flow, SEED).expect("few outcomes").authored.cost.expected_minutes;
    assert!(minutes(&pasted) < minutes(&before));
    assert!(written.contains(&format!(
        "{:.1} minutes a walk on average, {:.1} as it was",
        minutes(&pasted),
        minutes(&before)
    )));
}

#[test]
fn an_author_reads_what_a_walk_costs() {
    let done = Program::new().args(["analyze", "2403"]).run().exit(0).in_plain_text().stderr("");
    insta::assert_snapshot!(done.stdout);
    assert!(done.stdout.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn the_same_is_there_as_json_and_for_a_file() {
    let home = Home::new();
    fs::write(home.work().join("chain.ron"), chain(3).replace("\"random\"", "\"chain\"")).expect("written");
    let by_id = Program::at(&home).args(["analyze", "chain.ron", "--format", "json", "--seed", "7"]).run().exit(0);
    insta::assert_snapshot!(by_id.stdout);
}

#[test]
fn the_best_order_is_printed_ready_to_paste() {
    let home = Home::new();
    fs::write(home.work().join("chain.ron"), chain(3)).expect("written");
    let done = Program::at(&home).args(["analyze", "chain.ron", "--write"]).run().exit(0);
    insta::assert_snapshot!(done.stdout);
}

#[test]
fn a_flow_of_more_outcomes_than_are_solved_says_that_nothing_is_proved() {
    let home = Home::new();
    fs::write(home.work().join("tree.ron"), tree(30)).expect("written");
    Program::at(&home)
        .args(["analyze", "tree.ron"])
        .run()
        .exit(0)
        .stdout_has("no better order was found")
        .stdout_has("more than 20 outcomes are not solved exactly")
        .stdout_has("No order can do with less than")
        .stdout_has("What to change is only said where the best order is known.");
    fs::write(home.work().join("tree.ron"), tree(200)).expect("written");
    Program::at(&home)
        .args(["analyze", "tree.ron"])
        .run()
        .exit(3)
        .stderr("error: `random` cannot be analyzed: the flow has 201 outcomes; at most 128 can be analyzed\n");
}

#[test]
fn a_bare_matrix_is_solved() {
    let matrix = r#"{"causes":[{"weight":3,"fix_minutes":10},{"weight":1,"fix_minutes":30},{"weight":0.5,"fix_minutes":2}],
        "questions":[{"minutes":2,"answers":["yes","no",null]}]}"#;
    let done = Program::new().args(["analyze", "--matrix", "-"]).stdin(matrix).run().exit(0).stderr("");
    insta::assert_snapshot!(done.stdout);
    Program::new()
        .args(["analyze", "--matrix", "-"])
        .stdin(matrix.replace("null", "\"perhaps\""))
        .run()
        .exit(3)
        .stdout("")
        .stderr_has("unknown variant `perhaps`, expected `yes` or `no` at line 2 column 65")
        .stderr_has("help: such as {");
    Program::new()
        .args(["analyze", "--matrix", "nowhere.json"])
        .run()
        .exit(3)
        .stderr_has("`nowhere.json` cannot be read");
    Program::new().args(["analyze"]).run().exit(2);
}
