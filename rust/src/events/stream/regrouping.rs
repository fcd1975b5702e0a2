//! What is open is grouped anew as a batch would; events keep their names, what is long past is let go, refrains are learnt.

use super::{Held, Stream};
use crate::events::grouping::group;
use crate::events::index::Postings;
use crate::events::keys::HalfKeySet;
use crate::events::node::Node;
use crate::events::terms::{Prepared, prepare};
use crate::events::weights::Frequencies;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many of the last dated arrivals may lie ahead of the stream's present.
const AHEAD: usize = 4;
/// Articles of events without any date that are held at most: no window bounds them.
const UNDATED_HELD: usize = 10_000;
/// Articles up to which a stream is young, and lets go of none: what they are told is looked at again when words have been counted
/// as often as the background counts for the long run.
const YOUNG: usize = 1000;

impl Stream {
    /// Groups what is open as a batch does; lets go of events that nothing can join any more.
    pub(super) fn regroup(&mut self, lets_go: bool) {
        if lets_go {
            self.learn();
        }
        self.forget_replaced();
        if lets_go {
            if self.held.len() + self.corpus.articles() >= YOUNG {
                self.let_go();
            }
            self.settled_at = self.now();
        }
        let mut order: Vec<usize> = (0..self.held.len()).collect();
        order.sort_by(|&a, &b| self.held[a].in_time(&self.held[b]));
        let prepared: Vec<&Prepared> = order.iter().map(|&row| &self.prepared[row]).collect();
        let times: Vec<f64> = order.iter().map(|&row| self.held[row].time).collect();
        let dated = times.partition_point(|time| !time.is_nan());
        let mut frequencies = Frequencies::default();
        prepared[..dated].iter().for_each(|article| frequencies.add(article));
        let (nodes, mut clusters) = group(&prepared, &times, self.corpus.beside(&frequencies), &self.settings);
        prepared[dated..].iter().for_each(|article| frequencies.add(article));
        let mut placed: Vec<(usize, Node)> = order.iter().copied().zip(nodes).collect();
        placed.sort_unstable_by_key(|&(row, _)| row);
        self.nodes = placed.into_iter().map(|(_, node)| node).collect();
        for cluster in &mut clusters {
            cluster.members.iter_mut().for_each(|member| *member = order[*member as usize] as u32);
            cluster.members.sort_unstable();
        }
        self.clusters = clusters;
        self.name_events();
        self.home = vec![0; self.held.len()];
        for (at, cluster) in self.clusters.iter().enumerate() {
            cluster.members.iter().for_each(|&row| self.home[row as usize] = at);
        }
        (self.frequencies, self.postings) = (frequencies, Postings::default());
        self.by_id = self.held.iter().enumerate().map(|(row, article)| (article.id.clone(), row)).collect();
        self.by_words.clear();
        for (row, (node, prepared)) in self.nodes.iter().zip(&self.prepared).enumerate() {
            self.postings.add(row as u32, &node.vector);
            self.by_words.insert(prepared.words_key(), row);
        }
        self.settled = self.held.len();
    }

    /// Each cluster bears the name of its event.
    fn name_events(&mut self) {
        self.names.clear();
        for cluster in &self.clusters {
            let name = event_name(cluster.members.iter().map(|&row| &self.held[row as usize]));
            for &row in &cluster.members {
                let article = &mut self.held[row as usize];
                if article.event != name {
                    article.event.clone_from(&name);
                    self.moved.insert(article.id.clone(), name.clone());
                }
            }
            self.names.insert(name);
        }
    }

    fn keep_only(&mut self, keeps: &[bool]) {
        let mut keep = keeps.iter();
        self.held.retain(|_| keep.next().is_none_or(|&keep| keep));
        let mut keep = keeps.iter();
        self.prepared.retain(|_| keep.next().is_none_or(|&keep| keep));
    }

    /// Forgets what new versions have replaced.
    fn forget_replaced(&mut self) {
        let mut keeps = vec![true; self.held.len()];
        for (_, row) in self.replaced.drain(..) {
            keeps[row] = false;
        }
        self.keep_only(&keeps);
    }

    /// Forgets the events whose articles all lie more than three windows behind the date of the stream, and counts their words for the long run.
    fn let_go(&mut self) {
        let (now, present, reach) = (self.now(), self.present(), 3.0 * self.settings.window);
        let mut events: HashMap<&str, (bool, bool, usize)> = HashMap::new();
        for (row, article) in self.held.iter().enumerate() {
            // After a break the date of the stream lies behind what has come.
            let stands = article.stands(present);
            let is_open = now.is_nan() || stands.is_nan() || now - stands <= reach;
            let entry = events.entry(&article.event).or_insert((false, true, row));
            *entry = (entry.0 | is_open, entry.1 & article.time.is_nan(), row);
        }
        let mut undated: Vec<usize> = self
            .held
            .iter()
            .enumerate()
            .filter(|(_, article)| events[article.event.as_str()].1)
            .map(|(row, _)| row)
            .collect();
        let excess = undated.len().saturating_sub(UNDATED_HELD);
        undated.truncate(excess);
        let oldest = undated.last().copied();
        let keeps: Vec<bool> = self
            .held
            .iter()
            .map(|article| {
                let (is_open, is_undated, last) = events[article.event.as_str()];
                is_open && !(is_undated && oldest.is_some_and(|oldest| last <= oldest))
            })
            .collect();
        let gone = keeps.iter().zip(self.held.iter().zip(&self.prepared)).filter(|(keeps, _)| !**keeps);
        for (_, (article, prepared)) in gone {
            if !article.time.is_nan() {
                self.corpus.add(prepared.terms.iter().map(|term| term.key));
            }
            if !events[article.event.as_str()].1 {
                self.closed.push(article.clone());
            }
        }
        self.keep_only(&keeps);
    }

    /// The latest date that is not only that of a few, which may be wrong; infinite before the first dated article.
    pub(super) fn present(&self) -> f64 {
        let mut dates: Vec<f64> = self.clock.iter().copied().collect();
        dates.sort_unstable_by(|a, b| b.total_cmp(a));
        dates.get(AHEAD).or(dates.last()).copied().unwrap_or(f64::INFINITY)
    }

    /// Learns the refrains of the articles that came since the last grouping.
    pub(super) fn learn(&mut self) {
        let (before, present) = (self.refrains.known().clone(), self.present());
        let gone: HashSet<usize> = self.replaced.iter().map(|&(_, row)| row).collect();
        for row in (self.settled..self.held.len()).filter(|row| !gone.contains(row)) {
            self.refrains.add(&self.prepared[row].openings, self.held[row].time, present, self.settings.window);
        }
        self.read_again(&before);
    }

    /// Prepares the articles anew that hold what is a refrain by now, or was one before: the same words are told by the same keys.
    fn read_again(&mut self, before: &HalfKeySet) {
        let changed: HalfKeySet = self.refrains.known().symmetric_difference(before).copied().collect();
        if changed.is_empty() {
            return;
        }
        let Stream { held, prepared, stemmers, prior, refrains, .. } = self;
        for (article, prepared) in held.iter().zip(prepared) {
            if prepared.openings.iter().any(|opening| changed.contains(opening)) {
                *prepared = prepare(&article.title, &article.text, stemmers, prior, refrains);
            }
        }
    }
}

/// The id of one of the articles of an event: the one that most of them were told where that is one, else the first to come.
pub(super) fn event_name<'h>(articles: impl Iterator<Item = &'h Held> + Clone) -> String {
    let mut votes: BTreeMap<&str, usize> = articles.clone().map(|article| (article.id.as_str(), 0)).collect();
    for article in articles.clone() {
        votes.entry(&article.event).and_modify(|votes| *votes += 1);
    }
    let first = articles.map(|article| article.id.as_str()).next().unwrap_or("");
    let most = votes.iter().max_by_key(|&(name, &votes)| (votes, *name == first, std::cmp::Reverse(*name)));
    most.map_or("", |(name, _)| *name).to_string()
}
