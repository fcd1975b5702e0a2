//! What a page of plain text looks like: its lines, and in them the marks at which something may begin or end.

use std::ops::Range;

/// A line that is not blank. Offsets are bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Without the white space around it.
    pub start: usize,
    pub end: usize,
    pub chars: usize,
    /// Its marks: `page.marks[marks]`.
    pub marks: Range<usize>,
    /// Sentence ends in it, the last one included.
    pub stops: usize,
    pub ending: Ending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A letter, a digit, a colon…: as headlines, labels and list items end.
    Open,
    /// A full stop or danda, also inside a closing quote or bracket.
    Stop,
    /// `?` or `!`, with which headlines end as well.
    Question,
    /// `...` or `…`
    Ellipsis,
}

/// A position inside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub at: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Just after the character(s) that end a sentence.
    Stop,
    /// Before an opening bracket `(` or `[`.
    Open,
    /// Before a closing bracket.
    Close,
    /// Before a bar `|`.
    Bar,
}

pub struct Page<'a> {
    pub text: &'a str,
    pub lines: Vec<Line>,
    pub marks: Vec<Mark>,
    /// Most long lines end without a full stop, so that its absence says nothing.
    pub unpunctuated: bool,
}

/// Characters of a line that is more than a headline.
const LONG: usize = 100;

const PLAIN: u8 = 0;
const BREAK: u8 = 1;
const POINT: u8 = 2;
const BRACKET: u8 = 3;
/// Lead bytes that may begin an Arabic full stop, an ideographic one, an ellipsis, or a line separator.
const LEAD: u8 = 4;

const CLASS: [u8; 256] = {
    let mut class = [PLAIN; 256];
    class[b'\n' as usize] = BREAK;
    class[b'\r' as usize] = BREAK;
    class[b'.' as usize] = POINT;
    class[b'!' as usize] = POINT;
    class[b'?' as usize] = POINT;
    class[b'(' as usize] = BRACKET;
    class[b')' as usize] = BRACKET;
    class[b'[' as usize] = BRACKET;
    class[b']' as usize] = BRACKET;
    class[b'|' as usize] = BRACKET;
    class[0xDB] = LEAD;
    class[0xD8] = LEAD;
    class[0xE2] = LEAD;
    class[0xE3] = LEAD;
    class[0xEF] = LEAD;
    class
};

/// Bytes of the character that begins with this byte.
const WIDTH: [u8; 256] = {
    let mut width = [1; 256];
    let mut byte = 0xC0;
    while byte < 256 {
        width[byte] = if byte < 0xE0 {
            2
        } else if byte < 0xF0 {
            3
        } else {
            4
        };
        byte += 1;
    }
    width
};

impl<'a> Page<'a> {
    /// One pass over the bytes.
    pub fn new(text: &'a str) -> Page<'a> {
        let bytes = text.as_bytes();
        let mut page = Page {
            text,
            lines: Vec::with_capacity(bytes.len() / 256 + 2),
            marks: Vec::with_capacity(bytes.len() / 96 + 4),
            unpunctuated: false,
        };
        let (mut at, mut line_start, mut chars, mut first_mark) = (0, 0, 0, 0);
        while let Some(&byte) = bytes.get(at) {
            chars += 1;
            // Indic letters are most of what there is; of them only danda and double danda end a sentence.
            if byte == 0xE0 {
                if let Some(&[0xA5, 0xA4 | 0xA5]) = bytes.get(at + 1..at + 3) {
                    page.marks.push(Mark { at: at + 3, kind: Kind::Stop });
                }
                at += 3;
                continue;
            }
            let width = WIDTH[byte as usize] as usize;
            match CLASS[byte as usize] {
                PLAIN => {}
                BREAK => {
                    page.close(line_start, at, chars - 1, first_mark);
                    (line_start, chars, first_mark) = (at + 1, 0, page.marks.len());
                }
                POINT => {
                    if byte != b'.' || ends_sentence(bytes, at) {
                        page.marks.push(Mark { at: at + 1, kind: Kind::Stop });
                    }
                }
                BRACKET => {
                    let kind = match byte {
                        b'(' | b'[' => Kind::Open,
                        b'|' => Kind::Bar,
                        _ => Kind::Close,
                    };
                    page.marks.push(Mark { at, kind });
                }
                _ => match bytes.get(at..at + width) {
                    // line and paragraph separators
                    Some([0xE2, 0x80, 0xA8 | 0xA9]) => {
                        page.close(line_start, at, chars - 1, first_mark);
                        (line_start, chars, first_mark) = (at + width, 0, page.marks.len());
                    }
                    Some(wide) if is_wide_stop(wide) => page.marks.push(Mark { at: at + width, kind: Kind::Stop }),
                    _ => {}
                },
            }
            at += width;
        }
        page.close(line_start, bytes.len(), chars, first_mark);
        let long = page.lines.iter().filter(|line| line.chars >= LONG);
        let (open, all) =
            long.fold((0, 0), |(open, all), line| (open + (line.ending == Ending::Open) as usize, all + 1));
        page.unpunctuated = open * 2 > all;
        page
    }

    pub fn of(&self, line: &Line) -> &'a str {
        &self.text[line.start..line.end]
    }

    pub fn marks_of(&self, line: &Line) -> &[Mark] {
        &self.marks[line.marks.clone()]
    }

    fn close(&mut self, start: usize, end: usize, chars: usize, first_mark: usize) {
        const BLANK: [char; 3] = ['\u{FEFF}', '\u{200B}', '\u{200E}'];
        let is_blank = |char: char| char.is_whitespace() || BLANK.contains(&char);
        let raw = &self.text[start..end];
        let trimmed = raw.trim_start_matches(is_blank);
        let first = start + raw.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(is_blank);
        if trimmed.is_empty() {
            return;
        }
        let mut stops = 0;
        let mut last: Option<usize> = None;
        for mark in self.marks[first_mark..].iter().filter(|mark| mark.kind == Kind::Stop) {
            // "?!" and "..." are one end
            stops += last.is_none_or(|last| mark.at > last + 3) as usize;
            last = Some(mark.at);
        }
        let blank = raw.len() - trimmed.len();
        self.lines.push(Line {
            start: first,
            end: first + trimmed.len(),
            // white space at the edges is nearly always one byte a character
            chars: chars.saturating_sub(blank),
            marks: first_mark..self.marks.len(),
            stops,
            ending: ending(trimmed),
        });
    }
}

/// Arabic and ideographic stops, full-width marks, ellipsis.
fn is_wide_stop(wide: &[u8]) -> bool {
    matches!(wide, [0xDB, 0x94] | [0xD8, 0x9F] | [0xE2, 0x80, 0xA6] | [0xE3, 0x80, 0x82] | [0xEF, 0xBC, 0x81 | 0x9F])
}

/// True where the point at `at` ends a sentence: not in "3.5", "डॉ. सिंह", "U.S.", "example.com", but in "थी।" and the glued "said.Also".
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
    if next.is_ascii_digit() || next.is_ascii_lowercase() || matches!(next, b'.' | b',' | b'/' | b'-' | b':') {
        return next == b'.' && at > 0 && bytes[at - 1] != b'.' && bytes.get(at + 2) == Some(&b'.');
    }
    let word = bytes[..at]
        .iter()
        .rev()
        .take(13)
        .take_while(|&&byte| !matches!(byte, b' ' | b'(' | b'\n' | b'.' | 0xA0))
        .count();
    let before = &bytes[at - word..at];
    if word == 0 || next == b'\n' || next == b'\r' || at + 1 == bytes.len() {
        return true;
    }
    let before = std::str::from_utf8(before).unwrap_or("");
    // "8. Item"
    if word <= 2 && before.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    !(word == 1 && before.starts_with(char::is_alphabetic) || ABBREVIATIONS.contains(&before))
}

/// What a point stands after inside a sentence: titles, and letters spelled out as initials are in Indic scripts.
#[rustfmt::skip]
const ABBREVIATIONS: [&str; 58] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Col", "Capt", "Lt", "Sen", "Rep", "No", "vs", "Rs", "Sr", "Jr", "Nr", "Art",
    "डॉ", "डा", "प्रो", "पं", "स्व", "मो", "नं", "रु", "कु", "सं", "ए", "बी", "सी", "डी", "ई", "एफ", "जी", "एच", "आई", "जे", "के", "एल", "एम",
    "एन", "ओ", "पी", "आर", "एस", "टी", "यू", "वी", "ডা", "ড", "మ", "డా", "ಡಾ", "ഡോ", "ডঃ", "ડૉ",
];

fn ending(trimmed: &str) -> Ending {
    let bare = trimmed.trim_end_matches(['"', '\'', '”', '’', '»', ' ', '\u{A0}']);
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

const STOPS: [char; 5] = ['.', '।', '॥', '۔', '。'];

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(text: &str) -> Vec<&str> {
        let page = Page::new(text);
        page.marks.iter().filter(|mark| mark.kind == Kind::Stop).map(|mark| &text[..mark.at]).collect()
    }

    #[test]
    fn lines_without_blank_ones() {
        let page = Page::new("\n  क ख \r\n\n\nग।\n");
        assert_eq!(page.lines.iter().map(|line| page.of(line)).collect::<Vec<_>>(), ["क ख", "ग।"]);
        assert_eq!(page.lines[1].ending, Ending::Stop);
        assert!(Page::new(" \n ").lines.is_empty());
    }

    #[test]
    fn a_point_is_not_always_an_end() {
        assert_eq!(stops("3.5 करोड़। डॉ. सिंह ने कहा."), ["3.5 करोड़।", "3.5 करोड़। डॉ. सिंह ने कहा."]);
        assert_eq!(stops("Mr. A. Smith of example.com said.Also"), ["Mr. A. Smith of example.com said."]);
        assert_eq!(stops("وہ گیا۔ 好。"), ["وہ گیا۔", "وہ گیا۔ 好。"]);
    }

    #[test]
    fn endings() {
        for (text, ending) in [
            ("है।", Ending::Stop),
            ("said.”", Ending::Stop),
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
