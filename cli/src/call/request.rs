//! A call that is only shown: the request, and the same as a line for `curl`.

use b24_spec::Method;
use serde_json::{Map, Value};

use crate::{
    rest::Address,
    style::{QUIET, TITLE, styled},
};

/// The request as it would be sent.
pub(super) fn show(address: &Address, name: &str, method: Option<&Method>, params: &Map<String, Value>) -> String {
    let url = address.of(name, method.is_some_and(|method| method.rest3));
    let body = address.sign(params);
    let line = ["curl", "-sS", "-H", "Content-Type: application/json", "-d", &body.to_string(), &url];
    // What no shell can quote holds a zero byte, which no JSON has.
    let curl = shlex::try_join(line).unwrap_or_default();
    format!(
        "{} {url}\n{}\n\n{body:#}\n\n{curl}",
        styled(TITLE, "POST"),
        styled(QUIET, "Content-Type: application/json")
    )
}
