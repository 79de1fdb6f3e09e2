//! The commands in the README and in the author's guide, run, and what they print, compared.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs each `$ …` line of a text's console blocks in one home and one folder, and compares what it prints.
fn run(text: &str, folder: &Path) -> usize {
    let home = tempfile::tempdir().expect("a home");
    let program = Path::new(env!("CARGO_BIN_EXE_rootwalk"));
    let programs = program.parent().expect("it lies in a folder");
    let mut commands = 0;
    for block in text.split("```console\n").skip(1).map(|rest| rest.split("```").next().expect("a block ends")) {
        for part in block.split("$ ").skip(1) {
            let (command, expected) = part.split_once('\n').expect("a command and what it prints");
            let output = Command::new("sh")
                .args(["-c", command])
                .current_dir(folder)
                .env_clear()
                .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
                .env("HOME", home.path())
                .env("SOURCE_DATE_EPOCH", "1795219200")
                .output()
                .expect("a shell");
            let mut printed = String::from_utf8(output.stdout).expect("UTF-8");
            if printed.is_empty() {
                printed = String::from_utf8(output.stderr).expect("UTF-8");
            }
            let code = output.status.code().expect("an exit code");
            if code != 0 {
                printed.push_str(&format!("[exit {code}]\n"));
            }
            assert_eq!(without_ids(&printed), expected, "{command}");
            commands += 1;
        }
    }
    commands
}

#[test]
fn the_readme_shows_what_its_commands_print() {
    let readme = fs::read_to_string("README.md").expect("there");
    let commands = run(&readme, Path::new("."));
    assert!(commands >= 8, "only {commands} commands were run");
}

#[test]
fn the_guide_shows_what_its_commands_print_of_its_own_example() {
    let guide = fs::read_to_string("flows/README.md").expect("there");
    let block = |kind: &str| {
        let begin = guide.split_once(kind).unwrap_or_else(|| panic!("no {kind}")).1;
        begin.split_once("```").expect("a block ends").0
    };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("gateway.txt"), block("```text\n")).expect("written");
    fs::write(folder.path().join("gateway-offline.ron"), block("```ron\n")).expect("written");
    let commands = run(&guide, folder.path());
    assert!(commands >= 5, "only {commands} commands were run");
}

/// Replaces session ids, which are new each time.
fn without_ids(text: &str) -> String {
    let is_id = |word: &str| {
        word.len() == 9
            && word
                .char_indices()
                .all(|(n, c)| if n == 4 { c == '-' } else { c.is_ascii_lowercase() || c.is_ascii_digit() })
    };
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_alphanumeric() || c == '-' {
            word.push(c);
            continue;
        }
        out.push_str(if is_id(&word) { "<id>" } else { &word });
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}
