//! A look at the first keys of a text that shows of most texts that no phrase begins them.

use super::keys::{Keys, LEFT_OUT, NUMBER, SPACE, WINDOW, of_window};

/// Keys of a phrase that are looked at.
pub(super) const DEPTH: usize = 8;
/// Letters and spaces that are looked at together.
pub(super) const LATIN: usize = 6;

/// What the phrases have to do with an edge of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// None is there.
    Nothing,
    /// One may be there that ends inside a word, and no other.
    Inside,
    /// One may be there.
    Whole,
}

/// The beginnings of phrases, up to [`DEPTH`] keys of each, by their hashes.
pub(super) struct Sieve {
    keys: &'static Keys,
    /// A phrase may end inside a word.
    inside: bool,
    beginnings: Beginnings,
    /// Letters and spaces side by side that a text with a phrase may begin with.
    latin: Windows,
    /// Phrases of up to [`TINY`] letters.
    tiny: Windows,
    /// The first [`WINDOW`] keys of phrases of Indic letters.
    indic: Windows,
}

/// Letters of a phrase that is looked up by itself: too much may follow it.
const TINY: usize = 3;
impl Sieve {
    /// Of phrases given by their beginnings: (up to [`DEPTH`] keys, whether a phrase consists of them). `inside` says that a phrase may end
    /// inside a word.
    pub fn new(beginnings: &[(Vec<u32>, bool)], inside: bool) -> Sieve {
        let of_length =
            |length: usize| beginnings.iter().map(|(keys, _)| &keys[..]).filter(move |keys| keys.len() == length);
        let mut latin: Vec<u64> = of_length(LATIN).filter_map(latin_of).collect();
        let is_tiny = |keys: &[u32]| keys.len() <= TINY && !keys.contains(&SPACE);
        let phrases = || beginnings.iter().filter(|(_, is_phrase)| *is_phrase).map(|(keys, _)| &keys[..]);
        let tiny = phrases().filter(|keys| is_tiny(keys)).filter_map(latin_of).collect();
        for keys in phrases().filter(|keys| keys.len() < LATIN && !is_tiny(keys)) {
            let ended = if inside { keys.to_vec() } else { [keys, &[SPACE]].concat() };
            latin_of(&ended).into_iter().for_each(|window| filled((window, ended.len()), &mut latin));
        }
        // a shorter phrase is over before a space
        let ended = phrases().filter(|keys| keys.len() < WINDOW).map(|keys| [keys, &[SPACE]].concat());
        // what begins with 0xE0
        let is_indic = |keys: &Vec<u32>| (0x800..0x1000).contains(&keys[0]);
        let windows = of_length(WINDOW).map(<[u32]>::to_vec).chain(ended).filter(is_indic);
        let indic = windows.filter_map(|keys| keys.try_into().ok().map(of_window)).collect();
        let latin = latin.into_iter().collect();
        Sieve { keys: Keys::get(), inside, beginnings: Beginnings::of(beginnings), indic, latin, tiny }
    }

    /// How far the phrases reach that a text begins with; those of one or two keys reach nowhere inside a word, nor do those of less than
    /// [`LATIN`] keys where they may not end there.
    #[inline]
    pub fn reach(&self, text: &str) -> Reach {
        let bytes = text.as_bytes();
        let none = match bytes.first() {
            Some(..=0x7F) => bytes.first_chunk().is_some_and(|&first| self.none_of_latin(u64::from_le_bytes(first))),
            _ => self.none_of_indic(self.keys.first_window(bytes)),
        };
        if none { Reach::Nothing } else { self.reach_of_all(text) }
    }

    /// [`Sieve::reach`] of phrases read from the end.
    #[inline]
    pub fn reach_from_end(&self, text: &str) -> Reach {
        let bytes = text.as_bytes();
        let none = match bytes.last() {
            Some(..=0x7F) => bytes.last_chunk().is_some_and(|&last| self.none_of_latin(u64::from_be_bytes(last))),
            _ => self.none_of_indic(self.keys.last_window(bytes)),
        };
        if none { Reach::Nothing } else { self.along(self.keys.backwards(text)) }
    }

    /// [`Sieve::reach`] of phrases of any length.
    pub fn reach_of_all(&self, text: &str) -> Reach {
        self.along(self.keys.forwards(text))
    }

    /// True only where no phrase begins with the first keys of a text, nor ends before the space among them.
    #[inline(always)]
    fn none_of_indic(&self, window: Option<u64>) -> bool {
        window.is_some_and(|window| !self.indic.hold(window))
    }

    /// True only where the first [`LATIN`] bytes are letters and single spaces with which no phrase begins, nor ends before one of the spaces.
    #[inline]
    fn none_of_latin(&self, bytes: u64) -> bool {
        const EACH: u64 = (1 << (8 * LATIN)) / 0xFF;
        const UPPER: u64 = 0x80 * EACH;
        let bytes = bytes & (0xFF * EACH);
        let folded = bytes | (0x20 * EACH);
        // the upper bit of each byte tells; none is carried
        let low = folded & !UPPER;
        let letters = (low + (0x80 - 0x61) * EACH) & !(low + (0x80 - 0x7B) * EACH) & UPPER;
        let spaces = !(((bytes & !UPPER) ^ (0x20 * EACH)) + 0x7F * EACH) & UPPER;
        let plain = (letters | spaces) & !bytes & UPPER == UPPER;
        let before_space = (spaces & spaces.wrapping_neg()) >> 7;
        plain & (letters & 0x80 != 0) & (spaces & (spaces << 8) == 0)
            && !self.latin.hold(folded)
            && (spaces & 0x8080_8000 == 0 || !self.tiny.hold(folded & before_space.wrapping_sub(1)))
    }

    /// False where no phrase begins a text and ends where a word may, and seldom true where none does.
    pub fn may_hold(&self, text: &str) -> bool {
        self.is_held(self.reach(text))
    }

    /// [`Sieve::may_hold`] of a text read from its end.
    pub fn may_hold_from_end(&self, text: &str) -> bool {
        self.is_held(self.reach_from_end(text))
    }

    /// [`Sieve::may_hold`] by how far the phrases reach.
    pub fn is_held(&self, reach: Reach) -> bool {
        match reach {
            Reach::Nothing => false,
            Reach::Inside => self.inside,
            Reach::Whole => true,
        }
    }

    /// Follows keys and kinds of characters as long as a phrase does.
    #[inline(always)]
    fn along(&self, path: impl Iterator<Item = (u32, u16)>) -> Reach {
        let (mut hash, mut depth, mut before, mut kind_before) = (0, 0, LEFT_OUT, 0);
        let (mut reach, mut ends) = (Reach::Nothing, false);
        for (key, kind) in path {
            // inside a word no phrase ends
            if ends && (kind == 0 || kind != kind_before) {
                return Reach::Whole;
            }
            // letters are above what is left out, and above spaces and numbers
            if key <= LEFT_OUT {
                if key == LEFT_OUT {
                    kind_before = kind_before.min(kind);
                    continue;
                }
                if key == before && matches!(key, SPACE | NUMBER) {
                    kind_before = kind;
                    continue;
                }
            }
            (before, kind_before) = (key, kind);
            hash = after(hash, key);
            let state = self.beginnings.of_hash(hash);
            if state == 0 {
                return reach;
            }
            depth += 1;
            if depth == DEPTH {
                return Reach::Whole;
            }
            ends = state & PHRASE != 0;
            if ends {
                reach = Reach::Inside;
            }
        }
        if ends { Reach::Whole } else { reach }
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of keys of which the last is `key`.
#[inline]
fn after(hash: u64, key: u32) -> u64 {
    (hash ^ u64::from(key)).wrapping_mul(FACTOR)
}

/// Some keys as bytes, the first at the bottom, where all are letters and spaces.
fn latin_of(keys: &[u32]) -> Option<u64> {
    let is_latin = |&key: &u32| key == SPACE || u8::try_from(key).is_ok_and(|byte| byte.is_ascii_lowercase());
    keys.iter().all(is_latin).then(|| keys.iter().rev().fold(0, |packed, &key| packed << 8 | u64::from(key)))
}

/// Adds the windows of which the lowest `length` bytes are given.
fn filled((window, length): (u64, usize), windows: &mut Vec<u64>) {
    if length == LATIN {
        return windows.push(window);
    }
    for byte in (b'a'..=b'z').chain([b' ']) {
        filled((window | u64::from(byte) << (8 * length), length + 1), windows);
    }
}

/// A set of numbers of which some that are not in it are said to be.
struct Windows {
    words: Vec<u64>,
    shift: u32,
}

impl FromIterator<u64> for Windows {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Windows {
        let numbers: Vec<u64> = numbers.into_iter().collect();
        // so many bits that one in sixteen is set, or less, and more where all are near the processor still
        let count = (numbers.len() * 16).next_power_of_two().max(1 << 12);
        let mut windows = Windows { words: vec![0; count / 64], shift: u64::BITS - count.trailing_zeros() };
        for number in numbers {
            let at = number.wrapping_mul(FACTOR) >> windows.shift;
            windows.words[at as usize / 64] |= 1 << (at % 64);
        }
        windows
    }
}

impl Windows {
    #[inline]
    fn hold(&self, number: u64) -> bool {
        let at = number.wrapping_mul(FACTOR) >> self.shift;
        self.words[at as usize / 64] >> (at % 64) & 1 != 0
    }
}

/// Bits of a beginning: a phrase begins so; a phrase is that.
const BEGINNING: u64 = 1;
const PHRASE: u64 = 1 << 32;

/// Two bits a hash, in the two halves of a word; some have them that stand for no beginning.
struct Beginnings {
    /// As many as a power of two.
    words: Vec<u64>,
}

impl Beginnings {
    fn of(beginnings: &[(Vec<u32>, bool)]) -> Beginnings {
        // so many that one in eight is taken, or less
        let count = (beginnings.len() * 8).next_power_of_two().max(64);
        let mut found = Beginnings { words: vec![0; count / 32] };
        for (keys, is_phrase) in beginnings {
            let hash = keys.iter().fold(0, |hash, &key| after(hash, key));
            let (word, bit) = found.place_of(hash);
            let bits = if *is_phrase { BEGINNING | PHRASE } else { BEGINNING };
            found.words[word] |= bits << bit;
        }
        found
    }

    #[inline(always)]
    fn place_of(&self, hash: u64) -> (usize, u32) {
        let at = (hash >> 37) as usize;
        (at & (self.words.len() - 1), (hash >> 32) as u32 % 32)
    }

    #[inline(always)]
    fn of_hash(&self, hash: u64) -> u64 {
        let (word, bit) = self.place_of(hash);
        self.words[word] >> bit & (BEGINNING | PHRASE)
    }
}
