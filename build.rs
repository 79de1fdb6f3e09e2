//! Lists the flows under `flows/` and puts their texts, each with its hash, into the program, sorted by id, so that at start
//! none is looked for and only the one that is walked is read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("flows");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort_by_key(|file| file.file_stem().map(ToOwned::to_owned));
    let mut table = String::from("&[\n");
    for file in files {
        let id = file.file_stem().and_then(|stem| stem.to_str()).expect("a flow's file name is its id");
        let name = file.strip_prefix(&root).expect("collected below it").to_str().expect("an id is ASCII");
        let path = file.to_str().expect("the path of this repository is UTF-8");
        let hash =
            Sha256::digest(fs::read(&file)?).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        writeln!(table, "    BuiltIn {{ id: {id:?}, name: {name:?}, hash: {hash:?}, text: include_str!({path:?}) }},")
            .expect("a String takes it");
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("built_in.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
