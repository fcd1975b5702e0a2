//! Dates as news writes them, read but never guessed: what is ambiguous or impossible is no date.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

mod calendar;
mod clock;
mod dateline;
mod mentions;
mod names;
mod tokens;

pub use dateline::{Dateline, DatelineKind, find_dateline};
pub use mentions::{Mention, mentions};

use calendar::{Date, date_at, figures_of};
use clock::{Clock, clock_at, compact_clock};
use names::{Spelling, Word};
use tokens::{Kind, Token, tokens};

/// No date is written with more bytes than this.
const LONGEST_DATE: usize = 200;
/// Seconds between 2001-09-09 and 2050: what ten digits may mean as a point in time.
const EPOCH_SECONDS: Range<i64> = 1_000_000_000..2_524_608_000;

/// The date that the whole of `text` is, as ISO 8601: "2022-08-15" or "2022-08-15T07:40:00+05:30", the offset only where stated.
pub fn parse(text: &str) -> Option<String> {
    stamp_of(text).map(|stamp| stamp.to_string())
}

/// True for a word that is the name of a month, also a short one.
pub fn is_month(word: &str) -> bool {
    names::month(word, Spelling::Whole).is_some()
}

/// True for a word that is the name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    names::word(word) == Some(Word::Weekday)
}

/// True for the name of a month or of a day of the week. One look shows of most words that they are neither.
pub fn is_month_or_weekday(word: &str) -> bool {
    names::is_month_or_weekday(word)
}

/// False only where a text is no date because of a word that stands in none. Behind a bracket any word may stand.
pub fn may_be(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b'(' | b')' | b'[' | b']') {
            return true;
        }
        let (end, plain) = word_at(bytes, at);
        if plain && end - at > SHORT && !names::may_be_in_date(&text[at..end]) {
            return false;
        }
        at = end.max(at + 1);
    }
    true
}

/// The same of the last word only.
pub fn may_end(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = bytes.len();
    loop {
        match &bytes[..at] {
            [.., byte] if byte.is_ascii_alphabetic() => at -= 1,
            // no danda, no sign of abbreviation, no digit
            [.., 0xE0, 0xA4, _] | [.., 0xE0, 0xA5, 0x80..=0xA3] => at -= 3,
            [.., byte] if !byte.is_ascii() => return true,
            _ => break,
        }
    }
    let bracketed = || memchr::memchr2(b'(', b')', bytes).or_else(|| memchr::memchr2(b'[', b']', bytes)).is_some();
    bytes.len() - at <= SHORT || names::may_be_in_date(&text[at..]) || bracketed()
}

/// Bytes of words that stand in dates and are not listed: endings of ordinals, letters.
const SHORT: usize = 2;

/// The end of the letters at a byte and of what is none of ASCII beside them, and whether they are letters of ASCII and Devanagari only.
fn word_at(bytes: &[u8], start: usize) -> (usize, bool) {
    let (mut at, mut plain) = (start, true);
    loop {
        match bytes.get(at..).unwrap_or_default() {
            [byte, ..] if byte.is_ascii_alphabetic() => at += 1,
            [0xE0, 0xA4, ..] | [0xE0, 0xA5, 0x80..=0xA3, ..] => at += 3,
            // dandas, digits, the sign of abbreviation
            [0xE0, 0xA5, 0xA4..=0xB0, ..] => return (if at == start { at + 3 } else { at }, plain && at > start),
            [byte, ..] if !byte.is_ascii() => (at, plain) = (at + 1, false),
            _ => return (at, plain),
        }
    }
}

/// Days since 1970-01-01 UTC of a date that [`parse`] takes; midnight where it has no time, UTC where it has no offset.
pub fn days(iso: &str) -> Option<f64> {
    let Stamp { date, clock } = stamp_of(iso)?;
    let year = date.year?;
    // Days from civil: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
    let shifted = if date.month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((date.month as i32 + 9) % 12) + 2) / 5 + date.day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let day = f64::from(era * 146_097 + day_of_era - 719_468);
    let seconds = clock.map_or(0, |clock| {
        (clock.hour * 3600 + clock.minute * 60 + clock.second) as i32 - clock.offset.unwrap_or(0) * 60
    });
    Some(day + f64::from(seconds) / 86_400.0)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    date: Date,
    clock: Option<Clock>,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.date.year.unwrap_or(0), self.date.month, self.date.day)?;
        let Some(clock) = self.clock else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second)?;
        let Some(offset) = clock.offset else { return Ok(()) };
        let sign = if offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
    }
}

/// The date with its time, in either order, that starts at token `at`.
fn stamp_at(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Stamp, usize)> {
    if let Some((date, next)) = date_at(tokens, at, spelling) {
        let timed = between(tokens, next).and_then(|at| compact_clock(tokens, at).or_else(|| clock_at(tokens, at)));
        let (clock, next) = timed.map_or((None, next), |(clock, next)| (Some(clock), next));
        if date.year.is_some() {
            return Some((Stamp { date, clock }, next));
        }
        // Mon Aug 15 07:40:00 IST 2022: ctime and its kin write the year last.
        let year = clock.and(tokens.get(next)).and_then(Token::year)?;
        let date = Date::named(Some(year), date.month, date.day)?;
        return Some((Stamp { date, clock }, next + 1));
    }
    let (clock, next) = clock_at(tokens, at)?;
    let (date, next) = date_at(tokens, between(tokens, next)?, spelling)?;
    date.year.map(|_| (Stamp { date, clock: Some(clock) }, next))
}

/// Behind what may stand between a date and its time: marks, "at", a weekday. Never a line break.
fn between(tokens: &[Token], at: usize) -> Option<usize> {
    let mut here = at;
    while here < at + 5 {
        let token = tokens.get(here)?;
        let skipped = match token.kind {
            Kind::Mark(mark) => matches!(
                mark,
                ',' | '\t' | '،' | '|' | '-' | '–' | '—' | '•' | '·' | '@' | '(' | ')' | '/' | ';' | ':' | '.' | '।'
            ),
            Kind::Word => {
                matches!(token.text, "T" | "t")
                    || token.word() == Some(Word::Weekday)
                    || names::is_after_label(token.text)
            }
            Kind::Number { .. } => false,
        };
        if !skipped {
            return Some(here);
        }
        here += 1;
    }
    Some(here)
}

fn stamp_of(text: &str) -> Option<Stamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_DATE {
        return None;
    }
    if let Some(stamp) = all_digits(text) {
        return stamp;
    }
    // a page may break the line inside its date
    let breaks = memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some();
    let text = if breaks { Cow::Owned(text.replace(['\n', '\t'], " ")) } else { Cow::Borrowed(text) };
    let tokens = tokens(&text, 0);
    let start = tokens.iter().position(|token| !is_ornament(token))?;
    let (stamp, next) = stamp_at(&tokens, start, Spelling::Whole).or_else(|| compact_date(&tokens, start))?;
    only_ornaments(&tokens[next..]).then_some(stamp)
}

/// Weekdays and marks around a date.
fn is_ornament(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark(',' | '.' | '،' | '|' | '।' | '(' | ')' | ':'))
        || token.word() == Some(Word::Weekday)
}

/// Whether the rest is ornaments or the name of a time zone in brackets: "(India Standard Time)", "[Asia/Kolkata]".
fn only_ornaments(rest: &[Token]) -> bool {
    let mut depth = 0;
    rest.iter().all(|token| {
        match token.kind {
            Kind::Mark('(' | '[') => depth += 1,
            Kind::Mark(')' | ']') => depth -= 1,
            Kind::Number { .. } => return false,
            _ if depth == 0 => return is_ornament(token),
            _ => {}
        }
        true
    })
}

/// 20220815, alone or before T074000.
fn compact_date(tokens: &[Token], at: usize) -> Option<(Stamp, usize)> {
    let Kind::Number { value, digits: 8 } = tokens.get(at)?.kind else { return None };
    let date = figures_of(value)?;
    if tokens.get(at + 1).is_none() {
        return Some((Stamp { date, clock: None }, at + 1));
    }
    let clock_start = between(tokens, at + 1)?;
    let (clock, next) = compact_clock(tokens, clock_start).or_else(|| clock_at(tokens, clock_start))?;
    Some((Stamp { date, clock: Some(clock) }, next))
}

/// Seconds or milliseconds since 1970 (10 or 13 digits, plausible ones), or YYYYMMDDhhmmss; None when `text` is no such number.
fn all_digits(text: &str) -> Option<Option<Stamp>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if fraction.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    Some(match whole.len() {
        10 => from_epoch(value),
        13 => from_epoch(value / 1000),
        14 if whole.len() == text.len() => figures_of(value as u64 / 1_000_000).and_then(|date| {
            let (hour, minute, second) = (value / 10_000 % 100, value / 100 % 100, value % 100);
            let clock = Clock { hour: hour as u32, minute: minute as u32, second: second as u32, offset: None };
            (hour < 24 && minute < 60 && second < 60).then_some(Stamp { date, clock: Some(clock) })
        }),
        _ => return None,
    })
}

fn from_epoch(seconds: i64) -> Option<Stamp> {
    if !EPOCH_SECONDS.contains(&seconds) {
        return None;
    }
    // Civil from days: Hinnant 2013, for days after 1970.
    let shifted = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let within = seconds % 86_400;
    let clock = Clock {
        hour: (within / 3600) as u32,
        minute: (within / 60 % 60) as u32,
        second: (within % 60) as u32,
        offset: Some(0),
    };
    Some(Stamp { date: Date::new(Some(year as i32), month as u32, day as u32)?, clock: Some(clock) })
}

#[cfg(test)]
mod tests;
