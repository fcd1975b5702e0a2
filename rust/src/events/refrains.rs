//! Sentences that come again and again, windows apart: greetings of live blogs, standing lines of an outlet. They tell no event.

use crate::events::keys::{HalfKeyMap, HalfKeySet};

/// How the sentences of an article begin.
pub type Openings = Vec<u32>;

/// Words by which a sentence is known, from its first on; a shorter sentence is none.
const OPENING: usize = 5;
/// In how many windows, each apart from the one before, a sentence must have come.
const AGAIN: u32 = 3;
/// Openings that are remembered; of more, half are forgotten.
const MOST: usize = 1 << 18;

/// When an opening came; days since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    pub windows: u32,
    /// The day that counted as the last of these windows, and the day when it came last.
    pub counted: f32,
    pub last: f32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refrains {
    seen: HalfKeyMap<Seen>,
    /// The openings that are refrains.
    known: HalfKeySet,
}

impl Refrains {
    /// The key of a sentence of these stems.
    pub fn opening(stems: impl ExactSizeIterator<Item = u64>) -> Option<u32> {
        let mix = |key: u64, stem: u64| (key.rotate_left(23) ^ stem).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (stems.len() >= OPENING).then(|| (stems.take(OPENING).fold(7, mix) >> 32) as u32)
    }

    /// The refrains of these openings.
    pub fn restore(openings: impl Iterator<Item = (u32, Seen)>) -> Self {
        let seen: HalfKeyMap<Seen> = openings.collect();
        let known = seen.iter().filter(|(_, seen)| seen.windows >= AGAIN).map(|(&opening, _)| opening).collect();
        Refrains { seen, known }
    }

    /// Openings, ascending, and when each came.
    pub fn state(&self) -> Vec<(u32, Seen)> {
        let mut openings: Vec<_> = self.seen.iter().map(|(&opening, &seen)| (opening, seen)).collect();
        openings.sort_unstable_by_key(|&(opening, _)| opening);
        openings
    }

    /// Whether a sentence that begins so is one.
    pub fn contains(&self, opening: u32) -> bool {
        self.known.contains(&opening)
    }

    /// All openings of refrains.
    pub fn known(&self) -> &HalfKeySet {
        &self.known
    }

    /// Counts the sentences of an article of this day; articles come by and large in the order of time.
    ///
    /// A day that lies ahead of the `present` counts as the present, infinite where no day is wrong.
    pub fn add(&mut self, openings: &[u32], day: f64, present: f64, window: f64) {
        if day.is_nan() {
            return;
        }
        let (day, present) = (day.min(present), present as f32);
        for &opening in openings {
            let new = Seen { windows: 1, counted: day as f32, last: day as f32 };
            let seen = self.seen.entry(opening).or_insert(new);
            // The present itself may have been wrong, and has come back.
            (seen.counted, seen.last) = (seen.counted.min(present), seen.last.min(present).max(day as f32));
            if day - f64::from(seen.counted) > window {
                (seen.windows, seen.counted) = (seen.windows.saturating_add(1), day as f32);
                if seen.windows >= AGAIN {
                    self.known.insert(opening);
                }
            }
        }
        if self.seen.len() > MOST {
            self.forget();
        }
    }

    /// Forgets half of the openings: first those of the fewest windows, known ones last; among them those that came last the longest ago.
    fn forget(&mut self) {
        let before = |a: &(u32, Seen), b: &(u32, Seen)| {
            let windows = a.1.windows.min(AGAIN).cmp(&b.1.windows.min(AGAIN));
            windows.then(a.1.last.total_cmp(&b.1.last)).then(a.0.cmp(&b.0))
        };
        let mut openings: Vec<(u32, Seen)> = self.seen.drain().collect();
        let half = openings.len() / 2;
        openings.select_nth_unstable_by(half, before);
        self.seen = openings.split_off(half).into_iter().collect();
        self.known.retain(|opening| self.seen.contains_key(opening));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALWAYS: f64 = f64::INFINITY;

    #[test]
    fn what_comes_again_windows_apart_is_a_refrain() {
        let greeting = Refrains::opening([1, 2, 3, 4, 5, 6].into_iter()).unwrap();
        assert_eq!(Refrains::opening([1, 2, 3, 4, 5, 9].into_iter()), Some(greeting));
        assert_eq!(Refrains::opening([1, 2, 3, 4].into_iter()), None);
        let mut refrains = Refrains::default();
        for day in [1.0, 1.5, 3.0, f64::NAN, 5.0, 7.0] {
            refrains.add(&[greeting], day, ALWAYS, 3.0);
            assert!(!refrains.contains(greeting));
        }
        refrains.add(&[greeting, greeting], 8.5, ALWAYS, 3.0);
        assert!(refrains.contains(greeting) && refrains.known().iter().eq(&[greeting]));
        assert_eq!(Refrains::restore(refrains.state().into_iter()), refrains);
    }

    #[test]
    fn a_frequent_greeting_is_known_however_many_sentences_come() {
        let mut refrains = Refrains::default();
        let (a_day, mut at) = (MOST as u32 / 3, 0);
        for day in 0..14 {
            for sentence in 0..a_day {
                at += 1;
                let day = f64::from(day) + f64::from(sentence) / f64::from(a_day);
                refrains.add(if sentence % 1000 == 0 { &[0, 1 << 30][..] } else { &[] }, day, day, 3.0);
                refrains.add(&[at], day, day, 3.0);
            }
            assert_eq!(refrains.contains(0), day >= 6, "day {day}");
        }
        assert_eq!(refrains.known().len(), 2);
        (0..4 * MOST as u32).for_each(|at| refrains.add(&[at + (1 << 31)], 99.0, 99.0, 3.0));
        assert!(refrains.contains(0) && refrains.contains(1 << 30));
    }

    #[test]
    fn a_date_that_lies_ahead_neither_counts_nor_holds_up() {
        let mut refrains = Refrains::default();
        for day in [0.0, 1.0, 2.0] {
            refrains.add(&[7], 90_000.0, day, 3.0);
        }
        assert_eq!(refrains.state(), [(7, Seen { windows: 1, counted: 0.0, last: 2.0 })]);
        refrains.add(&[7], 50_000.0, 60_000.0, 3.0);
        for day in [4.0, 8.0] {
            refrains.add(&[7], day, day, 3.0);
        }
        assert!(refrains.contains(7));
    }

    #[test]
    fn memory_is_bounded_and_one_day_keeps_half() {
        let mut refrains = Refrains::default();
        (0..MOST as u32 + 1).for_each(|at| refrains.add(&[at], f64::from(at) / 1000.0, ALWAYS, 3.0));
        assert!(refrains.seen.len() == MOST / 2 + 1 && refrains.seen.contains_key(&(MOST as u32)));
        let mut one_day = Refrains::default();
        (0..MOST as u32 + 1).for_each(|at| one_day.add(&[at], 1.0, 1.0, 3.0));
        assert_eq!(one_day.seen.len(), MOST / 2 + 1);
    }
}
