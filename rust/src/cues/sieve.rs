//! A look or two that shows of most texts that no phrase begins them: phrases by the hashes of their first keys.

use super::keys::{Keys, LEFT_OUT, NUMBER, SPACE};

/// Keys of a phrase that are hashed.
pub(super) const DEPTH: usize = 8;
/// Keys of a phrase that are looked at together: four where a phrase has as many, or must end where a word does.
const FIRST: usize = 4;

/// After which keys a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// After half of them and after all: for many phrases, as most texts go on for a few keys as one of them.
    Twice,
    /// After each: for few phrases.
    Always,
}

impl Looks {
    fn at(self, depth: usize) -> bool {
        self == Looks::Always || depth.is_multiple_of(DEPTH / 2)
    }
}

pub(super) struct Sieve {
    keys: &'static Keys,
    looks: Looks,
    /// A phrase may end inside a word.
    inside: bool,
    /// By the keys one after another: phrases begin with them, a phrase consists of them.
    begins: Bits,
    ends: Bits,
    /// The same of letters and spaces, [`DEPTH`] of them, or less where a phrase consists of them.
    latin: Bits,
    latin_ends: Bits,
    /// Of so many keys, side by side.
    first: Bits,
    count: usize,
}

impl Sieve {
    /// Of phrases given by their beginnings: (up to [`DEPTH`] keys, whether a phrase consists of them). `inside` says that a phrase may end
    /// inside a word.
    pub fn new(beginnings: &[(Vec<u32>, bool)], looks: Looks, inside: bool) -> Sieve {
        let hash = |keys: &[u32]| keys.iter().fold(0, |hash, &key| after(hash, key));
        let of_depth =
            |depth: usize| beginnings.iter().map(|found| &found.0[..]).filter(move |keys| keys.len() == depth);
        let ends = || beginnings.iter().filter(|found| found.1).map(|found| &found.0[..]);
        // inside a word none that is shorter may end
        let count = if inside { ends().map(<[u32]>::len).min().unwrap_or(FIRST).min(FIRST) } else { FIRST };
        Sieve {
            keys: Keys::get(),
            looks,
            inside,
            begins: (1..=DEPTH).filter(|&depth| looks.at(depth)).flat_map(of_depth).map(hash).collect(),
            ends: ends().map(hash).collect(),
            latin: of_depth(DEPTH).filter_map(latin_of).map(mixed).collect(),
            latin_ends: ends().filter_map(latin_of).map(mixed).collect(),
            first: of_depth(count).map(|keys| mixed(packed(keys))).collect(),
            count,
        }
    }

    /// True only where [`Sieve::may_hold`] is false of a text, as shown by its first bytes.
    #[inline]
    pub fn holds_none(&self, bytes: &[u8]) -> bool {
        match bytes {
            _ if self.inside => self.none_of_first(bytes),
            [0xE0, ..] => bytes.first_chunk().is_some_and(|&[a0, a1, a2, b0, b1, b2, c0, c1, c2, d0, d1, d2]| {
                self.none_of_indic([[a0, a1, a2], [b0, b1, b2], [c0, c1, c2], [d0, d1, d2]])
            }),
            _ => bytes.first_chunk().is_some_and(|&first| self.none_of_latin(u64::from_le_bytes(first))),
        }
    }

    /// [`Sieve::holds_none`] of a text read from its end.
    #[inline]
    fn holds_none_from_end(&self, bytes: &[u8]) -> bool {
        // signs that keys leave out end many words
        let bytes = match bytes {
            [before @ .., 0xE0, second, third] if self.keys.leaves_out(*second, *third) => before,
            _ => bytes,
        };
        match bytes {
            _ if self.inside => false,
            [.., 0xE0, _, _] => bytes.last_chunk().is_some_and(|&[d0, d1, d2, c0, c1, c2, b0, b1, b2, a0, a1, a2]| {
                self.none_of_indic([[a0, a1, a2], [b0, b1, b2], [c0, c1, c2], [d0, d1, d2]])
            }),
            _ => bytes.last_chunk().is_some_and(|&last| self.none_of_latin(u64::from_be_bytes(last))),
        }
    }

    /// True only where all are ASCII letters and single spaces, no phrase begins with them, and none ends before one of the spaces.
    #[inline]
    fn none_of_latin(&self, bytes: u64) -> bool {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const UPPER: u64 = 0x80 * EACH;
        if bytes & UPPER != 0 {
            return false;
        }
        // the upper bit of each byte tells; of ASCII none is carried
        let folded = bytes | (0x20 * EACH);
        let letters = (folded + (0x80 - 0x61) * EACH) & !(folded + (0x80 - 0x7B) * EACH) & UPPER;
        let mut spaces = !((bytes ^ (0x20 * EACH)) + 0x7F * EACH) & UPPER;
        if letters | spaces != UPPER || spaces & (spaces << 8 | 0x80) != 0 {
            return false;
        }
        while spaces != 0 {
            let before = folded & ((spaces & spaces.wrapping_neg()) >> 7).wrapping_sub(1);
            if self.latin_ends.hold(mixed(before)) {
                return false;
            }
            spaces &= spaces - 1;
        }
        !self.latin.hold(mixed(folded))
    }

    /// True only where all are letters of Indic scripts and no phrase begins with them; inside a word none ends.
    #[inline]
    fn none_of_indic(&self, chars: [[u8; 3]; FIRST]) -> bool {
        let mut keys = 0;
        for [first, second, third] in chars {
            match self.keys.of_indic(second, third) {
                Some(key) if first == 0xE0 => keys = keys << 16 | u64::from(key),
                _ => return false,
            }
        }
        !self.first.hold(mixed(keys))
    }

    /// True only where all that a first look is at are letters, ASCII or Indic, and no phrase begins with them.
    #[inline]
    fn none_of_first(&self, mut bytes: &[u8]) -> bool {
        let mut keys = 0;
        for _ in 0..self.count {
            let key = match bytes {
                [byte, after @ ..] if byte.is_ascii_alphabetic() => {
                    bytes = after;
                    u32::from(byte | 0x20)
                }
                [0xE0, second, third, after @ ..] => {
                    let Some(key) = self.keys.of_indic(*second, *third) else { return false };
                    bytes = after;
                    key
                }
                _ => return false,
            };
            keys = keys << 16 | u64::from(key);
        }
        self.count > 0 && !self.first.hold(mixed(keys))
    }

    /// False where no phrase is on the path of the text and ends where a word may, and seldom true where none does.
    #[inline]
    pub fn may_hold(&self, text: &str) -> bool {
        !self.holds_none(text.as_bytes()) && self.may_be_on(self.keys.forwards(text), self.inside)
    }

    /// The same of a text read from its end.
    #[inline]
    pub fn may_hold_from_end(&self, text: &str) -> bool {
        !self.holds_none_from_end(text.as_bytes()) && self.may_be_on(self.keys.backwards(text), self.inside)
    }

    /// [`Sieve::may_hold`] of phrases that may end inside a word.
    #[inline]
    pub fn may_hold_inside(&self, text: &str) -> bool {
        self.may_be_on(self.keys.forwards(text), true)
    }

    /// `path` has keys and kinds of characters.
    #[inline]
    fn may_be_on(&self, path: impl Iterator<Item = (u32, u16)>, inside: bool) -> bool {
        let (mut hash, mut depth, mut before, mut kind_before) = (0, 0, LEFT_OUT, 0);
        for (key, kind) in path {
            // inside a word no phrase ends
            let may_end = depth > 0 && (inside || kind == 0 || kind != kind_before);
            if may_end && self.ends.hold(hash) {
                return true;
            }
            if key == LEFT_OUT {
                kind_before = kind_before.min(kind);
                continue;
            }
            kind_before = kind;
            if key == before && matches!(key, SPACE | NUMBER) {
                continue;
            }
            before = key;
            hash = after(hash, key);
            depth += 1;
            if self.looks.at(depth) && !self.begins.hold(hash) {
                return false;
            }
            if depth == DEPTH {
                return true;
            }
        }
        depth > 0 && self.ends.hold(hash)
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of keys of which the last is `key`.
#[inline]
fn after(hash: u64, key: u32) -> u64 {
    (hash ^ u64::from(key)).wrapping_mul(FACTOR)
}

/// The hash of keys that stand side by side.
#[inline]
fn mixed(keys: u64) -> u64 {
    let product = u128::from(keys) * u128::from(FACTOR);
    product as u64 ^ (product >> 64) as u64
}

/// Keys side by side, the first at the top.
fn packed(keys: &[u32]) -> u64 {
    keys.iter().fold(0, |packed, &key| packed << 16 | u64::from(key))
}

/// The keys as bytes, the first at the bottom, where all are letters and spaces.
fn latin_of(keys: &[u32]) -> Option<u64> {
    let latin = |key: u32| key == SPACE || u8::try_from(key).is_ok_and(|byte| byte.is_ascii_lowercase());
    (keys.len() <= DEPTH && keys.iter().all(|&key| latin(key)))
        .then(|| keys.iter().rev().fold(0, |packed, &key| packed << 8 | u64::from(key)))
}

/// A set of hashes of which some that are not in it are said to be.
struct Bits {
    words: Vec<u64>,
    shift: u32,
}

impl FromIterator<u64> for Bits {
    fn from_iter<I: IntoIterator<Item = u64>>(hashes: I) -> Bits {
        let hashes: Vec<u64> = hashes.into_iter().collect();
        // so many bits that one in sixteen is set, or less
        let count = (hashes.len() * 16).next_power_of_two().max(64);
        let mut bits = Bits { words: vec![0; count / 64], shift: u64::BITS - count.trailing_zeros() };
        for hash in hashes {
            bits.words[(hash >> bits.shift) as usize / 64] |= 1 << ((hash >> bits.shift) % 64);
        }
        bits
    }
}

impl Bits {
    #[inline]
    fn hold(&self, hash: u64) -> bool {
        let at = hash >> self.shift;
        self.words[at as usize / 64] >> (at % 64) & 1 != 0
    }
}
