//! Whether an index is whole: every checksum, every record, and that keys and documents belong together.

use super::log::Log;
use super::record::{Body, Record};
use super::{Index, PLACE_BYTES, disk};
use crate::error::{Error, Result};

/// What was looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Verified {
    pub documents: u64,
    pub removed: u64,
    pub commits: u64,
    pub keys: u64,
}

impl Index {
    /// Reads everything; an error says what is damaged.
    pub fn verify(&self) -> Result<Verified> {
        let mut verified = Verified::default();
        let damaged = |what: String| Error::Artefact(format!("{}: {what}", self.folder.display()));
        let mut log = Log::open(&self.folder, &self.manifest.log_name(), false, 0)?;
        let path = self.folder.join(self.manifest.places_name());
        let (mut number, mut wanted, mut count) = (0u32, 0u64, 0u64);
        let mut removed = super::Removed::default();
        log.replay(self.log.end, |place, records| {
            verified.commits += 1;
            let mut rest = records;
            while !rest.is_empty() {
                let at = place + (records.len() - rest.len()) as u64;
                match Record::read(&mut rest)? {
                    Record::Removed(document) if document < number => removed.insert(document),
                    Record::Removed(document) => {
                        return Err(damaged(format!("removes document {document}, which is not")));
                    }
                    Record::Added(document) => {
                        if matches!(document.body, Body::CopyOf(holder) if holder >= number) {
                            return Err(damaged(format!("document {number} copies one that comes later")));
                        }
                        if number < self.manifest.documents {
                            let mut stored = [0; 8];
                            let stored_place = &mut stored[..PLACE_BYTES as usize];
                            disk::read_at(&self.places, &path, stored_place, PLACE_BYTES * u64::from(number))?;
                            if u64::from_le_bytes(stored) != at {
                                return Err(damaged(format!("the place of document {number} is wrong")));
                            }
                            self.settings.keys_of(&document, |key| {
                                wanted = wanted.wrapping_add(mixed(key, number));
                                count += 1;
                            });
                        }
                        number += 1;
                    }
                }
            }
            Ok(())
        })?;
        if log.end != self.log.end || number != self.documents || removed.bits != self.removed.trimmed() {
            return Err(damaged("the log does not hold what it should".into()));
        }
        verified.documents = u64::from(number) - removed.count;
        verified.removed = removed.count;
        let (mut found, mut dropped) = (0u64, 0);
        for keys in &self.keys {
            keys.check_sum()?;
            dropped += keys.file.dropped;
            let mut stream = keys.stream();
            while let Some((key, document)) = stream.next()? {
                found = found.wrapping_add(mixed(key, document));
                verified.keys += 1;
            }
        }
        if verified.keys + dropped != count || dropped == 0 && found != wanted {
            return Err(damaged("the keys are not those of the documents; export and import it".into()));
        }
        Ok(verified)
    }
}

impl super::Removed {
    fn trimmed(&self) -> Vec<u64> {
        let end = self.bits.iter().rposition(|&word| word != 0).map_or(0, |last| last + 1);
        self.bits[..end].to_vec()
    }
}

/// A number whose sum over a set tells sets apart.
fn mixed(key: u64, document: u32) -> u64 {
    let mixed = (key << 24 ^ u64::from(document)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
