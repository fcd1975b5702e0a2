//! Dates that running text mentions.

use std::ops::Range;

use super::calendar::date_at;
use super::names::{self, Spelling};
use super::tokens::{Kind, Token, tokens};

/// A date mentioned in running text; the year only where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

/// The calendar dates that running text mentions: those with a month's name, and unambiguous ones in figures with a year.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for window in near_digits(text) {
        mentions_in(&tokens(&text[window.clone()], window.start), &mut found);
    }
    found
}

fn mentions_in(tokens: &[Token], found: &mut Vec<Mention>) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((date, next)) = date_at(tokens, at, Spelling::Inflected).filter(|&(date, next)| {
            date.year.is_some() || tokens[at..next].iter().all(|token| !is_doubtful_month(token))
        }) else {
            at += 1;
            continue;
        };
        let mention = |start: usize, end: usize, day: u32| Mention {
            start: tokens[start].start,
            end: tokens[end - 1].end(),
            year: date.year,
            month: date.month,
            day,
        };
        // "14 and 15 August", "14–15 August": the first of the two shares the month.
        if at >= 2 && is_range(&tokens[at - 1]) && matches!(tokens[at].kind, Kind::Number { digits: 1 | 2, .. }) {
            let first = tokens[at - 2].small().filter(|&first| first >= 1 && first < date.day && date.is_named);
            found.extend(first.map(|first| mention(at - 2, at - 1, first)));
        }
        found.push(mention(at, next, date.day));
        at = next;
    }
}

/// The stretches of the text, whole words, that lie near a digit: a date is nowhere else.
fn near_digits(text: &str) -> Vec<Range<usize>> {
    const BEFORE: usize = 48;
    const BEHIND: usize = 64;
    let is_space = |&at: &usize| text.as_bytes()[at].is_ascii_whitespace();
    let mut windows: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = text.len().min(at + BEHIND);
        let covered = windows.last().map_or(0, |last| last.end);
        if names::digit(c).is_none() || (end <= covered && !windows.is_empty()) {
            continue;
        }
        let end = (end..text.len()).find(is_space).unwrap_or(text.len());
        let start = at.saturating_sub(BEFORE);
        match windows.last_mut() {
            Some(last) if start <= covered => last.end = end,
            _ => windows.push((covered..start).rev().find(is_space).unwrap_or(covered)..end),
        }
    }
    windows
}

/// English "may", "march" and three-letter names in lower case: words rather than months when no year stands beside them.
fn is_doubtful_month(token: &Token) -> bool {
    let word = token.text.as_bytes();
    matches!(token.kind, Kind::Word)
        && (word == b"may" || word == b"march" || (word.len() == 3 && word[0].is_ascii_lowercase()))
}

fn is_range(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('-' | '–' | '—' | '&' | ','))
        || matches!(
            token.text,
            "and"
                | "to"
                | "और"
                | "व"
                | "एवं"
                | "से"
                | "आणि"
                | "ते"
                | "ও"
                | "এবং"
                | "اور"
                | "und"
                | "et"
                | "y"
        )
}
