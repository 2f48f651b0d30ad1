use b24_runtime::prelude::*;

struct Helpdesk;

#[bot(code = "helpdesk", name = "Helpdesk", color = "LIGHT_BLUE")]
impl Helpdesk {}

fn main() {}
