//! Documents that are no more.

use std::path::Path;

use super::disk;
use super::manifest::Manifest;
use crate::error::{Error, Result};

/// Documents that are no more, a bit each.
#[derive(Default)]
pub(super) struct Removed {
    pub(super) bits: Vec<u64>,
    pub(super) count: u64,
}

impl Removed {
    pub(super) fn contains(&self, document: u32) -> bool {
        self.bits.get(document as usize / 64).is_some_and(|word| word >> (document % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, document: u32) {
        let at = document as usize / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.count += u64::from(!self.contains(document));
        self.bits[at] |= 1 << (document % 64);
    }

    pub(super) fn read(folder: &Path, manifest: &Manifest) -> Result<Removed> {
        let Some((name, sum)) = &manifest.removed else { return Ok(Removed::default()) };
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(|error| disk::unreadable(&path, &error))?;
        if xxhash_rust::xxh3::xxh3_64(&bytes) != *sum {
            return Err(Error::Artefact(format!("{}: damaged or cut short", path.display())));
        }
        let bits: Vec<u64> = bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let count = bits.iter().map(|word| u64::from(word.count_ones())).sum();
        Ok(Removed { bits, count })
    }

    /// Writes them to a file of their own; returns its name and the hash of what it holds.
    pub(super) fn write(&self, folder: &Path, manifest: &Manifest) -> Result<(String, u64)> {
        let name = format!("removed-{}-{}", manifest.generation, manifest.files);
        let bytes: Vec<u8> = self.bits.iter().flat_map(|word| word.to_le_bytes()).collect();
        let mut writer = disk::Writer::create(folder.join(&name))?;
        writer.write(&bytes)?;
        writer.finish()?;
        Ok((name, xxhash_rust::xxh3::xxh3_64(&bytes)))
    }
}
