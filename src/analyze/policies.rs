//! Orders to compare with, and what an order costs: a rule that says for each set of live outcomes what to do.

use std::collections::HashMap;

use super::{Action, Instance, Set};

/// Says what an order costs.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Cost {
    /// Expected minutes from the first question to the right fix.
    pub expected_minutes: f64,
    /// The part of them that goes into finding answers out; the rest goes into fixes.
    pub asking_minutes: f64,
    /// How many questions are asked.
    pub questions: Questions,
}

/// Says how many questions an order asks.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Questions {
    /// On the shortest way.
    pub least: u32,
    /// On average.
    pub expected: f64,
    /// On the longest way.
    pub most: u32,
}

impl Cost {
    /// Returns the cost of a question, its minutes and what comes after its answers with the chance of each.
    pub(super) fn of_question(minutes: f64, after: &[(f64, Self)]) -> Self {
        let mean = |of: fn(&Self) -> f64| after.iter().map(|(chance, cost)| chance * of(cost)).sum::<f64>();
        let bounds = || after.iter().map(|(_, cost)| cost.questions);
        Self {
            expected_minutes: minutes + mean(|cost| cost.expected_minutes),
            asking_minutes: minutes + mean(|cost| cost.asking_minutes),
            questions: Questions {
                least: 1 + bounds().map(|questions| questions.least).min().unwrap_or(0),
                expected: 1.0 + mean(|cost| cost.questions.expected),
                most: 1 + bounds().map(|questions| questions.most).max().unwrap_or(0),
            },
        }
    }

    /// Adds minutes that count ahead.
    #[must_use]
    pub(super) fn after(mut self, minutes: f64) -> Self {
        self.expected_minutes += minutes;
        self
    }

    /// Returns the cost of a fix, and of what comes after it where it does not help, with the chance of that.
    pub(super) fn of_fix(minutes: f64, after: Option<(f64, Self)>) -> Self {
        let Some((chance, cost)) = after else {
            return Self { expected_minutes: minutes, ..Self::default() };
        };
        Self {
            expected_minutes: minutes + chance * cost.expected_minutes,
            asking_minutes: chance * cost.asking_minutes,
            questions: Questions { least: 0, expected: chance * cost.questions.expected, most: cost.questions.most },
        }
    }
}

/// Returns what an order costs from there, with what counts ahead. The rule is asked once for each set it leads to.
pub fn cost(instance: &Instance, live: Set, rule: &mut impl FnMut(Set) -> Action) -> Cost {
    fn from(
        instance: &Instance,
        live: Set,
        rule: &mut impl FnMut(Set) -> Action,
        known: &mut HashMap<Set, Cost>,
    ) -> Cost {
        if let Some(&cost) = known.get(&live) {
            return cost;
        }
        let cost = match rule(live) {
            Action::Try(n) => {
                let rest = live.without(n);
                let after = (!rest.is_empty()).then(|| (instance.share(rest, live), from(instance, rest, rule, known)));
                Cost::of_fix(instance.try_minutes(n, after.map_or(0.0, |(in_vain, _)| in_vain)), after)
            }
            Action::Ask(question) => {
                let split = instance.split(question, live);
                let after = [
                    (split.chance, from(instance, split.yes, rule, known)),
                    (1.0 - split.chance, from(instance, split.no, rule, known)),
                ];
                Cost::of_question(instance.questions[question].minutes, &after)
            }
        };
        known.insert(live, cost);
        cost
    }
    from(instance, live, rule, &mut HashMap::new()).after(instance.minutes_ahead())
}

/// Tries the fixes as the article lists them. Only what is no cause has to be told apart by questions.
pub fn article_order(instance: &Instance, live: Set) -> Action {
    match live.and(instance.causes()).iter().next() {
        Some(cause) => Action::Try(cause),
        None => Greedy::new(instance).action(live),
    }
}

/// Looks one step ahead (Heckerman, Breese and Rommelse 1995): the fixes by chance over minutes now, or one question and the
/// fixes so after it, whichever is expected to take fewer minutes.
#[derive(Debug)]
pub struct Greedy<'a> {
    instance: &'a Instance,
    /// The causes by weight over fix minutes, best first: the order of least expected minutes when nothing is asked (Kadane and
    /// Simon 1977). Those of no weight come by minutes.
    fixes: Vec<usize>,
    asked: usize,
}

impl<'a> Greedy<'a> {
    /// After as many sets no question is looked for where a fix can be tried: unknown answers can lead to more sets than there is time.
    const MOST_SETS: usize = 20_000;

    /// Makes the rule.
    pub fn new(instance: &'a Instance) -> Self {
        let minutes = |n: usize| instance.outcomes[n].fix.unwrap_or(0.0);
        let ratio = |n| if minutes(n) > 0.0 { instance.outcomes[n].weight / minutes(n) } else { f64::INFINITY };
        let mut fixes: Vec<usize> = instance.causes().iter().collect();
        fixes.sort_by(|&a, &b| ratio(b).total_cmp(&ratio(a)).then(minutes(a).total_cmp(&minutes(b))));
        Self { instance, fixes, asked: 0 }
    }

    /// Says what to do.
    pub fn action(&mut self, live: Set) -> Action {
        self.asked += 1;
        let fix = self.fixes.iter().copied().find(|&cause| live.contains(cause));
        if let Some(fix) = fix
            && self.asked > Self::MOST_SETS
        {
            return Action::Try(fix);
        }
        match (fix, self.best_question(live)) {
            (Some(fix), Some((minutes, _))) if self.minutes_of_fixes(live) <= minutes => Action::Try(fix),
            (_, Some((_, question))) => Action::Ask(question),
            (fix, None) => Action::Try(fix.unwrap_or_else(|| first(live))),
        }
    }

    /// Says what to do where a fix waits until no question separates any more.
    pub fn question_first(&mut self, live: Set) -> Action {
        self.best_question(live).map_or_else(|| self.action(live), |(_, question)| Action::Ask(question))
    }

    /// Returns the question after which the fixes alone are expected to take the fewest minutes, and these.
    fn best_question(&self, live: Set) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        for (question, query) in self.instance.questions.iter().enumerate() {
            let split = self.instance.split(question, live);
            if !split.separates || best.is_some_and(|(known, _)| known <= query.minutes) {
                continue;
            }
            let [yes, no] = [split.yes, split.no].map(|set| self.minutes_of_fixes(set));
            let minutes = query.minutes + split.chance * yes + (1.0 - split.chance) * no;
            if best.is_none_or(|(known, _)| minutes < known) {
                best = Some((minutes, question));
            }
        }
        best
    }

    /// Returns the expected minutes of trying the fixes in order, without questions.
    fn minutes_of_fixes(&self, live: Set) -> f64 {
        let own = |n: usize| self.instance.share([n].into_iter().collect(), live);
        let all: f64 = live.iter().map(|n| self.instance.outcomes[n].weight).sum();
        let share = |n: usize| if all > 0.0 { self.instance.outcomes[n].weight / all } else { own(n) };
        let (mut left, mut minutes) = (1.0, 0.0);
        for &cause in self.fixes.iter().filter(|&&cause| live.contains(cause)) {
            let in_vain = (left - share(cause)).max(0.0);
            minutes += if left > 0.0 { left * self.instance.try_minutes(cause, in_vain / left) } else { 0.0 };
            left = in_vain;
        }
        minutes
    }
}

fn first(live: Set) -> usize {
    live.iter().next().expect("an order is only asked about sets that hold something")
}
