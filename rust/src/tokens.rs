//! Text to units: the words of a text, or single characters where a script is written without spaces.
//!
//! A word is a letter or digit and what follows of letters, marks, digits and joiners; everything else separates. A unit
//! is the hash of a folded word, or of one folded character. The naive twin is `tests/naive.py: units`.

use crate::folds::{self, CONTINUE, NASAL, PLAIN, REORDERS, START, UNSPACED, VIRAMA};

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

/// Odd constants without structure (the fractional digits of the square roots of 2, 3, 5, 7).
const SEEDS: [u64; 4] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1];

/// The halves of the 128-bit product, folded together (the mixing step of wyhash).
#[inline(always)]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The 64-bit hash of a key, 32 bytes at a time, the last filled with zeros (a key holds none).
#[inline]
pub fn key_hash(key: &[u8]) -> u64 {
    let mut hash = 0;
    for block in key.chunks(32) {
        let mut bytes = [0; 32];
        bytes[..block.len()].copy_from_slice(block);
        hash = block_hash(hash, &bytes);
    }
    hash
}

#[inline(always)]
fn block_hash(hash: u64, bytes: &[u8; 32]) -> u64 {
    let word = |at: usize| u64::from_le_bytes([0, 1, 2, 3, 4, 5, 6, 7].map(|byte| bytes[8 * at + byte]));
    mix(word(0) ^ SEEDS[0] ^ hash, word(1) ^ SEEDS[1])
        .wrapping_add(mix(word(2) ^ SEEDS[2], word(3) ^ SEEDS[3] ^ hash.rotate_left(32)))
}

/// Buffers that are used again from text to text.
#[derive(Default)]
pub struct Tokeniser {
    key: Vec<u8>,
    folded: Vec<char>,
}

impl Tokeniser {
    /// Calls `emit(hash, is_character)` for each unit of the text, in order.
    pub fn units(&mut self, text: &str, mode: Mode, mut emit: impl FnMut(u64, bool)) {
        let mut spaced = false;
        let mut rest = text;
        while let Some((word, plain, after)) = self.next_word(rest) {
            rest = after;
            if mode == Mode::Char && std::mem::replace(&mut spaced, true) {
                emit(key_hash(b" "), true);
            }
            match plain {
                Plain::Spaced if mode != Mode::Char => emit(key_hash(&self.key), false),
                Plain::Unspaced if mode == Mode::Word => emit(key_hash(&self.key), false),
                _ => self.fold_units(word, mode, &mut emit),
            }
        }
    }

    /// The next word, what can be said of its key (in `self.key` unless folding is needed), and the text after it.
    fn next_word<'t>(&mut self, text: &'t str) -> Option<(&'t str, Plain, &'t str)> {
        let mut chars = text.char_indices();
        let (start, first) = chars.by_ref().find(|&(_, c)| folds::class(c) & START != 0)?;
        self.key.clear();
        let (mut all, mut any, mut before) = (PLAIN, 0, 0);
        let mut end = text.len();
        for (at, c) in std::iter::once((start, first)).chain(chars) {
            let class = folds::class(c);
            if class & CONTINUE == 0 {
                end = at;
                break;
            }
            if c.is_ascii() {
                self.key.push((c as u8).to_ascii_lowercase());
                before = 0;
                continue;
            }
            let rewritten = before & class & REORDERS != 0 || before & NASAL != 0 && c == VIRAMA;
            all &= if rewritten { 0 } else { class };
            any |= class;
            before = class;
            self.key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        let plain = match (all & PLAIN != 0, any & UNSPACED != 0) {
            (false, _) => Plain::No,
            (true, true) => Plain::Unspaced,
            (true, false) => Plain::Spaced,
        };
        Some((&text[start..end], plain, &text[end..]))
    }

    fn fold_units(&mut self, word: &str, mode: Mode, emit: &mut impl FnMut(u64, bool)) {
        self.folded.clear();
        folds::fold(word, &mut self.folded);
        self.key.clear();
        for &c in &self.folded {
            let alone = mode == Mode::Char || mode == Mode::Auto && folds::class(c) & UNSPACED != 0;
            if alone && !self.key.is_empty() {
                emit(key_hash(&self.key), false);
                self.key.clear();
            }
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            if alone {
                emit(key_hash(bytes), true);
            } else {
                self.key.extend_from_slice(bytes);
            }
        }
        if !self.key.is_empty() {
            emit(key_hash(&self.key), false);
        }
    }
}

/// Whether a word is its own key but for ASCII case.
enum Plain {
    Spaced,
    Unspaced,
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, mode: Mode) -> Vec<u64> {
        let mut units = Vec::new();
        Tokeniser::default().units(text, mode, |hash, _| units.push(hash));
        units
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
}
