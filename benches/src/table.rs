use std::fmt;

use crate::samples::Samples;

/// What was measured, as it is printed: at most 80 columns.
pub(crate) struct Table {
    /// What the figures are, with their unit.
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
}

/// Our figure beside a floor.
pub(crate) struct Row {
    pub(crate) against: &'static str,
    pub(crate) ours: Samples,
    pub(crate) floor: Samples,
    /// What is to be reached; some floors only inform.
    pub(crate) target: Option<Target>,
}

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// Our figure, in the unit of the table.
    OursAtMost(f64),
    RatioAtMost(f64),
    RatioAtLeast(f64),
}

impl Target {
    fn is_met(self, ours: f64, ratio: f64) -> bool {
        match self {
            Self::OursAtMost(most) => ours <= most,
            Self::RatioAtMost(most) => ratio <= most,
            Self::RatioAtLeast(least) => ratio >= least,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OursAtMost(most) => write!(f, "ours <= {most}"),
            Self::RatioAtMost(most) => write!(f, "<= {most}"),
            Self::RatioAtLeast(least) => write!(f, ">= {least}"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let [ours, floor, ratio, min, max] = ["ours", "floor", "ratio", "min", "max"];
        writeln!(f, "  {:22}{ours:>8}{floor:>8}{ratio:>7}{min:>6}{max:>6}  target", "against")?;
        self.rows.iter().try_for_each(|row| row.fmt(f))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.ours.ratio(&self.floor);
        let (ours, median) = (self.ours.median(), ratio.median());
        write!(f, "  {:22}{:>8}{:>8}", self.against, figure(ours), figure(self.floor.median()))?;
        write!(f, "{median:>7.2}{:>6.2}{:>6.2}", ratio.min(), ratio.max())?;
        if let Some(target) = self.target {
            write!(f, "  {target}: {}", if target.is_met(ours, median) { "met" } else { "missed" })?;
        }
        writeln!(f)
    }
}

/// Three digits tell enough.
fn figure(value: f64) -> String {
    let digits = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::{Row, Table, Target};
    use crate::samples::Samples;

    fn samples(all: &[f64]) -> Samples {
        let mut samples = Samples::none();
        for sample in all {
            samples.push(*sample);
        }
        samples
    }

    #[test]
    fn a_row_tells_both_figures_their_ratio_and_whether_the_target_is_met() {
        let row = |target| Row {
            against: "a floor",
            ours: samples(&[7.0, 8.0, 9.0]),
            floor: samples(&[10.0, 10.0, 10.0]),
            target: Some(target),
        };
        assert_eq!(
            row(Target::OursAtMost(8.0)).to_string(),
            "  a floor                   8.00    10.0   0.80  0.70  0.90  ours <= 8: met\n"
        );
        assert!(row(Target::RatioAtLeast(0.9)).to_string().ends_with(">= 0.9: missed\n"));
        assert!(row(Target::RatioAtMost(0.8)).to_string().ends_with("<= 0.8: met\n"));
    }

    #[test]
    fn the_widest_row_fits_a_terminal() {
        let row = Row {
            against: "one line, lean-bot....",
            ours: samples(&[123_456.0]),
            floor: samples(&[100.0]),
            target: Some(Target::OursAtMost(8.0)),
        };
        let table = Table { title: String::new(), rows: vec![row] }.to_string();
        assert!(table.lines().all(|line| line.len() <= 80), "{table}");
    }
}
