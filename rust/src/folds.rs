//! What makes two spellings one key: the class of a character, and the fold of a word. Keys only, never output.
//!
//! The naive twin is `tests/naive.py: key`.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// A letter or digit: a word may start with it.
pub const START: u8 = 1;
/// A letter, digit, mark or joiner: a word goes on with it.
pub const CONTINUE: u8 = 2;
/// The fold leaves it as it is, whatever stands beside it; but see `REORDERS` and `NASAL`.
pub const PLAIN: u8 = 4;
/// Of a script written without spaces: a unit of its own.
pub const UNSPACED: u8 = 8;
/// Has a combining class: two in a row may change places.
pub const REORDERS: u8 = 16;
/// A Devanagari nasal, which the fold may rewrite before a virama.
pub const NASAL: u8 = 32;
pub const VIRAMA: char = '\u{94d}';

/// Invisible characters that belong to a word and not to its key: soft hyphen, ZWNJ, ZWJ, word joiner, BOM.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Han, kana, Thai, Lao, Myanmar, Khmer, Tai scripts, Balinese, Javanese: no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1950..=0x19FF | 0x1A20..=0x1AAF | 0x1B00..=0x1B7F
        | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3031..=0x3035 | 0x3040..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA980..=0xA9FF | 0xAA60..=0xAADF | 0xF900..=0xFAFF
        | 0x1B000..=0x1B16F | 0x20000..=0x3FFFF)
}

/// The class bits of a character.
pub fn class(c: char) -> u8 {
    static TABLE: LazyLock<Box<[u8]>> =
        LazyLock::new(|| (0..0x10000).map(|code| char::from_u32(code).map_or(0, classify)).collect());
    match TABLE.get(c as usize) {
        Some(&class) => class,
        None => classify(c),
    }
}

fn classify(c: char) -> u8 {
    let mark = is_combining_mark(c);
    if is_joiner(c) {
        return CONTINUE;
    }
    if !(mark || c.is_alphabetic() || c.is_numeric()) {
        return 0;
    }
    let mut class = if mark { CONTINUE } else { START | CONTINUE };
    if is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes && fold_alone(c) && !is_indic_special(c) {
        class |= PLAIN;
    }
    if is_unspaced(c) {
        class |= UNSPACED;
    }
    if matches!(c, 'ङ' | 'ञ' | 'ण' | 'न' | 'म') {
        class |= NASAL;
    }
    if canonical_combining_class(c) != 0 {
        class |= REORDERS;
    }
    class
}

fn fold_alone(c: char) -> bool {
    let mut folded = lower(c).map(digit);
    folded.next() == Some(c) && folded.next().is_none()
}

/// Devanagari characters that the fold rewrites, alone or with their neighbours.
fn is_indic_special(c: char) -> bool {
    matches!(c, '\u{901}' | '\u{911}' | '\u{929}' | '\u{931}' | '\u{934}' | '\u{93c}' | '\u{949}')
}

/// Full case folding, by way of upper case, so that ß = SS, ς = σ and ı = i.
fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase)
}

/// Where each script's decimal digits begin (Unicode 17, general category Nd).
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0,
    0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

fn digit(c: char) -> char {
    let code = u32::from(c);
    if code < 0x660 {
        return c;
    }
    let zero = ZEROS[ZEROS.partition_point(|&zero| zero <= code).max(1) - 1];
    if code - zero < 10 { char::from(b'0' + (code - zero) as u8) } else { c }
}

/// Appends the key of a word to `key`: joiners out, NFKC, case folded, digits as ASCII, then the Devanagari folds.
pub fn fold(word: &str, key: &mut Vec<char>) {
    let from = key.len();
    for c in word.chars().filter(|&c| !is_joiner(c)).nfkc().flat_map(lower).map(digit) {
        let folded = match c {
            '\u{901}' => '\u{902}',
            '\u{911}' => '\u{906}',
            '\u{949}' => '\u{93e}',
            '\u{929}' => '\u{928}',
            '\u{931}' => '\u{930}',
            '\u{934}' => '\u{933}',
            '\u{93c}' if !matches!(key[from..].last(), Some('ड' | 'ढ')) => continue,
            other => other,
        };
        key.push(folded);
    }
    nasals(key, from);
}

/// Writes a nasal and virama before a stop of its own class as anusvara (हिन्दी → हिंदी).
fn nasals(key: &mut Vec<char>, from: usize) {
    let mut write = from;
    let mut read = from;
    while read < key.len() {
        let homorganic = key.get(read + 1) == Some(&VIRAMA)
            && matches!(
                (key[read], key.get(read + 2)),
                ('ङ', Some('क'..='घ'))
                    | ('ञ', Some('च'..='झ'))
                    | ('ण', Some('ट'..='ढ'))
                    | ('न', Some('त'..='ध'))
                    | ('म', Some('प'..='भ'))
            );
        key[write] = if homorganic { '\u{902}' } else { key[read] };
        read += if homorganic { 2 } else { 1 };
        write += 1;
    }
    key.truncate(write);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        let mut key = Vec::new();
        fold(word, &mut key);
        key.into_iter().collect()
    }

    #[test]
    fn one_key_for_the_spellings_of_one_word() {
        assert_eq!(key("हिन्दी"), key("हिंदी"));
        assert_eq!(key("सम्बन्ध"), key("संबंध"));
        assert_eq!(key("फ़ॉलो"), key("फालो"));
        assert_eq!(key("\u{95e}"), key("फ"));
        assert_eq!(key("हूँ"), key("हूं"));
        assert_eq!(key("२०२३"), "2023");
        assert_eq!(key("क्\u{200d}ष"), key("क्ष"));
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("ﬁn"), "fin");
    }

    #[test]
    fn words_that_differ_keep_different_keys() {
        assert_ne!(key("में"), key("म"));
        assert_ne!(key("बड़ा"), key("बडा"));
        assert_ne!(key("उन्होंने"), key("उंहोंने"));
        assert_ne!(key("प्रसन्न"), key("प्रसंन"));
        assert_eq!(key("\u{95c}"), "ड़");
    }

    #[test]
    fn a_plain_character_is_its_own_key() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            if class(c) & PLAIN != 0 {
                assert_eq!(key(&c.to_string()), c.to_string());
            }
        }
    }
}
