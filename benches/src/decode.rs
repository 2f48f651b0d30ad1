//! How long it takes to make a typed event of a form.

mod derived;

use std::{hint::black_box, time::Instant};

use b24_runtime::{decode_event, events::Event};

use crate::{
    Result,
    events::Origin,
    samples::Samples,
    table::{Row, Table, Target},
};

const RUNS: usize = 15;
/// A run takes the median of so many turns, in which one contender comes after the other: what interrupts a turn is
/// not measured.
const TURNS: usize = 40;
/// How often a contender decodes the form in its turn.
const REPEATS: u32 = 100;

pub(crate) fn measure() -> Result<Table> {
    let form = Origin::cloud().command_called();
    check(&form)?;
    let ours = || decode_event(black_box(&form));
    let percent_decoding = || form_urlencoded::parse(black_box(&form)).for_each(|field| drop(black_box(field)));
    let derived = || derived::decode(black_box(&form));
    let mut runs = [const { Samples::none() }; 3];
    // The first run only warms up.
    for run in 0..=RUNS {
        let mut turns = [const { Samples::none() }; 3];
        for _ in 0..TURNS {
            let took = [time(ours), time(percent_decoding), time(derived)];
            turns.iter_mut().zip(took).for_each(|(turns, took)| turns.push(took));
        }
        if run > 0 {
            runs.iter_mut().zip(turns).for_each(|(runs, turns)| runs.push(turns.median()));
        }
    }
    let [ours, percent_decoding, derived] = runs;
    let title = format!("decode: a form of ONIMCOMMANDADD, {} bytes, into the typed event; µs", form.len());
    let rows = vec![
        Row {
            against: "percent-decoding alone",
            ours: ours.clone(),
            floor: percent_decoding,
            target: Some(Target::OursAtMost(8.0)),
        },
        Row { against: "serde_qs, derived", ours, floor: derived, target: None },
    ];
    Ok(Table { title, rows })
}

/// Microseconds for one call.
fn time<T>(decode: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..REPEATS {
        black_box(decode());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(REPEATS)
}

/// A refusal is quick: what is measured must succeed.
fn check(form: &[u8]) -> Result<()> {
    match decode_event(form)?.1 {
        Event::ImCommandAdd(event) if event.command.values().any(|command| command.command == "echo") => {}
        other => return Err(format!("the form was read as {other:?}").into()),
    }
    derived::decode(form)?;
    Ok(())
}
