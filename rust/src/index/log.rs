//! The log of documents: one frame a commit, written through to the disk before it is acknowledged.
//!
//! A frame is `length u64 | xxh3 of the records u64 | xxh3 of these two and the frame's place u64 | records`. What a crash
//! left half-written stands at the end and is cut off; damage anywhere else is an error, so that nothing is lost silently.

use std::fs::File;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::disk;
use crate::error::{Error, Result};

const HEADER: usize = 24;

pub struct Log {
    file: File,
    path: PathBuf,
    /// Bytes of whole frames.
    pub end: u64,
}

fn header(records: &[u8], place: u64) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(&(records.len() as u64).to_le_bytes());
    header[8..16].copy_from_slice(&xxh3_64(records).to_le_bytes());
    let check = xxh3_64_with_seed(&header[..16], place);
    header[16..].copy_from_slice(&check.to_le_bytes());
    header
}

impl Log {
    pub fn open(folder: &Path, name: &str, writable: bool, end: u64) -> Result<Log> {
        let path = folder.join(name);
        let file = if writable { disk::open_writable(&path)? } else { disk::open(&path)? };
        if disk::length(&file, &path)? < end {
            return Err(Error::Artefact(format!("{}: cut short: {end} bytes were acknowledged", path.display())));
        }
        Ok(Log { file, path, end })
    }

    /// Where the records of the next commit will begin.
    pub fn next_place(&self) -> u64 {
        self.end + HEADER as u64
    }

    /// Writes the records as one frame, durably; `frame` has room for the header before them.
    pub fn commit(&mut self, frame: &mut [u8]) -> Result<()> {
        let Some((head, records)) = frame.split_at_mut_checked(HEADER) else { return Ok(()) };
        head.copy_from_slice(&header(records, self.end));
        if let Err(error) = disk::write_through(&self.file, &self.path, frame, self.end) {
            // Half a frame would be cut off at the next opening anyway; a disk that is full gets its room back at once.
            let _ = self.file.set_len(self.end);
            return Err(error);
        }
        self.end += frame.len() as u64;
        Ok(())
    }

    /// An empty frame, to which records are appended.
    pub fn frame() -> Vec<u8> {
        vec![0; HEADER]
    }

    pub fn read(&self, place: u64, length: usize, buffer: &mut Vec<u8>) -> Result<()> {
        buffer.resize(length, 0);
        disk::read_at(&self.file, &self.path, buffer, place)
    }

    /// Whether bytes follow the last whole frame.
    pub fn has_more(&self) -> Result<bool> {
        Ok(disk::length(&self.file, &self.path)? > self.end)
    }

    /// Calls `take(place, records)` for each whole frame from `end` on, and moves `end` past them; `until` bounds it.
    pub fn replay(&mut self, until: u64, mut take: impl FnMut(u64, &[u8]) -> Result<()>) -> Result<()> {
        let length = disk::length(&self.file, &self.path)?.min(until);
        let mut records = Vec::new();
        while self.end < length {
            let Some(size) = self.frame_at(self.end, length, &mut records)? else { break };
            take(self.next_place(), &records)?;
            self.end += size;
        }
        Ok(())
    }

    /// Reads the frame there; None where a commit was interrupted.
    fn frame_at(&self, place: u64, length: u64, records: &mut Vec<u8>) -> Result<Option<u64>> {
        let damaged = || Error::Artefact(format!("{}: damaged at byte {place}", self.path.display()));
        let mut head = [0; HEADER];
        if length - place < HEADER as u64 {
            return Ok(None);
        }
        disk::read_at(&self.file, &self.path, &mut head, place)?;
        let (size, sum) = (number(&head, 0), number(&head, 8));
        if number(&head, 16) != xxh3_64_with_seed(&head[..16], place) {
            return if self.is_blank(place, length)? { Ok(None) } else { Err(damaged()) };
        }
        let whole = size.saturating_add(HEADER as u64);
        if whole > length - place {
            return Ok(None);
        }
        records.resize(size as usize, 0);
        disk::read_at(&self.file, &self.path, records, place + HEADER as u64)?;
        match xxh3_64(records) == sum {
            true => Ok(Some(whole)),
            // The last frame may have been written in another order than front to end.
            false if whole == length - place => Ok(None),
            false => Err(damaged()),
        }
    }

    /// Whether only zeros follow: room that was taken for a frame that was not written.
    fn is_blank(&self, place: u64, length: u64) -> Result<bool> {
        let mut buffer = vec![0; 1 << 16];
        let mut at = place;
        while at < length {
            let step = ((length - at) as usize).min(buffer.len());
            disk::read_at(&self.file, &self.path, &mut buffer[..step], at)?;
            if buffer[..step].iter().any(|&byte| byte != 0) {
                return Ok(false);
            }
            at += step as u64;
        }
        Ok(true)
    }

    /// Cuts off what an interrupted commit left.
    pub fn cut(&self) -> Result<()> {
        if !self.has_more()? {
            return Ok(());
        }
        let cut = self.file.set_len(self.end).and_then(|()| self.file.sync_all());
        cut.map_err(|error| disk::unwritable(&self.path, &error))
    }
}

fn number(head: &[u8; HEADER], at: usize) -> u64 {
    head[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(folder: &Path, from: u64) -> Result<(Vec<Vec<u8>>, u64)> {
        let mut log = Log::open(folder, "log", true, from)?;
        let mut frames = Vec::new();
        log.replay(u64::MAX, |_, records| {
            frames.push(records.to_vec());
            Ok(())
        })?;
        log.cut()?;
        Ok((frames, log.end))
    }

    #[test]
    fn half_a_frame_at_the_end_is_cut_and_damage_before_it_is_an_error() {
        let folder = disk::tests::folder("log");
        let mut log = Log::open(&folder, "log", true, 0).unwrap();
        let mut ends = vec![0];
        for text in ["one", "", "three and more"] {
            let mut frame = Log::frame();
            frame.extend(text.as_bytes());
            log.commit(&mut frame).unwrap();
            ends.push(log.end);
        }
        let whole = std::fs::read(folder.join("log")).unwrap();
        for length in 0..=whole.len() {
            std::fs::write(folder.join("log"), &whole[..length]).unwrap();
            let (found, end) = frames(&folder, 0).unwrap();
            assert_eq!(found.len(), ends.iter().filter(|&&end| end > 0 && end <= length as u64).count());
            assert_eq!(std::fs::metadata(folder.join("log")).unwrap().len(), end);
        }
        for at in 0..ends[2] as usize {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(folder.join("log"), &bytes).unwrap();
            assert!(frames(&folder, 0).is_err(), "{at}");
        }
        let mut blank = whole.clone();
        blank.extend([0; 100]);
        std::fs::write(folder.join("log"), &blank).unwrap();
        assert_eq!(frames(&folder, 0).unwrap().0.len(), 3);
        std::fs::write(folder.join("log"), &whole[..3]).unwrap();
        assert!(frames(&folder, ends[1]).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
