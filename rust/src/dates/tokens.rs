//! Words, numbers and marks of a text, with their places.

use super::calendar::YEARS;
use super::names::{self, Word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub start: usize,
    /// A space stands in front of it.
    pub spaced: bool,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The value of a number of one or two digits.
    pub fn small(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, digits: 1 | 2 } => Some(value as u32),
            _ => None,
        }
    }

    pub fn year(&self) -> Option<i32> {
        match self.kind {
            Kind::Number { value, digits: 4 } => Some(value as i32).filter(|year| YEARS.contains(year)),
            _ => None,
        }
    }

    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn word(&self) -> Option<Word> {
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
pub fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
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

pub fn skip_one(tokens: &[Token], at: usize, marks: &[char]) -> usize {
    at + usize::from(
        tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Mark(mark) if marks.contains(&mark))),
    )
}
