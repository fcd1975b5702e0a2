//! Keys of terms: 64-bit hashes whose lowest bits tell the kind of the term.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64_with_seed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The stem of a word.
    Word,
    /// Two neighbouring stems.
    Pair,
    /// How a name sounds, in whatever script it is written.
    Sound,
    /// A word that begins with a capital letter.
    Capital,
}

const KIND_BITS: u64 = 3;

pub fn kind(key: u64) -> Kind {
    [Kind::Word, Kind::Pair, Kind::Sound, Kind::Capital][(key & KIND_BITS) as usize]
}

fn key(bytes: &[u8], kind: Kind) -> u64 {
    xxh3_64_with_seed(bytes, kind as u64) & !KIND_BITS | kind as u64
}

pub fn word_key(stem: &str) -> u64 {
    key(stem.as_bytes(), Kind::Word)
}

pub fn sound_key(sound: &str) -> u64 {
    key(sound.as_bytes(), Kind::Sound)
}

pub fn capital_key(word: &str) -> u64 {
    key(word.as_bytes(), Kind::Capital)
}

pub fn pair_key(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15) & !KIND_BITS | Kind::Pair as u64
}

/// Keys are hashes already: their upper half serves as it is.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key ^ key >> 32;
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key) << 32 | u64::from(key);
    }
}

pub type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;
pub type HalfKeyMap<V> = HashMap<u32, V, BuildHasherDefault<KeyHasher>>;
pub type HalfKeySet = HashSet<u32, BuildHasherDefault<KeyHasher>>;
pub type KeySet = HashSet<u64, BuildHasherDefault<KeyHasher>>;
