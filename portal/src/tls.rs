//! HTTPS on the port of HTTP: the first byte of a connection tells which of the two it speaks.

use std::{
    error::Error,
    io,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::serve;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};
use rustls::{ServerConfig, crypto::ring};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use crate::portal::without_delay;

/// The names that the portal can be called by: its own, and those of the authorization server, which many clients have
/// built in. Where the system is told that those are here, too, such clients renew their tokens as they are.
const NAMES: [&str; 5] = ["localhost", "127.0.0.1", "::1", "oauth.bitrix.info", "oauth.bitrix24.tech"];
/// What is spoken behind the handshake. Old clients offer nothing but 1.0.
const PROTOCOLS: [&[u8]; 3] = [b"h2", b"http/1.1", b"http/1.0"];
/// The first byte of a TLS connection, which no HTTP request begins with.
const HANDSHAKE: u8 = 0x16;
/// How long a client may take for its handshake.
const PATIENCE: Duration = Duration::from_secs(10);
const DAY: Duration = Duration::from_hours(24);

/// Who the portal is to a client that asks for HTTPS.
pub(crate) struct Identity {
    /// In PEM.
    pub(crate) certificate: String,
    acceptor: TlsAcceptor,
}

impl Identity {
    /// A new key, and a certificate for it that it signed itself.
    pub(crate) fn create() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let key = KeyPair::generate()?;
        let certificate = wanted()?.self_signed(&key)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())?;
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).into();
        Ok(Self { certificate: certificate.pem(), acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// A certificate that strict clients take, too: they ask for its purpose and for a life below 825 days.
fn wanted() -> Result<CertificateParams, Box<dyn Error + Send + Sync>> {
    let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
    params.distinguished_name.push(DnType::CommonName, "b24 local portal");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let now = rcgen::date_time_ymd(1970, 1, 1) + SystemTime::UNIX_EPOCH.elapsed()?;
    params.not_before = now - DAY;
    params.not_after = now + 365 * DAY;
    Ok(params)
}

/// A connection with or without TLS.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// A connection that can be served, and where it comes from.
type Arrival = (Box<dyn Stream>, SocketAddr);

/// Takes connections with TLS and such without.
pub(crate) struct Listener {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
    /// Connections that have not shown yet what they speak, each in a task of its own: none waits for another.
    greeted: JoinSet<io::Result<Arrival>>,
}

pub(crate) fn listen(tcp: TcpListener, identity: Identity) -> Listener {
    Listener { tcp, acceptor: identity.acceptor, greeted: JoinSet::new() }
}

impl serve::Listener for Listener {
    type Io = Box<dyn Stream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Arrival {
        loop {
            tokio::select! {
                (stream, source) = serve::Listener::accept(&mut self.tcp) => {
                    self.greeted.spawn(greet(stream, source, self.acceptor.clone()));
                }
                Some(greeted) = self.greeted.join_next() => match greeted {
                    Ok(Ok(arrival)) => return arrival,
                    Ok(Err(error)) => tracing::debug!(%error, "a connection ended before its first request"),
                    Err(error) => tracing::error!(%error, "a connection was not taken"),
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

/// Waits for the first byte, as long as it may take, and where it begins a handshake for the end of that.
async fn greet(mut stream: TcpStream, source: SocketAddr, acceptor: TlsAcceptor) -> io::Result<Arrival> {
    without_delay(&mut stream);
    let mut first = [0];
    // It stays in the stream for whoever reads on.
    stream.peek(&mut first).await?;
    if first == [HANDSHAKE] {
        let stream = timeout(PATIENCE, acceptor.accept(stream)).await??;
        Ok((Box::new(stream), source))
    } else {
        Ok((Box::new(stream), source))
    }
}
