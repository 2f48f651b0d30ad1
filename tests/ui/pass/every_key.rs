use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(
    code = "helpdesk",
    name = "Help",
    last_name = "Desk",
    color = LightBlue,
    position = "Answers questions",
    kind = OpenLine,
    email = "helpdesk@example.com",
    website = "https://example.com",
    gender = F,
    birthday = "2016-03-11",
    avatar = "Cargo.toml",
    background = Sky,
    commands = helpdesk_commands,
)]
impl Helpdesk {
    #[command(
        "echo",
        title(en = "Repeat the text", ru = "Повторить", de = "Wiederholen"),
        params(en = "text"),
        guard = Helpdesk::is_open,
        hidden,
        local,
        extranet,
    )]
    fn echo(&self, _cx: &CommandCx) {}

    /// Say something
    #[command("say", common)]
    fn say(&self, _cx: &CommandCx) {}

    fn is_open(&self, _cx: &CommandCx) -> bool {
        true
    }
}

#[bot(last_name = "Parrot", code = "parrot")]
impl Parrot {}

struct Parrot;

fn main() {
    let _ = helpdesk_commands::Echo {};
    let _ = (Helpdesk::router(), Parrot::router());
}
