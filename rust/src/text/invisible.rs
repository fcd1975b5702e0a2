//! Lines that hold nothing but signs without width: editors fill empty paragraphs with them.

use super::shape::{BREAKS, Page};
use crate::spans::{Cut, Reason};

/// Bytes of a line break and one such sign.
const LEAST: usize = 4;

/// Cuts them; a sign at the end of a line that says something stays with it.
pub(super) fn find(page: &Page<'_>, cuts: &mut Vec<Cut>) {
    let mut from = 0;
    let ends = page.lines.iter().map(|line| (line.start, line.end)).chain([(page.text.len(), page.text.len())]);
    for (start, end) in ends {
        if start - from >= LEAST {
            cut_between(page, from..start, cuts);
        }
        from = end;
    }
}

/// Between two lines that are not blank.
fn cut_between(page: &Page<'_>, gap: std::ops::Range<usize>, cuts: &mut Vec<Cut>) {
    let text = &page.text[gap.clone()];
    if text.is_ascii() {
        return;
    }
    let whole =
        |start: usize, end: usize| (start > gap.start || start == 0) && (end < gap.end || end == page.text.len());
    let breaks = text.match_indices(BREAKS).map(|(at, sign)| (at, sign.len())).chain([(text.len(), 0)]);
    let mut from = 0;
    for (at, width) in breaks {
        let (line, place) = (&text[from..at], gap.start + from);
        let inside = line.trim();
        let start = place + line.len() - line.trim_start().len();
        if !inside.is_empty() && whole(place, place + line.len()) {
            cuts.push(Cut { start, end: start + inside.len(), reason: Reason::Hidden });
        }
        from = at + width;
    }
}
