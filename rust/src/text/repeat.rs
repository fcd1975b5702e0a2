//! What the text says twice: the headline above and below the lead, the lead that the first paragraph begins with, highlights.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::edges::head;
use super::lines::{is_prose, line_cue};
use super::shape::{Ending, Page};
use super::title::{first_of_key, key};
use super::{Context, Level};
use crate::blocks::{BLOCK, Block, Task, fastest, padded};
use crate::cues::{Form, is_word};
use crate::spans::Reason;
use crate::words::{may_hold_digits, numbers, words};

/// Share of a lead's word pairs that the next paragraph's beginning must hold.
const LEAD: f64 = 0.7;
/// Share of the words that punctuation may hide from the quick look.
const HIDDEN: f64 = 0.2;
/// Share of the highlights' word pairs that the rest of the article must hold.
const HIGHLIGHTS: f64 = 0.4;
/// A line of which the copy goes is at least this long, in characters: shorter ones may be a refrain, a table, an answer.
const COPY: usize = 100;
/// Characters of a line whose third return is a template's.
const REFRAIN: std::ops::RangeInclusive<usize> = 10..=60;

/// `title` is the headline.
pub(super) fn find(page: &Page<'_>, context: Context<'_>, title: &str, verdicts: &mut [Option<Reason>]) {
    copies(page, title, verdicts);
    if context.level == Level::Aggressive {
        refrains(page, verdicts);
    }
    highlights(page, verdicts);
    if context.level == Level::Gentle {
        return;
    }
    let mut left = (0..page.lines.len()).filter(|&at| verdicts[at].is_none());
    if let (Some(first), Some(second)) = (left.next(), left.next())
        && page.known[first].no_lead_of.get() != page.known[second].id
    {
        if leads_into(page, first, second) {
            verdicts[first] = Some(Reason::Repeat);
        } else {
            page.known[first].no_lead_of.set(page.known[second].id);
        }
    }
}

/// Further copies of the headline, and of any long line.
fn copies(page: &Page<'_>, title: &str, verdicts: &mut [Option<Reason>]) {
    let (title_chars, first) = (title.chars().count(), first_of_key(title));
    // most pages have no two lines of which even length and ends are the same
    let ends = |at: usize| {
        let bytes = page.of(&page.lines[at]).as_bytes();
        let first = bytes.first_chunk().map_or(0, |first| u64::from_le_bytes(*first));
        let last = bytes.last_chunk().map_or(0, |last| u64::from_le_bytes(*last));
        first ^ last.rotate_left(29) ^ (bytes.len() as u64).rotate_left(48)
    };
    let (title_key, mut known, mut may_be_copies) = (OnceCell::new(), [0_u64; 64], false);
    for (at, line) in page.lines.iter().enumerate() {
        if verdicts[at].is_some() {
            continue;
        }
        let text = page.of(line);
        // keys have no spaces
        let like_title = || {
            let key_of_title = title_key.get_or_init(|| key(title));
            (line.chars * 2 / 3..=line.chars).contains(&key_of_title.chars().count()) && key(text) == *key_of_title
        };
        if first.is_some()
            && (10..=title_chars * 2).contains(&line.chars)
            && first_of_key(text) == first
            && like_title()
        {
            verdicts[at] = Some(Reason::Title);
        } else if line.chars >= COPY {
            let bit = (ends(at).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize;
            may_be_copies |= known[bit / 64] >> (bit % 64) & 1 != 0;
            known[bit / 64] |= 1 << (bit % 64);
        }
    }
    if !may_be_copies {
        return;
    }
    let is_long = |&at: &usize| verdicts[at].is_none() && page.lines[at].chars >= COPY;
    let long: Vec<usize> = (0..page.lines.len()).filter(is_long).collect();
    let mut quick: Vec<u64> = long.iter().map(|&at| ends(at)).collect();
    quick.sort_unstable();
    if quick.windows(2).all(|pair| pair[0] != pair[1]) {
        return;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for at in long {
        if !seen.insert(page.of(&page.lines[at])) {
            verdicts[at] = Some(Reason::Repeat);
        }
    }
}

/// A short line that comes back again and again between two paragraphs: "Article content". With another number it says another thing, and
/// between other short lines it is the refrain of a song.
fn refrains(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in page.lines.iter().enumerate() {
        let short = REFRAIN.contains(&line.chars) && line.ending == Ending::Open && !page.of(line).ends_with(':');
        if short && verdicts[at].is_none() {
            places.entry(page.of(line)).or_default().push(at);
        }
    }
    let parted = |pair: &[usize]| page.lines[pair[0]..pair[1]].iter().any(|line| is_prose(page, line));
    let stands_beside =
        |at: usize| page.lines.get(at).is_none_or(|line| is_prose(page, line) || verdicts[at].is_some());
    let is_apart = |&&at: &&usize| at.checked_sub(1).is_none_or(stands_beside) && stands_beside(at + 1);
    let recurs = |places: &Vec<usize>| {
        places.len() >= 3
            && places.windows(2).filter(|pair| parted(pair)).count() >= 2
            && places.iter().filter(is_apart).count() >= 2
    };
    let found: Vec<usize> = places.into_values().filter(recurs).flatten().collect();
    found.into_iter().for_each(|at| verdicts[at] = Some(Reason::Template));
}

/// What comparing the words of a text costs, in bytes looked at for each byte.
const COMPARED: usize = 4;

/// Lines that may be the highlights of a page.
const LISTS: usize = 8;

/// A line that begins with "Highlights" and says, without full stops, what the article says.
fn highlights(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    let mut left = LISTS;
    for at in 0..page.lines.len() {
        let line = &page.lines[at];
        if verdicts[at].is_some() || line.chars > 1200 || left == 0 {
            continue;
        }
        let Some(cue) = line_cue(page, at).filter(|cue| cue.hit.reason == Reason::Highlights) else {
            continue;
        };
        if cue.alone || cue.rest.is_empty() {
            continue;
        }
        // a label that nothing separates from its points, and the points not from each other
        let parted = page.of(line).contains(". ") || page.of(line).contains("। ");
        let at_once = cue.rest.starts_with(is_word);
        let glued = cue.hit.form == Form::Head && !parted && (at_once || line.ending != Ending::Stop)
            || cue.hit.form == Form::Head && line.ending != Ending::Stop && line.stops <= 1;
        let others = page
            .lines
            .iter()
            .enumerate()
            .filter(|&(other, _)| other != at && verdicts[other].is_none_or(|reason| reason == Reason::Title));
        left -= 1;
        page.spend(page.text.len() * COMPARED);
        let said: Vec<u64> = word_pairs(cue.rest).collect();
        if glued || share_of(&said, others.flat_map(|(_, line)| word_pairs(page.of(line)))) >= HIGHLIGHTS {
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
    if !may_share_number(page.of(lead), page.of(next)) {
        return false;
    }
    if !shares_words(page.of(lead), head(page.of(next), (lead.end - lead.start) * 2 + 100)) {
        return false;
    }
    let said: Vec<u64> = word_pairs(page.of(lead)).collect();
    if said.len() < 7 {
        return false;
    }
    // a list whose entries differ in their numbers is no repetition
    let same_numbers = || {
        let mut missing: HashSet<&str> = numbers(page.of(lead)).collect();
        missing.is_empty()
            || numbers(page.of(next)).any(|number| {
                missing.remove(number);
                missing.is_empty()
            })
    };
    share_of(&said, word_pairs(page.of(next)).take(said.len() * 3 / 2 + 4)) >= LEAD
        && (!may_hold_digits(page.of(lead)) || same_numbers())
}

/// False only where the first number of `lead` in ASCII does not stand in `next`.
fn may_share_number(lead: &str, next: &str) -> bool {
    let Some(start) = lead.bytes().position(|byte| byte.is_ascii_digit()) else { return true };
    let number = &lead.as_bytes()[start..];
    let length = number.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(number.len());
    memchr::memmem::find(next.as_bytes(), &number[..length]).is_some()
}

/// The share of `said` that is among `pairs`.
fn share_of(said: &[u64], pairs: impl Iterator<Item = u64>) -> f64 {
    let mut sorted = said.to_vec();
    sorted.sort_unstable();
    let place = |pair: u64| sorted.partition_point(|&known| known < pair);
    let mut found = vec![false; sorted.len()];
    for pair in pairs {
        let at = place(pair);
        if sorted.get(at) == Some(&pair) {
            found[at] = true;
        }
    }
    let known = said.iter().filter(|&&pair| found[place(pair)]).count();
    if said.is_empty() { 1.0 } else { known as f64 / said.len() as f64 }
}

/// False where so few words of `lead` stand in `next` that the pairs of them need not be counted; words that share a bit pass for one.
fn shares_words(lead: &str, next: &str) -> bool {
    let mut bits = [0_u64; 64];
    fastest(Words(next.as_bytes(), |hash: usize| bits[hash >> 6] |= 1 << (hash & 63)));
    let (mut all, mut known) = (0_usize, 0_usize);
    fastest(Words(lead.as_bytes(), |hash: usize| {
        all += 1;
        known += (bits[hash >> 6] >> (hash & 63) & 1) as usize;
    }));
    // punctuation beside a word hides it
    known as f64 >= (LEAD - HIDDEN) * all as f64
}

/// Calls a function with twelve bits for what stands between two spaces: of its length and its first and last eight bytes.
struct Words<'a, F>(&'a [u8], F);

impl<F: FnMut(usize)> Task for Words<'_, F> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<B: Block>(self) {
        let Words(bytes, mut each) = self;
        let mut start = 0;
        let mut end_at = |end: usize| {
            if end > start {
                each(hash_of(bytes, start, end));
            }
            start = end + 1;
        };
        for (number, block) in bytes.chunks(BLOCK).enumerate() {
            let mut spaces = unsafe { B::load(padded(block, &mut [0; BLOCK])).equal(b' ') };
            while spaces != 0 {
                end_at(number * BLOCK + spaces.trailing_zeros() as usize);
                spaces &= spaces - 1;
            }
        }
        end_at(bytes.len());
    }
}

/// Twelve bits for some bytes that stand somewhere among others.
#[inline(always)]
fn hash_of(bytes: &[u8], start: usize, end: usize) -> usize {
    let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk));
    let all = |word: &[u8]| word.iter().rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte));
    let length = end - start;
    let taken = length.min(8);
    // of most words the length decides nothing that the processor would have to foresee
    let (first, last) = if end >= 8 && start + 8 <= bytes.len() {
        let shift = 64 - 8 * taken as u32;
        (eight(start) << shift >> shift, eight(end - 8) >> shift)
    } else {
        (all(&bytes[start..start + taken]), all(&bytes[end - taken..end]))
    };
    let hash = first ^ last.rotate_left(23) ^ length as u64;
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize
}

/// Hashes of the pairs of neighbouring words, in order.
fn word_pairs(text: &str) -> impl Iterator<Item = u64> {
    let mut words = words(text).map(|word| xxhash_rust::xxh3::xxh3_64(word.as_bytes()));
    let first = words.next();
    words.scan(first, |before, word| Some(before.replace(word)?.rotate_left(23) ^ word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        fastest(Words(text.as_bytes(), |hash| found.push(hash)));
        found
    }

    #[test]
    fn a_word_is_the_same_wherever_it_stands() {
        let words = ["a", "of", "the", "नई", "flooded", "villages", "governments", "मुख्यमंत्री"];
        let long = format!("{} ", "नदी के किनारे ".repeat(9));
        for (before, after) in
            [("", ""), ("x ", ""), ("", " y"), ("the river rose  ", " and went down again"), (&long, "")]
        {
            for word in words {
                let text = format!("{before}{word}{after}");
                let found = hashes(&text);
                assert_eq!(found[before.split_whitespace().count()], hashes(word)[0], "{text}");
                assert_eq!(found.len(), text.split_whitespace().count());
            }
        }
    }

    #[test]
    fn a_lead_that_is_said_again_shares_its_words_whatever_stands_between_them() {
        let words = ["को", "तीन", "ही", "दो", "जब", "और", "की", "दिन", "तो", "घर", "नदी", "the", "of", "villages", "a"];
        let gaps = [" ", "  ", "   ", " – ", ", ", " \"", "\" "];
        let mut next = crate::draws::draws(3);
        let mut said_again = 0;
        for _ in 0..20_000 {
            let said: Vec<&str> = (0..10 + next(8)).map(|_| words[next(words.len())]).collect();
            let mut written = |gapped: usize| {
                let mut text = String::new();
                for &word in &said {
                    text.push_str(word);
                    text.push_str(if next(gapped) == 0 { gaps[next(gaps.len())] } else { " " });
                }
                text
            };
            let (lead, again) = (written(6), written(6) + "and more of it");
            let pairs: Vec<u64> = word_pairs(&lead).collect();
            let shared = share_of(&pairs, word_pairs(&again).take(pairs.len() * 3 / 2 + 4)) >= LEAD;
            said_again += usize::from(shared);
            assert!(!shared || shares_words(&lead, &again), "{lead}\n{again}");
        }
        assert!(said_again > 10_000, "{said_again}");
    }
}
