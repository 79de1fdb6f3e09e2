//! A person at a terminal: the real program on a pseudo-terminal, with a screen that is looked at and keys that are pressed.
//!
//! A shell with job control leads the session, as in real life. It also has to: when the leader of a session ends, the system
//! itself puts the terminal right, and a test that looked at it then could not fail.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::process::Child;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{ControlFlags, InputFlags, LocalFlags, OutputFlags, Termios, tcgetattr};
use nix::unistd::Pid;
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rootwalk::store::Store as _;

use crate::home::{Home, ROOTWALK};

/// How long a text may be waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the program sends when it has forgotten what was typed before, and reads.
const READS: &str = "\x1b[?2004h";

/// What the program sends before a prompt of the library, which reads as soon as it has drawn itself.
const LIBRARY_READS: &str = "\x1b[?2004l";

/// Runs the program each time it is told to by a line, and says how it ended.
const SHELL: &str = r#"
set -m
ended() { echo $1 >"$FILES/ended.new"; mv "$FILES/ended.new" "$FILES/ended"; }
run() { sh -c 'echo $$ >"$FILES/pid"; exec "$@"' sh "$@"; ended $?; }
run "$@"
while read -r line; do eval "$line"; done
"#;

pub(crate) struct Spawn {
    home: Arc<Home>,
    args: Vec<String>,
    environment: Vec<(String, String)>,
    size: (u16, u16),
}

pub(crate) struct Terminal {
    pub(crate) home: Arc<Home>,
    pty: Option<Pty>,
    leader: Child,
    screen: vt100::Parser,
    /// Everything that was printed.
    printed: Vec<u8>,
    /// How much was printed before the last key.
    mark: usize,
    found: Termios,
    files: tempfile::TempDir,
}

impl Spawn {
    pub(crate) fn new(home: &Arc<Home>) -> Self {
        Self { home: Arc::clone(home), args: Vec::new(), environment: Vec::new(), size: (60, 100) }
    }

    pub(crate) fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.args.extend(args.into_iter().map(str::to_owned));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn size(mut self, rows: u16, columns: u16) -> Self {
        self.size = (rows, columns);
        self
    }

    pub(crate) fn start(self) -> Terminal {
        let (pty, pts) = open().expect("a pseudo-terminal");
        let (rows, columns) = self.size;
        pty.resize(Size::new(rows, columns)).expect("a size");
        let found = tcgetattr(pty.as_fd()).expect("a terminal");
        assert!(found.local_flags.contains(LocalFlags::ECHO | LocalFlags::ICANON), "a new terminal echoes lines");
        let files = tempfile::tempdir().expect("a folder");
        let leader = Command::new("/bin/sh")
            .args(["-c", SHELL, "sh", ROOTWALK])
            .args(&self.args)
            .env_clear()
            .envs(self.home.environment())
            .env("FILES", files.path())
            .env("ROOTWALK_BIN", ROOTWALK)
            .envs(self.environment)
            .current_dir(self.home.work())
            .spawn(pts)
            .expect("a shell starts");
        let screen = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        Terminal { home: self.home, pty: Some(pty), leader, screen, printed: Vec::new(), mark: 0, found, files }
    }
}

fn nonzero(n: u16) -> std::num::NonZeroU16 {
    n.try_into().expect("no terminal is empty")
}

impl Terminal {
    /// Walks an error on a screen of 60 rows and 100 columns.
    pub(crate) fn walk(home: &Arc<Home>, error: &str) -> Self {
        Spawn::new(home).args(["walk", error]).start()
    }

    /// Takes what the program prints, waiting a little for it.
    fn take(&mut self, within: Duration) -> bool {
        let Some(pty) = &self.pty else { return false };
        let mut ready = [PollFd::new(pty.as_fd(), PollFlags::POLLIN)];
        let timeout = PollTimeout::try_from(within).expect("short");
        if !matches!(poll(&mut ready, timeout), Ok(1)) {
            return false;
        }
        let mut bytes = [0; 4096];
        match (&*pty).read(&mut bytes) {
            Ok(n) if n > 0 => {
                self.screen.process(&bytes[..n]);
                self.printed.extend_from_slice(&bytes[..n]);
                true
            }
            _ => false,
        }
    }

    #[track_caller]
    fn wait_until(&mut self, what: &str, mut is_there: impl FnMut(&mut Self) -> bool) {
        let begun = Instant::now();
        while !is_there(self) {
            assert!(
                begun.elapsed() < PATIENCE,
                "no {what}\n--- screen\n{}\n--- since the last key\n{:?}",
                self.screen.screen().contents(),
                self.since_key()
            );
            self.take(Duration::from_millis(20));
        }
    }

    /// Waits for a text on the screen, however it is wrapped.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> &mut Self {
        let wanted = words(text);
        self.wait_until(&format!("`{text}` on the screen"), |it| it.shown().contains(&wanted));
        self
    }

    /// Waits for a text among what was printed since the last key, however it is wrapped.
    #[track_caller]
    pub(crate) fn wait_said(&mut self, text: &str) -> &mut Self {
        let wanted = words(text);
        self.wait_until(&format!("`{text}` since the last key"), |it| it.said().contains(&wanted));
        self
    }

    /// Waits until this was printed since the last key, byte by byte.
    #[track_caller]
    pub(crate) fn wait_printed(&mut self, bytes: &str) -> &mut Self {
        self.wait_until(&format!("{bytes:?}"), |it| it.since_key().contains(bytes));
        self
    }

    /// Waits until the program reads keys anew: what was typed before is forgotten, what is typed now counts.
    #[track_caller]
    pub(crate) fn wait_asked(&mut self) -> &mut Self {
        self.wait_until("prompt", |it| it.since_key().contains(READS));
        self
    }

    /// Waits until the program asks for a text: here, too, what was typed before is forgotten.
    #[track_caller]
    pub(crate) fn wait_text(&mut self) -> &mut Self {
        self.wait_until("prompt for a text", |it| {
            let since = it.since_key();
            since.rfind(LIBRARY_READS).is_some_and(|at| since[at..].contains("text"))
        });
        self
    }

    /// Presses a key when asked for one.
    #[track_caller]
    pub(crate) fn press(&mut self, key: char) -> &mut Self {
        self.wait_asked();
        self.send(&key.to_string())
    }

    /// Sends bytes as they are, at once.
    pub(crate) fn send(&mut self, bytes: &str) -> &mut Self {
        self.mark();
        self.pty.as_mut().expect("open").write_all(bytes.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Counts from here on, as if a key had been sent: for what happens without one.
    pub(crate) fn mark(&mut self) -> &mut Self {
        while self.take(Duration::ZERO) {}
        self.mark = self.printed.len();
        self
    }

    /// Pastes as a terminal does: in brackets if the program asked for them.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        let typed = text.replace('\n', "\r");
        let is_bracketed = self.screen.screen().bracketed_paste();
        let bytes = if is_bracketed { format!("\x1b[200~{typed}\x1b[201~") } else { typed };
        self.send(&bytes)
    }

    /// What the screen shows, in words.
    pub(crate) fn shown(&self) -> String {
        words(&self.screen.screen().contents())
    }

    pub(crate) fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// What was printed since the last key, in words, without escape sequences.
    pub(crate) fn said(&self) -> String {
        words(&unescaped(&self.since_key()))
    }

    pub(crate) fn since_key(&self) -> String {
        String::from_utf8_lossy(&self.printed[self.mark..]).into_owned()
    }

    pub(crate) fn printed(&self) -> String {
        String::from_utf8_lossy(&self.printed).into_owned()
    }

    pub(crate) fn is_cursor_hidden(&self) -> bool {
        self.screen.screen().hide_cursor()
    }

    pub(crate) fn resize(&mut self, rows: u16, columns: u16) -> &mut Self {
        while self.take(Duration::ZERO) {}
        self.mark = self.printed.len();
        self.screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.pty.as_ref().expect("open").resize(Size::new(rows, columns)).expect("a size");
        self
    }

    /// The process of the program itself.
    #[track_caller]
    pub(crate) fn pid(&mut self) -> Pid {
        let path = self.files.path().join("pid");
        let read = || fs::read_to_string(&path).ok()?.trim().parse().ok();
        self.wait_until("process", |_| read().is_some());
        Pid::from_raw(read().expect("just read"))
    }

    #[track_caller]
    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        while self.take(Duration::ZERO) {}
        self.mark = self.printed.len();
        kill(self.pid(), signal).expect("the program runs");
        self
    }

    /// Waits for the program's end and checks how it ended and that the terminal is as it was found.
    #[track_caller]
    pub(crate) fn exit(&mut self, code: i32) -> &mut Self {
        self.ended(code);
        self.is_sane()
    }

    /// Waits for the program's end, however it leaves the terminal.
    #[track_caller]
    pub(crate) fn ended(&mut self, code: i32) -> &mut Self {
        let path = self.files.path().join("ended");
        self.wait_until("end of the program", |_| path.exists());
        while self.take(Duration::from_millis(5)) {}
        let ended = fs::read_to_string(&path).expect("just seen");
        fs::remove_file(&path).expect("just seen");
        let _ = fs::remove_file(self.files.path().join("pid"));
        assert_eq!(ended.trim(), code.to_string(), "{}", self.contents());
        self
    }

    /// The terminal echoes, gives lines, shows the cursor and pastes plainly: everything is as before the program.
    #[track_caller]
    pub(crate) fn is_sane(&mut self) -> &mut Self {
        let now = self.flags();
        assert_eq!(flags(&self.found), now, "the terminal is not as it was found");
        assert!(now.2.contains(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG));
        let screen = self.screen.screen();
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes come in brackets");
        self
    }

    pub(crate) fn flags(&self) -> Flags {
        flags(&tcgetattr(self.pty.as_ref().expect("open").as_fd()).expect("a terminal"))
    }

    /// Runs the program once more on the same terminal.
    pub(crate) fn again(&mut self, args: &str) -> &mut Self {
        let _ = fs::remove_file(self.files.path().join("pid"));
        self.send(&format!("run \"$ROOTWALK_BIN\" {args}\n"))
    }

    /// Gives the shell a line.
    pub(crate) fn shell(&mut self, line: &str) -> &mut Self {
        self.send(&format!("{line}\n"))
    }

    /// Closes the terminal as when its window is closed.
    pub(crate) fn close(&mut self) {
        self.pty = None;
    }

    /// Waits until the session is free: the process that held it is gone.
    #[track_caller]
    pub(crate) fn wait_free(&mut self, session: &str) {
        let store = self.home.store();
        self.wait_until("end of the process", |_| {
            std::thread::sleep(Duration::from_millis(2));
            store.claim(session).is_ok()
        });
    }

    /// No printed line since the last key is wider than the screen.
    #[track_caller]
    pub(crate) fn fits(&mut self) -> &mut Self {
        use unicode_width::UnicodeWidthStr as _;
        let columns = usize::from(self.screen.screen().size().1.get());
        for line in unescaped(&self.since_key()).split(['\n', '\r']) {
            assert!(line.width() <= columns, "wider than {columns} columns: {line:?}");
        }
        self
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(pid) = fs::read_to_string(self.files.path().join("pid")).unwrap_or_default().trim().parse()
            && !self.files.path().join("ended").exists()
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
        let _ = self.leader.kill();
        let _ = self.leader.wait();
    }
}

pub(crate) type Flags = (InputFlags, OutputFlags, LocalFlags, ControlFlags);

fn flags(termios: &Termios) -> Flags {
    (termios.input_flags, termios.output_flags, termios.local_flags, termios.control_flags)
}

/// A text as words, so that wrapping and indents do not matter.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without its escape sequences.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            out.push(c);
        } else if rest.next() == Some('[') {
            rest.by_ref().find(|c| ('\u{40}'..='\u{7e}').contains(c));
        }
    }
    out
}
