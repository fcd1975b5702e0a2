//! How telling a term is: rare in the background, frequent in the window for what the background knows of it.

use crate::error::{Error, Result};
use crate::events::corpus::LongRun;
use crate::events::keys::{HalfKeyMap, KeyMap, Kind, kind};
use crate::events::terms::Prepared;

/// A sparse vector: (key, weight) by ascending key.
pub type Vector = Vec<(u64, f32)>;

/// How many documents of background stand behind the counts of the window.
const BACKGROUND: f64 = 20.0;
/// The background share of a term that is not known there.
const UNKNOWN: f64 = 5e-4;
/// How much the burst of a term (its share of the window over that of the background) counts beside its rarity.
const BURST: f64 = 0.2;
/// The count at which a term has reached half of the weight that repetition can give it, less one.
const SATURATION: f64 = 1.2;
/// Distinct words from which an article counts as long; shorter ones share fewer words by nature, and what they share counts more.
const LONG: f64 = 20.0;
const SHORTNESS: f64 = 0.6;
/// Fewer words than this are no shorter for it.
const SHORTEST: f64 = 4.0;

/// Mean distinct words of a window's articles below which a word is to be expected in fewer of them than in the background's, and the
/// power by which: the background was counted on whole articles, and every word is rarer in headlines.
const WHOLE: f64 = 24.0;
const BRIEFNESS: f64 = 1.5;
/// A word that this share of the background's documents hold is as common in headlines: what binds sentences is in each of them.
pub const EVERYWHERE: f32 = 1.0 / 3.0;

/// Words up to which an article's pairs of words have their full weight; with the root of more of them they weigh less.
const PAIRED: f64 = 60.0;

/// A word is rare that no more articles hold than this many, or this part of all, up to so many: each is compared with all that hold it.
const RARE: u32 = 30;
const RARE_SHARE: f64 = 0.005;
const MOST_RARE: u32 = 200;
/// And in the background up to this share of documents.
const RARE_BEFORE: f32 = 0.002;

/// How much a kind of term counts beside a single word, in an article of this many words.
fn share_of(kind: Kind, words: u32) -> f64 {
    match kind {
        Kind::Word => 1.0,
        Kind::Pair => 0.7 * (PAIRED / f64::from(words).max(PAIRED)).sqrt(),
        Kind::Sound => 0.35,
        Kind::Capital => 0.25,
    }
}

/// The background: for a term's key (upper 32 bits) the share of documents that hold it.
#[derive(Default)]
pub struct Prior(HalfKeyMap<f32>);

impl Prior {
    pub fn new(keys: &[u32], shares: &[f32]) -> Result<Self> {
        if keys.len() != shares.len() {
            return Err(Error::Argument(format!("{} keys of the background, but {} shares", keys.len(), shares.len())));
        }
        Ok(Prior(keys.iter().copied().zip(shares.iter().copied()).collect()))
    }

    pub fn share(&self, key: u64) -> f32 {
        self.0.get(&((key >> 32) as u32)).copied().unwrap_or(0.0)
    }
}

/// In how many articles of a window each term occurs.
#[derive(Default)]
pub struct Frequencies {
    counts: KeyMap<u32>,
    pub articles: u32,
    /// The distinct words of each article, in sum.
    words: u64,
}

impl Frequencies {
    pub fn add(&mut self, article: &Prepared) {
        self.articles += 1;
        self.words += u64::from(article.words);
        for term in &article.terms {
            *self.counts.entry(term.key).or_default() += 1;
        }
    }

    /// In how many articles a term occurs.
    pub fn count(&self, key: u64) -> u32 {
        self.counts.get(&key).copied().unwrap_or(0)
    }

    pub fn remove(&mut self, article: &Prepared) {
        self.articles = self.articles.saturating_sub(1);
        self.words = self.words.saturating_sub(u64::from(article.words));
        for term in &article.terms {
            if let Some(count) = self.counts.get_mut(&term.key) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&term.key);
                }
            }
        }
    }

    /// The part of a word's share of the background that articles as long as these would have.
    fn expected(&self) -> f64 {
        let mean = self.words as f64 / f64::from(self.articles.max(1));
        (mean / WHOLE).min(1.0).powf(BRIEFNESS)
    }

    /// The words of an article that few others hold, as the upper halves of their keys, ascending, and whether few documents of the
    /// background hold them.
    pub fn rare(&self, article: &Prepared) -> Vec<(u32, bool)> {
        let few = ((RARE_SHARE * f64::from(self.articles)) as u32).clamp(RARE, MOST_RARE);
        let is_rare = |key: u64| kind(key) == Kind::Word && self.counts.get(&key).is_none_or(|&count| count <= few);
        article
            .terms
            .iter()
            .filter(|term| is_rare(term.key))
            .map(|term| ((term.key >> 32) as u32, term.share <= RARE_BEFORE))
            .collect()
    }

    /// The vector of an article: rarity · burst^.2 · count / (count + 1.2), of length 1, or longer where the article is short.
    /// Terms that are no single word count from their second article on. What is known of a word before is its share of the long run,
    /// where there is one, else of the background.
    pub fn vector(&self, article: &Prepared, long_run: Option<LongRun<'_>>) -> Vector {
        let documents = f64::from(self.articles.max(1)) + BACKGROUND;
        let expected = self.expected();
        let mut vector: Vector = Vec::with_capacity(article.terms.len());
        for term in &article.terms {
            let seen = self.counts.get(&term.key).copied().unwrap_or(1).max(1);
            let kind = kind(term.key);
            if kind != Kind::Word && seen < 2 {
                continue;
            }
            let background = f64::from(term.share) * if term.share >= EVERYWHERE { 1.0 } else { expected };
            let known = match long_run {
                Some(long_run) if kind == Kind::Word => {
                    long_run.share(term.key, background, self.count(term.key), self)
                }
                _ => background,
            };
            let share = ((f64::from(seen) + BACKGROUND * known) / documents).min(1.0);
            let burst = (share / known.max(UNKNOWN)).ln();
            if burst <= 0.0 || share >= 1.0 {
                continue;
            }
            let count = f64::from(term.count);
            let weight = -share.ln() * burst.powf(BURST) * count / (count + SATURATION) * share_of(kind, article.words);
            vector.push((term.key, weight as f32));
        }
        let norm = vector.iter().map(|&(_, weight)| f64::from(weight).powi(2)).sum::<f64>().sqrt();
        if norm > 0.0 {
            let scale = (f64::from(article.words).clamp(SHORTEST, LONG) / LONG).powf(-SHORTNESS) / norm;
            vector.iter_mut().for_each(|(_, weight)| *weight = (f64::from(*weight) * scale) as f32);
        }
        vector
    }
}

/// The scalar product.
pub fn dot(a: &[(u64, f32)], b: &[(u64, f32)]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut sum = 0.0;
    if long.len() > 16 * short.len() {
        for &(key, weight) in short {
            if let Ok(at) = long.binary_search_by_key(&key, |&(key, _)| key) {
                sum += f64::from(weight) * f64::from(long[at].1);
            }
        }
        return sum;
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(&(x, v)), Some(&(y, w))) = (short.get(i), long.get(j)) {
        if x == y {
            sum += f64::from(v) * f64::from(w);
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

/// The sum of two vectors.
pub fn add(a: &[(u64, f32)], b: &[(u64, f32)]) -> Vector {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(&(x, v)), Some(&(y, w))) = (a.get(i), b.get(j)) {
        let weight = if x == y {
            v + w
        } else if x < y {
            v
        } else {
            w
        };
        sum.push((x.min(y), weight));
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum.extend_from_slice(&a[i..]);
    sum.extend_from_slice(&b[j..]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::keys::word_key;
    use crate::events::refrains::Refrains;
    use crate::events::stem::Stemmers;
    use crate::events::terms::prepare;

    #[test]
    fn a_word_that_is_common_in_articles_tells_something_in_headlines() {
        let prior = Prior::new(&[(word_key("twitter") >> 32) as u32], &[0.05]).unwrap();
        let weight = |words: &str| {
            let article = prepare("", words, &Stemmers::default(), &prior, &Refrains::default());
            let other = prepare(
                "",
                words.replace("twitter", "wheat").as_str(),
                &Stemmers::default(),
                &prior,
                &Refrains::default(),
            );
            let mut window = Frequencies::default();
            window.add(&article);
            (0..40).for_each(|_| window.add(&other));
            window
                .vector(&article, None)
                .iter()
                .find(|(key, _)| *key == word_key("twitter"))
                .map_or(0.0, |&(_, weight)| weight)
        };
        assert_eq!(weight(&format!("twitter {}", (0..60).map(|at| format!("w{at} ")).collect::<String>())), 0.0);
        assert!(weight("twitter goes down") > 0.0);
    }

    #[test]
    fn products_agree_whatever_the_lengths() {
        let short = vec![(4, 1.0), (90, 2.0)];
        let long: Vector = (0..100).map(|key| (key, 0.5)).collect();
        assert_eq!(dot(&short, &long), 1.5);
        assert_eq!(dot(&long[..20], &short), 0.5);
        assert_eq!(add(&short, &[(4, 1.0), (5, 1.0)]), [(4, 2.0), (5, 1.0), (90, 2.0)]);
    }
}
