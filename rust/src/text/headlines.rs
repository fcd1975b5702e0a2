//! The run of headlines under a section header, and where it ends.

use std::ops::Range;

use super::lines::{LineCue, TAG, is_prose, line_cue};
use super::shape::{Ending, Line, Page};
use super::stems::{HALF, TWO_THIRDS, says_of};
use crate::cues::Form;
use crate::spans::Reason;

/// Most headlines under a header inside an article.
const RUN_INSIDE: usize = 6;
/// Longest headline in a list of them, in characters; one of several sentences is shorter.
const ENTRY: usize = 180;

/// The end of the headlines that begin at line `from`; `last` is the last paragraph. Where the article goes on below them, a short last one is its
/// subheading. `entries` are the lines that the header before was followed by; each of them may be a header as well.
pub(super) fn run_of_headlines(page: &Page<'_>, from: usize, last: Option<usize>, entries: &mut Range<usize>) -> usize {
    let lines = &page.lines;
    let mut end = if entries.contains(&from) { entries.end } else { from };
    // "Tags: flood, river" is no headline
    let is_headline = |cue: &LineCue<'_>| !cue.alone && (cue.hit.reason, cue.hit.form) != (Reason::Tags, Form::Label);
    while end < lines.len() && is_entry(page, &lines[end]) && line_cue(page, end).is_none_or(|cue| is_headline(&cue)) {
        end += 1;
    }
    page.spend(end - if entries.contains(&from) { entries.end } else { from });
    *entries = from..end;
    let goes_on = last.is_some_and(|last| last >= end);
    if !goes_on || end == from {
        return end;
    }
    if end - from > RUN_INSIDE {
        return from + 1;
    }
    let above = lines[from..end - 1].iter().map(|line| line.chars).min().unwrap_or(0);
    let short = lines[end - 1].chars * 3 < above * 2 && lines[end - 1].chars < 60;
    if short || heads_paragraph(page, from, end - 1) { end - 1 } else { end }
}

/// The last of the headlines that begin at line `from` is the subheading of the paragraph below it: it stands nearer to that than to the headline
/// above, or as near and says what the paragraph says. One that stands alone under its header must say more of it, or the header a headline above.
fn heads_paragraph(page: &Page<'_>, from: usize, last: usize) -> bool {
    let lines = &page.lines;
    let Some(next) = lines.get(last + 1).filter(|next| is_prose(page, next)) else { return false };
    let gap = |above: &Line, below: &Line| page.text[above.end..below.start].matches('\n').count();
    let (Some(before), line) = (last.checked_sub(1).map(|at| &lines[at]), &lines[last]) else { return false };
    let (above, below) = (gap(before, line), gap(line, next));
    let alone = last == from;
    if below != above {
        return below < above && !alone;
    }
    let links_above = || {
        from >= 3
            && is_entry(page, &lines[from - 2])
            && lines[from - 2].chars >= TAG
            && page.known[from - 2].hit.is_none()
            && is_prose(page, &lines[from - 3])
    };
    // a header without headlines has lost its links
    let share = if alone && !links_above() { TWO_THIRDS } else { HALF };
    says_of(page, last, share)
}

/// A line as it stands in a list of headlines: no running text, no clause that goes on from the line above.
fn is_entry(page: &Page<'_>, line: &Line) -> bool {
    !is_prose(page, line)
        && line.ending != Ending::Stop
        && line.chars <= if line.stops == 0 { ENTRY } else { ENTRY * 2 / 3 }
        && !page.of(line).starts_with(char::is_lowercase)
}
