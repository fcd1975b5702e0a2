//! Making an index, opening one, and seeing what others have committed.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::keys::{Keys, KeysFile};
use super::log::Log;
use super::manifest::Manifest;
use super::recent::Recent;
use super::record::Record;
use super::removed::Removed;
use super::{Index, PLACE_BYTES, Settings, disk, manifest};
use crate::error::{Error, Result};

struct Parts {
    log: Log,
    places: File,
    keys: Vec<Keys>,
    removed: Removed,
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
        let removed = Removed::read(folder, manifest)?;
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
    pub(super) fn restart(&mut self, manifest: Manifest) -> Result<()> {
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
    pub(super) fn sweep(&self) {
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
    pub(super) fn replay(&mut self) -> Result<()> {
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
}
