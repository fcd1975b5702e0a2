//! How much of a text another text contains, by hashed words and word trigrams.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::shape::{Classes, class};

/// Hashes are keys already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ byte as u64;
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

pub type Hashes = HashSet<u64, BuildHasherDefault<Identity>>;

const PRIME: u64 = 0x0000_0100_0000_01b3;
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn finish(hash: u64) -> u64 {
    (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Appends the hash of each word, lower-cased, to `words`; characters of scripts without spaces are words.
pub fn hash_words(text: &str, words: &mut Vec<u64>) {
    let classes = Classes::known();
    let mut hash = SEED;
    let mut inside = false;
    let step = |hash: u64, code: u32| (hash ^ code as u64).wrapping_mul(PRIME);
    for c in text.chars() {
        let class = classes.of(c);
        if class & (class::WORD | class::UNSPACED | class::CASED) == class::WORD {
            hash = step(hash, c as u32);
            inside = true;
        } else if class & class::UNSPACED != 0 {
            if inside {
                words.push(finish(hash));
            }
            words.push(finish(step(SEED, c as u32)));
            (hash, inside) = (SEED, false);
        } else if class & class::WORD != 0 {
            hash = c.to_lowercase().fold(hash, |hash, lower| step(hash, lower as u32));
            inside = true;
        } else if inside {
            words.push(finish(hash));
            (hash, inside) = (SEED, false);
        }
    }
    if inside {
        words.push(finish(hash));
    }
}

fn trigrams(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words
        .windows(3)
        .map(|three| finish(three[0].wrapping_mul(31).wrapping_add(three[1]).wrapping_mul(31).wrapping_add(three[2])))
}

/// A text to compare others with.
#[derive(Default)]
pub struct Reference {
    words: Hashes,
    trigrams: Hashes,
    count: usize,
}

impl Reference {
    pub fn new(text: &str) -> Reference {
        let mut words = Vec::new();
        hash_words(text, &mut words);
        Reference { count: words.len(), trigrams: trigrams(&words).collect(), words: words.into_iter().collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The share of these words that the reference has.
    pub fn words(&self, words: &[u64]) -> f32 {
        if words.is_empty() || self.words.is_empty() {
            return 0.0;
        }
        words.iter().filter(|word| self.words.contains(word)).count() as f32 / words.len() as f32
    }

    /// The share of these words' trigrams that the reference has; of the words if there are fewer than three.
    pub fn trigrams(&self, words: &[u64]) -> f32 {
        if words.len() < 3 {
            return self.words(words);
        }
        if self.trigrams.is_empty() {
            return 0.0;
        }
        trigrams(words).filter(|gram| self.trigrams.contains(gram)).count() as f32 / (words.len() - 2) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_containment() {
        let reference = Reference::new("नदी पर नया पुल बना, and it opened");
        let words = |text: &str| {
            let mut words = Vec::new();
            hash_words(text, &mut words);
            words
        };
        assert_eq!(reference.trigrams(&words("पर नया पुल")), 1.0);
        assert_eq!(reference.trigrams(&words("पुल नया पर")), 0.0);
        assert_eq!(reference.words(&words("पुल IT नहीं")), 2.0 / 3.0);
        assert_eq!(words("日本 x").len(), 3);
    }
}
