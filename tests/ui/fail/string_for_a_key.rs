use b24_runtime::prelude::*;

struct Helpdesk;

#[bot("helpdesk", name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
