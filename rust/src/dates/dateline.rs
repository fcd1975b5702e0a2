//! The line of a page's text that says when it was published.

use std::ops::Range;

use super::names::{self, Label, Spelling, Word};
use super::tokens::{Kind, Token, tokens};
use super::{Stamp, stamp_at};

/// Lines from the top in which a labelled date, and a date alone in its line, are looked for; lines from the bottom for labelled ones.
const LABELLED_LINES: usize = 20;
const BARE_LINES: usize = 10;
const LAST_LINES: usize = 6;
/// Bytes at each end behind which no further line is looked at.
const LONGEST_WINDOW: usize = 6000;
/// Bytes of a line in which its dateline stands, and of a line that is no more than a label.
const LONGEST_LINE: usize = 400;
const LONGEST_LABEL_LINE: usize = 60;
/// A date before this year that has its line for itself is one of history: a row of a chronicle.
const FIRST_YEAR: i32 = 1900;
/// Bytes that may stand before a label in its line: names of reporters and places, no sentence.
const LONGEST_LEAD: usize = 180;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatelineKind {
    /// "Published: …", "प्रकाशित: …".
    Published,
    /// "Updated: …", "अपडेटेड …".
    Updated,
    /// A date that has a line, or a part of one between bars, for itself.
    Bare,
}

/// Where a text states its date (bytes, the label included), and the date in the form of [`super::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    pub start: usize,
    pub end: usize,
    pub published: String,
    pub kind: DatelineKind,
}

/// The dateline near the beginning of a text (or labelled at its end): published before updated before a bare date.
/// A date inside a sentence is none; bare dates that disagree are none.
pub fn find_dateline(text: &str) -> Option<Dateline> {
    let (head, bare_end) = head(text);
    let mut found = datelines(text, 0..head, bare_end);
    if let Some(at) = best(&found) {
        return Some(found.swap_remove(at));
    }
    let tail = tail(text, head);
    let mut last = datelines(text, tail..text.len(), tail);
    let at = best(&last)?;
    Some(last.swap_remove(at))
}

fn best(found: &[Dateline]) -> Option<usize> {
    let of = |kind| found.iter().position(|dateline| dateline.kind == kind);
    of(DatelineKind::Published).or_else(|| of(DatelineKind::Updated)).or_else(|| {
        let day = |dateline: &Dateline| dateline.published.get(..10).map(str::to_owned);
        found.windows(2).all(|pair| day(&pair[0]) == day(&pair[1])).then(|| of(DatelineKind::Bare)).flatten()
    })
}

/// Ends (bytes) of the lines for labelled and for bare dates.
fn head(text: &str) -> (usize, usize) {
    let (mut lines, mut end, mut bare_end) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        if lines == LABELLED_LINES || end >= LONGEST_WINDOW {
            break;
        }
        end += line.len();
        lines += usize::from(!line.trim().is_empty());
        if lines <= BARE_LINES {
            bare_end = end;
        }
    }
    (end, bare_end)
}

/// Start (byte) of the last lines, not before `head`.
fn tail(text: &str, head: usize) -> usize {
    let mut start = text.len();
    let mut lines = 0;
    for line in text[head..].split_inclusive('\n').rev() {
        if lines == LAST_LINES || text.len() - start >= LONGEST_WINDOW {
            break;
        }
        start -= line.len();
        lines += usize::from(!line.trim().is_empty());
    }
    start
}

/// The datelines of `text[window]`; bare dates only where they end by `bare_end`.
fn datelines(text: &str, window: Range<usize>, bare_end: usize) -> Vec<Dateline> {
    let mut found = Vec::new();
    let (mut line_start, mut context) = (window.start, window.start);
    for line in text[window].split_inclusive('\n') {
        let beginning = &line[..before(line, LONGEST_LINE)];
        if has_year(beginning) {
            let end = line_start + beginning.len();
            let tokens = tokens(&text[context..end], context);
            let last_end = if beginning.len() < line.len() { end - LONGEST_LINE / 4 } else { end };
            datelines_in(&tokens, line_start..last_end, bare_end, &mut found);
        }
        line_start += line.len();
        // The label may stand alone in the line above.
        if !line.trim().is_empty() {
            context = if line.len() <= LONGEST_LABEL_LINE { line_start - line.len() } else { line_start };
        }
    }
    found
}

fn datelines_in(tokens: &[Token], dates_in: Range<usize>, bare_end: usize, found: &mut Vec<Dateline>) {
    let mut at = tokens.partition_point(|token| token.start < dates_in.start);
    while at < tokens.len() {
        let Some((stamp, next)) = stamp_at(tokens, at, Spelling::Listed) else {
            at += 1;
            continue;
        };
        let end = tokens[next - 1].end();
        if end <= dates_in.end {
            let stated = labelled(tokens, at, next, &stamp).or_else(|| {
                let year = stamp.date.year.is_none_or(|year| year >= FIRST_YEAR);
                bare(tokens, at, next).filter(|_| year && end <= bare_end).map(|first| (DatelineKind::Bare, first))
            });
            found.extend(stated.map(|(kind, first)| Dateline {
                start: tokens[first].start,
                end,
                published: stamp.to_string(),
                kind,
            }));
        }
        at = next;
    }
}

/// Whether four digits stand together.
fn has_year(line: &str) -> bool {
    let mut digits = 0;
    line.chars().any(|c| {
        digits = if names::digit(c).is_some() { digits + 1 } else { 0 };
        digits == 4
    })
}

/// The last character boundary up to `end`.
fn before(text: &str, end: usize) -> usize {
    (0..=end.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The kind and first token of the label that stands before the date at `at..next`, where both make a dateline.
fn labelled(tokens: &[Token], at: usize, next: usize, stamp: &Stamp) -> Option<(DatelineKind, usize)> {
    let (mut left, mut colon, mut broken, mut weekday) = (at, false, false, false);
    let (label, first) = loop {
        if at - left > 8 {
            return None;
        }
        if let Some(found) = label_before(tokens, left) {
            break found;
        }
        let token = tokens.get(left.checked_sub(1)?)?;
        match token.kind {
            Kind::Mark(':' | '：' | '»' | '>') => colon = true,
            Kind::Mark('-' | '–' | '—' | '|' | ',' | '(' | '.' | '،' | '।') => {}
            Kind::Mark('\n') if !broken => broken = true,
            Kind::Word if token.word() == Some(Word::Weekday) => weekday = true,
            Kind::Word if names::is_after_label(token.text) => {}
            _ => return None,
        }
        left -= 1;
    };
    let kind = if label == Label::Published { DatelineKind::Published } else { DatelineKind::Updated };
    let opens = opens_part(tokens, first);
    let closes = closes_part(tokens, next);
    let accepted = if broken {
        // The label has the line above for itself.
        opens && closes
    } else if colon {
        (opens || closes || stamp.clock.is_some()) && lead_is_no_sentence(tokens, first)
    } else if opens {
        closes
    } else {
        // "Published by: A Name Updated Mon, 15 Aug 2022 07:40 AM IST"
        closes && (weekday || stamp.clock.is_some()) && lead_is_no_sentence(tokens, first)
    };
    accepted.then_some((kind, first))
}

/// The label whose last word stands before token `end`, and its first token, words such as "last" included.
fn label_before(tokens: &[Token], end: usize) -> Option<(Label, usize)> {
    let mut found = None;
    let mut joined = String::new();
    for words in 1..=3 {
        let Some(token) = end.checked_sub(words).and_then(|at| tokens.get(at)).filter(|token| token.kind == Kind::Word)
        else {
            break;
        };
        joined = if joined.is_empty() { token.text.to_owned() } else { format!("{} {joined}", token.text) };
        if let Some(label) = names::label(&joined) {
            found = Some((label, end - words));
        }
    }
    let (label, mut first) = found?;
    while let Some(before) = first
        .checked_sub(1)
        .filter(|&before| tokens[before].kind == Kind::Word && names::is_before_label(tokens[before].text))
    {
        first = before;
    }
    Some((label, first))
}

fn is_bar(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('\n' | '\t' | '|' | '•' | '·' | '/' | '●' | '►' | '»' | '¦' | '│' | '[' | ']'))
}

/// Whether a line, or a part of one between bars, begins at token `at`; brackets and icons may stand before it.
fn opens_part(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    match before.kind {
        Kind::Mark('(' | '-' | '–' | '—' | ',' | '*' | '#' | '"') => false,
        Kind::Mark(mark) => is_bar(before) || !mark.is_ascii() && !mark.is_alphanumeric(),
        _ => false,
    }
}

/// Whether a line, or a part of one, ends before token `at`: the next label, a byline and a reading time begin a new part.
fn closes_part(tokens: &[Token], at: usize) -> bool {
    let mut at = at;
    while tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Mark(',' | '.' | ')' | '،' | ';' | '-' | '–')))
    {
        at += 1;
    }
    let Some(token) = tokens.get(at) else { return true };
    is_bar(token)
        || token.is('(')
        || (token.kind == Kind::Word
            && (names::is_before_label(token.text)
                || (1..=3).any(|words| label_before(tokens, at + words).is_some_and(|(_, first)| first == at))
                || matches!(token.text, "by" | "By" | "BY" | "द्वारा" | "Edited" | "Written" | "Reported" | "Reading")))
}

/// Whether what stands before the label in its line is short and ends no sentence.
fn lead_is_no_sentence(tokens: &[Token], first: usize) -> bool {
    let label = tokens[first].start;
    for token in tokens[..first].iter().rev() {
        match token.kind {
            Kind::Mark('\n') => return true,
            Kind::Mark('।' | '॥' | '?' | '!' | '۔') => return false,
            _ if label - token.start > LONGEST_LEAD => return false,
            _ => {}
        }
    }
    true
}

/// The first token of a date that has its line, or its part between bars, for itself (a weekday may stand before it).
fn bare(tokens: &[Token], at: usize, next: usize) -> Option<usize> {
    let mut first = at;
    while let Some(before) = first.checked_sub(1) {
        let token = &tokens[before];
        let weekday = token.word() == Some(Word::Weekday);
        if !(weekday || (token.is(',') && before > 0 && tokens[before - 1].word() == Some(Word::Weekday))) {
            break;
        }
        first = before;
    }
    (opens_part(tokens, first) && closes_part(tokens, next)).then_some(first)
}
