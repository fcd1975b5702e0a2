//! Word stems, for keys only: the inflections of one word share a stem.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

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

/// The stemmers of one thread; the script of a word chooses.
pub struct Stemmers {
    english: Stemmer,
    russian: Stemmer,
    greek: Stemmer,
    tamil: Stemmer,
}

impl Default for Stemmers {
    fn default() -> Self {
        Stemmers {
            english: Stemmer::create(Algorithm::English),
            russian: Stemmer::create(Algorithm::Russian),
            greek: Stemmer::create(Algorithm::Greek),
            tamil: Stemmer::create(Algorithm::Tamil),
        }
    }
}

impl Stemmers {
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

    #[test]
    fn inflections_share_a_stem() {
        let stemmers = Stemmers::default();
        let stems = |words: &[&str]| words.iter().map(|w| stemmers.stem(w).into_owned()).collect::<Vec<_>>();
        assert!(stems(&["लड़का", "लड़के", "लड़कों"]).windows(2).all(|pair| pair[0] == pair[1]));
        assert!(stems(&["accepted", "accepting", "accepts"]).windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(stemmers.stem("को"), "को");
    }
}
