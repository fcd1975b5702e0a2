//! Which blocks are the article.

use super::meta::{Meta, nearest_heading};
use super::names::{Kinds, kind};
use super::parse::{HIDDEN, NO_ELEMENT, Page};
use super::shape::shape;
use super::tags::Tag;
use crate::spans::Reason;

const LEVELS: usize = 6;
const NOT_BODY: u32 = kind::NAV
    | kind::FOOTER
    | kind::SIDEBAR
    | kind::RELATED
    | kind::AD
    | kind::SHARE
    | kind::COMMENTS
    | kind::NEWSLETTER
    | kind::NOTICE
    | kind::TAGS
    | kind::BYLINE
    | kind::CAPTION
    | kind::CREDIT
    | kind::PROMO;

/// For each block why it is left out; None for the article's own. Fills in the subtitle.
pub fn verdicts(source: &str, page: &Page, meta: &mut Meta) -> Vec<Option<Reason>> {
    let mut kinds = Kinds::new(source, page);
    let mut mass = vec![0f32; page.elements.len()];
    let mut prose = vec![false; page.blocks.len()];
    let mut around = vec![0u32; page.blocks.len()];
    for (at, block) in page.blocks.iter().enumerate() {
        let shape = shape(block.text.of(&page.text));
        around[at] = kinds.around(block.element, LEVELS);
        let linked = block.link_bytes as f32 / block.text.len().max(1) as f32;
        let good = linked < 0.4 && (shape.words >= 12 || (shape.words >= 5 && shape.ends_sentence));
        prose[at] = good && around[at] & NOT_BODY == 0 && !hidden(page, block.element);
        if prose[at] {
            let mut element = block.element;
            let mut share = 1.0;
            for _ in 0..4 {
                if element == NO_ELEMENT {
                    break;
                }
                mass[element as usize] += share * (1.0 + shape.commas as f32 + (shape.chars as f32 / 100.0).min(5.0));
                element = page.elements[element as usize].parent;
                share *= 0.6;
            }
        }
    }
    let best = (0..mass.len()).max_by(|&a, &b| mass[a].total_cmp(&mass[b]).then(b.cmp(&a))).unwrap_or(0) as u32;
    let inside: Vec<bool> = page.blocks.iter().map(|block| super::meta::is_within(page, block.element, best)).collect();
    let last = (0..page.blocks.len()).rev().find(|&at| prose[at] && inside[at]).unwrap_or(0);
    let first_prose = (0..page.blocks.len()).find(|&at| prose[at] && inside[at]).unwrap_or(0);
    let mut verdicts = Vec::with_capacity(page.blocks.len());
    for (at, block) in page.blocks.iter().enumerate() {
        let text = block.text.of(&page.text);
        let linked = block.link_bytes as f32 / block.text.len().max(1) as f32;
        let before = block.source.start < page.blocks[first_prose].source.start;
        if meta.subtitle.is_empty()
            && before
            && text == meta.description
            && nearest_heading(page, block.element) != Some(1)
        {
            meta.subtitle = text.to_string();
        }
        let body = inside[at]
            && at <= last
            && (at >= first_prose || prose[at])
            && around[at] & NOT_BODY == 0
            && linked < 0.5
            && text != meta.title
            && text != meta.subtitle;
        verdicts.push(if body { None } else { Some(reason(page, block.element, around[at])) });
    }
    verdicts
}

fn hidden(page: &Page, element: u32) -> bool {
    let mut at = element;
    for _ in 0..LEVELS {
        let Some(element) = page.elements.get(at as usize) else { return false };
        if element.marks & HIDDEN != 0 {
            return true;
        }
        at = element.parent;
    }
    false
}

/// Names why a block is not of the article, after the part of the page that it stands in.
fn reason(page: &Page, element: u32, around: u32) -> Reason {
    const REASONS: [(u32, Reason); 15] = [
        (kind::COMMENTS, Reason::Comments),
        (kind::CAPTION, Reason::Caption),
        (kind::CREDIT, Reason::Credit),
        (kind::FOOTER, Reason::Footer),
        (kind::NAV, Reason::Nav),
        (kind::SHARE, Reason::Share),
        (kind::RELATED, Reason::Related),
        (kind::NEWSLETTER, Reason::Newsletter),
        (kind::AD, Reason::Ad),
        (kind::PROMO, Reason::Promo),
        (kind::TAGS, Reason::Tags),
        (kind::BYLINE, Reason::Byline),
        (kind::APP, Reason::App),
        (kind::SIDEBAR, Reason::Related),
        (kind::HEADER, Reason::Header),
    ];
    if nearest_heading(page, element) == Some(1) {
        return Reason::Title;
    }
    if page.elements.get(element as usize).is_some_and(|element| element.tag == Tag::Button) {
        return Reason::Nav;
    }
    REASONS.iter().find(|(kinds, _)| around & kinds != 0).map_or(Reason::Other, |&(_, reason)| reason)
}
