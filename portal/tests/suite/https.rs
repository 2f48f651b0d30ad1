use std::{sync::Arc, time::Duration};

use b24_portal::Portal;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::bot::{Bot, http};

/// How long a test waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// A record of a handshake that says no more.
const FIRST_BYTE: [u8; 1] = [0x16];

async fn portal() -> Portal {
    Portal::builder().tls().start().await.expect("a portal")
}

fn https_url(portal: &Portal) -> String {
    portal.https_url().expect("an address")
}

fn certificate(portal: &Portal) -> &[u8] {
    portal.certificate().expect("a certificate").as_bytes()
}

/// A client that trusts this portal and nobody else.
fn trusting(portal: &Portal) -> reqwest::Client {
    let certificate = reqwest::Certificate::from_pem(certificate(portal)).expect("PEM");
    let _ = ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tls_certs_only([certificate]).timeout(PATIENCE).build().expect("a client")
}

async fn call(portal: &Portal, url: &str) -> reqwest::Result<Value> {
    trusting(portal).post(url).json(&json!({"CLIENT_ID": "curl"})).send().await?.json().await
}

async fn connect(portal: &Portal) -> TcpStream {
    TcpStream::connect(portal.domain()).await.expect("a connection")
}

/// What comes until the portal hangs up.
async fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A reset is an end, too.
    let _ = timeout(Duration::from_mins(1), stream.read_to_end(&mut rest)).await.expect("the end of the connection");
    rest
}

#[tokio::test]
async fn one_port_speaks_http_and_https() {
    let portal = portal().await;
    let plain = portal.webhook(&portal.admin(), ["imbot"]);
    let secure = plain.replacen(portal.url(), &https_url(&portal), 1);
    assert_ne!(plain, secure);

    for url in [plain, secure] {
        let answer = call(&portal, &format!("{url}imbot.bot.list")).await.expect("an answer");
        assert_eq!(answer["result"], json!([]), "{url}");
    }
}

#[tokio::test]
async fn the_certificate_is_good_for_localhost_too() {
    let portal = portal().await;
    let url = https_url(&portal).replace("127.0.0.1", "localhost");
    let answer = call(&portal, &format!("{url}/rest/app.info")).await.expect("an answer");
    assert_eq!(answer["error"], "NO_AUTH_FOUND");
}

#[tokio::test]
async fn a_client_may_take_the_portal_for_the_authorization_server_that_it_has_built_in() {
    let portal = portal().await;
    let address: std::net::SocketAddr = portal.domain().parse().expect("an address");
    let certificate = reqwest::Certificate::from_pem(certificate(&portal)).expect("PEM");
    let _ = ring::default_provider().install_default();
    for host in ["oauth.bitrix.info", "oauth.bitrix24.tech"] {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([certificate.clone()]).resolve(host, address);
        let url = format!("https://{host}:{}/oauth/token/?grant_type=refresh_token", address.port());
        let answer = client.build().expect("a client").get(url).send().await.expect("an answer");
        assert_eq!(answer.json::<Value>().await.expect("JSON")["error"], "invalid_request", "{host}");
    }
}

#[tokio::test]
async fn each_portal_has_a_certificate_of_its_own() {
    let (one, two) = (portal().await, portal().await);
    assert!(call(&one, &https_url(&two)).await.is_err_and(|error| error.is_connect()));
    assert!(http().get(https_url(&one)).send().await.is_err_and(|error| error.is_connect()), "nobody is trusted");
}

#[tokio::test]
async fn without_tls_there_is_no_second_address() {
    let portal = Portal::start().await.expect("a portal");
    assert_eq!((portal.https_url(), portal.certificate()), (None, None));
    assert!(http().get(portal.url().replace("http:", "https:")).send().await.is_err());
}

#[tokio::test]
async fn events_name_the_portal_by_its_http_address() {
    let bot = Bot::install_on(portal().await).await;
    assert_eq!(bot.install.get("auth[domain]"), bot.portal.domain());
    assert_eq!(bot.install.get("auth[client_endpoint]"), format!("{}/rest/", bot.portal.url()));
}

#[tokio::test]
async fn an_offer_to_upgrade_is_passed_over_with_tls_as_without() {
    let bot = Bot::install_on(portal().await).await;
    let headers = [("connection", "Upgrade, HTTP2-Settings"), ("upgrade", "h2c"), ("http2-settings", "AAMAAABkAAQ")];
    for portal in [bot.portal.url().to_owned(), https_url(&bot.portal)] {
        let request = trusting(&bot.portal).post(format!("{portal}/rest/app.info?auth={}", bot.token()));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        assert_eq!(request.send().await.expect("an answer").status(), 200, "{portal}");
    }
}

#[tokio::test]
async fn an_old_client_may_offer_http_1_0_alone() {
    let portal = portal().await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate(&portal)).expect("PEM")).expect("a certificate");
    let config =
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let mut config = config.expect("versions").with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.0".to_vec()];

    let name = ServerName::try_from("127.0.0.1").expect("a name");
    let stream = TlsConnector::from(Arc::new(config)).connect(name, connect(&portal).await).await;
    let mut stream = stream.expect("a handshake");
    stream.write_all(b"GET /rest/app.info HTTP/1.0\r\n\r\n").await.expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.0 401") && answer.contains("NO_AUTH_FOUND"), "{answer}");
}

#[tokio::test]
async fn a_handshake_that_hangs_holds_up_nobody() {
    let portal = portal().await;
    let mut hanging = connect(&portal).await;
    hanging.write_all(&FIRST_BYTE).await.expect("a byte");
    let silent = connect(&portal).await;

    let answer = call(&portal, &format!("{}/rest/app.info", https_url(&portal))).await.expect("an answer");
    assert_eq!(answer["error"], "NO_AUTH_FOUND");
    drop((hanging, silent));
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_hangs_is_ended() {
    // The clock of the test stands still and jumps to the end of the portal's patience.
    let portal = portal().await;
    let mut hanging = connect(&portal).await;
    hanging.write_all(&FIRST_BYTE).await.expect("a byte");
    assert!(rest(hanging).await.is_empty());
}

#[tokio::test]
async fn a_broken_handshake_ends_only_itself() {
    let portal = portal().await;
    let mut broken = connect(&portal).await;
    broken.write_all(b"\x16GET / HTTP/1.1\r\n\r\n").await.expect("a few bytes");
    assert!(!String::from_utf8_lossy(&rest(broken).await).contains("HTTP"));

    let answer = call(&portal, &format!("{}/rest/app.info", https_url(&portal))).await.expect("an answer");
    assert_eq!(answer["error"], "NO_AUTH_FOUND");
}

#[tokio::test]
async fn a_portal_that_goes_down_hangs_up() {
    let portal = portal().await;
    let silent = connect(&portal).await;
    // Answered after the silent connection was taken, for they are taken in turn.
    call(&portal, &format!("{}/rest/app.info", portal.url())).await.expect("an answer");
    drop(portal);
    assert!(rest(silent).await.is_empty());
}

#[tokio::test]
async fn http_2_is_agreed_upon_in_the_handshake() {
    let portal = portal().await;
    let url = format!("{}/rest/app.info", https_url(&portal));
    let response = trusting(&portal).get(url).send().await.expect("an answer");
    assert_eq!((response.version(), response.status().as_u16()), (reqwest::Version::HTTP_2, 401));
}
