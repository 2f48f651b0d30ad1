use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", kind = Robot)]
impl Helpdesk {}

fn main() {}
