//! Leftovers out of text that another tool extracted: section headers and the headlines under them, promos, by-lines, captions, credits…
//!
//! A cut needs a cue or a repetition, and the shape and the place that go with it: "शेयर करें" alone on its line is a button, "शेयर बाजार में
//! गिरावट…" is a paragraph. Passes are repeated until nothing more is found, so stripping twice is stripping once.

pub mod batch;
mod byline;
mod cuts;
mod inline;
mod lines;
mod repeat;
pub mod shape;
mod title;
mod zones;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::cues::{Cues, Hit};
use crate::spans::{Reason, Removed};
use crate::templates::{self, Recurring};
pub(crate) use cuts::Pieces;
use shape::Page;

/// How much goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What stands alone on its line or in its brackets and can be nothing else.
    Gentle,
    Normal,
    /// Also what only position and shape speak for.
    Aggressive,
}

impl Level {
    pub const NAMES: [&str; 3] = ["gentle", "normal", "aggressive"];

    pub fn named(name: &str) -> Option<Level> {
        let at = Level::NAMES.iter().position(|&known| known == name)?;
        Some([Level::Gentle, Level::Normal, Level::Aggressive][at])
    }
}

/// What is known besides the text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub cues: &'a Cues,
    pub level: Level,
    /// The headline where the caller knows it, else "".
    pub title: &'a str,
    /// The lines are paragraphs as their publisher set them: the dateline and the agency in a paragraph of prose belong to it. A text that
    /// a tool extracted may have glued them to it.
    pub paragraphs: bool,
}

/// The article without its leftovers, and what they said about it. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stripped<'a> {
    pub text: Cow<'a, str>,
    pub title: String,
    pub subtitle: String,
    pub author: String,
    /// ISO 8601; the date of the last change where the text states no other
    pub published: String,
    /// ISO 8601
    pub modified: String,
    /// joined by ", "
    pub tags: String,
    pub removed: Vec<Removed>,
}

/// A stretch of the text to be cut, without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    pub start: usize,
    pub end: usize,
    pub reason: Reason,
}

/// Times that what a cut lays bare is looked at again; texts need three or four, and a text made to need more stays linear.
const PASSES: usize = 32;

pub fn strip<'a>(text: &'a str, context: Context<'_>) -> Stripped<'a> {
    strip_of_host(text, context, &Recurring::default())
}

/// [`strip`] with what recurs on the host of the text.
pub fn strip_of_host<'a>(text: &'a str, context: Context<'_>, recurring: &Recurring) -> Stripped<'a> {
    let mut out = Stripped { text: Cow::Borrowed(text), title: context.title.trim().to_owned(), ..Stripped::default() };
    let mut pieces = Pieces::new(text);
    let mut known = Known::default();
    for _ in 0..PASSES {
        let current = std::mem::take(&mut out.text);
        let cuts = cuts_of(&current, context, recurring, &mut out, &mut known);
        if cuts.is_empty() {
            out.text = current;
            break;
        }
        pieces.cut(&current, &cuts, &mut out.removed);
        out.text = Cow::Owned(pieces.text());
    }
    out.removed.sort_by_key(|removed| (removed.start, removed.end));
    if out.published.is_empty() {
        out.published.clone_from(&out.modified);
    }
    out
}

/// True where a text reads as running text, not as a label or a headline.
pub fn is_running_text(text: &str) -> bool {
    let page = Page::new(text);
    page.lines.iter().any(|line| lines::is_prose(&page, line))
}

/// By the hash of a line what does not depend on the others, so that a pass need not look again at what the one before has seen: the cue
/// at either end, and whether nothing is to be cut inside it.
type Known = HashMap<u64, (Option<Hit>, bool), BuildHasherDefault<Hashed>>;

/// Keys that are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The cuts of one pass, ascending and apart from each other.
fn cuts_of(
    text: &str,
    context: Context<'_>,
    recurring: &Recurring,
    found: &mut Stripped<'_>,
    known: &mut Known,
) -> Vec<Cut> {
    let mut page = Page::new(text);
    let hashes: Vec<u64> = page.lines.iter().map(|line| xxhash_rust::xxh3::xxh3_64(page.of(line).as_bytes())).collect();
    let look_up = |(line, hash): (&shape::Line, &u64)| match known.get(hash) {
        Some(&(hit, _)) => hit,
        None => lines::look_up(line, page.of(line), &context),
    };
    page.hits = page.lines.iter().zip(&hashes).map(look_up).collect();
    let mut verdicts: Vec<Option<Reason>> = vec![None; page.lines.len()];
    let mut cuts = Vec::new();
    byline::find(&page, context, &mut verdicts, found);
    find_templates(&page, recurring, &mut verdicts);
    lines::find(&page, context, &mut verdicts, found);
    let title = title::find(&page, context, &mut verdicts, found);
    zones::find(&page, context, &mut verdicts);
    repeat::find(&page, context, &title, &hashes, &mut verdicts);
    let mut whole = Vec::with_capacity(page.lines.len());
    for (at, (line, verdict)) in page.lines.iter().zip(&verdicts).enumerate() {
        let before = cuts.len();
        match verdict {
            Some(reason) => cuts.push(Cut { start: line.start, end: line.end, reason: *reason }),
            None if known.get(&hashes[at]).is_some_and(|&(_, whole)| whole) => {}
            None => inline::find(&page, line, context, &mut cuts),
        }
        whole.push(cuts.len() == before);
    }
    inline::find_broken(&page, context, &mut cuts);
    byline::dateline(&page, context, &verdicts, &mut cuts);
    cuts::tidy(&mut cuts);
    if !cuts.is_empty() {
        known.extend(hashes.into_iter().zip(page.hits.into_iter().zip(whole)));
    }
    cuts
}

fn find_templates(page: &Page<'_>, recurring: &Recurring, verdicts: &mut [Option<Reason>]) {
    if recurring.is_empty() {
        return;
    }
    for (line, verdict) in page.lines.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        let prose = lines::is_prose(page, line);
        if templates::key(0, page.of(line)).is_some_and(|key| recurring.is_template(key, prose)) {
            *verdict = Some(Reason::Template);
        }
    }
}
