use serde_json::{Value, json};

use crate::bot::{Bot, extend, fetch};

/// Where nobody needs to listen.
const PAGE: &str = "https://app.example/page?tab=1";

async fn app() -> Bot {
    Bot::install_with(&["placement"]).await
}

fn at(place: &str, more: Value) -> Value {
    let mut params = json!({"PLACEMENT": place, "HANDLER": PAGE, "TITLE": "My page"});
    extend(&mut params, more);
    params
}

fn icon() -> Value {
    json!({"OPTIONS": {"iconName": "fa-cloud"}})
}

impl Bot {
    /// The error of a call, whatever its status.
    async fn refusal(&self, method: &str, params: Value) -> (u16, String) {
        let (status, answer) = self.call(method, params).await;
        (status, answer["error"].as_str().unwrap_or_default().to_owned())
    }

    /// What the page shows of placements to a user.
    async fn pages_of(&self, user: u64) -> Value {
        let url = format!("{}/portal/state?user={user}", self.portal.url());
        let state: Value = fetch(url).await.expect("an answer").json().await.expect("JSON");
        state["placements"].clone()
    }
}

#[tokio::test]
async fn a_page_is_bound_with_its_texts_and_settings() {
    let bot = app().await;
    let texts = json!({"de": {"TITLE": "Seite", "GROUP_NAME": "Gruppe"}});
    assert_eq!(bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({"LANG_ALL": texts}))).await, true);

    let expected = json!([{
        "placement": "IM_CONTEXT_MENU",
        "userId": 0,
        "handler": PAGE,
        "options": {"extranet": "N", "context": "ALL", "role": "USER"},
        "title": "My page",
        "description": "",
        "langAll": {
            "de": {"TITLE": "Seite", "DESCRIPTION": "", "GROUP_NAME": "Gruppe"},
            "en": {"TITLE": "My page", "DESCRIPTION": "", "GROUP_NAME": ""},
        },
    }]);
    assert_eq!(bot.ok("placement.get", json!({})).await, expected);
}

#[tokio::test]
async fn a_place_must_exist_and_belong_to_a_scope_of_the_application() {
    let bot = app().await;
    for place in ["NOWHERE", "SETTING_CONNECTOR", "CRM_DEAL_DETAIL_TAB", "CRM_DYNAMIC_X_DETAIL_TAB"] {
        assert_eq!(bot.error("placement.bind", at(place, json!({}))).await, "ERROR_PLACEMENT_NOT_FOUND", "{place}");
    }
    let crm = Bot::install_with(&["placement", "crm"]).await;
    for place in ["CRM_DEAL_DETAIL_TAB", "CRM_DYNAMIC_183_DETAIL_TAB"] {
        assert_eq!(crm.ok("placement.bind", at(place, json!({}))).await, true, "{place}");
    }
}

#[tokio::test]
async fn a_place_and_an_address_are_needed() {
    let bot = app().await;
    assert_eq!(bot.error("placement.bind", json!({"HANDLER": PAGE})).await, "ERROR_ARGUMENT");
    assert_eq!(bot.error("placement.bind", json!({"PLACEMENT": "LEFT_MENU"})).await, "ERROR_ARGUMENT");
    for (handler, code) in [
        ("page", "ERROR_WRONG_HANDLER_URL"),
        ("/page", "ERROR_WRONG_HANDLER_URL"),
        ("https://", "ERROR_WRONG_HANDLER_URL"),
        ("ftp://app.example/", "ERROR_UNSUPPORTED_PROTOCOL"),
    ] {
        let params = json!({"PLACEMENT": "LEFT_MENU", "HANDLER": handler});
        assert_eq!(bot.error("placement.bind", params).await, code, "{handler}");
    }
}

#[tokio::test]
async fn places_of_the_messenger_need_an_icon() {
    let bot = app().await;
    for place in ["IM_TEXTAREA", "IM_SIDEBAR", "IM_NAVIGATION"] {
        assert_eq!(bot.error("placement.bind", at(place, json!({}))).await, "ERROR_ARGUMENT", "{place}");
        let without = json!({"OPTIONS": {"role": "ADMIN"}});
        assert_eq!(bot.error("placement.bind", at(place, without)).await, "ERROR_ARGUMENT", "{place}");
        assert_eq!(bot.ok("placement.bind", at(place, icon())).await, true, "{place}");
    }
    for place in ["IM_CONTEXT_MENU", "IM_SMILES_SELECTOR", "IMMOBILE_CONTEXT_MENU"] {
        assert_eq!(bot.ok("placement.bind", at(place, json!({}))).await, true, "{place}");
    }
}

#[tokio::test]
async fn settings_are_words_that_the_place_knows() {
    let bot = app().await;
    for (option, value, code) in [
        ("context", "USER;MOON", "INVALID_ERROR_CONTEXT"),
        ("extranet", "maybe", "INVALID_ERROR_EXTRANET"),
        ("role", "KING", "INVALID_ERROR_ROLE"),
    ] {
        for place in ["IM_CONTEXT_MENU", "IM_TEXTAREA"] {
            let params = at(place, json!({"OPTIONS": {"iconName": "fa-cloud", option: value}}));
            assert_eq!(bot.error("placement.bind", params).await, code, "{place}");
        }
    }
    let options = json!({"OPTIONS": {"iconName": "fa-cloud", "context": "USER;ALL", "width": 50, "nonsense": 1}});
    bot.ok("placement.bind", at("IM_TEXTAREA", options)).await;
    let kept =
        json!({"iconName": "fa-cloud", "extranet": "N", "context": "ALL", "role": "USER", "width": 50, "height": 100});
    assert_eq!(bot.ok("placement.get", json!({})).await[0]["options"], kept);

    bot.ok("placement.bind", at("LEFT_MENU", json!({"OPTIONS": {"role": "ADMIN"}}))).await;
    assert_eq!(
        bot.ok("placement.get", json!({})).await[1]["options"],
        json!([]),
        "a place without settings keeps none"
    );
}

#[tokio::test]
async fn a_background_page_is_single_and_may_be_for_one_user() {
    let bot = app().await;
    let place = "PAGE_BACKGROUND_WORKER";
    let worker = |user: u64| {
        let options =
            json!({"OPTIONS": {"errorHandlerUrl": "https://app.example/errors", "role": "ADMIN"}, "USER_ID": user});
        at(place, options)
    };
    assert_eq!(bot.refusal("placement.bind", at(place, json!({}))).await, (200, "EMPTY_ERROR_HANDLER_URL".to_owned()));

    bot.ok("placement.bind", worker(0)).await;
    bot.ok("placement.bind", worker(1)).await;
    let taken = (200, "ERROR_PLACEMENT_MAX_COUNT".to_owned());
    assert_eq!(bot.refusal("placement.bind", worker(1)).await, taken);
    let bound = bot.ok("placement.get", json!({})).await;
    assert_eq!(bound[1]["userId"], 1);
    assert_eq!(bound[1]["options"], json!({"errorHandlerUrl": "https://app.example/errors"}));

    bot.ok("placement.bind", at("REST_APP_URI", json!({}))).await;
    assert_eq!(bot.refusal("placement.bind", at("REST_APP_URI", json!({}))).await, taken);
    let for_one = at("LEFT_MENU", json!({"USER_ID": 1}));
    assert_eq!(bot.refusal("placement.bind", for_one).await, (200, "ERROR_PLACEMENT_USER_MODE".to_owned()));
}

#[tokio::test]
async fn a_place_takes_several_pages_but_none_twice() {
    let bot = app().await;
    bot.ok("placement.bind", at("LEFT_MENU", json!({}))).await;
    bot.ok("placement.bind", at("LEFT_MENU", json!({"TITLE": "Another"}))).await;
    assert_eq!(bot.error("placement.bind", at("LEFT_MENU", json!({}))).await, "ERROR_CORE");
}

#[tokio::test]
async fn each_page_that_is_unbound_counts_twice() {
    let bot = app().await;
    let other = "https://app.example/other";
    bot.ok("placement.bind", at("LEFT_MENU", json!({}))).await;
    bot.ok("placement.bind", at("LEFT_MENU", json!({"HANDLER": other}))).await;
    bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({}))).await;
    let unbind = async |params: Value| bot.ok("placement.unbind", params).await["count"].clone();

    assert_eq!(unbind(json!({"PLACEMENT": "LEFT_MENU", "HANDLER": "https://app.example/none"})).await, 0);
    assert_eq!(unbind(json!({"PLACEMENT": "LEFT_MENU", "HANDLER": other})).await, 2);
    bot.ok("placement.bind", at("LEFT_MENU", json!({"HANDLER": other}))).await;
    assert_eq!(unbind(json!({"PLACEMENT": "LEFT_MENU"})).await, 4, "all of the place");
    assert_eq!(bot.ok("placement.get", json!({})).await.as_array().map(Vec::len), Some(1));
    assert_eq!(bot.error("placement.unbind", json!({})).await, "ERROR_ARGUMENT");
}

#[tokio::test]
async fn places_are_listed_by_scope() {
    let bot = app().await;
    let list = async |params: Value| bot.ok("placement.list", params).await;
    let has = |list: &Value, place: &str| list.as_array().expect("places").iter().any(|known| known == place);

    let own = list(json!({})).await;
    assert!(has(&own, "LEFT_MENU") && has(&own, "IM_TEXTAREA") && !has(&own, "TASK_VIEW_TAB"), "{own}");
    assert!(has(&list(json!({"FULL": true})).await, "TASK_VIEW_TAB"));
    let telephony = list(json!({"SCOPE": "telephony", "FULL": true})).await;
    assert_eq!(telephony, json!(["CALL_CARD", "TELEPHONY_ANALYTICS_MENU"]));
    assert!(!has(&list(json!({"SCOPE": "im"})).await, "IM_SMILES_SELECTOR"));
}

#[tokio::test]
async fn only_administrators_bind_pages() {
    let bot = app().await;
    let ann = bot.member("Ann Lee").await;
    let denied = (403, "ACCESS_DENIED".to_owned());
    for (method, params) in [
        ("placement.bind", at("LEFT_MENU", json!({}))),
        ("placement.get", json!({})),
        ("placement.unbind", json!({"PLACEMENT": "LEFT_MENU"})),
    ] {
        assert_eq!(ann.refused(method, params).await, denied, "{method}");
    }
    ann.ok("placement.list", json!({})).await;
}

#[tokio::test]
async fn pages_go_with_their_application_and_with_its_version() {
    let bot = app().await;
    bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({}))).await;
    assert_eq!(bot.pages_of(1).await[0]["title"], "My page");
    bot.portal.update_app(&bot.app.client_id, 2).await.expect("an update");
    assert_eq!(bot.pages_of(1).await, json!([]));

    bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({}))).await;
    bot.portal.uninstall(&bot.app.client_id).await.expect("an uninstall");
    assert_eq!(bot.pages_of(1).await, json!([]));
}

#[tokio::test]
async fn a_page_is_seen_by_whom_it_is_meant_for() {
    let bot = app().await;
    let (ann, guest) = (bot.portal.user("Ann Lee").id().0, bot.portal.guest("Guy Out").id().0);
    let titles = async |user: u64| {
        let pages = bot.pages_of(user).await;
        pages.as_array().expect("pages").iter().map(|page| page["title"].clone()).collect::<Vec<_>>()
    };
    for (title, options) in
        [("all", json!({})), ("admins", json!({"role": "ADMIN"})), ("guests", json!({"extranet": "Y"}))]
    {
        bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({"TITLE": title, "OPTIONS": options}))).await;
    }

    assert_eq!(titles(1).await, ["all", "admins", "guests"]);
    assert_eq!(titles(ann).await, ["all", "guests"]);
    assert_eq!(titles(guest).await, ["guests"]);
}

#[tokio::test]
async fn a_page_is_opened_by_a_post_with_its_context() {
    let bot = app().await;
    let chat = bot.portal.admin().group("Project", []).await.expect("a chat");
    let message = chat.say("hi").await.expect("a message").id();
    bot.ok("placement.bind", at("IM_CONTEXT_MENU", json!({"OPTIONS": {"context": "CHAT"}}))).await;
    let id = bot.pages_of(1).await[0]["id"].clone();
    let open = async |dialog: String| {
        let question = json!({"user": 1, "placement": id, "dialog": dialog, "message": message});
        bot.post(&format!("{}/portal/place", bot.portal.url()), &question).await
    };

    let (status, told) = open(format!("chat{}", chat.id())).await;
    assert_eq!(status, 200, "{told}");
    let sid = told["sid"].as_str().expect("a sid");
    let query = format!("&DOMAIN={}&PROTOCOL=0&LANG=en&APP_SID={sid}", bot.portal.domain().replace(':', "%3A"));
    assert_eq!(told["url"], format!("{PAGE}{query}"));
    let (fields, facts) = (&told["fields"], &told["init"]);
    assert_eq!((&fields["PLACEMENT"], &fields["status"]), (&json!("IM_CONTEXT_MENU"), &json!("L")));
    assert_eq!(fields["APPLICATION_TOKEN"], bot.app.application_token);
    let context =
        json!({"messageId": message.to_string(), "dialogId": format!("chat{}", chat.id()), "URI": "/online/"});
    assert_eq!(fields["PLACEMENT_OPTIONS"], context.to_string());
    assert_eq!((&facts["PLACEMENT_OPTIONS"], &facts["IS_ADMIN"]), (&context, &json!(true)));
    let token = fields["AUTH_ID"].as_str().expect("a token");
    let url = format!("{}/rest/profile?auth={token}", bot.portal.url());
    assert_eq!(bot.get(&url).await.1["result"]["ID"], "1", "the token is that of whoever opened it");

    let with_bot = bot.add_bot("echo", json!({})).await;
    assert_eq!(open(with_bot.to_string()).await.0, 409, "it is for group chats");
}

#[tokio::test]
async fn a_type_of_fields_is_added_changed_and_deleted() {
    let bot = app().await;
    let ty = json!({"USER_TYPE_ID": "phone", "HANDLER": PAGE, "TITLE": "Phone"});
    assert_eq!(bot.ok("userfieldtype.add", ty.clone()).await, true);
    let listed = bot.call("userfieldtype.list", json!({})).await.1;
    let row = json!({"USER_TYPE_ID": "phone", "HANDLER": PAGE, "TITLE": "Phone", "DESCRIPTION": ""});
    assert_eq!((&listed["result"], &listed["total"]), (&json!([row]), &json!(1)));

    let change = json!({"USER_TYPE_ID": "phone", "HANDLER": PAGE, "TITLE": "Call", "DESCRIPTION": "Calls"});
    assert_eq!(bot.ok("userfieldtype.update", change).await, true);
    assert_eq!(bot.ok("userfieldtype.list", json!({})).await[0]["TITLE"], "Call");
    assert_eq!(bot.ok("userfieldtype.delete", json!({"USER_TYPE_ID": "phone"})).await, true);
    assert_eq!(bot.error("userfieldtype.delete", json!({"USER_TYPE_ID": "phone"})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.error("userfieldtype.update", ty).await, "ERROR_NOT_FOUND");
}

#[tokio::test]
async fn a_type_of_fields_has_a_code_and_an_address_of_its_own() {
    let bot = app().await;
    let ty = |code: &str, handler: &str| json!({"USER_TYPE_ID": code, "HANDLER": handler});
    bot.ok("userfieldtype.add", ty("phone", PAGE)).await;

    assert_eq!(bot.error("userfieldtype.add", ty("phone", "https://app.example/2")).await, "ERROR_CORE");
    assert_eq!(bot.error("userfieldtype.add", ty("fax", PAGE)).await, "ERROR_CORE");
    for (code, handler) in [("", PAGE), ("fax", ""), ("fax", "page"), ("Fax!", "https://app.example/2")] {
        assert_eq!(bot.error("userfieldtype.add", ty(code, handler)).await, "ERROR_ARGUMENT", "{code} {handler}");
    }
    // With `rest_1_` before it the code may have fifty letters.
    bot.ok("userfieldtype.add", ty(&"x".repeat(43), "https://app.example/3")).await;
    assert_eq!(bot.error("userfieldtype.add", ty(&"y".repeat(44), "https://app.example/4")).await, "ERROR_ARGUMENT");
}
