//! What must hold beyond the single parts: what is required, what excludes what, what may be there once.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::{Error, LitStr};

use crate::ast::{Bot, Command, Handler};
use crate::ctxt::Ctxt;

impl Bot {
    /// Reports everything that makes the block no bot.
    pub(crate) fn validate(&self, ctxt: &Ctxt) {
        if !self.generics.params.is_empty() {
            ctxt.error(&self.generics, "a bot cannot be generic; write `#[bot]` on an `impl` of one type");
        }
        self.validate_profile(ctxt);
        for command in &self.commands {
            command.validate(ctxt);
        }
        refuse_duplicate_commands(ctxt, &self.commands);
        refuse_duplicate_handlers(ctxt, &self.handlers);
    }

    fn validate_profile(&self, ctxt: &Ctxt) {
        let attr = &self.attr;
        let has_name = attr.name.is_some() || attr.last_name.is_some();
        let missing = match &attr.code {
            None if has_name => Some("missing `code`, what the portal knows the bot by: `code = \"…\"`"),
            None => Some("missing `code` and `name`: `#[bot(code = \"…\", name = \"…\")]`"),
            Some(_) if has_name => None,
            Some(_) => Some("missing the name that users see: `name = \"…\"` or `last_name = \"…\"`"),
        };
        if let Some(message) = missing.filter(|_| self.is_sound) {
            ctxt.push(Error::new(Span::call_site(), message));
        }
        for (key, text) in [("code", &attr.code), ("name", &attr.name), ("last_name", &attr.last_name)] {
            if let Some(text) = text.as_ref().filter(|text| text.value().trim().is_empty()) {
                ctxt.error(text, format!("`{key}` must not be empty"));
            }
        }
        if let Some(birthday) = attr.birthday.as_ref().filter(|birthday| !is_date(&birthday.value())) {
            ctxt.error(birthday, "expected a date as year, month and day: `birthday = \"2016-03-11\"`");
        }
    }
}

impl Command {
    fn validate(&self, ctxt: &Ctxt) {
        let Some(name) = &self.attr.name else { return };
        validate_name(ctxt, name);
        if let (Some(_), Some(local)) = (&self.attr.common, &self.attr.local) {
            ctxt.error(local, "a command is `common` or `local`; keep one of them");
        }
        let has_title = self.doc.is_some() || self.written_title().is_some();
        if self.is_sound && !has_title && self.attr.hidden.is_none() {
            ctxt.error(
                name,
                format!(
                    "command `{}` has no title; add a doc comment or `title(en = \"…\")`, or make it `hidden`",
                    name.value()
                ),
            );
        }
    }
}

fn validate_name(ctxt: &Ctxt, name: &LitStr) {
    let text = name.value();
    if let Some(bare) = text.strip_prefix('/') {
        ctxt.error(name, format!("a command is named without its slash: `#[command(\"{bare}\")]`"));
    } else if text.is_empty() {
        ctxt.error(name, "a command needs a name: what users type after the slash");
    } else if let Some(odd) = text.chars().find(|letter| !is_name_letter(*letter)) {
        let fixed: String = text.chars().map(|letter| if is_name_letter(letter) { letter } else { '-' }).collect();
        let rule = "the name of a command has letters, digits, `_` and `-` only";
        ctxt.error(name, format!("{rule}, not `{odd}`: `#[command(\"{fixed}\")]`"));
    }
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '-'
}

fn refuse_duplicate_commands(ctxt: &Ctxt, commands: &[Command]) {
    let mut by_name = HashMap::new();
    let mut by_type = HashMap::new();
    for command in commands {
        let Some(name) = &command.attr.name else { continue };
        let function = &command.function.ident;
        if let Some(first) = by_name.get(&name.value()) {
            ctxt.error(name, format!("duplicate command `{}`; `fn {first}` already declares it", name.value()));
            continue;
        }
        by_name.insert(name.value(), function);
        if let Some(first) = by_type.insert(command.type_name(), name.value()) {
            let ty = command.type_name();
            let message = format!("`{}` and `{first}` would both become the type `{ty}`; rename one", name.value());
            ctxt.error(name, message);
        }
    }
}

fn refuse_duplicate_handlers(ctxt: &Ctxt, handlers: &[Handler]) {
    let mut by_event = HashMap::new();
    for handler in handlers {
        let (event, function) = (handler.event.name, &handler.function.ident);
        if let Some(first) = by_event.get(event) {
            ctxt.error(&handler.named, format!("duplicate handler of `{event}`; `fn {first}` already handles it"));
        } else {
            by_event.insert(event, function);
        }
    }
}

/// Whether that is `2016-03-11` or another day of a year.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u16>().ok())
    };
    let day = (number(4), number(2), number(2));
    matches!(day, (Some(1..), Some(1..=12), Some(1..=31))) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_birthday_has_year_month_and_day() {
        assert!(is_date("2016-03-11"));
        for text in ["", "2016-03", "2016-3-11", "2016-13-11", "2016-03-32", "11.03.2016", "2016-03-11-", "0000-03-11"]
        {
            assert!(!is_date(text), "{text}");
        }
    }
}
