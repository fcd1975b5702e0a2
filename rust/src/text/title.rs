//! The headline of a text: what stands above the first paragraph and looks like one.

use std::cell::OnceCell;
use std::ops::Range;

use super::byline::TOP;
use super::credits::is_date;
use super::cueless::has_section;
use super::edges::bare;
use super::known::Not;
use super::lines::is_prose;
use super::lists::List;
use super::machine::is_picture_file;
use super::names::without_outlet;
use super::places::{is_day, is_listed_city, is_small, is_whole_day};
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::zones::speaks;
use super::{Context, Level, Stripped};
use crate::cues::{Cues, folded, is_letter, is_word};
use crate::spans::Reason;
use crate::words::spaced;

/// A headline has this many characters, and at least so many words where other things stand above the article too.
const HEADLINE: std::ops::RangeInclusive<usize> = 15..=150;
const WORDS: usize = 3;
/// Longest headline of several sentences, in characters: a longer one is an introduction.
const TWO: usize = 120;
/// Longest headline without capitals in a script that has them, in characters and in words: a longer one is a lead without its full stop.
const PLAIN: (usize, usize) = (90, 13);
/// Longest headline that is a question or a call: a longer one begins the article.
const QUESTION: usize = 80;
/// Longest headline of a text with torn lines, in characters.
const TORN: usize = 75;
/// Shortest second headline, in characters.
const SUBTITLE: usize = 40;

/// Where the headline stands; empty where there is none, `None` where the caller knows it, as it is not looked for then.
pub(super) fn find(
    page: &Page<'_>,
    context: Context<'_>,
    verdicts: &mut [Option<Reason>],
    found: &mut Stripped<'_>,
) -> Option<Range<usize>> {
    if first_of_key(context.title).is_some() {
        return None;
    }
    let lead = |at: &usize| {
        let line = &page.lines[*at];
        verdicts[*at].is_none() && is_prose(page, line) && line.chars >= 60 && (line.stops >= 1 || page.unpunctuated)
    };
    let Some(first) = (0..page.lines.len()).find(lead) else { return Some(0..0) };
    if is_torn(page, first) {
        return Some(0..0);
    }
    let by_links = (0..first).any(|at| is_parted(page, at)) && torn(page, first, |at| is_parted(page, at)) > 0;
    let width = OnceCell::new();
    let is_full = |at: usize| page.lines[at].chars >= *width.get_or_init(|| width_of(page));
    let is_headline =
        |at: usize| is_headline(page, at, context.cues) && !(by_links && is_parted(page, at)) && !is_full(at);
    let stays = |at: &usize| verdicts[*at].is_none();
    let topmost = (0..first).find(stays);
    let (names, above): (Vec<usize>, Vec<usize>) =
        (0..first).filter(stays).partition(|&at| is_no_title(page, at, topmost, context));
    let alone = above.is_empty();
    let furnished = (0..first).any(|at| speaks(page, verdicts, at));
    let headlines: Vec<usize> = if furnished {
        let likely = |at: &usize| is_headline(*at) && words(page.of(&page.lines[*at])) >= WORDS;
        let longest = |from: usize, least: usize| {
            above
                .iter()
                .copied()
                .filter(|at| *at >= from && page.lines[*at].chars >= least && likely(at))
                .max_by_key(|&at| (page.lines[at].chars, usize::MAX - at))
        };
        let title = longest(0, 0);
        title.into_iter().chain(title.and_then(|title| longest(title + 1, SUBTITLE))).collect()
    } else if above.len() <= 2 && above.first().is_some_and(|&at| is_headline(at)) {
        above.into_iter().filter(|&at| is_headline(at)).collect()
    } else {
        Vec::new()
    };
    // "Country / Headline | Outlet"
    let stands = |at: usize| {
        let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
        let section =
            if has_section(text) { text.split_once(" / ").map(|(section, _)| section.len() + 3) } else { None };
        let start = section.unwrap_or(0);
        line.start + start..line.start + start + without_outlet(&text[start..]).len()
    };
    let names =
        names.into_iter().filter(|&at| !headlines.is_empty() || alone && is_file_name(page.of(&page.lines[at])));
    for at in names {
        let day = is_day(page.of(&page.lines[at]));
        verdicts[at] = Some(if day { Reason::Dateline } else { Reason::Header });
    }
    for &at in &headlines {
        let text = &page.text[stands(at)];
        if found.title.is_empty() {
            found.title = text.to_owned();
        } else if found.subtitle.is_empty() && key(text) != key(&found.title) {
            found.subtitle = text.to_owned();
        }
        verdicts[at] = Some(Reason::Title);
    }
    Some(headlines.first().map_or(0..0, |&at| stands(at)))
}

/// How many of the lines from `first` on that are asked for end in the middle of a sentence, as where each link of a page became a line; 0 where
/// as many end with theirs.
fn torn(page: &Page<'_>, first: usize, asked: impl Fn(usize) -> bool) -> usize {
    let lines = (first..page.lines.len()).filter(|&at| asked(at)).map(|at| &page.lines[at]);
    let (mut torn, mut whole) = (0_usize, 0_usize);
    for line in lines {
        torn += usize::from(line.ending == Ending::Open && line.stops > 0);
        whole += usize::from(line.ending != Ending::Open);
    }
    if torn > whole { torn } else { 0 }
}

/// If the first line of a text with torn lines is long, it is no headline.
fn is_torn(page: &Page<'_>, first: usize) -> bool {
    let is_long = |at: usize| page.lines[at].stops >= 1 && page.lines[at].chars >= 60;
    page.unpunctuated && page.lines[..first].iter().any(|line| line.chars > TORN) && torn(page, first, is_long) >= 3
}

/// From how many characters on a line was broken to fit a width and its sentence goes on in the next one: most lines of such a text are hardly
/// shorter than the longest and end in the middle of a sentence. No line is that long where lines are paragraphs.
fn width_of(page: &Page<'_>) -> usize {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;
    const WORD: usize = 16;
    const LEAST: usize = 5;
    let longest = page.lines.iter().map(|line| line.chars).max().unwrap_or(0);
    let full = |line: &&Line| line.chars + WORD >= longest && line.ending == Ending::Open;
    let count = page.lines.iter().filter(full).count();
    let wrapped = WIDTHS.contains(&longest) && count >= LEAST && count * 2 > page.lines.len();
    if wrapped { longest - WORD } else { usize::MAX }
}

/// A line as a headline looks: one clause, no full stop.
fn is_headline(page: &Page<'_>, at: usize, cues: &Cues) -> bool {
    let known = &page.known[at];
    // what has no digit is no date
    let (text, chars) = (page.of(&page.lines[at]), page.lines[at].chars);
    let is_dated = || !known.is_not(Not::Parted) && (is_date(text, chars) || is_whole_day(text, chars));
    let looks =
        || looks_like_headline(page, &page.lines[at]) && !is_dated() && !calls_inside(page, &page.lines[at], cues);
    let looks = known.headline.get().unwrap_or_else(looks);
    known.headline.set(Some(looks));
    looks && !goes_on(page, at)
}

/// A promo begins behind a full stop: what stands before it is a sentence.
fn calls_inside(page: &Page<'_>, line: &Line, cues: &Cues) -> bool {
    let is_call = |mark: &Mark| {
        let rest = bare(&page.text[mark.at()..line.end]);
        mark.kind() == Kind::Stop
            && cues.at_start(rest).is_some_and(|hit| matches!(hit.reason, Reason::Related | Reason::Promo))
    };
    line.stops > 0 && page.marks_of(line).iter().any(is_call)
}

/// The sentence of a line that was broken to fit a width goes on in the next one: that begins with a small letter, or the last word here
/// stands before others only.
fn goes_on(page: &Page<'_>, at: usize) -> bool {
    let Some(next) = page.lines.get(at + 1) else { return false };
    let last = page.of(&page.lines[at]).rsplit(char::is_whitespace).next().unwrap_or_default();
    let line = &page.lines[at];
    let broken = line.ending == Ending::Open
        && page.of(line).starts_with(char::is_uppercase)
        && last.ends_with(char::is_lowercase)
        && page.of(next).starts_with(char::is_lowercase);
    broken || HANGING.contains(last)
}

/// White space other than the line end itself parts a line from the next: there a link stood in the line.
fn is_parted(page: &Page<'_>, at: usize) -> bool {
    let Some([line, next]) = page.lines.get(at..at + 2) else { return false };
    page.text[line.end..next.start].starts_with([' ', '\u{A0}']) || page.text[..next.start].ends_with("\n ")
}

/// Words that no headline ends with.
#[rustfmt::skip]
static HANGING: List<30> = List::new([
    "the", "a", "an", "of", "and", "or", "und", "der", "des", "et", "de", "du", "y", "del", "जो", "के", "कि", "और", "तथा", "एवं", "एवम्", "আর", "এবং",
    "અને", "ਅਤੇ", "మరియు", "ಮತ್ತು", "மற்றும்", "اور", "کے",
]);

fn looks_like_headline(page: &Page<'_>, line: &Line) -> bool {
    HEADLINE.contains(&line.chars)
        && !is_lead(page.of(line), line.chars)
        && line.ending != Ending::Stop
        && line.stops <= if line.chars > TWO { 0 } else { 2 }
        && !(line.ending == Ending::Question && line.chars > QUESTION)
        && !page.of(line).ends_with([':', ',', ';', '-', '–', '('])
        && !page.of(line).contains('©')
        && page.of(line).starts_with(|char: char| {
            is_word(char) || matches!(char, '\'' | '"' | '‘' | '“' | '„' | '«' | '₹' | '$' | '[' | '(')
        })
}

/// A sentence without its full stop in a script that has capitals: most of its many words have none.
fn is_lead(text: &str, chars: usize) -> bool {
    let count = |(small, all), word| (small + usize::from(is_small(word)), all + 1);
    chars > PLAIN.0 && {
        let (small, all) = spaced(text).fold((0, 0), count);
        all > PLAIN.1 && small * 2 > all
    }
}

/// What stands above a headline: the name of a file, the kind of the text, and topmost the day; below it a name.
fn is_no_title(page: &Page<'_>, at: usize, topmost: Option<usize>, context: Context<'_>) -> bool {
    let text = page.of(&page.lines[at]);
    let is_kind = |text: &str| KINDS.iter().any(|kind| text.eq_ignore_ascii_case(kind));
    is_file_name(text)
        || text.len() <= 120 && is_kind(bare(text))
        || if topmost == Some(at) {
            is_day(text)
        } else {
            context.level == Level::Aggressive && is_lone_name(page, at, context.cues)
        }
}

/// A name of two to four words with capitals of whose longer words none is said below: an author, a section; but it may be a subheading.
fn is_lone_name(page: &Page<'_>, at: usize, cues: &Cues) -> bool {
    const NAME: usize = 40;
    const LETTERS: usize = 4;
    let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
    if at >= TOP || line.chars > NAME || line.ending != Ending::Open || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let words = || text.split([' ', '-', '\u{A0}']);
    let in_name = |char: char| is_letter(char) || matches!(char, '.' | '\'' | '’');
    let is_name = (2..=4).contains(&text.split(' ').count())
        && words().all(|word| word.starts_with(char::is_uppercase) && word.chars().all(in_name));
    let is_told = || {
        page.spend(page.text.len() - line.end);
        let below = page.text[line.end..].to_lowercase();
        let long = || words().filter(|word| word.chars().count() >= LETTERS).map(str::to_lowercase);
        long().any(|word| below.contains(&word)) || long().next().is_none() && below.contains(&text.to_lowercase())
    };
    is_name && !is_listed_city(text, cues) && !is_told()
}

/// Lines that say what kind of text follows, or who sent it.
const KINDS: [&str; 4] = ["for immediate release", "press release", "प्रेस विज्ञप्ति", "अनलाइन संवाददाता"];

/// "outlet_2004_7_13", "full_4711.utf8"
fn is_file_name(text: &str) -> bool {
    if is_picture_file(text) {
        return true;
    }
    let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b' ');
    let numbers = || text.split(|char: char| !char.is_ascii_digit()).filter(|digits| !digits.is_empty());
    memchr::memchr(b'_', text.as_bytes()).is_some() && text.bytes().all(named) && numbers().nth(1).is_some()
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(is_letter)).count()
}

/// The first character of a key, digits all the same.
pub(super) fn first_of_key(text: &str) -> Option<char> {
    text.chars().filter(|&char| is_word(char)).find_map(folded)
}

/// Letters and digits only, folded: equal keys are the same headline.
pub(super) fn key(text: &str) -> String {
    let folded_but_digits = |char: char| if char.is_ascii_digit() { Some(char) } else { folded(char) };
    let mut key = String::with_capacity(text.len());
    key.extend(bare(text).chars().filter(|&char| is_word(char)).filter_map(folded_but_digits));
    key
}
