//! Words that are labels of a page elsewhere and subheadings here.

use super::lines::{LineCue, is_prose};
use super::shape::{Ending, Page};
use crate::cues::{Form, is_digit, is_word};
use crate::spans::Reason;

/// Longest subheading, in characters, and other subheadings that the article has at least.
const LONGEST: usize = 30;
const OTHERS: usize = 2;

/// The subheadings of a page that no cue knows.
pub(super) struct Subheadings {
    are_several: bool,
    last_paragraph: Option<usize>,
}

impl Subheadings {
    pub fn of(page: &Page<'_>) -> Subheadings {
        Subheadings {
            are_several: (1..page.lines.len()).filter(|&at| is_subheading(page, at)).nth(OTHERS - 1).is_some(),
            last_paragraph: page.lines.iter().rposition(|line| is_prose(page, line)),
        }
    }
}

/// "Video" between "Camera" and "Battery", each above a paragraph of a test of telephones: one word of a label, where the article has other
/// short subheadings that no cue knows.
pub(super) fn is_among_subheadings<'a>(
    page: &Page<'_>,
    at: usize,
    cue: &LineCue<'_>,
    others: impl Fn() -> &'a Subheadings,
) -> bool {
    use Reason::*;
    let is_label = cue.alone
        && matches!(cue.hit.form, Form::Label | Form::Alone)
        && matches!(cue.hit.reason, Related | Caption | Comments | Nav | Source | Tags)
        && page.of(&page.lines[at]).chars().all(is_word);
    is_label
        && at > 0
        && is_prose(page, &page.lines[at - 1])
        && others().are_several
        && others().last_paragraph.is_some_and(|last| last > at)
}

fn is_subheading(page: &Page<'_>, at: usize) -> bool {
    let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
    line.chars <= LONGEST
        && line.ending == Ending::Open
        && page.known[at].hit.is_none()
        && text.starts_with(is_word)
        && text.ends_with(is_word)
        && !text.contains(is_digit)
        && page.lines.get(at + 1).is_some_and(|next| is_prose(page, next))
        && is_prose(page, &page.lines[at - 1])
}
