//! A sentence of a paragraph: a call, a credit, a caption.

use super::credits::{date_of, is_name};
use super::edges::{bare, from_word, to_word};
use super::glued::{end_of_headline, unparted_headline};
use super::known::{Known, Not};
use super::lines::{is_button, is_told};
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::{Context, Level};
use crate::cues::{Form, Hit, NEWS, PLATFORM, Reach, is_word};
use crate::spans::{Cut, Reason};
use crate::words::{begins_word, ends_word};

/// Longest sentence that goes as a whole, in characters.
const SENTENCE: usize = 280;
/// Longest headline inside a paragraph that ends with a full stop, in characters: in a longer one a sentence is glued to it.
pub(super) const STOPPED: usize = 110;
/// Longest second half of a headline inside a paragraph, in characters.
pub(super) const HALF: usize = 60;
/// Longest row of dots at the end of a line, in bytes.
const ELLIPSIS: usize = 16;
/// Characters on either side of a call in which the signs of a quotation are looked for.
const QUOTATION: usize = 500;
/// Longest header of a list that is known by its end, in characters.
const HEADER: usize = 45;
/// Longest call of which the beginning alone tells that it is one, in characters.
const RUN: usize = 100;
/// Longest button, in characters.
const BUTTON: usize = 60;
/// Longest caption that goes with the credit at its end, in characters.
const CAPTION: usize = 240;
/// Marks with which somebody's words begin.
pub(super) const QUOTES: [char; 6] = ['"', '“', '„', '‘', '«', '\''];

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

/// The sentences of a line.
pub(super) struct Sentences<'a> {
    pub page: &'a Page<'a>,
    pub line: &'a Line,
    pub known: &'a Known,
    pub context: &'a Context<'a>,
}

impl Sentences<'_> {
    /// True only where [`Sentences::judge`] finds nothing: a stretch without a bracket, as most are, between a space and a full stop that begins
    /// and ends with words with which no cue begins or ends.
    #[inline]
    pub fn is_plain(&self, span: std::ops::Range<usize>) -> bool {
        let &Sentences { page, line, known, context } = self;
        let bytes = &page.text.as_bytes()[..span.end];
        let start = span.start + usize::from(bytes[span.start] == b' ');
        let before_stop = match bytes {
            [before @ .., b'.'] | [before @ .., 0xE0, 0xA5, 0xA4] => before.len(),
            _ if span.end == line.end => span.end,
            _ => return false,
        };
        let end = before_stop - usize::from(bytes[..before_stop].last() == Some(&b' '));
        if start >= end {
            return false;
        }
        let (text, words) = (&page.text[start..span.end], &page.text[start..end]);
        let is_unbegun = || start == line.start && known.is_not(Not::Begun);
        let is_untailed = || span.end == line.end && known.is_not(Not::Tailed);
        begins_word(text)
            && ends_word(words)
            && (is_unbegun() || context.cues.begins_nothing(text))
            && (is_untailed() || !context.cues.may_end(words))
    }

    /// Judges a stretch; `may_bracket` is false where it has no bracket.
    pub fn judge(&self, span: std::ops::Range<usize>, may_bracket: bool, cuts: &mut Vec<Cut>) {
        let &Sentences { page, line, known, context } = self;
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
        let closed = if may_bracket { memchr::memchr2(b')', b']', text.as_bytes()) } else { None };
        if let Some(close) = closed
            && text[..close].contains(' ')
            && !text[..close].contains(['(', '['])
            && text[close..].contains(is_word)
        {
            return self.judge(start..start + close + 1, true, cuts);
        }
        // A bracket at its beginning speaks for itself only.
        if matches!(text.as_bytes().first(), Some(b'(' | b'['))
            && closed.is_some_and(|close| text[close..].contains(is_word))
        {
            return;
        }
        // most sentences neither begin nor end as a cue does; the first and the last one begin and end as the line does
        let head = from_word(text);
        let unbegun = start == line.start && known.is_not(Not::Begun);
        let begun = if unbegun { Reach::Nothing } else { context.cues.begun(head) };
        let tailless =
            if end == line.end && known.is_not(Not::Tailed) { true } else { !context.cues.may_end(to_word(text)) };
        // no label begins with a quotation mark
        let unlabelled = begun == Reach::Nothing && (head.len() == text.len() || text.starts_with(QUOTES));
        if unlabelled && tailless {
            return;
        }
        let headless = start == line.start && known.is_not(Not::Headed);
        let at_start = || if headless { None } else { context.cues.at_start_of(head, begun) };
        let at_end = || if tailless { None } else { context.cues.walk_from_end(to_word(text)) };
        // calls and headlines at the end of a paragraph have no full stop
        // "… with us...": one of the dots ended it
        let dots =
            line.end - end <= ELLIPSIS && page.text[end..line.end].chars().all(|char| matches!(char, '.' | '…' | ' '));
        let stopless = dots && matches!(line.ending, Ending::Open | Ending::Ellipsis);
        let unstopped = stopless && !page.unpunctuated;
        let last_of_all = end == page.lines.last().map_or(0, |line| line.end) && start > line.start;
        if last_of_all
            && stopless
            && context.level > Level::Gentle
            && let Some(reason) = leftover_behind_the_text(head, context)
        {
            cuts.push(Cut { start, end: line.end, reason });
            return;
        }
        let proves = |hit: &Hit| unstopped || !is_open(hit) || context.cues.calls(text);
        let Some(hit) = at_start().filter(proves).or_else(|| at_end().filter(proves)) else {
            if context.level > Level::Gentle && !unlabelled {
                let open = end == line.end && line.ending == Ending::Open && start > page.lines[0].start;
                cuts.extend(unparted_headline(text, start, open, context));
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
        let spoken = text.starts_with(QUOTES)
            && page.text[line.start..start].chars().next_back().is_none_or(char::is_whitespace);
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
        let is_promo = hit.reason == Related && hit.form == Form::Label && stopped && !one_word;
        // "Also read | headline | It rained."
        if is_promo && let Some(bar) = second_bar(hit.rest(text)) {
            let length = text.len() - hit.rest(text).len() + bar;
            cuts.push(Cut { start, end: start + length, reason: Related });
            return;
        }
        if is_promo && (chars > STOPPED || tells(text)) {
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
                    let stops = |mark: &&Mark| mark.kind() == Kind::Stop && mark.at() <= start;
                    let is_brief = page.marks_of(line).iter().filter(stops).nth(1).is_none();
                    if is_brief && page.lines.len() > 1 && is_caption(before) {
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
}

/// What stands behind the last full stop of a text and ends without one is judged as the line that it was before an extractor joined the
/// lines: a button of several words (one word may be a sentence that broke off), tags, a date.
fn leftover_behind_the_text(text: &str, context: &Context<'_>) -> Option<Reason> {
    use Reason::*;
    let hit = context.cues.at_start(text)?;
    let rest = hit.rest(text);
    let is_one = match hit.reason {
        Share | Comments | Footer | App | Promo | Newsletter | Ad | Related => {
            hit.is_alone(text) && text.chars().count() <= BUTTON
        }
        Tags => rest.trim_start().starts_with(':') && text.chars().count() <= SENTENCE,
        Dateline => date_of(bare(rest)).is_some(),
        _ => false,
    };
    is_one.then_some(hit.reason)
}

/// How much of a text are quotation marks that close what stands before it.
fn closing_quote(text: &str) -> usize {
    if !matches!(text.as_bytes().first(), Some(b'"' | b'\'' | 0xC2 | 0xE2)) {
        return 0;
    }
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

/// Behind the second bar of "| headline | A sentence."
pub(super) fn second_bar(rest: &str) -> Option<usize> {
    let (first, second) = (rest.find('|')?, rest.rfind('|')?);
    let headline = rest.get(first + 1..second)?;
    (bare(&rest[..first]).is_empty() && headline.contains(is_word) && rest[second..].contains(is_word))
        .then_some(second + 1)
}

/// What stands before a photo credit: a short description, not a paragraph. Where no verb tells, a long sentence is none.
pub(super) fn is_caption(before: &str) -> bool {
    const WORDS: usize = 15;
    let is_devanagari = |char: char| ('\u{904}'..'\u{964}').contains(&char);
    let tells = || {
        let stopped = before.trim_end().ends_with(['.', '।', '۔']);
        stopped && !before.contains(is_devanagari) && before.split_whitespace().nth(WORDS).is_some()
    };
    before.chars().nth(CAPTION).is_none() && !ends_in_verb(before) && !tells()
}

/// A Hindi sentence with a finite verb at its end: neither a caption nor a headline.
pub(super) fn ends_in_verb(text: &str) -> bool {
    #[rustfmt::skip]
    const VERBS: [&str; 33] = [
        "है", "हैं", "था", "थी", "थे", "थीं", "गया", "गई", "गए", "किया", "की", "दिया", "दी", "कहा", "कही", "बताया", "रहा", "रही", "रहे",
        "होगा", "होगी", "होंगे", "लिया", "हुआ", "हुई", "चाहिए", "करते", "मिला", "मिली", "मिले", "पहुंचा", "पहुंची", "पहुंचे",
    ];
    const ENDINGS: [&str; 8] = ["ेगा", "ेगी", "ेंगे", "ेंगी", "एगा", "एगी", "एंगे", "एंगी"];
    let last = text.trim_end_matches(|char| !is_word(char)).rsplit(|char| !is_word(char)).next();
    let tells = |word: &str| VERBS.contains(&word) || ENDINGS.iter().any(|end| word.ends_with(end));
    last.is_some_and(tells)
}

/// A sentence with a full stop that ends in a finite verb of Hindi, or in one with which sentences of Urdu end and headlines with a full stop hardly do.
pub(super) fn tells(text: &str) -> bool {
    const VERBS: [&str; 8] = ["ہے", "ہیں", "تھا", "تھی", "تھے", "گا", "گی", "گے"];
    let last = || text.trim_end_matches(|char| !is_word(char)).rsplit(' ').next();
    ends_in_verb(text) || last().is_some_and(|last| VERBS.contains(&last))
}
