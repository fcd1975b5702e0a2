//! Files of the index: opened, read at a place, written through to the disk, with errors that say which file and why.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

use crate::error::{Error, Result};

/// A file that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::Artefact(format!("{}: cannot be read: {error}", path.display()))
}

/// A file that cannot be written: nothing that was acknowledged is lost by it.
pub fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::Output(format!("{}: cannot be written: {error}; what was added before is safe", path.display()))
}

pub fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// The file for reading and appending, made where it is absent.
pub fn open_writable(path: &Path) -> Result<File> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    opened.map_err(|error| unwritable(path, &error))
}

pub fn length(file: &File, path: &Path) -> Result<u64> {
    Ok(file.metadata().map_err(|error| unreadable(path, &error))?.len())
}

/// Fills the buffer from that place on.
pub fn read_at(file: &File, path: &Path, buffer: &mut [u8], place: u64) -> Result<()> {
    file.read_exact_at(buffer, place).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Error::Artefact(format!("{}: damaged or cut short", path.display())),
        _ => unreadable(path, &error),
    })
}

/// Writes at that place, through to the disk.
pub fn write_through(file: &File, path: &Path, data: &[u8], place: u64) -> Result<()> {
    file.write_all_at(data, place).and_then(|()| file.sync_data()).map_err(|error| unwritable(path, &error))
}

/// Makes the names in a folder durable.
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(|error| unwritable(folder, &error))
}

/// Replaces a small file as a whole.
pub fn replace(folder: &Path, name: &str, data: &[u8]) -> Result<()> {
    let fresh = folder.join(format!("{name}.new"));
    let mut writer = Writer::create(fresh.clone())?;
    writer.write(data)?;
    writer.finish()?;
    let path = folder.join(name);
    std::fs::rename(fresh, &path).map_err(|error| unwritable(&path, &error))?;
    sync_folder(folder)
}

/// xxh3 of a file that must be that long.
pub fn checksum(path: &Path, length: u64) -> Result<u64> {
    let (mut file, mut hash, mut left) = (open(path)?, Xxh3Default::new(), length);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer).map_err(|error| unreadable(path, &error))?;
        match left.checked_sub(read as u64) {
            Some(rest) if read > 0 => left = rest,
            Some(0) => return Ok(hash.digest()),
            _ => return Err(Error::Artefact(format!("{}: damaged or cut short", path.display()))),
        }
        hash.update(&buffer[..read]);
    }
}

/// A new file that is written from front to end; it goes again when it is not finished.
pub struct Writer {
    path: PathBuf,
    file: io::BufWriter<File>,
    length: u64,
    done: bool,
}

impl Writer {
    pub fn create(path: PathBuf) -> Result<Writer> {
        let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
        Ok(Writer { path, file: io::BufWriter::with_capacity(1 << 18, file), length: 0, done: false })
    }

    pub fn write(&mut self, data: &[u8]) -> Result<()> {
        self.length += data.len() as u64;
        self.file.write_all(data).map_err(|error| unwritable(&self.path, &error))
    }

    /// Writes through to the disk; returns the length.
    pub fn finish(mut self) -> Result<u64> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(|error| unwritable(&self.path, &error))?;
        self.done = true;
        Ok(self.length)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.done {
            // What is still buffered must not be written after the file has gone.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
pub mod tests {
    use std::path::PathBuf;

    /// A new folder for a test.
    pub fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("dedup-index-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        path
    }
}
