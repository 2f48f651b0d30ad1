use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    ids::{AppId, LineId, UserId},
    state::State,
};

/// The connector of the chat that clients open on the portal itself.
pub(crate) const LIVE_CHAT: &str = "livechat";
/// The connector through which people of other portals write.
pub(crate) const NETWORK: &str = "network";
/// The connectors that every portal has, with their names.
pub(crate) const BUILT_IN: [(&str, &str); 2] = [(LIVE_CHAT, "Live Chat"), (NETWORK, "Bitrix24.Network")];

/// How an application brings clients of an external system to lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Connector {
    pub(crate) app: AppId,
    pub(crate) name: String,
    /// The page with its settings.
    pub(crate) handler: String,
    pub(crate) rules: Rules,
}

/// What may pass through a connector.
#[expect(clippy::struct_excessive_bools, reason = "as many as the registration has")]
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Rules {
    /// Whether what clients wrote may be deleted.
    pub(crate) deletes_incoming: bool,
    /// Whether what operators wrote may be changed.
    pub(crate) edits_outgoing: bool,
    /// Whether what operators wrote may be deleted.
    pub(crate) deletes_outgoing: bool,
    /// Whether clients get what the line says by itself.
    pub(crate) takes_system: bool,
    /// Whether a message begins with the name of the operator.
    pub(crate) signs: bool,
    /// Whether a chat is one client, however many write there.
    pub(crate) is_by_chat: bool,
}

/// What a connector is registered with.
pub(crate) struct NewConnector {
    pub(crate) id: String,
    pub(crate) connector: Connector,
}

/// A connector that is set up for a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Channel {
    pub(crate) connector: String,
    pub(crate) line: LineId,
    pub(crate) is_active: bool,
    /// What the external system calls it, once that is told.
    pub(crate) data: Option<Value>,
}

impl Channel {
    pub(crate) fn is_ready(&self) -> bool {
        self.is_active && self.data.is_some()
    }
}

impl State {
    /// Registers a connector or changes it. The id may be one of the portal's own or of another application.
    pub(crate) fn register_connector(&mut self, new: NewConnector) -> bool {
        let NewConnector { id, connector } = new;
        let is_foreign = self.lines.connectors.get(&id).is_some_and(|known| known.app != connector.app);
        if is_foreign || BUILT_IN.iter().any(|(known, _)| *known == id) {
            return false;
        }
        self.lines.connectors.insert(id, connector);
        self.lines_changed();
        true
    }

    /// Takes a connector of the application off the portal.
    pub(crate) fn unregister_connector(&mut self, app: AppId, id: &str) -> bool {
        if self.connector_of(app, id).is_none() {
            return false;
        }
        self.lines.connectors.remove(id);
        self.lines.channels.retain(|channel| channel.connector != id);
        self.lines_changed();
        true
    }

    /// A connector of this application.
    pub(crate) fn connector_of(&self, app: AppId, id: &str) -> Option<&Connector> {
        self.lines.connectors.get(id).filter(|connector| connector.app == app)
    }

    /// The connectors with their names.
    pub(crate) fn connector_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.lines.connectors.iter().map(|(id, connector)| (id.as_str(), connector.name.as_str()));
        BUILT_IN.into_iter().chain(own)
    }

    pub(crate) fn connector_name(&self, id: &str) -> &str {
        self.connector_names().find(|(known, _)| *known == id).map_or("", |(_, name)| name)
    }

    pub(crate) fn channel(&self, connector: &str, line: LineId) -> Option<&Channel> {
        self.lines.channels.iter().find(|channel| channel.connector == connector && channel.line == line)
    }

    /// Changes how a connector is set up for a line; there has to be such a line.
    pub(crate) fn set_up(&mut self, connector: &str, line: LineId, change: impl FnOnce(&mut Channel)) -> bool {
        if !self.lines.lines.contains(line) {
            return false;
        }
        let channels = &mut self.lines.channels;
        let known = channels.iter().position(|channel| channel.connector == connector && channel.line == line);
        let place = known.unwrap_or_else(|| {
            channels.push(Channel { connector: connector.to_owned(), line, is_active: false, data: None });
            channels.len() - 1
        });
        if let Some(channel) = channels.get_mut(place) {
            change(channel);
        }
        self.lines_changed();
        true
    }

    /// A person turns a connector off for a line; its application is told.
    pub(crate) fn disconnect(&mut self, by: UserId, connector: &str, line: LineId) -> bool {
        let was_active = self.channel(connector, line).is_some_and(|channel| channel.is_active);
        if was_active {
            self.set_up(connector, line, |channel| channel.is_active = false);
            self.tell_of_disconnection(by, connector, line);
        }
        was_active
    }
}
