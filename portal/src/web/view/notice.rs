use serde_json::{Value, json};

use crate::{
    ids::UserId,
    state::{
        State,
        clock::iso,
        notices::{Notice, NoticeButton},
    },
};

/// How many notifications the page gets.
const SHOWN: usize = 100;

/// The latest notifications of `me`.
pub(in crate::web) fn notices(state: &State, me: UserId) -> Value {
    state.notices_of(me).take(SHOWN).map(notice).collect()
}

fn notice(notice: &Notice) -> Value {
    let content = &notice.content;
    let button = |button: &NoticeButton| json!({"title": button.text, "value": button.value, "type": button.kind()});
    json!({
        "id": notice.id,
        "author": content.author,
        "date": iso(notice.date),
        "text": content.text,
        "attach": content.attach,
        "buttons": content.buttons.iter().map(button).collect::<Vec<_>>(),
        "can_answer": content.takes_answer,
        "read": notice.is_read,
    })
}
