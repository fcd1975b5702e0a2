//! The terms of an article: stems and pairs of neighbouring stems, as 64-bit keys with their weighted counts.

use crate::events::stem::Stemmers;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// How much more an occurrence in the title counts than one in the text.
const TITLE: f32 = 3.0;
/// How much a pair of words counts beside a single word.
pub const PAIR: f32 = 0.5;
/// The lowest bit of a key tells a pair of words (1) from a single word (0).
const PAIR_BIT: u64 = 1;

pub fn is_pair(key: u64) -> bool {
    key & PAIR_BIT == PAIR_BIT
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '\u{200c}' || c == '\u{200d}'
}

/// One character of a word as it enters a key: lower case, ASCII digits, no joiners, no nukta, one sign for nasals and for the vowel ऑ.
fn fold_into(word: &mut String, c: char) {
    match c {
        '\u{200c}' | '\u{200d}' | '\u{93c}' => {}
        '\u{958}'..='\u{95f}' => {
            word.push(['क', 'ख', 'ग', 'ज', 'ड', 'ढ', 'फ', 'य'][c as usize - 0x958]);
        }
        'ँ' => word.push('ं'),
        'ऑ' => word.push('आ'),
        'ॉ' => word.push('ा'),
        '0'..='9' | 'a'..='z' => word.push(c),
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

/// Calls `found` with each word of the text as written and its stem.
fn each_word<'t>(text: &'t str, stemmers: &Stemmers, mut found: impl FnMut(&'t str, &str)) {
    let mut folded = String::new();
    for word in text.split(|c| !is_word(c)) {
        folded.clear();
        word.chars().for_each(|c| fold_into(&mut folded, c));
        fold_nasals(&mut folded);
        if !folded.is_empty() {
            found(word, &stemmers.stem(&folded));
        }
    }
}

fn word_key(stem: &str) -> u64 {
    xxh3_64(stem.as_bytes()) & !PAIR_BIT
}

fn pair_key(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15) | PAIR_BIT
}

/// The terms of an article with their counts, by ascending key.
pub fn terms(title: &str, text: &str, stemmers: &Stemmers) -> Vec<(u64, f32)> {
    let mut found = Vec::with_capacity((title.len() + text.len()) / 3);
    for (part, weight) in [(title, TITLE), (text, 1.0)] {
        let mut before = None;
        each_word(part, stemmers, |_, stem| {
            let key = word_key(stem);
            found.push((key, weight));
            if let Some(before) = before {
                found.push((pair_key(before, key), weight));
            }
            before = Some(key);
        });
    }
    found.sort_unstable_by_key(|&(key, _)| key);
    found.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    found
}

/// The words behind the keys, as the article writes them first; a key that is not of this article becomes "".
pub fn surfaces(title: &str, text: &str, keys: &[u64], stemmers: &Stemmers) -> Vec<String> {
    let mut surfaces = vec![String::new(); keys.len()];
    for part in [title, text] {
        let mut before: Option<(u64, &str)> = None;
        each_word(part, stemmers, |word, stem| {
            let key = word_key(stem);
            let mut note = |wanted: u64, write: &dyn Fn() -> String| {
                for (surface, _) in surfaces.iter_mut().zip(keys).filter(|(s, key)| s.is_empty() && **key == wanted) {
                    *surface = write();
                }
            };
            note(key, &|| word.to_string());
            if let Some((first, written)) = before {
                note(pair_key(first, key), &|| format!("{written} {word}"));
            }
            before = Some((key, word));
        });
    }
    surfaces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        terms("", text, &Stemmers::default()).into_iter().map(|(key, _)| key).collect()
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
        let found = terms("किम", "पुतिन", &Stemmers::default());
        assert_eq!(found.iter().map(|t| t.1).sum::<f32>(), TITLE + 1.0);
    }

    #[test]
    fn surfaces_are_the_words_as_written() {
        let stemmers = Stemmers::default();
        let keys = keys("Kim accepted");
        let mut found = surfaces("", "Kim Accepted it", &keys, &stemmers);
        found.sort();
        assert_eq!(found, ["Accepted", "Kim", "Kim Accepted"]);
    }
}
