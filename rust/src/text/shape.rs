//! What a page of plain text looks like: its lines, and in them the marks at which something may begin or end.

use std::ops::Range;

use crate::cues::Hit;

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
    /// The cue at either end of each line, once they were looked up.
    pub hits: Vec<Option<Hit>>,
}

/// Characters of a line that is more than a headline.
const LONG: usize = 100;

/// Bytes looked at together.
const BLOCK: usize = 64;

/// 1 for each byte that is, or ends the character that is, a line break, a mark or a bracket; 0 for the others. `before` holds two bytes
/// more at its beginning. Written so that the compiler compares many bytes at once.
fn ends_of_marks(before: &[u8; BLOCK + 2]) -> [u8; BLOCK] {
    let mut found = [0; BLOCK];
    for at in 0..BLOCK {
        let [first, second, byte] = [before[at], before[at + 1], before[at + 2]];
        let is = |known: u8| byte == known;
        let ascii = is(b'\n') | is(b'\r') | is(b'.') | is(b'!') | is(b'?');
        let bracket = is(b'(') | is(b')') | is(b'[') | is(b']') | is(b'|');
        // danda and double danda
        let indic = (first == 0xE0) & (second == 0xA5) & (byte | 1 == 0xA5);
        let arabic = (second == 0xDB) & is(0x94) | (second == 0xD8) & is(0x9F);
        // ellipsis, line and paragraph separator
        let general = (first == 0xE2) & (second == 0x80) & (is(0xA6) | is(0xA8) | is(0xA9));
        let wide =
            (first == 0xE3) & (second == 0x80) & is(0x82) | (first == 0xEF) & (second == 0xBC) & (is(0x81) | is(0x9F));
        found[at] = (ascii | bracket | indic | arabic | general | wide) as u8;
    }
    found
}

impl<'a> Page<'a> {
    /// One pass over the bytes.
    pub fn new(text: &'a str) -> Page<'a> {
        let bytes = text.as_bytes();
        let mut page = Page {
            text,
            lines: Vec::with_capacity(bytes.len() / 256 + 2),
            marks: Vec::with_capacity(bytes.len() / 96 + 4),
            unpunctuated: false,
            hits: Vec::new(),
        };
        let (mut line_start, mut first_mark) = (0, 0);
        for (number, chunk) in bytes.chunks(BLOCK).enumerate() {
            let inside = bytes.get((number * BLOCK).wrapping_sub(2)..).and_then(<[u8]>::first_chunk);
            let found = match inside {
                Some(block) => ends_of_marks(block),
                // nothing stands before the first block, and too little in the last
                None => {
                    let mut block = [0; BLOCK + 2];
                    let before = &bytes[(number * BLOCK).saturating_sub(2)..number * BLOCK];
                    block[2 - before.len()..2].copy_from_slice(before);
                    block[2..2 + chunk.len()].copy_from_slice(chunk);
                    ends_of_marks(&block)
                }
            };
            for (word, found) in found.as_chunks().0.iter().enumerate() {
                let mut found = u64::from_le_bytes(*found);
                while found != 0 {
                    let at = number * BLOCK + word * 8 + found.trailing_zeros() as usize / 8;
                    found &= found - 1;
                    let mark = |at, kind| Mark { at, kind };
                    match bytes[at] {
                        b'\n' | b'\r' => {
                            page.close(line_start, at, first_mark);
                            (line_start, first_mark) = (at + 1, page.marks.len());
                        }
                        b'.' if !ends_sentence(bytes, at) => {}
                        b'(' | b'[' => page.marks.push(mark(at, Kind::Open)),
                        b')' | b']' => page.marks.push(mark(at, Kind::Close)),
                        b'|' => page.marks.push(mark(at, Kind::Bar)),
                        // the separators are the only ones that end in these and are no stops
                        0xA8 | 0xA9 => {
                            page.close(line_start, at - 2, first_mark);
                            (line_start, first_mark) = (at + 1, page.marks.len());
                        }
                        _ => page.marks.push(mark(at + 1, Kind::Stop)),
                    }
                }
            }
        }
        page.close(line_start, bytes.len(), first_mark);
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

    fn close(&mut self, start: usize, end: usize, first_mark: usize) {
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
        self.lines.push(Line {
            start: first,
            end: first + trimmed.len(),
            chars: trimmed.chars().count(),
            marks: first_mark..self.marks.len(),
            stops,
            ending: ending(trimmed),
        });
    }
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
    fn blocks_find_what_a_walk_over_characters_finds() {
        let pieces = [
            "क",
            "।",
            "॥",
            "۔",
            "؟",
            "。",
            "！",
            "？",
            "…",
            "\u{2028}",
            "\n",
            "(",
            "]",
            "|",
            "!",
            "é",
            "ab",
            "’",
            "ह्\u{200D}",
            "好",
            "م",
        ];
        let mut state = 7_usize;
        for length in 0..300 {
            let text: String = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    pieces[(state >> 33) % pieces.len()]
                })
                .collect();
            let mut expected = Vec::new();
            for (at, char) in text.char_indices() {
                let (place, kind) = match char {
                    '!' | '।' | '॥' | '۔' | '؟' | '。' | '！' | '？' | '…' => {
                        (at + char.len_utf8(), Kind::Stop)
                    }
                    '(' => (at, Kind::Open),
                    ']' => (at, Kind::Close),
                    '|' => (at, Kind::Bar),
                    _ => continue,
                };
                expected.push(Mark { at: place, kind });
            }
            let page = Page::new(&text);
            assert_eq!(page.marks, expected, "{text}");
            let lines: Vec<&str> =
                text.split(['\n', '\u{2028}']).map(str::trim).filter(|line| !line.is_empty()).collect();
            assert_eq!(page.lines.iter().map(|line| page.of(line)).collect::<Vec<_>>(), lines);
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
