//! Who wrote it and when: by-lines and date lines become metadata.

use super::credits::{Credits, credits_of, has_separator, is_name, looks_like_date, may_credit};
use super::edges::bare;
use super::known::Not;
use super::lines::is_prose;
use super::names::{has_latin_surname, has_surname, is_person};
use super::origin::author_of_line;
use super::places::is_whole_day;
use super::shape::{Ending, Page};
use super::signed::signed;
use super::{Context, Level, Stripped};
use crate::spans::Reason;
use crate::words::has_digit;

/// Lines at the top and at the end in which a by-line may begin.
pub(super) const TOP: usize = 12;
const END: usize = 4;
/// Other lines between the by-lines and date lines of one block, and the most such lines that a page has in a block: more are a table, a
/// timeline, a list of matches. So a line that comes to the top only because others went is judged as it was judged below them.
const APART: usize = 2;
const BLOCK: usize = 6;
/// Longest by-line, in characters.
const LINE: usize = 180;
/// Letters of a label that says "by".
const BY: usize = 4;
/// What reading a by-line costs, in looks at its bytes: at each of its words labels and dates are looked for.
const WEIGHT: usize = 32;

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let count = page.lines.len();
    let mut top = chain(page, &context, 0..count, (TOP, true));
    let below = top.last().map_or(0, |last| last.0 + 1)..count;
    top.extend(chain(page, &context, below.rev(), (END, false)).into_iter().rev());
    // dates without a time of day that stand under paragraphs again and again are the headings of a timeline
    let is_heading = |(at, credits): &(usize, Credits)| {
        let line = &page.lines[*at];
        credits.author.is_empty() && page.known[*at].hit.is_none() && !looks_like_date(page.of(line), line.chars)
    };
    // nor is a day one of several that head the lines of a programme
    let is_whole =
        |line: &(usize, Credits)| is_heading(line) && line.1.published.is_empty() && line.1.modified.is_empty();
    if top.iter().filter(|line| is_whole(line)).nth(1).is_some() {
        top.retain(|line| !is_whole(line));
    }
    let below = |at: usize| at > 0 && is_prose(page, &page.lines[at - 1]);
    if top.iter().filter(|line| is_heading(line) && below(line.0)).count() > 1 {
        top.retain(|line| line.0 == 0 || !is_heading(line));
    }
    let first = page.lines.iter().position(|line| is_prose(page, line)).unwrap_or(count);
    // below its first paragraph a day that nothing calls the article's is of a programme or a chronicle, which has others or other lines beside it
    let is_bare =
        |(at, credits): &(usize, Credits)| *at > first && credits.author.is_empty() && page.known[*at].hit.is_none();
    let several = top.iter().filter(|line| is_bare(line)).nth(1).is_some();
    let is_paragraph = |at: usize| page.lines.get(at).is_none_or(|line| is_prose(page, line));
    let is_stamp = |at: usize| page.of(&page.lines[at]).contains(':') && is_paragraph(at - 1) && is_paragraph(at + 1);
    for block in top.chunk_by_mut(|one, next| next.0 - one.0 <= APART + 1) {
        if block.len() > BLOCK {
            continue;
        }
        if block.iter().all(is_bare) {
            let stamp = block[0].0;
            if !several && verdicts[stamp].is_none() && is_stamp(stamp) {
                verdicts[stamp] = Some(Reason::Dateline);
            }
            continue;
        }
        for (at, credits) in block {
            if verdicts[*at].is_none() && (*at < TOP || *at + END >= count) {
                take(page, &context, *at, std::mem::take(credits), verdicts, found);
            }
        }
    }
    if context.level > Level::Gentle && found.author.is_empty() {
        find_signature(page, &context, verdicts, found);
    }
}

/// "Name, outlet, city" between the headline and the first paragraph, where one line is of this shape: several are a list of places.
fn find_signature(page: &Page<'_>, context: &Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let above = (0..page.lines.len().min(TOP)).take_while(|&at| !is_prose(page, &page.lines[at]));
    let shaped = |at: usize| {
        let (line, known) = (&page.lines[at], &page.known[at]);
        if line.chars > LINE / 2 || known.is_not(Not::Signature) {
            return None;
        }
        let name = author_of_line(page.of(line), context.cues);
        known.set_not(Not::Signature, name.is_none());
        name.map(|name| (at, name))
    };
    let mut signatures = above.filter_map(shaped);
    let (Some((at, name)), None) = (signatures.next(), signatures.next()) else { return };
    let heads = |at: usize| {
        verdicts.get(at).is_some_and(Option::is_some) || page.lines.get(at).is_some_and(|next| is_prose(page, next))
    };
    if at > 0 && verdicts[at].is_none() && heads(at + 1) {
        fill(&mut found.author, name);
        verdicts[at] = Some(Reason::Byline);
    }
}

/// By-lines and date lines among the first `edge` lines of `order`, and those that stand in a block with them.
fn chain(
    page: &Page<'_>,
    context: &Context<'_>,
    order: impl Iterator<Item = usize>,
    (edge, from_top): (usize, bool),
) -> Vec<(usize, Credits)> {
    let mut found = Vec::new();
    let (mut last, mut told_by_names) = (None, Vec::new());
    for (number, at) in order.enumerate() {
        if number >= edge && last.is_none_or(|last| number - last > APART + 1) {
            break;
        }
        let line = &page.lines[at];
        if line.chars > LINE || line.stops > 3 || line.ending == Ending::Stop && line.chars > 90 {
            continue;
        }
        let text = page.of(line);
        // without a cue, a date or parts that may hold one it says nothing
        let in_parts = || has_digit(text) || has_separator(text);
        let known = &page.known[at];
        if known.hit.is_none() {
            if !known.is_not(Not::Parted) {
                known.set_not(Not::Parted, !in_parts());
            }
            if known.is_not(Not::Parted) {
                continue;
            }
        }
        let dated = || {
            if !from_top || line.ending == Ending::Stop || known.is_not(Not::Stamped) {
                return None;
            }
            let shaped = looks_like_date(text, line.chars) || is_whole_day(text, line.chars);
            known.set_not(Not::Stamped, !shaped);
            shaped.then(Credits::default)
        };
        let credits = if known.is_not(Not::Signed) {
            None
        } else {
            page.spend(WEIGHT * text.len());
            if known.hit.is_some() || may_credit(text, context.cues) { credits_of(text, context) } else { None }
        };
        known.set_not(Not::Signed, credits.is_none());
        let is_prose_above = || page.lines[..at].iter().any(|line| is_prose(page, line));
        let signed = || {
            let may_be = from_top && number < TOP && line.ending == Ending::Open && context.level > Level::Gentle;
            if may_be && !is_prose_above() { signed(page, at, context) } else { None }
        };
        let credits = credits.or_else(|| signed().inspect(|_| told_by_names.push(at))).or_else(dated);
        if let Some(credits) = credits {
            last = Some(number);
            found.push((at, credits));
        }
    }
    // several are the entries of a programme
    if told_by_names.len() > 1 {
        found.retain(|(at, _)| !told_by_names.contains(at));
    }
    found
}

/// Cuts a by-line or date line; what it says becomes metadata.
fn take(
    page: &Page<'_>,
    context: &Context<'_>,
    at: usize,
    mut credits: Credits,
    verdicts: &mut [Option<Reason>],
    found: &mut Stripped<'_>,
) {
    let text = page.of(&page.lines[at]);
    verdicts[at] = Some(if credits.author.is_empty() { Reason::Dateline } else { Reason::Byline });
    // "By", "Written by:" and then the name
    let label =
        context.cues.at_start(bare(text)).is_some_and(|hit| hit.reason == Reason::Byline && hit.is_alone(bare(text)));
    // the name above or below what its bearer is: "Name / Staff Reporter", "लेखक / Name"
    let above = at
        .checked_sub(1)
        .filter(|&above| label && context.level > Level::Gentle && is_person(page, above, verdicts, context.cues));
    // below "Editors" in Latin letters may stand a button with capitals
    let below = || {
        let said = page.lines.get(at + 1).map_or("", |line| page.of(line));
        let by = || bare(text).chars().nth(BY).is_none() || text.to_lowercase().ends_with(" by");
        let may_be = label && context.level > Level::Gentle && is_person(page, at + 1, verdicts, context.cues);
        may_be && (has_surname(said) || has_latin_surname(said) || by())
    };
    if let Some(above) = above {
        credits.author = page.of(&page.lines[above]).to_owned();
        verdicts[above] = Some(Reason::Byline);
    } else if label && (text.ends_with(':') || credits.author.len() <= 2 || below()) {
        credits.author.clear();
        if let Some(name) = page.lines.get(at + 1).map(|line| page.of(line)).filter(|text| is_name(text)) {
            credits.author.push_str(name);
            verdicts[at + 1] = Some(Reason::Byline);
        }
    }
    for (field, value) in [
        (&mut found.author, credits.author),
        (&mut found.published, credits.published),
        (&mut found.modified, credits.modified),
        (&mut found.dateline, credits.place),
    ] {
        if field.is_empty() {
            *field = value;
        }
    }
}

pub(super) fn fill(field: &mut String, value: &str) {
    if field.is_empty() {
        field.push_str(value);
    }
}
