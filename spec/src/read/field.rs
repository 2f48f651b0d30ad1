//! Parameters and members: what stands in every list of fields.

use super::{Reader, day, one_word, revision, since, word};
use crate::{
    Field, Group, Inject, Limit, Need, TypeExpr,
    json::{Cursor, Members},
    suggest::did_you_mean,
};

impl Reader<'_> {
    pub(super) fn fields(&self, list: Vec<Cursor<'_>>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for cursor in list {
            let Some(members) = cursor.object() else { continue };
            let name = members.need_string("name");
            if fields.iter().any(|earlier| earlier.name == name) {
                cursor.error(format!("\"{name}\" stands twice in this list"));
            }
            fields.push(Field { name, ..self.field_without_name(&members) });
            members.finish();
        }
        fields
    }

    pub(super) fn field_without_name(&self, members: &Members<'_>) -> Field {
        let ty = self.need_type(members, "type");
        let fields = self.fields(members.get_list("fields"));
        if !fields.is_empty() && *ty.innermost() != TypeExpr::Object {
            members.cursor.error(format!("\"fields\" belong to the type object, not to {ty}"));
        }
        let webhook_only = one_word(members, "only", &["webhook"]).is_some();
        let send_yes_no = one_word(members, "send", &["YesNo"]).is_some();
        if send_yes_no && *ty.innermost() != TypeExpr::Bool {
            members.cursor.error(format!("\"send\" tells how a bool is written; this is {ty}"));
        }
        Field {
            name: String::new(),
            required: members.get_flag("required"),
            default: members.get("default").map(|cursor| cursor.json()),
            doc: members.get_prose("doc"),
            since: since(members, false),
            until: members.get("until").and_then(|cursor| revision(&cursor)),
            ends: day(members, "ends"),
            aliases: members.get_strings("aliases"),
            limit: members.get("limit").and_then(|cursor| limit(&cursor)),
            send_yes_no,
            webhook_only,
            inject: word(members, "inject", &Inject::WORDS),
            read_only: members.get_flag("read_only"),
            copy_of: members.get_string("copy_of"),
            groups: groups(&members.get_list("groups"), &fields),
            fields,
            ty,
        }
    }
}

pub(super) fn limit(cursor: &Cursor<'_>) -> Option<Limit> {
    let members = cursor.object()?;
    let limit = Limit {
        kb: members.get_number("kb"),
        chars: members.get_number("chars"),
        min_chars: members.get_number("min_chars"),
        count: members.get_number("count"),
        min: members.get_number("min"),
        max: members.get_number("max"),
        error: members.get_string("error"),
        from: day(&members, "from"),
    };
    if (Limit { error: None, from: None, ..limit.clone() }) == Limit::default() {
        cursor.error("a limit holds kb, chars, min_chars, count, min or max");
    }
    members.finish();
    Some(limit)
}

pub(super) fn groups(list: &[Cursor<'_>], fields: &[Field]) -> Vec<Group> {
    let one = |cursor: &Cursor<'_>| {
        let members = cursor.object()?;
        let need = match one_word(&members, "need", &["one", "any"]).as_deref() {
            Some("one") => Need::One,
            Some(_) => Need::Any,
            None => {
                cursor.error("the key \"need\" is missing");
                Need::Any
            }
        };
        let alternative = |cursor: &Cursor<'_>| -> Vec<String> {
            cursor.list().iter().filter_map(|name| known_field(name, fields)).collect()
        };
        let group = Group {
            need,
            of: members.get_list("of").iter().map(alternative).collect(),
            name: members.get_string("name"),
            error: members.get_string("error"),
        };
        members.finish();
        Some(group)
    };
    list.iter().filter_map(one).collect()
}

fn known_field(cursor: &Cursor<'_>, fields: &[Field]) -> Option<String> {
    let name = cursor.string()?;
    match fields.iter().find(|field| field.name == name) {
        Some(field) if field.required => cursor.error(format!("\"{name}\" stands in a group and must not be required")),
        Some(_) => {}
        None => {
            let known = fields.iter().map(|field| field.name.as_str());
            cursor.error(format!("there is no field \"{name}\"{}", did_you_mean(name, known)));
        }
    }
    Some(name.to_owned())
}
