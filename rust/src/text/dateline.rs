//! Datelines ("नई दिल्ली, 5 नवंबर (भाषा):") leave the first paragraph, and become metadata.

use super::byline::{TOP, fill};
use super::credits::{NAME, is_name};
use super::edges::{bare, head};
use super::known::Not;
use super::lines::is_prose;
use super::origin::{after_origin, after_signed_origin, is_entry, is_origin};
use super::places::{ANSWERS, is_city, is_listed_city, place_and_day, says_more};
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::{Context, Level, Stripped};
use crate::cues::{Cues, Form, Reach, is_digit, is_letter, is_word};
use crate::spans::{Cut, Reason};

/// Longest dateline and name of an agency, in characters.
const DATELINE: usize = 90;
const AGENCY: usize = 20;
/// Most datelines one after another.
const STACKED: usize = 500;
/// What stands between a dateline and the text.
const GAP: [char; 9] = [' ', ':', '-', '–', '—', '।', '.', ',', '|'];
const AFTER_PLACE: [char; 9] = [' ', '\u{A0}', ':', '-', '–', '—', '।', '/', ','];
/// Words of a line that are looked at before its marks are looked for.
const FIRST: usize = 3;
/// Shortest sentence after a place that no agency goes with, in characters.
const SENTENCE: usize = 40;

/// "Place (agency):" or "Place, date (agency) -" before the first paragraph, also the agency alone: "AP - ". It becomes metadata.
pub(super) fn find(
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
        for _ in 0..STACKED {
            let Some(found) = dateline_end(page, &rest, &context).filter(|&found| found > rest.start) else { break };
            end = Some(found);
            let start = line.end - page.text[found..line.end].trim_start().len();
            rest = page.rest_of(&rest, start);
        }
        if end.is_some() && is_entry(page, first, context.cues) {
            // told by its neighbours, which may go
        } else if let Some(end) = end {
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
        && let Some(end) = with_place(page, first, context.cues)
    {
        fill(&mut found.dateline, page.text[line.start..end].trim_matches(AFTER_PLACE));
        cuts.push(Cut { start: line.start, end, reason: Reason::Dateline });
    }
    if let Some(at) = only_origin(page, verdicts, &context) {
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
        match after_signed_origin(page, line, context.cues) {
            Some(end) => {
                fill(&mut found.dateline, page.text[line.start..end].trim_matches(GAP));
                cuts.push(Cut { start: line.start, end, reason: Reason::Dateline });
            }
            None => known.set_not(Not::Placed, true),
        }
    }
}

/// The origin on a line of its own above a paragraph; of several such lines one is a subheading.
fn only_origin(page: &Page<'_>, verdicts: &[Option<Reason>], context: &Context<'_>) -> Option<usize> {
    let is_origin = |&at: &usize| {
        let (line, known) = (&page.lines[at], &page.known[at]);
        if line.chars > NAME || verdicts[at].is_some() || known.is_not(Not::Origin) {
            return false;
        }
        let is_origin = is_origin(page.of(line), context.cues);
        known.set_not(Not::Origin, !is_origin);
        is_origin
    };
    let top = 0..page.lines.len().min(TOP);
    let heads = |at: &usize| page.lines.get(at + 1).is_some_and(|next| is_prose(page, next));
    let found = top.clone().filter(heads).find(is_origin)?;
    top.filter(|&at| at != found).all(|at| !is_origin(&at)).then_some(found)
}

/// "Headline. PLACE (Agency) - Text" or "Headline. Agency - Text", all in one line. The place is in capitals, and a dash follows.
fn after_headline(page: &Page<'_>, line: &Line, context: &Context<'_>) -> Option<Cut> {
    let stop = page.marks_of(line).iter().find(|mark| mark.kind() == Kind::Stop)?.at();
    let after = &page.text[stop..line.end];
    let start = line.end - after.trim_start().len();
    if stop - line.start > DATELINE * 2 || start == stop || start == line.end {
        return None;
    }
    let begins = || !context.cues.begins_nothing(&page.text[start..line.end]);
    if !has_dash(head(after, DATELINE * 4)) && !begins() {
        return None;
    }
    let end = dateline_end(page, &page.rest_of(line, start), context)?;
    let found = &page.text[start..end];
    // "Reuters - Oil prices rose", but not "Reuters - which broke the story - said"
    let is_set_off = match found.split_once('(') {
        Some((place, _)) => {
            let city = place.split(',').next().unwrap_or_default();
            !city.trim().is_empty() && !city.contains(char::is_lowercase)
        }
        None => page.text[end..].starts_with(char::is_uppercase),
    };
    (is_set_off && found.trim_end().ends_with(['-', '–', '—'])).then_some(Cut { start, end, reason: Reason::Dateline })
}

/// A dash that no letter of ASCII and no figure stands before: behind an origin there is none.
fn has_dash(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'-', 0xE2, bytes).any(|at| match &bytes[at..] {
        [b'-', ..] => at == 0 || !bytes[at - 1].is_ascii_alphanumeric() || bytes.get(at + 1) == Some(&b'-'),
        [_, 0x80, 0x93 | 0x94, ..] => true,
        _ => false,
    })
}

/// The "(Agency)" at the end of a headline after which a dateline follows at `end`.
fn credit_of_headline(page: &Page<'_>, line: &Line, end: usize, context: &Context<'_>) -> Option<Cut> {
    let headline = page.text[line.start..end].trim_end().trim_end_matches('.');
    let open = headline.strip_suffix(')')?.rfind('(')?;
    let inside = bare(&headline[open..]);
    let hit = context.cues.at_start(inside).filter(|hit| hit.reason == Reason::Credit && hit.is_alone(inside));
    hit.map(|_| Cut { start: line.start + open, end: line.start + headline.len(), reason: Reason::Credit })
}

/// "Place, 5 March - Text", "Place । Text" at the head of the first paragraph: before the mark stands a place, or a place and a day, and
/// nothing else. Where the next line begins in the same way, both are entries of a list.
fn with_place(page: &Page<'_>, at: usize, cues: &Cues) -> Option<usize> {
    let (line, known) = (&page.lines[at], &page.known[at]);
    if known.is_not(Not::Sited) || !is_prose(page, line) {
        return None;
    }
    let found = sited(page, line, cues);
    known.set_not(Not::Sited, found.is_none());
    let Sited { mark, may_be_listed, rest } = found?;
    let is_list = || {
        let next = page.lines.get(at + 1).and_then(|next| placed(page, next));
        next.is_some_and(|next| next.mark == mark && next.place.split_whitespace().nth(4).is_none())
    };
    (!may_be_listed || !is_list()).then_some(line.end - rest.len())
}

/// What [`with_place`] finds of a line by itself.
struct Sited<'a> {
    mark: char,
    /// Where the next line begins in the same way, both are entries of a list.
    may_be_listed: bool,
    rest: &'a str,
}

fn sited<'a>(page: &'a Page<'_>, line: &Line, cues: &Cues) -> Option<Sited<'a>> {
    let text = page.of(line);
    let from = first_mark(page, line);
    if from >= DATELINE * 3 {
        return None;
    }
    // words that stand before any mark are of the place
    let before = memchr::memrchr(b' ', head(text, from.min(DATELINE)).as_bytes()).map_or("", |end| &text[..end]);
    if before.split_ascii_whitespace().take(FIRST).any(says_more) {
        return None;
    }
    let Placed { mark, at, place, rest } = placed_from(text, from)?;
    let colon = mark == ':';
    let dash = matches!(mark, '–' | '—');
    let may_be = colon || !place.is_ascii() || may_hold_day(place) || dash && is_listed_city(place, cues);
    if !may_be {
        return None;
    }
    // "Place–16", "Place–Place road"
    let compound = || rest.starts_with(is_digit) || text[at + mark.len_utf8()..].starts_with(is_word);
    if rest.starts_with(char::is_lowercase) || rest.chars().nth(SENTENCE).is_none() || dash && compound() {
        return None;
    }
    let said = place_and_day(place)?;
    // the number of an archive may stand before it
    let of_archive = |char: char| is_digit(char) || char == ' ';
    let place = if said == (true, false) { place.trim_start_matches(of_archive) } else { place };
    let one_place = || {
        let indic = place.starts_with(|char| matches!(char, '\u{900}'..='\u{97F}')) && place.chars().nth(2).is_some();
        indic && !place.contains(',') && place.split_whitespace().nth(2).is_none() && !ANSWERS.contains(place)
    };
    let is_city = |text: &str| is_listed_city(text.trim(), cues);
    // "Headline. Place, 5 March - Text": a short word with a point is a month or a state
    let headed = || place.split_whitespace().any(|word| word.ends_with('.') && word.chars().nth(5).is_some());
    // "Place, 5 March। Text", closed up, belongs to the paragraph (samples/README.md)
    let closed_up = mark == '।' && !text[..at].ends_with([' ', '\u{A0}']);
    let fits = match said {
        (true, true) if closed_up => false,
        (true, true) if colon => is_city(place.split(',').next().unwrap_or_default()),
        (true, true) => !headed() && place.split_whitespace().nth(8).is_none(),
        (true, false) if colon || dash => is_city(place),
        (true, false) => matches!(mark, '।' | '/') && line.ending == Ending::Stop && one_place(),
        _ => false,
    };
    let may_be_listed = colon || said.1 && mark != '।';
    fits.then_some(Sited { mark, may_be_listed, rest })
}

/// What may be a place at the beginning of a line, the mark behind it and where that stands, and the text behind both.
struct Placed<'a> {
    mark: char,
    at: usize,
    place: &'a str,
    rest: &'a str,
}

fn placed<'a>(page: &'a Page<'_>, line: &Line) -> Option<Placed<'a>> {
    placed_from(page.of(line), first_mark(page, line))
}

/// The same where before byte `from` stands no mark.
fn placed_from(text: &str, from: usize) -> Option<Placed<'_>> {
    let head = head(text, DATELINE * 3);
    let bytes = head.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at..)? {
            [b':', ..] | [0xE0, 0xA5, 0xA4, ..] | [0xE2, 0x80, 0x93 | 0x94, ..] => break,
            [b'-', next @ ..] if bytes[..at].ends_with(b" ") || next.starts_with(b"-") => break,
            [b'/', ..] if head[at + 1..].starts_with(char::is_whitespace) => break,
            [0xE0 | 0xE2, ..] => at += 3,
            [] => return None,
            _ => at += 1,
        }
    }
    let mark = head[at..].chars().next()?;
    let before = head[..at].trim();
    // "Place, 5 March /Agency/ -- "
    let archived = || before.rsplit_once(" /").map(|(place, _)| place);
    let place = if mark == '/' { archived().unwrap_or(before) } else { before };
    Some(Placed { mark, at, place, rest: text[at..].trim_start_matches(AFTER_PLACE) })
}

/// False only where [`place_and_day`] finds no day: in ASCII it has figures.
fn may_hold_day(text: &str) -> bool {
    text.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_digit())
}

/// Before this byte of a line stands no colon, no dash, no slash and no danda.
fn first_mark(page: &Page<'_>, line: &Line) -> usize {
    let near = page.marks_of(line).iter().take_while(|mark| mark.at() <= line.start + DATELINE * 3);
    let danda = |mark: &&Mark| mark.kind() == Kind::Stop && page.text[..mark.at()].ends_with('।');
    let danda = near.clone().find(danda).map_or(usize::MAX, |mark| mark.at() - line.start - '।'.len_utf8());
    line.before_sign.min(danda)
}

fn dateline_end(page: &Page<'_>, line: &Line, context: &Context<'_>) -> Option<usize> {
    let is_agency = |text: &str, begun: Reach| {
        let hit = context.cues.at_start_of(text, begun);
        hit.filter(|hit| hit.reason == Reason::Credit && hit.form == Form::Label)
    };
    let text = page.of(line);
    if let Some(end) = after_origin(page, line, context.cues) {
        return Some(end);
    }
    let begun = context.cues.begun(text);
    let begins = begun != Reach::Nothing;
    if let Some(hit) = begins.then(|| is_agency(text, begun)).flatten() {
        let rest = hit.rest(text);
        let gap = rest.len() - rest.trim_start_matches(GAP).len();
        return (rest[..gap].contains(['-', '–', '—', ':']) && line.chars > 60).then_some(line.start + hit.len + gap);
    }
    // "Special correspondent New Delhi: "
    if let Some(end) = begins.then(|| context.cues.unparted(text, Reason::Credit)).flatten() {
        let place = head(&text[end..], NAME);
        let rest = place
            .find(':')
            .filter(|&colon| is_city(place[..colon].trim(), context.cues))
            .map(|colon| text[end + colon..].trim_start_matches(GAP))
            .filter(|rest| rest.chars().nth(60).is_some());
        return rest.map(|rest| line.end - rest.len());
    }
    if !line.may_bracket {
        return None;
    }
    let marks = page.marks_of(line);
    let mut near = marks.iter().take_while(|mark| mark.at() - line.start <= DATELINE * 3);
    let open = near.find(|mark| mark.kind() == Kind::Open)?;
    let close = marks.iter().find(|mark| mark.at() > open.at() && mark.kind() == Kind::Close)?;
    let before = &page.text[line.start..open.at()];
    let after = &page.text[close.at() + 1..line.end];
    let inside = bare(&page.text[open.at()..close.at()]);
    if is_agency(inside, context.cues.begun(inside)).is_none() && !is_telling(before, inside, after) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_headline_no_dateline_is_passed_over_for_its_dash() {
        let phrases = [("credit", "PTI"), ("credit", "भाषा"), ("credit", "Reuters"), ("byline", "By …")];
        let cues = crate::cues::tests::with_shipped_cities(&phrases);
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        let pieces = [
            "PTI",
            "भाषा",
            "Reuters",
            "PATNA",
            "NEW DELHI",
            "पटना",
            "Patna",
            "(ANI)",
            "(PTI)",
            "(",
            ")",
            ",",
            "5 March",
            "Mar 5",
            "5 नवंबर",
            "-",
            "--",
            "- ",
            "–",
            "—",
            ":",
            "।",
            ".",
            "\u{A0}",
            "#",
            "a-b",
            "x",
        ];
        let text = "The council asked three villages by the river to leave their houses before the next flood.";
        let mut next = crate::draws::draws(17);
        let mut found = 0;
        for _ in 0..120_000 {
            let head: String =
                (0..1 + next(6)).map(|_| [pieces[next(pieces.len())], ["", " "][next(2)]].concat()).collect();
            let text = format!("The river rises. {head}{text}");
            let page = Page::new(&text);
            let start = "The river rises. ".len() + head.len() - head.trim_start().len();
            let Some(line) = page.lines.first().filter(|line| line.end > start) else { continue };
            let Some(end) = dateline_end(&page, &page.rest_of(line, start), &context) else { continue };
            if page.text[start..end].trim_end().ends_with(['-', '–', '—']) {
                found += 1;
                let begins = !cues.begins_nothing(&page.text[start..]);
                assert!(begins || has_dash(&page.text["The river rises.".len()..]), "{text:?}");
            }
        }
        assert!(found > 1000, "{found}");
    }
}
