//! The headline: which of the titles that a page states and shows it is, and where it stands on the page.

use super::byline::BEFORE;
use super::logo;
use super::meta::{Meta, key_words};
use super::parse::Page;
use super::script;
use super::segment::Verdict;
use super::site_name::SiteNames;
use super::tags::Tag;
use crate::spans::{Part, Reason, Spans};

/// The titles that a page states, or "": in its JSON-LD, in `<meta>`, in microdata, in `<title>`.
pub struct Stated<'a> {
    pub linked: &'a str,
    pub declared: &'a str,
    pub property: &'a str,
    pub page_title: &'a str,
}

/// The title and the headline, and whether that stands elsewhere than the title: of the `<h1>` that the page's title agrees with, else what the page declares, without the site's name.
pub fn stated(source: &str, page: &Page, stated: &Stated, names: &SiteNames) -> (String, String, bool) {
    let (title, headline) = agreed(page, stated, names);
    let is_declared = [stated.linked, stated.declared, stated.property].iter().any(|name| !name.is_empty());
    let instead = if is_declared { None } else { logo::instead_of_site(source, page, stated.page_title, &title) };
    match instead {
        Some(headline) => (title, headline, true),
        None => (title, headline, false),
    }
}

fn agreed(page: &Page, stated: &Stated, names: &SiteNames) -> (String, String) {
    let Stated { linked, declared, property, page_title } = *stated;
    const SHORTEST: usize = 8;
    let named = [linked, declared, property, page_title];
    let bare = named.map(|name| names.out_of_head(name));
    let mut headings = first_headings(page);
    if headings.len() > 1 || bare.iter().any(|name| !name.is_empty() && !names.is_all_of(name)) {
        headings.retain(|heading| !heading.blocks.iter().all(|block| names.is_all_of(block)));
    }
    let agrees = |block: &str, named: &[&str]| named.iter().any(|name| !name.is_empty() && agree(block, name));
    headings.retain(|heading| {
        let whole = heading.blocks.join(" ");
        agrees(&whole, &named[..3]) || !bare[..3].iter().any(|name| is_left_out(&whole, name, page_title))
    });
    let agreeing = |heading: &Heading| {
        heading.blocks.iter().position(|block| {
            let long = block.chars().count() >= SHORTEST || named.iter().any(|name| stands_before(block, name));
            long && agrees(block, &named)
        })
    };
    // The surest: what is declared, what the page's title begins with, what says most of a title.
    let mut best: Option<(&Heading, usize)> = None;
    let mut surest = (false, false, 0);
    for heading in &headings {
        let Some(at) = agreeing(heading) else { continue };
        let is_declared = heading.blocks[at..].iter().any(|block| agrees(block, &named[..3]));
        let is_first = heading.blocks[at..].iter().any(|block| stands_before(block, page_title));
        let shared = named.iter().map(|name| shared(heading.blocks[at], name)).max().unwrap_or(0);
        let sure = (is_declared, is_first, if is_first { 0 } else { shared });
        if best.is_none() || sure > surest {
            (best, surest) = (Some((heading, at)), sure);
        }
    }
    if let Some((heading, at)) = best {
        let title = names.out_of(heading.blocks[at]);
        let whole = names.out_of(&heading.blocks.join(" "));
        let is_declared = |text: &str| named.iter().any(|name| key(name).contains(&key(text)));
        let shown = if heading.blocks.len() > 1 && is_declared(&whole) { whole } else { title.clone() };
        let headline = without_kicker(&shown, &bare[..3]);
        return (title, headline);
    }
    let only = match &headings[..] {
        [only] => only.blocks.last().copied(),
        _ => None,
    };
    let stated = [linked, property, declared].into_iter().find(|name| !name.is_empty());
    // Titles in Latin letters for search engines, over a headline in the script of the page.
    let title = match (only, stated) {
        (Some(heading), _)
            if script::is_latin_beside(stated.unwrap_or(page_title), heading)
                && heading.chars().count() >= SHORTEST =>
        {
            names.out_of(heading)
        }
        (_, Some(name)) => names.out_of_head(name),
        _ if !page_title.is_empty() => names.out_of_head(page_title),
        _ => only.map(|heading| names.out_of(heading)).unwrap_or_default(),
    };
    (title.clone(), title)
}

/// What was left out before the article as its title, or "".
pub fn left_out<'a>(kept: &Spans<Part>, removed: &'a Spans<Reason>) -> &'a str {
    let first = kept.iter().next().map_or(usize::MAX, |(place, ..)| place.start);
    let mut before = removed.iter().take_while(|(place, ..)| place.end <= first);
    let found = before.find(|(_, reason, _)| *reason == Reason::Title);
    found.and_then(|(_, _, text)| text.lines().next()).unwrap_or("")
}

/// A heading of the first level: its lines.
struct Heading<'a> {
    element: u32,
    blocks: Vec<&'a str>,
}

/// Most headings that are looked at, and most lines of one.
const HEADINGS: usize = 12;
const LINES: usize = 4;

/// The headings of the first level.
fn first_headings(page: &Page) -> Vec<Heading<'_>> {
    let mut headings: Vec<Heading> = Vec::new();
    for block in &page.blocks {
        let Some((1, element)) = heading_of(page, block.element) else { continue };
        let text = block.text.of(&page.text);
        if headings.len() > HEADINGS {
            break;
        }
        match headings.last_mut() {
            Some(heading) if heading.element == element && heading.blocks.len() < LINES => heading.blocks.push(text),
            _ => headings.push(Heading { element, blocks: vec![text] }),
        }
    }
    headings
}

/// Letters, marks and digits only, in lower case.
pub fn key(text: &str) -> String {
    key_words(text).collect()
}

/// True where the name is the heading, or begins with it and goes on behind a mark.
fn stands_before(heading: &str, name: &str) -> bool {
    let rest = name.strip_prefix(heading).map(str::trim_start);
    !heading.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A heading is a section or the site where the page's title has it beside a longer title that is declared without it.
fn is_left_out(heading: &str, declared: &str, page_title: &str) -> bool {
    let [own, wanted, whole] = [heading, declared, page_title].map(key);
    !wanted.is_empty() && own.len() < wanted.len() && whole.contains(&own) && whole.contains(&wanted)
}

/// A heading without the topic before it ("Storms at sea Two ferries stay in port"), where what the page declares has none.
fn without_kicker(heading: &str, declared: &[String]) -> String {
    const WORDS: usize = 3;
    let own = key(heading);
    for name in declared {
        let wanted = key(name);
        if wanted.len() >= own.len() || !own.ends_with(&wanted) || key_words(name).count() < WORDS {
            continue;
        }
        let mut left = wanted.chars().count();
        let is_key = |char: &char| char.is_alphanumeric() || crate::html::shape::is_mark(*char);
        let mut begin = heading.len();
        for (at, char) in heading.char_indices().rev() {
            if left == 0 {
                // Its opening quotation mark.
                begin = if "\"'“„‚‘«»¿¡([「『《".contains(char) { at } else { begin };
                break;
            }
            left = left.saturating_sub(if is_key(&char) { char.to_lowercase().count() } else { 0 });
            begin = at;
        }
        // Within a word only where two lines are glued together: "at seaTwo ferries".
        let before = heading[..begin].chars().next_back();
        let glued = before.is_some_and(char::is_lowercase) && heading[begin..].starts_with(char::is_uppercase);
        if glued || !before.as_ref().is_some_and(is_key) {
            return heading[begin..].to_string();
        }
    }
    heading.to_string()
}

/// The level of the heading that an element stands in.
pub fn nearest_heading(page: &Page, element: u32) -> Option<u8> {
    heading_of(page, element).map(|(level, _)| level)
}

/// The level and the element of the heading that an element stands in.
pub fn heading_of(page: &Page, element: u32) -> Option<(u8, u32)> {
    let mut at = element;
    for _ in 0..4 {
        let element = page.elements.get(at as usize)?;
        if element.tag.is_heading() {
            return Some((element.tag as u8 - Tag::H1 as u8 + 1, at));
        }
        at = element.parent;
    }
    None
}

/// Finds the headline on the page when the body is known: a heading above it that says the headline once more, or the first heading of what
/// is declared an article, is none of its paragraphs.
pub fn on_page(page: &Page, meta: &Meta, verdicts: &mut [Verdict]) {
    let heading = |at: usize| heading_of(page, page.blocks[at].element);
    let text = |at: usize| page.blocks[at].text.of(&page.text);
    let body = (0..verdicts.len()).find(|&at| verdicts[at].is_none() && heading(at).is_none());
    let Some(body) = body else { return };
    let shown = (0..verdicts.len()).find(|&at| verdicts[at] == Some(Reason::Title) && text(at) == meta.title);
    let above = body.saturating_sub(3 * BEFORE)..body;
    if let Some((_, element)) = shown.and_then(heading) {
        // The other lines of the same heading.
        let own = |at: &usize| heading(*at).is_some_and(|(_, other)| other == element);
        above.clone().filter(own).for_each(|at| verdicts[at] = Some(Reason::Title));
    }
    let is_first = |at: usize| meta.kind == ARTICLE && heading(at).is_some_and(|(level, _)| level == 1);
    let is_title = |at: usize| heading(at).is_some() && says(text(at), &meta.headline);
    for at in above {
        if verdicts[at].is_none() && (is_first(at) || is_title(at)) {
            verdicts[at] = Some(Reason::Title);
        }
    }
}

/// [`Meta::kind`] of an article.
pub const ARTICLE: u8 = 4;

/// Two headlines of about the same length that share most of their words.
fn says(one: &str, other: &str) -> bool {
    let [first, second] = [one, other].map(words);
    let longer = first.len().max(second.len());
    longer >= 4 && common(&first, &second) * 2 > longer
}

/// The words of a title, each once, in order of their hashes, without what no title is long enough for.
fn words(title: &str) -> Vec<u64> {
    const LONGEST: usize = 1000;
    let head = title.char_indices().nth(LONGEST).map_or(title, |(end, _)| &title[..end]);
    let mut words: Vec<u64> = key_words(head).map(|word| xxhash_rust::xxh3::xxh3_64(word.as_bytes())).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words two titles share.
fn common(one: &[u64], other: &[u64]) -> usize {
    one.iter().filter(|word| other.binary_search(word).is_ok()).count()
}

fn shared(one: &str, other: &str) -> usize {
    common(&words(one), &words(other))
}

/// Two titles are one: more than half of the words of the shorter are in the other, in a script without spaces its beginning is.
fn agree(one: &str, other: &str) -> bool {
    let [first, second] = [one, other].map(words);
    let shorter = first.len().min(second.len());
    if shorter <= 2 {
        return !one.is_empty() && (one.contains(other) || other.contains(one));
    }
    common(&first, &second) * 2 > shorter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Meta {
        super::super::meta::read(source, &super::super::parse::parse(source), "https://news.example/a/1")
    }

    #[test]
    fn a_headline_is_whole_and_without_its_topic() {
        let headline = |source: &str| read(source).headline;
        let declared = "<meta property='og:title' content='Two ferries stay in port, 300 wait'>";
        for heading in [
            "<h1><span>Storms at sea</span> <span>Two ferries stay in port, 300 wait</span></h1>",
            "<h1>Storms at sea<span>Two ferries stay in port, 300 wait</span></h1>",
            "<h1><p>Two ferries stay in port,</p> 300 wait</h1>",
        ] {
            assert_eq!(headline(&format!("{declared}{heading}")), "Two ferries stay in port, 300 wait", "{heading}");
        }
        let quoted =
            "<meta property='og:title' content='„Nobody told us anything“'><h1>Ferries: „Nobody told us anything“</h1>";
        assert_eq!(headline(quoted), "„Nobody told us anything“");
        let both = "<meta property='og:title' content='Storms: Two ferries stay in port'><h1>Storms: Two ferries stay in port</h1>";
        assert_eq!(headline(both), "Storms: Two ferries stay in port");
    }

    #[test]
    fn a_declared_title_that_begins_within_a_word_is_no_part_of_the_heading() {
        let source =
            "<meta property='og:title' content='possible to save the river'><h1>Impossible to save the river</h1>";
        assert_eq!(read(source).headline, "Impossible to save the river");
    }

    #[test]
    fn the_name_of_the_site_is_no_headline() {
        let source = "<title>Small boats | Nadi Path - a diary</title><h1>Nadi Path - a diary</h1><h1>Small boats</h1>";
        assert_eq!(read(source).headline, "Small boats");
        let named = "<meta property='og:site_name' content='Nadi Path | News'><title>About us – Nadi Path | News</title><h1>Nadi Path | News</h1>";
        assert_eq!(read(&format!("{named}<h1>About us</h1>")).headline, "About us");
    }

    #[test]
    fn a_section_or_a_site_is_no_headline() {
        let headline = |source: &str| read(source).headline;
        let title = "<title>Two ferries stay in port - Coast News - Nadi Path</title>";
        assert_eq!(
            headline(&format!("{title}<h1>Coast News</h1><h1>Two ferries stay in port</h1>")),
            "Two ferries stay in port"
        );
        let site = "<meta property='og:site_name' content='Nadi Path'>";
        assert_eq!(headline(&format!("{site}<title>Small boats | Nadi Path</title><h1>Nadi Path</h1>")), "Small boats");
        // Without the site's name, what is declared leaves it out.
        let declared = "<meta property='og:title' content='Small boats on the river'>";
        let blog = "<title>Nadi Path Diary: Small boats on the river</title>";
        assert_eq!(headline(&format!("{blog}{declared}<h1>Nadi Path Diary</h1>")), "Small boats on the river");
        let section = "<title>News - Nadi Path</title>";
        assert_eq!(
            headline(&format!("{section}{declared}<h1>News</h1><h1>Small boats on the river</h1>")),
            "Small boats on the river"
        );
        // What is declared in short words is no reason to leave out the longer heading.
        let short =
            "<title>Boats: nobody told us that the river was so low</title><meta property='og:title' content='Boats'>";
        let long = "nobody told us that the river was so low";
        assert_eq!(headline(&format!("{short}<h1>{long}</h1>")), long);
    }

    #[test]
    fn a_heading_that_says_the_headline_once_more_is_no_paragraph() {
        let left = |source: &str| {
            let page = super::super::parse::parse(source);
            let mut verdicts = vec![None; page.blocks.len()];
            on_page(&page, &read(source), &mut verdicts);
            verdicts.iter().filter(|verdict| verdict.is_none()).count()
        };
        let title = "<title>Two boats stay in port</title>";
        assert_eq!(left(&format!("{title}<h2>Storm: two boats stay in the port</h2><h2>Why</h2><p>Body.</p>")), 2);
        let lead = "Why two boats that sail to the island every day did not leave the port on Sunday";
        assert_eq!(left(&format!("{title}<h2>{lead}</h2><p>Body.")), 2);
        let article = "<meta property=og:type content=article>";
        assert_eq!(left(&format!("{title}{article}<h1>Sailors wait for better days</h1><p>Body.")), 1);
        assert_eq!(left(&format!("{title}<h1>Sailors wait for better days</h1><p>Body.")), 2);
    }
}
