//! How telling a term is: rare in the background and rare in the stream weighs more.

use crate::error::{Error, Result};
use crate::events::terms::{PAIR, is_pair};
use std::collections::HashMap;

/// A sparse vector: (key, weight) by ascending key.
pub type Vector = Vec<(u64, f32)>;

/// How many documents of background the prior counts as.
const PRIOR_DOCUMENTS: f64 = 1000.0;

/// The background: for a term's key (upper 32 bits) the share of documents that hold it.
#[derive(Clone, Copy)]
pub struct Prior<'a> {
    keys: &'a [u32],
    shares: &'a [f32],
}

impl<'a> Prior<'a> {
    pub fn new(keys: &'a [u32], shares: &'a [f32]) -> Result<Self> {
        if keys.len() != shares.len() || keys.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Error::Argument("the background takes ascending keys, each with its share".into()));
        }
        Ok(Prior { keys, shares })
    }

    fn share(&self, key: u64) -> f64 {
        self.keys.binary_search(&((key >> 32) as u32)).map_or(0.0, |at| f64::from(self.shares[at]))
    }
}

/// In how many documents each term occurs.
pub fn document_frequencies<'t>(documents: impl Iterator<Item = &'t Vector>) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for document in documents {
        for &(key, _) in document {
            *counts.entry(key).or_insert(0) += 1;
        }
    }
    counts
}

/// The unit vector of an article: (1 + ln count) · ln(1 / share of documents); pairs of words that occur once only are left out.
pub fn vector(terms: &Vector, documents: usize, frequencies: &HashMap<u64, u32>, prior: Prior<'_>) -> Vector {
    let mut vector: Vector = terms
        .iter()
        .filter_map(|&(key, count)| {
            let seen = frequencies.get(&key).copied().unwrap_or(1);
            if is_pair(key) && seen < 2 {
                return None;
            }
            let share = (f64::from(seen) + PRIOR_DOCUMENTS * prior.share(key)) / (documents as f64 + PRIOR_DOCUMENTS);
            let weight = (1.0 + count.ln()) * (1.0 / share).ln().max(0.0) as f32;
            Some((key, if is_pair(key) { weight * PAIR } else { weight }))
        })
        .collect();
    let norm = vector.iter().map(|&(_, w)| f64::from(w) * f64::from(w)).sum::<f64>().sqrt() as f32;
    if norm > 0.0 {
        vector.iter_mut().for_each(|(_, w)| *w /= norm);
    }
    vector
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
        sum.push((
            x.min(y),
            if x == y {
                v + w
            } else if x < y {
                v
            } else {
                w
            },
        ));
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

    #[test]
    fn products_agree_whatever_the_lengths() {
        let short = vec![(4, 1.0), (90, 2.0)];
        let long: Vector = (0..100).map(|key| (key, 0.5)).collect();
        assert_eq!(dot(&short, &long), 1.5);
        assert_eq!(dot(&long[..20], &short), 0.5);
        assert_eq!(add(&short, &[(4, 1.0), (5, 1.0)]), [(4, 2.0), (5, 1.0), (90, 2.0)]);
    }
}
