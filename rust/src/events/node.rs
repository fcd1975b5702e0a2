//! What is compared of an article, and how alike two articles are.

use crate::events::lapse::lapse;
use crate::events::named_days::{Named, evidence};
use crate::events::weights::{Vector, dot};

/// What is compared of an article.
#[derive(Debug, Clone, Default)]
pub struct Node {
    pub vector: Vector,
    pub named: Named,
    /// Days since 1970; NaN where unknown.
    pub time: f64,
    /// Distinct words.
    pub words: u32,
    /// Of an article without a date, its words that few others hold: upper halves of keys, ascending, and whether they are rare in
    /// the background as well.
    pub rare: Vec<(u32, bool)>,
}

/// Where one of two articles has no date, each of so many words of the shorter one asks for a rare word that both hold, up to so many;
/// and the same for words that are rare in the background as well: the words of a topic are not.
pub const WORDS_PER_RARE: u32 = 15;
const MOST_RARE: u32 = 6;
const WORDS_PER_VERY_RARE: u32 = 30;
const MOST_VERY_RARE: u32 = 2;

impl Node {
    /// The similarity of two articles: that of their terms, less for the days between them; where one has no date with what the dates
    /// say that they name, and none where they share too few rare words: what tells a topic from an event.
    pub fn similarity(&self, other: &Node, window: f64) -> f64 {
        let undated = self.time.is_nan() || other.time.is_nan();
        if undated && !self.shares_rare_words(other) {
            return 0.0;
        }
        let dates = if undated { evidence(self.named, other.named) } else { -lapse(self.time, other.time, window) };
        dot(&self.vector, &other.vector) + dates
    }

    /// How many rare words two articles must share where one of them has no date.
    pub fn rare_words_asked(&self, other: &Node) -> u32 {
        (self.words.min(other.words) / WORDS_PER_RARE).min(MOST_RARE)
    }

    fn shares_rare_words(&self, other: &Node) -> bool {
        let (undated, other) = if self.time.is_nan() { (self, other) } else { (other, self) };
        let words = undated.words.min(other.words);
        let mut missing = undated.rare_words_asked(other);
        let mut very = (words / WORDS_PER_VERY_RARE).min(MOST_VERY_RARE);
        let mut theirs = other.vector.iter().map(|&(key, _)| (key >> 32) as u32).peekable();
        for &(rare, is_very) in &undated.rare {
            if missing == 0 && very == 0 {
                break;
            }
            while theirs.next_if(|&key| key < rare).is_some() {}
            if theirs.peek() == Some(&rare) {
                missing = missing.saturating_sub(1);
                very = very.saturating_sub(u32::from(is_very));
            }
        }
        missing == 0 && very == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_date_a_topic_is_no_event() {
        let article = |rare: std::ops::Range<u64>| {
            let vector = (0..20).chain(rare.clone()).map(|key| (key << 32, 0.2)).collect();
            let rare = rare.map(|key| (key as u32, key != 109)).collect();
            Node { vector, time: f64::NAN, words: 60, rare, ..Node::default() }
        };
        let (storm, again, other) = (article(100..110), article(106..116), article(109..119));
        assert!(storm.similarity(&again, 3.0) > 0.7 && again.similarity(&storm, 3.0) > 0.7);
        assert_eq!(storm.similarity(&other, 3.0), 0.0);
        let dated = Node { time: 19_000.0, rare: Vec::new(), ..other.clone() };
        assert_eq!((storm.similarity(&dated, 3.0), dated.similarity(&storm, 3.0)), (0.0, 0.0));
        assert!(dated.similarity(&Node { time: 19_001.0, ..storm }, 3.0) > 0.7);
    }
}
