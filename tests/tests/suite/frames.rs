//! Chat applications of a bot: their icons, and pages that only the portal opens.

use std::{collections::BTreeMap, sync::Arc};

use b24_portal::Portal;
use b24_runtime::{Bot, BotApi, ChatApp, Frame, Hosted, Page, Profile, Router, Settings, host_with, types::AppContext};
use reqwest::{StatusCode, Url, header::REFERER};
use serde_json::Value;

struct Notes;

impl Bot for Notes {
    fn router() -> Router<Self> {
        let page = async |_: Arc<Self>, frame: Frame| {
            let asked = frame.param("q").unwrap_or("nothing");
            frame.send(frame.dialog, "I was opened").await?;
            Ok(Page::new("Notes").text(format!("{} asks for <{asked}> {}", frame.user, frame.params)))
        };
        Router::new(Profile::new("notes", "Notes"))
            .app(ChatApp::put("note", "/note").title("en", "Make a note").description("en", "Write it down"))
            .app(ChatApp::page("notes", page).title("en", "Notes").size(350, 260))
            .app(ChatApp::call("call", "+4912345").title("en", "Call us").shown_in(AppContext::Lines))
    }
}

struct Scene {
    portal: Portal,
    bot: Hosted,
    http: reqwest::Client,
    /// Ann, and her dialog with the bot.
    ann: u64,
    dialog: u64,
}

impl Scene {
    async fn with(api: BotApi) -> Self {
        let portal = Portal::start().await.unwrap();
        let bot = host_with(&portal, Notes, |settings| Settings { bot_api: Some(api), ..settings }).await.unwrap();
        let ann = portal.user("Ann Lee");
        ann.open(&bot).await.unwrap();
        let register = portal.calls().into_iter().find(|call| call.name() == "imbot.app.register").unwrap();
        let dialog = register.request()["BOT_ID"].to_string().trim_matches('"').parse().unwrap();
        Self { ann: ann.id().0, portal, bot, http: reqwest::Client::new(), dialog }
    }

    async fn ask(&self, path: &str) -> Value {
        let url = format!("{}/portal/{path}user={}&dialog={}", self.portal.url(), self.ann, self.dialog);
        serde_json::from_str(&self.http.get(url).send().await.unwrap().text().await.unwrap()).unwrap()
    }

    async fn icons(&self) -> BTreeMap<String, Value> {
        let listed = self.ask("apps?").await;
        let icons = listed["apps"].as_array().unwrap().iter();
        icons.map(|icon| (icon["code"].as_str().unwrap().to_owned(), icon.clone())).collect()
    }

    /// The address that the messenger opens for the page.
    async fn address(&self) -> Url {
        let app = self.icons().await["notes"]["id"].clone();
        self.ask(&format!("app?app={app}&")).await["url"].as_str().unwrap().parse().unwrap()
    }

    async fn open(&self, url: Url, referrer: &str) -> (StatusCode, String) {
        let answer = self.http.get(url).header(REFERER, referrer).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }
}

fn with(url: &Url, name: &str, value: &str) -> Url {
    let mut changed = url.clone();
    let pairs = url.query_pairs().filter(|(known, _)| known != name);
    changed.query_pairs_mut().clear().extend_pairs(pairs).append_pair(name, value);
    changed
}

#[tokio::test]
async fn the_icons_of_a_bot_come_with_it_and_stay_as_they_are() {
    for api in [BotApi::V1, BotApi::V2] {
        let scene = Scene::with(api).await;
        let icons = scene.icons().await;
        assert_eq!(icons.keys().collect::<Vec<_>>(), ["note", "notes"], "the third is for open lines");
        assert_eq!(icons["note"]["title"], "Make a note");
        assert_eq!(icons["note"]["action"]["method"], "PUT");
        assert_eq!(icons["notes"]["action"]["width"], 350);
        scene.portal.update_app(&scene.bot.app().client_id, 2).await.unwrap();
        scene.portal.settled().await;
        let calls = scene.portal.calls();
        let registered = calls.iter().filter(|call| call.name().starts_with("imbot.app.")).count();
        assert_eq!(registered, 3, "what is right already is not registered again");
    }
}

#[tokio::test]
async fn a_page_knows_who_opened_it_and_acts_as_the_bot() {
    for api in [BotApi::V1, BotApi::V2] {
        let scene = Scene::with(api).await;
        let url = scene.address().await;
        let answer = scene.http.get(url.clone()).header(REFERER, scene.portal.messenger_url()).send().await.unwrap();
        let expected = format!("frame-ancestors {}", scene.portal.url());
        assert_eq!(answer.headers()["content-security-policy"], expected.as_str());
        let page = answer.text().await.unwrap();
        assert!(page.contains(&format!("{} asks for &lt;nothing&gt;", scene.ann)), "{page}");
        assert!(page.contains("const messenger"), "{page}");
        // The page asks for more, from its own address.
        let (status, page) = scene.open(with(&url, "q", "cats"), url.as_str()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("asks for &lt;cats&gt;"), "{page}");
        let said = scene.portal.user("Ann Lee").open(&scene.bot).await.unwrap().messages();
        assert_eq!(said.last().unwrap().text(), "I was opened");
    }
}

#[tokio::test]
async fn a_page_opens_for_nobody_else() {
    let scene = Scene::with(BotApi::V2).await;
    let (url, portal) = (scene.address().await, scene.portal.url().to_owned());
    let refusal = async |url: Url, referrer: &str| {
        let (status, words) = scene.open(url, referrer).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{words}");
        words.trim().to_owned()
    };
    let domain = "DOMAIN_HASH is not that of a portal that has the application";
    assert_eq!(refusal(with(&url, "DOMAIN", "https://evil.example"), "https://evil.example/").await, domain);
    assert_eq!(refusal(with(&url, "DOMAIN_HASH", "b9b38597795533f10597f994993352bc"), &portal).await, domain);
    assert_eq!(refusal(with(&url, "USER_ID", "2"), &portal).await, "USER_HASH is not that of the user");
    assert_eq!(refusal(with(&url, "USER_HASH", ""), &portal).await, "USER_HASH is missing");
    for referrer in ["https://evil.example/", "", "nonsense", &format!("{portal}.evil.example/")] {
        assert_eq!(refusal(url.clone(), referrer).await, "the page was not opened from the portal", "{referrer}");
    }
    let (status, _) = scene.open(with(&url, "APP_CODE", "other"), &portal).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "there is no such page");
}
