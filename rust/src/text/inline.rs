//! Inside a paragraph: the promo between two sentences, the advertisement in brackets, the credit at the end.

use super::byline::{OF_SENTENCES, is_name};
use super::known::{Known, Not};
use super::lines::{bare, from_word, is_button, is_prose, is_told, to_word};
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::{Context, Level};
use crate::cues::{Form, Hit, NEWS, PLATFORM, is_letter, is_word};
use crate::spans::{Cut, Reason};

/// Longest sentence and bracket, in characters, that go as a whole.
const SENTENCE: usize = 280;
const BRACKET: usize = 300;
/// Longest headline inside a paragraph that ends with a full stop, in characters: in a longer one a sentence is glued to it.
const STOPPED: usize = 110;
/// Longest second half of a headline inside a paragraph, in characters.
const HALF: usize = 60;
/// Longest row of dots at the end of a line, in bytes.
const ELLIPSIS: usize = 16;
/// Characters on either side of a call in which the signs of a quotation are looked for.
const QUOTATION: usize = 500;
/// Fewest and most words of a headline that is glued to the next sentence, beside the first; longest call that is, in characters.
const LEAST: usize = 2;
const GLUED: usize = 15;
const CALL: usize = 120;
/// Letters of the Arabic script.
const ARABIC: fn(char) -> bool = |char| matches!(char, '\u{620}'..='\u{6D3}');
/// Longest header of a list that is known by its end, in characters.
const HEADER: usize = 45;
/// Longest call of which the beginning alone tells that it is one, in characters.
const RUN: usize = 100;
/// Lines over which a bracket may be broken.
const BROKEN: usize = 6;
/// Longest name and date of the signature of a post, in bytes and in characters.
const NAME: usize = 200;
const DATE: usize = 40;
/// Longest caption that goes with the credit at its end, in characters.
const CAPTION: usize = 240;
/// Marks with which somebody's words begin.
pub(super) const QUOTES: [char; 6] = ['"', '“', '„', '‘', '«', '\''];

pub(super) fn find(page: &Page<'_>, (line, known): (&Line, &Known), context: Context<'_>, cuts: &mut Vec<Cut>) {
    let first = cuts.len();
    if context.level > Level::Gentle {
        tweet(page, line, cuts);
        glued_calls(page, line, &context, cuts);
    }
    let marks = page.marks_of(line);
    let mut next: Option<&Mark> = None;
    let mut end = line.end;
    for mark in marks.iter().rev().filter(|mark| matches!(mark.kind(), Kind::Open | Kind::Close)) {
        if let (Kind::Open, Some(close)) = (mark.kind(), next.filter(|next| next.kind() == Kind::Close)) {
            let before = cuts.len();
            bracket(page, line, mark.at()..close.at() + 1, end, &context, cuts);
            // what stands before a bracket that ends the line ends the line when that is gone
            if cuts.len() > before && bare(&page.text[close.at() + 1..end]).is_empty() {
                end = mark.at();
            }
        }
        next = Some(mark);
    }
    cuts[first..].sort_by_key(|cut| cut.start);
    let mut brackets = first..cuts.len();
    let mut from = line.start;
    let mut half = None;
    for stop in marks.iter().filter(|mark| mark.kind() == Kind::Stop).map(|mark| mark.at()).chain([line.end]) {
        // what a bracket has taken, and the stops in it, are no sentence
        while brackets.start < brackets.end && cuts[brackets.start].end <= from {
            brackets.start += 1;
        }
        let taken = cuts[brackets.clone()].iter().take_while(|cut| cut.start < stop).find(|cut| cut.end > from);
        match taken.map(|cut| cut.start..cut.end) {
            Some(bracket) if stop < bracket.end => continue,
            Some(bracket) => {
                sentence(page, (line, known), from..bracket.start.max(from), &context, cuts);
                sentence(page, (line, known), bracket.end..stop, &context, cuts);
            }
            None => {
                let before = cuts.len();
                if from < stop {
                    sentence(page, (line, known), from..stop, &context, cuts);
                }
                // "Also read: Is it so? Find out now." The question is half of the headline.
                let asks = || page.text[..stop].ends_with(['?', '!']);
                if cuts.len() > before && cuts[before].reason == Reason::Related && asks() {
                    half = Some(before);
                } else if let Some(cut) = half.take()
                    && cuts.len() == before
                    && page.text[from..stop].chars().count() <= HALF
                    && stop < line.end
                {
                    cuts[cut].end = from + page.text[from..stop].trim_end().len();
                }
            }
        }
        from = stop;
    }
    // A line of which no word is left goes as a whole.
    if let Some(cut) = cuts.get(first) {
        let reason = cut.reason;
        let mut kept = 0;
        let mut at = line.start;
        for cut in &cuts[first..] {
            kept += page.text[at.min(cut.start)..cut.start].chars().filter(|&char| is_word(char)).count();
            at = at.max(cut.end);
        }
        kept += page.text[at.min(line.end)..line.end].chars().filter(|&char| is_word(char)).count();
        if kept == 0 {
            cuts.truncate(first);
            cuts.push(Cut { start: line.start, end: line.end, reason });
        }
    }
}

/// A bracket that a page has broken into several short lines around its links: "(To join us,\nclick here\n. You can also…)".
pub(super) fn find_broken(page: &Page<'_>, context: Context<'_>, cuts: &mut Vec<Cut>) {
    for (at, line) in page.lines.iter().enumerate() {
        let Some(open) = page.marks_of(line).iter().rev().find(|mark| matches!(mark.kind(), Kind::Open | Kind::Close))
        else {
            continue;
        };
        if open.kind() == Kind::Close || context.level == Level::Gentle {
            continue;
        }
        let below = &page.lines[at + 1..page.lines.len().min(at + 1 + BROKEN)];
        let brackets = below
            .iter()
            .flat_map(|line| page.marks_of(line))
            .filter(|mark| matches!(mark.kind(), Kind::Open | Kind::Close));
        let Some(close) = brackets.into_iter().next().filter(|mark| mark.kind() == Kind::Close) else { continue };
        let span = open.at()..close.at() + 1;
        if span.len() > BRACKET * 3 {
            continue;
        }
        let joined = page.text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let speaks = |text: &str| {
            let hit = context.cues.at_either_end(bare(text));
            hit.is_some_and(|hit| is_call(hit.reason) && hit.form != Form::Alone)
        };
        if joined.split_inclusive(['.', '।', '?', '!']).any(speaks) {
            cuts.push(Cut { start: span.start, end: span.end, reason: Reason::Promo });
        }
    }
}

/// "مزید پڑھیں" with a headline that nothing parts from it, and the next sentence glued to that. Where nothing tells where the headline ends, the
/// cue goes alone, if it is glued as well. `text` begins at byte `start` of the page.
fn unparted_headline(text: &str, start: usize, context: &Context<'_>) -> Option<Cut> {
    let end = context.cues.unparted(text, Reason::Related)?;
    // a shorter rest is the ending of the word: "पढ़ेंगे", "پڑھیںگے"
    let ending =
        |rest: &str| rest.chars().nth(LEAST - 1).is_none() || !rest.starts_with(ARABIC) || rest.starts_with('گ');
    let glued = || {
        let rest = &text[end..];
        let rest = &rest[..rest.find(|char| !is_word(char)).unwrap_or(rest.len())];
        (rest.chars().nth(LEAST).is_some() || !ending(rest)).then_some(end)
    };
    let asks = || (text.ends_with(['?', '؟']) && text.chars().nth(STOPPED).is_none()).then_some(text.len());
    let next = end_of_headline(&text[end..], context).map(|next| end + next).or_else(asks).or_else(glued)?;
    Some(Cut { start, end: start + text[..next].trim_end().len(), reason: Reason::Related })
}

/// Where a headline ends that is glued to the next sentence: before words with which sentences of news begin, or behind one with which headlines
/// end, if no small word follows and none of those came before with which sentences end.
fn end_of_headline(text: &str, context: &Context<'_>) -> Option<usize> {
    const VERBS: [&str; 10] = ["है", "हैं", "था", "थी", "थे", "ہے", "ہیں", "تھا", "تھی", "تھے"];
    let spaces: Vec<usize> = memchr::memchr_iter(b' ', text.as_bytes()).take(LEAST + GLUED).collect();
    let mut told = false;
    let closes = |pair: &&[usize]| {
        let (last, next) = (&text[pair[0] + 1..pair[1]], &text[pair[1] + 1..]);
        told |= VERBS.contains(&last);
        let small = || next.split_whitespace().next().is_some_and(|word| OF_SENTENCES.contains(&word));
        let sentence = || next.split_whitespace().nth(LEAST + 1).is_some();
        let closed = || last.ends_with(is_word) && context.cues.closes(last) && !context.cues.closes(next);
        !told && closed() && !small() && sentence()
    };
    let pairs = || spaces.windows(2).skip(LEAST - 1);
    // a headline may say two things, of which the first closes as well
    let opens = pairs().find(|pair| context.cues.opens(&text[pair[1] + 1..]));
    opens.or_else(|| pairs().find(closes)).map(|pair| pair[1] + 1)
}

/// "To listen to this report click hereThe film…": a call that runs into the next sentence. It begins where the sentence does or the call
/// before it ends; farther back than the longest call nothing is looked for.
fn glued_calls(page: &Page<'_>, line: &Line, context: &Context<'_>, cuts: &mut Vec<Cut>) {
    let marks = page.marks_of(line);
    let mut last = line.start;
    for end in context.cues.glued_ends(page.of(line), line.chars).map(|end| line.start + end) {
        let above = &marks[..marks.partition_point(|mark| mark.at() < end)];
        let mut near = above.iter().rev().take_while(|mark| end - mark.at() <= CALL * 4);
        let from = near.find(|mark| mark.kind() == Kind::Stop).map_or(line.start, |stop| stop.at());
        // the ends of one phrase ascend; with the next one they begin anew
        let from = if last <= end { from.max(last) } else { from };
        let call = &page.text[from..end];
        if call.chars().nth(CALL).is_none() {
            cuts.push(Cut { start: end - call.trim_start().len(), end, reason: Reason::Promo });
            last = end;
        }
    }
}

/// Of an embedded post the link to its picture and the signature, "— Name (@handle) June 20, 2020"; what it says stays.
fn tweet(page: &Page<'_>, line: &Line, cuts: &mut Vec<Cut>) {
    const PICTURE: &str = "pic.twitter.com/";
    let text = page.of(line);
    let slashes = memchr::memchr_iter(b'/', text.as_bytes()).map(|slash| slash + 1);
    for at in slashes.filter(|&end| text.as_bytes()[..end].ends_with(PICTURE.as_bytes())).map(|end| end - PICTURE.len())
    {
        let path = text[at..].find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '.' | '/'));
        let end = at + path.unwrap_or(text.len() - at);
        cuts.push(Cut { start: line.start + at, end: line.start + end, reason: Reason::Source });
    }
    let handle = |mark: &&Mark| mark.kind() == Kind::Open && page.text.as_bytes()[mark.at()..].starts_with(b"(@");
    let Some(open) = page.marks_of(line).iter().rfind(handle).map(|mark| mark.at() - line.start) else { return };
    let Some(dash) = text[..open].rfind(['—', '–']).filter(|dash| open - dash <= NAME) else { return };
    let Some((handle, after)) = text[open + 2..].split_once(')') else { return };
    let dated = after.chars().count() <= DATE && crate::dates::parse(after.trim()).is_some();
    if dated && !handle.contains(|char: char| !char.is_ascii_alphanumeric() && char != '_') {
        cuts.push(Cut { start: line.start + dash, end: line.end, reason: Reason::Credit });
    }
}

fn is_call(reason: Reason) -> bool {
    use Reason::*;
    matches!(reason, Related | Promo | App | Newsletter | Share | Comments)
}

/// Judges a bracket; `line_end` is where its line ends without the brackets that are cut at its end.
fn bracket(
    page: &Page<'_>,
    line: &Line,
    span: std::ops::Range<usize>,
    line_end: usize,
    context: &Context<'_>,
    cuts: &mut Vec<Cut>,
) {
    use Reason::*;
    let text = &page.text[span.clone()];
    if text.len() > BRACKET * 3 {
        return;
    }
    let inside = bare(text);
    let Some(hit) = context.cues.at_either_end(inside) else { return };
    let alone = hit.is_alone(inside);
    let at_end = bare(&page.text[span.end..line_end]).is_empty();
    let one_word = !context.cues.cues[hit.cue].phrase.contains(' ');
    let beside =
        || page.text[line.start..span.start].contains(is_letter) || page.text[span.end..line.end].contains(is_letter);
    let explains = alone && one_word && text.starts_with('(') && beside();
    let cut = match hit.reason {
        // a word in brackets explains the word before it: "the Sangh (RSS)"
        Share | Source | Footer | Copyright | Newsletter | App if explains => false,
        // "(read: unsophisticated)"
        Related if one_word && hit.form == Form::Label && !alone => {
            let rest = bare(hit.rest(inside));
            rest.split_whitespace().nth(3).is_some() && !rest.starts_with(char::is_lowercase)
        }
        Related | Promo | App | Newsletter | Ad | Share | Comments | Source | Footer | Copyright | Other => true,
        Caption => at_end || !alone || !one_word,
        // "(PTI)" at the end is a credit; inside a sentence it names the speaker
        Credit => at_end && text.chars().count() <= 80 && !(context.paragraphs && is_prose(page, line)),
        _ => false,
    };
    if !cut || (context.level == Level::Gentle && !alone) {
        return;
    }
    let before = &page.text[line.start..span.start];
    // "Hà Linh (according to AFP, Reuters)": a line that is nothing but a name and its agency
    if hit.reason == Credit && before.chars().nth(40).is_none() && !before.contains(['।', '.', '?', '!', '"']) {
        cuts.push(Cut { start: line.start, end: line.end, reason: Credit });
    } else if hit.reason == Caption
        && at_end
        && is_caption(before)
        && !before.contains(['.', '।', '!', '?', '۔'])
        && context.level > Level::Gentle
    {
        cuts.push(Cut { start: line.start, end: line.end, reason: Caption });
    } else {
        cuts.push(Cut { start: span.start, end: span.end, reason: hit.reason });
    }
}

/// A text without the white space around it, and how much of that stands before it.
fn trimmed(raw: &str) -> (usize, &str) {
    let bytes = raw.as_bytes();
    let start = bytes.iter().position(|&byte| byte != b' ').unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|&byte| byte != b' ').map_or(start, |last| last + 1);
    // most sentences begin and end with what is certainly no white space: of the characters after 0xE0 none is
    if let ([b'!'..=b'~' | 0xE0, ..], [.., b'!'..=b'~'] | [.., 0xE0, _, _]) = (&bytes[start..end], &bytes[start..end]) {
        return (start, &raw[start..end]);
    }
    (raw.len() - raw.trim_start().len(), raw.trim())
}

fn sentence(
    page: &Page<'_>,
    (line, known): (&Line, &Known),
    span: std::ops::Range<usize>,
    context: &Context<'_>,
    cuts: &mut Vec<Cut>,
) {
    let raw = &page.text[span.clone()];
    // the quotation mark behind a stop belongs to the sentence before
    let quote = if span.start > line.start { closing_quote(raw) } else { 0 };
    let (lead, text) = trimmed(&raw[quote..]);
    if text.is_empty() {
        return;
    }
    let start = span.start + quote + lead;
    let end = start + text.len();
    // what follows a bracket that was opened on a line above is a sentence of its own
    let closed = memchr::memchr2(b')', b']', text.as_bytes());
    if let Some(close) = closed
        && text[..close].contains(' ')
        && !text[..close].contains(['(', '['])
        && text[close..].contains(is_word)
    {
        return sentence(page, (line, known), start..start + close + 1, context, cuts);
    }
    // A bracket at its beginning speaks for itself only.
    if matches!(text.as_bytes().first(), Some(b'(' | b'['))
        && closed.is_some_and(|close| text[close..].contains(is_word))
    {
        return;
    }
    // the first and the last sentence begin and end as the line does
    let head = from_word(text);
    let begins_nothing = context.cues.begins_nothing(head);
    let headless = begins_nothing || start == line.start && known.is_not(Not::Headed);
    let at_start = || if headless { None } else { context.cues.at_start(head) };
    let at_end =
        || if end == line.end && known.is_not(Not::Tailed) { None } else { context.cues.at_end(to_word(text)) };
    // calls and headlines at the end of a paragraph have no full stop
    // "… with us...": one of the dots ended it
    let dots =
        line.end - end <= ELLIPSIS && page.text[end..line.end].chars().all(|char| matches!(char, '.' | '…' | ' '));
    let unstopped = !page.unpunctuated && dots && matches!(line.ending, Ending::Open | Ending::Ellipsis);
    let proves = |hit: &Hit| unstopped || !is_open(hit) || context.cues.calls(text);
    let Some(hit) = at_start().filter(proves).or_else(|| at_end().filter(proves)) else {
        if context.level > Level::Gentle && !(begins_nothing && head.len() == text.len()) {
            cuts.extend(unparted_headline(text, start, context));
        }
        return;
    };
    // what must be alone on its line says nothing inside one: "Thank you."
    if context.level == Level::Gentle || hit.form == Form::Alone {
        return;
    }
    use Reason::*;
    let last = end == line.end;
    // somebody says it, or the article asks and goes on: "What do you think?"
    let spoken =
        text.starts_with(QUOTES) && page.text[line.start..start].chars().next_back().is_none_or(char::is_whitespace);
    let asked = hit.reason == Comments && hit.form == Form::Label && hit.is_alone(head) && !last;
    if spoken && is_button(hit.reason) || asked {
        return;
    }
    let chars = text.chars().count();
    let whole_line = start == line.start && last;
    // "Read: headline" has no full stop: with one, a sentence is glued to it
    let one_word = hit.form == Form::Label && !context.cues.cues[hit.cue].phrase.contains(' ');
    let stopped = text.ends_with(['.', '।', '۔']);
    // "Also read: headline" glued to a sentence
    if hit.reason == Related && hit.form == Form::Label && stopped && !one_word && chars > STOPPED {
        let rest = hit.rest(text);
        let next = end_of_headline(rest, context).unwrap_or(rest.len() - from_word(rest).len());
        let length = text[..text.len() - rest.len() + next].trim_end().len();
        cuts.push(Cut { start, end: start + length, reason: Related });
        return;
    }
    let cut = match hit.reason {
        // "… are not ready. By Meena Kumari."
        Byline if hit.form == Form::Head => {
            let name = bare(hit.rest(text));
            last && end == page.lines.last().map_or(0, |line| line.end) && name.contains(' ') && is_name(name)
        }
        Related if hit.form == Form::Tail => chars <= HEADER && !whole_line,
        Related if one_word && stopped => chars <= HALF && !whole_line,
        Related if hit.form == Form::Label && stopped => !whole_line,
        // "comments : it is a film that…"
        Promo | Newsletter | App | Comments | Footer | Share if one_word && says_more(hit.rest(text)) => false,
        App if hit.form == Form::Tail && !is_of_news(text, context) => false,
        _ if is_open(&hit) && !unstopped && !whole_line && runs_on(text, context) => false,
        // a sentence; alone on its line it has been judged already
        Related | Promo | Newsletter | App | Comments | Footer => chars <= SENTENCE && !whole_line,
        Copyright => chars <= SENTENCE && last && !whole_line,
        Share => chars <= SENTENCE && last && !whole_line && matches!(hit.form, Form::Head | Form::Tail),
        Ad => chars <= 60 && !whole_line,
        Caption if hit.form != Form::Tail => {
            let before = &page.text[line.start..start];
            if last && chars <= 80 && start > line.start {
                if is_caption(before) {
                    cuts.push(Cut { start: line.start, end: line.end, reason: Caption });
                    return;
                }
                true
            } else {
                false
            }
        }
        // "…, he said. (PTI)" as the publisher set it is one paragraph.
        Credit if context.paragraphs && text.starts_with(['(', '[']) => false,
        Credit if hit.form == Form::Label && is_told(hit.rest(text), context) => false,
        // "AP - The team wants to …" is a sentence of the agency, not its name
        Credit | Source if hit.form == Form::Label && stopped && says_more(hit.rest(text)) => false,
        Credit | Source => last && chars <= 80 && start > line.start,
        _ => false,
    };
    let end = if dots { line.end } else { end };
    if cut
        && !((is_open(&hit) || is_button(hit.reason))
            && is_quoted(&page.text[line.start..start], &page.text[end..line.end]))
    {
        cuts.push(Cut { start, end, reason: hit.reason });
    }
}

/// How much of a text are quotation marks that close what stands before it.
fn closing_quote(text: &str) -> usize {
    let rest = text.trim_start_matches(['’', '”', '»', '"', '\'']);
    if rest.starts_with(char::is_whitespace) { text.len() - rest.len() } else { 0 }
}

/// True where a quotation begins before and ends after what stands between the two texts, not far from it.
fn is_quoted(before: &str, after: &str) -> bool {
    let near = before.char_indices().rev().nth(QUOTATION).map_or(0, |(at, _)| at);
    let (before, after) = (&before[near..], after.char_indices().nth(QUOTATION).map_or(after, |(at, _)| &after[..at]));
    let count = |text: &str, sign: &str| text.matches(sign).count();
    let open = |one: &str, other: &str| count(before, one) > count(before, other) && after.contains(other);
    // ", 'What is said. And more.'": an apostrophe that follows a comma or a colon is none
    let speech = [", '", ": '"].into_iter().filter_map(|sign| before.rfind(sign)).max();
    let goes_on = |speech: usize| !["।'", ".'", "?'", "!'"].iter().any(|end| before[speech..].contains(end));
    open("“", "”")
        || open("‘", "’")
        || count(before, "\"") % 2 == 1 && count(after, "\"") % 2 == 1
        || after.contains('\'') && speech.is_some_and(goes_on)
}

/// A call that is known by one of its ends only: in prose that end is no proof.
pub(super) fn is_open(hit: &Hit) -> bool {
    use Reason::*;
    matches!(hit.form, Form::Head | Form::Tail)
        && matches!(hit.reason, Related | Promo | Newsletter | App | Share | Comments | Footer)
}

/// A call that nothing parts from the next sentence: of what it calls for nothing is said in the second half.
fn runs_on(text: &str, context: &Context<'_>) -> bool {
    let Some((half, _)) = text.char_indices().nth(text.chars().count() / 2).filter(|&(half, _)| half > 0) else {
        return false;
    };
    let rest = text[half..].find(' ').map_or("", |space| &text[half + space..]);
    text.chars().nth(RUN).is_some() && context.cues.appeals(rest) & (PLATFORM | NEWS) == 0
}

/// More words than names of people and places have.
pub(super) fn says_more(text: &str) -> bool {
    text.split(|char| !is_word(char)).filter(|word| !word.is_empty()).nth(4).is_some()
}

/// "Download our news app": how an app is got is told by articles as well.
pub(super) fn is_of_news(text: &str, context: &Context<'_>) -> bool {
    context.cues.appeals(text) & NEWS != 0
}

/// What stands before a photo credit: a short description, not a paragraph. A Hindi sentence with a finite verb at its end is none.
fn is_caption(before: &str) -> bool {
    const VERBS: [&str; 24] = [
        "है",
        "हैं",
        "था",
        "थी",
        "थे",
        "थीं",
        "गया",
        "गई",
        "गए",
        "किया",
        "की",
        "दिया",
        "दी",
        "कहा",
        "बताया",
        "रहा",
        "रही",
        "रहे",
        "होगा",
        "होगी",
        "होंगे",
        "लिया",
        "हुआ",
        "हुई",
    ];
    let last = before.trim_end_matches(|char| !is_word(char)).rsplit(|char| !is_word(char)).next();
    let tells = |word: &str| VERBS.contains(&word) || ["ेगा", "ेगी", "ेंगे", "ेंगी"].iter().any(|end| word.ends_with(end));
    before.chars().nth(CAPTION).is_none() && !last.is_some_and(tells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Cues;

    #[test]
    fn a_call_glued_to_the_next_begins_where_that_one_ends_and_each_is_found_once() {
        let glued = [("glued", "क्लिक करें")];
        let cues = Cues::new(glued.map(|(reason, phrase)| ("hi".into(), reason.into(), phrase.into())).into()).unwrap();
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        for unit in ["क कख क्लिक करेंगगग ", "(क क्लिक करेंगगग ", "क्लिक करेंगगग। "]
        {
            let text = unit.repeat(1000);
            let page = Page::new(&text);
            let mut cuts = Vec::new();
            glued_calls(&page, &page.lines[0], &context, &mut cuts);
            assert_eq!(cuts.len(), 1000);
            assert!(cuts.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(cuts.iter().all(|cut| text[cut.start..cut.end].chars().count() <= CALL));
        }
        let far = format!("{} क्लिक करेंगगग", "क".repeat(CALL));
        let mut cuts = Vec::new();
        let page = Page::new(&far);
        glued_calls(&page, &page.lines[0], &context, &mut cuts);
        assert!(cuts.is_empty());
    }
}
