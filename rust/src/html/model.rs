//! The trained model: scores of class and id words, and two forests of regression trees. `benchmarks/extract/train.py` makes it.
//!
//! Layout, little-endian: `b"DXM2"`; numbers of features of the first and second stage u32; number of words u32, then (hash u32, score i16 in 1/256) each, sorted; number of forests u32; each
//! forest: threshold f32, number of trees u32, each tree: number of nodes u16, then (feature u16, threshold f32, left u16, right u16)
//! each, where a child with the high bit set is a leaf; number of leaves u16, then their values f32.

use std::sync::OnceLock;

use super::layout::NameScores;
use crate::error::{Error, Result};

const MAGIC: &[u8] = b"DXM2";
const LEAF: u16 = 0x8000;

#[derive(Debug, Clone, Copy)]
struct Node {
    threshold: f32,
    feature: u16,
    left: u16,
    right: u16,
}

#[derive(Debug, Clone, Default)]
struct Tree {
    nodes: u32,
    leaves: u32,
}

/// Boosted regression trees; a row goes left where its feature is at most the node's threshold.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    /// Sums above it are positive.
    pub threshold: f32,
    trees: Vec<Tree>,
    nodes: Vec<Node>,
    leaves: Vec<f32>,
}

impl Forest {
    /// The sum of the trees' leaves for a row of features.
    pub fn margin(&self, row: &[f32]) -> f32 {
        let mut sum = 0.0;
        for tree in &self.trees {
            let mut at = 0u16;
            while at & LEAF == 0 {
                let Some(node) = self.nodes.get(tree.nodes as usize + at as usize) else { break };
                let value = row.get(node.feature as usize).copied().unwrap_or(0.0);
                at = if value <= node.threshold { node.left } else { node.right };
            }
            sum += self.leaves.get(tree.leaves as usize + (at & !LEAF) as usize).copied().unwrap_or(0.0);
        }
        sum
    }

    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }
}

/// A margin squeezed between 0 and 1 by arithmetic that is the same on every machine.
pub fn squash(margin: f32) -> f32 {
    0.5 + 0.5 * margin / (1.0 + margin.abs())
}

#[derive(Debug, Clone, Default)]
pub struct Model {
    names: Vec<(u32, i16)>,
    pub first: Forest,
    pub second: Forest,
}

impl NameScores for Model {
    fn score(&self, word: u32) -> f32 {
        match self.names.binary_search_by_key(&word, |entry| entry.0) {
            Ok(at) => self.names.get(at).map_or(0.0, |entry| entry.1 as f32 / 256.0),
            Err(_) => 0.0,
        }
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

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }

    fn model(&mut self) -> Option<Model> {
        if self.take::<4>()? != MAGIC {
            return None;
        }
        let (first, second) = (self.u32()?, self.u32()?);
        if [first, second] != [false, true].map(|second| super::features::names(second).len() as u32) {
            return None;
        }
        let words = self.u32()?;
        let mut model = Model::default();
        for _ in 0..words {
            model.names.push((self.u32()?, self.take().map(i16::from_le_bytes)?));
        }
        if !model.names.is_sorted() {
            return None;
        }
        let forests = self.u32()?;
        if forests > 0 {
            model.first = self.forest()?;
        }
        if forests > 1 {
            model.second = self.forest()?;
        }
        (forests <= 2 && self.bytes.is_empty()).then_some(model)
    }

    fn forest(&mut self) -> Option<Forest> {
        let mut forest = Forest { threshold: self.f32()?, ..Forest::default() };
        for _ in 0..self.u32()? {
            let tree = Tree { nodes: forest.nodes.len() as u32, leaves: forest.leaves.len() as u32 };
            let nodes = self.u16()?;
            for at in 0..nodes {
                let (feature, threshold) = (self.u16()?, self.f32()?);
                let (left, right) = (self.u16()?, self.u16()?);
                // Children come after their parent, so that no walk is endless.
                let sound = |child: u16| child & LEAF != 0 || (child > at && child < nodes);
                if !sound(left) || !sound(right) {
                    return None;
                }
                forest.nodes.push(Node { threshold, feature, left, right });
            }
            for _ in 0..self.u16()? {
                forest.leaves.push(self.f32()?);
            }
            if nodes == 0 {
                // A node that leads to the one leaf either way keeps the walk simple.
                forest.nodes.push(Node { threshold: 0.0, feature: 0, left: LEAF, right: LEAF });
            }
            forest.trees.push(tree);
        }
        Some(forest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for second in [false, true] {
            bytes.extend((super::super::features::names(second).len() as u32).to_le_bytes());
        }
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(7u32.to_le_bytes());
        bytes.extend((-512i16).to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(0.5f32.to_le_bytes());
        bytes.extend(2u32.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(3.0f32.to_le_bytes());
        bytes.extend(LEAF.to_le_bytes());
        bytes.extend((LEAF | 1).to_le_bytes());
        bytes.extend(2u16.to_le_bytes());
        bytes.extend(1.0f32.to_le_bytes());
        bytes.extend(2.0f32.to_le_bytes());
        bytes.extend(0u16.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        bytes.extend(10.0f32.to_le_bytes());
        bytes
    }

    #[test]
    fn reads_and_walks_trees() {
        let model = Model::read(&sample()).unwrap();
        assert_eq!(model.first.margin(&[0.0, 3.0]), 11.0);
        assert_eq!(model.first.margin(&[0.0, 3.5]), 12.0);
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
    }
}
