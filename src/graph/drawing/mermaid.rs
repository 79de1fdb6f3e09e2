//! A picture as a Mermaid flowchart, for Markdown pages that draw it.
//!
//! Ids are `n1`, `n2`…, as a word such as `end` breaks a flowchart. In a label every character that Mermaid, its Markdown or its formulas
//! could read as more than itself is written as `#35;`, Mermaid's own escape. Mermaid's default settings draw up to 500 edges.

use std::fmt::Write as _;

use super::overlay::{EdgeState, State};
use super::picture::{Kind, Node, Picture};

/// Writes a picture as Mermaid.
pub fn mermaid(picture: &Picture) -> String {
    let mut out = String::from("flowchart TD\n");
    for (n, node) in picture.nodes.iter().enumerate() {
        let (open, close) = match node.kind {
            Kind::Question => ("(", ")"),
            Kind::Cause(_) => ("[", "]"),
            Kind::HandOff => ("[[", "]]"),
            Kind::Escalation => ("{{", "}}"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  n{}{open}\"{}\"{close}", n + 1, label(picture, node));
    }
    for edge in &picture.edges {
        let label = escape(&picture.label(edge));
        let _ = writeln!(out, "  n{} -->|\"{label}\"| n{}", edge.from + 1, edge.to + 1);
    }
    for (state, name, look) in LOOKS {
        let of_state = picture.nodes.iter().zip(1..).filter(|(node, _)| node.state == *state);
        let names: Vec<String> = of_state.map(|(_, n): (_, usize)| format!("n{n}")).collect();
        if !names.is_empty() {
            let _ = writeln!(out, "  classDef {name} {look}\n  class {} {name}", names.join(","));
        }
    }
    for (state, look) in EDGE_LOOKS {
        let of_state = picture.edges.iter().zip(0..).filter(|(edge, _)| edge.state == *state);
        let numbers: Vec<String> = of_state.map(|(_, n): (_, usize)| n.to_string()).collect();
        if !numbers.is_empty() {
            let _ = writeln!(out, "  linkStyle {} {look}", numbers.join(","));
        }
    }
    out
}

/// How boxes look; the colours of lines only, so that they fit a light and a dark page.
const LOOKS: &[(State, &str, &str)] = &[
    (State::Answered, "answered", "stroke:#2f81d6,stroke-dasharray:6 3"),
    (State::Way, "way", "stroke:#2f81d6,stroke-width:3px"),
    (State::Now, "now", "stroke:#2f81d6,stroke-width:5px"),
    (State::Fixed, "fixed", "stroke:#2a9a57,stroke-width:5px"),
    (State::Failed, "failed", "stroke:#d04a4e,stroke-width:3px"),
    (State::RuledOut, "ruledOut", "stroke-dasharray:4 4"),
    (State::Touched, "touched", "stroke:#2a9a57"),
    (State::Untouched, "untouched", "stroke:#d04a4e,stroke-dasharray:6 4"),
];

const EDGE_LOOKS: &[(EdgeState, &str)] = &[
    (EdgeState::Answered, "stroke:#2f81d6,stroke-dasharray:6 3"),
    (EdgeState::Way, "stroke:#2f81d6,stroke-width:4px"),
    (EdgeState::Touched, "stroke:#2a9a57,stroke-width:2px"),
    (EdgeState::Untouched, "stroke:#d04a4e,stroke-dasharray:6 4"),
];

fn label(picture: &Picture, node: &Node) -> String {
    let kind = (node.kind != Kind::Question).then(|| node.kind.word().to_owned());
    let status = (!node.status.is_empty()).then(|| node.status.clone());
    let head: Vec<String> = kind.into_iter().chain(status).collect();
    let head = (!head.is_empty()).then(|| head.join(": "));
    let lines = head.into_iter().chain([node.text.clone()]).chain(picture.bands(node));
    lines.map(|line| escape(&line)).collect::<Vec<_>>().join("<br/>")
}

/// Escapes a harmless line. At the start of a line, digits with a dot and dashes would begin a list; two dollars would begin a
/// formula and a backslash with an `n` a new line, escaped or not, so a place to break the line stands between them.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut may_begin_list = true;
    for c in line.chars() {
        if c == '$' && out.ends_with("#36;") || c == 'n' && out.ends_with("#92;") {
            out.push_str("<wbr>");
        }
        let is_harmless = match c {
            ' ' | ',' | '?' | '\'' | '/' | '(' | ')' => true,
            '.' | '-' | '!' | ':' => !may_begin_list,
            c => !c.is_ascii() || c.is_ascii_alphanumeric(),
        };
        may_begin_list &= c.is_ascii_digit() || c == ' ';
        if is_harmless {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mermaid_would_read_as_more_than_itself_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected);
        check("Is the lamp red, or 2.5 m off (now)?", "Is the lamp red, or 2.5 m off (now)?");
        check("say \"no\"; end", "say #34;no#34;#59; end");
        check("#quot; &lt; %%{x}%%", "#35;quot#59; #38;lt#59; #37;#37;#123;x#125;#37;#37;");
        check("<b>`x`", "#60;b#62;#96;x#96;");
        check("žluť 宽", "žluť 宽");
    }

    #[test]
    fn a_line_begins_no_list_holds_no_formula_and_no_line_end() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected);
        check("1. one", "1#46; one");
        check("- a-b", "#45; a-b");
        check("$$x$$", "#36;<wbr>#36;x#36;<wbr>#36;");
        check(r"a\nb", "a#92;<wbr>nb");
    }
}
