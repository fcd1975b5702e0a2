//! A tolerant, linear-time HTML parser that keeps what extraction needs: elements, and blocks of text between line breaks.
//!
//! It follows the HTML Standard where pages depend on it (raw text, implied end tags, misplaced end tags) and gives up the
//! rest for one forward pass: no recursion, no search that a page can make quadratic, a flat arena.

mod attributes;
mod characters;
mod elements;
mod page;

use super::tags::{TAG_COUNT, Tag};
pub use attributes::{Attribute, Attributes, hides, is_for_readers};
use attributes::{is_author, is_json_ld, is_shown};
pub use page::{Block, Break, Cursor, Element, HIDDEN, MICRODATA, NAMED, NO_ELEMENT, PARTED, Page, Run, Span, UNSEEN};

/// Blocks and elements of a page: so many, and one more for so many bytes. Each takes up to 300 bytes until the page is done, and a page of
/// "<li>" has one every four. What comes when a page has its share joins the block, or the element, that is open: no text is lost.
const BLOCKS: (usize, usize) = (2048, 80);
const ELEMENTS: (usize, usize) = (2048, 40);

fn share_of(source: &str, (fixed, bytes): (usize, usize)) -> usize {
    fixed + source.len() / bytes
}

/// Parses a decoded page of less than 4 GiB.
pub fn parse(source: &str) -> Page {
    parse_parted(source, &[])
}

/// [`parse`], where the elements whose start tags stand at `parted` (ascending) are blocks of their own.
pub fn parse_parted(source: &str, parted: &[usize]) -> Page {
    let share = |of: (usize, usize)| share_of(source, of).min(source.len() / 8 + 1);
    let mut parser = Parser {
        source,
        // What grows step by step leaves holes of its former sizes behind.
        page: Page {
            elements: Vec::with_capacity(share(ELEMENTS)),
            blocks: Vec::with_capacity(share(BLOCKS)),
            runs: Vec::with_capacity(share(BLOCKS)),
            text: String::with_capacity(source.len() / 8),
            ..Page::default()
        },
        stack: Vec::with_capacity(64),
        open: [0; TAG_COUNT],
        unclosed: [false; TAG_COUNT],
        link: NO_ELEMENT,
        unseen: 0,
        block: None,
        before: Break::Block,
        line_breaks: 0,
        images: 0,
        space: false,
        data: false,
        torn: false,
        parted,
        most_blocks: share_of(source, BLOCKS),
        most_elements: share_of(source, ELEMENTS),
    };
    parser.run();
    parser.page
}

struct Parser<'a> {
    source: &'a str,
    page: Page,
    stack: Vec<u32>,
    /// Open elements of each tag, so that a stray end tag costs nothing.
    open: [u32; TAG_COUNT],
    /// Raw-text elements whose end tag was looked for to the end of the page, in vain.
    unclosed: [bool; TAG_COUNT],
    link: u32,
    /// Open inline elements that nobody sees.
    unseen: u32,
    block: Option<Block>,
    before: Break,
    line_breaks: u32,
    images: u16,
    /// White space seen since the last character of the block.
    space: bool,
    /// Inside `<![CDATA[` of a fragment.
    data: bool,
    /// What comes next in the source does not follow what was read last.
    torn: bool,
    parted: &'a [usize],
    most_blocks: usize,
    most_elements: usize,
}

impl<'a> Parser<'a> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() && !self.page.is_overfull() {
            let lt = memchr::memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| found + at);
            if self.data
                && let Some(found) = memchr::memmem::find(&bytes[at..lt], b"]]>")
            {
                self.text(at, at + found);
                (self.data, self.torn) = (false, true);
                at += found + 3;
                continue;
            }
            if lt > at {
                self.text(at, lt);
            }
            if lt == bytes.len() {
                break;
            }
            at = match bytes.get(lt + 1) {
                Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(lt),
                Some(b'/') if bytes.get(lt + 2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(lt),
                Some(b'/' | b'?') => self.after(lt, b">"),
                Some(b'!') => {
                    let rest = &bytes[lt..];
                    if rest.starts_with(b"<!-->") {
                        lt + 5
                    } else if rest.starts_with(b"<!--") {
                        self.after(lt + 2, b"-->")
                    } else if rest.starts_with(b"<![CDATA[") {
                        // Browsers show the end of the frame: a page that has one hides it, if it must not be seen.
                        (self.data, self.torn) = (self.page.html.is_none(), true);
                        lt + 9
                    } else {
                        self.after(lt, b">")
                    }
                }
                _ => {
                    self.text(lt, lt + 1);
                    lt + 1
                }
            };
        }
        self.end_block(Break::Block);
    }

    /// The offset behind the next `end`, or the page's end.
    fn after(&self, from: usize, end: &[u8]) -> usize {
        let bytes = self.source.as_bytes();
        memchr::memmem::find(&bytes[from..], end).map_or(bytes.len(), |found| from + found + end.len())
    }

    fn name_end(&self, from: usize) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>') {
                break;
            }
            at += 1;
        }
        at
    }

    fn start_tag(&mut self, lt: usize) -> usize {
        let name_end = self.name_end(lt + 1);
        let tag = Tag::of(&self.source.as_bytes()[lt + 1..name_end]);
        let mut attributes = Attributes::new(self.source, name_end);
        let mut marks = if tag == Tag::Template { HIDDEN } else { 0 };
        let mut href = false;
        let mut dated = false;
        let mut json_ld = false;
        let mut skipped = tag.is_skipped();
        for Attribute { name, value } in attributes.by_ref() {
            match name.len() {
                2 if name.eq_ignore_ascii_case("id") => marks |= NAMED,
                4 if tag == Tag::A && name.eq_ignore_ascii_case("href") => href = !value.is_empty(),
                4 if name.eq_ignore_ascii_case("role") => marks |= NAMED,
                4 if tag == Tag::Script && name.eq_ignore_ascii_case("type") => json_ld = is_json_ld(value),
                4 if tag == Tag::Object && name.eq_ignore_ascii_case("type") && is_shown(value) => skipped = true,
                3 if tag == Tag::A && name.eq_ignore_ascii_case("rel") && is_author(value) => marks |= MICRODATA,
                5 if name.eq_ignore_ascii_case("class") => {
                    marks |= NAMED | if !tag.is_block() && is_for_readers(value) { UNSEEN } else { 0 }
                }
                5 if name.eq_ignore_ascii_case("style") && hides(value) => marks |= HIDDEN | UNSEEN,
                6 if name.eq_ignore_ascii_case("hidden") => marks |= HIDDEN | UNSEEN,
                8 if name.eq_ignore_ascii_case("datetime") => dated = true,
                8 if name.eq_ignore_ascii_case("itemprop") || name.eq_ignore_ascii_case("itemtype") => {
                    marks |= MICRODATA
                }
                14 if tag == Tag::Template && name.eq_ignore_ascii_case("shadowrootmode") => marks &= !HIDDEN,
                11 if name.eq_ignore_ascii_case("aria-hidden") && value.eq_ignore_ascii_case("true") => marks |= HIDDEN,
                _ => {}
            }
        }
        let after = attributes.at;
        if !attributes.closed {
            return after;
        }
        let region = Span::new(name_end, after);
        match tag {
            Tag::Br => self.line_break(),
            Tag::Hr => self.flush(Break::Block),
            Tag::Img | Tag::Image | Tag::AmpImg => self.images = self.images.saturating_add(1),
            Tag::Meta => self.page.metas.push(region),
            Tag::Link => self.page.link_tags.push(region),
            Tag::Html => {
                self.page.html.get_or_insert(region);
            }
            Tag::Head => {}
            Tag::Body if self.open[Tag::Body as usize] > 0 => {}
            _ if tag.is_void() => {}
            _ if skipped => return self.skip(tag, after, json_ld),
            _ => self.open_element(tag, marks, lt, name_end, href, dated),
        }
        after
    }

    /// Passes over the content of a raw-text element.
    fn skip(&mut self, tag: Tag, from: usize, json_ld: bool) -> usize {
        if self.unclosed[tag as usize] {
            return from;
        }
        let bytes = self.source.as_bytes();
        let mut at = from;
        while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
            let name_start = at + found + 2;
            let name_end =
                name_start + bytes[name_start..].iter().take(16).take_while(|b| b.is_ascii_alphanumeric()).count();
            if Tag::of(&bytes[name_start..name_end]) == tag && name_end > name_start {
                let body = Span::new(from, at + found);
                if json_ld {
                    self.page.json_ld.push(body);
                } else if tag == Tag::Title && self.open[Tag::Svg as usize] == 0 {
                    self.page.title.get_or_insert(body);
                }
                return self.after(name_end, b">");
            }
            at = name_start;
        }
        // Truncated inside code: what follows is code. Elsewhere a forgotten end tag must not swallow the page.
        if matches!(tag, Tag::Script | Tag::Style) {
            return bytes.len();
        }
        self.unclosed[tag as usize] = true;
        from
    }

    fn end_tag(&mut self, lt: usize) -> usize {
        let name_end = self.name_end(lt + 2);
        let tag = Tag::of(&self.source.as_bytes()[lt + 2..name_end]);
        let after = self.after(name_end, b">");
        match tag {
            Tag::Html | Tag::Body | Tag::Head => self.flush(Break::Block),
            Tag::Br => self.line_break(),
            _ if tag.is_block() => {
                self.flush(Break::Block);
                if self.open[tag as usize] > 0 {
                    match tag {
                        Tag::Table | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr | Tag::Td | Tag::Th => {
                            self.close_nearest(&[tag], |stop| stop == Tag::Table)
                        }
                        _ if tag.is_heading() => {
                            self.close_nearest(&[Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6], Tag::is_scope)
                        }
                        _ => self.close_nearest(&[tag], |stop| stop.is_scope()),
                    }
                }
            }
            Tag::Unknown => self.close_unknown(lt + 2, name_end),
            _ => {
                if tag == Tag::A {
                    self.link = NO_ELEMENT;
                }
                if self.open[tag as usize] > 0 {
                    self.close_inline(tag);
                }
            }
        }
        after
    }

    fn line_break(&mut self) {
        self.line_breaks += 1;
        let kind = if self.line_breaks >= 2 { Break::Blank } else { Break::Line };
        self.flush(kind);
    }

    /// Ends the block under way.
    fn flush(&mut self, kind: Break) {
        if self.block.is_some() && self.page.blocks.len() >= self.most_blocks {
            self.space = true;
            return;
        }
        self.end_block(kind);
    }

    fn end_block(&mut self, kind: Break) {
        self.before = self.before.and(kind);
        self.space = false;
        if let Some(mut block) = self.block.take() {
            let end = block.text.start as usize + self.page.text[block.text.start as usize..].trim_end().len();
            self.page.text.truncate(end);
            block.text.end = end as u32;
            self.page.blocks.push(block);
            // What separates the next block is only what comes after this one.
            self.before = kind;
            self.line_breaks = matches!(kind, Break::Line | Break::Blank) as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<String> {
        let page = parse(source);
        page.blocks.iter().map(|block| block.text.of(&page.text).to_string()).collect()
    }

    #[test]
    fn blocks_break_at_block_tags_and_line_breaks() {
        assert_eq!(blocks("<p>एक <b>दो</b>\n तीन<p>चार<br><br>पाँच<div>छह</div>"), ["एक दो तीन", "चार", "पाँच", "छह"]);
        let page = parse("<p>a<br>b<br> <br>c</p><p>d");
        let before: Vec<_> = page.blocks.iter().map(|block| block.before).collect();
        assert_eq!(before, [Break::Block, Break::Line, Break::Blank, Break::Block]);
    }

    #[test]
    fn code_comments_and_drawings_are_no_text() {
        assert_eq!(
            blocks(
                "<title>t</title><script>if (a</b) '<p>x</p>'</script><style>p{}</style><svg><text>s</text></svg><!-- <p>c --><p>ok</p>"
            ),
            ["ok"]
        );
        assert_eq!(blocks("<p>a</p><script>var x = '<p>never"), ["a"]);
        assert_eq!(blocks("<p>a<textarea>b<p>c"), ["ab", "c"]);
        assert_eq!(blocks("<div class=a <script>x</script>b"), ["b"]);
    }

    #[test]
    fn what_stands_in_a_plugin_is_text_as_no_browser_has_plugins() {
        let shown = |source: &str| {
            let page = parse(source);
            let is_template = |at: u32| page.elements.get(at as usize).is_some_and(|above| above.marks & HIDDEN != 0);
            let above = |block: &Block| page.elements.get(block.element as usize).map_or(NO_ELEMENT, |own| own.parent);
            let is_hidden = |block: &&Block| is_template(above(block));
            page.blocks
                .iter()
                .filter(|block| !is_hidden(block))
                .map(|block| block.text.of(&page.text))
                .collect::<String>()
        };
        assert_eq!(shown("<object classid=x><param name=movie><embed src=y><div>a</div></object>"), "a");
        assert_eq!(shown("<object type=application/x-shockwave-flash>a<object>b</object></object>"), "ab");
        assert_eq!(shown("<p>a<object type=image/png>b</object>"), "a");
        assert_eq!(shown("a<template><p>b</template><template shadowrootmode=open><p>c</template>"), "ac");
        assert_eq!(shown("<video>a</video><audio>b</audio><iframe>c</iframe><canvas>d</canvas><p>e"), "e");
    }

    #[test]
    fn joiners_stay_and_other_invisible_characters_do_not_split_words() {
        assert_eq!(
            blocks("<p>क्\u{200d}ष می\u{200c}خواهم\u{feff} a\u{ad}b c\0d&nbsp;&nbsp;e\u{3000}f"),
            ["क्\u{200d}ष می\u{200c}خواهم ab cd e f"]
        );
    }

    #[test]
    fn misnested_and_implied_ends() {
        assert_eq!(blocks("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(blocks("<table><tr><td>a<td>b<tr><td>c</table>d"), ["a", "b", "c", "d"]);
        let page = parse("<a href=x>one<div>two</a> three</div> four");
        assert_eq!(page.blocks.iter().map(|block| block.link_bytes).collect::<Vec<_>>(), [3, 3, 0]);
    }

    #[test]
    fn an_inline_element_that_a_rule_names_is_a_block_of_its_own() {
        let source = "<p>a <span>b <i>c</i></span> d</p><p>e";
        let page = parse_parted(source, &[5]);
        let found: Vec<_> = page.blocks.iter().map(|block| (block.text.of(&page.text), block.before)).collect();
        assert_eq!(found, [("a", Break::Block), ("b c", Break::Inline), ("d", Break::Inline), ("e", Break::Block)]);
        assert_eq!(page.elements[page.blocks[1].element as usize].start, 5);
    }

    #[test]
    fn a_page_has_its_share_of_blocks_and_elements_and_loses_no_text() {
        let count = 50_000;
        for piece in ["<li>x", "x<br>", "<ul><li>x", "<b>x</b>", "<p>x</p>"] {
            let source = piece.repeat(count);
            let page = parse(&source);
            assert!(page.blocks.len() <= share_of(&source, BLOCKS) + 1, "{piece}");
            assert!(page.elements.len() <= share_of(&source, ELEMENTS), "{piece}");
            assert_eq!(page.text.matches('x').count(), count, "{piece}");
        }
    }

    #[test]
    fn deep_and_broken_pages_take_linear_time() {
        let deep = "<div>".repeat(100_000) + "x" + &"</p></span>".repeat(100_000);
        assert_eq!(blocks(&deep), ["x"]);
        let tables = "<table><tr><td>".repeat(50_000) + "y" + &"</table>".repeat(50_000);
        assert_eq!(blocks(&tables), ["y"]);
        let attributes = format!("<p {}>z", "a=1 ".repeat(200_000));
        assert_eq!(blocks(&attributes), ["z"]);
        for bomb in ["<a href=\"", "<!--", "<script>", "<textarea>", "<p ", "</", "<", "&", "<b><p>"] {
            parse(&bomb.repeat(100_000));
        }
    }
}
