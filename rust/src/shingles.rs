//! Units to shingles: n consecutive units, hashed together.
//!
//! The shingle that starts at a word is `word` units long, the one that starts at a character `char` units. A text with
//! units but not enough for any shingle has one shingle of what there is. The naive twin is `tests/naive.py: shingles`.

use crate::tokens::{Mode, Tokeniser};

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

/// Units that are gathered before they become shingles: bounds the memory of a long text.
const GATHER: usize = 4096;

/// Buffers that are used again from text to text.
#[derive(Default)]
pub struct Shingler {
    tokeniser: Tokeniser,
    units: Vec<u64>,
    characters: Vec<bool>,
    shingles: Vec<u64>,
}

/// What is known of a text beside its shingles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Equal for equal sequences of units, and (but for one chance in 2^128) for no others.
    pub hash: [u64; 2],
    pub units: u64,
}

impl Shingler {
    /// Calls `take` with the shingles of the text, some thousand at a time, repeats included.
    pub fn each(&mut self, text: &str, shape: Shape, mut take: impl FnMut(&[u64])) -> Identity {
        let Shingler { tokeniser, units, characters, shingles } = self;
        units.clear();
        characters.clear();
        let mut identity = Identity { hash: [0; 2], units: 0 };
        let mut any = false;
        tokeniser.units(text, shape.mode, |hash, character| {
            let [left, right] = identity.hash;
            identity.hash = [
                (left.rotate_left(29) ^ hash).wrapping_mul(PLACES[0]),
                (right.rotate_left(37) ^ hash).wrapping_mul(PLACES[1]),
            ];
            identity.units += 1;
            units.push(hash);
            characters.push(character);
            if units.len() == GATHER {
                let done = combine(units, characters, shape, shingles);
                any |= !shingles.is_empty();
                take(shingles);
                units.drain(..done);
                characters.drain(..done);
            }
        });
        combine(units, characters, shape, shingles);
        any |= !shingles.is_empty();
        if !any && !units.is_empty() {
            shingles.push(shingle(units));
        }
        take(shingles);
        identity
    }

    /// The distinct shingles of a text, ascending.
    pub fn set(&mut self, text: &str, shape: Shape) -> Vec<u64> {
        let mut set = Vec::new();
        self.each(text, shape, |shingles| set.extend_from_slice(shingles));
        set.sort_unstable();
        set.dedup();
        set
    }
}

#[inline(always)]
fn shingle(units: &[u64]) -> u64 {
    units.iter().zip(&PLACES).fold(0, |sum, (unit, place)| sum.wrapping_add(unit.wrapping_mul(*place)))
}

/// Fills `shingles` with those that start in `units` and end there; returns how many units are done with.
fn combine(units: &[u64], characters: &[bool], shape: Shape, shingles: &mut Vec<u64>) -> usize {
    shingles.clear();
    let (shortest, longest) = (shape.word.min(shape.char), shape.word.max(shape.char));
    if shortest == longest {
        shingles.extend(units.windows(longest).map(shingle));
        return shingles.len();
    }
    let mut done = None;
    for (start, &character) in characters.iter().enumerate() {
        let length = if character { shape.char } else { shape.word };
        match units.get(start..start + length) {
            Some(window) => shingles.push(shingle(window)),
            None => done = done.or(Some(start)),
        }
    }
    // A shorter shingle after one that does not end here is made again when the units go on: shingles are a set.
    done.unwrap_or(units.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Shape = Shape { mode: Mode::Auto, word: 5, char: 5 };

    #[test]
    fn a_short_text_is_one_shingle_of_what_there_is() {
        let mut shingler = Shingler::default();
        assert!(shingler.set("", WORDS).is_empty());
        assert_eq!(shingler.set("एक", WORDS).len(), 1);
        assert_eq!(shingler.set("एक दो तीन चार", WORDS).len(), 1);
        assert_ne!(shingler.set("एक", WORDS), shingler.set("दो", WORDS));
        assert_eq!(shingler.set("a b c d e f", WORDS).len(), 2);
    }

    #[test]
    fn a_text_longer_than_the_buffer_has_the_shingles_of_its_parts() {
        for shape in [WORDS, Shape { mode: Mode::Auto, word: 5, char: 3 }] {
            let words: Vec<String> = (0..3 * GATHER)
                .map(
                    |at| if at % 7 < 3 { char::from_u32(0x4e00 + at as u32).unwrap().into() } else { format!("w{at}") },
                )
                .collect();
            let mut shingler = Shingler::default();
            let (mut units, mut characters) = (Vec::new(), Vec::new());
            Tokeniser::default().units(&words.join(" "), shape.mode, |unit, character| {
                units.push(unit);
                characters.push(character);
            });
            let mut want: Vec<u64> = (0..units.len())
                .filter_map(|at| units.get(at..at + if characters[at] { shape.char } else { shape.word }).map(shingle))
                .collect();
            want.sort_unstable();
            want.dedup();
            assert_eq!(shingler.set(&words.join(" "), shape), want);
        }
    }
}
