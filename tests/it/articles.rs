//! `rootwalk import` and `rootwalk new`: drafts that can be checked and walked as they are, and nothing overwritten.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::home::Home;
use crate::program::{Done, Program};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles").join(name)
}

fn import(name: &str) -> Done {
    Program::new().args([Path::new("import"), &fixture(name)]).run()
}

/// The one flow file that a program wrote where it was started.
fn written(home: &Arc<Home>) -> PathBuf {
    let files: Vec<PathBuf> =
        fs::read_dir(home.work()).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    file.clone()
}

/// The draft passes the check as it is; it has a mark for each one that was promised.
fn is_good(done: &Done) -> String {
    let file = written(&done.home);
    let text = fs::read_to_string(&file).expect("written");
    assert!(done.stderr.contains(&format!("; {} marks to decide\n", text.matches("// DECIDE: ").count())), "{done}");
    let checked = Program::at(&done.home).args(["check".into(), file.clone(), "--format=json".into()]).run();
    assert_eq!(checked.json()["errors"], 0, "{checked}");
    text
}

#[test]
fn the_first_articles_become_flows_that_pass_the_check() {
    for name in ["fabric-pipeline-error-2403", "fabric-pipeline-error-4121", "powerbi-not-authorized-exception"] {
        let done = import(&format!("{name}.txt")).exit(0).stdout("").in_plain_text();
        done.stderr_has(&format!("{name}: 4 causes, 5 steps, 2 FAQ entries; "));
        let done = import(&format!("{name}.txt"));
        let text = is_good(&done);
        assert!(!text.contains('\t') && text.lines().next() == Some("#![enable(implicit_some)]"));
        let dated = text.lines().map(|line| if line.contains("checked:") { "        checked: …" } else { line });
        insta::assert_snapshot!(name, dated.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn a_draft_can_be_walked_as_it_is() {
    let done = import("fabric-pipeline-error-4121.txt").exit(0);
    let flows = done.home.work();
    Program::at(&done.home)
        .args(["walk", "fabric-pipeline-error-4121", "--plain", "--flows"])
        .args([flows])
        .stdin("yes\nverify now\nyes\n")
        .run()
        .exit(0)
        .stdout_has("1. Has the service principal secret or certificate used in the AzureML\n")
        .stdout_has("Test the connection");
}

#[test]
fn articles_of_the_same_shape_keep_what_they_have_and_what_they_lack_is_said() {
    let expected = [
        ("bold-headings.md", "4 causes, 5 steps, 2 FAQ entries"),
        ("cause-1.txt", "3 causes, 3 steps, 2 FAQ entries"),
        ("emoji-and-quotes.txt", "2 causes, 2 steps, 1 FAQ entry"),
        ("entities.txt", "4 causes, 5 steps, 2 FAQ entries"),
        ("headings-and-bullets.md", "4 causes, 5 steps, 2 FAQ entries"),
        ("hostile.txt", "2 causes, 1 step, 1 FAQ entry"),
        ("nested-numbers.txt", "2 causes, 2 steps, 0 FAQ entries"),
        ("nested.html", "4 causes, 5 steps, 2 FAQ entries"),
        ("no-faq.txt", "4 causes, 5 steps, 0 FAQ entries"),
        ("no-severity-no-meaning.txt", "4 causes, 5 steps, 2 FAQ entries"),
        ("no-steps.txt", "4 causes, 0 steps, 2 FAQ entries"),
        ("numbers-in-brackets.txt", "4 causes, 5 steps, 2 FAQ entries"),
        ("odd-spacing.txt", "4 causes, 5 steps, 2 FAQ entries"),
        ("only-causes.txt", "2 causes, 0 steps, 0 FAQ entries"),
        ("paragraphs.txt", "2 causes, 2 steps, 1 FAQ entry"),
        ("steps-as-headings.md", "2 causes, 3 steps, 2 FAQ entries"),
        ("table-and-nested-lists.htm", "2 causes, 2 steps, 1 FAQ entry"),
        ("twice-the-same.txt", "3 causes, 2 steps, 2 FAQ entries"),
        ("unclosed.html", "3 causes, 2 steps, 0 FAQ entries"),
        ("very-long-lines.txt", "2 causes, 1 step, 1 FAQ entry"),
        ("windows-line-ends.txt", "4 causes, 5 steps, 2 FAQ entries"),
    ];
    let mut names: Vec<String> = fs::read_dir(fixture("variants"))
        .expect("there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, expected.map(|(name, _)| name));
    let mut said = String::new();
    for (name, counts) in expected {
        let done = import(&format!("variants/{name}")).exit(0).stdout("").in_plain_text().stderr_has(counts);
        is_good(&done);
        said.push_str(&format!("--- {name}\n{}", done.stderr));
    }
    insta::assert_snapshot!(said);
}

/// Articles that differ only in how they are set say the same.
#[test]
fn the_same_article_gives_the_same_draft_however_it_is_set() {
    let draft = |name: &str| {
        let done = Program::new().args(["import".into(), fixture(name), "--output=-".into()]).run().exit(0);
        let differs = ["// A draft", "where the facts come from", "source:", "checked:"];
        done.stdout
            .lines()
            .filter(|line| !differs.iter().any(|word| line.contains(word)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let plain = draft("fabric-pipeline-error-2403.txt");
    for name in [
        "windows-line-ends.txt",
        "odd-spacing.txt",
        "numbers-in-brackets.txt",
        "headings-and-bullets.md",
        "nested.html",
    ] {
        assert_eq!(draft(&format!("variants/{name}")), plain, "{name}");
    }
    assert_eq!(draft("variants/bold-headings.md"), draft("fabric-pipeline-error-4121.txt"));
}

#[test]
fn what_is_there_is_never_overwritten() {
    let done = import("fabric-pipeline-error-2403.txt").exit(0);
    let file = written(&done.home);
    fs::write(&file, "mine").expect("written");
    let again = || Program::at(&done.home).args([Path::new("import"), &fixture("fabric-pipeline-error-2403.txt")]);
    again().run().exit(3).stdout("").stderr(
        "error: `fabric-pipeline-error-2403.ron` is there already; nothing was written\n\
         help: name another file with `--output FILE`, or `--output -` for standard output\n",
    );
    Program::at(&done.home).args(["new", "fabric-pipeline-error-2403", "--title", "t"]).run().exit(3);
    assert_eq!(fs::read_to_string(&file).expect("there"), "mine");
    std::os::unix::fs::symlink("nowhere", done.home.work().join("link.ron")).expect("a link");
    again().args(["-o", "link.ron"]).run().exit(3).stderr_has("`link.ron` is there already");
    // Whoever writes first, one of many at once is whole and the others say so.
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let program = again().args(["-o", "raced.ron"]);
            std::thread::spawn(move || program.run().status.code())
        })
        .collect();
    let mut codes: Vec<_> = racers.into_iter().map(|racer| racer.join().expect("it ends")).collect();
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(3), Some(3), Some(3)]);
    Program::at(&done.home).args(["check", "raced.ron"]).run().exit(0);
    let left: Vec<_> =
        fs::read_dir(done.home.work()).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("tmp")), "{left:?}");
}

#[test]
fn a_full_disk_leaves_no_half_of_a_file() {
    let article = fixture("fabric-pipeline-error-2403.txt");
    let done = Program::new().args([Path::new("import"), &article]).after("ulimit -f 4; trap '' XFSZ").run().exit(4);
    assert!(fs::read_dir(done.home.work()).expect("a folder").next().is_none());
    done.stderr_has("error: `fabric-pipeline-error-2403.ron` cannot be written: ");
}

#[test]
fn a_draft_goes_to_its_product_to_a_named_file_or_to_standard_output() {
    let home = Home::new();
    fs::create_dir(home.path("work/flows")).expect("a folder");
    let import = |more: &[&str]| {
        Program::at(&home)
            .args(["import".into(), fixture("fabric-pipeline-error-2403.txt")])
            .args(more.iter().copied())
            .run()
    };
    import(&[])
        .exit(0)
        .stderr_has("written: flows/fabric/fabric-pipeline-error-2403.ron\n")
        .stderr_has("note: rootwalk has a flow");
    import(&["-o", "deep/er/my-own.ron"]).exit(0).stderr_has("my-own: 4 causes");
    Program::at(&home).args(["check", "deep/er/my-own.ron"]).run().exit(0);
    import(&["-o", "deep"]).exit(0).stderr_has("written: deep/fabric-pipeline-error-2403.ron\n");
    import(&["-o", "My Own.ron"]).exit(2).stderr_has("a flow's file is called as its id");
    import(&["-o", "own.txt"]).exit(2);
    let text = fs::read_to_string(fixture("fabric-pipeline-error-2403.txt")).expect("there");
    let done = Program::at(&home).args(["import", "-", "--output", "-"]).stdin(text).run().exit(0);
    assert!(done.stdout.starts_with("#![enable(implicit_some)]\n// A draft from \"standard input\""), "{done}");
    done.stderr_has("4 causes");
}

#[test]
fn what_is_no_article_is_refused_with_what_one_looks_like() {
    let import = |text: &[u8]| Program::new().args(["import", "-"]).stdin(text).run().stdout("");
    import(b"How to fix it\n1. Do it\n").exit(3).stderr(
        "error: standard input cannot be imported: no causes were found in it\n\
         help: it needs a heading such as `Common causes` with a list of causes below; `What does this error mean?`, \
         `How to fix it` and `Frequently asked questions` are read as well\n",
    );
    import(b"").exit(3).stderr_has("there is no text in it");
    import(b"\xff\xfeC\0a\0").exit(3).stderr_has("not UTF-8").stderr_has("help: save it as UTF-8");
    import(&b"- a cause\n".repeat(200_000)).exit(3).stderr_has("larger than an article can be");
    import(&[b"Causes\n".to_vec(), b"- a cause\n".repeat(200)].concat())
        .exit(3)
        .stderr_has("200 causes, an article at most 100");
    Program::new().args(["import", "nothing-here.txt"]).run().exit(3).stderr_has("`nothing-here.txt` cannot be read");
    Program::new().args(["import", "."]).run().exit(3).stderr_has("cannot be read");
    let markdown = "Causes\n======\n* one\n";
    Program::new()
        .args(["import", "-", "--format=markdown", "-o-"])
        .stdin(markdown)
        .run()
        .exit(0)
        .stderr_has("1 cause,");
}

#[test]
fn a_flow_is_begun_from_options_or_from_answers() {
    let options = [
        "--title",
        "The lamp is dark",
        "--severity",
        "low",
        "--cause",
        "The plug is out",
        "--cause",
        "The bulb isn't whole",
    ];
    let done = Program::new().args(["new", "lamp-dark"]).args(options).run().exit(0).stdout("");
    let text = is_good(&done);
    assert!(text.contains("ask: \"Is the bulb whole?\"") && text.contains("severity: Low,"), "{text}");
    insta::assert_snapshot!(done.stderr);

    let answers = "L-1\nThe lamp is dark\nLamp\n\n4\n\nThe plug is out\nThe bulb isn't whole\n";
    let done = Program::new().args(["new", "lamp-dark", "--plain"]).stdin(answers).run().exit(0).in_plain_text();
    let asked = is_good(&done);
    assert!(
        asked.contains("code: \"L-1\",") && asked.contains("product: \"Lamp\",") && asked.contains("severity: Low,")
    );
    let causes = |text: &str| text[text.find("causes: {").expect("there")..].to_owned();
    assert_eq!(causes(&asked), causes(&text));
    insta::assert_snapshot!(done.stderr);
}

#[test]
fn a_flow_is_begun_only_with_an_id_and_somebody_to_ask() {
    Program::new()
        .args(["new", "Lamp Dark"])
        .run()
        .exit(2)
        .stdout("")
        .stderr("error: `Lamp Dark` cannot be a flow's id\nhelp: write lower-case words joined by `-`: lamp-dark\n");
    Program::new().args(["new", "../lamp"]).run().exit(2);
    Program::new().args(["new", "lamp-dark"]).run().exit(20).stderr_has("needs a terminal, or its essentials");
    let done = Program::new().args(["new", "lamp-dark", "--plain"]).stdin("L-1\n").run().exit(1);
    assert!(fs::read_dir(done.home.work()).expect("a folder").next().is_none());
    done.stderr_has("nothing was written");
    let done = Program::new().args(["new", "lamp-dark", "--plain"]).stdin("\n\n\n\n\n\n\n").run().exit(0);
    is_good(&done);
    done.stderr_has("missing: no causes: two were written that stand in for them");
}
