//! The kept blocks as Markdown (CommonMark 0.31, tables as in GFM): headings, lists, quotes, tables, preformatted text; what only looks like
//! a mark is escaped.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::parse::{Block, Break, NO_ELEMENT, Page};
use super::tags::Tag;
use crate::spans::Part;

/// A kept block and what is left of its text.
pub struct Line<'a> {
    pub block: &'a Block,
    pub part: Part,
    pub text: String,
}

/// How far up a block's list items and quotes are looked for, and how deep lists are indented.
const REACH: usize = 24;
const DEEPEST: usize = 6;

/// Where a block stands: the list items around it, innermost first, and whether a quote is around it.
struct Place {
    items: Vec<(u32, bool)>,
    quoted: bool,
    heading: usize,
    cell: Option<Cell>,
}

/// The elements of a table's cell, its row and the table.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cell {
    table: u32,
    row: u32,
    cell: u32,
}

/// Most columns of what is written as a table, and its longest cell, in bytes: what is larger is a page laid out as a table.
const COLUMNS: usize = 24;
const CELL: usize = 400;

fn place(page: &Page, block: &Block, part: Part) -> Place {
    let mut place = Place { items: Vec::new(), quoted: false, heading: (part == Part::Title) as usize, cell: None };
    let (mut cell, mut row) = (None, None);
    let mut at = block.element;
    for _ in 0..REACH {
        let Some(element) = page.elements.get(at as usize) else { break };
        match element.tag {
            Tag::Li if place.items.len() < DEEPEST => {
                let list = page.elements.get(element.parent as usize).map(|list| list.tag);
                place.items.push((at, list == Some(Tag::Ol)));
            }
            Tag::Blockquote => place.quoted = true,
            Tag::Td | Tag::Th if cell.is_none() => cell = Some(at),
            Tag::Tr if row.is_none() => row = Some(at),
            Tag::Table => {
                place.cell = cell.zip(row).map(|(cell, row)| Cell { table: at, row, cell });
                break;
            }
            Tag::Article | Tag::Main | Tag::Body => break,
            tag if tag.is_heading() && place.heading == 0 => place.heading = tag as usize - Tag::H1 as usize + 1,
            _ => {}
        }
        at = element.parent;
    }
    place
}

/// The lines, each with its marks, parted as their kind asks.
pub fn write(page: &Page, lines: &[Line]) -> String {
    let mut text = String::new();
    // The number of the last item of each list, by the list's element.
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut before: Option<(Place, bool)> = None;
    // Tables that are laid-out pages.
    let mut plain: HashSet<u32> = HashSet::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let here = place(page, line.block, line.part);
        at += 1;
        let cell = here.cell.filter(|cell| !plain.contains(&cell.table));
        if let Some((table, length)) = cell.and_then(|cell| table(page, &lines[at - 1..], cell.table)) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&table);
            at += length - 1;
            before = None;
            continue;
        }
        plain.extend(cell.map(|cell| cell.table));
        let item = here.items.first().copied();
        let continues = before.as_ref().is_some_and(|(last, _)| item.is_some() && last.items.first() == item.as_ref());
        let after_item = before.as_ref().is_some_and(|(last, _)| !last.items.is_empty());
        let broken = line.block.before == Break::Line && before.as_ref().is_some_and(|(_, plain)| *plain);
        let plain = here.heading == 0 && !line.block.preformatted;
        if !text.is_empty() {
            let tight = item.is_some() && after_item && !continues;
            text.push_str(match (broken && plain && (item.is_none() || continues), tight) {
                (true, _) => "\\\n",
                (false, true) => "\n",
                (false, false) if here.quoted && before.as_ref().is_some_and(|(last, _)| last.quoted) => "\n>\n",
                (false, false) => "\n\n",
            });
        }
        let mut lead = String::new();
        if here.quoted {
            lead.push_str("> ");
        }
        for &(outer, ordered) in here.items.iter().skip(1).rev() {
            let list = page.elements.get(outer as usize).map_or(NO_ELEMENT, |element| element.parent);
            let number = numbers.get(&list).copied().unwrap_or(1);
            lead.push_str(&" ".repeat(mark(ordered, number).len()));
        }
        let mut first = lead.clone();
        if let Some((element, ordered)) = item {
            let list = page.elements.get(element as usize).map_or(NO_ELEMENT, |element| element.parent);
            let number = numbers.entry(list).or_insert(0);
            *number += !continues as u32;
            let mark = mark(ordered, *number);
            lead.push_str(&" ".repeat(mark.len()));
            first.push_str(if continues { &lead[first.len()..] } else { &mark });
        }
        if line.block.preformatted {
            let fence = if line.text.contains("```") { "~~~~" } else { "```" };
            text.push_str(&format!("{first}{fence}\n"));
            line.text.lines().for_each(|line| text.push_str(&format!("{lead}{line}\n")));
            text.push_str(&format!("{lead}{fence}"));
        } else {
            text.push_str(&first);
            if here.heading > 0 && item.is_none() {
                text.extend(std::iter::repeat_n('#', here.heading));
                text.push(' ');
            }
            text.push_str(&escaped(&line.text, here.heading == 0 || item.is_some()));
        }
        before = Some((here, plain));
    }
    text
}

/// The lines' first ones as a table, and how many they are; None where they are no rows of cells.
fn table(page: &Page, lines: &[Line], table: u32) -> Option<(String, usize)> {
    let mut rows: Vec<(u32, Vec<(u32, String)>)> = Vec::new();
    let mut length = 0;
    for line in lines {
        let Some(here) =
            Some(place(page, line.block, line.part)).filter(|here| here.cell.is_some_and(|c| c.table == table))
        else {
            break;
        };
        let Cell { row, cell, .. } = here.cell?;
        if here.heading > 0 || !here.items.is_empty() || line.block.preformatted || line.text.len() > CELL {
            return None;
        }
        length += 1;
        let shown = escaped(&line.text, false).replace('|', "\\|");
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, Vec::new()));
        }
        match rows.last_mut().and_then(|(_, cells)| cells.last_mut()) {
            Some((last, content)) if *last == cell => content.extend([" ", &shown]),
            _ => rows.last_mut()?.1.push((cell, shown)),
        }
    }
    let in_rows: Vec<Vec<String>> = rows.into_iter().map(|(row, cells)| in_columns(page, row, cells)).collect();
    let width = in_rows.iter().map(Vec::len).max().unwrap_or(0);
    let full = |row: &&Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() >= 2;
    if in_rows.iter().filter(full).count() < 2 || !(2..=COLUMNS).contains(&width) {
        return None;
    }
    let mut text = String::new();
    for (number, row) in in_rows.iter().enumerate() {
        text.push_str(if number > 0 { "\n|" } else { "|" });
        for column in 0..width {
            text.extend([" ", row.get(column).map_or("", String::as_str), " |"]);
        }
        if number == 0 {
            text.push_str("\n|");
            text.push_str(&" --- |".repeat(width));
        }
    }
    Some((text, length))
}

/// A row's cells, each in the column that it has on the page; those that nothing is left of are empty.
fn in_columns(page: &Page, row: u32, cells: Vec<(u32, String)>) -> Vec<String> {
    let last = cells.last().map_or(row, |(cell, _)| *cell) as usize;
    let own = page.elements.get(row as usize..=last).unwrap_or(&[]).iter().zip(row..);
    let own = own.filter(|(element, _)| element.parent == row && matches!(element.tag, Tag::Td | Tag::Th));
    let mut cells = cells.into_iter().peekable();
    own.map(|(_, at)| cells.next_if(|(cell, _)| *cell == at).map(|(_, content)| content).unwrap_or_default()).collect()
}

fn mark(ordered: bool, number: u32) -> String {
    if ordered { format!("{number}. ") } else { "- ".to_string() }
}

/// The text with a backslash before what Markdown would take for a mark or for HTML; `begins` a line where it could be a list's or a heading's.
fn escaped(text: &str, begins: bool) -> Cow<'_, str> {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let bytes = text.as_bytes();
    let next_is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let lead = match bytes.first().filter(|_| begins) {
        Some(b'#' | b'>' | b'=' | b'~') => Some(0),
        Some(b'-' | b'+') if next_is_space(1) || bytes.starts_with(b"--") => Some(0),
        Some(b'0'..=b'9') if matches!(bytes.get(digits), Some(b'.' | b')')) && next_is_space(digits + 1) => {
            Some(digits)
        }
        _ => None,
    };
    let marks = |byte: &u8| matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'<');
    if lead.is_none() && !bytes.iter().any(marks) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, char) in text.char_indices() {
        if Some(at) == lead || (char.is_ascii() && marks(&(char as u8))) {
            out.push('\\');
        }
        out.push(char);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::parse::parse;

    fn written(source: &str) -> String {
        let page = parse(source);
        let line = |block| Line { block, part: Part::Paragraph, text: block.text.of(&page.text).to_string() };
        write(&page, &page.blocks.iter().map(line).collect::<Vec<_>>())
    }

    #[test]
    fn headings_lists_quotes_and_breaks() {
        assert_eq!(
            written("<h2>एक</h2><p>दो<br>तीन</p><ul><li>क<ol><li>ख<p>ग</p><li>घ</ol><li>च</ul><p>छ</p>"),
            "## एक\n\nदो\\\nतीन\n\n- क\n  1. ख\n\n     ग\n  2. घ\n- च\n\nछ"
        );
        assert_eq!(written("<blockquote><p>a<p>b</blockquote><p>c"), "> a\n>\n> b\n\nc");
        assert_eq!(written("<pre>x\n  y</pre>"), "```\nx\n  y\n```");
    }

    #[test]
    fn rows_of_cells_are_a_table() {
        assert_eq!(
            written("<p>x<table><tr><th>एक<th>दो<tr><td>a|b<td>c<br>d<tr><td><td>e</table><p>y"),
            "x\n\n| एक | दो |\n| --- | --- |\n| a\\|b | c d |\n|  | e |\n\ny"
        );
        // What stands in one column, or holds headings and lists, is laid out as a table.
        assert_eq!(written("<table><tr><td>a<tr><td>b</table>"), "a\n\nb");
        assert_eq!(written("<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>"), "## a\n\nb\n\nc\n\nd");
        assert_eq!(written("<h2>1. a</h2>"), "## 1. a");
    }

    #[test]
    fn what_only_looks_like_a_mark_is_escaped() {
        assert_eq!(
            written("<p>- नहीं<p>1. पहला<p># क<p>a*b_c [d] &lt;script&gt;<p>2024 में<p>-5 डिग्री"),
            "\\- नहीं\n\n1\\. पहला\n\n\\# क\n\na\\*b\\_c \\[d\\] \\<script>\n\n2024 में\n\n-5 डिग्री"
        );
    }
}
