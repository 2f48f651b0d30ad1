//! Pages of applications, opened in frames of the messenger.

use std::sync::Arc;

use axum::{extract::State, response::Html};

use super::ask::{Ask, Refused};
use crate::{hub::Hub, people::Opening, rest::escape};

/// A document that posts itself to the page of the application, as the platform opens it.
pub(super) async fn open(State(hub): State<Arc<Hub>>, ask: Ask) -> Result<Html<String>, Refused> {
    let dialog = if ask.has("dialog") { Some(ask.dialog()?) } else { None };
    let opening = Opening { dialog, message: ask.given_id("message")? };
    let (user, page) = (ask.user()?, ask.id("page")?);
    let call = hub.with(|state| state.open_page(user, page, &opening))?;
    let field = |(name, value): &(&str, String)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escape(value))
    };
    let fields: String = call.fields.iter().map(field).collect();
    Ok(Html(format!(
        "<!doctype html>\n<title>{title}</title>\n<form method=\"post\" action=\"{action}\">\n{fields}</form>\n\
         <script>document.forms[0].submit()</script>\n",
        title = escape(&call.title),
        action = escape(&call.url),
    )))
}
