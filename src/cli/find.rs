//! `rootwalk find`: from a pasted message to the errors that fit, and why.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use super::args::{self, TextOrJson};
use super::error::{Exit, Failure};
use super::open::warn;
use super::out;
use super::pasted;
use super::settings::{Settings, wants_plain};
use super::walk;
use crate::catalog::Catalog;
use crate::search::{Evidence, Index, Match, Named, Ranking};
use crate::text::one_line;
use crate::ui::Terminal;

/// As many bytes are read from standard input; of a text as long the search looks at the beginning and the end.
const MAX_TEXT: u64 = 64 * 1024 * 1024;

/// As many errors are named where somebody picks one.
pub(super) const MAX_PICKED: usize = 5;

/// Holds the catalog as it is searched, and what one text led to.
pub(super) struct Finding {
    named: Vec<Named>,
    ranking: Ranking,
}

impl Finding {
    /// Searches the catalog for a text; files that cannot be read are reported.
    pub(super) fn of(catalog: &Catalog, text: &str) -> Self {
        let (heads, broken) = catalog.heads();
        warn(&broken);
        let index = Index::new(&heads);
        let ranking = index.rank(text, &|flow| catalog.hand_offs(index.id(flow)));
        Self { named: heads.into_iter().map(Named::from).collect(), ranking }
    }

    /// Returns the errors that fit, best first.
    pub(super) fn matches(&self) -> &[Match] {
        &self.ranking.matches
    }

    /// Returns the id of the error that fits, if it is clear which.
    pub(super) fn clear(&self) -> Option<&str> {
        self.ranking.clear().map(|one| self.id(one))
    }

    /// Returns the id of an error that fits.
    pub(super) fn id(&self, one: &Match) -> &str {
        &self.named[one.flow].id
    }

    /// Returns each error that fits as one line to pick from.
    pub(super) fn items(&self, most: usize) -> Vec<String> {
        let item = |one: &Match| {
            let Named { code, title, .. } = &self.named[one.flow];
            let why = one
                .why
                .first()
                .map_or_else(String::new, |why| format!(" — {}: “{}”", word(why.evidence), why.fragment));
            one_line(&format!("{code} · {title}{why}"))
        };
        self.matches().iter().take(most).map(item).collect()
    }

    /// Returns what to pick from, the id of each and a line on it, and what to say above: what fits, or what is nearest.
    pub(super) fn offered(&self, most: usize) -> (&'static str, Vec<(&str, String)>) {
        if !self.matches().is_empty() {
            let ids = self.matches().iter().map(|one| self.id(one));
            return ("This fits, best first. Which one is it?", ids.zip(self.items(most)).collect());
        }
        let near = |&flow: &usize| {
            let Named { id, code, title, .. } = &self.named[flow];
            (id.as_str(), one_line(&format!("{code} · {title}")))
        };
        let near: Vec<_> = self.ranking.nearest.iter().map(near).collect();
        let title = if near.is_empty() {
            "No error that rootwalk knows fits this text. Try its code, or the text in English."
        } else {
            "No error that rootwalk knows fits this text. Is it one of these, the nearest by topic?"
        };
        (title, near)
    }

    /// Says what fits and why, best first; where nothing does, what is nearest.
    pub(super) fn page(&self, most: usize) -> String {
        let mut page = String::new();
        for one in self.matches().iter().take(most) {
            let Named { id, code, title, product, .. } = &self.named[one.flow];
            page.push_str(&format!("{} · {} ({})\n", one_line(code), one_line(title), one_line(product)));
            for why in &one.why {
                page.push_str(&format!("  {}: “{}”\n", word(why.evidence), why.fragment));
            }
            page.push_str(&format!("  {}\n", command(id)));
        }
        if self.matches().is_empty() {
            page.push_str(&self.nothing());
            page.push_str("`rootwalk list` lists all errors\n");
        }
        page
    }

    /// Says that nothing fits, and what is nearest by topic.
    fn nothing(&self) -> String {
        let mut page = "No error that rootwalk knows fits this text.\n".to_owned();
        if !self.ranking.nearest.is_empty() {
            page.push_str("Nearest by topic:\n");
        }
        for &flow in &self.ranking.nearest {
            let Named { id, code, title, .. } = &self.named[flow];
            page.push_str(&format!("  {} · {} ({})\n", one_line(code), one_line(title), command(id)));
        }
        page
    }

    fn document(&self, most: usize) -> Document<'_> {
        let matched = |one: &Match| {
            let Named { id, code, title, .. } = &self.named[one.flow];
            let why = one.why.iter().map(|why| why.fragment.clone()).collect();
            Matched { flow: id, score: f64::from(one.score) / 1000.0, why, code, title }
        };
        Document { matches: self.matches().iter().take(most).map(matched).collect() }
    }
}

/// Returns what walks an error, as a shell takes it: an id is the name of a file, a message holds what its writer wanted.
pub(super) fn command(error: &str) -> String {
    let end_of_options = if error.starts_with('-') { "-- " } else { "" };
    format!("rootwalk walk {end_of_options}{}", walk::quoted(Path::new(error)))
}

fn word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Code => "code",
        Evidence::Message => "message",
        Evidence::Words => "words",
    }
}

#[derive(serde::Serialize)]
struct Document<'a> {
    matches: Vec<Matched<'a>>,
}

#[derive(serde::Serialize)]
struct Matched<'a> {
    flow: &'a str,
    score: f64,
    why: Vec<String>,
    code: &'a str,
    title: &'a str,
}

pub(super) fn find(settings: &Settings, args: &args::Find) -> Result<Exit, Failure> {
    let catalog = settings.catalog()?;
    let text = given(&args.text)?;
    if text.trim().is_empty() {
        return Err(Failure::Argument {
            message: "there is no text to find an error by".to_owned(),
            help: Some("paste the message in quotes, or pipe it in: rootwalk find < message.txt".to_owned()),
        });
    }
    let finding = Finding::of(&catalog, &text);
    let found = if finding.matches().is_empty() { Exit::No } else { Exit::Done };
    if args.format == TextOrJson::Json {
        out::json(&finding.document(args.limit))?;
        return Ok(found);
    }
    out::data(&finding.page(args.limit))?;
    if let (Exit::No, [word]) = (found, args.text.as_slice())
        && let Some(hint) = about_file(word)
    {
        out::talk(&format!("{hint}\n"));
    }
    let is_asked = Terminal::is_there() && io::stdout().is_terminal() && !wants_plain(args.plain);
    if found == Exit::No || !is_asked {
        return Ok(found);
    }
    walk::offer(settings, &catalog, &finding, text)
}

/// Says how a message that lies in a file is given, where a file was named instead.
pub(super) fn about_file(word: &str) -> Option<String> {
    let path = Path::new(word);
    path.is_file().then(|| format!("if the message is in this file: rootwalk find < {}", walk::quoted(path)))
}

/// Returns the text on the command line, or what is piped in.
fn given(text: &[String]) -> Result<String, Failure> {
    if !text.is_empty() && text != ["-"] {
        return Ok(text.join(" "));
    }
    if text.is_empty() && io::stdin().is_terminal() {
        return Ok(String::new());
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_TEXT).read_to_end(&mut bytes);
    read.map_err(|source| Failure::Input { path: "standard input".into(), source })?;
    Ok(pasted::decode(&bytes))
}
