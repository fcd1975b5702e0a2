//! The keys of characters: what a trie steps by.

use std::sync::LazyLock;

use super::characters::{VISARGA, fold_of, is_word};

pub(super) const SPACE: u32 = ' ' as u32;
pub(super) const NUMBER: u32 = '#' as u32;

/// Keys of characters below this are looked up: all Latin, Cyrillic and Arabic letters, and all that begin with 0xE0, as Indic ones do.
const DIRECT: usize = 0x1000;
/// Above the bits of a key, its kind.
const BITS: u32 = 14;
/// In place of a key: that of a character that keys leave out. A capital is the key of none.
pub(super) const LEFT_OUT: u32 = 'A' as u32;

/// Keys and kinds of characters, by character as written.
pub(super) struct Keys([u16; DIRECT]);

impl Keys {
    pub fn get() -> &'static Keys {
        static KEYS: LazyLock<Keys> = LazyLock::new(|| {
            let mut entries = [0; DIRECT];
            for (entry, char) in entries.iter_mut().zip('\0'..) {
                *entry = fold_of(char).map_or(LEFT_OUT, u32::from) as u16 | kind(char) << BITS;
            }
            Keys(entries)
        });
        &KEYS
    }

    /// The key of a character, or [`LEFT_OUT`], and its kind: no word ends between two characters of one kind but 0.
    #[inline]
    pub fn of(&self, char: char) -> (u32, u16) {
        match self.0.get(char as usize) {
            Some(&entry) => parts(entry),
            None => (fold_of(char).map_or(LEFT_OUT, u32::from), 0),
        }
    }

    /// The keys of characters of three bytes, where all are letters or signs of the kind of Indic ones and no key is left out.
    #[inline(always)]
    fn of_letters<const N: usize>(&self, chars: [[u8; 3]; N]) -> Option<[u32; N]> {
        // above those of numbers and of what is left out
        const LEAST: u16 = 2 << BITS | 0x80;
        let entries = chars.map(|[_, second, third]| self.0[of_indic(second, third)]);
        let letters = chars.iter().all(|char| char[0] == 0xE0) && entries.iter().all(|&entry| entry >= LEAST);
        letters.then(|| entries.map(|entry| parts(entry).0))
    }

    /// What stands at the beginning of a text, one character after another. Indic ones are not decoded.
    #[inline]
    pub fn forwards<'a>(&'a self, text: &'a str) -> Forwards<'a> {
        Forwards { keys: self, text, at: 0 }
    }

    /// The same of its end.
    #[inline]
    pub fn backwards<'a>(&'a self, text: &'a str) -> Backwards<'a> {
        Backwards { keys: self, text, end: text.len() }
    }
}

/// What stands at an edge of a text, one character after another, the one at the edge first.
pub(super) trait Path: Iterator<Item = (u32, u16)> {
    /// The keys of the next `N` characters, where all of them are letters of Indic scripts or signs that keys do not leave out, and the path
    /// behind them. None of them ends a word.
    fn letters<const N: usize>(&self) -> Option<([u32; N], Self)>
    where
        Self: Sized;
}

pub(super) struct Forwards<'a> {
    keys: &'a Keys,
    text: &'a str,
    at: usize,
}

impl Iterator for Forwards<'_> {
    type Item = (u32, u16);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u16)> {
        match self.text.as_bytes()[self.at..] {
            [byte @ ..=0x7F, ..] => {
                self.at += 1;
                Some(parts(self.keys.0[usize::from(byte)]))
            }
            [0xE0, second, third, ..] => {
                self.at += 3;
                Some(parts(self.keys.0[of_indic(second, third)]))
            }
            [] => None,
            _ => self.other(),
        }
    }
}

impl Path for Forwards<'_> {
    #[inline(always)]
    fn letters<const N: usize>(&self) -> Option<([u32; N], Self)> {
        let (chars, _) = self.text.as_bytes()[self.at..].as_chunks::<3>();
        let keys = self.keys.of_letters(*chars.first_chunk::<N>()?)?;
        Some((keys, Forwards { at: self.at + 3 * N, ..*self }))
    }
}

impl Forwards<'_> {
    #[inline(never)]
    fn other(&mut self) -> Option<(u32, u16)> {
        let char = self.text[self.at..].chars().next()?;
        self.at += char.len_utf8();
        Some(self.keys.of(char))
    }
}

pub(super) struct Backwards<'a> {
    keys: &'a Keys,
    text: &'a str,
    end: usize,
}

impl Iterator for Backwards<'_> {
    type Item = (u32, u16);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u16)> {
        match self.text.as_bytes()[..self.end] {
            [.., byte @ ..=0x7F] => {
                self.end -= 1;
                Some(parts(self.keys.0[usize::from(byte)]))
            }
            [.., 0xE0, second, third] => {
                self.end -= 3;
                Some(parts(self.keys.0[of_indic(second, third)]))
            }
            [] => None,
            _ => self.other(),
        }
    }
}

impl Path for Backwards<'_> {
    #[inline(always)]
    fn letters<const N: usize>(&self) -> Option<([u32; N], Self)> {
        let (_, chars) = self.text.as_bytes()[..self.end].as_rchunks::<3>();
        let mut chars = *chars.last_chunk::<N>()?;
        chars.reverse();
        Some((self.keys.of_letters(chars)?, Backwards { end: self.end - 3 * N, ..*self }))
    }
}

impl Backwards<'_> {
    #[inline(never)]
    fn other(&mut self) -> Option<(u32, u16)> {
        let char = self.text[..self.end].chars().next_back()?;
        self.end -= char.len_utf8();
        Some(self.keys.of(char))
    }
}

/// One character as the keys see it; None for what they leave out. Keys only, never output.
#[inline]
pub fn folded(char: char) -> Option<char> {
    match Keys::get().of(char) {
        (LEFT_OUT, _) => None,
        (key, _) => char::from_u32(key),
    }
}

/// The keys of the first `N` characters of a text that keys do not leave out.
pub fn first_keys<const N: usize>(text: &str) -> Option<[u32; N]> {
    let path = Keys::get().forwards(text);
    if let Some((keys, _)) = path.letters::<N>() {
        return Some(keys);
    }
    let (mut keys, mut count) = ([0; N], 0);
    for (key, _) in path.filter(|&(key, _)| key != LEFT_OUT).take(N) {
        keys[count] = key;
        count += 1;
    }
    (count == N).then_some(keys)
}

#[inline]
fn parts(entry: u16) -> (u32, u16) {
    (u32::from(entry) & ((1 << BITS) - 1), entry >> BITS)
}

/// A character that begins with 0xE0, by its last two bytes.
#[inline]
fn of_indic(second: u8, third: u8) -> usize {
    usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F)
}

fn kind(char: char) -> u16 {
    match char {
        VISARGA => 0,
        _ if !is_word(char) => 0,
        ..'\u{0590}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::characters::boundary;

    #[test]
    fn the_table_holds_what_folding_says_and_no_word_ends_inside_a_kind() {
        let keys = Keys::get();
        for char in '\0'..'\u{5000}' {
            assert!(fold_of(char) != char::from_u32(LEFT_OUT));
            assert_eq!(folded(char), fold_of(char), "{char:?}");
            let (key, text) = (fold_of(char).map_or(LEFT_OUT, u32::from), char.to_string());
            assert_eq!(keys.of(char).0, key, "{char:?}");
            assert_eq!(keys.forwards(&text).collect::<Vec<_>>(), [keys.of(char)], "{char:?}");
            assert_eq!(keys.backwards(&text).collect::<Vec<_>>(), [keys.of(char)], "{char:?}");
        }
        let of_kind = |kind: u16| ('\0'..'\u{0E00}').filter(move |&char| keys.of(char).1 == kind);
        for (inside, outside) in (1..3)
            .flat_map(|kind| of_kind(kind).flat_map(move |inside| of_kind(kind).map(move |outside| (inside, outside))))
        {
            assert!(!boundary(inside, Some(outside)), "{inside:?} {outside:?}");
        }
    }
}
