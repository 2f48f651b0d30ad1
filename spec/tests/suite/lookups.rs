//! Finding things the way portals do.

use b24_spec::{Method, Sources, Spec};

use crate::fixture::{sound_method, spec_with};

#[test]
fn a_method_is_found_in_any_letter_case() {
    let spec = Spec::embedded().unwrap();
    for name in ["imbot.chat.setOwner", "imbot.chat.setowner", "IMBOT.CHAT.SETOWNER"] {
        assert_eq!(spec.method(name).map(|method| method.name.as_str()), Some("imbot.chat.setOwner"));
    }
    assert!(spec.method("imbot.chat.set_owner").is_none());
}

#[test]
fn a_parameter_is_found_in_any_letter_case() {
    let method =
        sound_method(r#""params": [{"name": "DIALOG_ID", "type": "string"}, {"name": "userIds", "type": "int[]"}]"#);
    let name = |asked: &str| method.param(asked).map(|param| param.name.as_str());
    assert_eq!(name("dialog_id"), Some("DIALOG_ID"));
    assert_eq!(name("Dialog_Id"), Some("DIALOG_ID"));
    assert_eq!(name("USERIDS"), Some("userIds"));
    assert_eq!(name("DIALOGID"), None);
}

#[test]
fn an_error_is_found_by_its_code_and_by_its_older_codes() {
    let method = sound_method(
        r#""errors": [{"code": "CHAT_ID_EMPTY", "aliases": ["CHAT_EMPTY"], "kind": "missing", "meaning": "M."}]"#,
    );
    let code = |asked: &str| method.error(asked).map(|error| error.code.as_str());
    assert_eq!(code("CHAT_ID_EMPTY"), Some("CHAT_ID_EMPTY"));
    assert_eq!(code("CHAT_EMPTY"), Some("CHAT_ID_EMPTY"));
    assert_eq!(code("chat_id_empty"), None, "codes have one spelling");
}

#[test]
fn the_hash_changes_with_any_change() {
    let hash = |files: &[(&str, &str)]| spec_with(files).hash();
    assert_eq!(hash(&[("types/A.json", "{}")]), hash(&[("types/A.json", "{}")]));
    assert_ne!(hash(&[("types/A.json", "{}")]), hash(&[("types/A.json", "{ }")]));
    assert_ne!(hash(&[("types/A.json", "{}")]), hash(&[("types/B.json", "{}")]));
    assert_eq!(Spec::embedded().unwrap().hash, Sources::embedded().hash());
}

#[test]
fn what_a_file_says_is_what_the_model_holds() {
    let method = sound_method(
        r#""idempotent": true,
  "status": {"deprecated": {"use": "im.chat.get"}},
  "params": [
    {"name": "BOT_ID", "type": "int", "required": true, "inject": "bot.id", "doc": "The bot."},
    {"name": "TITLE", "type": "string", "default": "Chat", "limit": {"chars": 255, "error": "TOO_LONG"}},
    {"name": "CLIENT_ID", "type": "string", "only": "webhook", "inject": "bot.client_id"},
    {"name": "COUNT", "type": "int", "read_only": true, "copy_of": "BOT_ID", "until": {"imopenlines": 2}}
  ],
  "groups": [{"need": "any", "of": [["TITLE"], ["CLIENT_ID", "COUNT"]], "name": "content", "error": "EMPTY"}]"#,
    );
    let Method { params, groups, .. } = &method;
    assert!(method.idempotent);
    assert_eq!(method.status, b24_spec::Status::Deprecated(Some("im.chat.get".to_owned())));
    assert!(params[0].required && !params[1].required);
    assert_eq!((params[0].inject, params[0].doc.as_str()), (Some(b24_spec::Inject::BotId), "The bot."));
    assert_eq!(params[1].default, Some("Chat".into()));
    let limit = params[1].limit.as_ref().unwrap();
    assert_eq!((limit.chars, limit.kb, limit.error.as_deref()), (Some(255), None, Some("TOO_LONG")));
    assert!(params[2].webhook_only && !params[1].webhook_only);
    assert!(params[3].read_only);
    assert_eq!(params[3].copy_of.as_deref(), Some("BOT_ID"));
    assert_eq!(params[3].until.as_ref().map(|until| until.revision), Some(2));
    assert_eq!(groups[0].need, b24_spec::Need::Any);
    assert_eq!(groups[0].of, [vec!["TITLE"], vec!["CLIENT_ID", "COUNT"]]);
    assert_eq!((groups[0].name.as_deref(), groups[0].error.as_deref()), (Some("content"), Some("EMPTY")));
}
