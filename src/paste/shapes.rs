//! Shapes: secrets that are known by how they look, whatever stands before them.

use super::flat::Item;
use super::marks::SecretKind;
use super::span::{Span, after_spaces, letters, over_breaks, unquoted};

/// How many line breaks a long token may be broken over.
const MOST_BREAKS: usize = 200;

/// A key of an integration runtime is never shorter.
const SHORTEST_RUNTIME_KEY: usize = 20;

/// Beginnings by which a token is known: the beginning, how many characters come after it at least, what it is.
const PREFIXES: &[(&str, usize, SecretKind)] = &[
    ("eyJ", 17, SecretKind::Token),
    ("ghp_", 20, SecretKind::Token),
    ("gho_", 20, SecretKind::Token),
    ("ghu_", 20, SecretKind::Token),
    ("ghs_", 20, SecretKind::Token),
    ("ghr_", 20, SecretKind::Token),
    ("github_pat_", 20, SecretKind::Token),
    ("glpat-", 16, SecretKind::Token),
    ("xoxb-", 10, SecretKind::Token),
    ("xoxa-", 10, SecretKind::Token),
    ("xoxp-", 10, SecretKind::Token),
    ("xoxr-", 10, SecretKind::Token),
    ("xoxs-", 10, SecretKind::Token),
    ("xapp-", 10, SecretKind::Token),
    ("AKIA", 16, SecretKind::Key),
    ("ASIA", 16, SecretKind::Key),
    ("AIza", 30, SecretKind::Key),
    ("ya29.", 20, SecretKind::Token),
    ("dapi", 32, SecretKind::Token),
    ("sk-", 32, SecretKind::Key),
    ("sk_live_", 16, SecretKind::Key),
    ("npm_", 30, SecretKind::Token),
    ("SG.", 40, SecretKind::Key),
    ("0.A", 60, SecretKind::Token),
    ("1.A", 60, SecretKind::Token),
];

/// Tells whether a character can be part of a token.
pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/=_-.~".contains(c)
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '+' || c == '/'
}

fn is_url_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-~.".contains(c)
}

/// Returns the secret that begins at a place, if one is known by its shape; nothing before `floor` counts.
pub(super) fn secret(items: &[Item], at: usize, floor: usize) -> Option<(SecretKind, Span)> {
    let c = items[at].c;
    let before = at.checked_sub(1).filter(|before| *before >= floor).map(|before| items[before].c);
    let span = |from, to| Span { from, to, is_quoted: false };
    let found = match c {
        '-' => pem(items, at).map(|to| (SecretKind::PrivateKey, span(at, to))),
        'P' => putty(items, at).map(|(from, to)| (SecretKind::PrivateKey, span(from, to))),
        ':' if starts_with(items, at, "://") => userinfo(items, at + 3).map(|span| (SecretKind::Password, span)),
        '@' => address(items, at, floor).map(|span| (SecretKind::Email, span)),
        '/' => webhook(items, at).map(|span| (SecretKind::Webhook, span)),
        _ => None,
    };
    if found.is_some() {
        return found;
    }
    let starts = |is_part: fn(char) -> bool| is_part(c) && before.is_none_or(|before| !is_part(before));
    let run = |is_part: fn(char) -> bool| at + items[at..].iter().take_while(|item| is_part(item.c)).count();
    if starts(|c| c.is_ascii_alphanumeric()) {
        if let Some((kind, to)) = prefixed(items, at) {
            return Some((kind, span(at, to)));
        }
        if let Some(found) = scheme(items, at) {
            return Some((SecretKind::Token, found));
        }
        if starts_with(items, at, "IR@") {
            let to = at
                + items[at..]
                    .iter()
                    .take_while(|item| !item.is_space() && !item.is_quote() && !";,<>\\".contains(item.c))
                    .count();
            if to - at > SHORTEST_RUNTIME_KEY {
                return Some((SecretKind::Key, span(at, key_end(items, at, to))));
            }
        }
    }
    if starts(is_base64) {
        const MOST: usize = 3;
        let whole = over_breaks(items, at, run(is_base64), MOST, |c| is_base64(c) || c == '=');
        let padding = items[whole..].iter().take(3).take_while(|item| item.c == '=').count();
        let to = whole + padding;
        if is_padded_key(&items[at..to], items.get(to)) {
            return Some((SecretKind::Key, span(at, to)));
        }
    }
    if starts(is_url_safe) {
        let to = run(is_url_safe);
        if is_client_secret(&items[at..to]) || is_opaque(&items[at..to]) {
            let kind = if to - at < 60 { SecretKind::Secret } else { SecretKind::Token };
            return Some((kind, span(at, to)));
        }
    }
    None
}

fn starts_with(items: &[Item], at: usize, word: &str) -> bool {
    let mut rest = items[at..].iter();
    word.chars().all(|c| rest.next().is_some_and(|item| item.c == c))
}

fn starts_with_any_case(items: &[Item], at: usize, word: &str) -> bool {
    let mut rest = items[at..].iter();
    word.chars().all(|c| rest.next().is_some_and(|item| item.c.eq_ignore_ascii_case(&c)))
}

fn prefixed(items: &[Item], at: usize) -> Option<(SecretKind, usize)> {
    const LOOKED_AT: usize = 200;
    let &(prefix, least, kind) = PREFIXES.iter().find(|(prefix, ..)| starts_with(items, at, prefix))?;
    let is_part = |c: char| is_url_safe(c) && c != '~' || prefix == "eyJ" && "+/=".contains(c);
    let after = at + prefix.len();
    let run = |most| items[after..].iter().take(most).take_while(|item| is_part(item.c));
    // A capital word such as `ASIAPACIFIC…` is none. No more is looked at than it takes: it may be looked at again.
    if run(LOOKED_AT).count() < least || !run(LOOKED_AT).any(|item| item.c.is_ascii_digit()) {
        return None;
    }
    let to = after + run(usize::MAX).count();
    let to = over_breaks(items, at, to, MOST_BREAKS, is_part);
    // The full stop of a sentence.
    let stops = items[at..to].iter().rev().take_while(|item| item.c == '.').count();
    Some((kind, to - stops))
}

/// Reads `Bearer …` and `Basic …` where they stand free.
fn scheme(items: &[Item], at: usize) -> Option<Span> {
    let (word, is_basic) = [("bearer", false), ("basic", true)].into_iter().find(|(word, _)| {
        starts_with_any_case(items, at, word) && items.get(at + word.len()).is_some_and(|item| item.is_space())
    })?;
    let from = after_spaces(items, at + word.len());
    let length = items[from..].iter().take_while(|item| is_token(item.c)).count();
    let value = &items[from..from + length];
    let has = |is_it: fn(char) -> bool| value.iter().any(|item| is_it(item.c));
    let ends_padded = value.last().is_some_and(|item| item.c == '=');
    let has_name = value.iter().take(length.saturating_sub(2)).any(|item| item.c == '=');
    let is_random = if is_basic {
        length >= 8
            && length % 4 == 0
            && (ends_padded || has(|c| c.is_ascii_digit()) || has(|c| c.is_ascii_uppercase()))
    } else {
        length >= 12 && has(|c| c.is_ascii_digit())
    };
    let to = over_breaks(items, from, from + length, MOST_BREAKS, is_token);
    (is_random && !has_name).then_some(Span { from, to, is_quoted: false })
}

/// Reads a block of a private key, to its end line or to the end of the text.
fn pem(items: &[Item], at: usize) -> Option<usize> {
    // OpenSSL's and SSH2's.
    const BOUNDS: [(&str, &str); 2] = [("-----BEGIN ", "-----END "), ("---- BEGIN ", "---- END ")];
    const LONGEST_NAME: usize = 40;
    let &(begin, end_mark) = BOUNDS.iter().find(|(begin, _)| starts_with(items, at, begin))?;
    let name = at + begin.len();
    let named: String = items[name..].iter().take(LONGEST_NAME).map(|item| item.c).take_while(|&c| c != '-').collect();
    if !named.contains("PRIVATE KEY") {
        return None;
    }
    let body = name + named.chars().count();
    let end = (body..items.len()).find(|&at| items[at].c == '-' && starts_with(items, at, end_mark));
    let Some(end) = end else { return Some(items.len()) };
    let close = items[end + end_mark.len()..].iter().take(LONGEST_NAME + 5).take_while(|item| item.c != '\n');
    let close =
        end + end_mark.len() + close.take_while(|item| item.c.is_ascii_alphanumeric() || " -".contains(item.c)).count();
    Some(close)
}

/// Reads the lines that are the private half of a key that `PuTTY` wrote.
fn putty(items: &[Item], at: usize) -> Option<(usize, usize)> {
    const NAME: &str = "Private-Lines: ";
    const LONGEST_LINE: usize = 80;
    if !starts_with(items, at, NAME) {
        return None;
    }
    let number: String =
        items[at + NAME.len()..].iter().take(3).map(|item| item.c).take_while(char::is_ascii_digit).collect();
    let from = after_spaces(items, at + NAME.len() + number.len());
    let mut to = from;
    for _ in 0..number.parse::<usize>().ok()? {
        let line = items[to..].iter().take(LONGEST_LINE).take_while(|item| is_base64(item.c) || item.c == '=').count();
        to = after_spaces(items, to + line);
    }
    (to > from).then_some((from, to))
}

/// Returns the password in `https://user:password@host`.
fn userinfo(items: &[Item], from: usize) -> Option<Span> {
    const LONGEST: usize = 300;
    let is_part = |item: &&Item| !item.is_space() && !item.is_quote() && !"/?#<>|\\".contains(item.c);
    let length = items[from..].iter().take(LONGEST).take_while(is_part).count();
    let authority = &items[from..from + length];
    let at = authority.iter().rposition(|item| item.c == '@')?;
    let Some(colon) = authority[..at].iter().position(|item| item.c == ':') else {
        // A token alone (`https://token@host`); `abfss://container@host` is a place.
        let is_web = from >= 4
            && matches!(items[from - 4].c, 'p' | 's')
            && !letters(&items[from.saturating_sub(8)..from - 3]).ends_with("ss");
        let has = |is_it: fn(&char) -> bool| authority[..at].iter().any(|item| is_it(&item.c));
        let is_token = at >= 20 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
        return (is_web && is_token).then_some(Span { from, to: from + at, is_quoted: true });
    };
    let span = Span { from: from + colon + 1, to: from + at, is_quoted: true };
    (span.to > span.from).then_some(span)
}

/// Returns the address around an at sign.
fn address(items: &[Item], at: usize, floor: usize) -> Option<Span> {
    const LONGEST_LOCAL: usize = 64;
    const LONGEST_DOMAIN: usize = 255;
    let is_local = |item: &&Item| item.is_word() || ".+-#%".contains(item.c);
    let before = items[floor..at].iter().rev().take(LONGEST_LOCAL).take_while(is_local);
    let local = before.count();
    let from = at - local;
    let from = from + items[from..at].iter().take_while(|item| ".-#".contains(item.c)).count();
    let is_domain = |item: &&Item| item.c.is_alphanumeric() || item.c == '.' || item.c == '-';
    let length = items[at + 1..].iter().take(LONGEST_DOMAIN).take_while(is_domain).count();
    let domain = &items[at + 1..at + 1 + length];
    let dots = domain.iter().rev().take_while(|item| ".-".contains(item.c)).count();
    let to = at + 1 + length - dots;
    let domain = &domain[..length - dots];
    let last_dot = domain.iter().rposition(|item| item.c == '.')?;
    let top = &domain[last_dot + 1..];
    let is_host = last_dot > 0 && top.len() >= 2 && top.iter().all(|item| item.c.is_alphabetic());
    // `container@account.dfs.core.windows.net` behind `abfss://` is a place, `value@odata.type` a property, `git@host` nobody.
    let is_place = from >= 3 && items[from - 1].c == '/' && items[from - 2].c == '/';
    let is_property =
        ["odata", "microsoft"].contains(&&*letters(&domain[..domain.iter().position(|item| item.c == '.')?]));
    // Algorithms of SSH have names such as `curve25519-sha256@libssh.org`.
    let is_nobody = letters(&items[from..at]) == "git" || ["opensshcom", "libsshorg"].contains(&&*letters(domain));
    let is_property = is_property && domain.len() <= "odata.navigationLinkxxx".len() && top.len() > 3;
    (at > from && is_host && !is_place && !is_property && !is_nobody).then_some(Span { from, to, is_quoted: false })
}

/// Returns what makes the address of a webhook a permission.
fn webhook(items: &[Item], at: usize) -> Option<Span> {
    const LEAST: usize = 16;
    let word = ["/IncomingWebhook/", "/hooks.slack.com/services/", "/api/webhooks/", "/webhookb2/"]
        .into_iter()
        .find(|word| starts_with_any_case(items, at, word))?;
    let from = at + word.len();
    let span = unquoted(items, from, false);
    (span.to - from >= LEAST).then_some(span)
}

/// Ends a key of an integration runtime at its padding, wherever the line was broken.
fn key_end(items: &[Item], from: usize, to: usize) -> usize {
    const MOST: usize = 3;
    over_breaks(items, from, to, MOST, |c| is_base64(c) || c == '=')
}

/// Keys of accounts, namespaces and services are 32 or 64 random bytes or more in base64, and end in `=`.
fn is_padded_key(run: &[Item], after: Option<&Item>) -> bool {
    const SHORTEST: usize = 43;
    let part = || run.iter().map(|item| item.c);
    let is_over = after.is_none_or(|item| !item.c.is_alphanumeric() && item.c != '=');
    run.len() >= SHORTEST
        && run.last().is_some_and(|item| item.c == '=')
        && is_over
        && part().any(|c| c.is_ascii_digit())
        && part().any(|c| c.is_ascii_uppercase())
        && part().any(|c| c.is_ascii_lowercase())
}

/// Secrets that Entra hands out for an application: 34 to 44 characters, a `~` among them.
fn is_client_secret(run: &[Item]) -> bool {
    let part = || run.iter().map(|item| item.c);
    (32..=44).contains(&run.len())
        && run.iter().skip(1).any(|item| item.c == '~')
        && part().any(|c| c.is_ascii_digit())
        && part().any(|c| c.is_ascii_uppercase())
        && part().any(|c| c.is_ascii_lowercase())
}

/// A long word with digits all over is a token, whatever made it.
fn is_opaque(run: &[Item]) -> bool {
    const SHORTEST: usize = 80;
    const LEAST: usize = 8;
    let count = |is_it: fn(&char) -> bool| run.iter().filter(|item| is_it(&item.c)).count();
    run.len() >= SHORTEST
        && !run.iter().any(|item| item.c == '.')
        && count(char::is_ascii_digit) >= LEAST
        && count(char::is_ascii_uppercase) >= LEAST
        && count(char::is_ascii_lowercase) >= LEAST
}
