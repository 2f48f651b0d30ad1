//! The process of a bot, with what it has started itself.

use std::{
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::{Child, Command},
    task::JoinHandle,
};

use super::{
    environment::Environment,
    say::{is_colourful, repeat},
};
use crate::failure::Failure;

/// How long a bot may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

pub(super) struct Bot {
    child: Child,
    /// The number of its group of processes, as long as one of them may be there.
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
    /// Both outputs end when the last process that writes to them does.
    outputs: Vec<JoinHandle<()>>,
}

/// How a bot ended by itself.
pub(super) enum Ended {
    Well,
    /// `exit code 101`
    Badly(String),
}

impl Bot {
    pub(super) fn start(line: &[String], environment: &Environment) -> Result<Self, Failure> {
        let (program, arguments) =
            line.split_first().ok_or_else(|| Failure::Usage("there is nothing to run".to_owned()))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        for (name, value) in environment.variables() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if is_colourful() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        // A group of its own, so that what `cargo run` has started can be ended with it.
        #[cfg(unix)]
        command.process_group(0);
        let cannot = |error| Failure::Refused(format!("cannot run {program}: {error}"));
        let mut child = command.spawn().map_err(cannot)?;
        let outputs = [child.stdout.take().map(follow), child.stderr.take().map(follow)];
        Ok(Self {
            #[cfg(unix)]
            group: child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw),
            child,
            outputs: outputs.into_iter().flatten().collect(),
        })
    }

    /// Waits until it ends by itself.
    pub(super) async fn ended(&mut self) -> Ended {
        let status = self.child.wait().await;
        // What it said last comes first.
        if self.finish().await {
            self.forget();
        }
        match status {
            Ok(status) if status.success() => Ended::Well,
            Ok(status) => Ended::Badly(how(status)),
            Err(error) => Ended::Badly(error.to_string()),
        }
    }

    /// Asks it to end, and after a while makes it.
    pub(super) async fn stop(mut self) {
        self.signal(false);
        let ended = async {
            // Whatever the status is, it has ended.
            let _ = self.child.wait().await;
        };
        if tokio::time::timeout(GRACE, ended).await.is_ok() && self.finish().await {
            return;
        }
        self.signal(true);
        let _ = self.child.kill().await;
        self.finish().await;
    }

    /// Waits, for a while, until nobody writes any more.
    async fn finish(&mut self) -> bool {
        let all = async {
            while let Some(output) = self.outputs.last_mut() {
                let _ = output.await;
                self.outputs.pop();
            }
        };
        tokio::time::timeout(GRACE, all).await.is_ok()
    }

    /// Its number may become that of others.
    fn forget(&mut self) {
        #[cfg(unix)]
        {
            self.group = None;
        }
    }

    /// Tells the whole group to end.
    #[cfg(unix)]
    fn signal(&mut self, must: bool) {
        use rustix::process::{Signal, kill_process_group};
        let signal = if must { Signal::KILL } else { Signal::TERM };
        if let Some(group) = self.group {
            // It may have ended already.
            let _ = kill_process_group(group, signal);
        }
    }

    #[cfg(not(unix))]
    fn signal(&mut self, _must: bool) {
        let _ = self.child.start_kill();
    }
}

fn follow(output: impl AsyncRead + Unpin + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut lines = BufReader::new(output).split(b'\n');
        while let Ok(Some(line)) = lines.next_segment().await {
            repeat(String::from_utf8_lossy(&line).trim_end_matches('\r'));
        }
    })
}

fn how(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => status.to_string(),
    }
}
