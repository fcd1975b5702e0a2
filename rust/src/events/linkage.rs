//! Average link in a time window: clusters whose members are on average similar enough become one.

use crate::events::index::Edge;
use crate::events::weights::{Vector, add, dot};
use std::collections::BTreeMap;

/// How many times the threshold articles must reach of which one has no date: nothing but their words says that they report one
/// event, and the same people at another time use the same words.
pub const UNDATED: f64 = 2.3;

struct Cluster {
    members: Vec<u32>,
    /// Whether a member has no date.
    undated: bool,
    sum: Vector,
    first: f64,
    last: f64,
    /// Cluster → sum of the similarities of all pairs between it and this one.
    neighbours: BTreeMap<u32, f64>,
}

/// The clusters of unit vectors: the most similar pair of clusters (by the mean similarity of their members; ties by the smallest
/// member) merges while that mean is at least `threshold` (more where a date is missing) and all dates of the union lie within `window` days.
///
/// Reciprocal nearest neighbours are merged in any order: average link is reducible, so the result is that of the greedy order
/// (Bruynooghe 1977; Müllner, "Modern hierarchical, agglomerative clustering algorithms", 2011). The mean is exact: the sum of all
/// similarities between two clusters is the product of their summed vectors. Only pairs of clusters with an edge can merge,
/// because a mean reaches the threshold only if one of its terms does.
///
/// Returns the clusters as ascending rows, ordered by their first row.
pub fn average_link(vectors: &[Vector], times: &[f64], edges: &[Edge], window: f64, threshold: f64) -> Vec<Vec<u32>> {
    let mut clusters: Vec<Option<Cluster>> = vectors
        .iter()
        .zip(times)
        .enumerate()
        .map(|(row, (vector, &time))| {
            Some(Cluster {
                members: vec![row as u32],
                undated: time.is_nan(),
                sum: vector.clone(),
                first: if time.is_nan() { f64::INFINITY } else { time },
                last: if time.is_nan() { f64::NEG_INFINITY } else { time },
                neighbours: BTreeMap::new(),
            })
        })
        .collect();
    for &(a, b, similarity) in edges {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(cluster) = &mut clusters[from as usize] {
                cluster.neighbours.insert(to, similarity);
            }
        }
    }
    let mut open: Vec<u32> = (0..clusters.len() as u32).rev().collect();
    while let Some(row) = open.pop() {
        let Some(near) = nearest(&clusters, row, threshold) else { continue };
        if nearest(&clusters, near, threshold) != Some(row) {
            continue;
        }
        let merged = merge(&mut clusters, row.min(near), row.max(near), window);
        open.extend(merged);
    }
    clusters
        .into_iter()
        .flatten()
        .map(|mut cluster| {
            cluster.members.sort_unstable();
            cluster.members
        })
        .collect()
}

/// The cluster with the highest mean similarity to this one; ties by the smaller row.
fn nearest(clusters: &[Option<Cluster>], row: u32, threshold: f64) -> Option<u32> {
    let cluster = clusters[row as usize].as_ref()?;
    let mut best: Option<(f64, u32)> = None;
    for (&other, &total) in &cluster.neighbours {
        let Some(neighbour) = &clusters[other as usize] else { continue };
        let mean = total / (cluster.members.len() * neighbour.members.len()) as f64;
        let undated = cluster.undated || neighbour.undated;
        if mean >= if undated { UNDATED * threshold } else { threshold }
            && best.is_none_or(|(highest, _)| mean > highest)
        {
            best = Some((mean, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Merges `gone` into `kept`; returns the clusters whose nearest neighbour may have changed.
fn merge(clusters: &mut [Option<Cluster>], kept: u32, gone: u32, window: f64) -> Vec<u32> {
    let (Some(a), Some(b)) = (clusters[kept as usize].take(), clusters[gone as usize].take()) else {
        return Vec::new();
    };
    let (first, last) = (a.first.min(b.first), a.last.max(b.last));
    let mut neighbours = BTreeMap::new();
    for &other in a.neighbours.keys().chain(b.neighbours.keys()) {
        let Some(neighbour) = clusters[other as usize].as_mut() else { continue };
        neighbour.neighbours.remove(&kept);
        neighbour.neighbours.remove(&gone);
        if neighbour.last.max(last) - neighbour.first.min(first) > window || neighbours.contains_key(&other) {
            continue;
        }
        let total =
            |from: &Cluster| from.neighbours.get(&other).copied().unwrap_or_else(|| dot(&from.sum, &neighbour.sum));
        neighbours.insert(other, total(&a) + total(&b));
    }
    for (&other, &total) in &neighbours {
        if let Some(neighbour) = &mut clusters[other as usize] {
            neighbour.neighbours.insert(kept, total);
        }
    }
    let mut changed: Vec<u32> =
        a.neighbours.keys().chain(b.neighbours.keys()).copied().filter(|&row| row != kept && row != gone).collect();
    changed.push(kept);
    let undated = a.undated || b.undated;
    let mut members = a.members;
    members.extend(b.members);
    clusters[kept as usize] = Some(Cluster { members, undated, sum: add(&a.sum, &b.sum), first, last, neighbours });
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::index::edges;

    /// Average link as it is defined: again and again the two clusters with the highest mean similarity, every mean from scratch.
    fn naive(vectors: &[Vector], times: &[f64], window: f64, threshold: f64) -> Vec<Vec<u32>> {
        let mut clusters: Vec<Vec<u32>> = (0..vectors.len() as u32).map(|row| vec![row]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for left in 0..clusters.len() {
                for right in left + 1..clusters.len() {
                    let both: Vec<u32> = clusters[left].iter().chain(&clusters[right]).copied().collect();
                    let dates = both.iter().map(|&row| times[row as usize]);
                    let span = dates.clone().fold(f64::MIN, f64::max) - dates.fold(f64::MAX, f64::min);
                    let mut total = 0.0;
                    for &a in &clusters[left] {
                        for &b in &clusters[right] {
                            total += dot(&vectors[a as usize], &vectors[b as usize]);
                        }
                    }
                    let mean = total / (clusters[left].len() * clusters[right].len()) as f64;
                    if span <= window && mean >= threshold && best.is_none_or(|(highest, _, _)| mean > highest + 1e-9) {
                        best = Some((mean, left, right));
                    }
                }
            }
            let Some((_, left, right)) = best else { break };
            let gone = clusters.remove(right);
            clusters[left].extend(gone);
            clusters[left].sort_unstable();
        }
        clusters
    }

    /// Unit vectors around a few topics, with dates, from a small generator.
    fn articles(seed: u64, count: usize) -> (Vec<Vector>, Vec<f64>) {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut vectors = Vec::new();
        let mut times = Vec::new();
        for row in 0..count {
            let topic = (row % 4) as u64 * 6;
            let mut vector: Vector = (0..6).map(|term| (topic + term, (0.2 + next()) as f32)).collect();
            vector.extend((0..6).map(|term| (100 + 6 * row as u64 + term, (0.4 + next()) as f32)));
            let norm = vector.iter().map(|&(_, weight)| f64::from(weight).powi(2)).sum::<f64>().sqrt();
            vector.iter_mut().for_each(|(_, weight)| *weight = (f64::from(*weight) / norm) as f32);
            vectors.push(vector);
            times.push(next() * 6.0);
        }
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
        (order.iter().map(|&row| vectors[row].clone()).collect(), order.iter().map(|&row| times[row]).collect())
    }

    #[test]
    fn clusters_are_those_of_average_link_by_definition() {
        let mut joined = 0;
        for seed in 1..60 {
            let (vectors, times) = articles(seed, 14);
            let found = average_link(&vectors, &times, &edges(&vectors, &times, 3.0, 0.2), 3.0, 0.2);
            assert_eq!(found, naive(&vectors, &times, 3.0, 0.2), "seed {seed}");
            joined += found.iter().filter(|cluster| cluster.len() > 2).count();
        }
        assert!(joined > 60, "the articles must give it something to join: {joined}");
    }

    #[test]
    fn an_article_without_a_date_must_be_far_more_alike() {
        let (vectors, _) = articles(7, 2);
        let alike = dot(&vectors[0], &vectors[0]);
        let twins = [vectors[0].clone(), vectors[0].clone()];
        let join = |times: &[f64], threshold: f64| {
            average_link(&twins, times, &edges(&twins, times, 3.0, threshold), 3.0, threshold).len()
        };
        assert_eq!(join(&[1.0, 2.0], 0.9 * alike), 1);
        assert_eq!(join(&[1.0, f64::NAN], 0.9 * alike), 2);
        assert_eq!(join(&[1.0, f64::NAN], 0.9 * alike / UNDATED), 1);
    }
}
