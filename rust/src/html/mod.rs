//! Article text out of HTML pages.

pub mod context;
pub mod decode;
pub mod entities;
pub mod features;
pub mod grams;
pub mod json_ld;
pub mod layout;
pub mod meta;
pub mod model;
pub mod names;
pub mod parse;
pub mod segment;
pub mod shape;
pub mod tags;
pub mod training;

use std::borrow::Cow;

use crate::cues::Cues;
use crate::error::{Error, Result};
use crate::spans::{Reason, Removed};
use decode::Decoded;

/// Longer pages are not read: offsets are 32 bits wide.
const LONGEST_PAGE: usize = 1 << 31;

/// What is wanted of a page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Keep headings, lists and quotes as Markdown.
    pub markdown: bool,
}

/// A page, read.
#[derive(Debug, Clone, Default)]
pub struct Article<'a> {
    /// The decoded page.
    pub source: Cow<'a, str>,
    /// The body: one line a block.
    pub text: String,
    pub meta: meta::Meta,
    pub encoding: &'static str,
    /// Why the page could not be used, or "".
    pub problem: &'static str,
    /// In order; offsets into the decoded page.
    pub removed: Vec<Removed>,
}

pub const UNKNOWN_ENCODING: &str = "unknown character encoding";
const FONT_ENCODING: &str = "x-user-defined: characters of a font, not text";
const TOO_LONG: &str = "longer than 2 GiB";

/// The article of a page. `url` is where the page came from and `encoding` what its bytes are said to be, or "".
pub fn extract<'a>(bytes: &'a [u8], url: &str, encoding: &str, cues: &Cues, options: Options) -> Article<'a> {
    let _ = (cues, options);
    let failed = |problem| Article { problem, ..Article::default() };
    if bytes.len() >= LONGEST_PAGE {
        return failed(TOO_LONG);
    }
    let (source, encoding) = match decode::decode(bytes, encoding) {
        Decoded::Text { text, encoding } => (text, encoding),
        Decoded::Unknown => return failed(UNKNOWN_ENCODING),
        Decoded::FontEncoding => return failed(FONT_ENCODING),
    };
    let page = parse::parse(&source);
    let mut meta = meta::read(&source, &page, url);
    let verdicts = segment::verdicts(&source, &page, &mut meta);
    let mut article = Article { meta, encoding, ..Article::default() };
    let mut last: Option<Reason> = None;
    for (block, verdict) in page.blocks.iter().zip(verdicts) {
        let text = block.text.of(&page.text);
        let (start, end) = (block.source.start as usize, block.source.end as usize);
        match (verdict, article.removed.last_mut()) {
            (None, _) => {
                if !article.text.is_empty() {
                    article.text.push('\n');
                }
                article.text.push_str(text);
            }
            (Some(reason), Some(before)) if last == Some(reason) => {
                before.end = end;
                before.text.push('\n');
                before.text.push_str(text);
            }
            (Some(reason), _) => article.removed.push(Removed { start, end, reason, text: text.to_string() }),
        }
        last = verdict;
    }
    article.source = source;
    article
}

/// The rows of a binary column, its offsets checked.
pub fn pages<'a>(offsets: &[i64], data: &'a [u8]) -> Result<Vec<&'a [u8]>> {
    if offsets.is_empty() {
        return Err(Error::Argument("a column of pages needs at least one offset".into()));
    }
    let page = |pair: &[i64]| data.get(usize::try_from(pair[0]).ok()?..usize::try_from(pair[1]).ok()?);
    offsets
        .windows(2)
        .map(|pair| {
            page(pair).ok_or_else(|| Error::Argument("page offsets must ascend and stay inside the data".into()))
        })
        .collect()
}

/// Byte offsets of ascending, non-overlapping spans turned into offsets in characters.
pub fn in_characters(source: &str, removed: &mut [Removed]) {
    let (mut bytes, mut characters) = (0, 0);
    let mut place = |at: usize| {
        let at = at.clamp(bytes, source.len());
        characters += source.get(bytes..at).map_or(0, |text| text.chars().count());
        bytes = at;
        characters
    };
    for span in removed {
        span.start = place(span.start);
        span.end = place(span.end);
    }
}
