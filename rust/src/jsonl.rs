//! Batches of JSON lines into columns, and columns into JSON lines.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::texts::TextColumn;

mod cursor;
mod escapes;
mod row;
pub mod write;

/// What a field can hold, in the order of the columns.
pub const ROLES: [&str; 13] = [
    "id", "text", "html", "title", "url", "date", "lang", "site", "author", "modified", "dateline", "subtitle", "tags",
];
const TEXT: usize = 1;
const HTML: usize = 2;
const AUTHOR: usize = 8;
const TAGS: usize = 12;

/// Whether a role can be a list of strings; its parts are joined by line ends.
fn is_list(role: usize) -> bool {
    matches!(role, TEXT | AUTHOR | TAGS)
}

/// A thread gets no less than about this many bytes.
const PART_BYTES: usize = 1 << 20;

/// The names under which each role is looked for; the first that holds something wins.
pub struct FieldNames {
    candidates: [Vec<String>; ROLES.len()],
    /// Name → (role, rank).
    known: HashMap<Vec<u8>, (usize, usize), xxhash_rust::xxh3::Xxh3DefaultBuilder>,
}

impl FieldNames {
    /// `entries` are (role, names in order); a name serves one role only, the first that asks for it.
    pub fn new(entries: Vec<(String, Vec<String>)>) -> Result<FieldNames> {
        let mut names = FieldNames { candidates: Default::default(), known: HashMap::default() };
        for (role, candidates) in entries {
            let at = ROLES
                .iter()
                .position(|&known| known == role)
                .ok_or_else(|| Error::Argument(format!("unknown role '{role}'; one of {ROLES:?}")))?;
            for (rank, name) in candidates.iter().enumerate() {
                names.known.entry(name.clone().into_bytes()).or_insert((at, rank));
            }
            names.candidates[at] = candidates;
        }
        Ok(names)
    }
}

/// The documents of a chunk of JSON lines, and the lines that hold none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// One column a role, in the order of [`ROLES`]; "" where the row has none.
    pub roles: [TextColumn; ROLES.len()],
    /// The fields that are no role, as a JSON object, as they were written; "" where there are none.
    pub extra: TextColumn,
    /// Line numbers, and where the lines begin and end in the chunk.
    pub lines: Vec<i64>,
    pub starts: Vec<i64>,
    pub ends: Vec<i64>,
    /// Whether the row has a text and an html (an empty one counts).
    pub has_text: Vec<bool>,
    pub has_html: Vec<bool>,
    pub refused: Refused,
    /// Lines of the chunk, of whatever kind.
    pub line_count: i64,
}

/// Lines that cannot be used: number, bytes in the chunk, cause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused {
    pub lines: Vec<i64>,
    pub starts: Vec<i64>,
    pub ends: Vec<i64>,
    pub causes: TextColumn,
}

/// The documents of `chunk`, whole lines of which the first has the number `first_line`, in batches: at most `batches`, each
/// parsed by a thread of the current pool. Blank lines are passed over, a line longer than `max_bytes` is refused.
pub fn parse(chunk: &[u8], names: &FieldNames, first_line: i64, max_bytes: usize, batches: usize) -> Vec<Batch> {
    let start = if first_line == 1 && chunk.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let parts = parts(chunk, start, batches);
    let mut batches: Vec<Batch> = match &parts[..] {
        [part] => vec![parse_part(chunk, part.clone(), names, max_bytes)],
        _ => parts.into_par_iter().map(|part| parse_part(chunk, part, names, max_bytes)).collect(),
    };
    let mut before = first_line;
    for batch in &mut batches {
        batch.lines.iter_mut().chain(&mut batch.refused.lines).for_each(|line| *line += before);
        before += batch.line_count;
    }
    batches
}

/// `start..` of the chunk, cut behind line ends into that many parts or fewer.
fn parts(chunk: &[u8], start: usize, count: usize) -> Vec<Range<usize>> {
    let least = PART_BYTES.max((chunk.len() - start).div_ceil(count.max(1)));
    let mut parts = Vec::new();
    let mut from = start;
    while chunk.len() - from > least {
        let Some(end) = memchr::memchr(b'\n', &chunk[from + least..]) else { break };
        parts.push(from..from + least + end + 1);
        from += least + end + 1;
    }
    parts.push(from..chunk.len());
    parts
}

/// The documents of a part of the chunk, its lines counted from 0.
fn parse_part(chunk: &[u8], part: Range<usize>, names: &FieldNames, max_bytes: usize) -> Batch {
    let mut batch = Batch::default();
    batch.roles[TEXT].data.reserve(part.len()); // no page is touched before it is written
    let bytes = &chunk[part.clone()];
    // One fast check for all lines; only when it fails each line is checked for itself.
    let text = simdutf8::basic::from_utf8(bytes).ok();
    let mut rows = row::Rows::new(names);
    let mut start = 0;
    let mut number = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |length| start + length);
        let line = &bytes[start..end];
        if !line.iter().all(|byte| byte.is_ascii_whitespace()) {
            let place = (part.start + start) as i64;
            let outcome = if line.len() > max_bytes {
                Err(format!(
                    "line of {} bytes is longer than max_bytes = {max_bytes}; raise it to read the line",
                    line.len()
                ))
            } else {
                match text.and_then(|text| text.get(start..end)) {
                    Some(line) => rows.parse(line, &mut batch),
                    None => simdutf8::compat::from_utf8(line)
                        .map_err(|bad| format!("invalid UTF-8 at byte {}; write the file as UTF-8", bad.valid_up_to()))
                        .and_then(|line| rows.parse(line, &mut batch)),
                }
            };
            match outcome {
                Ok(()) => {
                    batch.lines.push(number);
                    batch.starts.push(place);
                    batch.ends.push(place + line.len() as i64);
                }
                Err(cause) => {
                    batch.refused.lines.push(number);
                    batch.refused.starts.push(place);
                    batch.refused.ends.push(place + line.len() as i64);
                    batch.refused.causes.push(&cause);
                }
            }
        }
        start = end + 1;
        number += 1;
    }
    batch.line_count = number;
    batch
}

#[cfg(test)]
mod tests;
