//! `b24 portal`: a local portal until Ctrl-C.

use std::{fs, path::PathBuf, time::Duration};

use b24_portal::{InstallError, NewApp, Portal};
use clap::Args;

/// What the portal starts with.
#[derive(Args)]
pub(crate) struct Options {
    /// The port to listen on, on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8024)]
    port: u16,
    /// The revision of the API: newer methods and parameters are unknown to the portal.
    #[arg(long)]
    revision: Option<u32>,
    /// Where to write the certificate, in PEM, for clients that are to trust HTTPS. It is new with every start.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Install the application: send ONAPPINSTALL to this address as soon as a bot answers there.
    #[arg(long, value_name = "URL")]
    install: Option<String>,
}

/// Serves until Ctrl-C.
pub(crate) async fn run(options: Options) -> Result<(), String> {
    let mut builder = Portal::builder().port(options.port).tls();
    if let Some(revision) = options.revision {
        builder = builder.revision(revision);
    }
    let portal = builder.start().await.map_err(|error| error.to_string())?;
    if let Some(file) = &options.certificate {
        let write = fs::write(file, portal.certificate().unwrap_or_default());
        write.map_err(|error| format!("cannot write the certificate to {}: {error}", file.display()))?;
    }
    let app = portal.add_app(NewApp::new("Local application"));
    println!("messenger      {}", portal.messenger_url());
    let webhook = portal.webhook(portal.admin().id(), ["imbot", "im"]);
    println!("webhook        {webhook}");
    println!("   over HTTPS  {}", webhook.replacen("http:", "https:", 1));
    println!("client id      {}", app.client_id);
    println!("client secret  {}", app.client_secret);
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
