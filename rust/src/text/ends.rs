//! How sentences and lines end.

use super::shape::Ending;

/// True where the point at `at` ends a sentence: not in "3.5", "डॉ. सिंह", "U.S.", "example.com", but in "थी।" and the glued "said.Also".
pub(super) fn ends_sentence(bytes: &[u8], line_start: usize, at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
    if next.is_ascii_digit() || next.is_ascii_lowercase() || matches!(next, b'.' | b',' | b'/' | b'-' | b':') {
        return next == b'.' && at > line_start && bytes[at - 1] != b'.' && bytes.get(at + 2) == Some(&b'.');
    }
    if next == b'\n' || next == b'\r' || at + 1 == bytes.len() {
        return true;
    }
    // after a longer word it does
    if at >= line_start + 5 && bytes[..at].last_chunk().is_some_and(|&last| ends_in_letters(u64::from_le_bytes(last))) {
        return true;
    }
    let word = bytes[line_start..at]
        .iter()
        .rev()
        .take(13)
        .take_while(|&&byte| !matches!(byte, b' ' | b'(' | b'\n' | b'.' | 0xA0))
        .count();
    let before = &bytes[at - word..at];
    if is_initial(before) && matches!(next, 0xE0 | 0xD8..=0xDB) {
        return false;
    }
    match before {
        [] => true,
        // an initial, and "8. Item"
        [one] => !one.is_ascii_alphanumeric(),
        [one, two] if one.is_ascii_digit() && two.is_ascii_digit() => false,
        [first, ..] if first.is_ascii() => word > 4 || !LATIN.iter().any(|known| known.as_bytes() == before),
        _ => word > 12 || !INDIC.contains(&side_by_side(before)),
    }
}

/// Whether the last five of eight bytes are letters of ASCII.
fn ends_in_letters(bytes: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const FIVE: u64 = 0x8080_8080_8000_0000;
    let folded = (bytes | (0x20 * EACH)) & (0x7F * EACH);
    // the upper bit of each byte tells; none is carried
    let letters = (folded + (0x80 - 0x61) * EACH) & !(folded + (0x80 - 0x7B) * EACH) & !bytes;
    letters & FIVE == FIVE
}

/// One letter of a script without capitals: with a point after it and no white space after that, it is an initial, "ഐ.ടി".
fn is_initial(word: &[u8]) -> bool {
    matches!(word, [0xE0, _, _] | [0xD8..=0xDB, _])
}

/// What a point stands after inside a sentence: titles, and letters spelled out as initials are in Indic scripts. Of at most 4 and 12 bytes.
#[rustfmt::skip]
const LATIN: [&str; 19] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Col", "Capt", "Lt", "Sen", "Rep", "No", "vs", "Rs", "Sr", "Jr", "Nr", "Art",
];
#[rustfmt::skip]
const INDIC_WORDS: [&str; 39] = [
    "डॉ", "डा", "प्रो", "पं", "स्व", "मो", "नं", "रु", "कु", "सं", "ए", "बी", "सी", "डी", "ई", "एफ", "जी", "एच", "आई", "जे", "के", "एल", "एम",
    "एन", "ओ", "पी", "आर", "एस", "टी", "यू", "वी", "ডা", "ড", "మ", "డా", "ಡಾ", "ഡോ", "ডঃ", "ડૉ",
];

const INDIC: [u128; 39] = {
    let mut words = [0; 39];
    let mut at = 0;
    while at < words.len() {
        words[at] = side_by_side(INDIC_WORDS[at].as_bytes());
        at += 1;
    }
    words
};

/// Up to sixteen bytes as a number.
const fn side_by_side(bytes: &[u8]) -> u128 {
    let (mut number, mut at) = (0, 0);
    while at < bytes.len() {
        number = number << 8 | bytes[at] as u128;
        at += 1;
    }
    number
}

pub(super) fn ending(trimmed: &str) -> Ending {
    match trimmed.as_bytes() {
        [.., b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'] => return Ending::Open,
        [.., before, b'.'] if *before != b'.' => return Ending::Stop,
        [.., 0xE0, 0xA5, 0xA4] => return Ending::Stop,
        _ => {}
    }
    // a control character is what is left of a quotation mark in a wrong encoding
    let bare = trimmed.trim_end_matches(|char: char| QUOTES.contains(&char) || char.is_control());
    // "… said. (Reuters)": the agency in brackets is not the end of the sentence
    let bare = match bare.strip_suffix([')', ']']) {
        Some(inside) => match bare.rfind(['(', '[']).map(|open| bare[..open].trim_end()) {
            Some(before) if before.ends_with(STOPS) => before,
            _ => inside,
        },
        None => bare,
    };
    let bare = bare.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '\u{A0}']);
    if bare.ends_with("..") || bare.ends_with('…') {
        return Ending::Ellipsis;
    }
    match bare.chars().next_back() {
        Some(char) if STOPS.contains(&char) => Ending::Stop,
        Some('?' | '!' | '؟' | '？' | '！') => Ending::Question,
        _ => Ending::Open,
    }
}

const QUOTES: [char; 7] = ['"', '\'', '”', '’', '»', ' ', '\u{A0}'];
const STOPS: [char; 5] = ['.', '।', '॥', '۔', '。'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_at_the_end_are_told_eight_bytes_at_once() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut bytes = *b"\0\xFF Zzaab";
                bytes[place] = byte;
                let slow = bytes[3..].iter().all(u8::is_ascii_alphabetic);
                assert_eq!(ends_in_letters(u64::from_le_bytes(bytes)), slow, "{bytes:?}");
            }
        }
    }

    #[test]
    fn endings() {
        for (text, ending) in [
            ("है।", Ending::Stop),
            ("said.”", Ending::Stop),
            ("said. \u{14}", Ending::Stop),
            ("(PTI.)", Ending::Stop),
            ("है। (भाषा)", Ending::Stop),
            ("नाव (फाइल फोटो)", Ending::Open),
            (")", Ending::Open),
            ("क्यों?", Ending::Question),
            ("नहीं है...", Ending::Ellipsis),
            ("टॅग्स :", Ending::Open),
        ] {
            assert_eq!(super::ending(text), ending, "{text}");
        }
    }
}
