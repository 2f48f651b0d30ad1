//! The hours in which a line is at work.

use jiff::{
    Timestamp,
    civil::{Time, Weekday},
    tz::TimeZone,
};

use super::Settings;

impl Settings {
    /// Whether somebody may be expected to answer. A line without hours is always at work.
    pub(crate) fn is_at_work(&self, now: Timestamp) -> bool {
        if !self.is_on("WORKTIME_ENABLE") {
            return true;
        }
        let zone = TimeZone::get(self.text("WORKTIME_TIMEZONE")).unwrap_or(TimeZone::UTC);
        let now = now.to_zoned(zone);
        let holiday = format!("{:02}.{:02}", now.day(), now.month());
        let is_off = self.list("WORKTIME_DAYOFF").any(|day| day == letters(now.weekday()))
            || self.list("WORKTIME_HOLIDAYS").any(|day| day == holiday);
        let from = time(self.text("WORKTIME_FROM")).unwrap_or(Time::MIN);
        let to = time(self.text("WORKTIME_TO")).unwrap_or(Time::MAX);
        let now = now.time();
        // The last minute counts as a whole.
        !is_off && now >= from && (now <= to || (now.hour(), now.minute()) == (to.hour(), to.minute()))
    }
}

/// `9`, `9.30` or `09:30`.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(['.', ':']).unwrap_or((text.trim(), "0"));
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Settings;

    fn is_at_work(given: &serde_json::Value, now: &str) -> bool {
        let mut settings = Settings::new("en");
        settings.change(given.as_object().expect("an object"));
        settings.is_at_work(now.parse().expect("a moment"))
    }

    #[test]
    fn hours_are_written_in_three_ways() {
        for (from, to) in [("9", "18"), ("9.00", "18.00"), ("09:00", "18:00")] {
            let hours = json!({"WORKTIME_ENABLE": "Y", "WORKTIME_FROM": from, "WORKTIME_TO": to});
            assert!(is_at_work(&hours, "2026-03-16T09:00:00Z"), "{from}");
            assert!(is_at_work(&hours, "2026-03-16T18:00:59Z"), "{to}");
            assert!(!is_at_work(&hours, "2026-03-16T08:59:00Z"), "{from}");
            assert!(!is_at_work(&hours, "2026-03-16T18:01:00Z"), "{to}");
        }
    }

    #[test]
    fn a_day_off_and_a_holiday_have_no_hours() {
        let off = json!({
            "WORKTIME_ENABLE": "Y", "WORKTIME_FROM": "0", "WORKTIME_TO": "23.59",
            "WORKTIME_DAYOFF": ["SU"], "WORKTIME_HOLIDAYS": "01.05,25.12",
        });
        assert!(!is_at_work(&off, "2026-03-15T12:00:00Z"), "a Sunday");
        assert!(!is_at_work(&off, "2026-05-01T12:00:00Z"), "the first of May");
        assert!(is_at_work(&off, "2026-03-16T12:00:00Z"), "a Monday");
    }

    #[test]
    fn a_line_without_hours_is_always_at_work() {
        assert!(is_at_work(&json!({}), "2026-03-15T03:00:00Z"));
    }
}
