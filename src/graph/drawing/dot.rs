//! A picture as DOT, for Graphviz: `rootwalk graph ERROR --format dot | dot -Tpdf`.
//!
//! A label is a quoted string in which Graphviz reads backslashes as escapes and `&…;` as characters, so both are written out; petgraph's
//! own writer escapes neither.

use std::fmt::Write as _;

use super::overlay::{EdgeState, State};
use super::picture::{Kind, Node, Picture};

const COLUMNS: usize = 32;

/// Writes a picture as DOT.
pub fn dot(picture: &Picture) -> String {
    let mut out = format!(
        "digraph \"{}\" {{\n  graph [rankdir=TB, labelloc=t, fontname=\"sans-serif\", label=\"{}\"];\n",
        escape(picture.flow.id()),
        head(picture),
    );
    out.push_str("  node [fontname=\"sans-serif\", fontsize=12];\n  edge [fontname=\"sans-serif\", fontsize=11];\n\n");
    for (n, node) in picture.nodes.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  n{} [{}, label=\"{}\"{}];",
            n + 1,
            shape(node.kind),
            label(picture, node),
            look(node.state)
        );
    }
    out.push('\n');
    for edge in &picture.edges {
        let (from, to, label) = (edge.from + 1, edge.to + 1, escape(&picture.label(edge)));
        let _ = writeln!(out, "  n{from} -> n{to} [label=\"{label}\"{}];", edge_look(edge.state));
    }
    out.push_str("}\n");
    out
}

fn head(picture: &Picture) -> String {
    let lines = [picture.title(), picture.summary()].into_iter().chain(picture.caption());
    lines.map(|line| wrap(&line, 2 * COLUMNS)).collect::<Vec<_>>().join("\\n") + "\\n "
}

fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Question => "shape=box, style=rounded",
        Kind::Cause(_) => "shape=box, style=bold",
        Kind::HandOff => "shape=cds",
        Kind::Escalation => "shape=box, peripheries=2",
    }
}

fn label(picture: &Picture, node: &Node) -> String {
    let kind = (node.kind != Kind::Question).then(|| node.kind.word().to_owned());
    let status = (!node.status.is_empty()).then(|| node.status.clone());
    let head: Vec<String> = kind.into_iter().chain(status).collect();
    let head = (!head.is_empty()).then(|| head.join(": "));
    let lines = head.into_iter().chain([node.text.clone()]).chain(picture.bands(node));
    lines.map(|line| wrap(&line, COLUMNS)).collect::<Vec<_>>().join("\\n")
}

fn look(state: State) -> &'static str {
    match state {
        State::Plain => "",
        State::Answered => ", color=\"#0b5cad\"",
        State::Way => ", color=\"#0b5cad\", penwidth=2.5",
        State::Now => ", color=\"#0b5cad\", penwidth=4",
        State::Fixed => ", color=\"#14703a\", penwidth=4",
        State::Failed => ", color=\"#a3262a\", penwidth=2.5",
        State::RuledOut => ", style=dashed, fontcolor=\"#5b6b7a\"",
        State::Touched => ", color=\"#14703a\"",
        State::Untouched => ", style=dashed, color=\"#a3262a\"",
    }
}

fn edge_look(state: EdgeState) -> &'static str {
    match state {
        EdgeState::Plain => "",
        EdgeState::Answered => ", style=dashed, color=\"#0b5cad\"",
        EdgeState::Way => ", color=\"#0b5cad\", penwidth=3",
        EdgeState::Touched => ", color=\"#14703a\", penwidth=2",
        EdgeState::Untouched => ", style=dashed, color=\"#a3262a\"",
    }
}

/// Wraps a harmless line, escaped, with DOT's own line ends.
fn wrap(line: &str, columns: usize) -> String {
    textwrap::wrap(line, columns).iter().map(|line| escape(line)).collect::<Vec<_>>().join("\\n")
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_graphviz_would_read_as_more_than_itself_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected);
        check("plain <b> žluť 宽", "plain <b> žluť 宽");
        check("say \"no\"", r#"say \"no\""#);
        check(r"a \N and \", r"a \\N and \\");
        check("&lt; & &amp;", "&amp;lt; &amp; &amp;amp;");
    }

    #[test]
    fn a_line_is_broken_before_it_is_escaped() {
        assert_eq!(wrap(r"aaa\ bbb", 4), r"aaa\\\nbbb");
        assert_eq!(wrap(r"\\\\", 2), r"\\\\\n\\\\");
    }
}
