//! `b24 portal`: a local portal until Ctrl-C.

mod limits;

use std::{fs, path::PathBuf, time::Duration};

use b24_portal::{Builder, InstallError, NewApp, Portal, Rule, StartError};
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
    /// Where to write the certificate, in PEM, for clients that are to trust HTTPS. It is new with every start.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// What the portal starts with, and with which application.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    settings: Settings,
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
        let started = self.builder().start().await;
        let portal = started.map_err(|error| match error {
            StartError::Listen { .. } => format!("{error}: another portal may run there; --port 0 takes a free one"),
            error => error.to_string(),
        })?;
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

    fn builder(&self) -> Builder {
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
        builder
    }

    pub(crate) fn scopes(&self, portal: &Portal) -> Vec<String> {
        if self.scope.is_empty() { portal.scopes() } else { self.scope.clone() }
    }
}

/// Serves until Ctrl-C.
pub(crate) async fn run(options: Options) -> Result<(), String> {
    let portal = options.settings.start().await?;
    let scopes = options.settings.scopes(&portal);
    let app = NewApp { scopes: scopes.clone(), redirect_uri: options.redirect, ..NewApp::new("Local application") };
    let app = portal.add_app(app);
    println!("messenger      {}", portal.messenger_url());
    let webhook = portal.webhook(portal.admin().id(), scopes);
    println!("webhook        {webhook}");
    println!("   over HTTPS  {}", webhook.replacen("http:", "https:", 1));
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
