//! The keys of recent documents become a file, merged with those that are not much larger.

use super::keys::{self, Keys};
use super::manifest::Manifest;
use super::{Index, PLACE_BYTES, disk};
use crate::error::Result;

/// A file is merged with the newer ones when it is not this many times larger than they are together.
const RATIO: u64 = 3;

impl Index {
    /// Writes the keys of the recent documents to a file, merged with the files that are not much larger.
    pub fn checkpoint(&mut self) -> Result<()> {
        self.writable()?;
        if self.log.end == self.manifest.position {
            return Ok(());
        }
        let mut manifest = self.manifest.clone();
        let recent = self.recent.sorted();
        let path = self.folder.join(manifest.places_name());
        let bytes: Vec<u8> = self
            .recent
            .places
            .iter()
            .flat_map(|place| place.to_le_bytes().into_iter().take(PLACE_BYTES as usize))
            .collect();
        disk::write_through(&self.places, &path, &bytes, PLACE_BYTES * u64::from(manifest.documents))?;
        let mut first = self.keys.len();
        let mut newer = recent.len() as u64;
        while first > 0 && self.keys[first - 1].file.entries < RATIO * newer {
            first -= 1;
            newer += self.keys[first].file.entries;
        }
        let mut fresh = None;
        if newer > 0 {
            manifest.files += 1;
            let name = format!("keys-{}-{}", manifest.generation, manifest.files);
            let parts: Vec<&Keys> = self.keys[first..].iter().collect();
            let most = self.settings.max_bucket.max(2);
            let file = keys::merge(&self.folder, &name, &parts, &recent, self.documents, most)?;
            manifest.keys.truncate(first);
            manifest.keys.push(file.clone());
            fresh = Some(Keys::open(&self.folder, file)?);
        }
        if self.removed.count > 0 {
            manifest.files += 1;
            manifest.removed = Some(self.removed.write(&self.folder, &manifest)?);
        }
        manifest.documents = self.documents;
        manifest.position = self.log.end;
        self.publish(&manifest)?;
        if let Some(fresh) = fresh {
            self.keys.truncate(first);
            self.keys.push(fresh);
        }
        let before = std::mem::replace(&mut self.manifest, manifest);
        self.discard(&before);
        self.recent.clear();
        Ok(())
    }

    /// Puts a manifest in place. Where that fails it may stand there or not: what does is taken from the disk.
    pub(super) fn publish(&mut self, manifest: &Manifest) -> Result<()> {
        if let Err(error) = manifest.write(&self.folder) {
            self.broken = true;
            self.restart(Manifest::read(&self.folder)?)?;
            return Err(error);
        }
        Ok(())
    }

    /// Removes the files of an older manifest that the present one does not name.
    pub(super) fn discard(&self, before: &Manifest) {
        let names =
            before.keys.iter().map(|file| file.name.clone()).chain(before.removed.iter().map(|(name, _)| name.clone()));
        for name in names.chain([before.log_name(), before.places_name()]) {
            if !self.manifest.names(&name) {
                let _ = std::fs::remove_file(self.folder.join(name));
            }
        }
    }
}
