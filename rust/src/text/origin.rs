//! Where a report comes from: place, day, agency and desk before its first sentence, in any order.

use super::credits::is_name;
use super::edges::{bare, head};
use super::lists::List;
use super::names::is_outlet;
use super::places::{OF_SENTENCES, is_listed_city, is_month, place_and_day, says_more};
use super::shape::{Line, Page};
use crate::cues::{Cues, is_digit, is_word};
use crate::spans::Reason;
use crate::words::may_hold_digits;

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
    is_listed_city(bare(text))
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
    let separators = text.bytes().map(|byte| usize::from(matches!(byte, b',' | b'|'))).sum();
    if !matches!(separators, 1 | 2) || text.contains(is_digit) {
        return None;
    }
    let parts = || text.split([',', '|']).map(bare);
    let is_agency = |part: &str| is_agency(part, cues) || is_outlet(part);
    let agency = parts().find(|part| is_agency(part));
    let city = parts().find(|part| is_listed_city(part));
    let mut others = parts().filter(|part| !is_agency(part) && !is_listed_city(part));
    let is_named = |part: &&str| {
        let mut words = part.split_whitespace();
        words.clone().nth(PLACE).is_none()
            && is_name(part)
            && !words.any(|word| word.starts_with(char::is_lowercase))
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
    let near = line.before_sign.min(first.map_or(usize::MAX, |mark| mark.at() - line.start));
    if near > longest(text) || text.len() == line.chars && !may_end(head(text, ORIGIN.0).as_bytes()) {
        return None;
    }
    let before = &text.as_bytes()[..near.min(text.len())];
    let begins = || !OF_SENTENCES.contains(&text[..memchr::memchr(b' ', before).unwrap_or(0)]);
    (begins() && is_brief(before)).then_some(near)
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
    if text.starts_with(|char: char| char.is_ascii_alphabetic()) { ORIGIN.0 } else { ORIGIN.1 }
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
    if !head.starts_with(|char| is_word(char) || matches!(char, '(' | '[')) || signed && !parted() {
        return None;
    }
    if begins_sentence(&text[..near.min(text.len())], text, cues) {
        return None;
    }
    ends(head, near).into_iter().find_map(|(end, mark)| {
        let rest = text[end..].trim_start_matches(|char| !is_word(char));
        if rest.starts_with(char::is_lowercase) || rest.chars().nth(PARAGRAPH).is_none() {
            return None;
        }
        if matches!(mark, '-' | '–' | '—') && is_compound(&head[..end - mark.len_utf8()], &text[end..], rest) {
            return None;
        }
        let parts = parts(&head[..end], cues, signed)?;
        let set_off = !matches!(mark, ')' | ']');
        let known = || {
            parts.iter().any(|part| matches!(part, Part::City | Part::Day))
                || parts[0] == Part::Agency
                || set_off && parts.contains(&Part::BracketedAgency)
                || mark == '।' && parts[..] == [Part::Place, Part::Agency]
        };
        let fits = fits(&parts, &head[..end], mark) && (!signed || known());
        fits.then(|| line.end - text[end..].trim_start_matches(GAP).len())
    })
}

/// More words than a desk has stand before the first comma or mark, and they are no place and no day: so begin most sentences that have a mark so
/// soon.
fn begins_sentence(before_mark: &str, text: &str, cues: &Cues) -> bool {
    let comma = memchr::memchr2(b',', 0xD8, before_mark.as_bytes()).unwrap_or(before_mark.len());
    let named = without_number(&before_mark[..comma]);
    let words = || named.split_whitespace();
    let says_no_day = || !may_hold_digits(&before_mark[..comma]) && !words().any(is_month);
    words().nth(DESK).is_some()
        && cues.begins_nothing(without_number(text))
        && (words().any(says_more) || says_no_day())
}

/// "Delhi - Mumbai", "Delhi–Mumbai road", "Place–16", "Rome - the city of Italy - is".
fn is_compound(before: &str, behind: &str, rest: &str) -> bool {
    let closed_up = !before.ends_with([' ', ')', ']']) && behind.starts_with(is_word);
    closed_up
        || rest.starts_with(is_digit)
        || is_listed_city(rest.split(|char| !is_word(char)).next().unwrap_or_default())
        || before.ends_with(' ') && head(rest, PARAGRAPH).contains(" - ")
}

/// "City: …" above a line that has the same mark behind a few words: both are entries of a list.
pub(super) fn is_entry(page: &Page<'_>, at: usize) -> bool {
    const BELOW: usize = 4;
    let ends_of = |at: usize| ends(head(page.of(&page.lines[at]), ORIGIN.1), 0);
    let city = ends_of(at).pop().filter(|&(end, _)| is_listed_city(bare(&page.of(&page.lines[at])[..end])));
    let Some((_, mark)) = city else { return false };
    let is_mark = |at: usize, (end, other): (usize, char)| {
        other == mark && page.of(&page.lines[at])[..end].split_whitespace().nth(DESK).is_none()
    };
    (at + 1..page.lines.len().min(at + BELOW)).any(|at| ends_of(at).into_iter().any(|end| is_mark(at, end)))
}

/// Where an origin may end, and by what: behind its first mark outside of brackets, and behind the brackets before that, the last one first.
/// Before byte `near` of it stands no mark and no bracket.
fn ends(head: &str, near: usize) -> Vec<(usize, char)> {
    let bytes = head.as_bytes();
    let mut depth = 0_usize;
    let mut ends = Vec::new();
    for at in near.saturating_sub(MARK)..bytes.len() {
        let is_mark = match bytes[at] {
            b'(' | b'[' => {
                depth += 1;
                continue;
            }
            byte @ (b')' | b']') => {
                depth = depth.saturating_sub(1);
                // "Headline (agency). Text" is no origin
                if bytes.get(at + 1) != Some(&b'.') {
                    ends.push((at + 1, char::from(byte)));
                }
                if ends.len() == BRACKETS {
                    break;
                }
                continue;
            }
            b':' => true,
            b'-' => {
                let next = bytes.get(at + 1);
                next == Some(&b'-') || next == Some(&b' ') && matches!(bytes[..at].last(), Some(b' ' | b')' | b']'))
            }
            // "ता. 5" is short for something
            b'.' => !head[..at].is_ascii() && !head[at + 1..].trim_start().starts_with(is_digit),
            // the first bytes of danda, dashes and the small bullet
            0xE0 | 0xE2 => head[at..].starts_with(['।', '–', '—', '∙']),
            _ => false,
        };
        if is_mark && depth == 0 {
            let mark = head[at..].chars().next();
            ends.extend(mark.map(|mark| (at + mark.len_utf8(), mark)));
            break;
        }
    }
    ends.reverse();
    ends
}

/// The parts of an origin; None where one of them is something else, or where it has to be signed and is not.
fn parts(origin: &str, cues: &Cues, signed: bool) -> Option<Vec<Part>> {
    let mut texts = Vec::new();
    let (mut from, mut bracketed) = (0, false);
    let separators = [',', '،', '/', '|', '(', ')', '[', ']', ':', '।', '–', '—'];
    for (at, mark) in origin.match_indices(separators).chain([(origin.len(), "")]) {
        let text = bare(&origin[from..at]);
        from = at + mark.len();
        let closed = bracketed && matches!(mark, ")" | "]");
        if closed && origin[from..].starts_with('.') && origin[from..].contains(is_word) {
            return None;
        }
        if !text.is_empty() {
            texts.push((text, bracketed));
        }
        bracketed = matches!(mark, "(" | "[");
    }
    let too_many = texts.len() > PARTS || signed && texts.len() < 2;
    // "Place।" alone is no origin
    if too_many || matches!(texts[..], [(_, false)]) && origin.ends_with('।') {
        return None;
    }
    let alone = texts.len() == 1;
    // who signs is told sooner than what is a place
    let is_signed = || origin.starts_with(is_digit) || texts.iter().any(|(text, _)| is_agency(text, cues));
    if signed && !is_signed() {
        return None;
    }
    let part = |(at, (text, bracketed)): (usize, (&str, bool))| {
        let (known, desk) = (is_known_agency(text, cues), is_desk(text));
        match bracketed {
            true if known || desk => Some(Part::BracketedAgency),
            _ if known && (at > 0 || text.contains(' ') || text.is_ascii()) => Some(Part::Agency),
            _ if known || desk => Some(Part::Desk),
            // some place or some day alone is no origin
            _ if alone => is_listed_city(text).then_some(Part::City),
            _ if REGIONS.contains(text) && (at > 0 || bracketed) => Some(Part::Region),
            true => place_or_day(text).map(|part| if part == Part::Place { Part::Bracketed } else { part }),
            false => place_or_day(text),
        }
    };
    let parts: Vec<Part> = texts.into_iter().enumerate().map(part).collect::<Option<_>>()?;
    (!signed || parts.iter().any(is_signature) || origin.starts_with(is_digit)).then_some(parts)
}

fn place_or_day(text: &str) -> Option<Part> {
    if is_listed_city(text) {
        return Some(Part::City);
    }
    match if is_headed(text) { None } else { place_and_day(text) }? {
        (true, false) if text.split_whitespace().nth(PLACE).is_some() => None,
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
    let mut words = without_number(text).split_whitespace();
    words.clone().nth(DESK).is_none() && words.next_back().is_some_and(|word| DESKS.contains(word))
}

/// An agency or a desk without the number of an archive before it.
fn without_number(text: &str) -> &str {
    text.trim_start_matches(|char: char| is_digit(char) || char == ' ')
}

fn is_signature(part: &Part) -> bool {
    matches!(part, Part::Agency | Part::BracketedAgency | Part::Desk)
}

fn fits(parts: &[Part], origin: &str, mark: char) -> bool {
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
        [Part::Desk] => mark == ':' && is_listed_city(first()),
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
