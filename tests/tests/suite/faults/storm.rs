//! One bot, some people, and some things that go wrong.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use b24_portal::{Chat, NewApp, Portal, Rule};
use b24_runtime::{
    App, Bot, BotApi, CallLimit, Delivery, Handling, MessageCx, Profile, Router, Running, Settings, api,
    prelude::Result,
    storage::{Database, MemoryInbox, Room, Seal},
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;

use super::{
    ledger::Ledger,
    watched::{Watched, message_of},
};
use crate::{home::credentials, random::Random};

const PEOPLE: [&str; 6] = ["Ann Lee", "Bob Hill", "Cy Young", "Di Ross", "Ed Moss", "Flo Rice"];

/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(50);

/// How events come to the bot, and where it keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Sent by the older bot API, kept in memory.
    Memory,
    /// Sent by the newer bot API, kept in a file.
    File,
    /// Fetched, kept in a file.
    Fetched,
}

/// What goes wrong while people talk.
pub(super) struct Storm {
    way: Way,
    faults: Vec<String>,
    /// Who speaks, in this order.
    speakers: Vec<usize>,
}

impl Storm {
    /// Each fault strikes by this chance while so many messages are said, unless it is told how often.
    pub(super) fn of(way: Way, faults: &[String], chance: f64, messages: usize, random: &mut Random) -> Self {
        let fault = |fault: &String| {
            let by_chance = format!("{fault} chance={chance} seed={}", random.below(1 << 30));
            if fault.contains("times=") { fault.clone() } else { by_chance }
        };
        let faults = faults.iter().map(fault).collect();
        Self { way, faults, speakers: (0..messages).map(|_| random.below(PEOPLE.len())).collect() }
    }

    /// Tells what did not hold.
    pub(super) async fn blow(self) -> Vec<String> {
        let site = Site::start(self.way).await;
        for fault in &self.faults {
            site.portal.faults().add(fault.parse::<Rule>().unwrap());
        }
        let mut ledger = Ledger::default();
        for speaker in &self.speakers {
            let said = site.chats[*speaker].say(&format!("line {}", ledger.said.len())).await.unwrap();
            ledger.said.push((*speaker, said.id().0));
        }
        let is_fetched = self.way == Way::Fetched;
        let is_over = tokio::time::timeout(PATIENCE, site.settled(&ledger, is_fetched)).await.is_ok();
        let idle = site.idle_faults().await;
        site.portal.faults().clear();
        site.fill(&mut ledger, is_fetched).await;
        let mut complaints = ledger.complaints();
        if !is_over {
            complaints.push(format!("after {PATIENCE:?} it was still at work: {:?}", site.bot));
        }
        complaints.extend(idle.iter().map(|fault| format!("it never struck: {fault}")));
        let faults = self.faults.join(", ");
        complaints.into_iter().map(|complaint| format!("[{faults}] {complaint}")).collect()
    }
}

/// A bot that looks something up and says the number of each message.
struct Clerk(Arc<Mutex<Vec<u64>>>);

impl Bot for Clerk {
    fn router() -> Router<Self> {
        Router::new(Profile::new("clerk", "Clerk")).on_message(Self::answer)
    }
}

impl Clerk {
    async fn answer(self: Arc<Self>, cx: MessageCx) -> Result {
        let id = cx.message().id.0.unsigned_abs();
        self.0.lock().unwrap().push(id);
        if id.is_multiple_of(3) {
            cx.client().call(api::im::user::get()).await?;
        }
        cx.reply(id.to_string()).await
    }
}

/// A portal and the bot on it.
struct Site {
    portal: Portal,
    bot: Running,
    chats: Vec<Chat>,
    /// The messages that the bot took, in their order.
    kept: watch::Receiver<Vec<u64>>,
    /// The messages that its handler began with.
    runs: Arc<Mutex<Vec<u64>>>,
    _folder: TempDir,
}

impl Site {
    async fn start(way: Way) -> Self {
        let portal = Portal::start().await.unwrap();
        let app = portal.add_app(NewApp::new("Weathered application"));
        let settings = Settings {
            handling: Handling { pause: Duration::from_millis(5), ..Handling::default() },
            bot_api: Some(if way == Way::Memory { BotApi::V1 } else { BotApi::V2 }),
            // Unless it is told, the first refusal lets a bot go on as slowly as in the cloud.
            call_limit: Some(CallLimit::new(50, 1000.0)),
            delivery: if way == Way::Fetched { Delivery::Fetch } else { Delivery::Post },
            ..Settings::local(credentials(&portal, &app))
        };
        let (folder, runs) = (TempDir::new().unwrap(), Arc::default());
        let bot = App::new(Clerk(Arc::clone(&runs)), settings);
        let (bot, kept) = if way == Way::Memory {
            let (inbox, kept) = Watched::new(MemoryInbox::default());
            (bot.inbox(inbox), kept)
        } else {
            let file = Database::open(&folder.path().join("b24.db"), Seal::default(), Room::default()).unwrap();
            let (inbox, kept) = Watched::new(file.inbox());
            (bot.inbox(inbox).store(file.store()), kept)
        };
        let bot = bot.start().await.unwrap();
        portal.install(&app.client_id, bot.handler_url()).await.unwrap();
        bot.settled().await;
        let mut chats = Vec::new();
        for person in PEOPLE {
            chats.push(portal.user(person).open("clerk").await.unwrap());
        }
        portal.settled().await;
        bot.settled().await;
        Self { portal, bot, chats, kept, runs, _folder: folder }
    }

    /// Waits until everything that was said has come as far as it comes.
    async fn settled(&self, ledger: &Ledger, is_fetched: bool) {
        if is_fetched {
            let is_here = |kept: &Vec<u64>| kept.len() >= ledger.said.len();
            self.kept.clone().wait_for(is_here).await.unwrap();
        }
        self.portal.settled().await;
        self.bot.settled().await;
    }

    /// The faults that have struck nothing: a test with them tells nothing.
    async fn idle_faults(&self) -> Vec<String> {
        let rules = reqwest::get(format!("{}/api/faults", self.portal.url())).await.unwrap().text().await.unwrap();
        let rules: Vec<Value> = serde_json::from_str(&rules).unwrap();
        rules.iter().filter(|rule| rule["struck"] == 0).map(|rule| rule["rule"].to_string()).collect()
    }

    /// Writes down what came of it.
    async fn fill(&self, ledger: &mut Ledger, is_fetched: bool) {
        ledger.note_portal(&self.portal, is_fetched);
        ledger.kept.clone_from(&self.kept.borrow());
        ledger.runs.clone_from(&self.runs.lock().unwrap());
        for (person, chat) in self.chats.iter().enumerate() {
            let answers = chat.messages().into_iter().filter(|message| message.author() == "Clerk");
            ledger.answers.extend(answers.filter_map(|answer| Some((person, answer.text().parse().ok()?))));
        }
        let letters = self.bot.inbox().letters().await.unwrap();
        ledger.letters = letters.into_iter().map(|letter| (message_of(&letter.delivery), letter.reason)).collect();
    }
}
