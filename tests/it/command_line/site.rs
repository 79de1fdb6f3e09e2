//! `rootwalk site`: which files there are, what is in them, and what happens to what was there before.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

fn site(home: &Arc<Home>) -> Done {
    Program::at(home).args(["site", "site"]).run()
}

fn home() -> Arc<Home> {
    let home = Home::new();
    let handing = LAMP.replace("Escalate(\"Ask the maker.\")", "HandOff(\"powerbi-token-expired\")");
    home.write("data/rootwalk/flows/lamp-dark.ron", &handing);
    home
}

/// The files of the site, by name.
fn files(home: &Arc<Home>) -> BTreeMap<String, String> {
    let entries = fs::read_dir(home.path("work/site")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &std::path::Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read_to_string(&path).expect("UTF-8"))).collect()
}

fn is_page(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "html")
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().expect("it ends")).collect()
}

#[test]
fn each_error_has_a_page_and_the_first_page_leads_to_all() {
    let home = home();
    let done = site(&home).exit(0).stdout("");
    let files = files(&home);
    let pages = files.keys().filter(|name| is_page(name)).count();
    done.stderr(&format!("{} errors in {} files written to site; open site/index.html\n", pages - 1, files.len() - 1));
    let index = &files["index.html"];
    for name in files.keys().filter(|name| is_page(name) && *name != "index.html") {
        assert_eq!(index.matches(&format!("href=\"{name}\"")).count(), 1, "{name}");
    }
    let lamp = &files["lamp-dark.html"];
    for part in [
        "<h1>Error L-1: The lamp is dark</h1>",
        "<a href=\"#n5\"><g class=\"box cause\">",
        "<h3 id=\"n5\">",
        "<code>plug --in</code>",
    ] {
        assert!(lamp.contains(part), "no {part} in {lamp}");
    }
    assert!(lamp.contains("<a href=\"powerbi-token-expired.html\">TokenExpired The embedded"), "a hand-off is a link");
}

#[test]
fn every_link_leads_somewhere_and_nothing_is_asked_of_the_net() {
    let home = home();
    site(&home).exit(0);
    let files = files(&home);
    for (name, page) in files.iter().filter(|(name, _)| is_page(name)) {
        let ids = values(page, "id");
        for target in [values(page, "href"), values(page, "src")].concat() {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            assert!(file.is_empty() || files.contains_key(file), "{name} leads to {target}");
            assert!(anchor.is_empty() || ids.contains(&anchor), "{name} leads to {target}");
        }
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{name} has an id twice");
        assert_eq!(page.matches("default-src 'none'").count(), 1, "{name}");
        assert!(values(page, "style").is_empty() && !page.contains("<script>") && !page.contains(" onclick"), "{name}");
    }
    for script in ["site.js", "style.css"] {
        for reaching in ["http:", "https:", "//www", "fetch", "XMLHttp", "import", "url("] {
            assert!(!files[script].contains(reaching), "{reaching} in {script}");
        }
    }
}

#[test]
fn the_same_flows_give_the_same_bytes() {
    let home = home();
    site(&home).exit(0);
    let first = files(&home);
    site(&home).exit(0);
    assert_eq!(files(&home), first);
    fs::remove_dir_all(home.path("work/site")).expect("there");
    site(&home).exit(0);
    assert_eq!(files(&home), first);
}

#[test]
fn a_folder_with_anything_else_in_it_is_refused() {
    let home = home();
    home.write("work/site/thesis.txt", "all my work");
    site(&home).exit(3).stderr_has("`site` holds something else than a site; nothing was written").stderr_has("help: ");
    assert_eq!(files(&home).len(), 1);
    home.write("work/site/.rootwalk-site", "something else\nthesis.txt\n");
    site(&home).exit(3);
    fs::remove_dir_all(home.path("work/site")).expect("there");
    home.write("work/site", "a file");
    site(&home).exit(3).stderr_has("`site` cannot be read");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_and_nothing_waits_for_a_pipe() {
    let home = home();
    site(&home).exit(0);
    home.write("precious", "keep");
    fs::remove_file(home.path("work/site/index.html")).expect("there");
    std::os::unix::fs::symlink(home.path("precious"), home.path("work/site/index.html")).expect("a link");
    site(&home).exit(0);
    assert_eq!(fs::read_to_string(home.path("precious")).expect("there"), "keep");
    assert!(files(&home)["index.html"].starts_with("<!doctype html>"));
    let marker = home.path("work/site/.rootwalk-site");
    fs::remove_file(&marker).expect("there");
    assert!(std::process::Command::new("mkfifo").arg(&marker).status().expect("it runs").success());
    site(&home).exit(3).stderr_has("`site` holds something else than a site");
}

#[test]
fn the_page_of_an_error_that_is_gone_goes_and_what_others_put_there_stays() {
    let home = home();
    site(&home).exit(0);
    home.write("work/site/CNAME", "example.org");
    fs::remove_file(home.path("data/rootwalk/flows/lamp-dark.ron")).expect("there");
    site(&home).exit(0);
    let files = files(&home);
    assert!(!files.contains_key("lamp-dark.html") && files.contains_key("CNAME"));
}

#[test]
fn a_run_that_was_cut_short_is_seen_and_the_next_one_mends_it() {
    let home = home();
    site(&home).exit(0);
    let whole = files(&home);
    let marker = whole[".rootwalk-site"].replacen("\nfinished\n", "\nunfinished\n", 1);
    assert_ne!(marker, whole[".rootwalk-site"]);
    home.write("work/site/.rootwalk-site", &(marker + "../../outside\n.hidden\ngone.html\n"));
    home.write("outside", "keep");
    home.write("work/site/.hidden", "keep");
    home.write("work/site/gone.html", "of a flow that is gone");
    fs::remove_file(home.path("work/site/index.html")).expect("there");
    site(&home).exit(0).stderr_has("the last run did not come to its end; all of it is written anew\n");
    assert!(home.path("outside").exists() && home.path("work/site/.hidden").exists());
    fs::remove_file(home.path("work/site/.hidden")).expect("there");
    assert_eq!(files(&home), whole);
}

#[test]
fn a_broken_flow_is_reported_and_the_others_have_their_pages() {
    let home = home();
    home.write("data/rootwalk/flows/broken.ron", "Flow(");
    site(&home).exit(0).stderr_has("broken.ron` is passed over");
    let files = files(&home);
    assert!(files.contains_key("lamp-dark.html") && !files.contains_key("broken.html"));
}
