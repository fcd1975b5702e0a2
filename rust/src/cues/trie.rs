//! Phrases by their folded characters, one after another, and a sieve before it: most texts begin as no phrase does.

use std::collections::HashMap;

use super::characters::folded;

const NONE: u32 = u32::MAX;
/// Of characters below this it is known whether a phrase begins with them: all Latin, Cyrillic, Arabic and Indic letters.
const DIRECT: usize = 0x0E00;

/// In the table of keys: a character that keys leave out.
pub(super) const LEFT_OUT: u32 = u32::MAX;
/// In place of the only key of a node: it has several, or none.
const SEVERAL: u32 = u32::MAX;

struct Node {
    /// Key and node of the only edge; most nodes have one.
    key: u32,
    next: u32,
    /// The cues that end here: `Trie::cues[from..to]`.
    from: u32,
    to: u32,
}

pub(super) struct Trie {
    /// By character as written: NONE where no phrase begins with it.
    root: Vec<u32>,
    /// By character as written: its key.
    keys: Vec<u32>,
    nodes: Vec<Node>,
    /// The edges of nodes that have several, as (node and key, next node), by hash, open to the right.
    edges: Vec<(u64, u32)>,
    cues: Vec<u32>,
    beginnings: Beginnings,
    /// A phrase may end inside a word.
    stems: bool,
}

/// Which phrases there may be, by the hashes of their first keys: most texts begin as no phrase does, and a look or two shows it.
struct Beginnings {
    /// By hash two bits: a phrase begins with these keys; it consists of them.
    bits: Vec<u64>,
}

/// Keys of a phrase that are hashed.
const BEGINNING: usize = 8;

impl Beginnings {
    /// Words of 32 entries: a few times as many entries as phrases have beginnings.
    const WORDS: u32 = 12;
    const BEGINS: u64 = 1;
    const ENDS: u64 = 2;

    fn new() -> Self {
        Beginnings { bits: vec![0; 1 << Self::WORDS] }
    }

    #[inline]
    fn hash(before: u64, key: u32) -> u64 {
        (before ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[inline]
    fn of(&self, hash: u64) -> u64 {
        self.bits[(hash >> (64 - Self::WORDS)) as usize] >> ((hash >> (59 - Self::WORDS) & 31) * 2)
            & (Self::BEGINS | Self::ENDS)
    }

    fn add(&mut self, hash: u64, bits: u64) {
        self.bits[(hash >> (64 - Self::WORDS)) as usize] |= bits << ((hash >> (59 - Self::WORDS) & 31) * 2);
    }
}

impl Trie {
    pub(super) const SPACE: u32 = ' ' as u32;
    pub(super) const NUMBER: u32 = '#' as u32;

    /// What a character is to the keys, [`LEFT_OUT`] included.
    #[inline]
    pub(super) fn key(&self, char: char) -> u32 {
        match self.keys.get(char as usize) {
            Some(&key) => key,
            None => folded(char).map_or(LEFT_OUT, u32::from),
        }
    }

    /// True only where [`Trie::may_hold`] is false of a text with these first bytes: four letters or spaces with which no phrase begins,
    /// and no phrase ends before them.
    #[inline]
    pub(super) fn holds_none(&self, bytes: &[u8; 4]) -> bool {
        let (mut hash, mut previous) = (0, b' ');
        for &byte in bytes {
            if !(byte.is_ascii_alphabetic() || byte == b' ' && previous != b' ') {
                return false;
            }
            let ends = hash != 0 && (self.stems || !byte.is_ascii_lowercase());
            if ends && self.beginnings.of(hash) & Beginnings::ENDS != 0 {
                return false;
            }
            previous = byte;
            hash = Beginnings::hash(hash, u32::from(byte | 0x20));
        }
        self.beginnings.of(hash) == 0
    }

    /// False where no phrase is on the path of the text, and seldom true where none is. `bytes` are those of the text in the same order.
    #[inline]
    pub(super) fn may_hold(&self, bytes: impl Iterator<Item = u8>, chars: impl Iterator<Item = char>) -> bool {
        self.may_hold_ascii(bytes).unwrap_or_else(|| self.may_hold_chars(chars))
    }

    /// The same where the text begins with ASCII letters and spaces; None where it does not.
    #[inline]
    fn may_hold_ascii(&self, bytes: impl Iterator<Item = u8>) -> Option<bool> {
        let (mut hash, mut count, mut previous) = (0, 0, b' ');
        let mut bytes = bytes.peekable();
        while let Some(byte) = bytes.next() {
            let key = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => byte | 0x20,
                b' ' if previous != b' ' => byte,
                _ => return None,
            };
            previous = key;
            hash = Beginnings::hash(hash, u32::from(key));
            let bits = self.beginnings.of(hash);
            count += 1;
            // inside a word, unless things are glued together, only a stem ends
            let mut ends = || self.stems || !bytes.peek().is_some_and(u8::is_ascii_lowercase);
            if bits & Beginnings::ENDS != 0 && ends() {
                return Some(true);
            }
            if bits & Beginnings::BEGINS == 0 || count == BEGINNING {
                return Some(bits & Beginnings::BEGINS != 0);
            }
        }
        Some(false)
    }

    #[inline]
    fn may_hold_chars(&self, chars: impl Iterator<Item = char>) -> bool {
        let (mut hash, mut count, mut previous) = (0, 0, Self::SPACE);
        for char in chars {
            let key = self.key(char);
            if key == LEFT_OUT || key == previous && matches!(key, Self::SPACE | Self::NUMBER) {
                continue;
            }
            previous = key;
            hash = Beginnings::hash(hash, key);
            count += 1;
            let bits = self.beginnings.of(hash);
            if bits & Beginnings::ENDS != 0 {
                return true;
            }
            if bits & Beginnings::BEGINS == 0 || count == BEGINNING {
                return bits & Beginnings::BEGINS != 0;
            }
        }
        false
    }

    /// False where no phrase begins with a character.
    fn may_begin(&self, char: char) -> bool {
        self.root.get(char as usize) != Some(&NONE)
    }

    /// Calls `found(cue, offset, character)` for each cue on the path of the text, shortest first.
    #[inline]
    pub(super) fn walk(&self, chars: impl Iterator<Item = (usize, char)>, mut found: impl FnMut(usize, usize, char)) {
        let mut node = 0;
        let mut previous = Self::SPACE;
        for (at, char) in chars {
            // most words begin no phrase, and one look shows it
            if node == 0 && !self.may_begin(char) {
                return;
            }
            let key = self.key(char);
            if key == LEFT_OUT {
                continue;
            }
            // a longer number ends the same phrase later
            if key != previous || !matches!(key, Self::SPACE | Self::NUMBER) {
                node = self.step(node, key);
            }
            previous = key;
            let Some(Node { from, to, .. }) = self.nodes.get(node as usize) else { return };
            if from < to {
                for &cue in &self.cues[*from as usize..*to as usize] {
                    found(cue as usize, at, char);
                }
            }
        }
    }

    #[inline]
    fn step(&self, from: u32, key: u32) -> u32 {
        let node = &self.nodes[from as usize];
        if node.key != SEVERAL {
            return if node.key == key { node.next } else { NONE };
        }
        let edge = edge_of(from, key);
        let mut slot = slot_of(edge, self.edges.len());
        loop {
            match self.edges[slot] {
                (known, next) if known == edge => return next,
                (u64::MAX, _) => return NONE,
                _ => slot = (slot + 1) & (self.edges.len() - 1),
            }
        }
    }
}

fn edge_of(node: u32, key: u32) -> u64 {
    (node as u64) << 32 | key as u64
}

/// Where an edge stands, or what stands before it, in a table of `len` slots, a power of two.
fn slot_of(edge: u64, len: usize) -> usize {
    (edge.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (len - 1)
}

/// Per node: the next node by character, and the cues that end here.
pub(super) struct Builder(Vec<(HashMap<char, u32>, Vec<u32>)>);

impl Default for Builder {
    fn default() -> Self {
        Builder(vec![Default::default()])
    }
}

impl Builder {
    pub(super) fn insert<'a>(&mut self, phrase: impl Iterator<Item = &'a char>, cue: usize) {
        let mut node = 0;
        for &char in phrase {
            let fresh = self.0.len() as u32;
            let next = *self.0[node].0.entry(char).or_insert(fresh);
            if next == fresh {
                self.0.push(Default::default());
            }
            node = next as usize;
        }
        self.0[node].1.push(cue as u32);
    }

    /// Adds what lies below a node to the beginnings; `hash` and `depth` are those of its own path.
    fn begin(&self, node: usize, hash: u64, depth: usize, found: &mut Beginnings) {
        let (children, cues) = &self.0[node];
        if !cues.is_empty() {
            found.add(hash, Beginnings::ENDS);
        }
        if !children.is_empty() {
            found.add(hash, Beginnings::BEGINS);
        }
        if depth < BEGINNING {
            for (&key, &child) in children {
                self.begin(child as usize, Beginnings::hash(hash, key as u32), depth + 1, found);
            }
        }
    }

    /// A trie of which the phrases may end inside a word.
    pub(super) fn build_stems(self) -> Trie {
        Trie { stems: true, ..self.build() }
    }

    pub(super) fn build(self) -> Trie {
        let mut beginnings = Beginnings::new();
        self.begin(0, 0, 0, &mut beginnings);
        let count: usize = self.0.iter().map(|(children, _)| children.len()).filter(|&children| children > 1).sum();
        let mut edges = vec![(u64::MAX, NONE); (count * 2 + 1).next_power_of_two()];
        let (mut nodes, mut ends) = (Vec::with_capacity(self.0.len()), Vec::new());
        for (at, (children, cues)) in self.0.into_iter().enumerate() {
            let from = ends.len() as u32;
            ends.extend(cues);
            let mut node = Node { key: SEVERAL, next: NONE, from, to: ends.len() as u32 };
            if let (1, Some((&key, &next))) = (children.len(), children.iter().next()) {
                (node.key, node.next) = (key as u32, next);
            } else {
                for (key, next) in children {
                    let edge = edge_of(at as u32, key as u32);
                    let mut slot = slot_of(edge, edges.len());
                    while edges[slot].0 != u64::MAX {
                        slot = (slot + 1) & (edges.len() - 1);
                    }
                    edges[slot] = (edge, next);
                }
            }
            nodes.push(node);
        }
        let key_of = |char: char| folded(char).map_or(LEFT_OUT, u32::from);
        let keys: Vec<u32> = ('\0'..).take(DIRECT).map(key_of).collect();
        let mut trie = Trie { root: Vec::new(), keys, nodes, edges, cues: ends, beginnings, stems: false };
        trie.root = trie.keys.iter().map(|&key| if key == LEFT_OUT { 0 } else { trie.step(0, key) }).collect();
        trie
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::characters::{boundary, fold};

    #[test]
    fn the_sieve_lets_all_through_that_the_walk_finds() {
        let phrases = ["read more", "AP", "By", "a b", "© #", "यह भी पढ़ें", "पढ़", "Bydgoszcz daily", "x 9 y", "ANI"];
        let endings = ["", " ", "x", "X", ":", "ें", "9", "  b", "\u{200D}", " more", "é"];
        for stems in [false, true] {
            let mut builder = Builder::default();
            phrases.iter().enumerate().for_each(|(cue, phrase)| builder.insert(fold(phrase).iter(), cue));
            let trie = Trie { stems, ..builder.build() };
            for (phrase, ending) in phrases.iter().flat_map(|phrase| endings.iter().map(move |ending| (phrase, ending)))
            {
                for text in
                    [format!("{phrase}{ending}"), format!("{}{ending}", phrase.to_uppercase().replace(' ', "  "))]
                {
                    let mut found = false;
                    trie.walk(text.char_indices(), |_, at, last| {
                        let next = text[at + last.len_utf8()..].chars().next();
                        found |= stems || boundary(last, next);
                    });
                    assert!(!found || trie.may_hold(text.bytes(), text.chars()), "{text}");
                }
            }
            assert!(!trie.may_hold("read the".bytes(), "read the".chars()));
            for text in [
                "The ", "read", "AP f", "APRI", "by h", "By", "a b ", "a  b", "bydl", "Xbyd", "A bc", "anim", "éABC",
                "ANI ",
            ] {
                let none = text.as_bytes().first_chunk().is_some_and(|first| trie.holds_none(first));
                assert!(!none || !trie.may_hold(text.bytes(), text.chars()), "{text}");
            }
            assert!(trie.holds_none(b"The ") && !trie.holds_none(b"AP f"));
        }
    }
}
