//! Fixed lists of words: of most words a look at a few bits shows that they are not listed.

pub(super) struct List<const COUNT: usize> {
    /// By the bits that they set.
    words: [&'static str; COUNT],
    bits: [u64; SIZE / 64],
    /// The words that set a bit of part i are those from `first[i]` to `first[i + 1]`.
    first: [u16; PARTS + 1],
}

/// Bits of a list, of which each word sets one, and into how many parts they are parted.
const SIZE: usize = 1024;
const PARTS: usize = 128;

impl<const COUNT: usize> List<COUNT> {
    pub const fn new(given: [&'static str; COUNT]) -> Self {
        let (mut bits, mut first) = ([0; SIZE / 64], [0; PARTS + 1]);
        let mut at = 0;
        while at < COUNT {
            let bit = bit_of(given[at].as_bytes());
            bits[bit / 64] |= 1 << (bit % 64);
            first[part_of(bit) + 1] += 1;
            at += 1;
        }
        let mut part = 0;
        while part < PARTS {
            first[part + 1] += first[part];
            part += 1;
        }
        let (mut words, mut next) = ([""; COUNT], first);
        at = 0;
        while at < COUNT {
            let part = part_of(bit_of(given[at].as_bytes()));
            words[next[part] as usize] = given[at];
            next[part] += 1;
            at += 1;
        }
        List { words, bits, first }
    }

    #[cfg(test)]
    pub fn words(&self) -> &[&'static str] {
        &self.words
    }

    // of most words the bit tells, in a few instructions wherever it is asked for
    #[inline(always)]
    pub fn contains(&self, word: &str) -> bool {
        let bit = bit_of(word.as_bytes());
        self.bits[bit / 64] >> (bit % 64) & 1 != 0 && self.has(part_of(bit), word)
    }

    fn has(&self, part: usize, word: &str) -> bool {
        self.words[usize::from(self.first[part])..usize::from(self.first[part + 1])].contains(&word)
    }
}

const fn part_of(bit: usize) -> usize {
    bit / (SIZE / PARTS)
}

/// From the length of a word and the bytes that tell words of one script from each other.
#[inline]
const fn bit_of(word: &[u8]) -> usize {
    let length = word.len();
    if length == 0 {
        return 0;
    }
    let third = word[if length > 2 { 2 } else { 0 }] as usize;
    let (before, last) = (word[length - if length > 3 { 4 } else { 1 }] as usize, word[length - 1] as usize);
    (length.wrapping_mul(0x9E37_79B1)
        ^ third.wrapping_mul(0x85EB_CA6B)
        ^ before.wrapping_mul(0xC2B2_AE35)
        ^ last.wrapping_mul(0x27D4_EB2F))
        >> 12
        & (SIZE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_contains_its_words_and_no_others() {
        const WORDS: [&str; 6] = ["a", "में", "है", "of", "Le", "उन्होंने"];
        const LIST: List<6> = List::new(WORDS);
        for word in ["", "b", "मे", "off", "le", "उन्होंन"] {
            assert!(!LIST.contains(word), "{word}");
        }
        assert!(WORDS.iter().all(|word| LIST.contains(word)));
    }
}
