//! The events that are measured: the keys and the order of the documentation, the values made up.

use crate::form::Form;

/// The code of the bot that the events are meant for.
pub(crate) const BOT_CODE: &str = "bench";
/// Its number on the portal.
pub(crate) const BOT_ID: &str = "1291";
/// The application that the bot belongs to.
pub(crate) const CLIENT_ID: &str = "local.67e2c6b0a5c4f8.73915204";

/// The portal that events come from.
pub(crate) struct Origin {
    domain: String,
    endpoint: String,
}

impl Origin {
    /// A portal in the cloud.
    pub(crate) fn cloud() -> Self {
        Self::new("https", "some-company.bitrix24.com")
    }

    /// A portal on this machine.
    pub(crate) fn local(address: std::net::SocketAddr) -> Self {
        Self::new("http", &address.to_string())
    }

    fn new(scheme: &str, domain: &str) -> Self {
        Self { domain: domain.to_owned(), endpoint: format!("{scheme}://{domain}/rest/") }
    }

    /// `ONIMCOMMANDADD`: somebody called `/echo` in the private dialog with the bot.
    pub(crate) fn command_called(&self) -> Vec<u8> {
        let mut form = start("ONIMCOMMANDADD", "1045");
        self.bot(&mut form, "data[COMMAND][103]");
        form.group(
            "data[COMMAND][103]",
            &[
                ("COMMAND", "echo"),
                ("COMMAND_ID", "103"),
                ("COMMAND_PARAMS", "test"),
                ("COMMAND_CONTEXT", "TEXTAREA"),
                ("MESSAGE_ID", "33899"),
            ],
        );
        form.group(
            "data[PARAMS]",
            &[
                ("MESSAGE", "/echo test"),
                ("TEMPLATE_ID", "5b0f2f0e-93c1-4c2b-8a77-1d6e0c94b3fa"),
                ("MESSAGE_TYPE", "P"),
                ("FROM_USER_ID", "1269"),
                ("DIALOG_ID", "1269"),
                ("TO_CHAT_ID", "2737"),
                ("AUTHOR_ID", "1269"),
                ("SYSTEM", "N"),
                ("TO_USER_ID", BOT_ID),
                ("SKIP_USER_CHECK", "Y"),
                ("PUSH", "Y"),
                ("PUSH_IMPORTANT", "N"),
                ("RECENT_ADD", "Y"),
            ],
        );
        form.group("data[PARAMS]", &SWITCHES);
        form.group("data[PARAMS]", &[("MESSAGE_ID", "33899"), ("CHAT_TYPE", "P"), ("LANGUAGE", "en")]);
        form.group(
            "data[USER]",
            &[("ID", "1269"), ("NAME", "John Smith"), ("FIRST_NAME", "John"), ("LAST_NAME", "Smith"), ("GENDER", "M")],
        );
        self.end(form, "1269")
    }

    /// `ONIMBOTMESSAGEADD`: a user wrote to the bot.
    pub(crate) fn message_added(&self, user: &str) -> Vec<u8> {
        let mut form = start("ONIMBOTMESSAGEADD", "403");
        self.bot(&mut form, "data[BOT][1291]");
        form.group(
            "data[PARAMS]",
            &[
                ("MESSAGE", "Hello"),
                ("TEMPLATE_ID", "0d9a4e7c-2c55-4f0b-b1c8-6e4b7f3a9d21"),
                ("MESSAGE_TYPE", "P"),
                ("FROM_USER_ID", user),
                ("DIALOG_ID", user),
                ("TO_CHAT_ID", "1407"),
                ("AUTHOR_ID", user),
                ("SYSTEM", "N"),
                ("TO_USER_ID", BOT_ID),
                ("PUSH", "Y"),
                ("PUSH_IMPORTANT", "N"),
            ],
        );
        form.group("data[PARAMS]", &SWITCHES);
        form.group(
            "data[PARAMS]",
            &[
                ("COMMAND_CONTEXT", "TEXTAREA"),
                ("CHAT_USER_COUNT", "2"),
                ("PLATFORM_CONTEXT", "web"),
                ("MESSAGE_ID", "100084331"),
                ("CHAT_TYPE", "P"),
                ("LANGUAGE", "en"),
            ],
        );
        form.group(
            "data[USER]",
            &[
                ("ID", user),
                ("NAME", "Svetlana Petrova"),
                ("FIRST_NAME", "Svetlana"),
                ("LAST_NAME", "Petrova"),
                ("WORK_POSITION", ""),
                ("GENDER", "F"),
                ("IS_BOT", "N"),
                ("IS_CONNECTOR", "N"),
                ("IS_NETWORK", "N"),
                ("IS_EXTRANET", "N"),
            ],
        );
        self.end(form, user)
    }

    /// `ONAPPINSTALL`: the application was installed.
    pub(crate) fn installed(&self) -> Vec<u8> {
        let mut form = Form::default();
        form.field("event", "ONAPPINSTALL");
        form.group("data", &[("VERSION", "1"), ("ACTIVE", "Y"), ("INSTALLED", "Y"), ("LANGUAGE_ID", "en")]);
        self.end(form, "1")
    }

    /// What is told of the bot: its tokens twice, its number and its code.
    fn bot(&self, form: &mut Form, name: &str) {
        for name in [name, &format!("{name}[AUTH]")] {
            form.group(name, &self.grant(BOT_ID));
            form.group(name, &[("client_id", CLIENT_ID), ("application_token", APPLICATION_TOKEN)]);
        }
        form.group(name, &[("BOT_ID", BOT_ID), ("BOT_CODE", BOT_CODE)]);
    }

    fn end(&self, mut form: Form, user: &str) -> Vec<u8> {
        form.field("ts", "1772109486");
        form.group("auth", &self.grant(user));
        form.group("auth", &[("application_token", APPLICATION_TOKEN)]);
        form.into_bytes()
    }

    fn grant<'a>(&'a self, user: &'a str) -> [(&'a str, &'a str); 11] {
        [
            ("access_token", "c31f8a690000071b006e2cf2000500a40000076d19be42f7a5083c91d2e6"),
            ("expires", "1772113086"),
            ("expires_in", "3600"),
            ("scope", "imbot"),
            ("domain", &self.domain),
            ("server_endpoint", "https://oauth.bitrix.info/rest/"),
            ("status", "F"),
            ("client_endpoint", &self.endpoint),
            ("member_id", "4f7d1c02a9be8d3365e0172bc84a91f6"),
            ("refresh_token", "b39eb1690000071b006e2cf2000500a4000007e05c7a3d41f8b6290e"),
            ("user_id", user),
        ]
    }
}

const APPLICATION_TOKEN: &str = "92ab6e0f4d1783c5b07fe2169ca4d835";

/// How a message is treated; they come with each, in this order.
const SWITCHES: [(&str, &str); 10] = [
    ("RECENT_SKIP_AUTHOR", "N"),
    ("CONVERT", "N"),
    ("SKIP_COMMAND", "N"),
    ("SKIP_COUNTER_INCREMENTS", "N"),
    ("SILENT_CONNECTOR", "N"),
    ("SKIP_CONNECTOR", "N"),
    ("IMPORTANT_CONNECTOR", "N"),
    ("NO_SESSION_OL", "N"),
    ("FAKE_RELATION", "0"),
    ("SKIP_URL_INDEX", "N"),
];

fn start(name: &str, handler: &str) -> Form {
    let mut form = Form::default();
    form.field("event", name);
    form.field("event_handler_id", handler);
    form
}
