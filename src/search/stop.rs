//! Words that say nothing of an error: of languages, and of people asking for help.

/// Words that say nothing by themselves; in a message they count a little, among a few words typed not at all.
pub(super) const SILENT: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be",
    "because", "been", "before", "but", "by", "can", "cannot", "cant", "could", "did", "do", "does", "doesnt", "dont",
    "every", "for", "from", "get", "gets", "getting", "give", "gives", "got", "had", "has", "have", "help", "here",
    "hi", "hello", "how", "i", "if", "im", "in", "into", "is", "isnt", "it", "its", "just", "keeps", "me", "my",
    "need", "no", "not", "now", "of", "on", "or", "our", "out", "please", "same", "see", "since", "so", "some",
    "still", "such", "than", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "too", "trying", "up", "us", "was", "wasnt", "we", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "would", "you", "your", "error", "errors", "issue", "problem", "message",
    "fix", "solve", "solution", "resolve", "says", "saying", "shows", "code", "try", "tried", "keep", "always",
    "suddenly", "today", // German, Spanish, French, Italian, Dutch, Portuguese.
    "der", "die", "das", "den", "dem", "ein", "eine", "einen", "ist", "nicht", "und", "oder", "mit", "von", "zu",
    "fur", "im", "wird", "wurde", "bei", "beim", "fehler", "el", "la", "los", "las", "un", "una", "es", "se", "de",
    "del", "en", "por", "para", "con", "que", "le", "les", "une", "est", "du", "des", "ne", "pas", "et", "ou", "dans",
    "pour", "il", "di", "non", "per", "che", "e", "o", "os", "um", "uma", "em", "het", "een", "van", "niet", "erreur",
    "errore", "codigo", "codice",
];

/// Words in which errors of any program are told: nothing but these names no error of ours.
pub(super) const GENERAL: &[&str] = &[
    "access",
    "denied",
    "refused",
    "rejected",
    "forbidden",
    "unauthorized",
    "unauthorised",
    "permission",
    "permissions",
    "login",
    "logon",
    "sign",
    "user",
    "authentication",
    "password",
    "invalid",
    "incorrect",
    "wrong",
    "connection",
    "connect",
    "connecting",
    "network",
    "server",
    "response",
    "respond",
    "responding",
    "request",
    "operation",
    "failed",
    "fails",
    "fail",
    "failure",
    "failing",
    "timeout",
    "timed",
    "found",
    "unable",
    "unknown",
    "unexpected",
    "exception",
];

/// Tells whether a word is one in which errors of any program are told. `word` is in lower case.
pub(super) fn is_general(word: &str) -> bool {
    GENERAL.contains(&word)
}

/// Tells whether a word says nothing by itself. `word` is in lower case.
pub(super) fn is_silent(word: &str) -> bool {
    SILENT.contains(&word)
}
