use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = 7, name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
