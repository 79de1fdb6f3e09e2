//! Words of a text as a reader takes them, and which of them only people of the trade know.

/// What looks technical and is known to everybody.
const EVERYDAY: &[&str] = &[
    "AM",
    "PM",
    "OK",
    "ID",
    "PC",
    "TV",
    "PDF",
    "USB",
    "UK",
    "US",
    "USA",
    "EU",
    "AND",
    "OR",
    "NOT",
    "YES",
    "NO",
    "ON",
    "OFF",
    "ALL",
    "ANY",
    "KB",
    "MB",
    "GB",
    "TB",
    "BI",
    "OneDrive",
    "SharePoint",
    "PowerPoint",
    "OneNote",
    "GitHub",
    "LinkedIn",
    "YouTube",
    "WhatsApp",
    "PowerBI",
];

/// Returns the words of a text, each without the marks around it; what has no letter or digit is no word.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '<' | '_');
    text.split_ascii_whitespace()
        .map(move |word| word.trim_matches(is_mark))
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// Tells whether a word is none of the plain language, by its looks: an acronym (`IAM`, `URLs`), a name with a capital inside
/// (`GenerateToken`), a code of letters and three digits or more (`AADSTS500011`), a path, host, variable or placeholder
/// (`/myorg/groups`, `app.powerbi.com`, `client_id`, `<ID>`).
pub(super) fn is_technical(word: &str) -> bool {
    // Most words are plain, and nothing more has to be asked of them.
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if word.len() < 2 || EVERYDAY.contains(&word) {
        return false;
    }
    if word.contains(['_', '<', '=', '\\']) || word.contains("://") || word.starts_with('/') {
        return true;
    }
    // A compound is as technical as its parts: `sign-in`, `yes/no`, `HTTP/2`.
    if word.contains(['-', '/']) {
        return word.split(['-', '/']).any(is_technical);
    }
    let is_host = word.split('.').count() > 1
        && word.split('.').all(|part| part.len() > 1 && part.starts_with(char::is_alphabetic));
    let count = |is: fn(char) -> bool| word.chars().filter(|&c| is(c)).count();
    let (letters, digits) = (count(char::is_alphabetic), count(|c| c.is_ascii_digit()));
    // `5GB` is an amount.
    let is_amount = word.starts_with(|c: char| c.is_ascii_digit()) && letters <= 2;
    let inner_capitals = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    is_host || (letters > 0 && digits >= 3 && !is_amount) || (inner_capitals > 0 && !is_amount)
}
