use super::InvalidMessage;

/// What a portal takes for an address: a page anywhere, or one of its own by its path.
pub(super) fn check_address(owner: &str, address: &str) -> Result<(), InvalidMessage> {
    if address.is_empty() {
        return Err(InvalidMessage::new(format!("{owner} needs an address")));
    }
    let begins = |with: &str| address.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if ["http://", "https://", "/"].into_iter().any(begins) {
        return Ok(());
    }
    Err(InvalidMessage::new(format!(
        "{owner} has the address \"{address}\": it must begin with http://, https:// or /"
    )))
}
