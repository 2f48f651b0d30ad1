/// What the runs measured, in their order.
#[derive(Debug, Clone)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn push(&mut self, sample: f64) {
        self.0.push(sample);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Run by run, these to those: what slows the machine for a while slows both and leaves the ratio as it is.
    pub(crate) fn ratio(&self, floor: &Self) -> Self {
        Self(self.0.iter().zip(&floor.0).map(|(ours, floor)| ours / floor).collect())
    }

    pub(crate) fn median(&self) -> f64 {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[middle - 1], sorted[middle]) } else { sorted[middle] }
    }

    pub(crate) fn min(&self) -> f64 {
        self.sorted()[0]
    }

    pub(crate) fn max(&self) -> f64 {
        self.sorted()[self.len() - 1]
    }

    fn sorted(&self) -> Vec<f64> {
        assert!(!self.0.is_empty(), "nothing was measured");
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn the_median_lies_in_the_middle_of_an_odd_and_of_an_even_number_of_runs() {
        assert!((Samples(vec![9.0, 1.0, 2.0]).median() - 2.0).abs() < f64::EPSILON);
        assert!((Samples(vec![9.0, 1.0, 2.0, 3.0]).median() - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_ratio_is_taken_run_by_run() {
        let ratio = Samples(vec![2.0, 20.0]).ratio(&Samples(vec![1.0, 10.0]));
        assert!((ratio.max() - ratio.min()).abs() < f64::EPSILON);
    }
}
