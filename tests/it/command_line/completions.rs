//! `rootwalk completions`: what shells are offered, asked in a real bash, and in the others where they are installed.

use std::process::Command;
use std::sync::Arc;

use crate::home::{Home, LAMP, ROOTWALK};
use crate::program::Program;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

fn home() -> Arc<Home> {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    home
}

/// What bash offers for the last word of a line, sorted.
fn offered(home: &Arc<Home>, line: &str) -> Vec<String> {
    let script = Program::new().args(["completions", "bash"]).run().exit(0).stderr("").stdout;
    let file = home.write("work/completions.bash", &script).display().to_string();
    // What readline does: it finds the function of the command, sets the words, calls it.
    let ask = format!(
        "source '{file}'\nspec=$(complete -p rootwalk)\n[[ $spec =~ -F\\ ([^ ]+) ]]\nCOMP_LINE='{line}'\nread -ra COMP_WORDS <<< \"$COMP_LINE\"\n\
         [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\nCOMP_POINT=${{#COMP_LINE}}\nCOMP_TYPE=9\n\
         compopt() {{ :; }}\n\"${{BASH_REMATCH[1]}}\" rootwalk \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let folder = std::path::Path::new(ROOTWALK).parent().expect("it lies in a folder").display().to_string();
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-c", &ask])
        .env_clear()
        .envs(home.environment())
        .env("PATH", format!("{folder}:/usr/bin:/bin"))
        .current_dir(home.work())
        .output()
        .expect("bash runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    words.sort();
    words
}

#[test]
fn bash_completes_commands_and_options() {
    let home = home();
    assert_eq!(offered(&home, "rootwalk sho"), ["show"]);
    assert_eq!(offered(&home, "rootwalk list --prod"), ["--product"]);
    assert_eq!(offered(&home, "rootwalk show 2403 --format "), ["html", "json", "markdown", "text"]);
}

#[test]
fn bash_completes_ids_and_codes_of_the_errors_there_are_now() {
    let home = home();
    assert_eq!(offered(&home, "rootwalk walk lam"), ["lamp-dark"]);
    assert_eq!(offered(&home, "rootwalk show L-"), ["L-1"]);
    assert!(offered(&home, "rootwalk graph 412").contains(&"4121".to_owned()));
    home.write("data/rootwalk/flows/lamp-dim.ron", &LAMP.replace("lamp-dark", "lamp-dim"));
    assert_eq!(offered(&home, "rootwalk show L-"), ["L-1"], "two errors have this code");
    let all = offered(&home, "rootwalk walk ");
    assert!(all.contains(&"fabric-pipeline-error-2403".to_owned()) && all.contains(&"lamp-dark".to_owned()), "{all:?}");
    home.write("elsewhere/house-dark.ron", &LAMP.replace("lamp-dark", "house-dark"));
    let folder = home.path("elsewhere").display().to_string();
    assert_eq!(offered(&home, &format!("rootwalk --flows {folder} show hou")), ["house-dark"]);
    assert_eq!(offered(&home, "rootwalk show hou"), Vec::<String>::new());
    assert_eq!(offered(&home, "rootwalk show compl"), ["completions.bash"], "a file may be named as well");
}

#[test]
fn bash_completes_what_errors_are_listed_by_as_list_takes_it() {
    let home = home();
    assert_eq!(offered(&home, "rootwalk list --product la"), ["lamp"]);
    assert_eq!(offered(&home, "rootwalk list --category pow"), ["power"]);
    let products = offered(&home, "rootwalk list --product ");
    assert!(products.contains(&"power-bi".to_owned()), "{products:?}");
    for product in products {
        Program::at(&home).args(["list", "--product", &product]).run().exit(0);
    }
}

#[test]
fn bash_completes_the_ids_of_sessions() {
    let home = home();
    assert!(offered(&home, "rootwalk resume ").iter().all(|word| word.starts_with("--")), "there are only options");
    assert!(!home.store_path().exists(), "nothing is made by asking");
    Program::at(&home).args(["walk", "lamp-dark", "--plain"]).stdin("y\n").run().exit(11);
    let id = home.stored().id;
    for line in ["rootwalk resume ", "rootwalk export ", "rootwalk handover ", "rootwalk graph --session "] {
        assert_eq!(offered(&home, &format!("{line}{}", &id[..3])), [id.as_str()], "{line}");
    }
}

#[test]
fn a_name_that_would_act_in_a_shell_is_not_offered() {
    let home = home();
    home.write(
        "data/rootwalk/flows/evil.ron",
        &LAMP.replace("lamp-dark", "evil").replace("L-1", "evil $(touch pwned)"),
    );
    assert_eq!(offered(&home, "rootwalk walk evi"), ["evil"]);
}

#[test]
fn what_goes_wrong_is_silence() {
    let home = home();
    home.write("data/rootwalk/flows/broken.ron", "Flow(");
    home.write("state/rootwalk/sessions.db", "no store");
    assert_eq!(offered(&home, "rootwalk walk lam"), ["lamp-dark"]);
    offered(&home, "rootwalk resume x");
    home.write("config/rootwalk/config.ron", "broken");
    offered(&home, "rootwalk walk lam");
}

#[test]
fn each_shell_that_is_installed_takes_its_script() {
    let home = home();
    for shell in SHELLS {
        let script = Program::at(&home).args(["completions", shell]).run().exit(0).stderr("").in_plain_text().stdout;
        assert!(script.contains("rootwalk") && script.contains("ROOTWALK_COMPLETE"), "{shell}: {script}");
        let file = home.write(&format!("work/script.{shell}"), &script);
        let check: &[&str] = match shell {
            "bash" | "zsh" => &["-n"],
            "fish" => &["--no-execute"],
            _ => continue,
        };
        if let Ok(status) = Command::new(shell).args(check).arg(file).status() {
            assert!(status.success(), "{shell}");
        }
    }
    Program::at(&home).args(["completions", "tcsh"]).run().exit(2).stderr_has("possible values: bash");
}
