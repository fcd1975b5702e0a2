//! Weekdays that a text names. Of articles without a date they say something: reports of one event name one day, or the next.

use crate::events::keys::{KeyMap, word_key};
use std::sync::LazyLock;

/// What is taken from the similarity of two articles whose weekdays lie at least two days apart.
pub const CONFLICT: f64 = 0.2;

/// How an article's mentions share out over the week, Monday first; all 0 where it names no day.
pub type Week = [f32; 7];

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
    days.flat_map(|(names, day)| names.split(' ').map(move |name| (word_key(&super::terms::folded(name)), day))).collect()
});

/// The day that a folded word names.
pub fn weekday(folded: &str) -> Option<usize> {
    // The shortest name has five bytes; most words are turned away by that or by their ending.
    (folded.len() >= 5).then(|| DAYS.get(&word_key(folded)).map(|&day| day as usize)).flatten()
}

/// The share of pairs of mentions, one of each week, that lie at least two days apart.
pub fn conflict(a: &Week, b: &Week) -> f64 {
    let mut apart = 0.0;
    for (i, &x) in a.iter().enumerate() {
        if x != 0.0 {
            for step in 2..6 {
                apart += f64::from(x) * f64::from(b[(i + step) % 7]);
            }
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_days_are_no_conflict() {
        let day = |at: usize| -> Week { std::array::from_fn(|i| f32::from(u8::from(i == at))) };
        assert_eq!(weekday("गुरुवार"), weekday("thursday"));
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|other| conflict(&day(0), &day(other))), [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
    }
}
