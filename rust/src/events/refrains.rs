//! Sentences that come again and again, windows apart: greetings of live blogs, standing lines of an outlet. They tell no event.

use crate::events::keys::HalfKeyMap;

/// How the sentences of an article begin.
pub type Openings = Vec<u32>;

/// Words by which a sentence is known, from its first on; a shorter sentence is none.
const OPENING: usize = 5;
/// In how many windows, each apart from the one before, a sentence must have come.
const AGAIN: u32 = 3;
/// Openings that are remembered; of more, those that came last.
const MOST: usize = 1 << 18;

/// By opening: in how many windows it came, and the day when it counted last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refrains(HalfKeyMap<(u32, f32)>);

impl Refrains {
    /// The key of a sentence of these stems.
    pub fn opening(stems: impl ExactSizeIterator<Item = u64>) -> Option<u32> {
        let mix = |key: u64, stem: u64| (key.rotate_left(23) ^ stem).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (stems.len() >= OPENING).then(|| (stems.take(OPENING).fold(7, mix) >> 32) as u32)
    }

    /// The refrains of these openings, windows and days.
    pub fn restore(known: impl Iterator<Item = (u32, (u32, f32))>) -> Self {
        Refrains(known.collect())
    }

    /// Openings, ascending, in how many windows each came, and the day when it counted last.
    pub fn state(&self) -> Vec<(u32, (u32, f32))> {
        let mut known: Vec<_> = self.0.iter().map(|(&opening, &found)| (opening, found)).collect();
        known.sort_unstable_by_key(|&(opening, _)| opening);
        known
    }

    /// Whether a sentence that begins so is one.
    pub fn contains(&self, opening: u32) -> bool {
        self.0.get(&opening).is_some_and(|&(windows, _)| windows >= AGAIN)
    }

    /// All openings of refrains.
    pub fn known(&self) -> impl Iterator<Item = u32> {
        self.0.iter().filter(|(_, (windows, _))| *windows >= AGAIN).map(|(&opening, _)| opening)
    }

    /// Counts the sentences of an article of this day; articles come by and large in the order of time.
    pub fn add(&mut self, openings: &[u32], day: f64, window: f64) {
        if day.is_nan() {
            return;
        }
        for &opening in openings {
            let (windows, last) = self.0.entry(opening).or_insert((1, day as f32));
            if day - f64::from(*last) > window {
                (*windows, *last) = (*windows + 1, day as f32);
            }
        }
        if self.0.len() > MOST {
            let mut days: Vec<f32> = self.0.values().map(|&(_, last)| last).collect();
            let middle = days.len() / 2;
            let (_, &mut median, _) = days.select_nth_unstable_by(middle, f32::total_cmp);
            self.0.retain(|_, (_, last)| *last > median);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_windows_apart_is_a_refrain() {
        let greeting = Refrains::opening([1, 2, 3, 4, 5, 6].into_iter()).unwrap();
        assert_eq!(Refrains::opening([1, 2, 3, 4, 5, 9].into_iter()), Some(greeting));
        assert_eq!(Refrains::opening([1, 2, 3, 4].into_iter()), None);
        let mut refrains = Refrains::default();
        for day in [1.0, 1.5, 3.0, f64::NAN, 5.0, 7.0] {
            refrains.add(&[greeting], day, 3.0);
            assert!(!refrains.contains(greeting));
        }
        refrains.add(&[greeting, greeting], 8.5, 3.0);
        assert!(refrains.contains(greeting) && refrains.known().eq([greeting]));
        assert_eq!(Refrains::restore(refrains.state().into_iter()), refrains);
    }

    #[test]
    fn memory_is_bounded() {
        let mut refrains = Refrains::default();
        (0..MOST as u32 + 9).for_each(|at| refrains.add(&[at], f64::from(at) / 1000.0, 3.0));
        assert!(refrains.0.len() < MOST && refrains.0.contains_key(&(MOST as u32 + 8)));
        let mut one_day = Refrains::default();
        (0..MOST as u32 + 9).for_each(|at| one_day.add(&[at], 1.0, 3.0));
        assert!(one_day.0.len() < MOST);
    }
}
