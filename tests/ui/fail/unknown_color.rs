use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", color = Lightblue)]
impl Helpdesk {}

fn main() {}
