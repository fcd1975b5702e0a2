//! Units to shingles: n consecutive units, hashed together.
//!
//! The shingle that starts at a word is `word` units long, the one that starts at a character `char` units. A text with
//! units but not enough for any shingle has one shingle of what there is. The naive twin is `tests/naive.py: shingles`.

use crate::blocks::{Block, Task, fastest};
use crate::tokens::{Mode, Tokeniser, Units};

/// How text becomes shingles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub mode: Mode,
    pub word: usize,
    pub char: usize,
}

/// Longest shingle, in units.
pub const LONGEST: usize = 64;

/// The odd multiplier of each place in a shingle (splitmix64).
pub const PLACES: [u64; LONGEST] = {
    let mut places = [0; LONGEST];
    let mut at = 0;
    while at < LONGEST {
        let mut z = (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        places[at] = (z ^ (z >> 31)) | 1;
        at += 1;
    }
    places
};

/// Buffers that are used again from text to text.
#[derive(Default)]
pub struct Shingler {
    tokeniser: Tokeniser,
    units: Units,
    /// The shingles of the stretch that was walked last, repeats included.
    pub shingles: Vec<u64>,
}

/// What is known of a text beside its shingles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Identity {
    /// Equal for equal sequences of units, and (but for a chance of about 2^-128) for no others.
    pub hash: [u64; 2],
    pub units: u64,
}

/// The way through a text, stretch by stretch: bounds the memory of a long one.
pub struct Walk<'t> {
    rest: &'t str,
    shape: Shape,
    pub identity: Identity,
    /// Whether the text had a shingle so far.
    any: bool,
    over: bool,
}

impl Shingler {
    pub fn walk<'t>(&mut self, text: &'t str, shape: Shape) -> Walk<'t> {
        self.units.hashes.clear();
        self.units.characters.clear();
        Walk { rest: text, shape, identity: Identity::default(), any: false, over: false }
    }

    /// Fills `shingles` with those of the next stretch; false when the text is over.
    ///
    /// # Safety
    /// The processor has the instructions of `B`.
    #[inline(always)]
    pub unsafe fn advance<B: Block>(&mut self, walk: &mut Walk<'_>) -> bool {
        if walk.over {
            return false;
        }
        let Shingler { tokeniser, units, shingles } = self;
        let Shape { mode, word, char } = walk.shape;
        let known = units.hashes.len();
        let first = walk.identity.units == 0;
        let done = unsafe { tokeniser.stretch::<B>(walk.rest, mode, first, word != char, units) };
        walk.rest = walk.rest.get(done..).unwrap_or_default();
        walk.identity.add(&units.hashes[known..]);
        let begun = if word == char {
            same_length(&units.hashes, word, shingles);
            shingles.len()
        } else {
            mixed_length(units, walk.shape, shingles)
        };
        walk.any |= !shingles.is_empty();
        walk.over = walk.rest.is_empty();
        if !walk.over {
            units.hashes.drain(..begun);
            units.characters.drain(..begun.min(units.characters.len()));
        } else if !walk.any && !units.hashes.is_empty() {
            shingles.push(shingle(&units.hashes));
        }
        true
    }

    /// The distinct shingles of a text.
    pub fn set(&mut self, text: &str, shape: Shape) -> ShingleSet {
        fastest(Distinct { shingler: self, text, shape }).0
    }

    /// The distinct shingles of a text, ascending, and its identity.
    pub fn sorted_and_identity(&mut self, text: &str, shape: Shape) -> (Vec<u64>, Identity) {
        let (set, identity) = fastest(Distinct { shingler: self, text, shape });
        let mut sorted = set.members;
        sorted.sort_unstable();
        (sorted, identity)
    }
}

/// A set of shingles: a list, and a table with open addressing to find them in. They are hashes, so their bits are their
/// places; 0, which marks a free slot, is counted as 1 (as two shingles in 2^64 are counted as one anyway).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShingleSet {
    /// The shingles in the order in which they were first met.
    pub members: Vec<u64>,
    slots: Vec<u64>,
}

impl ShingleSet {
    /// The slot of a shingle, or the free one where it belongs.
    #[inline(always)]
    fn slot(&self, shingle: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (shingle ^ shingle >> 32) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != shingle {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline(always)]
    fn add(&mut self, shingles: &[u64]) {
        let room = 2 * (self.members.len() + shingles.len());
        if room > self.slots.len() {
            self.slots.clear();
            self.slots.resize(room.next_power_of_two(), 0);
            for at in 0..self.members.len() {
                let slot = self.slot(self.members[at]);
                self.slots[slot] = self.members[at];
            }
        }
        self.members.reserve(shingles.len());
        for &shingle in shingles {
            let shingle = shingle.max(1);
            let at = self.slot(shingle);
            if self.slots[at] == 0 {
                self.slots[at] = shingle;
                self.members.push(shingle);
            }
        }
    }

    /// How many shingles are in both.
    pub fn shared(&self, other: &ShingleSet) -> usize {
        let (small, large) = if self.members.len() <= other.members.len() { (self, other) } else { (other, self) };
        if small.members.is_empty() {
            return 0;
        }
        small.members.iter().filter(|&&shingle| large.slots[large.slot(shingle)] != 0).count()
    }

    /// Bytes of memory.
    pub fn held(&self) -> usize {
        8 * (self.members.capacity() + self.slots.capacity())
    }
}

struct Distinct<'a> {
    shingler: &'a mut Shingler,
    text: &'a str,
    shape: Shape,
}

impl Task for Distinct<'_> {
    type Output = (ShingleSet, Identity);

    #[inline(always)]
    unsafe fn run<B: Block>(self) -> (ShingleSet, Identity) {
        let mut set = ShingleSet::default();
        let mut walk = self.shingler.walk(self.text, self.shape);
        while unsafe { self.shingler.advance::<B>(&mut walk) } {
            set.add(&self.shingler.shingles);
        }
        (set, walk.identity)
    }
}

impl Identity {
    #[inline(always)]
    fn add(&mut self, units: &[u64]) {
        let [mut left, mut right] = self.hash;
        for (at, unit) in units.iter().enumerate() {
            let placed = unit.wrapping_add((self.units + at as u64).wrapping_mul(PLACES[0]));
            left = left.wrapping_add((placed ^ placed >> 32).wrapping_mul(PLACES[1]));
            right = right.wrapping_add((placed ^ placed >> 29).wrapping_mul(PLACES[2]));
        }
        self.hash = [left, right];
        self.units += units.len() as u64;
    }
}

#[inline(always)]
fn shingle(units: &[u64]) -> u64 {
    units.iter().zip(&PLACES).fold(0, |sum, (unit, place)| sum.wrapping_add(unit.wrapping_mul(*place)))
}

/// Fills `shingles` with all of `length` units, sixteen at a time.
#[inline(always)]
fn same_length(units: &[u64], length: usize, shingles: &mut Vec<u64>) {
    let count = (units.len() + 1).saturating_sub(length);
    shingles.resize(count, 0);
    if count < 16 {
        for (sum, units) in shingles.iter_mut().zip(units.windows(length)) {
            *sum = shingle(units);
        }
        return;
    }
    // The last step overlaps the one before it.
    for start in (0..count - 15).step_by(16).chain([count - 16]) {
        let mut sums = [0u64; 16];
        for (place, multiplier) in PLACES[..length].iter().enumerate() {
            if let Some(units) = units[start + place..].first_chunk::<16>() {
                for lane in 0..16 {
                    sums[lane] = sums[lane].wrapping_add(units[lane].wrapping_mul(*multiplier));
                }
            }
        }
        shingles[start..start + 16].copy_from_slice(&sums);
    }
}

/// Fills `shingles` with those that end within `units`; returns how many units begin none that does not.
fn mixed_length(units: &Units, shape: Shape, shingles: &mut Vec<u64>) -> usize {
    shingles.clear();
    let mut begun = None;
    for (start, &character) in units.characters.iter().enumerate() {
        let length = if character { shape.char } else { shape.word };
        match units.hashes.get(start..start + length) {
            Some(units) => shingles.push(shingle(units)),
            None => begun = begun.or(Some(start)),
        }
    }
    // A short shingle after a long one that does not end here is made again with the next stretch: shingles are a set.
    begun.unwrap_or(units.hashes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::key_hash;

    const WORDS: Shape = Shape { mode: Mode::Auto, word: 5, char: 5 };

    fn set(text: &str, shape: Shape) -> Vec<u64> {
        let mut shingles = Shingler::default().set(text, shape).members;
        shingles.sort_unstable();
        shingles
    }

    #[test]
    fn a_short_text_is_one_shingle_of_what_there_is() {
        assert!(set("", WORDS).is_empty());
        assert_eq!(set("एक", WORDS).len(), 1);
        assert_eq!(set("एक दो तीन चार", WORDS).len(), 1);
        assert_ne!(set("एक", WORDS), set("दो", WORDS));
        assert_eq!(set("a b c d e f", WORDS).len(), 2);
        assert_eq!(set("a b a b a b a b a b", WORDS).len(), 2);
    }

    #[test]
    fn sets_share_what_is_in_both() {
        let mut shingler = Shingler::default();
        let words: Vec<String> = (0..20_000).map(|word| format!("w{word}")).collect();
        let (long, short) = (shingler.set(&words.join(" "), WORDS), shingler.set(&words[100..1000].join(" "), WORDS));
        assert_eq!((long.members.len(), short.members.len()), (19_996, 896));
        assert_eq!((long.shared(&short), short.shared(&long), long.shared(&long)), (896, 896, 19_996));
    }

    #[test]
    fn a_text_longer_than_a_stretch_has_the_shingles_of_its_units() {
        for shape in [WORDS, Shape { mode: Mode::Auto, word: 5, char: 3 }, Shape { mode: Mode::Char, word: 5, char: 2 }]
        {
            let words: Vec<String> = (0..9000)
                .map(|at| if at % 7 < 3 { char::from_u32(0x4e00 + at).unwrap().into() } else { format!("w{at}") })
                .collect();
            let text = words.join(" ");
            let units: Vec<(u64, bool)> = match shape.mode {
                Mode::Char => text.chars().map(|c| (key_hash(c.to_string().as_bytes()), true)).collect(),
                _ => {
                    words.iter().map(|word| (key_hash(word.as_bytes()), word.len() == 3 && !word.is_ascii())).collect()
                }
            };
            let hashes: Vec<u64> = units.iter().map(|unit| unit.0).collect();
            let length = |character| if character { shape.char } else { shape.word };
            let mut want: Vec<u64> =
                (0..units.len()).filter_map(|at| hashes.get(at..at + length(units[at].1)).map(shingle)).collect();
            want.sort_unstable();
            want.dedup();
            assert_eq!(set(&text, shape), want);
        }
    }
}
