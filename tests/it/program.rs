//! A builder for running the real program: clean environment, home of its own, input piped in; what it said and how it ended.
//!
//! `Program::new().args(["walk", "2403", "--plain"]).stdin("y\n").run().exit(11).stderr_has("Go on with")`

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::home::{Home, ROOTWALK};

/// A program that needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Program {
    home: Arc<Home>,
    args: Vec<OsString>,
    environment: Vec<(String, String)>,
    shell: Option<String>,
    stdin: Vec<u8>,
    stdout: Option<File>,
    folder: Option<std::path::PathBuf>,
}

/// What a program said and how it ended. Each method that checks gives it back, so that checks can be strung together.
pub(crate) struct Done {
    pub(crate) home: Arc<Home>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: ExitStatus,
    pub(crate) took: Duration,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self::at(&Home::new())
    }

    /// In a home where something may have happened before.
    pub(crate) fn at(home: &Arc<Home>) -> Self {
        Self {
            home: Arc::clone(home),
            args: Vec::new(),
            environment: Vec::new(),
            shell: None,
            stdin: Vec::new(),
            stdout: None,
            folder: None,
        }
    }

    pub(crate) fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What is piped in; nothing if not said.
    pub(crate) fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = text.into();
        self
    }

    /// Where standard output goes instead of being taken.
    pub(crate) fn stdout(mut self, file: File) -> Self {
        self.stdout = Some(file);
        self
    }

    /// Shell commands before the program.
    pub(crate) fn after(mut self, shell: &str) -> Self {
        self.shell = Some(shell.to_owned());
        self
    }

    pub(crate) fn in_folder(mut self, below: &str) -> Self {
        self.folder = Some(self.home.path(below));
        self
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = match &self.shell {
            None => Command::new(ROOTWALK),
            Some(shell) => {
                let mut command = Command::new("/bin/sh");
                command.args(["-c", &format!("{shell}\nexec \"$@\""), "sh", ROOTWALK]);
                command
            }
        };
        command.args(&self.args).env_clear().envs(self.home.environment());
        command.envs(self.environment.iter().cloned());
        command.current_dir(self.folder.clone().unwrap_or_else(|| self.home.work()));
        command
    }

    pub(crate) fn run(mut self) -> Done {
        let begun = Instant::now();
        let mut command = self.command();
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        command.stdout(self.stdout.take().map_or_else(Stdio::piped, Stdio::from));
        let mut child = command.spawn().expect("the program starts");
        drop(command);
        let mut stdin = child.stdin.take().expect("piped");
        let given = std::mem::take(&mut self.stdin);
        // Whoever ends before all of it is read leaves a closed pipe: no error.
        let writer = thread::spawn(move || drop(stdin.write_all(&given)));
        let stdout = child.stdout.take().map(read_all);
        let stderr = child.stderr.take().map(read_all);
        let status = wait(&mut child);
        let took = begun.elapsed();
        writer.join().expect("the writer ends");
        let text = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
            let bytes = reader.map(|reader| reader.join().expect("the reader ends")).unwrap_or_default();
            String::from_utf8(bytes).expect("the program speaks UTF-8")
        };
        Done { home: Arc::clone(&self.home), stdout: text(stdout), stderr: text(stderr), status, took }
    }
}

fn read_all(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        bytes
    })
}

/// Waits for the end; a program that hangs is ended and fails the test.
pub(crate) fn wait(child: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status;
        }
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("the program hangs");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

impl Done {
    #[track_caller]
    pub(crate) fn exit(self, code: i32) -> Self {
        assert_eq!(self.status.code(), Some(code), "{self}");
        self
    }

    /// Standard output is this and nothing else; ids and the home are `<id>` and `<home>`.
    #[track_caller]
    pub(crate) fn stdout(self, expected: &str) -> Self {
        assert_eq!(self.stable(&self.stdout), expected, "{self}");
        self
    }

    /// Standard error is this and nothing else; ids and the home are `<id>` and `<home>`.
    #[track_caller]
    pub(crate) fn stderr(self, expected: &str) -> Self {
        assert_eq!(self.stable(&self.stderr), expected, "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn stdout_has(self, expected: &str) -> Self {
        assert!(self.stable(&self.stdout).contains(expected), "no `{expected}` on standard output\n{self}");
        self
    }

    #[track_caller]
    pub(crate) fn stderr_has(self, expected: &str) -> Self {
        assert!(self.stable(&self.stderr).contains(expected), "no `{expected}` on standard error\n{self}");
        self
    }

    #[track_caller]
    pub(crate) fn stderr_lacks(self, unexpected: &str) -> Self {
        assert!(!self.stable(&self.stderr).contains(unexpected), "`{unexpected}` on standard error\n{self}");
        self
    }

    /// Neither output holds an escape byte or any other control that could act.
    #[track_caller]
    pub(crate) fn in_plain_text(self) -> Self {
        let acts = |c: char| rootwalk::text::is_hostile(c);
        assert!(!self.stdout.contains(acts) && !self.stderr.contains(acts), "{:?} {:?}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: standard output is no JSON\n{self}"))
    }

    fn stable(&self, text: &str) -> String {
        let mut text = text.replace(&self.home.path("").display().to_string(), "<home>/");
        let mut found = 0;
        while let Some(id) = id_in(&text[found..]) {
            let at = found + id.start;
            text.replace_range(at..found + id.end, "<id>");
            found = at + "<id>".len();
        }
        text
    }
}

/// Finds a session id: two groups of four, and no letter that ids have not.
fn id_in(text: &str) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let is_digit = |byte: u8| b"0123456789abcdefghjkmnpqrstvwxyz".contains(&byte);
    let is_border = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    (0..bytes.len().saturating_sub(8)).map(|at| at..at + 9).find(|range| {
        let id = &bytes[range.clone()];
        id[4] == b'-'
            && id[..4].iter().chain(&id[5..]).all(|&byte| is_digit(byte))
            && is_border(range.start.checked_sub(1).and_then(|before| bytes.get(before)))
            && is_border(bytes.get(range.end))
    })
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "--- {}\n--- stdout\n{}\n--- stderr\n{}", self.status, self.stdout, self.stderr)
    }
}
