//! What `benchmarks/extract/train.py` learns from: the blocks of a page as the model sees them.

use super::decode::{Decoded, decode};
use super::facts::Facts;
use super::features::{Row, WIDTH};
use super::forest::ABREAST;
use super::layout::Layout;
use super::model::Model;
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
    /// The sums of the model's trees; minus infinity where its sieve held the block back.
    pub margins: Vec<f32>,
    /// Class and id words around each block, each once.
    pub words: Vec<Vec<u32>>,
    pub title: String,
}

/// The blocks of a page under a model. A page that cannot be decoded has none.
pub fn blocks(bytes: &[u8], url: &str, model: &Model) -> Blocks {
    let Decoded::Text { text: source, .. } = decode(bytes, "") else { return Blocks::default() };
    let page = parse(&source);
    let meta = super::meta::read(&source, &page, url);
    let layout = Layout::new(&source, &page, &meta, model);
    let facts = Facts::new(&layout);
    let width = super::features::names().len();
    let margins = model.forest.margins(page.blocks.len(), |at, mut row| facts.put(at, &mut row));
    let mut result = Blocks { margins, ..Blocks::default() };
    let mut lines = [[0.0; ABREAST]; WIDTH];
    for (at, block) in page.blocks.iter().enumerate() {
        facts.put(at, &mut Row::new(&mut lines, 0));
        result.rows.extend(lines[..width].iter().map(|line| line[0]));
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
