//! What the spec knows of a refusal.

use b24_spec::{ErrorKind, Method, MethodError, Spec};

use crate::{
    rest::{Answer, Refusal},
    style::{indented, width},
};

/// The code, what it means, the portal's own words and what to do, a line each.
pub(super) fn explain(spec: &Spec, method: Option<&Method>, name: &str, answer: &Answer, refusal: &Refusal) -> String {
    let own = method.and_then(|method| method.error(&refusal.code));
    let system = spec
        .errors
        .iter()
        .find(|known| known.error.code == refusal.code || known.error.aliases.contains(&refusal.code));
    let mut lines = vec![format!("{name} was refused with {} ({})", refusal.code, answer.status)];
    let known = own.or(system.map(|system| &system.error));
    let mut tell = |text: &str| lines.push(indented(text, width(), 2));
    if let Some(known) = known.filter(|known| !known.meaning.is_empty()) {
        tell(&known.meaning);
    }
    if !refusal.description.is_empty() {
        tell(&format!("The portal says: {}", refusal.description));
    }
    match (own, system) {
        (Some(own), _) => tell(&advice(own)),
        (None, Some(system)) if !system.advice.is_empty() => tell(&system.advice),
        _ => {}
    }
    lines.join("\n")
}

fn advice(error: &MethodError) -> String {
    let params = if error.params.is_empty() { "the parameters".to_owned() } else { error.params.join(", ") };
    match error.kind {
        ErrorKind::Missing => format!("Give {params} a value."),
        ErrorKind::Invalid => format!("Look at {params}."),
        ErrorKind::Oversize => format!("Make {params} smaller."),
        ErrorKind::NotFound => format!("Look at {params}: what it names is not there, or no longer."),
        ErrorKind::Access => "Call as somebody who has the right to it, or join the chat first.".to_owned(),
        ErrorKind::State => "Look how things stand: it may be done already, or be too late for it.".to_owned(),
        ErrorKind::Limit => "Remove what is no longer needed first.".to_owned(),
        ErrorKind::Auth => "Look at the token, the webhook and their scopes: `b24 doctor` does.".to_owned(),
        ErrorKind::Other => "The portal's own words are all there is to go by.".to_owned(),
    }
}
