//! Articles in the order of time become clusters: what the batch and the stream have in common.

use crate::events::index;
use crate::events::linkage::{Cluster, Node, average_link};
use crate::events::terms::Prepared;
use crate::events::weights::{Frequencies, Vector};
use rayon::prelude::*;

#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Days that the articles of one event may lie apart.
    pub window: f64,
    pub threshold: f64,
}

/// The weighted articles and their clusters. `articles` and `times` are in the order of time, undated articles last.
pub fn group(articles: &[&Prepared], times: &[f64], settings: &Settings) -> (Vec<Node>, Vec<Cluster>) {
    let vectors = weighed(articles, times, settings.window);
    let nodes: Vec<Node> = vectors
        .into_iter()
        .zip(articles)
        .zip(times)
        .map(|((vector, article), &time)| Node { vector, week: article.week, time })
        .collect();
    let edges = index::edges(&nodes, settings.window, settings.threshold);
    let clusters = average_link(&nodes, &edges, settings.window, settings.threshold);
    (nodes, clusters)
}

/// The vectors of the articles, each weighed by the articles within `window` of its day; an undated one by all articles.
fn weighed(articles: &[&Prepared], times: &[f64], window: f64) -> Vec<Vector> {
    let dated = times.partition_point(|time| !time.is_nan());
    let mut vectors = Vec::with_capacity(articles.len());
    let mut near = Frequencies::default();
    let (mut from, mut to, mut at) = (0, 0, 0);
    while at < dated {
        let day = times[at].round();
        let end = at + times[at..dated].partition_point(|time| time.round() <= day);
        while to < dated && times[to] - day <= window {
            near.add(articles[to]);
            to += 1;
        }
        while from < to && day - times[from] > window {
            near.remove(articles[from]);
            from += 1;
        }
        vectors.extend(articles[at..end].par_iter().map(|article| near.vector(article)).collect::<Vec<_>>());
        at = end;
    }
    if dated < articles.len() {
        let mut all = Frequencies::default();
        articles.iter().for_each(|article| all.add(article));
        vectors.extend(articles[dated..].par_iter().map(|article| all.vector(article)).collect::<Vec<_>>());
    }
    vectors
}
