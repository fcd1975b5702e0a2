//! What the text says twice: the headline above and below the lead, the lead that the first paragraph begins with, highlights.

use std::collections::{HashMap, HashSet};

use super::lines::{bare, is_prose, line_cue};
use super::shape::{Ending, Line, Page};
use super::{Context, Level, Stripped};
use crate::cues::{folded, is_word};
use crate::spans::Reason;

/// A headline has this many characters.
const HEADLINE: std::ops::RangeInclusive<usize> = 15..=220;
/// Lines at the top among which a lead may be repeated.
const TOP: usize = 4;
/// Share of a lead's word pairs that the next paragraph's beginning must hold.
const LEAD: f64 = 0.7;
/// Share of the highlights' words pairs that the rest of the article must hold.
const HIGHLIGHTS: f64 = 0.4;
/// A line of which the copy goes is at least this long, in characters: shorter ones may be a refrain.
const COPY: usize = 40;

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let given = key(context.title);
    let mut title = given.clone();
    let mut left = (0..page.lines.len()).filter(|&at| verdicts[at].is_none()).take(TOP + 2).collect::<Vec<_>>();
    if given.is_empty() {
        let headlines = left.iter().take_while(|&&at| is_headline(page, &page.lines[at])).count();
        let under = left.get(headlines).is_some_and(|&at| is_lead(&page.lines[at]));
        if under && (headlines == 1 || headlines == 2) {
            for &at in &left[..headlines] {
                let text = page.of(&page.lines[at]);
                if found.title.is_empty() {
                    found.title = text.to_owned();
                } else if found.subtitle.is_empty() && key(text) != key(&found.title) {
                    found.subtitle = text.to_owned();
                }
                verdicts[at] = Some(Reason::Title);
            }
            title = key(page.of(&page.lines[left[0]]));
            left.drain(..headlines);
        }
    }
    copies(page, &title, verdicts);
    highlights(page, &context, verdicts);
    if context.level == Level::Gentle {
        return;
    }
    left.retain(|&at| verdicts[at].is_none());
    for pair in left.windows(2).take(TOP - 1) {
        if leads_into(page, pair[0], pair[1]) {
            verdicts[pair[0]] = Some(Reason::Repeat);
        }
    }
}

/// A line as a headline looks: one clause, no full stop.
fn is_headline(page: &Page<'_>, line: &Line) -> bool {
    HEADLINE.contains(&line.chars)
        && line.ending != Ending::Stop
        && line.stops <= 2
        && !page.of(line).ends_with([':', ',', ';', '-', '–'])
        && page
            .of(line)
            .starts_with(|char: char| is_word(char) || matches!(char, '\'' | '"' | '‘' | '“' | '₹' | '$' | '[' | '('))
}

fn is_lead(line: &Line) -> bool {
    is_prose(line) && line.chars >= 60 && line.stops >= 1
}

/// Further copies of the headline, and of any long line.
fn copies(page: &Page<'_>, title: &str, verdicts: &mut [Option<Reason>]) {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    for (at, line) in page.lines.iter().enumerate() {
        if verdicts[at].is_some() {
            continue;
        }
        if !title.is_empty() && line.chars <= HEADLINE.end() + 20 && line.chars >= 10 && key(page.of(line)) == title {
            verdicts[at] = Some(Reason::Title);
        } else if line.chars >= COPY {
            let hash = xxhash_rust::xxh3::xxh3_64(page.of(line).as_bytes());
            if let Some(&first) = seen.get(&hash) {
                if page.of(&page.lines[first]) == page.of(line) {
                    verdicts[at] = Some(Reason::Repeat);
                }
            } else {
                seen.insert(hash, at);
            }
        }
    }
}

/// A line that begins with "Highlights" and says, without full stops, what the article says.
fn highlights(page: &Page<'_>, context: &Context<'_>, verdicts: &mut [Option<Reason>]) {
    for at in 0..page.lines.len() {
        let line = &page.lines[at];
        if verdicts[at].is_some() || line.chars > 1200 {
            continue;
        }
        let Some(cue) = line_cue(page.of(line), context).filter(|cue| cue.hit.reason == Reason::Highlights) else {
            continue;
        };
        if cue.alone || cue.rest.is_empty() {
            continue;
        }
        let mut pairs = HashSet::new();
        for (other, line) in page.lines.iter().enumerate() {
            if other != at && verdicts[other].is_none_or(|reason| reason == Reason::Title) {
                pairs.extend(word_pairs(page.of(line)));
            }
        }
        let said = word_pairs(cue.rest);
        let known = said.iter().filter(|pair| pairs.contains(pair)).count();
        if line.stops <= 1 || known as f64 >= HIGHLIGHTS * said.len() as f64 {
            verdicts[at] = Some(Reason::Highlights);
        }
    }
}

/// True where line `next` begins with what the whole of line `lead` says.
fn leads_into(page: &Page<'_>, lead: usize, next: usize) -> bool {
    let (lead, next) = (&page.lines[lead], &page.lines[next]);
    if lead.chars < 50 || lead.chars > 600 || next.chars < lead.chars {
        return false;
    }
    let said = word_pairs(page.of(lead));
    if said.len() < 7 {
        return false;
    }
    let head: HashSet<u64> = word_pairs(page.of(next)).into_iter().take(said.len() * 3 / 2 + 4).collect();
    let known = said.iter().filter(|pair| head.contains(pair)).count();
    known as f64 >= LEAD * said.len() as f64
}

/// Hashes of the pairs of neighbouring words, in order.
fn word_pairs(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|char| !is_word(char))
        .filter(|word| !word.is_empty())
        .map(|word| xxhash_rust::xxh3::xxh3_64(word.as_bytes()))
        .collect();
    words.windows(2).map(|pair| pair[0].rotate_left(23) ^ pair[1]).collect()
}

/// Letters and digits only, folded: equal keys are the same headline.
pub(super) fn key(text: &str) -> String {
    bare(text).chars().filter(|&char| is_word(char)).filter_map(folded_digits).collect()
}

fn folded_digits(char: char) -> Option<char> {
    if char.is_ascii_digit() { Some(char) } else { folded(char) }
}
