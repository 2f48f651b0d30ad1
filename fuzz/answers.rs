//! Bytes that may come in place of an answer of a portal: the name of a method, a line end, and the body.
#![no_main]

use b24_runtime::conformance::read_answer;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(read_answer(bytes)));
