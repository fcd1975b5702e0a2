//! Blocks and verdicts to the article's text and the list of what was left out.

use std::ops::Range;

use super::meta::Meta;
use super::parse::{Block, Page};
use super::segment::Verdict;
use super::tags::Tag;
use super::{Mode, Options};
use crate::cues::Cues;
use crate::spans::{Reason, Removed};
use crate::text;

/// A kept block's place in the text, without the marks that Markdown puts before it.
struct Piece {
    text: Range<usize>,
    block: usize,
}

/// The text, one line a block, and the removed spans in order, in bytes of the source.
pub fn render(
    source: &str,
    page: &Page,
    meta: &mut Meta,
    verdicts: &[Verdict],
    cues: &Cues,
    options: &Options,
) -> (String, Vec<Removed>) {
    let last_kept = verdicts.iter().rposition(Option::is_none);
    let first_kept = verdicts.iter().position(Option::is_none);
    let mut text = String::new();
    let mut pieces = Vec::new();
    let mut removed: Vec<Removed> = Vec::new();
    let mut last: Verdict = None;
    for (at, (block, &verdict)) in page.blocks.iter().zip(verdicts).enumerate() {
        let content = block.text.of(&page.text);
        let (start, end) = (block.source.start as usize, block.source.end as usize);
        let inside = first_kept.is_some_and(|first| first < at) && last_kept.is_some_and(|last| at < last);
        let shown = match verdict {
            None => true,
            Some(Reason::Title) => options.mode == Mode::Full && (content == meta.title || content == meta.subtitle),
            Some(Reason::Caption) => options.mode == Mode::Full && inside,
            Some(_) => false,
        };
        if shown {
            if !text.is_empty() {
                text.push('\n');
            }
            if options.markdown {
                mark(page, block, &mut text);
            }
            let from = text.len();
            text.push_str(content);
            pieces.push(Piece { text: from..text.len(), block: at });
            last = None;
            continue;
        }
        let Some(reason) = verdict else { continue };
        match removed.last_mut() {
            Some(before) if last == verdict => {
                before.end = end;
                before.text.push('\n');
                before.text.push_str(content);
            }
            _ => removed.push(Removed { start, end, reason, text: content.to_string() }),
        }
        last = verdict;
    }
    let Some(level) = options.level else { return (text, removed) };
    let stripped = text::strip(&text, text::Context { cues, level, title: &meta.title });
    for cut in &stripped.removed {
        removed.extend(in_source(source, page, &pieces, cut));
    }
    removed.sort_by_key(|span| (span.start, span.end));
    if meta.author.is_empty() {
        meta.author = stripped.author;
    }
    if meta.published.is_empty() {
        meta.published = stripped.published;
    }
    let text = stripped.text.into_owned();
    (text, removed)
}

/// A cut of the text, block by block, as spans of the source.
fn in_source<'a>(
    source: &'a str,
    page: &'a Page,
    pieces: &'a [Piece],
    cut: &'a Removed,
) -> impl Iterator<Item = Removed> + 'a {
    let first = pieces.partition_point(|piece| piece.text.end <= cut.start);
    pieces[first..].iter().take_while(|piece| piece.text.start < cut.end).map(move |piece| {
        let block = &page.blocks[piece.block];
        let place =
            |at: usize| block.text.start + (at.clamp(piece.text.start, piece.text.end) - piece.text.start) as u32;
        let (from, to) = (place(cut.start), place(cut.end));
        let within = block.source.start as usize..=block.source.end as usize;
        let start = page.source_of(source, from).clamp(*within.start(), *within.end());
        let end =
            if to == block.text.end { *within.end() } else { page.source_of(source, to).clamp(start, *within.end()) };
        let text = page.text.get(from as usize..to as usize).unwrap_or("").to_string();
        Removed { start, end, reason: cut.reason, text }
    })
}

/// What Markdown writes before a block of its kind.
fn mark(page: &Page, block: &Block, text: &mut String) {
    let mut at = block.element;
    for _ in 0..6 {
        let Some(element) = page.elements.get(at as usize) else { return };
        if element.tag.is_heading() {
            let level = element.tag as usize - Tag::H1 as usize + 1;
            text.extend(std::iter::repeat_n('#', level));
            text.push(' ');
            return;
        }
        match element.tag {
            Tag::Li => return text.push_str("- "),
            Tag::Blockquote => return text.push_str("> "),
            Tag::Article | Tag::Main | Tag::Section | Tag::Table | Tag::Body => return,
            _ => at = element.parent,
        }
    }
}
