//! Times of day among tokens, and the zones that stand behind them.

use super::names::Word;
use super::tokens::{Kind, Token, skip_one};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// Minutes east of UTC.
    pub offset: Option<i32>,
}

/// The time that starts at token `at` (07:40, 7.40 PM, शाम 7 बजे), and the token after it.
pub fn clock_at(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
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
    let (offset, after) = zone_at(tokens, next).unwrap_or((None, next));
    if hour > 23 || !(certain || (after > next && minute > 0)) {
        return None;
    }
    let next = after;
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

/// Minutes east of UTC (None for a zone without one offset) written at token `at`: IST, (IST), [IST], GMT+0530, +05:30, -0500,
/// +0530 IST. The bracket may have lost its end with the end of the text.
fn zone_at(tokens: &[Token], at: usize) -> Option<(Option<i32>, usize)> {
    let token = tokens.get(at)?;
    if let Some(Word::Zone(offset)) = token.word() {
        let stated = if offset == Some(0) { signed_offset(tokens, at + 1) } else { None };
        return Some(stated.map_or((offset, at + 1), |(offset, next)| (Some(offset), next)));
    }
    if let Some((offset, next)) = signed_offset(tokens, at) {
        let again = match tokens.get(next).and_then(Token::word) {
            Some(Word::Zone(named)) => named == Some(offset),
            _ => false,
        };
        return Some((Some(offset), next + usize::from(again)));
    }
    match tokens.get(at + 1)?.word() {
        Some(Word::Zone(offset)) if token.is('(') || token.is('[') => match tokens.get(at + 2) {
            None => Some((offset, at + 2)),
            Some(end) => (end.is(')') || end.is(']')).then_some((offset, at + 3)),
        },
        _ => None,
    }
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

/// T074000 or T0740 of ISO 8601's basic form, at its digits.
pub fn compact_clock(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
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
    let clock = Clock { hour, minute, second: second.min(59), offset: zone.and_then(|(offset, _)| offset) };
    Some((clock, zone.map_or(at + 1, |(_, next)| next)))
}
