use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", avatar = "no-such-avatar.png")]
impl Helpdesk {}

fn main() {}
