//! Bytes that anybody may send to the address of a bot.
#![no_main]

use b24_runtime::conformance::read_event;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(read_event(bytes)));
