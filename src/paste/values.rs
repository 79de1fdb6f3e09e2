//! Values: what a pasted text says under names that commands ask for, and commands filled with it.
//!
//! A pasted text is not to be trusted: it may be made so that somebody copies a command they did not mean. So only ASCII letters, digits
//! and a few marks that no shell knows are taken, a value never begins with `-`, and what stands under one name twice, each time
//! otherwise, is left for the person to choose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::flat::{Item, MARK, flat};
use super::marks::join;
use super::names::{Shape, fitting, is_telling, meanings};
use super::span::{Span, after_spaces, characters, ends, is_guid, letters, name_before, quoted, unquoted};

/// A value that is longer is none.
const LONGEST: usize = 300;

/// Holds values by the names that commands ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    /// The value; nothing where the text says different ones.
    by_name: BTreeMap<String, Option<String>>,
}

/// Says what was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The placeholder, without its brackets.
    pub name: String,
    /// What stands there now.
    pub value: String,
}

/// Holds a command with what is known filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The command; a placeholder for what is not known stays.
    pub text: String,
    /// What was filled in, each once.
    pub taken: Vec<Taken>,
}

impl Values {
    /// Picks up the values in a text.
    pub fn of(text: &str) -> Self {
        let mut items = flat(text);
        join(&mut items);
        let mut values = Self::default();
        for at in 0..items.len() {
            match items[at].c {
                '=' | ':' => values.add_pair(&items, at),
                ' ' => values.add_phrase(&items, at),
                '/' => values.add_address(&items, at),
                _ => {}
            }
        }
        values
    }

    /// Adds a value under a name, as a text gives it or the variable part of a message.
    pub fn add(&mut self, name: &str, value: &str) {
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        for (known, shape) in meanings(&name) {
            self.put(known, fitting(value, shape));
        }
        if is_telling(&name) {
            self.put(&name, fitting(value, Shape::Name));
        }
    }

    fn put(&mut self, name: &str, value: Option<String>) {
        /// More names than any message has.
        const MOST: usize = 500;
        let Some(value) = value else { return };
        if self.by_name.len() >= MOST && !self.by_name.contains_key(name) {
            return;
        }
        let known = self.by_name.entry(name.to_owned()).or_insert_with(|| Some(value.clone()));
        if known.as_ref().is_some_and(|known| !known.eq_ignore_ascii_case(&value)) {
            *known = None;
        }
    }

    /// Takes what another text says; where both say something, the other counts.
    pub fn extend(&mut self, other: Self) {
        self.by_name.extend(other.by_name);
    }

    /// Fills a command in.
    pub fn fill(&self, command: &str) -> Filled {
        let mut filled = Filled { text: String::with_capacity(command.len()), taken: Vec::new() };
        let mut rest = command;
        while let Some(open) = rest.find('<') {
            let (before, from) = rest.split_at(open);
            filled.text.push_str(before);
            let found = placeholder(from).and_then(|name| Some((name, self.get(name, before)?)));
            if let Some((name, value)) = found {
                filled.text.push_str(value);
                let taken = Taken { name: name.to_owned(), value: value.to_owned() };
                if !filled.taken.contains(&taken) {
                    filled.taken.push(taken);
                }
                rest = &from[name.len() + 2..];
            } else {
                filled.text.push('<');
                rest = &from[1..];
            }
        }
        filled.text.push_str(rest);
        filled
    }

    fn get(&self, placeholder: &str, before: &str) -> Option<&str> {
        let name: String = placeholder.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        // `client_secret=<secret>` and `"secret":"<secret>"` ask for the secret itself, `--name <secret>` for its name.
        if name == "secret" && !before.ends_with([' ', '/']) {
            return None;
        }
        // `--group <group>` asks for a name, or for a group of another kind than the one whose id is known.
        let is_asked = |shape: Shape| shape != Shape::Guid || name.ends_with("id");
        let known = meanings(&name).filter(|&(_, shape)| is_asked(shape));
        let mut names = known.map(|(known, _)| known.to_owned()).collect::<Vec<_>>();
        if is_telling(&name) {
            names.push(name);
        }
        let mut found = names.iter().filter_map(|name| self.by_name.get(name)).map(Option::as_deref);
        let first = found.next()??;
        found.next().is_none().then_some(first)
    }

    /// Takes `name=value`, `"name": "value"`, `Name ID: value`.
    fn add_pair(&mut self, items: &[Item], at: usize) {
        let (words, _) = name_before(items, at);
        let next = after_spaces(items, at + 1);
        let is_assigned = items[at].c == '=';
        if is_half(items, next, is_assigned) {
            return;
        }
        let Some(value) = value(items, next, is_assigned) else { return };
        self.add_words(&words, &value);
    }

    /// Takes `tenant 'value'`, `application with identifier 'value'` and `tenant named value`.
    fn add_phrase(&mut self, items: &[Item], at: usize) {
        let Some(next) = items.get(at + 1) else { return };
        let ends_so =
            |word: &str| at >= word.len() && items[at - word.len()..at].iter().map(|item| item.c).eq(word.chars());
        if !next.is_quote() && !ends_so("named") && !ends_so("target") && !ends_so(" id") && !ends_so(" ID") {
            return;
        }
        if !items[..at].last().is_some_and(|item| item.is_word()) {
            return;
        }
        let (words, _) = name_before(items, at);
        let Some(value) = value(items, at + 1, false) else { return };
        self.add_words(&words, &value);
    }

    fn add_words(&mut self, [last, before, first]: &[String; 3], value: &str) {
        if last.is_empty() {
            return;
        }
        // The most words that mean something.
        let names = [format!("{first}{before}{last}"), format!("{before}{last}"), last.clone()];
        let known = names.iter().find(|name| meanings(name).next().is_some());
        if let Some(name) = known.or(names.last()) {
            self.add(name, value);
        }
        if !before.is_empty() && known.is_none() {
            self.add(&names[1], value);
        }
    }

    /// Takes what addresses say: `/subscriptions/…/resourceGroups/…`, `groups/…/reports/…`, `https://vault.vault.azure.net`,
    /// `abfss://container@account.dfs…`.
    fn add_address(&mut self, items: &[Item], at: usize) {
        let is_part = |item: &&Item| item.c.is_ascii_alphanumeric() || "-_.".contains(item.c);
        let segment = |from: usize| {
            let length = items.get(from..).unwrap_or_default().iter().take(130).take_while(is_part).count();
            Span { from, to: from + length, is_quoted: false }
        };
        let (key, read) = (segment(at + 1), |span: Span| characters(items, span));
        if key.to == key.from {
            return;
        }
        if items[..at].last().is_some_and(|item| item.c == '/') {
            return self.add_host(items, at, key, segment);
        }
        // What stands before the first slash of a path.
        let first = items[..at].iter().rev().take(30).take_while(is_part).count();
        let is_root = items[..at - first].last().is_none_or(|item| item.c != '/');
        if is_root && first > 0 {
            self.add_segment(&letters(&items[at - first..at]), &read(key));
        }
        if items.get(key.to).is_some_and(|item| item.c == '/') {
            let value = segment(key.to + 1);
            self.add_segment(&letters(&items[key.from..key.to]), &read(value));
            if letters(&items[key.from..key.to]) == "subscriptions" {
                self.add_resource(items, at);
            }
        }
    }

    fn add_segment(&mut self, key: &str, value: &str) {
        const PLACES: &[&str] = &[
            "subscriptions",
            "resourcegroups",
            "groups",
            "workspaces",
            "reports",
            "datasets",
            "dashboards",
            "dataflows",
            "lakehouses",
            "warehouses",
            "notebooks",
            "items",
            "capacities",
            "gateways",
            "connections",
            "pipelineruns",
            "databases",
            "storageaccounts",
            "containers",
            "vaults",
            "secrets",
            "factories",
            "pipelines",
            "linkedservices",
            "integrationruntimes",
        ];
        if PLACES.contains(&key) {
            self.add(if key == "workspaces" { "workspace" } else { key }, value);
        }
    }

    /// Takes a whole resource id, under the names of its type.
    fn add_resource(&mut self, items: &[Item], at: usize) {
        const LONGEST: usize = 300;
        let is_part = |item: &&Item| item.c.is_ascii_alphanumeric() || "-_./".contains(item.c);
        let length = items[at..].iter().take(LONGEST).take_while(is_part).count();
        let id: String = items[at..at + length].iter().map(|item| item.c).collect();
        let id = id.trim_end_matches(['/', '.']);
        let parts: Vec<&str> = id.split('/').collect();
        // /subscriptions/s/resourceGroups/g/providers/namespace/type/name
        if parts.len() != 9 || !parts[5].eq_ignore_ascii_case("providers") {
            return;
        }
        self.add("resourceid", id);
        match &*parts[7].to_lowercase() {
            "vaults" => self.add("vaultresourceid", id),
            "factories" => self.add("factoryresourceid", id),
            "workspaces" => self.add("workspaceresourceid", id),
            "storageaccounts" => self.add("accountresourceid", id),
            _ => {}
        }
    }

    fn add_host(&mut self, items: &[Item], at: usize, first: Span, segment: impl Fn(usize) -> Span) {
        let at_sign = items.get(first.to).is_some_and(|item| item.c == '@');
        let host_span = if at_sign { segment(first.to + 1) } else { first };
        let host = characters(items, host_span);
        let (name, domain) = host.split_once('.').unwrap_or((&host, ""));
        let is_https = letters(&items[at.saturating_sub(7)..at]) == "https" || at_sign;
        let domain = domain.to_lowercase();
        match &*domain {
            "vault.azure.net" => self.add("vault", name),
            "database.windows.net" | "database.fabric.microsoft.com" | "datawarehouse.fabric.microsoft.com" => {
                self.add("server", &host);
            }
            "blob.core.windows.net" | "dfs.core.windows.net" if is_https => {
                self.add("account", name);
                let container = if at_sign { first } else { segment(host_span.to + 1) };
                let is_there = at_sign || items.get(host_span.to).is_some_and(|item| item.c == '/');
                if is_there && container.to > container.from {
                    self.add("container", &characters(items, container));
                }
            }
            _ if host.eq_ignore_ascii_case("login.microsoftonline.com")
                || host.eq_ignore_ascii_case("login.windows.net") =>
            {
                self.add("tenant", &characters(items, segment(host_span.to + 1)));
            }
            _ => {}
        }
    }
}

/// Tells whether a value without quotes goes on after a space: of `Sales Team` half would be the name of another workspace. A GUID is
/// whole, and another name with its value may follow on the same line.
fn is_half(items: &[Item], from: usize, is_assigned: bool) -> bool {
    let near = &items[..items.len().min(from + LONGEST)];
    if near.get(from).is_none_or(|item| item.is_quote()) {
        return false;
    }
    let span = unquoted(near, from, is_assigned);
    items.get(span.to).is_some_and(|item| item.c == ' ')
        && items.get(span.to + 1).is_some_and(|item| item.is_word())
        && !ends(items, span.to + 1)
        && !is_guid(&items[span.from..span.to])
}

/// Reads a value; nothing where a secret was. What is longer than any value is not read to its end.
fn value(items: &[Item], from: usize, is_assigned: bool) -> Option<String> {
    let near = &items[..items.len().min(from + LONGEST)];
    let span = quoted(near, from).unwrap_or_else(|| unquoted(near, from, is_assigned));
    let is_cut = span.to == near.len() && near.len() < items.len();
    let value = near.get(span.from..span.to).filter(|_| !is_cut)?;
    let is_whole = !value.iter().any(|item| item.c == MARK || item.c == '\n');
    is_whole.then(|| characters(near, span).trim().to_owned())
}

/// Returns the name in a placeholder that begins here.
fn placeholder(text: &str) -> Option<&str> {
    const LONGEST: usize = 40;
    let (name, _) = text.strip_prefix('<')?.split_once('>')?;
    let is_name = name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_ ".contains(c));
    is_name.then_some(name)
}
