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

/// What the tables have for letters, at least, and for what keys leave out inside words, and for a space.
const LETTER: u16 = 2 << BITS | 0x80;
const LEFT_OUT_OF_WORD: u16 = 2 << BITS | LEFT_OUT as u16;
const SPACED: u16 = SPACE as u16;

/// Keys and kinds of characters.
pub(super) struct Keys {
    /// By character as written.
    direct: [u16; DIRECT],
    /// By the last two bytes of those that begin with 0xE0, of which the upper three bits say nothing.
    indic: [u16; 0x2000],
}

impl Keys {
    pub fn get() -> &'static Keys {
        static KEYS: LazyLock<Keys> = LazyLock::new(|| {
            let mut keys = Keys { direct: [0; DIRECT], indic: [0; 0x2000] };
            for (entry, char) in keys.direct.iter_mut().zip('\0'..) {
                *entry = fold_of(char).map_or(LEFT_OUT, u32::from) as u16 | kind(char) << BITS;
                if let [0xE0, second, third] = *char.encode_utf8(&mut [0; 4]).as_bytes() {
                    keys.indic[of_indic(second, third)] = *entry;
                }
            }
            keys
        });
        &KEYS
    }

    /// The key of a character, or [`LEFT_OUT`], and its kind: no word ends between two characters of one kind but 0.
    #[inline]
    pub fn of(&self, char: char) -> (u32, u16) {
        match self.direct.get(char as usize) {
            Some(&entry) => parts(entry),
            None => (fold_of(char).map_or(LEFT_OUT, u32::from), 0),
        }
    }

    /// The first three keys of a text, side by side, where they are Indic letters or signs of which none ends a word, or two of these and a
    /// space. Of what keys leave out only signs that are of a word too may stand between them.
    #[inline(always)]
    pub fn first_window(&self, text: &[u8]) -> Option<u64> {
        let of_most = match *text {
            [0xE0, a, b, 0xE0, c, d, 0xE0, e, f, ..] => self.window_of([(a, b), (c, d)], Some((e, f))),
            [0xE0, a, b, 0xE0, c, d, b' ', ..] => self.window_of([(a, b), (c, d)], None),
            _ => None,
        };
        let mut rest = text;
        of_most.or_else(|| {
            self.window(|| match *rest {
                [0xE0, second, third, ref behind @ ..] => {
                    rest = behind;
                    Some(self.indic[of_indic(second, third)])
                }
                [b' ', ..] => Some(SPACED),
                _ => None,
            })
        })
    }

    /// [`Keys::first_window`] from the end of a text backwards.
    #[inline(always)]
    pub fn last_window(&self, text: &[u8]) -> Option<u64> {
        let of_most = match *text {
            [.., 0xE0, e, f, 0xE0, c, d, 0xE0, a, b] => self.window_of([(a, b), (c, d)], Some((e, f))),
            [.., b' ', 0xE0, c, d, 0xE0, a, b] => self.window_of([(a, b), (c, d)], None),
            _ => None,
        };
        let mut rest = text;
        of_most.or_else(|| {
            self.window(|| match *rest {
                [ref before @ .., 0xE0, second, third] => {
                    rest = before;
                    Some(self.indic[of_indic(second, third)])
                }
                [.., b' '] => Some(SPACED),
                _ => None,
            })
        })
    }

    /// The keys of two letters and of a third one or a space, each given by its last two bytes, where none is left out.
    #[inline(always)]
    fn window_of(&self, letters: [(u8, u8); 2], third: Option<(u8, u8)>) -> Option<u64> {
        let [first, second] = letters.map(|(second, third)| self.indic[of_indic(second, third)]);
        let third = third.map_or(SPACED, |(second, third)| self.indic[of_indic(second, third)]);
        let all = first >= LETTER && second >= LETTER && (third >= LETTER || third == SPACED);
        all.then(|| of_window([first, second, third].map(|entry| parts(entry).0)))
    }

    #[inline(never)]
    fn window(&self, mut next: impl FnMut() -> Option<u16>) -> Option<u64> {
        let (mut keys, mut count) = ([0; WINDOW], 0);
        loop {
            match next()? {
                LEFT_OUT_OF_WORD => continue,
                entry if entry >= LETTER || entry == SPACED && count == WINDOW - 1 => keys[count] = parts(entry).0,
                _ => return None,
            }
            count += 1;
            if count == WINDOW {
                return Some(of_window(keys));
            }
        }
    }

    /// What stands at the beginning of a text, one character after another. Indic ones are not decoded.
    #[inline]
    pub fn forwards<'a>(&'a self, text: &'a str) -> Forwards<'a> {
        Forwards { keys: self, text, rest: text.as_bytes() }
    }

    /// What stands at its end, the last character first.
    #[inline]
    pub fn backwards<'a>(&'a self, text: &'a str) -> Backwards<'a> {
        Backwards { keys: self, text, rest: text.as_bytes() }
    }

    /// What a character is to the keys, and how long it is.
    #[cold]
    #[inline(never)]
    fn other(&self, char: Option<char>) -> Option<((u32, u16), usize)> {
        char.map(|char| (self.of(char), char.len_utf8()))
    }
}

pub(super) struct Forwards<'a> {
    keys: &'a Keys,
    text: &'a str,
    rest: &'a [u8],
}

impl Iterator for Forwards<'_> {
    type Item = (u32, u16);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u16)> {
        match *self.rest {
            [byte @ ..=0x7F, ref rest @ ..] => {
                self.rest = rest;
                Some(parts(self.keys.direct[usize::from(byte)]))
            }
            [0xE0, second, third, ref rest @ ..] => {
                self.rest = rest;
                Some(parts(self.keys.indic[of_indic(second, third)]))
            }
            [] => None,
            _ => {
                let rest = &self.text[self.text.len() - self.rest.len()..];
                let (parts, width) = self.keys.other(rest.chars().next())?;
                self.rest = self.rest.get(width..)?;
                Some(parts)
            }
        }
    }
}

pub(super) struct Backwards<'a> {
    keys: &'a Keys,
    text: &'a str,
    rest: &'a [u8],
}

impl Iterator for Backwards<'_> {
    type Item = (u32, u16);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u16)> {
        match *self.rest {
            [ref rest @ .., byte @ ..=0x7F] => {
                self.rest = rest;
                Some(parts(self.keys.direct[usize::from(byte)]))
            }
            [ref rest @ .., 0xE0, second, third] => {
                self.rest = rest;
                Some(parts(self.keys.indic[of_indic(second, third)]))
            }
            [] => None,
            _ => {
                let rest = &self.text[..self.rest.len()];
                let (parts, width) = self.keys.other(rest.chars().next_back())?;
                self.rest = self.rest.get(..self.rest.len() - width)?;
                Some(parts)
            }
        }
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
    let (mut keys, mut count) = ([0; N], 0);
    for (key, _) in Keys::get().forwards(text).filter(|&(key, _)| key != LEFT_OUT).take(N) {
        keys[count] = key;
        count += 1;
    }
    (count == N).then_some(keys)
}

#[inline]
fn parts(entry: u16) -> (u32, u16) {
    (u32::from(entry) & ((1 << BITS) - 1), entry >> BITS)
}

/// Keys that are looked at together.
pub(super) const WINDOW: usize = 3;

/// Keys side by side.
pub(super) fn of_window(keys: [u32; WINDOW]) -> u64 {
    keys.into_iter().fold(0, |window, key| window << BITS | u64::from(key))
}

#[inline(always)]
fn of_indic(second: u8, third: u8) -> usize {
    usize::from(u16::from_be_bytes([second, third]) & 0x1FFF)
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
