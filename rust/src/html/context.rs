//! What the first forest's scores say around a block: the second forest's further features.

use super::features::{Sink, log_of as log};
use super::layout::{FAR, Layout};
use super::parse::NO_ELEMENT;

/// The page under the first scores.
pub struct Context<'a> {
    layout: &'a Layout<'a>,
    scores: &'a [f32],
    /// Words, weighted by score, before each block, and one more for the whole.
    weighed_before: Vec<f32>,
    words_before: Vec<f32>,
    /// Weighed words and words inside each element, and in each group of blocks alike.
    elements: Vec<(f32, f32)>,
    groups: std::collections::HashMap<u64, (f32, f32)>,
    sections: Vec<(f32, f32)>,
    /// The deepest elements that hold more than half, and nearly all, of the weighed words.
    half: u32,
    most: u32,
    /// Blocks to the nearest likely one before and after, counted to 99.
    since: Vec<u8>,
    until: Vec<u8>,
    /// Words of unlikely blocks since the last likely one, and up to the next.
    gap_back: Vec<f32>,
    gap_on: Vec<f32>,
    /// Wide gaps before each block that came after a likely one.
    gaps: Vec<u8>,
    /// The first and last block of the run that gains most when unlikely blocks count against it.
    run: (usize, usize),
    highest: f32,
}

const LIKELY: f32 = 0.5;
const BEYOND: u8 = 99;
/// Words of unlikely blocks that part two stretches of an article, or two articles.
const WIDE: f32 = 40.0;

impl<'a> Context<'a> {
    pub fn new(layout: &'a Layout<'a>, scores: &'a [f32]) -> Self {
        let count = layout.blocks.len().min(scores.len());
        let mut elements = vec![(0f32, 0f32); layout.page.elements.len()];
        let mut groups: std::collections::HashMap<u64, (f32, f32)> = Default::default();
        let mut sections = vec![(0f32, 0f32); layout.sections.len()];
        let (mut weighed_before, mut words_before) = (Vec::with_capacity(count + 1), Vec::with_capacity(count + 1));
        let (mut weighed, mut words) = (0f32, 0f32);
        let mut since = Vec::with_capacity(count);
        let mut distance = BEYOND;
        let (mut run, mut best, mut gain, mut from) = ((0, 0), 0f32, 0f32, 0);
        for (at, (view, &score)) in layout.blocks.iter().zip(scores).enumerate() {
            weighed_before.push(weighed);
            words_before.push(words);
            since.push(distance);
            distance = if score > LIKELY { 1 } else { (distance + 1).min(BEYOND) };
            let own = (view.shape.words as f32 * score, view.shape.words as f32);
            weighed += own.0;
            words += own.1;
            let section = layout.section_of.get(at).and_then(|&section| sections.get_mut(section as usize));
            let group = groups.entry(view.signature).or_default();
            for sum in [elements.get_mut(view.container as usize), section, Some(group)].into_iter().flatten() {
                sum.0 += own.0;
                sum.1 += own.1;
            }
            if gain <= 0.0 {
                (gain, from) = (0.0, at);
            }
            gain += view.shape.words as f32 * (score - LIKELY);
            if gain > best {
                (best, run) = (gain, (from, at));
            }
        }
        weighed_before.push(weighed);
        words_before.push(words);
        let (mut gap_back, mut gaps) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let (mut gap, mut wide, mut begun) = (0f32, 0u8, false);
        for (view, &score) in layout.blocks.iter().zip(scores) {
            gap_back.push(gap);
            gaps.push(wide);
            if score > LIKELY {
                if begun && gap > WIDE {
                    wide = (wide + 1).min(20);
                }
                (gap, begun) = (0.0, true);
            } else {
                gap += view.shape.words as f32;
            }
        }
        let mut gap_on = vec![0f32; count];
        gap = 0.0;
        for at in (0..count).rev() {
            gap_on[at] = gap;
            gap = if scores[at] > LIKELY { 0.0 } else { gap + layout.blocks[at].shape.words as f32 };
        }
        let mut until = vec![BEYOND; count];
        distance = BEYOND;
        for at in (0..count).rev() {
            until[at] = distance;
            distance = if scores[at] > LIKELY { 1 } else { (distance + 1).min(BEYOND) };
        }
        for at in (0..elements.len()).rev() {
            let parent = layout.page.elements[at].parent;
            if parent != NO_ELEMENT {
                let own = elements[at];
                let sum = &mut elements[parent as usize];
                sum.0 += own.0;
                sum.1 += own.1;
            }
        }
        let holds = |share: f32| {
            (0..elements.len())
                .rev()
                .filter(|&at| weighed > 0.0 && elements[at].0 > weighed * share)
                .max_by_key(|&at| (layout.page.elements[at].depth, std::cmp::Reverse(at)))
                .map_or(NO_ELEMENT, |at| at as u32)
        };
        let (half, most) = (holds(0.55), holds(0.88));
        let highest = scores.iter().copied().fold(0.0, f32::max);
        Context {
            layout,
            scores,
            weighed_before,
            words_before,
            elements,
            groups,
            sections,
            half,
            most,
            since,
            until,
            gap_back,
            gap_on,
            gaps,
            run,
            highest,
        }
    }

    fn mean(&self, from: usize, to: usize) -> f32 {
        let (from, to) = (from.min(self.scores.len()), to.min(self.scores.len()));
        ratio((self.weighed_before[to] - self.weighed_before[from], self.words_before[to] - self.words_before[from]))
    }

    /// Appends the features of block `at`.
    pub fn put(&self, at: usize, sink: &mut impl Sink) {
        let Some(view) = self.layout.blocks.get(at) else { return };
        let score = |place: Option<usize>| place.and_then(|place| self.scores.get(place)).copied().unwrap_or(-1.0);
        sink.put("score", score(Some(at)));
        sink.put("score_back1", score(at.checked_sub(1)));
        sink.put("score_back2", score(at.checked_sub(2)));
        sink.put("score_back3", score(at.checked_sub(3)));
        sink.put("score_back4", score(at.checked_sub(4)));
        sink.put("score_on1", score(Some(at + 1)));
        sink.put("score_on2", score(Some(at + 2)));
        sink.put("score_on3", score(Some(at + 3)));
        sink.put("score_on4", score(Some(at + 4)));
        sink.put("mean_back4", self.mean(at.saturating_sub(4), at));
        sink.put("mean_on4", self.mean(at + 1, at + 5));
        sink.put("mean_back12", self.mean(at.saturating_sub(12), at));
        sink.put("mean_on12", self.mean(at + 1, at + 13));
        let total = self.weighed_before[self.scores.len()];
        sink.put("score_before", if total > 0.0 { self.weighed_before[at] / total } else { 0.0 });
        sink.put("score_of_page", ratio((total, self.words_before[self.scores.len()])));
        sink.put("score_words", log(total).floor());
        sink.put("score_highest", self.highest);
        sink.put("since_likely", self.since[at] as f32);
        sink.put("until_likely", self.until[at] as f32);
        sink.put("gap_back", log(self.gap_back[at]));
        sink.put("gap_on", log(self.gap_on[at]));
        sink.put("gaps", self.gaps[at] as f32);
        let (first, last) = self.run;
        let outside = if at < first { at as f32 - first as f32 } else { at.saturating_sub(last) as f32 };
        sink.put("from_run", outside.clamp(-40.0, 40.0));
        let own = (view.shape.words as f32 * self.scores[at], view.shape.words as f32);
        let mut element = view.container;
        for (name, of_page) in [
            ("mean1", "score_of1"),
            ("mean2", "score_of2"),
            ("mean3", "score_of3"),
            ("mean4", "score_of4"),
            ("mean5", "score_of5"),
        ] {
            let whole = (total, self.words_before[self.scores.len()]);
            let sums = self.elements.get(element as usize).copied().unwrap_or(whole);
            sink.put(name, without(sums, own));
            sink.put(of_page, if total > 0.0 { sums.0 / total } else { 0.0 });
            element = self.layout.outer(element);
        }
        let section = self.layout.section_of.get(at).and_then(|&section| self.sections.get(section as usize));
        sink.put("mean_section", without(section.copied().unwrap_or_default(), own));
        let group = self.groups.get(&view.signature).copied().unwrap_or_default();
        sink.put("mean_others", without(group, own));
        for (name, main) in [("score_half", self.half), ("score_most", self.most)] {
            let depth =
                |element: u32| self.layout.page.elements.get(element as usize).map_or(0, |element| element.depth);
            let place = if main == NO_ELEMENT {
                -(FAR as f32)
            } else if self.layout.holds(main, view.container) {
                (depth(view.container) - depth(main)).min(10) as f32
            } else {
                -(self.layout.climb(view.container, main) as f32)
            };
            sink.put(name, place);
        }
    }
}

/// The mean without a block's own part, -1 where nothing else is left.
fn without(sum: (f32, f32), own: (f32, f32)) -> f32 {
    let rest = (sum.0 - own.0, sum.1 - own.1);
    if rest.1 > 0.5 { ratio(rest) } else { -1.0 }
}

fn ratio((weighed, words): (f32, f32)) -> f32 {
    if words > 0.0 { weighed / words } else { 0.0 }
}
