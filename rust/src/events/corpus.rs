//! In how many articles of the long run each word occurs: what is common in this dump or stream, beyond the window and the background.

use crate::events::keys::{HalfKeyMap, Kind, kind};
use crate::events::weights::Frequencies;

/// How many documents of background stand behind the counts of the long run.
const BACKGROUND: f64 = 1000.0;
/// Articles and words from which all counts are halved: what was long ago counts less, and memory stays bounded.
const MOST_ARTICLES: u32 = 1 << 15;
const MOST_WORDS: usize = 1 << 20;

/// By the upper 32 bits of a word's key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    counts: HalfKeyMap<u32>,
    articles: u32,
    /// The part of the articles of a window that is counted here as well.
    within: f64,
}

impl Corpus {
    /// A corpus that counts this part of all articles, those of the window among them.
    pub fn sample(within: f64) -> Self {
        Corpus { within, ..Corpus::default() }
    }

    /// The corpus of these keys, counts, and articles, which counts this part of all.
    pub fn restore(counts: impl Iterator<Item = (u32, u32)>, articles: u32, within: f64) -> Self {
        Corpus { counts: counts.filter(|&(_, count)| count > 0).collect(), articles, within }
    }

    /// Keys, ascending, and their counts; and the number of articles.
    pub fn state(&self) -> (Vec<(u32, u32)>, u32) {
        let mut counts: Vec<(u32, u32)> = self.counts.iter().map(|(&key, &count)| (key, count)).collect();
        counts.sort_unstable();
        (counts, self.articles)
    }

    /// Counts an article, by the keys of its terms, each once.
    pub fn add(&mut self, keys: impl Iterator<Item = u64>) {
        self.articles += 1;
        for key in keys.filter(|&key| kind(key) == Kind::Word) {
            *self.counts.entry((key >> 32) as u32).or_default() += 1;
        }
        if self.articles >= MOST_ARTICLES || self.counts.len() > MOST_WORDS {
            self.articles /= 2;
            self.counts.retain(|_, count| {
                *count /= 2;
                *count > 0
            });
        }
    }

    /// The share of articles outside the window that hold a word, of which the background knows `share` and the window has seen `seen`.
    pub fn share(&self, key: u64, share: f64, seen: u32, window: &Frequencies) -> f64 {
        let count = self.counts.get(&((key >> 32) as u32)).copied().unwrap_or(0);
        let outside = (f64::from(count) - self.within * f64::from(seen)).max(0.0);
        let articles = (f64::from(self.articles) - self.within * f64::from(window.articles)).max(0.0);
        (outside + BACKGROUND * share) / (articles + BACKGROUND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::keys::word_key;

    #[test]
    fn the_long_run_outweighs_the_background_the_longer_it_is() {
        let (word, window) = (word_key("cricket"), Frequencies::default());
        let mut corpus = Corpus::default();
        assert_eq!(corpus.share(word, 0.01, 3, &window), 0.01);
        let mut before = 0.01;
        for _ in 0..5 {
            (0..1000).for_each(|at| corpus.add([word].into_iter().filter(|_| at % 2 == 0)));
            let share = corpus.share(word, 0.01, 3, &window);
            assert!(before < share && share < 0.5);
            before = share;
        }
        let (counts, articles) = corpus.state();
        assert_eq!(Corpus::restore(counts.into_iter(), articles, 0.0), corpus);
    }

    #[test]
    fn what_the_window_holds_is_not_outside_it() {
        let word = word_key("cricket");
        let (mut corpus, mut window) = (Corpus::sample(1.0), Frequencies::default());
        window.articles = 10;
        (0..10).for_each(|_| corpus.add([word].into_iter()));
        assert_eq!(corpus.share(word, 0.01, 10, &window), 0.01);
    }

    #[test]
    fn memory_is_bounded() {
        let mut corpus = Corpus::default();
        for article in 0..3 * u64::from(MOST_ARTICLES) {
            corpus.add((0..40).map(|at| (article * 40 + at) << 32));
        }
        assert!(corpus.counts.len() <= MOST_WORDS && corpus.articles < MOST_ARTICLES);
    }
}
