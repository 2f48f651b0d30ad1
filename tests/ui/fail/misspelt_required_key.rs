use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(kode = "helpdesk", name = "Helpdesk")]
impl Helpdesk {}

fn main() {}
