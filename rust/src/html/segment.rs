//! Which blocks are the article, and why the others are not.

use super::above::{FAR, HEADING, NOSCRIPT, QUOTE};
use super::chances::{chances, lean_on_kin};
use super::facts::Facts;
use super::layout::Layout;
use super::meta::Meta;
use super::model::Model;
use super::names::{kind, place_of};
use super::parse::Page;
use crate::cues::Cues;
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

/// The verdict on each block of a page, the cues' where they are given. Fills in the subtitle.
pub fn verdicts(
    source: &str,
    page: &Page,
    meta: &mut Meta,
    model: &Model,
    cues: Option<&Cues>,
    selected: &[Selected],
) -> Vec<Verdict> {
    let layout = Layout::new(source, page, meta, model);
    let facts = Facts::new(&layout);
    let kept = kept(&layout, &facts, model);
    let mut verdicts: Vec<Verdict> =
        kept.iter().enumerate().map(|(at, &kept)| if kept { None } else { Some(reason(&layout, at)) }).collect();
    if let Some(cues) = cues {
        super::lists::headed(&layout, cues, &mut verdicts);
    }
    let verdicts = by_rule(&layout, verdicts, selected);
    let (verdicts, subtitle) = with_headline(&layout, &facts, verdicts);
    meta.subtitle = subtitle;
    verdicts
}

/// Whether the model takes each block for the article's.
fn kept(layout: &Layout, facts: &Facts, model: &Model) -> Vec<bool> {
    let mut chances = chances(layout, facts, model);
    lean_on_kin(layout, &mut chances);
    let mut kept = likeliest(layout, &chances);
    if layout.page.is_fragment() {
        keep_unnamed(layout, &chances, &mut kept);
    }
    drop_copies(layout, &mut kept);
    keep_headings(layout, &mut kept);
    kept
}

/// Of a fragment everything is the article's but what its names or its links say is something else, or the model is sure of, and
/// what stands there for browsers without scripts. Where the model is sure of all, the names and links decide.
fn keep_unnamed(layout: &Layout, chances: &[f32], kept: &mut [bool]) {
    const LEAST: f32 = 1.0 / 16.0;
    let is_shown = |at: usize| layout.above[layout.blocks[at].above as usize].tags[NOSCRIPT] == FAR;
    let unnamed = |at: usize| matches!(reason(layout, at), Reason::Other | Reason::Title | Reason::Header);
    for least in [LEAST, 0.0] {
        for (at, kept) in kept.iter_mut().enumerate() {
            *kept = is_shown(at) && (*kept || chances[at] >= least && unnamed(at));
        }
        if kept.contains(&true) {
            return;
        }
    }
}

/// A heading between two parts of the article that stand beside it is the article's, whatever was put in between before it: of those that
/// the model passes over on the development pages nine in ten are.
fn keep_headings(layout: &Layout, kept: &mut [bool]) {
    const LONGEST: u32 = 20;
    /// How far above a heading the article may have broken off.
    const REACH: usize = 12;
    /// The same above what is only bold: an advertisement, a promo and the paragraph.
    const INSERT: usize = 3;
    let model = kept.to_vec();
    for (at, kept) in kept.iter_mut().enumerate() {
        let view = &layout.blocks[at];
        if *kept || view.linked > 0.5 || view.shape.words > LONGEST {
            continue;
        }
        let own = layout.above[view.above as usize].kinds;
        let named = own[place_of(kind::TITLE)] == 0 || own[place_of(kind::SUMMARY)] == 0;
        let heading = super::meta::nearest_heading(layout.page, view.container).map_or(named, |level| level > 1);
        if !heading && view.bold <= 0.9 {
            continue;
        }
        // What is only bold must have its paragraphs right after it, and right before it or what was put in there.
        let (before, after, depth) =
            if heading { (REACH, behind_inserts(layout, &model, at), 2) } else { (INSERT, at + 2, 1) };
        let beside = |other: usize| {
            let other = &layout.blocks[other];
            match layout.apart(view.container, other.container) {
                (0, 0) => !heading && other.prose,
                (up, down) => up == 1 && down <= depth,
            }
        };
        let before = (at.saturating_sub(before)..at).rev().find(|&other| model[other]);
        let after = (at + 1..after.min(model.len())).find(|&other| model[other]);
        *kept = before.is_some_and(beside) && after.is_some_and(beside);
    }
}

/// The block up to which the text of a heading must begin: two on, or as far behind what was put in under it, quotations and a box with a
/// heading of its own.
fn behind_inserts(layout: &Layout, kept: &[bool], heading: usize) -> usize {
    const LONGEST: usize = 16;
    let above = |at: usize| &layout.above[layout.blocks[at].above as usize].tags;
    let limit = kept.len().min(heading + LONGEST);
    let left_out = |at: &usize| *at < limit && !kept[*at];
    let mut at = heading + 1;
    if left_out(&at) && (above(at)[HEADING] <= 2 || layout.blocks[at].bold > 0.9) {
        let own = layout.blocks[heading].container;
        let mut around = layout.blocks[at].container;
        while layout.apart(own, around).1 > 1 {
            around = layout.parent(around);
        }
        at = (at..).find(|at| !left_out(at) || !layout.holds(around, layout.blocks[*at].container)).unwrap_or(limit);
    }
    at = (at..).find(|at| !left_out(at) || above(*at)[QUOTE] >= 6).unwrap_or(limit);
    at + 2
}

/// The blocks above the threshold that makes the expected F1 of the words greatest; a page that the model is unsure of gets a lower one.
/// A page's blocks are right or wrong together: one that goes on with teasers has all of them in its gold text or none. So the texts that the
/// gold may be are those above one level or another, each level as likely as the next. (Were each block's chance its own affair, as in Nan
/// Ye et al., "Optimizing F-measure: a tale of two approaches", ICML 2012, section 3, many doubtful ones would seem worth a risk.)
fn likeliest(layout: &Layout, chances: &[f32]) -> Vec<bool> {
    // Words of the blocks from each level on.
    let mut above = [0.0f64; LEVELS + 1];
    for (&chance, view) in chances.iter().zip(&layout.blocks) {
        above[((chance * LEVELS as f32) as usize).min(LEVELS)] += view.shape.words as f64 + 0.5;
    }
    for level in (0..LEVELS).rev() {
        above[level] += above[level + 1];
    }
    let score = |taken: f64| above[1..].iter().map(|&gold| gold.min(taken) / (gold + taken).max(0.5)).sum::<f64>();
    let (mut best, mut threshold) = (0.0, HIGHEST);
    for level in (LOWEST..=HIGHEST).rev() {
        let score = score(above[level]);
        if score > best {
            (best, threshold) = (score, level);
        }
    }
    let threshold = threshold as f32 / LEVELS as f32;
    chances.iter().map(|&chance| chance >= threshold).collect()
}

/// Steps of a chance, and the bounds of the threshold among them.
const LEVELS: usize = 64;
const LOWEST: usize = 10;
const HIGHEST: usize = 38;

/// Words from which a block that repeats an earlier one is a copy and no refrain.
const COPY: u32 = 12;
/// Short repeated blocks between two copies, at most.
const BETWEEN: usize = 12;

/// Pages that hold the article twice (for two screen sizes, or folded and unfolded) give it once. Of a caption and a paragraph of the same
/// words the paragraph stays.
fn drop_copies(layout: &Layout, kept: &mut [bool]) {
    let captioned = |at: usize| layout.above[layout.blocks[at].above as usize].kinds[place_of(kind::CAPTION)] <= 1;
    let mut seen = std::collections::HashMap::new();
    let mut since: Option<Vec<usize>> = None;
    for at in 0..kept.len() {
        if !kept[at] {
            continue;
        }
        let view = &layout.blocks[at];
        let Some(first) = seen.insert(view.text_hash, at) else {
            since = None;
            continue;
        };
        if view.shape.words >= COPY && captioned(first) && !captioned(at) {
            kept[first] = false;
            since = None;
        } else if view.shape.words >= COPY {
            kept[at] = false;
            for short in since.take().unwrap_or_default() {
                kept[short] = false;
            }
            since = Some(Vec::new());
        } else if let Some(short) = &mut since {
            short.push(at);
            if short.len() > BETWEEN {
                since = None;
            }
        }
    }
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
    let level = |wanted: u32| above.kinds.get(place_of(wanted)).copied().unwrap_or(FAR);
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
        if (heading || Some(at) == facts.headline) && !title.is_empty() && block.text.of(&page.text) == title {
            verdicts[at] = Some(Reason::Title);
        }
    }
    let Some(headline) = facts.headline else { return (verdicts, String::new()) };
    let summary = place_of(kind::SUMMARY);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_doubtful_blocks_are_not_worth_a_sure_one() {
        let paragraph = "word ".repeat(60);
        let source = format!("<p>{paragraph}").repeat(8);
        let page = super::super::parse::parse(&source);
        let meta = Meta::default();
        let layout = Layout::new(&source, &page, &meta, &Model::default());
        let mut chances = [0.3; 8];
        assert_eq!(likeliest(&layout, &chances), [true; 8]);
        chances[1] = 0.95;
        assert_eq!(likeliest(&layout, &chances), [false, true, false, false, false, false, false, false]);
        assert_eq!(likeliest(&layout, &[0.1; 8]), [false; 8]);
    }

    #[test]
    fn a_heading_between_its_paragraphs_is_kept() {
        let source = "<div><p>a</p><h2>b</h2><p>c</p><h2><a href=x>d</a></h2><p>e</p><p><b>B</b><p>C<h3>D</h3><i>x</i><ul><li>E</ul></div><h2>f</h2><p>g</p>";
        let page = super::super::parse::parse(source);
        let meta = Meta::default();
        let layout = Layout::new(source, &page, &meta, &Model::default());
        let mut kept = vec![true, false, true, false, true, false, true, false, false, true, false, true];
        keep_headings(&layout, &mut kept);
        assert_eq!(kept, [true, true, true, false, true, true, true, true, false, true, false, true]);
    }

    #[test]
    fn a_heading_is_kept_across_what_was_put_in_around_it() {
        let keeps = |source: &str, left_out: &[&str]| {
            let page = super::super::parse::parse(source);
            let meta = Meta::default();
            let layout = Layout::new(source, &page, &meta, &Model::default());
            let text = |at: usize| page.blocks[at].text.of(&page.text);
            let mut kept: Vec<bool> = (0..page.blocks.len()).map(|at| !left_out.contains(&text(at))).collect();
            keep_headings(&layout, &mut kept);
            (0..kept.len()).filter(|&at| kept[at]).map(text).collect::<Vec<_>>().join(" ")
        };
        let list = "<ul><li>r<li>s<li>t</ul>";
        let left_out = ["H", "r", "s", "t", "u"];
        assert_eq!(keeps(&format!("<div><p>a<div><b>r</b>{list}</div><h2>H</h2><p>b</div>"), &left_out), "a H b");
        assert_eq!(keeps(&format!("<div><p>a<h2>H</h2><div><b>r</b>{list}</div><p>b</div>"), &left_out), "a H b");
        assert_eq!(keeps("<div><p>a<h2>H</h2><blockquote><p>r<p>s</blockquote><p>t<p>b</div>", &left_out), "a H b");
        // A list that it heads is its own.
        assert_eq!(keeps(&format!("<div><p>a<h2>H</h2>{list}<p>b</div>"), &left_out), "a b");
        let prose = "one two three four five six seven eight nine.";
        assert_eq!(
            keeps(&format!("<div>{prose}<br><br><b>H</b><br><br>{prose}</div>"), &left_out),
            format!("{prose} H {prose}")
        );
        assert_eq!(keeps("<div>a<br><br><b>H</b><br><br>b</div>", &left_out), "a b");
        assert_eq!(
            keeps(&format!("<div>{prose}<br><br>u<br><br><b>H</b><br><br>{prose}</div>"), &left_out),
            format!("{prose} H {prose}")
        );
    }

    #[test]
    fn an_article_that_a_page_holds_twice_is_given_once() {
        let long = |n: usize| format!("<p>{}</p>", format!("word{n} ").repeat(15));
        let body = format!("{}<h2>Heading</h2>{}", long(1), long(2));
        let source = format!("<div>{body}</div><div>{body}</div>{}", long(3));
        let page = super::super::parse::parse(&source);
        let meta = Meta::default();
        let layout = Layout::new(&source, &page, &meta, &Model::default());
        let mut kept = vec![true; page.blocks.len()];
        drop_copies(&layout, &mut kept);
        assert_eq!(kept, [true, true, true, false, false, false, true]);

        let figure = format!("<figure>{}</figure>{}", long(1).replace("p>", "figcaption>"), long(1));
        let page = super::super::parse::parse(&figure);
        let layout = Layout::new(&figure, &page, &meta, &Model::default());
        let mut kept = [true; 2];
        drop_copies(&layout, &mut kept);
        assert_eq!(kept, [false, true]);
    }
}
