//! Inside a paragraph: the promo between two sentences, the advertisement in brackets, the credit at the end.

use super::bracket;
use super::edges::bare;
use super::glued::calls;
use super::known::Known;
use super::places::{OF_SENTENCES, is_small};
use super::sentence::{HALF, Sentences, ends_in_verb};
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::{Context, Level};
use crate::cues::is_word;
use crate::spans::{Cut, Reason};

/// Longest name and date of the signature of a post, in bytes and in characters.
const NAME: usize = 200;
const DATE: usize = 40;

/// `may_call` is false where the page has no call that runs into the next sentence.
pub(super) fn find(
    page: &Page<'_>,
    (line, known): (&Line, &Known),
    context: Context<'_>,
    may_call: bool,
    cuts: &mut Vec<Cut>,
) {
    let first = cuts.len();
    if context.level > Level::Gentle {
        if line.may_link {
            picture_links(page, line, cuts);
        }
        if line.may_bracket {
            signature(page, line, cuts);
        }
        cuts.extend(signature_with_address(page, line));
        if may_call {
            calls(page, line, &context, cuts);
        }
    }
    let marks = page.marks_of(line);
    let mut next: Option<&Mark> = None;
    let mut end = line.end;
    let sentences = Sentences { page, line, known, context: &context };
    let bracketed = if line.may_bracket { marks } else { &[] };
    for mark in bracketed.iter().rev().filter(|mark| matches!(mark.kind(), Kind::Open | Kind::Close)) {
        if let (Kind::Open, Some(close)) = (mark.kind(), next.filter(|next| next.kind() == Kind::Close)) {
            let before = cuts.len();
            bracket::judge(page, line, mark.at()..close.at() + 1, end, &context, cuts);
            // what stands before a bracket that ends the line ends the line when that is gone
            if cuts.len() > before && bare(&page.text[close.at() + 1..end]).is_empty() {
                end = mark.at();
            }
        }
        next = Some(mark);
    }
    cuts[first..].sort_by_key(|cut| cut.start);
    let mut brackets = first..cuts.len();
    let mut from = line.start;
    let mut half = None;
    // whether a bracket stands between `from` and the next stop
    let mut has_bracket = false;
    for (kind, stop) in marks.iter().map(|mark| (mark.kind(), mark.at())).chain([(Kind::Stop, line.end)]) {
        if kind != Kind::Stop {
            has_bracket |= kind != Kind::Bar;
            continue;
        }
        let has_bracket = std::mem::take(&mut has_bracket);
        // what a bracket has taken, and the stops in it, are no sentence
        while brackets.start < brackets.end && cuts[brackets.start].end <= from {
            brackets.start += 1;
        }
        let before_stop =
            || cuts[brackets.clone()].iter().take_while(|cut| cut.start < stop).find(|cut| cut.end > from);
        let taken = if brackets.is_empty() { None } else { before_stop() };
        match taken.map(|cut| cut.start..cut.end) {
            Some(bracket) if stop < bracket.end => continue,
            Some(bracket) => {
                sentences.judge(from..bracket.start.max(from), true, cuts);
                sentences.judge(bracket.end..stop, true, cuts);
            }
            None => {
                let before = cuts.len();
                if from < stop && (has_bracket || !sentences.is_plain(from..stop)) {
                    sentences.judge(from..stop, has_bracket, cuts);
                }
                // "Also read: Is it so? Find out now." The question is half of the headline.
                let asks = || page.text[..stop].ends_with(['?', '!']);
                if cuts.len() > before && cuts[before].reason == Reason::Related && asks() {
                    half = Some(before);
                } else if let Some(cut) = half.take()
                    && cuts.len() == before
                    && page.text[from..stop].chars().count() <= HALF
                    && !ends_in_verb(&page.text[from..stop])
                    && stop < line.end
                {
                    cuts[cut].end = from + page.text[from..stop].trim_end().len();
                }
            }
        }
        from = stop;
    }
    // A line of which no word is left goes as a whole.
    if let Some(cut) = cuts.get(first) {
        let reason = cut.reason;
        let mut at = line.start;
        let mut keeps = |until: usize, next: usize| {
            let kept = page.text[at.min(until)..until].contains(is_word);
            at = at.max(next);
            kept
        };
        if !cuts[first..].iter().any(|cut| keeps(cut.start, cut.end)) && !keeps(line.end, line.end) {
            cuts.truncate(first);
            cuts.push(Cut { start: line.start, end: line.end, reason });
        }
    }
}

/// "It rained. — Meena Kumari@example.com": behind the last full stop a dash, a name and an address end the paragraph.
fn signature_with_address(page: &Page<'_>, line: &Line) -> Option<Cut> {
    const LONGEST: usize = 100;
    let text = page.of(line);
    if line.ending != Ending::Open {
        return None;
    }
    memchr::memchr(b'@', &text.as_bytes()[text.len().saturating_sub(LONGEST)..])?;
    let address = text.rsplit(char::is_whitespace).next()?;
    let (user, host) = address.split_once('@')?;
    let before_address = &text[..text.len() - address.len()];
    let dash = before_address.rfind(['—', '–']).filter(|dash| text.len() - dash <= LONGEST)?;
    let before = text[..dash].trim_end();
    let names = before_address[dash..].split_whitespace().skip(1);
    let is_named = |word: &str| {
        word.starts_with(is_word) && !is_small(word) && !word.ends_with(',') && !OF_SENTENCES.contains(word)
    };
    let named = (1..=3).contains(&names.clone().count()) && names.clone().all(is_named);
    let signed = named && !user.is_empty() && host.contains('.') && before.ends_with(['.', '।', '۔']);
    signed.then_some(Cut { start: line.start + dash, end: line.end, reason: Reason::Credit })
}

/// The links of an embedded post to its pictures.
fn picture_links(page: &Page<'_>, line: &Line, cuts: &mut Vec<Cut>) {
    const PICTURE: &str = "pic.twitter.com/";
    let text = page.of(line);
    let slashes = memchr::memchr_iter(b'/', text.as_bytes()).map(|slash| slash + 1);
    for at in slashes.filter(|&end| text.as_bytes()[..end].ends_with(PICTURE.as_bytes())).map(|end| end - PICTURE.len())
    {
        let path = text[at..].find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '.' | '/'));
        let end = at + path.unwrap_or(text.len() - at);
        cuts.push(Cut { start: line.start + at, end: line.start + end, reason: Reason::Source });
    }
}

/// The signature of an embedded post, "— Name (@handle) June 20, 2020"; what it says stays.
fn signature(page: &Page<'_>, line: &Line, cuts: &mut Vec<Cut>) {
    let text = page.of(line);
    let handle = |mark: &&Mark| mark.kind() == Kind::Open && page.text.as_bytes()[mark.at()..].starts_with(b"(@");
    let Some(open) = page.marks_of(line).iter().rfind(handle).map(|mark| mark.at() - line.start) else { return };
    let Some(dash) = text[..open].rfind(['—', '–']).filter(|dash| open - dash <= NAME) else { return };
    let Some((handle, after)) = text[open + 2..].split_once(')') else { return };
    let dated = after.chars().count() <= DATE && crate::dates::parse(after.trim()).is_some();
    if dated && !handle.contains(|char: char| !char.is_ascii_alphanumeric() && char != '_') {
        cuts.push(Cut { start: line.start + dash, end: line.end, reason: Reason::Credit });
    }
}
