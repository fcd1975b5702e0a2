//! What no reader sees, taken for the article's: the model knows what is hidden, but pages hide parts of their articles as well.

use std::ops::Range;

use super::meta::attribute;
use super::parse::{Block, HIDDEN, NAMED, Page, hides, is_for_readers};
use super::segment::Verdict;
use super::tags::Tag;
use crate::spans::Reason;

/// Leaves out what is hidden beside an article that is shown. Where as much of an article is hidden, as behind a paywall, it is the article.
pub fn leave_out(source: &str, page: &Page, verdicts: &mut [Verdict]) {
    let mut known: Vec<Option<bool>> = vec![None; page.elements.len()];
    let mut is_hidden = |block: usize| {
        let mut way = Vec::new();
        let mut at = page.blocks[block].element as usize;
        let mut found = false;
        while let Some(element) = page.elements.get(at) {
            if let Some(above) = known[at] {
                found = above;
                break;
            }
            way.push(at);
            at = element.parent as usize;
        }
        for at in way.into_iter().rev() {
            found |= hides_all(source, page, at);
            known[at] = Some(found);
        }
        found
    };
    let kept: Vec<usize> = (0..verdicts.len()).filter(|&at| verdicts[at].is_none()).collect();
    let (hidden, shown): (Vec<usize>, Vec<usize>) = kept.into_iter().partition(|&at| is_hidden(at));
    let bytes = |blocks: &[usize]| blocks.iter().map(|&at| page.blocks[at].text.len()).sum::<usize>();
    if bytes(&hidden) < bytes(&shown) {
        hidden.into_iter().for_each(|at| verdicts[at] = Some(Reason::Hidden));
    }
}

/// Longest piece of a line, in words, that goes because it is hidden: more is the rest of a paragraph, folded up.
const PIECE: usize = 12;

/// The pieces of a block's text that it hides, as ranges of it, in order: a label for screen readers, a price in another currency.
pub fn inside(page: &Page, block: &Block) -> Vec<Range<usize>> {
    let text = block.text.of(&page.text);
    let of_block = |at: u32| (at.min(block.text.end) - block.text.start) as usize;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut runs = page.runs_of(block).iter().peekable();
    while let Some(run) = runs.next() {
        let end = runs.peek().map_or(text.len(), |next| of_block(next.text));
        let start = of_block(run.text);
        if run.unseen {
            found.push(start..start + text[start..end].trim_end().len());
        }
    }
    let said = |piece: &Range<usize>| {
        let own = &text[piece.clone()];
        own.contains(char::is_alphanumeric) && own.split_whitespace().nth(PIECE).is_none()
    };
    found.retain(said);
    let hidden: usize = found.iter().map(|piece| piece.len()).sum();
    if hidden * 2 < text.len() { found } else { Vec::new() }
}

/// Whether an element hides what is in it from those who read the page on a screen.
fn hides_all(source: &str, page: &Page, at: usize) -> bool {
    let element = &page.elements[at];
    let given = |name: &str| attribute(source, element.attributes, name);
    let marked = element.marks & HIDDEN != 0;
    match element.tag {
        Tag::Noscript => true,
        Tag::Template => marked,
        // What is hidden from screen readers alone is shown.
        _ if marked && (given("hidden").is_some() || given("style").is_some_and(hides)) => true,
        _ if element.marks & NAMED != 0 => given("class").is_some_and(is_for_readers),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn left(source: &str) -> String {
        let page = parse(source);
        let mut verdicts = vec![None; page.blocks.len()];
        leave_out(source, &page, &mut verdicts);
        let kept = page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none());
        kept.map(|(block, _)| block.text.of(&page.text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_hidden_beside_an_article_goes() {
        for hidden in [
            "<template><p>b</p></template>",
            "<noscript><p>b</p></noscript>",
            "<div style='display: none'><div><p>b</div></div>",
            "<p hidden>b",
            "<p class='note sr-only'>b",
        ] {
            assert_eq!(left(&format!("<p>a</p>{hidden}<p>c")), "a c", "{hidden}");
        }
    }

    #[test]
    fn pieces_of_a_line_that_are_hidden_are_found() {
        let pieces = |line: &str| {
            let page = parse(line);
            let block = &page.blocks[0];
            let text = block.text.of(&page.text);
            let found = inside(&page, block);
            found.into_iter().map(|piece| text[piece].to_string()).collect::<Vec<_>>().join("|")
        };
        let (before, after) = ("<p>The ferry &amp; the boats", "stay in port until Sunday.");
        for hidden in [
            "<span style='display:none'>b</span>",
            "<i hidden>b</i>",
            "<i hidden><b>b</b></i>",
            "<SPAN class=sr-only>b</span>",
            "<span hidden><span>b</span></span>",
            "<a href=/1>in <span class='visually-hidden'>b</span></a>",
        ] {
            assert_eq!(pieces(&format!("{before} {hidden} {after}")).trim(), "b", "{hidden}");
        }
        assert_eq!(pieces(&format!("{before}<b hidden>b</b> and <b hidden>c</b>{after}")), "b|c");
        assert_eq!(pieces(&format!("{before}<b aria-hidden=true>b</b>{after}")), "");
        assert_eq!(pieces(&format!("<p>a <span hidden>{after}</span>")), "");
        assert_eq!(pieces(&format!("{before}<span hidden>{}</span>{after}", "more ".repeat(20))), "");
    }

    #[test]
    fn what_is_shown_or_all_there_is_stays() {
        for shown in ["<p aria-hidden=true>b", "<template shadowrootmode=open><p>b</template>", "<p class=note>b"] {
            assert_eq!(left(&format!("<p>a</p>{shown}<p>c")), "a b c", "{shown}");
        }
        assert_eq!(left("<p>a<div style='display:none'><p>b<p>c</div>"), "a b c");
    }
}
