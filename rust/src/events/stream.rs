//! Articles one after another, each told its event when it comes. What is open is grouped anew from time to time, as a batch would.

use crate::events::corpus::Corpus;
use crate::events::grouping::{Settings, asked_of_two, is_held_by_one_word, node};
use crate::events::index::{Postings, Scores};
use crate::events::linkage::Cluster;
use crate::events::node::Node;
use crate::events::refrains::Refrains;
use crate::events::stem::Stemmers;
use crate::events::terms::{Prepared, in_words, prepare};
use crate::events::weights::{Frequencies, Prior};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

mod regrouping;
mod review;
mod state;

pub use state::State;

/// Terms that an explanation names at most.
const EXPLAINED: usize = 8;
/// Articles after which the open ones are grouped anew, at least; also a quarter of those that are open. Two thirds of a window are enough, too, so
/// that none is let go before it was grouped.
const PAUSE: usize = 64;
/// Dated arrivals whose median is the date of the stream: single wrong dates do not move it.
const CLOCK: usize = 101;

/// An article that can still be joined.
#[derive(Debug, Clone, Default)]
pub struct Held {
    pub id: String,
    pub title: String,
    pub text: String,
    /// Days since 1970; NaN where unknown.
    pub time: f64,
    /// The date of the stream when it came; NaN before the first dated article.
    pub arrived: f64,
    pub event: String,
}

impl Held {
    /// The day by which it is let go: that of its date, or when it came where that is unknown or lies ahead of the `present`.
    fn stands(&self, present: f64) -> f64 {
        if self.time <= present { self.time } else { self.time.min(self.arrived) }
    }

    /// By date, undated ones last, then id.
    fn in_time(&self, other: &Held) -> std::cmp::Ordering {
        self.time.total_cmp(&other.time).then_with(|| self.id.cmp(&other.id))
    }
}

/// What an article is told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Joined {
    pub event: String,
    /// Mean similarity to the articles of the event that were there before; 1 where it is the first.
    pub similarity: f32,
    pub shared: Vec<(String, f32)>,
    /// Articles of the event that are held, this one included.
    pub size: u32,
    /// The first and last known date of the event; NaN where none is known.
    pub first: f64,
    pub last: f64,
    /// The article of the same words that stands for this one, "" where there is none.
    pub copy_of: String,
}

pub struct Stream {
    settings: Settings,
    prior: Prior,
    stemmers: Stemmers,
    held: Vec<Held>,
    settled: usize,
    settled_at: f64,
    /// Rows that a new version has replaced, with the number of articles that were held then; let go when what is open is grouped anew.
    replaced: Vec<(usize, usize)>,
    clock: VecDeque<f64>,
    moved: BTreeMap<String, String>,
    /// What was let go, until two windows after its event is final: so far an event reaches whose last article is beside those that follow.
    closed: Vec<Held>,
    /// The day up to which all events are final.
    final_until: f64,
    /// The words of dated articles that were let go.
    corpus: Corpus,
    /// The sentences of all articles that have been grouped.
    refrains: Refrains,
    prepared: Vec<Prepared>,
    nodes: Vec<Node>,
    /// The cluster of each held article.
    home: Vec<usize>,
    clusters: Vec<Cluster>,
    names: HashSet<String>,
    by_id: HashMap<String, usize>,
    by_words: HashMap<u128, usize>,
    frequencies: Frequencies,
    postings: Postings,
    scores: Scores,
}

impl Stream {
    pub fn new(prior: Prior, settings: Settings) -> Self {
        Stream {
            settings,
            prior,
            stemmers: Stemmers::default(),
            held: Vec::new(),
            settled: 0,
            settled_at: f64::NAN,
            replaced: Vec::new(),
            clock: VecDeque::new(),
            moved: BTreeMap::new(),
            closed: Vec::new(),
            final_until: f64::NAN,
            corpus: Corpus::default(),
            refrains: Refrains::default(),
            prepared: Vec::new(),
            nodes: Vec::new(),
            home: Vec::new(),
            clusters: Vec::new(),
            names: HashSet::new(),
            by_id: HashMap::new(),
            by_words: HashMap::new(),
            frequencies: Frequencies::default(),
            postings: Postings::default(),
            scores: Scores::default(),
        }
    }

    pub fn len(&self) -> usize {
        self.held.len() - self.replaced.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The articles whose event is another one than they were told, with that event, since this was last asked.
    pub fn moved(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.moved).into_iter().collect()
    }

    /// Groups what is not final anew at once.
    pub fn settle(&mut self) {
        self.regroup(true);
        self.review(true);
    }

    /// The day up to which no event changes any more; NaN where none is final.
    pub fn final_until(&self) -> f64 {
        self.final_until
    }

    /// Takes an article; an id that is held with other words is a new version, which replaces the old one.
    pub fn add(&mut self, id: &str, title: &str, text: &str, time: f64) -> Joined {
        let (since, now, window) = (self.held.len() - self.settled, self.now(), self.settings.window);
        if self.settled_at.is_nan() {
            self.settled_at = now;
        }
        if now - self.settled_at > window {
            self.learn();
            self.regroup(false); // dates have jumped: what came before has not been grouped
        }
        if since >= PAUSE.max(self.settled / 4) || now - self.settled_at >= window * 2.0 / 3.0 {
            self.regroup(true);
            self.review(false);
        }
        self.take(id, title, text, time)
    }

    fn take(&mut self, id: &str, title: &str, text: &str, time: f64) -> Joined {
        let time = if time.is_finite() { time } else { f64::NAN };
        if !time.is_nan() {
            self.clock.push_back(time);
            if self.clock.len() > CLOCK {
                self.clock.pop_front();
            }
        }
        let prepared = prepare(title, text, &self.stemmers, &self.prior, &self.refrains);
        let alone =
            |event: String| Joined { event, similarity: 1.0, size: 1, first: time, last: time, ..Joined::default() };
        let words = prepared.words_key();
        if let Some(&row) = self.by_id.get(id).filter(|&&row| self.prepared[row].words_key() != words) {
            self.release(row);
        }
        if prepared.terms.is_empty() {
            return alone(id.to_string());
        }
        let twin = self.by_words.get(&words).copied().filter(|&row| self.is_in_reach(time, row));
        if let Some(row) = twin {
            return self.joined(row, id, time);
        }
        if let Some(&row) = self.by_id.get(id) {
            self.release(row);
        }
        let row = self.held.len();
        self.frequencies.add(&prepared);
        let article = (time, prepared);
        let node = node(&self.frequencies, self.corpus.outside(), &article);
        let prepared = article.1;
        let single = Cluster::new(row as u32, &node);
        let home = self.nearest(&node, &single);
        let cluster = match home {
            Some(home) => home,
            None => {
                self.clusters.push(single.clone());
                self.clusters.len() - 1
            }
        };
        let event = match home {
            Some(home) => self.held[self.clusters[home].members[0] as usize].event.clone(),
            None => self.fresh_name(id),
        };
        let mut told = alone(event.clone());
        if home.is_some() {
            let others = &self.clusters[cluster];
            let count = others.members.len() as f32;
            told.similarity = (single.total(others, self.settings.window) as f32 / count).clamp(0.0, 1.0);
            told.shared = self.shared(title, text, &node, others);
            self.clusters[cluster].join(single);
        }
        self.postings.add(row as u32, &node.vector);
        self.by_words.insert(words, row);
        self.by_id.insert(id.to_string(), row);
        self.home.push(cluster);
        self.nodes.push(node);
        self.prepared.push(prepared);
        let arrived = self.now();
        self.held.push(Held { id: id.into(), title: title.into(), text: text.into(), time, arrived, event });
        self.tell_of(cluster, told)
    }

    /// Takes an article that a new version replaces out of its event.
    fn release(&mut self, row: usize) {
        let is_held = |article: &&Held| self.by_id.get(&article.id) == Some(&row);
        let Some(article) = self.held.get(row).filter(is_held) else { return };
        self.replaced.push((self.held.len(), row));
        self.by_id.remove(&article.id);
        self.moved.remove(&article.id);
        let words = self.prepared[row].words_key();
        if self.by_words.get(&words) == Some(&row) {
            self.by_words.remove(&words);
        }
        self.frequencies.remove(&self.prepared[row]);
        let cluster = &mut self.clusters[self.home[row]];
        cluster.leave(row as u32, &self.nodes);
        self.nodes[row].vector.clear(); // similar to nothing from now on
        if cluster.members.is_empty() {
            self.names.remove(&article.event);
        }
    }

    /// What a copy of a held article is told.
    fn joined(&self, row: usize, id: &str, time: f64) -> Joined {
        let held = &self.held[row];
        let copy_of = if held.id == id { String::new() } else { held.id.clone() };
        let cluster = &self.clusters[self.home[row]];
        let shared = self.shared(&held.title, &held.text, &self.nodes[row], cluster);
        let told = Joined { event: held.event.clone(), similarity: 1.0, shared, copy_of, ..Joined::default() };
        let mut told = self.tell_of(self.home[row], told);
        (told.first, told.last) = (told.first.min(time), told.last.max(time));
        told
    }

    fn tell_of(&self, cluster: usize, told: Joined) -> Joined {
        let cluster = &self.clusters[cluster];
        let known = |time: f64| if time.is_finite() { time } else { f64::NAN };
        Joined { size: cluster.members.len() as u32, first: known(cluster.first), last: known(cluster.last), ..told }
    }

    fn is_in_reach(&self, time: f64, row: usize) -> bool {
        let cluster = &self.clusters[self.home[row]];
        time.is_nan() || cluster.last.max(time) - cluster.first.min(time) <= self.settings.window
    }

    /// The cluster that an article joins: of the highest worth, ties by the older one.
    fn nearest(&mut self, node: &Node, single: &Cluster) -> Option<usize> {
        let Settings { window, threshold } = self.settings;
        let (nodes, home) = (&self.nodes, &self.home);
        let mut near: Vec<usize> = Vec::new();
        self.postings.candidates(
            &node.vector,
            nodes.len() as u32,
            threshold - node.named.most(),
            |_| true,
            &mut self.scores,
            |row| {
                if nodes[row as usize].similarity(node, window) >= threshold {
                    near.push(home[row as usize]);
                }
            },
        );
        near.sort_unstable();
        near.dedup();
        let mut best: Option<(f64, usize)> = None;
        for cluster in near {
            let other = &self.clusters[cluster];
            let worth = single.worth(other, single.total(other, window));
            let asked = match other.members[..] {
                [row] => asked_of_two(node.words.min(nodes[row as usize].words)),
                _ => 1.0,
            };
            let is_better = worth >= asked * threshold && best.is_none_or(|(highest, _)| worth > highest);
            let members: Vec<&Node> =
                other.members.iter().map(|&row| &nodes[row as usize]).chain(std::iter::once(node)).collect();
            if is_better && single.is_near(other, window) && !is_held_by_one_word(members.into_iter()) {
                best = Some((worth, cluster));
            }
        }
        best.map(|(_, cluster)| cluster)
    }

    /// The terms that an article shares with the articles of a cluster, and what each adds to the mean similarity.
    fn shared(&self, title: &str, text: &str, node: &Node, others: &Cluster) -> Vec<(String, f32)> {
        in_words(title, text, &others.shares(&node.vector, EXPLAINED), &self.stemmers, &self.prior)
    }

    /// The date of the stream.
    fn now(&self) -> f64 {
        let mut dates: Vec<f64> = self.clock.iter().copied().collect();
        dates.sort_unstable_by(f64::total_cmp);
        dates.get(dates.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn fresh_name(&mut self, id: &str) -> String {
        let mut name = id.to_string();
        while !self.names.insert(name.clone()) {
            name.push('+');
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Stream {
        Stream::new(Prior::default(), Settings { window: 3.0, threshold: 0.155 })
    }

    fn told(stream: &mut Stream, articles: &[(&str, &str, f64)]) -> Vec<String> {
        articles.iter().map(|&(id, text, time)| stream.add(id, "", text, time).event).collect()
    }

    const QUAKE: &str = "An earthquake of magnitude six shook the town of Lerwick, and the bridge at Sumburgh fell";
    const QUAKE_AGAIN: &str = "The bridge at Sumburgh fell when an earthquake shook Lerwick, rescue teams said";

    #[test]
    fn reports_of_one_event_join_within_the_window() {
        let mut stream = stream();
        assert_eq!(
            told(&mut stream, &[("a", QUAKE, 1.0), ("b", QUAKE_AGAIN, 2.0), ("c", QUAKE_AGAIN, 9.0)]),
            ["a", "a", "c"]
        );
        let copy = stream.add("d", "", QUAKE, 1.5);
        assert_eq!((copy.event.as_str(), copy.copy_of.as_str(), copy.similarity, copy.size), ("a", "a", 1.0, 2));
        assert_eq!(stream.len(), 3);
    }

    #[test]
    fn what_a_new_version_replaced_is_in_no_grouping() {
        let mut stream = stream();
        told(&mut stream, &[("a", QUAKE, 1.0), ("b", QUAKE_AGAIN, 1.0), ("a", "cricket score of the second day", 1.0)]);
        stream.regroup(false);
        assert_eq!(stream.clusters.iter().map(|cluster| cluster.members.len()).sum::<usize>(), stream.len());
        assert_eq!(stream.len(), 2);
    }

    #[test]
    fn one_date_of_another_century_does_not_end_what_is_open() {
        let mut stream = stream();
        let mut days: Vec<f64> = (0..400).map(|at| f64::from(at) / 100.0).collect();
        days[150] = 50_000.0;
        days[250] = -9_000.0;
        let events: Vec<String> = days
            .iter()
            .enumerate()
            .map(|(at, &day)| {
                let text = if at % 2 == 0 { format!("{QUAKE} {at}") } else { format!("cricket {at} score {at}") };
                stream.add(&format!("{at:03}"), "", &text, day).event
            })
            .collect();
        assert_eq!(events[298], "000");
        assert_eq!(events[150], "150");
        assert_eq!(events[250], "250");
    }

    #[test]
    fn memory_follows_the_window_and_not_the_stream() {
        let mut stream = stream();
        for at in 0..3000 {
            stream.add(
                &format!("{at}"),
                "",
                &format!("report {at} of place {} on matter {}", at * 7, at * 13),
                f64::from(at) / 20.0,
            );
        }
        assert!(stream.len() < 500, "{} are held", stream.len());
    }

    #[test]
    fn a_dated_article_counts_for_the_long_run_once_it_is_let_go() {
        let mut stream = stream();
        for at in 0..1800 {
            let day = if at % 10 == 0 { f64::NAN } else { f64::from(at) / 20.0 };
            stream.add(&format!("{at}"), "", &format!("report {at} of place {}", at * 7), day);
            let dated = stream.held.iter().filter(|article| !article.time.is_nan()).count();
            assert_eq!(stream.corpus.state().1 as usize + dated, (at as usize + 1) - (at as usize / 10 + 1));
        }
        assert!(stream.corpus.state().1 > 500);
    }

    #[test]
    fn what_is_open_is_no_long_run() {
        let mut stream = stream();
        (0..300).for_each(|at| drop(stream.add(&format!("{at}"), "", &format!("cricket score {at}"), 1.0)));
        assert_eq!(stream.corpus, Corpus::default());
        assert!(stream.refrains.state().is_empty());
    }
}
