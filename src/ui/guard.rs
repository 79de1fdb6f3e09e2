//! The guard: whatever ends the process, the terminal comes back and the person is told how to go on.
//!
//! Signals are blocked in every thread and waited for in one, because `console` takes any interrupted read for Ctrl-C. That
//! thread puts the terminal right and ends the process: everything answered is on disk already.

use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use nix::sys::signal::{SigSet, Signal};
use nix::sys::termios::{SetArg, Termios, tcsetattr};

/// What to put back, and what to say, when something ends the process.
static SAVED: Mutex<Option<Saved>> = Mutex::new(None);

struct Saved {
    termios: Option<Termios>,
    /// Said once.
    farewell: Option<String>,
}

/// Shows the cursor, ends bracketed paste and colours.
pub(super) const SANE: &str = "\x1b[?25h\x1b[?2004l\x1b[0m";

fn saved() -> MutexGuard<'static, Option<Saved>> {
    SAVED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps signals waiting from now on. Must be called before any thread is started, so that all of them leave the signals to
/// the one that [`watch`] starts.
pub(super) fn hold(termios: Option<Termios>, farewell: String) -> io::Result<()> {
    *saved() = Some(Saved { termios, farewell: Some(farewell) });
    Ok(signals().thread_block()?)
}

fn signals() -> SigSet {
    [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGWINCH].into_iter().collect()
}

/// Begins to watch for the signals that [`hold`] keeps waiting. Called once the first screen is shown: nobody waits for the thread.
/// Returns the end of a pipe that becomes readable when the terminal was resized.
pub(super) fn watch() -> io::Result<OwnedFd> {
    let signals = signals();
    let (read, write) = nix::unistd::pipe()?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        while let Ok(signal) = signals.wait() {
            if signal == Signal::SIGWINCH {
                let _ = nix::unistd::write(&write, b"r");
            } else {
                end(signal);
            }
        }
    })?;
    Ok(read)
}

/// Sets what is said when a signal or a panic ends the process.
pub(super) fn set_farewell(text: String) {
    if let Some(saved) = saved().as_mut() {
        saved.farewell = Some(text);
    }
}

/// Puts the terminal back as it was found and returns what is to be said, the first time. Safe from any thread, and more than once.
pub(super) fn restore() -> Option<String> {
    let mut saved = saved();
    let Saved { termios, farewell } = saved.as_mut()?;
    if let Some(termios) = termios {
        let _ = io::stderr().write_all(SANE.as_bytes());
        let _ = tcsetattr(io::stdin().as_fd(), SetArg::TCSANOW, termios);
    }
    farewell.take()
}

#[expect(clippy::exit, reason = "a signal ends the process; all that was answered is on disk")]
fn end(signal: Signal) -> ! {
    /// Longer than a library takes between setting the terminal raw and waiting for a key.
    const UNTIL_IT_WAITS: Duration = Duration::from_millis(20);
    match restore().as_deref() {
        None => {}
        Some("") => drop(writeln!(io::stderr())),
        Some(farewell) => drop(writeln!(io::stderr(), "\n{farewell}")),
    }
    // The main thread may have been about to set the terminal raw; once it waits for a key, nothing undoes this.
    std::thread::sleep(UNTIL_IT_WAITS);
    restore();
    std::process::exit(128 + signal as i32)
}

/// Puts the terminal back when the program panics, says that nothing is lost, and ends with the exit code for it.
#[expect(clippy::exit, reason = "after a panic nothing but the exit code is left to say")]
pub fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let farewell = restore();
        let mut stderr = io::stderr();
        let _ = writeln!(stderr, "\nerror: internal error: {info}");
        let _ = writeln!(stderr, "help: this is a fault of rootwalk, not yours; every answer shown as taken is saved");
        if let Some(farewell) = farewell {
            let _ = writeln!(stderr, "{farewell}");
        }
        std::process::exit(4);
    }));
}
