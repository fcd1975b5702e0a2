//! Character references: `&amp;`, `&#2325;`, `&#x915;` and the rest of the HTML Standard's table (13.5 Named character references).

use std::sync::OnceLock;

/// Longest name in the table, with its semicolon.
const LONGEST: usize = 32;

fn table() -> &'static [(&'static str, &'static str)] {
    static TABLE: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    TABLE.get_or_init(|| include_str!("entities.tsv").lines().filter_map(|line| line.split_once('\t')).collect())
}

/// Windows-1252's characters, which pages name by the numbers 128 to 159.
const C1: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What a reference at the start of `source` (which begins with `&`) stands for.
pub enum Reference {
    Char(char, usize),
    Text(&'static str, usize),
    /// Just an ampersand.
    None,
}

/// Reads the reference; the number is how many bytes of the source it takes.
pub fn reference(source: &str) -> Reference {
    let bytes = source.as_bytes();
    match bytes.get(1) {
        Some(b'#') => number(bytes),
        Some(first) if first.is_ascii_alphabetic() => named(source),
        _ => Reference::None,
    }
}

fn number(bytes: &[u8]) -> Reference {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (radix, from) = if hex { (16, 3) } else { (10, 2) };
    let mut value = 0u32;
    let mut at = from;
    while let Some(digit) = bytes.get(at).and_then(|&byte| (byte as char).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == from {
        return Reference::None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    let character = match value {
        0x80..=0x9f => C1[(value - 0x80) as usize],
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Reference::Char(character, at)
}

fn named(source: &str) -> Reference {
    let body = &source[1..];
    let length = body.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let closed = body.as_bytes().get(length) == Some(&b';');
    let name = &body[..length + closed as usize];
    match name {
        "nbsp;" => return Reference::Char('\u{a0}', 6),
        "amp;" => return Reference::Char('&', 5),
        "quot;" => return Reference::Char('"', 6),
        "lt;" => return Reference::Char('<', 4),
        "gt;" => return Reference::Char('>', 4),
        "apos;" => return Reference::Char('\'', 6),
        _ => {}
    }
    let table = table();
    let find = |name: &str| table.binary_search_by_key(&name, |entry| entry.0).ok().map(|at| table[at].1);
    if closed && let Some(text) = find(name) {
        return Reference::Text(text, 1 + name.len());
    }
    // Old references need no semicolon, and the longest that fits counts: `&notit` is ¬it.
    for end in (2..=length.min(6)).rev() {
        if let Some(text) = find(&body[..end]) {
            return Reference::Text(text, 1 + end);
        }
    }
    Reference::None
}

/// The text with its references resolved.
pub fn unescape(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match reference(rest) {
            Reference::Char(character, taken) => {
                text.push(character);
                taken
            }
            Reference::Text(characters, taken) => {
                text.push_str(characters);
                taken
            }
            Reference::None => {
                text.push('&');
                1
            }
        };
        rest = &rest[taken..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_names_and_numbers() {
        assert_eq!(unescape("a &amp; b &#2325;&#x916; &lt;p&gt;"), "a & b कख <p>");
        assert_eq!(unescape("caf&eacute; &notit; &copy 2 &hellip;"), "café ¬it; © 2 …");
        assert_eq!(unescape("&#146;&#0;&#xFFFFFFFF;&#;&#x;&;&x&"), "’\u{fffd}\u{fffd}&#;&#x;&;&x&");
        assert_eq!(unescape("a?b=1&section=2"), "a?b=1§ion=2");
    }

    #[test]
    fn the_table_is_sorted_for_its_binary_search() {
        assert!(table().windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(table().len(), 2231);
    }
}
