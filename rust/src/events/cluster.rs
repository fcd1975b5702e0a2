//! From articles to events.

use crate::error::{Error, Result};
use crate::events::corpus::Corpus;
use crate::events::grouping::{Settings, Weigher, confirmed};
use crate::events::keys::{KeyMap, Kind, kind};
use crate::events::linkage::{Cluster, Linker};
use crate::events::node::Node;
use crate::events::refrains::{Openings, Refrains};
use crate::events::stem::Stemmers;
use crate::events::terms::{Prepared, counted, in_words, prepare};
use crate::events::weights::{Prior, Vector};
use crate::texts::Texts;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_128;

/// Terms that an explanation names at most.
const EXPLAINED: usize = 8;

/// Days that the events of one story may lie apart.
const STORY_DAYS: f64 = 30.0;
/// Similarity from which events are of one story.
const STORY: f64 = 0.25;

/// Articles (and events, for stories) that are taken at a time, at least; as many as are held where those are more.
const SLAB: usize = 4096;

/// Articles of a batch that are counted for the long run: all, or as many as this spread over its time.
const COUNTED: usize = 1 << 14;

pub struct Articles<'a> {
    pub titles: Texts<'a>,
    pub texts: Texts<'a>,
    pub ids: Texts<'a>,
    /// Days since 1970; NaN where unknown.
    pub times: &'a [f64],
    /// Near-duplicates share a label; those within the window of each other count as one article.
    pub labels: Option<&'a [i64]>,
}

pub struct Events {
    /// For each article the row of the smallest id of its event.
    pub event: Vec<i64>,
    /// For each article the row of the smallest id of the events of one affair.
    pub story: Vec<i64>,
    /// The mean similarity of each article to the others of its event; 1 where it is alone.
    pub similarity: Vec<f32>,
    /// The terms that each article shares with the others of its event, with what each adds to the similarity.
    pub shared: Shared,
}

/// For each article what it shares with its event: terms as it writes them, and what each adds to the similarity.
#[derive(Default)]
pub struct Shared {
    /// For each article where its entries begin, and how many they are.
    rows: Vec<(u64, u32)>,
    /// Where each term ends, and its share.
    entries: Vec<(u64, f32)>,
    terms: String,
}

impl Shared {
    fn put(&mut self, row: usize, terms: &[(String, f32)]) {
        self.rows[row] = (self.entries.len() as u64, terms.len() as u32);
        for (term, share) in terms {
            self.terms.push_str(term);
            self.entries.push((self.terms.len() as u64, *share));
        }
    }

    /// The terms of each article, most telling first.
    pub fn rows(&self) -> impl Iterator<Item = impl ExactSizeIterator<Item = (&str, f32)>> {
        self.rows.iter().map(|&(first, count)| {
            (first as usize..first as usize + count as usize).map(|at| {
                let start = if at == 0 { 0 } else { self.entries[at - 1].0 as usize };
                let (end, share) = self.entries[at];
                (&self.terms[start..end as usize], share)
            })
        })
    }
}

/// The events of a batch. Neither the order of the rows nor the number of threads changes them.
///
/// Articles are taken in the order of their dates, and what nothing can join any more is let go, so that beside the result only the
/// articles of the window and the events of the last `STORY_DAYS` are in memory; where articles have no date, the vectors of all.
pub fn cluster(articles: &Articles<'_>, prior: &Prior, settings: &Settings) -> Result<Events> {
    in_slabs(articles, prior, settings, SLAB)
}

/// The events of a batch that is taken `slab` articles at a time, at least.
fn in_slabs(articles: &Articles<'_>, prior: &Prior, settings: &Settings, slab: usize) -> Result<Events> {
    let rows = articles.titles.len();
    let lengths =
        [articles.texts.len(), articles.ids.len(), articles.times.len(), articles.labels.map_or(rows, <[i64]>::len)];
    if lengths.iter().any(|&length| length != rows) {
        return Err(Error::Argument(format!("{rows} titles, but {lengths:?} texts, ids, times and labels")));
    }
    if rows > u32::MAX as usize {
        return Err(Error::Argument("a batch holds at most 2^32 articles".into()));
    }
    let time = |row: u32| articles.times[row as usize];
    let id = |row: u32| articles.ids.get(row as usize);
    let mut order: Vec<u32> = (0..rows as u32).collect();
    let ends = |row: u32| if time(row).is_nan() { f64::INFINITY } else { time(row) };
    order.sort_unstable_by(|&a, &b| ends(a).total_cmp(&ends(b)).then_with(|| id(a).cmp(id(b))));
    let is_twin = |a: u32, b: u32| ends(a) == ends(b) && id(a) == id(b);

    let with_undated = order.last().is_some_and(|&row| time(row).is_nan());
    let dated = order.partition_point(|&row| !time(row).is_nan());
    let (corpus, part, refrains) = long_run(articles, &order[..dated], settings.window);
    let mut weigher = Weigher::new(settings.window, with_undated, corpus.sampled(part));
    let mut folds = Folds { window: settings.window, ..Folds::default() };
    let mut linker = Linker::new(settings.window, settings.threshold);
    let mut stories = Stories::new(slab);
    let mut events = Events {
        event: vec![0; rows],
        story: vec![0; rows],
        similarity: vec![1.0; rows],
        shared: Shared { rows: vec![(0, 0); rows], ..Shared::default() },
    };
    let mut at = 0;
    while at < rows {
        let mut end = rows.min(at + slab.max(weigher.len()));
        while end < rows && is_twin(order[end - 1], order[end]) {
            end += 1;
        }
        let mut taken: Vec<(u32, Prepared)> = order[at..end]
            .par_iter()
            .map_init(Stemmers::default, |stemmers, &row| {
                let (title, text) = (articles.titles.get(row as usize), articles.texts.get(row as usize));
                (row, prepare(title, text, stemmers, prior, &refrains))
            })
            .collect();
        for twins in taken.chunk_by_mut(|a, b| is_twin(a.0, b.0)).filter(|twins| twins.len() > 1) {
            twins.sort_by(|(_, a), (_, b)| {
                let words =
                    |article: &Prepared| article.terms.iter().map(|term| (term.key, term.count)).collect::<Vec<_>>();
                words(a).partial_cmp(&words(b)).unwrap_or(std::cmp::Ordering::Equal)
            });
        }
        for (row, article) in taken {
            if folds.is_new(row, time(row), articles.labels.map(|labels| labels[row as usize]), &article) {
                weigher.push(time(row), article);
            }
        }
        at = end;
        let is_end = at == rows;
        if let (false, Some(&row)) = (with_undated, order.get(at)) {
            folds.forget(time(row));
        }
        let nodes = weigher.weigh(is_end);
        let next = if is_end { f64::INFINITY } else { weigher.next() };
        let closed = linker.extend(nodes, next);
        let closed = confirmed(closed, &linker.nodes, linker.base, settings);
        explain(&closed, &linker, &folds, articles, prior, &mut events);
        linker.forget(&closed);
        for cluster in closed {
            let rows: Vec<u32> = cluster.members.iter().flat_map(|&fold| folds.take(fold)).collect();
            let smallest = rows.iter().min_by_key(|&&row| (id(row), row)).copied();
            for &row in &rows {
                events.event[row as usize] = i64::from(smallest.unwrap_or(row));
            }
            stories.waiting.insert(cluster.members[0], (cluster.as_node(), rows));
        }
        for rows in stories.told(linker.oldest(), is_end) {
            let smallest = rows.iter().min_by_key(|&&row| (id(row), row)).copied();
            for &row in &rows {
                events.story[row as usize] = i64::from(smallest.unwrap_or(row));
            }
        }
    }
    Ok(events)
}

/// The words of dated articles over the whole batch, the part of the articles that is counted, and the refrains: copies count once, and of a
/// large batch every n-th article.
fn long_run(articles: &Articles<'_>, dated: &[u32], window: f64) -> (Corpus, f64, Refrains) {
    let step = dated.len().div_ceil(COUNTED).max(1);
    let mut labels = HashSet::new();
    let is_first = |row: &u32| articles.labels.is_none_or(|known| labels.insert(known[*row as usize]));
    let rows: Vec<u32> = dated.iter().copied().step_by(step).filter(is_first).collect();
    let found: Vec<(Vec<u64>, Openings)> = rows
        .par_iter()
        .map_init(Stemmers::default, |stemmers, &row| {
            counted(articles.titles.get(row as usize), articles.texts.get(row as usize), stemmers)
        })
        .collect();
    let (mut corpus, mut refrains) = (Corpus::default(), Refrains::default());
    let mut seen = HashSet::new();
    for ((keys, openings), row) in found.into_iter().zip(rows) {
        let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
        if seen.insert(xxh3_128(&bytes)) {
            corpus.add(keys.into_iter());
            refrains.add(&openings, articles.times[row as usize], f64::INFINITY, window); // in the order of time
        }
    }
    (corpus, 1.0 / step as f64, refrains)
}

/// An article, its similarity to the others of its event, and the terms that it shares with them.
type Explained = (u32, f32, Vec<(String, f32)>);

/// Notes for each article of the clusters how similar it is to the others, and by what.
fn explain(
    clusters: &[Cluster],
    linker: &Linker,
    folds: &Folds,
    articles: &Articles<'_>,
    prior: &Prior,
    events: &mut Events,
) {
    let vector = |fold: u32| &linker.nodes[(fold - linker.base) as usize].vector;
    let explained: Vec<Explained> = clusters
        .par_iter()
        .map(|cluster| &cluster.members)
        .filter(|members| members.len() > 1)
        .map_init(Stemmers::default, |stemmers, members| {
            let mut sum: KeyMap<f32> = KeyMap::default();
            for &(key, weight) in members.iter().flat_map(|&fold| vector(fold)) {
                *sum.entry(key).or_default() += weight;
            }
            let others = (members.len() - 1) as f32;
            let mut found = Vec::new();
            for &fold in members {
                let mut shares: Vector =
                    vector(fold).iter().map(|&(key, w)| (key, w * (sum[&key] - w) / others)).collect();
                let similarity = shares.iter().map(|&(_, share)| share).sum::<f32>().min(1.0);
                shares.retain(|&(_, share)| share > 1e-6);
                shares.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                shares.truncate(EXPLAINED);
                for &row in folds.of(fold) {
                    let (title, text) = (articles.titles.get(row as usize), articles.texts.get(row as usize));
                    found.push((row, similarity, in_words(title, text, &shares, stemmers, prior)));
                }
            }
            found
        })
        .flatten_iter()
        .collect();
    for (row, similarity, shared) in explained {
        events.similarity[row as usize] = similarity;
        events.shared.put(row as usize, &shared);
    }
}

/// Events of one affair: average link over the directions of the events, begun at most `STORY_DAYS` apart.
struct Stories {
    /// Events that are linked at a time, at least.
    at_once: usize,
    linker: Linker,
    /// Events that are not linked, with their rows, by their first fold.
    waiting: BTreeMap<u32, (Node, Vec<u32>)>,
    /// The rows of the events that are linked and not told.
    rows: HashMap<u32, Vec<u32>>,
}

impl Stories {
    fn new(at_once: usize) -> Self {
        Stories { at_once, linker: Linker::new(STORY_DAYS, STORY), waiting: BTreeMap::new(), rows: HashMap::new() }
    }

    /// The rows of each story that is complete, when all events that begin before the fold `oldest` are known.
    fn told(&mut self, oldest: u32, is_end: bool) -> Vec<Vec<u32>> {
        if !is_end && self.waiting.len() < self.at_once {
            return Vec::new();
        }
        let later = self.waiting.split_off(&oldest);
        let known = std::mem::replace(&mut self.waiting, later);
        let mut nodes = Vec::with_capacity(known.len());
        let first = self.linker.end();
        for (at, (_, (node, rows))) in (first..).zip(known) {
            nodes.push(node);
            self.rows.insert(at, rows);
        }
        // Later events begin no earlier than the last of these.
        let next = nodes.last().map_or(f64::NEG_INFINITY, |node| node.time);
        let next = if is_end {
            f64::INFINITY
        } else if next.is_nan() {
            f64::NEG_INFINITY
        } else {
            next
        };
        let closed = self.linker.extend(nodes, next);
        self.linker.forget(&closed);
        let mut rows = |event: &u32| self.rows.remove(event).unwrap_or_default();
        closed.iter().map(|story| story.members.iter().flat_map(&mut rows).collect()).collect()
    }
}

/// The rows that count as one article: near-duplicates by their label, and equal texts, within the window of the first.
#[derive(Default)]
struct Folds {
    window: f64,
    rows: Vec<Vec<u32>>,
    times: Vec<f64>,
    by_label: HashMap<i64, u32>,
    by_words: HashMap<u128, u32>,
}

impl Folds {
    /// Whether the article is one of its own. Articles come in the order of time (undated ones last), then id.
    fn is_new(&mut self, row: u32, time: f64, label: Option<i64>, article: &Prepared) -> bool {
        let words = article.words_key();
        let home = label.and_then(|label| self.by_label.get(&label)).or_else(|| self.by_words.get(&words)).copied();
        let near = |fold: &u32| time.is_nan() || time - self.times[*fold as usize] <= self.window;
        let home = home.filter(|fold| near(fold) && !article.terms.is_empty());
        let fold = home.unwrap_or(self.rows.len() as u32);
        match home {
            Some(fold) => self.rows[fold as usize].push(row),
            None => {
                self.rows.push(vec![row]);
                self.times.push(time);
            }
        }
        if let Some(label) = label {
            self.by_label.insert(label, fold);
        }
        if !article.terms.is_empty() {
            self.by_words.insert(words, fold);
        }
        home.is_none()
    }

    fn of(&self, fold: u32) -> &[u32] {
        &self.rows[fold as usize]
    }

    fn take(&mut self, fold: u32) -> Vec<u32> {
        std::mem::take(&mut self.rows[fold as usize])
    }

    /// Forgets the words of articles that none from the time `next` on is near to.
    fn forget(&mut self, next: f64) {
        let (times, window) = (&self.times, self.window);
        self.by_words.retain(|_, fold| next - times[*fold as usize] <= window);
    }
}

/// The word stems and sounds of each text: where each row ends, and the upper halves of the keys, each once a row.
pub fn background_keys(texts: Texts<'_>) -> (Vec<i64>, Vec<u32>) {
    let prior = Prior::default();
    let rows: Vec<Vec<u32>> = (0..texts.len())
        .into_par_iter()
        .map_init(Stemmers::default, |stemmers, row| {
            let mut keys: Vec<u32> = prepare("", texts.get(row), stemmers, &prior, &Refrains::default())
                .terms
                .iter()
                .filter(|term| matches!(kind(term.key), Kind::Word | Kind::Sound))
                .map(|term| (term.key >> 32) as u32)
                .collect();
            keys.dedup();
            keys
        })
        .collect();
    let mut ends = vec![0];
    let mut total = 0;
    for row in &rows {
        total += row.len() as i64;
        ends.push(total);
    }
    (ends, rows.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::TextColumn;

    type Found = (Vec<i64>, Vec<i64>, Vec<u32>, Vec<Vec<(String, u32)>>);

    /// Small events over two months, the articles in no order, some of the same words; every `undated`th has no date.
    fn found(slab: usize, undated: usize) -> Found {
        let (mut titles, mut texts, mut ids) = (TextColumn::default(), TextColumn::default(), TextColumn::default());
        let (mut times, mut labels) = (Vec::new(), Vec::new());
        for at in 0..400usize {
            let at = at * 179 % 400;
            let (event, affair) = (at / 4, at / 40);
            titles.push("");
            texts.push(&format!(
                "place{event} matter{event} name{affair} court{affair} trial{affair} ally{affair} report{} word{} said{}",
                at % 7 / 2,
                at * 31 % 97,
                at % 11 / 5
            ));
            ids.push(&format!("{:02}", at % 90));
            times.push(if undated > 0 && at % undated == 0 { f64::NAN } else { (at * 3 / 2) as f64 / 10.0 });
            labels.push((at * 7 / 5) as i64);
        }
        let articles = Articles {
            titles: Texts::new(&titles.offsets, &titles.data).unwrap(),
            texts: Texts::new(&texts.offsets, &texts.data).unwrap(),
            ids: Texts::new(&ids.offsets, &ids.data).unwrap(),
            times: &times,
            labels: Some(&labels),
        };
        let settings = Settings { window: 3.0, threshold: 0.155 };
        let events = in_slabs(&articles, &Prior::default(), &settings, slab).unwrap();
        let shared =
            events.shared.rows().map(|row| row.map(|(term, share)| (term.to_string(), share.to_bits())).collect());
        let similarity = events.similarity.iter().map(|similarity| similarity.to_bits()).collect();
        let shared = shared.collect();
        (events.event, events.story, similarity, shared)
    }

    #[test]
    fn how_many_articles_are_taken_at_a_time_changes_nothing() {
        for undated in [0, 9] {
            let whole = found(1000, undated);
            let events: std::collections::BTreeSet<i64> = whole.0.iter().copied().collect();
            let stories: std::collections::BTreeSet<i64> = whole.1.iter().copied().collect();
            assert!((2..300).contains(&events.len()) && stories.len() < events.len(), "{events:?} {stories:?}");
            for slab in [1, 7, 60] {
                assert!(found(slab, undated) == whole, "{slab} at a time, every {undated}th undated");
            }
        }
    }

    #[test]
    fn what_is_held_follows_the_window_and_not_the_batch() {
        let mut linker = Linker::new(3.0, 0.155);
        let mut most = 0;
        for part in 0..200u64 {
            let nodes = (0..20).map(|at| Node {
                vector: vec![(part * 5 + at / 4, 1.0), (part * 20 + at + 10_000, 0.5)],
                time: (part * 20 + at) as f64 / 20.0,
                ..Node::default()
            });
            let closed = linker.extend(nodes.collect(), (part * 20 + 20) as f64 / 20.0);
            linker.forget(&closed);
            most = most.max(linker.nodes.len());
        }
        assert!((60..120).contains(&most), "{most} of 4000 are held");
    }
}
