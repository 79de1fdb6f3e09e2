//! `rootwalk show`: what is known of an error, in each form, and the script to walk on paper.

use std::fs;
use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

fn show<'a>(home: &Arc<Home>, args: impl IntoIterator<Item = &'a str>) -> Done {
    Program::at(home).args(["show"]).args(args).run()
}

/// The lamp with all that a flow may hold.
fn full() -> String {
    let faq = "faq: [(question: \"Must it be lit?\", answer: \"Yes.\")],\n    related: [(flow: \"house-dark\", when: \"All is dark.\"), \
               (flow: \"nowhere\", when: \"Never.\")],\n    rehearsals:";
    LAMP.replace("rehearsals:", faq)
        .replace("command: \"plug --in\",", "command: \"plug --in\", look_for: \"Light.\", warning: \"Dry hands.\",")
        .replace("fix: [\"plug-in\"])", "fix: [\"plug-in\"], verify: \"The lamp is lit.\", prevent: [\"look\"])")
}

fn home() -> Arc<Home> {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", &full());
    let house =
        LAMP.replace("id: \"lamp-dark\"", "id: \"house-dark\"").replace("The lamp is dark", "The house is dark");
    home.write("data/rootwalk/flows/house-dark.ron", &house.replace("\"L-1\"", "\"H-1\""));
    home
}

const TEXT: &str = "\
Error L-1: The lamp is dark
===========================

What it means
-------------
  No light.
  Product:  Lamp
  Category: power
  Severity: low

Causes and their fixes
----------------------
  1. The plug is out
     common · minutes to fix
     No current.
     Fix
     1. Put the plug in (minutes, safe)
        Before: Dry hands.
        Push.
        $ plug --in
        Look for: Light.
     Fixed when: The lamp is lit.
     To keep it from coming back
     1. Look at the plug (minutes, safe)
        It is behind the lamp.

  2. The switch is off
     rare · minutes to fix
     No contact.
     Fix
     1. Switch on (minutes, safe)
        Press.

Asked often
-----------
  Must it be lit?
  Yes.

Other errors
------------
  H-1: The house is dark (house-dark) All is dark.
  nowhere: Never.

What the message says
---------------------
  - lamp is dark

Where this comes from
---------------------
  Flow:    lamp-dark
  Source:  made for tests
  Checked: 2026-11-20
";

#[test]
fn a_person_reads_what_is_known_of_an_error() {
    let home = home();
    for name in ["lamp-dark", "L-1", "the lamp is dark"] {
        show(&home, [name]).exit(0).stdout(TEXT).stderr("");
    }
    let file = home.write("elsewhere/lamp-dark.ron", &full()).display().to_string();
    show(&home, [file.as_str()]).exit(0).stdout(TEXT);
    show(&home, ["lamp-drak"]).exit(2).stderr_has("did you mean `lamp-dark`?");
}

#[test]
fn the_script_says_at_each_answer_where_to_go() {
    let home = home();
    let script = show(&home, ["lamp-dark", "--script"]).exit(0).stdout;
    let (_, questions) = script.split_once("\nQuestions\n---------\n").expect("questions");
    assert!(
        questions.starts_with(
            "  1. Is the plug in?\n     How to find out\n     1. Look at the plug (minutes, safe)\n        It is behind the lamp.\n     \
             yes → go to 2\n     no → cause A: The plug is out\n     not sure: both stay open: first no, later yes\n\n  \
             2. Is the switch on?\n     yes → somebody else has to look: Ask the maker.\n     no → cause B: The switch is off\n     \
             not sure: both stay open: first no, later yes\n\nCauses and their fixes\n----------------------\n  A. The plug is out\n"
        ),
        "{questions}"
    );
    let markdown = show(&home, ["lamp-dark", "--script", "--format", "markdown"]).exit(0).stdout;
    assert!(
        markdown.contains("### 1. Is the plug in?\n") && markdown.contains("- **no →** cause A: The plug is out\n")
    );
    let html = show(&home, ["lamp-dark", "--script", "--format", "html"]).exit(0).stdout;
    assert!(
        html.contains("<a href=\"#n2\">go to 2</a>") && html.contains("<h3 id=\"n2\"><span class=\"number\">2</span>")
    );
    show(&home, ["lamp-dark", "--script", "--format", "json"]).exit(2).stderr_has("`--format json` without `--script`");
}

#[test]
fn markdown_and_a_page_say_the_same() {
    let home = home();
    let markdown = show(&home, ["lamp-dark", "--format", "markdown"]).exit(0).in_plain_text().stdout;
    for part in [
        "# Error `L-1`: The lamp is dark\n",
        "### 1. The plug is out\n\ncommon · minutes to fix\n",
        "1. Put the plug in (minutes, safe)\\\n   **Before:** Dry hands.\\\n   Push.\n\n   ```text\n   plug --in\n   ```\n\n   Look for: Light.\n",
        "- **Fixed when:** The lamp is lit.\n",
        "- **`H-1`:** The house is dark (house-dark) All is dark.\n",
    ] {
        assert!(markdown.contains(part), "no {part} in {markdown}");
    }
    let file = home.path("lamp.html");
    let written = show(&home, ["lamp-dark", "--format", "html", "-o", &file.display().to_string()]).exit(0).stdout("");
    written.stderr_has("`lamp-dark` written to ");
    let page = fs::read_to_string(file).expect("written");
    for part in [
        "<svg ",
        "<a href=\"#n2\"><g class=\"box\">",
        "id=\"n2\"",
        "<code>plug --in</code>",
        "The house is dark (house-dark)",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("<script") && !page.replace("http://www.w3.org/2000/svg", "").contains("http://"));
}

#[test]
fn a_machine_reads_all_of_it_in_the_shape_that_the_schema_says() {
    let home = home();
    let schema = Program::new().args(["schema", "guide"]).run().exit(0).json();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("guide", schema).expect("a schema");
    let schema = compiler.compile("guide", &mut schemas).expect("it compiles");
    let flows = ["lamp-dark", "2403", "4121", "4122", "powerbi-token-expired", "powerbi-not-authorized-exception"];
    for flow in flows {
        let guide = show(&home, [flow, "--format", "json"]).exit(0).json();
        if let Err(error) = schemas.validate(&guide, schema) {
            panic!("{flow}: {error}");
        }
    }
    let guide = show(&home, ["lamp-dark", "--format", "json"]).json();
    assert_eq!(guide["causes"][0]["number"], 5);
    assert_eq!(guide["questions"][0]["no"], serde_json::json!({"kind": "cause", "id": "unplugged", "number": 5}));
    assert_eq!(guide["related"][0]["title"], "The house is dark");
    assert_eq!(guide["related"][1]["title"], serde_json::Value::Null);
}
