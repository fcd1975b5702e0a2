//! Words that are labels of a page elsewhere and subheadings here.

use super::lines::{LineCue, is_prose};
use super::shape::{Ending, Page};
use crate::cues::{Form, is_digit, is_word};
use crate::spans::Reason;

/// Longest subheading, in characters, and other subheadings that the article has at least.
const LONGEST: usize = 30;
const OTHERS: usize = 2;

/// "Video" between "Camera" and "Battery", each above a paragraph of a test of telephones: one word of a label, where the article has other
/// short subheadings that no cue knows.
pub(super) fn is_among_subheadings(page: &Page<'_>, at: usize, cue: &LineCue<'_>) -> bool {
    use Reason::*;
    let is_label = cue.alone
        && matches!(cue.hit.form, Form::Label | Form::Alone)
        && matches!(cue.hit.reason, Related | Caption | Comments | Nav | Source | Tags)
        && page.of(&page.lines[at]).chars().all(is_word);
    if !is_label || at == 0 || !is_prose(page, &page.lines[at - 1]) {
        return false;
    }
    page.spend(page.lines.len());
    let below = page.lines[at + 1..].iter().any(|line| is_prose(page, line));
    below && (1..page.lines.len()).filter(|&other| other != at && is_subheading(page, other)).nth(OTHERS - 1).is_some()
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
