//! How likely each block is to be of the article: by the model, and by what the blocks alike it are.

use super::above::HEADING;
use super::facts::Facts;
use super::layout::Layout;
use super::model::Model;

/// How likely each block is to be of the article, between 0 and 1.
pub fn chances(layout: &Layout, facts: &Facts, model: &Model) -> Vec<f32> {
    let mut margins = model.forest.margins(layout.blocks.len(), |at, mut row| facts.put(at, &mut row));
    margins.iter_mut().for_each(|margin| *margin = logistic(*margin));
    margins
}

/// Draws each block's chance towards those of its kin: the other blocks with the same tags and names around them, and those in the element
/// around its own. Where most of a list of comments or teasers looks like none of the article's, the one that does not is none either.
/// Only prose without links is drawn up, and half as much: promos and credits stand among paragraphs. Headings and lines
/// of a word or three are judged by themselves.
pub fn lean_on_kin(layout: &Layout, chances: &mut [f32]) {
    const PULL: f64 = 0.35;
    const PULL_UP: f64 = PULL / 2.0;
    const LINKED: f32 = 0.3;
    const SHORT: u32 = 4;
    let mut groups = vec![Kin::default(); layout.groups.len()];
    let mut boxes = vec![Kin::default(); layout.page.elements.len() + 1];
    let last = boxes.len() - 1;
    let kin_of = |at: usize| {
        let view = &layout.blocks[at];
        (view.group as usize, (layout.outer(view.container) as usize).min(last), view.shape.words as f64 + 0.5)
    };
    for (at, &chance) in chances.iter().enumerate() {
        let (group, around, words) = kin_of(at);
        groups[group].add(chance, words);
        boxes[around].add(chance, words);
    }
    for (at, chance) in chances.iter_mut().enumerate() {
        let (group, around, words) = kin_of(at);
        let view = &layout.blocks[at];
        let heading = layout.above[view.above as usize].tags[HEADING] <= 2 || view.bold > 0.9;
        let up = if view.prose && view.linked <= LINKED { PULL_UP } else { 0.0 };
        let down = if heading || view.shape.words < SHORT { 0.0 } else { PULL };
        let own = *chance as f64;
        let pull = |kin: Kin| {
            let way = kin.without(*chance, words).map_or(0.0, |mean| mean - own);
            way * if way > 0.0 { up } else { down }
        };
        *chance = (own + pull(groups[group]) + pull(boxes[around])).clamp(0.0, 1.0) as f32;
    }
}

/// Blocks' words, and how many of them the article is expected to have.
#[derive(Debug, Clone, Copy, Default)]
struct Kin {
    words: f64,
    expected: f64,
}

impl Kin {
    fn add(&mut self, chance: f32, words: f64) {
        self.words += words;
        self.expected += chance as f64 * words;
    }

    /// The others' mean chance.
    fn without(self, chance: f32, words: f64) -> Option<f64> {
        let others = self.words - words;
        (others >= 0.5).then(|| ((self.expected - chance as f64 * words) / others).clamp(0.0, 1.0))
    }
}

/// 1 / (1 + exp(-x)) by arithmetic that is the same on every machine.
fn logistic(x: f32) -> f32 {
    let x = (-x as f64).clamp(-30.0, 30.0) * std::f64::consts::LOG2_E;
    let whole = x.floor();
    let part = x - whole;
    // 2^part by Taylor's series, and the exponent's bits for the rest.
    let z = part * std::f64::consts::LN_2;
    let series = 1.0 + z * (1.0 + z * (0.5 + z * (1.0 / 6.0 + z * (1.0 / 24.0 + z * (1.0 / 120.0 + z / 720.0)))));
    let power = f64::from_bits(((whole as i64 + 1023) as u64) << 52);
    (1.0 / (1.0 + series * power)) as f32
}

#[cfg(test)]
mod tests {
    use super::super::meta::Meta;
    use super::*;

    #[test]
    fn the_logistic_curve_is_near_the_true_one() {
        for step in -200..=200 {
            let x = step as f32 / 10.0;
            assert!((logistic(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-5, "{x}");
        }
        assert!(logistic(f32::MAX) > 0.99 && logistic(f32::MIN) < 0.01);
    }

    #[test]
    fn a_teaser_is_drawn_down_by_its_kin_and_a_heading_is_not() {
        let prose = "one two three four five six seven eight nine.";
        let source =
            format!("<main><p>{prose}<p>{prose}<h2>one two</h2></main><ul><li>{prose}<li>{prose}<li>{prose}</ul>");
        let page = super::super::parse::parse(&source);
        let meta = Meta::default();
        let layout = Layout::new(&source, &page, &meta, &Model::default());
        let before = [0.9, 0.5, 0.6, 0.1, 0.7, 0.1];
        let mut after = before;
        lean_on_kin(&layout, &mut after);
        assert!(after[1] > before[1] && after[4] < 0.4, "{after:?}");
        assert_eq!(after[2], before[2]);
    }
}
