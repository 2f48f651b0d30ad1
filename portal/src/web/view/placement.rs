use serde_json::{Value, json};

use crate::{
    ids::UserId,
    state::{State, placements::Placement},
};

/// The pages of applications that `me` gets, for whatever place the messenger has.
pub(in crate::web) fn pages(state: &State, me: UserId) -> Value {
    state.pages_for(me).map(|page| described(state, page, me)).collect()
}

fn described(state: &State, page: &Placement, me: UserId) -> Value {
    let texts = page.texts_in(state.language_of(me));
    let app = state.apps.get(page.app).map(|app| app.name.as_str());
    json!({
        "id": page.id,
        "place": page.place,
        "app": app,
        "title": if texts.title.is_empty() { app.unwrap_or_default() } else { &texts.title },
        "group": texts.group,
        "color": Some(page.option("color")).filter(|color| !color.is_empty()).map(|color| state.palette.hex(color)),
        "options": page.options,
    })
}
