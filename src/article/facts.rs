//! Facts: what the lines above the first section say of the error, glued together or not.

use super::block::{Block, Kind};
use super::{Fact, words};
use crate::flow::Severity;

/// Products that a title may speak of, the longer name first, and how they are written.
const PRODUCTS: &[(&str, &str)] = &[
    ("microsoft fabric", "Microsoft Fabric"),
    ("power bi embedded", "Power BI Embedded"),
    ("power bi report server", "Power BI Report Server"),
    ("power bi", "Power BI"),
    ("powerbi", "Power BI"),
    ("azure data factory", "Azure Data Factory"),
    ("data factory", "Azure Data Factory"),
    ("azure synapse", "Azure Synapse Analytics"),
    ("azure machine learning", "Azure Machine Learning"),
    ("azure sql", "Azure SQL Database"),
    ("sql server", "SQL Server"),
    ("databricks", "Databricks"),
    ("snowflake", "Snowflake"),
    ("fabric", "Microsoft Fabric"),
];

/// Categories that stand alone on a line.
const CATEGORIES: &[&str] = &[
    "authentication",
    "authorization",
    "capacity",
    "compute",
    "configuration",
    "connection",
    "connectivity",
    "credentials",
    "data",
    "data source",
    "dataset",
    "gateway",
    "governance",
    "infrastructure",
    "licensing",
    "memory",
    "network",
    "networking",
    "parsing",
    "performance",
    "permission",
    "permissions",
    "pipeline",
    "platform",
    "power query",
    "query",
    "quota",
    "refresh",
    "schema",
    "security",
    "service",
    "storage",
    "syntax",
    "throttling",
    "timeout",
    "validation",
];

/// Holds what the header says, and the lines that say nothing of the error.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) code: Fact<String>,
    pub(super) title: Fact<String>,
    pub(super) product: Fact<String>,
    pub(super) category: Fact<String>,
    pub(super) severity: Fact<Severity>,
    pub(super) source: Option<String>,
    /// A paragraph that says what the error is, for where no section does.
    pub(super) meaning: Option<String>,
    pub(super) left_out: Vec<String>,
}

#[derive(Debug, Default)]
struct Found {
    code: Option<String>,
    title: Option<String>,
    product: Option<String>,
    category: Option<String>,
    severity: Option<Severity>,
    source: Option<String>,
    /// What stands before `Error:` above a title, such as `Power BI Refresh`.
    kicker: Option<String>,
}

/// Reads the header.
pub(super) fn header(blocks: &[Block]) -> Header {
    let mut found = Found::default();
    let mut rest: Vec<&Block> = Vec::new();
    let mut is_title_next = false;
    for block in blocks {
        if is_title_next {
            found.title.get_or_insert_with(|| block.text.clone());
            is_title_next = false;
        } else if let Some(title) = kicker(&block.text) {
            found.kicker.get_or_insert_with(|| block.text[..block.text.len() - title.len()].to_owned());
            let title = title.trim();
            is_title_next = title.is_empty();
            if !is_title_next {
                found.title.get_or_insert_with(|| title.to_owned());
            }
        } else if !found.take(&block.text) {
            rest.push(block);
        }
    }
    let title = found.title.take().map(Fact::Said).or_else(|| title_of(&mut rest));
    let mut title = title.unwrap_or(Fact::Missing);
    let is_long = |block: &&Block| block.text.split(' ').count() >= 8;
    let meaning = rest.iter().position(is_long).map(|n| rest.remove(n).text.clone());
    let coded =
        title.known().and_then(|title| code_before(title)).map(|(code, words)| (code.to_owned(), words.to_owned()));
    let code = match (found.code, coded) {
        (Some(code), _) => Fact::Said(code),
        (None, Some((code, words))) => {
            title = Fact::Said(words);
            Fact::Said(code)
        }
        (None, None) => title.known().and_then(|title| code_in(title)).map_or(Fact::Missing, Fact::Said),
    };
    let said = title.known().map(String::as_str);
    let product = match found.product {
        Some(product) => Fact::Said(product),
        None => [said, found.kicker.as_deref()]
            .into_iter()
            .flatten()
            .find_map(product_in)
            .map_or(Fact::Missing, Fact::Guessed),
    };
    Header {
        code,
        title,
        product,
        category: found.category.into(),
        severity: found.severity.into(),
        source: found.source,
        meaning,
        left_out: rest.into_iter().map(|block| block.text.replace('\n', " ")).collect(),
    }
}

/// Returns what stands behind the `Error:` of a line such as `Power BI Refresh Error:`.
fn kicker(text: &str) -> Option<&str> {
    let (before, after) = text.split_once(':')?;
    let is_kicker = before.len() <= 60
        && before.split(' ').count() >= 2
        && before.to_lowercase().ends_with(" error")
        && !before.chars().any(|c| c.is_ascii_digit());
    // Where words follow that name no error it is the title itself that has a colon.
    (is_kicker && (after.trim().is_empty() || code_in(after).is_some())).then_some(after)
}

impl Found {
    /// Takes what a line says of the error; nothing is taken of a line that says nothing.
    fn take(&mut self, text: &str) -> bool {
        if text.len() > 200 {
            return false;
        }
        if let Some((key, value)) = text.split_once(':')
            && self.take_named(&key.trim().to_lowercase(), value.trim())
        {
            return true;
        }
        if let Some((severity, rest)) = severity_in(text) {
            self.severity.get_or_insert(severity);
            self.take_category_and_product(rest);
            return true;
        }
        if let Some(product) = PRODUCTS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)) {
            self.product.get_or_insert_with(|| product.1.to_owned());
            return true;
        }
        if CATEGORIES.contains(&text.to_lowercase().as_str()) {
            self.category.get_or_insert_with(|| text.to_lowercase());
            return true;
        }
        if self.source.is_none() && text.starts_with("https://") && !text.contains(' ') {
            self.source = Some(text.to_owned());
            return true;
        }
        false
    }

    fn take_named(&mut self, key: &str, value: &str) -> bool {
        let slot = match key {
            "severity" | "priority" | "impact" => {
                let Some(severity) = severity_word(value.split(' ').next().unwrap_or_default()) else { return false };
                self.severity.get_or_insert(severity);
                return true;
            }
            "code" | "error code" | "error number" | "error id" => &mut self.code,
            "title" | "error" | "name" | "error name" => &mut self.title,
            "product" | "platform" | "service" | "applies to" => &mut self.product,
            "category" | "area" | "type" | "error type" => &mut self.category,
            "source" | "url" | "link" => &mut self.source,
            _ => return false,
        };
        let value = value.trim_matches('"');
        if !value.is_empty() {
            let value = if key == "category" { value.to_lowercase() } else { value.to_owned() };
            slot.get_or_insert(value);
        }
        !value.is_empty()
    }

    /// Takes what follows the severity: `authenticationMicrosoft Fabric`, with or without something between.
    fn take_category_and_product(&mut self, rest: &str) {
        let is_between = |c: char| matches!(c, '|' | '·' | '•' | ',' | '/' | ';' | '–' | '—' | '-');
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || is_between(c));
        if rest.is_empty() {
            return;
        }
        let at = rest
            .find(['|', '·', '•', ',', '/', ';', '–', '—'])
            .or_else(|| rest.find(" - "))
            .or_else(|| product_at(rest))
            .or_else(|| capital_at(rest));
        let (category, product) = at.map_or((rest, ""), |at| rest.split_at(at));
        let bare = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || is_between(c)).to_owned();
        let (category, product) = (bare(category), bare(product));
        if !category.is_empty() {
            self.category.get_or_insert_with(|| category.to_lowercase());
        }
        if !product.is_empty() {
            self.product.get_or_insert(product);
        }
    }
}

/// Finds where a known product begins in `authenticationMicrosoft Fabric`.
fn product_at(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    PRODUCTS.iter().filter_map(|(name, _)| lower.find(name)).min()
}

/// Finds the capital letter at which a second name begins: `dataContoso Sync`, `Data Contoso Sync`.
fn capital_at(text: &str) -> Option<usize> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        if c.is_uppercase() && before.is_some_and(|before: char| before.is_lowercase() || before == ' ') {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

fn product_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    PRODUCTS.iter().find(|(name, _)| lower.contains(name)).map(|(_, product)| (*product).to_owned())
}

/// Reads the severity that a line begins with: `Critical severity…`, or the word alone.
fn severity_in(text: &str) -> Option<(Severity, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let severity = severity_word(&text[..end])?;
    let rest = text[end..].trim_start_matches([' ', '-']);
    let named = rest.get(.."severity".len()).is_some_and(|word| word.eq_ignore_ascii_case("severity"));
    match named {
        true => Some((severity, &rest["severity".len()..])),
        false if rest.is_empty() || rest.starts_with(['|', '·', '•', '/']) => Some((severity, rest)),
        false => None,
    }
}

fn severity_word(word: &str) -> Option<Severity> {
    match word.to_lowercase().trim_matches(|c: char| !c.is_alphabetic()) {
        "critical" | "blocker" | "fatal" => Some(Severity::Critical),
        "high" | "major" | "severe" => Some(Severity::High),
        "medium" | "moderate" | "normal" => Some(Severity::Medium),
        "low" | "minor" => Some(Severity::Low),
        _ => None,
    }
}

/// Finds the title among the lines that say nothing else, and takes it from them.
fn title_of(rest: &mut Vec<&Block>) -> Option<Fact<String>> {
    let is_short = |block: &&Block| block.text.split(' ').count() <= 20 && block.kind != Kind::Code;
    let level = |block: &&Block| if let Kind::Heading(level) = block.kind { level } else { u8::MAX };
    let heading = rest.iter().enumerate().filter(|(_, block)| is_short(block) && level(block) < u8::MAX);
    let at = heading.min_by_key(|(n, block)| (level(block), *n)).map(|(n, _)| n);
    let names_error =
        |block: &&Block| is_short(block) && (code_before(&block.text).is_some() || code_in(&block.text).is_some());
    if let Some(at) = at.or_else(|| rest.iter().position(names_error)) {
        return Some(Fact::Said(rest.remove(at).text.clone()));
    }
    rest.iter().rposition(is_short).map(|at| Fact::Guessed(rest.remove(at).text.clone()))
}

/// Splits a title such as `AADSTS50034: The account does not exist` into the code and the words.
fn code_before(title: &str) -> Option<(&str, &str)> {
    let (code, words) = title.split_once(": ")?;
    let is_code = code.len() >= 3
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_.".contains(c))
        && code.chars().any(|c| c.is_ascii_alphanumeric());
    is_code.then(|| (code, words.trim())).filter(|(_, words)| !words.is_empty())
}

/// Finds the code in a title: a number as products print them, or one name made of several words.
fn code_in(title: &str) -> Option<String> {
    let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let candidates: Vec<String> = title.split_whitespace().map(bare).filter(|word| word.len() <= 80).collect();
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let is_number =
        |word: &&String| digits(word) >= 3 && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let capitals = |word: &str| word.chars().filter(|c| c.is_uppercase()).count();
    let is_name = |word: &&String| {
        let ends = ["Exception", "Error", "Failure", "Failed", "Expired", "Denied", "NotFound", "Timeout"];
        word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && (capitals(word) >= 2 && word.len() > 12
                || ends.iter().any(|end| word.len() > end.len() && word.ends_with(end)))
            || (word.contains('_') && word.len() > 6)
    };
    candidates.iter().find(is_number).or_else(|| candidates.iter().find(is_name)).cloned()
}

/// Returns the id for an error of this title, code or file.
pub(super) fn id(title: &Fact<String>, code: &Fact<String>, file: Option<&str>) -> String {
    let named = [title, code].into_iter().filter_map(Fact::known).map(String::as_str).chain(file);
    named.map(words::id_of).find(|id| !id.is_empty()).unwrap_or_else(|| "new-error".to_owned())
}
