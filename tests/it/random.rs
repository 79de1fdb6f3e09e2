//! Random flows, the same for the same seed: valid RON texts of any size, for property tests and benches.

#![allow(dead_code, reason = "the benches use a part of it")]

use std::fmt::Write as _;

/// A small generator of numbers (`SplitMix64`), so that a seed means the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("below a usize")
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A flow of any shape: questions lead to later questions, causes, escalations and hand-offs. It can be read; the linter
/// may have much to say about it.
pub(crate) fn tangled(seed: u64, questions: usize, causes: usize) -> String {
    let mut random = Random(seed);
    let mut target = |from: usize| match random.below(10) {
        0..=5 if from + 1 < questions => format!("Ask(\"q{}\")", from + 1 + random.below(questions - from - 1)),
        6 if causes > 1 => "Escalate(\"call somebody\")".to_owned(),
        7 if random.below(3) == 0 => "HandOff(\"other\")".to_owned(),
        _ => format!("Cause(\"c{}\")", random.below(causes)),
    };
    let sides: Vec<(String, String)> = (0..questions).map(|from| (target(from), target(from))).collect();
    text(&mut Random(seed ^ 1), causes, &sides)
}

/// A balanced tree: every cause at the end of one path. Every rule of the linter is kept, but rehearsals.
pub(crate) fn tree(questions: usize) -> String {
    let side = |child: usize| {
        if child < questions { format!("Ask(\"q{child}\")") } else { format!("Cause(\"c{}\")", child - questions) }
    };
    let sides: Vec<(String, String)> = (0..questions).map(|n| (side(2 * n + 1), side(2 * n + 2))).collect();
    text(&mut Random(1), questions + 1, &sides)
}

/// A chain: each question confirms one cause or leads on.
pub(crate) fn chain(questions: usize) -> String {
    let no =
        |n: usize| if n + 1 < questions { format!("Ask(\"q{}\")", n + 1) } else { format!("Cause(\"c{questions}\")") };
    let sides: Vec<(String, String)> = (0..questions).map(|n| (format!("Cause(\"c{n}\")"), no(n))).collect();
    text(&mut Random(1), questions + 1, &sides)
}

/// A chain of layers with three ways on to the next one in each; a cause and a hand-off between make each question worth asking.
pub(crate) fn layered(layers: usize) -> String {
    let text = chain(layers);
    let (head, _) = text.split_once("start: \"q0\"").expect("a start");
    let mut out = format!("{head}start: \"a0\",\n    questions: {{\n");
    for n in 0..layers {
        let on = || if n + 1 < layers { format!("Ask(\"a{}\")", n + 1) } else { format!("Cause(\"c{layers}\")") };
        let mut ask = |id: String, yes: String, no: String| {
            out.push_str(&format!("        \"{id}\": (ask: \"Is {id} there?\", yes: {yes}, no: {no}),\n"));
        };
        ask(format!("a{n}"), on(), format!("Ask(\"b{n}\")"));
        ask(format!("b{n}"), format!("Ask(\"d{n}\")"), format!("Ask(\"e{n}\")"));
        ask(format!("d{n}"), format!("Cause(\"c{n}\")"), on());
        ask(format!("e{n}"), format!("HandOff(\"other-{n}\")"), on());
    }
    format!("{out}    }},\n)\n")
}

fn text(random: &mut Random, causes: usize, sides: &[(String, String)]) -> String {
    let mut out = String::from(
        "#![enable(implicit_some)]\nFlow(\n    format: 1,\n    id: \"random\",\n    error: (code: \"1\", title: \"random\", product: \"none\", \
         category: \"none\", severity: Low, meaning: \"made for tests\", source: \"none\", checked: \"2026-11-20\"),\n    causes: {\n",
    );
    for n in 0..causes {
        let likelihood = random.pick(&["Common", "Occasional", "Rare"]);
        let step = random.below(3);
        let _ = writeln!(
            out,
            "        \"c{n}\": (title: \"cause {n}\", why: \"it happens\", likelihood: {likelihood}, fix: [\"s{step}\"]),"
        );
    }
    out.push_str("    },\n    steps: {\n");
    for (n, effort) in ["Minutes", "Hours", "Days"].iter().enumerate() {
        let _ =
            writeln!(out, "        \"s{n}\": (title: \"step {n}\", text: \"do it\", effort: {effort}, risk: Safe),");
    }
    out.push_str("    },\n    start: \"q0\",\n    questions: {\n");
    for (n, (yes, no)) in sides.iter().enumerate() {
        let unsure = random.pick(&["KeepBoth", "KeepBoth", "AsYes", "AsNo"]);
        let _ = writeln!(
            out,
            "        \"q{n}\": (ask: \"Is fact {n} there?\", find_out: [\"s0\"], unsure: {unsure}, yes: {yes}, no: {no}),"
        );
    }
    out.push_str("    },\n)\n");
    out
}
