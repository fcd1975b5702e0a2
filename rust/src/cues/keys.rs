//! The keys of characters: what a trie steps by.

use std::sync::LazyLock;

use super::characters::{VISARGA, folded, is_word};

pub(super) const SPACE: u32 = ' ' as u32;
pub(super) const NUMBER: u32 = '#' as u32;

/// Keys of characters below this are looked up: all Latin, Cyrillic, Arabic and Indic letters.
const DIRECT: usize = 0x0E00;
/// Above the bits of a key, its kind.
const BITS: u32 = 14;
const LEFT_OUT: u16 = (1 << BITS) - 1;

/// Keys and kinds of characters, by character as written.
pub(super) struct Keys([u16; DIRECT]);

impl Keys {
    pub fn get() -> &'static Keys {
        static KEYS: LazyLock<Keys> = LazyLock::new(|| {
            let mut entries = [0; DIRECT];
            for (entry, char) in entries.iter_mut().zip('\0'..) {
                *entry = folded(char).map_or(LEFT_OUT, |key| key as u16) | kind(char) << BITS;
            }
            Keys(entries)
        });
        &KEYS
    }

    /// The key of a character, None where keys leave it out, and its kind: no word ends between two characters of one kind but 0.
    #[inline]
    pub fn of(&self, char: char) -> (Option<u32>, u16) {
        match self.0.get(char as usize) {
            Some(entry) => {
                let key = entry & LEFT_OUT;
                ((key != LEFT_OUT).then_some(u32::from(key)), entry >> BITS)
            }
            None => (folded(char).map(u32::from), 0),
        }
    }

    /// Whether keys leave out a character of an Indic script, by its last two bytes.
    #[inline]
    pub fn leaves_out(&self, second: u8, third: u8) -> bool {
        let entry = self.0.get(usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F));
        entry.is_some_and(|entry| entry & LEFT_OUT == LEFT_OUT)
    }

    /// The key of a character of an Indic script, by its last two bytes; None where it has none of its own, and of digits.
    #[inline]
    pub fn of_indic(&self, second: u8, third: u8) -> Option<u32> {
        let entry = self.0.get(usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F))?;
        let key = entry & LEFT_OUT;
        (entry >> BITS == 2 && key != LEFT_OUT && key != NUMBER as u16).then_some(u32::from(key))
    }
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
        for char in '\0'..'\u{3000}' {
            assert_eq!(keys.of(char).0, folded(char).map(u32::from), "{char:?}");
        }
        let of_kind = |kind: u16| ('\0'..'\u{0E00}').filter(move |&char| keys.of(char).1 == kind);
        for (inside, outside) in (1..3)
            .flat_map(|kind| of_kind(kind).flat_map(move |inside| of_kind(kind).map(move |outside| (inside, outside))))
        {
            assert!(!boundary(inside, Some(outside)), "{inside:?} {outside:?}");
        }
    }
}
