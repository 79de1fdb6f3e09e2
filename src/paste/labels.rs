//! Labels: names under which secrets stand, such as `Password=`, `"client_secret":` or `--account-key`, and the value each one names.

use super::flat::{Item, MARK};
use super::marks::SecretKind;
use super::shapes::is_token;
use super::span::{
    Span, after_spaces, braced, characters, is_guid, letters, line, name_before, over_breaks, quoted, unquoted,
};

/// Says how much a name says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// What stands under it is a secret.
    Always,
    /// It is one if it looks random.
    IfRandom,
    /// A header: a scheme, then the secret.
    Header,
    /// It is one up to the end of the line.
    Line,
}

/// How many line breaks a long value may be broken over.
const MOST_BREAKS: usize = 60;

type Label = (SecretKind, Trust);

/// Names that a name may end with.
const ENDINGS: &[(&str, SecretKind, Trust)] = &[
    ("password", SecretKind::Password, Trust::Always),
    ("passwd", SecretKind::Password, Trust::Always),
    ("passphrase", SecretKind::Password, Trust::Always),
    ("kennwort", SecretKind::Password, Trust::Always),
    ("passwort", SecretKind::Password, Trust::Always),
    ("pwd", SecretKind::Password, Trust::Always),
    ("contraseña", SecretKind::Password, Trust::Always),
    ("contrasena", SecretKind::Password, Trust::Always),
    ("motdepasse", SecretKind::Password, Trust::Always),
    ("senha", SecretKind::Password, Trust::Always),
    ("wachtwoord", SecretKind::Password, Trust::Always),
    ("lösenord", SecretKind::Password, Trust::Always),
    ("adgangskode", SecretKind::Password, Trust::Always),
    ("passord", SecretKind::Password, Trust::Always),
    ("salasana", SecretKind::Password, Trust::Always),
    ("heslo", SecretKind::Password, Trust::Always),
    ("hasło", SecretKind::Password, Trust::Always),
    ("jelszó", SecretKind::Password, Trust::Always),
    ("пароль", SecretKind::Password, Trust::Always),
    ("密码", SecretKind::Password, Trust::Always),
    ("密碼", SecretKind::Password, Trust::Always),
    ("パスワード", SecretKind::Password, Trust::Always),
    ("비밀번호", SecretKind::Password, Trust::Always),
    ("dbpass", SecretKind::Password, Trust::Always),
    ("userpass", SecretKind::Password, Trust::Always),
    ("adminpass", SecretKind::Password, Trust::Always),
    ("secrettext", SecretKind::Secret, Trust::Always),
    ("secretstring", SecretKind::Secret, Trust::IfRandom),
    ("storagekey", SecretKind::Key, Trust::Always),
    ("secret", SecretKind::Secret, Trust::Always),
    ("secretvalue", SecretKind::Secret, Trust::Always),
    ("secretkey", SecretKind::Secret, Trust::Always),
    ("secretaccesskey", SecretKind::Secret, Trust::Always),
    ("serviceprincipalkey", SecretKind::Secret, Trust::Always),
    ("serviceprincipalcredential", SecretKind::Secret, Trust::Always),
    ("clientassertion", SecretKind::Token, Trust::Always),
    ("accountkey", SecretKind::Key, Trust::Always),
    ("accesskey", SecretKind::Key, Trust::Always),
    ("apikey", SecretKind::Key, Trust::Always),
    ("subscriptionkey", SecretKind::Key, Trust::Always),
    ("functionskey", SecretKind::Key, Trust::Always),
    ("functionkey", SecretKind::Key, Trust::Always),
    ("authkey", SecretKind::Key, Trust::Always),
    ("authenticationkey", SecretKind::Key, Trust::Always),
    ("encryptionkey", SecretKind::Key, Trust::Always),
    ("signingkey", SecretKind::Key, Trust::Always),
    ("privatekey", SecretKind::Key, Trust::IfRandom),
    ("sharedkey", SecretKind::Key, Trust::Always),
    ("primarykey", SecretKind::Key, Trust::IfRandom),
    ("secondarykey", SecretKind::Key, Trust::IfRandom),
    ("masterkey", SecretKind::Key, Trust::IfRandom),
    ("runtimekey", SecretKind::Key, Trust::IfRandom),
    ("gatewaykey", SecretKind::Key, Trust::IfRandom),
    ("recoverykey", SecretKind::Key, Trust::Always),
    ("accesstoken", SecretKind::Token, Trust::Always),
    ("refreshtoken", SecretKind::Token, Trust::Always),
    ("idtoken", SecretKind::Token, Trust::Always),
    ("bearertoken", SecretKind::Token, Trust::Always),
    ("embedtoken", SecretKind::Token, Trust::Always),
    ("sastoken", SecretKind::Token, Trust::Always),
    ("securitytoken", SecretKind::Token, Trust::Always),
    ("token", SecretKind::Token, Trust::IfRandom),
    ("signature", SecretKind::Signature, Trust::IfRandom),
    ("credential", SecretKind::Secret, Trust::IfRandom),
    ("credentials", SecretKind::Secret, Trust::IfRandom),
    ("authorization", SecretKind::Token, Trust::Header),
];

/// Names that mean a secret when they stand alone.
const NAMES: &[(&str, SecretKind, Trust)] = &[
    ("pass", SecretKind::Password, Trust::Always),
    ("pw", SecretKind::Password, Trust::Always),
    ("passcode", SecretKind::Password, Trust::Always),
    ("pat", SecretKind::Token, Trust::IfRandom),
    ("sig", SecretKind::Signature, Trust::Always),
    ("samlresponse", SecretKind::Token, Trust::Always),
    ("assertion", SecretKind::Token, Trust::IfRandom),
    ("converttosecurestring", SecretKind::Secret, Trust::Always),
    ("identifiedby", SecretKind::Password, Trust::Always),
    ("cookie", SecretKind::Cookie, Trust::Line),
    ("setcookie", SecretKind::Cookie, Trust::Line),
    ("jsessionid", SecretKind::Cookie, Trust::Always),
    ("phpsessid", SecretKind::Cookie, Trust::Always),
    ("arraffinity", SecretKind::Cookie, Trust::Always),
    ("arraffinitysamesite", SecretKind::Cookie, Trust::Always),
    ("estsauth", SecretKind::Cookie, Trust::Always),
    ("estsauthpersistent", SecretKind::Cookie, Trust::Always),
    ("fedauth", SecretKind::Cookie, Trust::Always),
    ("rtfa", SecretKind::Cookie, Trust::Always),
    ("aspxauth", SecretKind::Cookie, Trust::Always),
];

/// What a name may stand for where a secret is expected: it stays.
const NO_SECRETS: &[&str] = &[
    "",
    "null",
    "none",
    "nil",
    "true",
    "false",
    "undefined",
    "empty",
    "redacted",
    "hidden",
    "masked",
    "removed",
    "securestring",
    "azurekeyvaultsecret",
    "object",
    "string",
];

/// Words that begin a sentence about a secret.
const PROSE: &[&str] = &[
    "password",
    "secret",
    "key",
    "token",
    "invalid",
    "incorrect",
    "wrong",
    "missing",
    "required",
    "expired",
    "denied",
    "not",
    "the",
    "is",
    "was",
    "must",
    "cannot",
    "has",
    "or",
    "and",
    "for",
    "with",
    "in",
    "on",
    "to",
    "of",
    "from",
    "a",
    "an",
    "no",
    "yes",
    "unknown",
    "encrypted",
    "failed",
    "error",
    "unauthorized",
    "disabled",
    "enabled",
];

fn classify(words: &[String; 3]) -> Option<Label> {
    let [last, before, first] = words;
    if last.is_empty() {
        return None;
    }
    let joined = [last.clone(), format!("{before}{last}"), format!("{first}{before}{last}")];
    let alone = joined[..2].iter().find_map(|name| NAMES.iter().find(|(known, ..)| known == name));
    // The longest ending says most: `secretaccesskey` is more than `accesskey`.
    let ending = |(known, ..): &&(&str, SecretKind, Trust)| joined[2].ends_with(known) && !is_about(&joined[2]);
    let ending = || ENDINGS.iter().filter(ending).max_by_key(|(known, ..)| known.len());
    alone.or_else(ending).map(|&(_, kind, trust)| (kind, trust))
}

/// Names that end like a secret's and hold none.
fn is_about(name: &str) -> bool {
    [
        "publickeytoken",
        "continuationtoken",
        "skiptoken",
        "pagetoken",
        "unexpectedtoken",
        "keyvaultsecret",
        "canceltoken",
        "cancellationtoken",
    ]
    .iter()
    .any(|known| name.ends_with(known))
}

/// Finds the secrets that a name announces, one after another.
#[derive(Default)]
pub(super) struct Labels {
    /// What the pair before said that the next `value` is, and up to where that holds.
    announced: Option<(SecretKind, usize)>,
    /// Where the last value ends that was read and is no secret: what is inside it is not read once more.
    judged: usize,
}

impl Labels {
    /// Returns the secret under the name that ends at a place, if one does.
    pub(super) fn secret(&mut self, items: &[Item], at: usize) -> Option<(SecretKind, Span)> {
        match items[at].c {
            '=' | ':' => self.after_separator(items, at),
            '>' => in_element(items, at),
            ' ' | '\t' => after_space(items, at),
            _ => None,
        }
    }

    fn after_separator(&mut self, items: &[Item], at: usize) -> Option<(SecretKind, Span)> {
        /// A pair is no farther from the one it belongs to.
        const NEAR: usize = 200;
        let (words, begin) = name_before(items, at);
        if words[0].is_empty() || at < self.judged {
            return None;
        }
        let is_assigned = items[at].c == '=';
        if ["name", "key", "type", "header"].contains(&&*words[0])
            && let Some(span) = quoted(items, after_spaces(items, at + 1)).filter(|span| span.to - span.from < 40)
        {
            let named = letters(&items[span.from..span.to]);
            let label = classify(&[named.clone(), String::new(), String::new()]);
            if named == "securestring" {
                self.announced = Some((SecretKind::Secret, span.to + NEAR));
            } else if let Some((kind, _)) = label {
                self.announced = Some((kind, span.to + NEAR));
            }
        }
        let announced = self.announced.filter(|(_, until)| at < *until).map(|(kind, _)| (kind, Trust::Always));
        let label = match &*words[0] {
            "value" | "defaultvalue" => {
                self.announced = None;
                announced.or_else(|| before_type(items, at))
            }
            "code" | "key" if is_assigned && begin > 0 && matches!(items[begin - 1].c, '?' | '&') => {
                Some((SecretKind::Key, Trust::IfRandom))
            }
            _ => None,
        };
        if is_assigned && words[0] == "user" && items[begin].c == '-' {
            return signed_in(items, at + 1);
        }
        let (kind, trust) = label.or_else(|| classify(&words))?;
        let found = value(items, at + 1, trust, is_assigned, kind);
        if let Err(Span { to, is_quoted: false, .. }) = found {
            self.judged = to;
        }
        found.ok().map(|span| (kind, span))
    }
}

/// Tells whether the `value` here is said to be secure behind it.
fn before_type(items: &[Item], at: usize) -> Option<Label> {
    let value = quoted(items, after_spaces(items, at + 1))?;
    let behind: String = letters(&items[value.to..items.len().min(value.to + 50)]);
    behind.starts_with("typesecurestring").then_some((SecretKind::Secret, Trust::Always))
}

/// Reads `<password>…</password>`.
fn in_element(items: &[Item], at: usize) -> Option<(SecretKind, Span)> {
    let (words, begin) = name_before(items, at);
    let is_element = words[1].is_empty() && begin > 0 && matches!(items[begin - 1].c, '<' | ':');
    let (kind, trust) = classify(&words).filter(|_| is_element)?;
    let rest = &items[at + 1..];
    let length = rest.iter().take_while(|item| item.c != '<' && item.c != '\n').count();
    // `pwd=<password> …` is no element, and one that was cut off has no end.
    let is_closed =
        rest.get(length).is_some_and(|item| item.c == '<') && rest.get(length + 1).is_some_and(|item| item.c == '/');
    let is_element = is_closed || !rest[..length].iter().any(|item| item.is_space());
    let span = Span { from: at + 1, to: at + 1 + length, is_quoted: true };
    (is_element && is_secret(items, span, trust, true)).then_some((kind, span))
}

/// Reads `--password x`, `password 'x'`, `password is x` and `-u name:x`.
fn after_space(items: &[Item], at: usize) -> Option<(SecretKind, Span)> {
    let before = items[..at].last().filter(|item| item.is_word())?;
    debug_assert!(!before.is_space());
    let (words, begin) = name_before(items, at);
    let is_option = items[begin..at].first().is_some_and(|item| item.c == '-');
    if is_option && ["u", "user"].contains(&&*words[0]) {
        return signed_in(items, at);
    }
    if is_option && words[0] == "p" && is_beside_user(items, begin) {
        let next = after_spaces(items, at);
        let span = quoted(items, next).unwrap_or_else(|| unquoted(items, next, false));
        let given = &items[span.from..span.to];
        let is_port = given.iter().all(|item| item.c.is_ascii_digit() || item.c == ':');
        let is_taken = !is_port && given[0].c != '-' && is_secret(items, span, Trust::Always, true);
        return is_taken.then_some((SecretKind::Password, span));
    }
    if words[0] == "converttosecurestring" {
        return secure_string(items, at);
    }
    let (kind, trust) = classify(&[words[0].clone(), String::new(), String::new()])
        .or_else(|| classify(&words).filter(|_| words[0] == "by"))
        .or_else(|| {
            ["is", "was"]
                .contains(&&*words[0])
                .then(|| classify(&[words[1].clone(), words[2].clone(), String::new()]))?
        })?;
    let next = after_spaces(items, at);
    let is_next_quoted = items.get(next).is_some_and(|item| item.is_quote() || "Nn(".contains(item.c));
    match trust {
        Trust::Always if is_option => value(items, at, trust, true, kind).ok().map(|span| (kind, span)),
        Trust::Always if is_next_quoted && (kind == SecretKind::Password || words[0].starts_with("convert")) => {
            let span = value(items, at, trust, true, kind).ok()?;
            span.is_quoted.then_some((kind, span))
        }
        Trust::Always if ["is", "was"].contains(&&*words[0]) => {
            let span = value(items, at, trust, false, kind).ok()?;
            let is_plain =
                items[span.from..span.to].iter().all(|item| item.c.is_alphabetic() || ".,:-?!’".contains(item.c));
            (!is_plain || span.is_quoted).then_some((kind, span))
        }
        _ => None,
    }
}

/// Reads the password in the `name:password` that an option takes.
fn signed_in(items: &[Item], from: usize) -> Option<(SecretKind, Span)> {
    let next = after_spaces(items, from);
    let given = quoted(items, next).unwrap_or_else(|| unquoted(items, next, false));
    let colon = items[given.from..given.to].iter().position(|item| item.c == ':')?;
    let span = Span { from: given.from + colon + 1, ..given };
    (span.to > span.from).then_some((SecretKind::Password, span))
}

/// Tells whether an option stands behind one that names a user, or in a command that takes a password alone: then `-p` is no port.
fn is_beside_user(items: &[Item], option: usize) -> bool {
    const FARTHEST: usize = 120;
    let near = &items[option.saturating_sub(FARTHEST)..option];
    let line = near.rsplit(|item| item.c == '\n').next().unwrap_or_default();
    let line: String = line.iter().map(|item| item.c.to_ascii_lowercase()).collect();
    line.ends_with("sshpass ") || [" -u ", " --username ", " --user "].iter().any(|user| line.contains(user))
}

/// Reads what `ConvertTo-SecureString` is given, whatever options stand before it.
fn secure_string(items: &[Item], from: usize) -> Option<(SecretKind, Span)> {
    const OPTIONS: [&str; 3] = ["string", "asplaintext", "force"];
    let mut next = after_spaces(items, from);
    let mut is_named = false;
    for _ in OPTIONS {
        let option = items.get(next..)?;
        let length = option.iter().take(16).take_while(|item| item.c == '-' || item.c.is_ascii_alphabetic()).count();
        let name = letters(&option[..length]);
        if option.first()?.c == '-' && OPTIONS.contains(&&*name) {
            is_named = name == "string";
            next = after_spaces(items, next + length);
        }
    }
    let span = value(items, next, Trust::Always, true, SecretKind::Secret).ok()?;
    let is_variable = !span.is_quoted && "$(-".contains(items[span.from].c);
    (span.is_quoted || is_named && !is_variable).then_some((SecretKind::Secret, span))
}

/// Reads the secret after a separator; what stands there otherwise is the error.
fn value(items: &[Item], from: usize, trust: Trust, is_assigned: bool, kind: SecretKind) -> Result<Span, Span> {
    // `:=`, `=>` and `==` of programs.
    let sign = |at: usize| items.get(at).map(|item| item.c);
    let separator = from.checked_sub(1).and_then(sign);
    let is_double = matches!((separator, sign(from)), (Some(':'), Some('=')) | (Some('='), Some('>' | '=')));
    let mut at = after_spaces(items, from + usize::from(is_double));
    // `**Password:** x` of Markdown.
    if sign(at) == Some('*') && sign(at + 1) == Some('*') && sign(at + 2) == Some(' ') {
        at = after_spaces(items, at + 2);
    }
    // Strings of SQL, C# and Python, calls of PowerShell, lists of JSON.
    if items.get(at).is_some_and(|item| "NnBbUuRr$@([".contains(item.c))
        && items.get(at + 1).is_some_and(|item| item.is_quote())
    {
        at += 1;
    }
    let is_broken = items[from..at.min(items.len())].iter().any(|item| item.c == '\n');
    let read = quoted(items, at).or_else(|| braced(items, at).filter(|_| is_assigned));
    if matches!(trust, Trust::Header | Trust::Line) {
        let span = read.unwrap_or_else(|| line(items, at));
        let span = if trust == Trust::Header { after_scheme(items, span) } else { span };
        return if is_secret(items, span, Trust::Always, true) { Ok(span) } else { Err(span) };
    }
    let mut span = match read {
        Some(span) => span,
        // A name at the end of a line says nothing about the next line, unless that looks like a secret.
        None => unquoted(items, at, is_assigned && kind == SecretKind::Password),
    };
    if !span.is_quoted && span.to > span.from && items[span.from..span.to].iter().all(|item| is_token(item.c)) {
        span.to = over_breaks(items, span.from, span.to, MOST_BREAKS, is_token);
    }
    let trust = if is_broken && !span.is_quoted { Trust::IfRandom } else { trust };
    let is_one = is_secret(items, span, trust, is_assigned);
    if is_one && !is_sentence(items, span, is_assigned) { Ok(span) } else { Err(span) }
}

/// Leaves the scheme out: `Bearer`, `Basic`.
fn after_scheme(items: &[Item], span: Span) -> Span {
    let scheme = items[span.from..span.to].iter().take_while(|item| item.c.is_ascii_alphabetic()).count();
    let space = span.from + scheme;
    let has_scheme = scheme > 0 && space < span.to && items[space].c == ' ';
    if !has_scheme {
        // The rest was broken off to the next line.
        let is_scheme =
            scheme == span.to - span.from && ["bearer", "basic"].contains(&&*letters(&items[span.from..space]));
        return if is_scheme { Span { to: span.from, ..span } } else { span };
    }
    let from = after_spaces(items, space);
    let is_one_word = ["bearer", "basic", "token", "apikey"].contains(&&*letters(&items[span.from..space]));
    let to = if is_one_word && !span.is_quoted {
        let end = unquoted(items, from, false).to;
        over_breaks(items, from, end, MOST_BREAKS, is_token)
    } else {
        span.to
    };
    Span { from: from.min(to), to, ..span }
}

/// Tells whether what stands under a name can be a secret.
fn is_secret(items: &[Item], span: Span, trust: Trust, is_assigned: bool) -> bool {
    let Some(value) = items.get(span.from..span.to).filter(|value| !value.is_empty()) else { return false };
    if value.iter().all(|item| item.c == MARK) {
        return false;
    }
    let text = characters(items, span);
    let text = text.trim();
    let is_filler = text.chars().all(|c| "*.•x-X_ ".contains(c));
    let is_placeholder = text.starts_with(['<', '{', '[']) && !span.is_quoted
        || text.starts_with('<') && text.ends_with('>')
        || ["${", "$(", "{{", "$env:", "@{", "@pipeline", "@activity", "@linkedservice", "@dataset", "@concat"]
            .iter()
            .any(|start| text.to_lowercase().starts_with(start));
    if text.is_empty() || is_filler || is_placeholder || (!is_assigned && !span.is_quoted && text.len() < 3) {
        return false;
    }
    let words = letters(value);
    !(NO_SECRETS.contains(&&*words) && text.len() < 30) && (trust != Trust::IfRandom || is_random(value))
}

/// Tells whether a value looks as if a machine had drawn it.
fn is_random(value: &[Item]) -> bool {
    const SHORTEST: usize = 16;
    let has = |is_it: fn(char) -> bool| value.iter().any(|item| is_it(item.c));
    value.len() >= SHORTEST
        && has(|c| c.is_ascii_digit())
        && has(|c| c.is_ascii_alphabetic())
        && !has(char::is_whitespace)
        && !is_guid(value)
}

/// Tells whether a name is followed by a sentence: `Invalid password: the account is locked`.
fn is_sentence(items: &[Item], span: Span, is_assigned: bool) -> bool {
    if is_assigned || span.is_quoted {
        return false;
    }
    let value = &items[span.from..span.to];
    let word = letters(value);
    let is_word = value.iter().enumerate().all(|(n, item)| {
        item.c.is_lowercase()
            || (n == 0 && item.c.is_alphabetic())
            || (n + 1 == value.len() && ".,!?'".contains(item.c))
    });
    let goes_on = items.get(span.to).is_some_and(|item| item.c == ' ')
        && items.get(span.to + 1).is_some_and(|item| item.c.is_alphabetic() || item.is_quote());
    // A sentence in Chinese or Japanese has no spaces.
    let is_other_script = value.iter().all(|item| !item.c.is_ascii() && item.c.is_alphanumeric());
    PROSE.contains(&&*word) || is_other_script || (is_word && goes_on)
}
