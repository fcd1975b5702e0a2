//! What of a text is compared and stored, and the keys under which it is found.

use super::keys::KEY_BITS;
use super::record::{Body, Document};
use crate::blocks::fastest;
use crate::minhash::{Permutations, Update};
use crate::shingles::{Shape, Shingler};

/// How texts are compared.
pub struct Settings {
    pub shape: Shape,
    pub permutations: Permutations,
    pub bands: usize,
    pub rows: usize,
    /// Equal signature values that a pair needs.
    pub min_matches: u32,
    /// Documents of one key that are looked at, and candidates of one text.
    pub max_bucket: usize,
    pub threshold: f64,
}

/// What is needed of a text to compare and to store it.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint {
    pub identity: [u64; 2],
    /// Upper halves of the shingles, ascending; empty where only the signature is known.
    pub shingles: Vec<u32>,
    pub signature: Vec<u32>,
}

impl Fingerprint {
    pub fn of(text: &str, shingler: &mut Shingler, settings: &Settings) -> Fingerprint {
        let (set, found) = shingler.sorted_and_identity(text, settings.shape);
        let shingles: Vec<u32> = set.iter().map(|shingle| (shingle >> 32) as u32).collect();
        let signature = settings.sign(&shingles);
        Fingerprint { identity: if found.units == 0 { [0; 2] } else { found.hash }, shingles, signature }
    }

    /// Whether there is anything to compare.
    pub(super) fn has_words(&self) -> bool {
        self.signature.iter().any(|&value| value != u32::MAX)
    }

    pub(super) fn has_identity(&self) -> bool {
        self.identity != [0; 2]
    }
}

impl Settings {
    pub(super) fn sign(&self, shingles: &[u32]) -> Vec<u32> {
        let mut signature = vec![u32::MAX; self.permutations.len()];
        let (hashes, permutations) = (&mut shingles.to_vec()[..], &self.permutations);
        fastest(Update { hashes, permutations, signature: &mut signature });
        signature
    }

    pub(super) fn band_keys<'a>(&'a self, signature: &'a [u32]) -> impl Iterator<Item = u64> + 'a {
        signature.chunks_exact(self.rows).take(self.bands).zip(2..).map(|(values, band)| key(band, values))
    }
}

/// 40 bits of a hash of the values, apart for each kind of key.
fn key(kind: u64, values: &[u32]) -> u64 {
    let mut bytes = Vec::with_capacity(4 * values.len());
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, kind) >> (64 - KEY_BITS)
}

pub(super) fn id_key(id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(id.as_bytes(), 0) >> (64 - KEY_BITS)
}

pub(super) fn identity_key([left, right]: [u64; 2]) -> u64 {
    key(1, &[left as u32, (left >> 32) as u32, right as u32, (right >> 32) as u32])
}

impl Settings {
    pub(super) fn keys_of(&self, document: &Document, take: impl FnMut(u64)) {
        match &document.body {
            Body::Shingles(shingles) => self.keys_with(document, &self.sign(shingles), take),
            Body::Signature(signature) => self.keys_with(document, signature, take),
            Body::CopyOf(_) => self.keys_with(document, &[], take),
        }
    }

    /// Calls `take` with the keys of a document: of its id, its words, and where it holds them, of the bands.
    pub(super) fn keys_with(&self, document: &Document, signature: &[u32], mut take: impl FnMut(u64)) {
        take(id_key(&document.id));
        if document.identity != [0; 2] {
            take(identity_key(document.identity));
        }
        let has_bands = match &document.body {
            Body::Shingles(shingles) => !shingles.is_empty(),
            Body::Signature(_) => true,
            Body::CopyOf(_) => false,
        };
        if has_bands {
            self.band_keys(signature).for_each(take);
        }
    }
}

impl Document {
    pub(super) fn is_same(&self, print: &Fingerprint) -> bool {
        match &self.body {
            Body::Signature(signature) => print.shingles.is_empty() && *signature == print.signature,
            _ => self.identity == print.identity && (print.has_identity() || !print.has_words()),
        }
    }
}
