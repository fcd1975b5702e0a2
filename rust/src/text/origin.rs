//! Where a report comes from: place, day, agency and desk before its first sentence, in any order.

use super::edges::{bare, head};
use super::lists::List;
use super::places::{is_listed_city, place_and_day};
use super::shape::{Line, Page};
use crate::cues::{Cues, is_digit, is_word};
use crate::spans::Reason;

/// Longest origin, in bytes, its parts, and words before its first mark.
const ORIGIN: usize = 270;
const PARTS: usize = 6;
const WORDS: usize = 12;
/// Most words of the name of a desk, and of a place.
const DESK: usize = 4;
const PLACE: usize = 3;
/// Shortest paragraph after an origin, in characters.
const PARAGRAPH: usize = 60;
/// What may stand between an origin and its text.
const GAP: [char; 9] = [' ', '\u{A0}', ':', '-', '–', '—', '।', '.', '|'];

/// What one part of an origin is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Agency,
    BracketedAgency,
    /// A state or a country in brackets: what stands before them is a place.
    Region,
    City,
    Place,
    Day,
}

pub(super) struct Origin {
    /// Where the paragraph itself begins.
    pub start: usize,
    /// An agency or a desk is named.
    pub signed: bool,
}

/// The origin at the beginning of a line: every part of it is a place, a day, an agency or a desk, and one that no sentence begins with is
/// among them: an agency and a place or a day, a state or a country in brackets, two listed cities.
pub(super) fn origin(page: &Page<'_>, line: &Line, cues: &Cues) -> Option<Origin> {
    let text = page.of(line);
    let first_mark = page.marks_of(line).first().map_or(usize::MAX, |mark| mark.at() - line.start);
    let before = text.get(..line.before_sign.min(first_mark).min(ORIGIN))?;
    if before.split_whitespace().nth(WORDS).is_some() {
        return None;
    }
    let head = head(text, ORIGIN);
    ends(head).into_iter().find_map(|(end, mark)| {
        let rest = text[end..].trim_start_matches(|char| !is_word(char));
        if rest.starts_with(char::is_lowercase) || rest.chars().nth(PARAGRAPH).is_none() {
            return None;
        }
        let parts = parts(&head[..end], cues)?;
        if !fits(&parts, &head[..end], mark) || mark == '-' && may_be_listed(page, line, rest) {
            return None;
        }
        let start = line.end - text[end..].trim_start_matches(GAP).len();
        Some(Origin { start, signed: parts.iter().any(is_signature) })
    })
}

/// "Delhi - Mumbai", or an entry of a list, where the next line has a hyphen as well.
fn may_be_listed(page: &Page<'_>, line: &Line, rest: &str) -> bool {
    let next = page.lines.iter().find(|next| next.start >= line.end).map_or("", |next| page.of(next));
    is_listed_city(rest.split(|char| !is_word(char)).next().unwrap_or_default())
        || ends(head(next, ORIGIN)).iter().any(|end| end.1 == '-')
}

/// Where an origin may end, and by what: behind its first mark outside of brackets, and behind the brackets before that, the last one first.
fn ends(head: &str) -> Vec<(usize, char)> {
    let mut depth = 0_usize;
    let mut ends = Vec::new();
    let mut chars = head.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let is_mark = match char {
            '(' | '[' => {
                depth += 1;
                continue;
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                // "Headline (agency). Text" is no origin
                if next != Some('.') {
                    ends.push((at + 1, char));
                }
                continue;
            }
            ':' | '।' | '–' | '—' => true,
            '-' => next == Some('-') || head[..at].ends_with([' ', ')', ']']) && next == Some(' '),
            '.' => !head[..at].is_ascii(),
            _ => false,
        };
        if is_mark && depth == 0 {
            ends.push((at + char.len_utf8(), char));
            break;
        }
    }
    ends.reverse();
    ends
}

/// The parts of an origin; None where one of them is something else.
fn parts(origin: &str, cues: &Cues) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
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
            parts.push(part(text, bracketed, cues)?);
        }
        bracketed = matches!(mark, "(" | "[");
    }
    (parts.len() <= PARTS).then_some(parts)
}

fn part(text: &str, bracketed: bool, cues: &Cues) -> Option<Part> {
    // a number of the archive may stand before an agency
    let name = text.trim_start_matches(|char: char| is_digit(char) || char == ' ');
    if is_agency(name, cues) {
        return Some(if bracketed { Part::BracketedAgency } else { Part::Agency });
    }
    if bracketed && REGIONS.contains(text) {
        return Some(Part::Region);
    }
    if is_headed(text) {
        return None;
    }
    match place_and_day(text)? {
        (true, false) if text.split_whitespace().nth(PLACE).is_some() => None,
        (true, false) if is_listed_city(text) => Some(Part::City),
        (true, _) => Some(Part::Place),
        (false, _) => Some(Part::Day),
    }
}

/// "Headline. Place": behind a longer word the point is no abbreviation's.
fn is_headed(text: &str) -> bool {
    let ends_word = |(at, _): (usize, &str)| {
        let word = text[..at].rsplit(|char| !is_word(char)).next().unwrap_or_default();
        word.chars().nth(3).is_some() && !word.ends_with(char::is_uppercase)
    };
    text.contains(".  ") || text.match_indices(". ").any(ends_word)
}

fn is_agency(name: &str, cues: &Cues) -> bool {
    let is_cue = |hit: &crate::cues::Hit| matches!(hit.reason, Reason::Credit | Reason::Byline) && hit.is_alone(name);
    let is_desk = || {
        let mut words = name.split_whitespace();
        words.clone().nth(DESK).is_none() && words.next_back().is_some_and(|word| DESKS.contains(word))
    };
    cues.at_start(name).as_ref().is_some_and(is_cue) || is_desk()
}

fn is_signature(part: &Part) -> bool {
    matches!(part, Part::Agency | Part::BracketedAgency)
}

fn fits(parts: &[Part], origin: &str, mark: char) -> bool {
    let has = |of: fn(&Part) -> bool| parts.iter().any(of);
    let placed = has(|part| matches!(part, Part::City | Part::Place | Part::Day));
    let in_capitals =
        || origin.starts_with(|char: char| char.is_ascii_uppercase()) && !origin.contains(char::is_lowercase);
    let set_off = !matches!(mark, ')' | ']');
    match parts {
        // "Election Office (EO) said": behind a bracket an origin ends only with what is known
        [.., Part::Agency | Part::City | Part::Place | Part::Day] if !set_off => false,
        [Part::BracketedAgency] => true,
        // in lower case it is a word
        [Part::Agency] => matches!(mark, '-' | '–' | '—') && in_capitals(),
        [Part::City] => matches!(mark, '.' | '-'),
        // "Place, state: ", and who reports from where: "Name, place। "
        [Part::City, Part::Place] | [Part::City, Part::Place, Part::Place] => true,
        [Part::Place, Part::City] => mark == '।',
        [Part::City, rest @ ..] if !rest.is_empty() && rest.iter().all(|part| *part == Part::City) => true,
        _ => placed && (has(is_signature) || set_off && has(|part| *part == Part::Region)),
    }
}

/// Last words of the names of desks.
#[rustfmt::skip]
static DESKS: List<15> = List::new([
    "डेस्क", "ब्यूरो", "संवाददाता", "प्रतिनिधि", "desk", "Desk", "bureau", "Bureau", "Correspondent", "correspondent",
    "ডেস্ক", "প্রতিনিধি", "प्रतिनिधी", "ब्युरो", "డెస్క్",
]);

/// States and countries, as they stand in brackets after a place.
#[rustfmt::skip]
static REGIONS: List<60> = List::new([
    "India", "Bihar", "Uttar Pradesh", "Madhya Pradesh", "Rajasthan", "Maharashtra", "Gujarat", "Punjab", "Haryana", "Jharkhand", "Odisha", "West Bengal",
    "Assam", "Kerala", "Tamil Nadu", "Karnataka", "Telangana", "Andhra Pradesh", "Uttarakhand", "Himachal Pradesh", "Chhattisgarh", "Jammu and Kashmir",
    "Pakistan", "Nepal", "Bangladesh", "Sri Lanka", "US", "UK", "USA", "China",
    "भारत", "बिहार", "उत्तर प्रदेश", "उप्र", "यूपी", "मध्य प्रदेश", "मप्र", "राजस्थान", "महाराष्ट्र", "गुजरात", "पंजाब", "हरियाणा", "झारखंड", "ओडिशा", "पश्चिम बंगाल",
    "असम", "केरल", "तमिलनाडु", "कर्नाटक", "तेलंगाना", "आंध्र प्रदेश", "उत्तराखंड", "हिमाचल प्रदेश", "छत्तीसगढ़", "जम्मू-कश्मीर", "पाकिस्तान", "नेपाल", "अमेरिका", "चीन", "बांग्लादेश",
]);
