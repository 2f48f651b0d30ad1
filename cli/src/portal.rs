//! `b24 portal`: a local portal until Ctrl-C.

mod coverage;
mod limits;

use std::{
    error::Error as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use b24_portal::{Builder, InstallError, NewApp, Portal, Rule, StartError, seed::Seed};
use clap::Args;

use self::limits::LimitOptions;

/// What the portal starts with.
#[derive(Args)]
pub(crate) struct Settings {
    /// The port to listen on, on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8024)]
    port: u16,
    /// The name above the messenger.
    #[arg(long)]
    name: Option<String>,
    /// The language of the portal.
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// The revision of the messenger and its bots: newer methods and parameters are unknown to the portal.
    #[arg(long, value_name = "NUMBER")]
    revision: Option<u32>,
    /// The revision of the open lines, likewise.
    #[arg(long, value_name = "NUMBER")]
    lines_revision: Option<u32>,
    /// The permissions of the webhook and of the application, separated by commas; all that there are by default.
    #[arg(long, value_name = "SCOPES", value_delimiter = ',')]
    scope: Vec<String>,
    #[command(flatten)]
    limits: LimitOptions,
    /// What goes wrong: `error=QUERY_LIMIT_EXCEEDED on=imbot.message.* times=2`, `lose on=ONIM* chance=0.1 seed=7`,
    /// `delay=500ms`, `status=502`, `cut`, `expire`, … May be given several times; `/api/faults` of the running portal
    /// takes further ones.
    #[arg(long, value_name = "RULE")]
    fault: Vec<Rule>,
    /// Keep everything in this folder, which is made if it is not there, and go on from what it holds: people, chats,
    /// files, bots, tokens, the webhook and the application.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start with the people, departments, chats, webhooks and applications of this file, in YAML or JSON. A portal that
    /// goes on from a folder takes it the first time only. There is an example in the repository: `cli/seeds/company.yaml`.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Where to write the certificate, in PEM, for clients that are to trust HTTPS. It is new with every start.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// What the portal starts with, and with which application.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    settings: Settings,
    /// List the methods of the spec that the portal answers and those that it does not, and end.
    #[arg(long)]
    coverage: bool,
    /// Install the application: send ONAPPINSTALL to this address as soon as a bot answers there.
    #[arg(long, value_name = "URL")]
    install: Option<String>,
    /// Where a browser comes back to when a user has authorized the application.
    #[arg(long, value_name = "URL")]
    redirect: Option<String>,
}

impl Settings {
    /// Starts it, with everything that goes wrong from the start.
    pub(crate) async fn start(&self) -> Result<Portal, String> {
        let portal = self.builder()?.start().await.map_err(|error| told(&error))?;
        if let Some(file) = &self.certificate {
            let write = fs::write(file, portal.certificate().unwrap_or_default());
            write.map_err(|error| format!("cannot write the certificate to {}: {error}", file.display()))?;
        }
        for rule in &self.fault {
            println!("going wrong    {rule}");
            portal.faults().add(rule.clone());
        }
        Ok(portal)
    }

    fn builder(&self) -> Result<Builder, String> {
        let mut builder = Portal::builder().port(self.port).language(&self.language).limits(self.limits.limits()).tls();
        if let Some(name) = &self.name {
            builder = builder.name(name);
        }
        if let Some(revision) = self.revision {
            builder = builder.revision(revision);
        }
        if let Some(revision) = self.lines_revision {
            builder = builder.lines_revision(revision);
        }
        if let Some(folder) = &self.data {
            builder = builder.data(folder);
        }
        if let Some(file) = &self.seed {
            builder = builder.seed(read_seed(file)?);
        }
        Ok(builder)
    }

    pub(crate) fn scopes(&self, portal: &Portal) -> Vec<String> {
        if self.scope.is_empty() { portal.scopes() } else { self.scope.clone() }
    }
}

/// What the application is called.
const APP: &str = "Local application";

/// Serves until Ctrl-C.
pub(crate) async fn run(options: Options) -> Result<(), String> {
    if options.coverage {
        return coverage::print();
    }
    let portal = options.settings.start().await?;
    let scopes = options.settings.scopes(&portal);
    // A portal that goes on has both, and a bot knows them.
    let app = portal.app(APP).unwrap_or_else(|| {
        let new = NewApp { scopes: scopes.clone(), redirect_uri: options.redirect.clone(), ..NewApp::new(APP) };
        portal.add_app(new)
    });
    println!("messenger      {}", portal.messenger_url());
    if portal.webhooks().is_empty() {
        portal.webhook(portal.admin().id(), scopes);
    }
    for webhook in portal.webhooks() {
        println!("webhook        {webhook}");
        println!("   over HTTPS  {}", webhook.replacen("http:", "https:", 1));
    }
    println!("client id      {}", app.client_id);
    println!("client secret  {}", app.client_secret);
    println!("authorization  {}/oauth/authorize/?client_id={}", portal.url(), app.client_id);
    let serve = async {
        if let Some(handler) = &options.install {
            install(&portal, &app.client_id, handler).await?;
            println!("installed      {handler}");
        }
        std::future::pending().await
    };
    tokio::select! {
        ended = serve => ended,
        stopped = tokio::signal::ctrl_c() => stopped.map_err(|error| error.to_string()),
    }
}

/// What a portal is to start with. JSON is YAML, too.
fn read_seed(file: &Path) -> Result<Seed, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    serde_saphyr::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

/// Why it did not start, with what lies behind it and what to do.
fn told(error: &StartError) -> String {
    let mut words = error.to_string();
    if let StartError::Listen { .. } = error {
        words.push_str(": another portal may run there; --port 0 takes a free one");
        return words;
    }
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    words
}

/// Installs the application. The bot needs the client id to start, so it seldom runs before the portal does.
async fn install(portal: &Portal, client_id: &str, handler: &str) -> Result<(), String> {
    let mut again = tokio::time::interval(Duration::from_secs(1));
    println!("waiting for a bot at {handler}");
    loop {
        again.tick().await;
        match portal.install(client_id, handler).await {
            Err(InstallError::Connection { .. }) => {}
            other => return other.map_err(|error| error.to_string()),
        }
    }
}
