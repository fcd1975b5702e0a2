//! A persistent near-duplicate index: documents in a log, their keys in sorted files, the way of a log-structured merge
//! tree (O'Neil et al. 1996). The one place in the core that opens files.
//!
//! A document has one key for its id, one for its words, and one a band of its signature. A text is compared with every
//! document that shares a band, on shingle sets: the pairs are those of the batch pipeline, in whatever order documents come.

mod bits;
mod checkpoint;
mod compact;
mod disk;
mod fingerprint;
mod keys;
mod log;
mod manifest;
mod matching;
mod opening;
mod recent;
mod record;
mod removed;
mod verify;

use std::fs::File;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::shingles::Shingler;
use crate::texts::Texts;
pub use fingerprint::{Fingerprint, Settings};
use fingerprint::{id_key, identity_key};
use keys::Keys;
use log::Log;
use manifest::Manifest;
pub use matching::Match;
pub use opening::{create, stored_config};
use recent::Recent;
use record::{Body, Document, Record};
use removed::Removed;
pub use verify::Verified;

/// Documents after which a file of keys is written: bounds memory, and the time that opening takes.
const RECENT: usize = 8192;
const PLACE_BYTES: u64 = 6;
/// Documents whose buckets are loaded together: what they take stays in the caches.
const TOUCHED: usize = 16;
/// Bytes that are read at once for a document, whatever follows it.
const LONG: usize = 1 << 14;

/// An open index. One may write; any number may read, each sees what is committed when it looks.
pub struct Index {
    folder: PathBuf,
    settings: Settings,
    manifest: Manifest,
    /// Held by the one that writes.
    lock: Option<File>,
    log: Log,
    places: File,
    keys: Vec<Keys>,
    recent: Recent,
    removed: Removed,
    /// Documents there ever were, since the last compaction.
    documents: u32,
    /// Records of the batch that is being added.
    frame: Vec<u8>,
    /// Recent documents at which writing keys failed the last time.
    put_off: usize,
    /// What is in memory may not be what is on disk.
    broken: bool,
}

/// What became of a document that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    New,
    /// Its id was there with another text.
    Updated,
    /// Its id was there with the same words.
    Unchanged,
}

/// The matches by row, and what became of each row.
pub type AddedAll = (Vec<(u32, Match)>, Vec<u8>);

/// What an index holds, and what it takes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Info {
    pub documents: u64,
    pub removed: u64,
    /// The documents, removed ones among them until the index is compacted.
    pub log_bytes: u64,
    pub keys_bytes: u64,
    pub other_bytes: u64,
    pub keys_files: u64,
    pub recent: u64,
    pub memory: u64,
    /// Entries left out because more than max_bucket documents share a key.
    pub dropped: u64,
}

impl Index {
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The fingerprints of texts, on all threads of the pool that this is called in.
    pub fn fingerprints(&self, texts: Texts<'_>) -> Vec<Fingerprint> {
        let of = |shingler: &mut Shingler, row| Fingerprint::of(texts.get(row), shingler, &self.settings);
        (0..texts.len()).into_par_iter().with_min_len(16).map_init(Shingler::default, of).collect()
    }

    /// The fingerprint of a document that is known by its shingles, or by its signature alone; without both it has no words.
    pub fn fingerprint_of(
        &self,
        identity: [u64; 2],
        mut shingles: Vec<u32>,
        signature: Vec<u32>,
    ) -> Result<Fingerprint> {
        shingles.sort_unstable();
        if !shingles.is_empty() {
            let signature = self.settings.sign(&shingles);
            return Ok(Fingerprint { identity, shingles, signature });
        }
        if signature.is_empty() {
            return Ok(Fingerprint { signature: self.settings.sign(&[]), ..Fingerprint::default() });
        }
        if signature.len() != self.settings.permutations.len() {
            return Err(Error::Argument(format!(
                "a signature has {} values, not {}",
                self.settings.permutations.len(),
                signature.len()
            )));
        }
        Ok(Fingerprint { identity: [0; 2], shingles, signature })
    }

    /// Adds a document to the batch that is not committed yet; it is found at once. Returns what became of it.
    ///
    /// The document of that id that is there already is replaced and keeps its date, unless it was first seen before
    /// `since`; where its words are the same nothing changes. With `check` the text is looked for first.
    pub fn add(
        &mut self,
        id: &str,
        print: &Fingerprint,
        seen: i64,
        since: i64,
        check: bool,
    ) -> Result<(Added, Option<Match>)> {
        self.writable()?;
        let before = self.named(id)?;
        let current = before.as_ref().map(|(_, document)| document).filter(|document| document.first_seen >= since);
        if let Some(document) = current.filter(|document| document.is_same(print)) {
            let itself = || Match::of(document.clone(), 1.0, matches!(document.body, Body::Signature(_)), true);
            return Ok((Added::Unchanged, check.then(itself)));
        }
        let found = if check { self.matches(print, Some(id), since, true)?.into_iter().next() } else { None };
        let first_seen = current.map_or(seen, |document| document.first_seen);
        let added = if current.is_some() { Added::Updated } else { Added::New };
        if let Some((number, _)) = before {
            self.push(Record::Removed(number))?;
        }
        let holder = if print.has_identity() { self.holder(print.identity)? } else { None };
        let body = match holder {
            Some(number) => Body::CopyOf(number),
            None if print.shingles.is_empty() && print.has_words() => Body::Signature(print.signature.clone()),
            None => Body::Shingles(print.shingles.clone()),
        };
        let document = Document { id: id.into(), first_seen, identity: print.identity, body };
        self.settings.keys_with(&document, &print.signature, |key| self.recent.insert(key, self.documents));
        self.push(Record::Added(document))?;
        Ok((added, found))
    }

    /// Removes the document of that id, in the batch that is not committed yet; false where there is none.
    pub fn remove(&mut self, id: &str) -> Result<bool> {
        self.writable()?;
        let found = self.named(id)?;
        found.map_or(Ok(false), |(number, _)| self.push(Record::Removed(number)).map(|()| true))
    }

    fn push(&mut self, record: Record) -> Result<()> {
        match &record {
            Record::Removed(number) => self.removed.insert(*number),
            Record::Added(_) => {
                self.recent.places.push(self.log.end + self.frame.len() as u64);
                self.documents = self
                    .documents
                    .checked_add(1)
                    .ok_or_else(|| Error::Output("the index is full: compact it".into()))?;
            }
        }
        record.write(&mut self.frame);
        Ok(())
    }

    fn writable(&self) -> Result<()> {
        if self.lock.is_none() {
            return Err(Error::Artefact(format!("{}: is open for reading only", self.folder.display())));
        }
        self.sound()?;
        // Memory stays bounded even where keys cannot be written.
        if self.recent.places.len() >= 16 * RECENT && self.frame.len() <= Log::frame().len() {
            return Err(Error::Output(format!("{}: keys cannot be written; nothing is lost", self.folder.display())));
        }
        Ok(())
    }

    /// Adds ((id, fingerprint), date) in order and commits; all of them, or where that fails none. Returns the matches by
    /// row (with `check`) and what became of each row.
    pub fn add_all<'a>(
        &mut self,
        batch: impl Iterator<Item = ((&'a str, &'a Fingerprint), i64)>,
        since: i64,
        check: bool,
    ) -> Result<AddedAll> {
        let (mut matches, mut became) = (Vec::new(), Vec::new());
        let batch: Vec<_> = batch.collect();
        let added = batch.iter().zip(0..).try_for_each(|(&((id, print), seen), row)| {
            if (row as usize).is_multiple_of(TOUCHED) {
                let next = batch[row as usize..].iter().take(TOUCHED);
                let keys = |&((id, print), _): &((&str, &Fingerprint), i64)| {
                    self.settings
                        .band_keys(&print.signature)
                        .chain([id_key(id), identity_key(print.identity)])
                        .collect::<Vec<_>>()
                };
                self.touch(&next.flat_map(keys).collect::<Vec<_>>());
            }
            let (added, found) = self.add(id, print, seen, since, check)?;
            became.push(added as u8);
            matches.extend(found.map(|found| (row, found)));
            Ok(())
        });
        self.settle(added)?;
        Ok((matches, became))
    }

    /// Removes the documents of these ids and commits; tells for each whether it was there.
    pub fn remove_all<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<Vec<bool>> {
        let removed: Result<Vec<bool>> = ids.map(|id| self.remove(id)).collect();
        self.settle(removed)
    }

    /// Commits what went well and takes back what did not.
    fn settle<R>(&mut self, done: Result<R>) -> Result<R> {
        match done {
            Ok(_) => self.commit()?,
            Err(_) if self.lock.is_some() => self.roll_back()?,
            Err(_) => (),
        }
        done
    }

    /// Makes what was added and removed since the last commit durable, or undoes it where that cannot be.
    pub fn commit(&mut self) -> Result<()> {
        if self.frame.len() > Log::frame().len() {
            let mut frame = std::mem::replace(&mut self.frame, Log::frame());
            if let Err(error) = self.log.commit(&mut frame) {
                self.undo()?;
                return Err(error);
            }
        }
        if self.recent.places.len() >= RECENT + self.put_off {
            // The batch is durable: that its keys cannot be written now is no reason to refuse it.
            self.put_off = if self.checkpoint().is_err() { self.recent.places.len() } else { 0 };
        }
        Ok(())
    }

    /// Forgets what was added and removed since the last commit.
    pub fn roll_back(&mut self) -> Result<()> {
        if self.frame.len() > Log::frame().len() { self.undo() } else { Ok(()) }
    }

    fn undo(&mut self) -> Result<()> {
        self.broken = true;
        self.restart(self.manifest.clone())?;
        self.log.cut()
    }

    /// An error where what is in memory may not be what is on disk.
    fn sound(&self) -> Result<()> {
        match self.broken {
            true => Err(Error::Artefact(format!("{}: a write failed; open it again", self.folder.display()))),
            false => Ok(()),
        }
    }

    /// The record of a document.
    fn document(&self, number: u32, buffer: &mut Vec<u8>) -> Result<Document> {
        let damaged = || Error::Artefact(format!("{}: document {number} cannot be found", self.folder.display()));
        let (place, length) = match number.checked_sub(self.manifest.documents) {
            Some(recent) => {
                let places = &self.recent.places;
                let place = *places.get(recent as usize).ok_or_else(damaged)?;
                let in_log = places.get(recent as usize + 1).copied().unwrap_or(u64::MAX).min(self.log.end);
                if let Some(at) = place.checked_sub(self.log.end) {
                    return expect_document(&mut self.frame.get(at as usize..).ok_or_else(damaged)?)
                        .ok_or_else(damaged);
                }
                (place, in_log - place)
            }
            None => {
                let mut bytes = [0; 2 * PLACE_BYTES as usize];
                let last = number + 1 == self.manifest.documents;
                let wanted = if last { &mut bytes[..PLACE_BYTES as usize] } else { &mut bytes[..] };
                let path = self.folder.join(self.manifest.places_name());
                disk::read_at(&self.places, &path, wanted, PLACE_BYTES * u64::from(number))?;
                let place = |half: &[u8]| half.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
                let (own, next) = bytes.split_at(PLACE_BYTES as usize);
                let next = if last { self.manifest.position } else { place(next) };
                (place(own), next.checked_sub(place(own)).ok_or_else(damaged)?)
            }
        };
        let mut length = length as usize;
        if length > LONG {
            // Other frames may stand between this document and the next.
            self.log.read(place, 4, buffer)?;
            let own = buffer.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
            length = length.min(4 + own as usize);
        }
        self.log.read(place, length, buffer)?;
        expect_document(&mut &buffer[..]).ok_or_else(damaged)
    }

    pub fn info(&self) -> Info {
        let keys_bytes = self.manifest.keys.iter().map(|file| file.length).sum();
        Info {
            documents: u64::from(self.documents) - self.removed.count,
            removed: self.removed.count,
            log_bytes: self.log.end,
            keys_bytes,
            other_bytes: PLACE_BYTES * u64::from(self.manifest.documents) + 8 * self.removed.bits.len() as u64,
            keys_files: self.manifest.keys.len() as u64,
            recent: self.recent.places.len() as u64,
            memory: (self.keys.iter().map(Keys::memory).sum::<usize>()
                + self.recent.memory()
                + 8 * self.removed.bits.len()) as u64,
            dropped: self.manifest.keys.iter().map(|file| file.dropped).sum(),
        }
    }

    /// The next documents from that number on, at most `count`, and the number to go on with; None when there are no more.
    ///
    /// Copies come with the shingles of the document that they copy.
    pub fn export(&self, from: u32, count: usize) -> Result<Option<(Vec<Document>, u32)>> {
        let mut documents = Vec::new();
        let mut buffer = Vec::new();
        let mut number = from;
        while number < self.documents && documents.len() < count {
            if !self.removed.contains(number) {
                let mut document = self.document(number, &mut buffer)?;
                if let Body::CopyOf(holder) = document.body {
                    document.body = self.document(holder, &mut buffer)?.body;
                }
                documents.push(document);
            }
            number += 1;
        }
        Ok((number > from).then_some((documents, number)))
    }
}

impl Document {
    pub fn shingles(&self) -> &[u32] {
        if let Body::Shingles(shingles) = &self.body { shingles } else { &[] }
    }

    pub fn signature(&self) -> &[u32] {
        if let Body::Signature(signature) = &self.body { signature } else { &[] }
    }
}

fn expect_document(data: &mut &[u8]) -> Option<Document> {
    match Record::read(data) {
        Ok(Record::Added(document)) => Some(document),
        _ => None,
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // The next opening then has nothing to read again; where it fails nothing is lost.
            let _ = self.roll_back().and_then(|()| self.checkpoint());
        }
    }
}

#[cfg(test)]
mod tests;
