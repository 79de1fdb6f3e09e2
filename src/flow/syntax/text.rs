//! Texts: quotes, escapes and raw texts; and what to make of a quote that is missing or of another kind.

use super::space::is_space;
use super::{Kind, Parser};
use crate::source::Span;

/// How far a closing quote is looked for on the line, in bytes: mending one mistake must not cost the length of the file.
const REACH: usize = 2000;

/// Tells whether a character is a quote that RON does not take for a text.
pub(super) fn is_other_quote(c: char) -> bool {
    matches!(c, '\'' | '`' | '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»')
}

/// Finds the bytes of a character of a text, from 0, in the literal that writes it: an escape or the character itself.
pub(in crate::flow) fn find_character(literal: &str, n: usize) -> Option<Span> {
    let quote = literal.find('"')?;
    if !literal.starts_with('"') {
        let (byte, c) = literal[quote + 1..].char_indices().nth(n)?;
        return Some(Span::new(quote + 1 + byte, quote + 1 + byte + c.len_utf8()));
    }
    let mut parser = Parser::new(literal);
    parser.at = 1;
    let mut left = n;
    loop {
        let start = parser.at;
        let is_one = match parser.peek()? {
            '\\' => parser.escape().is_some(),
            c => {
                parser.skip(c);
                true
            }
        };
        if is_one {
            if left == 0 {
                return Some(Span::new(start, parser.at));
            }
            left -= 1;
        }
    }
}

/// Finds the comma before the next `name:` on a line.
fn next_field(line: &str) -> Option<usize> {
    let is_field = |&comma: &usize| {
        let name = line[comma + 1..].trim_start();
        let length = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(name.len());
        length > 0 && name[length..].starts_with(": ")
    };
    line.match_indices(',').map(|(comma, _)| comma).find(is_field)
}

/// Finds the first closing bracket on a line that is not opened on it.
fn extra_bracket(line: &str) -> Option<usize> {
    let mut open = 0_i32;
    let is_extra = |&(_, c): &(usize, char)| {
        open += i32::from(matches!(c, '(' | '[' | '{')) - i32::from(matches!(c, ')' | ']' | '}'));
        open < 0
    };
    line.char_indices().find(is_extra).map(|(byte, _)| byte)
}

impl Parser<'_> {
    pub(super) fn starts_raw_text(&self) -> bool {
        ["r\"", "r#\"", "r##"].iter().any(|start| self.rest().starts_with(start))
    }

    pub(super) fn text(&mut self) -> Kind {
        let start = self.at;
        let known = self.found.len();
        self.at += 1;
        let mut out = String::new();
        loop {
            out.push_str(self.take_while(|c| c != '"' && c != '\\'));
            match self.peek() {
                Some('"') => break,
                Some(_) => out.extend(self.escape()),
                None => return self.unclosed_text(start, known),
            }
        }
        self.at += 1;
        let goes_on = self.peek().is_some_and(|c| !is_space(c) && !",)]}:/;=".contains(c));
        if !goes_on {
            return Kind::Text(out);
        }
        let inside = &self.text[start + 1..self.at - 1];
        let opens_next = inside.trim_end().ends_with([':', ',', '(', '[', '{']) && next_field(inside).is_some();
        if inside.contains('\n') || opens_next {
            // The quote that ended it was meant to open the next text.
            return self.unclosed_text(start, known);
        }
        let quote = Span::new(self.at - 1, self.at);
        self.report(quote, "a text ends in the middle", "this quote ends the text");
        self.advise("write `\\\"` for a quote inside a text");
        if let Some(end) = self.last_quote(|c| c == '"') {
            self.go_to(end);
        }
        self.lost += 1;
        Kind::Broken
    }

    /// Goes on behind the first line of a text that was not closed: at the comma or bracket that ends it.
    fn unclosed_text(&mut self, start: usize, known: usize) -> Kind {
        if !self.is_over {
            self.found.truncate(known);
        }
        self.report(Span::new(start, start + 1), "a text has no closing quote", "it starts here");
        self.lost += 1;
        let line = self.text[start..].lines().next().unwrap_or_default();
        let end = next_field(line).or_else(|| extra_bracket(line));
        let end = end.unwrap_or_else(|| line.trim_end().trim_end_matches(',').len());
        self.go_to(start + end.max(1));
        Kind::Broken
    }

    /// Reads a text in quotes of another kind, up to the last such quote that can be its end.
    pub(super) fn misquoted_text(&mut self) -> Kind {
        let start = self.at;
        let end = self.peek().map_or(start, |c| start + c.len_utf8());
        self.at = end;
        self.go_to(self.last_quote(|c| is_other_quote(c) || c == '"').unwrap_or(end));
        self.report(Span::new(start, self.at), "a text needs plain double quotes", "these are not");
        self.advise("write `\"…\"`");
        self.lost += 1;
        if self.at == end {
            self.skip_item();
        }
        Kind::Broken
    }

    /// Finds the end of the next quote on this line that can end a text: behind it comes what may stand behind a value.
    fn last_quote(&self, is_quote: impl Fn(char) -> bool) -> Option<usize> {
        let rest = self.rest();
        let is_past = |&(byte, c): &(usize, char)| c == '\n' || byte > REACH;
        let line = &rest[..rest.char_indices().find(is_past).map_or(rest.len(), |(byte, _)| byte)];
        let ends_here = |byte: usize| line[byte..].trim_start().chars().next().is_none_or(|c| ",)]}".contains(c));
        let mut ends = line.char_indices().filter(|&(_, c)| is_quote(c)).map(|(byte, c)| byte + c.len_utf8());
        ends.find(|&end| ends_here(end)).map(|end| self.at + end)
    }

    /// Reads an escape: the character it stands for, or nothing for a line that goes on and for a mistake.
    pub(super) fn escape(&mut self) -> Option<char> {
        let start = self.at;
        self.at += 1;
        let c = self.peek()?;
        self.skip(c);
        let known = match c {
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            '0' => Ok('\0'),
            '"' | '\'' | '\\' => Ok(c),
            'x' => self.byte_escapes(start),
            'u' => self.unicode_escape(),
            '\n' => return self.line_goes_on(),
            '\r' if self.eat("\n") => return self.line_goes_on(),
            _ => Err("RON does not have this escape"),
        };
        if let Err(message) = known {
            self.report(Span::new(start, self.at), message, "");
            self.advise(match c {
                'x' | 'u' => "write the number of a character, as in `\\u{e9}`; or `\\\\` for a backslash",
                _ => "write `\\\\` for a backslash, or the text as `r\"…\"`",
            });
        }
        known.ok()
    }

    fn line_goes_on(&mut self) -> Option<char> {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        None
    }

    fn hex(&mut self, most: usize) -> &str {
        let rest = self.rest();
        let length = rest.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        self.at += length;
        &rest[..length]
    }

    /// Reads `\x41`, or the two to four bytes of a character, each as `\x…`.
    fn byte_escapes(&mut self, start: usize) -> Result<char, &'static str> {
        let mut bytes = Vec::new();
        self.at = start;
        while bytes.len() < 4 && self.eat("\\x") {
            let digits = self.hex(2);
            let byte = u8::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 2);
            bytes.push(byte.ok_or("`\\x` needs two hexadecimal digits")?);
            if let Some(c) = str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
                return Ok(c);
            }
        }
        Err("these bytes are no character")
    }

    fn unicode_escape(&mut self) -> Result<char, &'static str> {
        const FORM: &str = "`\\u` needs one to six hexadecimal digits in braces";
        if !self.eat("{") {
            return Err(FORM);
        }
        let number = u32::from_str_radix(self.hex(6), 16);
        if !self.eat("}") {
            return Err(FORM);
        }
        number.ok().ok_or(FORM).and_then(|number| char::from_u32(number).ok_or("no character has this number"))
    }

    pub(super) fn raw_text(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        let hashes = self.take_while(|c| c == '#');
        if !self.eat("\"") {
            self.report(Span::new(start, self.at), "a raw text has no opening quote", "a quote is expected after this");
            self.skip_item();
            return Kind::Broken;
        }
        let close = format!("\"{hashes}");
        if let Some(end) = self.rest().find(&close) {
            let text = self.rest()[..end].to_owned();
            self.at += end + close.len();
            Kind::Text(text)
        } else {
            self.report(Span::new(start, self.at), "a raw text has no end", "it starts here");
            self.advise(format!("end it with `{close}`"));
            self.give_up();
            Kind::Broken
        }
    }
}
