//! Article text out of HTML pages.

pub mod above;
pub mod byline;
pub mod canonical;
pub mod captions;
pub mod chances;
pub mod declared;
pub mod decode;
pub mod entities;
pub mod facts;
pub mod features;
pub mod forest;
pub mod grams;
pub mod headline;
pub mod hidden;
pub mod inserts;
pub mod json_ld;
pub mod language;
pub mod layout;
pub mod line;
pub mod lists;
pub mod logo;
pub mod markdown;
pub mod meta;
pub mod microdata;
pub mod model;
pub mod names;
pub mod parse;
pub mod person;
pub mod placeholders;
pub mod promos;
pub mod render;
pub mod script;
pub mod segment;
pub mod shape;
pub mod site_name;
pub mod tables;
pub mod tags;
pub mod topics;
pub mod training;
pub mod unshown;

use std::borrow::Cow;

use crate::cues::Cues;
use crate::error::{Error, Result};
use crate::spans::{Part, Reason, Spans};
use crate::templates::{self, Recurring};
use crate::text::Level;
use decode::Decoded;
use model::Model;
use segment::Selected;

/// Longer pages are not read: offsets are 32 bits wide.
const LONGEST_PAGE: usize = 1 << 31;

/// How much of the article the text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The body alone: what two copies of one article share.
    Body,
    /// Also headline, subtitle and captions, where the page has them.
    Full,
}

impl Mode {
    pub fn named(name: &str) -> Option<Mode> {
        match name {
            "body" => Some(Mode::Body),
            "full" => Some(Mode::Full),
            _ => None,
        }
    }
}

/// What is wanted of a page.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    pub mode: Mode,
    /// Mark headings, list items and quotes as Markdown does.
    pub markdown: bool,
    /// How much of the kept text the text stripper may still take; None leaves it as the page has it.
    pub level: Option<Level>,
    pub model: &'a Model,
}

/// A page, read.
#[derive(Debug, Clone, Default)]
pub struct Article<'a> {
    /// The decoded page.
    pub source: Cow<'a, str>,
    /// The body: one line a block, in NFC.
    pub text: String,
    pub meta: meta::Meta,
    pub encoding: &'static str,
    /// Why the page could not be used, or "".
    pub problem: &'static str,
    /// In order; offsets into the decoded page.
    pub kept: Spans<Part>,
    pub removed: Spans<Reason>,
}

pub const UNKNOWN_ENCODING: &str = "unknown character encoding";
const FONT_ENCODING: &str = "x-user-defined: characters of a font, not text";
const OVERFULL: &str = "more than 1,048,576 lines or 4,194,304 elements";
const TOO_LONG: &str = "longer than 2 GiB";

/// Blocks before the article, and of it, in which its date is looked for when the page's metadata has none.
const BEFORE: usize = 8;
const INSIDE: usize = 3;

/// A page and what is known of it: where it came from and what its bytes are said to be, or ""; what a site rule selects in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    pub bytes: &'a [u8],
    pub url: &'a str,
    pub encoding: &'a str,
    pub selected: &'a [Selected],
    /// What recurs on the pages of its host, where that was learnt.
    pub recurring: Option<&'a Recurring>,
}

/// The article of a page.
pub fn extract<'a>(input: Input<'a>, cues: &Cues, options: &Options) -> Article<'a> {
    let Input { bytes, url, encoding, selected, recurring } = input;
    let failed = |problem| Article { problem, ..Article::default() };
    if bytes.len() >= LONGEST_PAGE {
        return failed(TOO_LONG);
    }
    let (source, encoding) = match decode::decode(bytes, encoding) {
        Decoded::Text { text, encoding } => (text, encoding),
        Decoded::Unknown => return failed(UNKNOWN_ENCODING),
        Decoded::FontEncoding => return failed(FONT_ENCODING),
    };
    let mut parted: Vec<usize> = selected.iter().map(|place| place.start).collect();
    parted.sort_unstable();
    let page = parse::parse_parted(&source, &parted);
    if page.is_overfull() {
        return failed(OVERFULL);
    }
    let mut meta = meta::read(&source, &page, url);
    let known = options.level.map(|_| cues);
    let mut verdicts = segment::verdicts(&source, &page, &mut meta, options.model, known, selected);
    if selected.is_empty() {
        tables::keep_whole(&page, &mut verdicts);
    }
    if let Some(recurring) = recurring {
        templates::find_blocks(&page, recurring, &mut verdicts);
    }
    render::name_by_words(&page, &mut verdicts, cues);
    logo::leave_site(&page, &mut meta, &mut verdicts);
    logo::headline_above(&page, &mut meta, &mut verdicts);
    headline::on_page(&page, &meta, &mut verdicts);
    if options.level.is_some() {
        captions::beside_images(&source, &page, cues, &mut verdicts);
        lists::led_by_arrows(&page, cues, &mut verdicts);
        topics::leave_out(&source, &page, cues, &mut verdicts);
    }
    if options.level > Some(Level::Gentle) {
        promos::whole_blocks(&source, &page, cues, &mut verdicts);
    }
    hidden::leave_out(&source, &page, &mut verdicts);
    placeholders::leave_out(&page, &mut verdicts);
    let unshown = if selected.is_empty() { unshown::take(&page, &meta, &mut verdicts) } else { None };
    drop_subtitle_of_body(&source, &page, &verdicts, &mut meta);
    if meta.published.is_empty() && meta.modified.is_empty() {
        let shown = byline::date(&source, &page, &verdicts, cues);
        meta.published = shown.or_else(|| stated_date(&page, &verdicts)).unwrap_or_default();
    }
    // A site can be called after who writes it.
    let is_person = meta.author.contains(' ') && person::is_name(&meta.author) && !meta.names.is_declared(&meta.author);
    let of_site = if meta.author_is_site && !is_person { std::mem::take(&mut meta.author) } else { String::new() };
    if meta.author.is_empty() {
        meta.author = byline::author(&source, &page, &verdicts, cues, &meta.names);
    }
    if meta.author.is_empty() && of_site.is_empty() {
        meta.author = byline::signed(&page, &mut verdicts).unwrap_or_default();
    }
    if meta.author.is_empty() {
        meta.author = byline::led(&page, &verdicts, cues, &meta.names);
    }
    meta.author = person::first_of(person::without_cue(&meta.author, cues), cues).to_string();
    byline::drop_names(&page, &meta.author, &mut verdicts);
    if meta.author.is_empty() || meta.published.is_empty() || meta.modified.is_empty() {
        read_bylines(&page, &verdicts, cues, &mut meta, !of_site.is_empty());
    }
    let render::Rendered { mut text, mut kept, removed } =
        render::render(&source, &page, &mut meta, &verdicts, cues, options);
    if let Some(body) = unshown {
        (text, kept) = unshown::render(&source, &page, &mut meta, body, cues, options.level);
    }
    if meta.author.is_empty() {
        meta.author = of_site;
    }
    meta.author = person::first_of(&meta.author, cues).to_string();
    if meta.headline.is_empty() && page.is_fragment() {
        meta.headline = headline::left_out(&kept, &removed).to_string();
    }
    meta.title = std::mem::take(&mut meta.headline);
    for given in [&mut text, &mut meta.title, &mut meta.subtitle, &mut meta.author, &mut meta.site, &mut meta.tags] {
        canonical::compose(given);
    }
    if !text.is_empty() {
        meta.lang = script::language(&meta.declared_langs, &text);
    }
    Article { source, text, meta, encoding, problem: "", kept, removed }
}

/// A description that only repeats a paragraph of the body is no subtitle, unless the page names it one.
fn drop_subtitle_of_body(source: &str, page: &parse::Page, verdicts: &[segment::Verdict], meta: &mut meta::Meta) {
    let mut kept = page.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()).map(|(block, _)| block);
    if meta.subtitle.is_empty() {
        meta.subtitle = std::mem::take(&mut meta.second_headline);
    } else if let Some(block) = kept.find(|block| block.text.of(&page.text) == meta.subtitle) {
        let named = names::Kinds::new(source, page).around(block.element, 3) & names::kind::SUMMARY != 0;
        if !named {
            meta.subtitle = std::mem::take(&mut meta.second_headline);
        }
    }
}

/// Author and dates from the by-lines that stand around the beginning of the article, where the metadata has none.
fn read_bylines(
    page: &parse::Page,
    verdicts: &[segment::Verdict],
    cues: &Cues,
    meta: &mut meta::Meta,
    site_is_stated: bool,
) {
    let Some(first) = verdicts.iter().position(Option::is_none) else { return };
    let around = first.saturating_sub(BEFORE)..(first + INSIDE).min(page.blocks.len());
    let is_byline = |verdict: &segment::Verdict| matches!(verdict, Some(Reason::Byline | Reason::Dateline));
    if !verdicts[around.clone()].iter().any(is_byline) {
        return;
    }
    let own = |&at: &usize| is_byline(&verdicts[at]) || verdicts[at].is_none();
    let lines: Vec<&str> = around.filter(own).map(|at| page.blocks[at].text.of(&page.text)).collect();
    let text = lines.join("\n");
    let stated = crate::text::strip(
        &text,
        crate::text::Context { cues, level: Level::Normal, title: &meta.title, paragraphs: false },
    );
    // An update that is stated alone is no date of publication.
    let (published, modified) = (stated.published, stated.modified);
    // What is hardly a name does not stand for a site that says that it is the author.
    let name = person::clean(&stated.author);
    let author = name.filter(|name| !site_is_stated || person::is_name(name)).unwrap_or_default();
    for (known, stated) in
        [(&mut meta.author, author), (&mut meta.published, published), (&mut meta.modified, modified)]
    {
        if known.is_empty() {
            *known = stated;
        }
    }
}

/// The dateline that stands just before the article or in its first lines.
fn stated_date(page: &parse::Page, verdicts: &[segment::Verdict]) -> Option<String> {
    let first = verdicts.iter().position(Option::is_none)?;
    let around = page.blocks.get(first.saturating_sub(BEFORE)..(first + INSIDE).min(page.blocks.len()))?;
    let lines: Vec<&str> = around.iter().map(|block| block.text.of(&page.text)).collect();
    crate::dates::find_dateline(&lines.join("\n")).map(|dateline| dateline.published)
}

/// The rows of a binary column, its offsets checked.
pub fn pages<'a>(offsets: &[i64], data: &'a [u8]) -> Result<Vec<&'a [u8]>> {
    if offsets.is_empty() {
        return Err(Error::Argument("a column of pages needs at least one offset".into()));
    }
    let page = |pair: &[i64]| data.get(usize::try_from(pair[0]).ok()?..usize::try_from(pair[1]).ok()?);
    offsets
        .windows(2)
        .map(|pair| {
            page(pair).ok_or_else(|| Error::Argument("page offsets must ascend and stay inside the data".into()))
        })
        .collect()
}

/// The offsets of an article's spans turned from bytes into characters; the kept ones ascend, and so do the removed.
pub fn in_characters(article: &mut Article) {
    let Article { source, kept, removed, .. } = article;
    let (mut kept, mut removed) = (kept.places().peekable(), removed.places().peekable());
    let mut counted = Counted::default();
    loop {
        let next_kept = match (kept.peek(), removed.peek()) {
            (Some(one), Some(other)) => *one.0 <= *other.0,
            (one, other) if one.is_none() && other.is_none() => return,
            (one, _) => one.is_some(),
        };
        if let Some((start, end)) = if next_kept { kept.next() } else { removed.next() } {
            *start = counted.upto(source, *start as usize) as u32;
            *end = counted.upto(source, *end as usize) as u32;
        }
    }
}

/// A place in a text, in bytes and in characters.
#[derive(Default)]
struct Counted {
    bytes: usize,
    characters: usize,
}

impl Counted {
    /// Moves on to a byte, or stays where it lies behind; gives the characters before it.
    fn upto(&mut self, source: &str, at: usize) -> usize {
        let at = at.clamp(self.bytes, source.len());
        self.characters += source.get(self.bytes..at).map_or(0, |text| text.chars().count());
        self.bytes = at;
        self.characters
    }
}
