//! Links whose tags were escaped twice, so that they stand in the text: `&lt;A HREF="…"&gt;Name&lt;/A&gt;`.

use super::shape::Page;
use crate::spans::{Cut, Reason};

/// Longest tag, in bytes.
const TAG: usize = 400;
const OPEN: &str = "&lt;";
const CLOSE: &str = "&gt;";

/// Cuts the tags; what the link is called stays. A tag without an address may be one that the article tells of.
pub(super) fn find(page: &Page<'_>, cuts: &mut Vec<Cut>) {
    // the tag that ends a link has a slash
    if !page.lines.iter().any(|line| line.may_link) {
        return;
    }
    let text: &str = &page.text;
    let mut linked = false;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some(tag) = text[at..].strip_prefix(OPEN) else { continue };
        let closes = tag.len() >= 6 && tag.as_bytes()[..2].eq_ignore_ascii_case(b"/a") && tag[2..].starts_with(CLOSE);
        let length = if closes { linked.then_some(2) } else { of_link(tag) };
        if let Some(length) = length {
            linked = !closes;
            cuts.push(Cut { start: at, end: at + OPEN.len() + length + CLOSE.len(), reason: Reason::Hidden });
        }
    }
}

/// The bytes of `A HREF="…"` before its end.
fn of_link(tag: &str) -> Option<usize> {
    const LINK: &[u8] = b"a href=";
    let begins = tag.len() > LINK.len() && tag.as_bytes()[..LINK.len()].eq_ignore_ascii_case(LINK);
    let near = &tag.as_bytes()[..tag.len().min(TAG)];
    let end = if begins { memchr::memmem::find(near, CLOSE.as_bytes()) } else { None };
    end.filter(|&end| !tag[..end].contains('\n'))
}
