use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", name = "Help")]
impl Helpdesk {}

fn main() {}
