//! Spans: where in the flat view a value begins and ends, whatever quotes, connection string or sentence it stands in.

use super::flat::Item;

/// Longest name that is looked at before or after a separator.
const LONGEST_NAME: usize = 48;

/// A value, by its places in the flat view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) is_quoted: bool,
}

/// Returns the name before a separator: its words, the last one first, at most three, each in lower-case letters and digits, and where
/// the last word begins.
pub(super) fn name_before(items: &[Item], separator: usize) -> ([String; 3], usize) {
    const SPACES: usize = 4;
    let mut at = separator;
    let mut skip = |least: usize, is_it: fn(Item) -> bool| {
        let stop = at.saturating_sub(least);
        while at > stop && is_it(items[at - 1]) {
            at -= 1;
        }
    };
    skip(SPACES, |item| item.is_space() && item.c != '\n');
    skip(4, |item| item.is_quote() || matches!(item.c, ']' | '*'));
    let stop = at.saturating_sub(LONGEST_NAME);
    let mut words = [const { String::new() }; 3];
    let mut begin = at;
    for word in &mut words {
        let end = at;
        while at > stop && (items[at - 1].is_word() || matches!(items[at - 1].c, '-' | '.')) {
            at -= 1;
        }
        *word = letters(&items[at..end]);
        if begin == end {
            begin = at;
        }
        if at == end || at == stop || items[at - 1].c != ' ' || items[at - 1].level > 0 {
            break;
        }
        at -= 1;
        if word.is_empty() {
            break;
        }
    }
    (words, begin)
}

/// Returns letters and digits in lower case.
pub(super) fn letters(items: &[Item]) -> String {
    items.iter().filter(|item| item.c.is_alphanumeric()).flat_map(|item| item.c.to_lowercase()).collect()
}

/// Returns the characters.
pub(super) fn characters(items: &[Item], span: Span) -> String {
    items[span.from..span.to].iter().map(|item| item.c).collect()
}

/// Passes over spaces, one line feed among them.
pub(super) fn after_spaces(items: &[Item], from: usize) -> usize {
    const SPACES: usize = 40;
    let mut feeds = 0;
    let is_passed = |item: &&Item| {
        feeds += usize::from(item.c == '\n');
        item.is_space() && feeds < 2
    };
    from + items.get(from..).unwrap_or_default().iter().take(SPACES).take_while(is_passed).count()
}

/// Reads a value that begins with a quote; without a closing quote it goes to the end of the line.
pub(super) fn quoted(items: &[Item], from: usize) -> Option<Span> {
    /// A value that was broken over lines ends within this many characters.
    const BROKEN: usize = 200;
    let open = *items.get(from)?;
    if !open.is_quote() {
        return None;
    }
    let is_same = |at: usize| items.get(at).is_some_and(|item| item.c == open.c && item.level == open.level);
    // CSV writes quotes in quotes twice.
    let is_ended = |at: usize| items.get(at).is_none_or(|item| ",;:}])".contains(item.c) || item.is_space());
    let is_doubled = is_same(from + 1) && !is_ended(from + 2);
    let begin = from + 1 + usize::from(is_doubled);
    let mut at = begin;
    let mut feed = None;
    while at < items.len() {
        if feed.is_some_and(|feed| at > feed + BROKEN) {
            break;
        }
        match items[at].c {
            '\n' if items[at].level == 0 => feed = feed.or(Some(at)),
            _ if is_same(at) => match (is_same(at + 1), is_doubled) {
                // A quote in the value, written twice.
                (true, false) if at > begin && !is_ended(at + 2) => at += 1,
                (false, true) => {}
                _ => return Some(Span { from: begin, to: at, is_quoted: true }),
            },
            _ => {}
        }
        at += 1;
    }
    Some(Span { from: begin, to: feed.unwrap_or(items.len()), is_quoted: true })
}

/// Reads a value in braces, as connection strings of ODBC have it; a brace in it is written twice. Words alone are a placeholder.
pub(super) fn braced(items: &[Item], from: usize) -> Option<Span> {
    const LONGEST: usize = 256;
    if items.get(from)?.c != '{' {
        return None;
    }
    let (mut at, most) = (from + 1, items.len().min(from + LONGEST));
    while at < most && items[at].c != '\n' {
        match items[at].c {
            '}' if items.get(at + 1).is_some_and(|next| next.c == '}') => at += 2,
            '}' => {
                let value = &items[from + 1..at];
                let is_wrapped = value.first().is_some_and(|item| item.c == '{' || item.c == '"');
                let is_words = value.iter().all(|item| item.c.is_alphabetic() || "-_ .".contains(item.c));
                let is_number = value.iter().all(|item| item.c.is_ascii_digit());
                let is_over = items.get(at + 1).is_none_or(|next| next.c == ';' || next.is_quote() || next.is_space());
                let is_secret = is_over && !is_wrapped && !is_words && !is_number;
                return is_secret.then_some(Span { from: from + 1, to: at, is_quoted: true });
            }
            _ => at += 1,
        }
    }
    None
}

/// Reads a value without quotes. In a connection string it may hold spaces.
pub(super) fn unquoted(items: &[Item], from: usize, may_hold_spaces: bool) -> Span {
    let mut at = from;
    while let Some(item) = items.get(at) {
        match item.c {
            '\n' if item.level == 0 => break,
            '<' if may_hold_spaces && to_semicolon(items, at + 1).is_some() => at += 1,
            ';' | '<' => break,
            ' ' | '\t' => match to_semicolon(items, at).filter(|_| may_hold_spaces && at > from) {
                Some(end) => {
                    at = end;
                    break;
                }
                None => break,
            },
            c if c.is_whitespace() && c != '\n' => break,
            ',' | '&' | ')' | ']' | '}' | '>' | '"' | '\'' | '`' | '\n' | '|' if ends(items, at + 1) => break,
            _ => at += 1,
        }
    }
    Span { from, to: at, is_quoted: false }
}

/// Reads to the end of the line or of the quotes that are around it.
pub(super) fn line(items: &[Item], from: usize) -> Span {
    let is_end = |at: usize, item: &Item| item.c == '\n' || (item.is_quote() && ends(items, at + 1));
    let rest = items.get(from..).unwrap_or_default();
    let length = rest.iter().enumerate().take_while(|(n, item)| !is_end(from + n, item)).count();
    Span { from, to: from + length, is_quoted: false }
}

/// Finds the semicolon that ends a value of a connection string, if nothing before it begins another.
fn to_semicolon(items: &[Item], from: usize) -> Option<usize> {
    const FARTHEST: usize = 64;
    let near = items[from..].iter().take(FARTHEST);
    let length =
        near.take_while(|item| !matches!(item.c, ';' | '\n' | '=' | ':' | '<' | '>') && !item.is_quote()).count();
    (items.get(from + length)?.c == ';').then_some(from + length)
}

/// Tells whether a value has ended before a place: white space, more punctuation, or the next name with its separator.
pub(super) fn ends(items: &[Item], at: usize) -> bool {
    let Some(item) = items.get(at) else { return true };
    if item.is_space() || item.is_quote() || ",;&)]}<>|:/\\".contains(item.c) {
        return true;
    }
    let is_name = |item: &&Item| item.is_word() || matches!(item.c, '-' | '.' | ' ');
    let name = items[at..].iter().take(LONGEST_NAME).take_while(is_name).count();
    name > 0 && items.get(at + name).is_some_and(|item| matches!(item.c, '=' | ':'))
}

/// Goes on over line breaks in the middle of a long value, as mail programs make them, but over no more than so many.
pub(super) fn over_breaks(
    items: &[Item],
    from: usize,
    mut to: usize,
    most: usize,
    is_part: impl Fn(char) -> bool,
) -> usize {
    const LONG: usize = 16;
    let mut line = from;
    for _ in 0..most {
        if to - line < LONG || items.get(to).is_none_or(|item| item.c != '\n' && item.c != ' ') {
            break;
        }
        let is_break = |item: &&Item| item.is_space() || matches!(item.c, '>' | '|');
        let gap = items[to..].iter().take(LONG).take_while(is_break);
        let (length, feeds) = gap.fold((0, 0), |(n, feeds), item| (n + 1, feeds + usize::from(item.c == '\n')));
        let next = to + length;
        let run = items[next..].iter().take_while(|item| is_part(item.c)).count();
        if feeds != 1 || !goes_on(&items[next..next + run], items.get(next + run)) {
            break;
        }
        line = next;
        to = next + run;
    }
    to
}

fn goes_on(run: &[Item], after: Option<&Item>) -> bool {
    let has = |is_it: fn(char) -> bool| run.iter().any(|item| is_it(item.c));
    let is_padded = run.last().is_some_and(|item| item.c == '=');
    let ends = after.is_none_or(|item| item.is_space() || item.is_quote() || ";,&)}]<".contains(item.c));
    let is_dated = run.len() > 4 && run[..4].iter().all(|item| item.c.is_ascii_digit()) && run[4].c == '-';
    let is_random = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic()) && run.len() >= 6;
    ends && !is_dated && !is_guid(run) && (is_padded || is_random || run.len() >= 20)
}

/// Tells whether it is a GUID.
pub(super) fn is_guid(items: &[Item]) -> bool {
    items.len() == GUID && items.iter().enumerate().all(|(n, item)| is_of_guid(n, item.c))
}

/// Tells whether it is a GUID.
pub(super) fn is_guid_text(text: &str) -> bool {
    text.len() == GUID && text.char_indices().all(|(n, c)| is_of_guid(n, c))
}

/// Characters of a GUID.
const GUID: usize = 36;

fn is_of_guid(n: usize, c: char) -> bool {
    if matches!(n, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() }
}
