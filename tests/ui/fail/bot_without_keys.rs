use b24_runtime::prelude::*;

struct Helpdesk;

#[bot]
impl Helpdesk {}

fn main() {}
