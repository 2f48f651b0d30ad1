use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk")]
impl Helpdesk {}

fn main() {}
