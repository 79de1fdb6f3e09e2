//! The terminal as a device: raw mode, bytes with time-outs, resizes.

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, raise};
use nix::sys::termios::{
    FlushArg, InputFlags, LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcflush, tcgetattr, tcsetattr,
};

use super::keys::{Bytes, Key, read_key};
use crate::ui::{Stop, guard};

/// Holds the terminal in raw mode for as long as it lives.
#[derive(Debug)]
pub(super) struct Tty {
    resized: Option<OwnedFd>,
    found: Termios,
    pending: VecDeque<u8>,
    /// A resize that came amid the bytes of a key.
    was_resized: bool,
}

/// What a read brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Key(Key),
    Resized,
    /// Nothing within the time.
    Nothing,
}

impl Tty {
    /// Takes the terminal over. `farewell` is said when a signal ends the process.
    pub(super) fn open(farewell: String) -> io::Result<Self> {
        let mut found = tcgetattr(io::stdin().as_fd())?;
        if !found.local_flags.intersects(LocalFlags::ECHO | LocalFlags::ICANON) {
            // A process that was killed left the terminal raw; nobody works in such a shell on purpose.
            found.local_flags |= LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG | LocalFlags::IEXTEN;
            found.input_flags |= InputFlags::ICRNL | InputFlags::IXON;
        }
        guard::hold(Some(found.clone()), farewell)?;
        let tty = Self { resized: None, found, pending: VecDeque::new(), was_resized: false };
        Self::set_raw()?;
        Ok(tty)
    }

    /// Keys come one by one, unechoed; output stays as it is.
    fn set_raw() -> io::Result<()> {
        let stdin = io::stdin();
        let mut termios = tcgetattr(stdin.as_fd())?;
        termios.local_flags -= LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG | LocalFlags::IEXTEN;
        termios.input_flags -= InputFlags::ICRNL | InputFlags::IXON;
        termios.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
        termios.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
        tcsetattr(stdin.as_fd(), SetArg::TCSADRAIN, &termios)?;
        Ok(())
    }

    /// Forgets what was typed before it was asked for.
    pub(super) fn drain(&mut self) {
        self.pending.clear();
        let _ = tcflush(io::stdin().as_fd(), FlushArg::TCIFLUSH);
    }

    /// Takes what arrives until it is quiet for a while: the rest of a paste.
    pub(super) fn rest_of_paste(&mut self) -> Result<String, Stop> {
        const QUIET: Duration = Duration::from_millis(60);
        let mut bytes = Vec::new();
        while let Some(byte) = self.next(Some(QUIET))? {
            bytes.push(byte);
        }
        let text = String::from_utf8_lossy(&bytes);
        // Of lines that end in two bytes, the first of the two ended the line before.
        let text = if text.contains('\r') { text.strip_prefix('\n').unwrap_or(&text) } else { &text };
        Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
    }

    /// Reads a key. Ctrl-C leaves, Ctrl-D too, Ctrl-Z suspends.
    pub(super) fn read(&mut self, within: Option<Duration>) -> Result<Input, Stop> {
        let was_resized = std::mem::take(&mut self.was_resized);
        if was_resized || self.pending.is_empty() && self.wait(within)? == Ready::Resize {
            return Ok(Input::Resized);
        }
        match read_key(self, Some(Duration::ZERO))? {
            None => Ok(Input::Nothing),
            Some(Key::Ctrl('c')) => Err(Stop::Signal(Signal::SIGINT as i32)),
            Some(Key::Ctrl('d')) => Err(Stop::Quit),
            Some(Key::Ctrl('z')) => {
                self.suspend()?;
                Ok(Input::Resized)
            }
            Some(Key::Ctrl('l')) => Ok(Input::Resized),
            Some(key) => Ok(Input::Key(key)),
        }
    }

    /// Gives the terminal to the shell and takes it back when the walk is in front again.
    fn suspend(&self) -> io::Result<()> {
        io::stderr().write_all(guard::SANE.as_bytes())?;
        tcsetattr(io::stdin().as_fd(), SetArg::TCSADRAIN, &self.found)?;
        raise(Signal::SIGTSTP)?;
        Self::set_raw()?;
        Self::bracketed_paste(true);
        Ok(())
    }

    /// Turns bracketed paste on or off: on while keys are read here, off while a library reads.
    pub(super) fn bracketed_paste(on: bool) {
        let _ = io::stderr().write_all(if on { b"\x1b[?2004h" } else { b"\x1b[?2004l" });
    }

    fn wait(&mut self, within: Option<Duration>) -> Result<Ready, Stop> {
        let resized = match &self.resized {
            Some(resized) => resized,
            None => self.resized.insert(guard::watch()?),
        };
        let timeout = match within {
            None => PollTimeout::NONE,
            Some(within) => PollTimeout::try_from(within).unwrap_or(PollTimeout::MAX),
        };
        let stdin = io::stdin();
        loop {
            let mut ready =
                [PollFd::new(stdin.as_fd(), PollFlags::POLLIN), PollFd::new(resized.as_fd(), PollFlags::POLLIN)];
            match poll(&mut ready, timeout) {
                Err(nix::errno::Errno::EINTR) => {}
                Err(error) => return Err(Stop::Io(error.into())),
                Ok(0) => return Ok(Ready::Nothing),
                Ok(_) if ready[1].any() == Some(true) => {
                    let _ = nix::unistd::read(resized, &mut [0; 64]);
                    return Ok(Ready::Resize);
                }
                Ok(_) => return Ok(Ready::Bytes),
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Ready {
    Bytes,
    Resize,
    Nothing,
}

impl Bytes for Tty {
    type Error = Stop;

    fn next(&mut self, within: Option<Duration>) -> Result<Option<u8>, Stop> {
        if self.pending.is_empty() {
            loop {
                match self.wait(within)? {
                    Ready::Bytes => break,
                    Ready::Nothing => return Ok(None),
                    Ready::Resize => self.was_resized = true,
                }
            }
            let mut bytes = [0; 1024];
            match nix::unistd::read(io::stdin().as_fd(), &mut bytes) {
                // A closed terminal reads as its end, or as an error.
                Ok(0) | Err(nix::errno::Errno::EIO) => return Err(Stop::Signal(Signal::SIGHUP as i32)),
                Ok(n) => self.pending.extend(&bytes[..n]),
                Err(nix::errno::Errno::EINTR | nix::errno::Errno::EAGAIN) => return Ok(None),
                Err(error) => return Err(Stop::Io(error.into())),
            }
        }
        Ok(self.pending.pop_front())
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        guard::restore();
    }
}

/// Tells whether a person sits at a terminal: both what is shown and what is typed go there.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}
