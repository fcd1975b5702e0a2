//! Average link in a time window: clusters whose members are on average similar enough become one.

use crate::events::index::Edge;
use crate::events::weekdays::{Week, Weeks, evidence};
use crate::events::weights::{Vector, add, dot};
use std::collections::BTreeMap;

/// How much more alike two clusters must be, per factor e of the members of the smaller one: what they are on average is known the
/// better the more they are, and two large events that share a topic are alike to some degree.
const SIZE: f64 = 0.3;
/// Members from which a cluster is no larger for it.
const LARGE: f64 = 10.0;
/// How many times the threshold articles must reach of which one has a date and the other none: nothing says that their times meet.
pub const UNDATED: f64 = 1.0;

/// What is compared of an article.
#[derive(Debug, Clone, Default)]
pub struct Node {
    pub vector: Vector,
    pub week: Week,
    /// Days since 1970; NaN where unknown.
    pub time: f64,
}

impl Node {
    /// The similarity of two articles: that of their terms, and where one has no date what the weekdays say that they name.
    pub fn similarity(&self, other: &Node) -> f64 {
        let undated = self.time.is_nan() || other.time.is_nan();
        dot(&self.vector, &other.vector) + if undated { evidence(self.week, other.week) } else { 0.0 }
    }
}

/// A cluster of articles, as far as comparing needs it.
#[derive(Debug, Clone)]
pub struct Cluster {
    pub members: Vec<u32>,
    sum: Vector,
    weeks: Weeks,
    undated: usize,
    /// Infinite where no date is known.
    pub first: f64,
    /// Negatively infinite where no date is known.
    pub last: f64,
}

impl Cluster {
    pub fn new(row: u32, node: &Node) -> Self {
        let unknown = node.time.is_nan();
        Cluster {
            members: vec![row],
            sum: node.vector.clone(),
            weeks: Weeks::of(node.week, !unknown),
            undated: usize::from(unknown),
            first: if unknown { f64::INFINITY } else { node.time },
            last: if unknown { f64::NEG_INFINITY } else { node.time },
        }
    }

    /// The sum of the similarities of all pairs of an article here and one there.
    pub fn total(&self, other: &Cluster) -> f64 {
        dot(&self.sum, &other.sum) + self.weeks.evidence(&other.weeks)
    }

    /// What a mean similarity of the two is worth beside the threshold.
    pub fn worth(&self, other: &Cluster, total: f64) -> f64 {
        let (mine, theirs) = (self.members.len(), other.members.len());
        let size = 1.0 + SIZE * (mine.min(theirs) as f64).min(LARGE).ln();
        let dated = |cluster: &Cluster| cluster.undated == 0;
        let undated = |cluster: &Cluster| cluster.undated == cluster.members.len();
        let mixed = !(dated(self) && dated(other) || undated(self) && undated(other));
        total / (mine * theirs) as f64 / size / if mixed { UNDATED } else { 1.0 }
    }

    /// The cluster as one article: the direction of all its terms, at the time of its first.
    pub fn as_node(&self) -> Node {
        let length = dot(&self.sum, &self.sum).sqrt().max(1e-9);
        let vector = self.sum.iter().map(|&(key, weight)| (key, (f64::from(weight) / length) as f32)).collect();
        Node { vector, week: 0, time: if self.first.is_finite() { self.first } else { f64::NAN } }
    }

    /// Whether all dates of the two lie within `window` days.
    pub fn is_near(&self, other: &Cluster, window: f64) -> bool {
        self.last.max(other.last) - self.first.min(other.first) <= window
    }

    /// The `most` terms of a vector that add most to its mean similarity to the articles here, with what each adds.
    pub fn shares(&self, vector: &Vector, most: usize) -> Vector {
        let count = self.members.len() as f32;
        let theirs = |key: u64| self.sum.binary_search_by_key(&key, |&(key, _)| key).map_or(0.0, |at| self.sum[at].1);
        let mut shares: Vector = vector.iter().map(|&(key, weight)| (key, weight * theirs(key) / count)).collect();
        shares.retain(|&(_, share)| share > 1e-6);
        shares.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shares.truncate(most);
        shares
    }

    pub fn join(&mut self, other: Cluster) {
        self.members.extend(other.members);
        self.sum = add(&self.sum, &other.sum);
        self.weeks.join(&other.weeks);
        self.undated += other.undated;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

struct Linked {
    cluster: Cluster,
    /// Cluster → sum of the similarities of all pairs between it and this one.
    neighbours: BTreeMap<u32, f64>,
}

/// The clusters of articles: the pair of clusters of highest worth (the mean similarity of their members, less for large clusters; ties
/// by the smallest member) merges while that is at least `threshold` and all dates of the union lie within `window` days.
///
/// Reciprocal nearest neighbours are merged in any order: the measure is reducible (a union is worth no more to a third cluster than its
/// better half), so the result is that of the greedy order (Bruynooghe 1977; Müllner, "Modern hierarchical, agglomerative clustering
/// algorithms", 2011). The mean is exact: the sum of all similarities between two clusters is the product of their summed vectors.
/// Only pairs of clusters with an edge can merge, because a mean reaches the threshold only if one of its terms does.
///
/// Returns the clusters with their members as ascending rows, ordered by their first row.
pub fn average_link(nodes: &[Node], edges: &[Edge], window: f64, threshold: f64) -> Vec<Cluster> {
    let mut clusters: Vec<Option<Linked>> = (0u32..)
        .zip(nodes)
        .map(|(row, node)| Some(Linked { cluster: Cluster::new(row, node), neighbours: BTreeMap::new() }))
        .collect();
    for &(a, b, similarity) in edges {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(linked) = &mut clusters[from as usize] {
                linked.neighbours.insert(to, similarity);
            }
        }
    }
    let mut open: Vec<u32> = (0..clusters.len() as u32).rev().collect();
    while let Some(row) = open.pop() {
        let Some(near) = nearest(&clusters, row, threshold) else { continue };
        if nearest(&clusters, near, threshold) != Some(row) {
            continue;
        }
        open.extend(merge(&mut clusters, row.min(near), row.max(near), window));
    }
    clusters
        .into_iter()
        .flatten()
        .map(|linked| {
            let mut cluster = linked.cluster;
            cluster.members.sort_unstable();
            cluster
        })
        .collect()
}

/// The cluster of the highest worth to this one; ties by the smaller row.
fn nearest(clusters: &[Option<Linked>], row: u32, threshold: f64) -> Option<u32> {
    let linked = clusters[row as usize].as_ref()?;
    let mut best: Option<(f64, u32)> = None;
    for (&other, &total) in &linked.neighbours {
        let Some(neighbour) = &clusters[other as usize] else { continue };
        let worth = linked.cluster.worth(&neighbour.cluster, total);
        if worth >= threshold && best.is_none_or(|(highest, _)| worth > highest) {
            best = Some((worth, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Merges `gone` into `kept`; returns the clusters whose nearest neighbour may have changed.
fn merge(clusters: &mut [Option<Linked>], kept: u32, gone: u32, window: f64) -> Vec<u32> {
    let (Some(a), Some(b)) = (clusters[kept as usize].take(), clusters[gone as usize].take()) else {
        return Vec::new();
    };
    let (first, last) = (a.cluster.first.min(b.cluster.first), a.cluster.last.max(b.cluster.last));
    let mut neighbours = BTreeMap::new();
    for &other in a.neighbours.keys().chain(b.neighbours.keys()) {
        let Some(neighbour) = clusters[other as usize].as_mut() else { continue };
        neighbour.neighbours.remove(&kept);
        neighbour.neighbours.remove(&gone);
        let their = &neighbour.cluster;
        if their.last.max(last) - their.first.min(first) > window || neighbours.contains_key(&other) {
            continue;
        }
        let total = |from: &Linked| from.neighbours.get(&other).copied().unwrap_or_else(|| from.cluster.total(their));
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
    let mut cluster = a.cluster;
    cluster.join(b.cluster);
    clusters[kept as usize] = Some(Linked { cluster, neighbours });
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::index::edges;

    /// Average link as it is defined: again and again the two clusters of the highest worth, every mean from scratch.
    fn naive(nodes: &[Node], window: f64, threshold: f64) -> Vec<Vec<u32>> {
        let mut clusters: Vec<Vec<u32>> = (0..nodes.len() as u32).map(|row| vec![row]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for left in 0..clusters.len() {
                for right in left + 1..clusters.len() {
                    let both: Vec<u32> = clusters[left].iter().chain(&clusters[right]).copied().collect();
                    let dates = both.iter().map(|&row| nodes[row as usize].time).filter(|time| !time.is_nan());
                    let span = dates.clone().fold(f64::MIN, f64::max) - dates.fold(f64::MAX, f64::min);
                    let mut total = 0.0;
                    for &a in &clusters[left] {
                        for &b in &clusters[right] {
                            total += nodes[a as usize].similarity(&nodes[b as usize]);
                        }
                    }
                    let (many, few) = (both.len(), clusters[left].len().min(clusters[right].len()));
                    let undated = both.iter().filter(|&&row| nodes[row as usize].time.is_nan()).count();
                    let mean = total / (clusters[left].len() * clusters[right].len()) as f64;
                    let worth = mean
                        / (1.0 + SIZE * (few as f64).min(LARGE).ln())
                        / if undated == 0 || undated == many { 1.0 } else { UNDATED };
                    if span <= window && worth >= threshold && best.is_none_or(|(highest, _, _)| worth > highest + 1e-9)
                    {
                        best = Some((worth, left, right));
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

    /// Unit vectors around a few topics, with dates and weekdays, from a small generator; in the order of time, undated ones last.
    fn articles(seed: u64, count: usize) -> Vec<Node> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut nodes = Vec::new();
        for row in 0..count {
            let topic = (row % 4) as u64 * 6;
            let mut vector: Vector = (0..6).map(|term| (topic + term, (0.2 + next()) as f32)).collect();
            vector.extend((0..6).map(|term| (100 + 6 * row as u64 + term, (0.4 + next()) as f32)));
            let norm = vector.iter().map(|&(_, weight)| f64::from(weight).powi(2)).sum::<f64>().sqrt();
            vector.iter_mut().for_each(|(_, weight)| *weight = (f64::from(*weight) / norm) as f32);
            let time = if next() < 0.3 { f64::NAN } else { next() * 6.0 };
            let week = if next() < 0.5 { 1 << ((next() * 7.0) as u32 % 7) } else { 0 };
            nodes.push(Node { vector, week, time });
        }
        nodes.sort_by(|a, b| a.time.total_cmp(&b.time));
        nodes
    }

    #[test]
    fn clusters_are_those_of_average_link_by_definition() {
        let mut joined = 0;
        for seed in 1..60 {
            let nodes = articles(seed, 16);
            let found: Vec<Vec<u32>> = average_link(&nodes, &edges(&nodes, 3.0, 0.2), 3.0, 0.2)
                .into_iter()
                .map(|cluster| cluster.members)
                .collect();
            assert_eq!(found, naive(&nodes, 3.0, 0.2), "seed {seed}");
            joined += found.iter().filter(|cluster| cluster.len() > 2).count();
        }
        assert!(joined > 60, "the articles must give it something to join: {joined}");
    }
}
