use std::time::Duration;

/// What the next event waits after the first slow answer. The documentation tells no figures.
const FIRST: Duration = Duration::from_secs(1);
/// How often the wait doubles: up to a minute.
const DOUBLINGS: u32 = 6;

/// How fast a handler may be called: the more slow answers, the longer the pause before the next event. Each quick one
/// takes a step back.
#[derive(Debug, Default)]
pub(super) struct Pace {
    steps: u32,
}

impl Pace {
    pub(super) fn pause(&self) -> Duration {
        match self.steps {
            0 => Duration::ZERO,
            steps => FIRST * 2_u32.pow(steps - 1),
        }
    }

    pub(super) fn learn(&mut self, was_slow: bool) {
        self.steps = if was_slow { (self.steps + 1).min(DOUBLINGS + 1) } else { self.steps.saturating_sub(1) };
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn pauses_grow_with_each_slow_answer_and_shrink_with_each_quick_one() {
        let mut pace = Pace::default();
        let mut pauses = |answers: &[bool]| {
            let pause = |was_slow: &bool| {
                pace.learn(*was_slow);
                pace.pause().as_secs()
            };
            answers.iter().map(pause).collect::<Vec<_>>()
        };
        assert_eq!(pauses(&[false, true, true, true]), [0, 1, 2, 4]);
        assert_eq!(pauses(&[false, false, false, false]), [2, 1, 0, 0]);
        assert_eq!(pauses(&[true; 9]), [1, 2, 4, 8, 16, 32, 64, 64, 64]);
    }
}
