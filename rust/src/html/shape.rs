//! What a line of text looks like, in any script: how long, how many sentences, how it begins and ends.

use std::sync::OnceLock;

/// Combining marks of the scripts whose words `char::is_alphanumeric` breaks: virama, nukta, vowel signs, joiners.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{951}'..='\u{957}' | '\u{962}' | '\u{963}'
        | '\u{200c}' | '\u{200d}')
        || (matches!(c, '\u{980}'..='\u{dff}') && !c.is_alphanumeric())
}

/// Ends a sentence in some script.
pub fn is_sentence_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '。'
            | '！'
            | '？'
            | '…'
            | '።'
            | '။'
            | '៕'
            | '។'
            | '։'
            | '꓿'
            | '｡'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '“' | '*' | '›')
}

/// Written without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{eff}' | '\u{20000}'..='\u{3ffff}')
}

/// What a character does in a line, as bits.
pub mod class {
    /// Letter, digit or mark.
    pub const WORD: u8 = 1;
    pub const CAPITAL: u8 = 1 << 1;
    pub const UNSPACED: u8 = 1 << 2;
    pub const END: u8 = 1 << 3;
    pub const CLOSING: u8 = 1 << 4;
    pub const COMMA: u8 = 1 << 5;
    pub const BAR: u8 = 1 << 6;
    /// Its lower case is another character.
    pub const CASED: u8 = 1 << 7;
}

fn classify(c: char) -> u8 {
    let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
    bit(c.is_alphanumeric() || is_mark(c) || is_unspaced(c), class::WORD)
        | bit(c.is_uppercase(), class::CAPITAL)
        | bit(is_unspaced(c), class::UNSPACED)
        | bit(is_sentence_end(c), class::END)
        | bit(is_closing(c), class::CLOSING)
        | bit(matches!(c, ',' | '，' | '،' | '、'), class::COMMA)
        | bit(matches!(c, '|' | '>' | '/' | '›' | '»' | '·' | '•' | '｜'), class::BAR)
        | bit(!c.to_lowercase().eq([c]), class::CASED)
}

/// The classes of the characters, those of the Basic Multilingual Plane from a table: asking Unicode's own tables took a fifth of a page.
#[derive(Clone, Copy)]
pub struct Classes(&'static [u8]);

impl Classes {
    pub fn known() -> Classes {
        static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
        Classes(TABLE.get_or_init(|| (0..0x1_0000).map(|code| char::from_u32(code).map_or(0, classify)).collect()))
    }

    #[inline(always)]
    pub fn of(self, c: char) -> u8 {
        match self.0.get(c as usize) {
            Some(&class) => class,
            None => classify(c),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shape {
    pub chars: u32,
    /// Words between spaces; two characters count as one where a script has no spaces.
    pub words: u32,
    pub letters: u32,
    pub digits: u32,
    pub capitals: u32,
    pub punctuation: u32,
    pub commas: u32,
    /// Sentence ends followed by a space, or by nothing.
    pub sentences: u32,
    pub unspaced: u32,
    pub ends_sentence: bool,
    pub ends_colon: bool,
    pub bars: u32,
}

pub fn shape(text: &str, classes: Classes) -> Shape {
    let mut shape = Shape::default();
    let mut spaced = 0;
    let mut in_word = false;
    let mut ended = false;
    for c in text.chars() {
        shape.chars += 1;
        if c == ' ' || c == '\n' {
            shape.sentences += ended as u32;
            ended = false;
            in_word = false;
            continue;
        }
        let class = classes.of(c);
        if class & class::WORD != 0 {
            ended = false;
            shape.capitals += (class & class::CAPITAL != 0) as u32;
            if class & class::UNSPACED != 0 {
                shape.unspaced += 1;
                shape.letters += 1;
                continue;
            }
            if c.is_ascii_digit() {
                shape.digits += 1;
            } else {
                shape.letters += 1;
            }
            spaced += !in_word as u32;
            in_word = true;
            continue;
        }
        shape.punctuation += 1;
        shape.commas += (class & class::COMMA != 0) as u32;
        shape.bars += (class & class::BAR != 0) as u32;
        if matches!(c, '。' | '！' | '？') {
            // A full-width stop needs no space after it.
            shape.sentences += !ended as u32;
            ended = false;
        } else if class & class::END != 0 {
            ended = true;
        } else if class & class::CLOSING == 0 {
            ended = false;
        }
    }
    shape.sentences += ended as u32;
    shape.words = spaced + shape.unspaced.div_ceil(2);
    let mut tail = text.chars().rev().skip_while(|&c| classes.of(c) & class::CLOSING != 0 || c == ' ');
    let last = tail.next().unwrap_or(' ');
    shape.ends_sentence = classes.of(last) & class::END != 0;
    shape.ends_colon = matches!(last, ':' | '：');
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        super::shape(text, Classes::known())
    }

    #[test]
    fn sentences_end_in_every_script() {
        for text in ["वह आया। वह गया।", "He came. He went!", "وہ آیا۔ وہ گیا۔", "他来了。他走了。", "এল। গেল।"]
        {
            let shape = shape(text);
            assert_eq!((shape.sentences, shape.ends_sentence), (2, true), "{text}");
        }
        assert_eq!(shape("3.5 percent, e.g").sentences, 0);
        assert!(shape("“कहा।”").ends_sentence);
    }

    #[test]
    fn words_keep_their_marks() {
        assert_eq!(shape("हिन्दी में कि़ताब").words, 3);
        assert_eq!(shape("日本語の本").words, 3);
    }
}
