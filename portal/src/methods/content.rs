//! What the parameters of a call say in a message. The APIs differ in names alone.

use serde_json::{Value, json};

use crate::{rest::Args, state::messages::Content};

/// How long a text may be; what is longer is cut.
const LONGEST: usize = 20_000;
/// What a text ends in that was cut.
const CUT: &str = " (...)";

/// The names that an API has for the parts of a message.
#[derive(Debug)]
pub(super) struct Names {
    text: &'static str,
    attach: &'static str,
    keyboard: &'static str,
    menu: &'static str,
    system: &'static str,
    url_preview: &'static str,
    skips_connector: &'static str,
}

/// `imbot.*` and `im.*`
pub(super) const V1: Names = Names {
    text: "MESSAGE",
    attach: "ATTACH",
    keyboard: "KEYBOARD",
    menu: "MENU",
    system: "SYSTEM",
    url_preview: "URL_PREVIEW",
    skips_connector: "SKIP_CONNECTOR",
};

/// `imbot.v2.*`
pub(super) const V2: Names = Names {
    text: "message",
    attach: "attach",
    keyboard: "keyboard",
    menu: "menu",
    system: "system",
    url_preview: "urlPreview",
    skips_connector: "skipConnector",
};

/// What a new message says.
pub(super) fn read(args: &Args, names: &Names) -> Content {
    Content {
        attach: attach(args.value(names.attach)),
        keyboard: args.list(names.keyboard).to_vec(),
        menu: args.list(names.menu).to_vec(),
        is_system: args.flag(names.system).unwrap_or(false),
        url_preview: args.flag(names.url_preview).unwrap_or(true),
        is_internal: args.flag(names.skips_connector).unwrap_or(false),
        ..Content::text(cut(args.text(names.text).unwrap_or_default().trim()))
    }
}

/// Changes what was sent, be it empty; the rest stays as it is.
pub(super) fn revise(content: &mut Content, args: &Args, names: &Names) {
    let new = read(args, names);
    content.is_internal = new.is_internal;
    if args.has(names.text) {
        content.text = new.text;
    }
    if args.has(names.attach) {
        content.attach = new.attach;
    }
    if args.has(names.keyboard) {
        content.keyboard = new.keyboard;
    }
    if args.has(names.menu) {
        content.menu = new.menu;
    }
    if args.has(names.url_preview) {
        content.url_preview = new.url_preview;
    }
}

fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    text.get(..end).unwrap_or(text).to_owned() + CUT
}

/// An attachment in the full form, also where its blocks came alone.
pub(super) fn attach(given: Option<&Value>) -> Vec<Value> {
    match given {
        Some(Value::Array(blocks)) => vec![json!({"ID": 1, "BLOCKS": blocks})],
        Some(card @ Value::Object(_)) => {
            let mut card = card.clone();
            if card.get("ID").is_none() {
                card["ID"] = 1.into();
            }
            vec![card]
        }
        _ => Vec::new(),
    }
}
