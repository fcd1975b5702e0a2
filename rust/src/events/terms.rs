//! The terms of an article: stems and pairs of neighbouring stems, as 64-bit keys with their weighted counts.

use crate::dates::mentions;
use crate::events::keys::{Kind, kind, pair_key};
use crate::events::named_days::Named;
use crate::events::refrains::{Openings, Refrains};
use crate::events::stem::{Known, Stemmers};
use crate::events::weights::{EVERYWHERE, Prior};
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_128;

/// How many times an occurrence in the title counts.
const TITLE: f32 = 2.0;
/// This part of an occurrence counts in a refrain.
const QUIET: f32 = 0.1;
/// The background of a pair of words: this part of that of its rarer word.
const PAIR_SHARE: f32 = 0.1;

/// A word that this share of the background's documents hold is not told beside another.
const FILLER: f32 = 0.15;

/// A term of an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    pub key: u64,
    pub count: f32,
    /// The share of documents of the background that hold it.
    pub share: f32,
}

/// What is compared of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prepared {
    /// By ascending key.
    pub terms: Vec<Term>,
    /// Distinct word stems, and one.
    pub words: u32,
    pub named: Named,
    pub openings: Openings,
}

/// Whether each character of the first planes of scripts belongs to a word: looking it up in the tables of Unicode takes longer.
static WORD: LazyLock<Vec<bool>> =
    LazyLock::new(|| (0..0x2000).map(|code| char::from_u32(code).is_some_and(is_word_by_unicode)).collect());

impl Prepared {
    /// Articles of the same words in the same numbers share this.
    pub fn words_key(&self) -> u128 {
        let mut bytes = Vec::with_capacity(12 * self.terms.len());
        for term in &self.terms {
            bytes.extend_from_slice(&term.key.to_le_bytes());
            bytes.extend_from_slice(&term.count.to_le_bytes());
        }
        xxh3_128(&bytes)
    }
}

fn is_word_by_unicode(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '\u{200c}' || c == '\u{200d}'
}

/// One character of a word as it enters a key: lower case, ASCII digits, no joiners, no nukta, one sign for nasals and for the vowel ऑ,
/// and for the letters that spellings of one name confuse (ष and श, ण and न).
fn fold_into(word: &mut String, c: char) {
    match c {
        '\u{200c}' | '\u{200d}' | '\u{93c}' => {}
        '\u{958}'..='\u{95f}' => {
            word.push(['क', 'ख', 'ग', 'ज', 'ड', 'ढ', 'फ', 'य'][c as usize - 0x958]);
        }
        'ँ' => word.push('ं'),
        'ऑ' => word.push('आ'),
        'ॉ' => word.push('ा'),
        'ष' => word.push('श'),
        'ण' => word.push('न'),
        '0'..='9' | 'a'..='z' => word.push(c),
        'ऀ'..='ॣ' => word.push(c),
        _ => match indic_digit(c) {
            Some(digit) => word.push(digit),
            None => word.extend(c.to_lowercase()),
        },
    }
}

/// The ASCII digit of a decimal digit of the Arabic and the Indic scripts.
fn indic_digit(c: char) -> Option<char> {
    let code = c as u32;
    let zero = match code {
        0x660..=0x669 => 0x660,
        0x6f0..=0x6f9 => 0x6f0,
        0x900..=0xdff if (0x66..=0x6f).contains(&(code & 0x7f)) => code & !0x7f | 0x66,
        _ => return None,
    };
    char::from_digit(code - zero, 10)
}

/// ङ्क, ञ्च, ण्ट, न्त, म्प → ं + consonant: the two spellings of one nasal.
fn fold_nasals(word: &mut String) {
    const NASALS: [char; 5] = ['ङ', 'ञ', 'ण', 'न', 'म'];
    if !word.contains('\u{94d}') {
        return;
    }
    let chars: Vec<char> = word.chars().collect();
    word.clear();
    let mut at = 0;
    while at < chars.len() {
        let nasal = NASALS.contains(&chars[at])
            && chars.get(at + 1) == Some(&'\u{94d}')
            && chars.get(at + 2).is_some_and(|c| ('क'..='ह').contains(c));
        word.push(if nasal { 'ं' } else { chars[at] });
        at += if nasal { 2 } else { 1 };
    }
}

/// A word as it enters a key.
pub fn folded(word: &str) -> String {
    let mut folded = String::new();
    fold_word(word, &mut folded);
    folded
}

fn fold_word(word: &str, folded: &mut String) {
    folded.clear();
    word.chars().for_each(|c| fold_into(folded, c));
    fold_nasals(folded);
}

/// Calls `found` with each word of the text as written and folded, for as long as it returns true.
fn each_word<'t>(text: &'t str, mut found: impl FnMut(&'t str, &str) -> bool) {
    each_word_and_gap(text, |word, folded, _| found(word, folded));
}

/// As `each_word`, with what lies before the word.
fn each_word_and_gap<'t>(text: &'t str, mut found: impl FnMut(&'t str, &str, &'t str) -> bool) {
    let mut folded = String::new();
    let mut end = 0;
    let known = WORD.as_slice();
    let is_word = |c: char| known.get(c as usize).copied().unwrap_or_else(|| is_word_by_unicode(c));
    for word in text.split(|c| !is_word(c)).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        fold_word(word, &mut folded);
        if !folded.is_empty() {
            if !found(word, &folded, &text[end..start]) {
                return;
            }
            end = start + word.len();
        }
    }
}

/// A word of an article.
struct Written<'t> {
    word: &'t str,
    known: Known,
    /// Whether it begins a sentence.
    begins: bool,
}

/// The words of one part of an article.
fn written<'t>(part: &'t str, stemmers: &Stemmers) -> Vec<Written<'t>> {
    let mut words: Vec<Written<'t>> = Vec::with_capacity(part.len() / 5);
    each_word_and_gap(part, |word, folded, gap| {
        let begins = words.is_empty() || gap != " " && gap.contains(['।', '॥', '.', '?', '!', ':', '|', '\n']);
        words.push(Written { word, known: stemmers.word(folded), begins });
        true
    });
    words
}

/// Calls `found` with the words of each sentence.
fn each_sentence<'w, 't>(words: &'w [Written<'t>], found: impl FnMut(&'w [Written<'t>])) {
    words.chunk_by(|_, next| !next.begins).for_each(found);
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(1).is_some()
}

/// What is compared of an article: stems, pairs of neighbouring stems, sounds, words with a capital, and the parts of dates it names.
/// What stands in a refrain counts little.
pub fn prepare(title: &str, text: &str, stemmers: &Stemmers, prior: &Prior, refrains: &Refrains) -> Prepared {
    let mut terms: Vec<Term> = Vec::with_capacity((title.len() + text.len()) / 3);
    let mut named = Named::default();
    let mut openings = Vec::new();
    for (part, weight) in [(title, TITLE), (text, 1.0)] {
        let words = written(part, stemmers);
        let mut quiet = Vec::with_capacity(words.len());
        each_sentence(&words, |sentence| {
            let opening = Refrains::opening(sentence.iter().map(|word| word.known.stem));
            openings.extend(opening);
            let is_refrain = opening.is_some_and(|opening| refrains.contains(opening));
            quiet.resize(quiet.len() + sentence.len(), is_refrain);
        });
        let mut before: Option<(u64, f32)> = None;
        for (&Written { word, known, .. }, &is_quiet) in words.iter().zip(&quiet) {
            let count = if is_quiet { QUIET * weight } else { weight };
            let share = prior.share(known.stem);
            terms.push(Term { key: known.stem, count, share });
            if let Some((key, other)) = before {
                let share = PAIR_SHARE * share.min(other);
                terms.push(Term { key: pair_key(key, known.stem), count, share });
            }
            before = Some((known.stem, share));
            if let Some(key) = known.sound {
                terms.push(Term { key, count, share: prior.share(key) });
            }
            if is_capital(word) {
                terms.push(Term { key: known.capital, count, share });
            }
            if let Some(day) = known.weekday {
                named.weekday(day);
            }
        }
        mentions(part).iter().for_each(|date| named.date(date));
    }
    terms.sort_unstable_by_key(|term| term.key);
    terms.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        if same {
            kept.count += next.count;
        }
        same
    });
    terms.shrink_to_fit();
    let words = terms.iter().filter(|term| kind(term.key) == Kind::Word).count() as u32 + 1;
    Prepared { terms, words, named, openings }
}

/// What the long run counts of an article: the keys of its word stems, ascending, each once, and how its sentences begin.
pub fn counted(title: &str, text: &str, stemmers: &Stemmers) -> (Vec<u64>, Openings) {
    let mut keys = Vec::with_capacity((title.len() + text.len()) / 6);
    let mut openings = Vec::new();
    for part in [title, text] {
        let words = written(part, stemmers);
        keys.extend(words.iter().map(|word| word.known.stem));
        each_sentence(&words, |sentence| {
            openings.extend(Refrains::opening(sentence.iter().map(|word| word.known.stem)))
        });
    }
    keys.sort_unstable();
    keys.dedup();
    (keys, openings)
}

/// What terms add to a similarity, as the words that the article writes for them, most telling first: one entry a word or a pair of words.
/// A word of a pair that is told counts with the pair; what many articles hold is not told where anything else is shared.
pub fn in_words(
    title: &str,
    text: &str,
    shares: &[(u64, f32)],
    stemmers: &Stemmers,
    prior: &Prior,
) -> Vec<(String, f32)> {
    let keys: Vec<u64> = shares.iter().map(|&(key, _)| key).collect();
    let share_of = |word: &str| prior.share(stemmers.word(&folded(word)).stem);
    let mut pairs: Vec<(String, f32)> = Vec::new();
    let mut words: Vec<(String, f32)> = Vec::with_capacity(shares.len());
    for (term, &(_, share)) in surfaces(title, text, &keys, stemmers).into_iter().zip(shares) {
        let rarer = term.split_once(' ').and_then(|(first, second)| {
            let (a, b) = (share_of(first), share_of(second));
            (a.max(b) >= FILLER && a.min(b) < FILLER).then(|| if a < b { first } else { second }.to_string())
        });
        let into = if rarer.is_none() && term.contains(' ') { &mut pairs } else { &mut words };
        let term = rarer.unwrap_or(term);
        match into.iter_mut().find(|(known, _)| folded(known) == folded(&term)) {
            Some((_, sum)) => *sum += share,
            None if term.is_empty() => {}
            None => into.push((term, share)),
        }
    }
    pairs.sort_by(|a, b| b.1.total_cmp(&a.1));
    words.retain(|(word, share)| {
        let pair = pairs.iter_mut().find(|(pair, _)| pair.split(' ').any(|part| folded(part) == folded(word)));
        if let Some((_, sum)) = pair {
            *sum += share;
            return false;
        }
        true
    });
    words.extend(pairs);
    let is_told = |term: &str| match term.split_once(' ') {
        Some((first, second)) => share_of(first).min(share_of(second)) < FILLER,
        None => share_of(term) < EVERYWHERE,
    };
    if words.iter().any(|(term, _)| is_told(term)) {
        words.retain(|(term, _)| is_told(term));
    }
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    words
}

/// The words behind the keys, as the article writes them first; a key that is not of this article becomes "".
fn surfaces(title: &str, text: &str, keys: &[u64], stemmers: &Stemmers) -> Vec<String> {
    let mut surfaces = vec![String::new(); keys.len()];
    let mut missing = keys.len();
    for part in [title, text] {
        let mut before: Option<(u64, &str)> = None;
        each_word(part, |word, folded| {
            let known = stemmers.word(folded);
            let mut note = |wanted: u64, write: &dyn Fn() -> String| {
                for (surface, _) in surfaces.iter_mut().zip(keys).filter(|(s, key)| s.is_empty() && **key == wanted) {
                    *surface = write();
                    missing -= 1;
                }
            };
            note(known.stem, &|| word.to_string());
            if let Some(key) = known.sound {
                note(key, &|| word.to_string());
            }
            if is_capital(word) {
                note(known.capital, &|| word.to_string());
            }
            if let Some((first, written)) = before {
                note(pair_key(first, known.stem), &|| format!("{written} {word}"));
            }
            before = Some((known.stem, word));
            missing > 0
        });
    }
    surfaces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        let prepared = prepare("", text, &Stemmers::default(), &Prior::default(), &Refrains::default());
        prepared.terms.into_iter().filter(|term| kind(term.key) == Kind::Word).map(|term| term.key).collect()
    }

    #[test]
    fn spellings_of_one_word_share_a_key() {
        assert_eq!(keys("अन्तर"), keys("अंतर"));
        assert_eq!(keys("फ़ोन"), keys("फोन"));
        assert_eq!(keys("१५"), keys("15"));
        assert_eq!(keys("Summit"), keys("summits"));
        assert_ne!(keys("में"), keys("म"));
    }

    #[test]
    fn the_title_weighs_more_and_pairs_do_not_cross_into_the_text() {
        let found = prepare("किम", "को", &Stemmers::default(), &Prior::default(), &Refrains::default());
        assert_eq!(found.terms.iter().map(|term| term.count).sum::<f32>(), TITLE + 1.0);
    }

    #[test]
    fn surfaces_are_the_words_as_written() {
        let stemmers = Stemmers::default();
        let terms = prepare("", "Kim accepted", &stemmers, &Prior::default(), &Refrains::default()).terms;
        let keys: Vec<u64> =
            terms.iter().map(|term| term.key).filter(|&key| matches!(kind(key), Kind::Word | Kind::Pair)).collect();
        let mut found = surfaces("", "Kim Accepted it", &keys, &stemmers);
        found.sort();
        assert_eq!(found, ["Accepted", "Kim", "Kim Accepted"]);
    }

    #[test]
    fn a_pair_is_told_with_its_words_and_without_fillers() {
        let stemmers = Stemmers::default();
        let key = |word: &str| stemmers.word(&folded(word)).stem;
        let prior = Prior::new(&[(key("के") >> 32) as u32], &[0.5]).unwrap();
        let shares = [
            (pair_key(key("जॉन"), key("शॉ")), 0.3),
            (key("शॉ"), 0.2),
            (pair_key(key("शॉ"), key("के")), 0.1),
            (pair_key(key("के"), key("पति")), 0.25),
            (key("पति"), 0.1),
        ];
        let told = in_words("", "जॉन शॉ के पति", &shares, &stemmers, &prior);
        let terms: Vec<&str> = told.iter().map(|(term, _)| term.as_str()).collect();
        assert_eq!(terms, ["जॉन शॉ", "पति"]);
        assert!((told[0].1 - 0.6).abs() < 1e-6 && (told[1].1 - 0.35).abs() < 1e-6);
    }

    #[test]
    fn parts_of_dates_are_found_in_running_text() {
        let text = "He said so on Monday, 5 May 2025; सोमवार को।";
        let mut named = Named::default();
        named.weekday(0);
        mentions("5 मई 2025").iter().for_each(|date| named.date(date));
        assert_eq!(prepare("", text, &Stemmers::default(), &Prior::default(), &Refrains::default()).named, named);
    }
}
