use b24_runtime::prelude::*;

#[bot(code = "helpdesk", name = "Helpdesk")]
async fn echo(_cx: &CommandCx) {}

fn main() {}
