//! What a page declares in its `<meta>` tags and its `<title>`.

use super::meta::clean;
use super::parse::{Attribute, Attributes, Page};
use crate::dates;

/// First values of the `<meta>` names that matter.
#[derive(Default)]
pub struct Declared<'a> {
    pub title: String,
    pub authors: Vec<String>,
    /// The tag that named the first.
    pub author_tag: &'a str,
    /// What a content system says beside a link to the page, and what it calls that.
    pub beside: String,
    pub beside_label: String,
    pub published: String,
    pub modified: String,
    pub site: String,
    pub application: String,
    pub lang: String,
    pub url: String,
    pub description: String,
    pub tags: Vec<String>,
    pub page_title: String,
    pub kind: u8,
}

/// Reads the `<meta>` tags and the `<title>`.
pub fn read<'a>(source: &'a str, page: &Page) -> Declared<'a> {
    let mut declared = Declared::default();
    for region in &page.metas {
        let (mut name, mut content) = ("", "");
        let mut item = false;
        for Attribute { name: attribute, value } in Attributes::new(source, region.start as usize) {
            match attribute.len() {
                4 if attribute.eq_ignore_ascii_case("name") => name = value,
                7 if attribute.eq_ignore_ascii_case("content") => content = value,
                8 if attribute.eq_ignore_ascii_case("property") => name = value,
                8 if attribute.eq_ignore_ascii_case("itemprop") && name.is_empty() => (name, item) = (value, true),
                10 if attribute.eq_ignore_ascii_case("http-equiv") && name.is_empty() => name = value,
                _ => {}
            }
        }
        if content.is_empty() || name.len() > 40 {
            continue;
        }
        let set = |slot: &mut String| {
            if slot.is_empty() {
                *slot = clean(content);
            }
        };
        let date = |slot: &mut String| {
            if slot.is_empty() {
                *slot = dates::parse(&clean(content)).unwrap_or_default();
            }
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "og:type" => {
                declared.kind = match clean(content).to_ascii_lowercase().as_str() {
                    "article" | "blog" | "news" => 4,
                    "product" | "og:product" => 2,
                    "website" => 1,
                    _ => 0,
                }
            }
            "og:title" => declared.title = clean(content),
            "twitter:title" | "dc.title" | "dcterms.title" | "sailthru.title" | "parsely-title" | "headline" => {
                set(&mut declared.title)
            }
            "author"
            | "article:author"
            | "article:author_name"
            | "dc.creator"
            | "dcterms.creator"
            | "sailthru.author"
            | "parsely-author"
            | "byl"
            | "mediator_author"
            | "article_author"
            | "cxenseparse:author" => {
                // Several authors have a tag each, of one name; the author of an image is another's.
                let known = declared.authors.len();
                let another = known == 0 || (!item && known < AUTHORS && name == declared.author_tag);
                if !content.contains("://") && !content.starts_with('@') && another {
                    declared.author_tag = name;
                    declared.authors.push(clean(content));
                }
            }
            "article:published_time"
            | "article:published:time"
            | "datepublished"
            | "parsely-pub-date"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "pubdate"
            | "sailthru.date"
            | "dc.date.issued"
            | "dcterms.issued"
            | "dcterms.created"
            | "dcterms.date"
            | "dc.date"
            | "dc.date.created"
            | "date"
            | "og:published_time"
            | "og:article:published_time"
            | "article.published"
            | "cxenseparse:recs:publishtime"
            | "published_at"
            | "date_published" => date(&mut declared.published),
            "article:modified_time"
            | "article:modified:time"
            | "datemodified"
            | "og:updated_time"
            | "last-modified"
            | "lastmod"
            | "dc.date.modified"
            | "dcterms.modified"
            | "article.updated"
            | "og:article:modified_time" => date(&mut declared.modified),
            "twitter:data1" => set(&mut declared.beside),
            "twitter:label1" => set(&mut declared.beside_label),
            "og:site_name" | "og:site:name" => declared.site = clean(content),
            "application-name" | "apple-mobile-web-app-title" | "twitter:site" => set(&mut declared.application),
            "publisher" | "dc.publisher" | "cxenseparse:siteid" => set(&mut declared.site),
            "og:locale" | "content-language" | "language" | "dc.language" | "inlanguage" => set(&mut declared.lang),
            "og:url" => set(&mut declared.url),
            "og:description" => declared.description = clean(content),
            "description" | "twitter:description" | "dc.description" => set(&mut declared.description),
            "keywords" | "news_keywords" | "article:tag" | "parsely-tags" | "sailthru.tags" | "dc.subject" => {
                declared.tags.extend(split_tags(&clean(content)))
            }
            _ => {}
        }
    }
    declared.page_title = page.title.map(|span| clean(span.of(source))).unwrap_or_default();
    declared
}

/// Most authors that `<meta>` or linked data names.
pub const AUTHORS: usize = 16;

pub fn split_tags(list: &str) -> Vec<String> {
    list.split([',', ';', '،', '、', '|']).map(|tag| tag.trim().to_string()).filter(|tag| !tag.is_empty()).collect()
}
