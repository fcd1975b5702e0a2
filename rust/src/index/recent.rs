//! The documents since the last file of keys was written: their keys and places, in memory and bounded.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::keys::Entry;

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(self.0 << 8 | u64::from(byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

const NONE: u32 = u32::MAX;

#[derive(Default)]
pub struct Recent {
    /// Key → the last entry of its chain.
    last: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// (document, the entry before it under the same key).
    chains: Vec<(u32, u32)>,
    /// Where the record of each document begins in the log.
    pub places: Vec<u64>,
}

impl Recent {
    pub fn insert(&mut self, key: u64, document: u32) {
        let before = self.last.insert(key, self.chains.len() as u32).unwrap_or(NONE);
        self.chains.push((document, before));
    }

    /// Appends the documents that have the key, the last `most` of them, in ascending order.
    pub fn find(&self, key: u64, most: usize, found: &mut Vec<u32>) {
        let start = found.len();
        let mut at = self.last.get(&key).copied().unwrap_or(NONE);
        while let Some(&(document, before)) = self.chains.get(at as usize) {
            if found.len() - start == most {
                break;
            }
            found.push(document);
            at = before;
        }
        found[start..].reverse();
    }

    /// All entries in order.
    pub fn sorted(&self) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(self.chains.len());
        for (&key, &last) in &self.last {
            let mut at = last;
            while let Some(&(document, before)) = self.chains.get(at as usize) {
                entries.push((key, document));
                at = before;
            }
        }
        entries.sort_unstable();
        entries
    }

    pub fn clear(&mut self) {
        *self = Recent::default();
    }

    /// Bytes of memory, about.
    pub fn memory(&self) -> usize {
        8 * self.chains.capacity() + 17 * self.last.capacity() + 8 * self.places.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_under_their_keys_in_order() {
        let mut recent = Recent::default();
        for document in 0..100 {
            recent.insert(7, document);
            recent.insert(u64::from(document % 10), document);
        }
        let mut found = vec![3];
        recent.find(7, 1000, &mut found);
        assert_eq!(found[1..4], [0, 1, 2]);
        assert_eq!(found.len(), 111);
        found.clear();
        recent.find(7, 2, &mut found);
        assert_eq!(found, [98, 99]);
        let sorted = recent.sorted();
        assert!(sorted.is_sorted() && sorted.len() == 200);
    }
}
