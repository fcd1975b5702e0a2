//! Leftovers out of text that another tool extracted: section headers and the headlines under them, promos, by-lines, captions, credits…
//!
//! A cut needs a cue or a repetition, and the shape and the place that go with it: "शेयर करें" alone on its line is a button, "शेयर बाजार में
//! गिरावट…" is a paragraph. Passes are repeated until nothing more is found, so stripping twice is stripping once. A pass takes over from the
//! one before what is known of each line, and a text that would take more work than [`passes::WORK`] allows comes back as it is.

pub mod batch;
mod bracket;
mod byline;
mod counts;
mod credits;
mod cueless;
mod cuts;
mod dateline;
mod edges;
mod ends;
mod escaped;
mod glued;
mod headlines;
mod inline;
mod invisible;
mod known;
mod lines;
mod lists;
mod machine;
mod masks;
mod menus;
mod names;
mod notes;
mod origin;
mod passes;
mod places;
mod purpose;
mod repeat;
mod sentence;
pub mod shape;
mod shortcodes;
mod signed;
mod stems;
mod subheads;
mod title;
mod zones;

use std::borrow::Cow;

use crate::cues::Cues;
use crate::spans::Cut;
pub(crate) use cuts::Pieces;
use shape::Page;

/// How much goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What stands alone on its line or in its brackets and can be nothing else.
    Gentle,
    Normal,
    /// Also what only position and shape speak for.
    Aggressive,
}

impl Level {
    pub const NAMES: [&str; 3] = ["gentle", "normal", "aggressive"];

    pub fn named(name: &str) -> Option<Level> {
        let at = Level::NAMES.iter().position(|&known| known == name)?;
        Some([Level::Gentle, Level::Normal, Level::Aggressive][at])
    }
}

/// What is known besides the text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub cues: &'a Cues,
    pub level: Level,
    /// The headline where the caller knows it, else "".
    pub title: &'a str,
    /// The lines are paragraphs as their publisher set them: the dateline and the agency in a paragraph of prose belong to it. A text that
    /// a tool extracted may have glued them to it.
    pub paragraphs: bool,
}

/// The article without its leftovers, and what they said about it. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stripped<'a> {
    pub text: Cow<'a, str>,
    pub title: String,
    pub subtitle: String,
    pub author: String,
    /// What stood before the first sentence: place, date, agency.
    pub dateline: String,
    /// ISO 8601; the date of the last change where the text states no other
    pub published: String,
    /// ISO 8601
    pub modified: String,
    /// joined by ", "
    pub tags: String,
    pub removed: Vec<Cut>,
}

pub fn strip<'a>(text: &'a str, context: Context<'a>) -> Stripped<'a> {
    passes::strip_alone(text, context).0
}

/// True where a text reads as running text, not as a label or a headline.
pub fn is_running_text(text: &str) -> bool {
    let page = Page::new(text);
    page.lines.iter().any(|line| lines::is_prose(&page, line))
}

/// The same, or a short sentence or question.
pub fn says_something(text: &str) -> bool {
    let page = Page::new(text);
    (0..page.lines.len()).any(|at| zones::says_something(&page, at))
}
