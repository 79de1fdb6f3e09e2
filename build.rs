//! Lists the flows under `flows/` and puts their texts, each packed and with its hash, into the program, sorted by id, so that at start
//! none is looked for and only the one that is walked is unpacked and read. Of the shared steps that a flow names it is put down where they stand,
//! so that a step is in the program once, however many flows name it.

#[path = "src/flow/splice.rs"]
mod splice;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

/// A file that is built in.
struct File {
    path: PathBuf,
    /// Its path below `flows/`.
    name: String,
    text: String,
}

/// Where a shared step stands.
struct Shared {
    file: usize,
    start: usize,
    end: usize,
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/flow/splice.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("flows");
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    let (shared, mut flows): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| file.name.starts_with(splice::PREFIX));
    flows.sort_by(|a, b| stem(a).cmp(stem(b)));

    let mut steps = BTreeMap::new();
    for (file, File { text, .. }) in shared.iter().enumerate() {
        for step in splice::outline(text).unwrap_or_default().steps {
            steps.entry(step.id).or_insert(Shared { file, start: step.start, end: step.end });
        }
    }
    let mut table = String::from("static SHARED_FILES: &[SharedText] = &[\n");
    let put = "a String takes it";
    for File { path, name, .. } in &shared {
        let path = path.to_str().expect("the path of this repository is UTF-8");
        writeln!(table, "    SharedText {{ name: {name:?}, text: include_str!({path:?}) }},").expect(put);
    }
    table.push_str("];\nstatic SHARED_STEPS: &[SharedStep] = &[\n");
    for (id, Shared { file, start, end }) in &steps {
        writeln!(table, "    SharedStep {{ id: {id:?}, file: {file}, start: {start}, end: {end} }},").expect(put);
    }
    table.push_str("];\npub(super) static FLOWS: &[BuiltIn] = &[\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    for flow in &flows {
        let (id, name) = (stem(flow), &flow.name);
        let file = format!("{id}.lz4");
        fs::write(out.join(&file), lz4_flex::compress_prepend_size(flow.text.as_bytes()))?;
        let (text, splice) = put_in_place(&flow.text, &shared, &steps);
        let hash = Sha256::digest(&text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        writeln!(
            table,
            "    BuiltIn {{ id: {id:?}, name: {name:?}, hash: {hash:?}, packed: include_bytes!({file:?}), splice: {splice} }},"
        )
        .expect(put);
    }
    table.push_str("];\n");
    fs::write(out.join("built_in.rs"), table)
}

/// Puts the shared steps into a flow's text, and says where which go; where one is not there, none is put in: the program then says
/// what is wrong.
fn put_in_place(text: &str, shared: &[File], steps: &BTreeMap<&str, Shared>) -> (String, String) {
    let none = || (text.to_owned(), "None".to_owned());
    let Some(splice::Outline { slot: Some(slot), names, .. }) = splice::outline(text) else { return none() };
    let numbers: Vec<usize> = names.iter().filter_map(|name| steps.keys().position(|step| step == name)).collect();
    if names.is_empty() || numbers.len() < names.len() {
        return none();
    }
    let mut whole = text[..slot.at].to_owned();
    for (n, name) in names.iter().enumerate() {
        let step = &steps[name];
        whole.push_str(slot.before(n));
        whole.push_str(&shared[step.file].text[step.start..step.end]);
    }
    whole.push_str(splice::BEHIND);
    whole.push_str(&text[slot.at..]);
    let splice::Slot { at, is_comma_missing } = slot;
    (whole, format!("Some(Splice {{ at: {at}, is_comma_missing: {is_comma_missing}, steps: &{numbers:?} }})"))
}

fn stem(file: &File) -> &str {
    file.path.file_stem().and_then(|stem| stem.to_str()).expect("a flow's file name is its id")
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            println!("cargo::rerun-if-changed={}", path.display());
            // A byte order mark is no part of the text.
            let text = fs::read_to_string(&path)?.trim_start_matches('\u{feff}').to_owned();
            let name =
                path.strip_prefix(root).expect("collected below it").to_str().expect("an id is ASCII").to_owned();
            files.push(File { path, name, text });
        }
    }
    Ok(())
}
