//! What comes from outside, out of order: the seeds and the functions of `fuzz/`, for as long as a test may take.

use std::{fs, path::Path};

use b24_runtime::conformance::{read_answer, read_event};
use serde_json::{Value, json};

use crate::random::{Random, seed};

/// How often each seed is damaged.
const TIMES: usize = 400;

/// The bytes that mean something to a decoder, and some that mean nothing anywhere.
const BYTES: &[u8] = b"[]{}%&=+,:\"\\-.eE0159aAB \n\0\xff\xc3";

fn seeds(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(folder);
    let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

/// Feeds a reader with damaged seeds: each is read or refused with words, and none ends the process.
fn feed(folder: &str, read: fn(&[u8]) -> Result<(), String>) {
    let mut random = Random::new(seed());
    let (mut well, mut refused) = (0, 0);
    for (name, sound) in seeds(folder) {
        for _ in 0..TIMES {
            let mut bytes = sound.clone();
            for _ in 0..=random.below(4) {
                damage(&mut random, &mut bytes);
            }
            let Ok(outcome) = std::panic::catch_unwind(|| read(&bytes)) else {
                panic!("{name} damaged to this makes it panic:\n{}", bytes.escape_ascii())
            };
            match outcome {
                Ok(()) => well += 1,
                Err(words) => {
                    let is_told = !words.is_empty() && words.len() < 2000;
                    assert!(is_told, "{name} damaged to {} is refused with {words:?}", bytes.escape_ascii());
                    refused += 1;
                }
            }
        }
    }
    assert!(well > 300 && refused > 1000, "{well} read, {refused} refused: the damage is of one kind only");
}

#[test]
fn every_seed_is_sound() {
    for (name, bytes) in seeds("events") {
        assert_eq!(read_event(&bytes), Ok(()), "{name}");
    }
    for (name, bytes) in seeds("answers") {
        let is_answer = name.contains('.');
        assert_eq!(read_answer(&bytes).is_ok(), is_answer, "{name}: {:?}", read_answer(&bytes));
    }
}

#[test]
fn a_damaged_event_is_an_error_or_an_event_and_never_a_panic() {
    feed("events", read_event);
}

#[test]
fn a_damaged_answer_is_an_error_or_an_answer_and_never_a_panic() {
    feed("answers", read_answer);
}

/// Puts something out of place: a value of JSON, or a few bytes of anything.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    let start = bytes.iter().position(|byte| *byte == b'{').unwrap_or(bytes.len());
    if random.below(2) == 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(&bytes[start..])
    {
        *anywhere(random, &mut value) = nonsense(random);
        bytes.truncate(start);
        bytes.extend(value.to_string().bytes());
        return;
    }
    let at = random.below(bytes.len());
    let byte = BYTES[random.below(BYTES.len())];
    match random.below(4) {
        0 => bytes[at] = byte,
        1 => bytes.insert(at, byte),
        2 if bytes.len() > 1 => drop(bytes.remove(at)),
        _ => {
            let end = (at + random.below(40)).min(bytes.len());
            let (piece, to) = (bytes[at..end].to_vec(), random.below(bytes.len()));
            bytes.splice(to..to, piece);
        }
    }
}

/// Some value inside of a value.
fn anywhere<'a>(random: &mut Random, value: &'a mut Value) -> &'a mut Value {
    let count = match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if count == 0 || random.below(6) == 0 {
        return value;
    }
    let chosen = random.below(count);
    let child = match value {
        Value::Array(items) => items.get_mut(chosen),
        Value::Object(members) => members.values_mut().nth(chosen),
        _ => None,
    };
    anywhere(random, child.unwrap())
}

fn nonsense(random: &mut Random) -> Value {
    let all = [
        json!(null),
        json!(false),
        json!(""),
        json!("chat"),
        json!("-1"),
        json!("9999999999999999999999"),
        json!("é\u{0}👋"),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({"0": {"1": []}}),
        json!(-1),
        json!(0.5),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e300),
    ];
    all[random.below(all.len())].clone()
}
