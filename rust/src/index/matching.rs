//! A text to the documents that it duplicates.

use super::record::{Body, Document};
use super::{Fingerprint, Index, id_key, identity_key};
use crate::error::Result;
use crate::lsh::matches;

/// A document that a text duplicates.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub id: String,
    pub similarity: f64,
    /// By the signatures, because no more is known of the document.
    pub estimated: bool,
    /// The same words in the same order.
    pub exact: bool,
    /// Milliseconds since 1970.
    pub first_seen: i64,
}

impl Match {
    pub(super) fn of(document: Document, similarity: f64, estimated: bool, exact: bool) -> Match {
        Match { id: document.id, similarity, estimated, exact, first_seen: document.first_seen }
    }
}

impl Index {
    /// The document that the text duplicates most: of the most similar the earliest, of these the smallest id.
    ///
    /// Documents first seen before `since` do not count.
    pub fn check(&self, print: &Fingerprint, since: i64) -> Result<Option<Match>> {
        Ok(self.matches(print, None, since, true)?.into_iter().next())
    }

    /// All documents but `own` that the text duplicates, the best first; with `best`, only that one is sure to be there.
    pub fn matches(&self, print: &Fingerprint, own: Option<&str>, since: i64, best: bool) -> Result<Vec<Match>> {
        self.sound()?;
        let mut found = Vec::new();
        if !print.has_words() {
            return Ok(found);
        }
        let mut buffer = Vec::new();
        let is_other = |document: &Document| document.first_seen >= since && own != Some(document.id.as_str());
        if print.has_identity() {
            self.each_of(print.identity, &mut buffer, |_, document| {
                if is_other(&document) {
                    found.push(Match::of(document, 1.0, false, true));
                }
                !best || found.is_empty()
            })?;
            if best && !found.is_empty() {
                return Ok(found);
            }
        }
        for number in self.candidates(print)? {
            let document = self.document(number, &mut buffer)?;
            let (similarity, estimated) = match self.similarity(print, &document) {
                Some(similarity) if document.identity != print.identity || !print.has_identity() => similarity,
                _ => continue,
            };
            let identity = document.identity;
            let itself = !self.removed.contains(number) && is_other(&document);
            if itself {
                found.push(Match::of(document, similarity, estimated, false));
            }
            if identity != [0; 2] && !(best && itself) {
                self.each_of(identity, &mut buffer, |copy, document| {
                    if copy != number && is_other(&document) {
                        found.push(Match::of(document, similarity, estimated, false));
                    }
                    true
                })?;
            }
        }
        found.sort_by(|one, other| {
            let by_similarity = other.exact.cmp(&one.exact).then(other.similarity.total_cmp(&one.similarity));
            by_similarity.then_with(|| (one.first_seen, &one.id).cmp(&(other.first_seen, &other.id)))
        });
        Ok(found)
    }

    /// The documents that share a band, those that share most bands first, `max_bucket` at most.
    fn candidates(&self, print: &Fingerprint) -> Result<Vec<u32>> {
        let mut found = Vec::new();
        let keys: Vec<u64> = self.settings.band_keys(&print.signature).collect();
        self.touch(&keys);
        for key in keys {
            self.find(key, &mut found)?;
        }
        found.sort_unstable();
        let mut counted: Vec<(usize, u32)> =
            found.chunk_by(|one, other| one == other).map(|same| (usize::MAX - same.len(), same[0])).collect();
        if counted.len() > self.settings.max_bucket {
            counted.sort_unstable();
            counted.truncate(self.settings.max_bucket);
        }
        Ok(counted.into_iter().map(|(_, number)| number).collect())
    }

    /// The similarity where the document shares a band, passes the screen and reaches the threshold, and whether it is
    /// estimated.
    fn similarity(&self, print: &Fingerprint, document: &Document) -> Option<(f64, bool)> {
        let settings = &self.settings;
        let signed;
        let (signature, shingles) = match &document.body {
            Body::Shingles(shingles) => {
                signed = settings.sign(shingles);
                (&signed, Some(shingles))
            }
            Body::Signature(signature) => (signature, None),
            Body::CopyOf(_) => return None,
        };
        let bands = |signature| <[u32]>::chunks_exact(signature, settings.rows).take(settings.bands);
        let equal = matches(&print.signature, signature);
        if equal < settings.min_matches
            || !bands(&print.signature).zip(bands(signature)).any(|(one, other)| one == other)
        {
            return None;
        }
        let (similarity, estimated) = match shingles {
            Some(shingles) if !print.shingles.is_empty() => {
                let both = shared(&print.shingles, shingles);
                (both as f64 / (print.shingles.len() + shingles.len() - both).max(1) as f64, false)
            }
            _ => (f64::from(equal) / settings.permutations.len() as f64, true),
        };
        (similarity >= settings.threshold).then_some((similarity, estimated))
    }

    /// Loads what `find` will read for these keys.
    pub(super) fn touch(&self, keys: &[u64]) {
        self.keys.iter().for_each(|file| file.touch(keys));
    }

    /// Appends the numbers of the documents that have the key, removed ones among them, ascending.
    pub(super) fn find(&self, key: u64, found: &mut Vec<u32>) -> Result<()> {
        for keys in &self.keys {
            keys.find(key, found)?;
        }
        self.recent.find(key, self.settings.max_bucket, found);
        Ok(())
    }

    /// The document of that id.
    pub(super) fn named(&self, id: &str) -> Result<Option<(u32, Document)>> {
        let (mut numbers, mut buffer) = (Vec::new(), Vec::new());
        self.find(id_key(id), &mut numbers)?;
        for number in numbers.into_iter().rev().filter(|&number| !self.removed.contains(number)) {
            let document = self.document(number, &mut buffer)?;
            if document.id == id {
                return Ok(Some((number, document)));
            }
        }
        Ok(None)
    }

    /// The document, removed or not, that has the shingles of these words.
    pub(super) fn holder(&self, identity: [u64; 2]) -> Result<Option<u32>> {
        let (mut numbers, mut buffer) = (Vec::new(), Vec::new());
        self.find(identity_key(identity), &mut numbers)?;
        for number in numbers {
            let document = self.document(number, &mut buffer)?;
            if document.identity == identity {
                return Ok(Some(if let Body::CopyOf(holder) = document.body { holder } else { number }));
            }
        }
        Ok(None)
    }

    /// Calls `take` with the documents of these words that are not removed, until it returns false.
    fn each_of(
        &self,
        identity: [u64; 2],
        buffer: &mut Vec<u8>,
        mut take: impl FnMut(u32, Document) -> bool,
    ) -> Result<()> {
        let mut numbers = Vec::new();
        self.find(identity_key(identity), &mut numbers)?;
        for number in numbers.into_iter().filter(|&number| !self.removed.contains(number)) {
            let document = self.document(number, buffer)?;
            if document.identity == identity && !take(number, document) {
                break;
            }
        }
        Ok(())
    }
}

/// Values in both ascending lists, as often as they are in both.
fn shared(left: &[u32], right: &[u32]) -> usize {
    let (mut at, mut to, mut both) = (0, 0, 0);
    while let (Some(one), Some(other)) = (left.get(at), right.get(to)) {
        both += usize::from(one == other);
        at += usize::from(one <= other);
        to += usize::from(other <= one);
    }
    both
}
