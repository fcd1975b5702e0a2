//! What the model knows of a block. No words of any language, no address: shapes, places, tags, names, neighbours.

use super::above::{FAR, HEADING, NEAR_TAGS};
use super::facts::Facts;
use super::forest::{ABREAST, Lines};
use super::grams::hash_words;
use super::layout::{BlockView, Mass};
use super::names::KINDS;
use super::parse::{Break, NO_ELEMENT};
use super::shape::Shape;

/// Takes features one by one; rows take the values, the list of names takes the names.
pub trait Sink {
    fn put(&mut self, name: &str, value: f32);
}

/// Most features of a block.
pub const WIDTH: usize = 256;

/// The features of a block, in order: one column of [`Lines`].
pub struct Row<'a> {
    lines: &'a mut Lines,
    lane: usize,
    length: u8,
}

impl<'a> Row<'a> {
    #[inline(always)]
    pub fn new(lines: &'a mut Lines, lane: usize) -> Row<'a> {
        Row { lines, lane: lane % ABREAST, length: 0 }
    }

    /// Takes the features of another block.
    pub fn copy(&mut self, lines: &Lines, lane: usize) {
        for (own, other) in self.lines.iter_mut().zip(lines) {
            own[self.lane] = other[lane % ABREAST];
        }
    }
}

impl Sink for Row<'_> {
    #[inline(always)]
    fn put(&mut self, _: &str, value: f32) {
        self.lines[self.length as usize][self.lane] = value;
        self.length = self.length.wrapping_add(1);
    }
}

impl Sink for Vec<String> {
    fn put(&mut self, name: &str, _: f32) {
        self.push(name.to_string());
    }
}

/// A neighbour's features, under its own names.
macro_rules! put_neighbour {
    ($facts:expr, $at:expr, $view:expr, $sink:expr, $prefix:literal, $steps:literal, $way:ident) => {
        let other = put_neighbour!(@place $way, $at, $steps);
        let layout = $facts.layout;
        let other = other.and_then(|other| layout.blocks.get(other));
        let shape = other.map(|other| other.shape).unwrap_or_default();
        $sink.put(concat!($prefix, "_words"), other.map_or(-1.0, |_| log(shape.words)));
        $sink.put(concat!($prefix, "_linked"), other.map_or(-1.0, |other| other.linked));
        $sink.put(concat!($prefix, "_ends_sentence"), shape.ends_sentence as u8 as f32);
        $sink.put(concat!($prefix, "_heading"), other.map_or(15.0, |other| layout.above[other.above as usize].tags[HEADING] as f32));
        $sink.put(concat!($prefix, "_names"), other.map_or(0.0, |other| layout.above[other.above as usize].sum));
        let (climb, descend) = put_neighbour!(@apart $way, $facts, $at, $steps);
        $sink.put(concat!($prefix, "_climb"), climb as f32);
        $sink.put(concat!($prefix, "_descend"), descend as f32);
        $sink.put(concat!($prefix, "_alike"), other.is_some_and(|other| other.signature == $view.signature) as u8 as f32);
    };
    (@place back, $at:expr, $steps:literal) => { $at.checked_sub($steps) };
    (@place on, $at:expr, $steps:literal) => { Some($at + $steps) };
    (@apart back, $facts:expr, $at:expr, $steps:literal) => {{
        let (up, down) = $at.checked_sub($steps).and_then(|at| $facts.apart.get(at)).map_or((FAR, FAR), |apart| apart[$steps - 1]);
        (down, up)
    }};
    (@apart on, $facts:expr, $at:expr, $steps:literal) => {
        $facts.apart.get($at).map_or((FAR, FAR), |apart| apart[$steps - 1])
    };
}

fn log(value: u32) -> f32 {
    log_of(value as f32)
}

/// Nearly the binary logarithm of a number plus one: exponent and leading bits, the same on every machine.
pub fn log_of(value: f32) -> f32 {
    let bits = (value + 1.0).to_bits();
    (bits as f32 - 1_065_353_216.0) / 8_388_608.0
}

pub fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

impl Facts<'_> {
    /// Appends the features of block `at`. Inlined where rows are filled: with each value's place known it takes half the time.
    #[inline(always)]
    pub fn put(&self, at: usize, sink: &mut impl Sink) {
        let layout = self.layout;
        let (Some(view), Some(block)) = (layout.blocks.get(at), layout.page.blocks.get(at)) else { return };
        put_shape(view, sink);
        sink.put("before", block.before as u8 as f32);
        sink.put("after", layout.page.blocks.get(at + 1).map_or(Break::Block, |next| next.before) as u8 as f32);
        sink.put("links", (block.links as f32).min(20.0));
        sink.put("images", (block.images as f32).min(10.0));
        sink.put("preformatted", block.preformatted as u8 as f32);
        self.put_above(view, sink);
        self.put_place(at, view, sink);
        self.put_containers(view, sink);
        self.put_likeness(at, sink);
        put_neighbour!(self, at, view, sink, "back1", 1, back);
        put_neighbour!(self, at, view, sink, "back2", 2, back);
        put_neighbour!(self, at, view, sink, "on1", 1, on);
        put_neighbour!(self, at, view, sink, "on2", 2, on);
        self.put_window(at, sink);
        self.put_section(at, sink);
        self.put_page(sink);
    }

    #[inline(always)]
    fn put_above(&self, view: &BlockView, sink: &mut impl Sink) {
        let above = &self.layout.above[view.above as usize];
        for (&level, (_, name)) in above.kinds.iter().zip(KINDS) {
            sink.put(name, level as f32);
        }
        for (&level, (name, _)) in above.tags.iter().zip(NEAR_TAGS) {
            sink.put(name, level as f32);
        }
        sink.put("hidden_mark", above.hidden as f32);
        sink.put("item", above.item as f32);
        sink.put("names_own", above.own);
        sink.put("names_least", above.least);
        sink.put("names_most", above.most);
        sink.put("names_sum", above.sum);
        let page = self.layout.page;
        sink.put(
            "depth",
            page.elements.get(view.container as usize).map_or(0.0, |element| element.depth.min(60) as f32),
        );
        let heading = super::meta::nearest_heading(page, view.container);
        sink.put("heading_level", heading.map_or(7.0, |level| level as f32));
        sink.put(
            "container",
            page.elements.get(view.container as usize).map_or(0.0, |element| element.tag.rank() as f32),
        );
    }

    #[inline(always)]
    fn put_place(&self, at: usize, view: &BlockView, sink: &mut impl Sink) {
        let total = self.layout.total;
        let count = self.layout.blocks.len() as u32;
        sink.put("place", share(at as u32, count));
        sink.put("text_before", share(self.text_before[at], total.text));
        sink.put("prose_before", share(self.prose_before[at], total.prose));
        sink.put("since_prose", self.since_prose[at] as f32);
        sink.put("until_prose", self.until_prose[at] as f32);
        let (blocks, text) = match self.headline {
            None => (-99.0, -99.0),
            Some(headline) => (
                (at as f32 - headline as f32).clamp(-50.0, 200.0),
                self.text_before[at] as f32 - self.text_before[headline] as f32,
            ),
        };
        sink.put("headline_blocks", blocks);
        sink.put("headline_text", text.clamp(-3000.0, 30000.0));
        self.put_headline(at, view, sink);
        let layout = self.layout;
        for (name, main) in [("half", layout.half), ("most", layout.most)] {
            // Inside the main element: how deep below it.
            let inside = main != NO_ELEMENT && layout.holds(main, view.container);
            let below = |element: u32| layout.page.elements.get(element as usize).map_or(0, |element| element.depth);
            let depth = match main {
                NO_ELEMENT => -(FAR as f32),
                _ if inside => (below(view.container) - below(main)).min(10) as f32,
                _ => -(layout.climb(view.container, main) as f32),
            };
            sink.put(name, depth);
        }
    }

    /// Whether the block belongs to the article of the headline, or to another that the page goes on with.
    #[inline(always)]
    fn put_headline(&self, at: usize, view: &BlockView, sink: &mut impl Sink) {
        let layout = self.layout;
        let headline = self.headline.and_then(|headline| layout.blocks.get(headline)).map(|view| view.container);
        sink.put("headline_climb", headline.map_or(-1.0, |headline| layout.climb(view.container, headline) as f32));
        let article = layout.articles.get(view.container as usize).copied().unwrap_or(NO_ELEMENT);
        let belongs = match headline {
            _ if article == NO_ELEMENT => 0.0,
            None => 1.0,
            Some(headline) if layout.holds(article, headline) => 3.0,
            Some(_) => 2.0,
        };
        sink.put("article_headline", belongs);
        let mass = layout.mass.get(article as usize).copied().unwrap_or_default();
        sink.put("article_of_page", share(mass.prose, layout.total.prose));
        let number = self.heading_before[at];
        sink.put("heading_before", number.0 as f32);
        sink.put("headlines_since", number.1.min(9) as f32);
        sink.put("linked_since_prose", log(self.linked_since_prose[at]));
        sink.put("words_since_prose", log(self.words_since_prose[at]));
        sink.put("words_until_prose", log(self.words_until_prose[at]));
    }

    /// What the elements around a block hold.
    #[inline(always)]
    fn put_containers(&self, view: &BlockView, sink: &mut impl Sink) {
        let layout = self.layout;
        let mut element = view.container;
        for (mass_name, link_name, prose_name, blocks_name, page_name) in [
            ("mass1", "linked1", "prose1", "blocks1", "of_page1"),
            ("mass2", "linked2", "prose2", "blocks2", "of_page2"),
            ("mass3", "linked3", "prose3", "blocks3", "of_page3"),
            ("mass4", "linked4", "prose4", "blocks4", "of_page4"),
        ] {
            let mass: Mass = layout.mass.get(element as usize).copied().unwrap_or(layout.total);
            sink.put(mass_name, log(mass.text));
            sink.put(link_name, share(mass.linked, mass.text));
            sink.put(prose_name, share(mass.prose, mass.text));
            sink.put(blocks_name, log(mass.blocks));
            sink.put(page_name, share(mass.prose, layout.total.prose));
            element = layout.outer(element);
        }
        let group = layout.groups.get(view.group as usize).copied().unwrap_or_default();
        sink.put("group_blocks", log(group.count));
        sink.put("group_words", share(group.words, group.count));
        sink.put("group_linked", share(group.linked, group.text));
        sink.put("group_sentences", share(group.sentences, group.count));
        sink.put("group_of_page", share(group.text, layout.total.text));
        sink.put("earlier_copies", view.earlier as f32);
        sink.put("copies", layout.copies.get(view.copy as usize).copied().unwrap_or(1).min(9) as f32);
    }

    /// What the page says about itself, and how much of that the block repeats.
    #[inline(always)]
    fn put_likeness(&self, at: usize, sink: &mut impl Sink) {
        let page = self.layout.page;
        let mut words = Vec::new();
        let text = page.blocks[at].text.of(&page.text);
        let compared = !self.body.is_empty() || text.len() < 1200;
        if compared {
            hash_words(text, &mut words);
        }
        sink.put("in_title", self.title.words(&words));
        sink.put(
            "of_title",
            if self.title.is_empty() { 0.0 } else { (words.len() as f32 / self.title.len() as f32).min(9.0) },
        );
        sink.put("in_description", self.description.trigrams(&words));
        sink.put("in_body", if self.body.is_empty() { -1.0 } else { self.body.trigrams(&words) });
    }

    #[inline(always)]
    fn put_window(&self, at: usize, sink: &mut impl Sink) {
        let sums = |at: usize| self.before.get(at).or(self.before.last()).copied().unwrap_or_default();
        for (reach, words_name, linked_name, sentences_name) in
            [(3, "words7", "linked7", "sentences7"), (8, "words17", "linked17", "sentences17")]
        {
            let (from, to) = (sums(at.saturating_sub(reach)), sums(at + reach + 1));
            sink.put(words_name, log(to.words - from.words));
            sink.put(linked_name, share(to.linked - from.linked, to.text - from.text));
            sink.put(sentences_name, log(to.sentences - from.sentences));
        }
    }

    /// What stands between the heading before and the next.
    #[inline(always)]
    fn put_section(&self, at: usize, sink: &mut impl Sink) {
        let layout = self.layout;
        let number = layout.section_of.get(at).copied().unwrap_or(0);
        let (first, section) = layout.sections.get(number as usize).copied().unwrap_or_default();
        sink.put("section_start", (at as u32 - first).min(99) as f32);
        sink.put("section_blocks", log(section.count));
        sink.put("section_words", log(section.words));
        sink.put("section_linked", share(section.linked, section.text));
        sink.put("section_sentences", share(section.sentences, section.count));
        let heading = layout.blocks.get(first as usize).map_or(0, |view| view.above);
        let above = &layout.above[heading as usize];
        sink.put("section_names", if number == 0 { 0.0 } else { above.sum });
    }

    /// The page as a whole, in coarse steps: fine ones would let the trees know single pages again.
    #[inline(always)]
    fn put_page(&self, sink: &mut impl Sink) {
        let layout = self.layout;
        let size = |value: u32| (log(value) * 0.5).floor();
        let part = |value: f32| (value * 4.0).floor();
        sink.put("page_blocks", size(layout.blocks.len() as u32));
        sink.put("page_linked", part(share(layout.total.linked, layout.total.text)));
        sink.put("page_prose", part(share(layout.total.prose, layout.total.text)));
        sink.put("page_prose_blocks", size(self.prose_blocks));
        sink.put("page_headings", size(self.headings));
        sink.put("page_unspaced", part(self.unspaced));
        sink.put("page_comments", (self.comments > 0) as u8 as f32);
        sink.put("page_kind", layout.meta.kind as f32);
        sink.put("page_body", size(self.body.len() as u32));
    }
}

#[inline(always)]
fn put_shape(view: &BlockView, sink: &mut impl Sink) {
    let Shape {
        chars,
        words,
        letters,
        digits,
        capitals,
        punctuation,
        commas,
        sentences,
        unspaced,
        ends_sentence,
        ends_colon,
        bars,
    } = view.shape;
    sink.put("chars", log(chars));
    sink.put("words", log(words));
    sink.put("letters", share(letters, chars));
    sink.put("digits", share(digits, chars));
    sink.put("capitals", share(capitals, letters));
    sink.put("punctuation", share(punctuation, chars));
    sink.put("commas", share(commas, words));
    sink.put("sentences", log(sentences));
    sink.put("word_length", share(chars, words));
    sink.put("unspaced", share(unspaced, letters));
    sink.put("ends_sentence", ends_sentence as u8 as f32);
    sink.put("ends_colon", ends_colon as u8 as f32);
    sink.put("bars", share(bars, words));
    sink.put("linked", view.linked);
    sink.put("bold", view.bold);
    sink.put("prose", view.prose as u8 as f32);
}

/// The names of the features, in their order.
pub fn names() -> Vec<String> {
    let page = super::parse::parse("<p>x</p>");
    let meta = super::meta::Meta::default();
    let layout = super::layout::Layout::new("<p>x</p>", &page, &meta, &super::model::Model::default());
    let mut names = Vec::new();
    Facts::new(&layout).put(0, &mut names);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_rows_have_as_many_values() {
        let names = names();
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(names.len(), distinct.len());
        assert!(names.len() < WIDTH);
        let source = "<h1>a b</h1><div class=x><p>one, two.<p><a href=y>three</a></div>";
        let page = super::super::parse::parse(source);
        let meta = super::super::meta::read(source, &page, "");
        let layout = super::super::layout::Layout::new(source, &page, &meta, &super::super::model::Model::default());
        let facts = Facts::new(&layout);
        for at in 0..page.blocks.len() {
            let mut lines = [[0.0; ABREAST]; WIDTH];
            let mut row = Row::new(&mut lines, at);
            facts.put(at, &mut row);
            assert_eq!(row.length as usize, names.len());
            assert!(lines.as_flattened().iter().all(|value| value.is_finite()));
        }
    }
}
