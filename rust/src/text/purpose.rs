//! Lines with an address or a number that are of the article: where to apply, by when.

use super::places::is_month;
use crate::cues::{is_digit, is_letter};
use crate::dates::is_weekday;
use crate::words::has_digit;

/// Beginnings of words for what readers are to do outside of the page.
#[rustfmt::skip]
const PURPOSES: [&str; 37] = [
    "appli", "apply", "admission", "helpline", "ticket", "volunteer", "vacanc", "tender", "entries",
    "आवेदन", "दरखास्त", "हेल्पलाइन", "टिकट", "भर्ती", "दाखिल", "प्रवेश", "अर्ज", "निवेदन", "আবেদন", "হেল্পলাইন", "ভর্তি",
    "અરજી", "હેલ્પલાઇન", "ਅਰਜ਼ੀ", "ਅਪਲਾਈ", "ਹੈਲਪਲਾਈਨ", "விண்ணப்ப", "దరఖాస్తు", "హెల్ప్", "ಅರ್ಜಿ", "ಸಹಾಯವಾಣಿ", "അപേക്ഷ", "ഹെൽപ്പ്",
    "ଆବେଦନ", "ହେଲ୍ପଲାଇନ", "درخواست", "داخلہ",
];

/// Whether a text tells what readers are to do.
pub(super) fn names_purpose(text: &str) -> bool {
    let of_purpose = |word: &str| {
        let word = word.to_lowercase();
        PURPOSES.iter().any(|purpose| word.starts_with(purpose))
    };
    words(text).any(of_purpose)
}

/// Whether it has a day until which they are to do it.
pub(super) fn names_day(text: &str) -> bool {
    // "you may write"
    let named = |word: &&str| !word.starts_with(char::is_lowercase);
    has_digit(text) && words(text).filter(named).any(is_month) || words(text).filter(named).any(is_weekday)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !is_letter(char) && !is_digit(char)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_are_to_do_and_until_when() {
        for text in [
            "Applications: jobs@example.com",
            "आवेदन: jobs@example.com",
            "Write to a@example.com by 5 March",
            "by Friday",
        ] {
            assert!(names_purpose(text) || names_day(text), "{text}");
        }
        for text in
            ["Email: a@example.com", "You may write to 12 a@example.com", "www.example.com", "ईमेल: a@example.com"]
        {
            assert!(!names_purpose(text) && !names_day(text), "{text}");
        }
    }
}
