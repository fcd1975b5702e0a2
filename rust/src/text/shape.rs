//! What a page of plain text looks like: its lines, and in them the marks at which something may begin or end.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use crate::blocks::{Block, Engine, Task, engines, fastest};
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

/// What was found out of a line by itself, whatever stands around it: it goes with the line from pass to pass.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Tells the line from the others of its page; 0 for a line that is new.
    pub id: u32,
    /// The cue at either end, once it was looked up.
    pub hit: Option<Hit>,
    /// Nothing is to be cut inside it.
    pub whole: Cell<bool>,
    /// It is no by-line.
    pub unsigned: Cell<bool>,
    /// It begins with no dateline.
    pub undated: Cell<bool>,
    /// It begins with no place and agency between commas.
    pub unplaced: Cell<bool>,
    /// [`crate::cues::Cues::appeals`] outside brackets.
    pub appeals: Cell<Option<u8>>,
    /// The line that does not begin with what this one says.
    pub no_lead_of: Cell<u32>,
}

pub struct Page<'a> {
    pub text: Cow<'a, str>,
    pub lines: Vec<Line>,
    pub marks: Vec<Mark>,
    /// Most long lines end without a full stop, so that its absence says nothing.
    pub unpunctuated: bool,
    /// One a line.
    pub known: Vec<Known>,
    /// What was spent on this page and those that it was cut out of, in bytes looked at.
    pub work: Cell<usize>,
}

/// What taking over a line and judging it again costs, in bytes looked at; and bytes that are copied at the cost of looking at one.
const CARRIED: usize = 8;
const COPIED: usize = 16;

/// Characters of a line that is more than a headline.
const LONG: usize = 100;

/// Bytes looked at together.
const BLOCK: usize = 64;

/// Of a block, bit i for byte i.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Masks {
    /// The byte is, or ends the character that is, a line break, a mark or a bracket.
    ends: u64,
    /// A character begins here.
    chars: u64,
}

fn masks(bytes: &[u8]) -> Vec<Masks> {
    match engines().last() {
        None | Some(Engine::Portable) => masks_by_bytes(bytes),
        Some(_) => fastest(Find(bytes)),
    }
}

/// The masks of a text, block by block, byte by byte.
fn masks_by_bytes(bytes: &[u8]) -> Vec<Masks> {
    let mut masks = vec![Masks { ends: 0, chars: 0 }; bytes.len().div_ceil(BLOCK)];
    let mut before = [0; 2];
    for (at, &byte) in bytes.iter().enumerate() {
        let ends = match (before, byte) {
            (_, b'\n' | b'\r' | b'.' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'|') => true,
            // danda and double danda
            ([0xE0, 0xA5], 0xA4 | 0xA5) => true,
            ([_, 0xDB], 0x94) | ([_, 0xD8], 0x9F) => true,
            // ellipsis, line and paragraph separator
            ([0xE2, 0x80], 0xA6 | 0xA8 | 0xA9) => true,
            ([0xE3, 0x80], 0x82) | ([0xEF, 0xBC], 0x81 | 0x9F) => true,
            _ => false,
        };
        let mask = &mut masks[at / BLOCK];
        mask.ends |= u64::from(ends) << (at % BLOCK);
        mask.chars |= u64::from(byte & 0xC0 != 0x80) << (at % BLOCK);
        before = [before[1], byte];
    }
    masks
}

/// [`masks_by_bytes`] in wide registers.
struct Find<'a>(&'a [u8]);

impl Task for Find<'_> {
    type Output = Vec<Masks>;

    #[inline(always)]
    unsafe fn run<B: Block>(self) -> Vec<Masks> {
        let mut masks = Vec::with_capacity(self.0.len().div_ceil(BLOCK));
        let (blocks, rest) = self.0.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let mut before = [0; BEGINNINGS];
        for block in blocks.iter().chain((!rest.is_empty()).then_some(&last)) {
            masks.push(unsafe { masks_of::<B>(block, &mut before) });
        }
        if let (false, Some(last)) = (rest.is_empty(), masks.last_mut()) {
            last.chars &= (1 << rest.len()) - 1;
        }
        masks
    }
}

/// Bytes that may begin a mark of several bytes, and pairs of them.
const BEGINNINGS: usize = 10;

/// The masks of a block; `before` says which beginnings stand at the end of the block before.
#[inline(always)]
unsafe fn masks_of<B: Block>(block: &[u8; BLOCK], before: &mut [u64; BEGINNINGS]) -> Masks {
    unsafe {
        let bytes = B::load(block);
        let is = |byte: u8| bytes.equal(byte);
        let breaks = is(b'\n') | is(b'\r');
        let stops = is(b'.') | is(b'!') | is(b'?');
        let ascii = breaks | stops | is(b'(') | is(b')') | is(b'[') | is(b']') | is(b'|');
        if bytes.any(0x80) == 0 {
            *before = [0; BEGINNINGS];
            return Masks { ends: ascii, chars: u64::MAX };
        }
        let after = |number: usize, beginning: u64| beginning << 1 | before[number];
        let ones = [is(0xE0), is(0xE2), is(0xE3), is(0xEF), is(0xDB), is(0xD8)];
        let second = is(0x80);
        let pairs = [
            after(0, ones[0]) & is(0xA5),
            after(1, ones[1]) & second,
            after(2, ones[2]) & second,
            after(3, ones[3]) & is(0xBC),
        ];
        let danda = after(6, pairs[0]) & (is(0xA4) | is(0xA5));
        // ellipsis, line and paragraph separator
        let general = after(7, pairs[1]) & (is(0xA6) | is(0xA8) | is(0xA9));
        let wide = after(8, pairs[2]) & is(0x82) | after(9, pairs[3]) & (is(0x81) | is(0x9F));
        let arabic = after(4, ones[4]) & is(0x94) | after(5, ones[5]) & is(0x9F);
        for (before, beginning) in before.iter_mut().zip(ones.into_iter().chain(pairs)) {
            *before = beginning >> 63;
        }
        Masks { ends: ascii | danda | general | wide | arabic, chars: !bytes.within(0x80, 0xBF) }
    }
}

/// Characters that begin in a stretch of the bytes of which these are the masks.
fn count_chars(masks: &[Masks], range: Range<usize>) -> usize {
    let (first, last) = (range.start / BLOCK, range.end / BLOCK);
    let from = u64::MAX << (range.start % BLOCK);
    let to = (1 << (range.end % BLOCK)) - 1;
    let ones = |at: usize, of: u64| masks.get(at).map_or(0, |masks| (masks.chars & of).count_ones() as usize);
    if first == last {
        return ones(first, from & to);
    }
    (first + 1..last).fold(ones(first, from) + ones(last, to), |count, at| count + ones(at, u64::MAX))
}

impl<'a> Page<'a> {
    /// One pass over the bytes.
    pub fn new(text: &'a str) -> Page<'a> {
        let mut page = Page::empty(Cow::Borrowed(text), text.len() / 128 + 2, text.len() / 64 + 4);
        page.read(0..text.len());
        page.judge();
        page
    }

    fn empty(text: Cow<'a, str>, lines: usize, marks: usize) -> Page<'a> {
        Page {
            text,
            lines: Vec::with_capacity(lines),
            marks: Vec::with_capacity(marks),
            unpunctuated: false,
            known: Vec::with_capacity(lines),
            work: Cell::new(0),
        }
    }

    /// The page of which only the stretches `kept` are left, which make up `text`. What is known of a line goes with it; only the lines on
    /// either side of a cut are read anew, as they may have become one.
    pub fn cut(&self, text: String, kept: &[Range<usize>]) -> Page<'static> {
        let mut page = Page::empty(Cow::Owned(text), self.lines.len(), self.marks.len());
        page.spend(self.work.get() + self.lines.len() * CARRIED + page.text.len() / COPIED);
        let (mut at, mut place, mut read) = (0, 0, 0);
        for range in kept {
            at += self.lines[at..].iter().take_while(|line| line.start < range.start).count();
            let inside = self.lines[at..].iter().take_while(|line| line.end <= range.end).count();
            let first = if range.start == 0 { at } else { at + 1 };
            at += inside;
            let last = if range.end == self.text.len() { at } else { at.saturating_sub(1) };
            if first < last {
                let moved = |at: usize| at - range.start + place;
                page.read(read..moved(self.lines[first].start));
                page.carry(self, first..last, moved);
                read = moved(self.lines[last - 1].end);
            }
            place += range.len();
        }
        page.read(read..page.text.len());
        page.judge();
        // what is running text has changed, and with it what may be cut inside it
        if page.unpunctuated != self.unpunctuated {
            page.known.iter().for_each(|known| known.whole.set(false));
        }
        page
    }

    /// Takes over lines of another page.
    fn carry(&mut self, from: &Page<'_>, lines: Range<usize>, moved: impl Fn(usize) -> usize) {
        let marks = from.lines[lines.start].marks.start..from.lines[lines.end - 1].marks.end;
        let to = self.marks.len();
        self.lines.extend(from.lines[lines.clone()].iter().map(|line| Line {
            start: moved(line.start),
            end: moved(line.end),
            marks: line.marks.start - marks.start + to..line.marks.end - marks.start + to,
            ..*line
        }));
        self.marks.extend(from.marks[marks].iter().map(|mark| Mark { at: moved(mark.at), ..*mark }));
        self.known.extend_from_slice(&from.known[lines]);
    }

    /// Adds the lines of a stretch that begins and ends where lines do.
    fn read(&mut self, range: Range<usize>) {
        self.spend(range.len());
        let text = std::mem::take(&mut self.text);
        let bytes = &text.as_bytes()[..range.end];
        let masks = masks(&bytes[range.start..]);
        let (mut line_start, mut first_mark) = (range.start, self.marks.len());
        for (number, mask) in masks.iter().enumerate() {
            let mut ends = mask.ends;
            while ends != 0 {
                let at = range.start + number * BLOCK + ends.trailing_zeros() as usize;
                ends &= ends - 1;
                match bytes[at] {
                    b'\n' | b'\r' => {
                        self.close(&text, line_start..at, first_mark, &masks, range.start);
                        (line_start, first_mark) = (at + 1, self.marks.len());
                    }
                    b'.' if !ends_sentence(text.as_bytes(), line_start, at) => {}
                    b'(' | b'[' => self.marks.push(Mark { at, kind: Kind::Open }),
                    b')' | b']' => self.marks.push(Mark { at, kind: Kind::Close }),
                    b'|' => self.marks.push(Mark { at, kind: Kind::Bar }),
                    // the separators are the only ones that end in these and are no stops
                    0xA8 | 0xA9 => {
                        self.close(&text, line_start..at - 2, first_mark, &masks, range.start);
                        (line_start, first_mark) = (at + 1, self.marks.len());
                    }
                    _ => self.marks.push(Mark { at: at + 1, kind: Kind::Stop }),
                }
            }
        }
        self.close(&text, line_start..range.end, first_mark, &masks, range.start);
        self.text = text;
    }

    fn judge(&mut self) {
        let long = self.lines.iter().filter(|line| line.chars >= LONG);
        let (open, all) =
            long.fold((0, 0), |(open, all), line| (open + (line.ending == Ending::Open) as usize, all + 1));
        self.unpunctuated = open * 2 > all;
    }

    /// Counts work that is done anew on every pass.
    pub fn spend(&self, bytes: usize) {
        self.work.set(self.work.get().saturating_add(bytes));
    }

    pub fn of(&self, line: &Line) -> &str {
        &self.text[line.start..line.end]
    }

    pub fn marks_of(&self, line: &Line) -> &[Mark] {
        &self.marks[line.marks.clone()]
    }

    /// Adds the line that fills a stretch; `masks` are those of the bytes from `origin` on.
    fn close(&mut self, text: &str, range: Range<usize>, first_mark: usize, masks: &[Masks], origin: usize) {
        let trimmed = trim(&text[range.clone()]);
        if trimmed.is_empty() {
            return;
        }
        let start = range.start + trimmed.start;
        let end = range.start + trimmed.end;
        let mut stops = 0;
        let mut last: Option<usize> = None;
        for mark in self.marks[first_mark..].iter().filter(|mark| mark.kind == Kind::Stop) {
            // "?!" and "..." are one end
            stops += last.is_none_or(|last| mark.at > last + 3) as usize;
            last = Some(mark.at);
        }
        self.lines.push(Line {
            start,
            end,
            chars: count_chars(masks, start - origin..end - origin),
            marks: first_mark..self.marks.len(),
            stops,
            ending: ending(&text[start..end]),
        });
        self.known.push(Known::default());
    }
}

/// What is left of a line without the blanks around it.
fn trim(raw: &str) -> Range<usize> {
    const BLANK: [char; 3] = ['\u{FEFF}', '\u{200B}', '\u{200E}'];
    let is_blank = |char: char| char.is_whitespace() || BLANK.contains(&char);
    // most lines need no look at characters
    if let (Some(b'!'..=b'~'), Some(b'!'..=b'~')) = (raw.as_bytes().first(), raw.as_bytes().last()) {
        return 0..raw.len();
    }
    let start = raw.len() - raw.trim_start_matches(is_blank).len();
    start..start + raw[start..].trim_end_matches(is_blank).len()
}

/// True where the point at `at` ends a sentence: not in "3.5", "डॉ. सिंह", "U.S.", "example.com", but in "थी।" and the glued "said.Also".
fn ends_sentence(bytes: &[u8], line_start: usize, at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
    if next.is_ascii_digit() || next.is_ascii_lowercase() || matches!(next, b'.' | b',' | b'/' | b'-' | b':') {
        return next == b'.' && at > line_start && bytes[at - 1] != b'.' && bytes.get(at + 2) == Some(&b'.');
    }
    if next == b'\n' || next == b'\r' || at + 1 == bytes.len() {
        return true;
    }
    let word = bytes[line_start..at]
        .iter()
        .rev()
        .take(13)
        .take_while(|&&byte| !matches!(byte, b' ' | b'(' | b'\n' | b'.' | 0xA0))
        .count();
    let before = &bytes[at - word..at];
    match before {
        [] => true,
        // an initial, and "8. Item"
        [one] => !one.is_ascii_alphanumeric(),
        [one, two] if one.is_ascii_digit() && two.is_ascii_digit() => false,
        [first, ..] if first.is_ascii() => word > 4 || !LATIN.iter().any(|known| known.as_bytes() == before),
        _ => word > 12 || !INDIC.iter().any(|known| known.as_bytes() == before),
    }
}

/// What a point stands after inside a sentence: titles, and letters spelled out as initials are in Indic scripts. Of at most 4 and 12 bytes.
#[rustfmt::skip]
const LATIN: [&str; 19] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Col", "Capt", "Lt", "Sen", "Rep", "No", "vs", "Rs", "Sr", "Jr", "Nr", "Art",
];
#[rustfmt::skip]
const INDIC: [&str; 39] = [
    "डॉ", "डा", "प्रो", "पं", "स्व", "मो", "नं", "रु", "कु", "सं", "ए", "बी", "सी", "डी", "ई", "एफ", "जी", "एच", "आई", "जे", "के", "एल", "एम",
    "एन", "ओ", "पी", "आर", "एस", "टी", "यू", "वी", "ডা", "ড", "మ", "డా", "ಡಾ", "ഡോ", "ডঃ", "ડૉ",
];

fn ending(trimmed: &str) -> Ending {
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
    use crate::blocks::run_on;

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
    fn a_page_holds_what_a_walk_over_characters_finds() {
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
            for &engine in engines().iter().filter(|&&engine| engine != Engine::Portable) {
                assert_eq!(run_on(engine, Find(text.as_bytes())), masks_by_bytes(text.as_bytes()), "{engine:?} {text}");
            }
            let page = Page::new(&text);
            assert_eq!(page.marks, expected, "{text}");
            assert!(page.lines.iter().all(|line| line.chars == page.of(line).chars().count()), "{text}");
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
