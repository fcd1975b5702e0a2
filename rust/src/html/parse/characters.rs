//! Character data on its way to the text: references resolved, white space folded, control characters left out.

use super::Parser;
use super::page::{Block, Element, NO_ELEMENT, Run, Span};
use crate::html::entities::{self, Reference};
use crate::html::tags::Tag;

impl Parser<'_> {
    /// Adds a stretch of character data to the block under way.
    pub(super) fn text(&mut self, start: usize, end: usize) {
        let bytes = self.source.as_bytes();
        let mut at = start;
        while at < end && CLASS[bytes[at] as usize] == SPACE {
            at += 1;
        }
        let preformatted = self.open[Tag::Pre as usize] > 0;
        if preformatted && self.block.is_some() {
            at = start;
        } else if at > start {
            self.space = true;
        }
        if at == end {
            return;
        }
        let top = self.stack.last().copied().unwrap_or(NO_ELEMENT);
        let from = self.page.text.len();
        self.copy(at, end, preformatted);
        if self.page.text.len() == from {
            return;
        }
        let added = (self.page.text.len() - from) as u32;
        let bold = self.is_bold();
        let stressed = bold || self.is_italic();
        let depth_of =
            |elements: &[Element], element: u32| elements.get(element as usize).map_or(0, |e| e.depth as usize);
        match &mut self.block {
            Some(block) => {
                // The block's element must hold this text too: climb until it is an open one.
                while block.element != NO_ELEMENT
                    && self.stack.get(depth_of(&self.page.elements, block.element)) != Some(&block.element)
                {
                    block.element = self.page.elements[block.element as usize].parent;
                }
                block.source.end = end as u32;
            }
            None => {
                self.block = Some(Block {
                    element: top,
                    before: self.before,
                    text: Span::new(from, from),
                    source: Span::new(at, end),
                    link_bytes: 0,
                    bold_bytes: 0,
                    links: 0,
                    images: self.images,
                    preformatted,
                });
                self.images = 0;
                self.line_breaks = 0;
            }
        }
        if let Some(block) = &mut self.block {
            let new_block = block.text.start as usize == from;
            let last = self.page.runs.last().copied();
            let torn = std::mem::take(&mut self.torn);
            let unseen = self.unseen > 0;
            let is_alike =
                |run: Run| run.link == self.link && (run.stressed, run.unseen) == (stressed, unseen) && !new_block;
            let follows = !torn && last.is_some_and(is_alike);
            if !follows {
                if self.link != NO_ELEMENT && (new_block || last.is_none_or(|run| run.link != self.link)) {
                    block.links = block.links.saturating_add(1);
                }
                // The space before it is of the run before.
                let begin = from + (!preformatted && self.page.text[from..].starts_with(' ')) as usize;
                self.page.runs.push(Run { text: begin as u32, source: at as u32, link: self.link, stressed, unseen });
            }
            if self.link != NO_ELEMENT {
                block.link_bytes += added;
            }
            if bold {
                block.bold_bytes += added;
            }
        }
    }

    fn is_bold(&self) -> bool {
        self.open[Tag::B as usize] + self.open[Tag::Strong as usize] > 0
    }

    fn is_italic(&self) -> bool {
        self.open[Tag::Em as usize] + self.open[Tag::I as usize] > 0
    }

    /// Copies character data to the text: references resolved, white space folded, control characters left out.
    fn copy(&mut self, start: usize, end: usize, preformatted: bool) {
        let source = self.source;
        let bytes = source.as_bytes();
        let begun = self.block.is_some();
        let origin = self.page.text.len();
        let mut at = start;
        while at < end {
            let from = at;
            while at < end && CLASS[bytes[at] as usize] == COPY {
                at += 1;
            }
            if at > from {
                self.put(&source[from..at], begun, origin);
            }
            if at >= end {
                break;
            }
            match CLASS[bytes[at] as usize] {
                SPACE => {
                    if preformatted && (begun || self.page.text.len() > origin) {
                        if bytes[at] != b'\r' {
                            self.page.text.push(bytes[at] as char);
                        }
                    } else {
                        self.space = true;
                    }
                    at += 1;
                }
                AMPERSAND => {
                    let mut buffer = [0; 4];
                    let (text, taken): (&str, usize) = match entities::reference(&source[at..end]) {
                        Reference::Char(character, taken) => (character.encode_utf8(&mut buffer), taken),
                        Reference::Text(text, taken) => (text, taken),
                        Reference::None => ("&", 1),
                    };
                    for character in text.chars() {
                        self.put_char(character, begun, origin);
                    }
                    at += taken;
                }
                LEAD => match source[at..end].chars().next() {
                    Some(character) => {
                        self.put_char(character, begun, origin);
                        at += character.len_utf8();
                    }
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
    }

    fn put_char(&mut self, character: char, begun: bool, origin: usize) {
        match character {
            '\u{feff}' | '\u{ad}' => {}
            // Line and paragraph separators and all kinds of spaces are one space.
            _ if character.is_whitespace() => self.space = true,
            _ if character.is_control() => {}
            _ => self.put(character.encode_utf8(&mut [0; 4]), begun, origin),
        }
    }

    fn put(&mut self, text: &str, begun: bool, origin: usize) {
        if self.space {
            if begun || self.page.text.len() > origin {
                self.page.text.push(' ');
            }
            self.space = false;
        }
        self.page.text.push_str(text);
    }
}

pub(super) const COPY: u8 = 0;
pub(super) const SPACE: u8 = 1;
pub(super) const AMPERSAND: u8 = 2;
/// First byte of a character that may be a space or a control character.
pub(super) const LEAD: u8 = 3;
pub(super) const CONTROL: u8 = 4;

pub(super) static CLASS: [u8; 256] = {
    let mut class = [COPY; 256];
    let mut byte = 0;
    while byte < 0x20 {
        class[byte] = CONTROL;
        byte += 1;
    }
    class[0x7f] = CONTROL;
    class[b' ' as usize] = SPACE;
    class[b'\t' as usize] = SPACE;
    class[b'\n' as usize] = SPACE;
    class[b'\r' as usize] = SPACE;
    class[0x0c] = SPACE;
    class[b'&' as usize] = AMPERSAND;
    class[0xc2] = LEAD; // nbsp, soft hyphen, C1
    class[0xe1] = LEAD; // ogham space
    class[0xe2] = LEAD; // general punctuation
    class[0xe3] = LEAD; // ideographic space
    class[0xef] = LEAD; // byte order mark
    class
};
