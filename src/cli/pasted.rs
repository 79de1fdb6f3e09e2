//! Texts that a person brings along: read from where they are, and what is typed masked before it is kept.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::args::Scripted;
use super::error::Failure;
use super::out;
use crate::paste::{mask, masked_words};
use crate::text::one_line;

/// Most that is read, in bytes: an error with its stack trace, not a log.
const MOST: u64 = 1024 * 1024;

/// Reads an error text from a file, or from standard input where the answers come from elsewhere.
pub(super) fn read(path: &Path, scripted: &Scripted) -> Result<String, Failure> {
    let refuse = |message: String, help: &str| Err(Failure::Argument { message, help: Some(help.to_owned()) });
    let is_stdin = path == Path::new("-");
    if is_stdin && !scripted.is_given() {
        return refuse(
            "`--pasted -` takes standard input, and nothing is left to answer with".to_owned(),
            "write the text to a file and name it: `--pasted FILE`; or give the answers with `--answer` or `--answers`",
        );
    }
    let name =
        if is_stdin { "standard input".to_owned() } else { format!("`{}`", one_line(&path.display().to_string())) };
    let bytes = if is_stdin { bytes(io::stdin().lock()) } else { fs::File::open(path).and_then(bytes) };
    let bytes = bytes.map_err(|source| Failure::Input { path: path.to_owned(), source })?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        return refuse(format!("{name} has more than a megabyte"), "cut out the error and what stands around it");
    }
    let text = decode(&bytes);
    if text.trim().is_empty() {
        return refuse(
            format!("{name} holds no text"),
            "leave `--pasted` out, or name the file that holds the error text",
        );
    }
    Ok(text)
}

fn bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads UTF-8, or UTF-16 as PowerShell writes it; what is neither shows as such.
pub(super) fn decode(bytes: &[u8]) -> String {
    let units = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Masks what was typed, and says what was masked.
pub(super) fn masked(text: &str) -> (String, Option<String>) {
    let masked = mask(text);
    let told = (!masked.masked.is_empty()).then(|| format!("Masked: {}.", masked_words(&masked.masked)));
    (masked.text, told)
}

/// Masks what came as an option, and says so.
pub(super) fn masked_option(option: &str, text: Option<&String>) -> Option<String> {
    let (text, told) = masked(text?);
    if let Some(told) = told {
        out::talk(&format!("{option}: {told}\n"));
    }
    Some(text)
}
