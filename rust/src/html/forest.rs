//! Boosted regression trees, sixteen rows of features at a time.
//!
//! A row does not walk down a tree: it is put to all its tests, and each test that sends it right takes away the leaves to the left of it. The
//! first leaf that is left is the one a walk would end at (Lucchese et al., "QuickScorer", SIGIR 2015, section 3). So all rows do the same at
//! the same time, which is what registers are good at.

use super::features::{Row, WIDTH};
use crate::blocks::{self, Block, Task};

/// Most leaves of a tree: one bit of a word each.
pub const MOST_LEAVES: usize = 32;
/// Rows side by side.
pub const ABREAST: usize = 16;

/// A row goes right where its feature is more than the threshold.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    pub threshold: f32,
    pub feature: u8,
    /// The leaves, one bit each from the left, that a row may still come to when it goes right.
    pub right: u32,
}

#[derive(Debug, Clone)]
pub struct Tree {
    pub tests: Vec<Test>,
    /// The leaves' values from left to right.
    pub leaves: [f32; MOST_LEAVES],
}

/// The features of some blocks: a line a feature, a column a block.
pub type Lines = [[f32; ABREAST]; WIDTH];

struct Rows {
    lines: Box<Lines>,
    /// Number and sum of each row.
    numbers: [usize; ABREAST],
    sums: [f32; ABREAST],
    count: usize,
}

impl Rows {
    fn new() -> Rows {
        Rows { lines: Box::new([[0.0; ABREAST]; WIDTH]), numbers: [0; ABREAST], sums: [0.0; ABREAST], count: 0 }
    }

    /// A place for a row; there is one.
    #[inline(always)]
    fn add(&mut self, number: usize, sum: f32) -> Row<'_> {
        let lane = self.count % ABREAST;
        (self.numbers[lane], self.sums[lane]) = (number, sum);
        self.count = lane + 1;
        Row::new(&mut self.lines, lane)
    }

    /// The numbers and sums of the rows.
    fn each(&self) -> impl Iterator<Item = (usize, f32)> {
        self.numbers.into_iter().zip(self.sums).take(self.count)
    }
}

/// Adds the leaf that each row comes to.
struct Grow<'a> {
    trees: &'a [Tree],
    lines: &'a Lines,
    sums: &'a mut [f32; ABREAST],
}

impl Task for Grow<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<B: Block>(self) {
        for tree in self.trees {
            // SAFETY: the caller says that the processor has the instructions of `B`.
            let left = unsafe {
                let mut left = B::load(&[u8::MAX; 64]);
                for test in &tree.tests {
                    left = left.keep_above(&self.lines[test.feature as usize], test.threshold, test.right);
                }
                let mut words = [0; 64];
                left.store(&mut words);
                words
            };
            for (sum, left) in self.sums.iter_mut().zip(left.as_chunks().0) {
                *sum += tree.leaves[u32::from_ne_bytes(*left).trailing_zeros() as usize % MOST_LEAVES];
            }
        }
    }
}

/// Trees whose leaves are added up.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    pub trees: Vec<Tree>,
    /// So many trees decide which rows see the others, by a sum of at least `lowest`.
    pub sieve: usize,
    pub lowest: f32,
}

impl Forest {
    /// The sum of the trees' leaves for each of `count` rows, which `fill` is asked for in order; minus infinity for a row that the sieve
    /// holds back.
    pub fn margins(&self, count: usize, mut fill: impl FnMut(usize, Row)) -> Vec<f32> {
        let (first, others) = self.trees.split_at(self.sieve.min(self.trees.len()));
        let (mut rows, mut passed) = (Rows::new(), Rows::new());
        let mut margins = vec![f32::NEG_INFINITY; count];
        for from in (0..count).step_by(ABREAST) {
            rows.count = 0;
            (from..count.min(from + ABREAST)).for_each(|number| fill(number, rows.add(number, 0.0)));
            blocks::fastest(Grow { trees: first, lines: &rows.lines, sums: &mut rows.sums });
            for (lane, (number, sum)) in rows.each().enumerate() {
                if !others.is_empty() && sum < self.lowest {
                    continue;
                }
                passed.add(number, sum).copy(&rows.lines, lane);
                if passed.count == ABREAST {
                    finish(others, &mut passed, &mut margins);
                }
            }
        }
        finish(others, &mut passed, &mut margins);
        margins
    }

    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }
}

/// Adds the trees to the sums of the rows and hands these over.
fn finish(trees: &[Tree], rows: &mut Rows, margins: &mut [f32]) {
    blocks::fastest(Grow { trees, lines: &rows.lines, sums: &mut rows.sums });
    for (number, sum) in rows.each() {
        margins[number] = sum;
    }
    rows.count = 0;
}

#[cfg(test)]
mod tests {
    use super::super::features::Sink;
    use super::*;
    use crate::blocks::{engines, run_on};

    /// A tree as it is drawn.
    enum Drawn {
        Leaf(f32),
        Fork(u8, f32, Box<[Drawn; 2]>),
    }

    impl Drawn {
        fn leaf_of(&self, row: &[f32]) -> f32 {
            match self {
                Drawn::Leaf(value) => *value,
                Drawn::Fork(feature, threshold, sides) => {
                    sides[usize::from(row[*feature as usize] > *threshold)].leaf_of(row)
                }
            }
        }

        /// Adds tests and leaves to a tree; the leaves so far.
        fn put(&self, tree: &mut Tree, from: usize) -> usize {
            match self {
                Drawn::Leaf(value) => {
                    tree.leaves[from] = *value;
                    from + 1
                }
                Drawn::Fork(feature, threshold, sides) => {
                    let middle = sides[0].put(tree, from);
                    let right = (from..middle).fold(u32::MAX, |right, leaf| right & !(1 << leaf));
                    tree.tests.push(Test { threshold: *threshold, feature: *feature, right });
                    sides[1].put(tree, middle)
                }
            }
        }
    }

    #[test]
    fn the_leaf_that_is_left_is_the_one_of_a_walk_on_every_engine() {
        let mut state = 7u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(1);
            (state >> 33) % below
        };
        fn draw(leaves: usize, next: &mut impl FnMut(u64) -> u64) -> Drawn {
            if leaves == 1 {
                return Drawn::Leaf(next(1000) as f32 / 100.0);
            }
            let left = 1 + next(leaves as u64 - 1) as usize;
            let (feature, threshold) = (next(200) as u8, next(10) as f32);
            Drawn::Fork(feature, threshold, Box::new([draw(left, next), draw(leaves - left, next)]))
        }
        for leaves in (1..=MOST_LEAVES).rev() {
            let drawn: Vec<Drawn> = (0..5).map(|_| draw(leaves, &mut next)).collect();
            let trees: Vec<Tree> = drawn
                .iter()
                .map(|drawn| {
                    let mut tree = Tree { tests: Vec::new(), leaves: [0.0; MOST_LEAVES] };
                    assert_eq!(drawn.put(&mut tree, 0), leaves);
                    tree
                })
                .collect();
            let rows: Vec<Vec<f32>> = (0..40).map(|_| (0..200).map(|_| next(10) as f32).collect()).collect();
            let walked = |row: &Vec<f32>| drawn.iter().fold(0.0, |sum, drawn| sum + drawn.leaf_of(row));
            let walked: Vec<f32> = rows.iter().map(walked).collect();
            let fill = |at: usize, mut row: Row| rows[at].iter().for_each(|&value| row.put("", value));
            let forest = Forest { trees: trees.clone(), sieve: 2, lowest: 0.0 };
            assert_eq!(forest.margins(rows.len(), fill), walked);
            for &engine in engines() {
                let mut lines = Box::new([[0.0; ABREAST]; WIDTH]);
                (0..ABREAST).for_each(|lane| fill(lane, Row::new(&mut lines, lane)));
                let mut sums = [0.0; ABREAST];
                run_on(engine, Grow { trees: &trees, lines: &lines, sums: &mut sums });
                assert_eq!(sums, walked[..ABREAST], "{engine:?}");
            }
        }
    }
}
