//! The optimum against a brute force of its own making, and what holds between the orders.

use super::*;

/// A small generator of numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn number(&mut self, bound: u64) -> f64 {
        f64::from(u32::try_from(self.below(bound)).expect("small"))
    }
}

/// An instance as plain lists: weights, fix minutes (none for what is no cause), question minutes, answers by question.
struct Plain {
    weights: Vec<f64>,
    fixes: Vec<Option<f64>>,
    minutes: Vec<f64>,
    answers: Vec<Vec<Option<bool>>>,
}

/// How much of an instance is out of the ordinary.
#[derive(Clone, Copy)]
struct Odd {
    unknown: bool,
    elsewhere: bool,
}

fn count(of: &[usize]) -> f64 {
    f64::from(u32::try_from(of.len()).expect("few"))
}

impl Plain {
    fn random(random: &mut Random, most: u64, odd: Odd) -> Self {
        let causes = 1 + random.below(most);
        let questions = random.below(most + 1);
        let number = |random: &mut Random| random.number(40) / 4.0;
        // Now and then a weight of nothing, or nothing but such.
        let all_zero = random.below(40) == 0;
        let weight = |random: &mut Random| if all_zero || random.below(12) == 0 { 0.0 } else { 1.0 + number(random) };
        let answer = |random: &mut Random| match random.below(if odd.unknown { 8 } else { 6 }) {
            0..=2 => Some(true),
            3..=5 => Some(false),
            _ => None,
        };
        let is_elsewhere = |random: &mut Random| odd.elsewhere && random.below(4) == 0;
        Self {
            weights: (0..causes).map(|_| weight(random)).collect(),
            fixes: (0..causes).map(|_| (!is_elsewhere(random)).then(|| number(random) * 3.0)).collect(),
            minutes: (0..questions).map(|_| number(random)).collect(),
            answers: (0..questions).map(|_| (0..causes).map(|_| answer(random)).collect()).collect(),
        }
    }

    fn instance(&self, right_fix: RightFix) -> Instance {
        let outcomes = self.weights.iter().zip(&self.fixes).map(|(&weight, &fix)| Suspect { weight, fix });
        let who = |answers: &[Option<bool>], says| {
            answers.iter().enumerate().filter(|(_, answer)| **answer == Some(says)).map(|(n, _)| n).collect::<Set>()
        };
        let questions = self.minutes.iter().zip(&self.answers);
        Instance {
            outcomes: outcomes.collect(),
            right_fix,
            questions: questions
                .map(|(&minutes, answers)| Query { minutes, yes: who(answers, true), no: who(answers, false) })
                .collect(),
        }
    }

    /// The least expected minutes, by trying everything, without a table; without those of the right fix if it counts ahead.
    fn least(&self, live: &[usize], right_fix: RightFix) -> f64 {
        let weight = |of: &[usize]| of.iter().map(|&n| self.weights[n]).sum::<f64>();
        let chance = |of: &[usize]| {
            if weight(live) > 0.0 { weight(of) / weight(live) } else { count(of) / count(live) }
        };
        let mut best = f64::INFINITY;
        for (minutes, answers) in self.minutes.iter().zip(&self.answers) {
            let say = |what: Option<bool>| live.iter().copied().filter(|&n| answers[n] == what).collect::<Vec<_>>();
            let (yes, no, either) = (say(Some(true)), say(Some(false)), say(None));
            if yes.is_empty() || no.is_empty() {
                continue;
            }
            let of_yes = chance(&yes) + chance(&either) / 2.0;
            let of_no = chance(&no) + chance(&either) / 2.0;
            let with_either = |mut side: Vec<usize>| {
                side.extend(&either);
                self.least(&side, right_fix)
            };
            best = best.min(minutes + of_yes * with_either(yes) + of_no * with_either(no));
        }
        for &cause in live {
            if let Some(fix) = self.fixes[cause] {
                let rest: Vec<usize> = live.iter().copied().filter(|&n| n != cause).collect();
                let in_vain = if rest.is_empty() { 0.0 } else { chance(&rest) };
                let after = if rest.is_empty() { 0.0 } else { in_vain * self.least(&rest, right_fix) };
                best = best.min(after + if right_fix == RightFix::Ahead { in_vain * fix } else { fix });
            }
        }
        if best.is_infinite() { 0.0 } else { best }
    }
}

#[track_caller]
fn same(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs())), "{a} and {b}");
}

#[test]
fn the_optimum_is_what_brute_force_finds() {
    let mut random = Random(2403);
    for n in 0..500 {
        let odd = Odd { unknown: n % 3 != 0, elsewhere: n % 5 == 0 };
        let plain = Plain::random(&mut random, 7, odd);
        let everything: Vec<usize> = (0..plain.weights.len()).collect();
        for right_fix in [RightFix::WhenMade, RightFix::Ahead] {
            let instance = plain.instance(right_fix);
            let optimum = Optimum::of(&instance, Orders::All).expect("few outcomes");
            same(optimum.minutes(instance.all()), plain.least(&everything, right_fix));
        }
    }
}

#[test]
fn the_rule_of_the_optimum_costs_what_the_table_says() {
    let mut random = Random(7);
    for n in 0..300 {
        let odd = Odd { unknown: n % 2 == 0, elsewhere: n % 3 == 0 };
        let right_fix = if n % 4 < 2 { RightFix::WhenMade } else { RightFix::Ahead };
        let instance = Plain::random(&mut random, 9, odd).instance(right_fix);
        for orders in [Orders::All, Orders::QuestionsFirst] {
            let optimum = Optimum::of(&instance, orders).expect("few outcomes");
            let found = cost(&instance, instance.all(), &mut |live| optimum.action(live));
            same(instance.minutes_ahead() + optimum.minutes(instance.all()), found.expected_minutes);
        }
    }
}

#[test]
fn no_order_beats_the_optimum_and_the_bound_beats_none() {
    let mut random = Random(11);
    for n in 0..600 {
        let odd = Odd { unknown: n % 2 == 0, elsewhere: n % 3 == 0 };
        let right_fix = if n % 4 < 2 { RightFix::WhenMade } else { RightFix::Ahead };
        let instance = Plain::random(&mut random, 9, odd).instance(right_fix);
        let found = Comparison::of(&instance);
        let best = found.best.expected_minutes;
        assert!(best <= found.greedy.expected_minutes + 1e-9, "{instance:?}");
        assert!(best <= found.fixes_in_order.expected_minutes + 1e-9, "{instance:?}");
        assert!(found.least_minutes <= best + 1e-9, "{} {best} {instance:?}", found.least_minutes);
        let questions_first = Optimum::of(&instance, Orders::QuestionsFirst).expect("few outcomes");
        assert!(best <= instance.minutes_ahead() + questions_first.minutes(instance.all()) + 1e-9);
    }
}

#[test]
fn fixes_by_chance_over_minutes_are_the_best_order_without_questions() {
    let mut random = Random(3);
    for _ in 0..200 {
        let mut instance =
            Plain::random(&mut random, 8, Odd { unknown: false, elsewhere: false }).instance(RightFix::WhenMade);
        instance.questions.clear();
        let found = Comparison::of(&instance);
        same(found.greedy.expected_minutes, found.best.expected_minutes);
    }
}

#[test]
fn a_textbook_case_comes_out_as_by_hand() {
    // Two causes of weight 3 and 1, fixes of 10 minutes; asking costs 2. Asking: 2 + 10. Trying: 10 + 1/4 · 10 = 12.5.
    let text = r#"{"causes":[{"weight":3,"fix_minutes":10},{"weight":1,"fix_minutes":10}],
                   "questions":[{"minutes":2,"answers":["yes","no"]}]}"#;
    let solution = serde_json::to_value(solve(&read_matrix(text).expect("good"))).expect("JSON");
    same(solution["expected_minutes"].as_f64().expect("a number"), 12.0);
    assert_eq!(solution["proved"], true);
    assert_eq!(solution["sets"], 3);
    assert_eq!(solution["first"], serde_json::json!({"ask": 0}));
    assert_eq!(solution["policy_by_live_causes"], serde_json::json!({"0 1": "ask 0", "0": "fix 0", "1": "fix 1"}));
    // With a question of 3 minutes, trying first is better.
    let solution =
        serde_json::to_value(solve(&read_matrix(&text.replace("2,\"a", "3,\"a")).expect("good"))).expect("JSON");
    same(solution["expected_minutes"].as_f64().expect("a number"), 12.5);
    assert_eq!(solution["first"], serde_json::json!({"fix": 0}));
}

#[test]
fn beyond_what_can_be_proved_the_best_found_lies_between_the_bound_and_the_greedy_order() {
    let mut random = Random(5);
    for causes in [21_usize, 40, 128] {
        let answers = (0..12).map(|_| (0..causes).map(|_| Some(random.below(2) == 0)).collect()).collect();
        let plain = Plain {
            weights: (0..causes).map(|_| 1.0 + random.number(9)).collect(),
            fixes: (0..causes).map(|_| Some(1.0 + random.number(60))).collect(),
            minutes: (0..12).map(|_| 1.0 + random.number(9)).collect(),
            answers,
        };
        let found = Comparison::of(&plain.instance(RightFix::WhenMade));
        assert_eq!(found.proof, Proof::TooMany);
        assert!(found.least_minutes <= found.best.expected_minutes);
        assert!(found.best.expected_minutes <= found.greedy.expected_minutes);
    }
}

#[test]
fn where_each_answer_is_known_it_is_the_same_when_the_right_fix_counts() {
    let mut random = Random(13);
    for _ in 0..200 {
        let plain = Plain::random(&mut random, 9, Odd { unknown: false, elsewhere: false });
        let [made, ahead] = [RightFix::WhenMade, RightFix::Ahead].map(|when| Comparison::of(&plain.instance(when)));
        same(made.best.expected_minutes, ahead.best.expected_minutes);
        same(made.greedy.expected_minutes, ahead.greedy.expected_minutes);
        same(made.fixes_in_order.expected_minutes, ahead.fixes_in_order.expected_minutes);
        same(made.least_minutes, ahead.least_minutes);
    }
}

#[test]
fn a_matrix_that_makes_no_sense_is_refused_with_a_word() {
    let good = r#"{"causes":[{"weight":3,"fix_minutes":10}],"questions":[{"minutes":2,"answers":["yes"]}]}"#;
    read_matrix(good).expect("good");
    for (from, to, said) in [
        ("\"yes\"", "\"maybe\"", "unknown variant `maybe`, expected `yes` or `no` at line 1 column 86"),
        ("\"yes\"", "\"yes\",null", "`questions[0].answers` has 2 entries; one for each cause is needed, 1 in all"),
        ("3", "-3", "`causes[0].weight` is -3; a number from 0 to 1000000000000 is needed"),
        ("10", "1e13", "`causes[0].fix_minutes` is 10000000000000; a number from 0 to 1000000000000 is needed"),
        ("10", "1e999", "number out of range at line 1 column 42"),
        ("2", "NaN", "expected value at line 1 column 67"),
        (r#"{"weight":3,"fix_minutes":10}"#, "", "`causes` is empty: there is nothing to find"),
        (r#""minutes":2,"#, "", "missing field `minutes` at line 1 column 74"),
        ("]}]}", "]}]", "EOF while parsing an object at line 1 column 87"),
    ] {
        let error = read_matrix(&good.replacen(from, to, 1)).expect_err(to).to_string();
        assert_eq!(error, said);
    }
    let many = vec![r#"{"weight":1,"fix_minutes":1}"#; Set::MOST + 1].join(",");
    let error = read_matrix(&format!(r#"{{"causes":[{many}],"questions":[]}}"#)).expect_err("too many");
    assert_eq!(error.to_string(), "there are 129 causes; at most 128 are taken");
}
