//! The first draft of a flow: where it goes, writing it without touching what is there, and what to do with it next.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::args::Target;
use super::error::{Exit, Failure};
use super::out;
use super::settings::Settings;
use crate::article::{self, Article, Draft, MARK};
use crate::text::one_line;

/// As many lines that were left out are shown.
const MAX_LEFT_OUT: usize = 20;

/// Writes the draft of an article to where it belongs, and says what to do next.
pub(super) fn deliver(settings: &Settings, mut article: Article, name: &str, target: &Target) -> Result<Exit, Failure> {
    let path = match &target.output {
        Some(path) if path.as_os_str() == "-" => None,
        Some(path) if path.is_dir() => Some(path.join(format!("{}.ron", article.id))),
        Some(path) => {
            article.id = id_for(path)?;
            Some(path.clone())
        }
        None => Some(usual_place(&article)),
    };
    let today = super::drive::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let draft = article::write(&article, name, today);
    let told = told(&article, &draft);
    let Some(path) = path else {
        out::data(&draft.text)?;
        out::talk(&told);
        return Ok(Exit::Done);
    };
    // A broken flow elsewhere is no reason not to write this one.
    let known = settings.catalog().ok().and_then(|catalog| catalog.origin(&article.id));
    create(&path, &draft.text).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => Failure::Exists { path: path.clone() },
        _ => Failure::Write { path: path.clone(), source },
    })?;
    out::talk(&told);
    let shown = one_line(&path.display().to_string());
    let mut next = format!("written: {shown}\n");
    if known.is_some() {
        next.push_str(&format!(
            "note: rootwalk has a flow `{}` already; of two with one id the folder that is looked into first wins\n",
            article.id
        ));
    }
    let quoted = super::walk::quoted(&path);
    next.push_str(&format!(
        "next: decide at each mark, then check the flow\n  grep -n {MARK} {quoted}\n  rootwalk check {quoted}\n"
    ));
    out::talk(&next);
    Ok(Exit::Done)
}

/// Says what was found in the article, what was not, and how much is left to decide.
fn told(article: &Article, draft: &Draft) -> String {
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let mut told = format!(
        "{}: {}, {}, {}; {} to decide\n",
        article.id,
        count(article.causes.len(), "cause", "causes"),
        count(article.steps.len(), "step", "steps"),
        count(article.faq.len(), "FAQ entry", "FAQ entries"),
        count(draft.marks, "mark", "marks"),
    );
    for missing in &draft.missing {
        told.push_str(&format!("missing: {missing}\n"));
    }
    for line in article.left_out.iter().take(MAX_LEFT_OUT) {
        told.push_str(&format!("left out: {}\n", crate::text::shorten(&one_line(line), 80)));
    }
    if let Some(more) = article.left_out.len().checked_sub(MAX_LEFT_OUT).filter(|&more| more > 0) {
        told.push_str(&format!("left out: {} more\n", count(more, "line", "lines")));
    }
    told
}

/// Returns `flows/<product>/<id>.ron` where there is a folder `flows`, else `<id>.ron`.
fn usual_place(article: &Article) -> PathBuf {
    let file = format!("{}.ron", article.id);
    let flows = Path::new("flows");
    if flows.is_dir() {
        let product = article.product.known().map_or("other", String::as_str);
        flows.join(article::folder_of(product)).join(file)
    } else {
        file.into()
    }
}

/// Returns the id that a flow in this file must have.
fn id_for(path: &Path) -> Result<String, Failure> {
    let is_ron = path.extension().is_some_and(|ending| ending == "ron");
    let stem = crate::catalog::stem(path);
    if is_ron && is_id(&stem) {
        return Ok(stem);
    }
    Err(Failure::Argument {
        message: format!("`{}` cannot be a flow's file", path.display()),
        help: Some("a flow's file is called as its id, such as lamp-dark.ron".to_owned()),
    })
}

/// Tells whether a flow may have this id.
pub(super) fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= 100 && id.chars().all(plain) && !id.starts_with('-')
}

/// Creates a file with a text, and the folder it needs. What exists stays as it is, and no half of a file is ever seen.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = |path: &Path| {
        File::create_new(path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
    };
    // A second name for a finished file appears whole or not at all, and never in the place of another.
    let written = write(&beside).and_then(|()| match fs::hard_link(&beside, path) {
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied) => write(path)
            .inspect_err(|error| {
                if error.kind() != ErrorKind::AlreadyExists {
                    let _ = fs::remove_file(path);
                }
            }),
        linked => linked,
    });
    let _ = fs::remove_file(&beside);
    written
}
