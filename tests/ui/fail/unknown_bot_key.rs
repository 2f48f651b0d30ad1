use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", colour = Aqua)]
impl Helpdesk {}

fn main() {}
