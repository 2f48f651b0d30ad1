use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", color = Color::Aqua)]
impl Helpdesk {}

fn main() {}
