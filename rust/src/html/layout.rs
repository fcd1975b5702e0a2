//! A page's blocks seen from above: where each stands among the others, and how much text every element holds.

use super::above::{Above, FAR, HEADING, NameScores, look_up};
use super::grams::Identity;
use super::meta::Meta;
use super::parse::{NO_ELEMENT, Page};
use super::shape::{Classes, Shape, shape};
use super::tags::Tag;

/// What an element's text amounts to, its descendants' included; bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mass {
    pub text: u32,
    pub linked: u32,
    pub prose: u32,
    pub blocks: u32,
}

#[derive(Debug, Clone, Copy)]
pub struct BlockView {
    pub shape: Shape,
    pub linked: f32,
    pub bold: f32,
    pub prose: bool,
    /// The nearest element that breaks lines.
    pub container: u32,
    /// Into [`Layout::above`].
    pub above: u32,
    /// Of the block's text, and of the tags and names around it.
    pub text_hash: u64,
    pub signature: u64,
    /// Into [`Layout::groups`] and [`Layout::copies`].
    pub group: u32,
    pub copy: u32,
    /// Earlier blocks with the same text, counted to 9.
    pub earlier: u8,
}

/// Blocks whose surroundings have the same tags and names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Group {
    pub count: u32,
    pub words: u32,
    pub text: u32,
    pub linked: u32,
    pub sentences: u32,
}

type Numbers = std::collections::HashMap<u64, u32, std::hash::BuildHasherDefault<Identity>>;

pub struct Layout<'a> {
    pub page: &'a Page,
    pub meta: &'a Meta,
    pub blocks: Vec<BlockView>,
    pub mass: Vec<Mass>,
    /// The last element inside each element; elements are in document order.
    last: Vec<u32>,
    /// The nearest element that breaks lines, and the nearest `<article>`, of each element.
    containers: Vec<u32>,
    pub articles: Vec<u32>,
    pub above: Vec<Above>,
    /// Blocks alike.
    pub groups: Vec<Group>,
    /// How many blocks have one text.
    pub copies: Vec<u32>,
    pub total: Mass,
    /// From one heading to the next: (first block, sums), and the section of each block.
    pub sections: Vec<(u32, Group)>,
    pub section_of: Vec<u32>,
    /// The deepest elements that hold more than half, and nearly all, of the page's prose.
    pub half: u32,
    pub most: u32,
}

impl<'a> Layout<'a> {
    pub fn new(source: &str, page: &'a Page, meta: &'a Meta, names: &impl NameScores) -> Self {
        let mut last: Vec<u32> = (0..page.elements.len() as u32).collect();
        for at in (0..page.elements.len()).rev() {
            let parent = page.elements[at].parent;
            if parent != NO_ELEMENT {
                last[parent as usize] = last[parent as usize].max(last[at]);
            }
        }
        let mut containers: Vec<u32> = Vec::with_capacity(page.elements.len());
        let mut articles: Vec<u32> = Vec::with_capacity(page.elements.len());
        for (at, element) in page.elements.iter().enumerate() {
            let outer = containers.get(element.parent as usize).copied().unwrap_or(NO_ELEMENT);
            let around = articles.get(element.parent as usize).copied().unwrap_or(NO_ELEMENT);
            articles.push(if element.tag == Tag::Article { at as u32 } else { around });
            containers.push(if element.tag.is_block() { at as u32 } else { outer });
        }
        let (entries, place, signatures) = look_up(source, page, names);
        let mut mass = vec![Mass::default(); page.elements.len()];
        let mut total = Mass::default();
        let (mut groups, mut group_of): (Vec<Group>, Numbers) = Default::default();
        let (mut copies, mut copy_of): (Vec<u32>, Numbers) = Default::default();
        let classes = Classes::known();
        let mut blocks = Vec::with_capacity(page.blocks.len());
        let mut sections = vec![(0, Group::default())];
        let mut section_of = Vec::with_capacity(page.blocks.len());
        for (at, block) in page.blocks.iter().enumerate() {
            let text = block.text.of(&page.text);
            let bytes = block.text.len().max(1) as f32;
            let shape = shape(text, classes);
            let linked = block.link_bytes as f32 / bytes;
            let prose = linked < 0.4
                && (shape.words >= 20 || (shape.words >= 8 && shape.sentences + shape.ends_sentence as u32 > 0));
            let container = containers.get(block.element as usize).copied().unwrap_or(NO_ELEMENT);
            let above = place.get(block.element as usize).copied().unwrap_or(0);
            let signature = signatures.get(block.element as usize).copied().unwrap_or(0);
            let text_hash = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
            let own = Mass {
                text: block.text.len() as u32,
                linked: block.link_bytes,
                prose: if prose { block.text.len() as u32 } else { 0 },
                blocks: 1,
            };
            add(&mut total, own);
            if let Some(mass) = mass.get_mut(container as usize) {
                add(mass, own);
            }
            let group = *group_of.entry(signature).or_insert(groups.len() as u32);
            let copy = *copy_of.entry(text_hash).or_insert(copies.len() as u32);
            groups.resize(groups.len().max(group as usize + 1), Group::default());
            copies.resize(copies.len().max(copy as usize + 1), 0);
            if let Some(group) = groups.get_mut(group as usize) {
                group.count += 1;
                group.words += shape.words;
                group.text += own.text;
                group.linked += own.linked;
                group.sentences += shape.ends_sentence as u32;
            }
            let earlier =
                copies.get_mut(copy as usize).map_or(0, |copies| std::mem::replace(copies, *copies + 1)).min(9) as u8;
            let heading = |above: u32| above_heading(&entries, above);
            if heading(above) && blocks.last().is_none_or(|before: &BlockView| before.container != container) {
                sections.push((at as u32, Group::default()));
            }
            section_of.push(sections.len() as u32 - 1);
            if let Some((_, section)) = sections.last_mut()
                && !heading(above)
            {
                section.count += 1;
                section.words += shape.words;
                section.text += own.text;
                section.linked += own.linked;
                section.sentences += shape.sentences;
            }
            let bold = block.bold_bytes as f32 / bytes;
            blocks.push(BlockView {
                shape,
                linked,
                bold,
                prose,
                container,
                above,
                text_hash,
                signature,
                group,
                copy,
                earlier,
            });
        }
        for at in (0..page.elements.len()).rev() {
            let parent = page.elements[at].parent;
            if parent != NO_ELEMENT {
                let own = mass[at];
                add(&mut mass[parent as usize], own);
            }
        }
        let holds = |share: f32| {
            let wanted = (total.prose as f32 * share) as u32;
            (0..mass.len())
                .rev()
                .filter(|&at| total.prose > 0 && mass[at].prose > wanted)
                .max_by_key(|&at| (page.elements[at].depth, std::cmp::Reverse(at)))
                .map_or(NO_ELEMENT, |at| at as u32)
        };
        let (half, most) = (holds(0.55), holds(0.85));
        let above = entries;
        Layout {
            page,
            meta,
            blocks,
            mass,
            last,
            containers,
            articles,
            above,
            groups,
            copies,
            total,
            sections,
            section_of,
            half,
            most,
        }
    }

    /// True where `outer` is `inner` or holds it.
    pub fn holds(&self, outer: u32, inner: u32) -> bool {
        outer == NO_ELEMENT
            || (inner != NO_ELEMENT
                && outer <= inner
                && self.last.get(outer as usize).is_some_and(|&last| inner <= last))
    }

    pub fn parent(&self, element: u32) -> u32 {
        self.page.elements.get(element as usize).map_or(NO_ELEMENT, |element| element.parent)
    }

    /// The line-breaking element around `element`.
    pub fn outer(&self, element: u32) -> u32 {
        self.containers.get(self.parent(element) as usize).copied().unwrap_or(NO_ELEMENT)
    }

    /// Levels from `element` up to the first that holds `other`, counted to `FAR`.
    pub fn climb(&self, element: u32, other: u32) -> u8 {
        let mut at = element;
        for level in 0..FAR {
            if self.holds(at, other) {
                return level;
            }
            at = self.parent(at);
        }
        FAR
    }

    /// [`Layout::climb`] from one element to the other and back, at the price of once.
    pub fn apart(&self, one: u32, other: u32) -> (u8, u8) {
        let depth = |element: u32| self.page.elements.get(element as usize).map_or(0, |element| element.depth + 1);
        let up = self.climb(one, other);
        if up == FAR {
            return (up, self.climb(other, one));
        }
        // Where the ways up meet.
        let meeting = depth(one).saturating_sub(up as u32);
        (up, (depth(other) - meeting.min(depth(other))).min(FAR as u32) as u8)
    }
}

fn above_heading(entries: &[Above], above: u32) -> bool {
    entries.get(above as usize).is_some_and(|entry| entry.tags[HEADING] <= 2)
}

fn add(sum: &mut Mass, mass: Mass) {
    sum.text = sum.text.saturating_add(mass.text);
    sum.linked = sum.linked.saturating_add(mass.linked);
    sum.prose = sum.prose.saturating_add(mass.prose);
    sum.blocks = sum.blocks.saturating_add(mass.blocks);
}
