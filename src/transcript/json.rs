//! The transcript as JSON: what machines read, and the file from which another one resumes.
//!
//! Every character that could act on a terminal or a page is written as an escape, so the file can be printed as it is and
//! still holds the text as it was.

use std::io;

use serde::Serialize as _;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use super::Transcript;
use crate::text::is_hostile;

/// Returns the JSON Schema (draft 2020-12) of the file.
pub const fn schema() -> &'static str {
    include_str!("transcript.schema.json")
}

/// Writes a transcript as JSON. The same transcript gives the same bytes.
#[expect(clippy::missing_panics_doc, reason = "memory takes every byte")]
pub fn json(transcript: &Transcript) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Dead(PrettyFormatter::new()));
    transcript.serialize(&mut serializer).expect("all keys are strings, and memory takes every byte");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Writes pretty JSON in which no character acts.
struct Dead(PrettyFormatter<'static>);

macro_rules! delegate {
    ($($name:ident($($argument:ident: $type:ty)?);)*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $type)?) -> io::Result<()> {
            self.0.$name(writer $(, $argument)?)
        }
    )*};
}

impl Formatter for Dead {
    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
        write_char_escape(escape: CharEscape);
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_hostile(c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}
