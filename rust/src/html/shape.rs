//! What a line of text looks like, in any script: how long, how many sentences, how it begins and ends.

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

pub fn shape(text: &str) -> Shape {
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
        if c.is_ascii() {
            let byte = c as u8;
            if byte.is_ascii_alphabetic() {
                shape.letters += 1;
                shape.capitals += byte.is_ascii_uppercase() as u32;
            } else if byte.is_ascii_digit() {
                shape.digits += 1;
            } else {
                shape.punctuation += 1;
                shape.commas += (byte == b',') as u32;
                shape.bars += matches!(byte, b'|' | b'>' | b'/') as u32;
                if is_sentence_end(c) {
                    ended = true;
                } else if !is_closing(c) {
                    ended = false;
                }
                continue;
            }
            ended = false;
            spaced += !in_word as u32;
            in_word = true;
            continue;
        }
        if is_unspaced(c) {
            shape.unspaced += 1;
            shape.letters += 1;
            ended = false;
        } else if c.is_alphanumeric() || is_mark(c) {
            shape.letters += 1;
            shape.capitals += c.is_uppercase() as u32;
            spaced += !in_word as u32;
            in_word = true;
            ended = false;
        } else {
            shape.punctuation += 1;
            shape.commas += matches!(c, '，' | '،' | '、') as u32;
            shape.bars += matches!(c, '›' | '»' | '·' | '•' | '｜') as u32;
            if is_sentence_end(c) {
                // A full-width stop needs no space after it.
                if matches!(c, '。' | '！' | '？') {
                    shape.sentences += !ended as u32;
                    ended = false;
                    shape.ends_sentence = true;
                } else {
                    ended = true;
                }
            } else if !is_closing(c) {
                ended = false;
            }
        }
    }
    shape.sentences += ended as u32;
    shape.words = spaced + shape.unspaced.div_ceil(2);
    let mut tail = text.chars().rev().skip_while(|&c| is_closing(c) || c == ' ');
    let last = tail.next().unwrap_or(' ');
    shape.ends_sentence = is_sentence_end(last);
    shape.ends_colon = matches!(last, ':' | '：');
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

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
