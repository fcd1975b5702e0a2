//! A line of a page as its text with the links and the stress in it.

use std::ops::Range;

use super::parse::{Block, NO_ELEMENT, Page};

/// A block's text with its links and what is set in bold or in italics, in order.
pub struct Line<'a> {
    pub text: &'a str,
    pub links: Vec<Range<usize>>,
    /// The element of each link.
    pub linked: Vec<u32>,
    pub stressed: Vec<Range<usize>>,
}

impl<'a> Line<'a> {
    pub fn new(page: &'a Page, block: &Block) -> Self {
        let text = block.text.of(&page.text);
        let begin = block.text.start;
        let runs = page.runs_of(block);
        let (mut links, mut stressed): (Vec<Range<usize>>, Vec<Range<usize>>) = Default::default();
        let mut linked = Vec::new();
        let (mut link, mut stress) = (NO_ELEMENT, false);
        for (at, run) in runs.iter().enumerate() {
            let end = runs.get(at + 1).map_or(text.len(), |next| (next.text - begin) as usize);
            let own = (run.text - begin) as usize..end;
            if run.link != NO_ELEMENT {
                match links.last_mut().filter(|_| run.link == link) {
                    Some(last) => last.end = end,
                    None => {
                        links.push(own.clone());
                        linked.push(run.link);
                    }
                }
            }
            if run.stressed {
                match stressed.last_mut().filter(|_| stress) {
                    Some(last) => last.end = end,
                    None => stressed.push(own),
                }
            }
            (link, stress) = (run.link, run.stressed);
        }
        let trimmed = |range: &mut Range<usize>| {
            let content = text.get(range.clone()).unwrap_or("");
            let start = range.start + content.len() - content.trim_start().len();
            *range = start..start + content.trim().len();
        };
        links.iter_mut().chain(&mut stressed).for_each(trimmed);
        Line { text, links, linked, stressed }
    }
}
