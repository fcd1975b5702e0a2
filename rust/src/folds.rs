//! What makes two spellings one key: the class of a character, and the fold of a word. Keys only, never output.
//!
//! `fold` is the definition. `Page` holds its answers for 64 characters, so that most words need no more than a look at
//! each character. The naive twin is `tests/naive.py: key`.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// A letter, digit, mark or joiner: a word goes on with it.
pub const WORD: u8 = 1;
/// A mark or joiner: no word starts with it.
pub const NO_START: u8 = 2;
/// Its fold is none, or not the one that `Page::same_length` tells.
pub const FOLDS: u8 = 4;
/// Of a script written without spaces: a unit of its own.
pub const UNSPACED: u8 = 8;
/// May fold together with a `TAIL` that follows.
pub const HEAD: u8 = 16;
/// May fold together with a `HEAD` before it.
pub const TAIL: u8 = 32;
/// Its fold is of the page before: the last byte but one is one less.
pub const LOWERS: u8 = 64;
/// With FOLDS, a nukta; without, a letter that keeps it.
pub const NUKTAS: u8 = 128;

pub const NUKTA: char = '\u{93c}';
pub const VIRAMA: char = '\u{94d}';
pub const ANUSVARA: char = '\u{902}';

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

/// The stops before which a Devanagari nasal and virama are written as anusvara.
pub fn stops_of(nasal: char) -> Option<std::ops::RangeInclusive<char>> {
    match nasal {
        'ङ' => Some('क'..='घ'),
        'ञ' => Some('च'..='झ'),
        'ण' => Some('ट'..='ढ'),
        'न' => Some('त'..='ध'),
        'म' => Some('प'..='भ'),
        _ => None,
    }
}

/// The characters of the Indic blocks that compose with one after them, other than the nukta, which always folds.
fn composes(c: char) -> bool {
    matches!(
        u32::from(c),
        0x9C7 | 0xB47 | 0xB92 | 0xBC6 | 0xBC7 | 0xC46 | 0xCBF | 0xCC6 | 0xCCA | 0xD46 | 0xD47 | 0xDD9 | 0xDDC
    )
}

fn is_indic(c: char) -> bool {
    ('\u{900}'..='\u{dff}').contains(&c)
}

/// Whether a TAIL after a HEAD folds as if it stood alone: they neither compose nor change places.
pub fn stay_apart(head: char, tail: char) -> bool {
    let whole = |c| {
        is_indic(c) || {
            let mut pieces = 0;
            decompose_compatible(c, |_| pieces += 1);
            pieces == 1
        }
    };
    tail == VIRAMA && (head == NUKTA || stops_of(head).is_some())
        || canonical_combining_class(head) == 0 && compose(head, tail).is_none() && whole(head) && whole(tail)
}

/// The class bits of a character.
pub fn class(c: char) -> u8 {
    match Page::of(c) {
        Some(page) => page.class[c as usize & 63],
        None => classify(c),
    }
}

fn classify(c: char) -> u8 {
    let joiner = is_joiner(c);
    let mark = is_combining_mark(c);
    if !(joiner || mark || c.is_alphabetic() || c.is_numeric()) {
        return 0;
    }
    let combines = canonical_combining_class(c) != 0;
    let mut class = WORD;
    if joiner || mark {
        class |= NO_START;
    }
    if c == NUKTA || !fold_alone(c).eq([c]) {
        class |= FOLDS;
    }
    if is_unspaced(c) {
        class |= UNSPACED;
    }
    if matches!(c, NUKTA | 'ड' | 'ढ') {
        class |= NUKTAS;
    }
    if combines || !is_indic(c) || composes(c) || stops_of(vowel(c)).is_some() {
        class |= HEAD;
    }
    if combines || is_nfkc_quick(std::iter::once(c)) != IsNormalized::Yes {
        class |= TAIL;
    }
    class
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

fn vowel(c: char) -> char {
    match c {
        '\u{901}' => ANUSVARA,
        '\u{911}' => '\u{906}',
        '\u{949}' => '\u{93e}',
        '\u{929}' => '\u{928}',
        '\u{931}' => '\u{930}',
        '\u{934}' => '\u{933}',
        other => other,
    }
}

/// The fold of a character among others that do not change it.
fn fold_alone(c: char) -> impl Iterator<Item = char> {
    let mut folded = String::new();
    fold(c.encode_utf8(&mut [0; 4]), &mut folded);
    folded.chars().collect::<Vec<_>>().into_iter()
}

/// Appends the key of a word to `key`: joiners out, NFKC, case folded, digits as ASCII, then the Devanagari folds.
pub fn fold(word: &str, key: &mut String) {
    let mut folded: Vec<char> = Vec::new();
    for c in word.chars().filter(|&c| !is_joiner(c)).nfkc().flat_map(lower).map(digit).map(vowel) {
        if c != NUKTA || matches!(folded.last(), Some('ड' | 'ढ')) {
            folded.push(c);
        }
    }
    let mut at = 0;
    while let Some(&c) = folded.get(at) {
        let rewritten = folded.get(at + 1) == Some(&VIRAMA)
            && folded.get(at + 2).is_some_and(|stop| stops_of(c).is_some_and(|stops| stops.contains(stop)));
        key.push(if rewritten { ANUSVARA } else { c });
        at += if rewritten { 2 } else { 1 };
    }
}

/// What is known of 64 characters in a row, those that share all bytes of their UTF-8 but the last.
pub struct Page {
    pub class: [u8; 64],
    /// The last byte of the fold, where that is of the same page or (LOWERS) of the one before.
    pub same_length: [u8; 64],
    /// Whether `same_length` changes anything.
    pub changes: bool,
    /// The fold, and its length; more than 8 for one that does not fit.
    folds: [([u8; 8], usize); 64],
}

impl Page {
    /// The page of a character of the basic multilingual plane.
    #[inline(always)]
    pub fn of(c: char) -> Option<&'static Page> {
        Page::numbered(c as usize >> 6)
    }

    /// The page of the characters 64 · number to 64 · number + 63.
    #[inline(always)]
    pub fn numbered(number: usize) -> Option<&'static Page> {
        static PAGES: [OnceLock<Box<Page>>; 1024] = [const { OnceLock::new() }; 1024];
        #[cold]
        fn make(page: &'static OnceLock<Box<Page>>, number: usize) -> &'static Page {
            page.get_or_init(|| Box::new(Page::new(number as u32)))
        }
        let page = PAGES.get(number)?;
        match page.get() {
            Some(page) => Some(page),
            None => Some(make(page, number)),
        }
    }

    pub const EMPTY: Page = Page { class: [0; 64], same_length: [0; 64], changes: false, folds: [([0; 8], 0); 64] };

    fn new(number: u32) -> Page {
        let mut page = Page::EMPTY;
        for at in 0..64 {
            page.same_length[at as usize] = 0x80 | at as u8;
            let Some(c) = char::from_u32(number << 6 | at) else { continue };
            let at = at as usize;
            page.class[at] = classify(c);
            let fold: String = fold_alone(c).collect();
            let fold = fold.as_bytes();
            page.folds[at].1 = fold.len();
            if let Some(slot) = page.folds[at].0.get_mut(..fold.len()) {
                slot.copy_from_slice(fold);
            }
            let mut own = [0; 4];
            let own = c.encode_utf8(&mut own).as_bytes();
            let last = own.len() - 1;
            if page.class[at] & FOLDS == 0 || c == NUKTA || own.len() != fold.len() || last == 0 {
                continue;
            }
            if own[..last] == fold[..last] {
                page.class[at] &= !FOLDS;
            } else if last == 2 && own[0] == fold[0] && own[1] - 1 == fold[1] {
                page.class[at] = page.class[at] & !FOLDS | LOWERS;
            } else {
                continue;
            }
            page.same_length[at] = fold[last];
            page.changes = true;
        }
        page
    }

    /// The fold of a character of this page among others that do not change it, and its length; None where it is too long.
    #[inline(always)]
    pub fn fold(&self, c: char) -> Option<(&[u8; 8], usize)> {
        let (bytes, length) = &self.folds[c as usize & 63];
        (*length <= 8).then_some((bytes, *length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::decompose_canonical;

    fn key(word: &str) -> String {
        let mut key = String::new();
        fold(word, &mut key);
        key
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
    fn only_heads_and_tails_fold_together() {
        let mut parts = 0;
        for whole in (0..0x11_0000).filter_map(char::from_u32) {
            let mut pieces = Vec::new();
            decompose_canonical(whole, |piece| pieces.push(piece));
            for cut in 1..pieces.len() {
                let (left, right) = (pieces[..cut].iter().copied().nfc(), pieces[cut..].iter().copied().nfc());
                let (left, right): (Vec<char>, Vec<char>) = (left.collect(), right.collect());
                if let ([left], [right]) = (&left[..], &right[..])
                    && compose(*left, *right).is_some()
                {
                    parts += 1;
                    assert!(class(*left) & HEAD != 0 || class(*left) == 0 || *right == NUKTA, "{left:?} {right:?}");
                    assert!(class(*right) & TAIL != 0, "{left:?} {right:?}");
                }
            }
        }
        assert!(parts > 900);
    }
}
