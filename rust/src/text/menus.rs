//! Menus and lists of teasers that no cue names: their lines are short, alike and many.

use std::ops::Range;

use super::credits::date_of;
use super::machine::is_choice;
use super::shape::{Ending, Page};
use super::zones::{fill, is_sentence};
use crate::cues::is_digit;
use crate::spans::Reason;

/// Longest label of a player, line with a day and a time, teaser and entry of a menu, in characters.
const LABEL: usize = 20;
const STAMP: usize = 60;
const TEASER: usize = 160;
/// Shortest teaser, in characters.
const HEADLINE: usize = 24;
const ENTRY: usize = 40;
/// Fewest choices of a player, teasers and entries of a menu.
const CHOICES: usize = 2;
const TEASERS: usize = 3;
const ENTRIES: usize = 8;
/// Words of a player stand so near to its choices; from one teaser's time to the next there are so many lines at most.
const APART: usize = 3;
const BETWEEN: usize = 3;

/// What else stands in the menus of a player.
const OF_PLAYERS: [&str; 14] = [
    "auto",
    "back",
    "quality",
    "speed",
    "normal",
    "playback speed",
    "playback rate",
    "skip",
    "stay",
    "settings",
    "subtitles",
    "captions",
    "fullscreen",
    "picture-in-picture",
];

/// The menus of a player: choices of speed or quality one below the other, with a word of players beside them. Zooms, odds and shares of a recipe
/// have other words, or something between them.
pub(super) fn of_player(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    let is_choice = |at: &usize| {
        let line = &page.lines[*at];
        line.chars <= LABEL && is_choice(page.of(line))
    };
    let choices: Vec<usize> = (0..page.lines.len()).filter(is_choice).collect();
    let is_word = |at: usize| {
        let line = &page.lines[at];
        line.chars <= LABEL && OF_PLAYERS.iter().any(|word| page.of(line).eq_ignore_ascii_case(word))
    };
    for menu in choices.chunk_by(|one, next| next - one == 1).filter(|menu| menu.len() >= CHOICES) {
        let (first, last) = (menu[0], menu[menu.len() - 1]);
        let near = first.saturating_sub(APART)..(last + 1 + APART).min(page.lines.len());
        if near.clone().any(is_word) || menu.iter().any(|&at| page.of(&page.lines[at]).ends_with(" Normal")) {
            fill(verdicts, near, Reason::Hidden, |at| (first..=last).contains(&at) || is_word(at));
        }
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
        // an entry of a programme is shorter than a headline, or a line introduces it
        let is_teaser = |at: usize| {
            let chars = page.lines[at].chars;
            list.contains(&at) || (HEADLINE..=TEASER).contains(&chars) && !is_sentence(page, at)
        };
        let introduced = page.of(&page.lines[from.saturating_sub(1)]).ends_with(':');
        if !introduced && (from..to).all(is_teaser) {
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
            && !page.of(line).contains(|char| is_digit(char) || char == ':')
            && verdicts[*at] != Some(Reason::Title)
    };
    let entries: Vec<usize> = range.filter(is_entry).collect();
    // what a line introduces is a list of the article
    let introduced = |menu: &&[usize]| menu[0] > 0 && page.of(&page.lines[menu[0] - 1]).ends_with([':', 'ः']);
    let menus = entries.chunk_by(|one, next| next - one == 1).filter(|menu| menu.len() >= ENTRIES);
    for menu in menus.filter(|menu| !introduced(menu)) {
        fill(verdicts, menu[0]..menu[menu.len() - 1] + 1, reason, |_| true);
    }
}
