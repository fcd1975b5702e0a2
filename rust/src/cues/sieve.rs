//! A look or two that shows of most texts that no phrase begins them: phrases by the hashes of their first keys.

use super::keys::{Keys, LEFT_OUT, NUMBER, Path, SPACE};

/// Keys of a phrase that are hashed.
pub(super) const DEPTH: usize = 8;
/// Keys of a phrase after which a text is looked at first: of most texts that shows enough.
const FIRST: usize = 4;

pub(super) struct Sieve {
    keys: &'static Keys,
    /// A phrase may end inside a word.
    inside: bool,
    /// By the keys one after another: phrases begin with [`FIRST`] or [`DEPTH`] of them, with two of them, consist of them.
    begins: Bits,
    pairs: Bits,
    ends: Bits,
    /// The same of letters and spaces, [`DEPTH`] of them, or less where a phrase consists of them or goes on with another sign.
    latin: Bits,
    latin_ends: Bits,
}

impl Sieve {
    /// Of phrases given by their beginnings: (up to [`DEPTH`] keys, whether a phrase consists of them). `inside` says that a phrase may end
    /// inside a word.
    pub fn new(beginnings: &[(Vec<u32>, bool)], inside: bool) -> Sieve {
        let hash = |keys: &[u32]| hash_of(0, keys);
        let of_depth =
            |depth: usize| beginnings.iter().map(|found| &found.0[..]).filter(move |keys| keys.len() == depth);
        let ends = || beginnings.iter().filter(|found| found.1).map(|found| &found.0[..]);
        let before_signs = beginnings.iter().filter_map(|found| latin_before_sign(&found.0));
        Sieve {
            keys: Keys::get(),
            inside,
            begins: of_depth(FIRST).chain(of_depth(DEPTH)).map(hash).collect(),
            pairs: of_depth(2).map(hash).collect(),
            ends: ends().map(hash).collect(),
            latin: of_depth(DEPTH).filter_map(latin_of).map(mixed).collect(),
            latin_ends: ends().filter_map(latin_of).chain(before_signs).map(mixed).collect(),
        }
    }

    /// True only where [`Sieve::may_hold`] is false of a text, as shown by its first characters; what does not end inside a word may go on.
    #[inline]
    pub fn holds_none(&self, text: &str) -> bool {
        self.none_of_latin_at_start(text) || !self.may_be_on::<FIRST>(self.keys.forwards(text), self.inside)
    }

    #[inline]
    fn none_of_latin_at_start(&self, text: &str) -> bool {
        let first = text.as_bytes().first_chunk().filter(|first: &&[u8; 8]| first[0].is_ascii() && !self.inside);
        first.is_some_and(|&first| self.none_of_latin(u64::from_le_bytes(first)))
    }

    #[inline]
    fn none_of_latin_at_end(&self, text: &str) -> bool {
        let last = text.as_bytes().last_chunk().filter(|last: &&[u8; 8]| last[7].is_ascii() && !self.inside);
        last.is_some_and(|&last| self.none_of_latin(u64::from_be_bytes(last)))
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

    /// False where no phrase is on the path of the text and ends where a word may, and seldom true where none does.
    #[inline]
    pub fn may_hold(&self, text: &str) -> bool {
        !self.none_of_latin_at_start(text) && self.may_hold_some(text)
    }

    /// [`Sieve::may_hold`] of a text of which [`Sieve::holds_none`] is false.
    #[inline]
    pub fn may_hold_some(&self, text: &str) -> bool {
        self.may_be_on::<DEPTH>(self.keys.forwards(text), self.inside)
    }

    /// [`Sieve::may_hold`] of a text read from its end.
    #[inline]
    pub fn may_hold_from_end(&self, text: &str) -> bool {
        !self.none_of_latin_at_end(text) && self.may_be_on::<DEPTH>(self.keys.backwards(text), self.inside)
    }

    /// [`Sieve::may_hold`] of phrases that may end inside a word.
    #[inline]
    pub fn may_hold_inside(&self, text: &str) -> bool {
        self.may_be_on::<DEPTH>(self.keys.forwards(text), true)
    }

    /// False only where up to `LAST` keys of a path show that no phrase is on it. It has keys and kinds of characters.
    #[inline(always)]
    fn may_be_on<const LAST: usize>(&self, path: impl Path, inside: bool) -> bool {
        // most texts of Indic scripts begin, and end, with a few letters that are no phrase's: no word ends between them
        if inside {
            if let Some(([first, second], _)) = path.letters::<2>() {
                let hash = after(0, first);
                if !self.ends.hold(hash) && !self.pairs.hold(after(hash, second)) {
                    return false;
                }
            }
        } else if let Some((keys, rest)) = path.letters::<FIRST>() {
            let hash = hash_of(0, &keys);
            if !self.begins.hold(hash) {
                return false;
            }
            if LAST == DEPTH
                && let Some((keys, _)) = rest.letters::<{ DEPTH - FIRST }>()
            {
                return self.begins.hold(hash_of(hash, &keys));
            }
        }
        self.may_be_on_any::<LAST>(path, inside)
    }

    /// [`Sieve::may_be_on`] of whatever a path consists of.
    fn may_be_on_any<const LAST: usize>(&self, path: impl Iterator<Item = (u32, u16)>, inside: bool) -> bool {
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
            if depth == LAST {
                return self.begins.hold(hash);
            }
            if depth == 2 && inside && !self.pairs.hold(hash) || depth == FIRST && !self.begins.hold(hash) {
                return false;
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

/// The hash of keys that follow those of `hash`.
#[inline]
fn hash_of(hash: u64, keys: &[u32]) -> u64 {
    keys.iter().fold(hash, |hash, &key| after(hash, key))
}

/// The hash of keys that stand side by side.
#[inline]
fn mixed(keys: u64) -> u64 {
    let product = u128::from(keys) * u128::from(FACTOR);
    product as u64 ^ (product >> 64) as u64
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
