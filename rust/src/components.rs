//! Edges to clusters: connected components by union-find, and the one row of each that is kept.

use crate::error::{Error, Result};

/// A union-find in which the smaller root wins, so a component's label is its smallest row.
pub struct Components {
    parents: Vec<u32>,
}

impl Components {
    pub fn new(rows: u32) -> Components {
        Components { parents: (0..rows).collect() }
    }

    fn root(&mut self, mut row: u32) -> u32 {
        while self.parents[row as usize] != row {
            let above = self.parents[self.parents[row as usize] as usize];
            self.parents[row as usize] = above;
            row = above;
        }
        row
    }

    pub fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.root(left), self.root(right));
        self.parents[left.max(right) as usize] = left.min(right);
    }

    /// The smallest row of each row's component. Rows point to smaller ones only: one ascending pass settles all.
    pub fn labels(mut self) -> Vec<u32> {
        for row in 0..self.parents.len() {
            self.parents[row] = self.parents[self.parents[row] as usize];
        }
        self.parents
    }
}

/// The component label of each row, its smallest row.
pub fn labels(rows: u32, edges: &[[u32; 2]]) -> Result<Vec<u32>> {
    check(rows, edges)?;
    let mut components = Components::new(rows);
    edges.iter().for_each(|&[left, right]| components.join(left, right));
    Ok(components.labels())
}

fn check(rows: u32, edges: &[[u32; 2]]) -> Result<()> {
    match edges.iter().flatten().find(|&&row| row >= rows) {
        Some(row) => Err(Error::Argument(format!("an edge names row {row} of {rows}"))),
        None => Ok(()),
    }
}

/// The row that each row duplicates, and the neighbour on the shortest way there; both the row itself where it is kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Kept {
    pub keeper: Vec<u32>,
    pub through: Vec<u32>,
}

/// Keeps the row of lowest `rank` (a permutation) of each component. A component of more than `giant` rows is taken apart
/// into stars: in the order of rank, a row that is still free is kept and its free neighbours duplicate it.
pub fn keep(rank: &[u32], edges: &[[u32; 2]], giant: u32) -> Result<Kept> {
    let rows = u32::try_from(rank.len()).map_err(|_| Error::Argument("more than 2^32 rows".into()))?;
    let labels = labels(rows, edges)?;
    let mut by_rank = vec![u32::MAX; rank.len()];
    for (row, &rank) in (0..).zip(rank) {
        match by_rank.get_mut(rank as usize) {
            Some(slot) if *slot == u32::MAX => *slot = row,
            _ => return Err(Error::Argument("ranks are a permutation of the rows".into())),
        }
    }
    let mut sizes = vec![0u32; rank.len()];
    labels.iter().for_each(|&label| sizes[label as usize] += 1);
    let neighbours = Neighbours::new(rank, edges);
    let mut keeper = vec![u32::MAX; rank.len()];
    let mut through: Vec<u32> = (0..rows).collect();
    let mut queue = Vec::new();
    for &first in &by_rank {
        if keeper[first as usize] != u32::MAX {
            continue;
        }
        keeper[first as usize] = first;
        let is_giant = sizes[labels[first as usize] as usize] > giant;
        queue.clear();
        queue.push(first);
        let mut at = 0;
        while let Some(&row) = queue.get(at).filter(|_| at == 0 || !is_giant) {
            for &near in neighbours.of(row) {
                if keeper[near as usize] == u32::MAX {
                    keeper[near as usize] = first;
                    through[near as usize] = row;
                    queue.push(near);
                }
            }
            at += 1;
        }
    }
    Ok(Kept { keeper, through })
}

/// The neighbours of each row, by rank.
struct Neighbours {
    starts: Vec<u64>,
    rows: Vec<u32>,
}

impl Neighbours {
    fn new(rank: &[u32], edges: &[[u32; 2]]) -> Neighbours {
        let mut starts = vec![0u64; rank.len() + 1];
        for &row in edges.iter().flatten() {
            starts[row as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; edges.len() * 2];
        for &[left, right] in edges {
            for (from, to) in [(left, right), (right, left)] {
                rows[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        for pair in starts.windows(2) {
            rows[pair[0] as usize..pair[1] as usize].sort_unstable_by_key(|&row| rank[row as usize]);
        }
        Neighbours { starts, rows }
    }

    fn of(&self, row: u32) -> &[u32] {
        &self.rows[self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_the_smallest_rows() {
        let mut components = Components::new(7);
        for (left, right) in [(6, 5), (3, 4), (5, 4), (1, 1)] {
            components.join(left, right);
        }
        assert_eq!(components.labels(), [0, 1, 2, 3, 3, 3, 3]);
    }

    #[test]
    fn the_lowest_rank_is_kept_and_the_way_there_is_named() {
        let edges = [[0, 1], [1, 2], [2, 3]];
        let kept = keep(&[3, 0, 1, 2, 4], &edges, 10).unwrap();
        assert_eq!(kept, Kept { keeper: vec![1, 1, 1, 1, 4], through: vec![1, 1, 1, 2, 4] });
        let stars = keep(&[3, 0, 1, 2, 4], &edges, 3).unwrap();
        assert_eq!(stars, Kept { keeper: vec![1, 1, 1, 3, 4], through: vec![1, 1, 1, 3, 4] });
        assert!(keep(&[0, 0], &[], 3).is_err());
        assert!(keep(&[0, 1], &[[0, 2]], 3).is_err());
    }
}
