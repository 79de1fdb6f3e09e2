//! `rootwalk import ARTICLE`: from an article to the first draft of its flow.

use std::fs::File;
use std::io::{self, Read as _};

use super::args::{self, ArticleFormat};
use super::draft;
use super::error::{Exit, Failure};
use super::settings::Settings;
use crate::article::{self, Format, MAX_ARTICLE, Refusal};
use crate::text::one_line;

pub(super) fn import(settings: &Settings, args: &args::Import) -> Result<Exit, Failure> {
    let path = &args.article;
    let is_stdin = path.as_os_str() == "-";
    let name = if is_stdin {
        "standard input".to_owned()
    } else {
        one_line(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
    };
    let name = || name.clone();
    let mut bytes = Vec::new();
    let most = MAX_ARTICLE as u64 + 1;
    let read = if is_stdin {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|source| Failure::Input { path: path.clone(), source })?;
    if bytes.len() > MAX_ARTICLE {
        return Err(Failure::Article { name: name(), source: Refusal::TooLarge });
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::NotText { name: name() })?;
    let ending = path.extension().and_then(|ending| ending.to_str());
    let format = match args.format {
        ArticleFormat::Auto => Format::of(&text, ending),
        ArticleFormat::Text => Format::Plain,
        ArticleFormat::Markdown => Format::Markdown,
        ArticleFormat::Html => Format::Html,
    };
    let stem = (!is_stdin).then(|| crate::catalog::stem(path));
    let article =
        article::read(&text, format, stem.as_deref()).map_err(|source| Failure::Article { name: name(), source })?;
    draft::deliver(settings, article, &name(), &args.target)
}
