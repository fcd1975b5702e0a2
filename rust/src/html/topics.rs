//! Links to the topics of an article, which pages list below it.

use super::headline::nearest_heading;
use super::line::Line;
use super::meta::attribute;
use super::names::{Kinds, kind};
use super::parse::{Block, NO_ELEMENT, Page};
use super::segment::Verdict;
use super::tables::is_in;
use crate::cues::{Cues, is_letter};
use crate::spans::Reason;

/// Longest topic, in words, and longest line of topics, in bytes.
const TOPIC: usize = 5;
const LONGEST: usize = 800;
/// Shortest text without links, in bytes, that is the article's and no label.
const PROSE: usize = 60;
/// Most other lines behind the last paragraph: their label, a date, what is left of the buttons.
const OTHERS: usize = 3;
/// How far above a line an element that the page calls its topics is looked for, and most lines of it.
const LEVELS: usize = 3;
const LINES: usize = 16;

/// Gives the reason to lines below the last paragraph that are nothing but links to topics: links that say so (`rel="tag"`), or in a part of nothing
/// but links that the page calls so.
pub fn leave_out(source: &str, page: &Page, cues: &Cues, verdicts: &mut [Verdict]) {
    let mut kinds = Kinds::new(source, page);
    let (mut found, mut others) = (Vec::new(), 0);
    for at in (0..verdicts.len()).rev().filter(|&at| verdicts[at].is_none()) {
        let block = &page.blocks[at];
        let heads = nearest_heading(page, block.element).is_some();
        let is_line = block.links > 0 && block.text.len() <= LONGEST && !block.preformatted && !heads;
        let mut is_of_topics = || {
            let line = Line::new(page, block);
            is_links(&line, cues) && (are_tags(source, page, &line) || is_called(page, at, &mut kinds))
        };
        if is_line && is_of_topics() {
            found.push(at);
            continue;
        }
        others += 1;
        if others > OTHERS || heads || is_prose(block) {
            found.into_iter().for_each(|at| verdicts[at] = Some(Reason::Tags));
            return;
        }
    }
}

fn is_prose(block: &Block) -> bool {
    block.text.len().saturating_sub(block.link_bytes as usize) >= PROSE
}

/// Whether a line is nothing but short links, with a label before them at most.
fn is_links(line: &Line, cues: &Cues) -> bool {
    let says = |from: usize, to: usize| line.text.get(from..to).is_some_and(|text| text.contains(is_letter));
    let Some(first) = line.links.first() else { return false };
    let label = &line.text[..first.start];
    let labels = || cues.at_start(label).is_some_and(|hit| hit.reason == Reason::Tags && hit.is_alone(label));
    let ends = line.links[1..].iter().map(|link| link.start).chain(std::iter::once(line.text.len()));
    (!says(0, first.start) || labels())
        && !line.links.iter().zip(ends).any(|(link, end)| says(link.end, end))
        && line.links.iter().all(|link| line.text[link.clone()].split_whitespace().nth(TOPIC).is_none())
}

fn are_tags(source: &str, page: &Page, line: &Line) -> bool {
    line.linked.iter().all(|&link| {
        let relation = page.elements.get(link as usize).and_then(|link| attribute(source, link.attributes, "rel"));
        relation.is_some_and(|names| names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("tag")))
    })
}

/// Whether an element around the line is called its topics and has no running text near the line. A whole article may be called after its topics:
/// class="post tag-ferries".
fn is_called(page: &Page, at: usize, kinds: &mut Kinds) -> bool {
    let mut around = page.blocks[at].element;
    for _ in 0..LEVELS {
        let Some(element) = page.elements.get(around as usize) else { return false };
        if kinds.own(around) & kind::TAGS != 0 {
            let is_own = |other: &&Block| is_in(page, other.element, around);
            let behind = page.blocks[at..].iter().take(LINES).take_while(is_own);
            let before = page.blocks[..at].iter().rev().take(LINES).take_while(is_own);
            return around != NO_ELEMENT && !behind.chain(before).any(is_prose);
        }
        around = element.parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    const BODY: &str = "<p>The ferry stays in port until the storm is over, the harbour office said.</p>";

    fn left(source: &str) -> usize {
        let cues = Cues::new(vec![("en".to_string(), "tags".to_string(), "Tags".to_string())]).unwrap();
        let page = parse(source);
        let mut verdicts = vec![None; page.blocks.len()];
        leave_out(source, &page, &cues, &mut verdicts);
        verdicts.iter().filter(|verdict| verdict.is_none()).count()
    }

    #[test]
    fn links_to_topics_below_a_paragraph_go() {
        for topics in [
            "<ul class='td-tags clearfix'><li><a href=/1>Ferries</a><li><a href=/2>The north coast</a></ul>",
            "<p><a rel=tag href=/1>Ferries</a>, <a rel='category tag' href=/2>Coast</a></p>",
            "<div>Tags: <a rel=tag href=/1>Ferries</a> | <a rel=tag href=/2>Coast</a></div>",
            "<div class=tags-list><a href=/1>फेरी</a> <a href=/2>उत्तरी तट</a></div>",
        ] {
            assert_eq!(left(&format!("{BODY}{topics}")), 1, "{topics}");
            assert_ne!(left(topics), 0, "{topics}");
        }
    }

    #[test]
    fn links_of_the_article_stay() {
        for links in [
            "<p><a href=/1>The form of the harbour office</a></p>",
            "<div><a rel=tag href=/1>Ferries</a> that leave on Sunday</div>",
            "<div class=tags><a href=/1>One ferry is back in port, the other stays at sea</a></div>",
        ] {
            assert_eq!(left(&format!("{BODY}{links}")), 2, "{links}");
        }
        // Of a teaser, with more to come.
        assert_eq!(left(&format!("{BODY}<div class=tags><a href=/1>Ferries</a></div>{BODY}")), 3);
        assert_eq!(left(&format!("<div class='post tag-ferries'>{BODY}<p><a href=/1>The form</a></p></div>")), 2);
    }
}
