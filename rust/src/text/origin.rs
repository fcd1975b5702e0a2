//! Where a report comes from: place, day, agency and desk before its first sentence, in any order.

use super::credits::is_name;
use super::edges::{bare, head, to_word};
use super::lists::List;
use super::names::is_outlet;
use super::places::{OF_SENTENCES, is_listed_city, is_month, is_small, place_and_day, says_more};
use super::shape::{Line, Page};
use crate::cues::{Cues, is_digit, is_word};
use crate::spans::Reason;
use crate::words::{begins_word, has_digit, spaced};

/// Longest origin, in bytes of Latin and of other scripts, its parts, and words before its first mark.
const ORIGIN: (usize, usize) = (100, 270);
const PARTS: usize = 6;
const WORDS: usize = 12;
/// Most words of the name of a desk, and of a place.
const DESK: usize = 4;
const PLACE: usize = 3;
/// Most brackets of an origin.
const BRACKETS: usize = 4;
/// Bytes of a mark and of the quotation mark behind it, at most.
const MARK: usize = 8;
/// Shortest paragraph after an origin, in characters.
const PARAGRAPH: usize = 60;
/// What may stand between an origin and its text.
const GAP: [char; 11] = [' ', '\u{A0}', ':', 'ः', '-', '–', '—', '।', '.', '|', '∙'];

/// What one part of an origin is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Known as one, of several words or behind something else: one word alone ("भाषा") may be a word.
    Agency,
    BracketedAgency,
    /// Some name in brackets.
    Bracketed,
    /// Told by its last word, or by one word that stands first.
    Desk,
    /// A state or a country in brackets: what stands before them is a place.
    Region,
    City,
    Place,
    Day,
}

/// Where the text behind the origin of a line begins. Every part of an origin is a place, a day, an agency or a desk, and one that no
/// sentence begins with is among them: an agency beside a place or a day, a state or a country in brackets, a listed city.
pub(super) fn after_origin(page: &Page<'_>, line: &Line, cues: &Cues) -> Option<usize> {
    find(page, line, cues, false)
}

/// The same below other reports: there an agency or a desk is named beside a place or a day, or a day stands first.
pub(super) fn after_signed_origin(page: &Page<'_>, line: &Line, cues: &Cues) -> Option<usize> {
    find(page, line, cues, true)
}

/// A line that is nothing but an origin: "Place।", "Place, agency।".
pub(super) fn is_origin(text: &str, cues: &Cues) -> bool {
    let whole = || parts(text.trim_end_matches(GAP), cues, false);
    is_listed_city(bare(text), cues)
        || text.len() <= ORIGIN.1 / 2
            && may_be_parted(text)
            && whole().is_some_and(|parts| {
                parts.iter().any(is_signature) && parts.iter().any(|part| matches!(part, Part::City | Part::Day))
            })
}

/// False only where nothing stands in a text that parts an origin. Compares bytes many at once.
fn may_be_parted(text: &str) -> bool {
    let parts = |byte: u8| matches!(byte, b',' | b'/' | b'|' | b'(' | b')' | b'[' | b']' | b':' | 0xD8 | 0xE2) as u8;
    let pairs = text.as_bytes().iter().zip(text.as_bytes().get(1..).unwrap_or_default());
    // the last two bytes of the danda
    let danda = |(&before, &byte): (&u8, &u8)| u8::from(before == 0xA5) & u8::from(byte == 0xA4);
    text.bytes().fold(0, |found, byte| found | parts(byte)) | pairs.fold(0, |found, pair| found | danda(pair)) != 0
}

/// Who wrote it, in a line of a name or a desk, an outlet and a city, in any order: "Name, outlet, city", "Desk, outlet, city", "City, name".
pub(super) fn author_of_line<'t>(text: &'t str, cues: &Cues) -> Option<&'t str> {
    let separators = memchr::memchr2_iter(b',', b'|', text.as_bytes()).take(3).count();
    if !matches!(separators, 1 | 2) || has_digit(text) {
        return None;
    }
    let parts = || text.split([',', '|']).map(bare);
    let is_agency = |part: &str| is_agency(part, cues) || is_outlet(part);
    let agency = parts().find(|part| is_agency(part));
    let city = parts().find(|part| is_listed_city(part, cues));
    if agency.is_none() && city.is_none() {
        return None;
    }
    let mut others = parts().filter(|part| !is_listed_city(part, cues) && !is_agency(part));
    let is_named = |part: &&str| {
        let mut words = spaced(part);
        words.clone().nth(PLACE).is_none()
            && is_name(part)
            && !words.any(is_small)
            && place_and_day(part) == Some((true, false))
    };
    let (first, second) = (others.next().filter(is_named)?, others.next());
    if second.is_some_and(|second| !is_named(&second)) || others.next().is_some() {
        return None;
    }
    match (agency, city, second) {
        (Some(desk), Some(_), None) => Some(desk),
        (None, Some(_), _) | (Some(_), None, None) => Some(first).filter(|name| name.contains(' ')),
        _ => None,
    }
}

/// Before this byte of a line stands no mark and no bracket; None where the line begins as no origin does.
fn first_mark(page: &Page<'_>, line: &Line) -> Option<usize> {
    let (text, first) = (page.of(line), page.marks_of(line).first());
    let is_ascii = text.len() == line.chars || is_latin(text) && head(text, ORIGIN.0).is_ascii();
    if is_ascii && !line.may_bracket && line.before_sign >= text.len().min(ORIGIN.0) {
        return None;
    }
    let near = line.before_sign.min(first.map_or(usize::MAX, |mark| mark.at() - line.start));
    if near > longest(text) || !(begins_word(text) || text.starts_with(['(', '['])) {
        return None;
    }
    let before = &text.as_bytes()[..near.min(text.len())];
    if OF_SENTENCES.contains(&text[..memchr::memchr(b' ', before).unwrap_or(0)]) {
        return None;
    }
    let may_end = || !is_ascii || head(text, ORIGIN.0).as_bytes().get(near..).is_some_and(may_end);
    (is_brief(before) && may_end()).then_some(near)
}

/// Before this byte of what may begin with an origin stands nothing that ends it or parts it, but for commas; None where nothing ends it.
fn first_sign(head: &str) -> Option<usize> {
    let bytes = head.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'/' | b'|' | b'(' | b')' | b'[' | b']' => return Some(at),
            0xE0 if is_danda(bytes, at) => return Some(at),
            0xE0 => at += 3,
            b':' | b'-' | b'.' | 0xE2 if is_mark(head, at) => return Some(at),
            _ => at += 1,
        }
    }
}

/// False only where no origin of ASCII ends: there is no colon, no closing bracket, no dash.
fn may_end(ascii: &[u8]) -> bool {
    let is_dash = |at: usize| matches!(ascii.get(at + 1), Some(b' ' | b'-'));
    memchr::memchr3(b':', b')', b']', ascii).is_some() || memchr::memchr_iter(b'-', ascii).any(is_dash)
}

/// No more spaces than an origin has before its first mark. Counts many at once.
fn is_brief(bytes: &[u8]) -> bool {
    let spaces = bytes.chunks(128).map(|some| some.iter().map(|&byte| u8::from(byte == b' ')).sum::<u8>());
    spaces.map(usize::from).sum::<usize>() <= WORDS
}

fn longest(text: &str) -> usize {
    if is_latin(text) { ORIGIN.0 } else { ORIGIN.1 }
}

fn is_latin(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
}

fn find(page: &Page<'_>, line: &Line, cues: &Cues, signed: bool) -> Option<usize> {
    let near = first_mark(page, line)?;
    let text = page.of(line);
    let head = head(text, longest(text));
    // two parts have a comma or a bracket between them
    let parted = || {
        let bytes = head.as_bytes();
        memchr::memchr3(b',', b'(', b'/', bytes).or_else(|| memchr::memchr3(b'[', b'|', 0xD8, bytes)).is_some()
    };
    if signed && !parted() {
        return None;
    }
    // where a line was cut it is not known
    let near = if near == 0 { first_sign(head)? } else { near };
    if begins_sentence(&text[..near.min(text.len())], text, cues) {
        return None;
    }
    ends(head, near).in_order().find_map(|(end, mark)| {
        let rest = text[end..].trim_start_matches(|char| !is_word(char));
        if is_small(rest) || !is_longer(rest, PARAGRAPH) {
            return None;
        }
        if matches!(mark, '-' | '–' | '—') && is_compound(&head[..end - mark.len_utf8()], &text[end..], rest, cues)
        {
            return None;
        }
        let parts = parts(&head[..end], cues, signed)?;
        let parts = &*parts;
        let set_off = !matches!(mark, ')' | ']');
        let known = || {
            parts.iter().any(|part| matches!(part, Part::City | Part::Day))
                || parts[0] == Part::Agency
                || set_off && parts.contains(&Part::BracketedAgency)
                || mark == '।' && parts[..] == [Part::Place, Part::Agency]
        };
        let fits = fits(parts, &head[..end], mark, cues) && (!signed || known());
        fits.then(|| line.end - text[end..].trim_start_matches(GAP).len())
    })
}

/// More words than a desk has stand before the first comma or mark, and they are no place and no day: so begin most sentences that have a mark so
/// soon.
fn begins_sentence(before_mark: &str, text: &str, cues: &Cues) -> bool {
    let comma = memchr::memchr2(b',', 0xD8, before_mark.as_bytes()).unwrap_or(before_mark.len());
    let named = to_word(without_number(&before_mark[..comma]));
    let words = || spaced(named);
    let says_no_day = || !has_digit(&before_mark[..comma]) && !words().any(is_month);
    words().nth(DESK).is_some()
        && cues.begins_nothing(without_number(text))
        && (words().any(says_more) || says_no_day())
}

/// "Delhi - Mumbai", "Delhi–Mumbai road", "Place–16", "Rome - the city of Italy - is".
fn is_compound(before: &str, behind: &str, rest: &str, cues: &Cues) -> bool {
    let closed_up = !before.ends_with([' ', ')', ']']) && behind.starts_with(is_word);
    closed_up
        || rest.starts_with(is_digit)
        || is_listed_city(rest.split(|char| !is_word(char)).next().unwrap_or_default(), cues)
        || before.ends_with(' ') && head(rest, PARAGRAPH).contains(" - ")
}

/// "City: …" above a line that has the same mark behind a few words: both are entries of a list.
pub(super) fn is_entry(page: &Page<'_>, at: usize, cues: &Cues) -> bool {
    const BELOW: usize = 4;
    let ends_of = |at: usize| ends(head(page.of(&page.lines[at]), ORIGIN.1), 0);
    let city =
        ends_of(at).in_order().last().filter(|&(end, _)| is_listed_city(bare(&page.of(&page.lines[at])[..end]), cues));
    let Some((_, mark)) = city else { return false };
    let is_mark = |at: usize, (end, other): (usize, char)| {
        other == mark && spaced(&page.of(&page.lines[at])[..end]).nth(DESK).is_none()
    };
    (at + 1..page.lines.len().min(at + BELOW)).any(|at| ends_of(at).in_order().any(|end| is_mark(at, end)))
}

/// More characters than so many.
fn is_longer(text: &str, chars: usize) -> bool {
    const WIDEST: usize = 4;
    text.len() > chars * WIDEST || text.len() > chars && text.chars().nth(chars).is_some()
}

/// Where an origin may end, and by what.
#[derive(Default)]
struct Ends {
    found: [(usize, char); BRACKETS],
    count: usize,
}

impl Ends {
    fn push(&mut self, end: (usize, char)) {
        if let Some(next) = self.found.get_mut(self.count) {
            *next = end;
            self.count += 1;
        }
    }

    /// The last one first.
    fn in_order(self) -> impl Iterator<Item = (usize, char)> {
        self.found.into_iter().take(self.count).rev()
    }
}

/// Where an origin may end, and by what: behind its first mark outside of brackets, and behind the brackets before that, the last one first.
/// Before byte `near` of it stands no mark and no bracket.
fn ends(head: &str, near: usize) -> Ends {
    let bytes = head.as_bytes();
    let mut depth = 0_usize;
    let mut ends = Ends::default();
    let mut next = near.saturating_sub(MARK);
    while let Some(&byte) = bytes.get(next) {
        let at = next;
        if byte == 0xE0 && !is_danda(bytes, at) {
            next += 3;
            continue;
        }
        next += 1;
        match byte {
            b'(' | b'[' => depth += 1,
            byte @ (b')' | b']') => {
                depth = depth.saturating_sub(1);
                // "Headline (agency). Text" is no origin
                if bytes.get(at + 1) != Some(&b'.') {
                    ends.push((at + 1, char::from(byte)));
                }
                if ends.count == BRACKETS {
                    break;
                }
            }
            b':' | b'-' | b'.' | 0xE0 | 0xE2 if depth == 0 && is_mark(head, at) => {
                if let Some(mark) = head[at..].chars().next() {
                    ends.push((at + mark.len_utf8(), mark));
                }
                break;
            }
            _ => {}
        }
    }
    ends
}

/// A sign at byte `at` that ends an origin: colon, danda, dash, small bullet, a hyphen that joins nothing, a point behind other scripts.
fn is_mark(head: &str, at: usize) -> bool {
    let bytes = head.as_bytes();
    match &bytes[at..] {
        [b':', ..] | [b'-', b'-', ..] => true,
        [0xE0, ..] => is_danda(bytes, at),
        [b'-', b' ', ..] => matches!(bytes[..at].last(), Some(b' ' | b')' | b']')),
        // "ता. 5" is short for something
        [b'.', ..] => !head[..at].is_ascii() && !head[at + 1..].trim_start().starts_with(is_digit),
        [0xE2, ..] => head[at..].starts_with(['–', '—', '∙']),
        _ => false,
    }
}

#[inline]
fn is_danda(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 2) == Some(&0xA4) && bytes[at + 1] == 0xA5
}

/// The next sign from byte `from` on that parts an origin, and where it is over.
fn separator(origin: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = origin.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at)? {
            0xE0 if is_danda(bytes, at) => return Some((at, at + 3)),
            0xE0 => at += 3,
            b',' | b'/' | b'|' | b'(' | b')' | b'[' | b']' | b':' => return Some((at, at + 1)),
            0xE2 if matches!(bytes[at..], [_, 0x80, 0x93 | 0x94, ..]) => return Some((at, at + 3)),
            0xD8 if bytes.get(at + 1) == Some(&0x8C) => return Some((at, at + 2)),
            _ => at += 1,
        }
    }
}

/// The parts of an origin in their order.
struct Parts {
    found: [Part; PARTS],
    count: usize,
}

impl std::ops::Deref for Parts {
    type Target = [Part];

    fn deref(&self) -> &[Part] {
        &self.found[..self.count]
    }
}

/// The parts of an origin; None where one of them is something else, or where it has to be signed and is not.
fn parts(origin: &str, cues: &Cues, signed: bool) -> Option<Parts> {
    let (mut texts, mut count) = ([("", false); PARTS], 0);
    let (mut from, mut bracketed) = (0, false);
    loop {
        let separator = separator(origin, from);
        let (at, behind) = separator.unwrap_or((origin.len(), origin.len()));
        let (text, mark) = (bare(&origin[from..at]), &origin[at..behind]);
        let closed = bracketed && matches!(mark, ")" | "]");
        if closed && origin[behind..].starts_with('.') && origin[behind..].contains(is_word) {
            return None;
        }
        if !text.is_empty() {
            *texts.get_mut(count)? = (text, bracketed);
            count += 1;
        }
        if separator.is_none() {
            break;
        }
        (from, bracketed) = (behind, matches!(mark, "(" | "["));
    }
    let texts = &texts[..count];
    // "Place।" alone is no origin
    if signed && count < 2 || matches!(texts, [(_, false)]) && origin.ends_with('।') {
        return None;
    }
    let alone = count == 1;
    let begins_with_day = origin.starts_with(is_digit);
    // who signs is told sooner than what is a place
    if signed && !begins_with_day && !texts.iter().any(|(text, _)| is_agency(text, cues)) {
        return None;
    }
    let part = |at: usize, (text, bracketed): (&str, bool)| {
        let known = is_known_agency(text, cues);
        let desk = || is_desk(text);
        match bracketed {
            true if known || desk() => Some(Part::BracketedAgency),
            _ if known && (at > 0 || text.contains(' ') || text.is_ascii()) => Some(Part::Agency),
            _ if known || desk() => Some(Part::Desk),
            // some place or some day alone is no origin
            _ if alone => is_listed_city(text, cues).then_some(Part::City),
            _ if (at > 0 || bracketed) && REGIONS.contains(text) => Some(Part::Region),
            true => place_or_day(text, cues).map(|part| if part == Part::Place { Part::Bracketed } else { part }),
            false => place_or_day(text, cues),
        }
    };
    let mut parts = Parts { found: [Part::Place; PARTS], count };
    for (at, (found, text)) in parts.found.iter_mut().zip(texts).enumerate() {
        *found = part(at, *text)?;
    }
    (!signed || parts.iter().any(is_signature) || begins_with_day).then_some(parts)
}

fn place_or_day(text: &str, cues: &Cues) -> Option<Part> {
    if is_listed_city(text, cues) {
        return Some(Part::City);
    }
    match if is_headed(text) { None } else { place_and_day(text) }? {
        (true, false) if spaced(text).nth(PLACE).is_some() => None,
        (true, _) => Some(Part::Place),
        (false, _) => Some(Part::Day),
    }
}

/// "Headline. Place": behind a longer word the point is no abbreviation's.
fn is_headed(text: &str) -> bool {
    if memchr::memchr(b'.', text.as_bytes()).is_none() {
        return false;
    }
    let ends_word = |(at, _): (usize, &str)| {
        let word = text[..at].rsplit(|char| !is_word(char)).next().unwrap_or_default();
        word.chars().nth(3).is_some() && !word.ends_with(char::is_uppercase)
    };
    text.contains(".  ") || text.match_indices(". ").any(ends_word)
}

fn is_agency(text: &str, cues: &Cues) -> bool {
    is_known_agency(text, cues) || is_desk(text)
}

fn is_known_agency(text: &str, cues: &Cues) -> bool {
    let name = without_number(text);
    let is_cue = |hit: &crate::cues::Hit| matches!(hit.reason, Reason::Credit | Reason::Byline) && hit.is_alone(name);
    cues.at_start(name).as_ref().is_some_and(is_cue)
}

fn is_desk(text: &str) -> bool {
    let name = without_number(text).trim_end();
    let last = &name[memchr::memrchr(b' ', name.as_bytes()).map_or(0, |space| space + 1)..];
    spaced(last).last().is_some_and(|word| DESKS.contains(word)) && spaced(name).nth(DESK).is_none()
}

/// An agency or a desk without the number of an archive before it.
fn without_number(text: &str) -> &str {
    text.trim_start_matches(|char: char| is_digit(char) || char == ' ')
}

fn is_signature(part: &Part) -> bool {
    matches!(part, Part::Agency | Part::BracketedAgency | Part::Desk)
}

fn fits(parts: &[Part], origin: &str, mark: char, cues: &Cues) -> bool {
    let has = |of: fn(&Part) -> bool| parts.iter().any(of);
    let known = has(|part| matches!(part, Part::City | Part::Day));
    let in_capitals =
        |text: &str| text.starts_with(|char: char| char.is_ascii_uppercase()) && !text.contains(char::is_lowercase);
    let first = || origin.split([',', ' ']).next().unwrap_or_default();
    // a name of two words or three: one word may be whom a sentence speaks to
    let is_named = |at: usize| {
        let words = origin.split(',').nth(at).map(bare).map_or(0, |name| name.split_whitespace().count());
        (2..=PLACE).contains(&words)
    };
    let set_off = !matches!(mark, ')' | ']');
    match parts {
        // "Election Office (EO) said": behind a bracket an origin ends only with what is known
        [.., Part::Agency | Part::Desk | Part::Bracketed | Part::City | Part::Place | Part::Day] if !set_off => false,
        [Part::BracketedAgency] => true,
        // in lower case it is a word, and one word may be who speaks
        [Part::Agency] if mark == ':' => !origin.is_ascii() && origin.trim_end_matches(GAP).contains(' '),
        [Part::Agency] => matches!(mark, '-' | '–' | '—') && in_capitals(origin),
        [Part::Desk] => mark == ':' && is_listed_city(first(), cues),
        [Part::City] => matches!(mark, '.' | ':' | '∙') || mark == '-' && (!origin.is_ascii() || in_capitals(first())),
        [Part::City, Part::Place] | [Part::City, Part::Place, Part::Place] if in_capitals(first()) => mark != '.',
        // who reports from where
        [Part::City, Part::Place] if !origin.contains('/') => mark == '।' && is_named(1),
        [Part::Place, Part::City] if !origin.contains('/') => mark == '।' && (is_named(0) || origin.contains('[')),
        // "13 Kartik, place । "
        [Part::Day, Part::City | Part::Place] => mark == '।' && origin.contains(is_digit),
        [Part::City | Part::Place, rest @ ..]
            if known && !rest.is_empty() && rest.iter().all(|part| matches!(part, Part::City | Part::Place)) =>
        {
            origin.contains('/') && !origin.contains(',') && mark != '-'
        }
        // "City (desk): "
        [Part::City, rest @ ..] if !rest.is_empty() && rest.iter().all(|part| *part == Part::Bracketed) => set_off,
        _ if known && has(is_signature) => true,
        _ if has(|part| *part == Part::Region) && !has(is_signature) => {
            set_off && parts.len() <= PLACE && (known || has(|part| *part == Part::Place))
        }
        // nobody knows the place
        _ if !has(|part| *part == Part::Place) => false,
        _ if has(|part| *part == Part::BracketedAgency) => set_off || parts.len() == 2,
        _ if parts[0] == Part::Agency || parts.len() == 2 || origin.contains(['(', '[', '/']) => {
            has(|part| *part == Part::Agency) && matches!(mark, ':' | '।' | '–' | '—')
        }
        _ => false,
    }
}

/// Last words of the names of desks and agencies.
#[rustfmt::skip]
static DESKS: List<30> = List::new([
    "डेस्क", "ब्यूरो", "संवाददाता", "प्रतिनिधि", "desk", "Desk", "bureau", "Bureau", "Correspondent", "correspondent", "ডেস্ক", "প্রতিনিধি",
    "प्रतिनिधी", "ब्युरो", "డెస్క్", "न्यूज", "न्यूज़", "نیوز", "ڈیسک", "رپورٹر", "న్యూస్", "নিউজ", "ਬਿਊਰੋ", "ਡੈਸਕ", "ડેસ્ક",
    "ಡೆಸ್ಕ್", "ഡെസ്ക്", "প্রতিবেদক", "সংবাদদাতা", "डेस्‍क",
]);

/// States and countries, as they stand in brackets after a place.
#[rustfmt::skip]
static REGIONS: List<88> = List::new([
    "India", "Bihar", "Uttar Pradesh", "Madhya Pradesh", "Rajasthan", "Maharashtra", "Gujarat", "Punjab", "Haryana", "Jharkhand", "Odisha", "West Bengal",
    "Assam", "Kerala", "Tamil Nadu", "Karnataka", "Telangana", "Andhra Pradesh", "Uttarakhand", "Himachal Pradesh", "Chhattisgarh", "Jammu and Kashmir",
    "Pakistan", "Nepal", "Bangladesh", "Sri Lanka", "US", "UK", "USA", "China",
    "भारत", "बिहार", "उत्तर प्रदेश", "उप्र", "यूपी", "मध्य प्रदेश", "मप्र", "राजस्थान", "महाराष्ट्र", "गुजरात", "पंजाब", "हरियाणा", "झारखंड", "ओडिशा", "पश्चिम बंगाल",
    "असम", "केरल", "तमिलनाडु", "कर्नाटक", "तेलंगाना", "आंध्र प्रदेश", "उत्तराखंड", "हिमाचल प्रदेश", "छत्तीसगढ़", "जम्मू-कश्मीर", "पाकिस्तान", "नेपाल", "अमेरिका", "चीन", "बांग्लादेश",
    "Afghanistan", "Iraq", "England", "Sudan", "Russia", "France", "Germany", "Japan", "Israel", "Ukraine", "Lebanon", "Iran", "Australia", "Canada", "Mauritius", "Goa", "Manipur", "Meghalaya", "Tripura", "अफगानिस्तान", "रूस", "जर्मनी", "फ्रांस", "ब्रिटेन", "कनाडा", "गोवा", "मणिपुर", "जम्मू कश्मीर",
]);

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 52] = [
        "PTI",
        "भाषा",
        "Reuters",
        "our special correspondent",
        "हाम्रो विशेष संवाददाता",
        "जागरण डेस्क",
        "News desk",
        "नई दिल्ली",
        "पटना",
        "Patna",
        "LONDON",
        "New Delhi",
        "रामपुर",
        "Rio de Janeiro",
        "India",
        "5 नवंबर",
        "५ मार्च",
        "१३ कात्तिक",
        "5 March",
        "Monday",
        "सोमबार",
        "12",
        "२०८०",
        "3405",
        "में",
        "का",
        "यह",
        "The",
        "of",
        "he",
        "bank",
        "बाढ़",
        "घर गाँव",
        ",",
        "،",
        "،",
        "/",
        "(",
        ")",
        "[",
        "]",
        ":",
        "-",
        "--",
        "–",
        "—",
        "।",
        ".",
        "|",
        "∙",
        "’",
        "\u{A0}",
    ];

    /// Calls `check` with heads of lines put together of what origins and sentences consist of.
    fn each_head(mut check: impl FnMut(&str)) {
        let mut next = crate::draws::draws(13);
        for _ in 0..120_000 {
            let head: String =
                (0..1 + next(11)).map(|_| [PIECES[next(PIECES.len())], ["", " ", " "][next(3)]].concat()).collect();
            check(&head);
        }
    }

    fn cues() -> Cues {
        crate::cues::tests::with_shipped_cities(&[
            ("credit", "PTI"),
            ("credit", "भाषा"),
            ("credit", "Reuters"),
            ("credit", "our special correspondent"),
            ("credit", "हाम्रो विशेष संवाददाता"),
            ("byline", "By …"),
            ("promo", "… click here"),
        ])
    }

    #[test]
    fn no_head_that_is_an_origin_begins_a_sentence() {
        let (cues, mut found) = (cues(), 0);
        each_head(|head| {
            if !(begins_word(head) || head.starts_with(['(', '['])) {
                return;
            }
            let ends: Vec<_> = ends(head, 0).in_order().collect();
            let is_origin = |signed: bool| ends.iter().any(|&(end, _)| parts(&head[..end], &cues, signed).is_some());
            if is_origin(false) || is_origin(true) {
                found += 1;
                let near = first_sign(head);
                assert!(near.is_some_and(|near| !begins_sentence(&head[..near], head, &cues)), "{head:?}");
            }
        });
        assert!(found > 5000, "{found}");
    }

    #[test]
    fn ends_and_parts_are_those_of_a_walk_over_characters() {
        let separators = [',', '،', '/', '|', '(', ')', '[', ']', ':', '।', '–', '—'];
        each_head(|head| {
            let mut from = 0;
            for (at, mark) in head.match_indices(separators) {
                assert_eq!(separator(head, from), Some((at, at + mark.len())), "{head:?}");
                from = at + mark.len();
            }
            assert_eq!(separator(head, from), None, "{head:?}");
            let signs = ['/', '|', '(', ')', '[', ']', ':', '-', '.', '।', '–', '—', '∙'];
            let is_sign =
                |&(at, sign): &(usize, &str)| matches!(sign, "/" | "|" | "(" | ")" | "[" | "]") || is_mark(head, at);
            let first = head.match_indices(signs).find(is_sign).map(|(at, _)| at);
            assert_eq!(first_sign(head), first, "{head:?}");
            let near = first.unwrap_or(head.len());
            assert!(ends(head, near).in_order().eq(ends(head, 0).in_order()), "{head:?}");
        });
    }
}
