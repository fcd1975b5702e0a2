//! What was cut out, where, and why: shared by the HTML and the text strippers.

use std::ops::Range;

/// Why a span was removed. The order is the code in the columns; `REASONS` gives the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    Nav,
    Header,
    Footer,
    Related,
    Promo,
    Ad,
    Caption,
    Credit,
    Share,
    Comments,
    Tags,
    Byline,
    Dateline,
    Title,
    Highlights,
    App,
    Newsletter,
    Source,
    Copyright,
    Template,
    Hidden,
    Rule,
    Other,
    /// What the same article says elsewhere: the lead before a paragraph that begins with it.
    Repeat,
}

impl Reason {
    pub const ALL: [Reason; REASONS.len()] = {
        use Reason::*;
        [
            Nav, Header, Footer, Related, Promo, Ad, Caption, Credit, Share, Comments, Tags, Byline, Dateline, Title,
            Highlights, App, Newsletter, Source, Copyright, Template, Hidden, Rule, Other, Repeat,
        ]
    };

    pub fn name(self) -> &'static str {
        REASONS[self as usize]
    }
}

pub const REASONS: [&str; 24] = [
    "nav",
    "header",
    "footer",
    "related",
    "promo",
    "ad",
    "caption",
    "credit",
    "share",
    "comments",
    "tags",
    "byline",
    "dateline",
    "title",
    "highlights",
    "app",
    "newsletter",
    "source",
    "copyright",
    "template",
    "hidden",
    "rule",
    "other",
    "repeat",
];

/// A stretch of a text to be cut out, or that was, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub start: usize,
    pub end: usize,
    pub reason: Reason,
}

/// What a kept span is. The order is the code in the columns; `PARTS` gives the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Part {
    Paragraph,
    Heading,
    List,
    Quote,
    Table,
    Caption,
    Title,
    Subtitle,
    /// Not shown: the page states it in its JSON-LD.
    Declared,
}

pub const PARTS: [&str; 9] =
    ["paragraph", "heading", "list", "quote", "table", "caption", "title", "subtitle", "declared"];

/// What was kept of a page, or removed from it, in order: byte offsets into the decoded page, and the text as a reader would see it. A page
/// of thousands of leftovers has thousands of spans, so that all their texts lie in one string.
#[derive(Debug, Clone)]
pub struct Spans<Kind> {
    list: Vec<Span<Kind>>,
    texts: String,
}

/// A span, and where its text stands in the string of all.
#[derive(Debug, Clone, Copy)]
struct Span<Kind> {
    start: u32,
    end: u32,
    text: (u32, u32),
    kind: Kind,
}

impl<Kind> Default for Spans<Kind> {
    fn default() -> Self {
        Spans { list: Vec::new(), texts: String::new() }
    }
}

impl<Kind: Copy + PartialEq> Spans<Kind> {
    /// Makes room for so many spans more, of so many bytes of text: what grows step by step takes twice as much.
    pub fn reserve(&mut self, spans: usize, bytes: usize) {
        self.list.reserve_exact(spans);
        self.texts.reserve_exact(bytes);
    }

    /// Adds a span; pages are shorter than 4 GiB.
    pub fn push(&mut self, place: Range<usize>, kind: Kind, text: &str) {
        let from = self.texts.len() as u32;
        self.texts.push_str(text);
        self.list.push(Span {
            start: place.start as u32,
            end: place.end as u32,
            text: (from, self.texts.len() as u32),
            kind,
        });
    }

    /// Adds to the span that was added last.
    pub fn extend_last(&mut self, end: usize, separator: char, text: &str) {
        if let Some(last) = self.list.last_mut() {
            self.texts.push(separator);
            self.texts.push_str(text);
            last.end = end as u32;
            last.text.1 = self.texts.len() as u32;
        }
    }

    /// Puts the spans in order again.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|span| (span.start, span.end));
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many spans there are, and bytes of text.
    pub fn room(&self) -> (usize, usize) {
        (self.list.len(), self.texts.len())
    }

    /// (place in the page, kind, text) of each span.
    pub fn iter(&self) -> impl Iterator<Item = (Range<usize>, Kind, &str)> {
        self.list.iter().map(|span| {
            let (from, to) = span.text;
            let text = self.texts.get(from as usize..to as usize).unwrap_or("");
            (span.start as usize..span.end as usize, span.kind, text)
        })
    }

    /// The offsets of each span, to be changed in order.
    pub fn places(&mut self) -> impl Iterator<Item = (&mut u32, &mut u32)> {
        self.list.iter_mut().map(|span| (&mut span.start, &mut span.end))
    }
}
