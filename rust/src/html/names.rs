//! What pages call their parts: words of class, id and role, and the kinds of part that they name.

use std::sync::OnceLock;

use super::parse::{Attribute, Attributes, Element, NAMED, NO_ELEMENT, Page};
use super::tags::Tag;

/// Kinds of part, as bits.
pub mod kind {
    pub const NAV: u32 = 1;
    pub const HEADER: u32 = 1 << 1;
    pub const FOOTER: u32 = 1 << 2;
    pub const SIDEBAR: u32 = 1 << 3;
    pub const RELATED: u32 = 1 << 4;
    pub const AD: u32 = 1 << 5;
    pub const SHARE: u32 = 1 << 6;
    pub const COMMENTS: u32 = 1 << 7;
    pub const CAPTION: u32 = 1 << 8;
    pub const CREDIT: u32 = 1 << 9;
    pub const BYLINE: u32 = 1 << 10;
    pub const TAGS: u32 = 1 << 11;
    pub const NEWSLETTER: u32 = 1 << 12;
    pub const NOTICE: u32 = 1 << 13;
    pub const CONTENT: u32 = 1 << 14;
    pub const TITLE: u32 = 1 << 15;
    pub const SUMMARY: u32 = 1 << 16;
    pub const HIDDEN: u32 = 1 << 17;
    pub const PROMO: u32 = 1 << 18;
    pub const APP: u32 = 1 << 19;
    /// Not a kind: the names of this element have been read.
    pub const KNOWN: u32 = 1 << 31;
}
use kind::*;

pub const KIND_COUNT: usize = 20;
pub const KINDS: [(u32, &str); KIND_COUNT] = [
    (NAV, "nav"),
    (HEADER, "header"),
    (FOOTER, "footer"),
    (SIDEBAR, "sidebar"),
    (RELATED, "related"),
    (AD, "ad"),
    (SHARE, "share"),
    (COMMENTS, "comments"),
    (CAPTION, "caption"),
    (CREDIT, "credit"),
    (BYLINE, "byline"),
    (TAGS, "tags"),
    (NEWSLETTER, "newsletter"),
    (NOTICE, "notice"),
    (CONTENT, "content"),
    (TITLE, "title"),
    (SUMMARY, "summary"),
    (HIDDEN, "hidden"),
    (PROMO, "promo"),
    (APP, "app"),
];

/// Where a kind stands in [`KINDS`].
pub fn place_of(kind: u32) -> usize {
    kind.trailing_zeros() as usize
}

/// Words that name a kind. English, because class names are, in whatever language the page is.
const WORDS: &[(u32, &str)] = &[
    (
        NAV,
        "nav navigation navbar navi menu menus menubar submenu megamenu breadcrumb breadcrumbs crumbs crumb pagination pager paging toolbar topnav subnav skip sitemap",
    ),
    (HEADER, "header masthead topbar"),
    (FOOTER, "footer colophon foot"),
    (SIDEBAR, "sidebar aside rail widget widgets sidecol rightbar leftbar sidecolumn complementary"),
    (
        RELATED,
        "related recommended recommendation recommendations recommend recirc recirculation similar trending popular mostread mostpopular teaser teasers outbrain taboola upnext suggested suggestions readmore readnext readalso alsoread morenews latest yarpp mgid dable crosslink crosslinks relatedposts relatedarticles linklist inlinerelated",
    ),
    (
        AD,
        "ad ads adv advert adverts advertisement advertising advertise sponsor sponsored sponsors dfp adsense adsbygoogle adslot adunit adbox gpt anzeige werbung reklama publicidad pub",
    ),
    (
        SHARE,
        "share shares sharing sharer social socials sharedaddy addthis addtoany sharebar socialshare follow facebook twitter whatsapp pinterest linkedin telegram",
    ),
    (COMMENTS, "comment comments commentlist disqus respond reply replies commenting kommentare comentarios"),
    (CAPTION, "caption captions figcaption imagecaption legend"),
    (CREDIT, "credit credits copyright photographer attribution"),
    (
        BYLINE,
        "author authors byline bylines bio writer reporter journalist postmeta metadata timestamp dateline pubdate publishdate posted date datetime time",
    ),
    (TAGS, "tag tags keywords keyword topics taglist tagcloud hashtags"),
    (NEWSLETTER, "newsletter newsletters subscribe subscription signup optin mailchimp mailing"),
    (
        NOTICE,
        "cookie cookies consent gdpr modal popup overlay login signin paywall banner toast alert lightbox dialog onetrust",
    ),
    (
        CONTENT,
        "article content body story entry post text main articlebody storybody postbody entrycontent articlecontent articletext storycontent postcontent articlebodytext bodytext contentbody newsbody newstext newscontent richtext prose",
    ),
    (TITLE, "title headline heading hed"),
    (
        SUMMARY,
        "summary lead intro standfirst deck subtitle subheadline excerpt dek synopsis abstract lede chapo kicker subhead tagline strapline",
    ),
    (HIDDEN, "hidden hide invisible visuallyhidden offscreen noprint screenreader"),
    (PROMO, "promo promos promotion promoted promobox cta callout"),
    (APP, "app apps download openinapp"),
];

const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

fn fnv(word: &[u8]) -> u32 {
    word.iter().fold(SEED, |hash, byte| (hash ^ *byte as u32).wrapping_mul(PRIME))
}

const SLOTS: usize = 1024;

/// Open addressing from a word's hash to its kinds.
fn table() -> &'static [(u32, u32); SLOTS] {
    static TABLE: OnceLock<Box<[(u32, u32); SLOTS]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Box::new([(0, 0); SLOTS]);
        for (kinds, words) in WORDS {
            for word in words.split(' ') {
                let hash = fnv(word.as_bytes());
                let mut place = hash as usize % SLOTS;
                while table[place].1 != 0 && table[place].0 != hash {
                    place = (place + 1) % SLOTS;
                }
                table[place] = (hash, table[place].1 | kinds);
            }
        }
        table
    })
}

/// The kinds that a word with this hash names.
pub fn kinds_of(hash: u32) -> u32 {
    let table = table();
    let mut place = hash as usize % SLOTS;
    loop {
        let (known, kinds) = table[place];
        if kinds == 0 || known == hash {
            return kinds;
        }
        place = (place + 1) % SLOTS;
    }
}

/// Calls `each` with the hash of every word of a name: `postMeta-2 ad_slot` is post, meta, ad, slot. Digits only end a word.
pub fn words(name: &str, mut each: impl FnMut(u32)) {
    let mut hash = SEED;
    let mut length = 0;
    let mut was_lower = false;
    for &byte in name.as_bytes() {
        let ends = !byte.is_ascii_alphabetic() || (byte.is_ascii_uppercase() && was_lower);
        if ends && length > 0 {
            each(hash);
            hash = SEED;
            length = 0;
        }
        if byte.is_ascii_alphabetic() {
            hash = (hash ^ byte.to_ascii_lowercase() as u32).wrapping_mul(PRIME);
            length += 1;
        }
        was_lower = byte.is_ascii_lowercase();
    }
    if length > 0 {
        each(hash);
    }
}

/// Calls `each` with an element's class, id and role.
pub fn values_of<'a>(source: &'a str, element: &Element, mut each: impl FnMut(&'a str)) {
    if element.marks & NAMED == 0 {
        return;
    }
    for Attribute { name, value } in Attributes::new(source, element.attributes as usize) {
        let named = match name.len() {
            2 => name.eq_ignore_ascii_case("id"),
            4 => name.eq_ignore_ascii_case("role"),
            5 => name.eq_ignore_ascii_case("class"),
            _ => false,
        };
        if named {
            each(value);
        }
    }
}

/// Calls `each` with the hash of every word of an element's class, id and role.
pub fn words_of(source: &str, element: &Element, mut each: impl FnMut(u32)) {
    values_of(source, element, |value| words(value, &mut each));
}

/// The kinds that a tag names by itself.
pub fn kinds_of_tag(tag: Tag) -> u32 {
    match tag {
        Tag::Nav | Tag::Menu => NAV,
        Tag::Header => HEADER,
        Tag::Footer => FOOTER,
        Tag::Aside => SIDEBAR,
        Tag::Figcaption | Tag::Caption => CAPTION,
        Tag::Time => BYLINE,
        Tag::Article | Tag::Main => CONTENT,
        Tag::Dialog => NOTICE,
        Tag::AmpAd => AD,
        Tag::H1 => TITLE,
        _ => 0,
    }
}

/// The kinds of elements, read when asked for.
pub struct Kinds<'a> {
    source: &'a str,
    page: &'a Page,
    own: Vec<u32>,
}

impl<'a> Kinds<'a> {
    pub fn new(source: &'a str, page: &'a Page) -> Self {
        Kinds { source, page, own: vec![0; page.elements.len()] }
    }

    /// What the element's own tag and names say.
    pub fn own(&mut self, element: u32) -> u32 {
        let Some(known) = self.own.get_mut(element as usize) else { return 0 };
        if *known & KNOWN == 0 {
            let element = &self.page.elements[element as usize];
            let mut kinds = kinds_of_tag(element.tag) | KNOWN;
            words_of(self.source, element, |hash| kinds |= kinds_of(hash));
            *known = kinds;
        }
        *known & !KNOWN
    }

    /// What the element and its nearest ancestors say.
    pub fn around(&mut self, element: u32, levels: usize) -> u32 {
        let mut kinds = 0;
        let mut at = element;
        for _ in 0..levels {
            if at == NO_ELEMENT {
                break;
            }
            // A page's frame is named for the page, not for the part: body class="single-post has-sidebar".
            let element = &self.page.elements[at as usize];
            if element.tag == Tag::Body {
                break;
            }
            kinds |= self.own(at);
            at = element.parent;
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_in_the_order_of_their_bits() {
        assert!(KINDS.iter().enumerate().all(|(place, &(kind, _))| place_of(kind) == place && kind.count_ones() == 1));
    }

    #[test]
    fn names_are_split_into_words() {
        let mut found = Vec::new();
        words("postMeta-2 ad_slot RELATED", |hash| found.push(hash));
        let expected: Vec<u32> = ["post", "meta", "ad", "slot", "related"].iter().map(|w| fnv(w.as_bytes())).collect();
        assert_eq!(found, expected);
        assert_eq!(kinds_of(fnv(b"related")), RELATED);
        assert_eq!(kinds_of(fnv(b"padding")), 0);
    }
}
