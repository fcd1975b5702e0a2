//! In how many articles of the long run each word occurs: what is common in this dump or stream, beyond the window and the background.

use crate::events::keys::{HalfKeyMap, Kind, kind};
use crate::events::weights::Frequencies;

/// How many documents of background stand behind the counts of the long run.
const BACKGROUND: f64 = 1000.0;
/// Articles from which all counts are halved: what was long ago counts less. A batch counts fewer.
const MOST_ARTICLES: u32 = 1 << 15;
/// Words from which those that the fewest articles hold are forgotten, down to three quarters: memory stays bounded.
const MOST_WORDS: usize = 1 << 20;

/// Counts by the upper 32 bits of a word's key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    counts: HalfKeyMap<u32>,
    articles: u32,
}

impl Corpus {
    /// The corpus of these keys, counts, and articles.
    pub fn restore(counts: impl Iterator<Item = (u32, u32)>, articles: u32) -> Self {
        Corpus { counts: counts.filter(|&(_, count)| count > 0).collect(), articles }
    }

    /// Keys, ascending, and their counts; and the number of articles.
    pub fn state(&self) -> (Vec<(u32, u32)>, u32) {
        let mut counts: Vec<(u32, u32)> = self.counts.iter().map(|(&key, &count)| (key, count)).collect();
        counts.sort_unstable();
        (counts, self.articles)
    }

    /// How many articles are counted.
    pub fn articles(&self) -> usize {
        self.articles as usize
    }

    /// Counts an article, by the keys of its terms, each once.
    pub fn add(&mut self, keys: impl Iterator<Item = u64>) {
        self.articles += 1;
        for key in keys.filter(|&key| kind(key) == Kind::Word) {
            *self.counts.entry((key >> 32) as u32).or_default() += 1;
        }
        if self.articles >= MOST_ARTICLES {
            self.articles /= 2;
            self.counts.retain(|_, count| {
                *count /= 2;
                *count > 0
            });
        }
        if self.counts.len() > MOST_WORDS {
            let mut fewest = 0;
            while self.counts.len() > MOST_WORDS / 4 * 3 {
                fewest += 1;
                self.counts.retain(|_, count| *count > fewest);
            }
        }
    }

    /// The long run where the corpus counts no article of the window.
    pub fn outside(&self) -> LongRun<'_> {
        LongRun { corpus: self, within: 0.0, held: None }
    }

    /// The long run where it counts this part of all articles, those of the window among them.
    pub fn sampled(&self, part: f64) -> LongRun<'_> {
        LongRun { within: part, ..self.outside() }
    }

    /// The long run of the corpus and of `held`, which counts all articles of the window as the corpus counts none of them.
    pub fn beside<'a>(&'a self, held: &'a Frequencies) -> LongRun<'a> {
        LongRun { corpus: self, within: 1.0, held: Some(held) }
    }
}

/// What a corpus tells of the articles outside a window.
#[derive(Clone, Copy)]
pub struct LongRun<'a> {
    corpus: &'a Corpus,
    /// The part of the articles of the window that is counted in the corpus or in `held` as well.
    within: f64,
    held: Option<&'a Frequencies>,
}

impl LongRun<'_> {
    /// The share of articles outside the window that hold a word, of which the background knows `share` and the window has seen `seen`.
    pub fn share(&self, key: u64, share: f64, seen: u32, window: &Frequencies) -> f64 {
        let LongRun { corpus, within, held } = self;
        let count = corpus.counts.get(&((key >> 32) as u32)).copied().unwrap_or(0);
        let (count, articles) = held.map_or((count, corpus.articles), |held| {
            (count.saturating_add(held.count(key)), corpus.articles.saturating_add(held.articles))
        });
        let outside = (f64::from(count) - within * f64::from(seen)).max(0.0);
        let articles = (f64::from(articles) - within * f64::from(window.articles)).max(0.0);
        (outside + BACKGROUND * share) / (articles + BACKGROUND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::keys::word_key;
    use crate::events::stem::Stemmers;
    use crate::events::terms::prepare;

    #[test]
    fn the_long_run_outweighs_the_background_the_longer_it_is() {
        let (word, window) = (word_key("cricket"), Frequencies::default());
        let mut corpus = Corpus::default();
        assert_eq!(corpus.outside().share(word, 0.01, 3, &window), 0.01);
        let mut before = 0.01;
        for _ in 0..5 {
            (0..1000).for_each(|at| corpus.add([word].into_iter().filter(|_| at % 2 == 0)));
            let share = corpus.outside().share(word, 0.01, 3, &window);
            assert!(before < share && share < 0.5);
            before = share;
        }
        let (counts, articles) = corpus.state();
        assert_eq!(Corpus::restore(counts.into_iter(), articles), corpus);
    }

    #[test]
    fn what_the_window_holds_is_not_outside_it() {
        let article = prepare("", "cricket", &Stemmers::default(), &Default::default(), &Default::default());
        let word = article.terms.iter().map(|term| term.key).find(|&key| kind(key) == Kind::Word).unwrap();
        let (mut corpus, mut window) = (Corpus::default(), Frequencies::default());
        (0..10).for_each(|_| window.add(&article));
        assert_eq!(corpus.beside(&window).share(word, 0.01, 10, &window), 0.01);
        (0..10).for_each(|_| corpus.add([word].into_iter()));
        assert_eq!(corpus.sampled(1.0).share(word, 0.01, 10, &window), 0.01);
    }

    #[test]
    fn halving_leaves_the_share_as_it_was() {
        let article = prepare("", "cricket", &Stemmers::default(), &Default::default(), &Default::default());
        let word = article.terms.iter().map(|term| term.key).find(|&key| kind(key) == Kind::Word).unwrap();
        let other = prepare("", "football", &Stemmers::default(), &Default::default(), &Default::default());
        let (mut corpus, mut held) = (Corpus::default(), Frequencies::default());
        (0..20_000).for_each(|at| held.add(if at % 2 == 0 { &article } else { &other }));
        let mut halved = 0;
        for at in 0..4 * MOST_ARTICLES {
            let before = corpus.articles;
            corpus.add([word].into_iter().filter(|_| at % 2 == 0));
            halved += u32::from(corpus.articles < before);
            if at > 1000 && at % 16 == 0 || corpus.articles < before {
                let share = corpus.beside(&held).share(word, 0.5, 10_000, &held);
                assert!((share - 0.5).abs() < 0.001, "{share} after {at} articles");
            }
        }
        assert!(halved > 2);
    }

    #[test]
    fn memory_is_bounded() {
        let mut corpus = Corpus::default();
        for article in 0..3 * u64::from(MOST_ARTICLES) {
            corpus.add((0..40).map(|at| if at == 0 { 1 << 63 } else { (article * 40 + at) << 32 }));
        }
        assert!(corpus.counts.len() <= MOST_WORDS && corpus.articles < MOST_ARTICLES);
        assert_eq!(corpus.counts[&(1 << 31)], corpus.articles);
    }
}
