//! A look or two that shows of most texts that no phrase begins them: phrases by the hashes of their first keys.

use super::keys::{Keys, LEFT_OUT, NUMBER, SPACE};

/// Keys of a phrase that are hashed.
pub(super) const DEPTH: usize = 8;
/// Keys of a phrase that are looked at together.
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
    /// The same of letters and spaces, [`DEPTH`] of them, or less where a phrase consists of them or goes on with another sign.
    latin: Bits,
    latin_ends: Bits,
    /// Of [`FIRST`] keys side by side, and of fewer where a phrase consists of them.
    first: Bits,
    short: Bits,
}

impl Sieve {
    /// Of phrases given by their beginnings: (up to [`DEPTH`] keys, whether a phrase consists of them). `inside` says that a phrase may end
    /// inside a word.
    pub fn new(beginnings: &[(Vec<u32>, bool)], looks: Looks, inside: bool) -> Sieve {
        let hash = |keys: &[u32]| keys.iter().fold(0, |hash, &key| after(hash, key));
        let of_depth =
            |depth: usize| beginnings.iter().map(|found| &found.0[..]).filter(move |keys| keys.len() == depth);
        let ends = || beginnings.iter().filter(|found| found.1).map(|found| &found.0[..]);
        Sieve {
            keys: Keys::get(),
            looks,
            inside,
            begins: (1..=DEPTH).filter(|&depth| looks.at(depth)).flat_map(of_depth).map(hash).collect(),
            ends: ends().map(hash).collect(),
            latin: of_depth(DEPTH).filter_map(latin_of).map(mixed).collect(),
            latin_ends: ends()
                .filter_map(latin_of)
                .chain(beginnings.iter().filter_map(|found| latin_before_sign(&found.0)))
                .map(mixed)
                .collect(),
            first: of_depth(FIRST).map(packed).map(mixed).collect(),
            short: ends().filter(|keys| keys.len() < FIRST).map(packed).map(mixed).collect(),
        }
    }

    /// True only where [`Sieve::may_hold`] is false of a text, as shown by its first characters.
    #[inline]
    pub fn holds_none(&self, text: &str) -> bool {
        if let Some(&first @ [..=0x7F, _, _, _, _, _, _, _]) = text.as_bytes().first_chunk()
            && !self.inside
            && self.none_of_latin(u64::from_le_bytes(first))
        {
            return true;
        }
        self.none_of_first(self.keys.forwards(text))
    }

    /// [`Sieve::holds_none`] of a text read from its end.
    #[inline]
    fn holds_none_from_end(&self, text: &str) -> bool {
        if let Some(&last @ [_, _, _, _, _, _, _, ..=0x7F]) = text.as_bytes().last_chunk()
            && !self.inside
            && self.none_of_latin(u64::from_be_bytes(last))
        {
            return true;
        }
        self.none_of_first(self.keys.backwards(text))
    }

    /// True only where all are ASCII, no phrase begins with the letters and single spaces at their beginning, and none ends, or goes on,
    /// before one of the spaces or what else follows.
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
        let each_of = |byte: u64| !((bytes ^ (byte * EACH)) + 0x7F * EACH) & UPPER;
        let (spaces, tabs) = (each_of(0x20), each_of(0x09));
        let others = !(letters | spaces) & UPPER;
        if (letters & 0x80 == 0) | (spaces & (spaces << 8) | tabs != 0) {
            return false;
        }
        let mut ends = (spaces | others) & (others ^ others.wrapping_sub(1));
        while ends != 0 {
            let before = folded & ((ends & ends.wrapping_neg()) >> 7).wrapping_sub(1);
            if self.latin_ends.hold(mixed(before)) {
                return false;
            }
            ends &= ends - 1;
        }
        others != 0 || !self.latin.hold(mixed(folded))
    }

    /// True only where no phrase begins with the first keys of a path, and none that is shorter ends on it where it may.
    #[inline]
    fn none_of_first(&self, path: impl Iterator<Item = (u32, u16)>) -> bool {
        let (mut keys, mut count, mut before, mut kind_before) = (0, 0, LEFT_OUT, 0);
        for (key, kind) in path {
            let may_end = count > 0 && (self.inside || kind == 0 || kind != kind_before);
            if may_end && self.short.hold(mixed(keys)) {
                return false;
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
            keys = beside(keys, key);
            count += 1;
            if count == FIRST {
                return !self.first.hold(mixed(keys));
            }
        }
        count == 0 || !self.short.hold(mixed(keys))
    }

    /// False where no phrase is on the path of the text and ends where a word may, and seldom true where none does.
    #[inline]
    pub fn may_hold(&self, text: &str) -> bool {
        !self.holds_none(text) && self.may_hold_some(text)
    }

    /// [`Sieve::may_hold`] of a text of which [`Sieve::holds_none`] is false.
    #[inline]
    pub fn may_hold_some(&self, text: &str) -> bool {
        self.may_be_on(self.keys.forwards(text), self.inside)
    }

    /// The same of a text read from its end.
    #[inline]
    pub fn may_hold_from_end(&self, text: &str) -> bool {
        !self.holds_none_from_end(text) && self.may_be_on(self.keys.backwards(text), self.inside)
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
    keys.iter().fold(0, |packed, &key| beside(packed, key))
}

/// Keys and one more beside them.
#[inline]
fn beside(packed: u64, key: u32) -> u64 {
    packed << 16 | u64::from(key)
}

fn is_latin(key: u32) -> bool {
    key == SPACE || u8::try_from(key).is_ok_and(|byte| byte.is_ascii_lowercase())
}

/// [`latin_of`] what stands before the last key, where that is none of them.
fn latin_before_sign(keys: &[u32]) -> Option<u64> {
    let (last, before) = keys.split_last()?;
    if is_latin(*last) { None } else { latin_of(before) }
}

/// The keys as bytes, the first at the bottom, where all are letters and spaces.
fn latin_of(keys: &[u32]) -> Option<u64> {
    (keys.len() <= DEPTH && keys.iter().all(|&key| is_latin(key)))
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
