//! Average link in a time window: clusters whose members are on average similar enough become one.

use crate::events::index::{Edge, edges_from};
use crate::events::keys::HalfKeyMap;
use crate::events::lapse::Times;
use crate::events::named_days::NamedCounts;
use crate::events::node::Node;
use crate::events::weights::{Vector, add, dot};
use std::collections::BTreeMap;

/// How much more alike two clusters must be, per factor e of the members of the smaller one: what they are on average is known the
/// better the more they are, and two large events that share a topic are alike to some degree.
const SIZE: f64 = 0.3;
/// Members from which a cluster is no larger for it.
const LARGE: f64 = 10.0;

/// A cluster of articles, as far as comparing needs it.
#[derive(Debug, Clone)]
pub struct Cluster {
    pub members: Vec<u32>,
    sum: Vector,
    named: NamedCounts,
    times: Times,
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
            named: NamedCounts::of(node.named, !unknown),
            times: Times::of(node.time),
            first: if unknown { f64::INFINITY } else { node.time },
            last: if unknown { f64::NEG_INFINITY } else { node.time },
        }
    }

    /// The sum of the similarities of all pairs of an article here and one there.
    pub fn total(&self, other: &Cluster, window: f64) -> f64 {
        dot(&self.sum, &other.sum) + self.named.evidence(&other.named) - self.times.lapse(&other.times, window)
    }

    /// What a mean similarity of the two is worth beside the threshold.
    pub fn worth(&self, other: &Cluster, total: f64) -> f64 {
        let (mine, theirs) = (self.members.len(), other.members.len());
        let size = 1.0 + SIZE * (mine.min(theirs) as f64).min(LARGE).ln();
        total / (mine * theirs) as f64 / size
    }

    /// The cluster as one article: the direction of all its terms, at the time of its first.
    pub fn as_node(&self) -> Node {
        let length = dot(&self.sum, &self.sum).sqrt().max(1e-9);
        let vector = self.sum.iter().map(|&(key, weight)| (key, (f64::from(weight) / length) as f32)).collect();
        let time = if self.first.is_finite() { self.first } else { f64::NAN };
        Node { vector, time, ..Node::default() }
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
        self.named.join(&other.named);
        self.times.join(&other.times);
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    /// Takes an article out; `nodes` are those of all members.
    pub fn leave(&mut self, row: u32, nodes: &[Node]) {
        self.members.retain(|&member| member != row);
        let gone = &nodes[row as usize];
        let minus: Vector = gone.vector.iter().map(|&(key, weight)| (key, -weight)).collect();
        self.sum = add(&self.sum, &minus);
        self.sum.retain(|&(_, weight)| weight > 1e-6);
        self.named.leave(gone.named, !gone.time.is_nan());
        let dates = || self.members.iter().map(|&member| nodes[member as usize].time).filter(|time| !time.is_nan());
        self.times = Times::default();
        dates().for_each(|time| self.times.join(&Times::of(time)));
        self.first = dates().fold(f64::INFINITY, f64::min);
        self.last = dates().fold(f64::NEG_INFINITY, f64::max);
    }
}

struct Linked {
    cluster: Cluster,
    /// Cluster → sum of the similarities of all pairs between it and this one.
    neighbours: BTreeMap<u32, f64>,
}

/// Average link over articles that come in the order of time: what no later article can change merges, and what nothing can join is
/// handed over, so that memory follows the window.
///
/// The pair of clusters of highest worth (the mean similarity of their members, less for large clusters; ties by the smallest member)
/// merges while that is at least `threshold` and all dates of the union lie within `window` days.
///
/// Reciprocal nearest neighbours are merged in any order: the measure is reducible (a union is worth no more to a third cluster than its
/// better half), so the result is that of the greedy order (Bruynooghe 1977; Müllner, "Modern hierarchical, agglomerative clustering
/// algorithms", 2011). The mean is exact: the sum of all similarities between two clusters is the product of their summed vectors.
/// Only pairs of clusters with an edge can merge, because a mean reaches the threshold only if one of its terms does. For the same
/// reasons a pair whose articles are all out of reach of later ones may merge before those are known.
pub struct Linkage {
    window: f64,
    threshold: f64,
    /// By the smallest row of each.
    clusters: HalfKeyMap<Linked>,
}

impl Linkage {
    pub fn new(window: f64, threshold: f64) -> Self {
        Linkage { window, threshold, clusters: HalfKeyMap::default() }
    }

    /// Takes articles, the first of them as row `first`, and the edges between them and to earlier ones.
    pub fn extend(&mut self, first: u32, nodes: &[Node], edges: &[Edge]) {
        for (row, node) in (first..).zip(nodes) {
            self.clusters.insert(row, Linked { cluster: Cluster::new(row, node), neighbours: BTreeMap::new() });
        }
        for &(a, b, similarity) in edges {
            for (from, to) in [(a, b), (b, a)] {
                if let Some(linked) = self.clusters.get_mut(&from) {
                    linked.neighbours.insert(to, similarity);
                }
            }
        }
    }

    /// The smallest row that is not handed over.
    pub fn oldest(&self) -> Option<u32> {
        self.clusters.keys().min().copied()
    }

    /// Merges what articles from the time `next` on cannot change (infinite: there are none; negatively infinite: some are near to all), and hands over the clusters that nothing
    /// can join any more, their members as ascending rows, ordered by their first row.
    pub fn settle(&mut self, next: f64) -> Vec<Cluster> {
        if next == f64::NEG_INFINITY {
            return Vec::new();
        }
        let mut rows: Vec<u32> = self.clusters.keys().copied().collect();
        rows.sort_unstable_by(|a, b| b.cmp(a));
        let mut open = rows.clone();
        while let Some(row) = open.pop() {
            let Some(near) = self.nearest(row) else { continue };
            if self.is_settled(row, next) && self.is_settled(near, next) && self.nearest(near) == Some(row) {
                open.extend(self.merge(row.min(near), row.max(near)));
            }
        }
        rows.retain(|&row| self.is_settled(row, next) && self.nearest(row).is_none());
        let mut closed = Vec::with_capacity(rows.len());
        while let Some(row) = rows.pop() {
            let Some(Linked { mut cluster, neighbours }) = self.clusters.remove(&row) else { continue };
            for other in neighbours.keys() {
                if let Some(other) = self.clusters.get_mut(other) {
                    other.neighbours.remove(&row);
                }
            }
            cluster.members.sort_unstable();
            closed.push(cluster);
        }
        closed
    }

    /// Whether an article from the time `next` on is too late for the cluster.
    fn is_settled(&self, row: u32, next: f64) -> bool {
        next == f64::INFINITY || self.clusters.get(&row).is_some_and(|linked| next - linked.cluster.first > self.window)
    }

    /// The cluster of the highest worth to this one; ties by the smaller row.
    fn nearest(&self, row: u32) -> Option<u32> {
        let linked = self.clusters.get(&row)?;
        let mut best: Option<(f64, u32)> = None;
        for (&other, &total) in &linked.neighbours {
            let Some(neighbour) = self.clusters.get(&other) else { continue };
            let worth = linked.cluster.worth(&neighbour.cluster, total);
            if worth >= self.threshold && best.is_none_or(|(highest, _)| worth > highest) {
                best = Some((worth, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// Merges `gone` into `kept`; returns the clusters whose nearest neighbour may have changed.
    fn merge(&mut self, kept: u32, gone: u32) -> Vec<u32> {
        let (Some(a), Some(b)) = (self.clusters.remove(&kept), self.clusters.remove(&gone)) else {
            return Vec::new();
        };
        let (first, last) = (a.cluster.first.min(b.cluster.first), a.cluster.last.max(b.cluster.last));
        let mut neighbours = BTreeMap::new();
        for &other in a.neighbours.keys().chain(b.neighbours.keys()) {
            let Some(neighbour) = self.clusters.get_mut(&other) else { continue };
            neighbour.neighbours.remove(&kept);
            neighbour.neighbours.remove(&gone);
            let their = &neighbour.cluster;
            if their.last.max(last) - their.first.min(first) > self.window || neighbours.contains_key(&other) {
                continue;
            }
            let total = |from: &Linked| {
                from.neighbours.get(&other).copied().unwrap_or_else(|| from.cluster.total(their, self.window))
            };
            neighbours.insert(other, total(&a) + total(&b));
        }
        for (other, &total) in &neighbours {
            if let Some(neighbour) = self.clusters.get_mut(other) {
                neighbour.neighbours.insert(kept, total);
            }
        }
        let mut changed: Vec<u32> =
            a.neighbours.keys().chain(b.neighbours.keys()).copied().filter(|&row| row != kept && row != gone).collect();
        changed.push(kept);
        let mut cluster = a.cluster;
        cluster.join(b.cluster);
        self.clusters.insert(kept, Linked { cluster, neighbours });
        changed
    }
}

/// Articles in the order of time, undated ones last, linked part by part.
pub struct Linker {
    linkage: Linkage,
    /// Those that are not handed over, or are near to what comes next; the vectors of handed over ones are empty.
    pub nodes: Vec<Node>,
    /// The row of the first of them.
    pub base: u32,
}

impl Linker {
    pub fn new(window: f64, threshold: f64) -> Self {
        Linker { linkage: Linkage::new(window, threshold), nodes: Vec::new(), base: 0 }
    }

    /// The row that the next article will have.
    pub fn end(&self) -> u32 {
        self.base + self.nodes.len() as u32
    }

    /// Takes more articles; returns the clusters that those from the time `next` on cannot change any more.
    pub fn extend(&mut self, more: Vec<Node>, next: f64) -> Vec<Cluster> {
        let Linkage { window, threshold, .. } = self.linkage;
        let first = self.nodes.len();
        self.nodes.extend(more);
        let undated = self.nodes[first..].iter().any(|node| node.time.is_nan());
        let start = self.nodes.get(first).filter(|_| !undated).map_or(f64::NEG_INFINITY, |node| node.time);
        let from = self.nodes[..first].partition_point(|node| start - node.time > window);
        let base = self.base + from as u32;
        let edges: Vec<Edge> = edges_from(&self.nodes[from..], first - from, window, threshold)
            .into_iter()
            .map(|(a, b, similarity)| (a + base, b + base, similarity))
            .collect();
        self.linkage.extend(self.base + first as u32, &self.nodes[first..], &edges);
        self.linkage.settle(next)
    }

    /// The smallest row whose cluster is not handed over, or the next row.
    pub fn oldest(&self) -> u32 {
        self.linkage.oldest().unwrap_or(self.end())
    }

    /// Lets go of the articles of clusters that were handed over.
    pub fn forget(&mut self, closed: &[Cluster]) {
        for &member in closed.iter().flat_map(|cluster| &cluster.members) {
            self.nodes[(member - self.base) as usize].vector = Vector::new();
        }
        let gone = self.oldest() - self.base;
        self.nodes.drain(..gone as usize);
        self.base += gone;
    }
}

/// The clusters of articles; see `Linkage`.
pub fn average_link(nodes: &[Node], edges: &[Edge], window: f64, threshold: f64) -> Vec<Cluster> {
    let mut linkage = Linkage::new(window, threshold);
    linkage.extend(0, nodes, edges);
    linkage.settle(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::index::edges;
    use crate::events::named_days::Named;

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
                            total += nodes[a as usize].similarity(&nodes[b as usize], window);
                        }
                    }
                    let few = clusters[left].len().min(clusters[right].len());
                    let mean = total / (clusters[left].len() * clusters[right].len()) as f64;
                    let worth = mean / (1.0 + SIZE * (few as f64).min(LARGE).ln());
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
            let mut named = Named::default();
            if next() < 0.5 {
                named.weekday((next() * 7.0) as u8 % 7);
            }
            nodes.push(Node { vector, named, time, ..Node::default() });
        }
        nodes.sort_by(|a, b| a.time.total_cmp(&b.time));
        nodes
    }

    #[test]
    fn clusters_are_those_of_average_link_by_definition() {
        let (mut joined, mut early) = (0, 0);
        for seed in 1..60 {
            let mut nodes = articles(seed, 16);
            if seed % 2 == 0 {
                nodes.retain(|node| !node.time.is_nan());
            }
            let found: Vec<Vec<u32>> = average_link(&nodes, &edges(&nodes, 3.0, 0.2), 3.0, 0.2)
                .into_iter()
                .map(|cluster| cluster.members)
                .collect();
            assert_eq!(found, naive(&nodes, 3.0, 0.2), "seed {seed}");
            let mut linker = Linker::new(3.0, 0.2);
            let dated = nodes.partition_point(|node| !node.time.is_nan());
            let mut parts = Vec::new();
            for start in (0..nodes.len()).step_by(3) {
                let end = (start + 3).min(nodes.len());
                let next = if dated < nodes.len() {
                    f64::NEG_INFINITY
                } else {
                    nodes.get(end).map_or(f64::INFINITY, |node| node.time)
                };
                let closed =
                    linker.extend(nodes[start..end].to_vec(), if end == nodes.len() { f64::INFINITY } else { next });
                linker.forget(&closed);
                parts.extend(closed.into_iter().map(|cluster| cluster.members));
            }
            parts.sort();
            assert_eq!(parts, found, "seed {seed}, part by part");
            early += usize::from(dated == nodes.len());
            joined += found.iter().filter(|cluster| cluster.len() > 2).count();
        }
        assert!(
            joined > 60 && early > 10,
            "the articles must give it something to join and to hand over: {joined} {early}"
        );
    }
}
