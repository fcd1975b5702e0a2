//! The trained model: scores of class and id words, and the regression trees of two forests, taken as one sum. `benchmarks/extract/train.py` makes it.
//!
//! Layout, little-endian: `b"DXM3"`; number of features u32; number of words u32, then (hash u32, score i16 in 1/256) each, sorted;
//! trees of the sieve u32, the sum below which it holds a block back f32; number of trees u32; each tree: number of leaves u8, then its
//! nodes (feature u8, left u8, right u8, threshold f32), one fewer than leaves, then the leaves' values f32. A child is a node's number,
//! or [`LEAF`] more than a leaf's.

use std::sync::OnceLock;

use super::features::{Row, WIDTH};
use super::layout::NameScores;
use crate::error::{Error, Result};

const MAGIC: &[u8] = b"DXM3";
/// Marks a child as a leaf.
const LEAF: u8 = 0x80;
/// Nodes and leaves of a tree together, at most.
const NODES: usize = 64;
const MOST_LEAVES: usize = NODES / 2;
/// Rows that walk down a tree side by side, so that the processor waits for none of them.
const ABREAST: usize = 16;

/// A step of a walk, or with itself as both children a leaf and its value.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    threshold: f32,
    feature: u8,
    children: [u8; 2],
}

#[derive(Debug, Clone)]
struct Tree {
    nodes: [Node; NODES],
    depth: u8,
}

impl Tree {
    /// Adds the leaf that each row comes to.
    fn add(&self, rows: [&[f32; WIDTH]; ABREAST], sums: &mut [f32; ABREAST]) {
        let mut at = [0u8; ABREAST];
        for _ in 0..self.depth {
            for (at, row) in at.iter_mut().zip(rows) {
                let node = &self.nodes[*at as usize % NODES];
                *at = node.children[(row[node.feature as usize] > node.threshold) as usize];
            }
        }
        for (sum, at) in sums.iter_mut().zip(at) {
            *sum += self.nodes[at as usize % NODES].threshold;
        }
    }
}

/// Boosted regression trees; a row goes left where its feature is at most the node's threshold.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    trees: Vec<Tree>,
    /// So many trees decide which rows see the others, by a sum of at least `lowest`.
    sieve: usize,
    lowest: f32,
}

impl Forest {
    /// The sum of the trees' leaves for each row of features; minus infinity for a row that the sieve holds back.
    pub fn margins(&self, rows: &[Row], margins: &mut Vec<f32>) {
        let (first, others) = self.trees.split_at(self.sieve.min(self.trees.len()));
        let begin = margins.len();
        margins.resize(begin + rows.len(), 0.0);
        let Some(margins) = margins.get_mut(begin..) else { return };
        let mut passed: Vec<usize> = (0..rows.len()).collect();
        grow(first, rows, &passed, margins);
        if !others.is_empty() {
            passed.retain(|&at| margins[at] >= self.lowest);
            let mut grown = vec![f32::NEG_INFINITY; rows.len()];
            passed.iter().for_each(|&at| grown[at] = margins[at]);
            margins.copy_from_slice(&grown);
            grow(others, rows, &passed, margins);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }
}

/// Adds the trees' leaves to the margins of the chosen rows.
fn grow(trees: &[Tree], rows: &[Row], chosen: &[usize], margins: &mut [f32]) {
    for chosen in chosen.chunks(ABREAST) {
        let Some(&last) = chosen.last() else { continue };
        let place = |lane: usize| chosen.get(lane).copied().unwrap_or(last);
        let abreast: [&[f32; WIDTH]; ABREAST] = std::array::from_fn(|lane| rows[place(lane)].values());
        let mut sums: [f32; ABREAST] = std::array::from_fn(|lane| margins[place(lane)]);
        trees.iter().for_each(|tree| tree.add(abreast, &mut sums));
        chosen.iter().zip(sums).for_each(|(&at, sum)| margins[at] = sum);
    }
}

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
        let inner = leaves - 1;
        let mut nodes = [Node::default(); NODES];
        // A child comes after its parent, so that no walk is endless and one pass finds the depth.
        let mut depths = [0u8; NODES];
        for at in 0..inner {
            let [feature] = self.take()?;
            let [left, right] = self.take()?;
            let mut children = [left, right];
            for child in &mut children {
                if *child & LEAF != 0 {
                    *child = inner + (*child & !LEAF);
                } else if *child >= inner {
                    return None;
                }
                if *child <= at || *child >= inner + leaves {
                    return None;
                }
                depths[*child as usize] = depths[at as usize] + 1;
            }
            nodes[at as usize] = Node { threshold: self.f32()?, feature, children };
        }
        for leaf in inner..inner + leaves {
            nodes[leaf as usize] = Node { threshold: self.f32()?, feature: 0, children: [leaf; 2] };
        }
        Some(Tree { nodes, depth: depths.into_iter().max().unwrap_or(0) })
    }
}

#[cfg(test)]
mod tests {
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

    fn row(values: &[f32]) -> Row {
        use super::super::features::Sink;
        let mut row = Row::default();
        values.iter().for_each(|&value| row.put("", value));
        row
    }

    #[test]
    fn reads_and_walks_trees() {
        let model = Model::read(&sample()).unwrap();
        let rows: Vec<Row> = [[0.0, 3.0], [0.0, 3.5], [0.5, 3.5]].iter().map(|values| row(values)).collect();
        let mut margins = Vec::new();
        model.forest.margins(&rows, &mut margins);
        assert_eq!(margins, [13.0, f32::NEG_INFINITY, 12.0]);
        assert_eq!(model.score(7), -2.0);
        assert_eq!(model.score(8), 0.0);
    }

    #[test]
    fn many_rows_walk_as_one_does() {
        let model = Model::read(&sample()).unwrap();
        let rows: Vec<Row> = (0..29).map(|at| row(&[(at % 3) as f32 - 1.0, at as f32 / 5.0])).collect();
        let (mut together, mut single) = (Vec::new(), Vec::new());
        model.forest.margins(&rows, &mut together);
        rows.iter().for_each(|row| model.forest.margins(std::slice::from_ref(row), &mut single));
        assert_eq!(together, single);
        assert!(single.contains(&f32::NEG_INFINITY) && single.contains(&13.0));
    }

    #[test]
    fn refuses_damage() {
        let bytes = sample();
        for end in 0..bytes.len() {
            assert!(Model::read(&bytes[..end]).is_err());
        }
        assert!(Model::read(&[&bytes[..], b"x"].concat()).is_err());
        let root = MAGIC.len() + 4 + 4 + 6 + 8 + 4 + 1;
        for child in [0, 2, LEAF | 3] {
            let mut endless = bytes.clone();
            endless[root + 1] = child;
            assert!(Model::read(&endless).is_err());
        }
    }
}
