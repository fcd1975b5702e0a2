//! A persistent near-duplicate index: documents in a log, their keys in sorted files, the way of a log-structured merge
//! tree (O'Neil et al. 1996). The one place in the core that opens files.
//!
//! A document has one key for its id, one for its words, and one a band of its signature. A text is compared with every
//! document that shares a band, on shingle sets: the pairs are those of the batch pipeline, in whatever order documents come.

mod bits;
mod compact;
mod disk;
mod keys;
mod log;
mod manifest;
mod matching;
mod recent;
mod record;
mod verify;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::blocks::fastest;
use crate::error::{Error, Result};
use crate::minhash::{Permutations, Update};
use crate::shingles::{Shape, Shingler};
use crate::texts::Texts;
use keys::{KEY_BITS, Keys, KeysFile};
use log::Log;
use manifest::Manifest;
pub use matching::Match;
use recent::Recent;
use record::{Body, Document, Record};
pub use verify::Verified;

/// Documents after which a file of keys is written: bounds memory, and the time that opening takes.
const RECENT: usize = 8192;
/// A file is merged with the newer ones when it is not this many times larger than they are together.
const RATIO: u64 = 3;
const PLACE_BYTES: u64 = 6;
/// Documents whose buckets are loaded together: what they take stays in the caches.
const TOUCHED: usize = 16;
/// Bytes that are read at once for a document, whatever follows it.
const LONG: usize = 1 << 14;

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
    fn has_words(&self) -> bool {
        self.signature.iter().any(|&value| value != u32::MAX)
    }

    fn has_identity(&self) -> bool {
        self.identity != [0; 2]
    }
}

impl Settings {
    fn sign(&self, shingles: &[u32]) -> Vec<u32> {
        let mut signature = vec![u32::MAX; self.permutations.len()];
        let (hashes, permutations) = (&mut shingles.to_vec()[..], &self.permutations);
        fastest(Update { hashes, permutations, signature: &mut signature });
        signature
    }

    fn band_keys<'a>(&'a self, signature: &'a [u32]) -> impl Iterator<Item = u64> + 'a {
        signature.chunks_exact(self.rows).take(self.bands).zip(2..).map(|(values, band)| key(band, values))
    }
}

/// 40 bits of a hash of the values, apart for each kind of key.
fn key(kind: u64, values: &[u32]) -> u64 {
    let mut bytes = Vec::with_capacity(4 * values.len());
    values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, kind) >> (64 - KEY_BITS)
}

fn id_key(id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(id.as_bytes(), 0) >> (64 - KEY_BITS)
}

fn identity_key([left, right]: [u64; 2]) -> u64 {
    key(1, &[left as u32, (left >> 32) as u32, right as u32, (right >> 32) as u32])
}

/// Documents that are no more, a bit each.
#[derive(Default)]
struct Removed {
    bits: Vec<u64>,
    count: u64,
}

impl Removed {
    fn contains(&self, document: u32) -> bool {
        self.bits.get(document as usize / 64).is_some_and(|word| word >> (document % 64) & 1 == 1)
    }

    fn insert(&mut self, document: u32) {
        let at = document as usize / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.count += u64::from(!self.contains(document));
        self.bits[at] |= 1 << (document % 64);
    }
}

struct Parts {
    log: Log,
    places: File,
    keys: Vec<Keys>,
    removed: Removed,
}

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

/// The settings with which the index there was made.
pub fn stored_config(folder: &Path) -> Result<String> {
    Ok(Manifest::read(folder)?.config)
}

/// Makes an empty index; the folder may be absent or empty.
pub fn create(folder: &Path, config: &str) -> Result<()> {
    if config.contains('\n') {
        return Err(Error::Argument("the settings of an index are one line".into()));
    }
    std::fs::create_dir_all(folder).map_err(|error| disk::unwritable(folder, &error))?;
    let entries = std::fs::read_dir(folder).map_err(|error| disk::unreadable(folder, &error))?;
    // What an interrupted creation left does not count.
    let ours = ["lock", "index.new", "documents-0", "places-0"];
    let foreign = entries.flatten().find(|entry| !ours.iter().any(|name| entry.file_name() == **name));
    if let Some(entry) = foreign {
        let what = if entry.file_name() == manifest::NAME { "holds an index already" } else { "is not empty" };
        return Err(Error::Output(format!("{}: {what}; choose another place", folder.display())));
    }
    let _lock = locked(folder)?;
    let manifest = Manifest { config: config.into(), ..Manifest::default() };
    Log::open(folder, &manifest.log_name(), true, 0)?;
    disk::open_writable(&folder.join(manifest.places_name()))?;
    manifest.write(folder)
}

fn locked(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let file = disk::open_writable(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Artefact(format!(
            "{}: another process or object has it open for writing; close that one, or open it for reading only",
            folder.display()
        ))),
        Err(TryLockError::Error(error)) => Err(disk::unwritable(&path, &error)),
    }
}

impl Index {
    pub fn open(folder: &Path, settings: Settings, writable: bool) -> Result<Index> {
        if settings.bands == 0 || settings.rows == 0 || settings.bands * settings.rows > settings.permutations.len() {
            return Err(Error::Argument("the bands do not fit the permutations".into()));
        }
        let mut tries = 0;
        loop {
            // A writer may put other files in place between our look at the manifest and at them.
            let manifest = Manifest::read(folder)?;
            let lock = if writable { Some(locked(folder)?) } else { None };
            let manifest = if writable { Manifest::read(folder)? } else { manifest };
            match Index::assemble(folder, &manifest, &mut Vec::new(), writable) {
                Ok(Parts { log, places, keys, removed }) => {
                    let mut index = Index {
                        folder: folder.into(),
                        settings,
                        documents: manifest.documents,
                        manifest,
                        lock,
                        log,
                        places,
                        keys,
                        recent: Recent::default(),
                        removed,
                        frame: Log::frame(),
                        put_off: 0,
                        broken: false,
                    };
                    index.replay()?;
                    if writable {
                        index.log.cut()?;
                        index.sweep();
                    }
                    return Ok(index);
                }
                Err(_) if !writable && tries < 5 && Manifest::read(folder)? != manifest => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Opens what the manifest names; files of keys that are open already are taken over, but only when all is well.
    fn assemble(folder: &Path, manifest: &Manifest, known: &mut Vec<Keys>, writable: bool) -> Result<Parts> {
        let log = Log::open(folder, &manifest.log_name(), writable, manifest.position)?;
        let path = folder.join(manifest.places_name());
        let places = if writable { disk::open_writable(&path)? } else { disk::open(&path)? };
        if disk::length(&places, &path)? < PLACE_BYTES * u64::from(manifest.documents) {
            return Err(Error::Artefact(format!("{}: damaged or cut short", path.display())));
        }
        let mut removed = Removed::default();
        if let Some((name, sum)) = &manifest.removed {
            let path = folder.join(name);
            let bytes = std::fs::read(&path).map_err(|error| disk::unreadable(&path, &error))?;
            if xxhash_rust::xxh3::xxh3_64(&bytes) != *sum {
                return Err(Error::Artefact(format!("{}: damaged or cut short", path.display())));
            }
            removed.bits = bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
            removed.count = removed.bits.iter().map(|word| u64::from(word.count_ones())).sum();
        }
        let is_known = |file: &KeysFile| known.iter().any(|keys| keys.file == *file);
        let mut fresh = Vec::new();
        for file in manifest.keys.iter().filter(|file| !is_known(file)) {
            fresh.push(Keys::open(folder, file.clone())?);
        }
        fresh.append(known);
        let mut keys = Vec::with_capacity(manifest.keys.len());
        for file in &manifest.keys {
            keys.extend(fresh.iter().position(|keys| keys.file == *file).map(|at| fresh.swap_remove(at)));
        }
        Ok(Parts { log, places, keys, removed })
    }

    /// Begins again from what the manifest names, and takes in the log.
    fn restart(&mut self, manifest: Manifest) -> Result<()> {
        let parts = Index::assemble(&self.folder, &manifest, &mut self.keys, self.lock.is_some())?;
        (self.log, self.places, self.keys, self.removed) = (parts.log, parts.places, parts.keys, parts.removed);
        self.documents = manifest.documents;
        self.manifest = manifest;
        self.frame = Log::frame();
        self.recent.clear();
        self.broken = true;
        self.replay()?;
        self.broken = false;
        Ok(())
    }

    /// Files that no manifest names: what an interrupted write left.
    fn sweep(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let ours = ["documents-", "places-", "keys-", "removed-", "index.new"];
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            if ours.iter().any(|kind| name.starts_with(kind)) && !self.manifest.names(name) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Takes in the frames of the log that are not known yet.
    fn replay(&mut self) -> Result<()> {
        let Index { log, recent, removed, documents, settings, .. } = self;
        log.replay(u64::MAX, |place, records| {
            let mut rest = records;
            while !rest.is_empty() {
                let at = place + (records.len() - rest.len()) as u64;
                match Record::read(&mut rest)? {
                    Record::Removed(document) => removed.insert(document),
                    Record::Added(document) => {
                        settings.keys_of(&document, |key| recent.insert(key, *documents));
                        recent.places.push(at);
                        *documents += 1;
                    }
                }
            }
            Ok(())
        })
    }

    /// Sees what others have committed since; only a reader has to.
    pub fn refresh(&mut self) -> Result<()> {
        if self.lock.is_some() {
            return Ok(());
        }
        let mut tries = 0;
        loop {
            let manifest = Manifest::read(&self.folder)?;
            if manifest == self.manifest && !self.broken {
                break;
            }
            match self.restart(manifest) {
                // The writer may have put other files in place between our look at the manifest and at them.
                Err(_) if tries < 5 => tries += 1,
                restarted => return restarted,
            }
        }
        if self.log.has_more()? { self.replay() } else { Ok(()) }
    }

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
    fn publish(&mut self, manifest: &Manifest) -> Result<()> {
        if let Err(error) = manifest.write(&self.folder) {
            self.broken = true;
            self.restart(Manifest::read(&self.folder)?)?;
            return Err(error);
        }
        Ok(())
    }

    /// Removes the files of an older manifest that the present one does not name.
    fn discard(&self, before: &Manifest) {
        let names =
            before.keys.iter().map(|file| file.name.clone()).chain(before.removed.iter().map(|(name, _)| name.clone()));
        for name in names.chain([before.log_name(), before.places_name()]) {
            if !self.manifest.names(&name) {
                let _ = std::fs::remove_file(self.folder.join(name));
            }
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

    fn is_same(&self, print: &Fingerprint) -> bool {
        match &self.body {
            Body::Signature(signature) => print.shingles.is_empty() && *signature == print.signature,
            _ => self.identity == print.identity && (print.has_identity() || !print.has_words()),
        }
    }
}

fn expect_document(data: &mut &[u8]) -> Option<Document> {
    match Record::read(data) {
        Ok(Record::Added(document)) => Some(document),
        _ => None,
    }
}

impl Settings {
    fn keys_of(&self, document: &Document, take: impl FnMut(u64)) {
        match &document.body {
            Body::Shingles(shingles) => self.keys_with(document, &self.sign(shingles), take),
            Body::Signature(signature) => self.keys_with(document, signature, take),
            Body::CopyOf(_) => self.keys_with(document, &[], take),
        }
    }

    /// Calls `take` with the keys of a document: of its id, its words, and where it holds them, of the bands.
    fn keys_with(&self, document: &Document, signature: &[u32], mut take: impl FnMut(u64)) {
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

impl Removed {
    fn write(&self, folder: &Path, manifest: &Manifest) -> Result<(String, u64)> {
        let name = format!("removed-{}-{}", manifest.generation, manifest.files);
        let bytes: Vec<u8> = self.bits.iter().flat_map(|word| word.to_le_bytes()).collect();
        let mut writer = disk::Writer::create(folder.join(&name))?;
        writer.write(&bytes)?;
        writer.finish()?;
        Ok((name, xxhash_rust::xxh3::xxh3_64(&bytes)))
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
