//! Where a line stands: above the article, below it, or in a block of short lines between two paragraphs. One line there that a cue has
//! given away speaks for its neighbours, whatever their wording: a name, a section, "17 hours ago", a headline without a header.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::cueless::has_section;
use super::lines::{Again, is_numbered, is_prose, line_cue};
use super::menus;
use super::purpose::{names_day, names_purpose};
use super::shape::{Ending, Page};
use super::stems::{TWO_THIRDS, is_of, says_of, shared, stems, vocabulary_of};
use super::{Context, Level};
use crate::cues::{CALLS, Form, NEWS, PLATFORM, SAYING, is_digit, is_letter, is_word};
use crate::events::keys::KeySet;
use crate::spans::Reason;

/// Characters of running text that an article has at least.
const ARTICLE: usize = 300;
/// Shortest paragraph, longest line that neighbours can speak for, in characters.
const PARAGRAPH: usize = 60;
const SHORT: usize = 160;
/// Above the article longer lines that are not its headline are kept.
const ABOVE: usize = 60;
/// Most lines of a box inside an article.
const BOX: usize = 10;
/// Longest call or note below the article, in characters.
const CALL: usize = 320;
/// Words of a signature: a dash, a name and an address.
const ADDRESS: usize = 4;
/// Words behind a link that are more than its name, at least.
const BEHIND: usize = 5;
/// Words of a sentence that tells something, at least.
const TOLD: usize = 12;
/// Characters of a headline of another article, and its longer words at least.
const FOREIGN: std::ops::RangeInclusive<usize> = 30..=140;
const FEW: usize = 4;
/// Commas of a headline, at most: more are a list of names.
const LISTED: usize = 2;
/// Lines beyond the outermost cue for which it speaks.
const BESIDE: usize = 3;
/// Most lines of an entry of a live report, the time above it included.
const ENTRY: usize = 12;
/// Lines of running text below the article, and the longest of them, that go with a certain end (tags, comments, copyright).
const NOTES: usize = 5;
const NOTE: usize = 500;

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>]) {
    if context.level == Level::Gentle {
        return;
    }
    let is_body = |at: usize, verdicts: &[Option<Reason>]| {
        verdicts[at].is_none() && is_prose(page, &page.lines[at]) && page.lines[at].chars >= PARAGRAPH
    };
    menus::of_player(page, verdicts);
    author_note(page, verdicts);
    appeals_below(page, &context, verdicts);
    let mut body = Vec::with_capacity(page.lines.len());
    body.extend((0..page.lines.len()).filter(|&at| is_body(at, verdicts)));
    let total: usize = body.iter().map(|&at| page.lines[at].chars).sum();
    if total < ARTICLE {
        below_short_article(page, &body, verdicts);
        return;
    }
    if let Some(end) = certain_end(page, verdicts, &body) {
        body.retain(|&at| at < end);
        fill(verdicts, end..page.lines.len(), Reason::Footer, |_| true);
    }
    let (Some(&first), Some(&last)) = (body.first(), body.last()) else { return };
    if let Some(last_cue) = (0..first).rev().find(|&at| speaks(page, verdicts, at)) {
        // what follows the last cue is a name or a section, or the article begins with a poem or a list
        let below = (last_cue..first).filter(|&at| verdicts[at].is_none()).count();
        let headed = || verdicts[first - 1].is_none() && says_of(page, first - 1, TWO_THIRDS);
        let end = if below > BESIDE { last_cue } else { first - headed() as usize };
        // "Question:" introduces what follows
        let introduces = |at: usize| at > last_cue && page.of(&page.lines[at]).ends_with(':');
        fill(verdicts, 0..end, Reason::Header, |at| {
            page.lines[at].chars < ABOVE && !is_sentence(page, at) && !introduces(at)
        });
    }
    let below = last + 1..page.lines.len();
    let ends = |at: &usize| speaks(page, verdicts, *at) || matches!(verdicts[*at], Some(Reason::Promo | Reason::App));
    // what stood between the items of a live report stands below the last but one as well
    let again = OnceCell::new();
    let parts = |at: &usize| {
        let again = again.get_or_init(|| Again::of(page));
        again.second(page, *at).is_some_and(|second| second < *at)
    };
    if let Some(from) = below.clone().find(|at| ends(at) && !parts(at)) {
        let before = last + 1..from;
        if before.len() <= BESIDE {
            fill(verdicts, before, Reason::Footer, |at| is_label(page.of(&page.lines[at])));
        }
        // below a call of the article, "Last day: 5 March 2024" is of the article
        let furniture = (from..page.lines.len()).find(|&at| speaks(page, verdicts, at)).unwrap_or(page.lines.len());
        // and the headline of a live report's next item says what the article says
        let mut vocabulary = None;
        let mut is_told = |at: usize| {
            let words = stems(page.of(&page.lines[at]));
            if words.len() < FEW {
                return false;
            }
            let known = vocabulary.get_or_insert_with(|| vocabulary_of(page, body.iter().map(|&at| &page.lines[at])));
            words.iter().filter(|word| known.contains(word)).count() * 3 >= words.len() * 2
        };
        fill(verdicts, from..page.lines.len(), Reason::Footer, |at| {
            page.lines[at].chars <= SHORT
                && !is_sentence(page, at)
                && (at > furniture || !states_day(page.of(&page.lines[at])))
                && !(at < furniture && is_told(at))
        });
    }
    menus::dated_teasers(page, last + 1, verdicts);
    if context.level == Level::Aggressive {
        foreign_headlines(page, &body, verdicts);
        menus::of_page(page, 0..first, Reason::Header, verdicts);
        menus::of_page(page, last + 1..page.lines.len(), Reason::Footer, verdicts);
    }
    for pair in body.windows(2) {
        let box_of = |at: &usize| verdicts[*at].is_some_and(in_box);
        let (from, to) = ((pair[0] + 1..pair[1]).find(box_of), (pair[0] + 1..pair[1]).rfind(box_of));
        // the dates of a live blog, and the headlines of its items, are no box
        let furnished = |(from, to): (usize, usize)| {
            verdicts[from..=to]
                .iter()
                .flatten()
                .any(|&reason| in_box(reason) && !matches!(reason, Reason::Byline | Reason::Dateline))
        };
        if let Some((from, to)) = from.zip(to).filter(|&box_of| furnished(box_of)) {
            let to = if to - from <= BOX { to } else { from };
            fill(verdicts, from..to, Reason::Newsletter, |at| page.lines[at].chars <= SHORT && !is_sentence(page, at));
        }
    }
    // last, as such a line speaks for no other
    bare_edge(page, 0..page.lines.len(), verdicts);
    bare_edge(page, (0..page.lines.len()).rev(), verdicts);
}

/// Below an article of one or two sentences labels and links alone go, and only behind two lines that speak of the page's furniture.
fn below_short_article(page: &Page<'_>, body: &[usize], verdicts: &mut [Option<Reason>]) {
    let Some(&last) = body.last() else { return };
    let below = last + 1..page.lines.len();
    if below.is_empty() {
        return;
    }
    let mut speaking = below.clone().filter(|&at| speaks(page, verdicts, at));
    if let (Some(from), Some(_)) = (speaking.next(), speaking.next()) {
        fill(verdicts, from..below.end, Reason::Footer, |at| page.lines[at].chars <= SHORT && !is_sentence(page, at));
    }
    bare_edge(page, below.rev(), verdicts);
}

/// "The form is at https://… and has to be filled in as is shown there."
fn tells_of_link(text: &str, context: &Context<'_>) -> bool {
    let link = ["http", "www."].iter().filter_map(|sign| text.find(sign)).min().filter(|&link| link > 0);
    let parts = link.and_then(|link| Some((&text[..link], text[link..].split_once(char::is_whitespace)?.1)));
    parts.is_some_and(|(before, after)| {
        let calls = (context.cues.appeals(before) | context.cues.appeals(after)) & (CALLS | NEWS) != 0;
        after.split_whitespace().nth(BEHIND - 1).is_some() && !text.contains('@') && !calls
    })
}

/// "Last day for applications: 5 March 2024"
fn states_day(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(_, day)| crate::dates::parse(day).is_some())
}

/// A headline alone between two paragraphs that has no word in common with the article is another article's: a subheading is about what
/// stands below it.
fn foreign_headlines(page: &Page<'_>, body: &[usize], verdicts: &mut [Option<Reason>]) {
    let mut vocabulary: Option<KeySet> = None;
    for pair in body.windows(2) {
        let mut between = (pair[0] + 1..pair[1]).filter(|&at| verdicts[at].is_none());
        let (Some(at), None) = (between.next(), between.next()) else { continue };
        let line = &page.lines[at];
        let text = page.of(line);
        let headline = FOREIGN.contains(&line.chars)
            && line.ending != Ending::Stop
            && !text.ends_with([':', ',', ';', '"', '”', '’'])
            && !text.starts_with(|char: char| !is_word(char) && !matches!(char, '‘' | '\'' | '“' | '"' | '„' | '«'))
            && !is_numbered(text)
            && text.matches(',').nth(LISTED).is_none()
            && !page.of(&page.lines[at + 1]).starts_with(['(', ',']);
        if !headline {
            continue;
        }
        let words = stems(text);
        let known = vocabulary.get_or_insert_with(|| vocabulary_of(page, body.iter().map(|&at| &page.lines[at])));
        if words.len() >= FEW && known.len() >= FEW * 15 && words.iter().all(|word| !known.contains(word)) {
            verdicts[at] = Some(Reason::Related);
        }
    }
}

/// Three words and a full stop, two and a danda, or half a dozen characters where words are not parted: too short for a paragraph, but somebody
/// says something.
pub(super) fn is_sentence(page: &Page<'_>, at: usize) -> bool {
    const WORDS: usize = 4;
    let line = &page.lines[at];
    let text = page.of(line);
    line.ending == Ending::Stop
        && match text.split_whitespace().take(WORDS).count() {
            0..=1 => text.ends_with('。') && line.chars >= 7,
            2 => text.ends_with(['।', '。']) && line.chars >= 7 && !text.contains(is_digit),
            // "Read time 3 min."
            3 => !text.contains(is_digit),
            _ => true,
        }
}

/// A paragraph, a short sentence or a question of three words.
pub(super) fn says_something(page: &Page<'_>, at: usize) -> bool {
    let line = &page.lines[at];
    let asks = || line.ending == Ending::Question && page.of(line).split_whitespace().nth(2).is_some();
    is_prose(page, line) || is_sentence(page, at) || asks()
}

/// Calls at the very end that no cue knows: up from the last line, through what is cut or short, a paragraph that speaks of platforms,
/// news and downloads, or gives an address, or, amid furniture, has hardly a word in common with the article.
fn appeals_below(page: &Page<'_>, context: &Context<'_>, verdicts: &mut [Option<Reason>]) {
    let mut furnished = false;
    let mut vocabulary: Option<KeySet> = None;
    for at in (1..page.lines.len()).rev() {
        let line = &page.lines[at];
        if verdicts[at].is_some() {
            furnished |= speaks(page, verdicts, at);
            continue;
        }
        let text = page.of(line);
        let may_be = line.chars <= CALL && line.ending != Ending::Question;
        let appeals = if may_be { appeals(page, at, context) } else { 0 };
        // who is quoted calls nobody; and a call that stands behind a sentence goes without it
        let behind = || {
            let first = first_sentence(text);
            let appeals = context.cues.appeals(first);
            first.len() < text.len()
                && (appeals == 0 || first.chars().nth(PARAGRAPH).is_some() && appeals.count_ones() < 2)
        };
        let calls = appeals & SAYING == 0 && (appeals.count_ones() < 2 || !behind());
        let appeals = if calls { appeals & (PLATFORM | CALLS | NEWS) } else { 0 };
        let needed = if furnished { 2 } else { 3 };
        // an article about Facebook ends with a paragraph about Facebook
        if appeals.count_ones() >= needed && appeals & PLATFORM != 0 && !is_of(page, at, &mut vocabulary) {
            verdicts[at] = Some(Reason::Promo);
        } else if line.chars <= SHORT
            && may_hold_address(text)
            && has_address(first_sentence(text))
            && (!is_item(text) || text.split_whitespace().nth(ADDRESS).is_none())
            && !tells(page, at)
            && !(appeals & (CALLS | NEWS) == 0 && (names_purpose(text) || names_day(text)))
            && !(is_sentence(page, at) && tells_of_link(text, context))
            && (verdicts[at - 1].is_some() || is_prose(page, &page.lines[at - 1]))
        {
            verdicts[at] = Some(Reason::Footer);
        } else if is_prose(page, line) || is_sentence(page, at) {
            let between = furnished && line.chars <= CALL && speaks(page, verdicts, at - 1);
            if !between {
                return;
            }
            // the last paragraph of a short article may have few words in common with the others by chance
            let (shared, words) = shared(page, at, FEW, &mut vocabulary);
            let known = vocabulary.as_ref().map_or(0, KeySet::len);
            if words < FEW || shared > 0 || known < FEW * 25 {
                return;
            }
            verdicts[at] = Some(Reason::Footer);
        }
    }
}

/// "Meena Kumari is a columnist for this paper." below the article, in which she is not named.
fn author_note(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    const ROLES: [&str; 9] = [
        "columnist",
        "correspondent",
        "reporter",
        "editor",
        "contributor",
        "journalist",
        "producer",
        "writer",
        "blogger",
    ];
    let Some(at) = verdicts.iter().rposition(Option::is_none).filter(|&at| at > 0) else { return };
    let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
    if line.chars > NOTE / 2 || line.stops > 2 || !text.starts_with(char::is_uppercase) {
        return;
    }
    let Some((name, role)) = text.split_once(" is a ").or_else(|| text.split_once(" is an ")) else { return };
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = (2..=4).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase));
    // "a writer who won the prize" is told, "a writer for", "at" or "based in" somewhere is noted
    let works = || {
        let mut words = role.split(' ').take(7).skip_while(|word| !ROLES.contains(&word.trim_end_matches([',', '.'])));
        let whose = words.next().is_some_and(|role| role.ends_with('.'));
        whose || words.next().is_some_and(|word| ["for", "at", "with", "based", "covering", "of", "in"].contains(&word))
    };
    if named && works() {
        page.spend(line.start);
        if words.last().is_some_and(|surname| !page.text[..line.start].contains(surname)) {
            verdicts[at] = Some(Reason::Footer);
        }
    }
}

/// A sentence of some length, which may name an address as well.
fn tells(page: &Page<'_>, at: usize) -> bool {
    is_sentence(page, at) && page.of(&page.lines[at]).split_whitespace().nth(TOLD).is_some()
}

/// The [`crate::cues::Cues::appeals`] of line `at` outside its brackets; 0 where it names no platform.
fn appeals(page: &Page<'_>, at: usize, context: &Context<'_>) -> u8 {
    let known = &page.known[at].appeals;
    let appeals = known.get().unwrap_or_else(|| {
        let line = &page.lines[at];
        let text = if line.may_bracket { outside_brackets(page.of(line)) } else { Cow::Borrowed(page.of(line)) };
        if context.cues.names_platform(&text) { context.cues.appeals(&text) } else { 0 }
    });
    known.set(Some(appeals));
    appeals
}

/// A bracket speaks for itself: it may be a call at the end of a paragraph, and goes alone.
fn outside_brackets(text: &str) -> Cow<'_, str> {
    let (Some(open), Some(close)) = (text.find('('), text.rfind(')')) else { return Cow::Borrowed(text) };
    if open < close { Cow::Owned(format!("{} {}", &text[..open], &text[close..])) } else { Cow::Borrowed(text) }
}

/// Up to the first full stop before a space.
fn first_sentence(text: &str) -> &str {
    let mut spaces = memchr::memchr_iter(b' ', text.as_bytes());
    let end = spaces.find(|&space| text[..space].ends_with(['.', '।', '۔']));
    &text[..end.unwrap_or(text.len())]
}

/// An e-mail address, a handle or a link.
fn has_address(text: &str) -> bool {
    may_hold_address(text)
        && text.split_whitespace().any(|word| {
            let inside = word.trim_matches(|char: char| !is_word(char) && char != '@');
            inside.starts_with("http") || inside.starts_with("www.") || inside.len() > 2 && inside.contains('@')
        })
}

fn may_hold_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'@', bytes).is_some() || ["http", "www."].iter().any(|sign| text.contains(sign))
}

/// True where a line was cut for a reason that tells of a page's furniture; promos, captions, credits stand inside articles too.
pub(super) fn speaks(page: &Page<'_>, verdicts: &[Option<Reason>], at: usize) -> bool {
    use Reason::*;
    match verdicts[at] {
        None | Some(Caption | Credit | Ad | Repeat | Title | Highlights | Promo | App) => false,
        // the time of an entry of a live report, of which there are several, each above its text
        Some(Dateline) => {
            let entry = |from: usize| from..verdicts.len().min(from + ENTRY);
            let timed = |at: usize| verdicts[at] == Some(Dateline);
            let told = |at: usize| entry(at + 1).any(|at| is_prose(page, &page.lines[at]));
            (at == 0 || !is_prose(page, &page.lines[at - 1])) && !entry(at + 1).any(|at| timed(at) && told(at))
        }
        // a header or a headline under it, not "Also read: …"
        Some(Related) if has_section(page.of(&page.lines[at])) => false,
        Some(Related) => line_cue(page, at).is_none_or(|cue| cue.alone || cue.hit.form == Form::Tail),
        Some(_) => true,
    }
}

/// An entry of a list of the article's own.
fn is_item(text: &str) -> bool {
    text.starts_with(['•', '·', '-', '–', '—', '*', '▪', '●'])
}

/// A short line without a letter, or with capitals on every word of it where the script has capitals.
fn is_label(text: &str) -> bool {
    text.chars().count() <= 45
        && !is_item(text)
        && !text.ends_with(['.', '।', '۔', ')', '!', '’', '”', '"'])
        && text.split_whitespace().all(|word| {
            !word.contains(is_letter)
                || word.chars().find(|&char| is_letter(char)).is_some_and(|char| !char.is_lowercase())
        })
}

/// Reasons of the lines of which a box inside an article consists: a newsletter's form, a row of buttons.
fn in_box(reason: Reason) -> bool {
    use Reason::*;
    matches!(reason, Newsletter | App | Share | Comments | Footer | Header | Nav | Tags | Byline | Dateline)
}

pub(super) fn fill(
    verdicts: &mut [Option<Reason>],
    range: Range<usize>,
    reason: Reason,
    mut of: impl FnMut(usize) -> bool,
) {
    for at in range {
        if verdicts[at].is_none() && of(at) {
            verdicts[at] = Some(reason);
        }
    }
}

/// Of what rules between paragraphs are made.
const RULE: [char; 16] = ['_', '-', '*', '.', '=', '<', '>', '/', '|', '~', '+', '•', '·', '—', '–', ' '];

/// Rules that part nothing: "___" below the last paragraph.
fn bare_edge(page: &Page<'_>, inwards: impl Iterator<Item = usize>, verdicts: &mut [Option<Reason>]) {
    for at in inwards {
        if verdicts[at].is_none() {
            let text = page.of(&page.lines[at]);
            if text.len() < 3 || !text.chars().all(|char| RULE.contains(&char)) {
                return;
            }
            verdicts[at] = Some(Reason::Other);
        }
    }
}

/// The line from which on everything is below the article: a tag list, comments, a copyright line with at least half of the text above
/// and only a few notes about other things under it.
fn certain_end(page: &Page<'_>, verdicts: &[Option<Reason>], body: &[usize]) -> Option<usize> {
    use Reason::*;
    // "Read comments (3)" may stand between two paragraphs, and once more below
    let comments = verdicts.iter().rposition(|&verdict| verdict == Some(Comments));
    let certain = |at: &usize| match verdicts[*at] {
        Some(Tags | Copyright) => true,
        Some(Comments) => comments == Some(*at),
        _ => false,
    };
    let chars = |lines: &[usize]| lines.iter().map(|&at| page.lines[at].chars).sum::<usize>();
    let all = chars(body);
    let (mut passed, mut chars_above) = (None, 0);
    (0..page.lines.len()).filter(certain).find(|&end| {
        let number = body.partition_point(|&at| at < end);
        // what was no end of these paragraphs is none further down either
        if passed == Some(number) {
            return false;
        }
        let (above, below) = body.split_at(number);
        chars_above += chars(&above[passed.unwrap_or(0)..]);
        passed = Some(number);
        if chars_above < ARTICLE || all - chars_above > chars_above || below.len() > NOTES {
            return false;
        }
        let mut vocabulary = None;
        below.iter().all(|&at| {
            if page.lines[at].chars > NOTE {
                return false;
            }
            vocabulary.get_or_insert_with(|| vocabulary_of(page, above.iter().map(|&at| &page.lines[at])));
            let (shared, words) = shared(page, at, 1, &mut vocabulary);
            shared * 3 <= words
        })
    })
}
