//! What no linter knows: the order of the rooms, who may name the terminal, what stands at the top.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from top to bottom, as `src/lib.rs` lists them. A room uses only rooms above it.
const ROOMS: &[&str] = &[
    "source",
    "text",
    "paste",
    "sheet",
    "diag",
    "flow",
    "graph",
    "check",
    "proof",
    "search",
    "walk",
    "store",
    "transcript",
    "guide",
    "site",
    "rehearse",
    "diff",
    "analyze",
    "article",
    "catalog",
    "ui",
    "cli",
];

fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                files.push((path, text));
            }
        }
    }
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    assert!(files.len() > 50, "the sources are where they should be");
    files
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("a source");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Tests beside the code may use any room.
fn is_test(path: &Path) -> bool {
    let names = ["tests", "tests.rs", "hostile.rs", "fixture.rs"];
    path.components().any(|part| names.contains(&&*part.as_os_str().to_string_lossy()))
}

#[test]
fn each_room_uses_only_rooms_above_it() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        let own = room(&path);
        let Some(height) = ROOMS.iter().position(|room| *room == own) else { continue };
        let tested = text.split("#[cfg(test)]\nmod tests").next().expect("a first part");
        for (n, line) in tested.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for below in &ROOMS[height + 1..] {
                let names = [format!("crate::{below}::"), format!("crate::{below};"), format!("crate::{{{below}")];
                let is_named = names.iter().any(|name| line.contains(name.as_str()));
                assert!(!is_named, "{}:{}: `{own}` uses `{below}`, which is below it", path.display(), n + 1);
            }
        }
    }
}

#[test]
fn only_the_fronts_name_the_terminal_crates() {
    for (path, text) in sources() {
        for name in ["dialoguer::", "indicatif::", "console::"] {
            let is_named = text.lines().any(|line| line.contains(name) && !line.trim_start().starts_with("//"));
            assert!(!is_named || room(&path) == "ui", "{} names `{name}`", path.display());
        }
    }
}

#[test]
fn the_pure_rooms_open_nothing_and_read_no_clock() {
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        let tested = text.split("#[cfg(test)]").next().expect("a first part");
        if ["catalog", "store", "ui", "cli", "main", "lib"].contains(&room(&path).as_str()) {
            continue;
        }
        for name in [
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "Timestamp::now",
            "SystemTime",
            "getrandom",
        ] {
            let is_named = tested.lines().any(|line| line.contains(name) && !line.trim_start().starts_with("//"));
            assert!(!is_named, "{} names `{name}`", path.display());
        }
    }
}

#[test]
fn each_source_opens_with_its_purpose_and_stays_short() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it", path.display());
    }
    let main = fs::read_to_string("src/main.rs").expect("there");
    assert!(main.lines().count() <= 40);
}

#[test]
fn the_map_lists_every_room_once_and_in_order() {
    let map = fs::read_to_string("src/lib.rs").expect("there");
    let listed: Vec<&str> = map
        .lines()
        .filter_map(|line| line.strip_prefix("//! | [`"))
        .filter_map(|line| line.split('`').next())
        .collect();
    assert_eq!(listed, ROOMS);
    let modules: Vec<&str> = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .filter_map(|line| line.strip_suffix(';'))
        .collect();
    let (mut modules, mut rooms) = (modules, ROOMS.to_vec());
    modules.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(modules, rooms);
}

#[test]
fn the_top_level_holds_what_it_should() {
    const ALLOWED: &[&str] = &[
        ".ci",
        ".git",
        ".gitignore",
        ".rustfmt.toml",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "benches",
        "build.rs",
        "flows",
        "src",
        "target",
        "tests",
    ];
    for entry in fs::read_dir(".").expect("the repository") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(ALLOWED.contains(&name.as_str()), "`{name}` stands at the top level");
    }
}
