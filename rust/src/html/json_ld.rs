//! The article that a page's JSON-LD describes. A forgiving reader: trailing commas, raw line breaks and cut ends pass.

use super::declared::{AUTHORS, split_tags};
use super::meta::clean;
use super::parse::Page;
use crate::dates;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linked {
    pub title: String,
    pub second_headline: String,
    pub authors: Vec<String>,
    pub published: String,
    pub modified: String,
    pub site: String,
    /// The name of what the page calls its web site.
    pub web_site: String,
    pub lang: String,
    pub url: String,
    pub description: String,
    pub body: String,
    pub tags: Vec<String>,
    /// As [`super::meta::Meta::kind`].
    pub kind: u8,
}

/// Frames kept while reading; what is nested deeper is passed over.
const DEPTH: usize = 64;

/// An object under way: the properties that matter.
#[derive(Default)]
struct Node {
    /// How surely the object is the page's article: 0 no, 1 some creative work, 2 an article.
    rank: u8,
    is_web_site: bool,
    name: String,
    headline: String,
    second_headline: String,
    authors: Vec<String>,
    publisher: String,
    /// What its authors and its publisher are referred to by, where their names stand elsewhere.
    author_ids: Vec<String>,
    publisher_id: String,
    id: String,
    published: String,
    created: String,
    modified: String,
    lang: String,
    url: String,
    description: String,
    body: String,
    tags: Vec<String>,
}

struct Frame {
    /// The property of the nearest object that this value belongs to.
    key: String,
    node: Option<Node>,
}

/// Reads all JSON-LD of a page; the first object of the highest rank counts.
pub fn read(source: &str, page: &Page) -> Linked {
    let mut found = Found::default();
    let mut kind = 0;
    for span in &page.json_ld {
        kind = kind.max(read_script(span.of(source), &mut found));
    }
    let Found { best, named, web_site } = found;
    let Some(mut node) = best else { return Linked { kind, web_site, ..Linked::default() } };
    let name_of = |id: &String| named.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    if node.authors.is_empty() {
        node.authors = node.author_ids.iter().filter_map(name_of).collect();
    }
    if node.publisher.is_empty() {
        node.publisher = name_of(&node.publisher_id).unwrap_or_default();
    }
    if node.published.is_empty() {
        node.published = node.created;
    }
    Linked {
        title: node.headline,
        second_headline: node.second_headline,
        authors: node.authors,
        published: dates::parse(&node.published).unwrap_or_default(),
        modified: dates::parse(&node.modified).unwrap_or_default(),
        site: node.publisher,
        web_site,
        lang: node.lang,
        url: node.url,
        description: node.description,
        body: node.body,
        tags: node.tags,
        kind,
    }
}

/// The best article so far, the names of what has an identifier, and that of the web site.
#[derive(Default)]
struct Found {
    best: Option<Node>,
    named: Vec<(String, String)>,
    web_site: String,
}

/// Most names that are kept for references.
const NAMED: usize = 64;

fn read_script(source: &str, found: &mut Found) -> u8 {
    let mut kind = 0;
    let bytes = source.as_bytes();
    let mut frames: Vec<Frame> = Vec::new();
    let mut too_deep = 0usize;
    let mut key = String::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                if frames.len() < DEPTH {
                    let inherited = if key.is_empty() {
                        frames.last().map(|f| f.key.clone()).unwrap_or_default()
                    } else {
                        std::mem::take(&mut key)
                    };
                    frames.push(Frame { key: inherited, node: (byte == b'{').then(Node::default) });
                } else {
                    too_deep += 1;
                }
                at += 1;
            }
            b'}' | b']' => {
                if too_deep > 0 {
                    too_deep -= 1;
                } else {
                    close(&mut frames, found);
                }
                key.clear();
                at += 1;
            }
            b'"' => {
                let (text, after) = string(source, at + 1);
                let colon = bytes[after..].iter().position(|byte| !byte.is_ascii_whitespace()).map(|skip| after + skip);
                let in_object = frames.last().is_some_and(|frame| frame.node.is_some());
                if too_deep > 0 {
                    at = after;
                } else if in_object && key.is_empty() && colon.is_some_and(|colon| bytes[colon] == b':') {
                    key = text;
                    at = colon.unwrap_or(after) + 1;
                } else {
                    let name = if key.is_empty() {
                        frames.last().map(|f| f.key.clone()).unwrap_or_default()
                    } else {
                        std::mem::take(&mut key)
                    };
                    if let Some(node) = frames.iter_mut().rev().find_map(|frame| frame.node.as_mut()) {
                        if name == "@type" {
                            kind = kind.max(kind_of(&text));
                        }
                        set(node, &name, text);
                    }
                    at = after;
                }
            }
            b',' => {
                key.clear();
                at += 1;
            }
            _ => at += 1,
        }
    }
    while !frames.is_empty() {
        close(&mut frames, found);
    }
    kind
}

fn kind_of(name: &str) -> u8 {
    match name.rsplit(['/', ':']).next().unwrap_or(name) {
        "DiscussionForumPosting" | "QAPage" | "Question" | "Comment" => 3,
        "Product" | "Offer" | "ProductGroup" | "SoftwareApplication" => 2,
        kind if kind.ends_with("Article") || kind.ends_with("BlogPosting") => 4,
        "WebPage" | "CollectionPage" | "ItemList" => 1,
        _ => 0,
    }
}

/// Ends a value: an author or publisher goes to its article, an article is compared with the best so far.
fn close(frames: &mut Vec<Frame>, found: &mut Found) {
    let Some(Frame { key, node: Some(node) }) = frames.pop() else { return };
    if !node.id.is_empty() && !node.name.is_empty() && found.named.len() < NAMED {
        found.named.push((node.id.clone(), node.name.clone()));
    }
    if node.is_web_site && found.web_site.is_empty() {
        found.web_site.clone_from(&node.name);
    }
    let parent = frames.iter_mut().rev().find_map(|frame| frame.node.as_mut());
    match (key.as_str(), parent) {
        ("author" | "creator", Some(parent)) if !node.name.is_empty() => add(&mut parent.authors, node.name),
        ("author" | "creator", Some(parent)) if !node.id.is_empty() => add(&mut parent.author_ids, node.id),
        ("publisher", Some(parent)) => (parent.publisher, parent.publisher_id) = (node.name, node.id),
        ("mainEntityOfPage", Some(parent)) if parent.url.is_empty() => parent.url = node.url,
        ("about" | "keywords", Some(parent)) if key == "keywords" && !node.name.is_empty() => {
            parent.tags.push(node.name)
        }
        (
            "mentions" | "hasPart" | "itemListElement" | "isPartOf" | "comment" | "review" | "liveBlogUpdate"
            | "citation" | "itemReviewed" | "isBasedOn" | "appearance" | "firstAppearance" | "relatedLink",
            _,
        ) => {}
        _ => {
            let named = !node.headline.is_empty() || !node.body.is_empty();
            let rank = if named { node.rank } else { node.rank.min(1) };
            if node.rank > 0 && found.best.as_ref().is_none_or(|best| best.rank < rank) {
                found.best = Some(Node { rank, ..node });
            }
        }
    }
}

/// One more of the authors, of which a page names a few.
fn add(authors: &mut Vec<String>, author: String) {
    if authors.len() < AUTHORS {
        authors.push(author);
    }
}

fn set(node: &mut Node, key: &str, value: String) {
    let first = |slot: &mut String| {
        if slot.is_empty() {
            *slot = clean(&value);
        }
    };
    match key {
        "@type" => {
            node.rank = node.rank.max(rank(&value));
            node.is_web_site |= value.rsplit(['/', ':']).next() == Some("WebSite");
        }
        "headline" => first(&mut node.headline),
        "alternativeHeadline" => first(&mut node.second_headline),
        "name" => first(&mut node.name),
        "author" | "creator" => {
            // An address with a fragment refers to who is named elsewhere.
            if value.contains("://") && value.contains('#') {
                add(&mut node.author_ids, value);
            } else if !value.contains("://") && !value.trim().is_empty() {
                add(&mut node.authors, clean(&value));
            }
        }
        "publisher" => first(&mut node.publisher),
        "datePublished" => first(&mut node.published),
        "dateCreated" => first(&mut node.created),
        "dateModified" => first(&mut node.modified),
        "inLanguage" => first(&mut node.lang),
        "url" | "mainEntityOfPage" => first(&mut node.url),
        "@id" => {
            if node.url.is_empty() && value.starts_with("http") {
                node.url = clean(&value);
            }
            node.id = value;
        }
        "description" => first(&mut node.description),
        "articleBody" | "text" if node.body.len() < value.len() => node.body = value,
        "keywords" => node.tags.extend(split_tags(&clean(&value))),
        _ => {}
    }
}

fn rank(kind: &str) -> u8 {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    if kind.ends_with("Article")
        || matches!(
            kind,
            "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "DiscussionForumPosting" | "Report"
        )
    {
        2
    } else if matches!(kind, "WebPage" | "CreativeWork" | "VideoObject" | "Recipe" | "Product" | "QAPage" | "ItemPage")
    {
        1
    } else {
        0
    }
}

/// The string that begins at `from`, its escapes resolved, and the offset behind its closing quote.
fn string(source: &str, from: usize) -> (String, usize) {
    let bytes = source.as_bytes();
    let mut text = String::new();
    let mut at = from;
    loop {
        let Some(length) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or(&[])) else {
            text.push_str(source.get(at..).unwrap_or(""));
            return (text, bytes.len());
        };
        text.push_str(source.get(at..at + length).unwrap_or(""));
        at += length;
        if bytes[at] == b'"' {
            return (text, at + 1);
        }
        let unit = |at: usize| source.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match bytes.get(at + 1) {
            Some(b'n' | b'r' | b't' | b'b' | b'f') => text.push('\n'),
            Some(b'u') => match unit(at + 2) {
                Some(high @ 0xd800..0xdc00) if source.get(at + 6..at + 8) == Some("\\u") => {
                    let low = unit(at + 8).filter(|low| (0xdc00..0xe000).contains(low));
                    let code = low.map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
                    text.push(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
                    at += if low.is_some() { 10 } else { 4 };
                }
                Some(code) => {
                    text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    at += 4;
                }
                None => {}
            },
            Some(&byte) if byte.is_ascii() => text.push(byte as char),
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
    }
}
