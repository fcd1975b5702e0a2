//! What was cut out, where, and why: shared by the HTML and the text strippers.

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

/// A removed stretch of the input: byte offsets into the decoded input, and the text as a reader would see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub start: usize,
    pub end: usize,
    pub reason: Reason,
    pub text: String,
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
}

pub const PARTS: [&str; 8] = ["paragraph", "heading", "list", "quote", "table", "caption", "title", "subtitle"];

/// A kept stretch of a page: byte offsets into the decoded page, and its text as it stands in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub start: usize,
    pub end: usize,
    pub part: Part,
    pub text: String,
}
