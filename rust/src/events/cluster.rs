//! From articles to events.

use crate::error::{Error, Result};
use crate::events::grouping::{Settings, group};
use crate::events::index;
use crate::events::keys::{Kind, kind};
use crate::events::linkage::{Cluster, Node, average_link};
use crate::events::stem::Stemmers;
use crate::events::terms::{Prepared, prepare, surfaces};
use crate::events::weights::{Prior, Vector};
use crate::texts::Texts;
use rayon::prelude::*;
use std::collections::HashMap;

/// Terms that an explanation names at most.
const EXPLAINED: usize = 8;

/// Days that the events of one story may lie apart.
const STORY_DAYS: f64 = 30.0;
/// Similarity from which events are of one story.
const STORY: f64 = 0.25;

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
    pub shared: Vec<Vec<(String, f32)>>,
}

/// The events of a batch. Neither the order of the rows nor the number of threads changes them.
pub fn cluster(articles: &Articles<'_>, prior: &Prior, settings: &Settings) -> Result<Events> {
    let rows = articles.titles.len();
    let lengths =
        [articles.texts.len(), articles.ids.len(), articles.times.len(), articles.labels.map_or(rows, <[i64]>::len)];
    if lengths.iter().any(|&length| length != rows) {
        return Err(Error::Argument(format!("{rows} titles, but {lengths:?} texts, ids, times and labels")));
    }
    if rows > u32::MAX as usize {
        return Err(Error::Argument("a batch holds at most 2^32 articles".into()));
    }
    let all: Vec<Prepared> = (0..rows)
        .into_par_iter()
        .map_init(Stemmers::default, |stemmers, row| {
            prepare(articles.titles.get(row), articles.texts.get(row), stemmers, prior)
        })
        .collect();
    let folds = fold(articles, &all, settings.window);
    let times: Vec<f64> = folds.iter().map(|fold| articles.times[fold[0]]).collect();
    let prepared: Vec<&Prepared> = folds.iter().map(|fold| &all[fold[0]]).collect();
    let (nodes, clusters) = group(&prepared, &times, settings);

    let mut events = Events {
        event: vec![0; rows],
        story: vec![0; rows],
        similarity: vec![1.0; rows],
        shared: vec![Vec::new(); rows],
    };
    for members in clusters.iter().map(|cluster| &cluster.members) {
        let smallest =
            members.iter().flat_map(|&m| &folds[m as usize]).min_by_key(|&&row| (articles.ids.get(row), row));
        for &row in members.iter().flat_map(|&m| &folds[m as usize]) {
            events.event[row] = smallest.map_or(row, |&row| row) as i64;
        }
    }
    for story in stories(&clusters) {
        let rows: Vec<usize> = story
            .iter()
            .flat_map(|&at| &clusters[at as usize].members)
            .flat_map(|&m| folds[m as usize].clone())
            .collect();
        let smallest = rows.iter().min_by_key(|&&row| (articles.ids.get(row), row)).copied();
        for row in rows {
            events.story[row] = smallest.unwrap_or(row) as i64;
        }
    }
    let explained: Vec<(usize, f32, Vector)> = clusters
        .par_iter()
        .map(|cluster| &cluster.members)
        .filter(|members| members.len() > 1)
        .flat_map_iter(|members| {
            let mut sum: HashMap<u64, f32> = HashMap::new();
            for &(key, weight) in members.iter().flat_map(|&m| &nodes[m as usize].vector) {
                *sum.entry(key).or_default() += weight;
            }
            let others = (members.len() - 1) as f32;
            members
                .iter()
                .map(|&m| {
                    let mut shares: Vector =
                        nodes[m as usize].vector.iter().map(|&(key, w)| (key, w * (sum[&key] - w) / others)).collect();
                    let similarity = shares.iter().map(|&(_, share)| share).sum::<f32>().min(1.0);
                    shares.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                    shares.truncate(EXPLAINED);
                    shares.retain(|&(_, share)| share > 1e-6);
                    (m as usize, similarity, shares)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let stemmers = Stemmers::default();
    for (fold, similarity, shares) in explained {
        let keys: Vec<u64> = shares.iter().map(|&(key, _)| key).collect();
        for &row in &folds[fold] {
            let words = surfaces(articles.titles.get(row), articles.texts.get(row), &keys, &stemmers);
            events.similarity[row] = similarity;
            events.shared[row] = words
                .into_iter()
                .zip(&shares)
                .filter(|(word, _)| !word.is_empty())
                .map(|(word, &(_, share))| (word, share))
                .collect();
        }
    }
    Ok(events)
}

/// Events of one affair, as rows of `clusters`: average link over the directions of the events, begun at most `STORY_DAYS` apart.
fn stories(clusters: &[Cluster]) -> Vec<Vec<u32>> {
    let nodes: Vec<Node> = clusters.par_iter().map(Cluster::as_node).collect();
    let edges = index::edges(&nodes, STORY_DAYS, STORY);
    average_link(&nodes, &edges, STORY_DAYS, STORY).into_iter().map(|story| story.members).collect()
}

/// The rows that count as one article, in the order of time (undated ones last), then id: near-duplicates by their label, and equal texts.
fn fold(articles: &Articles<'_>, all: &[Prepared], window: f64) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let words = |row: usize| all[row].terms.iter().map(|term| (term.key, term.count)).collect::<Vec<_>>();
    let time = |row: usize| if articles.times[row].is_nan() { f64::INFINITY } else { articles.times[row] };
    order.sort_unstable_by(|&a, &b| {
        time(a)
            .total_cmp(&time(b))
            .then_with(|| articles.ids.get(a).cmp(articles.ids.get(b)))
            .then_with(|| words(a).partial_cmp(&words(b)).unwrap_or(std::cmp::Ordering::Equal))
    });
    let mut folds: Vec<Vec<usize>> = Vec::new();
    let mut by_label: HashMap<i64, usize> = HashMap::new();
    let mut by_terms: HashMap<Vec<(u64, u32)>, usize> = HashMap::new();
    for row in order {
        let terms: Vec<(u64, u32)> = all[row].terms.iter().map(|term| (term.key, term.count.to_bits())).collect();
        let label = articles.labels.map(|labels| labels[row]);
        let home = label.and_then(|label| by_label.get(&label)).or_else(|| by_terms.get(&terms)).copied();
        let near = |fold: usize| articles.times[row].is_nan() || time(row) - time(folds[fold][0]) <= window;
        let fold = match home {
            Some(fold) if near(fold) && !terms.is_empty() => {
                folds[fold].push(row);
                fold
            }
            _ => {
                folds.push(vec![row]);
                folds.len() - 1
            }
        };
        if let Some(label) = label {
            by_label.insert(label, fold);
        }
        if !terms.is_empty() {
            by_terms.insert(terms, fold);
        }
    }
    folds
}

/// The word stems and sounds of each text: where each row ends, and the upper halves of the keys, each once a row.
pub fn background_keys(texts: Texts<'_>) -> (Vec<i64>, Vec<u32>) {
    let prior = Prior::default();
    let rows: Vec<Vec<u32>> = (0..texts.len())
        .into_par_iter()
        .map_init(Stemmers::default, |stemmers, row| {
            let mut keys: Vec<u32> = prepare("", texts.get(row), stemmers, &prior)
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
