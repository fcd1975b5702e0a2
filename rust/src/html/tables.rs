//! Tables of data stay or go whole: what a cell of numbers is the model cannot tell.

use super::parse::{NO_ELEMENT, Page};
use super::segment::Verdict;
use super::tags::Tag;
use crate::spans::Reason;

/// Cells of a table, at least and at most; what has fewer is a frame of the page, what has more too long to be looked at whole.
const CELLS: std::ops::RangeInclusive<usize> = 4..=1000;
/// Longest cell of a table of data, in characters.
const CELL: usize = 120;
/// How far above a block its table is looked for, and above a neighbour the box of the table.
const LEVELS: usize = 16;
/// Most links, one to so many cells.
const LINKED: usize = 3;

/// Keeps all cells of a table of data that stands between two kept blocks of its box, or of which most is kept, and else leaves out all.
pub fn keep_whole(page: &Page, verdicts: &mut [Verdict]) {
    let mut at = 0;
    while at < verdicts.len() {
        let table = table_of(page, at);
        let end = (at..verdicts.len()).find(|&other| table == NO_ELEMENT || table_of(page, other) != table);
        let end = end.unwrap_or(verdicts.len()).max(at + 1);
        let cells = at..end;
        if table != NO_ELEMENT && is_of_data(page, cells.clone()) {
            let parent = page.elements[table as usize].parent;
            let beside = |other: Option<usize>| {
                other.is_some_and(|other| verdicts[other].is_none() && is_in(page, page.blocks[other].element, parent))
            };
            let between = beside(at.checked_sub(1)) && beside(Some(end).filter(|&end| end < verdicts.len()));
            let bytes = |kept: bool| {
                let of = |at: &usize| verdicts[*at].is_none() == kept;
                cells.clone().filter(of).map(|at| page.blocks[at].text.len()).sum::<usize>()
            };
            let (kept, left_out) = (bytes(true), bytes(false));
            let named = cells.clone().any(|at| !matches!(verdicts[at], None | Some(Reason::Other)));
            if kept > 0 && left_out > 0 || between && !named {
                let verdict = if kept > left_out || between && !named { None } else { Some(Reason::Other) };
                let open = |verdict: &&mut Verdict| matches!(verdict, None | Some(Reason::Other));
                verdicts[cells].iter_mut().filter(open).for_each(|cell| *cell = verdict);
            }
        }
        at = end;
    }
}

/// The nearest table around a block that stands in one of its cells.
fn table_of(page: &Page, block: usize) -> u32 {
    let mut at = page.blocks[block].element;
    let mut cell = false;
    for _ in 0..LEVELS {
        let Some(element) = page.elements.get(at as usize) else { break };
        cell |= matches!(element.tag, Tag::Td | Tag::Th);
        if element.tag == Tag::Table {
            return if cell { at } else { NO_ELEMENT };
        }
        at = element.parent;
    }
    NO_ELEMENT
}

/// Whether all cells are short and few of them are links.
fn is_of_data(page: &Page, cells: std::ops::Range<usize>) -> bool {
    let count = cells.len();
    let links: usize = page.blocks[cells.clone()].iter().filter(|block| block.links > 0).count();
    CELLS.contains(&count)
        && links * LINKED <= count
        && page.blocks[cells].iter().all(|block| block.text.of(&page.text).chars().nth(CELL).is_none())
}

/// Whether an element is in another one, at most so many levels up.
pub fn is_in(page: &Page, element: u32, outer: u32) -> bool {
    let mut at = element;
    for _ in 0..LEVELS {
        let Some(found) = page.elements.get(at as usize) else { break };
        if at == outer {
            return true;
        }
        at = found.parent;
    }
    outer == NO_ELEMENT
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    const OTHER: Verdict = Some(Reason::Other);
    const TABLE: &str = "<table><tr><th>City<th>Price<tr><td>Northtown<td>71</table>";

    fn kept(source: &str, verdicts: &[Verdict]) -> Vec<bool> {
        let page = parse(source);
        let mut verdicts = verdicts.to_vec();
        assert_eq!(verdicts.len(), page.blocks.len(), "{source}");
        keep_whole(&page, &mut verdicts);
        verdicts.iter().map(Option::is_none).collect()
    }

    #[test]
    fn a_table_between_paragraphs_is_kept_whole() {
        let source = format!("<article><p>a</p>{TABLE}<p>b</p></article>");
        assert_eq!(kept(&source, &[None, None, OTHER, OTHER, OTHER, None]), [true; 6]);
        assert_eq!(kept(&source, &[None, OTHER, OTHER, OTHER, OTHER, None]), [true; 6]);
    }

    #[test]
    fn a_table_elsewhere_goes_with_most_of_it() {
        let source = format!("<article><p>a</p>{TABLE}</article>");
        assert_eq!(kept(&source, &[None, None, None, None, OTHER]), [true; 5]);
        assert_eq!(kept(&source, &[None, OTHER, OTHER, OTHER, None]), [true, false, false, false, false]);
    }

    #[test]
    fn tables_that_frame_a_page_or_name_another_part_are_left_alone() {
        let link = "<td><a href=/1>x</a>";
        let links = format!("<p>a</p><table><tr>{link}{link}{link}{link}</table><p>b</p>");
        assert_eq!(kept(&links, &[None, OTHER, OTHER, OTHER, OTHER, None]), [true, false, false, false, false, true]);
        let source = format!("<p>a</p>{TABLE}<p>b</p>");
        let ad = Some(Reason::Ad);
        assert_eq!(kept(&source, &[None, ad, ad, ad, ad, None]), [true, false, false, false, false, true]);
    }
}
