//! What the index holds of a document, as bytes.
//!
//! A shingle is kept as the upper 32 bits of its hash, the same that the signature is made of: so the signature can be
//! made again, and the overlap of two sets is exact but for one chance in some millions a pair.

use super::bits::{BitReader, BitWriter, get_varint, put_varint, rice_low};
use crate::error::{Error, Result};

/// By what a document is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Upper halves of the shingles, ascending; two shingles that share theirs both count.
    Shingles(Vec<u32>),
    /// Only a signature is known: similarity is estimated.
    Signature(Vec<u32>),
    /// The same words as an earlier document, which has the shingles.
    CopyOf(u32),
}

/// A document of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    /// Milliseconds since 1970.
    pub first_seen: i64,
    /// Equal for equal sequences of words; zeros for a text without words or where only the signature is known.
    pub identity: [u64; 2],
    pub body: Body,
}

/// A step in the life of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    Added(Document),
    /// The number of a document that is no more.
    Removed(u32),
}

const SHINGLES: u8 = 1;
const SIGNATURE: u8 = 2;
const COPY: u8 = 3;
const REMOVED: u8 = 4;

impl Record {
    /// Appends the record, its length before it.
    pub fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend([0; 4]);
        match self {
            Record::Removed(number) => {
                out.push(REMOVED);
                put_varint(out, u64::from(*number));
            }
            Record::Added(document) => document.write(out),
        }
        let length = (out.len() - start - 4) as u32;
        out[start..start + 4].copy_from_slice(&length.to_le_bytes());
    }

    /// The record at the start of `data`, which moves past it.
    pub fn read(data: &mut &[u8]) -> Result<Record> {
        let damaged = || Error::Artefact("a document record is damaged".into());
        let (length, rest) = data.split_first_chunk().ok_or_else(damaged)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (mut record, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
        *data = rest;
        Self::parse(&mut record).ok_or_else(damaged)
    }

    fn parse(data: &mut &[u8]) -> Option<Record> {
        let (&kind, rest) = data.split_first()?;
        *data = rest;
        if kind == REMOVED {
            return Some(Record::Removed(get_varint(data)?.try_into().ok()?));
        }
        let (id, rest) = {
            let length = get_varint(data)? as usize;
            data.split_at_checked(length)?
        };
        let (seen, rest) = rest.split_first_chunk()?;
        let (left, rest) = rest.split_first_chunk()?;
        let (right, rest) = rest.split_first_chunk()?;
        *data = rest;
        let body = match kind {
            SHINGLES => Body::Shingles(read_sorted(data)?),
            SIGNATURE => Body::Signature(data.as_chunks().0.iter().map(|value| u32::from_le_bytes(*value)).collect()),
            COPY => Body::CopyOf(get_varint(data)?.try_into().ok()?),
            _ => return None,
        };
        Some(Record::Added(Document {
            id: std::str::from_utf8(id).ok()?.into(),
            first_seen: i64::from_le_bytes(*seen),
            identity: [u64::from_le_bytes(*left), u64::from_le_bytes(*right)],
            body,
        }))
    }
}

impl Document {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(match self.body {
            Body::Shingles(_) => SHINGLES,
            Body::Signature(_) => SIGNATURE,
            Body::CopyOf(_) => COPY,
        });
        put_varint(out, self.id.len() as u64);
        out.extend(self.id.as_bytes());
        out.extend(self.first_seen.to_le_bytes());
        self.identity.iter().for_each(|half| out.extend(half.to_le_bytes()));
        match &self.body {
            Body::Shingles(shingles) => write_sorted(shingles, out),
            Body::Signature(signature) => signature.iter().for_each(|value| out.extend(value.to_le_bytes())),
            Body::CopyOf(number) => put_varint(out, u64::from(*number)),
        }
    }
}

fn write_sorted(values: &[u32], out: &mut Vec<u8>) {
    put_varint(out, values.len() as u64);
    let low = rice_low(1 << 32, values.len() as u64);
    let mut bits = BitWriter::new(out);
    let mut before = 0;
    for &value in values {
        bits.put_rice(u64::from(value - before), low);
        before = value;
    }
    bits.finish();
}

fn read_sorted(data: &mut &[u8]) -> Option<Vec<u32>> {
    let count = get_varint(data)?;
    // Each value takes a bit at least: a damaged count does not ask for memory without end.
    if count > data.len() as u64 * 8 {
        return None;
    }
    let low = rice_low(1 << 32, count);
    let mut bits = BitReader::new(data);
    let mut values = Vec::with_capacity(count as usize);
    let mut value = 0u64;
    for _ in 0..count {
        value = value.checked_add(bits.get_rice(low)?)?;
        values.push(value.try_into().ok()?);
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(body: Body) -> Record {
        Record::Added(Document {
            id: "https://उदाहरण.example/a".into(), first_seen: -5, identity: [1, u64::MAX], body
        })
    }

    #[test]
    fn records_come_back() {
        let mut shingles: Vec<u32> = (0..300u32).map(|at| at.wrapping_mul(0x9e37_79b9)).collect();
        shingles.extend([0, 0, u32::MAX, u32::MAX]);
        shingles.sort_unstable();
        let records = [
            document(Body::Shingles(shingles)),
            document(Body::Shingles(vec![])),
            document(Body::Signature((0..128).collect())),
            Record::Removed(u32::MAX),
            document(Body::CopyOf(7)),
        ];
        let mut out = Vec::new();
        records.iter().for_each(|record| record.write(&mut out));
        let mut data = &out[..];
        for record in &records {
            assert_eq!(Record::read(&mut data).as_ref(), Ok(record));
        }
        assert!(data.is_empty());
    }

    #[test]
    fn a_shingle_takes_about_three_bytes() {
        let mut shingles: Vec<u32> = (0..250u32).map(|at| crate::minhash::fmix32(at + 1)).collect();
        shingles.sort_unstable();
        let mut out = Vec::new();
        write_sorted(&shingles, &mut out);
        assert!(out.len() < 250 * 33 / 10, "{}", out.len());
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        let mut out = Vec::new();
        document(Body::Shingles((0..50u32).map(|at| at << 26).collect())).write(&mut out);
        for at in 0..out.len() {
            for flip in [1, 0x80, 0xff] {
                let mut data = out.clone();
                data[at] ^= flip;
                let _ = Record::read(&mut &data[..]);
            }
            assert!(Record::read(&mut &out[..at]).is_err());
        }
    }
}
