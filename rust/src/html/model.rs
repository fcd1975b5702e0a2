//! The trained model: scores of class and id words, and the regression trees of two forests, taken as one sum. `benchmarks/extract/train.py` makes it.
//!
//! Layout, little-endian: `b"DXM3"`; number of features u32; number of words u32, then (hash u32, score i16 in 1/256) each, sorted;
//! trees of the sieve u32, the sum below which it holds a block back f32; number of trees u32; each tree: number of leaves u8, then its
//! nodes (feature u8, left u8, right u8, threshold f32), one fewer than leaves, then the leaves' values f32. A child is a node's number,
//! or [`LEAF`] more than a leaf's.

use std::sync::OnceLock;

use super::above::NameScores;
use super::forest::{Forest, MOST_LEAVES, Test, Tree};
use crate::error::{Error, Result};

const MAGIC: &[u8] = b"DXM3";
/// Marks a child as a leaf.
const LEAF: u8 = 0x80;

/// The words' scores by the words' hashes, in open addressing; an empty place has no score and ends a search.
#[derive(Debug, Clone, Default)]
struct Names {
    places: Vec<(u32, i16)>,
}

impl Names {
    /// At most half full, so that searches end soon.
    fn new(entries: &[(u32, i16)]) -> Names {
        let mut places = vec![(0, 0); (entries.len() * 2).next_power_of_two()];
        let mask = places.len() - 1;
        for &entry in entries.iter().filter(|entry| entry.1 != 0) {
            let mut place = entry.0 as usize & mask;
            while places[place].1 != 0 {
                place = (place + 1) & mask;
            }
            places[place] = entry;
        }
        Names { places }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    names: Names,
    pub forest: Forest,
}

impl NameScores for Model {
    fn score(&self, word: u32) -> f32 {
        let mask = self.names.places.len().wrapping_sub(1);
        let mut place = word as usize & mask;
        while let Some(&(known, score)) = self.names.places.get(place) {
            if known == word || score == 0 {
                return score as f32 / 256.0;
            }
            place = (place + 1) & mask;
        }
        0.0
    }
}

impl Model {
    /// The model that is built in.
    pub fn built_in() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::read(include_bytes!("model.bin")).unwrap_or_default())
    }

    pub fn read(bytes: &[u8]) -> Result<Model> {
        Reader { bytes }
            .model()
            .ok_or_else(|| Error::Data("the extraction model is damaged or of another version".into()))
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*head)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes).filter(|value| value.is_finite())
    }

    fn model(&mut self) -> Option<Model> {
        if self.take::<4>()? != MAGIC || self.u32()? as usize != super::features::names().len() {
            return None;
        }
        let mut names = Vec::new();
        for _ in 0..self.u32()? {
            names.push((self.u32()?, self.take().map(i16::from_le_bytes)?));
        }
        let mut forest = Forest { sieve: self.u32()? as usize, lowest: self.f32()?, trees: Vec::new() };
        for _ in 0..self.u32()? {
            forest.trees.push(self.tree()?);
        }
        (names.is_sorted() && self.bytes.is_empty()).then(|| Model { names: Names::new(&names), forest })
    }

    fn tree(&mut self) -> Option<Tree> {
        let [leaves] = self.take()?;
        if !(1..=MOST_LEAVES as u8).contains(&leaves) {
            return None;
        }
        // Nodes first, then leaves.
        let inner = leaves as usize - 1;
        let place = |child: u8| match child & LEAF {
            0 => Some(child as usize).filter(|&node| node < inner),
            _ => Some(inner + (child & !LEAF) as usize).filter(|&leaf| leaf <= 2 * inner),
        };
        let mut nodes = Vec::with_capacity(inner);
        // A child comes after its parent and has no other: this is a tree, and one pass back counts the leaves under each node.
        let mut seen = 1u64;
        for at in 0..inner {
            let [feature] = self.take()?;
            let [left, right] = self.take()?;
            let children = [place(left)?, place(right)?];
            for child in children {
                if child <= at || seen >> child & 1 == 1 {
                    return None;
                }
                seen |= 1 << child;
            }
            nodes.push((feature, children, self.f32()?));
        }
        let mut under = [1; 2 * MOST_LEAVES];
        for (at, (_, [left, right], _)) in nodes.iter().enumerate().rev() {
            under[at] = under[*left] + under[*right];
        }
        // The first leaf under each.
        let mut first = [0; 2 * MOST_LEAVES];
        let mut tests = Vec::with_capacity(inner);
        for (at, (feature, [left, right], threshold)) in nodes.into_iter().enumerate() {
            first[left] = first[at];
            first[right] = first[at] + under[left];
            let lost = ((1u64 << under[left]) - 1) << first[at];
            tests.push(Test { threshold, feature, right: !(lost as u32) });
        }
        let mut values = [0.0; MOST_LEAVES];
        for leaf in inner..=2 * inner {
            values[first[leaf] % MOST_LEAVES] = self.f32()?;
        }
        Some(Tree { tests, leaves: values })
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::Sink;
    use super::*;

    fn sample() -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((super::super::features::names().len() as u32).to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(7u32.to_le_bytes());
        bytes.extend((-512i16).to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(1.5f32.to_le_bytes());
        bytes.extend(2u32.to_le_bytes());
        bytes.extend([3, 1, LEAF | 2, 1]);
        bytes.extend(3.0f32.to_le_bytes());
        bytes.extend([0, LEAF, LEAF | 1]);
        bytes.extend(0.0f32.to_le_bytes());
        [1.0f32, 2.0, 3.0].iter().for_each(|value| bytes.extend(value.to_le_bytes()));
        bytes.push(1);
        bytes.extend(10.0f32.to_le_bytes());
        bytes
    }

    #[test]
    fn reads_and_walks_trees() {
        let model = Model::read(&sample()).unwrap();
        let rows = [[0.0, 3.0], [0.0, 3.5], [0.5, 3.5]];
        let margins = model.forest.margins(3, |at, mut row| rows[at].iter().for_each(|&value| row.put("", value)));
        assert_eq!(margins, [13.0, f32::NEG_INFINITY, 12.0]);
        assert_eq!(model.score(7), -2.0);
        assert_eq!(model.score(8), 0.0);
    }

    #[test]
    fn refuses_damage() {
        let bytes = sample();
        for end in 0..bytes.len() {
            assert!(Model::read(&bytes[..end]).is_err());
        }
        assert!(Model::read(&[&bytes[..], b"x"].concat()).is_err());
        let root = MAGIC.len() + 4 + 4 + 6 + 8 + 4 + 1;
        for child in [0, 2, LEAF, LEAF | 3] {
            let mut endless = bytes.clone();
            endless[root + 1] = child;
            assert!(Model::read(&endless).is_err());
        }
    }
}
