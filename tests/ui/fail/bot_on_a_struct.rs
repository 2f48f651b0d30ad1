use b24_runtime::prelude::*;

#[bot(code = "helpdesk", name = "Helpdesk")]
pub struct Helpdesk;

fn main() {}
