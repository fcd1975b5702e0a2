//! Phrases by their folded characters, one after another, and a sieve before it: most texts begin as no phrase does.

use std::collections::HashMap;

use super::keys::{Keys, LEFT_OUT, NUMBER, SPACE};
use super::sieve::{DEPTH, Sieve};

const NONE: u32 = u32::MAX;
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
    keys: &'static Keys,
    nodes: Vec<Node>,
    /// The edges of nodes that have several, as (node and key, next node), by hash, open to the right.
    edges: Vec<(u64, u32)>,
    cues: Vec<u32>,
    pub(super) sieve: Sieve,
}

impl Trie {
    /// What a character is to the keys, [`LEFT_OUT`] included.
    #[inline]
    pub(super) fn key(&self, char: char) -> u32 {
        self.keys.of(char).0
    }

    /// Calls `found(cue, offset, character)` for each cue on the path of the text, shortest first.
    #[inline]
    pub(super) fn walk(&self, chars: impl Iterator<Item = (usize, char)>, mut found: impl FnMut(usize, usize, char)) {
        let mut node = 0;
        let mut previous = LEFT_OUT;
        for (at, char) in chars {
            let key = self.key(char);
            if key == LEFT_OUT {
                continue;
            }
            // a longer number ends the same phrase later
            if key != previous || !matches!(key, SPACE | NUMBER) {
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

    /// Adds a node and what lies below it to the beginnings of phrases: (keys, whether a phrase consists of them).
    fn begin(&self, node: usize, keys: &mut Vec<u32>, found: &mut Vec<(Vec<u32>, bool)>) {
        let (children, cues) = &self.0[node];
        if !keys.is_empty() {
            found.push((keys.clone(), !cues.is_empty()));
        }
        if keys.len() < DEPTH {
            for (&key, &child) in children {
                keys.push(key as u32);
                self.begin(child as usize, keys, found);
                keys.pop();
            }
        }
    }

    /// `inside` says that a phrase may end inside a word.
    pub(super) fn sieve(&self, inside: bool) -> Sieve {
        let mut beginnings = Vec::new();
        self.begin(0, &mut Vec::new(), &mut beginnings);
        Sieve::new(&beginnings, inside)
    }

    /// `inside` says that a phrase may end inside a word.
    pub(super) fn build(self, inside: bool) -> Trie {
        let sieve = self.sieve(inside);
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
        Trie { keys: Keys::get(), nodes, edges, cues: ends, sieve }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Reach;
    use crate::cues::characters::{boundary, fold};

    #[test]
    fn the_sieve_lets_all_through_that_the_walk_finds() {
        let phrases = [
            "read more",
            "AP",
            "By",
            "a b",
            "© #",
            "यह भी पढ़ें",
            "पढ़",
            "Bydgoszcz daily",
            "x 9 y",
            "ANI",
            "e-paper now",
            "it's",
            "ติดตาม",
            "है",
            "हैं आप",
        ];
        let endings =
            ["", " ", "x", "X", ":", "ें", "9", "  b", "\u{200D}", " more", "é", ", and more", " and more of it"];
        for inside in [false, true] {
            let mut builder = Builder::default();
            phrases.iter().enumerate().for_each(|(cue, phrase)| builder.insert(fold(phrase).iter(), cue));
            let trie = builder.build(inside);
            for (phrase, ending) in phrases.iter().flat_map(|phrase| endings.iter().map(move |ending| (phrase, ending)))
            {
                for text in [
                    format!("{phrase}{ending}"),
                    format!("{}{ending}", phrase.to_uppercase().replace(' ', "  ")),
                    format!("{}{ending}", phrase.replace(' ', "\t")),
                ] {
                    let mut found = false;
                    trie.walk(text.char_indices(), |cue, at, last| {
                        let next = text[at + last.len_utf8()..].chars().next();
                        // short phrases are not found inside a word
                        found |= inside && fold(phrases[cue]).len() > 3 || boundary(last, next);
                    });
                    assert!(!found || trie.sieve.may_hold(&text), "{text}");
                }
            }
            assert!(!trie.sieve.may_hold("read the") && !trie.sieve.may_hold("The "));
        }
    }

    #[test]
    fn the_sieve_lets_all_through_that_walks_over_random_texts_find_at_either_end() {
        let phrases = [
            "AP",
            "a",
            "ab a",
            "bbab a",
            "abab",
            "b",
            "यह",
            "यह भी",
            "कखग",
            "ख",
            "हकख कख",
            "a कख",
            "क",
            "ab9",
            "b-a",
            "ตดต",
        ];
        let signs = [
            "a", "b", "A", " ", "  ", "क", "ख", "ग", "ह", "य", "भ", "ी", "ं", "\u{200D}", "9", "-", "é", "م", "\t",
            "\0", "ต", "ด",
        ];
        let (mut heads, mut tails) = (Builder::default(), Builder::default());
        for (cue, phrase) in phrases.iter().enumerate() {
            heads.insert(fold(phrase).iter(), cue);
            tails.insert(fold(phrase).iter().rev(), cue);
        }
        let (heads, tails) = (heads.build(false), tails.build(false));
        let (mut next, mut nothing) = (crate::draws::draws(5), 0);
        for count in 0..60_000 {
            let text: String = (0..1 + count % 9).map(|_| signs[next(signs.len())]).collect();
            let (mut whole, mut inside) = ([false; 2], [false; 2]);
            heads.walk(text.char_indices(), |cue, at, last| {
                inside[0] |= fold(phrases[cue]).len() > 2;
                whole[0] |= boundary(last, text[at + last.len_utf8()..].chars().next());
            });
            tails.walk(text.char_indices().rev(), |cue, at, first| {
                inside[1] |= fold(phrases[cue]).len() > 2;
                whole[1] |= boundary(first, text[..at].chars().next_back());
            });
            for (end, reach) in [heads.sieve.reach(&text), tails.sieve.reach_from_end(&text)].into_iter().enumerate() {
                assert!(!whole[end] || reach == Reach::Whole, "{text:?}");
                // letters of ASCII inside a word are looked at four at a time
                assert!(
                    !inside[end] || reach != Reach::Nothing || text.contains(|char: char| char.is_ascii_alphabetic()),
                    "{text:?}"
                );
                nothing += usize::from(reach == Reach::Nothing);
            }
        }
        assert!(nothing > 30_000, "{nothing}");
    }
}
