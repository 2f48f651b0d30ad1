use serde_json::{Value, json};

use crate::{
    ids::UserId,
    state::{State, placements::Placement},
};

/// The pages of applications that `me` gets, in whatever place of the messenger.
pub(in crate::web) fn placements(state: &State, me: UserId) -> Value {
    state.pages_for(me).map(|page| placement(state, page, me)).collect()
}

fn placement(state: &State, page: &Placement, me: UserId) -> Value {
    let texts = page.texts_in(state.language_of(me));
    let app = state.apps.get(page.app).map_or("", |app| app.name.as_str());
    let color = match page.option("color") {
        "" => state.palette.pick(page.app.0),
        color => color.to_owned(),
    };
    json!({
        "id": page.id,
        "place": page.place,
        "app": app,
        "title": if texts.title.is_empty() { app } else { &texts.title },
        "color": state.palette.hex(&color),
        "options": page.options,
    })
}
