use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk" name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
