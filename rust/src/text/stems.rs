//! What lines are about: the beginnings of their longer words, whatever the endings.

use super::edges::head;
use super::shape::{Line, Page};
use crate::cues::first_keys;
use crate::events::keys::KeySet;
use crate::words::words;

/// Letters that make a stem.
const STEM: usize = 5;
/// The beginning of a paragraph that tells what its subheading says, in bytes; shares of the words of that.
pub(super) const LEAD: usize = 1500;
pub(super) const HALF: (usize, usize) = (1, 2);
pub(super) const TWO_THIRDS: (usize, usize) = (2, 3);

/// Hashes of the stems of a text.
pub(super) fn stems(text: &str) -> KeySet {
    words(text).filter_map(stem).collect()
}

fn stem(word: &str) -> Option<u64> {
    let after = |hash: u64, key: u32| (hash ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    first_keys::<STEM>(word).map(|keys| keys.into_iter().fold(0, after))
}

/// Line `at` says, in so many of its words, what the line below it says.
pub(super) fn says_of(page: &Page<'_>, at: usize, (of, parts): (usize, usize)) -> bool {
    let Some([line, next]) = page.lines.get(at..at + 2) else { return false };
    page.spend(LEAD);
    let (said, told) = (stems(page.of(line)), stems(head(page.of(next), LEAD)));
    let shared = said.iter().filter(|word| told.contains(word)).count();
    said.len() > 1 && shared * parts >= said.len() * of && shared >= of
}

/// How many of the stems of line `at` stand in the lines above it too, and how many there are; of fewer than `least` none is looked for.
pub(super) fn shared(page: &Page<'_>, at: usize, least: usize, vocabulary: &mut Option<KeySet>) -> (usize, usize) {
    let words = stems(page.of(&page.lines[at]));
    if words.len() < least {
        return (0, words.len());
    }
    let known = vocabulary.get_or_insert_with(|| vocabulary_of(page, page.lines[..at].iter()));
    (words.iter().filter(|word| known.contains(word)).count(), words.len())
}

/// True where many stems of line `at` are the article's.
pub(super) fn is_of(page: &Page<'_>, at: usize, vocabulary: &mut Option<KeySet>) -> bool {
    const LEAST: usize = 3;
    let (shared, words) = shared(page, at, LEAST, vocabulary);
    words >= LEAST && shared * 3 >= words
}

pub(super) fn vocabulary_of<'a>(page: &Page<'_>, lines: impl Iterator<Item = &'a Line>) -> KeySet {
    page.spend(page.text.len());
    let mut vocabulary = KeySet::with_capacity_and_hasher(page.text.len() / 16, Default::default());
    vocabulary.extend(lines.flat_map(|line| words(page.of(line)).filter_map(stem)));
    vocabulary
}
