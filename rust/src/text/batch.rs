//! A column of texts stripped at once.

use std::ops::Range;

use rayon::prelude::*;

use super::passes::Desk;
use super::{Context, Level, Stripped};
use crate::cues::Cues;
use crate::error::{Error, Result};
use crate::spans::Cut;
use crate::templates::{Page, Templates};
use crate::texts::{TextColumn, Texts};
use crate::threads::on_threads;

/// Stripped texts and metadata by column name, and what was removed.
pub struct Batch {
    pub columns: Vec<(&'static str, TextColumn)>,
    pub removed: RemovedColumns,
}

impl Batch {
    fn new(bytes: usize) -> Batch {
        let names = ["text", "title", "subtitle", "author", "dateline", "published", "modified", "tags"];
        let mut columns = names.map(|name| (name, TextColumn::default()));
        columns[0].1.data.reserve(bytes);
        Batch { columns: columns.into(), removed: RemovedColumns::default() }
    }

    fn push(&mut self, input: &str, out: &Stripped<'_>) {
        let values: [&str; 8] = [
            &out.text,
            &out.title,
            &out.subtitle,
            &out.author,
            &out.dateline,
            &out.published,
            &out.modified,
            &out.tags,
        ];
        for ((_, column), value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.removed.push(input, &out.removed);
    }
}

/// Removed spans of all rows: those of row i are `first[i]..first[i + 1]`. Offsets count characters.
pub struct RemovedColumns {
    pub first: Vec<i64>,
    pub start: Vec<i64>,
    pub end: Vec<i64>,
    pub reason: Vec<u8>,
    pub text: TextColumn,
}

impl Default for RemovedColumns {
    fn default() -> Self {
        RemovedColumns {
            first: vec![0],
            start: Vec::new(),
            end: Vec::new(),
            reason: Vec::new(),
            text: TextColumn::default(),
        }
    }
}

impl RemovedColumns {
    /// Appends the spans of one row; `removed` ascends by start and has byte offsets into `input`.
    pub fn push(&mut self, input: &str, removed: &[Cut]) {
        let (mut at, mut chars) = (0, 0);
        for span in removed {
            let start = chars + count_chars(&input[at..span.start.max(at)]);
            let text = &input[span.start..span.end];
            let end = start + count_chars(text);
            (at, chars) = (span.end.max(at), end);
            self.start.push(start as i64);
            self.end.push(end as i64);
            self.reason.push(span.reason as u8);
            self.text.push(text);
        }
        self.first.push(self.start.len() as i64);
    }
}

fn count_chars(text: &str) -> usize {
    text.chars().count()
}

/// Strips every text; `titles` holds one known headline a text, or nothing at all; `hosts` one host a text where there are templates.
pub fn strip(
    texts: Texts<'_>,
    titles: Texts<'_>,
    cues: &Cues,
    level: &str,
    (hosts, templates): (Texts<'_>, Option<&Templates>),
    threads: usize,
) -> Result<Batch> {
    let level = Level::named(level)
        .ok_or_else(|| Error::Argument(format!("strip level is one of {}, not '{level}'", Level::NAMES.join(", "))))?;
    if !titles.is_empty() && titles.len() != texts.len() {
        return Err(Error::Argument(format!("{} titles for {} texts", titles.len(), texts.len())));
    }
    let recurring = templates.map(|templates| templates.of_hosts(hosts, texts.len())).transpose()?;
    let input = |row: usize| {
        let title = if titles.is_empty() { "" } else { titles.get(row) };
        let recurring = recurring.as_ref().and_then(|recurring| recurring.get(hosts.get(row)));
        (texts.get(row), Context { cues, level, title, paragraphs: false }, recurring)
    };
    let mut batch = Batch::new(texts.bytes());
    if threads == 1 {
        // block by block, while it is in the cache
        let mut desk = Desk::default();
        for block in blocks(texts, threads) {
            desk.strip(block.map(input), |text, out, _| batch.push(text, out));
        }
    } else {
        let blocks: Vec<_> = blocks(texts, threads).collect();
        let worked_on = blocks.into_par_iter().map_init(Desk::default, |desk, block| {
            let mut rows = Vec::with_capacity(block.len());
            desk.strip(block.map(input), |text, out, _| rows.push((text, std::mem::take(out))));
            rows
        });
        let rows: Vec<Vec<_>> = on_threads(threads, || Ok(worked_on.collect()))?;
        rows.iter().flatten().for_each(|(text, out)| batch.push(text, out));
    }
    Ok(batch)
}

/// Most texts that are worked on together, and bytes of them: what is known of them fits into the second cache of a processor.
const TOGETHER: (usize, usize) = (16, 1 << 17);

/// Blocks that a batch falls into at least where threads share it.
const SHARED: usize = 64;

/// Rows that are worked on together.
fn blocks(texts: Texts<'_>, threads: usize) -> impl Iterator<Item = Range<usize>> {
    let most = if threads == 1 { TOGETHER.0 } else { (texts.len() / SHARED).clamp(1, TOGETHER.0) };
    let mut next = 0;
    std::iter::from_fn(move || {
        let (from, mut bytes) = (next, 0);
        while next < texts.len() && next - from < most && bytes < TOGETHER.1 {
            bytes += texts.get(next).len();
            next += 1;
        }
        (from < next).then_some(from..next)
    })
}

/// Learns what recurs on the pages of each host; `hosts` holds one a text.
pub fn learn(templates: &mut Templates, texts: Texts<'_>, hosts: Texts<'_>, threads: usize) -> Result<()> {
    let bytes = (0..texts.len()).map(|row| texts.get(row).as_bytes());
    templates.learn_batch(hosts, bytes, |row| Some(Page::of_text(texts.get(row))), threads)
}
