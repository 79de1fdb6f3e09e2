//! The README's commands, run, and what they print, compared.

use std::fs;
use std::process::Command;

/// Runs each `$ …` line of the README's console blocks in one home, and compares what it prints.
#[test]
fn the_readme_shows_what_its_commands_print() {
    let readme = fs::read_to_string("README.md").expect("there");
    let home = tempfile::tempdir().expect("a home");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_rootwalk"));
    let folder = program.parent().expect("it lies in a folder");
    let mut commands = 0;
    for block in readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().expect("a block ends")) {
        for part in block.split("$ ").skip(1) {
            let (command, expected) = part.split_once('\n').expect("a command and what it prints");
            let output = Command::new("sh")
                .args(["-c", command])
                .env_clear()
                .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
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
    assert!(commands >= 4, "only {commands} commands were run");
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
