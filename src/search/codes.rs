//! Codes: which words of a flow are its codes, and which words of a pasted text are codes.
//!
//! A code that is a plain number is one only where something says so: a word for error or code before it (in the languages of the
//! portals), the key of a JSON value, or nothing else typed. In an id, a time, a count, a version or a line number it is none.

use super::letters::is_ideograph;
use super::tokens::{Token, tokens};

/// Words after which a number is an error's code.
pub(super) const ERROR_WORDS: &[&str] = &[
    "error",
    "err",
    "errorcode",
    "errorcodes",
    "error_code",
    "error_codes",
    "errornumber",
    "error_number",
    "errno",
    "sqlerrornumber",
    "sqlerrorcode",
    "errorid",
    "fehler",
    "fehlercode",
    "fehlernummer",
    "erreur",
    "errore",
    "fout",
    "foutcode",
    "erro",
    "fejl",
    "fel",
    "blad",
    "failurecode",
    "aadsts",
];

/// Words after which it is one unless the word before says what else it is.
pub(super) const CODE_WORDS: &[&str] = &["code", "codigo", "codice", "kod", "kode"];

/// What a number after `code` is when one of these stands before.
pub(super) const OTHER_CODES: &[&str] = &[
    "exit",
    "status",
    "http",
    "zip",
    "postal",
    "post",
    "country",
    "area",
    "return",
    "discount",
    "promo",
    "verification",
    "access",
    "qr",
    "product",
    "dress",
    "invite",
    "room",
    "door",
    "security",
    "tax",
    "item",
    "order",
    "job",
    "line",
    "my",
    "coupon",
    "dial",
    "pin",
    "vs",
    "login",
    "auth",
    "statut",
    "estado",
    "stato",
    "color",
    "colour",
    "cost",
    "currency",
    "language",
    "plant",
    "sap",
    "company",
    "source",
];

/// Words that may stand between.
pub(super) const FILLERS: &[&str] = &[
    "no", "nr", "num", "number", "nummer", "numero", "n", "is", "was", "the", "with", "w", "de", "del", "di", "d",
    "der", "des", "ist", "es", "est", "e", "mit", "con", "avec", "code", "codes", "codigo", "codice", "id",
];

/// What is counted or measured: a number before one of these is no code.
pub(super) const UNITS: &[&str] = &[
    "row", "rows", "record", "records", "ms", "s", "sec", "second", "seconds", "min", "minutes", "item", "items",
    "file", "files", "byte", "bytes", "kb", "mb", "gb", "time", "times", "user", "users", "errors", "of", "lines",
    "pages", "results", "entries", "messages", "warnings", "events", "eur", "usd", "euro", "dollars", "people",
    "percent", "km", "m", "zeilen", "filas", "lignes",
];

/// Endings of what stands before a number in scripts without spaces.
pub(super) const IDEOGRAPHS: &[&str] =
    &["コード", "エラー", "番号", "代码", "代碼", "错误", "錯誤", "错误码", "错误号", "코드", "오류"];

/// How things end that end with an error, by how the words begin.
pub(super) const ENDINGS: &[&str] =
    &["fail", "stop", "end", "abort", "terminat", "die", "crash", "break", "broke", "error"];

/// How far back a word is looked for that makes a number a code.
const REACH: usize = 4;

/// Says what kind of word a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It cannot be mistaken for anything else.
    Word,
    /// A plain number.
    Number,
}

/// Holds a code of a flow: its words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) words: Vec<String>,
    pub(super) kind: Kind,
}

/// Returns the codes in what a flow says its code is: `AADSTS53000 / AADSTS53001`, `2704/2705`, `Name (403)`.
pub(super) fn codes_of(code: &str) -> Vec<Code> {
    let mut found = Vec::new();
    let mut is_first = true;
    for part in code.split_inclusive([' ', '/', '(', ')', ',', ';', ':', '=']) {
        let chunk = tokens(part);
        found.extend(code_of(&chunk).filter(|code| code.kind == Kind::Word || is_first));
        is_first = part.ends_with(['/', '(']) || chunk.is_empty() && is_first;
    }
    found
}

/// Returns the code that a signature is, if it is nothing else: `UserErrorX`, `ErrorCode=UserErrorX`, `SqlErrorNumber=47073`; and the
/// numbered ones that stand in it, such as `AADSTS70001: Application with identifier`.
pub(super) fn codes_in(signature: &str) -> Vec<Code> {
    let all = tokens(signature);
    let numbered = |token: &&Token| is_numbered(&token.word);
    let mut found: Vec<Code> =
        all.iter().filter(numbered).filter_map(|token| code_of(std::slice::from_ref(token))).collect();
    let is_named = |word: &str| ERROR_WORDS.contains(&word) || CODE_WORDS.contains(&word);
    let named = all.iter().filter(|token| is_named(&token.word)).count();
    let begins = all.iter().position(|token| !is_named(&token.word)).unwrap_or(0);
    let rest = &all[begins..];
    // A name in parts (`java.lang.OutOfMemoryError`) says where an error was thrown.
    let is_path = rest.windows(2).any(|two| signature[two[0].end..two[1].start].starts_with('.'));
    let spaces = rest.first().map_or(0, |first| signature[first.start..].trim_end().matches(' ').count());
    if found.is_empty() && spaces == 0 && !is_path {
        found.extend(code_of(rest).filter(|code| code.kind == Kind::Word || named > 0));
    }
    found
}

fn code_of(chunk: &[Token]) -> Option<Code> {
    let code = |kind| Some(Code { words: chunk.iter().map(|token| token.word.clone()).collect(), kind });
    match chunk {
        [] => None,
        [one] if is_number(&one.word) => code(Kind::Number),
        [_] | [_, _] | [_, _, _] | [_, _, _, _] if chunk.iter().any(is_code) => code(Kind::Word),
        _ => None,
    }
}

/// Tells whether a word looks like a code and like nothing else.
pub(super) fn is_code(token: &Token) -> bool {
    let word = token.word.as_str();
    let has_letter = word.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_joined = word.contains('_') && has_letter && word.len() >= 6;
    is_numbered(word) || is_joined || (token.humps >= 2 && word.len() >= 8 && has_letter)
}

/// Tells whether a word is letters and then a number, such as `aadsts50011`.
pub(super) fn is_numbered(word: &str) -> bool {
    let digits = word.len() - family(word).len();
    digits >= 4 && family(word).len() >= 2 && word.len() <= 20
}

/// Returns what the codes of a family begin with: the letters before the number.
pub(super) fn family(word: &str) -> &str {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.bytes().all(|byte| byte.is_ascii_lowercase()) { letters } else { word }
}

/// Tells whether a word is a number as long as codes are; shorter ones are HTTP status codes and counts.
pub(super) fn is_number(word: &str) -> bool {
    (4..=7).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a word stands where a code is expected: `ErrorCode=UserErrorX`, `"code": "BadRequest"`.
pub(super) fn is_announced(text: &str, tokens: &[Token], n: usize) -> bool {
    let Some(before) = n.checked_sub(1) else { return false };
    let gap = &text[tokens[before].end..tokens[n].start];
    let is_value = gap.contains([':', '=']) && gap.len() <= 12 && !gap.contains(['{', '[', ',']);
    is_value && {
        let word = tokens[before].word.as_str();
        ["errorcode", "error_code", "code", "gatewaypipelineerrorcode", "fehlercode"].contains(&word)
    }
}

/// Tells whether a number in a text is an error's code.
pub(super) fn is_number_code(text: &str, tokens: &[Token], n: usize) -> bool {
    is_alone(text, tokens, n)
        && (is_named_before(text, tokens, n)
            || is_named_after(text, tokens, n)
            || is_all(tokens, n)
            || begins(text, tokens, n))
}

/// Tells whether a number is not a part of something longer, nor a count.
fn is_alone(text: &str, tokens: &[Token], n: usize) -> bool {
    let token = &tokens[n];
    let before = text[..token.start].chars().next_back();
    let mut after = text[token.end..].chars();
    let is_joined_behind = matches!(after.next(), Some('-' | '.' | ':' | '/' | '%' | '@'))
        && after.next().is_some_and(char::is_alphanumeric);
    let is_joined_before = matches!(before, Some('.' | '/' | '@' | '$' | '€' | '+' | '-'))
        && !(before == Some('-') && n > 0 && tokens[n - 1].end + 1 == token.start && says_error(&tokens[n - 1].word));
    let is_counted = tokens.get(n + 1).is_some_and(|next| {
        text[token.end..next.start].chars().all(|c| c == ' ') && UNITS.contains(&next.word.as_str())
    });
    !is_joined_behind && !is_joined_before && !is_counted
}

fn says_error(word: &str) -> bool {
    ERROR_WORDS.contains(&word)
}

fn is_named_before(text: &str, tokens: &[Token], n: usize) -> bool {
    let ideographs: Vec<&str> = tokens[..n]
        .iter()
        .rev()
        .take(6)
        .map(|token| token.word.as_str())
        .take_while(|word| word.chars().all(is_ideograph))
        .collect();
    let before: String = ideographs.into_iter().rev().collect();
    if IDEOGRAPHS.iter().any(|ending| before.ends_with(ending)) {
        return true;
    }
    for at in (n.saturating_sub(REACH)..n).rev() {
        let (token, next) = (&tokens[at], &tokens[at + 1]);
        let gap = &text[token.end..next.start];
        let is_near = gap.chars().all(|c| c.is_whitespace() || ":=\"'#([\\-,.{`*/".contains(c) || "“”‘’：".contains(c));
        if !is_near || gap.contains("\n\n") || (next.is_after_line && !gap.contains([':', '='])) {
            return false;
        }
        let word = token.word.as_str();
        let is_slash = gap.contains('/');
        if is_slash && word != "w" {
            return false;
        }
        if says_error(word) {
            return true;
        }
        if CODE_WORDS.contains(&word) {
            let other = at
                .checked_sub(1)
                .map(|at| &tokens[at])
                .filter(|other| text[other.end..token.start].chars().all(|c| c == ' ' || c == '-' || c == '_'));
            match other {
                Some(other) if OTHER_CODES.contains(&other.word.as_str()) => return false,
                _ => return true,
            }
        }
        let is_list = is_number(word) && gap.contains(',');
        if matches!(word, "with" | "w" | "mit" | "con" | "avec") {
            let ends = |token: &Token| ENDINGS.iter().any(|ending| token.word.starts_with(ending));
            return tokens[..at].last().is_some_and(ends);
        }
        if !is_list && !FILLERS.contains(&word) {
            return false;
        }
    }
    false
}

fn is_named_after(text: &str, tokens: &[Token], n: usize) -> bool {
    let Some(next) = tokens.get(n + 1) else { return false };
    let is_next = text[tokens[n].end..next.start].chars().all(|c| c == ' ' || c == '-');
    let is_error = ["error", "fehler", "エ"].contains(&next.word.as_str());
    let is_counted = tokens.get(n + 2).is_some_and(|after| UNITS.contains(&after.word.as_str()));
    let is_count = n > 0 && ["total", "count", "found", "of", "had"].contains(&tokens[n - 1].word.as_str());
    is_next && is_error && !is_counted && !is_count
}

/// Tells whether the text begins with the number, a colon and a word.
fn begins(text: &str, tokens: &[Token], n: usize) -> bool {
    let goes_on = |next: &Token| {
        let gap = &text[tokens[0].end..next.start];
        gap.starts_with(": ") && !next.word.bytes().all(|byte| byte.is_ascii_digit())
    };
    n == 0 && tokens.get(1).is_some_and(goes_on)
}

/// Tells whether nothing but the number was typed.
fn is_all(tokens: &[Token], n: usize) -> bool {
    let says_nothing = |word: &str| says_error(word) || CODE_WORDS.contains(&word) || FILLERS.contains(&word);
    tokens.len() <= 4 && tokens.iter().enumerate().all(|(at, token)| at == n || says_nothing(&token.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(field: &str) -> Vec<String> {
        codes_of(field).into_iter().map(|code| code.words.join(" ")).collect()
    }

    #[test]
    fn the_codes_of_a_flow_are_found_in_what_it_says() {
        for (field, expected) in [
            ("2403", "2403"),
            ("AADSTS53000 / AADSTS53001", "aadsts53000|aadsts53001"),
            ("AADSTS700016 (older: AADSTS70001)", "aadsts700016|aadsts70001"),
            ("2704/2705/2711", "2704|2705|2711"),
            ("2011 (credential decryption)", "2011"),
            ("403 (API call)", ""),
            (
                "ADLSGen2ForbiddenError / ADLSGen2OperationFailed (403)",
                "adlsgen2forbiddenerror|adlsgen2operationfailed",
            ),
            ("DM_GWPipeline_Gateway_X", "dm_gwpipeline_gateway_x"),
            ("DF-Executor-OutOfMemoryError", "df executor outofmemoryerror"),
            ("Dataflow Gen2 outbound 1433", ""),
            ("Gateway not in the list", ""),
            ("DIAHostService failed to start (1920)", "diahostservice|1920"),
        ] {
            assert_eq!(codes(field).join("|"), expected, "{field}");
        }
    }

    #[test]
    fn a_signature_that_is_a_code_is_one() {
        let codes = |signature| codes_in(signature).into_iter().map(|code| code.words.join(" ")).collect::<Vec<_>>();
        assert_eq!(codes("ErrorCode=UserErrorOdbcInvalidQueryString"), ["usererrorodbcinvalidquerystring"]);
        assert_eq!(codes("SqlErrorNumber=47073"), ["47073"]);
        assert_eq!(codes("Error 1920"), ["1920"]);
        assert_eq!(codes("AADSTS70001: Application with identifier"), ["aadsts70001"]);
        for none in ["Invalid parameters", "PublicKeyToken of the assembly", "Socket timed out after 30000 ms", "20301"]
        {
            assert!(codes(none).is_empty(), "{none}");
        }
    }

    fn is_code_in(text: &str) -> bool {
        let tokens = tokens(text);
        let n = tokens.iter().position(|token| token.word == "2403").expect("it is there");
        is_number_code(text, &tokens, n)
    }

    #[test]
    fn a_number_with_context_is_a_code() {
        for text in [
            "2403",
            "#2403",
            "Error 2403",
            "error code: 2403",
            "ErrorCode=2403",
            "{\"errorCode\": \"2403\", \"x\": 1}",
            r#"{\"errorCode\":\"2403\"}"#,
            "Fehlercode 2403",
            "Código de error: 2403",
            "Code d'erreur : 2403",
            "Codice errore 2403",
            "エラー コード: 2403",
            "错误代码2403",
            "错误代码：2403",
            "getting 2403 error in ADF",
            "SqlErrorNumber=2403,Class=14",
            "Sql error number: 2403.",
            "\"code\": 2403,",
            "the activity failed with 2403",
            "error_codes:[50011,2403]",
            "Error (2403)",
            "error-2403",
            "2403: Get access token failed",
            "stopped w/ 2403",
            "\"errorCode\":\n  \"2403\"",
            "Errore n. 2403",
            "error code is 2403",
        ] {
            assert!(is_code_in(text), "{text}");
        }
    }

    #[test]
    fn a_number_that_only_looks_like_a_code_is_none() {
        for text in [
            "error at line 2403",
            "order 2403",
            "exit code 2403",
            "HTTP status code 2403",
            "error 8e5c-2403-aa",
            "2403 rows copied",
            "error: 2403 rows failed",
            "port 2403",
            "https://x/error/2403",
            "2403-01-02 error",
            "took 2403 ms",
            "version 1.2403",
            "zip code 2403",
            "room 2403",
            "Error\n2403 items",
            "errors: 2403",
            "2403 : 17",
            "we started with 2403",
            "12:2403",
            "error 2403.5",
            "my PIN code 2403",
        ] {
            assert!(!is_code_in(text), "{text}");
        }
    }
}
