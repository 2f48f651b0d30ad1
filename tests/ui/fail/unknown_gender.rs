use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", gender = Female)]
impl Helpdesk {}

fn main() {}
