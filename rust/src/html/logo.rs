//! The site's name in the first heading of a page, where the headline should be.

use super::byline::BEFORE;
use super::headline::{Stated, heading_of, key};
use super::meta::{Meta, attribute, key_words};
use super::parse::{Block, Page};
use super::segment::Verdict;
use super::site_name::SiteNames;
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

/// Whether all that is stated as the title is the site's name: that the page says so, that it is the host's, or that it is what a heading
/// of the first level says that links to the root of the site.
pub fn is_all_stated(source: &str, page: &Page, stated: &Stated, names: &SiteNames, title: &str) -> bool {
    /// Most words of a site's name.
    const NAME: usize = 6;
    let Stated { linked, declared, property, page_title } = *stated;
    if title.is_empty() || key_words(title).nth(NAME).is_some() {
        return false;
    }
    let logo = page.blocks.iter().find(|block| {
        let is_first = heading_of(page, block.element).is_some_and(|(level, _)| level == 1);
        is_first && block.link_bytes as usize == block.text.len() && leads_to_root(source, page, block)
    });
    let logo = logo.map(|block| key(block.text.of(&page.text)));
    let is_site = |name: &&str| names.is_all_of(name) || logo.as_ref() == Some(&key(name));
    [linked, declared, property, page_title, title].iter().filter(|name| !name.is_empty()).all(is_site)
}

/// The headline of a page that states the site's name alone: the heading above the article, of several the highest, then the last.
pub fn headline_above(page: &Page, meta: &mut Meta, verdicts: &mut [Verdict]) {
    const WORDS: usize = 3;
    if !meta.title_is_site {
        return;
    }
    let level = |at: usize| heading_of(page, page.blocks[at].element).map(|(level, _)| level);
    let text = |at: usize| page.blocks[at].text.of(&page.text);
    let Some(body) = (0..verdicts.len()).find(|&at| verdicts[at].is_none() && level(at).is_none()) else { return };
    // A heading that is a link leads on: on a page of teasers the site's name is the title.
    let says = |at: &usize| {
        let several = key_words(text(*at)).nth(WORDS - 1).is_some();
        several && page.blocks[*at].links == 0 && key(text(*at)) != key(&meta.title)
    };
    let above = (body.saturating_sub(3 * BEFORE)..body).filter(says);
    let highest =
        above.filter_map(|at| level(at).map(|level| (at, level))).min_by_key(|&(at, level)| (level, body - at));
    if let Some((at, _)) = highest {
        verdicts[at] = Some(Reason::Title);
        meta.title = text(at).to_string();
        meta.headline.clone_from(&meta.title);
    }
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

    #[test]
    fn where_the_site_is_all_that_is_stated_the_headline_stands_above_the_article() {
        let found = |source: &str| {
            let page = super::super::parse::parse(source);
            let mut meta = read(source);
            let mut verdicts: Vec<Verdict> = page
                .blocks
                .iter()
                .map(|block| block.text.len() < 30)
                .map(|short| short.then_some(Reason::Other))
                .collect();
            headline_above(&page, &mut meta, &mut verdicts);
            meta.headline
        };
        let body = "<h3>About the author</h3><p>The ferries stay in port until the storm is over.";
        let headline = "<h2>Two ferries stay in port</h2>";
        for head in [
            "<title>Coast Times</title><h1><a href=/>Coast Times</a></h1>",
            "<title>Coast Times</title><meta property='og:title' content='Coast Times'><h1><a href=/>Coast Times</a></h1>",
            "<title>News</title><h1>News</h1>",
        ] {
            assert_eq!(
                found(&format!("{head}<h4>Most read of the week</h4>{headline}{body}")),
                "Two ferries stay in port"
            );
        }
        let stated = "<title>Ferries stay in port - Coast Times</title><h1><a href=/>Coast Times</a></h1>";
        assert_eq!(found(&format!("{stated}{headline}{body}")), read(&format!("{stated}{headline}{body}")).headline);
        let teaser = "<h2><a href=/1>Two ferries stay in port</a></h2>";
        assert_eq!(found(&format!("<title>News</title>{teaser}{body}").replace("h3", "b")), "News");
        assert_eq!(found(&format!("<title>Storm</title><h1>Storm</h1>{headline}{body}")), "Storm");
    }
}
