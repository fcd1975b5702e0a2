//! Lines that their shape gives away, with a cue at an unusual place or none.

use super::Context;
use super::edges::bare;
use super::lines::TAG;
use super::machine::of_machine;
use super::places::OF_SENTENCES;
use super::shape::Line;
use crate::cues::{is_digit, is_letter, is_word};
use crate::spans::Reason;

/// Longest name of a section before a headline, in characters.
const SECTION: usize = 16;

/// Longest caption with the name of its photographer behind ©, in characters.
const CREDITED: usize = 160;

/// Labels of captions to which extractors glue the caption.
const GLUED: [&str; 4] = ["،تصویر کا کیپشن", "،تصویر کا ذریعہ", "تصویر کا کیپشن", "इमेज कैप्शन"];

/// What the line is by its shape, with a cue at an unusual place.
pub(super) fn by_shape(text: &str, line: &Line, outermost: bool, context: &Context<'_>) -> Option<Reason> {
    let slash = line.may_link && memchr::memchr(b'/', text.as_bytes()).is_some();
    let reason_at = |text: &str| context.cues.at_start(bare(text)).map(|hit| hit.reason);
    if let Some(reason) = of_machine(text) {
        return Some(reason);
    }
    // "Advertisement Advertisement"
    if let Some(once) = said_again(text)
        && context.cues.at_start(once).is_some_and(|hit| hit.reason == Reason::Ad && hit.is_alone(once))
    {
        return Some(Reason::Ad);
    }
    if GLUED.iter().any(|label| text.strip_prefix(label).is_some_and(|rest| rest.starts_with(is_letter))) {
        return Some(Reason::Caption);
    }
    // "© Name/agency"
    if text.starts_with('©') && line.chars <= 80 {
        return Some(Reason::Credit);
    }
    // "People at the station © Name"
    if line.chars <= CREDITED
        && line.stops == 0
        && memchr::memchr(0xC2, text.as_bytes()).is_some()
        && let Some((_, name)) = text.rsplit_once('©')
        && !name.contains(is_digit)
        && is_credited(bare(name))
    {
        return Some(Reason::Caption);
    }
    // "(Name, outlet)", "(Name Surname)" where the script has capitals
    let in_words = in_brackets(text) && !text.contains(is_digit) && is_credited(bare(text));
    if outermost && in_words && line.chars <= 60 {
        return Some(Reason::Credit);
    }
    if line.chars <= 200 {
        if let Some(reason) = context.cues.row(text) {
            return Some(reason);
        }
        if slash && has_section(text) {
            return Some(Reason::Related);
        }
        // "Home / City / Headline"; the last bytes of the marks show whether there may be any
        if slash || memchr::memchr3(b'>', 0xBB, 0xBA, text.as_bytes()).is_some() {
            let mut crumbs = text.split(['/', '>', '»', '›']).map(str::trim);
            if let (Some(first), 2..) = (crumbs.next(), crumbs.count())
                && matches!(reason_at(first), Some(Reason::Header | Reason::Nav))
            {
                return Some(Reason::Nav);
            }
        }
    }
    // "People at the station - Photo: Name"
    if line.chars <= 240
        && let Some((_, credit)) = last_dash(text)
        && credit.len() <= 180
        && reason_at(credit) == Some(Reason::Caption)
    {
        return Some(Reason::Caption);
    }
    // "People at the station. REUTERS/Name"
    if line.chars > 300 || !slash {
        return None;
    }
    let (before, name) = text.rsplit_once('/')?;
    // "People at the station, Name / AGENCY"
    let ends = context.cues.at_start(bare(name)).filter(|hit| hit.reason == Reason::Credit && hit.is_alone(bare(name)));
    let capitals = bare(name).len() >= 2 && bare(name).bytes().all(|byte| byte.is_ascii_uppercase());
    if ends.is_some() && capitals && before.split_whitespace().nth(3).is_some() {
        return Some(Reason::Caption);
    }
    let agency = before.rsplit([' ', '.', '(', '\u{A0}']).next().unwrap_or(before);
    let credited = name.chars().count() <= 40 && matches!(reason_at(agency), Some(Reason::Credit | Reason::Caption));
    (credited && !agency.is_empty()).then_some(Reason::Caption)
}

/// The word or the words of which a short line is nothing but a repetition.
fn said_again(text: &str) -> Option<&str> {
    const AGAIN: usize = 200;
    if text.len() > AGAIN {
        return None;
    }
    let first = text.split_whitespace().next()?;
    let words =
        || text.len() > first.len() && text.ends_with(first) && text.split_whitespace().all(|word| word == first);
    let half = || text.get(..text.len() / 2).filter(|half| text.get(half.len()..) == Some(half));
    if words() { Some(first) } else { half() }
}

/// The agency and the names or initials of those who edited its report: "भाषा रमेश मीना", "PTI RN MK".
pub(super) fn is_signed_off(text: &str) -> bool {
    const AGENCIES: [&str; 9] = ["भाषा", "वार्ता", "हिस", "PTI", "ANI", "IANS", "UNI", "AP", "AFP"];
    if !AGENCIES.iter().any(|agency| text.starts_with(agency)) {
        return false;
    }
    let mut words = text.split_whitespace();
    words.next().is_some_and(|first| AGENCIES.contains(&first))
        && (1..=3).contains(&words.clone().count())
        && words.all(|word| word.chars().all(is_word) && !word.starts_with(is_digit) && word.chars().count() <= 12)
}

/// "#flood #bridge"
pub(super) fn is_row_of_hashtags(text: &str) -> bool {
    text.starts_with('#')
        && text.split_whitespace().all(|word| word.strip_prefix('#').is_some_and(|tag| tag.starts_with(is_letter)))
}

/// "भारतPutin Visit India: …": the headline of another article with the name of its section glued to it.
pub(super) fn has_glued_section(text: &str) -> bool {
    let Some((section, headline)) = text.bytes().position(|byte| byte.is_ascii()).map(|ascii| text.split_at(ascii))
    else {
        return false;
    };
    headline.starts_with(|char: char| char.is_ascii_uppercase())
        && (2..=SECTION).contains(&section.chars().count())
        && text.starts_with(is_letter)
        && headline.split_whitespace().nth(2).is_some()
        && headline.chars().count() >= TAG
}

/// "Country / Headline of another article"
pub(super) fn has_section(text: &str) -> bool {
    memchr::memchr(b'/', text.as_bytes()).is_some()
        && text.split_once(" / ").is_some_and(|(section, headline)| {
            section.chars().count() <= SECTION
                && section.split_whitespace().count() <= 2
                && !section.contains(is_digit)
                && headline.chars().count() >= TAG
                && !headline.starts_with(char::is_lowercase)
                && !headline.contains('/')
        })
}

/// What stands before and after the last hyphen, else the last dash, between two spaces.
fn last_dash(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    [" - ", " – "].into_iter().find_map(|dash| {
        let last = dash.as_bytes()[dash.len() - 2];
        let at = memchr::memrchr_iter(last, bytes)
            .find(|&at| bytes[..bytes.len().min(at + 2)].ends_with(dash.as_bytes()))?;
        Some((&text[..at + 2 - dash.len()], &text[at + 2..]))
    })
}

/// A name and an outlet, or up to seven words with capitals; no note: "(figures in crores, losses of March)".
pub(super) fn is_credited(text: &str) -> bool {
    const WORDS: usize = 7;
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.split_whitespace().filter_map(|word| word.chars().find(|&char| is_letter(char)))
    }
    if letters(text).nth(WORDS).is_some() || text.split(|char| !is_word(char)).any(|word| OF_SENTENCES.contains(word)) {
        return false;
    }
    let named = letters(text).count() >= 2 && letters(text).all(char::is_uppercase);
    let short = |part: &str| letters(part).count() <= 3;
    let parted = text.contains([',', '/', '|']) && text.split([',', '/', '|']).all(short);
    named || parted && !letters(text).any(char::is_lowercase)
}

pub(super) fn in_brackets(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_dash_between_spaces() {
        for text in
            ["", "-", " - ", "a - b - c", "a – b", "a – b - c - ", "क – ख –", "a -b- c", " – – ", "é - –", "– x - y"]
        {
            let slow = text.rsplit_once(" - ").or_else(|| text.rsplit_once(" – "));
            assert_eq!(last_dash(text), slow, "{text}");
        }
    }
}
