//! Where flows come from, who wins, and what a broken file costs: only itself.

use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::Program;

/// The four places of one's own, the winning one first.
const LAYERS: [(&str, &str); 4] = [
    ("flag", "of-the-flag"),
    ("environment", "of-the-environment"),
    ("project", "work/.rootwalk/flows"),
    ("user", "data/rootwalk/flows"),
];

/// A flow that is built in, with another title.
fn retitled(title: &str) -> String {
    crate::home::retitled("fabric-pipeline-error-2403", title)
}

fn walk(home: &Arc<Home>) -> Program {
    let environment = home.path("of-the-environment");
    let flag = home.path("of-the-flag");
    std::fs::create_dir_all(&environment).expect("a folder");
    std::fs::create_dir_all(&flag).expect("a folder");
    Program::at(home)
        .args(["walk", "fabric-pipeline-error-2403", "--plain", "--flows"])
        .args([flag])
        .env("ROOTWALK_FLOWS", &environment.display().to_string())
}

#[test]
fn a_folder_of_flows_may_be_named_before_the_command_and_a_flow_by_its_file() {
    let home = Home::new();
    home.write("flows/lamp-dark.ron", LAMP);
    let walked = |args: &[&str]| Program::at(&home).args(args.to_vec()).stdin("n\n").run().exit(11).stdout;
    let folder = home.path("flows").display().to_string();
    let before = walked(&["--flows", &folder, "walk", "lamp-dark", "--plain"]);
    assert!(before.contains("The plug is out"), "{before}");
    let file = walked(&["walk", &format!("{folder}/lamp-dark.ron"), "--plain"]);
    assert!(file.contains("The plug is out"), "{file}");
}

#[test]
fn flag_beats_environment_beats_project_beats_user_beats_built_in() {
    let home = Home::new();
    for (layer, folder) in LAYERS {
        home.write(&format!("{folder}/deeper/fabric-pipeline-error-2403.ron"), &retitled(&format!("from the {layer}")));
    }
    for (layer, folder) in LAYERS {
        walk(&home).run().exit(11).stdout_has(&format!("2403 · from the {layer}\n"));
        std::fs::remove_dir_all(home.path(folder)).expect("it is there");
    }
    walk(&home).run().exit(11).stdout_has("2403 · No access token for the managed identity\n");
}

#[test]
fn a_broken_file_is_reported_and_costs_only_itself() {
    for (layer, folder) in LAYERS {
        let home = Home::new();
        let broken = retitled("broken").replacen("severity: Critical", "severity: Criticl", 1);
        home.write(&format!("{folder}/fabric-pipeline-error-2403.ron"), &broken);
        home.write(&format!("{folder}/lamp-dark.ron"), LAMP);
        home.write(&format!("{folder}/other.ron"), "Flow(");
        let done = walk(&home).stdin("y\n").run().exit(11).in_plain_text();
        // What is broken is said with its place; the next one is walked.
        let done =
            done.stderr_has("fabric-pipeline-error-2403.ron:10:").stderr_has("severity: Criticl").stderr_has("^");
        let done = done.stderr_has("did you mean `Critical`").stderr_has("2403.ron` is passed over");
        let done = done.stderr_lacks("other.ron");
        done.stdout_has("2403 · No access token for the managed identity\n").stdout_has("2. Does the error text");
        // What is not broken is not touched by it.
        let lamp =
            Program::at(&home).args(["walk", "lamp-dark", "--plain", "--flows"]).args([home.path("of-the-flag")]);
        let lamp = lamp.env("ROOTWALK_FLOWS", &home.path("of-the-environment").display().to_string());
        lamp.run().exit(11).stdout_has("L-1 · The lamp is dark").stderr("Saved. Go on with: rootwalk resume <id>\n");
        assert!(home.sessions().len() == 2, "{layer}");
    }
}

#[test]
fn a_flow_whose_only_file_is_broken_cannot_be_walked_and_the_others_can() {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", &LAMP.replace("Ask(\"switched-on\")", "Ask(\"switched-of\")"));
    let done = Program::at(&home).args(["walk", "lamp-dark", "--plain"]).run().exit(3).stdout("").in_plain_text();
    let done =
        done.stderr_has("lamp-dark.ron:20:77").stderr_has("switched-of").stderr_has("did you mean `switched-on`?");
    done.stderr_has("error: the flow `lamp-dark` cannot be used\n");
    assert!(!home.store_path().exists());
    Program::at(&home).args(["walk", "4121", "--plain"]).run().exit(11);
}

#[test]
fn the_list_reads_heads_only_and_a_file_without_a_good_one_is_passed_over() {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", &LAMP.replace("severity: Low", "severity: Lo"));
    let done = Program::at(&home).args(["--plain"]).stdin("\n1\n").run().exit(11);
    done.stderr_has("lamp-dark.ron` is passed over").stdout_has("\n1. ").stdout_has("\nWhere: ");
    home.write("data/rootwalk/flows/lamp-dark.ron", &LAMP.replace("Ask(\"switched-on\")", "Ask(\"switched-of\")"));
    let done = Program::at(&home).args(["--plain"]).run().exit(1).stderr("");
    done.stdout_has("The lamp is dark");
}

#[test]
fn a_transcript_without_an_end_is_read_no_further_than_one_can_be() {
    let home = Home::new();
    Program::at(&home).args(["replay", "/dev/zero"]).run().exit(3).stderr_has("more than 67108864");
}

#[test]
fn a_file_that_is_no_text_and_a_folder_that_is_none_are_said_to_be() {
    let home = Home::new();
    let path = home.write("data/rootwalk/flows/lamp-dark.ron", "");
    std::fs::write(&path, b"Flow(\xff\xfe").expect("a file");
    Program::at(&home)
        .args(["walk", "lamp-dark", "--plain"])
        .run()
        .exit(3)
        .stderr_has("lamp-dark.ron")
        .stderr_has("UTF-8");
    let args = ["walk", "2403", "--plain", "--flows"];
    Program::at(&home).args(args).args([path]).run().exit(3).stderr_has("cannot be read");
    let done = Program::at(&home).args(["walk", "2403", "--plain"]).env("ROOTWALK_FLOWS", "/nowhere").run().exit(3);
    done.stderr_has("the flow folder `/nowhere` cannot be read").stderr_has("$ROOTWALK_FLOWS");
}

#[test]
fn the_project_is_found_from_a_folder_below_it() {
    let home = Home::new();
    home.write("work/.rootwalk/flows/lamp-dark.ron", LAMP);
    home.write("work/src/deep/file", "");
    let walk = || Program::at(&home).args(["walk", "lamp-dark", "--plain"]);
    walk().in_folder("work/src/deep").run().exit(11);
    walk().in_folder("").run().exit(2).stderr_has("there is no flow for `lamp-dark`");
}

#[test]
fn an_old_session_is_gone_on_with_in_the_text_it_began_with() {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin("y\n").run().exit(11);
    home.write("data/rootwalk/flows/lamp-dark.ron", &LAMP.replace("Is the switch on?", "Is it another question?"));
    Program::at(&home).args(["resume", "--plain"]).run().exit(11).stdout_has("2. Is the switch on?");
    home.write("data/rootwalk/flows/lamp-dark.ron", "broken");
    Program::at(&home)
        .args(["resume", "--plain"])
        .stdin("n\n")
        .run()
        .exit(11)
        .stdout_has("Most likely cause: The switch is off");
}

#[test]
fn a_pipe_in_a_folder_is_no_flow_and_is_not_waited_for() {
    let home = Home::new();
    home.write("work/flows/lamp.ron", LAMP);
    let made = std::process::Command::new("mkfifo").arg(home.path("work/flows/pipe.ron")).status();
    assert!(made.expect("mkfifo runs").success());
    let checked = Program::at(&home).args(["check", "flows", "--format", "json"]).run().json();
    assert_eq!(checked["files"], 1);
    Program::at(&home).args(["graph", "lamp", "--flows", "flows"]).run().exit(0);
}

#[test]
fn a_device_that_never_ends_is_too_large() {
    Program::new().args(["check", "/dev/zero"]).run().exit(3).stdout_has("error[too-large]: there is no end after");
    Program::new().args(["analyze", "--matrix", "/dev/zero"]).run().exit(3).stderr_has("error[too-large]");
}
