//! Writing an index anew without what was removed or has expired.

use std::collections::HashMap;

use super::disk::{self, Writer};
use super::keys::{self, Entry, Keys};
use super::log::Log;
use super::manifest::Manifest;
use super::record::{Body, Record};
use super::{Index, PLACE_BYTES, Removed};
use crate::error::Result;

/// Documents whose keys are gathered before they are written.
const GATHER: usize = 1 << 16;
/// Bytes of records in one frame.
const FRAME: usize = 8 << 20;

impl Index {
    /// Writes the documents first seen since `since` to new files, and discards the old ones.
    ///
    /// The index stays as it was until the new files are whole.
    pub fn compact(&mut self, since: i64) -> Result<()> {
        self.writable()?;
        self.roll_back()?;
        let mut manifest = Manifest {
            config: self.manifest.config.clone(),
            generation: self.manifest.generation + 1,
            files: 1,
            ..Manifest::default()
        };
        let written = self.rewrite(&mut manifest, since).and_then(|()| self.publish(&manifest));
        if let Err(error) = written {
            self.sweep();
            return Err(error);
        }
        let before = self.manifest.clone();
        self.broken = true;
        self.restart(manifest)?;
        self.discard(&before);
        Ok(())
    }

    fn rewrite(&self, manifest: &mut Manifest, since: i64) -> Result<()> {
        // What is left of an earlier attempt must not stand behind the new records.
        let _ = std::fs::remove_file(self.folder.join(manifest.log_name()));
        let mut log = Log::open(&self.folder, &manifest.log_name(), true, 0)?;
        let mut places = Writer::create(self.folder.join(manifest.places_name()))?;
        let (mut frame, mut buffer) = (Log::frame(), Vec::new());
        let mut entries: Vec<Entry> = Vec::new();
        let mut parts: Vec<Keys> = Vec::new();
        // Old number of a document with shingles → the new one that has them now.
        let mut holders: HashMap<u32, u32> = HashMap::new();
        let mut copied = Removed::default();
        for number in (0..self.documents).filter(|&number| !self.removed.contains(number)) {
            if let Body::CopyOf(holder) = self.document(number, &mut buffer)?.body {
                copied.insert(holder);
            }
        }
        let most = self.settings.max_bucket.max(2);
        for number in 0..self.documents {
            if self.removed.contains(number) {
                continue;
            }
            let mut document = self.document(number, &mut buffer)?;
            if document.first_seen < since {
                continue;
            }
            let own = manifest.documents;
            match document.body {
                Body::CopyOf(holder) => match holders.get(&holder) {
                    Some(&known) => document.body = Body::CopyOf(known),
                    None => {
                        document.body = self.document(holder, &mut buffer)?.body;
                        holders.insert(holder, own);
                    }
                },
                _ if copied.contains(number) => _ = holders.insert(number, own),
                _ => (),
            }
            self.settings.keys_of(&document, |key| entries.push((key, own)));
            places.write(&(log.end + frame.len() as u64).to_le_bytes()[..PLACE_BYTES as usize])?;
            Record::Added(document).write(&mut frame);
            manifest.documents += 1;
            if frame.len() >= FRAME {
                log.commit(&mut std::mem::replace(&mut frame, Log::frame()))?;
            }
            if (manifest.documents as usize).is_multiple_of(GATHER) {
                entries.sort_unstable();
                let name = format!("keys-{}-part-{}", manifest.generation, parts.len());
                let file = keys::merge(&self.folder, &name, &[], &entries, self.documents, usize::MAX)?;
                parts.push(Keys::open(&self.folder, file)?);
                entries.clear();
            }
        }
        if frame.len() > Log::frame().len() {
            log.commit(&mut frame)?;
        }
        manifest.position = log.end;
        places.finish()?;
        entries.sort_unstable();
        let name = format!("keys-{}-{}", manifest.generation, manifest.files);
        let parts: Vec<&Keys> = parts.iter().collect();
        manifest.keys.push(keys::merge(&self.folder, &name, &parts, &entries, manifest.documents, most)?);
        for part in parts {
            let _ = std::fs::remove_file(self.folder.join(&part.file.name));
        }
        disk::sync_folder(&self.folder)
    }
}
