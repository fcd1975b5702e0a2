//! What no reader sees, taken for the article's: the model knows what is hidden, but pages hide parts of their articles as well.

use super::meta::attribute;
use super::parse::{HIDDEN, NAMED, Page, hides};
use super::segment::Verdict;
use super::tags::Tag;
use crate::spans::Reason;

/// Classes of what screen readers alone read.
const FOR_READERS: [&str; 4] = ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];

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
        _ if element.marks & NAMED != 0 => {
            let is_name = |word: &str| FOR_READERS.contains(&word);
            given("class").is_some_and(|names| names.split_ascii_whitespace().any(is_name))
        }
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
    fn what_is_shown_or_all_there_is_stays() {
        for shown in ["<p aria-hidden=true>b", "<template shadowrootmode=open><p>b</template>", "<p class=note>b"] {
            assert_eq!(left(&format!("<p>a</p>{shown}<p>c")), "a b c", "{shown}");
        }
        assert_eq!(left("<p>a<div style='display:none'><p>b<p>c</div>"), "a b c");
    }
}
