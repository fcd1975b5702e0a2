//! What stands above each element that holds text: kinds of part, tags, marks, and the scores of the names, by distance.

use super::names::{KIND_COUNT, KINDS, kinds_of, values_of, words};
use super::parse::{HIDDEN, MICRODATA, Page};
use super::tags::Tag;

/// Distances up the tree are counted to here.
pub const FAR: u8 = 15;

/// Tags whose distance above a block tells something.
pub const NEAR_TAGS: [(&str, &[Tag]); 16] = [
    ("article", &[Tag::Article]),
    ("main", &[Tag::Main]),
    ("section", &[Tag::Section]),
    ("p", &[Tag::P]),
    ("list", &[Tag::Li, Tag::Dd, Tag::Dt]),
    ("table", &[Tag::Table]),
    ("form", &[Tag::Form, Tag::Fieldset, Tag::Label]),
    ("quote", &[Tag::Blockquote, Tag::Q]),
    ("figure", &[Tag::Figure, Tag::Picture]),
    ("link", &[Tag::A]),
    ("button", &[Tag::Button]),
    ("pre", &[Tag::Pre, Tag::Code]),
    ("heading", &[Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6]),
    ("emphasis", &[Tag::Em, Tag::I, Tag::Small, Tag::Font, Tag::U]),
    ("strong", &[Tag::Strong, Tag::B]),
    ("noscript", &[Tag::Noscript]),
];

/// Places of headings, quotations and `<noscript>` in [`NEAR_TAGS`].
pub const HEADING: usize = 12;
pub const NOSCRIPT: usize = 15;
pub const QUOTE: usize = 7;

/// How far above an element, itself included, its nearest ancestors of each kind are; `FAR` for none.
#[derive(Debug, Clone, Copy)]
pub struct Above {
    pub kinds: [u8; KIND_COUNT],
    pub tags: [u8; NEAR_TAGS.len()],
    pub hidden: u8,
    pub item: u8,
    /// Scores of the names: of the element, the least and the greatest of the way up, and their fading sum.
    pub own: f32,
    pub least: f32,
    pub most: f32,
    pub sum: f32,
}

const NOTHING: Above = Above {
    kinds: [FAR; KIND_COUNT],
    tags: [FAR; NEAR_TAGS.len()],
    hidden: FAR,
    item: FAR,
    own: 0.0,
    least: 0.0,
    most: 0.0,
    sum: 0.0,
};

/// How much a name's score counts one level further down.
const FADING: f32 = 0.8;

/// Scores of the names that class and id attributes use.
pub trait NameScores {
    fn score(&self, word: u32) -> f32;
}

/// Values of class and id that are known at a time: most stand on many elements.
const SEEN: usize = 256;

/// What the words of a class or an id say together.
#[derive(Clone, Copy, Default)]
struct Named<'a> {
    value: &'a str,
    kinds: u32,
    score: f32,
    signature: u64,
}

impl<'a> Named<'a> {
    fn new(value: &'a str, names: &impl NameScores) -> Self {
        let mut named = Named { value, ..Named::default() };
        words(value, |word| {
            named.kinds |= kinds_of(word);
            named.score += names.score(word);
            named.signature = named.signature.wrapping_add((word as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        });
        named
    }
}

/// What stands above the elements that blocks stand in: (distinct entries, entry of each element, signature of each element).
pub fn look_up(source: &str, page: &Page, names: &impl NameScores) -> (Vec<Above>, Vec<u32>, Vec<u64>) {
    let mut wanted = vec![false; page.elements.len()];
    for block in &page.blocks {
        let mut at = block.element;
        while let Some(seen) = wanted.get_mut(at as usize)
            && !*seen
        {
            *seen = true;
            at = page.elements[at as usize].parent;
        }
    }
    let mut entries = Vec::with_capacity(1 + wanted.iter().filter(|&&wanted| wanted).count());
    entries.push(NOTHING);
    let mut place = vec![0u32; page.elements.len()];
    let mut own_signature = vec![0u64; page.elements.len()];
    let mut signatures = vec![0u64; page.elements.len()];
    let mut seen = [Named::default(); SEEN];
    for (at, element) in page.elements.iter().enumerate() {
        if !wanted[at] {
            continue;
        }
        let parent = element.parent as usize;
        let mut entry = place.get(parent).map_or(NOTHING, |&parent| entries[parent as usize]);
        let step = |levels: &mut [u8]| levels.iter_mut().for_each(|level| *level = (*level + 1).min(FAR));
        step(&mut entry.kinds);
        step(&mut entry.tags);
        entry.hidden = (entry.hidden + 1).min(FAR);
        entry.item = (entry.item + 1).min(FAR);
        let mut kinds = super::names::kinds_of_tag(element.tag);
        let mut score = 0f32;
        let mut signature = element.tag as u64 + 1;
        values_of(source, element, |value| {
            let place = xxhash_rust::xxh3::xxh3_64(value.as_bytes()) as usize % SEEN;
            if seen[place].value != value {
                seen[place] = Named::new(value, names);
            }
            let named = &seen[place];
            kinds |= named.kinds;
            // Scores are multiples of 1/256: in any order they have one sum.
            score += named.score;
            signature = signature.wrapping_add(named.signature);
        });
        // A page's frame is named for the page, not for the part: body class="single-post has-sidebar".
        if matches!(element.tag, Tag::Body | Tag::Html) {
            (kinds, score) = (0, 0.0);
        }
        for (level, (kind, _)) in entry.kinds.iter_mut().zip(KINDS) {
            if kinds & kind != 0 {
                *level = 0;
            }
        }
        for (level, (_, tags)) in entry.tags.iter_mut().zip(NEAR_TAGS) {
            if tags.contains(&element.tag) {
                *level = 0;
            }
        }
        if element.marks & HIDDEN != 0 {
            entry.hidden = 0;
        }
        if element.marks & MICRODATA != 0 {
            entry.item = 0;
        }
        let score = score.clamp(-8.0, 8.0);
        entry.own = score;
        entry.least = entry.least.min(score);
        entry.most = entry.most.max(score);
        entry.sum = entry.sum * FADING + score;
        own_signature[at] = signature;
        let above = own_signature.get(parent).copied().unwrap_or(0);
        let further = page
            .elements
            .get(parent)
            .and_then(|parent| own_signature.get(parent.parent as usize))
            .copied()
            .unwrap_or(0);
        signatures[at] =
            signature.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ above.rotate_left(21) ^ further.rotate_left(42);
        place[at] = entries.len() as u32;
        entries.push(entry);
    }
    (entries, place, signatures)
}
