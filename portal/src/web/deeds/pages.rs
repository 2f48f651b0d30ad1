use serde_json::{Value, json};

use super::{Refused, Table};
use crate::{ids::UserId, people::Opening, state::State, web::ask::Ask};

pub(super) const DEEDS: Table = &[("page", open), ("finish_installation", finish)];

/// Opens a page of an application: what the browser posts to it, and what the page is told by the messenger.
fn open(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let opening = Opening {
        dialog: if ask.has("dialog") { Some(ask.dialog()?) } else { None },
        message: ask.given_id("message")?,
        given: ask.object("options"),
        host: if ask.has("host") { Some(ask.text("host")?.to_owned()) } else { None },
        is_secure: ask.flag("secure"),
    };
    let call = state.open_page(user, ask.id("page")?, &opening)?;
    Ok(json!({"sid": call.sid, "url": call.url, "fields": call.fields, "init": call.init}))
}

/// The application says on its page that it is set up.
fn finish(state: &mut State, user: UserId, ask: &Ask) -> Result<Value, Refused> {
    let page = ask.id("page")?;
    let app = state.pages_for(user).find(|known| known.id == page).map(|page| page.app);
    if let Some(app) = app {
        state.finish_installation(app);
    }
    Ok(json!({}))
}
