//! What is given out is in NFC: pages write one Indic or Urdu letter in two ways, and what is read from them should not.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters that are NFC beside each other: of Latin, Cyrillic and Devanagari (but for what takes a nukta or is one), Chinese, punctuation.
/// Most words hold no others, and need no look at the tables.
fn is_plain(char: char) -> bool {
    matches!(char, '\0'..='\u{2FF}' | '\u{400}'..='\u{481}' | '\u{900}'..='\u{93B}' | '\u{93D}'..='\u{950}' | '\u{2010}'..='\u{2027}' | '\u{4E00}'..='\u{9FFF}')
}

/// Puts a text into NFC; white space parts what can be looked at by itself.
pub fn compose(text: &mut String) {
    if text.is_ascii() {
        return;
    }
    let mut composed: Option<String> = None;
    let mut done = 0;
    for word in text.split_ascii_whitespace() {
        if word.is_ascii() || word.chars().all(is_plain) || is_nfc_quick(word.chars()) == IsNormalized::Yes {
            continue;
        }
        let found: String = word.nfc().collect();
        if found != word {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let out = composed.get_or_insert_with(|| String::with_capacity(text.len() + text.len() / 16));
            out.push_str(&text[done..start]);
            out.push_str(&found);
            done = start + word.len();
        }
    }
    if let Some(mut out) = composed {
        out.push_str(&text[done..]);
        *text = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::canonical_combining_class;

    #[test]
    fn plain_characters_are_in_order_and_composed() {
        for char in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|&char| is_plain(char)) {
            assert_eq!(is_nfc_quick(std::iter::once(char)), IsNormalized::Yes, "{char:?}");
            assert!(canonical_combining_class(char) == 0 || char == '\u{94D}', "{char:?}");
        }
    }

    #[test]
    fn a_text_is_composed_word_by_word_as_it_is_as_a_whole() {
        for text in [
            "",
            "plain words",
            "caf\u{e9} cafe\u{301}",
            "ब\u{95c}ा बड\u{93c}ा  न\u{93c}\tक्या\u{928}",
            "\u{9ac}\u{9bf}\u{9a6}\u{9be}\u{9df}\u{9c0}\nআয়",
            "\u{627}\u{653}غاز آغاز",
            "\u{301}a \u{301}\u{323} a\u{301}\u{323}",
            "\u{1100}\u{1161}\u{11a8} 가",
            "a\u{85}\u{301} b\u{a0}\u{301}",
        ] {
            let mut found = text.to_string();
            compose(&mut found);
            assert_eq!(found, text.nfc().collect::<String>());
            let before = found.clone();
            compose(&mut found);
            assert_eq!(found, before);
        }
    }
}
