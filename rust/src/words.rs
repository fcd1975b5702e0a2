//! The words and the numbers of a text, parted as [`is_word`] and [`is_digit`] part them, without decoding what most text consists of.

use crate::blocks::{BLOCK, Block, Engine, Task, engines, fastest, padded};
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

/// Calls `found` with every place where a word begins, and with a few more: each stands behind a sign, or one that may be. Looks at 64 bytes at
/// a time, as the walk of [`from_words`] costs more than what most of its callers do with a word (`benchmarks/record/hashing-kernels.json`).
#[inline]
pub fn near_beginnings(text: &str, mut found: impl FnMut(usize)) {
    match engines().last() {
        None | Some(Engine::Portable) => from_words(text).for_each(|rest| found(text.len() - rest.len())),
        Some(_) => fastest(Beginnings(text.as_bytes(), found)),
    }
}

struct Beginnings<'a, F>(&'a [u8], F);

impl<F: FnMut(usize)> Task for Beginnings<'_, F> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<B: Block>(self) {
        let Beginnings(bytes, mut found) = self;
        // bit i of `ahead`: a sign ends before byte i of this block, or of the next one
        let (mut ahead, mut first, mut second_of_danda) = (1_u128, 0, 0);
        for (number, block) in bytes.chunks(BLOCK).enumerate() {
            let bytes = unsafe { B::load(padded(block, &mut [0; BLOCK])) };
            let within = |low: u8, high: u8| unsafe { bytes.within(low, high) };
            let equal = |byte: u8| unsafe { bytes.equal(byte) };
            let (wide, begins) = unsafe { (bytes.any(0x80), bytes.begins()) };
            let inside = wide | unsafe { !bytes.classes(&ALPHANUMERIC.0, &ALPHANUMERIC.1).equal(0) };
            ahead |= u128::from(!inside) << 1;
            let second = equal(0xA5);
            // the dandas and the sign of abbreviation
            ahead |= u128::from((second << 1 | second_of_danda) & (within(0xA4, 0xA5) | equal(0xB0))) << 1;
            second_of_danda = second >> 63;
            // letters of Indic scripts are none, whatever else begins with 0xE0 may be one
            let begin = equal(0xE0);
            ahead |= u128::from((begin << 1 | first) & !within(0xA4, 0xB7)) << 2;
            first = begin >> 63;
            // whatever else is wide, but for letters of the Cyrillic and Arabic alphabets, may be a sign
            if begins & wide != begin {
                let arabic = [(0xD8, 0xA0, 0xBF), (0xD9, 0x80, 0xA9), (0xDB, 0x80, 0x93)];
                let [one, two, three] = arabic.map(|(first, low, high)| equal(first) << 1 & within(low, high));
                let pairs = within(0xC2, 0xCF) | within(0xD2, 0xD9) | within(0xDB, 0xDF);
                ahead |= u128::from(pairs) << 2 & !(u128::from(one | two | three) << 1);
                ahead |= u128::from(within(0xE1, 0xEF)) << 3 | u128::from(within(0xF0, 0xFF)) << 4;
            }
            // the second and third byte of a character of four may be those of a danda
            let mut begin = inside & ahead as u64 & begins;
            ahead >>= BLOCK;
            while begin != 0 {
                found(number * BLOCK + begin.trailing_zeros() as usize);
                begin &= begin - 1;
            }
        }
    }
}

/// Letters and figures of ASCII by the halves of the byte, the lower one first.
const ALPHANUMERIC: ([u8; 16], [u8; 16]) = {
    // figures, letters up to the fifteenth, letters from the sixteenth on
    let (mut low, mut high, mut byte) = ([0; 16], [0; 16], 0);
    while byte < 0x80 {
        if (byte as u8).is_ascii_alphanumeric() {
            let bit = [0, 0, 0, 1, 2, 4, 2, 4][byte >> 4];
            low[byte & 15] |= bit;
            high[byte >> 4] |= bit;
        }
        byte += 1;
    }
    (low, high)
};

/// The runs of digits.
pub fn numbers(text: &str) -> impl Iterator<Item = &str> {
    Runs { text, at: 0, kind: digit_at }
}

/// What stands between white space, as `split_whitespace` finds it.
pub fn spaced(text: &str) -> Spaced<'_> {
    Spaced { text, at: 0 }
}

#[derive(Clone)]
pub struct Spaced<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Spaced<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        while let Some(&byte) = bytes.get(start) {
            match byte {
                b' ' => start += 1,
                b'!'..=b'~' | 0xE0 => break,
                _ => match blank_at(self.text, start) {
                    (true, width) => start += width,
                    _ => break,
                },
            }
        }
        self.at = start;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                // of what begins with this byte nothing is blank
                0xE0 => self.at += 3,
                b'!'..=b'~' => self.at += 1,
                b' ' => break,
                _ => match blank_at(self.text, self.at) {
                    (false, width) => self.at += width,
                    _ => break,
                },
            }
        }
        if start < self.at { self.text.get(start..self.at) } else { None }
    }
}

fn blank_at(text: &str, at: usize) -> (bool, usize) {
    decoded(text, at, char::is_whitespace)
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

/// Whether a text begins with a character of a word.
#[inline]
pub fn begins_word(text: &str) -> bool {
    word_at(text, 0).0
}

/// Whether a text ends with a character of a word.
#[inline]
pub fn ends_word(text: &str) -> bool {
    match text.as_bytes() {
        [.., byte @ ..=0x7F] => byte.is_ascii_alphanumeric(),
        [.., 0xE0, second @ 0xA4..=0xB7, third] => is_indic_word(*second, *third),
        _ => text.chars().next_back().is_some_and(is_word),
    }
}

/// False only where a text has no digit. Compares bytes many at once.
pub fn may_hold_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ascii = bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    // those of Indic scripts follow an odd second byte, those of Arabic ones one of two
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    ascii
        || pairs.fold(false, |found, (&before, &byte)| {
            let indic = (before & 1 == 1) & (0xA5..0xB8).contains(&before) & (0xA6..0xB0).contains(&byte);
            let arabic = (before & 0xFD == 0xD9) & (0xA0..0xBA).contains(&byte);
            found | indic | arabic
        })
}

/// Whether a text has a digit.
pub fn has_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    may_hold_digits(text)
        && loop {
            match bytes.get(at..).unwrap_or_default() {
                [0xE0, second @ 0xA4..=0xB7, 0xA6..=0xAF, ..] if second & 1 != 0 => break true,
                [0xE0, ..] => at += 3,
                [b'0'..=b'9', ..] | [0xD9, 0xA0..=0xA9, ..] | [0xDB, 0xB0..=0xB9, ..] => break true,
                [] => break false,
                _ => at += 1,
            }
        }
}

/// U+0900 to U+0DFF but for the dandas and the sign of abbreviation.
#[inline]
fn is_indic_word(second: u8, third: u8) -> bool {
    second != 0xA5 || !matches!(third, 0xA4 | 0xA5 | 0xB0)
}

#[inline(always)]
fn word_at(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at..] {
        [byte @ ..=0x7F, ..] => (byte.is_ascii_alphanumeric(), 1),
        [0xE0, second @ 0xA4..=0xB7, third, ..] => (is_indic_word(second, third), 3),
        _ => decoded(text, at, is_word),
    }
}

#[inline(always)]
fn digit_at(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at..] {
        [byte @ ..=0x7F, ..] => (byte.is_ascii_digit(), 1),
        // every Indic block of 128 has its digits at 0x66..=0x6F
        [0xE0, second @ 0xA4..=0xB7, third, ..] => (second & 1 != 0 && matches!(third, 0xA6..=0xAF), 3),
        _ => decoded(text, at, is_digit),
    }
}

#[inline(never)]
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
            assert_eq!(begins_word(&char.to_string()), is_word(char), "{char:?}");
            assert_eq!(ends_word(&format!("- {char}")), is_word(char), "{char:?}");
            assert!(!is_digit(char) || may_hold_digits(&format!("क{char}k")), "{char:?}");
            assert_eq!(has_digit(&format!("क{char}k")), is_digit(char), "{char:?}");
            assert_eq!(has_digit(&char.to_string()), is_digit(char), "{char:?}");
        }
        assert!(!may_hold_digits("नई दिल्ली, New Delhi") && !begins_word("") && !ends_word(""));
        for char in '\0'..='\u{FFFF}' {
            let (text, mut near) = (format!("x{char}क"), Vec::new());
            assert!(spaced(&text).eq(text.split_whitespace()), "{char:?}");
            let around = format!("{char}x {char}");
            assert!(spaced(&around).eq(around.split_whitespace()), "{char:?}");
            near_beginnings(&text, |at| near.push(at));
            assert!(from_words(&text).all(|rest| near.contains(&(text.len() - rest.len()))), "{char:?}");
        }
        for text in [
            "",
            " ",
            "a1",
            "क।ख",
            "یہ ہے۔اس میں؟",
            "он—она, été",
            "नई दिल्ली, ५ नवंबर 2023 (भाषा): यह॰ 😀é好 x٣",
            "।।",
            "ab-cd  ",
            "क\u{E591E}\u{E5930}h \u{A0}x",
        ] {
            let slow = |kind: fn(char) -> bool| -> Vec<&str> {
                text.split(|char| !kind(char)).filter(|run| !run.is_empty()).collect()
            };
            assert_eq!(words(text).collect::<Vec<_>>(), slow(is_word), "{text}");
            assert!(from_words(text).zip(slow(is_word)).all(|(from, word)| from.starts_with(word)), "{text}");
            assert_eq!(from_words(text).count(), slow(is_word).len(), "{text}");
            for begin in 0..70 {
                let text = format!("{}{text}", " ".repeat(begin));
                let mut near = Vec::new();
                near_beginnings(&text, |at| near.push(at));
                assert!(from_words(&text).all(|rest| near.contains(&(text.len() - rest.len()))), "{text}");
                assert!(
                    near.windows(2).all(|pair| pair[0] < pair[1]) && near.iter().all(|&at| text.is_char_boundary(at))
                );
            }
            assert_eq!(numbers(text).collect::<Vec<_>>(), slow(is_digit), "{text}");
            assert_eq!(spaced(text).collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>(), "{text}");
        }
    }
}
