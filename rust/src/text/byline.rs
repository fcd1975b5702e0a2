//! Who wrote it and when: by-lines and date lines become metadata, datelines ("नई दिल्ली, 5 नवंबर (भाषा):") leave the first paragraph.

use super::known::Not;
use super::lines::{bare, head, is_prose};
use super::shape::{Ending, Kind, Line, Page};
use super::{Context, Level, Stripped};
use crate::cues::{Form, is_digit, is_letter, is_word};
use crate::dates;
use crate::spans::{Cut, Reason};

/// Lines at the top and at the end in which a by-line may begin.
const TOP: usize = 12;
const END: usize = 4;
/// Other lines between the by-lines and date lines of one block, and the most such lines that a page has in a block: more are a table, a
/// timeline, a list of matches. So a line that comes to the top only because others went is judged as it was judged below them.
const APART: usize = 2;
const BLOCK: usize = 6;
/// Most words of a place and a day, the number of an archive and the days of the week in two languages included.
const PLACE_AND_DAY: usize = 12;
/// Longest by-line, name, dateline and name of an agency, in characters.
const LINE: usize = 180;
const NAME: usize = 60;
const DATELINE: usize = 90;
const AGENCY: usize = 20;
/// Most words without a digit of a line that is a date.
const WORDS: usize = 6;
/// What stands between a dateline and the text.
const GAP: [char; 9] = [' ', ':', '-', '–', '—', '।', '.', ',', '|'];
const AFTER_PLACE: [char; 9] = [' ', '\u{A0}', ':', '-', '–', '—', '।', '/', ','];
/// Shortest sentence after a place that no agency goes with, in characters.
const SENTENCE: usize = 40;
/// What stands between a name and a date.
const SEPARATORS: [char; 4] = ['|', '•', '·', '\t'];

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let count = page.lines.len();
    let mut top = chain(page, &context, 0..count, (TOP, true));
    let below = top.last().map_or(0, |last| last.0 + 1)..count;
    top.extend(chain(page, &context, below.rev(), (END, false)).into_iter().rev());
    // dates without a time of day that stand under paragraphs again and again are the headings of a timeline
    let is_heading = |(at, credits): &(usize, Credits)| {
        let line = &page.lines[*at];
        credits.author.is_empty() && page.known[*at].hit.is_none() && !looks_like_date(page.of(line), line.chars)
    };
    let below = |at: usize| at > 0 && is_prose(page, &page.lines[at - 1]);
    if top.iter().filter(|line| is_heading(line) && below(line.0)).count() > 1 {
        top.retain(|line| line.0 == 0 || !is_heading(line));
    }
    for block in top.chunk_by_mut(|one, next| next.0 - one.0 <= APART + 1) {
        if block.len() > BLOCK {
            continue;
        }
        for (at, credits) in block {
            if verdicts[*at].is_none() && (*at < TOP || *at + END >= count) {
                take(page, &context, *at, std::mem::take(credits), verdicts, found);
            }
        }
    }
}

/// By-lines and date lines among the first `edge` lines of `order`, and those that stand in a block with them.
fn chain(
    page: &Page<'_>,
    context: &Context<'_>,
    order: impl Iterator<Item = usize>,
    (edge, from_top): (usize, bool),
) -> Vec<(usize, Credits)> {
    let mut found = Vec::new();
    let mut last = None;
    for (number, at) in order.enumerate() {
        if number >= edge && last.is_none_or(|last| number - last > APART + 1) {
            break;
        }
        let line = &page.lines[at];
        if line.chars > LINE || line.stops > 3 || line.ending == Ending::Stop && line.chars > 90 {
            continue;
        }
        let text = page.of(line);
        // without a cue, a date or parts that may hold one it says nothing
        let in_parts = || may_hold_parts(text) && (text.contains(SEPARATORS) || text.contains(is_digit));
        let known = &page.known[at];
        if known.hit.is_none() {
            if !known.is_not(Not::Parted) {
                known.set_not(Not::Parted, !in_parts());
            }
            if known.is_not(Not::Parted) {
                continue;
            }
        }
        let dated = || {
            let shaped = from_top && line.ending != Ending::Stop && looks_like_date(text, line.chars);
            shaped.then(Credits::default)
        };
        let credits = if known.is_not(Not::Signed) { None } else { credits_of(text, context) };
        known.set_not(Not::Signed, credits.is_none());
        let credits = credits.or_else(dated);
        if let Some(credits) = credits {
            last = Some(number);
            found.push((at, credits));
        }
    }
    found
}

/// False only where there is neither a separator nor a digit. Compares bytes many at once.
fn may_hold_parts(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ascii =
        bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit() | (*byte == b'|') | (*byte == b'\t'));
    // the digits of Arabic and Indic scripts, bullets
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    ascii
        || pairs.fold(false, |found, (&before, &byte)| {
            let digit = (0xA0..0xBA).contains(&byte) & ((before | 0x1E == 0xBF) | (before & 0xFD == 0xD9));
            let bullet = (before == 0xC2) & (byte == 0xB7) | (before == 0x80) & (byte == 0xA2);
            found | digit | bullet
        })
}

/// Cuts a by-line or date line; what it says becomes metadata.
fn take(
    page: &Page<'_>,
    context: &Context<'_>,
    at: usize,
    mut credits: Credits,
    verdicts: &mut [Option<Reason>],
    found: &mut Stripped<'_>,
) {
    let text = page.of(&page.lines[at]);
    verdicts[at] = Some(if credits.author.is_empty() { Reason::Dateline } else { Reason::Byline });
    // "By", "Written by:" and then the name
    let label =
        context.cues.at_start(bare(text)).is_some_and(|hit| hit.reason == Reason::Byline && hit.is_alone(bare(text)));
    if label && (text.ends_with(':') || credits.author.len() <= 2) {
        credits.author.clear();
        if let Some(name) = page.lines.get(at + 1).map(|line| page.of(line)).filter(|text| is_name(text)) {
            credits.author.push_str(name);
            verdicts[at + 1] = Some(Reason::Byline);
        }
    }
    for (field, value) in [
        (&mut found.author, credits.author),
        (&mut found.published, credits.published),
        (&mut found.modified, credits.modified),
    ] {
        if field.is_empty() {
            *field = value;
        }
    }
}

/// A date and a time of day in any calendar or form: few words, many digits, a time among them, and others: "08:00-10:00" is no date, nor
/// is "5.2 inches, 1920 × 1080".
fn looks_like_date(text: &str, chars: usize) -> bool {
    if chars > 60
        || !text.contains([':', '.'])
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
    looks_like_date(text, chars) || date_of(text).is_some()
}

/// True for a line that is nothing but a day of any calendar: "२० फागुन २०८०, सोमबार".
pub(super) fn is_day(text: &str) -> bool {
    let numbers = || text.split_whitespace().filter(|word| word.contains(is_digit)).count();
    text.len() <= NAME * 3 && (1..=2).contains(&numbers()) && place_and_day(text) == Some((false, true))
}

#[derive(Default)]
struct Credits {
    author: String,
    published: String,
    modified: String,
}

/// What a by-line says; None where the line is something else. Each part between bars or bullets must be a cue with a name or a date,
/// or a bare name or date, and one of them must be more than a name.
fn credits_of(text: &str, context: &Context<'_>) -> Option<Credits> {
    let mut credits = Credits::default();
    let mut sure = false;
    for part in text.split(SEPARATORS).map(bare).filter(|part| !part.is_empty()) {
        let hit = context.cues.at_start(part);
        let rest = hit.map_or("", |hit| bare(hit.rest(part)));
        match hit.map(|hit| (hit.reason, hit)) {
            Some((Reason::Byline, hit)) if is_name(rest) || (hit.form == Form::Label && rest.is_empty()) => {
                sure = true;
                fill(&mut credits.author, if rest.is_empty() { part } else { rest });
            }
            Some((Reason::Dateline, hit)) if date_of(rest).is_some() || digits(rest) >= 4 => {
                sure = true;
                let changed = is_change(&context.cues.cues[hit.cue].phrase);
                let field = if changed { &mut credits.modified } else { &mut credits.published };
                fill(field, &date_of(rest).unwrap_or_default());
            }
            Some((Reason::Share | Reason::Credit | Reason::Header | Reason::Nav | Reason::Comments, _)) => {}
            // a row of a chronicle: "1834 … 1 April"
            _ => match (context.cues.at_end(part), date_of(part).filter(|date| date.as_str() >= "1900")) {
                (_, Some(date)) => {
                    sure = true;
                    fill(&mut credits.published, &date);
                }
                (Some(hit), _) if hit.reason == Reason::Byline && is_name(bare(hit.rest(part))) => {
                    sure = true;
                    fill(&mut credits.author, bare(hit.rest(part)));
                }
                _ if is_name(part) => fill(&mut credits.author, part),
                _ => return None,
            },
        }
    }
    sure.then_some(credits)
}

fn fill(field: &mut String, value: &str) {
    if field.is_empty() {
        field.push_str(value);
    }
}

fn digits(text: &str) -> usize {
    text.chars().filter(|&char| is_digit(char)).count()
}

/// Up to six words of letters, capitalised where the script has capitals.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= NAME
        && !text.chars().any(|char| is_digit(char) || matches!(char, '।' | '?' | '!' | ':' | '"'))
        && text.split_whitespace().count() <= 6
        && text.split_whitespace().next().is_some_and(|word| !word.chars().next().is_some_and(char::is_lowercase))
        && text.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count() <= 1
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
fn date_of(text: &str) -> Option<String> {
    (text.len() <= 120 && digits(text) >= 3 && text.contains(|char: char| !is_digit(char)))
        .then(|| dates::parse(text))
        .flatten()
}

/// "Place (agency):" or "Place, date (agency) -" before the first paragraph, also the agency alone: "AP - ". It becomes metadata.
pub(super) fn dateline(
    page: &Page<'_>,
    context: Context<'_>,
    verdicts: &[Option<Reason>],
    cuts: &mut Vec<Cut>,
    found: &mut Stripped<'_>,
) {
    if context.level == Level::Gentle || context.paragraphs {
        return;
    }
    let Some(first) = verdicts.iter().position(Option::is_none) else { return };
    let line = &page.lines[first];
    let known = &page.known[first];
    if !known.is_not(Not::Dated) {
        // datelines may stand one after another
        let mut end = None;
        let mut rest = line.clone();
        while let Some(found) = dateline_end(page, &rest, &context).filter(|&found| found > rest.start) {
            end = Some(found);
            let start = line.end - page.text[found..line.end].trim_start().len();
            rest.chars -= page.text[rest.start..start].chars().count();
            rest.marks.start += page.marks_of(&rest).iter().take_while(|mark| mark.at() < start).count();
            rest.start = start;
        }
        if let Some(end) = end {
            fill(&mut found.dateline, page.text[line.start..end].trim_matches(GAP));
            cuts.push(Cut { start: line.start, end, reason: Reason::Dateline });
        } else if let Some(cut) = after_headline(page, line, &context) {
            fill(&mut found.dateline, page.text[cut.start..cut.end].trim_matches(GAP));
            cuts.extend(credit_of_headline(page, line, cut.start, &context));
            cuts.push(cut);
        } else {
            known.set_not(Not::Dated, true);
        }
    }
    if cuts.iter().all(|cut| cut.start != line.start)
        && let Some(end) = with_place(page, first)
    {
        fill(&mut found.dateline, page.text[line.start..end].trim_matches(AFTER_PLACE));
        cuts.push(Cut { start: line.start, end, reason: Reason::Dateline });
    }
    // the place on its own line; of several one is a subheading
    let is_city = |at: &usize| {
        let line = &page.lines[*at];
        line.chars <= NAME / 2 && verdicts[*at].is_none() && CITIES.contains(&page.of(line))
    };
    let mut cities = (0..page.lines.len().min(TOP)).filter(is_city);
    if let (Some(at), None) = (cities.next(), cities.next())
        && page.lines.get(at + 1).is_some_and(|next| is_prose(page, next))
    {
        let line = &page.lines[at];
        fill(&mut found.dateline, page.of(line));
        cuts.push(Cut { start: line.start, end: line.end, reason: Reason::Dateline });
    }
    // of a text of several reports each may have its own
    for at in (first + 1..page.lines.len()).filter(|&at| verdicts[at].is_none()) {
        let (line, known) = (&page.lines[at], &page.known[at]);
        if known.is_not(Not::Placed) || line.ending != Ending::Stop {
            continue;
        }
        let with_commas = with_commas(page.of(line), &context).map(|end| line.start + end);
        match with_commas.or_else(|| with_day(page, line, &context)) {
            Some(end) => {
                fill(&mut found.dateline, page.text[line.start..end].trim_matches(GAP));
                cuts.push(Cut { start: line.start, end, reason: Reason::Dateline });
            }
            None => known.set_not(Not::Placed, true),
        }
    }
}

/// "Headline. PLACE (Agency) - Text" or "Headline. Agency - Text", all in one line. The place is in capitals, and a dash follows.
fn after_headline(page: &Page<'_>, line: &Line, context: &Context<'_>) -> Option<Cut> {
    let number = page.marks_of(line).iter().position(|mark| mark.kind() == Kind::Stop)?;
    let marks = line.marks.start + number + 1..line.marks.end;
    let stop = page.marks_of(line)[number].at();
    let after = &page.text[stop..line.end];
    let start = line.end - after.trim_start().len();
    if stop - line.start > DATELINE * 2 || start == stop || start == line.end {
        return None;
    }
    // the first bytes of the dashes
    memchr::memchr2(b'-', 0xE2, after.as_bytes())?;
    let chars = line.chars - page.text[line.start..start].chars().count();
    let end = dateline_end(page, &Line { start, chars, marks, ..line.clone() }, context)?;
    let found = &page.text[start..end];
    // "Reuters - Oil prices rose", but not "Reuters - which broke the story - said"
    let is_set_off = match found.split_once('(') {
        Some((place, _)) => !place.trim().is_empty() && !place.contains(char::is_lowercase),
        None => page.text[end..].starts_with(char::is_uppercase),
    };
    (is_set_off && found.trim_end().ends_with(['-', '–', '—'])).then_some(Cut { start, end, reason: Reason::Dateline })
}

/// The "(Agency)" at the end of a headline after which a dateline follows at `end`.
fn credit_of_headline(page: &Page<'_>, line: &Line, end: usize, context: &Context<'_>) -> Option<Cut> {
    let headline = page.text[line.start..end].trim_end().trim_end_matches('.');
    let open = headline.strip_suffix(')')?.rfind('(')?;
    let inside = bare(&headline[open..]);
    let hit = context.cues.at_start(inside).filter(|hit| hit.reason == Reason::Credit && hit.is_alone(inside));
    hit.map(|_| Cut { start: line.start + open, end: line.start + headline.len(), reason: Reason::Credit })
}

/// "Agency, place: " and "Place, agency । ", where an agency that stands first has several words: one word ("भाषा") may be a word. Also
/// "13 Kartik, place । " before a paragraph: two names and a number are no sentence.
fn with_commas(text: &str, context: &Context<'_>) -> Option<usize> {
    let head = head(text, DATELINE * 3);
    let first_words = fifth_word(head.as_bytes()).map_or(head.len(), |fifth| fifth + 1);
    let comma = memchr::memchr(b',', &head.as_bytes()[..first_words])?;
    // the first bytes of what it may end at
    memchr::memchr3(b':', 0xE0, 0xE2, head.as_bytes())?;
    if head[..comma].split_whitespace().nth(4).is_some() {
        return None;
    }
    let stop = head.find([':', '।', '–', '—'])?;
    let parts = head[..stop].split(',').map(str::trim);
    // a number of the archive may stand before it
    let agency = |(number, part): (usize, &str)| {
        let part = part.trim_start_matches(|char: char| is_digit(char) || char == ' ');
        context.cues.at_start(part).is_some_and(|hit| {
            let certain = number > 0 || context.cues.cues[hit.cue].phrase.contains(' ');
            hit.reason == Reason::Credit && hit.is_alone(part) && certain
        })
    };
    let count = parts.clone().count();
    let short = parts.clone().all(|part| part.split_whitespace().count() <= 4);
    let brief = parts.clone().all(|part| part.split_whitespace().count() <= 2);
    let dated = count == 2
        && brief
        && text.ends_with(['।', '.', '"', '”', '’', '\''])
        && head[stop..].starts_with('।')
        && parts.clone().next().filter(|day| day.contains(is_digit)).and_then(place_and_day) == Some((false, true))
        && parts.clone().nth(1).and_then(place_and_day) == Some((true, false));
    // "Agency, the chief said: " tells who speaks
    let signed = parts.clone().enumerate().any(agency)
        && parts.enumerate().all(|(number, part)| agency((number, part)) || place_and_day(part).is_some());
    let rest = text[stop..].trim_start_matches(GAP);
    let least = if dated { SENTENCE } else { 60 };
    ((2..=3).contains(&count) && short && (dated || signed) && rest.chars().nth(least).is_some())
        .then_some(text.len() - rest.len())
}

/// "Place, 5 March - Text", "Place । Text" at the head of the first paragraph: before the mark stands a place, or a place and a day, and
/// nothing else. Where the next line begins in the same way, both are entries of a list.
fn with_place(page: &Page<'_>, at: usize) -> Option<usize> {
    let line = &page.lines[at];
    if !is_prose(page, line) {
        return None;
    }
    let text = page.of(line);
    let (mark, place, rest) = placed(text)?;
    let colon = mark == ':';
    let is_list = || {
        let next = page.lines.get(at + 1).and_then(|next| placed(page.of(next)));
        next.is_some_and(|(next, place, _)| next == mark && place.split_whitespace().nth(4).is_none())
    };
    if rest.chars().nth(SENTENCE).is_none() || rest.starts_with(char::is_lowercase) {
        return None;
    }
    let one_place = || {
        let indic = place.starts_with(|char| matches!(char, '\u{900}'..='\u{97F}')) && place.chars().nth(2).is_some();
        indic && !place.contains(',') && place.split_whitespace().nth(2).is_none() && !ANSWERS.contains(&place)
    };
    let is_city = |text: &str| CITIES.contains(&text.trim().replace(['\u{200C}', '\u{200D}'], "").as_str());
    // "Headline. Place, 5 March - Text": a short word with a point is a month or a state
    let headed = || place.split_whitespace().any(|word| word.ends_with('.') && word.chars().nth(5).is_some());
    // "Place, 5 March। Text", closed up, belongs to the paragraph (samples/README.md)
    let closed_up = mark == '।' && !text.split('।').next().is_some_and(|before| before.ends_with([' ', '\u{A0}']));
    let fits = match place_and_day(place)? {
        (true, true) if closed_up => false,
        (true, true) if colon => is_city(place.split(',').next().unwrap_or_default()) && !is_list(),
        (true, true) => !headed() && place.split_whitespace().nth(8).is_none() && (mark == '।' || !is_list()),
        (true, false) if colon => is_city(place) && !is_list(),
        (true, false) => matches!(mark, '।' | '/') && line.ending == Ending::Stop && one_place(),
        _ => false,
    };
    fits.then_some(line.end - rest.len())
}

/// The mark after what may be a place at the beginning of a text, that place, and the text behind them.
fn placed(text: &str) -> Option<(char, &str, &str)> {
    let head = head(text, DATELINE * 3);
    let (at, mark) = head.char_indices().find(|&(at, char)| match char {
        '।' | '–' | '—' | ':' => true,
        '-' => head[..at].ends_with(' ') || head[at..].starts_with("--"),
        '/' => head[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    })?;
    let before = head[..at].trim();
    // "Place, 5 March /Agency/ -- "
    let place = before.rsplit_once(" /").filter(|_| mark == '/').map_or(before, |(place, _)| place);
    Some((mark, place, text[at..].trim_start_matches(AFTER_PLACE)))
}

/// "Place, 5 November (Agency) " before a paragraph.
fn with_day(page: &Page<'_>, line: &Line, context: &Context<'_>) -> Option<usize> {
    let head = head(page.of(line), DATELINE * 2);
    let open = memchr::memchr(b'(', head.as_bytes())?;
    let dated = open < DATELINE * 2 && place_and_day(&head[..open]) == Some((true, true));
    if dated { dateline_end(page, line, context) } else { None }
}

/// Where the fifth word begins of those that are seen at a glance: a word that follows a space and begins with a byte of no white space.
fn fifth_word(bytes: &[u8]) -> Option<usize> {
    // other white space than that of ASCII begins with the bytes that are left out
    let begins = |&at: &usize| bytes.get(at).is_some_and(|&byte| byte > b' ' && !matches!(byte, 0xC2 | 0xE1..=0xE3));
    let after_spaces = memchr::memchr_iter(b' ', bytes).map(|space| space + 1);
    std::iter::once(0).chain(after_spaces).filter(begins).nth(4)
}

fn dateline_end(page: &Page<'_>, line: &Line, context: &Context<'_>) -> Option<usize> {
    let is_agency =
        |text: &str| context.cues.at_start(text).filter(|hit| hit.reason == Reason::Credit && hit.form == Form::Label);
    let text = page.of(line);
    if let Some(end) = with_commas(text, context) {
        return Some(line.start + end);
    }
    if let Some(hit) = is_agency(text) {
        let rest = hit.rest(text);
        let gap = rest.len() - rest.trim_start_matches(GAP).len();
        return (rest[..gap].contains(['-', '–', '—', ':']) && line.chars > 60).then_some(line.start + hit.len + gap);
    }
    // "Special correspondent New Delhi: "
    if let Some(end) = context.cues.unparted(text, Reason::Credit) {
        let place = head(&text[end..], NAME);
        let rest = place
            .find(':')
            .filter(|&colon| is_city(place[..colon].trim()))
            .map(|colon| text[end + colon..].trim_start_matches(GAP))
            .filter(|rest| rest.chars().nth(60).is_some());
        return rest.map(|rest| line.end - rest.len());
    }
    let marks = page.marks_of(line);
    let open =
        marks.iter().find(|mark| mark.kind() == Kind::Open).filter(|mark| mark.at() - line.start <= DATELINE * 3)?;
    let close = marks.iter().find(|mark| mark.at() > open.at() && mark.kind() == Kind::Close)?;
    let before = &page.text[line.start..open.at()];
    let after = &page.text[close.at() + 1..line.end];
    let inside = bare(&page.text[open.at()..close.at()]);
    if is_agency(inside).is_none() && !is_telling(before, inside, after) {
        return None;
    }
    let words = before.split(|char| !is_word(char)).filter(|word| !word.is_empty()).count();
    // a place has up to three words, more with a day; a longer one is a headline or the first sentence
    let said = || if words <= 7 { place_and_day(before) } else { None };
    let rest = &page.text[close.at() + 1..line.end];
    let gap = rest.len() - rest.trim_start_matches(GAP).len();
    let set_off = rest[..gap].contains([':', '-', '–', '—', '।']) || !before.is_ascii() && rest[..gap].contains('.');
    let plain = before.chars().count() <= DATELINE && !before.contains(['।', '!', '?', '"']) && !before.contains(". ");
    // "Place, 5 November (Agency) Text"
    let dated = || {
        gap > 0
            && !rest[gap..].trim_start_matches(|char| !is_word(char)).starts_with(char::is_lowercase)
            && said() == Some((true, true))
    };
    let is_place = || words <= 3 && !before.contains(is_digit) || said().is_some();
    (plain && !rest[gap..].is_empty() && (set_off && is_place() || dated())).then_some(close.at() + 1 + gap)
}

/// "NEW YORK (Abc.De) - ": capitals, a name in brackets and a dash, whoever the name is.
fn is_telling(place: &str, name: &str, after: &str) -> bool {
    // "(ABC) -- "
    if place.is_empty() && (3..=6).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return after.trim_start().starts_with(['-', '–', '—']);
    }
    let letters = || place.chars().filter(|&char| is_letter(char));
    letters().nth(3).is_some()
        && letters().all(char::is_uppercase)
        && !place.contains(is_digit)
        && name.chars().count() <= AGENCY
        && is_name(name)
        && after.trim_start().starts_with(['-', '–', '—'])
}

/// What stands before the text is a place, a day or both, and nothing else: whether there is a place, and whether there is a day. None where
/// it says more: "5 dead, 12 hurt", "He lost by 30". A number of the archive may stand before it.
fn place_and_day(text: &str) -> Option<(bool, bool)> {
    if text.split_whitespace().nth(PLACE_AND_DAY).is_some() {
        return None;
    }
    let unnumbered = text.trim_start_matches(is_digit);
    let archived = unnumbered.starts_with(' ') && digits(&text[..text.len() - unnumbered.len()]) >= 3;
    let (mut place, mut day, mut numbers) = (false, false, false);
    for part in if archived { unnumbered } else { text }.split([',', '،']).map(bare) {
        let words: Vec<&str> = part.split_whitespace().map(|word| word.trim_matches(['.', '।'])).collect();
        let numbered = part.contains(is_digit);
        // a short name of a month may be a word of a Latin script: "Out"
        day |= words.iter().any(|word| is_month(word) && (numbered || !word.is_ascii())) || date_of(part).is_some();
        numbers |= numbered;
        if let Some(first) = words.iter().position(|word| !is_of_day(word)) {
            let last = words.iter().rposition(|word| !is_of_day(word)).unwrap_or(first);
            if !is_place(&words[first..=last]) {
                return None;
            }
            place = true;
        }
    }
    (day || place && !numbers).then_some((place, day))
}

/// "5", "5th", "5/3/2024", "मार्च", "Monday".
fn is_of_day(word: &&str) -> bool {
    let figures = word.trim_end_matches(|char: char| char.is_ascii_lowercase());
    let number = !figures.is_empty() && figures.chars().all(|char| is_digit(char) || matches!(char, '/' | '-' | '.'));
    let whole = figures.len() == word.len() || word.len() - figures.len() == 2 && figures.len() <= 2;
    number && whole || is_month(word) || dates::is_weekday(word)
}

fn is_month(word: &str) -> bool {
    dates::is_month(word) || NEPALI.contains(&word)
}

/// The months of the calendar of Nepal, and those of the other one, as they are spelled there.
#[rustfmt::skip]
const NEPALI: [&str; 44] = [
    "वैशाख", "बैशाख", "बैसाख", "वैसाख", "जेठ", "जेष्ठ", "असार", "अषाढ", "आषाढ", "असाढ", "साउन", "श्रावण", "सावन", "भदौ", "भाद्र", "भाद्र्र", "असोज", "आश्विन", "अशोज",
    "कात्तिक", "कार्तिक", "कत्तिक", "कातिक", "मंसिर", "मङ्सिर", "मार्ग", "मंसीर", "पुस", "पुष", "पौष", "पूस", "माघ", "फागुन", "फाल्गुन", "फागुण", "चैत", "चैत्र",
    "अप्रील", "अप्रल", "जुलार्इ", "जूलाई", "भदाै", "फेब्रुवरी", "फ्रेब्रुअरी",
];

/// Words as the names of places have them: capitalised where the script has capitals, and no word that only sentences have.
fn is_place(words: &[&str]) -> bool {
    let is_small = |word: &&&str| word.starts_with(char::is_lowercase);
    words.len() <= 5
        && words.first().is_some_and(|word| !is_small(&word))
        && words.iter().filter(is_small).all(|word| OF_PLACES.contains(word))
        && !words.iter().any(|word| word.contains(is_digit) || word.contains(['"', '“', '‘', ':', '?', '!']))
        && !words.iter().any(|word| OF_SENTENCES.contains(word))
}

/// Small words inside the names of places.
#[rustfmt::skip]
const OF_PLACES: [&str; 22] = [
    "of", "upon", "on", "de", "del", "da", "do", "dos", "di", "du", "des", "la", "le", "les", "am", "an", "der", "sur", "el", "al", "bei", "und",
];

/// Words that follow names in sentences and that begin them; no place has them.
#[rustfmt::skip]
pub(super) const OF_SENTENCES: [&str; 132] = [
    "In", "On", "At", "By", "Since", "Until", "From", "After", "The", "He", "She", "They", "We", "It", "Am", "Im", "Ab", "Seit", "Nach", "Er",
    "Sie", "Die", "Der", "En", "Em", "No", "Il", "Le",
    "में", "पर", "से", "को", "के", "का", "की", "ने", "तक", "और", "यह", "वह", "ये", "वे", "कहा", "कहते", "कहती", "लिखा", "बताया", "बताते", "बताती", "पूछा",
    "है", "हैं", "था", "थी", "थे", "हुआ", "हुई", "हुए", "गई", "गए", "अनुसार", "मुताबिक", "उन्होंने", "मैं", "हम", "आज", "कल", "प्रमुख", "अध्यक्ष",
    "मंत्री", "मृत", "घायल", "घाइते", "मा", "ले", "लाई", "भन्यो", "भन्छ", "भने", "छ", "छन्", "आणि", "आहे", "आहेत", "म्हणाले", "म्हणतात",
    "এবং", "বলেন", "বলেছেন", "বলেছে", "জানান", "জানায়", "জানিয়েছে", "থেকে", "আহত", "নিহত",
    "ને", "અને", "કહ્યું", "જણાવ્યું", "છે", "હતા", "ਨੇ", "ਵਿੱਚ", "ਕਿਹਾ", "ਦੇ",
    "கூறினார்", "கூறியது", "தெரிவித்தார்", "మరియు", "తెలిపింది", "ಹೇಳಿದರು", "പറഞ്ഞു",
    "نے", "میں", "سے", "کو", "کے", "کا", "کی", "پر", "کہ", "ہے", "ہیں", "تھا", "تھی", "تھے", "یا", "कि", "या", "करने", "होने",
];

/// Sentences of one or two words, which no place is.
#[rustfmt::skip]
const ANSWERS: [&str; 36] = [
    "नहीं", "नही", "हां", "हाँ", "जी", "जी हां", "जी हाँ", "जी नहीं", "बिल्कुल", "बिलकुल", "धन्यवाद", "नमस्ते", "नमस्कार", "सावधान", "बधाई", "अद्भुत", "शाबाश",
    "उत्तर", "जवाब", "प्रश्न", "सवाल", "नोट", "नाही", "होय", "होइन", "हजुर", "हो", "छैन", "अवश्य", "शायद", "कभी नहीं", "सन्नाटा", "अंधेरा", "चुप्पी", "तस्वीर", "तस्बिर",
];

/// Cities from which reports come, for what no comma sets apart: elsewhere only a place in capitals tells that no one speaks.
#[rustfmt::skip]
const CITIES: [&str; 74] = [
    "नई दिल्ली", "नयी दिल्ली", "दिल्ली", "मुंबई", "मुम्बई", "कोलकाता", "चेन्नई", "बेंगलुरु", "बंगलुरु", "हैदराबाद", "अहमदाबाद", "पुणे", "जयपुर", "लखनऊ", "कानपुर",
    "पटना", "रांची", "भोपाल", "इंदौर", "रायपुर", "देहरादून", "शिमला", "चंडीगढ़", "जम्मू", "श्रीनगर", "गुवाहाटी", "भुवनेश्वर", "वाराणसी", "प्रयागराज", "नागपुर",
    "आगरा", "मेरठ", "नोएडा", "गुरुग्राम", "गाजियाबाद", "काठमाडौं", "काठमांडू", "New Delhi", "Mumbai", "Kolkata",
    "गोरखपुर", "अलीगढ़", "बरेली", "मुरादाबाद", "लुधियाना", "अमृतसर", "जालंधर", "जोधपुर", "उदयपुर", "ग्वालियर", "जबलपुर", "सूरत", "धनबाद", "जमशेदपुर", "बोकारो",
    "मुजफ्फरपुर", "भागलपुर", "मुंगेर", "हरिद्वार", "पणजी", "तिरुवनंतपुरम", "बीजिंग", "वाशिंगटन", "वॉशिंगटन", "न्यूयॉर्क", "लंदन", "पेरिस", "दुबई", "इस्लामाबाद", "लाहौर",
    "कराची", "काबुल", "ढाका", "टोक्यो",
];

fn is_city(text: &str) -> bool {
    let letters = || text.chars().filter(|&char| is_letter(char));
    CITIES.contains(&text) || letters().nth(3).is_some() && letters().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_words_at_a_glance_are_five_words() {
        for text in [
            "",
            "a b c d",
            "a b c d e",
            "क ख ग घ ङ",
            "a  b   c d",
            "a \u{A0} b c d",
            "a \u{3000} \u{2003} b \u{85} c d",
        ] {
            assert!(fifth_word(text.as_bytes()).is_none() || text.split_whitespace().nth(4).is_some(), "{text}");
        }
        assert_eq!((fifth_word("क ख ग घ ङ".as_bytes()), fifth_word(b"a  b   c d")), (Some(16), None));
    }

    #[test]
    fn the_quick_look_misses_no_separator_and_no_digit() {
        for char in ('\0'..='\u{FFFF}').filter(|&char| is_digit(char) || SEPARATORS.contains(&char)) {
            assert!(may_hold_parts(&format!("क{char}k")), "{char:?}");
        }
        assert!(!may_hold_parts("नई दिल्ली, New Delhi"));
    }

    #[test]
    fn a_place_and_a_day_are_no_count_and_no_speaker() {
        for (text, said) in [
            ("नई दिल्ली, 5 नवंबर", Some((true, true))),
            ("१३ कात्तिक", Some((false, true))),
            ("ঢাকা, ৫ মার্চ", Some((true, true))),
            ("اسلام آباد، 5 مارچ", Some((true, true))),
            ("Rio de Janeiro, 5th March", Some((true, true))),
            ("Frankfurt am Main", Some((true, false))),
            ("909 रामपुर", Some((true, false))),
            ("५ मृत, १२ घाइते", None),
            ("5 मरे, 12 घायल", None),
            ("3 Tote, 5 Verletzte", None),
            ("৫ নিহত, ১২ আহত", None),
            ("In a picture of Monday, 12 March", None),
            ("बाढ़ में, 12 मार्च को", None),
            ("He lost by 30, he told", None),
        ] {
            assert_eq!(place_and_day(text), said, "{text}");
        }
    }
}
