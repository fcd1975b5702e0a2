//! Weekdays that a text names. Of articles without a date they say something: reports of one event name one day, or the next.

use crate::events::keys::{KeyMap, word_key};
use std::sync::LazyLock;

/// What is taken from the similarity of two articles that name weekdays none of which lies within a day of one of the other.
const CONFLICT: f64 = 0.12;
/// What is added to it where they name the same day.
const SHARED: f64 = 0.03;
/// The most that weekdays add.
pub const MOST: f64 = SHARED;

/// The weekdays that an article names: bit 0 for Monday.
pub type Week = u8;

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

/// What the weekdays of two articles add to their similarity; 0 where one names none.
pub fn evidence(a: Week, b: Week) -> f64 {
    let neighbours = |week: Week| (week | week << 1 | week >> 1 | week << 6 | week >> 6) & 0x7f;
    if a == 0 || b == 0 {
        0.0
    } else if a & b != 0 {
        SHARED
    } else if neighbours(a) & b != 0 {
        0.0
    } else {
        -CONFLICT
    }
}

/// The weekdays of the articles of a cluster: for each set of days how many dated and undated articles name it.
#[derive(Debug, Clone, Default)]
pub struct Weeks(Vec<(Week, u32, u32)>);

impl Weeks {
    pub fn of(week: Week, is_dated: bool) -> Self {
        Weeks(if week == 0 { Vec::new() } else { vec![(week, u32::from(is_dated), u32::from(!is_dated))] })
    }

    pub fn join(&mut self, other: &Weeks) {
        for &(week, dated, undated) in &other.0 {
            match self.0.iter_mut().find(|entry| entry.0 == week) {
                Some(entry) => *entry = (week, entry.1 + dated, entry.2 + undated),
                None => self.0.push((week, dated, undated)),
            }
        }
    }

    pub fn leave(&mut self, week: Week, is_dated: bool) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.0 == week) {
            let count = if is_dated { &mut entry.1 } else { &mut entry.2 };
            *count = count.saturating_sub(1);
        }
    }

    /// The sum of the evidence over all pairs, one of each cluster, of which one at least has no date.
    pub fn evidence(&self, other: &Weeks) -> f64 {
        let mut sum = 0.0;
        for &(a, dated, undated) in &self.0 {
            for &(b, their_dated, their_undated) in &other.0 {
                let pairs = undated * (their_dated + their_undated) + dated * their_undated;
                sum += f64::from(pairs) * evidence(a, b);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_days_are_no_conflict() {
        assert_eq!(weekday("गुरुवार"), weekday("thursday"));
        let monday = evidence(1, 1);
        assert!(monday > 0.0);
        assert_eq!([1, 6].map(|other| evidence(1, 1 << other)), [0.0; 2]);
        assert!([2, 3, 4, 5].iter().all(|other| evidence(1, 1 << other) < 0.0 && evidence(1 << other, 1) < 0.0));
        assert_eq!(evidence(0, 1), 0.0);
    }
}
