//! What people get wrong with `#[bot]`, and what the compiler tells them.
//!
//! After a change of messages run `TRYBUILD=overwrite cargo test -p b24-tests macros` and read the difference.

use trybuild::TestCases;

#[test]
fn misuses_are_explained() {
    TestCases::new().compile_fail("ui/fail/*.rs");
}

/// Apart, as a new compiler may word them differently.
#[test]
fn mistakes_that_only_the_compiler_can_see_point_at_their_place() {
    TestCases::new().compile_fail("ui/fail_rustc/*.rs");
}

#[test]
fn bots_compile() {
    TestCases::new().pass("ui/pass/*.rs");
}
