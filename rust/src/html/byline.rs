//! Who wrote an article, and when, as its page shows it: what stands in the parts that it calls so, in by-lines and signatures.

use std::ops::Range;

use super::headline::nearest_heading;
use super::meta::clean as clean_markup;
use super::names::{words, words_of};
use super::parse::{Attributes, Block, Element, Page};
use super::person::{is_name, name_of, undated};
use super::segment::Verdict;
use super::site_name::SiteNames;
use super::tags::Tag;
use crate::cues::Cues;
use crate::dates;
use crate::spans::Reason;

/// Blocks before the article, of it at either end, and behind it, in which its by-line is looked for.
pub const BEFORE: usize = 10;
const INSIDE: usize = 2;
const BEHIND: usize = 6;
/// How far above a block the name of its part may stand.
const LEVELS: usize = 3;
/// What class and id attributes call the author: English and, where newsrooms make their own pages, their language.
const AUTHOR: [&str; 16] = [
    "author",
    "authors",
    "byline",
    "bylines",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "journalist",
    "autor",
    "autoren",
    "autores",
    "auteur",
    "autore",
    "penulis",
    "yazar",
];
const DATE: [&str; 12] = [
    "date",
    "datetime",
    "time",
    "published",
    "pubdate",
    "publishdate",
    "timestamp",
    "posted",
    "datum",
    "fecha",
    "tarih",
    "tanggal",
];

/// The blocks around the beginning of the article, and around its end.
fn around(page: &Page, verdicts: &[Verdict]) -> [Range<usize>; 2] {
    let (Some(first), Some(last)) =
        (verdicts.iter().position(Option::is_none), verdicts.iter().rposition(Option::is_none))
    else {
        return [0..0, 0..0];
    };
    let title = verdicts.iter().position(|verdict| *verdict == Some(Reason::Title));
    let begin = title.filter(|&title| title + 3 * BEFORE > first).unwrap_or(first).min(first);
    let count = page.blocks.len();
    let before = begin.saturating_sub(BEFORE)..(first + INSIDE).min(count);
    let behind = (last + 1).saturating_sub(INSIDE).max(before.end)..(last + 1 + BEHIND).min(count);
    [before, behind]
}

/// The names that the page shows in a part that it calls the author's, beside the article; "" where there are none.
pub fn author(source: &str, page: &Page, verdicts: &[Verdict], cues: &Cues, names: &SiteNames) -> String {
    let called = Called::by(&AUTHOR);
    for part in around(page, verdicts) {
        let mut found: Vec<String> = Vec::new();
        for at in part {
            let lines = called.of(source, page, at);
            let shown = lines.iter().filter_map(|line| name_of(line, cues)).filter(|name| !names.is_of_site(name));
            let before = found.len();
            for name in shown {
                if !found.iter().any(|known| known == name) {
                    found.push(name.to_string());
                }
            }
            // The names of one by-line stand together.
            if before > 0 && found.len() == before {
                break;
            }
        }
        if !found.is_empty() {
            return found.join(", ");
        }
    }
    String::new()
}

/// The date, in ISO 8601, that the page shows before the article in a part that it calls the date's.
pub fn date(source: &str, page: &Page, verdicts: &[Verdict], cues: &Cues) -> Option<String> {
    let [before, _] = around(page, verdicts);
    let called = Called::by(&DATE);
    before.flat_map(|at| called.of(source, page, at)).find_map(|line| {
        let line =
            cues.at_start(&line).filter(|hit| hit.reason == Reason::Dateline).map_or(&*line, |hit| hit.rest(&line));
        let parts = line.split(['|', '•', '·', '–', '/', ',']).map(str::trim);
        std::iter::once(line.trim_matches([' ', ':'])).chain(parts).find_map(dates::parse)
    })
}

/// The name that stands alone, all of it bold, below the body: who signs the article. Nothing else states an author.
pub fn signed(page: &Page, verdicts: &mut [Verdict]) -> Option<String> {
    let (first, at) = (verdicts.iter().position(Option::is_none)?, verdicts.iter().rposition(Option::is_none)?);
    let is_signature = {
        let block = &page.blocks[at];
        let text = block.text.of(&page.text);
        let bold = block.bold_bytes as usize >= block.text.len() && nearest_heading(page, block.element).is_none();
        let capitals = |word: &str| word.starts_with(char::is_uppercase);
        bold && block.link_bytes == 0
            && (2..=4).contains(&text.split_whitespace().count())
            && text.split_whitespace().all(capitals)
            && is_name(text)
    };
    if first == at || !is_signature {
        return None;
    }
    verdicts[at] = Some(Reason::Byline);
    Some(page.blocks[at].text.of(&page.text).to_string())
}

/// The name in a by-line above the body that goes on with the date or the place: "By A. B. on Tuesday, 17 January"; or "".
pub fn led(page: &Page, verdicts: &[Verdict], cues: &Cues, names: &SiteNames) -> String {
    const LONGEST: usize = 200;
    let [before, _] = around(page, verdicts);
    let mut lines =
        before.filter(|&at| verdicts[at] == Some(Reason::Byline)).map(|at| page.blocks[at].text.of(&page.text));
    let name = lines.find_map(|line| {
        let hit = cues.at_start(line).filter(|hit| line.len() <= LONGEST && hit.reason == Reason::Byline)?;
        name_of(undated(hit.rest(line)), cues).filter(|name| !names.is_of_site(name))
    });
    name.unwrap_or_default().to_string()
}

/// Lines at either end of the body that are nothing but an author's name are its by-line.
pub fn drop_names(page: &Page, author: &str, verdicts: &mut [Verdict]) {
    const EDGE: usize = 2;
    let kept: Vec<usize> = (0..verdicts.len()).filter(|&at| verdicts[at].is_none()).collect();
    if author.is_empty() || kept.len() <= 2 * EDGE {
        return;
    }
    let is_author = |text: &str| text == author || author.split(", ").any(|name| name == text);
    for &at in kept[..EDGE].iter().chain(&kept[kept.len() - EDGE..]) {
        if is_author(page.blocks[at].text.of(&page.text)) {
            verdicts[at] = Some(Reason::Byline);
        }
    }
}

/// What the page calls by one of some names.
struct Called {
    hashes: Vec<u32>,
}

impl Called {
    fn by(names: &[&str]) -> Called {
        let mut hashes = Vec::with_capacity(names.len());
        names.iter().for_each(|name| words(name, |word| hashes.push(word)));
        Called { hashes }
    }

    /// The elements of the block's line that are called so, each as its text; the whole line where what is close around it is.
    fn of(&self, source: &str, page: &Page, at: usize) -> Vec<String> {
        /// Longest line, in bytes, and most inline elements of one that are looked at.
        const LONGEST: usize = 400;
        const INLINE: usize = 32;
        let Some(block) = page.blocks.get(at) else { return Vec::new() };
        let begin = at.checked_sub(1).and_then(|at| page.blocks.get(at)).map_or(0, |before| before.source.end);
        let first = page.elements.partition_point(|element| element.start < begin);
        let inside = page.elements[first..].iter().take_while(|element| element.start < block.source.end);
        let mut found: Vec<String> = Vec::new();
        let mut end = 0;
        let inline = inside.filter(|element| !element.tag.is_block()).take(INLINE);
        for element in inline.filter(|element| self.names(source, element)) {
            let mut attributes = Attributes::new(source, element.attributes as usize);
            attributes.by_ref().for_each(drop);
            let content = source.get(attributes.at..block.source.end as usize).unwrap_or("");
            let name = source.get(element.start as usize + 1..element.attributes as usize).unwrap_or("");
            let close = content.match_indices("</").find(|(at, _)| {
                content.get(at + 2..at + 2 + name.len()).is_some_and(|closed| closed.eq_ignore_ascii_case(name))
            });
            let length = close.map_or(content.len(), |(at, _)| at);
            if length <= LONGEST && attributes.at >= end {
                found.push(clean_markup(&content[..length]));
                end = attributes.at + length;
            }
        }
        if found.is_empty() && block.text.len() <= LONGEST && self.is_around(source, page, block) {
            found.push(block.text.of(&page.text).to_string());
        }
        found
    }

    fn is_around(&self, source: &str, page: &Page, block: &Block) -> bool {
        let mut at = block.element;
        for _ in 0..LEVELS {
            let Some(element) = page.elements.get(at as usize) else { return false };
            if self.names(source, element) {
                return true;
            }
            at = element.parent;
        }
        false
    }

    /// By its class, its id, or where it leads to.
    fn names(&self, source: &str, element: &Element) -> bool {
        let mut named = false;
        let mut look = |word| named |= self.hashes.contains(&word);
        words_of(source, element, &mut look);
        if element.tag == Tag::A {
            let href =
                Attributes::new(source, element.attributes as usize).find(|a| a.name.eq_ignore_ascii_case("href"));
            // "/authors/name", not the list "/authors/".
            let path =
                href.map_or("", |href| href.value).trim_end_matches('/').rsplit_once('/').map_or("", |(path, _)| path);
            words(path, look);
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> SiteNames {
        SiteNames::new(["Example News", "", ""], ["https://www.ex-ample.example/a", ""])
    }

    #[test]
    fn a_part_that_is_called_the_authors_holds_the_name() {
        let cues = Cues::new(vec![
            ("en".into(), "byline".into(), "By …".into()),
            ("en".into(), "share".into(), "Follow Us".into()),
            ("hi".into(), "byline".into(), "संवाददाता".into()),
        ])
        .unwrap();
        let find = |byline: &str| {
            let source = format!("<h1>Title</h1><div class=article-byline>{byline}</div><p>Body.</p>");
            let page = super::super::parse::parse(&source);
            let verdicts: Vec<Verdict> = page
                .blocks
                .iter()
                .map(|block| match block.text.of(&page.text) {
                    "Title" => Some(Reason::Title),
                    "Body." => None,
                    _ => Some(Reason::Byline),
                })
                .collect();
            author(&source, &page, &verdicts, &cues, &names())
        };
        assert_eq!(find("<p>By Meena Kumari | 3 May 2026"), "Meena Kumari");
        assert_eq!(find("<p>Meena Kumari</p><p>Anil Das</p><p>3 May</p><p>Ravi Rao</p>"), "Meena Kumari, Anil Das");
        assert_eq!(find("<p>Follow Us</p><p>Example News</p>"), "");
        assert_eq!(find("<p>View all posts by Meena Kumari</p>"), "Meena Kumari");
        assert_eq!(find("<p>संवाददाता, नई दिल्ली</p>"), "");
        assert_eq!(find("<p>मीना कुमारी, नई दिल्ली</p>"), "मीना कुमारी");
        assert_eq!(
            find("<p><span class=author>By <a>Meena Kumari</a></span><span>3 May 2026, 10:30</span>"),
            "Meena Kumari"
        );
        let linked = "<h1>Title</h1><p>By <a href=/authors/meena>Meena Kumari</a> 3 May</p><p>Body.</p>";
        let page = super::super::parse::parse(linked);
        let verdicts = [Some(Reason::Title), Some(Reason::Byline), None];
        assert_eq!(author(linked, &page, &verdicts, &cues, &names()), "Meena Kumari");
    }

    #[test]
    fn a_name_in_bold_at_the_end_signs_the_article() {
        let signs = |source: &str| {
            let page = super::super::parse::parse(source);
            let mut verdicts = vec![None; page.blocks.len()];
            (signed(&page, &mut verdicts), verdicts.iter().filter(|verdict| verdict.is_some()).count())
        };
        assert_eq!(signs("<p><b>Meena Kumari</b><p>Body.<p>More."), (None, 0));
        let last = "<p>Body.<p>More.<p align=right><strong>Meena Kumari</strong>";
        assert_eq!(signs(last), (Some("Meena Kumari".to_string()), 1));
        assert_eq!(signs("<h2><b>Meena Kumari</b></h2><p>Body."), (None, 0));
        assert_eq!(signs("<p>Meena Kumari<p>Body.<p><b>Read more</b>"), (None, 0));
    }

    #[test]
    fn a_part_that_is_called_the_dates_holds_the_date() {
        let cues = Cues::new(vec![("de".into(), "dateline".into(), "Erstellt".into())]).unwrap();
        let find = |line: &str| {
            let source = format!("<h1>Title</h1><p>{line}</p><p>Body.</p>");
            let page = super::super::parse::parse(&source);
            date(&source, &page, &[Some(Reason::Title), Some(Reason::Byline), None], &cues)
        };
        assert_eq!(
            find("<span class=meta_date>erstellt: <b>01. April 2025, 15:25</b></span> in: X").as_deref(),
            Some("2025-04-01T15:25:00")
        );
        assert_eq!(find("<span class=date>06.01.2026</span>, 5 min").as_deref(), Some("2026-01-06"));
        assert_eq!(find("06.01.2026, 5 min"), None);
    }
}
