//! Pairs of articles that may report one event: an inverted index over the articles of the window.

use crate::events::linkage::UNDATED;
use crate::events::weights::Vector;
use rayon::prelude::*;
use std::collections::HashMap;

/// A pair of articles (first < second) and their similarity.
pub type Edge = (u32, u32, f64);

/// All pairs with a similarity of at least `threshold` that lie at most `window` days apart; an undated article pairs with any.
///
/// `vectors` are unit vectors in the order of time. The terms of least weight, whose sum of squares stays below
/// threshold², are not looked up: without another common term they cannot reach the threshold (Bayardo, Ma and Srikant, WWW 2007).
pub fn edges(vectors: &[Vector], times: &[f64], window: f64, threshold: f64) -> Vec<Edge> {
    let mut postings: HashMap<u64, Vec<(u32, f32)>> = HashMap::new();
    for (row, vector) in vectors.iter().enumerate() {
        for &(key, weight) in vector {
            postings.entry(key).or_default().push((row as u32, weight));
        }
    }
    (0..vectors.len())
        .into_par_iter()
        .map_init(
            || (vec![0.0f32; vectors.len()], Vec::new()),
            |(scores, touched), row| {
                // Undated articles come last, so that one of a pair without a date is this one.
                let threshold = if times[row].is_nan() { UNDATED * threshold } else { threshold };
                let looked_up = prefix(&vectors[row], threshold);
                for (key, weight) in looked_up {
                    let Some(list) = postings.get(&key) else { continue };
                    let end = list.partition_point(|&(other, _)| (other as usize) < row);
                    for &(other, theirs) in list[..end].iter().rev() {
                        if times[row] - times[other as usize] > window {
                            break;
                        }
                        let score = &mut scores[other as usize];
                        if *score == 0.0 {
                            touched.push(other);
                        }
                        *score += weight * theirs;
                    }
                }
                touched.sort_unstable();
                let mut found = Vec::new();
                for other in touched.drain(..) {
                    scores[other as usize] = 0.0;
                    let exact = crate::events::weights::dot(&vectors[row], &vectors[other as usize]);
                    if exact >= threshold {
                        found.push((other, row as u32, exact));
                    }
                }
                found
            },
        )
        .flatten()
        .collect()
}

/// The terms to look up, heaviest first.
fn prefix(vector: &Vector, threshold: f64) -> Vector {
    let mut terms = vector.clone();
    terms.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut rest = 0.0;
    while let Some(&(_, weight)) = terms.last() {
        rest += f64::from(weight) * f64::from(weight);
        if rest >= threshold * threshold {
            break;
        }
        terms.pop();
    }
    terms
}
