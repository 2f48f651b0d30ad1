use std::{net::SocketAddr, sync::Arc};

use axum::serve::Listener;
use tokio::sync::oneshot;

use super::wire::{Peer, Wires};
use crate::{hub::Hub, web};

/// Stops serving when it is dropped.
pub(super) struct Server {
    stop: Option<oneshot::Sender<()>>,
    hub: Arc<Hub>,
}

impl Server {
    pub(super) fn start(listener: impl Listener<Addr = SocketAddr>, hub: Arc<Hub>) -> Self {
        let service = web::router(hub.clone()).into_make_service_with_connect_info::<Peer>();
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(async move {
            let stopped = async {
                // A sender that is dropped means the same.
                let _ = stopped.await;
            };
            if let Err(error) = axum::serve(Wires(listener), service).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the portal stopped serving");
            }
        });
        Self { stop: Some(stop), hub }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The server may have ended by itself.
            let _ = stop.send(());
        }
        // A page that is watching would keep the server up for ever.
        self.hub.dismiss_watchers();
    }
}
