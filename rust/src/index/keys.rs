//! Which documents have a key: immutable sorted files, mapped for lookups, merged as a stream.
//!
//! A file holds (key, document) in order, cut into buckets by the upper bits of the key, so that the place of a bucket is
//! known without a search: `blocks | size of each block, u32 | trailer`. Keys are hashes, so their gaps are Rice-coded.

use std::fs::File;
use std::path::{Path, PathBuf};

use memmap2::{Advice, Mmap};
use xxhash_rust::xxh3::Xxh3Default;

use super::bits::{BitReader, BitWriter, WIDEST, rice_low};
use super::disk::{self, Writer};
use crate::error::{Error, Result};

/// Bits of a key.
pub const KEY_BITS: u32 = 40;
/// Entries of a bucket, as long as the table of buckets stays below `MOST_BUCKET_BITS`.
const BUCKET: u64 = 8;
/// Bounds the memory that an open file takes (8 bytes a bucket).
const MOST_BUCKET_BITS: u32 = 22;
const TRAILER: usize = 40;
const MAGIC: &[u8; 8] = b"dedupky1";

/// A document under one of its keys.
pub type Entry = (u64, u32);

/// What the manifest says of a file of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysFile {
    pub name: String,
    pub length: u64,
    pub sum: u64,
    pub entries: u64,
    /// Entries that were left out because their key has too many.
    pub dropped: u64,
}

#[derive(Debug, Clone, Copy)]
struct Layout {
    bucket_bits: u32,
    low: u32,
    document_bits: u32,
    entries: u64,
}

impl Layout {
    fn of(entries: u64, documents: u32) -> Layout {
        Layout {
            bucket_bits: (entries / BUCKET).max(1).ilog2().min(MOST_BUCKET_BITS),
            low: rice_low(1 << KEY_BITS, entries),
            document_bits: (32 - documents.leading_zeros()).max(1),
            entries,
        }
    }

    fn bucket(&self, key: u64) -> usize {
        (key >> (KEY_BITS - self.bucket_bits)) as usize
    }

    /// Calls `take` with the entries of a block in order, until it returns false.
    #[inline]
    fn decode(&self, bucket: usize, block: &[u8], mut take: impl FnMut(Entry) -> bool) -> Option<()> {
        let (count, rest) = block.split_first_chunk()?;
        let mut bits = BitReader::new(rest);
        let mut key = (bucket as u64) << (KEY_BITS - self.bucket_bits);
        for _ in 0..u32::from_le_bytes(*count) {
            key = key.wrapping_add(bits.get_rice(self.low)?);
            let document = bits.get(self.document_bits)? as u32;
            if !take((key, document)) {
                break;
            }
        }
        Some(())
    }
}

/// An open file of keys.
pub struct Keys {
    pub file: KeysFile,
    path: PathBuf,
    layout: Layout,
    /// Where each block starts, and the last ends.
    starts: Vec<u64>,
    opened: File,
    /// The same file for lookups: a text takes dozens, and a system call each costs more than all the rest of a check
    /// (benchmarks/record/index.json). Processes that read share its memory, which the system takes back when it must.
    mapped: Mmap,
}

impl Keys {
    pub fn open(folder: &Path, file: KeysFile) -> Result<Keys> {
        let path = folder.join(&file.name);
        let opened = disk::open(&path)?;
        let length = disk::length(&opened, &path)?;
        let damaged = || Error::Artefact(format!("{}: damaged or cut short", path.display()));
        if length != file.length || length < TRAILER as u64 {
            return Err(damaged());
        }
        let mut trailer = [0; TRAILER];
        disk::read_at(&opened, &path, &mut trailer, length - TRAILER as u64)?;
        let (magic, rest) = trailer.split_at(8);
        let number =
            |at: usize| rest.get(8 * at..).and_then(|rest| rest.first_chunk()).map_or(0, |n| u64::from_le_bytes(*n));
        let layout = Layout {
            bucket_bits: number(0) as u32,
            low: number(1) as u32,
            document_bits: number(2) as u32,
            entries: number(3),
        };
        let buckets = 1u64 << layout.bucket_bits.min(MOST_BUCKET_BITS);
        if magic != MAGIC
            || layout.bucket_bits > MOST_BUCKET_BITS
            || layout.low > WIDEST
            || layout.document_bits > 32
            || length < TRAILER as u64 + 4 * buckets
        {
            return Err(damaged());
        }
        let mut sizes = vec![0; 4 * buckets as usize];
        let end = length - TRAILER as u64 - 4 * buckets;
        disk::read_at(&opened, &path, &mut sizes, end)?;
        let mut starts = Vec::with_capacity(buckets as usize + 1);
        starts.push(0);
        let mut sum = 0;
        for size in sizes.as_chunks().0 {
            sum += u64::from(u32::from_le_bytes(*size));
            starts.push(sum);
        }
        if sum != end {
            return Err(damaged());
        }
        // SAFETY: nothing ever writes to a file of keys once it has its name, and this one has the length that was stored.
        // `stream` reads the same bytes without the map; the tests hold one against the other.
        let mapped = unsafe { Mmap::map(&opened) }.map_err(|error| disk::unreadable(&path, &error))?;
        let _ = mapped.advise(Advice::Random);
        Ok(Keys { file, path, layout, starts, opened, mapped })
    }

    /// Appends the documents that have the key, in ascending order.
    pub fn find(&self, key: u64, found: &mut Vec<u32>) -> Result<()> {
        let bucket = self.layout.bucket(key);
        let take = |(at, document): Entry| {
            if at == key {
                found.push(document);
            }
            at <= key
        };
        let place = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        match self.mapped.get(place) {
            Some([]) => Ok(()),
            Some(block) => self.layout.decode(bucket, block, take).ok_or_else(|| self.damaged()),
            None => Err(self.damaged()),
        }
    }

    /// Loads the buckets of keys that will be looked for. One after the other, each lookup would wait for memory twice; here
    /// no load waits for another one.
    pub fn touch(&self, keys: &[u64]) {
        let mut places = [0; 64];
        for keys in keys.chunks(places.len()) {
            for (place, &key) in places.iter_mut().zip(keys) {
                *place = self.starts[self.layout.bucket(key)] as usize;
            }
            let first = |&place: &usize| self.mapped.get(place).copied().unwrap_or(0);
            std::hint::black_box(places[..keys.len()].iter().map(first).fold(0, |sum, byte| sum ^ byte));
        }
    }

    /// Reads the bytes of the buckets from..to.
    fn read(&self, from: usize, to: usize, buffer: &mut Vec<u8>) -> Result<()> {
        let (start, end) = (self.starts[from], self.starts[to]);
        buffer.resize((end - start) as usize, 0);
        disk::read_at(&self.opened, &self.path, buffer, start)
    }

    fn damaged(&self) -> Error {
        Error::Artefact(format!("{}: damaged", self.path.display()))
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        8 * self.starts.len()
    }

    /// All entries in order, some buckets at a time.
    pub fn stream(&self) -> Stream<'_> {
        Stream { keys: self, bucket: 0, buffer: Vec::new(), entries: Vec::new().into_iter() }
    }

    /// Reads the whole file and compares its checksum with the manifest's.
    pub fn check_sum(&self) -> Result<()> {
        let sum = disk::checksum(&self.path, self.file.length)?;
        if sum == self.file.sum { Ok(()) } else { Err(self.damaged()) }
    }
}

/// The entries of a file, in order.
pub struct Stream<'a> {
    keys: &'a Keys,
    bucket: usize,
    buffer: Vec<u8>,
    entries: std::vec::IntoIter<Entry>,
}

/// Bytes that a stream reads at once.
const AHEAD: u64 = 1 << 20;

impl Stream<'_> {
    pub fn next(&mut self) -> Result<Option<Entry>> {
        loop {
            if let Some(entry) = self.entries.next() {
                return Ok(Some(entry));
            }
            let starts = &self.keys.starts;
            let from = self.bucket;
            if from + 1 >= starts.len() {
                return Ok(None);
            }
            let to =
                (starts.partition_point(|&start| start <= starts[from] + AHEAD) - 1).clamp(from + 1, starts.len() - 1);
            self.keys.read(from, to, &mut self.buffer)?;
            let blocks = &self.buffer;
            let mut entries = Vec::new();
            for bucket in from..to {
                let block =
                    &blocks[(starts[bucket] - starts[from]) as usize..(starts[bucket + 1] - starts[from]) as usize];
                if !block.is_empty() {
                    let decoded = self.keys.layout.decode(bucket, block, |entry| {
                        entries.push(entry);
                        true
                    });
                    decoded.ok_or_else(|| self.keys.damaged())?;
                }
            }
            self.bucket = to;
            self.entries = entries.into_iter();
        }
    }
}

/// Writes the entries of files and of a sorted list, in order, to a new file; of a key with more than `most` documents
/// the first and the last are kept.
pub fn merge(
    folder: &Path,
    name: &str,
    parts: &[&Keys],
    recent: &[Entry],
    documents: u32,
    most: usize,
) -> Result<KeysFile> {
    let entries = parts.iter().map(|part| part.layout.entries).sum::<u64>() + recent.len() as u64;
    let mut dropped = parts.iter().map(|part| part.file.dropped).sum();
    let mut writer = KeysWriter::new(folder, name, Layout::of(entries, documents))?;
    let mut streams: Vec<Stream> = parts.iter().map(|part| part.stream()).collect();
    let mut heads = streams.iter_mut().map(Stream::next).collect::<Result<Vec<_>>>()?;
    let mut rest = recent.iter().copied();
    let mut own = rest.next();
    let mut run: Vec<u32> = Vec::new();
    let mut run_key = u64::MAX;
    loop {
        let mut least = own;
        let mut from = None;
        for (at, head) in heads.iter().enumerate() {
            if head.is_some_and(|head| least.is_none_or(|least| head < least)) {
                (least, from) = (*head, Some(at));
            }
        }
        if least.is_none_or(|(key, _)| key != run_key) {
            dropped += writer.write_run(run_key, &mut run, most)?;
        }
        let Some((key, document)) = least else { break };
        run_key = key;
        run.push(document);
        match from {
            Some(at) => heads[at] = streams[at].next()?,
            None => own = rest.next(),
        }
    }
    writer.finish(dropped)
}

struct KeysWriter {
    name: String,
    layout: Layout,
    writer: Writer,
    hash: Xxh3Default,
    sizes: Vec<u32>,
    block: Vec<Entry>,
    bytes: Vec<u8>,
    entries: u64,
}

impl KeysWriter {
    fn new(folder: &Path, name: &str, layout: Layout) -> Result<KeysWriter> {
        let writer = Writer::create(folder.join(name))?;
        let (sizes, block, bytes) = (Vec::new(), Vec::new(), Vec::new());
        Ok(KeysWriter { name: name.into(), layout, writer, hash: Xxh3Default::new(), sizes, block, bytes, entries: 0 })
    }

    /// Writes the documents of a key and empties the list; returns how many were left out.
    fn write_run(&mut self, key: u64, documents: &mut Vec<u32>, most: usize) -> Result<u64> {
        if documents.is_empty() {
            return Ok(0);
        }
        let left_out = documents.len().saturating_sub(most);
        if left_out > 0 {
            documents.drain(most / 2..most / 2 + left_out);
        }
        let bucket = self.layout.bucket(key);
        while self.sizes.len() < bucket {
            self.close_block()?;
        }
        self.entries += documents.len() as u64;
        self.block.extend(documents.drain(..).map(|document| (key, document)));
        Ok(left_out as u64)
    }

    fn close_block(&mut self) -> Result<()> {
        self.bytes.clear();
        if !self.block.is_empty() {
            self.bytes.extend((self.block.len() as u32).to_le_bytes());
            let mut before = (self.sizes.len() as u64) << (KEY_BITS - self.layout.bucket_bits);
            let mut bits = BitWriter::new(&mut self.bytes);
            for &(key, document) in &self.block {
                bits.put_rice(key - before, self.layout.low);
                bits.put(u64::from(document), self.layout.document_bits);
                before = key;
            }
            bits.finish();
            self.block.clear();
        }
        self.sizes.push(self.bytes.len() as u32);
        self.put()
    }

    fn put(&mut self) -> Result<()> {
        self.hash.update(&self.bytes);
        self.writer.write(&self.bytes)
    }

    fn finish(mut self, dropped: u64) -> Result<KeysFile> {
        while self.sizes.len() < 1 << self.layout.bucket_bits {
            self.close_block()?;
        }
        self.bytes.clear();
        self.bytes.extend(self.sizes.iter().flat_map(|size| size.to_le_bytes()));
        self.bytes.extend(MAGIC);
        let Layout { bucket_bits, low, document_bits, .. } = self.layout;
        for number in [u64::from(bucket_bits), u64::from(low), u64::from(document_bits), self.entries] {
            self.bytes.extend(number.to_le_bytes());
        }
        self.put()?;
        let length = self.writer.finish()?;
        Ok(KeysFile { name: self.name, length, sum: self.hash.digest(), entries: self.entries, dropped })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(documents: std::ops::Range<u32>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = documents
            .flat_map(|document| {
                (0..9u64).map(move |key| {
                    let shared = if key == 0 { 1 << 40 } else { u64::from(document) * 9 + key };
                    (shared.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - KEY_BITS), document)
                })
            })
            .collect();
        entries.sort_unstable();
        entries
    }

    #[test]
    fn merged_files_give_back_what_was_put_in() {
        let folder = disk::tests::folder("keys");
        let one = Keys::open(&folder, merge(&folder, "one", &[], &entries(0..700), 3000, 5000).unwrap()).unwrap();
        let two = Keys::open(&folder, merge(&folder, "two", &[], &entries(700..800), 3000, 5000).unwrap()).unwrap();
        let recent = entries(800..1500);
        let all = Keys::open(&folder, merge(&folder, "all", &[&one, &two], &recent, 3000, 5000).unwrap()).unwrap();
        all.check_sum().unwrap();
        let want = entries(0..1500);
        let mut stream = all.stream();
        let mut got = Vec::new();
        while let Some(entry) = stream.next().unwrap() {
            got.push(entry);
        }
        assert_eq!(got, want);
        let mut found = Vec::new();
        for &(key, document) in &want {
            found.clear();
            all.find(key, &mut found).unwrap();
            assert!(found.binary_search(&document).is_ok());
        }
        found.clear();
        all.find(12345, &mut found).unwrap();
        assert!(found.is_empty());
        let few = Keys::open(&folder, merge(&folder, "few", &[&all], &[], 3000, 10).unwrap()).unwrap();
        assert_eq!(few.file.dropped, 1490);
        few.find(want.iter().find(|entry| entry.1 == 1499).unwrap().0, &mut found).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_empty_file_has_nothing() {
        let folder = disk::tests::folder("empty");
        let keys = Keys::open(&folder, merge(&folder, "none", &[], &[], 0, 10).unwrap()).unwrap();
        let mut found = Vec::new();
        keys.find(7, &mut found).unwrap();
        assert!(found.is_empty() && keys.stream().next().unwrap().is_none());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let folder = disk::tests::folder("damaged");
        let file = merge(&folder, "keys", &[], &entries(0..50), 50, 100).unwrap();
        let path = folder.join("keys");
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            std::fs::write(&path, &bytes).unwrap();
            if let Ok(keys) = Keys::open(&folder, file.clone()) {
                let mut stream = keys.stream();
                while let Ok(Some(_)) = stream.next() {}
                assert!(keys.check_sum().is_err());
            }
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(Keys::open(&folder, file).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
