//! Blocks and verdicts to the article's text and the lists of what was kept and what was left out.

use std::ops::Range;

use super::captions;
use super::inserts;
use super::markdown::{self, Line};
use super::meta::Meta;
use super::names::{Kinds, kind};
use super::parse::{Block, Break, Cursor, Page};
use super::segment::Verdict;
use super::tags::Tag;
use super::{Mode, Options};
use crate::cues::Cues;
use crate::spans::{Cut, Part, Reason, Spans};
use crate::text;

/// Longest block, in bytes, whose own words are asked why it was left out.
const SPEAKING: usize = 400;

/// The place in the text of a kept block, or of a part of one between promos, and what it is.
struct Piece {
    start: u32,
    end: u32,
    block: u32,
    /// Where in the block's text it begins.
    from: u32,
    part: Part,
    /// Of one line with the piece before.
    goes_on: bool,
    /// Shown because it was asked for beside the body: the headline, the subtitle, a caption.
    beside: bool,
}

impl Piece {
    fn text(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// A range of the text as one of the block's.
    fn inside(&self, range: &Range<usize>) -> Range<usize> {
        let in_block = |at: usize| at - self.start as usize + self.from as usize;
        in_block(range.start)..in_block(range.end)
    }
}

/// What becomes of a page.
#[derive(Default)]
pub struct Rendered {
    /// One line a block; blocks of Markdown where that is asked for.
    pub text: String,
    /// In order, in bytes of the source.
    pub kept: Spans<Part>,
    pub removed: Spans<Reason>,
}

pub fn render(
    source: &str,
    page: &Page,
    meta: &mut Meta,
    verdicts: &[Verdict],
    cues: &Cues,
    options: &Options,
) -> Rendered {
    let mut removed = Spans::default();
    let slides = captions::slides(page, cues, verdicts);
    let mut shown = Shown::new(source, page, meta, verdicts, options.mode, slides);
    let body = || page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()).map(|(block, _)| block);
    let mut pieces: Vec<Piece> = Vec::with_capacity(body().count());
    let mut text = String::with_capacity(body().map(|block| block.text.len() + 1).sum());
    let mut last: Verdict = None;
    for (at, (block, &verdict)) in page.blocks.iter().zip(verdicts).enumerate() {
        let content = block.text.of(&page.text);
        let credit = match verdict {
            Some(Reason::Caption) => captions::credit_at(content, cues),
            Some(Reason::Other) if block.images > 0 && content.len() <= SPEAKING => captions::credit_at(content, cues),
            _ => None,
        };
        let verdict = if credit.is_some() { Some(Reason::Caption) } else { verdict };
        let credit = credit.unwrap_or(content.len());
        let (content, credit) = content.split_at(credit);
        let content = content.trim_end();
        if let Some(part) = shown.part(page, at, verdict).filter(|_| !content.is_empty()) {
            let found = if verdict.is_none() { inserts::find(page, block, cues, options) } else { Vec::new() };
            let (mut from, mut is_open) = (0, false);
            for (insert, reason) in
                found.into_iter().chain(std::iter::once((content.len()..content.len(), Reason::Other)))
            {
                let own = trimmed(content, from..insert.start);
                if !own.is_empty() {
                    let goes_on = goes_on(page, &pieces, at);
                    // What was hidden in the middle of a word or before a stop leaves no gap.
                    let follows_on = is_open && own.start == from;
                    if !pieces.is_empty() && !follows_on {
                        text.push(if goes_on { ' ' } else { '\n' });
                    }
                    let start = text.len() as u32;
                    text.push_str(&content[own.clone()]);
                    pieces.push(Piece {
                        start,
                        end: text.len() as u32,
                        block: at as u32,
                        from: own.start as u32,
                        part,
                        goes_on,
                        beside: part == Part::Caption || verdict.is_some() && part != Part::Paragraph,
                    });
                }
                is_open = reason == Reason::Hidden && !own.is_empty() && own.end == insert.start;
                from = insert.end;
                if !insert.is_empty() {
                    leave_out(source, page, block, insert, reason, false, &mut removed);
                }
            }
            last = None;
        } else if let Some(reason) = verdict.filter(|_| !content.is_empty()) {
            leave_out(source, page, block, 0..content.len(), reason, last == verdict, &mut removed);
            last = verdict;
        }
        if !credit.is_empty() {
            let range = block.text.len() - credit.len()..block.text.len();
            leave_out(source, page, block, range, Reason::Credit, last == Some(Reason::Credit), &mut removed);
            last = Some(Reason::Credit);
        }
    }
    let mut cuts = Vec::new();
    let mut stripped_text = None;
    if let Some(level) = options.level {
        // The headline and the captions under it stand in the text because they were asked for: the stripper, which would cut what the
        // body says once more, sees what follows them.
        let head = pieces.iter().take_while(|piece| piece.beside).last().map_or(0, |piece| piece.end as usize);
        let paragraphs = level < text::Level::Aggressive;
        let stripped = text::strip(&text[head..], text::Context { cues, level, title: &meta.title, paragraphs });
        if meta.author.is_empty() {
            meta.author = stripped.author;
        }
        if meta.published.is_empty() {
            meta.published = stripped.published;
        }
        cuts = stripped.removed;
        cuts.iter_mut().for_each(|cut| (cut.start, cut.end) = (cut.start + head, cut.end + head));
        if !cuts.is_empty() {
            leave_out_cuts(source, page, &pieces, &text, &cuts, &mut removed);
            let mut rest = stripped.text.into_owned();
            if head > 0 || rest.starts_with(char::is_whitespace) {
                let gap = if head > 0 && !rest.trim_start().is_empty() { "\n" } else { "" };
                rest = [&text[..head], gap, rest.trim_start()].concat();
            }
            stripped_text = Some(rest);
        }
    }
    let kept = kept(source, page, &pieces, &text, &cuts);
    let text = match stripped_text {
        _ if options.markdown => marked(page, &pieces, &text, &cuts),
        Some(stripped) => stripped,
        None => text,
    };
    Rendered { text, kept, removed }
}

/// Names left-out blocks by their words where these know better.
pub fn name_by_words(page: &Page, verdicts: &mut [Verdict], cues: &Cues) {
    for (block, verdict) in page.blocks.iter().zip(verdicts) {
        *verdict = verdict.map(|reason| by_words(reason, block.text.of(&page.text), cues));
    }
}

/// The reason that a block's own words give where nothing around it names it, or where what names it is no caption after all.
fn by_words(reason: Reason, content: &str, cues: &Cues) -> Reason {
    use Reason::*;
    if !matches!(reason, Other | Caption | Credit) || content.len() > SPEAKING {
        return reason;
    }
    match cues.at_either_end(content).map(|hit| hit.reason) {
        Some(found) if reason == Other => found,
        Some(found @ (Ad | Promo | Related | App | Share | Newsletter | Comments)) => found,
        _ if reason == Other && content.contains('©') => Copyright,
        _ => reason,
    }
}

/// Adds a range of a block's text to what is left out; `follows` joins it to the span before.
fn leave_out(
    source: &str,
    page: &Page,
    block: &Block,
    range: Range<usize>,
    reason: Reason,
    follows: bool,
    removed: &mut Spans<Reason>,
) {
    let (start, end) = place(source, page, block, &range, &mut Cursor::default());
    let content = block.text.of(&page.text).get(range).unwrap_or("");
    if follows {
        removed.extend_last(end, '\n', content);
    } else {
        removed.push(start..end, reason, content);
    }
}

/// Whether the block is of one line with the last piece: between them are only inline elements that a site rule names.
fn goes_on(page: &Page, pieces: &[Piece], at: usize) -> bool {
    pieces
        .last()
        .is_some_and(|last| page.blocks[last.block as usize + 1..=at].iter().all(|block| block.before == Break::Inline))
}

/// Which blocks are shown, and as what.
struct Shown<'a> {
    mode: Mode,
    title: Option<usize>,
    subtitle: Option<usize>,
    /// The first block of the body, where it is the subtitle too.
    summary: Option<usize>,
    /// Captions are shown between the headline, or the first block of the body, and its last one.
    captions: Range<usize>,
    /// Captions that are the paragraphs of a gallery.
    slides: Vec<usize>,
    kinds: Kinds<'a>,
}

impl<'a> Shown<'a> {
    fn new(source: &'a str, page: &'a Page, meta: &Meta, verdicts: &[Verdict], mode: Mode, slides: Vec<usize>) -> Self {
        let first_with = |wanted: &str| {
            let is_title = |verdict: &Verdict| *verdict == Some(Reason::Title);
            let mut titles = verdicts.iter().enumerate().filter(|(_, verdict)| is_title(verdict));
            let full = mode == Mode::Full && !wanted.is_empty();
            titles.find(|&(at, _)| full && same(page.blocks[at].text.of(&page.text), wanted)).map(|(at, _)| at)
        };
        let (title, subtitle) = (first_with(&meta.title), first_with(&meta.subtitle));
        let first = verdicts.iter().position(Option::is_none);
        let last = verdicts.iter().rposition(Option::is_none);
        let is_summary = |&first: &usize| page.blocks[first].text.of(&page.text) == meta.subtitle;
        let summary = first.filter(is_summary);
        let from = first.map(|first| title.map_or(first, |title| title.min(first)));
        let captions = match (mode, from, last) {
            (Mode::Full, Some(from), Some(last)) => from..last,
            _ => 0..0,
        };
        Shown { mode, title, subtitle, summary, captions, slides, kinds: Kinds::new(source, page) }
    }

    fn is_called_caption(&mut self, block: &Block) -> bool {
        const LEVELS: usize = 2;
        self.kinds.around(block.element, LEVELS) & kind::CAPTION != 0
    }

    fn part(&mut self, page: &Page, at: usize, verdict: Verdict) -> Option<Part> {
        match verdict {
            None if self.summary == Some(at) => Some(Part::Subtitle),
            // What the page calls a caption is one, although the model takes it for the body's.
            None if self.captions.contains(&at) && self.is_called_caption(&page.blocks[at]) => Some(Part::Caption),
            None => Some(part_of(page, &page.blocks[at])),
            Some(Reason::Title) if self.mode == Mode::Full => {
                let found = [(self.title, Part::Title), (self.subtitle, Part::Subtitle)];
                found.into_iter().find(|(place, _)| *place == Some(at)).map(|(_, part)| part)
            }
            Some(Reason::Caption) if self.slides.binary_search(&at).is_ok() => Some(Part::Paragraph),
            Some(Reason::Caption) if self.captions.contains(&at) => Some(Part::Caption),
            Some(_) => None,
        }
    }
}

/// The headline of the metadata may have lost the site's name.
fn same(shown: &str, wanted: &str) -> bool {
    shown == wanted || (shown.contains(wanted) && shown.len() <= 2 * wanted.len())
}

/// What a block of the body is, after the nearest element around it that says so.
fn part_of(page: &Page, block: &Block) -> Part {
    let mut at = block.element;
    for _ in 0..6 {
        let Some(element) = page.elements.get(at as usize) else { break };
        match element.tag {
            tag if tag.is_heading() => return Part::Heading,
            Tag::Li | Tag::Dd | Tag::Dt => return Part::List,
            Tag::Blockquote => return Part::Quote,
            Tag::Td | Tag::Th => return Part::Table,
            Tag::Article | Tag::Main | Tag::Section | Tag::Body => break,
            _ => at = element.parent,
        }
    }
    Part::Paragraph
}

/// A range of a text without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let content = text.get(range.clone()).unwrap_or("");
    let start = range.start + content.len() - content.trim_start().len();
    start..start + content.trim().len()
}

/// Hands on what is left of each piece when the cuts are made, white space around it left out.
fn each_left<'a>(pieces: &'a [Piece], text: &str, cuts: &[Cut], mut each: impl FnMut(&'a Piece, Range<usize>)) {
    let mut next = 0;
    for piece in pieces {
        let mut left = |range: Range<usize>| {
            let own = trimmed(text, range);
            if !own.is_empty() {
                each(piece, own);
            }
        };
        let Range { start: mut from, end } = piece.text();
        while let Some(cut) = cuts.get(next).filter(|cut| cut.start < end) {
            if cut.start > from {
                left(from..cut.start);
            }
            from = from.max(cut.end);
            if cut.end > end {
                break;
            }
            next += 1;
        }
        if from < end {
            left(from..end);
        }
    }
}

fn kept(source: &str, page: &Page, pieces: &[Piece], text: &str, cuts: &[Cut]) -> Spans<Part> {
    let mut kept = Spans::default();
    let cut: usize = cuts.iter().map(|cut| cut.end - cut.start).sum();
    kept.reserve(pieces.len() + cuts.len(), text.len().saturating_sub(cut));
    let mut cursor = Cursor::default();
    each_left(pieces, text, cuts, |piece, range| {
        let block = &page.blocks[piece.block as usize];
        let (start, end) = place(source, page, block, &piece.inside(&range), &mut cursor);
        kept.push(start..end, piece.part, text.get(range).unwrap_or(""));
    });
    kept
}

fn marked(page: &Page, pieces: &[Piece], text: &str, cuts: &[Cut]) -> String {
    let mut lines: Vec<Line> = Vec::with_capacity(pieces.len());
    let mut last = u32::MAX;
    each_left(pieces, text, cuts, |piece, range| {
        let content = text.get(range).unwrap_or("");
        match lines.last_mut() {
            Some(line) if piece.goes_on || piece.block == last => line.text.extend([" ", content]),
            _ => lines.push(Line {
                block: &page.blocks[piece.block as usize],
                part: piece.part,
                text: content.to_string(),
            }),
        }
        last = piece.block;
    });
    markdown::write(page, &lines)
}

/// Adds the cuts of the text to what is left out, block by block. Those of one reason with nothing kept between them are one.
fn leave_out_cuts(source: &str, page: &Page, pieces: &[Piece], text: &str, cuts: &[Cut], removed: &mut Spans<Reason>) {
    let mut last: Option<(u32, &Cut)> = None;
    removed.reserve(cuts.len(), cuts.iter().map(|cut| cut.end - cut.start + 1).sum());
    let mut cursor = Cursor::default();
    for cut in cuts {
        let first = pieces.partition_point(|piece| piece.end as usize <= cut.start);
        for piece in pieces[first..].iter().take_while(|piece| (piece.start as usize) < cut.end) {
            let block = &page.blocks[piece.block as usize];
            let own = piece.text();
            let range = piece.inside(&(cut.start.max(own.start)..cut.end.min(own.end)));
            let (start, end) = place(source, page, block, &range, &mut cursor);
            let content = block.text.of(&page.text).get(range).unwrap_or("");
            let follows = last.filter(|(at, before)| {
                before.reason == cut.reason
                    && piece.block - at <= 1
                    && text.get(before.end.min(cut.start)..cut.start).is_some_and(|gap| gap.trim().is_empty())
            });
            match follows {
                Some((at, _)) => removed.extend_last(end, if at == piece.block { ' ' } else { '\n' }, content),
                None => removed.push(start..end, cut.reason, content),
            }
            last = Some((piece.block, cut));
        }
    }
    removed.sort();
}

/// Where in the source a range of a block's text stands.
fn place(source: &str, page: &Page, block: &Block, range: &Range<usize>, cursor: &mut Cursor) -> (usize, usize) {
    let (first, last) = (block.source.start as usize, block.source.end as usize);
    let of_page = |at: usize| block.text.start + at as u32;
    let start =
        if range.start == 0 { first } else { page.source_of(source, of_page(range.start), cursor).clamp(first, last) };
    let at_end = range.end == block.text.len();
    let end = if at_end { last } else { page.source_of(source, of_page(range.end), cursor).clamp(start, last) };
    (start, end)
}
