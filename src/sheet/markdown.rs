//! A sheet as Markdown, for a ticket.
//!
//! Nothing that was typed can become markup, a link, a mention or a reference. A backslash is enough for markup, but not for what a
//! ticket system looks for after it has rendered: it finds `@name`, `#12`, `ABC-123` or `www.` in the page's text, whether
//! the source said `@`, `\@` or `&#64;`. What it does leave alone is code. So a word in which anything of the kind could be found
//! is written as a code span, exactly as it was typed; every other word is escaped.

use std::fmt::Write as _;

use super::{BEFORE, Block, Item, LOOK_FOR, Lines, Moment, Sheet, Way};

/// Writes a sheet as Markdown (`CommonMark` with tables).
pub fn markdown(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n", escape(sheet.title.as_str()));
    for section in &sheet.sections {
        let _ = writeln!(out, "\n## {}\n", section.title);
        for (n, block) in section.blocks.iter().enumerate() {
            if n > 0 {
                out.push('\n');
            }
            write(block, &mut out);
        }
    }
    out.replace("\n\n\n", "\n\n")
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Text(sentence) => {
            out.push_str(&escape(sentence.as_str()));
            out.push('\n');
        }
        Block::Pasted(text) => {
            let fence = fence(text.as_str(), 3);
            let _ = writeln!(out, "{fence}text");
            for line in text.as_typed() {
                let _ = writeln!(out, "{line}");
            }
            let _ = writeln!(out, "{fence}");
        }
        Block::Prose(prose) => {
            let lines: Vec<String> = prose.lines().map(escape).collect();
            let _ = writeln!(out, "{}", lines.join("\n\n"));
        }
        Block::Part(part) => {
            let number = if part.number.is_empty() { String::new() } else { format!("{}. ", part.number) };
            let _ = writeln!(out, "### {number}{}", escape(part.title.as_str()));
            if !part.note.as_str().is_empty() {
                let _ = writeln!(out, "\n{}", escape(part.note.as_str()));
            }
        }
        Block::Label(label) => {
            let _ = writeln!(out, "**{label}**");
        }
        Block::Facts(facts) => {
            for (label, value) in facts {
                let _ = writeln!(out, "- **{label}:** {}", escape(value.as_str()));
            }
        }
        Block::Moments(moments) => {
            out.push_str("| # | Time (UTC) | Asked or done | Answer | What followed |\n|--:|---|---|---|---|\n");
            for moment in moments {
                write_moment(moment, out);
            }
        }
        Block::List(items) => items.iter().for_each(|item| write_item(item, "- ", out)),
        Block::Steps(items) => {
            items.iter().zip(1..).for_each(|(item, n)| write_item(item, &format!("{n}. "), out));
        }
        Block::Ways(ways) => ways.iter().for_each(|way| write_way(way, out)),
        // The caption says in words what there is, and is said of a drawing alone.
        Block::Drawing(_) => {}
    }
}

fn write_way(way: &Way, out: &mut String) {
    let _ = write!(out, "- **{}**", escape(&way.opening()));
    if !way.link.as_str().is_empty() {
        let _ = write!(out, " {}", escape(way.link.as_str()));
    }
    let lines: Vec<String> = way.text.lines().map(escape).collect();
    let _ = writeln!(out, "{}{}", if lines.is_empty() { "" } else { " " }, lines.join("\\\n  "));
}

fn write_moment(moment: &Moment, out: &mut String) {
    let by = moment.by.as_ref().map_or_else(String::new, |by| format!(" {}", escape(by.as_str())));
    let followed: Vec<String> = moment.followed.iter().map(|line| escape(line.as_str())).collect();
    let (what, answer) = (escape(moment.what.as_str()), escape(moment.answer.as_str()));
    let _ = writeln!(out, "| {} | {}{by} | {what} | {answer} | {} |", moment.n, moment.at, followed.join(". "));
}

fn write_item(item: &Item, bullet: &str, out: &mut String) {
    let indent = " ".repeat(bullet.len());
    let mark = if item.mark.is_empty() { String::new() } else { format!("**{}:** ", item.mark) };
    let _ = write!(out, "{bullet}{mark}{}", escape(item.text.as_str()));
    // A backslash at the end of a line breaks it there.
    let mut add = |lines: &Lines, before: &str| {
        for (n, line) in lines.lines().enumerate() {
            let _ = write!(out, "\\\n{indent}{}{}", if n == 0 { before } else { "" }, escape(line));
        }
    };
    if let Some(warning) = &item.warning {
        add(warning, &format!("**{BEFORE}** "));
    }
    item.details.iter().for_each(|details| add(details, ""));
    if let Some(look_for) = item.look_for.as_ref().filter(|_| item.command.is_none()) {
        add(look_for, &format!("{LOOK_FOR} "));
    }
    out.push('\n');
    if let Some(command) = &item.command {
        let fence = fence(command.as_str(), 3);
        let _ = writeln!(out, "\n{indent}{fence}text");
        for line in command.lines() {
            let _ = writeln!(out, "{indent}{line}");
        }
        let _ = writeln!(out, "{indent}{fence}\n");
        if let Some(look_for) = &item.look_for {
            let lines: Vec<String> = look_for.lines().map(escape).collect();
            let _ = writeln!(out, "{indent}{LOOK_FOR} {}\n", lines.join(&format!("\\\n{indent}")));
        }
    }
}

/// Escapes one harmless line.
pub fn escape(line: &str) -> String {
    let words = line.split_whitespace().enumerate();
    words.map(|(n, word)| escape_word(word, n == 0)).collect::<Vec<_>>().join(" ")
}

/// Escapes a word. A bar separates cells even in a code span, so it is never inside one.
fn escape_word(word: &str, is_first: bool) -> String {
    let pieces = word.split('|').enumerate();
    pieces.map(|(n, piece)| escape_piece(piece, is_first && n == 0)).collect::<Vec<_>>().join("\\|")
}

fn escape_piece(piece: &str, is_first: bool) -> String {
    if is_plain(piece) {
        return escape_plain(piece, is_first);
    }
    // Brackets and stops around an address or a name are not part of it.
    let core =
        piece.trim_start_matches(['(', '“', '"']).trim_end_matches([',', ';', '.', '?', '!', ':', ')', '”', '"']);
    let (before, after) = piece.split_once(core).filter(|_| !core.is_empty()).unwrap_or(("", ""));
    let core = if core.is_empty() { piece } else { core };
    format!("{}{}{}", escape_plain(before, is_first), code(core), escape_plain(after, false))
}

fn code(piece: &str) -> String {
    let fence = fence(piece, 1);
    let pad = if piece.starts_with('`') || piece.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{piece}{pad}{fence}")
}

/// Returns more backticks than stand anywhere in a row in a text, but at least some.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

/// Tells whether nothing in a piece of a word looks like an address, a mention, a reference, a shortcode or a command to
/// a ticket system.
fn is_plain(piece: &str) -> bool {
    let is_sigil = |c: char| "@#!$%&~^".contains(c);
    let opens = |c: char| c.is_alphanumeric() || "_\"'{[(".contains(c);
    let characters: Vec<char> = piece.chars().collect();
    let pairs = characters.windows(2).all(|pair| match (pair[0], pair[1]) {
        (a, b) if is_sigil(a) && opens(b) => false,
        (a, '@') | ('@', a) => a == '@',
        ('_', b) => !b.is_alphanumeric(),
        (':', b) => b.is_ascii_digit(),
        ('/', '/') => false,
        _ => true,
    });
    pairs
        && !piece.starts_with('/')
        && characters.windows(3).all(|three| match three {
            [a, '.', b] => !(a.is_alphanumeric() && b.is_alphabetic()),
            _ => true,
        })
        && !piece.match_indices('-').any(|(at, _)| is_key(&piece[..at], &piece[at + 1..]))
        && !piece.to_lowercase().contains("www.")
        && piece.split(|c: char| !c.is_alphanumeric()).all(|run| {
            run.len() < 7 || !run.chars().all(|c| c.is_ascii_hexdigit()) || !run.contains(|c: char| c.is_ascii_digit())
        })
}

/// Tells whether a hyphen stands where the number of a ticket begins: `ABC-123`.
fn is_key(before: &str, after: &str) -> bool {
    let key = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    after.starts_with(|c: char| c.is_ascii_digit()) && key.contains(char::is_alphabetic)
}

/// Puts a backslash before what could be markup; more can at the start of a line.
fn escape_plain(piece: &str, starts_line: bool) -> String {
    let mut out = String::with_capacity(piece.len() + 8);
    let mut before = None;
    for (at, c) in piece.char_indices() {
        let is_first = starts_line && at == 0;
        let is_number = || starts_line && at > 0 && piece[..at].chars().all(|c| c.is_ascii_digit());
        let can_act = match c {
            '-' | '+' | '=' | ':' => is_first || before == Some(c),
            '.' | ')' => is_number(),
            c => "\\`*_{}[]<>~&#!$^".contains(c),
        };
        if can_act {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}
