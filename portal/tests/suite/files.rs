//! Files on their way to the drive, into chats, and back.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Bot, fetch, http};

/// A picture of 2 × 1 pixels.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGP4z8DwHwyBNAAz1AX7fLGPtAAAAABJRU5ErkJggg==";

async fn drive() -> (Bot, Value) {
    let bot = Bot::install_with(&["disk"]).await;
    let root = bot.ok("disk.storage.getForApp", json!({})).await["ROOT_OBJECT_ID"].take();
    (bot, root)
}

/// What stands at an address: its kind, its disposition and its text.
async fn load(url: &Value) -> (String, String, String) {
    let response = fetch(url.as_str().expect("an address")).await.expect("an answer");
    let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(response.status(), 200);
    let (kind, way) = (header("content-type"), header("content-disposition"));
    (kind, way, response.text().await.expect("text"))
}

#[tokio::test]
async fn a_file_comes_with_the_call_in_any_form() {
    let (bot, root) = drive().await;
    let url = format!("{}/rest/disk.folder.uploadFile", bot.portal.url());
    let named =
        |name: &str| vec![("id", root.as_str().unwrap_or_default().to_owned()), ("data[NAME]", name.to_owned())];

    let pair = json!({"id": root, "data": {"NAME": "1.txt"}, "fileContent": ["x.txt", "aGVsbG8="]});
    let mut files = vec![bot.ok("disk.folder.uploadFile", pair).await];
    let text = json!({"id": root, "data": {"NAME": "2.txt"}, "fileContent": "aGVsbG8="});
    files.push(bot.ok("disk.folder.uploadFile", text).await);
    let mut form = named("3.txt");
    form.extend([("fileContent[0]", "x.txt".to_owned()), ("fileContent[1]", "aGVsbG8=".to_owned())]);
    form.push(("auth", bot.token().to_owned()));
    let answer: Value = http().post(&url).form(&form).send().await.expect("an answer").json().await.expect("JSON");
    files.push(answer["result"].clone());
    let part = reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("x.txt");
    let mut form = reqwest::multipart::Form::new().text("auth", bot.token().to_owned()).part("fileContent", part);
    for (name, value) in named("4.txt") {
        form = form.text(name, value);
    }
    let answer: Value = http().post(&url).multipart(form).send().await.expect("an answer").json().await.expect("JSON");
    files.push(answer["result"].clone());

    for (index, file) in files.iter().enumerate() {
        assert_eq!(file["NAME"], format!("{}.txt", index + 1), "{file}");
        let (kind, way, text) = load(&file["DOWNLOAD_URL"]).await;
        assert_eq!((kind.as_str(), text.as_str()), ("text/plain", "hello"));
        assert!(way.starts_with("attachment; "), "{way}");
    }
}

#[tokio::test]
async fn without_a_content_the_answer_tells_where_to_send_it() {
    let (bot, root) = drive().await;
    let target = bot.ok("disk.folder.uploadFile", json!({"id": root, "generateUniqueName": true})).await;
    let send = async |name: &'static str| {
        let part = reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name(name);
        let field = target["field"].as_str().expect("a field").to_owned();
        let url = target["uploadUrl"].as_str().expect("an address");
        let form = reqwest::multipart::Form::new().part(field, part);
        http().post(url).multipart(form).send().await.expect("an answer").json::<Value>().await.expect("JSON")
    };

    let file = send("a.txt").await;
    assert_eq!((&file["result"]["NAME"], &file["result"]["SIZE"]), (&json!("a.txt"), &json!("5")), "{file}");
    assert_eq!(send("a.txt").await["result"]["NAME"], "a (1).txt");
    let shown = bot.ok("disk.file.get", json!({"id": file["result"]["ID"]})).await;
    assert_eq!(load(&shown["DOWNLOAD_URL"]).await.2, "hello");
    bot.portal.advance(Duration::from_mins(61));
    assert_eq!(send("b.txt").await["error"], "ACCESS_DENIED");
}

#[tokio::test]
async fn an_address_is_good_for_an_hour_and_for_one_file() {
    let (bot, root) = drive().await;
    let upload = json!({"id": root, "data": {"NAME": "ä \"b\".txt"}, "fileContent": ["x", "aGVsbG8="]});
    let file = bot.ok("disk.folder.uploadFile", upload).await;
    let url = file["DOWNLOAD_URL"].as_str().expect("an address").to_owned();

    let (_, way, _) = load(&file["DOWNLOAD_URL"]).await;
    assert_eq!(way, "attachment; filename=\"_ _b_.txt\"; filename*=utf-8''%C3%A4%20%5Fb%5F%2Etxt");
    let forged = url.replacen("token=disk%7C", "token=disk%7Cx", 1);
    assert_eq!(fetch(&forged).await.expect("an answer").status(), 403);
    assert_eq!(fetch(format!("{}/rest/download.json", bot.portal.url())).await.expect("an answer").status(), 403);
    bot.portal.advance(Duration::from_mins(61));
    let late: Value = fetch(&url).await.expect("an answer").json().await.expect("JSON");
    assert!(late["error_description"].as_str().is_some_and(|why| why.contains("too old")), "{late}");
}

#[tokio::test]
async fn a_version_is_loaded_as_it_was() {
    let (bot, root) = drive().await;
    let upload = json!({"id": root, "data": {"NAME": "a.txt"}, "fileContent": ["x", "aGVsbG8="]});
    let file = bot.ok("disk.folder.uploadFile", upload).await["ID"].take();
    bot.ok("disk.file.uploadVersion", json!({"id": file, "fileContent": ["x", "YnllCg=="]})).await;

    let versions = bot.ok("disk.file.getVersions", json!({"id": file})).await;
    assert_eq!(load(&versions[0]["DOWNLOAD_URL"]).await.2, "bye\n");
    assert_eq!(load(&versions[1]["DOWNLOAD_URL"]).await.2, "hello");
}

#[tokio::test]
async fn whoever_has_the_public_link_opens_it() {
    let (bot, root) = drive().await;
    let data = json!({"id": root, "data": {"NAME": "<Plans>"}});
    let folder = bot.ok("disk.folder.addSubFolder", data).await["ID"].take();
    let upload = json!({"id": folder, "data": {"NAME": "a.txt"}, "fileContent": ["x", "aGVsbG8="]});
    let file = bot.ok("disk.folder.uploadFile", upload).await["ID"].take();

    let link = bot.ok("disk.file.getExternalLink", json!({"id": file})).await;
    assert_eq!(load(&link).await.2, "hello");
    assert_eq!(bot.ok("disk.file.getExternalLink", json!({"id": file})).await, link, "there is one");
    let folder = bot.ok("disk.folder.getExternalLink", json!({"id": folder})).await;
    let page = fetch(folder.as_str().expect("a link")).await.expect("a page").text().await.expect("text");
    assert!(page.contains(">a.txt</a>") && page.contains("<h1>_Plans_</h1>"), "{page}");
    assert_eq!(fetch(format!("{}/~none", bot.portal.url())).await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn what_is_empty_nameless_or_broken_is_told() {
    let (bot, root) = drive().await;
    let with = |data: Value, content: Value| json!({"id": root, "data": data, "fileContent": content});
    for (params, code) in [
        (with(json!({"NAME": "a"}), json!(["a", ""])), "ERROR_COULD_NOT_SAVE_FILE"),
        (with(json!({"NAME": " "}), json!(["a", "aGk="])), "DISK_BASE_SERVICE_22001"),
        (with(json!({}), json!(["a", "aGk="])), "DISK_BASE_SERVICE_22001"),
        (json!({"fileContent": ["a", "aGk="]}), "ERROR_ARGUMENT"),
    ] {
        assert_eq!(bot.error("disk.folder.uploadFile", params.clone()).await, code, "{params}");
    }
    let broken = bot.ok("disk.folder.uploadFile", with(json!({"NAME": "a"}), json!(["a", "aG!k"]))).await;
    assert_eq!(broken["SIZE"], "2", "broken Base64 gives a broken file and no error");
}

#[tokio::test]
async fn a_file_of_the_drive_is_sent_to_a_chat_with_a_message() {
    let bot = Bot::install_with(&["disk"]).await;
    let id = bot.add_bot("echo", json!({})).await;
    let chat = bot.portal.admin().open("echo").await.expect("a dialog");
    bot.event().await;

    let folder = bot.ok("im.disk.folder.get", json!({"DIALOG_ID": id})).await["ID"].take();
    let upload = json!({"id": folder, "data": {"NAME": "dot.png"}, "fileContent": ["dot.png", PNG]});
    let file = bot.ok("disk.folder.uploadFile", upload).await["ID"].take();
    let params = json!({"CHAT_ID": chat.id(), "UPLOAD_ID": file, "MESSAGE": "see"});
    let committed = bot.ok("im.disk.file.commit", params).await;

    let view = &committed["FILES"][format!("upload{}", file.as_str().unwrap_or_default())];
    assert_eq!((&view["type"], &view["image"]), (&json!("image"), &json!({"width": 2, "height": 1})));
    let (kind, way, _) = load(&view["urlShow"]).await;
    assert_eq!((kind.as_str(), way.split(';').next()), ("image/png", Some("inline")));
    let last = chat.last().await.expect("a message");
    assert_eq!((last.text(), last.files()), ("see", vec!["dot.png".to_owned()]));
    assert_eq!(json!(last.id()), committed["MESSAGE_ID"]);
    let heard = bot.event().await;
    assert_eq!(heard.param("MESSAGE"), "see");
    let key = file.as_str().unwrap_or_default();
    assert_eq!(heard.get(&format!("data[PARAMS][FILES][{key}][name]")), "dot.png");
    let url = json!(heard.get(&format!("data[PARAMS][FILES][{key}][urlDownload]")));
    assert_eq!(load(&url).await.0, "image/png");
}

#[tokio::test]
async fn a_file_from_elsewhere_is_copied_to_the_chat() {
    let (bot, root) = drive().await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    let upload = json!({"id": root, "data": {"NAME": "a.txt"}, "fileContent": ["x", "aGVsbG8="]});
    let file = bot.ok("disk.folder.uploadFile", upload).await["ID"].take();

    let committed = bot.ok("im.disk.file.commit", json!({"CHAT_ID": team.id(), "FILE_ID": [file]})).await;
    let copy = committed["DISK_ID"][0].clone();
    assert_ne!(copy, file);
    let parent = bot.ok("disk.file.get", json!({"id": copy})).await["PARENT_ID"].clone();
    let folder = bot.ok("im.disk.folder.get", json!({"CHAT_ID": team.id()})).await["ID"].clone();
    assert_eq!(parent, folder.to_string());
    for (params, code) in [
        (json!({"CHAT_ID": team.id()}), "FILES_ERROR"),
        (json!({"CHAT_ID": team.id(), "FILE_ID": 999}), "SAVE_ERROR"),
        (json!({"FILE_ID": file}), "CHAT_ID_EMPTY"),
        (json!({"CHAT_ID": 999, "FILE_ID": file}), "ACCESS_ERROR"),
        (json!({"DIALOG_ID": "x", "FILE_ID": file}), "DIALOG_ID_EMPTY"),
    ] {
        assert_eq!(bot.error("im.disk.file.commit", params.clone()).await, code, "{params}");
    }
}

#[tokio::test]
async fn the_files_of_a_chat_are_for_its_members_alone() {
    let bot = Bot::install_with(&["disk"]).await;
    let (ann, bob) = (bot.portal.user("Ann Lee"), bot.portal.user("Bob Roe"));
    let team = ann.group("Team", []).await.expect("a chat");
    team.send_file("a.txt", "hello", "").await.expect("a message");
    let (hers, his) = (bot.portal.webhook(&ann, ["disk", "im"]), bot.portal.webhook(&bob, ["disk", "im"]));
    let params = json!({"CHAT_ID": team.id()});

    let folder = bot.post(&format!("{hers}im.disk.folder.get"), &params).await.1["result"]["ID"].clone();
    let (_, list) = bot.post(&format!("{hers}disk.folder.getChildren"), &json!({"id": folder})).await;
    let file = list["result"][0].clone();
    assert_eq!((&file["NAME"], &file["DETAIL_URL"]), (&json!("a.txt"), &Value::Null));
    assert_eq!(bot.post(&format!("{his}im.disk.folder.get"), &params).await.1["error"], "ACCESS_ERROR");
    let (_, denied) = bot.post(&format!("{his}disk.file.get"), &json!({"id": file["ID"]})).await;
    assert_eq!(denied["error"], "ACCESS_DENIED");
    let (_, denied) = bot.post(&format!("{his}im.disk.file.save"), &json!({"FILE_ID": file["ID"]})).await;
    assert_eq!(denied["error"], "FILE_SAVE_ERROR");
}

#[tokio::test]
async fn a_file_of_a_chat_is_saved_to_ones_own_drive() {
    let (bot, _) = drive().await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    team.send_file("a.txt", "hello", "").await.expect("a message");
    let folder = bot.ok("im.disk.folder.get", json!({"CHAT_ID": team.id()})).await["ID"].take();
    let file = bot.ok("disk.folder.getChildren", json!({"id": folder})).await[0]["ID"].take();

    let saved = bot.ok("im.disk.file.save", json!({"FILE_ID": file})).await;
    assert_eq!((&saved["folder"]["name"], &saved["file"]["name"]), (&json!("Saved Files"), &json!("a.txt")));
    let again = bot.ok("im.disk.file.save", json!({"FILE_ID": file})).await;
    assert_eq!((&again["folder"]["id"], &again["file"]["name"]), (&saved["folder"]["id"], &json!("a (1).txt")));
}

#[tokio::test]
async fn only_the_sender_deletes_a_file_of_a_chat_and_its_message_with_it() {
    let bot = Bot::install_with(&["disk"]).await;
    let ann = bot.portal.user("Ann Lee");
    let team = ann.group("Team", [&bot.portal.admin()]).await.expect("a chat");
    team.send_file("a.txt", "hello", "").await.expect("a message");
    team.send_file("b.txt", "hello", "look").await.expect("a message");
    let hers = bot.portal.webhook(&ann, ["disk", "im"]);
    let folder = bot.ok("im.disk.folder.get", json!({"CHAT_ID": team.id()})).await["ID"].take();
    let files = bot.ok("disk.folder.getChildren", json!({"id": folder, "order": {"NAME": "ASC"}})).await;
    let delete = |index: usize| json!({"CHAT_ID": team.id(), "FILE_ID": files[index]["ID"]});

    assert_eq!(bot.ok("im.disk.file.delete", delete(0)).await, true, "true, but it stays");
    assert_eq!(team.messages().len(), 2);
    for index in 0..2 {
        let (_, done) = bot.post(&format!("{hers}im.disk.file.delete"), &delete(index)).await;
        assert_eq!(done["result"], true);
    }
    let last = team.last().await.expect("a message");
    assert_eq!((team.messages().len(), last.text(), last.files()), (1, "look", vec![]));
    assert_eq!(bot.error("disk.file.get", json!({"id": files[0]["ID"]})).await, "ERROR_NOT_FOUND");
    assert_eq!(bot.ok("im.disk.file.delete", delete(0)).await, false);
    assert_eq!(bot.ok("im.disk.file.delete", json!({"CHAT_ID": 999, "FILE_ID": 1})).await, false);
}

#[tokio::test]
async fn a_person_uploads_with_one_call_and_gets_an_address_to_load_it_from() {
    let (bot, id) = Bot::register("echo").await;
    let fields = json!({"name": "report.txt", "content": "aGVsbG8=", "message": "here"});

    let sent = bot.ok("im.v2.File.upload", json!({"dialogId": id.to_string(), "fields": fields})).await;
    assert_eq!((&sent["file"]["name"], &sent["file"]["extension"]), (&json!("report.txt"), &json!("txt")));
    assert_eq!(sent["file"]["image"], false);
    assert_eq!(bot.event().await.param("MESSAGE"), "here");
    let params = json!({"dialogId": id.to_string(), "fileId": sent["file"]["id"]});
    let loaded = bot.ok("im.v2.File.download", params).await;
    assert_eq!(load(&loaded["downloadUrl"]).await.2, "hello");
    let ann = bot.portal.user("Ann Lee").id();
    for (method, params, code) in [
        ("im.v2.File.download", json!({"dialogId": id, "fileId": 999}), "FILE_NOT_FOUND"),
        ("im.v2.File.download", json!({"dialogId": ann, "fileId": sent["file"]["id"]}), "FILE_NOT_FOUND"),
        ("im.v2.File.upload", json!({"dialogId": "chat999", "fields": fields}), "CHAT_NOT_FOUND"),
        ("im.v2.File.upload", json!({"dialogId": id, "fields": {"name": "a", "content": "%"}}), "FILE_INVALID_CONTENT"),
        ("im.v2.File.upload", json!({"dialogId": id, "fields": {"name": "a"}}), "FILE_EMPTY"),
    ] {
        assert_eq!(bot.error(method, params.clone()).await, code, "{method} {params}");
    }
}

#[tokio::test]
async fn the_page_sends_files_and_shows_them() {
    let (bot, id) = Bot::register("echo").await;
    let url = format!("{}/portal/upload", bot.portal.url());
    let part = |name: &'static str| reqwest::multipart::Part::bytes(b"<b>hello".to_vec()).file_name(name);
    let form = || reqwest::multipart::Form::new().text("user", "1").text("text", "two");

    let both = form().text("dialog", id.to_string()).part("file", part("a.txt")).part("file", part("b.html"));
    let sent = http().post(&url).multipart(both).send().await.expect("an answer");
    assert_eq!(sent.status(), 200);
    bot.event().await;
    let heard = bot.event().await;
    assert_eq!(heard.param("MESSAGE"), "two");
    let state = bot.get(&format!("{}/portal/history?user=1&dialog={id}", bot.portal.url())).await.1;
    let files = state["messages"][0]["files"].as_array().expect("files").clone();
    assert_eq!(files.iter().map(|file| &file["name"]).collect::<Vec<_>>(), ["a.txt", "b.html"]);
    let shown = |user: u64| format!("{}/portal/file/{}?user={user}", bot.portal.url(), files[1]["id"]);
    let page = fetch(shown(1)).await.expect("an answer");
    assert_eq!(page.headers()["content-security-policy"], "sandbox", "a page that was sent is no part of this one");
    let ann = bot.portal.user("Ann Lee").id();
    assert_eq!(fetch(shown(ann.0)).await.expect("an answer").status(), 409);
    let nothing = http().post(&url).multipart(form().text("dialog", id.to_string())).send().await.expect("an answer");
    assert_eq!(nothing.status(), 409);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused() {
    let limits = b24_portal::Limits { file: Some(4), ..b24_portal::Limits::default() };
    let portal = b24_portal::Portal::builder().limits(limits).start().await.expect("a portal");
    let ann = portal.user("Ann Lee");
    let bot = Bot::install_on(portal).await;
    let webhook = bot.portal.webhook(&bot.portal.admin(), ["disk", "im"]);
    let call = async |method: &str, params: Value| bot.post(&format!("{webhook}{method}"), &params).await.1;
    let root = call("disk.storage.getList", json!({})).await["result"][0]["ROOT_OBJECT_ID"].clone();
    let upload = |content: &str| json!({"id": root, "data": {"NAME": "a"}, "fileContent": ["a", content]});

    let file = call("disk.folder.uploadFile", upload("aGVsbA==")).await["result"]["ID"].clone();
    assert_eq!(call("disk.folder.uploadFile", upload("aGVsbG8=")).await["error"], "ERROR_COULD_NOT_SAVE_FILE");
    let version = json!({"id": file, "fileContent": ["a", "aGVsbG8="]});
    assert_eq!(call("disk.file.uploadVersion", version).await["error"], "DISK_FILE_22006");
    let sent = json!({"dialogId": ann.id(), "fields": {"name": "a", "content": "aGVsbG8="}});
    assert_eq!(call("im.v2.File.upload", sent).await["error"], "FILE_TOO_LARGE");
    assert!(bot.portal.admin().open_with(&ann).await.expect("a dialog").send_file("a", "hello", "").await.is_err());
}

#[tokio::test]
async fn a_bot_of_the_second_api_uploads_into_its_chats_and_loads_from_them_alone() {
    let bot = Bot::install().await;
    let fields = json!({"code": "filer", "properties": {"name": "Filer"}, "eventMode": "fetch"});
    let id = bot.ok("imbot.v2.Bot.register", json!({"fields": fields})).await["bot"]["id"].take();
    let (admin, ann) = (bot.portal.admin(), bot.portal.user("Ann Lee"));
    let with = |more: Value| {
        let mut params = json!({"botId": id});
        params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        params
    };

    let fields = json!({"name": "dot.png", "content": PNG, "message": "see"});
    let sent = bot.ok("imbot.v2.File.upload", with(json!({"dialogId": "1", "fields": fields}))).await;
    assert_eq!((&sent["dialogId"], &sent["file"]["type"]), (&json!("1"), &json!("image")));
    let chat = admin.open("filer").await.expect("a dialog");
    assert_eq!(chat.transcript(), "Filer: see\n  [file] dot.png");
    let download = with(json!({"fileId": sent["file"]["id"]}));
    assert_eq!(load(&bot.ok("imbot.v2.File.download", download).await["downloadUrl"]).await.0, "image/png");

    let team = ann.group("Team", []).await.expect("a chat");
    team.send_file("secret.txt", "hello", "").await.expect("a message");
    let webhook = bot.portal.webhook(&ann, ["disk", "im"]);
    let params = json!({"CHAT_ID": team.id()});
    let folder = bot.post(&format!("{webhook}im.disk.folder.get"), &params).await.1["result"]["ID"].clone();
    let list = bot.post(&format!("{webhook}disk.folder.getChildren"), &json!({"id": folder})).await.1;
    let foreign = with(json!({"fileId": list["result"][0]["ID"]}));
    assert_eq!(bot.error("imbot.v2.File.download", foreign).await, "FILE_ACCESS_ERROR");
    assert_eq!(bot.error("imbot.v2.File.download", with(json!({"fileId": 999}))).await, "FILE_NOT_FOUND");
    let empty = with(json!({"dialogId": "1", "fields": {"name": "a.txt"}}));
    assert_eq!(bot.error("imbot.v2.File.upload", empty).await, "FILE_EMPTY");
}

#[tokio::test]
async fn the_history_tells_of_the_files_and_a_forwarded_file_is_one_of_the_other_chat() {
    let bot = Bot::install_with(&["disk"]).await;
    let team = bot.portal.admin().group("Team", []).await.expect("a chat");
    let sent = team.send_file("a.txt", "hello", "look").await.expect("a message");

    let share = json!({"MESSAGE_ID": sent.id(), "DIALOG_ID": format!("chat{}", team.id()), "TYPE": "CHAT"});
    bot.ok("im.message.share", share).await;
    let history = async |chat: b24_portal::ChatId| {
        bot.ok("im.dialog.messages.get", json!({"DIALOG_ID": format!("chat{chat}")})).await
    };
    let first = history(team.id()).await;
    assert_eq!((&first["files"][0]["name"], &first["files"][0]["type"]), (&json!("a.txt"), &json!("file")));
    assert_eq!(first["messages"][0]["params"]["FILE_ID"][0], first["files"][0]["id"]);
    let made = bot.ok("im.recent.list", json!({})).await["items"][0]["chat_id"].clone();
    let copy = bot.ok("im.dialog.messages.get", json!({"DIALOG_ID": format!("chat{made}")})).await;
    assert_eq!(copy["files"][0]["name"], "a.txt", "{copy}");
    assert_ne!(copy["files"][0]["id"], first["files"][0]["id"]);
    assert_eq!(copy["files"][0]["chatId"], made);
}
