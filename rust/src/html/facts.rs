//! What the features of blocks are made of: sums, distances and places over the whole page, each gathered once.

use super::above::{FAR, HEADING};
use super::features::share;
use super::grams::{Reference, hash_words};
use super::layout::Layout;
use super::names::{kind, place_of};
use super::parse::NO_ELEMENT;

/// The page's figures that block features are made of.
pub struct Facts<'a> {
    pub layout: &'a Layout<'a>,
    pub title: Reference,
    pub description: Reference,
    pub body: Reference,
    /// The block of the headline.
    pub headline: Option<usize>,
    /// Bytes of text and of prose before each block.
    pub text_before: Vec<u32>,
    pub prose_before: Vec<u32>,
    /// Blocks from each to the nearest prose before and after it, counted to 99.
    pub since_prose: Vec<u8>,
    pub until_prose: Vec<u8>,
    /// The level of the last heading before each block (7: none), and the headings of the first level since the headline.
    pub heading_before: Vec<(u8, u8)>,
    /// Bytes of links, and words, that are no prose between the last prose and the block; words up to the next prose.
    pub linked_since_prose: Vec<u32>,
    pub words_since_prose: Vec<u32>,
    pub words_until_prose: Vec<u32>,
    /// Levels up to what holds each block and the next, or the one after that, and down again.
    pub apart: Vec<[(u8, u8); 2]>,
    /// Sums over the blocks before each, and over all.
    pub before: Vec<Sums>,
    pub headings: u32,
    pub unspaced: f32,
    pub prose_blocks: u32,
    pub comments: u32,
}

/// Sums over blocks; linked and text in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    pub words: u32,
    pub text: u32,
    pub linked: u32,
    pub sentences: u32,
}

const BEYOND: u8 = 99;

impl<'a> Facts<'a> {
    pub fn new(layout: &'a Layout<'a>) -> Self {
        let meta = layout.meta;
        let count = layout.blocks.len();
        let (mut text_before, mut prose_before) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let (mut text, mut prose) = (0u32, 0u32);
        let mut since_prose = Vec::with_capacity(count);
        let mut until_prose = vec![BEYOND; count];
        let mut distance = BEYOND;
        let (mut headings, mut unspaced, mut letters, mut prose_blocks, mut comments) = (0, 0, 0, 0, 0);
        for (view, block) in layout.blocks.iter().zip(&layout.page.blocks) {
            text_before.push(text);
            prose_before.push(prose);
            since_prose.push(distance);
            text += block.text.len() as u32;
            distance = if view.prose { 1 } else { (distance + 1).min(BEYOND) };
            if view.prose {
                prose += block.text.len() as u32;
                prose_blocks += 1;
            }
            headings += (layout.above[view.above as usize].tags[HEADING] <= 2) as u32;
            unspaced += view.shape.unspaced;
            letters += view.shape.letters;
            comments += (layout.above[view.above as usize].kinds[place_of(kind::COMMENTS)] < FAR) as u32;
        }
        let mut linked_since_prose = Vec::with_capacity(count);
        let mut words_since_prose = Vec::with_capacity(count);
        let (mut linked, mut words) = (0u32, 0u32);
        for (view, block) in layout.blocks.iter().zip(&layout.page.blocks) {
            linked_since_prose.push(linked);
            words_since_prose.push(words);
            if view.prose {
                (linked, words) = (0, 0);
            } else {
                linked += block.link_bytes;
                words += view.shape.words;
            }
        }
        let mut words_until_prose = vec![0; count];
        words = 0;
        for at in (0..count).rev() {
            words_until_prose[at] = words;
            words = if layout.blocks[at].prose { 0 } else { words + layout.blocks[at].shape.words };
        }
        let container = |at: usize| layout.blocks.get(at).map(|view| view.container);
        let apart = (0..count)
            .map(|at| {
                [at + 1, at + 2].map(|next| match (container(at), container(next)) {
                    (Some(one), Some(other)) => layout.apart(one, other),
                    _ => (FAR, FAR),
                })
            })
            .collect();
        let mut before = Vec::with_capacity(count + 1);
        let mut sums = Sums::default();
        for (view, block) in layout.blocks.iter().zip(&layout.page.blocks) {
            before.push(sums);
            sums.words += view.shape.words;
            sums.text += block.text.len() as u32;
            sums.linked += block.link_bytes;
            sums.sentences += view.shape.sentences;
        }
        before.push(sums);
        let mut distance = BEYOND;
        for at in (0..count).rev() {
            until_prose[at] = distance;
            distance = if layout.blocks[at].prose { 1 } else { (distance + 1).min(BEYOND) };
        }
        let headline = (!meta.title.is_empty())
            .then(|| {
                let is_title = |&at: &usize| layout.page.blocks[at].text.of(&layout.page.text) == meta.title;
                let heading = |&at: &usize| layout.above[layout.blocks[at].above as usize].tags[HEADING] <= 2;
                (0..count).filter(is_title).find(heading).or_else(|| (0..count).find(is_title))
            })
            .flatten();
        let mut heading_before = Vec::with_capacity(count);
        let (mut level, mut since, mut last) = (7, 0u8, NO_ELEMENT);
        for (at, view) in layout.blocks.iter().enumerate() {
            heading_before.push((level, since));
            if Some(at) == headline {
                since = 0;
            }
            if let Some(found) = super::meta::nearest_heading(layout.page, view.container) {
                level = found;
                if found == 1 && last != view.container && Some(at) != headline {
                    since = since.saturating_add(1);
                }
                last = view.container;
            }
        }
        Facts {
            layout,
            title: Reference::new(&meta.title),
            description: Reference::new(&meta.description),
            body: Reference::new(&meta.article_body),
            headline,
            text_before,
            prose_before,
            since_prose,
            until_prose,
            heading_before,
            linked_since_prose,
            words_since_prose,
            words_until_prose,
            apart,
            before,
            headings,
            unspaced: share(unspaced, letters),
            prose_blocks,
            comments,
        }
    }

    /// True where a text is what the page gives as its description, or nearly.
    pub fn is_description(&self, text: &str) -> bool {
        let mut words = Vec::new();
        hash_words(text, &mut words);
        let length = self.description.len();
        words.len() >= 4
            && words.len() * 2 >= length
            && words.len() <= length * 2
            && self.description.trigrams(&words) >= 0.7
    }
}
