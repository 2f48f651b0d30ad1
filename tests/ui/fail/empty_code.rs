use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "", name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
