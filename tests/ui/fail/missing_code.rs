use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
