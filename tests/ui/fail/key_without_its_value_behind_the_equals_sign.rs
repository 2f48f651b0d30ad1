use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = )]
impl Helpdesk {}

fn main() {}
