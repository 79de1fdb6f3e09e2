//! Tests of the catalog: which file wins, what a broken one costs, and shared steps in place.

use super::*;

#[test]
fn an_earlier_layer_wins_and_a_broken_file_costs_only_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = "powerbi-token-expired";
    let own = folder.path().join(format!("{id}.ron"));
    let layers = Layers { flag: vec![folder.path().to_owned()], ..Layers::default() };
    let title = |title: &str| {
        let built_in = built_in::find(id).expect("shipped").source();
        built_in.text().replacen("title: \"", &format!("title: \"{title} "), 1)
    };
    fs::write(&own, title("Ours")).expect("written");
    let opened = Catalog::look(&layers).and_then(|catalog| catalog.open(id)).expect("good");
    assert!(opened.edition.flow().error().title.starts_with("Ours "));
    fs::write(&own, "Flow(").expect("written");
    let opened = Catalog::look(&layers).and_then(|catalog| catalog.open(id)).expect("the one built in");
    assert!(!opened.edition.flow().error().title.starts_with("Ours "));
    assert_eq!(opened.broken.len(), 1);
    let (named, broken) = Catalog::look(&layers).expect("a folder").names();
    let named = named.iter().find(|named| named.id == id).expect("the one built in");
    assert!(!named.title.starts_with("Ours ") && broken.len() == 1);
}

#[test]
fn the_head_of_each_flow_built_in_is_read_alone() {
    for built_in in FLOWS {
        assert!(flow::head(built_in.source().text()).is_some_and(|head| head.id == built_in.id), "{}", built_in.id);
    }
}

/// A folder with files, each with its text.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn shared(id: &str, title: &str) -> String {
    let step = format!("title: \"{title}\", text: \"t\", look_for: \"l\", effort: Minutes, risk: Safe");
    format!("Shared(format: 1, steps: {{\"{id}\": ({step})}})")
}

const ID: &str = "fabric-pipeline-error-4121";
const STEP: &str = "azure-ml-rerun-pipeline";

fn title(opened: &Opened) -> &str {
    let flow = opened.edition.flow();
    &flow.step(flow.find_step(&format!("shared/{STEP}")).expect("it is put in place")).title
}

fn open(folders: &[&tempfile::TempDir]) -> Opened {
    let flag = folders.iter().map(|folder| folder.path().to_owned()).collect();
    Catalog::look(&Layers { flag, ..Layers::default() }).and_then(|catalog| catalog.open(ID)).expect("good")
}

#[test]
fn a_shared_step_of_an_earlier_layer_wins_and_no_file_of_them_is_a_flow() {
    let first = folder(&[("shared/a/own.ron", &shared(STEP, "First"))]);
    let second = folder(&[("shared/own.ron", &shared(STEP, "Second"))]);
    assert_eq!(title(&open(&[])), "Run the failed pipeline again");
    assert_eq!(title(&open(&[&second])), "Second");
    let opened = open(&[&first, &second]);
    assert_eq!(title(&opened), "First");
    assert_eq!(opened.edition.hash(), Edition::hash_of(opened.edition.text()));
    let layers = Layers { flag: vec![first.path().to_owned()], ..Layers::default() };
    let catalog = Catalog::look(&layers).expect("readable");
    assert_eq!((catalog.ids().len(), catalog.shared().0.len()), (FLOWS.len(), 1));
}

#[test]
fn a_session_keeps_a_text_that_says_all() {
    let opened = open(&[]);
    let text = opened.edition.text();
    let again = flow::read(&Source::new("elsewhere", text)).expect("it needs no other file");
    assert_eq!(again.steps(), opened.edition.flow().steps());
    assert_eq!(Some(opened.edition.hash()), built_in::find(ID).map(|flow| flow.hash));
}

#[test]
fn a_broken_shared_step_gives_way_to_the_one_built_in() {
    for broken in [shared(STEP, ""), shared(STEP, "x").replace("})", "")] {
        let opened = open(&[&folder(&[("shared/own.ron", &broken)])]);
        assert_eq!(title(&opened), "Run the failed pipeline again");
        let named: Vec<String> = opened
            .broken
            .iter()
            .flat_map(Findings::by_file)
            .filter(|found| !found.diagnostics.is_empty())
            .map(|found| found.source.name().to_owned())
            .collect();
        assert!(matches!(named.as_slice(), [name] if name.ends_with("own.ron")), "{named:?}");
    }
}

#[test]
fn beside_a_flow_file_or_above_it_is_looked_first() {
    let flow = built_in::find(ID).expect("shipped").source();
    let own = shared(STEP, "Beside");
    let files = |at: &str| {
        let name = format!("{at}/{ID}.ron");
        let folder = folder(&[(&name, flow.text()), ("shared/own.ron", &own)]);
        let layer = super::tests::folder(&[("shared/own.ron", &shared(STEP, "Layer"))]);
        let shelves = Shelves::of(&Layers { flag: vec![layer.path().to_owned()], ..Layers::default() });
        let source = shelves.read_flow(&folder.path().join(name)).expect("readable");
        ["Beside", "Layer"].map(|title| source.text().contains(&format!("title: \"{title}\"")))
    };
    for at in [".", "a", "a/b/c"] {
        assert_eq!(files(at), [true, false], "{at}");
    }
    assert_eq!(files("a/b/c/d"), [false, true]);
}
