//! Characters as cues see them: which belong to a word, and what is one to the keys.

/// It looks like a colon, and many type it for one.
pub(super) const VISARGA: char = 'ः';

/// True where a word cannot go on from `inside` to `outside`: marks and joiners belong to their word, so "पढ़" is not found in "पढ़ें". From
/// one script to another there is a boundary, as pages glue things together: "भारतPM Modi", "ذریعہGetty".
pub(super) fn boundary(inside: char, outside: Option<char>) -> bool {
    let Some(outside) = outside.filter(|&char| is_word(char) && char != VISARGA) else { return true };
    let is_other = |char: char| char > '\u{0590}' && is_letter(char);
    !is_word(inside)
        || inside.is_ascii_alphabetic() && is_other(outside)
        || is_other(inside) && outside.is_ascii_alphabetic()
}

/// Letters, digits, Indic signs and joiners. (`is_alphanumeric` covers vowel signs but neither virama nor nukta nor joiners.) The common
/// scripts are ranges: the tables of the standard library cost five times the rest of the stripper.
pub fn is_word(char: char) -> bool {
    match char {
        '\0'..='\x7F' => char.is_ascii_alphanumeric(),
        '।' | '॥' | '॰' => false,
        '\u{0900}'..='\u{0DFF}' | '\u{200C}' | '\u{200D}' | '\u{0300}'..='\u{036F}' | '\u{0400}'..='\u{0481}' => true,
        '\u{0620}'..='\u{0669}' | '\u{0671}'..='\u{06D3}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => false,
        _ => char.is_alphanumeric(),
    }
}

/// Digits of the scripts of news.
pub fn is_digit(char: char) -> bool {
    match char {
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => true,
        // every Indic block of 128 has its digits at 0x66..=0x6F
        '\u{0900}'..='\u{0DFF}' => matches!(char as u32 & 0x7F, 0x66..=0x6F),
        _ => false,
    }
}

/// A part of a word that is no digit.
pub fn is_letter(char: char) -> bool {
    is_word(char) && !is_digit(char)
}

/// The folded characters of a phrase, spaces and numbers collapsed.
pub(super) fn fold(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    for char in text.trim().chars().filter_map(fold_of) {
        if !(matches!(char, ' ' | '#') && chars.last() == Some(&char)) {
            chars.push(char);
        }
    }
    chars
}

/// One character as the keys see it; None for what they leave out. Keys only, never output. The keys of most are known: [`super::folded`].
pub(super) fn fold_of(char: char) -> Option<char> {
    Some(match char {
        'A'..='Z' => char.to_ascii_lowercase(),
        '0'..='9' => '#',
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => ' ',
        '\0'..='\x7F' => char,
        // joiners, zero-width marks, soft hyphen, variation selectors
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{FE0F}' => return None,
        // nukta, and the nasal signs that sloppy spelling drops
        '\u{093C}' | '\u{09BC}' | '\u{0A3C}' | '\u{0ABC}' | '\u{0B3C}' | '\u{0CBC}' => return None,
        '\u{0901}' | '\u{0902}' | '\u{0981}' | '\u{0A02}' | '\u{0A70}' | '\u{0A82}' => return None,
        '\u{0958}' => 'क',
        '\u{0959}' => 'ख',
        '\u{095A}' => 'ग',
        '\u{095B}' => 'ज',
        '\u{095C}' => 'ड',
        '\u{095D}' => 'ढ',
        '\u{095E}' => 'फ',
        '\u{095F}' => 'य',
        '\u{09DC}' => 'ড',
        '\u{09DD}' => 'ঢ',
        '\u{09DF}' => 'য',
        // Malayalam chillus are written both as one letter and as letter + virama + joiner
        '\u{0D4D}' => return None,
        '\u{0D7A}' => 'ണ',
        '\u{0D7B}' => 'ന',
        '\u{0D7C}' => 'ര',
        '\u{0D7D}' => 'ല',
        '\u{0D7E}' => 'ള',
        '\u{0D7F}' => 'ക',
        // Arabic letters of Urdu: vowel signs out, one yeh, one kaf, one heh
        '\u{064B}'..='\u{065F}' | '\u{0670}' => return None,
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ه' | 'ة' | 'ۂ' | 'ھ' => 'ہ',
        'ۓ' => 'ے',
        'أ' | 'إ' | 'آ' => 'ا',
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => 'a',
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => 'c',
        'È'..='Ë' | 'è'..='ë' | 'Ę' | 'ę' | 'Ě' | 'ě' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'i',
        'Ñ' | 'ñ' | 'Ń' | 'ń' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ś' | 'ś' | 'Ş' | 'ş' | 'Š' | 'š' => 's',
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => 'z',
        'Ł' | 'ł' => 'l',
        'Ğ' | 'ğ' => 'g',
        'ё' | 'Ё' => 'е',
        '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '´' => '\'',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        _ if is_digit(char) => '#',
        '\u{0900}'..='\u{0DFF}' => char,
        _ => char.to_lowercase().next().unwrap_or(char),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_ranges_are_those_of_the_tables() {
        for char in ('\0'..='\u{FFFF}').filter(|char| !matches!(char, '\u{0900}'..='\u{0DFF}')) {
            let joiner = matches!(char, '\u{200C}' | '\u{200D}' | '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}');
            assert_eq!(is_word(char), char.is_alphanumeric() || joiner, "{char:?}");
        }
    }
}
