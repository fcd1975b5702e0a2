//! How a name sounds, as consonants in Latin letters: "किम जोंग" and "Kim Jong" come out alike.

use unicode_normalization::UnicodeNormalization;

/// Fewer consonants than this say too little.
const MIN_SOUND: usize = 3;

/// The consonants of a folded word; `None` for scripts that are not read here and for words of too few consonants.
pub fn sound(word: &str) -> Option<String> {
    let first = word.chars().next()?;
    let mut letters = match first as u32 {
        0x900..=0xd7f if !(0xb80..=0xbff).contains(&(first as u32)) => indic(word),
        0x61..=0x24f => latin(word),
        _ => return None,
    };
    let mut before = None;
    letters.retain(|letter| before.replace(letter) != Some(letter));
    (letters.len() >= MIN_SOUND).then_some(letters)
}

/// The Indic blocks lie in parallel: each letter is read as its Devanagari twin.
fn indic(word: &str) -> String {
    let mut letters = String::with_capacity(word.len() / 2);
    for (at, c) in word.chars().enumerate() {
        let twin = char::from_u32(0x900 + (c as u32 & 0x7f)).unwrap_or(c);
        letters.push(match twin {
            'क' | 'ख' => 'k',
            'ग' | 'घ' => 'g',
            'च' | 'छ' => 'c',
            'ज' | 'झ' => 'j',
            'ट' | 'ठ' | 'त' | 'थ' => 't',
            'ड' | 'ढ' | 'द' | 'ध' => 'd',
            'प' | 'फ' => 'p',
            'ब' | 'भ' => 'b',
            'य' => 'y',
            'र' => 'r',
            'ल' => 'l',
            'व' => 'v',
            'श' | 'ष' | 'स' => 's',
            'ह' => 'h',
            'न' | 'ण' | 'ं' | 'ञ' | 'ङ' => 'n',
            'म' => 'm',
            'अ' | 'आ' | 'इ' | 'ई' | 'उ' | 'ऊ' | 'ए' | 'ऐ' | 'ओ' | 'औ' | 'ऋ' if at == 0 => 'a',
            _ => continue,
        });
    }
    letters
}

fn latin(word: &str) -> String {
    let plain: Vec<u8> =
        word.nfd().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase() as u8).collect();
    let at = |place: usize| plain.get(place).copied().unwrap_or(0);
    let mut letters = String::with_capacity(plain.len());
    match at(0) {
        b'a' | b'e' | b'i' | b'o' | b'u' => letters.push('a'),
        b'y' => letters.push('y'),
        _ => {}
    }
    let mut place = 0;
    while place < plain.len() {
        let (letter, next) = (at(place), at(place + 1));
        place += 1;
        let aspirated = matches!(letter, b'k' | b'g' | b't' | b'd' | b'p' | b'b' | b's' | b'j') && next == b'h';
        match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => continue,
            b'c' if next == b'h' => {
                letters.push('c');
                place += 1;
            }
            b'c' if matches!(next, b'e' | b'i' | b'y') => letters.push('s'),
            b'c' | b'q' => letters.push('k'),
            b'x' => letters.push_str("ks"),
            b'f' => letters.push('p'),
            b'z' => letters.push('j'),
            b'w' => letters.push('v'),
            _ => letters.push(letter as char),
        }
        place += usize::from(aspirated);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sounds_alike_in_every_script() {
        for names in [["पुतिन", "putin", "পুতিন"], ["मोदिजि", "modiji", "મોદીજી"], ["ट्रंप", "trnph", "ট্রংপ"]]
        {
            let sounds = names.map(sound);
            assert!(sounds[0].is_some() && sounds.iter().all(|found| *found == sounds[0]), "{sounds:?}");
        }
        assert_eq!(sound("chandra"), sound("चंद्र"));
    }

    #[test]
    fn short_words_and_numbers_have_no_sound() {
        assert!([sound("को"), sound("is"), sound("2023"), sound("")].iter().all(Option::is_none));
    }
}
