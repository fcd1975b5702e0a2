//! What goes from the middle of a kept line: promos, and what no reader sees.

use std::ops::Range;

use super::parse::{Block, Page};
use super::{Options, hidden, promos};
use crate::cues::Cues;
use crate::spans::Reason;
use crate::text::Level;

/// The ranges of a kept block's text that are left out, in order and apart, each with its reason.
pub fn find(page: &Page, block: &Block, cues: &Cues, options: &Options) -> Vec<(Range<usize>, Reason)> {
    let promos = if options.level > Some(Level::Gentle) { promos::find(page, block, cues) } else { Vec::new() };
    let pieces = hidden::inside(page, block);
    let apart = |piece: &Range<usize>| promos.iter().all(|promo| promo.end <= piece.start || piece.end <= promo.start);
    let hidden: Vec<_> = pieces.into_iter().filter(apart).map(|piece| (piece, Reason::Hidden)).collect();
    let mut found: Vec<_> = promos.into_iter().map(|promo| (promo, Reason::Related)).collect();
    if !hidden.is_empty() {
        found.extend(hidden);
        found.sort_by_key(|(range, _)| range.start);
    }
    found
}
