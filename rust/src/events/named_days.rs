//! Parts of dates that a text names: weekdays, months and years. Of articles without a date they say something: reports of one event
//! name the same ones.

use crate::dates::Mention;
use crate::events::keys::{KeyMap, word_key};
use std::sync::LazyLock;

/// One part of a date: how many of it there are, whether the one before and the one after may be meant as well, what is added to the
/// similarity of two articles that name the same one, and what is taken from it where they name only others.
struct Part {
    size: u32,
    has_neighbours: bool,
    shared: f64,
    conflict: f64,
}

const WEEKDAYS: usize = 0;
const MONTHS: usize = 1;
const YEARS: usize = 2;
const PARTS: [Part; 3] = [
    Part { size: 7, has_neighbours: true, shared: 0.03, conflict: 0.12 },
    Part { size: 12, has_neighbours: true, shared: 0.03, conflict: 0.12 },
    Part { size: 16, has_neighbours: false, shared: 0.03, conflict: 0.12 },
];
/// What an article names: for each part a bit for each weekday (Monday first), month, and year modulo 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Named([u16; 3]);

impl Named {
    /// The most that what it names may add to a similarity.
    pub fn most(&self) -> f64 {
        PARTS.iter().zip(self.0).map(|(part, set)| if set == 0 { 0.0 } else { part.shared }).sum()
    }

    pub fn weekday(&mut self, day: u8) {
        self.0[WEEKDAYS] |= 1 << day;
    }

    /// The month of a date, and its year if it is written.
    pub fn date(&mut self, date: &Mention) {
        self.0[MONTHS] |= 1 << ((date.month + 11) % 12);
        if let Some(year) = date.year {
            self.0[YEARS] |= 1 << year.rem_euclid(16);
        }
    }
}

const NAMES: [&str; 7] = [
    "monday सोमवार सोमबार সোমবার സോമ திங்கட்கிழமை సోమవారం ಸೋಮವಾರ સોમવાર ਸੋਮਵਾਰ lunes lundi montag",
    "tuesday मंगलवार मंगलबार মঙ্গলবার செவ்வாய்க்கிழமை మంగళవారం ಮಂಗಳವಾರ મંગળવાર ਮੰਗਲਵਾਰ martes mardi dienstag",
    "wednesday बुधवार बुधबार বুধবার புதன்கிழமை బుధవారం ಬುಧವಾರ બુધવાર ਬੁੱਧਵਾਰ miércoles mercredi mittwoch",
    "thursday गुरुवार गुरूवार बृहस्पतिवार बिहीबार বৃহস্পতিবার வியாழக்கிழமை గురువారం ಗುರುವಾರ ગુરુવાર ਵੀਰਵਾਰ jueves jeudi donnerstag",
    "friday शुक्रवार शुक्रबार শুক্রবার வெள்ளிக்கிழமை శుక్రవారం ಶುಕ್ರವಾರ શુક્રવાર ਸ਼ੁੱਕਰਵਾਰ viernes vendredi freitag",
    "saturday शनिवार शनिबार শনিবার சனிக்கிழமை శనివారం ಶನಿವಾರ શનિવાર ਸ਼ਨੀਵਾਰ sábado samedi samstag",
    "sunday रविवार इतवार आइतबार রবিবার ஞாயிற்றுக்கிழமை ఆదివారం ಭಾನುವಾರ રવિવાર ਐਤਵਾਰ domingo dimanche sonntag",
];

static DAYS: LazyLock<KeyMap<u8>> = LazyLock::new(|| {
    let days = NAMES.iter().zip(0u8..);
    days.flat_map(|(names, day)| names.split(' ').map(move |name| (word_key(&super::terms::folded(name)), day)))
        .collect()
});

/// The day that a folded word names.
pub fn weekday(folded: &str) -> Option<usize> {
    // The shortest name has five bytes; most words are turned away by that or by their ending.
    (folded.len() >= 5).then(|| DAYS.get(&word_key(folded)).map(|&day| day as usize)).flatten()
}

/// Whether the key of a word is that of a weekday.
pub fn names_weekday(key: u64) -> bool {
    DAYS.contains_key(&key)
}

/// What the parts of dates that two articles name add to their similarity; 0 for a part that one does not name.
pub fn evidence(a: Named, b: Named) -> f64 {
    PARTS.iter().zip(a.0.iter().zip(b.0)).map(|(part, (&a, b))| part.evidence(a, b)).sum()
}

impl Part {
    fn evidence(&self, a: u16, b: u16) -> f64 {
        if a == 0 || b == 0 {
            0.0
        } else if a & b != 0 {
            self.shared
        } else if self.has_neighbours && self.neighbours(a) & b != 0 {
            0.0
        } else {
            -self.conflict
        }
    }

    fn neighbours(&self, named: u16) -> u16 {
        named << 1 | named >> 1 | named << (self.size - 1) | named >> (self.size - 1)
    }
}

/// The parts of dates that the articles of a cluster name: for each part, and each set of it, how many dated and undated articles name it.
#[derive(Debug, Clone, Default)]
pub struct NamedCounts([Vec<(u16, u32, u32)>; 3]);

impl NamedCounts {
    pub fn of(named: Named, is_dated: bool) -> Self {
        let count = (u32::from(is_dated), u32::from(!is_dated));
        NamedCounts(named.0.map(|set| if set == 0 { Vec::new() } else { vec![(set, count.0, count.1)] }))
    }

    pub fn join(&mut self, other: &NamedCounts) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            for &(set, dated, undated) in theirs {
                match mine.iter_mut().find(|entry| entry.0 == set) {
                    Some(entry) => *entry = (set, entry.1 + dated, entry.2 + undated),
                    None => mine.push((set, dated, undated)),
                }
            }
        }
    }

    pub fn leave(&mut self, named: Named, is_dated: bool) {
        for (mine, set) in self.0.iter_mut().zip(named.0) {
            if let Some(entry) = mine.iter_mut().find(|entry| entry.0 == set) {
                let count = if is_dated { &mut entry.1 } else { &mut entry.2 };
                *count = count.saturating_sub(1);
            }
        }
    }

    /// The sum of the evidence over all pairs, one of each cluster, of which one at least has no date.
    pub fn evidence(&self, other: &NamedCounts) -> f64 {
        let mut sum = 0.0;
        for (part, (mine, theirs)) in PARTS.iter().zip(self.0.iter().zip(&other.0)) {
            for &(a, dated, undated) in mine {
                for &(b, their_dated, their_undated) in theirs {
                    let pairs = u64::from(undated) * u64::from(their_dated + their_undated)
                        + u64::from(dated) * u64::from(their_undated);
                    if pairs > 0 {
                        sum += pairs as f64 * part.evidence(a, b);
                    }
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekdays(days: &[u8]) -> Named {
        let mut named = Named::default();
        days.iter().for_each(|&day| named.weekday(day));
        named
    }

    fn dates(text: &str) -> Named {
        let mut named = Named::default();
        crate::dates::mentions(text).iter().for_each(|date| named.date(date));
        named
    }

    #[test]
    fn neighbouring_days_are_no_conflict() {
        assert_eq!(weekday("गुरुवार"), weekday("thursday"));
        let monday = weekdays(&[0]);
        assert!(evidence(monday, monday) > 0.0);
        assert_eq!([1, 6].map(|other| evidence(monday, weekdays(&[other]))), [0.0; 2]);
        assert!([2, 3, 4, 5].iter().all(|&other| evidence(monday, weekdays(&[other])) < 0.0));
        assert_eq!(evidence(Named::default(), monday), 0.0);
    }

    #[test]
    fn other_months_and_years_are_a_conflict() {
        let august = dates("15 August 2022");
        assert!(evidence(august, dates("15 अगस्त 2022")) > evidence(august, dates("15 August")));
        assert_eq!(evidence(august, dates("on 2 September")), 0.0);
        assert!(evidence(august, dates("on 2 October")) < 0.0);
        assert!(
            evidence(dates("2 January 2023"), dates("2 January 2024"))
                < evidence(dates("2 January"), dates("3 January"))
        );
        assert_eq!(evidence(dates("30 December"), dates("2 January")), 0.0);
        assert!(evidence(august, dates("15 August 2022")) <= august.most());
        assert_eq!(Named::default().most(), 0.0);
    }

    #[test]
    fn counts_sum_the_evidence_of_pairs() {
        let sets = [weekdays(&[0]), weekdays(&[3, 4]), dates("1 May 2020"), dates("3 June 2021"), Named::default()];
        let dated = [true, false, false, true, false];
        let mut all = NamedCounts::default();
        for (&named, &is_dated) in sets.iter().zip(&dated) {
            all.join(&NamedCounts::of(named, is_dated));
        }
        let one = NamedCounts::of(sets[1], true);
        let sum: f64 = sets.iter().zip(dated).filter(|(_, dated)| !dated).map(|(&set, _)| evidence(set, sets[1])).sum();
        assert!((all.evidence(&one) - sum).abs() < 1e-12);
        all.leave(sets[1], false);
        assert!((all.evidence(&one) - sum + evidence(sets[1], sets[1])).abs() < 1e-12);
    }
}
