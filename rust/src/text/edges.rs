//! Texts without what stands around their words.

use crate::cues::is_word;
use crate::words::{begins_word, ends_word};

#[inline]
pub(super) fn bare(text: &str) -> &str {
    to_word(from_word(text))
}

/// A text from its first word or © on.
#[inline]
pub(super) fn from_word(text: &str) -> &str {
    if text.is_empty() || begins_word(text) {
        return text;
    }
    let rest = &text[text.bytes().position(is_word_or_wide).unwrap_or(text.len())..];
    if rest.is_empty() || begins_word(rest) {
        return rest;
    }
    rest.trim_start_matches(|char| !is_word(char) && char != '©')
}

/// A text up to its last word or ©.
#[inline]
pub(super) fn to_word(text: &str) -> &str {
    let mut bytes = text.as_bytes();
    loop {
        match bytes {
            [before @ .., 0xE0, 0xA5, 0xA4] => bytes = before,
            [before @ .., last] if !is_word_or_wide(*last) => bytes = before,
            _ => break,
        }
    }
    let rest = &text[..bytes.len()];
    if rest.is_empty() || ends_word(rest) {
        return rest;
    }
    rest.trim_end_matches(|char| !is_word(char) && char != '©')
}

fn is_word_or_wide(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// The beginning of a text, of so many bytes or a few less.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}
