//! Word stems, for keys only: the inflections of one word share a stem.

use crate::events::keys::{capital_key, sound_key, word_key};
use crate::events::named_days::weekday;
use crate::events::sound::sound;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Hindi endings, longest first (Ramanathan and Rao, "A Lightweight Stemmer for Hindi", 2003), in folded spelling.
const HINDI_ENDINGS: [&[&str]; 5] = [
    &["ाएंगी", "ाएंगे", "ाऊंगी", "ाऊंगा", "ाइयां", "ाइयों"],
    &[
        "ाएगी",
        "ाएगा",
        "ाओगी",
        "ाओगे",
        "एंगी",
        "एंगे",
        "ेंगी",
        "ेंगे",
        "ूंगी",
        "ूंगा",
        "ातीं",
        "नाओं",
        "नाएं",
        "ताओं",
        "ताएं",
        "ियां",
        "ियों",
    ],
    &[
        "ाकर",
        "ाइए",
        "ाईं",
        "ाया",
        "ेगी",
        "ेगा",
        "ोगी",
        "ोगे",
        "ाने",
        "ाना",
        "ाते",
        "ाती",
        "ाता",
        "तीं",
        "ाओं",
        "ाएं",
        "ुओं",
        "ुएं",
        "ुआं",
    ],
    &["कर", "ाओ", "िए", "ाई", "ाए", "ने", "नी", "ना", "ते", "ीं", "ती", "ता", "ां", "ों", "ें"],
    &["ो", "े", "ू", "ु", "ी", "ि", "ा"],
];
/// Hindi numerals, in folded spelling; "एक" is an article more often than a number.
const NUMERALS: [(&str, &str); 30] = [
    ("दो", "2"),
    ("तीन", "3"),
    ("चार", "4"),
    ("पांच", "5"),
    ("छह", "6"),
    ("छः", "6"),
    ("सात", "7"),
    ("आठ", "8"),
    ("नौ", "9"),
    ("दस", "10"),
    ("ग्यारह", "11"),
    ("बारह", "12"),
    ("तेरह", "13"),
    ("चौदह", "14"),
    ("पंद्रह", "15"),
    ("सोलह", "16"),
    ("सत्रह", "17"),
    ("अठारह", "18"),
    ("उंनीस", "19"),
    ("बीस", "20"),
    ("पच्चीस", "25"),
    ("तीस", "30"),
    ("पैंतीस", "35"),
    ("चालीस", "40"),
    ("पचास", "50"),
    ("साठ", "60"),
    ("सत्तर", "70"),
    ("अस्सी", "80"),
    ("नब्बे", "90"),
    ("सौ", "100"),
];

/// A folded word in digits, where it is a numeral.
fn in_digits(word: &str) -> &str {
    NUMERALS.iter().find(|(numeral, _)| *numeral == word).map_or(word, |&(_, digits)| digits)
}

/// Fewer characters than this are not left as a stem.
const MIN_STEM: usize = 2;

fn hindi(word: &str) -> &str {
    let length = word.chars().count();
    for (endings, cut) in HINDI_ENDINGS.iter().zip([5, 4, 3, 2, 1]) {
        if length < cut + MIN_STEM {
            continue;
        }
        if let Some(stem) = endings.iter().find_map(|ending| word.strip_suffix(ending)) {
            return stem;
        }
    }
    word
}

/// What is known of a folded word.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub stem: u64,
    pub capital: u64,
    pub sound: Option<u64>,
    pub weekday: Option<u8>,
}

/// A hasher of words that is quicker than that of the standard library.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    // The end of a word: words are hashed one by one.
    fn write_u8(&mut self, _: u8) {}
}

/// Words that a thread remembers.
const REMEMBERED: usize = 1 << 16;

/// The stemmers of one thread, and the words that it has seen; the script of a word chooses.
pub struct Stemmers {
    seen: RefCell<HashMap<String, Known, BuildHasherDefault<WordHasher>>>,
    english: Stemmer,
    russian: Stemmer,
    greek: Stemmer,
    tamil: Stemmer,
}

impl Default for Stemmers {
    fn default() -> Self {
        Stemmers {
            seen: RefCell::default(),
            english: Stemmer::create(Algorithm::English),
            russian: Stemmer::create(Algorithm::Russian),
            greek: Stemmer::create(Algorithm::Greek),
            tamil: Stemmer::create(Algorithm::Tamil),
        }
    }
}

impl Stemmers {
    /// What is known of a folded word; looked up if it was asked for before.
    pub fn word(&self, folded: &str) -> Known {
        let mut seen = self.seen.borrow_mut();
        if let Some(&known) = seen.get(folded) {
            return known;
        }
        let plain = in_digits(folded);
        let known = Known {
            stem: word_key(&self.stem(plain)),
            capital: capital_key(folded),
            sound: sound(plain).map(|sound| sound_key(&sound)),
            weekday: weekday(folded).map(|day| day as u8),
        };
        if seen.len() == REMEMBERED {
            seen.clear();
        }
        seen.insert(folded.to_string(), known);
        known
    }

    /// The stem of a folded word.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match word.chars().next().unwrap_or('0') as u32 {
            0x61..=0x24f => self.english.stem(word),
            0x900..=0x97f => Cow::Borrowed(hindi(word)),
            0x370..=0x3ff => self.greek.stem(word),
            0x400..=0x4ff => self.russian.stem(word),
            0xb80..=0xbff => self.tamil.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::terms::folded;

    #[test]
    fn inflections_share_a_stem() {
        let stemmers = Stemmers::default();
        let stems = |words: &[&str]| words.iter().map(|w| stemmers.stem(w).into_owned()).collect::<Vec<_>>();
        assert!(stems(&["लड़का", "लड़के", "लड़कों"]).windows(2).all(|pair| pair[0] == pair[1]));
        assert!(stems(&["accepted", "accepting", "accepts"]).windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(stemmers.stem("को"), "को");
        assert!(NUMERALS.iter().all(|(numeral, _)| folded(numeral) == *numeral), "they are looked up by their folds");
    }
}
