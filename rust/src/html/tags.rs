//! The HTML elements that matter here, and what each does to the flow of text.

/// Declares the enum, and the table from names to its members.
macro_rules! tags {
    ($($tag:ident $name:literal),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Tag { Unknown, $($tag),* }
        const NAMES: &[(&str, Tag)] = &[$(($name, Tag::$tag)),*];
    };
}

tags! {
    A "a", Abbr "abbr", Address "address", Article "article", Aside "aside", Audio "audio", B "b", Base "base",
    Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption", Center "center",
    Cite "cite", Code "code", Dd "dd", Del "del", Details "details", Dialog "dialog", Dir "dir", Div "div", Dl "dl",
    Dt "dt", Em "em", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer",
    Form "form", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head",
    Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Img "img", Input "input",
    Ins "ins", Label "label", Legend "legend", Li "li", Link "link", Main "main", Mark "mark", Menu "menu",
    Meta "meta", Nav "nav", Noembed "noembed", Noframes "noframes", Noscript "noscript", Object "object", Ol "ol",
    Optgroup "optgroup", Option "option", P "p", Picture "picture", Pre "pre", Q "q", S "s", Script "script",
    Search "search", Section "section", Select "select", Small "small", Source "source", Span "span",
    Strike "strike", Strong "strong", Style "style", Sub "sub", Summary "summary", Sup "sup", Svg "svg",
    Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th",
    Thead "thead", Time "time", Title "title", Tr "tr", Track "track", Tt "tt", U "u", Ul "ul", Video "video",
    Wbr "wbr", Xmp "xmp", Area "area", Col "col", Colgroup "colgroup", Embed "embed", Param "param",
    Image "image", Plaintext "plaintext", Marquee "marquee", Listing "listing", AmpImg "amp-img", AmpAd "amp-ad",
}

pub const TAG_COUNT: usize = NAMES.len() + 1;

/// The longest name in the table; a longer one is unknown.
const LONGEST: usize = 10;
const SLOTS: usize = 1024;

const fn packed(name: &[u8]) -> u128 {
    let mut value = 0u128;
    let mut at = 0;
    while at < name.len() {
        value = value << 8 | name[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    value
}

const fn slot(key: u128) -> usize {
    let folded = (key ^ (key >> 61)) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// Open addressing, built by the compiler.
static TABLE: [(u128, Tag); SLOTS] = {
    let mut table = [(0u128, Tag::Unknown); SLOTS];
    let mut at = 0;
    while at < NAMES.len() {
        let key = packed(NAMES[at].0.as_bytes());
        let mut place = slot(key);
        while table[place].0 != 0 {
            place = (place + 1) % SLOTS;
        }
        table[place] = (key, NAMES[at].1);
        at += 1;
    }
    table
};

impl Tag {
    /// The tag of a name as written (any case), `Unknown` for custom elements.
    pub fn of(name: &[u8]) -> Tag {
        if name.len() > LONGEST {
            return Tag::Unknown;
        }
        let key = packed(name);
        let mut place = slot(key);
        loop {
            let (known, tag) = TABLE[place];
            if known == key || known == 0 {
                return tag;
            }
            place = (place + 1) % SLOTS;
        }
    }

    /// The element's start and end break the line.
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Button
                | Caption
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | Frameset
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Section
                | Search
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | Ul
                | Xmp
                | Listing
                | Marquee
                | Colgroup
                | AmpAd
        )
    }

    /// A number for the sort of line that a block element makes, from running text to tables and controls.
    pub fn rank(self) -> u8 {
        use Tag::*;
        match self {
            P => 1,
            Blockquote => 2,
            Pre | Listing | Xmp => 3,
            Li => 4,
            Dd => 5,
            Dt => 6,
            Div => 7,
            Section | Article | Main => 8,
            Td => 9,
            Th => 10,
            Figcaption | Caption | Figure => 11,
            Header | Footer | Nav | Aside => 12,
            Button | Form | Fieldset | Legend => 13,
            Summary | Details => 14,
            _ if self.is_heading() => 15,
            _ => 0,
        }
    }

    pub fn is_heading(self) -> bool {
        (Tag::H1 as u8..=Tag::H6 as u8).contains(&(self as u8))
    }

    /// The element has no content and no end tag.
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr | Image
        )
    }

    /// Nothing inside is text for a reader: skipped up to its end tag without being parsed. What is there for browsers that cannot play or
    /// frame (`<video>`, `<iframe>`) no browser of today shows. In `<object>` it shows, for want of plugins; `<noscript>` is read too, as
    /// some pages have their pictures' captions there alone, and the model knows the tag.
    pub fn is_skipped(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Script | Style | Svg | Iframe | Noembed | Noframes | Textarea | Select | Canvas | Video | Audio | Title
        )
    }

    /// A search for an open element, for an implied or a misplaced end tag, stops here.
    pub fn is_scope(self) -> bool {
        use Tag::*;
        matches!(self, Html | Body | Table | Td | Th | Caption | Template | Button | Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_tag_in_any_case() {
        for &(name, tag) in NAMES {
            assert_eq!(Tag::of(name.as_bytes()), tag, "{name}");
            assert_eq!(Tag::of(name.to_uppercase().as_bytes()), tag, "{name}");
            assert!(name.len() <= LONGEST);
        }
        assert_eq!(Tag::of(b"amp-sidebar"), Tag::Unknown);
        assert_eq!(Tag::of(b""), Tag::Unknown);
        assert!(Tag::H3.is_heading() && !Tag::Head.is_heading() && !Tag::Header.is_heading());
    }
}
