//! A real Chromium without a window, driven through its driver.

use std::{
    fs,
    path::PathBuf,
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// Ends with the test: the driver and the browser with it.
pub(crate) struct Browser {
    pub(crate) page: Client,
    _driver: Child,
    profile: PathBuf,
}

impl Browser {
    /// Opens a window of this size at an address.
    pub(crate) async fn open(address: &str, width: u32, height: u32) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}-{number}", std::process::id()));
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is installed by `cargo xtask test`");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver tells its port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // Read on, or the driver stops when its pipe is full.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.display()),
        ];
        let capabilities = json!({"goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}});
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        page.goto(address).await.unwrap();
        Self { page, _driver: driver, profile }
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        match self.page.wait().for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!("{selector}: {error}\n{}", self.text("body").await),
        }
    }

    /// Waits for an element that holds this text.
    pub(crate) async fn find_text(&self, test_id: &str, text: &str) -> Element {
        let path = format!("//*[@data-testid='{test_id}'][contains(normalize-space(.), '{text}')]");
        match self.page.wait().for_element(Locator::XPath(&path)).await {
            Ok(element) => element,
            Err(error) => panic!("no {test_id} with \"{text}\": {error}\n{}", self.text("body").await),
        }
    }

    /// The text of an element that is there.
    pub(crate) async fn text(&self, selector: &str) -> String {
        match self.page.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    /// Writes into the composer and sends it as a person does, with Enter.
    pub(crate) async fn say(&self, text: &str) {
        let composer = self.find("[data-testid=composer]").await;
        composer.send_keys(text).await.unwrap();
        self.find("[data-testid=send]").await.click().await.unwrap();
    }

    pub(crate) async fn close(self) {
        self.page.clone().close().await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.profile);
    }
}
