use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::Result;

/// What is built, in a folder that may be changed.
pub(crate) struct Project {
    folder: PathBuf,
    target: PathBuf,
    arguments: &'static [&'static str],
    /// The file with a bot's words; empty for what is no bot.
    file: &'static str,
    source: String,
}

/// What each bot says somewhere: where a line is changed.
const PHRASE: &str = "You said";

/// Variables by which one project would be built otherwise than another.
const FOREIGN: [&str; 6] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

impl Project {
    /// A bot that builds into `target`, with these arguments; its words stand in `file`.
    pub(super) fn new(
        folder: PathBuf,
        target: &Path,
        arguments: &'static [&'static str],
        file: &'static str,
    ) -> Result<Self> {
        let source = fs::read_to_string(folder.join(file))?;
        let target = target.join(folder.file_name().unwrap_or_default());
        let project = Self { folder, target, arguments, file, source };
        if project.source.contains(PHRASE) {
            Ok(project)
        } else {
            Err(format!("{}: {file} nowhere says \"{PHRASE}\"", project.name()).into())
        }
    }

    /// A library that is built into `target`, with these arguments.
    pub(crate) fn library(folder: PathBuf, target: PathBuf, arguments: &'static [&'static str]) -> Self {
        Self { folder, target, arguments, file: "", source: String::new() }
    }

    pub(super) fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Downloads what it depends on; after that no build waits for the network.
    pub(crate) fn fetch(&self) -> Result<()> {
        self.cargo(&["fetch", "--locked", "--quiet"])
    }

    /// Forgets all that was built.
    pub(crate) fn clean(&self) -> io::Result<()> {
        if self.target.exists() { fs::remove_dir_all(&self.target) } else { Ok(()) }
    }

    /// Makes the bot say something that it did not say before.
    pub(super) fn change_a_line(&self, change: usize) -> io::Result<()> {
        let words = format!("{PHRASE} ({change})");
        fs::write(self.folder.join(self.file), self.source.replacen(PHRASE, &words, 1))
    }

    /// Builds and tells how many seconds that took.
    pub(crate) fn build(&self) -> Result<f64> {
        let start = Instant::now();
        self.cargo(&[&["build", "--locked", "--offline", "--quiet"], self.arguments].concat())?;
        Ok(start.elapsed().as_secs_f64())
    }

    fn cargo(&self, arguments: &[&str]) -> Result<()> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).current_dir(&self.folder);
        for name in FOREIGN {
            cargo.env_remove(name);
        }
        cargo.env("CARGO_TARGET_DIR", &self.target).env("CARGO_BUILD_JOBS", "2");
        // Our workspace asks for less than cargo's default: all are built as cargo does by itself.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "full");
        if cargo.status()?.success() {
            Ok(())
        } else {
            Err(format!("{}: cargo {} did not succeed", self.name(), arguments.join(" ")).into())
        }
    }
}
