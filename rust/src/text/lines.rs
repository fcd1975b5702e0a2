//! Whole lines: labels, buttons, section headers with the run of headlines under them, tag lists.

use super::shape::{Ending, Line, Page};
use super::{Context, Level, Stripped};
use crate::cues::{Form, Hit, is_word};
use crate::spans::Reason;

/// Longest headline, in characters, and most of them under a header inside an article.
const HEADLINE: usize = 220;
const RUN_INSIDE: usize = 6;
/// Longest entry of a tag list, in characters, and most entries.
const TAG: usize = 40;
const TAGS: usize = 24;

/// A cue at the beginning or end of a line, and what else the line holds.
pub(super) struct LineCue<'a> {
    pub hit: Hit,
    pub rest: &'a str,
    /// No letter beside the cue.
    pub alone: bool,
}

/// The cue of a line without the bullets, arrows, brackets and emojis around it.
pub(super) fn line_cue<'a>(text: &'a str, context: &Context<'_>) -> Option<LineCue<'a>> {
    let bare = bare(text);
    let hit = context.cues.at_either_end(bare)?;
    Some(LineCue { hit, rest: hit.rest(bare), alone: hit.is_alone(bare) })
}

pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|char| !is_word(char) && char != '©')
}

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let mut at = 0;
    while at < page.lines.len() {
        let line = &page.lines[at];
        if verdicts[at].is_some() || line.chars > 700 {
            at += 1;
            continue;
        }
        let text = page.of(line);
        let Some(cue) = line_cue(text, &context).filter(|cue| fits(cue, line, context.level)) else {
            at += 1;
            continue;
        };
        verdicts[at] = Some(cue.hit.reason);
        at += 1;
        match cue.hit.reason {
            Reason::Related if cue.alone || cue.hit.form == Form::Tail => {
                let end = run_of_headlines(page, at, &context);
                verdicts[at..end].fill(Some(Reason::Related));
                at = end;
            }
            Reason::Tags if cue.alone => {
                let end = run_of_tags(page, at, &context);
                for entry in &page.lines[at..end] {
                    add_tags(&mut found.tags, page.of(entry));
                }
                verdicts[at..end].fill(Some(Reason::Tags));
                at = end;
            }
            Reason::Tags => add_tags(&mut found.tags, cue.rest),
            _ => {}
        }
    }
}

/// Whether the line has the shape that goes with its cue.
fn fits(cue: &LineCue<'_>, line: &Line, level: Level) -> bool {
    use Reason::*;
    if cue.alone {
        return cue.hit.reason != Dateline && cue.hit.reason != Byline || line.chars <= 40;
    }
    // A cue at the end speaks for its sentence, not for those before it.
    if cue.hit.form == Form::Tail && line.stops > 1 {
        return false;
    }
    // most characters and sentence ends that the line may have
    let (chars, stops) = match (cue.hit.reason, cue.hit.form) {
        (Related, Form::Tail) => (45, 0),
        (Related, _) => (280, 2),
        (Tags, Form::Tail) => (0, 0),
        (Tags, _) => (600, 1),
        (Promo | Newsletter | App, _) => (300, 3),
        (Copyright, _) => (400, 5),
        (Caption, Form::Tail) => (300, 3),
        (Caption, _) => (280, 3),
        (Credit | Source, _) => (110, 1),
        (Footer, _) => (300, 3),
        (Comments | Share, _) => (140, 2),
        (Ad, _) => (80, 1),
        (Nav, _) => (140, 0),
        // their own rules: byline.rs, repeat.rs
        (Byline | Dateline | Highlights | Title | Header, _) => (0, 0),
        _ => (120, 1),
    };
    let gentle = cue.hit.form == Form::Label || matches!(cue.hit.reason, Copyright | Share | Ad);
    let paragraph = line.ending == Ending::Stop && line.stops > 1 && line.chars > 160;
    line.chars <= chars
        && line.stops <= stops
        && !(cue.hit.reason == Related && paragraph)
        && (gentle || level > Level::Gentle)
}

/// True where a line reads as running text.
pub(super) fn is_prose(line: &Line) -> bool {
    line.ending == Ending::Stop || line.stops >= 2 && line.chars > 140 || line.chars > HEADLINE + 20
}

/// The end of the headlines that begin at line `from`. Where the article goes on below them, a short last one is its subheading.
fn run_of_headlines(page: &Page<'_>, from: usize, context: &Context<'_>) -> usize {
    let lines = &page.lines;
    let mut end = from;
    while end < lines.len()
        && !is_prose(&lines[end])
        && line_cue(page.of(&lines[end]), context).is_none_or(|cue| !cue.alone)
    {
        end += 1;
    }
    let goes_on = lines[end..].iter().any(is_prose);
    if !goes_on || end == from {
        return end;
    }
    if end - from > RUN_INSIDE {
        return from + 1;
    }
    let above = lines[from..end - 1].iter().map(|line| line.chars).min().unwrap_or(0);
    if lines[end - 1].chars * 3 < above * 2 && lines[end - 1].chars < 60 { end - 1 } else { end }
}

fn run_of_tags(page: &Page<'_>, from: usize, context: &Context<'_>) -> usize {
    page.lines[from..]
        .iter()
        .take(TAGS)
        .take_while(|line| {
            line.chars <= TAG && line.ending == Ending::Open && line_cue(page.of(line), context).is_none()
        })
        .count()
        + from
}

fn add_tags(tags: &mut String, text: &str) {
    for tag in text.split([',', '|', '#', '•', '،', ';']) {
        let tag = bare(tag);
        if !tag.is_empty() {
            if !tags.is_empty() {
                tags.push_str(", ");
            }
            tags.push_str(tag);
        }
    }
}
