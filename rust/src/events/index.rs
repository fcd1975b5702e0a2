//! Pairs of articles that may report one event: an inverted index over the articles of the window.

use crate::events::keys::KeyMap;
use crate::events::linkage::Node;
use crate::events::weights::{Vector, dot};
use rayon::prelude::*;

/// A pair of articles (first < second) and their similarity.
pub type Edge = (u32, u32, f64);

/// Articles of a window that one term may bring together; a term of more of them only adds to pairs that another term has found.
pub const CROWD: usize = 2000;

/// The part of the threshold that the terms that are not looked up may add: the less, the fewer pairs are compared in full.
const LEFT_OUT: f64 = 0.5;

/// The articles that hold each term, in the order of their rows, with its weight.
#[derive(Default)]
pub struct Postings {
    lists: KeyMap<Vec<(u32, f32)>>,
    /// The length of the longest vector.
    longest: f64,
}

impl Postings {
    pub fn add(&mut self, row: u32, vector: &Vector) {
        for &(key, weight) in vector {
            self.lists.entry(key).or_default().push((row, weight));
        }
        self.longest = self.longest.max(length(vector));
    }

    /// Calls `found` with the rows before `end`, ascending, whose similarity to the vector (a scalar product) may reach `threshold`.
    ///
    /// `is_near` tells whether a row is in the window; rows are seen from the last, up to the first that is not. The terms of least
    /// weight, which cannot reach the threshold among themselves, are not looked up (Bayardo, Ma and Srikant, WWW 2007).
    pub fn candidates(
        &self,
        vector: &Vector,
        end: u32,
        threshold: f64,
        is_near: impl Fn(u32) -> bool,
        scores: &mut Scores,
        mut found: impl FnMut(u32),
    ) {
        scores.rows.resize(scores.rows.len().max(end as usize), 0.0);
        let (terms, rest) = prefix(vector, LEFT_OUT * threshold / self.longest.max(1e-9));
        for (key, weight) in terms {
            let Some(list) = self.lists.get(&key) else { continue };
            let end = list.partition_point(|&(other, _)| other < end);
            let near = list[..end].iter().rev().take_while(|&&(other, _)| is_near(other)).take(CROWD + 1).count();
            let is_crowd = near > CROWD;
            let near = if is_crowd { end } else { near };
            for &(other, theirs) in list[end - near..end].iter().rev() {
                if is_crowd && !is_near(other) {
                    break;
                }
                let score = &mut scores.rows[other as usize];
                if *score == 0.0 {
                    if is_crowd {
                        continue;
                    }
                    scores.touched.push(other);
                }
                *score += weight * theirs;
            }
        }
        let least = (threshold - rest * self.longest) as f32 - 1e-4;
        scores.touched.sort_unstable();
        for other in scores.touched.drain(..) {
            let score = std::mem::take(&mut scores.rows[other as usize]);
            if score >= least {
                found(other);
            }
        }
    }
}

/// Room for the scores of one look-up, kept between look-ups.
#[derive(Default)]
pub struct Scores {
    rows: Vec<f32>,
    touched: Vec<u32>,
}

/// All pairs of a similarity of at least `threshold` that lie at most `window` days apart; an undated article pairs with any.
///
/// The nodes are in the order of time, undated ones last.
pub fn edges(nodes: &[Node], window: f64, threshold: f64) -> Vec<Edge> {
    edges_from(nodes, 0, window, threshold)
}

/// Of the pairs of `edges` those whose second is `first` or later.
pub fn edges_from(nodes: &[Node], first: usize, window: f64, threshold: f64) -> Vec<Edge> {
    let mut postings = Postings::default();
    for (row, node) in nodes.iter().enumerate() {
        postings.add(row as u32, &node.vector);
    }
    (first..nodes.len())
        .into_par_iter()
        .map_init(Scores::default, |scores, row| {
            let node = &nodes[row];
            let mut found = Vec::new();
            // Undated articles come last, so that one of a pair without a date is this one, and near to all.
            let is_near = |other: u32| node.time.is_nan() || node.time - nodes[other as usize].time <= window;
            let least = threshold - if node.time.is_nan() { node.named.most() } else { 0.0 };
            postings.candidates(&node.vector, row as u32, least, is_near, scores, |other| {
                let similarity = node.similarity(&nodes[other as usize], window);
                if similarity >= threshold {
                    found.push((other, row as u32, similarity));
                }
            });
            found
        })
        .flatten()
        .collect()
}

fn length(vector: &Vector) -> f64 {
    dot(vector, vector).sqrt()
}

/// The terms to look up, heaviest first, and the length of the rest.
fn prefix(vector: &Vector, threshold: f64) -> (Vector, f64) {
    let mut terms = vector.clone();
    terms.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut rest = 0.0;
    while let Some(&(_, weight)) = terms.last() {
        let more = rest + f64::from(weight).powi(2);
        if more >= threshold * threshold {
            break;
        }
        rest = more;
        terms.pop();
    }
    (terms, rest.sqrt())
}
