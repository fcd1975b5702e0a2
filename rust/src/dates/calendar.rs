//! Calendar dates among tokens: in figures or with a named month, in every order that is not ambiguous.

use std::ops::RangeInclusive;

use super::names::{self, Spelling, Word};
use super::tokens::{Kind, Token, skip_one};

/// Years that a date may lie in. Above 2050 a year is Bikram Sambat or Buddhist in practice, below 1600 Hijri or a placeholder.
pub const YEARS: RangeInclusive<i32> = 1600..=2050;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
    /// The month was written as a word.
    pub is_named: bool,
}

impl Date {
    pub fn new(year: Option<i32>, month: u32, day: u32) -> Option<Date> {
        let leap = year.is_none_or(|year| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
        let length = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=length).contains(&day)).then_some(Date { year, month, day, is_named: false })
    }

    pub fn named(year: Option<i32>, month: u32, day: u32) -> Option<Date> {
        Date::new(year, month, day).map(|date| Date { is_named: true, ..date })
    }
}

/// The date that starts at token `at`, and the token after it.
pub fn date_at(tokens: &[Token], at: usize, spelling: Spelling) -> Option<(Date, usize)> {
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

/// The date that eight figures write.
pub fn figures_of(value: u64) -> Option<Date> {
    let year = i32::try_from(value / 10_000).ok().filter(|year| YEARS.contains(year))?;
    Date::new(Some(year), (value / 100 % 100) as u32, (value % 100) as u32)
}
