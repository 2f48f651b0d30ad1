//! A chat in a terminal, or in a pipe: what is typed is said, what others write is printed.

use std::io::{self, Write};

use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, Lines};

use crate::{KitError, kit::Chat, plain::Look};

/// Says every line of `input` in the chat and prints what others write, until the input ends. `#2` presses the second
/// button of the latest keyboard.
///
/// In a pipe (`interactive` is false) every line has its answers printed before the next is said: `settled` has to
/// return when the bot is through with what it was sent.
///
/// # Errors
/// When the input cannot be read or the output not be written.
pub async fn run(
    chat: Chat,
    input: impl AsyncBufRead + Unpin,
    mut output: impl Write,
    interactive: bool,
    settled: impl AsyncFn(),
) -> io::Result<()> {
    let mut lines = input.lines();
    // Saying something skips what came before it; a reader of its own skips nothing.
    let reader = chat.reader();
    settled().await;
    print(&reader, &mut output)?;
    while let Some(line) = next_line(&reader, &mut lines, &mut output, interactive).await? {
        if let Err(error) = enter(&chat, line.trim()).await {
            writeln!(output, "! {error}")?;
        }
        if !interactive {
            settled().await;
        }
        print(&reader, &mut output)?;
    }
    Ok(())
}

/// The next line. What others write in the meantime is printed at once where somebody is looking.
async fn next_line(
    chat: &Chat,
    lines: &mut Lines<impl AsyncBufRead + Unpin>,
    output: &mut impl Write,
    interactive: bool,
) -> io::Result<Option<String>> {
    if !interactive {
        return lines.next_line().await;
    }
    // Subscribed before printing, so that nothing falls in between.
    let mut version = chat.version();
    loop {
        print(chat, output)?;
        tokio::select! {
            line = lines.next_line() => return line,
            changed = version.changed() => changed.map_err(io::Error::other)?,
        }
    }
}

async fn enter(chat: &Chat, line: &str) -> Result<(), KitError> {
    if line.is_empty() {
        return Ok(());
    }
    match line.strip_prefix('#').and_then(|number| number.parse().ok()) {
        Some(number) => chat.press_number(number).await,
        None => chat.say(line).await.map(drop),
    }
}

fn print(chat: &Chat, output: &mut impl Write) -> io::Result<()> {
    for message in chat.news() {
        writeln!(output, "{message}")?;
    }
    output.flush()
}

/// A message of `/portal/stream` and `/portal/history` as text, the way [`crate::Message`] prints one.
pub fn show(author: &str, message: &Value) -> String {
    let list = |name: &str| message.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let name = |file: &Value| file.get("name")?.as_str().map(str::to_owned);
    let files: Vec<String> = list("files").iter().filter_map(name).collect();
    let look = Look {
        author,
        is_edited: message.get("edited").and_then(Value::as_bool).unwrap_or_default(),
        text: message.get("text").and_then(Value::as_str).unwrap_or_default(),
        files: &files,
        attach: list("attach"),
        keyboard: list("keyboard"),
    };
    look.to_string()
}
