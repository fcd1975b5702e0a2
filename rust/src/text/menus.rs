//! Menus and lists of teasers that no cue names: their lines are short, alike and many.

use std::ops::Range;

use super::byline::date_of;
use super::machine::is_choice;
use super::shape::{Ending, Line, Page};
use super::zones::{fill, is_sentence};
use crate::cues::is_digit;
use crate::spans::Reason;

/// Longest label of a player, line with a day and a time, teaser and entry of a menu, in characters.
const LABEL: usize = 20;
const STAMP: usize = 60;
const TEASER: usize = 160;
const ENTRY: usize = 40;
/// Fewest choices of a player, teasers and entries of a menu.
const CHOICES: usize = 3;
const TEASERS: usize = 3;
const ENTRIES: usize = 8;
/// From one choice to the next, and from one teaser's time to the next, there are so many lines at most.
const APART: usize = 4;
const BETWEEN: usize = 3;

/// The menus of a player: three or more choices of speed and quality near each other, and the short lines among them.
pub(super) fn of_player(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    let is_short = |line: &Line| line.chars <= LABEL && line.ending == Ending::Open;
    let is_choice = |at: &usize| {
        let line = &page.lines[*at];
        is_short(line) && page.of(line).ends_with(['x', 'p', 'l', '×']) && is_choice(page.of(line))
    };
    let choices: Vec<usize> = (0..page.lines.len()).filter(is_choice).collect();
    for menu in choices.chunk_by(|one, next| next - one <= APART).filter(|menu| menu.len() >= CHOICES) {
        let (from, to) = (menu[0].saturating_sub(APART - 1), (menu[menu.len() - 1] + 1).min(page.lines.len() - 1));
        fill(verdicts, from..to + 1, Reason::Hidden, |at| is_short(&page.lines[at]));
    }
}

/// Teasers below the article of which each has its day and its time on a line under or above it: three or more of them, and nothing that tells between them.
pub(super) fn dated_teasers(page: &Page<'_>, below: usize, verdicts: &mut [Option<Reason>]) {
    let is_stamp = |at: &usize| {
        let (line, text) = (&page.lines[*at], page.of(&page.lines[*at]));
        line.chars <= STAMP && text.contains(':') && date_of(text).is_some_and(|date| date.contains('T'))
    };
    let stamps: Vec<usize> = (below..page.lines.len()).filter(is_stamp).collect();
    for list in stamps.chunk_by(|one, next| (2..=BETWEEN).contains(&(next - one))).filter(|list| list.len() >= TEASERS)
    {
        let (from, to) = (list[0].saturating_sub(1).max(below), (list[list.len() - 1] + 2).min(page.lines.len()));
        if (from..to).all(|at| page.lines[at].chars <= TEASER && !is_sentence(page, at)) {
            fill(verdicts, from..to, Reason::Related, |_| true);
        }
    }
}

/// Menus of a page above or below its article: many short lines without a full stop and without a figure, one after another.
pub(super) fn of_page(page: &Page<'_>, range: Range<usize>, reason: Reason, verdicts: &mut [Option<Reason>]) {
    let is_entry = |at: &usize| {
        let line = &page.lines[*at];
        line.chars <= ENTRY
            && line.ending == Ending::Open
            && !page.of(line).contains(is_digit)
            && verdicts[*at] != Some(Reason::Title)
    };
    let entries: Vec<usize> = range.filter(is_entry).collect();
    for menu in entries.chunk_by(|one, next| next - one == 1).filter(|menu| menu.len() >= ENTRIES) {
        fill(verdicts, menu[0]..menu[menu.len() - 1] + 1, reason, |_| true);
    }
}
