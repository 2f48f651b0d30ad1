//! The tables of the documentation, made from the tables of the parser.

use super::{assert_file, read_file};
use crate::keys::{Key, Slot};
use crate::table::{BOT, COMMAND, EVENTS};

const START: &str = "<!-- from src/table.rs -->\n\n";
const END: &str = "\n<!-- end -->";

#[test]
fn the_documentation_lists_every_key() {
    assert_table("src/docs/bot.md", &key_table(BOT));
    assert_table("src/docs/command.md", &key_table(COMMAND));
}

#[test]
fn the_documentation_lists_every_event() {
    let rows = EVENTS.iter().map(|event| format!("| `{}` | `{}` | {} |\n", event.name, event.context, event.meaning));
    let table = format!("| Event | Context | When |\n|---|---|---|\n{}", rows.collect::<String>());
    assert_table("src/docs/on.md", &table);
}

fn assert_table(path: &str, table: &str) {
    let text = read_file(path);
    let (before, rest) = text.split_once(START).expect("the file marks where its table starts");
    let (_, after) = rest.split_once(END).expect("the file marks where its table ends");
    assert_file(path, &format!("{before}{START}{table}{END}{after}"));
}

fn key_table<T>(keys: &[Key<T>]) -> String {
    let row = |key: &Key<T>| {
        let choices = match key.slot {
            Slot::Choice(choices, _) => {
                let names: Vec<_> = choices.iter().map(|choice| format!("`{}`", choice.name)).collect();
                format!(" One of {}.", names.join(", "))
            }
            _ => String::new(),
        };
        format!("| `{}` | {}{choices} |\n", key.example(), key.meaning)
    };
    format!("| Key | Meaning |\n|---|---|\n{}", keys.iter().map(row).collect::<String>())
}
