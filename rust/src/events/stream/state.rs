//! The state of a stream, as it is saved: articles and the counts of the long run, not weights.

use super::{Held, Stream};
use crate::events::corpus::Corpus;
use crate::events::grouping::Settings;
use crate::events::refrains::{Refrains, Seen};
use crate::events::terms::prepare;
use crate::events::weights::Prior;

/// All that a stream must keep to go on as if it had not been interrupted.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// In the order of arrival.
    pub held: Vec<Held>,
    /// What was let go and is not final, and two windows of what is; up to which day it is.
    pub closed: Vec<Held>,
    pub final_until: f64,
    /// How many of them took part in the last grouping.
    pub settled: usize,
    /// The date of the stream then; NaN before the first dated article.
    pub settled_at: f64,
    /// Those that a new version has replaced since, each after how many articles had come.
    pub replaced: Vec<(usize, usize)>,
    pub clock: Vec<f64>,
    pub moved: Vec<(String, String)>,
    /// Dated articles that were let go: keys of words, in how many articles each was, and the number of articles.
    pub corpus: (Vec<(u32, u32)>, u32),
    /// How the sentences of all that came begin: openings, and when each came.
    pub refrains: Vec<(u32, Seen)>,
}

impl Stream {
    /// The stream as it was when its state was taken.
    pub fn restore(prior: Prior, settings: Settings, state: State) -> Self {
        let mut stream = Stream::new(prior, settings);
        stream.corpus = Corpus::restore(state.corpus.0.into_iter(), state.corpus.1);
        stream.refrains = Refrains::restore(state.refrains.into_iter());
        let settled = state.settled.min(state.held.len());
        let mut held = state.held;
        let later = held.split_off(settled);
        stream.prepared = held
            .iter()
            .map(|article| prepare(&article.title, &article.text, &stream.stemmers, &stream.prior, &stream.refrains))
            .collect();
        stream.held = held;
        stream.regroup(false);
        let mut replaced = state.replaced.iter().filter(|&&(_, row)| row < settled + later.len()).peekable();
        for at in 0..=later.len() {
            while let Some((_, row)) = replaced.next_if(|&&(when, _)| when <= settled + at) {
                stream.release(*row);
            }
            if let Some(article) = later.get(at) {
                stream.take(&article.id, &article.title, &article.text, article.time);
            }
        }
        for (now, then) in stream.held.iter_mut().skip(settled).zip(&later) {
            now.arrived = then.arrived;
        }
        stream.clock = state.clock.into();
        stream.settled_at = state.settled_at;
        stream.moved = state.moved.into_iter().collect();
        (stream.closed, stream.final_until) = (state.closed, state.final_until);
        stream
    }

    pub fn state(&self) -> State {
        State {
            held: self.held.clone(),
            closed: self.closed.clone(),
            final_until: self.final_until,
            settled: self.settled,
            settled_at: self.settled_at,
            replaced: self.replaced.clone(),
            clock: self.clock.iter().copied().collect(),
            moved: self.moved.clone().into_iter().collect(),
            corpus: self.corpus.state(),
            refrains: self.refrains.state(),
        }
    }
}
