//! What a line says of who wrote it and when, read part by part and label by label.

use super::Context;
use super::byline::fill;
use super::edges::bare;
use super::places::is_small;
use crate::cues::{Cues, Form, is_digit, is_letter, is_word};
use crate::dates;
use crate::spans::Reason;
use crate::words::{from_words, has_digit, numbers, spaced};

/// Longest name, in characters.
pub(super) const NAME: usize = 60;
/// Fewest digits of a date.
const DATE: usize = 3;
/// Most words without a digit of a line that is a date.
const WORDS: usize = 6;
/// What stands between a name and a date.
const SEPARATORS: [char; 4] = ['|', '•', '·', '\t'];

/// A date and a time of day in any calendar or form: few words, many digits, a time among them, and others: "08:00-10:00" is no date, nor
/// is "5.2 inches, 1920 × 1080".
pub(super) fn looks_like_date(text: &str, chars: usize) -> bool {
    if chars > 60
        || memchr::memchr2(b':', b'.', text.as_bytes()).is_none()
        || !has_digit(text)
        || digits(text) < 6
        || text.split_whitespace().filter(|word| !word.contains(is_digit)).count() > WORDS
    {
        return false;
    }
    let letters = text.chars().filter(|&char| is_letter(char)).count();
    // the runs of digits, and what stands before each of them
    let (mut runs, mut gap) = (Vec::new(), String::new());
    for char in text.chars() {
        match runs.last_mut() {
            Some((_, run)) if gap.is_empty() && is_digit(char) => *run += 1,
            _ if is_digit(char) => runs.push((std::mem::take(&mut gap), 1)),
            _ => gap.push(char),
        }
    }
    let count: usize = runs.iter().map(|(_, run)| run).sum();
    let is_time = |pair: &[(String, usize)], mark: &str| pair[1].0.trim() == mark && pair[0].1 <= 2 && pair[1].1 == 2;
    let times =
        |mark: &str| runs.windows(2).filter(|pair| is_time(pair, mark)).map(|pair| pair[0].1 + 2).sum::<usize>();
    let (colons, points) = (times(":"), times("."));
    let year = runs.iter().any(|(_, run)| *run == 4);
    let timed = colons > 0 && count > colons || points > 0 && year;
    count >= 6 && timed && count * 3 >= letters
}

/// True for a line that is nothing but a date: no headline.
pub(super) fn is_date(text: &str, chars: usize) -> bool {
    has_digit(text) && (looks_like_date(text, chars) || date_of(text).is_some())
}

#[derive(Default)]
pub(super) struct Credits {
    pub author: String,
    pub published: String,
    pub modified: String,
    /// Where the report comes from.
    pub place: String,
}

/// False only where [`credits_of`] finds nothing in a line that no cue begins or ends: it has no parts, is no date, and no label stands inside it.
pub(super) fn may_credit(line: &str, cues: &Cues) -> bool {
    let text = bare(line);
    has_separator(line) || may_be_labelled(text, cues) || date_of(text).is_some()
}

/// False only where [`labelled`] parts nothing of a text that no cue begins: the label of a name has a comma before it or a colon behind it, that
/// of a date a date up to the end of the text.
fn may_be_labelled(text: &str, cues: &Cues) -> bool {
    let bytes = text.as_bytes();
    let colon = memchr::memrchr(b':', bytes).unwrap_or(0);
    let dated = dates::may_end(text) && has_digit(text) && digits(text) >= DATE;
    let last = if dated { text.rfind(is_digit).unwrap_or(0).max(colon) } else { colon };
    if last == 0 && memchr::memchr(b',', bytes).is_none() {
        return false;
    }
    let is_label = |rest: &str| cues.credit_at_start(rest).is_some();
    let before = |rest: &&str| text.len() - rest.len() <= last;
    let mut behind_commas =
        memchr::memchr_iter(b',', &bytes[last..]).map(|comma| text[last + comma + 1..].trim_start());
    last > 0 && from_words(text).skip(1).take_while(before).any(is_label) || behind_commas.any(is_label)
}

/// Whether a text has one of [`SEPARATORS`].
pub(super) fn has_separator(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_bullet = |at: usize| matches!(bytes[at..], [0xC2, 0xB7, ..] | [0xE2, 0x80, 0xA2, ..]);
    memchr::memchr2(b'|', b'\t', bytes).is_some() || memchr::memchr2_iter(0xC2, 0xE2, bytes).any(is_bullet)
}

/// What a by-line says; None where the line is something else. Each part between bars or bullets must be a cue with a name or a date,
/// or a bare name or date, and one of them must be more than a name.
pub(super) fn credits_of(text: &str, context: &Context<'_>) -> Option<Credits> {
    let mut credits = Credits::default();
    let mut sure = false;
    let mut desk = "";
    let mut parts = Vec::new();
    for part in text.split(SEPARATORS) {
        parts.clear();
        labelled(part, context, &mut parts);
        // "News desk, Rampur Updated: …"; without a comma it may be a headline
        if parts.len() > 1 && context.cues.at_start(parts[0]).is_none() {
            desk = parts.remove(0);
            if !desk.contains(',') || !is_name(desk) {
                return None;
            }
        }
        for part in parts.iter().copied().filter(|part| !part.is_empty()) {
            read(part, context, &mut credits, &mut sure)?;
        }
    }
    fill(&mut credits.author, desk);
    sure.then_some(credits)
}

/// What one part of a by-line says; None where that is something else.
fn read(part: &str, context: &Context<'_>, credits: &mut Credits, sure: &mut bool) -> Option<()> {
    let hit = context.cues.at_start(part);
    let rest = hit.map_or("", |hit| bare(hit.rest(part)));
    match hit.map(|hit| (hit.reason, hit)) {
        Some((Reason::Byline, hit)) if is_name(rest) || (hit.form == Form::Label && rest.is_empty()) => {
            *sure = true;
            fill(&mut credits.author, if rest.is_empty() { part } else { rest });
        }
        Some((Reason::Dateline, hit))
            if (date_of(rest).is_some() || digits(rest) >= 4) && (hit.rest(part).starts_with(':') || !tells(rest)) =>
        {
            *sure = true;
            let changed = is_change(&context.cues.cues[hit.cue].phrase);
            let field = if changed { &mut credits.modified } else { &mut credits.published };
            fill(field, &date_of(rest).unwrap_or_default());
        }
        Some((Reason::Share | Reason::Credit | Reason::Header | Reason::Nav | Reason::Comments, _)) => {}
        // a row of a chronicle: "1834 … 1 April"
        _ => match (context.cues.at_end(part), date_of(part).filter(|date| date.as_str() >= "1900")) {
            (_, Some(date)) => {
                *sure = true;
                fill(&mut credits.published, &date);
            }
            (Some(hit), _) if hit.reason == Reason::Byline && is_name(bare(hit.rest(part))) => {
                *sure = true;
                fill(&mut credits.author, bare(hit.rest(part)));
            }
            _ if is_name(part) => fill(&mut credits.author, part),
            _ => return None,
        },
    }
    Some(())
}

/// "Updated figures for 2023 show that …": more words than there are around a date.
fn tells(rest: &str) -> bool {
    const MOST: usize = 3;
    #[rustfmt::skip]
    const AROUND: [&str; 26] = [
        "at", "on", "of", "the", "AM", "PM", "am", "pm", "a.m", "p.m", "IST", "GMT", "UTC", "ET", "EST", "EDT",
        "Uhr", "um", "à", "le", "de", "del", "को", "बजे", "पर", "गते",
    ];
    let is_other = |word: &&str| {
        !word.is_empty()
            && !word.contains(is_digit)
            && !AROUND.contains(word)
            && !dates::is_month(word)
            && !dates::is_weekday(word)
    };
    rest.split_whitespace().map(bare).filter(is_other).nth(MOST).is_some()
}

/// A part of a by-line, parted before each label and date that stands inside: "Reported by: A B Edited by: C D Updated: 5 March 2024".
fn labelled<'t>(part: &'t str, context: &Context<'_>, parts: &mut Vec<&'t str>) {
    let part = bare(part);
    let (mut start, mut label) = (0, context.cues.at_start(part));
    let mut end_of_label = label.map_or(0, |hit| part.len() - hit.rest(part).len());
    // before the last colon or figure of a date; farther on a label stands behind a comma alone
    let colon = memchr::memrchr(b':', part.as_bytes()).unwrap_or(0);
    let marked = if digits(part) < DATE { colon } else { part.rfind(is_digit).unwrap_or(0).max(colon) };
    for rest in from_words(part).skip(1) {
        let at = part.len() - rest.len();
        if at < end_of_label || at > marked && !part[..at].trim_end().ends_with(',') {
            continue;
        }
        let is_dated = |text: &str| date_of(bare(text)).is_some();
        let hit = context.cues.credit_at_start(rest).filter(|hit| match hit.reason {
            Reason::Byline => hit.rest(rest).trim_start().starts_with(':') || part[..at].trim_end().ends_with(','),
            Reason::Dateline => is_dated(hit.rest(rest)),
            _ => false,
        });
        let bare_date = || label.is_some_and(|hit| hit.reason == Reason::Byline) && is_dated(rest);
        if hit.is_some() || bare_date() {
            parts.push(bare(&part[start..at]));
            (start, label) = (at, hit);
            end_of_label = hit.map_or(part.len(), |hit| part.len() - hit.rest(rest).len());
        }
    }
    parts.push(bare(&part[start..]));
}

pub(super) fn digits(text: &str) -> usize {
    numbers(text).map(|number| number.chars().count()).sum()
}

/// Up to six words of letters, capitalised where the script has capitals.
pub(super) fn is_name(text: &str) -> bool {
    const WORDS: usize = 6;
    spaced(text).next().is_some_and(|word| !is_small(word))
        && spaced(text).nth(WORDS).is_none()
        && text.chars().nth(NAME).is_none()
        && spaced(text).filter(|word| is_small(word)).nth(1).is_none()
        && !text.chars().any(|char| is_digit(char) || matches!(char, '।' | '?' | '!' | ':' | '"'))
}

/// Stems of the cues that tell of a change ("Updated", "अपडेटेड") rather than of publication.
#[rustfmt::skip]
const CHANGE: [&str; 25] = [
    "pdat", "modif", "अपडेट", "अद्य", "संशोध", "लास्ट", "হালনাগাদ", "আপডেট", "புதுப்பி", "மாற்றம்", "నవీకర", "అప్", "અપડેટ", "ನವೀಕರ",
    "ಅಪ್", "അപ്ഡേറ്റ്", "പുതുക്കിയ", "ਅਪਡੇਟ", "ଅପଡେଟ୍", "اپ ڈیٹ", "tuali", "aggiorna", "bijgewerkt", "новлен", "mis à jour",
];

fn is_change(phrase: &str) -> bool {
    let phrase = phrase.to_lowercase();
    CHANGE.iter().any(|stem| phrase.contains(stem))
}

/// The ISO 8601 form of a date that fills the text.
pub(super) fn date_of(text: &str) -> Option<String> {
    let figures = || has_digit(text) && digits(text) >= DATE && text.contains(|char: char| !is_digit(char));
    (text.len() <= 120 && dates::may_be(text) && figures() && may_be_date(text)).then(|| dates::parse(text)).flatten()
}

/// False only where a text begins with a word with which no date begins: neither a month nor a day, nor a time of day and a number.
fn may_be_date(text: &str) -> bool {
    let Some((first, rest)) = text.split_once(' ') else { return true };
    let letter = |char: char| char.is_ascii_alphabetic() || matches!(char, '\u{900}'..='\u{DFF}') && is_letter(char);
    first.is_empty()
        || !first.chars().all(letter)
        || rest.trim_start_matches(|char| !is_word(char)).starts_with(is_digit)
        || dates::is_month(first)
        || dates::is_weekday(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Level;

    #[test]
    fn separators_are_found_and_nothing_else() {
        for char in '\0'..='\u{FFFF}' {
            assert_eq!(has_separator(&format!("क{char}k")), SEPARATORS.contains(&char), "{char:?}");
        }
    }

    #[test]
    fn no_line_that_credits_somebody_is_passed_over() {
        let phrases = [
            ("byline", "By"),
            ("byline", "Edited by"),
            ("dateline", "Updated"),
            ("dateline", "अपडेट"),
            ("credit", "PTI"),
            ("share", "= Share"),
        ];
        let cues = phrases.map(|(reason, phrase)| ("en".to_owned(), reason.to_owned(), phrase.to_owned())).into();
        let cues = Cues::new(cues).unwrap();
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        let pieces = [
            "By",
            "Edited by",
            "Updated",
            "अपडेट",
            "PTI",
            "Share",
            "Meena Kumari",
            "मीना कुमारी",
            "News desk",
            "Patna",
            "5 March 2024",
            "10:30 IST",
            "5 मार्च 2024",
            "12 घायल",
            "boats",
            ":",
            ",",
            "|",
            "•",
            "-",
            "(",
            ")",
            "।",
            "\u{A0}",
        ];
        let mut next = crate::draws::draws(5);
        let mut found = 0;
        for _ in 0..60_000 {
            let line: String =
                (0..1 + next(7)).map(|_| [pieces[next(pieces.len())], ["", " "][next(2)]].concat()).collect();
            if cues.at_either_end(bare(&line)).is_none() && credits_of(&line, &context).is_some() {
                found += 1;
                assert!(may_credit(&line, &cues), "{line:?}");
            }
        }
        assert!(found > 1000, "{found}");
    }
}
