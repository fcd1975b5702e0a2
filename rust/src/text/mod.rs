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

use crate::cues::Cues;
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

pub fn strip<'a>(text: &'a str, context: Context<'_>) -> Stripped<'a> {
    strip_of_host(text, context, &Recurring::default())
}

/// [`strip`] with what recurs on the host of the text.
pub fn strip_of_host<'a>(text: &'a str, context: Context<'_>, recurring: &Recurring) -> Stripped<'a> {
    let mut out = Stripped { title: context.title.trim().to_owned(), ..Stripped::default() };
    let mut pieces = Pieces::new(text);
    let mut page = Page::new(text);
    let mut cuts = cuts_of(&mut page, context, recurring, &mut out);
    while !cuts.is_empty() {
        let kept = pieces.cut(&page.text, &cuts, &mut out.removed);
        page = page.cut(pieces.text(), &kept);
        cuts = cuts_of(&mut page, context, recurring, &mut out);
    }
    out.text = page.text;
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

/// The cuts of one pass, ascending and apart from each other.
fn cuts_of(page: &mut Page<'_>, context: Context<'_>, recurring: &Recurring, found: &mut Stripped<'_>) -> Vec<Cut> {
    lines::look_up_new(page, &context);
    let page = &*page;
    let mut verdicts: Vec<Option<Reason>> = vec![None; page.lines.len()];
    let mut cuts = Vec::new();
    byline::find(page, context, &mut verdicts, found);
    find_templates(page, recurring, &mut verdicts);
    lines::find(page, context, &mut verdicts, found);
    let title = title::find(page, context, &mut verdicts, found);
    zones::find(page, context, &mut verdicts);
    repeat::find(page, context, &title, &mut verdicts);
    for ((line, known), verdict) in page.lines.iter().zip(&page.known).zip(&verdicts) {
        match verdict {
            Some(reason) => cuts.push(Cut { start: line.start, end: line.end, reason: *reason }),
            None if known.whole.get() => {}
            None => {
                let before = cuts.len();
                inline::find(page, line, context, &mut cuts);
                known.whole.set(cuts.len() == before);
            }
        }
    }
    inline::find_broken(page, context, &mut cuts);
    byline::dateline(page, context, &verdicts, &mut cuts);
    cuts::tidy(&mut cuts);
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
