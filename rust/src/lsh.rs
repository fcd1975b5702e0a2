//! Bands to candidate pairs: documents that agree on all rows of a band share a bucket (Indyk and Motwani 1998).
//!
//! One band at a time is sorted by key, so memory does not grow with the bands. A pair is screened by its whole signature
//! before it is kept. Work and memory stay linear whatever the texts: a bucket that is too large is put in the order of
//! its signatures, and each member is paired with the next few only, which is counted.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::error::{Error, Result};
use crate::shingles::PLACES;
use crate::texts::Chunks;

/// How signatures become candidate pairs.
#[derive(Debug, Clone, Copy)]
pub struct Banding {
    pub num_perm: usize,
    pub bands: usize,
    /// Signature values in a band.
    pub rows: usize,
    /// Equal signature values that a pair needs.
    pub min_matches: u32,
    /// Members of a bucket that are paired all with all.
    pub max_bucket: usize,
}

/// Candidate pairs and what was done to bound them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// (smaller row, larger row), ascending, each once.
    pub pairs: Vec<[u32; 2]>,
    /// Pairs that shared a bucket and failed the screen, counted once a band.
    pub screened: u64,
    /// Buckets too large for all their pairs.
    pub hot_buckets: u64,
    /// Pairs of hot buckets that were not looked at, counted once a band.
    pub skipped_pairs: u64,
}

/// Neighbours with which a member of a hot bucket is paired.
const NEAREST: usize = 4;
/// Pairs a document that one band may look at; beyond, smaller buckets count as hot.
const PAIRS_PER_DOCUMENT: u64 = 32;
const PAIRS_AT_LEAST: u64 = 1 << 20;

/// Candidate pairs among `active` rows of the row-major `signatures`; `identities` breaks ties between equal signatures.
pub fn candidates(signatures: &[u32], identities: &[[u64; 2]], active: &[u32], banding: Banding) -> Result<Candidates> {
    let Banding { num_perm, bands, rows, .. } = banding;
    if num_perm == 0 || rows == 0 || bands * rows > num_perm {
        return Err(Error::Argument(format!("{bands} bands of {rows} rows do not fit {num_perm} permutations")));
    }
    if signatures.len() != identities.len() * num_perm || active.iter().any(|&row| row as usize >= identities.len()) {
        return Err(Error::Argument("signatures, identities and rows do not belong together".into()));
    }
    let signature = |row: u32| &signatures[row as usize * num_perm..(row as usize + 1) * num_perm];
    let mut found = Candidates::default();
    let mut known = PairSet::default();
    let mut keys = BandKeys::default();
    // A band for each thread, up to four: each needs 16 bytes a document to sort its keys.
    let mut sorters: Vec<[Vec<u64>; 2]> = vec![Default::default(); rayon::current_num_threads().clamp(1, 4)];
    for first in (0..bands).step_by(BANDS_TOGETHER) {
        let together = BANDS_TOGETHER.min(bands - first);
        keys.fill(active, together, |row| signature(row)[first * rows..].chunks_exact(rows));
        for group in (0..together).collect::<Vec<_>>().chunks(sorters.len()) {
            let pairs: Vec<BandPairs> = sorters
                .par_iter_mut()
                .zip(group)
                .map(|([keyed, spare], &band)| {
                    keyed.resize(active.len(), 0);
                    spare.resize(active.len(), 0);
                    keys.of(band, active, keyed);
                    sort_by_key(keyed, spare);
                    pairs_of_band(keyed, (first + band) * rows, signature, identities, &known, banding)
                })
                .collect();
            for pairs in pairs {
                found.screened += pairs.screened;
                found.hot_buckets += pairs.hot_buckets;
                found.skipped_pairs += pairs.skipped_pairs;
                pairs.kept.into_iter().for_each(|pair| known.insert(pair));
            }
        }
    }
    found.pairs = known.into_sorted();
    Ok(found)
}

/// What one band adds to the candidates.
#[derive(Default)]
struct BandPairs {
    kept: Vec<u64>,
    screened: u64,
    hot_buckets: u64,
    skipped_pairs: u64,
}

impl BandPairs {
    fn and(mut self, other: BandPairs) -> BandPairs {
        self.kept.extend(other.kept);
        self.screened += other.screened;
        self.hot_buckets += other.hot_buckets;
        self.skipped_pairs += other.skipped_pairs;
        self
    }
}

/// The pairs of a band that are not `known` and pass the screen; `keyed` is sorted by key, the band's values begin at `start`.
fn pairs_of_band<'s>(
    keyed: &mut [u64],
    start: usize,
    signature: impl Fn(u32) -> &'s [u32] + Sync,
    identities: &[[u64; 2]],
    known: &PairSet,
    banding: Banding,
) -> BandPairs {
    let documents = keyed.len();
    let mut buckets: Vec<&mut [u64]> =
        keyed.chunk_by_mut(|left, right| left >> 32 == right >> 32).filter(|bucket| bucket.len() > 1).collect();
    let limit = bucket_limit(&buckets, banding.max_bucket, documents);
    let of_bucket = |bucket: &mut [u64], pairs: &mut BandPairs| {
        let hot = bucket.len() > limit;
        if hot {
            pairs.hot_buckets += 1;
            pairs.skipped_pairs += pairs_of(bucket.len()) - (bucket.len() * NEAREST) as u64;
            // From this band's values on and round: those that agree longest stand together, in another order per band.
            bucket.par_sort_unstable_by(|&left, &right| {
                let [(left, one), (right, other)] = [left, right].map(|row| (row as u32, signature(row as u32)));
                one[start..]
                    .cmp(&other[start..])
                    .then_with(|| one[..start].cmp(&other[..start]))
                    .then_with(|| identities[left as usize].cmp(&identities[right as usize]))
            });
        }
        for (at, &left) in bucket.iter().enumerate() {
            for &right in bucket[at + 1..].iter().take(if hot { NEAREST } else { usize::MAX }) {
                let (left, right) = (left as u32, right as u32);
                let pair = pack(left, right);
                if known.contains(pair) {
                    continue;
                }
                if matches(signature(left), signature(right)) >= banding.min_matches {
                    pairs.kept.push(pair);
                } else {
                    pairs.screened += 1;
                }
            }
        }
    };
    buckets
        .par_chunks_mut(1024)
        .map(|buckets| {
            let mut pairs = BandPairs::default();
            buckets.iter_mut().for_each(|bucket| of_bucket(bucket, &mut pairs));
            pairs
        })
        .reduce(BandPairs::default, BandPairs::and)
}

/// Equal values of two signatures; over their length it estimates the Jaccard similarity.
pub fn matches(left: &[u32], right: &[u32]) -> u32 {
    left.iter().zip(right).map(|(left, right)| u32::from(left == right)).sum()
}

/// The keys of some bands, made in one pass over the signatures: for each stretch of documents band after band.
#[derive(Default)]
struct BandKeys {
    keys: Vec<u32>,
    bands: usize,
}

/// Bands whose keys are held at once: 128 bytes a document.
const BANDS_TOGETHER: usize = 32;
/// Documents in a stretch.
const STRETCH: usize = 4096;

impl BandKeys {
    /// `values` yields the values of each band of a row.
    fn fill<'s, V: Iterator<Item = &'s [u32]>>(
        &mut self,
        active: &[u32],
        bands: usize,
        values: impl Fn(u32) -> V + Sync,
    ) {
        self.bands = bands;
        self.keys.resize(active.len() * bands, 0);
        self.keys.par_chunks_mut(STRETCH * bands).zip(active.par_chunks(STRETCH)).for_each(|(keys, stretch)| {
            for (at, &row) in stretch.iter().enumerate() {
                for (band, values) in values(row).take(bands).enumerate() {
                    keys[band * stretch.len() + at] = band_key(values);
                }
            }
        });
    }

    /// Writes key << 32 | row for each active row.
    fn of(&self, band: usize, active: &[u32], keyed: &mut [u64]) {
        let stretches =
            self.keys.chunks(STRETCH * self.bands).zip(active.chunks(STRETCH)).zip(keyed.chunks_mut(STRETCH));
        for ((keys, stretch), keyed) in stretches {
            let keys = &keys[band * stretch.len()..][..stretch.len()];
            for ((keyed, &key), &row) in keyed.iter_mut().zip(keys).zip(stretch) {
                *keyed = u64::from(key) << 32 | u64::from(row);
            }
        }
    }
}

/// 32 bits of a hash of the values of a band; two that collide are told apart by the screen.
#[inline(always)]
fn band_key(values: &[u32]) -> u32 {
    let sum = values.iter().fold(0u64, |sum, &value| (sum ^ u64::from(value)).wrapping_mul(PLACES[0]).rotate_left(32));
    sum as u32
}

/// The largest bucket that is paired all with all, so that the band stays within its number of pairs.
fn bucket_limit(buckets: &[&mut [u64]], max_bucket: usize, documents: usize) -> usize {
    let budget = PAIRS_AT_LEAST.max(documents as u64 * PAIRS_PER_DOCUMENT);
    let mut limit = max_bucket;
    while limit > 2 * NEAREST
        && buckets.iter().map(|bucket| bucket.len()).filter(|&size| size <= limit).map(pairs_of).sum::<u64>() > budget
    {
        limit /= 2;
    }
    limit.max(2 * NEAREST)
}

fn pairs_of(members: usize) -> u64 {
    let members = members as u64;
    members * (members - 1) / 2
}

fn pack(left: u32, right: u32) -> u64 {
    u64::from(left.min(right)) << 32 | u64::from(left.max(right))
}

/// Sorts by the upper 32 bits: least significant digit first, 11 bits a pass.
fn sort_by_key(values: &mut Vec<u64>, spare: &mut Vec<u64>) {
    for shift in [32, 43, 54] {
        let digit = |value: u64| (value >> shift) as usize & 0x7ff;
        let mut starts = [0; 2048];
        for &value in values.iter() {
            starts[digit(value)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for &value in values.iter() {
            let start = &mut starts[digit(value)];
            spare[*start] = value;
            *start += 1;
        }
        std::mem::swap(values, spare);
    }
}

/// A set of packed pairs, open addressing; 0 is no pair, since a pair's larger row is not 0.
#[derive(Default)]
struct PairSet {
    slots: Vec<u64>,
    count: usize,
}

impl PairSet {
    /// The slot of the pair, or the free one where it belongs.
    fn slot(&self, pair: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != pair {
            at = (at + 1) & mask;
        }
        at
    }

    fn contains(&self, pair: u64) -> bool {
        self.count > 0 && self.slots[self.slot(pair)] == pair
    }

    fn insert(&mut self, pair: u64) {
        if self.count * 4 >= self.slots.len() * 3 {
            let grown = PairSet { slots: vec![0; (self.slots.len() * 2).max(1024)], count: self.count };
            for old in std::mem::replace(self, grown).slots.into_iter().filter(|&old| old != 0) {
                let at = self.slot(old);
                self.slots[at] = old;
            }
        }
        let at = self.slot(pair);
        self.count += usize::from(self.slots[at] == 0);
        self.slots[at] = pair;
    }

    fn into_sorted(self) -> Vec<[u32; 2]> {
        let mut pairs = self.slots;
        pairs.retain(|&pair| pair != 0);
        pairs.par_sort_unstable();
        pairs.into_iter().map(|pair| [(pair >> 32) as u32, pair as u32]).collect()
    }
}

/// The first row with the same key, for each row; the keys are hashes.
pub fn first_equal(keys: &[[u64; 2]]) -> Vec<u32> {
    first_of(keys.len(), |row| keys[row][0], |left, right| keys[left] == keys[right])
}

/// Rows with the same sample that are compared before a row counts as new.
const TRIES: usize = 8;

/// The first row with the same text, for each row: told by a sample of each text first, then by all of it. A row whose
/// sample is that of many different texts may count as new.
pub fn first_same_text(texts: &Chunks<'_>) -> Vec<u32> {
    let samples: Vec<u64> = (0..texts.len()).into_par_iter().map(|row| sample(texts.bytes(row))).collect();
    first_of(
        texts.len(),
        |row| samples[row],
        |left, right| samples[left] == samples[right] && texts.bytes(left) == texts.bytes(right),
    )
}

/// A hash of the length of a text, and of up to 64 bytes at its start, middle and end.
fn sample(text: &[u8]) -> u64 {
    let length = text.len();
    let part = |from: usize| &text[from..length.min(from + 64)];
    let middle = xxh3_64_with_seed(part(length / 2), length as u64);
    xxh3_64_with_seed(part(0), xxh3_64_with_seed(part(length.saturating_sub(64)), middle))
}

/// The first row that is the same, for each row. Gives up after some tries among rows of one hash.
fn first_of(rows: usize, hash: impl Fn(usize) -> u64, same: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    const FREE: u32 = u32::MAX;
    let mask = (2 * rows).next_power_of_two() - 1;
    let mut slots = vec![FREE; mask + 1];
    let mut firsts = Vec::with_capacity(rows);
    for row in 0..rows {
        let own = hash(row);
        let mut at = own as usize & mask;
        let mut tries = 0;
        let first = loop {
            let other = slots[at] as usize;
            if slots[at] == FREE {
                slots[at] = row as u32;
                break row;
            }
            if tries == TRIES {
                break row;
            }
            if same(other, row) {
                break other;
            }
            tries += usize::from(hash(other) == own);
            at = (at + 1) & mask;
        };
        firsts.push(first as u32);
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::TextColumn;

    fn banding(bands: usize, rows: usize, min_matches: u32, max_bucket: usize) -> Banding {
        Banding { num_perm: bands * rows, bands, rows, min_matches, max_bucket }
    }

    fn numbered(rows: u64) -> (Vec<[u64; 2]>, Vec<u32>) {
        ((0..rows).map(|row| [row, 0]).collect(), (0..rows as u32).collect())
    }

    #[test]
    fn pairs_share_a_band_and_pass_the_screen() {
        let (identities, active) = numbered(4);
        let signatures = [1, 2, 3, 4, 1, 2, 9, 9, 7, 7, 3, 4, 5, 2, 3, 6];
        let found = candidates(&signatures, &identities, &active, banding(2, 2, 0, 10)).unwrap();
        assert_eq!(found.pairs, [[0, 1], [0, 2]]);
        let found = candidates(&signatures, &identities, &active, banding(2, 2, 3, 10)).unwrap();
        assert_eq!((found.pairs.len(), found.screened), (0, 2));
    }

    #[test]
    fn a_hot_bucket_is_chained_and_reported() {
        let rows = 5000;
        let (identities, active) = numbered(rows);
        let found = candidates(&vec![7; rows as usize * 4], &identities, &active, banding(2, 2, 4, 100)).unwrap();
        assert_eq!(found.hot_buckets, 2);
        assert!(found.skipped_pairs > 0);
        assert!(found.pairs.len() <= rows as usize * NEAREST);
        assert!((1..rows as u32).all(|row| found.pairs.binary_search(&[row - 1, row]).is_ok()));
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        assert!(candidates(&[1, 2], &[[0; 2]], &[0], banding(2, 2, 0, 10)).is_err());
        assert!(candidates(&[1, 2], &[[0; 2]], &[1], banding(1, 2, 0, 10)).is_err());
    }

    #[test]
    fn first_equal_names_the_first_row() {
        assert_eq!(first_equal(&[[1, 1], [2, 1], [1, 1], [1, 2]]), [0, 1, 0, 3]);
    }

    #[test]
    fn first_same_text_names_the_first_row_of_equal_texts_only() {
        let long = |middle: usize| format!("{}{middle:03}{}", "a".repeat(300), "b".repeat(200));
        let column: TextColumn =
            (0..100).chain(0..100).map(|at| long(at % 50)).chain(["".into(), "x".into(), "".into()]).collect();
        let texts = Chunks::new(&[(&column.offsets, &column.data)]).unwrap();
        let firsts = first_same_text(&texts);
        for (row, &first) in firsts.iter().enumerate() {
            assert!(first as usize <= row && texts.bytes(first as usize) == texts.bytes(row));
        }
        assert_eq!(firsts[200..], [200, 201, 200]);
        assert!(firsts[..200].iter().zip(0..).filter(|&(&first, row)| first != row).count() > 100);
    }
}
