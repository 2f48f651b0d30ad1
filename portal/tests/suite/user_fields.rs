use serde_json::{Value, json};

use crate::{
    bot::{Bot, fetch},
    person::Person,
};

async fn admin() -> Person {
    Person::admin(&["user", "user.userfield"]).await
}

impl Person {
    async fn field(&self, name: &str, kind: &str, more: Value) -> u64 {
        let mut fields = json!({"FIELD_NAME": name, "USER_TYPE_ID": kind});
        crate::bot::extend(&mut fields, more);
        self.ok("user.userfield.add", json!({"fields": fields})).await.as_u64().expect("a field id")
    }
}

#[tokio::test]
async fn the_name_of_a_field_gets_what_own_fields_begin_with() {
    let admin = admin().await;
    for name in ["deals", "UF_TASKS", "UF_USR_MAIL"] {
        admin.field(name, "string", json!({})).await;
    }
    let fields = admin.answer("user.userfield.list", json!({})).await;
    let names: Vec<&Value> =
        fields["result"].as_array().expect("fields").iter().map(|field| &field["FIELD_NAME"]).collect();
    assert_eq!(names, ["UF_USR_DEALS", "UF_USR_TASKS", "UF_USR_MAIL"]);
    assert_eq!(fields["total"], 3);
}

#[tokio::test]
async fn a_field_has_the_settings_of_its_type() {
    let admin = admin().await;
    admin.field("text", "string", json!({"SORT": 50, "SHOW_FILTER": "Y", "SETTINGS": {"ROWS": 3}})).await;
    admin.field("flag", "boolean", json!({})).await;
    admin.field("crm", "crm", json!({})).await;
    admin.field("list", "enumeration", json!({})).await;

    let fields = admin.ok("user.userfield.list", json!({"order": {"ID": "asc"}})).await;
    let expected = json!({
        "ID": "1", "ENTITY_ID": "USER", "FIELD_NAME": "UF_USR_TEXT", "USER_TYPE_ID": "string", "XML_ID": null,
        "SORT": "50", "MULTIPLE": "N", "MANDATORY": "N", "SHOW_FILTER": "E", "SHOW_IN_LIST": "Y", "EDIT_IN_LIST": "Y",
        "IS_SEARCHABLE": "N", "SETTINGS": {"DEFAULT_VALUE": "", "ROWS": 3},
    });
    assert_eq!(fields[0], expected);
    assert_eq!(fields[1]["SETTINGS"], json!({"DEFAULT_VALUE": 0, "DISPLAY": "CHECKBOX"}));
    assert_eq!(fields[2]["SETTINGS"], json!({"LEAD": "Y", "CONTACT": "N", "COMPANY": "N", "DEAL": "N"}));
    assert_eq!(fields[3]["LIST"], json!([]));
}

#[tokio::test]
async fn a_field_needs_a_name_of_its_own_and_a_known_type() {
    let admin = admin().await;
    admin.field("skills", "string", json!({})).await;
    let add = |fields: Value| json!({"fields": fields});

    assert_eq!(admin.error("user.userfield.add", add(json!({"USER_TYPE_ID": "string"}))).await, "");
    assert_eq!(admin.error("user.userfield.add", add(json!({"FIELD_NAME": "a"}))).await, "ERROR_ARGUMENT");
    let taken = json!({"FIELD_NAME": "UF_USR_SKILLS", "USER_TYPE_ID": "integer"});
    assert_eq!(admin.error("user.userfield.add", add(taken)).await, "ERROR_CORE");
    let unknown = json!({"FIELD_NAME": "a", "USER_TYPE_ID": "rest_1_phone"});
    assert_eq!(admin.error("user.userfield.add", add(unknown)).await, "ERROR_CORE");
}

#[tokio::test]
async fn a_field_may_have_a_type_of_an_application() {
    let bot = Bot::install_with(&["placement", "user.userfield"]).await;
    bot.ok("userfieldtype.add", json!({"USER_TYPE_ID": "phone", "HANDLER": "https://app.example/"})).await;
    let app = bot.ok("app.info", json!({})).await["ID"].clone();
    let fields = json!({"FIELD_NAME": "phone", "USER_TYPE_ID": format!("rest_{app}_phone")});
    bot.ok("user.userfield.add", json!({"fields": fields})).await;
}

#[tokio::test]
async fn a_refusal_about_fields_may_have_no_code() {
    let admin = admin().await;
    for id in [json!(null), json!(0), json!("x"), json!(77)] {
        assert_eq!(admin.error("user.userfield.update", json!({"id": id, "fields": {"SORT": 1}})).await, "", "{id}");
        assert_eq!(admin.error("user.userfield.delete", json!({"id": id})).await, "", "{id}");
    }
    let ann = Person::with_scopes(admin.portal(), admin.portal().user("Ann Lee"), &["user.userfield"]);
    assert_eq!(ann.error("user.userfield.list", json!({})).await, "");
}

#[tokio::test]
async fn a_field_is_changed_but_for_its_type() {
    let admin = admin().await;
    let id = admin.field("skills", "string", json!({})).await;
    let change = json!({"SORT": 7, "MANDATORY": "Y", "SETTINGS": {"DEFAULT_VALUE": "none"}});
    assert_eq!(admin.ok("user.userfield.update", json!({"id": id, "fields": change})).await, true);

    let field = &admin.ok("user.userfield.list", json!({"filter": {"MANDATORY": "Y"}})).await[0];
    assert_eq!((&field["SORT"], &field["SETTINGS"]), (&json!("7"), &json!({"DEFAULT_VALUE": "none", "ROWS": 1})));
}

#[tokio::test]
async fn profiles_hold_values_until_the_field_is_deleted() {
    let admin = admin().await;
    let id = admin.field("skills", "string", json!({"MULTIPLE": "Y"})).await;
    admin.ok("user.update", json!({"ID": 1, "UF_USR_SKILLS": ["cooking"], "UF_USR_NONE": "x"})).await;

    let me = admin.ok("user.current", json!({})).await;
    assert_eq!((&me["UF_USR_SKILLS"], me.get("UF_USR_NONE")), (&json!(["cooking"]), None));
    let found = admin.ok("user.get", json!({"FILTER": {"UF_USR_SKILLS": "cooking"}, "select": ["UF_*"]})).await;
    assert_eq!(found[0]["UF_USR_SKILLS"], json!(["cooking"]));
    let brief = Person::with_scopes(admin.portal(), admin.portal().admin(), &["user_brief"]);
    assert_eq!(brief.ok("user.current", json!({})).await.get("UF_USR_SKILLS"), None);
    let both = Person::with_scopes(admin.portal(), admin.portal().admin(), &["user_brief", "user.userfield"]);
    assert_eq!(both.ok("user.current", json!({})).await["UF_USR_SKILLS"], json!(["cooking"]));

    assert_eq!(admin.ok("user.userfield.delete", json!({"id": id})).await, true);
    assert_eq!(admin.ok("user.current", json!({})).await.get("UF_USR_SKILLS"), None);
}

#[tokio::test]
async fn a_file_in_a_field_is_answered_itself() {
    let admin = admin().await;
    let webhook = admin.portal().webhook(&admin.portal().admin(), ["user.userfield"]);
    admin.field("photo", "file", json!({})).await;
    admin.ok("user.update", json!({"ID": 1, "UF_USR_PHOTO": ["a b.txt", "aGVsbG8="]})).await;

    let file = &admin.ok("user.current", json!({})).await["UF_USR_PHOTO"];
    let data = &file["downloadData"];
    assert_eq!((&data["id"], &data["field"], &data["value"]), (&json!(1), &json!("UF_USR_PHOTO"), &file["id"]));
    let url = format!("{webhook}user.userfield.file.get?id=1&field=UF_USR_PHOTO&value={}", file["id"]);
    let answer = fetch(url).await.expect("an answer");
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename*=UTF-8''a%20b%2Etxt");
    assert_eq!(answer.text().await.expect("the file"), "hello");
    assert_eq!(admin.error("user.userfield.file.get", json!({"id": 1, "field": "UF_USR_PHOTO", "value": 9})).await, "");
}
