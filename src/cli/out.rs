//! Standard output and error: what a command prints, without a panic when nobody listens.

use std::io::{self, Write as _};

use super::error::Failure;

/// Writes data to standard output. A reader that closed the pipe has seen enough: that is no error.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// Writes talk to standard error; nobody to talk to is no error.
pub(super) fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes a JSON document, every character of it harmless, and a line feed.
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    data(&(crate::text::json(value) + "\n"))
}
