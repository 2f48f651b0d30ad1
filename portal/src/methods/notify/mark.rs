use serde_json::{Value, json};

use crate::{
    ids::NoticeId,
    rest::{Call, Refusal},
    state::{
        State,
        notices::{Notice, Origin},
    },
};

/// Whether the call wants notifications to count as read.
fn reads(call: &Call<'_>) -> bool {
    call.args.flag("ACTION").unwrap_or(true)
}

/// One, or all from it on.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    if let Some(id) = call.args.id::<NoticeId>("ID") {
        let only = call.args.flag("ONLY_CURRENT").unwrap_or(false);
        let is_meant = |notice: &Notice| notice.id == id || (!only && notice.id > id);
        state.mark_notices(call.user(), reads(call), is_meant);
    }
    Ok(true.into())
}

/// Those of a list that ask for nothing. A number that is none ends the list.
#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn read_list(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let ids = call.args.list("IDS").iter().map_while(|id| id.as_u64().filter(|id| *id > 0));
    let ids: Vec<NoticeId> = ids.map(NoticeId).collect();
    let is_meant = |notice: &Notice| ids.contains(&notice.id) && !notice.content.asks();
    state.mark_notices(call.user(), reads(call), is_meant);
    Ok(true.into())
}

#[expect(clippy::unnecessary_wraps, reason = "a behaviour may refuse; this one has no reason to")]
pub(super) fn read_all(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    state.read_all_notices(call.user());
    Ok(json!({"result": true, "newCounter": state.unread_notices(call.user())}))
}

/// One that the user got or the application sent, or those that the application gave a tag.
pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, Refusal> {
    let (tag, sub_tag) = (call.args.text("TAG"), call.args.text("SUB_TAG"));
    if let Some(id) = call.args.id::<NoticeId>("ID") {
        let user = call.user();
        let own = call.owner().ok().map(Origin::App);
        let is_meant =
            |notice: &Notice| notice.id == id && (notice.user == user || own.as_ref() == Some(&notice.content.origin));
        return Ok(state.drop_notices(is_meant).into());
    }
    let origin = Origin::App(call.owner()?);
    let is_tagged = |wanted: Option<&str>, tag: &str| wanted.is_none_or(|wanted| wanted == tag);
    let is_meant = |notice: &Notice| {
        let content = &notice.content;
        content.origin == origin && is_tagged(tag, &content.tag) && is_tagged(sub_tag, &content.sub_tag)
    };
    Ok(state.drop_notices(is_meant).into())
}
