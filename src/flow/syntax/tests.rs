//! Tests of the span-keeping parse.

use super::*;

fn mistakes(text: &str) -> Vec<(usize, String)> {
    parse(text).1.into_iter().map(|found| (found.at.start, found.message)).collect()
}

/// Compares the mistakes of a text: the bytes they begin at, and their messages.
fn check(text: &str, expected: &[(usize, &str)]) {
    let expected: Vec<_> = expected.iter().map(|&(byte, message)| (byte, message.to_owned())).collect();
    assert_eq!(mistakes(text), expected, "{text}");
}

#[test]
fn every_value_knows_its_bytes() {
    let text = r#"#![enable(implicit_some)] /* a /* b */ */ F(a: "x\u{41}", m: {"k": [1, Two(3)]}) // end"#;
    let (node, found) = parse(text);
    assert_eq!(found, []);
    let Kind::Struct(Struct { name: Some(name), fields, is_whole: true }) = node.kind else {
        panic!("a struct: {node:?}")
    };
    assert_eq!((name.text.as_str(), &text[fields[0].0.span.range()]), ("F", "a"));
    assert_eq!(fields[0].1.kind, Kind::Text("xA".to_owned()));
    assert_eq!(&text[fields[1].1.span.range()], r#"{"k": [1, Two(3)]}"#);
}

#[test]
fn a_comment_may_stand_between_a_name_and_its_colon() {
    check("(a/* x: */ : 1, b // y\n: (c/* /* */ */: 2))", &[]);
}

#[test]
fn it_goes_on_after_a_mistake_and_finds_the_next() {
    check(
        "(a: 1 b: 2, c: ?, d 4, e: \"\\q\", f: [1 2])",
        &[
            (5, "a comma is missing"),
            (15, "a value is expected"),
            (19, "a colon is missing"),
            (27, "RON does not have this escape"),
            (37, "a comma is missing"),
        ],
    );
    check(
        "(a = 1; b: , c, d:)",
        &[
            (3, "a colon is expected, not `=`"),
            (6, "a comma is expected, not `;`"),
            (11, "a value is missing"),
            (13, "the field `c` has no value"),
            (18, "a value is missing"),
        ],
    );
    check("(a: 1, , b: 2)", &[(7, "a field needs a name and a colon")]);
    check("(a: 1) (b: 2)", &[(7, "there is more after the end of the value")]);
    check(" // nothing\n", &[(12, "there is nothing in the file but comments")]);
}

#[test]
fn a_bracket_is_closed_where_it_should_have_been() {
    check("(a: [1, 2", &[(4, "`]` is missing at the end of the file")]);
    check("(a: [1)", &[(6, "a `]` is missing")]);
    check("(a: [\"x\", \"y\",\n b: 1)", &[(16, "a `]` is missing")]);
    check("(a: {\"x\": (b: 1, c: 2,\n \"y\": (b: 1)})", &[(24, "a `)` is missing")]);
    check("(a: {\"x\": (b: 1),\n c: 2)", &[(19, "a `}` is missing")]);
    check("(a: [1]], b: 2)", &[(7, "this `]` closes nothing")]);
}

#[test]
fn a_text_ends_where_it_should_have_ended() {
    check("(a: \"x", &[(4, "a text has no closing quote"), (0, "`)` is missing at the end of the file")]);
    check("(a: \"x,\n b: \"y\", c: ?)", &[(4, "a text has no closing quote"), (20, "a value is expected")]);
    check("{\"a\": (b: \"x),\n \"c\": (b: \"y\")}", &[(10, "a text has no closing quote")]);
    check("(a: \"x, b: \"y\", c: ?)", &[(4, "a text has no closing quote"), (19, "a value is expected")]);
    check("(a: \"the \"big\" one\", b: ?)", &[(9, "a text ends in the middle"), (24, "a value is expected")]);
    check(
        "(a: “x”, b: 'it's', c: ?)",
        &[
            (4, "a text needs plain double quotes"),
            (16, "a text needs plain double quotes"),
            (27, "a value is expected"),
        ],
    );
    check("(a: r#\"x\", b: 1)", &[(4, "a raw text has no end")]);
}

#[test]
fn a_character_is_found_in_the_literal_that_writes_it() {
    let literal = "\"a\\u{1b}\\\n  é\\xc3\\xa9\"";
    let found = |n| find_character(literal, n).map(|span| &literal[span.range()]);
    assert_eq!([found(0), found(1), found(2), found(3)], ["a", "\\u{1b}", "é", "\\xc3\\xa9"].map(Some));
    assert_eq!(find_character("r#\"ab\"#", 1), Some(Span::new(4, 5)));
}

#[test]
fn hostile_nesting_ends_at_once_and_with_few_words() {
    for open in ["(", "[", "{", "Some(", "/*", "(a:", "{\"a\":", "[(", ",", ")", "?", "\"a\"b", "\"\n\\", "'"] {
        let found = mistakes(&open.repeat(200_000)).len();
        assert!((1..=MAX_MISTAKES + 1).contains(&found), "{open}: {found}");
    }
}
