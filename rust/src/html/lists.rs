//! Lists inside an article that a cue heads ("संबंधित खबरें", "Also read"): without links and names they look like the article's own.

use super::layout::Layout;
use super::parse::{NO_ELEMENT, Page};
use super::segment::Verdict;
use super::tags::Tag;
use crate::cues::Cues;
use crate::spans::Reason;

/// Longest heading, in characters, and most lines that it heads.
const HEADING: u32 = 60;
const LINES: usize = 15;
/// Words of a line from which a full stop makes it a sentence of the article.
const SENTENCE: u32 = 10;
/// Longest line, in words.
const LINE: u32 = 40;

/// Gives the lines under a cue that stands alone the cue's reason.
pub fn headed(layout: &Layout, cues: &Cues, verdicts: &mut [Verdict]) {
    let page = layout.page;
    let count = |verdicts: &[Verdict]| verdicts.iter().filter(|verdict| verdict.is_none()).count();
    let mut kept = count(verdicts);
    for at in 0..verdicts.len().saturating_sub(1) {
        // Only what was taken for the article needs another look.
        if verdicts[at + 1].is_some() || layout.blocks[at].shape.chars > HEADING {
            continue;
        }
        let text = page.blocks[at].text.of(&page.text);
        let Some(hit) = cues.at_either_end(text).filter(|hit| hit.is_alone(text)) else { continue };
        if !leads_on(hit.reason) {
            continue;
        }
        let end = lines(layout, at);
        let plain = |line: &usize| {
            let shape = &layout.blocks[*line].shape;
            shape.words <= LINE && !(shape.ends_sentence && shape.words >= SENTENCE)
        };
        // What leaves nothing of the article is no list beside it.
        let own = count(&verdicts[at..end]);
        if (1..=LINES).contains(&(end - at - 1)) && (at + 1..end).all(|line| plain(&line)) && own < kept {
            kept -= own;
            verdicts[at..end]
                .iter_mut()
                .filter(|verdict| verdict.is_none())
                .for_each(|verdict| *verdict = Some(hit.reason));
        }
    }
}

/// Short lines that are a link behind an arrow ("» More on the bridge") lead on where a cue says so or nothing of the article follows:
/// among its lines they may be the forms and places that it names.
pub fn led_by_arrows(page: &Page, cues: &Cues, verdicts: &mut [Verdict]) {
    const ARROWS: [char; 14] = ['>', '»', '›', '→', '➤', '►', '▶', '☞', '👉', '➡', '▸', '⇒', '➔', '▷'];
    const LONGEST: usize = 15;
    let mut article_follows = false;
    for (block, verdict) in page.blocks.iter().zip(verdicts).rev().filter(|(_, verdict)| verdict.is_none()) {
        let text = block.text.of(&page.text);
        let linked = block.link_bytes as usize * 10 >= text.len() * 7;
        let leads =
            linked && text.starts_with(ARROWS) && !block.preformatted && text.split_whitespace().nth(LONGEST).is_none();
        let said =
            || cues.at_either_end(text.trim_start_matches(ARROWS).trim_start()).is_some_and(|hit| leads_on(hit.reason));
        if leads && (!article_follows || said()) {
            *verdict = Some(Reason::Related);
        } else {
            article_follows = true;
        }
    }
}

fn leads_on(reason: Reason) -> bool {
    matches!(reason, Reason::Related | Reason::Promo | Reason::App | Reason::Newsletter | Reason::Share)
}

/// The block behind those that the heading `at` is over: of the list that comes next, else of the box that it begins.
fn lines(layout: &Layout, at: usize) -> usize {
    let container = |at: usize| layout.blocks.get(at).map_or(NO_ELEMENT, |view| view.container);
    let (heading, next) = (container(at), container(at + 1));
    let mut over = NO_ELEMENT;
    let mut around = next;
    while around != NO_ELEMENT && !layout.holds(around, heading) {
        if matches!(layout.page.elements[around as usize].tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Menu) {
            over = around;
        }
        around = layout.parent(around);
    }
    // `around` holds the heading and what comes next; it is the heading's box where nothing stands before them, if not the page's.
    let is_page = layout
        .page
        .elements
        .get(around as usize)
        .is_none_or(|element| matches!(element.tag, Tag::Body | Tag::Html | Tag::Main));
    if over == NO_ELEMENT && !is_page && (at == 0 || !layout.holds(around, container(at - 1))) {
        over = around;
    }
    if over == NO_ELEMENT {
        return at + 1;
    }
    let behind = layout.blocks[at + 1..].iter().take(LINES + 1).take_while(|view| layout.holds(over, view.container));
    at + 1 + behind.count()
}

#[cfg(test)]
mod tests {
    use super::super::{meta::Meta, model::Model, parse::parse};
    use super::*;

    fn left(source: &str) -> Vec<String> {
        let entry = ("hi".to_string(), "related".to_string(), "संबंधित खबरें".to_string());
        let cues = Cues::new(vec![entry]).unwrap();
        let page = parse(source);
        let meta = Meta::default();
        let layout = Layout::new(source, &page, &meta, &Model::default());
        let mut verdicts = vec![None; page.blocks.len()];
        headed(&layout, &cues, &mut verdicts);
        let kept = page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none());
        kept.map(|(block, _)| block.text.of(&page.text).to_string()).collect()
    }

    #[test]
    fn a_cue_takes_its_list_and_no_more() {
        for list in [
            "<div><h4>संबंधित खबरें</h4><ul><li>एक</li><li>दो</li></ul></div>",
            "<h4>संबंधित खबरें:</h4><ul><li>एक</li><li>दो</li></ul>",
            "<div><b>संबंधित खबरें</b><p>एक</p><p>दो</p></div>",
        ] {
            assert_eq!(
                left(&format!("<article><p>पहला।</p>{list}<p>दूसरा।</p></article>")),
                ["पहला।", "दूसरा।"],
                "{list}"
            );
        }
    }

    #[test]
    fn a_cue_above_the_article_takes_none_of_it() {
        for page in [
            "<body><nav>संबंधित खबरें</nav><article><p>एक।</p><p>दो</p></article></body>",
            "<div><b>संबंधित खबरें</b><p>एक</p><p>दो</p></div>",
        ] {
            assert!(left(page).len() >= 3, "{page}");
        }
    }

    #[test]
    fn a_link_behind_an_arrow_leads_on() {
        let cues = Cues::new(vec![("en".into(), "related".into(), "More on …".into())]).unwrap();
        let left = |source: &str| {
            let page = parse(source);
            let mut verdicts = vec![None; page.blocks.len()];
            led_by_arrows(&page, &cues, &mut verdicts);
            verdicts.iter().filter(|verdict| verdict.is_none()).count()
        };
        assert_eq!(
            left(
                "<p>» <a href=x>More on the bridge</a><p>It opened.<p>→ <a href=x>Timetable of the ferry</a><p>It stays."
            ),
            3
        );
        assert_eq!(left("<p>» <a href=x>More on the bridge</a><p>&gt;&gt; <a href=x>And more</a>"), 0);
        assert_eq!(left("<p>» The bridge <a href=x>opened</a> on Sunday.<p><a href=x>The bridge</a>"), 2);
    }

    #[test]
    fn paragraphs_are_no_list() {
        let sentence = "एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह।";
        for body in [
            format!("<p>पहला।</p><h4>संबंधित खबरें</h4><p>{sentence}</p>"),
            format!("<p>पहला।</p><div><h4>संबंधित खबरें</h4><p>{sentence}</p></div>"),
            "<p>पहला।</p><h4>संबंधित खबरें नहीं मिलीं</h4><ul><li>एक</li></ul>".to_string(),
        ] {
            assert_eq!(left(&body).len(), 3, "{body}");
        }
        assert_eq!(left("<p>पहला।</p><h4>संबंधित खबरें</h4><p>एक</p><p>दो</p>").len(), 4);
    }
}
