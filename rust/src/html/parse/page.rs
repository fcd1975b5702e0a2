//! A parsed page: its elements, its blocks of text, and where in the source each comes from.

use super::characters::{CLASS, CONTROL, SPACE};
use crate::html::entities::{self, Reference};
use crate::html::tags::Tag;

pub const NO_ELEMENT: u32 = u32::MAX;
/// A page with more is none for a reader; without bounds a page of "<li>" takes fifty times its size in memory.
pub const MOST_BLOCKS: usize = 1 << 20;
pub const MOST_ELEMENTS: usize = 1 << 22;

/// A stretch of the source, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    pub fn of<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

#[derive(Debug, Clone)]
pub struct Element {
    pub tag: Tag,
    /// `HIDDEN`, `LINK`… as the attributes say.
    pub marks: u8,
    pub depth: u32,
    pub parent: u32,
    /// Where `<` stands in the source.
    pub start: u32,
    /// Where the element's attributes begin; [`Attributes`] reads them.
    pub attributes: u32,
}

/// A browser does not show it: `style="display:none"`, `hidden`, `aria-hidden="true"`, a `<template>`.
pub const HIDDEN: u8 = 1;
/// Has a class, an id, a role or another name worth looking at.
pub const NAMED: u8 = 2;
/// Has `itemprop` or `itemtype`, or is a link with `rel="author"`.
pub const MICRODATA: u8 = 4;
/// Makes a block of its own although it is inline: a site rule names it.
pub const PARTED: u8 = 8;

/// Nobody sees it on a screen: `style="display:none"`, `hidden`, a class for screen readers alone (of inline elements).
pub const UNSEEN: u8 = 16;

/// What separates a block from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// One `<br>`.
    Line,
    /// `<br><br>`.
    Blank,
    /// A block element's start or end.
    Block,
    /// The start or end of an inline element that a site rule names: the line goes on.
    Inline,
}

impl Break {
    pub(super) fn and(self, other: Break) -> Break {
        match (self, other) {
            (Break::Inline, kind) | (kind, Break::Inline) => kind,
            _ => self.max(other),
        }
    }
}

/// Text between two breaks.
#[derive(Debug, Clone)]
pub struct Block {
    /// The deepest element that holds all of it.
    pub element: u32,
    pub before: Break,
    /// Where it stands in [`Page::text`].
    pub text: Span,
    /// Where it stands in the source.
    pub source: Span,
    /// Bytes of text inside links, and inside `<b>`, `<strong>` and the like.
    pub link_bytes: u32,
    pub bold_bytes: u32,
    /// Links that begin in it.
    pub links: u16,
    /// Images since the block before.
    pub images: u16,
    pub preformatted: bool,
}

/// A piece of a block's text that differs from its neighbours in where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Where it begins in [`Page::text`] and in the source.
    pub text: u32,
    pub source: u32,
    /// The `<a href>` that it is in, or `NO_ELEMENT`.
    pub link: u32,
    /// In bold or in italics: inside `<b>`, `<strong>`, `<em>` or `<i>`.
    pub stressed: bool,
    /// Inside an inline element that is [`UNSEEN`].
    pub unseen: bool,
}

/// A parsed page.
#[derive(Default)]
pub struct Page {
    pub elements: Vec<Element>,
    pub blocks: Vec<Block>,
    pub runs: Vec<Run>,
    /// The blocks' texts, one after the other: references resolved, white space folded.
    pub text: String,
    /// Attributes of `<meta>` and `<link>`.
    pub metas: Vec<Span>,
    pub link_tags: Vec<Span>,
    /// Bodies of `<script type="application/ld+json">`.
    pub json_ld: Vec<Span>,
    /// Body of the first `<title>`.
    pub title: Option<Span>,
    /// Attributes of `<html>`.
    pub html: Option<Span>,
    /// `<time datetime>` and elements with `itemprop`, in order.
    pub times: Vec<u32>,
    pub properties: Vec<u32>,
}

impl Page {
    /// Parsing stopped because the page has too many blocks or elements.
    pub fn is_overfull(&self) -> bool {
        self.blocks.len() > MOST_BLOCKS || self.elements.len() > MOST_ELEMENTS
    }

    /// Whether this is a fragment, which someone has cut out of a page already, like the body field of a content system or an item of a feed:
    /// nothing in it belongs to a page around an article.
    pub fn is_fragment(&self) -> bool {
        let around =
            |element: &Element| matches!(element.tag, Tag::Body | Tag::Head | Tag::Nav | Tag::Footer | Tag::Form);
        let is_declared =
            self.html.is_some() || self.title.is_some() || !self.metas.is_empty() || !self.link_tags.is_empty();
        !is_declared && !self.elements.iter().any(around)
    }

    /// The runs of a block, in order.
    pub fn runs_of(&self, block: &Block) -> &[Run] {
        let first = self.runs.partition_point(|run| run.text < block.text.start);
        let runs = self.runs.get(first..).unwrap_or(&[]);
        &runs[..runs.partition_point(|run| run.text < block.text.end)]
    }

    /// Where in the source the character at `at` of [`Page::text`] comes from; from a place found before it goes on.
    pub fn source_of(&self, source: &str, at: u32, cursor: &mut Cursor) -> usize {
        let run = self.runs.partition_point(|run| run.text <= at);
        let Some(run) = run.checked_sub(1).and_then(|run| self.runs.get(run)) else { return 0 };
        let known = (run.text..=at).contains(&cursor.text) && cursor.source >= run.source as usize;
        let (text, begin) = if known { (cursor.text, cursor.source) } else { (run.text, run.source as usize) };
        let mut wanted = (at - text) as usize;
        let mut passed = text as usize;
        let mut rest = source.get(begin..).unwrap_or("");
        // White space before the run's first character belongs to it where the text has a space there.
        while wanted > 0 && !rest.is_empty() {
            let (taken, given) = step(rest);
            wanted = wanted.saturating_sub(given);
            passed += given;
            rest = &rest[taken..];
        }
        *cursor = Cursor { text: passed as u32, source: source.len() - rest.len() };
        cursor.source
    }
}

/// A place of [`Page::text`] and where it comes from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cursor {
    text: u32,
    source: usize,
}

/// One unit of the source: the bytes it takes, and the bytes of text it gives.
fn step(rest: &str) -> (usize, usize) {
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'<' => (memchr::memchr(b'>', bytes).map_or(bytes.len(), |end| end + 1), 0),
        b'&' => match entities::reference(rest) {
            Reference::Char(character, taken) => (taken, character.len_utf8()),
            Reference::Text(text, taken) => (taken, text.len()),
            Reference::None => (1, 1),
        },
        byte if CLASS[byte as usize] == SPACE => {
            (bytes.iter().take_while(|&&byte| CLASS[byte as usize] == SPACE).count(), 1)
        }
        byte if CLASS[byte as usize] == CONTROL => (1, 0),
        _ => {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            (length, length)
        }
    }
}
