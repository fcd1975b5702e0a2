//! What `benchmarks/extract/train.py` learns from: the blocks of a page as the model sees them.

use super::context::Context;
use super::decode::{Decoded, decode};
use super::features::{Facts, row};
use super::layout::Layout;
use super::model::{Model, squash};
use super::names::words_of;
use super::parse::parse;
use super::tags::Tag;

/// Ancestors whose class words are told.
const LEVELS: usize = 8;

#[derive(Debug, Default)]
pub struct Blocks {
    pub texts: Vec<String>,
    /// One row of features a block, one after the other.
    pub rows: Vec<f32>,
    /// The sums of the model's first and second forest.
    pub margins: Vec<(f32, f32)>,
    /// Class and id words around each block, each once.
    pub words: Vec<Vec<u32>>,
    pub title: String,
}

/// The blocks of a page under a model; rows of the second stage if `second`. A page that cannot be decoded has none.
pub fn blocks(bytes: &[u8], url: &str, model: &Model, second: bool) -> Blocks {
    let Decoded::Text { text: source, .. } = decode(bytes, "") else { return Blocks::default() };
    let page = parse(&source);
    let meta = super::meta::read(&source, &page, url);
    let layout = Layout::new(&source, &page, &meta, model);
    let facts = Facts::new(&layout);
    let mut result = Blocks::default();
    let mut values = Vec::new();
    let mut margins = Vec::with_capacity(page.blocks.len());
    for at in 0..page.blocks.len() {
        row(&facts, None, at, &mut values);
        margins.push(model.first.margin(&values));
        if !second {
            result.rows.extend_from_slice(&values);
        }
    }
    let scores: Vec<f32> = margins.iter().map(|&margin| squash(margin)).collect();
    let context = second.then(|| Context::new(&layout, &scores));
    for (at, block) in page.blocks.iter().enumerate() {
        let mut second_margin = 0.0;
        if context.is_some() {
            row(&facts, context.as_ref(), at, &mut values);
            second_margin = model.second.margin(&values);
            result.rows.extend_from_slice(&values);
        }
        result.margins.push((margins[at], second_margin));
        result.texts.push(block.text.of(&page.text).to_string());
        let mut words = Vec::new();
        let mut element = block.element;
        for _ in 0..LEVELS {
            let Some(above) = page.elements.get(element as usize) else { break };
            if matches!(above.tag, Tag::Body | Tag::Html) {
                break;
            }
            words_of(&source, above, |word| words.push(word));
            element = above.parent;
        }
        words.sort_unstable();
        words.dedup();
        result.words.push(words);
    }
    result.title = meta.title;
    result
}
