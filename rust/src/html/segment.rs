//! Which blocks are the article, and why the others are not.

use super::context::Context;
use super::features::{Facts, row};
use super::layout::{FAR, HEADING, Layout};
use super::meta::Meta;
use super::model::{Model, squash};
use super::names::KINDS;
use super::names::kind;
use super::parse::Page;
use crate::spans::Reason;

/// Why a block is left out; None for the article's own.
pub type Verdict = Option<Reason>;

/// An element that a site rule names, by the offset of its start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selected {
    pub start: usize,
    /// Part of what is left out, not of the content.
    pub remove: bool,
}

/// Kinds in the order in which they explain that a block is left out, where several are equally near.
const EXPLANATIONS: [(u32, Reason); 18] = [
    (kind::CAPTION, Reason::Caption),
    (kind::CREDIT, Reason::Credit),
    (kind::COMMENTS, Reason::Comments),
    (kind::SHARE, Reason::Share),
    (kind::NEWSLETTER, Reason::Newsletter),
    (kind::APP, Reason::App),
    (kind::AD, Reason::Ad),
    (kind::RELATED, Reason::Related),
    (kind::TAGS, Reason::Tags),
    (kind::BYLINE, Reason::Byline),
    (kind::PROMO, Reason::Promo),
    (kind::FOOTER, Reason::Footer),
    (kind::NAV, Reason::Nav),
    (kind::HIDDEN, Reason::Hidden),
    (kind::SIDEBAR, Reason::Related),
    (kind::NOTICE, Reason::Other),
    (kind::HEADER, Reason::Header),
    (kind::TITLE, Reason::Title),
];

/// A name so far up says nothing of the block.
const NEAR: u8 = 7;

/// The verdict on each block of a page. Fills in the subtitle.
pub fn verdicts(source: &str, page: &Page, meta: &mut Meta, model: &Model, selected: &[Selected]) -> Vec<Verdict> {
    let layout = Layout::new(source, page, meta, model);
    let facts = Facts::new(&layout);
    let kept = kept(&layout, &facts, model);
    let verdicts: Vec<Verdict> =
        kept.iter().enumerate().map(|(at, &kept)| if kept { None } else { Some(reason(&layout, at)) }).collect();
    let verdicts = by_rule(&layout, verdicts, selected);
    let (verdicts, subtitle) = with_headline(&layout, &facts, verdicts);
    meta.subtitle = subtitle;
    verdicts
}

/// Whether the model takes each block for the article's.
fn kept(layout: &Layout, facts: &Facts, model: &Model) -> Vec<bool> {
    let count = layout.blocks.len();
    let mut values = Vec::new();
    let mut scores = Vec::with_capacity(count);
    for at in 0..count {
        row(facts, None, at, &mut values);
        scores.push(squash(model.first.margin(&values)));
    }
    let context = Context::new(layout, &scores);
    let mut kept = Vec::with_capacity(count);
    for at in 0..count {
        row(facts, Some(&context), at, &mut values);
        kept.push(model.second.margin(&values) > model.second.threshold);
    }
    kept
}

/// What a site rule selects goes before the model: all of the content, but for what is to be removed.
fn by_rule(layout: &Layout, mut verdicts: Vec<Verdict>, selected: &[Selected]) -> Vec<Verdict> {
    let elements = &layout.page.elements;
    let chosen = |remove: bool| -> Vec<u32> {
        let starts = selected.iter().filter(|place| place.remove == remove);
        starts
            .filter_map(|place| elements.binary_search_by_key(&place.start, |element| element.start as usize).ok())
            .map(|element| element as u32)
            .collect()
    };
    let (content, remove) = (inside(layout, &chosen(false)), inside(layout, &chosen(true)));
    for (verdict, block) in verdicts.iter_mut().zip(&layout.page.blocks) {
        let is_in = |marked: &[bool]| marked.get(block.element as usize).copied().unwrap_or(false);
        if is_in(&remove) {
            *verdict = Some(Reason::Rule);
        } else if is_in(&content) {
            *verdict = None;
        } else if !content.is_empty() && verdict.is_none() {
            *verdict = Some(Reason::Rule);
        }
    }
    verdicts
}

/// Whether each element is one of `outer` or inside one; empty where there are none.
fn inside(layout: &Layout, outer: &[u32]) -> Vec<bool> {
    let elements = &layout.page.elements;
    let mut marked = vec![false; if outer.is_empty() { 0 } else { elements.len() }];
    outer.iter().for_each(|&element| marked[element as usize] = true);
    for at in 0..marked.len() {
        marked[at] |= marked.get(elements[at].parent as usize).copied().unwrap_or(false);
    }
    marked
}

/// Names why a block is not of the article, after the part of the page that it stands in.
fn reason(layout: &Layout, at: usize) -> Reason {
    let Some(view) = layout.blocks.get(at) else { return Reason::Other };
    let above = &layout.above[view.above as usize];
    let level =
        |wanted: u32| KINDS.iter().position(|&(kind, _)| kind == wanted).map_or(FAR, |place| above.kinds[place]);
    let nearest = EXPLANATIONS.iter().min_by_key(|(kind, _)| level(*kind));
    match nearest {
        Some(&(kind, reason)) if level(kind) <= NEAR => reason,
        _ if above.hidden < FAR => Reason::Hidden,
        _ if view.linked > 0.8 && view.shape.words >= 4 => Reason::Related,
        _ if view.linked > 0.8 => Reason::Nav,
        _ => Reason::Other,
    }
}

/// The headline is never part of the body. What stands under it and sums the article up is the subtitle.
fn with_headline(layout: &Layout, facts: &Facts, mut verdicts: Vec<Verdict>) -> (Vec<Verdict>, String) {
    /// How far below the headline the subtitle may stand, and its longest, in characters.
    const REACH: usize = 8;
    const LONGEST: u32 = 500;
    let page = layout.page;
    let title = &layout.meta.title;
    for (at, block) in page.blocks.iter().enumerate() {
        let heading = layout.above[layout.blocks[at].above as usize].tags[HEADING] <= 2;
        if (heading || Some(at) == facts.headline()) && !title.is_empty() && block.text.of(&page.text) == title {
            verdicts[at] = Some(Reason::Title);
        }
    }
    let Some(headline) = facts.headline() else { return (verdicts, String::new()) };
    let summary = KINDS.iter().position(|&(kind, _)| kind == kind::SUMMARY).unwrap_or(0);
    for at in headline + 1..(headline + 1 + REACH).min(page.blocks.len()) {
        let view = &layout.blocks[at];
        let text = page.blocks[at].text.of(&page.text);
        if view.shape.words < 4 || view.shape.chars > LONGEST || view.linked > 0.3 {
            continue;
        }
        let named = layout.above[view.above as usize].kinds[summary] <= 2 && view.shape.words >= 6;
        if named || facts.is_description(text) {
            if verdicts[at].is_some() {
                verdicts[at] = Some(Reason::Title);
            }
            return (verdicts, text.to_string());
        }
        // The body has begun.
        if verdicts[at].is_none() && view.prose {
            break;
        }
    }
    (verdicts, String::new())
}
