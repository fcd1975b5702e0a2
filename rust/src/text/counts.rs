//! The counts beside the buttons of a page: "Share / 0 / Comments / 12".

use std::ops::Range;

use super::lines::is_prose;
use super::shape::{Line, Page};
use crate::cues::is_digit;
use crate::spans::Reason;

/// Longest count, in characters, and most lines of a row of buttons that stand below each other.
const COUNT: usize = 7;
const ROW: usize = 12;
const SMALL: usize = 3;

/// Takes the counts of such a row above the first paragraph or below the last, where nothing but the article and what goes stands around it: a table has
/// other lines beside its figures.
#[inline(never)]
pub(super) fn find(page: &Page<'_>, first: usize, last: Option<usize>, verdicts: &mut [Option<Reason>]) {
    let is_button = |verdict: &Option<Reason>| matches!(verdict, Some(Reason::Share | Reason::Comments));
    let mut at = 0;
    while let Some(next) = verdicts.get(at..).and_then(|below| below.iter().position(is_button)) {
        let button = at + next;
        let row = row_around(page, button, verdicts);
        at = row.end.max(button + 1);
        let outside = row.end <= first || last.is_none_or(|last| row.start > last);
        let parted = |at: usize| verdicts[at].is_some() || is_prose(page, &page.lines[at]);
        let below = row.end == verdicts.len() || parted(row.end);
        let above = row.start == 0 || row.end <= first || parted(row.start - 1);
        if row.len() > 1 && outside && above && below {
            verdicts[row]
                .iter_mut()
                .filter(|verdict| verdict.is_none())
                .for_each(|verdict| *verdict = Some(Reason::Share));
        }
    }
}

/// The buttons and counts that stand directly above and below a button.
fn row_around(page: &Page<'_>, button: usize, verdicts: &[Option<Reason>]) -> Range<usize> {
    let of_row = |at: &usize| match verdicts[*at] {
        None => is_count(page, &page.lines[*at]),
        Some(reason) => matches!(reason, Reason::Share | Reason::Comments),
    };
    let above = (button.saturating_sub(ROW)..button).rev().take_while(of_row).count();
    let below = (button + 1..verdicts.len().min(button + ROW)).take_while(of_row).count();
    let row = button - above..button + 1 + below;
    // above a single button stands one small figure: a year, an index are of the article
    let buttons = verdicts[row.clone()].iter().filter(|verdict| verdict.is_some()).count();
    let small = || above > 0 && page.lines[button - 1].chars <= SMALL;
    let from = if buttons > 1 {
        row.start
    } else if small() {
        button - 1
    } else {
        button
    };
    from..row.end
}

/// "0", "1,204", "1.2K"
fn is_count(page: &Page<'_>, line: &Line) -> bool {
    let text = page.of(line);
    let figures = text.trim_end_matches(['k', 'K', 'M']);
    line.chars <= COUNT
        && text.starts_with(is_digit)
        && text.len() - figures.len() <= 1
        && figures.ends_with(is_digit)
        && figures.chars().all(|char| is_digit(char) || matches!(char, ',' | '.'))
}
