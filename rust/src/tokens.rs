//! Text to units: the words of a text, or single characters where a script is written without spaces.
//!
//! A word is a letter or digit and what follows of letters, marks, digits and joiners; everything else separates. A unit
//! is the hash of a folded word, or of one folded character. The naive twin is `tests/naive.py: units`.
//!
//! The text goes by in blocks of 64 bytes: masks say where words begin and end and which of them fold to something longer
//! or shorter. Those few are folded one by one; all others are hashed as they stand, case folded in place.

use unicode_normalization::char::canonical_combining_class;

use crate::blocks::Block;
use crate::folds::{self, FOLDS, HEAD, NO_START, NUKTA, Page, TAIL, UNSPACED, VIRAMA};
use crate::scan::{Bounds, Carry, Scripts};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Words; characters in scripts written without spaces.
    Auto,
    /// Words in every script.
    Word,
    /// Characters in every script, and one space between words.
    Char,
}

/// Odd constants without structure: the fractional digits of the square roots of 2, 3, 5, 7 and of 11, 13, 17, 19.
const SEEDS: [u64; 4] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1];
const FACTORS: [u64; 4] = [0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179];

/// The 64-bit hash of a key, 32 bytes at a time, the last filled with zeros (a key holds none): different for any two of
/// at most 8 bytes.
pub fn key_hash(key: &[u8]) -> u64 {
    let mut hash = 0;
    for block in key.chunks(32) {
        let mut bytes = [0; 32];
        bytes[..block.len()].copy_from_slice(block);
        hash = block_hash(hash, quarters(&bytes));
    }
    hash
}

/// Four multiplications side by side, each followed by a shift from its well-mixed upper half to the lower.
#[inline(always)]
fn block_hash(hash: u64, quarters: [u64; 4]) -> u64 {
    let mut sum = hash.wrapping_mul(FACTORS[0]).rotate_left(32);
    for at in 0..4 {
        let product = (quarters[at] ^ SEEDS[at]).wrapping_mul(FACTORS[at]);
        sum = sum.wrapping_add(product ^ product >> 32);
    }
    sum
}

#[inline(always)]
fn quarters(bytes: &[u8; 32]) -> [u64; 4] {
    let (quarters, _) = bytes.as_chunks::<8>();
    [quarters[0], quarters[1], quarters[2], quarters[3]].map(u64::from_le_bytes)
}

/// `SHORT[32 - n..]` starts with n bytes of ones, then zeros.
static SHORT: [u8; 64] = {
    let mut ones = [0; 64];
    let mut at = 0;
    while at < 32 {
        ones[at] = 0xff;
        at += 1;
    }
    ones
};

/// The hash of `bytes[start..end]`, reading 32 bytes from `start` on; anything for a long word that folds.
#[inline(always)]
fn hash_within(bytes: &[u8], start: usize, end: usize, folds: u32) -> u64 {
    let (Some(mask), Some(word)) = (
        SHORT.get(32usize.wrapping_sub(end - start)..).and_then(|mask| mask.first_chunk()),
        bytes.get(start..).and_then(|word| word.first_chunk()),
    ) else {
        return if folds == 0 { key_hash(&bytes[start..end]) } else { 0 };
    };
    let (mut word, mask) = (quarters(word), quarters(mask));
    for at in 0..4 {
        word[at] &= mask[at];
    }
    block_hash(0, word)
}

/// Bytes of text that are scanned before their words are hashed.
const STRETCH: usize = 8192;

/// The units of a stretch of text.
#[derive(Default)]
pub struct Units {
    pub hashes: Vec<u64>,
    /// Whether each unit is a character; kept only where asked for.
    pub characters: Vec<bool>,
}

/// Buffers that are used again from text to text.
#[derive(Default)]
pub struct Tokeniser {
    /// The stretch, case folded in place.
    folded: Vec<u8>,
    bounds: Bounds,
    scripts: Scripts,
    hashes: Vec<u64>,
    /// The words of the stretch that fold by themselves.
    folding: Vec<u32>,
    key: Vec<u8>,
    whole: String,
}

impl Tokeniser {
    /// Adds the units of a stretch at the start of the text, and returns where it ends: between two words, or at the end
    /// of the text. `first` says that no word came before; `kinds`, that characters are told from words.
    ///
    /// # Safety
    /// The processor has the instructions of `B`.
    #[inline(always)]
    pub unsafe fn stretch<B: Block>(
        &mut self,
        text: &str,
        mode: Mode,
        first: bool,
        kinds: bool,
        units: &mut Units,
    ) -> usize {
        let done = unsafe { self.scan::<B>(text.as_bytes()) };
        self.hash_words(mode);
        let mut spaced = !first;
        let mut from = 0;
        for at in 0..self.folding.len() {
            let word = self.folding[at] as usize;
            units.add_words(&self.hashes[from..word], kinds);
            from = word + 1;
            let (bounds, _) = self.bounds.as_slice().as_chunks();
            let [start, end] = bounds[word];
            let word = text.get(start as usize >> 1..end as usize >> 1).unwrap_or_default();
            self.fold_units(word, mode, &mut spaced, kinds, units);
        }
        units.add_words(&self.hashes[from..], kinds);
        done
    }

    /// Fills `folded` and `bounds` for a stretch of at least one word; returns where it ends.
    #[inline(always)]
    unsafe fn scan<B: Block>(&mut self, text: &[u8]) -> usize {
        self.bounds.clear();
        let mut carry = Carry::default();
        let mut at = 0;
        while at < text.len() {
            if at >= STRETCH && (carry.word == 0 || self.bounds.as_slice().len() > 1) {
                break;
            }
            if self.folded.len() < at + 128 {
                self.folded.resize(2 * at + STRETCH + 256, 0);
            }
            let mut last = [0; 64];
            let (bytes, length) = match text[at..].first_chunk::<64>() {
                Some(bytes) => (bytes, 64),
                None => {
                    last[..text.len() - at].copy_from_slice(&text[at..]);
                    (&last, text.len() - at)
                }
            };
            let Some(folded) = self.folded[at..].first_chunk_mut::<64>() else { break };
            at += unsafe { B::scan(bytes, length, at as u32, &mut carry, &mut self.scripts, folded, &mut self.bounds) };
        }
        if carry.word == 1 {
            if at == text.len() {
                self.bounds.push((at as u32) << 1 | carry.folds as u32);
            } else if let Some(start) = self.bounds.pop() {
                at = start as usize >> 1;
            }
        }
        at
    }

    /// Fills `hashes` for all words as they stand, and `folding` with those that fold by themselves.
    #[inline(always)]
    fn hash_words(&mut self, mode: Mode) {
        let (bounds, _) = self.bounds.as_slice().as_chunks::<2>();
        self.hashes.resize(bounds.len(), 0);
        self.folding.resize(bounds.len() + 1, 0);
        let mut folding = 0;
        for (at, (&[start, end], hash)) in bounds.iter().zip(&mut self.hashes).enumerate() {
            let folds = end & 1 | u32::from(mode == Mode::Char);
            self.folding[folding] = at as u32;
            folding += folds as usize;
            *hash = hash_within(&self.folded, start as usize >> 1, end as usize >> 1, folds);
        }
        self.folding.truncate(folding);
    }

    /// Adds the units of a word that is not its own key, or of which every character is one.
    #[inline(never)]
    fn fold_units(&mut self, word: &str, mode: Mode, spaced: &mut bool, kinds: bool, units: &mut Units) {
        let word = word.trim_start_matches(|c| folds::class(c) & NO_START != 0);
        if word.is_empty() {
            return;
        }
        if mode == Mode::Char && std::mem::replace(spaced, true) {
            units.add(key_hash(b" "), true, kinds);
        }
        self.key.clear();
        let split = match fold_by_character(word, &mut self.key) {
            Some(unspaced) => mode == Mode::Char || mode == Mode::Auto && unspaced,
            None => {
                self.key.clear();
                self.whole.clear();
                folds::fold(word, &mut self.whole);
                self.key.extend_from_slice(self.whole.as_bytes());
                mode != Mode::Word
            }
        };
        let mut from = 0;
        if split {
            let key = std::str::from_utf8(&self.key).unwrap_or_default();
            for (at, c) in key.char_indices() {
                if mode == Mode::Char || folds::class(c) & UNSPACED != 0 {
                    if from < at {
                        units.add(key_hash(&self.key[from..at]), false, kinds);
                    }
                    from = at + c.len_utf8();
                    units.add(key_hash(&self.key[at..from]), true, kinds);
                }
            }
        }
        if from < self.key.len() {
            units.add(key_hash(&self.key[from..]), false, kinds);
        }
    }
}

impl Units {
    fn add(&mut self, hash: u64, character: bool, kinds: bool) {
        self.hashes.push(hash);
        if kinds {
            self.characters.push(character);
        }
    }

    #[inline(always)]
    fn add_words(&mut self, hashes: &[u64], kinds: bool) {
        self.hashes.extend_from_slice(hashes);
        if kinds {
            self.characters.resize(self.hashes.len(), false);
        }
    }
}

/// Writes the key of a word whose characters fold one by one, but for nuktas and nasals, and tells whether any is of a
/// script without spaces; None for any other word.
fn fold_by_character(word: &str, key: &mut Vec<u8>) -> Option<bool> {
    let (mut before, mut class_before) = ('\0', 0);
    let (mut all, mut nasal) = (0, false);
    for c in word.chars() {
        let page = Page::of(c)?;
        let class = page.class[c as usize & 63];
        if class & (NO_START | FOLDS) == NO_START | FOLDS {
            if folds::is_joiner(c) {
                continue;
            }
            if c == NUKTA {
                if canonical_combining_class(before) != 0 {
                    return None;
                }
                if matches!(before, 'ड' | 'ढ') {
                    key.extend_from_slice(&[0xe0, 0xa4, 0xbc]);
                }
                (before, class_before) = (c, class);
                continue;
            }
        }
        let (fold, length) = page.fold(c)?;
        if nasal {
            shorten_nasal(key, fold);
            nasal = false;
        }
        if class & class_before.wrapping_mul(TAIL / HEAD) & TAIL != 0 {
            if !folds::stay_apart(before, c) {
                return None;
            }
            nasal = c == VIRAMA;
        }
        // Eight bytes at once, then what is too much off: no call for so few.
        let end = key.len() + length;
        key.extend_from_slice(fold);
        key.truncate(end);
        all |= class;
        (before, class_before) = (c, class);
    }
    Some(all & UNSPACED != 0)
}

/// Writes the nasal and virama that end the key as anusvara where a stop of the nasal's class follows.
fn shorten_nasal(key: &mut Vec<u8>, next: &[u8; 8]) {
    let [0xe0, 0xa4, stop @ 0x95..=0xad, ..] = *next else { return };
    let Some((_, &[0xe0, 0xa4, nasal, 0xe0, 0xa5, 0x8d])) = key.split_last_chunk::<6>() else { return };
    let letter = |last: u8| char::from_u32(0x900 | u32::from(last & 63)).unwrap_or_default();
    if folds::stops_of(letter(nasal)).is_some_and(|stops| stops.contains(&letter(stop))) {
        key.truncate(key.len() - 6);
        key.extend_from_slice(&[0xe0, 0xa4, 0x82]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{Task, engines, run_on};
    use crate::folds::WORD;

    struct All<'a>(&'a str, Mode);

    impl Task for All<'_> {
        type Output = Vec<u64>;

        #[inline(always)]
        unsafe fn run<B: Block>(self) -> Vec<u64> {
            let (mut tokeniser, mut units) = (Tokeniser::default(), Units::default());
            let mut at = 0;
            while at < self.0.len() {
                let first = units.hashes.is_empty();
                at += unsafe { tokeniser.stretch::<B>(&self.0[at..], self.1, first, true, &mut units) };
            }
            assert_eq!(units.hashes.len(), units.characters.len());
            units.hashes
        }
    }

    fn units(text: &str, mode: Mode) -> Vec<u64> {
        let found: Vec<_> = engines().iter().map(|&engine| run_on(engine, All(text, mode))).collect();
        assert!(found.iter().all(|units| *units == found[0]), "{text:?}");
        found.into_iter().next().unwrap()
    }

    fn hashes(keys: &[&str]) -> Vec<u64> {
        keys.iter().map(|key| key_hash(key.as_bytes())).collect()
    }

    #[test]
    fn words_keep_their_marks_and_lose_their_punctuation() {
        assert_eq!(units("में, वह। Hello॥", Mode::Auto), hashes(&["में", "वह", "hello"]));
        assert_eq!(units("\u{93e}घर ❤\u{fe0f} ok", Mode::Auto), hashes(&["घर", "ok"]));
        assert!(units("", Mode::Auto).is_empty());
    }

    #[test]
    fn scripts_without_spaces_give_characters() {
        assert_eq!(units("iPhone发布 今天", Mode::Auto), hashes(&["iphone", "发", "布", "今", "天"]));
        assert_eq!(units("发布", Mode::Word), hashes(&["发布"]));
        assert_eq!(units("Ab c", Mode::Char), hashes(&["a", "b", " ", "c"]));
    }

    /// The words of a text by the definition, for all modes but Char.
    fn naive(text: &str) -> Vec<u64> {
        let mut hashes = Vec::new();
        for run in text.split(|c| folds::class(c) & WORD == 0) {
            let word = run.trim_start_matches(|c| folds::class(c) & NO_START != 0);
            let mut key = String::new();
            folds::fold(word, &mut key);
            if !key.is_empty() {
                hashes.push(key_hash(key.as_bytes()));
            }
        }
        hashes
    }

    #[test]
    fn words_of_any_length_at_any_place_are_those_of_the_definition() {
        let pieces = [
            "a",
            "Straße",
            "é",
            "e\u{301}",
            "न्त",
            "न्ह",
            "न\u{93c}्त",
            "र्",
            "ड़",
            "ज़्या",
            "\u{95b}\u{93c}",
            "ँ",
            "ॉ",
            "२",
            "।",
            " ",
            "  ",
            "-",
            "“",
            "\u{200d}",
            "क",
            "का",
            "্",
            "য়",
            "কো",
            "ே",
            "😀",
            "𝒳",
            "한",
            "ᄒ",
            "ᅡ",
            "É\u{323}",
            "ﬁ\u{301}",
            "\u{93c}",
            "X",
            "ऩ",
            "्",
            "ह",
            "ท",
            "่",
            "漢",
        ];
        let mut state = 1_u64;
        for round in 0..3000 {
            let mut text = String::new();
            for _ in 0..round % 60 {
                state = state.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(1);
                let piece = pieces[(state >> 33) as usize % pieces.len()];
                (0..1 + (state >> 60)).for_each(|_| text.push_str(piece));
            }
            assert_eq!(units(&text, Mode::Word), naive(&text), "{text:?}");
        }
    }

    #[test]
    fn a_word_longer_than_a_stretch_is_one_word() {
        let long = "क".repeat(3 * STRETCH);
        let text = format!("एक {long} दो {long}");
        assert_eq!(units(&text, Mode::Auto), hashes(&["एक", &long, "दो", &long]));
        let texts: Vec<String> =
            (STRETCH - 70..STRETCH + 70).map(|length| "é".repeat(length / 2) + " की बात").collect();
        texts.iter().for_each(|text| assert_eq!(units(text, Mode::Auto), naive(text)));
    }
}
