//! Brackets: advertisements, credits and calls, also where a page has broken them over lines.

use super::edges::bare;
use super::lines::is_prose;
use super::sentence::{ends_in_verb, is_caption};
use super::shape::{Kind, Line, Page};
use super::{Context, Level};
use crate::cues::{Form, is_digit, is_letter, is_word};
use crate::spans::{Cut, Reason};

/// Longest bracket, in characters.
const BRACKET: usize = 300;
/// Lines over which a bracket may be broken.
const BROKEN: usize = 6;

/// Judges a bracket; `line_end` is where its line ends without the brackets that are cut at its end.
pub(super) fn judge(
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
    if is_closed_up(page, &span) && context.level > Level::Gentle && !context.paragraphs && is_glued(page, line, &span)
    {
        cuts.push(Cut { start: span.start, end: span.end, reason: Related });
        return;
    }
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

/// No space stands on either side.
fn is_closed_up(page: &Page<'_>, span: &std::ops::Range<usize>) -> bool {
    let bytes = page.text.as_bytes();
    let spaced = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    !spaced(bytes.get(span.end)) && !spaced(span.start.checked_sub(1).and_then(|at| bytes.get(at)))
}

/// "… he said.(The flood in the valley)The next day …": a bracket of several words that no space parts from the sentence before it nor from the one
/// behind it was a paragraph of its own, the link to another article.
#[inline(never)]
fn is_glued(page: &Page<'_>, line: &Line, span: &std::ops::Range<usize>) -> bool {
    const LONGEST: usize = 100;
    /// Scripts beyond do without spaces.
    const SPACED: char = '\u{E00}';
    let (before, after) = (&page.text[line.start..span.start], &page.text[span.end..line.end]);
    let starts =
        |text: &str| text.chars().next().is_some_and(|char| char < SPACED && (is_letter(char) && !char.is_lowercase()));
    if !(starts(after) || after.starts_with(OPENING) && starts(after.trim_start_matches(OPENING))) {
        return false;
    }
    let sentence = before.trim_end_matches(CLOSING);
    let ends = sentence.ends_with(['।', '۔', '?', '!'])
        || sentence
            .strip_suffix('.')
            .is_some_and(|said| said.ends_with(|char: char| is_word(char) && !char.is_uppercase()));
    let inside = page.text[span.clone()].trim_start_matches('(').trim_end_matches(')');
    ends && inside.trim().contains(' ')
        && inside.len() + 2 == span.len()
        && inside.chars().nth(LONGEST).is_none()
        && !inside.contains(is_digit)
        && is_headline(inside.trim())
}

/// Four words or more that begin with a letter and do not end as a clause does.
fn is_headline(inside: &str) -> bool {
    let words = || inside.split_whitespace();
    words().nth(3).is_some() && inside.starts_with(is_letter) && !ends_in_verb(inside) && !words().any(is_verb)
}

/// A word with which clauses say that somebody was, had or did something.
fn is_verb(word: &str) -> bool {
    const VERBS: [&str; 32] = [
        "is",
        "are",
        "was",
        "were",
        "had",
        "has",
        "have",
        "did",
        "said",
        "laughs",
        "laughed",
        "है",
        "हैं",
        "था",
        "थी",
        "थे",
        "हंसे",
        "बजीं",
        "पड़ती",
        "छ",
        "छन्",
        "थियो",
        "थिए",
        "আছে",
        "ছিল",
        "পড়ে",
        "করে",
        "ہے",
        "ہیں",
        "تھا",
        "تھی",
        "تھے",
    ];
    VERBS.contains(&word)
}

const OPENING: [char; 4] = ['"', '\'', '“', '‘'];
const CLOSING: [char; 4] = ['"', '\'', '”', '’'];

/// A bracket that a page has broken into several short lines around its links: "(To join us,\nclick here\n. You can also…)".
pub(super) fn find_broken(page: &Page<'_>, context: Context<'_>, cuts: &mut Vec<Cut>) {
    for (at, line) in page.lines.iter().enumerate().filter(|(_, line)| line.may_bracket) {
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

fn is_call(reason: Reason) -> bool {
    use Reason::*;
    matches!(reason, Related | Promo | App | Newsletter | Share | Comments)
}
