//! A bot of an open line that leads its clients through a menu.

use b24_portal::{Chat, Line, NewApp, Portal, User};
use b24_runtime::{
    App, BotApi, Running, Settings,
    line::{InMemory, LineMenu, Step},
    prelude::*,
    types::LineId,
};

use crate::home::credentials;

struct Itr {
    places: InMemory,
    sales: LineId,
    boss: UserId,
}

#[bot(code = "itr", name = "ITR Bot", kind = OpenLine)]
impl Itr {
    #[on(message)]
    async fn message(&self, cx: &MessageCx) -> Result {
        self.menu(&cx.user().first_name).answer(cx, &self.places).await.map(drop)
    }

    #[on(join)]
    async fn join(&self, cx: &JoinCx) -> Result {
        LineMenu::begin(cx, &self.places).await
    }
}

impl Itr {
    /// That of the course.
    fn menu(&self, name: &str) -> LineMenu<'_> {
        let second = LineMenu::new("Second menu")
            .item(2, "Transfer to queue", Step::line(self.sales).saying("Off to sales"))
            .item(3, "Transfer to user", Step::user(self.boss).saying("Off to the boss"))
            .item(4, "Transfer to bot", Step::bot("marta").saying("Off to Marta"))
            .item(5, "Finish session", Step::finish().saying("Goodbye"))
            .item(6, "Exec function", Step::run(async move |_| format!("Sales is line {}", self.sales)))
            .item(9, "Back to main menu", Step::top());
        LineMenu::new("Main menu")
            .item(1, "Text", Step::say(format!("Text for {name}")))
            .item(2, "Text without menu", Step::say("Text alone").without_menu())
            .item(3, "Open second menu", Step::open(second))
            .item(0, "Wait for an operator", Step::operator().saying("Please wait"))
    }
}

struct Scene {
    portal: Portal,
    line: Line,
    ann: User,
    boss: User,
    running: Running,
}

const MAIN: &str = "Main menu\n1. Text\n2. Text without menu\n3. Open second menu\n0. Wait for an operator";
const SECOND: &str = "Second menu\n2. Transfer to queue\n3. Transfer to user\n4. Transfer to bot\n5. Finish session\n\
                      6. Exec function\n9. Back to main menu";

impl Scene {
    async fn with(api: BotApi) -> Self {
        let portal = Portal::start().await.unwrap();
        let (ann, boss) = (portal.user("Ann Lee"), portal.user("Bea Ross"));
        let line = portal.line("Help", [&ann]).await.unwrap();
        let sales = portal.line("Sales", [&portal.user("Cid Poe")]).await.unwrap();
        line.set("VOTE_MESSAGE", "N").set("NO_ANSWER_RULE", "none").set("CLOSE_RULE", "none");
        let scopes = ["imbot", "im", "imopenlines"].map(str::to_owned).to_vec();
        let app = portal.add_app(NewApp { scopes, ..NewApp::new("ITR") });
        let number = |id: u64| i64::try_from(id).unwrap();
        let itr =
            Itr { places: InMemory::default(), sales: LineId(number(sales.id().0)), boss: UserId(number(boss.id().0)) };
        let settings = Settings { bot_api: Some(api), ..Settings::local(credentials(&portal, &app)) };
        let running = App::new(itr, settings).start().await.unwrap();
        portal.install(&app.client_id, running.handler_url()).await.unwrap();
        running.settled().await;
        line.welcome_with("itr").unwrap();
        Self { portal, line, ann, boss, running }
    }

    /// A client says some things, one after the other; what the bot answers to the last.
    async fn client(&self, says: &[&str]) -> (Chat, String) {
        let client = self.line.visit("Eve Fox").await.unwrap();
        for words in says {
            client.say(words).await.unwrap();
            self.settled().await;
        }
        let last = client.last().await.unwrap();
        assert_eq!(last.author(), "ITR Bot", "{}", client.transcript());
        (client, last.text().to_owned())
    }

    async fn settled(&self) {
        self.portal.settled().await;
        self.running.settled().await;
        self.portal.settled().await;
    }
}

const BOTH: [BotApi; 2] = [BotApi::V1, BotApi::V2];

#[tokio::test]
async fn numbers_lead_through_the_menus_and_back() {
    for api in BOTH {
        let scene = Scene::with(api).await;
        let answer = async |says: &[&str]| scene.client(says).await.1;
        assert_eq!(answer(&["hello"]).await, MAIN);
        assert_eq!(answer(&["1"]).await, format!("Text for Eve\n\n{MAIN}"));
        assert_eq!(answer(&["2."]).await, "Text alone");
        assert_eq!(answer(&["3"]).await, SECOND);
        assert_eq!(answer(&["6", "7"]).await, format!("Please type one of the numbers.\n\n{SECOND}"));
        assert_eq!(answer(&["9"]).await, MAIN);
        scene.running.shutdown().await;
    }
}

#[tokio::test]
async fn a_function_speaks_before_the_menu() {
    let scene = Scene::with(BotApi::V2).await;
    let (client, answer) = scene.client(&["hello", "3", "6"]).await;
    assert_eq!(answer, SECOND);
    let said = client.messages();
    assert_eq!(said[said.len() - 2].text(), "Sales is line 2");
}

#[tokio::test]
async fn who_is_handed_over_is_left_alone() {
    for api in BOTH {
        for choices in [["hello", "3", "2"], ["hello", "3", "3"]] {
            let scene = Scene::with(api).await;
            let (client, _) = scene.client(&choices).await;
            client.say("anybody?").await.unwrap();
            scene.settled().await;
            assert_eq!(client.last().await.unwrap().author(), "Eve Fox", "{}", client.transcript());
        }
        let scene = Scene::with(api).await;
        let (client, answer) = scene.client(&["hello", "0"]).await;
        assert_eq!(answer, "Please wait");
        client.say("anybody?").await.unwrap();
        scene.settled().await;
        assert_eq!(client.last().await.unwrap().author(), "Eve Fox", "{}", client.transcript());
        let desk = scene.ann.join(scene.line.conversations()[0]).await.unwrap();
        desk.take().await.unwrap();
    }
}

#[tokio::test]
async fn a_client_is_handed_to_the_one_who_was_chosen() {
    let scene = Scene::with(BotApi::V2).await;
    scene.client(&["hello", "3", "3"]).await;
    let desk = scene.boss.join(scene.line.conversations()[0]).await.unwrap();
    desk.take().await.unwrap();
}

#[tokio::test]
async fn a_conversation_that_ends_begins_again_at_the_top() {
    for api in BOTH {
        let scene = Scene::with(api).await;
        let (_, answer) = scene.client(&["hello", "3", "5"]).await;
        assert_eq!(answer, "Goodbye");
        assert!(scene.line.conversations().is_empty());
        assert_eq!(scene.client(&["3"]).await.1, MAIN);
    }
}

#[tokio::test]
async fn a_bot_that_is_not_there_is_not_promised() {
    let scene = Scene::with(BotApi::V1).await;
    let (client, answer) = scene.client(&["hello", "3"]).await;
    client.say("4").await.unwrap();
    scene.settled().await;
    assert_eq!(answer, SECOND);
    assert!(!client.transcript().contains("Off to Marta"));
}
