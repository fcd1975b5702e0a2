//! Events that nothing can join any more are looked at once more before they are final: what has become common, and which sentences
//! are standing lines, shows only weeks later.

use super::regrouping::event_name;
use super::{Held, Stream};
use crate::events::grouping::group;
use crate::events::terms::{Prepared, prepare};
use crate::events::weights::Frequencies;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Windows after which the event of an article is final, at the earliest.
const UNTIL_FINAL: f64 = 10.0;
/// Windows from one look to the next.
const STEP: f64 = 3.0;
/// Windows after those whose events become final that are looked at with them.
const BESIDE: f64 = 2.0;

/// The first and the last known date of an event.
#[derive(Clone, Copy)]
struct Span(f64, f64);

impl Default for Span {
    fn default() -> Self {
        Span(f64::INFINITY, f64::NEG_INFINITY)
    }
}

impl Span {
    fn add(&mut self, time: f64) {
        (self.0, self.1) = (self.0.min(time), self.1.max(time));
    }

    fn days(self) -> f64 {
        self.1 - self.0
    }
}

impl Stream {
    /// Groups the closed articles anew whose events become final, or all of them, with those beside them; nothing if it is not yet time.
    pub(super) fn review(&mut self, all: bool) {
        let window = self.settings.window;
        let due = self.now() - UNTIL_FINAL * window;
        if self.final_until.is_nan() {
            self.final_until = due;
        }
        if self.closed.is_empty() || !all && due - self.final_until < STEP * window {
            return;
        }
        self.forget_replaced_of_closed();
        let present = self.present();
        let last = if all { f64::INFINITY } else { due + BESIDE * window };
        let known: Vec<(&Held, Prepared)> = self
            .closed
            .iter()
            .filter(|article| article.stands(present) <= last)
            .map(|article| {
                (article, prepare(&article.title, &article.text, &self.stemmers, &self.prior, &self.refrains))
            })
            .collect();
        let closed = known.iter().map(|(article, prepared)| (*article, prepared));
        let held = self.held.iter().zip(&self.prepared).filter(|_| all);
        let mut articles: Vec<(&Held, &Prepared)> = closed.chain(held).collect();
        articles.sort_by(|(a, _), (b, _)| a.in_time(b));
        let mut frequencies = Frequencies::default();
        let dated = self.held.iter().zip(&self.prepared).filter(|(article, _)| !article.time.is_nan());
        dated.for_each(|(_, prepared)| frequencies.add(prepared));
        let prepared: Vec<&Prepared> = articles.iter().map(|(_, prepared)| *prepared).collect();
        let times: Vec<f64> = articles.iter().map(|(article, _)| article.time).collect();
        let (_, clusters) = group(&prepared, &times, self.corpus.beside(&frequencies), &self.settings);

        let open: HashSet<&str> = self.held.iter().map(|article| article.id.as_str()).collect();
        let is_told =
            |article: &Held| article.stands(present) <= self.final_until || open.contains(article.id.as_str());
        // The article whose id an event bears stays in it.
        let names: HashSet<&str> = articles
            .iter()
            .filter(|(article, _)| is_told(article))
            .map(|(article, _)| article.event.as_str())
            .collect();
        let is_fixed = |article: &Held| is_told(article) || names.contains(article.id.as_str());
        let mut spans: HashMap<&str, Span> = HashMap::new();
        for (article, _) in articles.iter().filter(|(article, _)| is_fixed(article)) {
            spans.entry(&article.event).or_default().add(article.time);
        }
        let mut moved: BTreeMap<String, String> = BTreeMap::new();
        for cluster in clusters {
            let members = cluster.members.iter().map(|&row| articles[row as usize].0);
            let (fixed, others): (Vec<&Held>, Vec<&Held>) = members.partition(|article| is_fixed(article));
            // Fixed articles keep their event, and the others join it where its dates allow.
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            fixed.iter().for_each(|article| *votes.entry(&article.event).or_default() += 1);
            let home = votes.iter().max_by_key(|&(name, &votes)| (votes, std::cmp::Reverse(*name)));
            let home = home.map(|(name, _)| *name).filter(|name| {
                let mut span = spans[name];
                others.iter().for_each(|article| span.add(article.time));
                let is_near = span.days() <= window;
                if is_near {
                    spans.insert(name, span);
                }
                is_near
            });
            let name = home.map_or_else(|| event_name(others.iter().copied()), str::to_string);
            let others = others.iter().filter(|article| article.event != name);
            moved.extend(others.map(|article| (article.id.clone(), name.clone())));
        }
        for article in &mut self.closed {
            if let Some(name) = moved.get(&article.id) {
                article.event.clone_from(name);
            }
        }
        self.moved.extend(moved);
        if !all {
            self.final_until = due;
            self.closed.retain(|article| article.stands(present) > due - 2.0 * window);
        }
    }

    /// Forgets closed articles that came again since: an id is told the event of its last words.
    fn forget_replaced_of_closed(&mut self) {
        let mut later: HashSet<&str> = self.held.iter().map(|article| article.id.as_str()).collect();
        let mut keeps: Vec<bool> = self.closed.iter().rev().map(|article| later.insert(&article.id)).collect();
        self.closed.retain(|_| keeps.pop().unwrap_or(true));
    }
}
