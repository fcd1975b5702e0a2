//! Places for values that a script would have filled in: "{{ item.title }}", "${author}", "<%= date %>".

use super::parse::{Block, Page};
use super::segment::Verdict;
use super::tags::Tag;
use crate::cues::is_letter;
use crate::spans::Reason;

/// What opens a place, and what closes it.
const PLACES: [(&str, &str); 4] = [("{{", "}}"), ("${", "}"), ("{%", "%}"), ("<%", "%>")];
/// Words beside the places, at most: "By {{author}}". A sentence about them has more.
const WORDS: usize = 3;
/// Longest line, in bytes.
const LONGEST: usize = 300;
/// How far above a block code is looked for.
const LEVELS: usize = 4;

/// Leaves out lines that are nothing but places for values, with a label at most. Code is about such places.
pub fn leave_out(page: &Page, verdicts: &mut [Verdict]) {
    for (block, verdict) in page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        let text = block.text.of(&page.text);
        if text.len() <= LONGEST
            && memchr::memchr2(b'{', b'%', text.as_bytes()).is_some()
            && is_unfilled(text)
            && !is_code(page, block)
        {
            *verdict = Some(Reason::Other);
        }
    }
}

fn is_unfilled(text: &str) -> bool {
    let (mut words, mut places) = (0, 0);
    let mut rest = text;
    loop {
        let next = PLACES.iter().filter_map(|&(open, close)| {
            let from = rest.find(open)?;
            let to = rest[from..].find(close)? + from + close.len();
            Some((from, to))
        });
        let place = next.min();
        let before = &rest[..place.map_or(rest.len(), |(from, _)| from)];
        words += before.split_whitespace().filter(|word| word.contains(is_letter)).count();
        let Some((_, to)) = place.filter(|_| words <= WORDS) else { break };
        places += 1;
        rest = &rest[to..];
    }
    places > 0 && words <= WORDS
}

fn is_code(page: &Page, block: &Block) -> bool {
    let mut at = block.element;
    for _ in 0..LEVELS {
        let Some(element) = page.elements.get(at as usize) else { break };
        if matches!(element.tag, Tag::Code | Tag::Pre) {
            return true;
        }
        at = element.parent;
    }
    block.preformatted
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn left(source: &str) -> usize {
        let page = parse(source);
        let mut verdicts = vec![None; page.blocks.len()];
        leave_out(&page, &mut verdicts);
        verdicts.iter().filter(|verdict| verdict.is_none()).count()
    }

    #[test]
    fn places_that_nothing_filled_go() {
        for line in [
            "{{ item.title }}",
            "By {{author}}",
            "{{#if x}}{{y}}{{/if}}",
            "द्वारा ${name}",
            "&lt;%= date %>",
            "{% include x %}",
        ] {
            assert_eq!(left(&format!("<p>{line}</p>")), 0, "{line}");
        }
    }

    #[test]
    fn sentences_about_them_and_code_stay() {
        for line in [
            "Write {{ item.title }} where the title stands",
            "{ a }",
            "It costs $5 {five}",
            "{{ open",
            "50 % of {a}",
            "<code>{{ a }}</code>",
        ] {
            assert_eq!(left(&format!("<p>{line}</p>")), 1, "{line}");
        }
        assert_eq!(left("<pre>{{ a }}</pre>"), 1);
    }
}
