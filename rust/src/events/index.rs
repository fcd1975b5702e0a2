//! Pairs of articles that may report one event: an inverted index over the articles of the window.

use crate::events::keys::{HalfKeyMap, KeyMap, Kind, kind};
use crate::events::node::{Node, WORDS_PER_RARE};
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
    let finder = Finder::new(nodes, first);
    (first..nodes.len())
        .into_par_iter()
        .map_init(Scores::default, |scores, row| {
            let node = &nodes[row];
            let mut found = Vec::new();
            // Undated articles come last, so that one of a pair without a date is this one, and near to all.
            let is_near = |other: u32| node.time.is_nan() || node.time - nodes[other as usize].time <= window;
            let least = threshold - if node.time.is_nan() { node.named.most() } else { 0.0 };
            finder.candidates(row, least, is_near, scores, |other| {
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

/// Where the earlier articles are found that may be alike to one: by all their terms, or, for one without a date that must share a rare
/// word with all but brief ones, by rare words and among the brief, so that the time follows the number of articles.
struct Finder<'a> {
    nodes: &'a [Node],
    all: Postings,
    brief: Postings,
    /// The articles that hold each rare word of an article without a date, ascending.
    rare: HalfKeyMap<Vec<u32>>,
}

impl<'a> Finder<'a> {
    fn new(nodes: &'a [Node], first: usize) -> Self {
        let (mut all, mut brief) = (Postings::default(), Postings::default());
        let mut rare: HalfKeyMap<Vec<u32>> = HalfKeyMap::default();
        let asked = nodes[first..].iter().filter(|node| asks_for_rare_words(node)).flat_map(|node| &node.rare);
        rare.extend(asked.map(|&(word, _)| (word, Vec::new())));
        let is_all_needed = !nodes[first..].iter().all(asks_for_rare_words);
        for (row, node) in (0..).zip(nodes) {
            if is_all_needed {
                all.add(row, &node.vector);
            }
            if rare.is_empty() {
                continue;
            }
            if node.words < WORDS_PER_RARE {
                brief.add(row, &node.vector);
            }
            for (key, _) in node.vector.iter().filter(|(key, _)| kind(*key) == Kind::Word) {
                if let Some(rows) = rare.get_mut(&((key >> 32) as u32)) {
                    rows.push(row);
                }
            }
        }
        Finder { nodes, all, brief, rare }
    }

    /// Calls `found` with the rows before `row` that may be alike to it.
    fn candidates(
        &self,
        row: usize,
        least: f64,
        is_near: impl Fn(u32) -> bool,
        scores: &mut Scores,
        mut found: impl FnMut(u32),
    ) {
        let (node, end) = (&self.nodes[row], row as u32);
        if !asks_for_rare_words(node) {
            return self.all.candidates(&node.vector, end, least, is_near, scores, found);
        }
        self.brief.candidates(&node.vector, end, least, is_near, scores, &mut found);
        scores.rows.resize(scores.rows.len().max(row), 0.0);
        for rows in node.rare.iter().filter_map(|(word, _)| self.rare.get(word)) {
            for &other in rows.iter().take_while(|&&other| other < end) {
                let shared = &mut scores.rows[other as usize];
                if *shared == 0.0 {
                    scores.touched.push(other);
                }
                *shared += 1.0;
            }
        }
        for other in scores.touched.drain(..) {
            let shared = std::mem::take(&mut scores.rows[other as usize]) as u32;
            let asked = node.rare_words_asked(&self.nodes[other as usize]);
            if asked > 0 && shared >= asked {
                found(other);
            }
        }
    }
}

/// Whether an article must share a rare word with any that is not brief.
fn asks_for_rare_words(node: &Node) -> bool {
    node.time.is_nan() && node.words >= WORDS_PER_RARE
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Articles of a few topics, dated and not, brief and long; each holds some words that few others hold.
    fn articles() -> Vec<Node> {
        let mut state = 7u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut nodes: Vec<Node> = (0..300)
            .map(|_| {
                let topic = next(6);
                let mut words: Vec<u64> = (0..12).map(|_| topic * 20 + next(20)).collect();
                words.extend((0..8).map(|_| 1000 + topic * 40 + next(40)));
                words.sort_unstable();
                words.dedup();
                let is_dated = next(3) == 0;
                let rare = words.iter().filter(|&&word| word >= 1000).map(|&word| (word as u32, word % 3 > 0));
                Node {
                    vector: words.iter().map(|&word| (word << 32, 0.25)).collect(),
                    time: if is_dated { 19_000.0 + next(9) as f64 } else { f64::NAN },
                    words: 5 + next(90) as u32,
                    rare: if is_dated { Vec::new() } else { rare.collect() },
                    ..Node::default()
                }
            })
            .collect();
        nodes.sort_by(|a, b| a.time.total_cmp(&b.time));
        nodes
    }

    #[test]
    fn the_pairs_are_those_of_comparing_all() {
        let nodes = articles();
        let mut all = Vec::new();
        for second in 0..nodes.len() {
            for first in 0..second {
                let similarity = nodes[first].similarity(&nodes[second], 3.0);
                // The dates decide where both have one.
                let is_far = nodes[second].time - nodes[first].time > 3.0;
                if !is_far && similarity >= 0.2 {
                    all.push((first as u32, second as u32));
                }
            }
        }
        let found = |from| -> Vec<(u32, u32)> {
            let mut pairs: Vec<_> = edges_from(&nodes, from, 3.0, 0.2).iter().map(|&(a, b, _)| (a, b)).collect();
            pairs.sort_unstable_by_key(|&(first, second)| (second, first));
            pairs
        };
        let kinds = |pair: &&(u32, u32)| (nodes[pair.0 as usize].time.is_nan(), nodes[pair.1 as usize].time.is_nan());
        for kind in [(false, false), (false, true), (true, true)] {
            assert!(all.iter().filter(|pair| kinds(pair) == kind).count() > 50, "{kind:?}");
        }
        assert!(found(0) == all);
        all.retain(|&(_, second)| second >= 200);
        assert!(found(200) == all);
    }
}
