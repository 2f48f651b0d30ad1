//! What the README shows is what is there.

use std::fs;

fn file(path: &str) -> String {
    fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_test_of_a_bot_that_it_shows_is_one_that_runs() {
    let test = file("examples/echo-bot/tests/echo.rs");
    let (_, code) = test.split_once("\n\n").unwrap();
    assert!(file("README.md").contains(code), "the README shows another test than examples/echo-bot/tests/echo.rs");
}
