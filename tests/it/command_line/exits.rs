//! What each exit code means, and what becomes of output that nobody takes.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::time::Duration;

use crate::home::Home;
use crate::program::Program;
use crate::terminal::Spawn;

const RESOLVED: [&str; 6] = ["walk", "2403", "--answer", "identity-enabled=no", "--fix", "identity-missing=fixed"];

#[test]
fn resolved_is_0() {
    Program::new().args(RESOLVED).run().exit(0).stdout("resolved: identity-missing\n").stderr("");
}

#[test]
fn escalated_and_findings_are_1() {
    let home = Home::new();
    home.write("flows/lamp-dark.ron", &crate::home::LAMP.replace("Push.", ""));
    let flows = home.path("flows");
    Program::at(&home).args(["check".into(), flows.clone()]).run().exit(1).stdout_has("empty").stderr(
        "1 flow checked, 1 error, 2 warnings\n`rootwalk explain CODE` says why each matters, with an example\n",
    );
    home.write("flows/lamp-dark.ron", crate::home::LAMP);
    Program::at(&home).args(["check".into(), flows]).run().exit(0).stderr_has("1 flow checked, 2 warnings\n");
    let args = ["walk", "lamp-dark", "--answer", "plugged-in=yes", "--answer", "switched-on=yes", "--flows"];
    Program::at(&home).args(args).args([home.path("flows")]).run().exit(1).stdout("escalated\n").stderr("");
}

#[test]
fn wrong_arguments_are_2() {
    Program::new().args(["walk"]).run().exit(2).stdout("").stderr_has("<ERROR|FILE>");
    Program::new().args(["walk", "2403", "--anser", "x"]).run().exit(2).stderr_has("--answer");
    Program::new().args(["--plain", "list"]).run().exit(2).stderr_has("`--plain` is for a walk");
    Program::new().args(["53003"]).run().exit(2).stderr_has("write: rootwalk walk 53003\n");
    Program::new().args(["login failed"]).run().exit(2).stderr_has("write: rootwalk walk 'login failed'\n");
    // What is printed to be copied runs nothing else.
    Program::new().args(["$(touch x) y"]).run().exit(2).stderr_has("write: rootwalk walk '$(touch x) y'\n");
    Program::new().args(["wlak"]).run().exit(2).stderr_has("walk");
    let error =
        "error: there is no flow for `fabric-pipeline-error-2430`\nhelp: did you mean `fabric-pipeline-error-2403`?\n";
    let args = ["walk", "fabric-pipeline-error-2430", "--answer", "a=yes"];
    Program::new().args(args).run().exit(2).stdout("").stderr(error);
}

#[test]
fn an_input_that_cannot_be_used_is_3() {
    let done = Program::new().args(["walk", "2403", "--answers", "nowhere.ron"]).run().exit(3).stdout("");
    done.stderr_has("nowhere.ron").stderr_has("cannot be used");
    Program::new()
        .args(["walk", "2403", "--plain", "--flows", "nowhere"])
        .run()
        .exit(3)
        .stderr_has("`nowhere` cannot be read");
    Program::new().args(["resume", "--plain"]).run().exit(3).stderr_has("help: start one with `rootwalk walk ERROR`");
    Program::new().args(["resume", "abcd", "--plain"]).run().exit(3).stderr_has("there is no session `abcd`");
    let home = Home::new();
    home.write("config/rootwalk/config.ron", "(agnet: \"Kim\")");
    Program::at(&home)
        .args(["sessions"])
        .run()
        .exit(3)
        .stderr_has("config.ron` cannot be used: line 1")
        .stderr_has("agent");
}

#[test]
fn paused_is_11() {
    let paused = Program::new().args(["walk", "2403", "--answer", "identity-enabled=yes"]).run().exit(11);
    paused.stdout("paused at the question `target-answered-403`\n").stderr("Saved. Go on with: rootwalk resume <id>\n");
}

#[test]
fn no_terminal_is_20_at_once_and_nothing_is_stored() {
    const TELLS: &str = "error: a walk needs a terminal, plain lines or answers\nhelp: run it in a terminal, add `--plain` to \
                         pipe answers in line by line, or give them all with `--answers FILE`\n";
    for args in [&["walk", "2403"][..], &[], &["resume"]] {
        let done = Program::new().args(args.iter().copied()).stdin("y\ny\n").run().exit(20).stdout("").stderr(TELLS);
        assert!(done.took < Duration::from_secs(2), "at once: {:?}", done.took);
        assert!(!done.home.store_path().exists());
    }
}

#[test]
fn the_terminal_behind_a_pipe_is_neither_read_nor_written() {
    let home = Home::new();
    let mut at = Spawn::new(&home).args(["--version"]).start();
    at.ended(0);
    for (run, code) in [
        ("run \"$ROOTWALK_BIN\" walk 2403 </dev/null", 20),
        ("printf 'y\\n' | run \"$ROOTWALK_BIN\" walk 2403", 20),
        ("printf 'y\\n' | run \"$ROOTWALK_BIN\" walk 2403 2>/dev/null", 20),
        ("run \"$ROOTWALK_BIN\" walk 2403 2>/dev/null", 20),
        ("printf 'y\\nt\\nx\\nr\\n1\\n1\\ne\\nn\\n' | run \"$ROOTWALK_BIN\" walk 2403 --plain >/dev/null 2>&1", 11),
        ("run \"$ROOTWALK_BIN\" walk 2403 --answer identity-enabled=yes >/dev/null 2>&1", 11),
        ("run \"$ROOTWALK_BIN\" </dev/null 2>/dev/null", 20),
    ] {
        // The shell reads the second line when the program has ended, if the program left it.
        at.send(&format!("{run}\necho left-$((1 + 1))\n")).wait_said("left-2").ended(code).is_sane();
        assert!(!at.since_key().contains('\x1b'), "{run}: {:?}", at.since_key());
    }
}

#[test]
fn a_pipe_that_nobody_reads_is_no_panic() {
    let closed = || {
        let (read, write): (OwnedFd, OwnedFd) = nix::unistd::pipe().expect("a pipe");
        drop(read);
        File::from(write)
    };
    for (args, code) in [
        (&["--help"][..], 0),
        (&["sessions", "--format", "json"], 0),
        (&["check", "--format", "json"], 0),
        (&["walk", "2403", "--answer", "identity-enabled=yes"], 11),
        (&["walk", "2403", "--answer", "identity-enabled=yes", "--format", "json"], 11),
    ] {
        Program::new().args(args.iter().copied()).stdout(closed()).run().exit(code).stderr_lacks("internal error");
    }
    let done = Program::new().args(["walk", "2403", "--plain"]).stdin("y\n").stdout(closed()).run().exit(4);
    done.stderr_has("Broken pipe").stderr_has("Go on with: rootwalk resume <id>");
}

#[test]
fn a_full_device_is_4() {
    let full = || File::options().write(true).open("/dev/full").expect("a full device");
    for args in [
        &["--help"][..],
        &["--version"],
        &["sessions", "--format", "json"],
        &["check", "--format", "json"],
        &["walk", "2403", "--answer", "identity-enabled=yes"],
        &["walk", "2403", "--answer", "identity-enabled=yes", "--format", "json"],
    ] {
        let done = Program::new().args(args.iter().copied()).stdout(full()).run().exit(4);
        done.stderr_has("No space left").stderr_lacks("internal error");
    }
    let done = Program::new().args(["walk", "2403", "--plain"]).stdin("y\n").stdout(full()).run().exit(4);
    let id = done.home.stored().id;
    done.stderr_has("Go on with: rootwalk resume <id>");
    assert!(!id.is_empty());
}
