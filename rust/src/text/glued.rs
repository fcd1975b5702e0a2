//! Calls and headlines that nothing parts from the next sentence.

use super::Context;
use super::places::OF_SENTENCES;
use super::sentence::{STOPPED, ends_in_verb};
use super::shape::{Kind, Line, Page};
use crate::cues::{is_letter, is_word};
use crate::spans::{Cut, Reason};

/// Fewest and most words of a headline that is glued to the next sentence, beside the first, most words of one before a beginning; longest call that is, in characters.
const LEAST: usize = 2;
const GLUED: usize = 15;
const LONG: usize = 22;
const CALL: usize = 120;
/// Letters of the Arabic script.
const ARABIC: fn(char) -> bool = |char| matches!(char, '\u{620}'..='\u{6D3}');

/// "مزید پڑھیں" with a headline that nothing parts from it, and the next sentence glued to that. Where nothing tells where the headline ends,
/// the cue goes alone, if it is glued as well. `text` begins at byte `start` of the page; `open` says that its line ends with it, without a stop.
pub(super) fn unparted_headline(text: &str, start: usize, open: bool, context: &Context<'_>) -> Option<Cut> {
    let end = context.cues.unparted(text, Reason::Related)?;
    let rest = &text[end..];
    let is_glued = rest.starts_with(is_word);
    let is_arabic = rest.starts_with(ARABIC);
    // "संबंधित लेखपाल ने", "Also readers wrote": the word goes on, unless a headline begins; "संबंधित खबर पर" goes on as a sentence does
    let goes_on = if is_glued && is_arabic {
        rest.split(|char| !is_word(char)).next().is_some_and(|word| matches!(word, "گے" | "گی" | "گا"))
    } else if is_glued {
        let begins_word = rest.starts_with(is_letter) && !rest.starts_with(char::is_lowercase);
        !(rest.starts_with(char::is_uppercase) || open && begins_word)
    } else {
        rest.split_whitespace().next().is_some_and(|word| OF_SENTENCES.contains(word))
    };
    if goes_on {
        return None;
    }
    let is_headline = || {
        !rest.trim_start().starts_with(char::is_lowercase)
            && rest.split_whitespace().nth(LEAST).is_some()
            && text.chars().nth(STOPPED).is_none()
            && !ends_in_verb(text)
    };
    if open && is_headline() {
        return Some(Cut { start, end: start + text.len(), reason: Reason::Related });
    }
    // a shorter rest is the ending of the word: "پڑھیںگے"
    let glued = || {
        let word = &rest[..rest.find(|char| !is_word(char)).unwrap_or(rest.len())];
        let ending = word.chars().nth(LEAST - 1).is_none() || !is_arabic || rest.starts_with('گ');
        (word.chars().nth(LEAST).is_some() || !ending).then_some(end)
    };
    let asks = || (text.ends_with(['?', '؟']) && text.chars().nth(STOPPED).is_none()).then_some(text.len());
    let next = end_of_headline(rest, context).map(|next| end + next).or_else(asks).or_else(glued)?;
    Some(Cut { start, end: start + text[..next].trim_end().len(), reason: Reason::Related })
}

/// Where a headline ends that is glued to the next sentence: between a word with which headlines end and those with which sentences of news
/// begin, else before such a beginning, or behind such an end, if no word follows that goes on with it and none of those came before with which
/// sentences end. A long headline ends before a beginning alone.
pub(super) fn end_of_headline(text: &str, context: &Context<'_>) -> Option<usize> {
    /// With these a noun that ends headlines ("the claim", "the announcement") goes on as a verb.
    const BEHIND_NOUNS: [&str; 12] =
        ["کیا", "کر", "کرتے", "کرنے", "کرنا", "ظاہر", "ہونے", "سامنے", "دے", "دیتے", "دینے", "پائے"];
    /// "… was bought", before whom it was: "the player bought by mistake has …"
    const PARTICIPLES: [&str; 3] = ["گیا", "گئی", "گئے"];
    const CASES: [&str; 5] = ["نے", "کو", "کا", "کی", "کے"];
    const VERBS: [&str; 10] = ["है", "हैं", "था", "थी", "थे", "ہے", "ہیں", "تھا", "تھی", "تھے"];
    let spaces: Vec<usize> = memchr::memchr_iter(b' ', text.as_bytes()).take(LEAST + LONG).collect();
    let near = &spaces[..spaces.len().min(LEAST + GLUED)];
    let around = |pair: &[usize]| (&text[pair[0] + 1..pair[1]], &text[pair[1] + 1..]);
    let mut told = false;
    let mut closes = |pair: &&[usize]| {
        let (last, next) = around(pair);
        told |= VERBS.contains(&last);
        let goes_on = |word: &str| OF_SENTENCES.contains(word) || BEHIND_NOUNS.contains(&word);
        let small = || next.split_whitespace().next().is_some_and(goes_on);
        let sentence = || next.split_whitespace().nth(LEAST + 1).is_some();
        let participle =
            || PARTICIPLES.contains(&last) && next.split_whitespace().nth(1).is_some_and(|word| CASES.contains(&word));
        let closed = || last.ends_with(is_word) && context.cues.closes(last) && !context.cues.closes(next);
        !told && closed() && !small() && !participle() && sentence()
    };
    let pairs =
        |spaces: &'_ [usize]| spaces.windows(2).skip(LEAST - 1).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
    let (near, all) = (pairs(near), pairs(&spaces));
    let opens = |pair: &&[usize; 2]| context.cues.opens(around(&pair[..]).1);
    let first = near.iter().find(opens);
    // "The police opened a case He said": the headline may begin as sentences do
    let both = first.and_then(|_| near.iter().find(|pair| opens(pair) && context.cues.closes(around(&pair[..]).0)));
    let far = || {
        let unsaid = |pair: &&[usize; 2]| !VERBS.contains(&around(&pair[..]).0);
        all.iter().skip(near.len().saturating_sub(1)).take_while(unsaid).find(opens)
    };
    // a headline may say two things, of which the first closes as well
    let mut closed = || near.iter().find(|pair| closes(&&pair[..]));
    both.or(first).or_else(&mut closed).or_else(far).map(|pair| pair[1] + 1)
}

/// "To listen to this report click hereThe film…": a call that runs into the next sentence. It begins where the sentence does or the call
/// before it ends; farther back than the longest call nothing is looked for.
pub(super) fn calls(page: &Page<'_>, line: &Line, context: &Context<'_>, cuts: &mut Vec<Cut>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Cues;
    use crate::text::Level;

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
            calls(&page, &page.lines[0], &context, &mut cuts);
            assert_eq!(cuts.len(), 1000);
            assert!(cuts.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(cuts.iter().all(|cut| text[cut.start..cut.end].chars().count() <= CALL));
        }
        let far = format!("{} क्लिक करेंगगग", "क".repeat(CALL));
        let mut cuts = Vec::new();
        let page = Page::new(&far);
        calls(&page, &page.lines[0], &context, &mut cuts);
        assert!(cuts.is_empty());
    }
}
