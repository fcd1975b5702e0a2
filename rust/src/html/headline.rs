//! The headline: which of the titles that a page states and shows it is, and where it stands on the page.

use std::collections::HashSet;

use super::byline::BEFORE;
use super::meta::{Meta, key_words};
use super::parse::Page;
use super::script;
use super::segment::Verdict;
use super::site_name::SiteNames;
use super::tags::Tag;
use crate::spans::Reason;

/// The titles that a page states, or "": in its JSON-LD, in `<meta>`, in microdata, in `<title>`.
pub struct Stated<'a> {
    pub linked: &'a str,
    pub declared: &'a str,
    pub property: &'a str,
    pub page_title: &'a str,
}

/// The title and the headline: of the `<h1>` that the page's title agrees with, else what the page declares, without the site's name.
pub fn stated(page: &Page, stated: &Stated, names: &SiteNames) -> (String, String) {
    let Stated { linked, declared, property, page_title } = *stated;
    const SHORTEST: usize = 8;
    let named = [linked, declared, property, page_title];
    let bare = named.map(|name| names.out_of_head(name));
    let titles: Vec<Words> = named.iter().filter(|name| !name.is_empty()).map(|name| Words::of(name)).collect();
    let mut headings = first_headings(page);
    let otherwise = [linked, declared].iter().any(|name| !name.is_empty() && !names.is_all_of(name));
    if headings.len() > 1 || otherwise {
        headings.retain(|heading| !heading.blocks.iter().all(|block| names.is_all_of(block)));
    }
    // What a section may be told from: what is declared, what else is shown, and the page's title for a word or two.
    let shown = headings.iter().map(|heading| heading.blocks.join(" "));
    let longer: Vec<String> = bare[..3].iter().cloned().chain(shown).collect();
    let longer: Vec<Words> = longer.iter().map(|name| Words::of(name)).collect();
    let longest = Words::of(&bare[3]);
    let is_section = |block: &Words| {
        longer.iter().any(|name| block.is_less_than_half(name))
            || (block.set.len() <= 2 && block.is_less_than_half(&longest))
    };
    // The line of a heading that a title agrees with, and how many of a title's words it has.
    let agreeing = |heading: &Heading| {
        let lines = heading.blocks.iter().enumerate().map(|(at, block)| (at, *block, Words::of(block)));
        let long = |block: &str| block.chars().count() >= SHORTEST || bare.iter().any(|name| name == block);
        let mut lines = lines.filter(|(_, block, words)| long(block) && titles.iter().any(|name| agree(words, name)));
        let whole = heading.blocks.join(" ");
        let whole = Words::of(&whole);
        let (at, _, _) = lines.next().filter(|_| !is_section(&whole))?;
        Some((at, titles.iter().map(|name| whole.shared(name)).max().unwrap_or(0)))
    };
    let found: Vec<(&Heading, usize, usize)> =
        headings.iter().filter_map(|heading| agreeing(heading).map(|(at, shared)| (heading, at, shared))).collect();
    // Of two, the one that the page's title ends with is the site; else the one that says most of a title.
    let before =
        found.iter().find(|(heading, at, _)| heading.blocks[*at..].iter().any(|b| stands_before(b, page_title)));
    let most = found.iter().rev().max_by_key(|(_, _, shared)| *shared);
    let best = match (most, before) {
        (Some((heading, at, _)), Some(other)) if stands_behind(heading.blocks[*at], page_title) => Some(other),
        (most, _) => most,
    };
    if let Some(&(heading, at, _)) = best {
        let title = names.out_of(heading.blocks[at]);
        let whole = names.out_of(&heading.blocks.join(" "));
        let is_declared = |text: &str| named.iter().any(|name| key(name).contains(&key(text)));
        let shown = if heading.blocks.len() > 1 && is_declared(&whole) { whole } else { title.clone() };
        let headline = without_counter(without_kicker(&shown, &bare[..3]), &bare[..3]);
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

fn stands_behind(heading: &str, name: &str) -> bool {
    let rest = name.strip_suffix(heading).map(str::trim_end);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.ends_with(char::is_alphanumeric))
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

/// A heading without the number that is glued to its end (of comments, of readers), where what the page declares has none.
fn without_counter(heading: String, declared: &[String]) -> String {
    let is_counter = |name: &&String| {
        let rest = heading.strip_prefix(name.as_str()).unwrap_or("");
        !name.is_empty() && !name.ends_with(char::is_numeric) && !rest.is_empty() && rest.chars().all(char::is_numeric)
    };
    declared.iter().find(is_counter).cloned().unwrap_or(heading)
}

/// The level of the heading that an element stands in.
pub fn nearest_heading(page: &Page, element: u32) -> Option<u8> {
    heading_of(page, element).map(|(level, _)| level)
}

/// The level and the element of the heading that an element stands in.
fn heading_of(page: &Page, element: u32) -> Option<(u8, u32)> {
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
const ARTICLE: u8 = 4;

/// Two headlines of about the same length that share most of their words.
fn says(one: &str, other: &str) -> bool {
    let first: HashSet<String> = key_words(one).collect();
    let second: HashSet<String> = key_words(other).collect();
    let longer = first.len().max(second.len());
    longer >= 4 && first.intersection(&second).count() * 2 > longer
}

/// The words of a title, of its first characters.
struct Words<'a> {
    text: &'a str,
    set: HashSet<String>,
}

impl Words<'_> {
    fn of(text: &str) -> Words<'_> {
        const LONGEST: usize = 1000;
        let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
        Words { text, set: key_words(text).collect() }
    }

    fn shared(&self, other: &Words) -> usize {
        self.set.intersection(&other.set).count()
    }

    /// All its words are in the other, which has more than twice as many.
    fn is_less_than_half(&self, other: &Words) -> bool {
        self.set.len() * 2 < other.set.len() && self.set.is_subset(&other.set)
    }
}

/// Two titles are one: more than half of the words of the shorter are in the other, in a script without spaces its beginning is.
fn agree(one: &Words, other: &Words) -> bool {
    let shorter = one.set.len().min(other.set.len());
    if shorter <= 2 {
        return !one.text.is_empty() && (one.text.contains(other.text) || other.text.contains(one.text));
    }
    one.shared(other) * 2 > shorter
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
    fn a_number_glued_to_the_heading_is_none_of_it() {
        let source =
            "<meta property='og:title' content='Two ferries stay in port'><h1>Two ferries stay in port<b>12</b></h1>";
        assert_eq!(read(source).headline, "Two ferries stay in port");
    }

    #[test]
    fn a_section_is_no_headline() {
        let title = "<title>Coast: two ferries stay in port | Nadi Path</title>";
        let both = format!("{title}<h1>Coast</h1><h1>Coast: two ferries stay in port</h1>");
        assert_eq!(read(&both).headline, "Coast: two ferries stay in port");
        assert_eq!(read(&format!("{title}<h1>Coast</h1>")).headline, "Coast: two ferries stay in port");
        let declared = "<meta property='og:title' content='Coast weather: two ferries stay in port'>";
        assert_eq!(
            read(&format!("{declared}<h1>Coast weather</h1>")).headline,
            "Coast weather: two ferries stay in port"
        );
        let site =
            "<meta property='og:site_name' content='Nadi Path Diary'><meta property='og:title' content='Small boats'>";
        assert_eq!(
            read(&format!("{site}<title>Nadi Path Diary</title><h1>Nadi Path Diary</h1>")).headline,
            "Small boats"
        );
    }

    #[test]
    fn the_name_of_the_site_is_no_headline() {
        let source = "<title>Small boats | Nadi Path - a diary</title><h1>Nadi Path - a diary</h1><h1>Small boats</h1>";
        assert_eq!(read(source).headline, "Small boats");
        let named = "<meta property='og:site_name' content='Nadi Path | News'><title>About us – Nadi Path | News</title><h1>Nadi Path | News</h1>";
        assert_eq!(read(&format!("{named}<h1>About us</h1>")).headline, "About us");
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
