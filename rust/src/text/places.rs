//! Places and days, as they stand before a report.

use super::credits::{NAME, date_of, digits};
use super::edges::bare;
use super::lists::List;
use crate::cues::{Cues, as_listed, is_digit, is_joiner, is_letter, is_word};
use crate::dates;
use crate::words::{begins_word, ends_word, has_digit, numbers, spaced};

/// Most words of a place and a day, the number of an archive and the days of the week in two languages included.
const PLACE_AND_DAY: usize = 12;

/// What stands before the text is a place, a day or both, and nothing else: whether there is a place, and whether there is a day. None where
/// it says more: "5 dead, 12 hurt", "He lost by 30". A number of the archive may stand before it.
pub(super) fn place_and_day(text: &str) -> Option<(bool, bool)> {
    if spaced(text).enumerate().any(|(number, word)| number == PLACE_AND_DAY || says_more(word)) {
        return None;
    }
    let figures = has_digit(text);
    let unnumbered = if figures { text.trim_start_matches(is_digit) } else { text };
    let archived = unnumbered.starts_with(' ') && digits(&text[..text.len() - unnumbered.len()]) >= 3;
    let (mut place, mut day, mut numbers) = (false, false, false);
    for part in between_commas(if archived { unnumbered } else { text }).map(bare) {
        let (mut words, mut count) = ([""; PLACE_AND_DAY], 0);
        for (place, word) in words.iter_mut().zip(spaced(part)) {
            *place = without_points(word);
            count += 1;
        }
        let words = &words[..count];
        let of_day = |at: &usize| is_of_day(words[*at]);
        // most texts are told by their first and last words
        if let Some(first) = (0..words.len()).find(|at| !of_day(at)) {
            let last = (first..words.len()).rfind(|at| !of_day(at)).unwrap_or(first);
            if !is_place(&words[first..=last], figures) {
                return None;
            }
            place = true;
        }
        let numbered = figures && part.contains(is_digit);
        // a short name of a month may be a word: "Out", "जन"
        let named = |word: &&str| (numbered || !word.is_ascii() && word.chars().nth(2).is_some()) && is_month(word);
        day = day || words.iter().any(named) || numbered && date_of(part).is_some();
        numbers |= numbered;
    }
    (day || place && !numbers).then_some((place, day))
}

/// What stands between commas, those of Arabic scripts among them.
fn between_commas(text: &str) -> impl Iterator<Item = &str> {
    let mut left = Some(text);
    std::iter::from_fn(move || {
        let text = left?;
        let bytes = text.as_bytes();
        let is_comma = |at: &usize| bytes[*at] == b',' || bytes.get(at + 1) == Some(&0x8C);
        let comma = memchr::memchr2_iter(b',', 0xD8, bytes).find(is_comma);
        left = comma.map(|at| &text[at + if bytes[at] == b',' { 1 } else { 2 }..]);
        Some(comma.map_or(text, |at| &text[..at]))
    })
}

/// A word without the points and dandas around it.
fn without_points(word: &str) -> &str {
    match word.as_bytes() {
        [b'.', ..] | [.., b'.'] | [0xE0, 0xA5, 0xA4, ..] | [.., 0xE0, 0xA5, 0xA4] => word.trim_matches(['.', '।']),
        _ => word,
    }
}

/// Begins with a small letter.
pub(super) fn is_small(word: &str) -> bool {
    match word.as_bytes() {
        [byte @ ..=0x7F, ..] => byte.is_ascii_lowercase(),
        // scripts without capitals
        [0xE0, ..] => false,
        _ => word.starts_with(char::is_lowercase),
    }
}

/// A word with which there is more than a place and a day, whatever stands beside it: most sentences have one among their first.
pub(super) fn says_more(word: &str) -> bool {
    OF_SENTENCES.contains(word)
        || word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !OF_PLACES.contains(word)
            && !dates::is_month_or_weekday(word)
}

/// "5", "5th", "5/3/2024", "मार्च", "Monday".
fn is_of_day(word: &str) -> bool {
    NEPALI.contains(word) || is_number(word) || word == "गते" || dates::is_month_or_weekday(word)
}

fn is_number(word: &str) -> bool {
    let of_number = |char: char| is_digit(char) || matches!(char, '/' | '-' | '.');
    if !word.starts_with(of_number) {
        return false;
    }
    let figures = word.trim_end_matches(|char: char| char.is_ascii_lowercase());
    let whole = figures.len() == word.len() || word.len() - figures.len() == 2 && figures.len() <= 2;
    whole && figures.chars().all(of_number)
}

pub(super) fn is_month(word: &str) -> bool {
    NEPALI.contains(word) || dates::is_month(word)
}

/// The months of the calendar of Nepal, and those of the other one, as they are spelled there.
#[rustfmt::skip]
static NEPALI: List<44> = List::new([
    "वैशाख", "बैशाख", "बैसाख", "वैसाख", "जेठ", "जेष्ठ", "असार", "अषाढ", "आषाढ", "असाढ", "साउन", "श्रावण", "सावन", "भदौ", "भाद्र", "भाद्र्र", "असोज", "आश्विन", "अशोज",
    "कात्तिक", "कार्तिक", "कत्तिक", "कातिक", "मंसिर", "मङ्सिर", "मार्ग", "मंसीर", "पुस", "पुष", "पौष", "पूस", "माघ", "फागुन", "फाल्गुन", "फागुण", "चैत", "चैत्र",
    "अप्रील", "अप्रल", "जुलार्इ", "जूलाई", "भदाै", "फेब्रुवरी", "फ्रेब्रुअरी",
]);

/// Words as the names of places have them: capitalised where the script has capitals, and no word that only sentences have.
fn is_place(words: &[&str], figures: bool) -> bool {
    words.len() <= 5
        && words.first().is_some_and(|word| !is_small(word))
        && words.iter().all(|word| !OF_SENTENCES.contains(word) && (!is_small(word) || OF_PLACES.contains(word)))
        && !words.iter().any(|word| figures && word.contains(is_digit) || is_said(word))
}

/// It has a sign of what is said, asked or called.
fn is_said(word: &str) -> bool {
    let may_be = |byte: u8| matches!(byte, b'"' | b':' | b'?' | b'!' | 0xE2);
    word.bytes().any(may_be) && word.contains(['"', '“', '‘', ':', '?', '!'])
}

/// Small words inside the names of places.
#[rustfmt::skip]
static OF_PLACES: List<22> = List::new([
    "of", "upon", "on", "de", "del", "da", "do", "dos", "di", "du", "des", "la", "le", "les", "am", "an", "der", "sur", "el", "al", "bei", "und",
]);

/// Words that follow names in sentences and that begin them; no place has them.
#[rustfmt::skip]
pub(super) static OF_SENTENCES: List<132> = List::new([
    "In", "On", "At", "By", "Since", "Until", "From", "After", "The", "He", "She", "They", "We", "It", "Am", "Im", "Ab", "Seit", "Nach", "Er",
    "Sie", "Die", "Der", "En", "Em", "No", "Il", "Le",
    "में", "पर", "से", "को", "के", "का", "की", "ने", "तक", "और", "यह", "वह", "ये", "वे", "कहा", "कहते", "कहती", "लिखा", "बताया", "बताते", "बताती", "पूछा",
    "है", "हैं", "था", "थी", "थे", "हुआ", "हुई", "हुए", "गई", "गए", "अनुसार", "मुताबिक", "उन्होंने", "मैं", "हम", "आज", "कल", "प्रमुख", "अध्यक्ष",
    "मंत्री", "मृत", "घायल", "घाइते", "मा", "ले", "लाई", "भन्यो", "भन्छ", "भने", "छ", "छन्", "आणि", "आहे", "आहेत", "म्हणाले", "म्हणतात",
    "এবং", "বলেন", "বলেছেন", "বলেছে", "জানান", "জানায়", "জানিয়েছে", "থেকে", "আহত", "নিহত",
    "ને", "અને", "કહ્યું", "જણાવ્યું", "છે", "હતા", "ਨੇ", "ਵਿੱਚ", "ਕਿਹਾ", "ਦੇ",
    "கூறினார்", "கூறியது", "தெரிவித்தார்", "మరియు", "తెలిపింది", "ಹೇಳಿದರು", "പറഞ്ഞു",
    "نے", "میں", "سے", "کو", "کے", "کا", "کی", "پر", "کہ", "ہے", "ہیں", "تھا", "تھی", "تھے", "یا", "कि", "या", "करने", "होने",
]);

/// Sentences of one or two words, which no place is.
#[rustfmt::skip]
pub(super) static ANSWERS: List<36> = List::new([
    "नहीं", "नही", "हां", "हाँ", "जी", "जी हां", "जी हाँ", "जी नहीं", "बिल्कुल", "बिलकुल", "धन्यवाद", "नमस्ते", "नमस्कार", "सावधान", "बधाई", "अद्भुत", "शाबाश",
    "उत्तर", "जवाब", "प्रश्न", "सवाल", "नोट", "नाही", "होय", "होइन", "हजुर", "हो", "छैन", "अवश्य", "शायद", "कभी नहीं", "सन्नाटा", "अंधेरा", "चुप्पी", "तस्वीर", "तस्बिर",
]);

/// A listed city, also in capitals.
pub(super) fn is_listed_city(text: &str, cues: &Cues) -> bool {
    if !text.is_ascii() && text.len() <= NAME * 2 && may_vary(text) {
        return cues.is_city(&as_listed(text));
    }
    let is_shouted = || {
        text.is_ascii()
            && text.bytes().any(|byte| byte.is_ascii_uppercase())
            && !text.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    cues.is_city(text) || text.len() <= NAME && is_shouted() && cues.is_city(titled(text, &mut [0; NAME]))
}

/// Whether the lists may have a word in another form.
pub(super) fn may_vary(text: &str) -> bool {
    text.contains(is_variant) || has_parted_vowel(text)
}

/// A sign of a vowel in two parts of which each is one of its own as well, as fonts of Bengali, Odia, Tamil, Kannada and Malayalam are typed.
fn has_parted_vowel(text: &str) -> bool {
    const PAIRS: [(char, char); 7] = [
        ('\u{9C7}', '\u{9BE}'),
        ('\u{B47}', '\u{B3E}'),
        ('\u{BC6}', '\u{BBE}'),
        ('\u{BC7}', '\u{BBE}'),
        ('\u{CC6}', '\u{CC2}'),
        ('\u{D46}', '\u{D3E}'),
        ('\u{D47}', '\u{D3E}'),
    ];
    let may_have = matches!(text.as_bytes(), [0xE0, 0xA6 | 0xA7 | 0xAC..=0xAF | 0xB2..=0xB5, ..]);
    may_have && text.chars().zip(text.chars().skip(1)).any(|pair| PAIRS.contains(&pair))
}

/// Joiners, second parts of vowels, and letters with a nukta, a madda or a hamza, which one font writes as one sign and the next as two: the lists have one form (NFC).
pub(super) fn is_variant(char: char) -> bool {
    /// The last seven bits of them, which most other characters have not.
    const LAST: u128 = 1 << 0x0C | 1 << 0x0D | 1 << 0x33 | 1 << 0x36 | 1 << 0x53 | 1 << 0x54 | 0x7FF << 0x55;
    LAST >> (char as u32 & 0x7F) & 1 != 0
        && (is_joiner(char)
            || matches!(char, '\u{653}' | '\u{654}' | '\u{958}'..='\u{95F}' | '\u{9DC}'..='\u{9DF}')
            || matches!(
                char,
                '\u{9D7}' | '\u{B56}' | '\u{B57}' | '\u{BD7}' | '\u{C56}' | '\u{CD5}' | '\u{CD6}' | '\u{D57}'
            )
            || matches!(char, '\u{A33}' | '\u{A36}' | '\u{A59}'..='\u{A5E}' | '\u{B5C}' | '\u{B5D}'))
}

/// "New York" for "NEW YORK".
fn titled<'t>(text: &str, room: &'t mut [u8; NAME]) -> &'t str {
    let mut begins = true;
    for (titled, byte) in room.iter_mut().zip(text.bytes()) {
        *titled = if begins { byte } else { byte.to_ascii_lowercase() };
        begins = byte == b' ';
    }
    std::str::from_utf8(&room[..text.len().min(NAME)]).unwrap_or_default()
}

pub(super) fn is_city(text: &str, cues: &Cues) -> bool {
    let letters = || text.chars().filter(|&char| is_letter(char));
    cues.is_city(text) || letters().nth(3).is_some() && letters().all(char::is_uppercase)
}

/// True for a short line that is nothing but a day with its year.
pub(super) fn is_whole_day(text: &str, chars: usize) -> bool {
    const LONGEST: usize = 45;
    const DIGITS: usize = 5;
    const FIGURES: usize = 10;
    let set_off = || text.starts_with(is_digit) || text.ends_with(is_digit) || text.ends_with("गते");
    // one in ASCII is told by its parts, a row of a table is none
    let in_figures = || chars <= FIGURES && is_in_figures(text);
    in_figures()
        || chars <= LONGEST
            && text.len() > chars
            && set_off()
            && !text.contains('\t')
            && digits(text) >= DIGITS
            && numbers(text).any(is_year)
            && is_day(text)
}

/// Whether a text has the number of a year, also of the calendar of Nepal.
pub(super) fn states_year(text: &str) -> bool {
    numbers(text).any(is_year)
}

/// "२०८१-०३-१५", "15/03/2081": a day in figures of any calendar, with the number of its year at either end.
fn is_in_figures(text: &str) -> bool {
    let parts = |mark: char| {
        let mut parts = text.split(mark);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(first), Some(second), Some(third), None) => Some([first, second, third]),
            _ => None,
        }
    };
    let Some([first, month, last]) = ['-', '/', '.'].into_iter().find_map(parts) else { return false };
    let (year, day) = if is_year(first) { (first, last) } else { (last, first) };
    let is_short = |part: &str| (1..=2).contains(&part.chars().count()) && part.chars().all(is_digit);
    let whole = |part: &str| part.chars().all(is_digit) && is_year(part);
    whole(year)
        && is_short(month)
        && is_short(day)
        && (1..=12).contains(&value(month))
        && (1..=32).contains(&value(day))
}

/// A year of this century or the one before, also of the calendar of Nepal.
fn is_year(number: &str) -> bool {
    number.chars().count() == 4 && (1900..=2100).contains(&value(number))
}

/// What a few digits of any script mean.
fn value(number: &str) -> u32 {
    // digits of ASCII and Arabic end in 0 to 9, those of Indic scripts in 6 to 15
    let value = |digit: char| match digit {
        '\u{900}'..='\u{DFF}' => (digit as u32 & 0xF).wrapping_sub(6),
        _ => digit as u32 & 0xF,
    };
    number.chars().fold(0, |number, digit| number * 10 + value(digit))
}

/// True for a line that is nothing but a day of any calendar: "२० फागुन २०८०, सोमबार".
pub(super) fn is_day(text: &str) -> bool {
    /// Most words that are no numbers.
    const NAMED: usize = 4;
    let words = || spaced(text).flat_map(between_commas).map(bare_of_signs).filter(|word| !word.is_empty());
    let numbers = || words().filter(|word| word.contains(is_digit)).count();
    let named = || words().filter(|word| !word.contains(is_digit)).count();
    // most lines are told by their first word
    text.len() <= NAME * 3
        && words().all(is_of_day)
        && has_digit(text)
        && (1..=2).contains(&numbers())
        && named() <= NAMED
        && place_and_day(text) == Some((false, true))
}

fn bare_of_signs(word: &str) -> &str {
    if begins_word(word) && ends_word(word) { word } else { word.trim_matches(|char| !is_word(char)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::tests::shipped_cities;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn commas_and_points_are_those_of_a_walk_over_characters() {
        for text in
            ["", ",", "،", "a, b،c", "نئی دہلی، ۵ مارچ", "५ मार्च, ", "ا،", "É, é", "؛،", ".क.", "।क।", "क.ख", "."]
        {
            assert!(between_commas(text).eq(text.split([',', '،'])), "{text}");
            assert_eq!(without_points(text), text.trim_matches(['.', '।']), "{text}");
            assert_eq!(bare_of_signs(text), text.trim_matches(|char| !is_word(char)), "{text}");
        }
        for char in '\0'..='\u{FFFF}' {
            let word = format!("{char}क");
            assert_eq!(is_small(&word), char.is_lowercase(), "{char:?}");
        }
    }

    #[test]
    fn a_place_and_a_day_are_no_count_and_no_speaker() {
        for (text, said) in [
            ("नई दिल्ली, 5 नवंबर", Some((true, true))),
            ("१३ कात्तिक", Some((false, true))),
            ("ঢাকা, ৫ মার্চ", Some((true, true))),
            ("اسلام آباد، 5 مارچ", Some((true, true))),
            ("Rio de Janeiro, 5th March", Some((true, true))),
            ("Frankfurt am Main", Some((true, false))),
            ("909 रामपुर", Some((true, false))),
            ("५ मृत, १२ घाइते", None),
            ("5 मरे, 12 घायल", None),
            ("3 Tote, 5 Verletzte", None),
            ("৫ নিহত, ১২ আহত", None),
            ("In a picture of Monday, 12 March", None),
            ("बाढ़ में, 12 मार्च को", None),
            ("He lost by 30, he told", None),
        ] {
            assert_eq!(place_and_day(text), said, "{text}");
        }
    }

    #[test]
    fn a_listed_city_is_one_in_any_form() {
        let cues = Cues::new(shipped_cities()).unwrap();
        for city in
            ["اسلام ا\u{653}باد", "ময\u{9BC}মনসিংহ", "ম\u{9DF}মনসিংহ", "चंडीग\u{95D}", "चंडीगढ\u{93C}", "नई दिल्\u{200D}ली"]
        {
            assert!(is_listed_city(city, &cues), "{city}");
        }
        // every city, with its signs parted
        for (_, _, city) in shipped_cities() {
            assert!(is_listed_city(&city.nfd().collect::<String>(), &cues), "{city}");
        }
        assert!(!is_listed_city("ا\u{653}باد", &cues));
    }

    #[test]
    fn every_listed_city_is_a_place() {
        for (_, _, city) in shipped_cities() {
            assert_eq!(place_and_day(&city), Some((true, false)), "{city}");
        }
    }

    #[test]
    fn no_word_of_sentences_is_of_a_day() {
        OF_SENTENCES.words().iter().for_each(|word| assert!(!is_of_day(word), "{word}"));
    }
}
