//! Which elements are open: what opens one, and what closes one without an end tag, or with one in the wrong place.

use super::{Break, Element, MICRODATA, NO_ELEMENT, PARTED, Parser, UNSEEN};
use crate::html::tags::Tag;

/// How many open elements a search for the one to close looks at.
const REACH: usize = 256;

impl Parser<'_> {
    pub(super) fn open_element(&mut self, tag: Tag, marks: u8, lt: usize, name_end: usize, href: bool, dated: bool) {
        if tag.is_block() {
            self.flush(Break::Block);
            self.close_implied(tag);
        }
        if tag == Tag::A {
            self.link = NO_ELEMENT;
            if self.open[Tag::A as usize] > 0 {
                self.close_inline(Tag::A);
            }
        }
        let mut marks = marks;
        if !tag.is_block() && !self.parted.is_empty() && self.parted.binary_search(&lt).is_ok() {
            marks |= PARTED;
            self.flush(Break::Inline);
        }
        // What a site rule names is there for it.
        if self.page.elements.len() >= self.most_elements && self.parted.binary_search(&lt).is_err() {
            return;
        }
        let index = self.page.elements.len() as u32;
        let parent = self.stack.last().copied().unwrap_or(NO_ELEMENT);
        self.page.elements.push(Element {
            tag,
            marks,
            depth: self.stack.len() as u32,
            parent,
            start: lt as u32,
            attributes: name_end as u32,
        });
        if dated && tag == Tag::Time {
            self.page.times.push(index);
        }
        if marks & MICRODATA != 0 {
            self.page.properties.push(index);
        }
        if href {
            self.link = index;
        }
        self.unseen += (!tag.is_block() && marks & UNSEEN != 0) as u32;
        self.stack.push(index);
        self.open[tag as usize] += 1;
    }

    /// Closes what the start of `tag` ends without an end tag: a paragraph, a list item, a table cell.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::*;
        match tag {
            Li => self.close_nearest(&[Li], |stop| stop.is_block() && !matches!(stop, Div | P | Address)),
            Dd | Dt => self.close_nearest(&[Dd, Dt], |stop| stop.is_block() && !matches!(stop, Div | P | Address)),
            Td | Th => self.close_nearest(&[Td, Th], |stop| stop == Table),
            Tr => self.close_nearest(&[Tr], |stop| stop == Table),
            Tbody | Thead | Tfoot => self.close_nearest(&[Tbody, Thead, Tfoot], |stop| stop == Table),
            H1 | H2 | H3 | H4 | H5 | H6 => {
                if self.stack.last().is_some_and(|&top| self.tag(top).is_heading()) {
                    self.pop_to(self.stack.len() - 1);
                }
            }
            _ => {}
        }
        if self.open[P as usize] > 0 && !matches!(tag, Td | Th | Tr | Tbody | Thead | Tfoot | Caption | Button) {
            self.close_nearest(&[P], Tag::is_scope);
        }
    }

    pub(super) fn close_nearest(&mut self, tags: &[Tag], stop: impl Fn(Tag) -> bool) {
        if tags.iter().all(|&tag| self.open[tag as usize] == 0) {
            return;
        }
        for at in (0..self.stack.len()).rev().take(REACH) {
            let open = self.tag(self.stack[at]);
            if tags.contains(&open) {
                return self.pop_to(at);
            }
            if stop(open) {
                return;
            }
        }
    }

    /// Closes an inline element; a block element between it and here keeps it open.
    pub(super) fn close_inline(&mut self, tag: Tag) {
        self.close_nearest(&[tag], Tag::is_block);
    }

    pub(super) fn close_unknown(&mut self, name_start: usize, name_end: usize) {
        if self.open[Tag::Unknown as usize] == 0 {
            return;
        }
        let bytes = self.source.as_bytes();
        let name = &bytes[name_start..name_end];
        for at in (0..self.stack.len()).rev().take(REACH) {
            let element = &self.page.elements[self.stack[at] as usize];
            if element.tag == Tag::Unknown {
                let open = &bytes[element.start as usize + 1..element.attributes as usize];
                if open.eq_ignore_ascii_case(name) {
                    return self.pop_to(at);
                }
            } else if element.tag.is_scope() {
                return;
            }
        }
    }

    fn tag(&self, element: u32) -> Tag {
        self.page.elements[element as usize].tag
    }

    /// Closes the open elements from `depth` on.
    fn pop_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(closed) = self.stack.pop() else { return };
            let tag = self.tag(closed);
            self.open[tag as usize] -= 1;
            if tag.is_block() {
                self.flush(Break::Block);
            } else {
                let marks = self.page.elements[closed as usize].marks;
                self.unseen -= (marks & UNSEEN != 0) as u32;
                if marks & PARTED != 0 {
                    self.flush(Break::Inline);
                }
            }
            if self.link == closed {
                self.link = NO_ELEMENT;
            }
        }
    }
}
