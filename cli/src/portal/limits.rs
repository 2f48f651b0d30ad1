use std::{str::FromStr, time::Duration};

use b24_portal::{Limits, RateLimit};
use clap::{Args, ValueEnum};

/// How much the portal takes: a plan, and what differs from it.
#[derive(Args)]
pub(super) struct LimitOptions {
    /// How much is taken from callers: as in the cloud, as on its enterprise plan, or whatever comes. By default calls
    /// may come as fast as they like, a request has 60 seconds and a batch 50 commands.
    #[arg(long, value_name = "PLAN")]
    limit: Option<Plan>,
    /// How many calls may come at once and how many a second, `50/2`; `off` for any.
    #[arg(long, value_name = "CALLS/SECOND", value_parser = rate)]
    rate: Option<Bound<RateLimit>>,
    /// For how many seconds of ten minutes a method may run for one caller; `off` for any.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    operating: Option<Bound<Duration>>,
    /// How many seconds a request may take; `off` for any.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    request: Option<Bound<Duration>>,
    /// How many commands a batch may have; `off` for any.
    #[arg(long, value_name = "COMMANDS", value_parser = number::<usize>)]
    batch: Option<Bound<usize>>,
    /// How many seconds a handler may take for an event before the next ones wait; `off` for any.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    handler: Option<Bound<Duration>>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Plan {
    /// 50 calls at once and 2 a second, 480 seconds of a method in ten minutes.
    Standard,
    /// 250 calls at once and 5 a second, 480 seconds of a method in ten minutes.
    Enterprise,
    /// Whatever comes.
    Off,
}

impl LimitOptions {
    pub(super) fn limits(&self) -> Limits {
        let mut limits = match self.limit {
            None => Limits::default(),
            Some(Plan::Standard) => Limits::standard(),
            Some(Plan::Enterprise) => Limits::enterprise(),
            Some(Plan::Off) => Limits::off(),
        };
        set(&mut limits.rate, self.rate);
        set(&mut limits.operating, self.operating);
        set(&mut limits.request, self.request);
        set(&mut limits.batch, self.batch);
        set(&mut limits.handler, self.handler);
        limits
    }
}

/// A limit as somebody gives it; none for `off`.
#[derive(Clone, Copy)]
struct Bound<T>(Option<T>);

fn set<T>(limit: &mut Option<T>, given: Option<Bound<T>>) {
    if let Some(Bound(given)) = given {
        *limit = given;
    }
}

fn number<T: FromStr>(text: &str) -> Result<Bound<T>, String> {
    match text.parse() {
        _ if text == "off" => Ok(Bound(None)),
        Ok(number) => Ok(Bound(Some(number))),
        Err(_) => Err("it must be a number or `off`".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Bound<Duration>, String> {
    number(text).map(|Bound(seconds)| Bound(seconds.map(Duration::from_secs)))
}

fn rate(text: &str) -> Result<Bound<RateLimit>, String> {
    let wrong = || "it must be like `50/2`, or `off`".to_owned();
    if text == "off" {
        return Ok(Bound(None));
    }
    let (burst, per_second) = text.split_once('/').ok_or_else(wrong)?;
    let (burst, per_second) = (burst.parse().map_err(|_| wrong())?, per_second.parse().map_err(|_| wrong())?);
    Ok(Bound(Some(RateLimit::new(burst, per_second))))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Duration, LimitOptions, Limits, RateLimit};

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        limits: LimitOptions,
    }

    fn limits(line: &str) -> Result<Limits, String> {
        let command = Command::try_parse_from(std::iter::once("portal").chain(line.split_whitespace()));
        command.map(|command| command.limits.limits()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_plan_may_be_changed_in_parts() {
        assert_eq!(limits(""), Ok(Limits::default()));
        assert_eq!(limits("--limit enterprise"), Ok(Limits::enterprise()));
        let strict = Limits { operating: Some(Duration::from_mins(1)), batch: None, ..Limits::standard() };
        assert_eq!(limits("--limit standard --operating 60 --batch off"), Ok(strict));
        let rate = Some(RateLimit::new(5, 0.5));
        assert_eq!(limits("--limit off --rate 5/0.5"), Ok(Limits { rate, ..Limits::off() }));
    }

    #[test]
    fn a_mistake_is_told() {
        for (line, told) in [("--rate 50", "like `50/2`, or `off`"), ("--request soon", "a number or `off`")] {
            assert!(limits(line).is_err_and(|error| error.contains(told)), "{line}");
        }
    }
}
