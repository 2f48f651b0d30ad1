//! The drive.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::Bot;

/// An application that may use the drive, and the root of the company's storage.
async fn drive() -> (Bot, Value) {
    let bot = Bot::install_with(&["disk"]).await;
    let storages = bot.ok("disk.storage.getList", json!({"filter": {"ENTITY_TYPE": "common"}})).await;
    let root = storages[0]["ROOT_OBJECT_ID"].clone();
    (bot, root)
}

impl Bot {
    async fn folder(&self, parent: &Value, name: &str) -> Value {
        let params = json!({"id": parent, "data": {"NAME": name}});
        self.ok("disk.folder.addSubFolder", params).await["ID"].take()
    }

    /// Uploads a text as a file and gives its id.
    async fn file(&self, folder: &Value, name: &str, text: &str) -> Value {
        self.ok("disk.folder.uploadFile", upload(folder, name, text)).await["ID"].take()
    }

    /// The names of what is in a folder.
    async fn names(&self, folder: &Value) -> Vec<String> {
        let params = json!({"id": folder, "order": {"NAME": "ASC"}});
        names(&self.ok("disk.folder.getChildren", params).await)
    }

    /// Calls a method in the name of somebody else.
    async fn call_as(&self, user: &b24_portal::User, method: &str, params: Value) -> (u16, Value) {
        let webhook = self.portal.webhook(user, ["disk", "im"]);
        self.post(&format!("{webhook}{method}"), &params).await
    }
}

fn upload(folder: &Value, name: &str, text: &str) -> Value {
    json!({"id": folder, "data": {"NAME": name}, "fileContent": [name, base64(text)]})
}

fn base64(text: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(text)
}

fn names(items: &Value) -> Vec<String> {
    let items = items.as_array().expect("a list");
    items.iter().map(|item| item["NAME"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn everybody_has_a_storage_and_an_administrator_sees_them_all() {
    let (bot, _) = drive().await;
    let ann = bot.portal.user("Ann Lee");

    let all = bot.ok("disk.storage.getList", json!({"order": {"ID": "ASC"}})).await;
    assert_eq!(names(&all), ["Company Drive", "You", "Ann Lee"]);
    let (_, hers) = bot.call_as(&ann, "disk.storage.getList", json!({})).await;
    assert_eq!(names(&hers["result"]), ["Company Drive", "Ann Lee"]);
    let mine = &all[1]["ID"];
    assert_eq!(bot.ok("disk.storage.get", json!({"id": mine})).await, all[1]);
    assert_eq!(bot.call_as(&ann, "disk.storage.get", json!({"id": mine})).await.1["error"], "ACCESS_DENIED");
    assert_eq!(bot.error("disk.storage.get", json!({"id": 999})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.ok("disk.storage.getTypes", json!({})).await, json!(["user", "common", "group"]));
}

#[tokio::test]
async fn a_workgroup_is_known_by_its_chat() {
    let bot = Bot::install_with(&["disk"]).await;
    let id = bot.add_bot("echo", json!({})).await;
    let (ann, bob) = (bot.portal.user("Ann Lee"), bot.portal.user("Bob Roe"));
    let chat =
        json!({"BOT_ID": id, "TITLE": "Ramp", "ENTITY_TYPE": "SONET_GROUP", "ENTITY_ID": "69", "USERS": [ann.id()]});
    bot.ok("imbot.chat.add", chat).await;

    let groups = json!({"filter": {"ENTITY_TYPE": "group"}});
    let (_, hers) = bot.call_as(&ann, "disk.storage.getList", groups.clone()).await;
    assert_eq!((&hers["result"][0]["NAME"], &hers["result"][0]["ENTITY_ID"]), (&json!("Ramp"), &json!("69")));
    assert_eq!(bot.call_as(&bob, "disk.storage.getList", groups).await.1["result"], json!([]));
}

#[tokio::test]
async fn an_application_has_a_storage_of_its_own_and_may_rename_it() {
    let (bot, _) = drive().await;

    let storage = bot.ok("disk.storage.getForApp", json!({})).await;
    assert_eq!((&storage["ENTITY_TYPE"], &storage["NAME"]), (&json!("restapp"), &json!("Test app")));
    assert_eq!(bot.ok("disk.storage.getForApp", json!({})).await, storage, "it is made once");
    let renamed = bot.ok("disk.storage.rename", json!({"id": storage["ID"], "newName": "Mine"})).await;
    assert_eq!(renamed["NAME"], "Mine");
    let common = bot.ok("disk.storage.getList", json!({})).await[0]["ID"].clone();
    assert_eq!(bot.error("disk.storage.rename", json!({"id": common, "newName": "Mine"})).await, "");
    let admin = bot.portal.admin();
    assert_eq!(bot.call_as(&admin, "disk.storage.getForApp", json!({})).await.1["error"], "ACCESS_DENIED");
}

#[tokio::test]
async fn an_id_of_one_kind_is_not_one_of_another() {
    let (bot, root) = drive().await;
    let file = bot.file(&root, "a.txt", "hi").await;
    let storage = bot.ok("disk.file.get", json!({"id": file})).await["STORAGE_ID"].clone();

    assert_eq!(bot.error("disk.folder.get", json!({"id": file})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.error("disk.file.get", json!({"id": root})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.error("disk.folder.get", json!({"id": storage})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.error("disk.storage.get", json!({"id": root})).await, "ERROR_NOT_FOUND");
}

#[tokio::test]
async fn a_name_is_there_once_whatever_its_letter_case() {
    let (bot, root) = drive().await;
    let folder = bot.folder(&root, "Reports").await;
    bot.file(&folder, "May.txt", "1").await;
    let june = bot.file(&folder, "June.txt", "2").await;

    let again = json!({"id": root, "data": {"NAME": "reports"}});
    assert_eq!(bot.error("disk.folder.addSubFolder", again).await, "DISK_OBJ_22000");
    assert_eq!(bot.error("disk.folder.uploadFile", upload(&folder, "MAY.txt", "3")).await, "DISK_OBJ_22000");
    assert_eq!(bot.error("disk.file.rename", json!({"id": june, "newName": "May.txt"})).await, "DISK_OBJ_22000");
    let renamed = bot.ok("disk.file.rename", json!({"id": june, "newName": "JUNE.txt"})).await;
    assert_eq!(renamed["NAME"], "JUNE.txt", "its own name is not in its way");
    let mut unique = upload(&folder, "May.txt", "3");
    unique["generateUniqueName"] = true.into();
    assert_eq!(bot.ok("disk.folder.uploadFile", unique).await["NAME"], "May (1).txt");
    assert_eq!(bot.names(&folder).await, ["JUNE.txt", "May (1).txt", "May.txt"]);
}

#[tokio::test]
async fn a_copy_is_another_file_and_a_folder_is_copied_with_all_that_is_in_it() {
    let (bot, root) = drive().await;
    let (from, to) = (bot.folder(&root, "From").await, bot.folder(&root, "To").await);
    let inner = bot.folder(&from, "Inner").await;
    let file = bot.file(&inner, "a.txt", "hi").await;

    let copy = bot.ok("disk.file.copyTo", json!({"id": file, "targetFolderId": to})).await;
    assert_ne!(copy["ID"], file);
    assert_eq!(bot.error("disk.file.copyTo", json!({"id": file, "targetFolderId": to})).await, "DISK_OBJ_22000");
    let tree = bot.ok("disk.folder.copyTo", json!({"id": from, "targetFolderId": to})).await;
    assert_eq!(bot.names(&tree["ID"]).await, ["Inner"]);
    // A folder can be copied into itself; what is new in it by then is not copied again.
    let within = bot.ok("disk.folder.copyTo", json!({"id": from, "targetFolderId": from})).await;
    assert_eq!(bot.names(&within["ID"]).await, ["Inner"]);
    assert_eq!(bot.error("disk.file.copyTo", json!({"id": file, "targetFolderId": 999})).await, "ERROR_NOT_FOUND");
}

#[tokio::test]
async fn an_object_moves_within_its_storage_only() {
    let (bot, root) = drive().await;
    let (from, to) = (bot.folder(&root, "From").await, bot.folder(&root, "To").await);
    let file = bot.file(&from, "a.txt", "hi").await;
    let mine = bot.ok("disk.storage.getForApp", json!({})).await["ROOT_OBJECT_ID"].clone();

    assert_eq!(bot.ok("disk.file.moveTo", json!({"id": file, "targetFolderId": to})).await["PARENT_ID"], to);
    assert_eq!(bot.ok("disk.file.moveTo", json!({"id": file, "targetFolderId": mine})).await, false);
    bot.file(&from, "A.TXT", "other").await;
    assert_eq!(bot.error("disk.file.moveTo", json!({"id": file, "targetFolderId": from})).await, "DISK_OBJ_22000");
    let inner = bot.folder(&to, "Inner").await;
    assert_eq!(bot.error("disk.folder.moveTo", json!({"id": to, "targetFolderId": inner})).await, "ERROR_ARGUMENT");
    assert_eq!(bot.error("disk.folder.moveTo", json!({"id": root, "targetFolderId": inner})).await, "");
}

#[tokio::test]
async fn what_lies_in_the_trash_is_in_no_list_and_comes_back_as_it_was() {
    let (bot, root) = drive().await;
    let folder = bot.folder(&root, "Plans").await;
    let file = bot.file(&folder, "a.txt", "hi").await;

    assert_eq!(bot.ok("disk.file.markDeleted", json!({"id": file})).await["DELETED_TYPE"], "3");
    assert!(bot.names(&folder).await.is_empty());
    // Its name is free meanwhile.
    bot.file(&folder, "a.txt", "new").await;
    let back = bot.ok("disk.file.restore", json!({"id": file})).await;
    assert_eq!((&back["NAME"], &back["DELETED_TYPE"]), (&json!("a (1).txt"), &json!("0")));
    assert!(back["DELETE_TIME"].is_string(), "when it was deleted stays");

    bot.ok("disk.folder.markDeleted", json!({"id": folder})).await;
    assert_eq!(bot.ok("disk.file.get", json!({"id": file})).await["DELETED_TYPE"], "4");
    bot.ok("disk.folder.restore", json!({"id": folder})).await;
    assert_eq!(bot.names(&folder).await, ["a (1).txt", "a.txt"]);
    assert_eq!(bot.error("disk.folder.markDeleted", json!({"id": root})).await, "DISK_OBJ_22000");
}

#[tokio::test]
async fn a_restored_file_brings_back_its_folder_alone() {
    let (bot, root) = drive().await;
    let folder = bot.folder(&root, "Plans").await;
    let (file, other) = (bot.file(&folder, "a.txt", "hi").await, bot.file(&folder, "b.txt", "ho").await);

    bot.ok("disk.folder.markDeleted", json!({"id": folder})).await;
    bot.ok("disk.file.restore", json!({"id": file})).await;
    assert_eq!(bot.names(&root).await, ["Plans"]);
    assert_eq!(bot.names(&folder).await, ["a.txt"]);
    assert_eq!(bot.ok("disk.file.get", json!({"id": other})).await["DELETED_TYPE"], "3");
}

#[tokio::test]
async fn the_trash_keeps_for_thirty_days() {
    let bot = Bot::install_with(&["disk"]).await;
    let webhook = bot.portal.webhook(&bot.portal.admin(), ["disk"]);
    let call = async |method: &str, params: Value| bot.post(&format!("{webhook}{method}"), &params).await.1;
    let root = call("disk.storage.getList", json!({})).await["result"][0]["ROOT_OBJECT_ID"].clone();
    let file = call("disk.folder.uploadFile", upload(&root, "a.txt", "hi")).await["result"]["ID"].clone();
    call("disk.file.markDeleted", json!({"id": file})).await;

    bot.portal.advance(Duration::from_hours(30 * 24));
    assert_eq!(call("disk.file.get", json!({"id": file})).await["result"]["DELETED_TYPE"], "3");
    bot.portal.advance(Duration::from_secs(2));
    assert_eq!(call("disk.file.restore", json!({"id": file})).await["error"], "ERROR_NOT_FOUND");
}

#[tokio::test]
async fn what_is_deleted_for_good_is_gone() {
    let (bot, root) = drive().await;
    let folder = bot.folder(&root, "Plans").await;
    let (file, other) = (bot.file(&folder, "a.txt", "hi").await, bot.file(&folder, "b.txt", "ho").await);

    assert_eq!(bot.ok("disk.file.delete", json!({"id": file})).await, true);
    assert_eq!(bot.error("disk.file.restore", json!({"id": file})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.ok("disk.folder.deleteTree", json!({"id": folder})).await, true);
    assert_eq!(bot.error("disk.file.get", json!({"id": other})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.error("disk.folder.deleteTree", json!({"id": root})).await, "DISK_OBJ_22000");
}

#[tokio::test]
async fn every_content_of_a_file_is_kept_as_a_version() {
    let (bot, root) = drive().await;
    let file = bot.file(&root, "a.txt", "one").await;
    let other = bot.file(&root, "b.txt", "other").await;
    let new = json!({"id": file, "fileContent": ["x.txt", base64("three")]});

    let changed = bot.ok("disk.file.uploadVersion", new).await;
    assert_eq!(
        (&changed["NAME"], &changed["GLOBAL_CONTENT_VERSION"], &changed["SIZE"]),
        (&json!("a.txt"), &json!("2"), &json!("5"))
    );
    let versions = bot.ok("disk.file.getVersions", json!({"id": file})).await;
    let numbers: Vec<_> = versions.as_array().expect("a list").iter().map(|version| &version["SIZE"]).collect();
    assert_eq!(numbers, ["5", "3"], "the newest comes first");
    let first = &versions[1]["ID"];
    assert_eq!(bot.ok("disk.version.get", json!({"id": first})).await["OBJECT_ID"], file);
    let restored = bot.ok("disk.file.restoreFromVersion", json!({"id": file, "versionId": first})).await;
    assert_eq!((&restored["GLOBAL_CONTENT_VERSION"], &restored["SIZE"]), (&json!("3"), &json!("3")));
    let wrong = json!({"id": other, "versionId": first});
    assert_eq!(bot.error("disk.file.restoreFromVersion", wrong).await, "DISK_FILE_22004");
    let small = json!({"id": file, "filter": {"<SIZE": 5}});
    assert_eq!(bot.ok("disk.file.getVersions", small).await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn rights_are_given_with_the_upload_and_hold_for_all_that_is_in_a_folder() {
    let (bot, _) = drive().await;
    let ann = bot.portal.user("Ann Lee");
    let mine = bot.ok("disk.storage.getList", json!({"filter": {"ENTITY_ID": "1"}})).await[0].clone();
    let storage = mine["ID"].clone();
    let rights = |task: u64| json!([{"TASK_ID": task, "ACCESS_CODE": format!("U{}", ann.id())}]);

    let params = json!({"id": storage, "data": {"NAME": "Ours"}, "rights": rights(71)});
    let folder = bot.ok("disk.storage.addFolder", params).await["ID"].clone();
    let file = bot.file(&folder, "a.txt", "hi").await;
    assert_eq!(bot.call_as(&ann, "disk.file.get", json!({"id": file})).await.0, 200);
    let rename = json!({"id": file, "newName": "b.txt"});
    assert_eq!(bot.call_as(&ann, "disk.file.rename", rename.clone()).await.1["error"], "ACCESS_DENIED");
    let mut edited = upload(&folder, "c.txt", "hi");
    edited["rights"] = rights(75);
    let other = bot.ok("disk.folder.uploadFile", edited).await["ID"].clone();
    let (status, _) = bot.call_as(&ann, "disk.file.rename", json!({"id": other, "newName": "d.txt"})).await;
    assert_eq!(status, 200, "what is given to the file comes on top");
    let (_, answer) = bot.call_as(&ann, "disk.file.delete", json!({"id": other})).await;
    assert_eq!(answer["error"], "ACCESS_DENIED", "only full access deletes for good");
    let mut wrong = upload(&folder, "e.txt", "hi");
    wrong["rights"] = json!([{"TASK_ID": 5, "ACCESS_CODE": "X1"}]);
    assert_eq!(bot.error("disk.folder.uploadFile", wrong).await, "");
}

#[tokio::test]
async fn nobody_shares_more_than_they_have() {
    let (bot, _) = drive().await;
    let (ann, bob) = (bot.portal.user("Ann Lee"), bot.portal.user("Bob Roe"));
    let mine = bot.ok("disk.storage.getList", json!({"filter": {"ENTITY_ID": "1"}})).await[0]["ROOT_OBJECT_ID"].clone();
    let folder = bot.folder(&mine, "Ours").await;
    let share = |user: &b24_portal::User, level: &str| json!({"id": folder, "userId": user.id(), "taskName": level});

    bot.ok("disk.folder.shareToUser", share(&ann, "disk_access_read")).await;
    let (_, answer) = bot.call_as(&ann, "disk.folder.shareToUser", share(&bob, "disk_access_edit")).await;
    assert_eq!(answer["error"], "ACCESS_DENIED");
    let (status, _) = bot.call_as(&ann, "disk.folder.shareToUser", share(&bob, "disk_access_read")).await;
    assert_eq!(status, 200);
    assert_eq!(bot.call_as(&bob, "disk.folder.get", json!({"id": folder})).await.0, 200);
    assert_eq!(bot.error("disk.folder.shareToUser", share(&ann, "disk_access_all")).await, "ACCESS_DENIED");
    let tasks = bot.ok("disk.rights.getTasks", json!({})).await;
    assert_eq!(tasks[0], json!({"ID": "79", "NAME": "disk_access_full", "TITLE": "Full access"}));
}

#[tokio::test]
async fn a_list_is_filtered_sorted_and_paged() {
    let (bot, root) = drive().await;
    let folder = bot.folder(&root, "Many").await;
    for number in 0..60 {
        bot.file(&folder, &format!("report-{number:02}.txt"), "x").await;
    }
    let list = async |more: Value| {
        let mut params = json!({"id": folder, "order": {"NAME": "DESC"}});
        params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        bot.call("disk.folder.getChildren", params).await.1
    };

    let first = list(json!({})).await;
    assert_eq!((&first["total"], &first["next"]), (&json!(60), &json!(50)));
    assert_eq!(first["result"][0]["NAME"], "report-59.txt");
    let second = list(json!({"start": 50})).await;
    assert_eq!((names(&second["result"]).len(), second.get("next")), (10, None));
    let cases = [
        (json!({"%NAME": "-0"}), 10),
        (json!({"=%NAME": "report-1%"}), 10),
        (json!({"NAME": "REPORT-07.txt"}), 1),
        (json!({"!NAME": "report-07.txt"}), 59),
        (json!({"@NAME": ["report-07.txt", "report-08.txt", "report-99.txt"]}), 2),
        (json!({"!@NAME": ["report-07.txt"], "%NAME": "-0"}), 9),
        (json!({"TYPE": "folder"}), 0),
        (json!({">=CREATE_TIME": "2000-01-01T00:00:00+03:00"}), 60),
        (json!({"<CREATE_TIME": "2000-01-01T00:00:00+03:00"}), 0),
        (json!({"SIZE": 12345}), 60),
    ];
    for (filter, expected) in cases {
        assert_eq!(list(json!({"filter": filter})).await["total"], expected, "{filter}");
    }
}

#[tokio::test]
async fn a_search_finds_names_and_words_of_what_the_caller_may_read() {
    let (bot, root) = drive().await;
    let ann = bot.portal.user("Ann Lee");
    let mine = bot.ok("disk.storage.getList", json!({"filter": {"ENTITY_ID": "1"}})).await[0]["ROOT_OBJECT_ID"].clone();
    let folder = bot.folder(&root, "Budget").await;
    bot.file(&folder, "plan.txt", "the budget of May").await;
    bot.file(&mine, "budget.pdf", "%PDF").await;
    let trashed = bot.file(&root, "old budget.txt", "x").await;
    bot.ok("disk.file.markDeleted", json!({"id": trashed})).await;

    let search = |more: Value| {
        let mut params = json!({"QUERY": "  budget "});
        params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        params
    };
    let found = bot.ok("disk.file.search", search(json!({"TYPE": "all"}))).await;
    assert_eq!(names(&found), ["budget.pdf", "plan.txt", "Budget"], "what was changed last comes first");
    let (_, hers) = bot.call_as(&ann, "disk.file.search", search(json!({}))).await;
    assert_eq!(names(&hers["result"]), ["plan.txt"]);
    assert!(hers.get("total").is_none());
    let within = search(json!({"FILTER": {"FOLDER_ID": folder}, "TYPE": "all"}));
    assert_eq!(names(&bot.ok("disk.file.search", within).await), ["plan.txt"]);

    for (params, code) in [
        (json!({"QUERY": " ab  "}), "INVALID_QUERY"),
        (json!({}), "ERROR_ARGUMENT"),
        (search(json!({"TYPE": "picture"})), "INVALID_TYPE"),
        (search(json!({"FILTER": {"NAME": "x"}})), "INVALID_FILTER"),
        (search(json!({"FILTER": {"STORAGE_ID": 999}})), "NOT_FOUND"),
    ] {
        assert_eq!(bot.error("disk.file.search", params.clone()).await, code, "{params}");
    }
}

#[tokio::test]
async fn the_fields_say_what_lists_can_be_filtered_by() {
    let (bot, _) = drive().await;
    let fields = bot.ok("disk.file.getFields", json!({})).await;
    assert_eq!(fields["SIZE"], json!({"TYPE": "integer", "USE_IN_FILTER": false, "USE_IN_SHOW": true}));
    assert_eq!(bot.ok("disk.folder.getFields", json!({})).await.as_object().map(serde_json::Map::len), Some(14));
    assert_eq!(bot.ok("disk.storage.getFields", json!({})).await.as_object().map(serde_json::Map::len), Some(7));
}

#[tokio::test]
async fn what_is_attached_elsewhere_is_known_by_its_tie() {
    let (bot, root) = drive().await;
    let file = bot.file(&root, "a.txt", "hi").await;
    let id: u64 = file.as_str().and_then(|id| id.parse().ok()).expect("an id");

    let tie = bot.portal.attach(id, "tasks", "tasks_task", 3845).expect("a tie");
    let attached = bot.ok("disk.attachedObject.get", json!({"id": tie})).await;
    assert_eq!((&attached["OBJECT_ID"], &attached["ENTITY_ID"]), (&file, &json!("3845")));
    assert_eq!(bot.error("disk.attachedObject.get", json!({"id": id})).await, "ERROR_NOT_FOUND");
    assert!(bot.portal.attach(999, "tasks", "tasks_task", 1).is_none());
}
