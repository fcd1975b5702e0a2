//! Candidate pairs to exact overlaps of their shingle sets. The naive twin is `tests/naive.py: overlap`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rayon::prelude::*;

use crate::components::Components;
use crate::error::{Error, Result};
use crate::shingles::{Shape, ShingleSet, Shingler};
use crate::texts::Chunks;

/// Sizes of two shingle sets and of what they share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    pub shared: u32,
    pub left: u32,
    pub right: u32,
}

/// Pairs that one task verifies with the same cache of shingle sets.
const PAIRS_A_TASK: usize = 1024;
/// Bytes of sets that a cache holds before it is emptied.
const CACHED: usize = 1 << 24;

/// The overlap of each pair of rows, in the order of `pairs`.
pub fn overlaps(texts: &Chunks<'_>, pairs: &[[u32; 2]], shape: Shape) -> Result<Vec<Overlap>> {
    let rows = u32::try_from(texts.len()).map_err(|_| Error::Argument("more than 2^32 rows".into()))?;
    if pairs.iter().flatten().any(|&row| row >= rows) {
        return Err(Error::Argument(format!("a pair names a row beyond the {rows} texts")));
    }
    let order = by_component(pairs, rows);
    let verified: Result<Vec<Vec<Overlap>>> = order
        .par_chunks(PAIRS_A_TASK)
        .map_init(Cache::default, |cache, order| {
            order.iter().map(|&at| cache.overlap(texts, pairs[at as usize], shape)).collect()
        })
        .collect();
    let mut overlaps = vec![Overlap::default(); pairs.len()];
    for (&at, overlap) in order.iter().zip(verified?.into_iter().flatten()) {
        overlaps[at as usize] = overlap;
    }
    Ok(overlaps)
}

/// The pairs so that those of one component follow each other, and a shingle set serves all pairs of its document.
fn by_component(pairs: &[[u32; 2]], rows: u32) -> Vec<u32> {
    let mut components = Components::new(rows);
    pairs.iter().for_each(|&[left, right]| components.join(left, right));
    let labels = components.labels();
    let mut order: Vec<u32> = (0..pairs.len() as u32).collect();
    order.par_sort_unstable_by_key(|&at| {
        let [left, right] = pairs[at as usize];
        (labels[left as usize], left, right)
    });
    order
}

#[derive(Default)]
struct Cache {
    shingler: Shingler,
    sets: HashMap<u32, ShingleSet>,
    held: usize,
}

impl Cache {
    fn overlap(&mut self, texts: &Chunks<'_>, [left, right]: [u32; 2], shape: Shape) -> Result<Overlap> {
        if self.held > CACHED {
            self.sets.clear();
            self.held = 0;
        }
        for row in [left, right] {
            if let Entry::Vacant(entry) = self.sets.entry(row) {
                let set = entry.insert(self.shingler.set(texts.get(row as usize)?, shape));
                self.held += set.held();
            }
        }
        let (left, right) = (&self.sets[&left], &self.sets[&right]);
        Ok(Overlap {
            shared: left.shared(right) as u32,
            left: left.members.len() as u32,
            right: right.members.len() as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::TextColumn;
    use crate::tokens::Mode;

    #[test]
    fn overlaps_come_in_the_order_of_the_pairs() {
        let shape = Shape { mode: Mode::Auto, word: 1, char: 1 };
        let column: TextColumn = ["a b c", "", "b c d e", "a b c a"].iter().collect();
        let texts = Chunks::new(&[(&column.offsets, &column.data)]).unwrap();
        let overlap = |shared, left, right| Overlap { shared, left, right };
        assert_eq!(
            overlaps(&texts, &[[2, 0], [0, 3], [1, 2]], shape).unwrap(),
            [overlap(2, 4, 3), overlap(3, 3, 3), overlap(0, 0, 4)]
        );
        assert!(overlaps(&texts, &[[0, 4]], shape).is_err());
    }
}
