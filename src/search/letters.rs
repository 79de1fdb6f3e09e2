//! Letters: what stands in a pasted text once escapes are read, character by character, each with the byte it began at.
//!
//! JSON and escaped JSON (`\"`, `\\n`, `\u0027`, on any number of levels), HTML entities and URL encoding are read; accents, case,
//! full-width forms, combining marks and zero-width characters make no difference. It is all tables, so that the page in the
//! browser can do the same.

/// Holds a character that was read, and the byte of the text it began at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) at: usize,
}

/// Reads the escapes of a text.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (read, length) = match c {
            '\\' => escape(rest),
            '&' => entity(rest),
            '%' => percent(rest),
            c => (plain(c), c.len_utf8()),
        };
        letters.extend(read.map(|c| Letter { c, at }));
        at += length;
    }
    letters
}

/// Reads backslashes and what they escape.
fn escape(rest: &str) -> (Option<char>, usize) {
    let after = rest.trim_start_matches('\\');
    let slashes = rest.len() - after.len();
    match after.as_bytes() {
        [b'u', hex @ ..] if hex.len() >= 4 && hex[..4].iter().all(u8::is_ascii_hexdigit) => {
            let number = hex[..4].iter().fold(0, |number, &digit| number * 16 + digit_value(digit));
            (char::from_u32(number).map_or(Some(' '), plain), slashes + 5)
        }
        [b'n' | b'r', ..] => (Some('\n'), slashes + 1),
        [b't', ..] => (Some(' '), slashes + 1),
        _ => (Some('\\'), slashes),
    }
}

/// Reads an entity; one that was escaped again (`&amp;quot;`) as well.
fn entity(rest: &str) -> (Option<char>, usize) {
    let mut name = &rest[1..];
    while let Some(after) = name.strip_prefix("amp;") {
        name = after;
    }
    let begun = rest.len() - name.len();
    for (known, c) in [("quot;", '"'), ("apos;", '\''), ("lt;", '<'), ("gt;", '>'), ("nbsp;", ' ')] {
        if name.starts_with(known) {
            return (Some(c), begun + known.len());
        }
    }
    let Some(number) = name.strip_prefix('#') else { return (Some('&'), begun) };
    let (digits, base) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let length = digits.bytes().take(6).take_while(|digit| char::from(*digit).is_digit(base)).count();
    if length == 0 || digits.as_bytes().get(length) != Some(&b';') {
        return (Some('&'), begun);
    }
    let value = digits.as_bytes()[..length].iter().fold(0, |value, &digit| value * base + digit_value(digit));
    (char::from_u32(value).map_or(Some(' '), plain), rest.len() - digits.len() + length + 1)
}

/// Reads `%20`, and `%2520` as the same.
fn percent(rest: &str) -> (Option<char>, usize) {
    let is_hex = |rest: &str| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    let mut hex = &rest[1..];
    while let Some(after) = hex.strip_prefix("25").filter(|after| is_hex(after)) {
        hex = after;
    }
    if !is_hex(hex) {
        return (Some('%'), 1);
    }
    let value = hex.as_bytes()[..2].iter().fold(0, |value, &digit| value * 16 + digit_value(digit));
    let c = match value {
        0x0a | 0x0d => '\n',
        0x21..=0x7e => char::from_u32(value).unwrap_or(' '),
        _ => ' ',
    };
    (Some(c), rest.len() - hex.len() + 2)
}

fn digit_value(digit: u8) -> u32 {
    char::from(digit).to_digit(16).unwrap_or(0)
}

/// Drops what is not seen, and writes what only looks different as what it is.
fn plain(c: char) -> Option<char> {
    Some(match c {
        c if c.is_ascii() => c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            return None;
        }
        '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' => return None,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{ff07}' | '\u{b4}' => '\'',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    })
}

/// Returns a letter or digit in lower case without its accent; nothing when the character parts words.
pub(super) fn fold(c: char) -> Option<char> {
    const ACCENTS: &str = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy";
    let number = u32::from(c);
    match c {
        'a'..='z' | '0'..='9' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        _ if number < 0xc0 => None,
        'À'..='ÿ' => {
            let folded = ACCENTS.as_bytes()[number as usize - 0xc0];
            (folded != b'*').then_some(char::from(folded))
        }
        // Upper and lower case stand in turn there, or a fixed way apart.
        '\u{100}'..='\u{137}' | '\u{14a}'..='\u{177}' => char::from_u32(number | 1),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => char::from_u32(number + number % 2),
        '\u{391}'..='\u{3a9}' | '\u{410}'..='\u{42f}' => char::from_u32(number + 0x20),
        '\u{400}'..='\u{40f}' => char::from_u32(number + 0x50),
        '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}' => None,
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30fb}' => None,
        '\u{d7b0}'..='\u{f8ff}' | '\u{fe10}'..='\u{fe6f}' | '\u{ff5f}'..='\u{ff65}' | '\u{fff0}'..='\u{ffff}' => None,
        '\u{1f000}'..='\u{1ffff}' | '\u{e0000}'..='\u{10ffff}' => None,
        c => Some(c),
    }
}

/// Tells whether a character is a word of its own, as in scripts that put no space between words.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        letters(text).iter().map(|letter| letter.c).collect()
    }

    #[test]
    fn escapes_of_every_kind_and_level_are_read() {
        for (text, expected) in [
            (r"a\nb\\nc\\\\nd", "a\nb\nc\nd"),
            (r"app \u0027x\u0027 \\u0041\\\u00e9", "app 'x' Aé"),
            (r#"{\"a\":\\\"b\\\"}"#, r#"{\"a\":\"b\"}"#),
            ("&quot;a&#39;b&#x27;c&amp;quot;&amp;amp;#39;&nbsp;&lt;&gt;&amp;d&", "\"a'b'c\"' <>&d&"),
            ("a%20b%27c%2520d 100% %zz %", "a b'c d 100% %zz %"),
            ("in\u{200b}valid\u{a0}\u{2019}x\u{feff} Ｆｕｌｌ e\u{301}", "invalid 'x Full e"),
            (r"\u12", r"\u12"),
            ("&#;&#x;&#xfffffff;", "&#;&#x;&#xfffffff;"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn each_character_knows_where_it_began() {
        let text = "ž\\u0041&quot;b";
        let at: Vec<usize> = letters(text).iter().map(|letter| letter.at).collect();
        assert_eq!(at, [0, 2, 8, 14]);
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        let folded: String = "ÀéÜßÑ Ωλ Жж ŁŠš×".chars().filter_map(fold).collect();
        assert_eq!(folded, "aeusnωλжжłšš");
    }
}
