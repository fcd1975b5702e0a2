//! The words and the numbers of a text, parted as [`is_word`] and [`is_digit`] part them, without decoding what most text consists of.

use crate::cues::{is_digit, is_word};

/// The runs of characters of one kind, in order. `kind` says of the character at a place whether it is of it, and how long it is.
struct Runs<'a, F> {
    text: &'a str,
    at: usize,
    kind: F,
}

/// The runs of word characters.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    Runs { text, at: 0, kind: word_at }
}

/// What a text is from the beginning of each word on.
pub fn from_words(text: &str) -> impl Iterator<Item = &str> {
    let mut runs = Runs { text, at: 0, kind: word_at };
    std::iter::from_fn(move || {
        let start = runs.next_that(true)?;
        runs.next_that(false);
        text.get(start..)
    })
}

/// The runs of digits.
pub fn numbers(text: &str) -> impl Iterator<Item = &str> {
    Runs { text, at: 0, kind: digit_at }
}

impl<F: Fn(&str, usize) -> (bool, usize)> Runs<'_, F> {
    /// The next character that is of the kind, or is not, from the present place on.
    fn next_that(&mut self, is: bool) -> Option<usize> {
        while self.at < self.text.len() {
            let (of_kind, width) = (self.kind)(self.text, self.at);
            if of_kind == is {
                return Some(self.at);
            }
            self.at += width;
        }
        None
    }
}

impl<'a, F: Fn(&str, usize) -> (bool, usize)> Iterator for Runs<'a, F> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let start = self.next_that(true)?;
        let end = self.next_that(false).unwrap_or(self.text.len());
        self.text.get(start..end)
    }
}

#[inline]
fn word_at(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at..] {
        [byte @ ..=0x7F, ..] => (byte.is_ascii_alphanumeric(), 1),
        // U+0900 to U+0DFF but for the dandas and the sign of abbreviation
        [0xE0, second @ 0xA4..=0xB7, third, ..] => (second != 0xA5 || !matches!(third, 0xA4 | 0xA5 | 0xB0), 3),
        _ => decoded(text, at, is_word),
    }
}

#[inline]
fn digit_at(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at..] {
        [byte @ ..=0x7F, ..] => (byte.is_ascii_digit(), 1),
        // every Indic block of 128 has its digits at 0x66..=0x6F
        [0xE0, second @ 0xA4..=0xB7, third, ..] => (second & 1 != 0 && matches!(third, 0xA6..=0xAF), 3),
        _ => decoded(text, at, is_digit),
    }
}

fn decoded(text: &str, at: usize, of_kind: impl Fn(char) -> bool) -> (bool, usize) {
    text[at..].chars().next().map_or((false, 1), |char| (of_kind(char), char.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_those_of_a_walk_over_characters() {
        for char in '\0'..='\u{FFFF}' {
            assert_eq!(word_at(&char.to_string(), 0), (is_word(char), char.len_utf8()), "{char:?}");
            assert_eq!(digit_at(&char.to_string(), 0), (is_digit(char), char.len_utf8()), "{char:?}");
        }
        for text in ["", " ", "a1", "क।ख", "नई दिल्ली, ५ नवंबर 2023 (भाषा): यह॰ 😀é好 x٣", "।।", "ab-cd  "]
        {
            let slow = |kind: fn(char) -> bool| -> Vec<&str> {
                text.split(|char| !kind(char)).filter(|run| !run.is_empty()).collect()
            };
            assert_eq!(words(text).collect::<Vec<_>>(), slow(is_word), "{text}");
            assert!(from_words(text).zip(slow(is_word)).all(|(from, word)| from.starts_with(word)), "{text}");
            assert_eq!(from_words(text).count(), slow(is_word).len(), "{text}");
            assert_eq!(numbers(text).collect::<Vec<_>>(), slow(is_digit), "{text}");
        }
    }
}
