//! `rootwalk site DIR`: the catalog as static pages in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::args;
use super::error::{Exit, Failure};
use super::open::warn;
use super::out;
use super::parallel;
use super::settings::Settings;
use crate::catalog::Opened;
use crate::flow::Head;
use crate::graph::{Overlay, Picture};
use crate::guide::{Guide, Listed};
use crate::site::{self, File, HOME};
use crate::text::{one_line, plural};

/// Tells a site's folder from any other; lists its files, so that those of errors that are gone go too.
const MARKER: &str = ".rootwalk-site";
const FIRST_LINE: &str = "A site written by rootwalk; the files below are its own.";
const UNFINISHED: &str = "unfinished";
const FINISHED: &str = "finished";

pub(super) fn site(settings: &Settings, args: &args::Site) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let ids = catalog.ids();
    let opened = parallel::filter_map(&ids, |id| Some(catalog.open(id).map_err(|_| catalog.broken(id))));
    let mut flows: BTreeMap<&str, Opened> = BTreeMap::new();
    for (id, opened) in ids.iter().zip(opened) {
        match opened {
            Ok(opened) => {
                warn(&opened.broken);
                flows.insert(id, opened);
            }
            Err(broken) => warn(&broken),
        }
    }
    let listed: Vec<Listed> = flows
        .iter()
        .map(|(id, opened)| {
            Listed::new(id, opened.edition.flow().error(), catalog.origin(id).map_or("", |origin| origin.word()))
        })
        .collect();
    let names = |id: &str| {
        let error = flows.get(id)?.edition.flow().error();
        Some((error.code.clone(), error.title.clone()))
    };
    let all: Vec<(&&str, &Opened)> = flows.iter().collect();
    let mut files = parallel::filter_map(&all, |(id, opened)| {
        let picture = Picture::of(opened.edition.flow(), Overlay::Nothing);
        let guide = Guide { id: (**id).to_owned(), ..Guide::of(&picture, &names) };
        Some(site::page(&guide, &picture, &|id| flows.contains_key(id)))
    });
    // Those that could not be read were named above, and have no page that a match could lead to.
    let heads: Vec<Head> = catalog.heads().0.into_iter().filter(|head| flows.contains_key(head.id.as_str())).collect();
    let searched = site::search(&heads, &|id| catalog.hand_offs(id));
    files.extend(site::index(&listed, &searched));
    write(&args.folder, &files)?;
    let folder = one_line(&args.folder.display().to_string());
    out::talk(&format!(
        "{} in {} written to {folder}; open {folder}/{HOME}\n",
        plural(listed.len(), "error"),
        plural(files.len(), "file")
    ));
    Ok(Exit::Done)
}

/// Writes the files of a site. The marker says so while they are being written, and the page of all errors comes last, so that one
/// sees when a run was cut short; the next one then writes all of it.
fn write(folder: &Path, files: &[File]) -> Result<(), Failure> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Write { path, source }
    };
    let old = old_files(folder)?;
    let new: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let marker = folder.join(MARKER);
    let both = old.iter().map(String::as_str).chain(new.iter().copied()).collect();
    fs::create_dir_all(folder).map_err(fail(folder))?;
    out::file(&marker, &marked(UNFINISHED, &both))?;
    for name in old.iter().filter(|name| !new.contains(name.as_str())) {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fail(&folder.join(name))(error)),
            _ => {}
        }
    }
    for file in files {
        let path = folder.join(&file.name);
        // A link would lead the text out of the folder, and a pipe would wait for a reader.
        if fs::symlink_metadata(&path).is_ok_and(|place| !place.is_file() && !place.is_dir()) {
            fs::remove_file(&path).map_err(fail(&path))?;
        }
        fs::write(&path, &file.text).map_err(fail(&path))?;
    }
    out::file(&marker, &marked(FINISHED, &new))
}

fn marked(state: &str, names: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = names.iter().copied().collect();
    format!("{FIRST_LINE}\n{state}\n{}\n", names.join("\n"))
}

/// Returns the files that an earlier run wrote into the folder; a folder that holds anything else is refused.
fn old_files(folder: &Path) -> Result<Vec<String>, Failure> {
    let input = |source| Failure::Input { path: folder.to_owned(), source };
    let is_empty = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(input(error)),
        Ok(mut entries) => entries.next().is_none(),
    };
    if is_empty {
        return Ok(Vec::new());
    }
    let marker = folder.join(MARKER);
    let is_file = fs::symlink_metadata(&marker).is_ok_and(|place| place.is_file());
    let marker = if is_file { fs::read_to_string(marker).unwrap_or_default() } else { String::new() };
    let mut lines = marker.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Err(Failure::NotASite { path: folder.to_owned() });
    }
    if lines.next() != Some(FINISHED) {
        out::talk("the last run did not come to its end; all of it is written anew\n");
    }
    // Whatever else the marker says, nothing outside the folder is touched.
    let is_own = |name: &&str| Path::new(name).components().count() == 1 && !name.starts_with('.');
    Ok(lines.filter(is_own).map(str::to_owned).collect())
}
