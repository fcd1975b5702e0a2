//! Articles in the order of time become clusters: what the batch and the stream have in common.

use crate::events::corpus::LongRun;
use crate::events::index;
use crate::events::keys::{KeyMap, Kind, kind};
use crate::events::linkage::{Cluster, average_link};
use crate::events::named_days::names_weekday;
use crate::events::node::Node;
use crate::events::terms::Prepared;
use crate::events::weights::Frequencies;
use rayon::prelude::*;
use std::borrow::Borrow;

#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Days that the articles of one event may lie apart.
    pub window: f64,
    pub threshold: f64,
}

/// Words of the shorter of two articles below which more similarity is asked of them to be an event that no third one confirms: as many times more
/// as it is shorter, up to so many. A short article reaches the threshold by one word, the name of a place or of a kind of news.
const BRIEF: f64 = 50.0;
const MOST_ASKED: f64 = 1.5;

/// How many times the threshold two articles must reach that are an event by themselves, of which the shorter has so many words.
pub fn asked_of_two(words: u32) -> f64 {
    (BRIEF / f64::from(words.max(1))).clamp(1.0, MOST_ASKED)
}

/// Distinct words of a sentence or two, and members of an event, up to which one word does not hold it together; and the part of what the words
/// that they share add which is that of one word, in an event that is held together by it.
const SENTENCES: u32 = 25;
const FEW: usize = 10;
const ONE_WORD: f64 = 0.8;

/// Whether these are few and brief and share one and the same word, beside weekdays: in a dump of a few sentences the name of a town brings any together.
pub fn is_held_by_one_word<'n>(nodes: impl ExactSizeIterator<Item = &'n Node> + Clone) -> bool {
    if !(2..=FEW).contains(&nodes.len()) || nodes.clone().any(|node| node.words >= SENTENCES) {
        return false;
    }
    let mut sums: KeyMap<(f64, f64)> = KeyMap::default();
    let words = nodes.flat_map(|node| &node.vector).filter(|(key, _)| kind(*key) == Kind::Word);
    for &(key, weight) in words {
        let (sum, squares) = sums.entry(key).or_default();
        *sum += f64::from(weight);
        *squares += f64::from(weight).powi(2);
    }
    let (mut most, mut all) = (0.0f64, 0.0);
    for (key, (sum, squares)) in sums {
        if !names_weekday(key) {
            let shared = sum * sum - squares;
            most = most.max(shared);
            all += shared;
        }
    }
    most >= ONE_WORD * all
}

/// The clusters, but the articles of a pair that is not alike enough, and of what one word holds together, are alone; `nodes` are those of the members, from row `base` on.
pub fn confirmed(clusters: Vec<Cluster>, nodes: &[Node], base: u32, settings: &Settings) -> Vec<Cluster> {
    let single = |row: u32| (row, &nodes[(row - base) as usize]);
    let mut found = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        if is_held_by_one_word(cluster.members.iter().map(|&row| single(row).1)) {
            found.extend(cluster.members.iter().map(|&row| Cluster::new(row, single(row).1)));
            continue;
        }
        if let [a, b] = cluster.members[..] {
            let (a, b) = (single(a), single(b));
            let asked = settings.threshold * asked_of_two(a.1.words.min(b.1.words));
            if a.1.similarity(b.1, settings.window) < asked {
                found.extend([a, b].map(|(row, node)| Cluster::new(row, node)));
                continue;
            }
        }
        found.push(cluster);
    }
    found
}

/// The weighted articles and their clusters. `articles` and `times` are in the order of time, undated articles last.
pub fn group(
    articles: &[&Prepared],
    times: &[f64],
    long_run: LongRun<'_>,
    settings: &Settings,
) -> (Vec<Node>, Vec<Cluster>) {
    let mut weigher = Weigher::new(settings.window, times.last().is_some_and(|time| time.is_nan()), long_run);
    for (&article, &time) in articles.iter().zip(times) {
        weigher.push(time, article);
    }
    let nodes = weigher.weigh(true);
    let edges = index::edges(&nodes, settings.window, settings.threshold);
    let clusters = average_link(&nodes, &edges, settings.window, settings.threshold);
    let clusters = confirmed(clusters, &nodes, 0, settings);
    (nodes, clusters)
}

/// Weighs articles that come in the order of time, undated ones last; holds those of the window.
///
/// An article is weighed by the articles within `window` of its day and by the long run; an undated one by all.
pub struct Weigher<'c, P> {
    window: f64,
    long_run: LongRun<'c>,
    near: Frequencies,
    /// Where undated articles are to come, what they are weighed by.
    all: Option<Frequencies>,
    held: Vec<(f64, P)>,
    /// Of those that are held, the articles counted in `near`, and the first that is not weighed.
    from: usize,
    to: usize,
    at: usize,
}

impl<'c, P: Borrow<Prepared> + Sync> Weigher<'c, P> {
    pub fn new(window: f64, with_undated: bool, long_run: LongRun<'c>) -> Self {
        let all = with_undated.then(Frequencies::default);
        Weigher { window, long_run, near: Frequencies::default(), all, held: Vec::new(), from: 0, to: 0, at: 0 }
    }

    pub fn push(&mut self, time: f64, article: P) {
        if let Some(all) = &mut self.all {
            all.add(article.borrow());
        }
        self.held.push((time, article));
    }

    /// Articles that are held.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// The earliest time that an article which is not weighed yet may have; negatively infinite where undated ones are to come.
    pub fn next(&self) -> f64 {
        match (&self.all, self.held.get(self.at).or(self.held.last())) {
            (None, Some(&(time, _))) => time,
            _ => f64::NEG_INFINITY,
        }
    }

    /// The articles whose window is complete, in their order; all if it is the `end`.
    pub fn weigh(&mut self, end: bool) -> Vec<Node> {
        let dated = self.held.partition_point(|(time, _)| !time.is_nan());
        let last = if end || dated < self.held.len() { f64::INFINITY } else { self.next_after() };
        let mut nodes = Vec::new();
        while self.at < dated {
            let day = self.held[self.at].0.round();
            if last - day <= self.window {
                break;
            }
            while self.to < dated && self.held[self.to].0 - day <= self.window {
                self.near.add(self.held[self.to].1.borrow());
                self.to += 1;
            }
            while self.from < self.to && day - self.held[self.from].0 > self.window {
                self.near.remove(self.held[self.from].1.borrow());
                self.from += 1;
            }
            let until = self.at + self.held[self.at..dated].partition_point(|(time, _)| time.round() <= day);
            nodes.par_extend(
                self.held[self.at..until].par_iter().map(|article| node(&self.near, self.long_run, article)),
            );
            self.at = until;
        }
        if let (true, Some(all)) = (end, &self.all) {
            nodes.par_extend(self.held[self.at..].par_iter().map(|article| node(all, self.long_run, article)));
            self.at = self.held.len();
        }
        let gone = self.from.min(self.at);
        self.held.drain(..gone);
        (self.from, self.to, self.at) = (self.from - gone, self.to - gone, self.at - gone);
        nodes
    }

    /// No article to come is of an earlier time.
    fn next_after(&self) -> f64 {
        self.held.last().map_or(f64::NEG_INFINITY, |&(time, _)| time)
    }
}

/// The weighted article; one without a date knows its rare words.
pub fn node<P: Borrow<Prepared>>(frequencies: &Frequencies, long_run: LongRun<'_>, (time, article): &(f64, P)) -> Node {
    let article = article.borrow();
    let vector = frequencies.vector(article, Some(long_run).filter(|_| !time.is_nan()));
    let rare = if time.is_nan() { frequencies.rare(article) } else { Vec::new() };
    Node { vector, named: article.named, time: *time, words: article.words, rare }
}
