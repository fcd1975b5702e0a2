//! The site's name in the first heading of a page, where the headline should be.

use super::headline::{heading_of, key};
use super::meta::{Meta, attribute, key_words};
use super::parse::{Block, Page};
use super::segment::Verdict;
use crate::spans::Reason;

/// Gives the headline in place of the site's name, which some pages have in their `<h1>`: one that links to the root of the site, or is the
/// shorter part of the page's title, the rest of which another heading says. Only where nothing else is declared.
pub fn instead_of_site(source: &str, page: &Page, page_title: &str, title: &str) -> Option<String> {
    const WORDS: usize = 3;
    let is_sign = |char: char| !char.is_alphanumeric() && !crate::html::shape::is_mark(char);
    let level = |block: &Block| heading_of(page, block.element).map(|(level, _)| level);
    let own = page.blocks.iter().find(|block| level(block) == Some(1) && block.text.of(&page.text) == title)?;
    let at_root = own.link_bytes as usize == own.text.len() && leads_to_root(source, page, own);
    let before = page_title.strip_suffix(title).filter(|rest| rest.trim_end().ends_with(is_sign));
    let behind = page_title.strip_prefix(title).filter(|rest| rest.trim_start().starts_with(is_sign));
    let rest = before.or(behind)?.trim().trim_matches(|char| " |:-–—»›·•｜_/│".contains(char));
    let wanted = key(rest);
    if !at_root && wanted.len() <= key(title).len() || key_words(rest).count() < WORDS {
        return None;
    }
    let says = |block: &&Block| {
        let own = key(block.text.of(&page.text));
        let few = own.len() * 2 < wanted.len();
        level(block).is_some_and(|level| level > 1) && !few && (wanted.starts_with(&own) || own.starts_with(&wanted))
    };
    match page.blocks.iter().find(says) {
        Some(block) => Some(block.text.of(&page.text).to_string()),
        None => at_root.then(|| rest.to_string()),
    }
}

/// Whether a block's link leads to the first page of the site.
fn leads_to_root(source: &str, page: &Page, block: &Block) -> bool {
    let run = page.runs.partition_point(|run| run.text < block.text.start);
    let link = page.runs.get(run).and_then(|run| page.elements.get(run.link as usize));
    let address = link.and_then(|link| attribute(source, link.attributes, "href")).unwrap_or("").trim();
    let path = address.split_once("//").map_or(address, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    !address.is_empty() && matches!(path, "/" | "/index.html" | "/index.php" | "./")
}

/// After the model, which knows the headline by the heading that has the site's name: that one is the page's header, the headline is where it
/// is said.
pub fn leave_site(page: &Page, meta: &mut Meta, verdicts: &mut [Verdict]) {
    if meta.title == meta.headline || !meta.headline_instead {
        return;
    }
    for (block, verdict) in page.blocks.iter().zip(verdicts) {
        let text = block.text.of(&page.text);
        if text == meta.title && *verdict == Some(Reason::Title) {
            *verdict = Some(Reason::Header);
        } else if text == meta.headline && heading_of(page, block.element).is_some() {
            *verdict = Some(Reason::Title);
        }
    }
    meta.title.clone_from(&meta.headline);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Meta {
        super::super::meta::read(source, &super::super::parse::parse(source), "https://news.example/a/1")
    }

    #[test]
    fn a_heading_with_the_logo_of_the_site_is_no_headline() {
        let headline = |source: &str| read(source).headline;
        let title = "<title>Two ferries stay in port - Coast Times</title>";
        let said = "<h2>Two ferries stay in port</h2>";
        for logo in [
            "<h1><a href=/>Coast Times</a></h1>",
            "<h1><a href=https://news.example><img>Coast Times</a></h1>",
            "<h1>Coast Times</h1>",
        ] {
            assert_eq!(headline(&format!("{title}{logo}{said}")), "Two ferries stay in port", "{logo}");
        }
        let front = "<title>Coast Times: Two ferries stay in port</title>";
        assert_eq!(headline(&format!("{front}<h1><a href=/>Coast Times</a></h1><p>a")), "Two ferries stay in port");
        // The headline itself, over a part that the title names as well.
        assert_eq!(
            headline(&format!("{title}<h1>Two ferries stay in port</h1><h2>Coast Times</h2>")),
            "Two ferries stay in port"
        );
        assert_eq!(
            headline(&format!("{title}<h1>Two ferries stay in port</h1><h2>Coast</h2>")),
            "Two ferries stay in port"
        );
    }
}
