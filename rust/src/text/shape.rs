//! What a page of plain text looks like: its lines, and in them the marks at which something may begin or end.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use super::ends::{ending, ends_sentence};
use super::known::{Known, Not};
use super::masks::{self, Masks, before_sign, count_chars, has_link};
use crate::blocks::BLOCK;

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
    /// Bytes before its first colon, hyphen, slash or dash, or less.
    pub before_sign: usize,
    /// It may have a slash.
    pub may_link: bool,
    /// It may have a bracket.
    pub may_bracket: bool,
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

/// A position inside a line, and what stands there: one number, as a page can be nothing but brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    fn new(at: usize, kind: Kind) -> Mark {
        Mark((at as u64) << 2 | kind as u64)
    }

    pub fn at(self) -> usize {
        (self.0 >> 2) as usize
    }

    pub fn kind(self) -> Kind {
        [Kind::Stop, Kind::Open, Kind::Close, Kind::Bar][(self.0 & 3) as usize]
    }
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
    pub text: Cow<'a, str>,
    pub lines: Vec<Line>,
    pub marks: Vec<Mark>,
    /// Most long lines end without a full stop, so that its absence says nothing.
    pub unpunctuated: bool,
    /// One a line.
    pub known: Vec<Known>,
    /// The last number that a line of this page, or of those that it was cut out of, was told from the others by.
    pub last_id: u32,
    /// What was spent on this page and those that it was cut out of, in bytes looked at.
    pub work: Cell<usize>,
}

/// Room for what a page consists of, which one page after another takes up.
#[derive(Default)]
pub struct Room {
    lines: Vec<Line>,
    marks: Vec<Mark>,
    known: Vec<Known>,
}

/// What taking over a line and judging it again costs, and what judging a stretch between two marks costs, in bytes looked at; and bytes that
/// are copied at the cost of looking at one.
const CARRIED: usize = 24;
const JUDGED: usize = 24;
const COPIED: usize = 16;

/// Characters of a line that is more than a headline.
const LONG: usize = 100;

impl<'a> Page<'a> {
    /// One pass over the bytes.
    pub fn new(text: &'a str) -> Page<'a> {
        Page::within(text, Room::default(), &mut Vec::new())
    }

    /// [`Page::new`] in the room of another page; `masks` may hold anything.
    pub(super) fn within(text: &'a str, room: Room, masks: &mut Vec<Masks>) -> Page<'a> {
        let mut page = Page::empty(Cow::Borrowed(text), room, text.len() / 128 + 2, text.len() / 64 + 4);
        page.read(0..text.len(), masks);
        page.judge();
        page
    }

    fn empty(text: Cow<'a, str>, mut room: Room, lines: usize, marks: usize) -> Page<'a> {
        room.lines.clear();
        room.lines.reserve(lines);
        room.marks.clear();
        room.marks.reserve(marks);
        room.known.clear();
        room.known.reserve(lines);
        let Room { lines, marks, known } = room;
        Page { text, lines, marks, unpunctuated: false, known, last_id: 0, work: Cell::new(0) }
    }

    /// The text, and the room that the page took up.
    pub fn leave(self) -> (Cow<'a, str>, Room) {
        (self.text, Room { lines: self.lines, marks: self.marks, known: self.known })
    }

    /// The page of which only the stretches `kept` are left, which make up `text`. What is known of a line goes with it; only what is left of a
    /// line and what no line break parts from that is read anew, as it may have become one line.
    pub(super) fn cut(&self, text: String, kept: &[Range<usize>], room: Room, masks: &mut Vec<Masks>) -> Page<'static> {
        let mut page = Page::empty(Cow::Owned(text), room, self.lines.len(), self.marks.len());
        page.last_id = self.last_id;
        page.spend(self.work.get() + self.lines.len() * CARRIED + page.text.len() / COPIED);
        let (mut at, mut place, mut read) = (0, 0, 0);
        let breaks = |range: Range<usize>| self.text[range].contains(BREAKS);
        let break_at = |at: usize| matches!(self.text.as_bytes().get(at), None | Some(b'\n' | b'\r'));
        for (number, range) in kept.iter().enumerate() {
            at += self.lines[at..].iter().take_while(|line| line.start < range.start).count();
            let inside = self.lines[at..].iter().take_while(|line| line.end <= range.end).count();
            let (before, after) = (number.checked_sub(1).map(|before| &kept[before]), kept.get(number + 1));
            // the line was parted from the one above by the same break, or begins the text
            let begins = |line: &Line| {
                let cut_off = range.start == line.start && range.start.checked_sub(1).is_none_or(break_at);
                let parted = |before: &Range<usize>| breaks(self.text[..before.end].trim_end().len()..before.end);
                range.start == 0 || breaks(range.start..line.start) || cut_off && before.is_none_or(parted)
            };
            let ends = |line: &Line| {
                let cut_off = range.end == line.end && break_at(range.end);
                breaks(line.end..range.end) || cut_off && after.is_none_or(|after| break_at(after.start))
            };
            let mut whole = at..at + inside;
            at = whole.end;
            if !whole.is_empty() && !begins(&self.lines[whole.start]) {
                whole.start += 1;
            }
            if !whole.is_empty() && !ends(&self.lines[whole.end - 1]) {
                whole.end -= 1;
            }
            if !whole.is_empty() {
                let moved = |at: usize| at - range.start + place;
                page.read(read..moved(self.lines[whole.start].start), masks);
                page.carry(self, whole.clone(), moved);
                read = moved(self.lines[whole.end - 1].end);
            }
            place += range.len();
        }
        page.read(read..page.text.len(), masks);
        page.judge();
        // what is running text has changed, and with it what may be cut inside it
        if page.unpunctuated != self.unpunctuated {
            page.known.iter().for_each(|known| known.set_not(Not::Cut, false));
        }
        // the last line of a page may end in a by-line
        if let (Some(last), Some(before)) = (page.known.last(), self.known.last())
            && last.id != before.id
        {
            last.set_not(Not::Cut, false);
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
        self.marks.extend(from.marks[marks].iter().map(|mark| Mark::new(moved(mark.at()), mark.kind())));
        self.known.extend_from_slice(&from.known[lines]);
    }

    /// Adds the lines of a stretch that begins and ends where lines do.
    fn read(&mut self, range: Range<usize>, masks: &mut Vec<Masks>) {
        if range.is_empty() {
            return;
        }
        let marks = self.marks.len();
        let text = std::mem::take(&mut self.text);
        let bytes = &text.as_bytes()[..range.end];
        masks::find(&bytes[range.start..], masks);
        let (mut line_start, mut first_mark) = (range.start, self.marks.len());
        let mut found = Found::default();
        for (number, mask) in masks.iter().enumerate() {
            let mut ends = mask.ends;
            found.slash |= mask.links != 0;
            while ends != 0 {
                let at = range.start + number * BLOCK + ends.trailing_zeros() as usize;
                ends &= ends - 1;
                match bytes[at] {
                    b'\n' | b'\r' => {
                        self.close(&text, line_start..at, (first_mark, found.take(mask)), masks, range.start);
                        (line_start, first_mark) = (at + 1, self.marks.len());
                    }
                    b'.' if !ends_sentence(text.as_bytes(), line_start, at) => {}
                    bracket @ (b'(' | b'[' | b')' | b']') => {
                        found.brackets = true;
                        let kind = if matches!(bracket, b'(' | b'[') { Kind::Open } else { Kind::Close };
                        self.marks.push(Mark::new(at, kind));
                    }
                    b'|' => self.marks.push(Mark::new(at, Kind::Bar)),
                    // the separators are the only ones that end in these and are no stops
                    0xA8 | 0xA9 => {
                        self.close(&text, line_start..at - 2, (first_mark, found.take(mask)), masks, range.start);
                        (line_start, first_mark) = (at + 1, self.marks.len());
                    }
                    _ => {
                        found.add_stop(at + 1);
                        self.marks.push(Mark::new(at + 1, Kind::Stop));
                    }
                }
            }
        }
        self.close(&text, line_start..range.end, (first_mark, found), masks, range.start);
        self.text = text;
        self.spend(range.len() + (self.marks.len() - marks) * JUDGED);
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

    /// What is left of a line from byte `start` of the page on.
    pub fn rest_of(&self, line: &Line, start: usize) -> Line {
        let passed = self.marks_of(line).iter().take_while(|mark| mark.at() < start).count();
        Line {
            start,
            chars: line.chars - self.text[line.start..start].chars().count(),
            marks: line.marks.start + passed..line.marks.end,
            before_sign: 0,
            may_link: true,
            ..line.clone()
        }
    }

    /// Adds the line that fills a stretch; `masks` are those of the bytes from `origin` on.
    fn close(
        &mut self,
        text: &str,
        range: Range<usize>,
        (first_mark, found): (usize, Found),
        masks: &[Masks],
        origin: usize,
    ) {
        let trimmed = if range.is_empty() { 0..0 } else { trim(&text[range.clone()]) };
        if trimmed.is_empty() {
            return;
        }
        let start = range.start + trimmed.start;
        let end = range.start + trimmed.end;
        self.lines.push(Line {
            start,
            end,
            chars: count_chars(masks, start - origin..end - origin),
            marks: first_mark..self.marks.len(),
            stops: found.stops,
            ending: ending(&text[start..end]),
            before_sign: before_sign(masks, start - origin..end - origin),
            may_link: found.slash && has_link(masks, start - origin..end - origin),
            may_bracket: found.brackets,
        });
        self.known.push(Known::default());
    }
}

/// Marks of a line.
#[derive(Default)]
struct Found {
    /// Sentence ends.
    stops: usize,
    /// Where the last of them is over.
    last: Option<usize>,
    brackets: bool,
    /// A block in which the line stands has a slash.
    slash: bool,
}

impl Found {
    fn add_stop(&mut self, at: usize) {
        // "?!" and "..." are one end
        self.stops += self.last.is_none_or(|last| at > last + 3) as usize;
        self.last = Some(at);
    }

    /// What there is; the next line has nothing yet but the block in which this one ends.
    fn take(&mut self, block: &Masks) -> Found {
        std::mem::replace(self, Found { slash: block.links != 0, ..Found::default() })
    }
}

/// What is left of a line without the blanks around it.
fn trim(raw: &str) -> Range<usize> {
    const BLANK: [char; 3] = ['\u{FEFF}', '\u{200B}', '\u{200E}'];
    let is_blank = |char: char| char.is_whitespace() || BLANK.contains(&char);
    // most lines need no look at characters: of those that begin with 0xE0 none is blank
    if let ([b'!'..=b'~' | 0xE0, ..], [.., b'!'..=b'~'] | [.., 0xE0, _, _]) = (raw.as_bytes(), raw.as_bytes()) {
        return 0..raw.len();
    }
    let start = raw.len() - raw.trim_start_matches(is_blank).len();
    start..start + raw[start..].trim_end_matches(is_blank).len()
}

/// Where lines end.
pub(super) const BREAKS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(text: &str) -> Vec<&str> {
        let page = Page::new(text);
        page.marks.iter().filter(|mark| mark.kind() == Kind::Stop).map(|mark| &text[..mark.at()]).collect()
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
        assert_eq!(
            stops("ഐ.ടി പഠനം തുടങ്ങി.അവർ വന്നു. ക. ഖ"),
            ["ഐ.ടി പഠനം തുടങ്ങി.", "ഐ.ടി പഠനം തുടങ്ങി.അവർ വന്നു.", "ഐ.ടി പഠനം തുടങ്ങി.അവർ വന്നു. ക."]
        );
        assert_eq!(stops("वह गया।अब"), ["वह गया।"]);
        assert_eq!(stops("وہ گیا۔ 好。"), ["وہ گیا۔", "وہ گیا۔ 好。"]);
    }

    #[test]
    fn a_page_holds_what_a_walk_over_characters_finds() {
        let others = ["’", "ह्\u{200D}", "好", "م"];
        let pieces = [&masks::SIGNS[..], &others].concat();
        let mut next = crate::draws::draws(7);
        for length in 0..300 {
            let text: String = (0..length).map(|_| pieces[next(pieces.len())]).collect();
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
                expected.push(Mark::new(place, kind));
            }
            let page = Page::new(&text);
            assert_eq!(page.marks, expected, "{text}");
            assert!(page.lines.iter().all(|line| line.chars == page.of(line).chars().count()), "{text}");
            let lines: Vec<&str> =
                text.split(['\n', '\u{2028}']).map(str::trim).filter(|line| !line.is_empty()).collect();
            assert_eq!(page.lines.iter().map(|line| page.of(line)).collect::<Vec<_>>(), lines);
        }
    }
}
