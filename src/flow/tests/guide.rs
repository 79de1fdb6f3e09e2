//! The authors' guide against the table of the format: every field is there, as what it is, and nothing else; and the flow in it is good.

use std::fs;

use jiff::civil::Date;

use crate::check::{Subject, advise, check};
use crate::diag::render;
use crate::flow::shape::{ANSWERS_FILE, FLOW, Field, SHARED, Shape};
use crate::flow::{draft, locate};
use crate::rehearse::rehearse;
use crate::source::Source;

/// The part of the guide that describes the format.
fn guide() -> String {
    let guide = fs::read_to_string("flows/README.md").expect("the guide");
    let (_, from) = guide.split_once("\n## The format, field by field\n").expect("the section is there");
    from.split("\n## ").next().expect("a text has a first part").to_owned()
}

/// Says what a field takes, as the guide has to.
fn takes(shape: &Shape) -> String {
    let words = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match shape {
        Shape::Text | Shape::MaybeText => "text".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Word(of) => words(of),
        Shape::Tagged { with_text, bare } => {
            let with_text = with_text.iter().map(|word| format!("{word}(\"…\")"));
            let all: Vec<String> = with_text.chain(bare.iter().map(|word| (*word).to_owned())).collect();
            words(&all.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Shape::List(Shape::Text) => "list of texts".to_owned(),
        Shape::List(of) => format!("list of {}", takes(of)),
        Shape::Map(of) => format!("map from id to {}", takes(of)),
        Shape::Struct(name, _) => (*name).to_owned(),
    }
}

/// Collects the structs of the format in the order in which they are met.
fn structs(shape: &'static Shape, found: &mut Vec<(&'static str, &'static [Field])>) {
    match shape {
        Shape::List(of) | Shape::Map(of) => structs(of, found),
        Shape::Struct(name, fields) => {
            found.push((name, fields));
            fields.iter().for_each(|field| structs(field.shape, found));
        }
        Shape::Text | Shape::MaybeText | Shape::Number | Shape::Word(_) | Shape::Tagged { .. } => {}
    }
}

#[test]
fn the_guide_has_every_field_as_it_is_and_no_other() {
    let mut expected = Vec::new();
    structs(&FLOW, &mut expected);
    // The steps of a file of shared ones are those of a flow.
    structs(&SHARED, &mut expected);
    expected.pop();
    structs(&ANSWERS_FILE, &mut expected);
    let expected: Vec<(String, Vec<String>)> = expected
        .into_iter()
        .map(|(name, fields)| {
            let row = |field: &Field| {
                let must = if field.required { "must" } else { "may" };
                format!("| `{}` | {must} | {} |", field.name, takes(field.shape))
            };
            (name.to_owned(), fields.iter().map(row).collect())
        })
        .collect();

    let guide = guide();
    let given: Vec<(String, Vec<String>)> = guide
        .split("\n### ")
        .skip(1)
        .map(|section| {
            let (name, body) = section.split_once('\n').expect("a heading and what is under it");
            let rows = body.lines().filter(|line| line.starts_with("| `")).map(|row| {
                let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
                let [field, must, takes, purpose] = cells[..] else { panic!("four cells: {row}") };
                assert!(purpose.len() > 5, "`{field}` of {name} has no purpose");
                format!("| {field} | {must} | {takes} |")
            });
            (name.to_owned(), rows.collect())
        })
        .collect();
    assert_eq!(given, expected);
}

#[test]
fn the_flow_in_the_guide_is_good_and_has_every_field() {
    let guide = guide();
    let text = guide.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).expect("there is a flow");
    let source = Source::new("gateway-offline.ron", text);
    let mut draft = draft(&source);
    let flow = draft.flow.as_ref().unwrap_or_else(|| panic!("{}", render(&draft.findings, false)));
    let catalog = ["gateway-offline", "powerbi-token-expired"].map(str::to_owned);
    let mut problems = check(&Subject { flow, stem: Some("gateway-offline"), catalog: &catalog });
    problems.extend(rehearse(flow));
    problems.extend(advise(flow, Date::constant(2026, 11, 21)));
    assert_eq!(locate(&source, problems.clone()).len(), problems.len());
    draft.add(problems);
    assert!(draft.findings.diagnostics.is_empty(), "{}", render(&draft.findings, false));

    let mut all = Vec::new();
    structs(&FLOW, &mut all);
    for (name, field) in all.iter().flat_map(|(name, fields)| fields.iter().map(move |field| (name, field))) {
        assert!(text.contains(&format!("{}: ", field.name)), "the flow lacks `{}` of {name}", field.name);
    }
}
