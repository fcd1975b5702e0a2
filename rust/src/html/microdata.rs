//! What a page says about itself in its body: `itemprop`, `rel="author"`, `<time>`.

use super::meta::{attribute, clean};
use super::names::{Kinds, kind};
use super::parse::{Attribute, Attributes, Element, MICRODATA, NO_ELEMENT, Page};
use super::tags::Tag;
use crate::dates;

#[derive(Default)]
pub struct Microdata {
    pub title: String,
    pub author: String,
    pub linked_author: String,
    pub published: String,
    pub modified: String,
}

/// How many elements with microdata or `<time>` are looked at.
const MOST: usize = 400;

pub fn read(source: &str, page: &Page) -> Microdata {
    let mut data = Microdata::default();
    let mut author = NO_ELEMENT;
    for &index in page.properties.iter().take(MOST) {
        let element = &page.elements[index as usize];
        debug_assert!(element.marks & MICRODATA != 0);
        let (mut property, mut content, mut datetime, mut relation) = ("", "", "", "");
        for Attribute { name, value } in Attributes::new(source, element.attributes as usize) {
            match name.to_ascii_lowercase().as_str() {
                "itemprop" => property = value,
                "content" => content = value,
                "datetime" => datetime = value,
                "rel" if element.tag == Tag::A => relation = value,
                _ => {}
            }
        }
        if !relation.is_empty() && data.linked_author.is_empty() {
            data.linked_author = text_within(page, index, 80);
            if data.linked_author.is_empty()
                && relation.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author"))
            {
                data.linked_author = text_of_inline(source, element);
            }
        }
        let stated = if datetime.is_empty() { content } else { datetime };
        for word in property.split_ascii_whitespace() {
            match word {
                "headline" if data.title.is_empty() => data.title = text_within(page, index, 300),
                "author" | "creator" if data.author.is_empty() => {
                    (data.author, author) = (text_within(page, index, 100), index);
                }
                // Beside the author's office.
                "name" if !data.author.is_empty() && element.parent == author => {
                    let name = text_of_inline(source, element);
                    if data.author.starts_with(&name) && !name.is_empty() {
                        data.author = name;
                    }
                }
                "datePublished" | "dateCreated" if data.published.is_empty() => {
                    let stated = if stated.is_empty() { text_within(page, index, 60) } else { clean(stated) };
                    data.published = dates::parse(&stated).unwrap_or_default();
                }
                "dateModified" if data.modified.is_empty() => {
                    let stated = if stated.is_empty() { text_within(page, index, 60) } else { clean(stated) };
                    data.modified = dates::parse(&stated).unwrap_or_default();
                }
                _ => {}
            }
        }
    }
    if data.published.is_empty() {
        let mut kinds = Kinds::new(source, page);
        // The first time that the page states in its own words, outside of lists of other articles.
        for &index in page.times.iter().take(MOST) {
            let element = &page.elements[index as usize];
            let around = kinds.around(index, 8);
            if around & (kind::NAV | kind::SIDEBAR | kind::RELATED | kind::COMMENTS | kind::FOOTER) != 0
                || in_link(page, index)
            {
                continue;
            }
            if let Some(date) =
                attribute(source, element.attributes, "datetime").and_then(|value| dates::parse(&clean(value)))
            {
                data.published = date;
                break;
            }
        }
    }
    data
}

fn in_link(page: &Page, element: u32) -> bool {
    let mut at = element;
    for _ in 0..8 {
        let Some(element) = page.elements.get(at as usize) else { return false };
        if matches!(element.tag, Tag::A | Tag::Li) {
            return true;
        }
        at = element.parent;
    }
    false
}

/// The text of an inline element of one line, if it is no longer than a name; else "".
fn text_of_inline(source: &str, element: &Element) -> String {
    const LONGEST: usize = 200;
    let mut attributes = Attributes::new(source, element.attributes as usize);
    attributes.by_ref().for_each(drop);
    let content = source.get(attributes.at..).unwrap_or("");
    let name = source.get(element.start as usize + 1..element.attributes as usize).unwrap_or("");
    let close = memchr::memmem::find_iter(content.as_bytes(), "</")
        .take_while(|&at| at <= LONGEST)
        .find(|at| content.get(at + 2..at + 2 + name.len()).is_some_and(|closed| closed.eq_ignore_ascii_case(name)));
    close.map(|at| clean(&content[..at])).unwrap_or_default()
}

/// The text of the blocks inside an element, if it is no longer than `most` bytes.
fn text_within(page: &Page, element: u32, most: usize) -> String {
    let mut text = String::new();
    let from = page.elements.get(element as usize).map_or(u32::MAX, |element| element.start);
    let first = page.blocks.partition_point(|block| block.source.end <= from);
    for block in page.blocks[first..].iter().take(8) {
        if !is_within(page, block.element, element) {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(block.text.of(&page.text));
        if text.len() > most {
            return String::new();
        }
    }
    text
}

/// True where `ancestor` is `element` or holds it.
fn is_within(page: &Page, element: u32, ancestor: u32) -> bool {
    let Some(depth) = page.elements.get(ancestor as usize).map(|element| element.depth) else { return false };
    let mut at = element;
    let mut steps = 0;
    while at != NO_ELEMENT && steps < 64 {
        if at == ancestor {
            return true;
        }
        let Some(element) = page.elements.get(at as usize) else { return false };
        if element.depth <= depth {
            return false;
        }
        at = element.parent;
        steps += 1;
    }
    false
}
