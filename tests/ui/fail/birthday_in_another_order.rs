use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", birthday = "11.03.2016")]
impl Helpdesk {}

fn main() {}
