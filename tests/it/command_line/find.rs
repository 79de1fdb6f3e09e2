//! `rootwalk find` and the first screen in plain lines: whole output and exit codes.

use crate::home::{Home, LAMP};
use crate::program::Program;

const MESSAGE: &str = "Operation on target Web1 failed: {\"errorCode\": \"2403\", \"message\": \"Get access token from MSI failed for Datafactory adf-prd, region westeurope. Please verify resource url is valid and retry.\", \"failureType\": \"UserError\"}";

#[test]
fn a_message_leads_to_its_error_and_says_why() {
    let done = Program::new().args(["find", MESSAGE]).run().exit(0).stderr("");
    done.stdout(
        "2403 · No access token for the managed identity (Microsoft Fabric)
  code: “2403”
  message: “Please verify resource url is valid and retry”
  rootwalk walk fabric-pipeline-error-2403
",
    );
    for piped in [&["find"][..], &["find", "-"]] {
        Program::new().args(piped).stdin(MESSAGE).run().exit(0).stdout_has("fabric-pipeline-error-2403");
    }
}

#[test]
fn json_names_the_flows_best_first_and_none_where_none_fits() {
    let done = Program::new().args(["find", "--format", "json", MESSAGE]).run().exit(0).stderr("");
    let document: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(document["matches"][0]["flow"], "fabric-pipeline-error-2403");
    assert_eq!(document["matches"][0]["why"][0], "2403");
    let score = document["matches"][0]["score"].as_f64().expect("a number");
    assert!((0.9..=1.0).contains(&score), "{score}");
    let done = Program::new().args(["find", "--format", "json", "the printer is out of paper"]).run().exit(1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&done.stdout).expect("JSON"),
        serde_json::json!({"matches": []})
    );
}

#[test]
fn what_fits_nothing_is_said_to_and_an_empty_text_is_a_mistake() {
    let done = Program::new().args(["find", "the printer is out of paper"]).run().exit(1).stderr("");
    done.stdout("No error that rootwalk knows fits this text.\n`rootwalk list` lists all errors\n");
    for nothing in ["", "  \n"] {
        Program::new().args(["find"]).stdin(nothing).run().exit(2).stdout("").stderr_has("there is no text");
    }
}

#[test]
fn bytes_that_are_no_text_and_a_text_without_an_end_are_borne() {
    let mut bytes = b"\xff\x80\x00 TokenExpired \xc3".to_vec();
    Program::new().args(["find"]).stdin(bytes.clone()).run().exit(0).stdout_has("powerbi-token-expired");
    bytes.extend("at Line 2403 of the log nothing\n".repeat(300_000).bytes());
    Program::new().args(["find"]).stdin(bytes).run().exit(0).stdout_has("powerbi-token-expired");
    let done = Program::new().args(["find"]).stdin("TokenExpired \x1b[31m \u{202e}evil").run().exit(0);
    assert!(!done.stdout.contains(['\x1b', '\u{202e}']));
}

#[test]
fn at_most_as_many_are_named_as_wanted() {
    let both = "TokenExpired and PowerBINotAuthorizedException";
    let names = |limit: &str| {
        let done = Program::new().args(["find", "--limit", limit, both]).run().exit(0);
        done.stdout.matches("rootwalk walk").count()
    };
    assert_eq!((names("1"), names("5")), (1, 2));
}

#[test]
fn a_walk_begins_with_a_message_that_leads_to_one_error() {
    let home = Home::new();
    Program::at(&home).args(["walk", MESSAGE, "--plain"]).run().exit(11).stdout_has("1. Does the identity page");
    assert_eq!(home.session().flow().id(), "fabric-pipeline-error-2403");
    let done = Program::new().args(["walk", "--plain", "TokenExpired and PowerBINotAuthorizedException"]).run().exit(1);
    done.stdout("")
        .stderr_has("It is not clear which error this is. Walk one of these:\n")
        .stderr_has("rootwalk walk powerbi-token-expired\n")
        .stderr_has("powerbi-not-authorized-exception");
    let done = Program::new().args(["walk", "--plain", "out of paper"]).run().exit(1);
    done.stderr_has("No error that rootwalk knows fits");
    Program::new().args(["walk", "--plain", "nosuch"]).run().exit(2).stderr_has("there is no flow for `nosuch`");
}

#[test]
fn the_first_screen_takes_lines_up_to_an_empty_one_and_offers_what_fits() {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    let input = "Good evening,\nthe lamp is\ndark since today\n\n1\nn\n";
    let done = Program::at(&home).args(["--plain"]).stdin(input).run().exit(11).in_plain_text();
    done.stdout_has("Paste the error").stdout_has("1. L-1 · The lamp is dark").stdout_has("1. Is the plug in?");
    assert_eq!(home.session().flow().id(), "lamp-dark");
    let done = Program::at(&home).args(["--plain"]).stdin("out of paper\n\nthe lamp is dark\n\n2\n\n\n").run().exit(1);
    done.stdout_has("No error that rootwalk knows fits").stdout_has("none of these").stdout_has("Which error?");
}

#[test]
fn a_text_as_powershell_writes_it_is_read() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = "\u{feff}TokenExpired".encode_utf16().flat_map(order).collect();
        Program::new().args(["find"]).stdin(bytes).run().exit(0).stdout_has("powerbi-token-expired");
    }
}

#[cfg(unix)]
#[test]
fn the_command_that_walks_an_error_does_no_more_whatever_its_file_is_called() {
    let home = Home::new();
    home.write("data/rootwalk/flows/x\u{1b}[31m;$(touch y)'z.ron", LAMP);
    home.write("data/rootwalk/flows/-lamp.ron", LAMP);
    let done = Program::at(&home).args(["find", "L-1 The lamp is dark"]).run().exit(0);
    assert!(!done.stdout.contains('\x1b'), "{}", done.stdout);
    done.stdout_has("  rootwalk walk 'x\\u{1b}[31m;$(touch y)'\\''z'\n").stdout_has("  rootwalk walk -- -lamp\n");
}

#[test]
fn a_file_named_where_a_message_is_wanted_is_said_to_be_one() {
    let home = Home::new();
    home.write("work/the message.txt", MESSAGE);
    let hint = "if the message is in this file: rootwalk find < 'the message.txt'\n";
    Program::at(&home).args(["find", "the message.txt"]).run().exit(1).stderr(hint);
    Program::at(&home).args(["show", "the message.txt"]).run().exit(2).stderr_has(&format!("help: {hint}"));
    let done = Program::at(&home).args(["find", "--format", "json", "the message.txt"]).run().exit(1);
    done.stderr("");
    Program::at(&home).args(["show", "no such.txt"]).run().exit(2).stderr_has("help: `rootwalk list` lists all errors");
}

#[test]
fn common_words_that_fit_no_error_name_what_several_of_them_lead_to() {
    // Each of these words stands in many flows.
    let done = Program::new().args(["find", "service principal cannot see workspace"]).run().exit(1);
    let done = done.stdout_has("Nearest by topic:\n").in_plain_text();
    assert!(done.stdout.contains("service principal"), "{}", done.stdout);
    let one = Program::new().args(["find", "workspace"]).run().exit(1);
    assert!(!one.stdout.contains("Nearest"), "{}", one.stdout);
}
