//! Dates as news writes them, read but never guessed: what is ambiguous or impossible is no date.

use std::fmt;
use std::ops::{Range, RangeInclusive};

mod dateline;
mod names;

pub use dateline::{Dateline, DatelineKind, find_dateline};
use names::{Spelling, Word};

/// Years that a date may lie in. Above 2050 a year is Bikram Sambat or Buddhist in practice, below 1600 Hijri or a placeholder.
const YEARS: RangeInclusive<i32> = 1600..=2050;
/// No date is written with more bytes than this.
const LONGEST_DATE: usize = 200;
/// Seconds between 2001-09-09 and 2050: what ten digits may mean as a point in time.
const EPOCH_SECONDS: Range<i64> = 1_000_000_000..2_524_608_000;

/// A date mentioned in running text; the year only where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

/// The date that the whole of `text` is, as ISO 8601: "2022-08-15" or "2022-08-15T07:40:00+05:30", the offset only where stated.
pub fn parse(text: &str) -> Option<String> {
    stamp_of(text).map(|stamp| stamp.to_string())
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A run of digits of any script; the value saturates.
    Number {
        value: u64,
        digits: usize,
    },
    Word,
    /// Any other character that is not a space; line breaks and tabs, which part the cells of tables, are some.
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
    /// A space stands in front of it.
    spaced: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The value of a number of one or two digits.
    fn small(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, digits: 1 | 2 } => Some(value as u32),
            _ => None,
        }
    }

    fn year(&self) -> Option<i32> {
        match self.kind {
            Kind::Number { value, digits: 4 } => Some(value as i32).filter(|year| YEARS.contains(year)),
            _ => None,
        }
    }

    fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    fn word(&self) -> Option<Word> {
        if self.kind == Kind::Word { names::word(self.text) } else { None }
    }
}

fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        // Signs and viramas of the Indic blocks are no alphabetic characters; dandas and the abbreviation sign are no letters.
        '\u{900}'..='\u{dff}' => !matches!(c, '\u{964}' | '\u{965}' | '\u{970}'),
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}' => true,
        _ => c.is_alphabetic(),
    }
}

/// The tokens of `text`, positions shifted by `base`.
fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    let mut spaced = true;
    for (at, c) in text.char_indices() {
        let here = base + at;
        let kind = match names::digit(c) {
            Some(digit) => Kind::Number { value: u64::from(digit), digits: 1 },
            None if is_letter(c) => Kind::Word,
            None if matches!(c, '\n' | '\t')
                || !(c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')) =>
            {
                Kind::Mark(c)
            }
            None => {
                spaced = true;
                continue;
            }
        };
        if let Some(last) = found.last_mut().filter(|last| !spaced && last.end() == here) {
            let grown = match (last.kind, kind) {
                (Kind::Number { value, digits }, Kind::Number { value: digit, .. }) => {
                    Some(Kind::Number { value: value.saturating_mul(10).saturating_add(digit), digits: digits + 1 })
                }
                (Kind::Word, Kind::Word) => Some(Kind::Word),
                _ => None,
            };
            if let Some(grown) = grown {
                last.kind = grown;
                last.text = &text[last.start - base..at + c.len_utf8()];
                continue;
            }
        }
        found.push(Token { kind, text: &text[at..at + c.len_utf8()], start: here, spaced });
        spaced = matches!(c, '\n' | '\t');
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: Option<i32>,
    month: u32,
    day: u32,
    /// The month was written as a word.
    is_named: bool,
}

impl Date {
    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Date> {
        let leap = year.is_none_or(|year| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
        let length = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=length).contains(&day)).then_some(Date { year, month, day, is_named: false })
    }

    fn named(year: Option<i32>, month: u32, day: u32) -> Option<Date> {
        Date::new(year, month, day).map(|date| Date { is_named: true, ..date })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    /// Minutes east of UTC.
    offset: Option<i32>,
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

/// The date that starts at token `at`, and the token after it.
fn date_at(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Date, usize)> {
    let first = tokens.get(at)?;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before)).filter(|_| !first.spaced);
    match first.kind {
        Kind::Number { .. } => {
            // Not the tail of "G20", of a version or of an amount.
            let is_tail = before.is_some_and(|before| match before.kind {
                Kind::Word => true,
                Kind::Mark('.' | ',' | ':' | '/' | '-') => {
                    !before.spaced && at >= 2 && matches!(tokens[at - 2].kind, Kind::Number { .. }) && !before.is('-')
                }
                _ => false,
            });
            if is_tail {
                return None;
            }
            in_figures(tokens, at)
                .or_else(|| year_first(tokens, at, spelling))
                .or_else(|| day_first(tokens, at, spelling))
        }
        Kind::Word if before.is_none_or(|before| !matches!(before.kind, Kind::Number { .. })) => {
            month_first(tokens, at, spelling)
        }
        _ => None,
    }
}

/// 2022-08-15, 15.08.2022, 15/08/2022, 2022年8月15日.
fn in_figures(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let [first, mark, second, other, third] = tokens.get(at..at + 5)? else { return None };
    if let (Some(year), Some(month), Some(day)) = (first.year(), second.small(), third.small())
        && mark.text == "年"
        && other.text == "月"
    {
        let next = at + 5 + usize::from(tokens.get(at + 5).is_some_and(|token| token.text == "日"));
        return Date::new(Some(year), month, day).map(|date| (date, next));
    }
    let Kind::Mark(separator @ ('-' | '/' | '.' | '‐' | '‑' | '–')) = mark.kind else { return None };
    let loose = separator == '.';
    if mark.kind != other.kind || mark.spaced || other.spaced || (!loose && (second.spaced || third.spaced)) {
        return None;
    }
    // "1.2.2022.5" and "2022-08-15-3" are other things.
    let goes_on = tokens.get(at + 5).is_some_and(|token| token.kind == mark.kind && !token.spaced)
        && tokens.get(at + 6).is_some_and(|token| matches!(token.kind, Kind::Number { .. }) && !token.spaced);
    let is_tail = at >= 2
        && !first.spaced
        && tokens[at - 1].kind == mark.kind
        && matches!(tokens[at - 2].kind, Kind::Number { .. });
    if goes_on || is_tail {
        return None;
    }
    let month_between = second.small()?;
    let date = if let Some(year) = first.year() {
        Date::new(Some(year), month_between, third.small()?)
    } else {
        let (day, year) = (first.small()?, third.year()?);
        if separator == '.' || day == month_between || day > 12 {
            Date::new(Some(year), month_between, day)
        } else if month_between > 12 {
            Date::new(Some(year), day, month_between)
        } else {
            None // 05/08/2022 is May in one country and August in the other.
        }
    };
    date.map(|date| (date, at + 5))
}

/// 2022 August 15, 2022-Aug-15.
fn year_first(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Date, usize)> {
    let year = tokens.get(at)?.year()?;
    let name = skip_one(tokens, at + 1, &['-', '/', ',', '.']);
    let month = month_of(tokens, name, spelling)?;
    let day = skip_one(tokens, name + 1, &['-', '/', '.', ',']);
    let date = Date::named(Some(year), month, tokens.get(day)?.small()?)?;
    (!is_clock(tokens, day)).then(|| (date, after_suffix(tokens, day + 1)))
}

/// 15 August 2022, 15th of August, 15-Aug-2022, 15 de agosto de 2022.
fn day_first(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Date, usize)> {
    let day = tokens.get(at)?.small()?;
    let mut name = after_suffix(tokens, at + 1);
    name = skip_one(tokens, name, &['-', '/', '.', ',', '،', '–', '‑']);
    if tokens.get(name).is_some_and(|token| matches!(token.text, "of" | "de" | "di")) {
        name += 1;
    }
    let month = month_of(tokens, name, spelling)?;
    let (year, next) = year_after(tokens, name + 1);
    Date::named(year, month, day).map(|date| (date, next))
}

/// August 15, 2022; Aug. 15th.
fn month_first(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Date, usize)> {
    let day = skip_one(tokens, at + 1, &['.', '-', '/']);
    let number = tokens.get(day)?.small()?;
    let month = month_of(tokens, at, spelling)?;
    // "March 15:30" is a time, "August 1.5" an amount, "May 5%" a share.
    let after = tokens.get(day + 1).filter(|after| !after.spaced);
    let is_amount = after.is_some_and(|after| after.is('%'))
        || (after.is_some_and(|after| matches!(after.kind, Kind::Mark('.' | ',')))
            && tokens
                .get(day + 2)
                .is_some_and(|next| !next.spaced && matches!(next.kind, Kind::Number { digits: 1..=3, .. })));
    if is_clock(tokens, day) || is_amount {
        return None;
    }
    let (year, next) = year_after(tokens, after_suffix(tokens, day + 1));
    Date::named(year, month, number).map(|date| (date, next))
}

fn month_of(tokens: &[Token], at: usize, spelling: Spelling) -> Option<u32> {
    tokens.get(at).filter(|token| token.kind == Kind::Word).and_then(|token| names::month(token.text, spelling))
}

/// Whether the number at `at` is the hour of a time such as 07:40.
fn is_clock(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|token| token.is(':') && !token.spaced)
        && tokens.get(at + 2).is_some_and(|token| !token.spaced && token.small().is_some())
}

fn skip_one(tokens: &[Token], at: usize, marks: &[char]) -> usize {
    at + usize::from(
        tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Mark(mark) if marks.contains(&mark))),
    )
}

/// Behind the ending of an ordinal, as in 15th, 1er, 15º, ১৫ই.
fn after_suffix(tokens: &[Token], at: usize) -> usize {
    const ENDINGS: [&str; 18] =
        ["st", "nd", "rd", "th", "ST", "ND", "RD", "TH", "er", "re", "º", "ª", "ই", "শে", "লা", "রা", "ঠা", "日"];
    at + usize::from(tokens.get(at).is_some_and(|token| !token.spaced && ENDINGS.contains(&token.text)))
}

/// The year at `at`, where one stands there after at most a mark or "de"; else `at` itself.
fn year_after(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let mut here = skip_one(tokens, at, &[',', '،', '-', '/', '.', '–', '‑', '\'', '’']);
    if here == at + 1 && tokens[at].is('.') {
        here = skip_one(tokens, here, &[',']);
    }
    if tokens.get(here).is_some_and(|token| matches!(token.text, "de" | "del")) {
        here += 1;
    }
    let Some(year) = tokens.get(here).and_then(Token::year) else { return (None, at) };
    // "15 Aug 1830 hrs" states a time; "2022ء" is a year.
    match tokens.get(here + 1) {
        Some(next) if matches!(next.word(), Some(Word::OClock | Word::Zone(_))) => (None, at),
        Some(next) if !next.spaced && matches!(next.text, "ء" | "г" | "р") => (Some(year), here + 2),
        _ => (Some(year), here + 1),
    }
}

/// The time that starts at token `at` (07:40, 7.40 PM, शाम 7 बजे), and the token after it.
fn clock_at(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let (mut part, mut at) = (None, at);
    if tokens.get(at)?.kind == Kind::Word {
        let number = skip_one(tokens, at + 1, &[',']);
        tokens.get(number)?.small()?;
        let word = tokens[at].word();
        part = word.filter(|word| !matches!(word, Word::Weekday | Word::OClock | Word::Zone(_)));
        part?;
        at = number;
    }
    let hour = tokens.get(at)?.small()?;
    let mut next = at + 1;
    let (mut minute, mut second, mut certain) = (0, 0, false);
    let two_digits = |at: usize| {
        tokens
            .get(at)
            .filter(|token| matches!(token.kind, Kind::Number { digits: 2, .. }))
            .and_then(Token::small)
            .filter(|&n| n <= 60)
    };
    if tokens
        .get(next)
        .is_some_and(|token| token.is(':') || (token.is('.') && !token.spaced) || matches!(token.text, "h" | "H"))
        && let Some(number) = two_digits(next + 1).filter(|&number| number < 60)
    {
        certain = !tokens[next].is('.');
        minute = number;
        next += 2;
        if tokens.get(next).is_some_and(|token| token.is(':'))
            && let Some(number) = two_digits(next + 1)
        {
            second = number.min(59); // a leap second has no place in most readers of ISO 8601
            next += 2;
            if tokens.get(next).is_some_and(|token| matches!(token.kind, Kind::Mark('.' | ',')) && !token.spaced)
                && tokens.get(next + 1).is_some_and(|token| !token.spaced && matches!(token.kind, Kind::Number { .. }))
            {
                next += 2; // fractions of a second tell a reader of news nothing
            }
        }
    }
    // "7.40" and "7" alone are no times: a word must say so.
    for _ in 0..2 {
        let Some(word) = tokens.get(next).and_then(Token::word) else { break };
        match word {
            Word::OClock => {}
            Word::Forenoon | Word::Afternoon if part.is_none() => part = Some(word),
            Word::Forenoon | Word::Afternoon if part == Some(word) => {}
            _ => break,
        }
        certain = true;
        next += 1;
    }
    if let Some((word, after)) = spelled_out_half(tokens, next).filter(|_| part.is_none()) {
        (part, next, certain) = (Some(word), after, true);
    }
    let hour = match part {
        None => hour,
        Some(Word::Forenoon) if hour <= 12 => hour % 12,
        Some(Word::Afternoon) if hour >= 12 => hour,
        Some(Word::Afternoon) if hour >= 1 => hour + 12,
        Some(Word::Noon) if hour == 11 || hour == 12 => hour,
        Some(Word::Noon) if (1..=4).contains(&hour) => hour + 12,
        Some(Word::Night) if (7..=11).contains(&hour) => hour + 12,
        Some(Word::Night) if (1..=4).contains(&hour) => hour,
        _ => return None,
    };
    let zone = zone_at(tokens, next);
    if hour > 23 || !(certain || zone.is_some_and(|_| minute > 0)) {
        return None;
    }
    let (offset, next) = zone.map_or((None, next), |(offset, next)| (Some(offset), next));
    Some((Clock { hour, minute, second, offset }, next))
}

/// a.m., p.m.
fn spelled_out_half(tokens: &[Token], at: usize) -> Option<(Word, usize)> {
    let [half, dot, m] = tokens.get(at..at + 3)? else { return None };
    let word = match half.text {
        "a" | "A" => Word::Forenoon,
        "p" | "P" => Word::Afternoon,
        _ => return None,
    };
    (dot.is('.') && matches!(m.text, "m" | "M")).then(|| (word, skip_one(tokens, at + 3, &['.'])))
}

/// Minutes east of UTC written at token `at`: IST, (IST), GMT+0530, +05:30, -0500.
fn zone_at(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let token = tokens.get(at)?;
    if token.is('(') {
        let (offset, next) = zone_at(tokens, at + 1).filter(|_| !tokens[at + 1].is('('))?;
        return tokens.get(next).is_some_and(|token| token.is(')')).then_some((offset, next + 1));
    }
    if let Some(Word::Zone(offset)) = token.word() {
        let stated = if offset == 0 { signed_offset(tokens, at + 1) } else { None };
        return Some(stated.unwrap_or((offset, at + 1)));
    }
    signed_offset(tokens, at)
}

fn signed_offset(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let sign = match tokens.get(at)?.kind {
        Kind::Mark('+') => 1,
        Kind::Mark('-' | '−') => -1,
        _ => return None,
    };
    let number = tokens.get(at + 1).filter(|number| !number.spaced)?;
    let (hours, minutes, next) = match number.kind {
        Kind::Number { value, digits: 4 } => (value as i32 / 100, value as i32 % 100, at + 2),
        Kind::Number { value, digits: 1 | 2 } => match tokens.get(at + 3) {
            Some(minutes) if tokens[at + 2].is(':') && !tokens[at + 2].spaced && !minutes.spaced => {
                (value as i32, minutes.small()? as i32, at + 4)
            }
            _ if !tokens[at].spaced => (value as i32, 0, at + 2),
            _ => return None,
        },
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), next))
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

/// T074000 or T0740 of ISO 8601's basic form, at its digits.
fn compact_clock(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let token = tokens.get(at).filter(|token| !token.spaced)?;
    let value = match token.kind {
        Kind::Number { value, digits: 6 } => value as u32,
        Kind::Number { value, digits: 4 } => value as u32 * 100,
        _ => return None,
    };
    let (hour, minute, second) = (value / 10_000, value / 100 % 100, value % 100);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = zone_at(tokens, at + 1);
    let clock = Clock { hour, minute, second: second.min(59), offset: zone.map(|(offset, _)| offset) };
    Some((clock, zone.map_or(at + 1, |(_, next)| next)))
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
    let text = text.replace(['\n', '\t'], " "); // a page may break the line inside its date
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

/// The date that eight figures write.
fn figures_of(value: u64) -> Option<Date> {
    let year = i32::try_from(value / 10_000).ok().filter(|year| YEARS.contains(year))?;
    Date::new(Some(year), (value / 100 % 100) as u32, (value % 100) as u32)
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
