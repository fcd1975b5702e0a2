//! The names of cities.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// Names in the form of [`as_listed`]: of most texts a look at a bit shows that they are none.
#[derive(Default)]
pub(super) struct Cities {
    names: HashSet<String, Xxh3DefaultBuilder>,
    /// A bit for the last four bytes and the length of each name.
    bits: Vec<u64>,
}

const BITS: u32 = 12;

impl Cities {
    pub fn insert(&mut self, name: &str) {
        let name = as_listed(name);
        let bit = bit_of(&name);
        self.bits.resize(1 << (BITS - 6), 0);
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.names.insert(name);
    }

    #[inline]
    pub fn contain(&self, name: &str) -> bool {
        let bit = bit_of(name);
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 != 0) && self.names.contains(name)
    }
}

#[inline]
fn bit_of(name: &str) -> usize {
    let bytes = name.as_bytes();
    let last = bytes.last_chunk().map_or(0, |last| u32::from_le_bytes(*last));
    let hash = (last ^ (bytes.len() as u32) << 3).wrapping_mul(0x9E37_79B1);
    (hash >> (u32::BITS - BITS)) as usize
}

pub fn is_joiner(char: char) -> bool {
    matches!(char, '\u{200C}' | '\u{200D}')
}

/// A name in the one form (NFC, no joiners) in which lists have it, whichever a font writes.
pub fn as_listed(name: &str) -> String {
    name.chars().filter(|&char| !is_joiner(char)).nfc().collect()
}
