//! What a page says about itself: JSON-LD, `<meta>`, microdata, `<time>`. Empty where it says nothing.

use super::declared::{self, Declared};
use super::entities::unescape;
use super::headline;
pub use super::headline::nearest_heading;
use super::json_ld;
use super::logo;
use super::microdata::{self, Microdata};
use super::parse::{Attributes, Page};
use super::person;
use super::site_name::SiteNames;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    /// The headline as it is given: the title, which is as it stands on the page, without what stands before it in one heading.
    pub headline: String,
    /// The title is the site's name, which the page has in its first heading; the headline stands elsewhere.
    pub headline_instead: bool,
    /// All that is stated as the title is the site's name.
    pub title_is_site: bool,
    pub subtitle: String,
    pub author: String,
    /// The author that is stated is only the site.
    pub author_is_site: bool,
    /// What the site is called.
    pub names: SiteNames,
    /// ISO 8601.
    pub published: String,
    pub modified: String,
    pub site: String,
    /// Primary language subtag, lower case.
    pub lang: String,
    /// All that it declares, the surest first.
    pub declared_langs: Vec<String>,
    /// The alternative headline of its linked data.
    pub second_headline: String,
    /// Canonical URL.
    pub url: String,
    pub tags: String,
    /// What the page says the article is about, and its text; anchors for the body, not output.
    pub description: String,
    pub article_body: String,
    /// What the page declares itself to be: 0 nothing, 1 a page, 2 a product, 3 a discussion, 4 an article.
    pub kind: u8,
}

/// Reads a parsed page's metadata; `url` is where the page came from, or "".
pub fn read(source: &str, page: &Page, url: &str) -> Meta {
    let declared = declared::read(source, page);
    let linked = json_ld::read(source, page);
    let data = microdata::read(source, page);
    let first = |values: &[&str]| {
        values.iter().find(|value| !value.is_empty()).map(|value| value.to_string()).unwrap_or_default()
    };
    let named = |site: &String| if site.contains("://") { String::new() } else { site.clone() };
    let site = first(&[&named(&declared.site), &named(&linked.site), &named(&linked.web_site)]);
    let langs = [&html_lang(source, page), &linked.lang, &declared.lang];
    let tags = langs.iter().flat_map(|lang| lang.split([',', ';']).take(LANGS));
    let declared_langs: Vec<String> = tags.filter_map(primary).collect();
    let canonical = first(&[&canonical(source, page), &declared.url, &linked.url]);
    let names = SiteNames::new([&declared.site, &linked.site, &declared.application], [&canonical, url]);
    let (author, author_is_site) = author(&linked.authors, &declared, &data, &names);
    let mut tags = if linked.tags.is_empty() { declared.tags.clone() } else { linked.tags };
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    let stated = headline::Stated {
        linked: &linked.title,
        declared: &declared.title,
        property: &data.title,
        page_title: &declared.page_title,
    };
    let (title, headline, headline_instead) = headline::stated(source, page, &stated, &names);
    let title_is_site = logo::is_all_stated(source, page, &stated, &names, &title);
    let site = if site.contains("{{") || site.contains("{$") { String::new() } else { site };
    Meta {
        title,
        headline,
        headline_instead,
        title_is_site,
        names,
        subtitle: String::new(),
        author,
        author_is_site,
        published: first(&[&linked.published, &declared.published, &data.published]),
        modified: first(&[&linked.modified, &declared.modified, &data.modified]),
        site,
        lang: declared_langs.first().cloned().unwrap_or_default(),
        declared_langs,
        second_headline: linked.second_headline,
        url: absolute(&canonical, url),
        tags: tags.join(", "),
        description: first(&[&linked.description, &declared.description]),
        article_body: linked.body,
        kind: declared.kind.max(linked.kind),
    }
}

/// White space folded, references resolved, markup that was written as text left out.
pub fn clean(value: &str) -> String {
    let value = if value.contains('&') { unescape(value) } else { value.to_string() };
    let value = if value.contains('<') { without_tags(&value) } else { value };
    let mut text = String::with_capacity(value.len());
    for word in value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn without_tags(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(open) = rest.find('<') {
        let inside = &rest[open + 1..];
        let begins = inside.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!'));
        match inside.find('>').filter(|_| begins) {
            Some(close) => {
                text.push_str(&rest[..open]);
                text.push(' ');
                rest = &inside[close + 1..];
            }
            None => {
                text.push_str(&rest[..=open]);
                rest = inside;
            }
        }
    }
    text + rest
}

pub fn attribute<'a>(source: &'a str, at: u32, wanted: &str) -> Option<&'a str> {
    Attributes::new(source, at as usize).find(|a| a.name.eq_ignore_ascii_case(wanted)).map(|a| a.value)
}

/// Who is stated to have written the article: the first source that names a person, else what names the site; and whether it is the site.
fn author(linked: &[String], declared: &Declared, data: &Microdata, names: &SiteNames) -> (String, bool) {
    let mut of_site = String::new();
    let one = std::slice::from_ref::<String>;
    let is_writer = WRITTEN_BY.contains(&declared.beside_label.trim_end_matches(':').trim().to_lowercase().as_str());
    let beside = if is_writer && person::is_name(&declared.beside) { one(&declared.beside) } else { &[] };
    let found = [linked, &declared.authors, one(&data.author), one(&data.linked_author), beside];
    for stated in found {
        let (author, is_site) = person::join(stated, names);
        if !author.is_empty() && !is_site {
            return (author, false);
        }
        if of_site.is_empty() {
            of_site = author;
        }
    }
    let is_site = !of_site.is_empty();
    (of_site, is_site)
}

/// What content systems call the author beside a link to the page.
const WRITTEN_BY: [&str; 22] = [
    "written by",
    "author",
    "by",
    "escrito por",
    "autor",
    "geschrieben von",
    "verfasst von",
    "écrit par",
    "auteur",
    "scritto da",
    "geschreven door",
    "skriven av",
    "skrevet av",
    "skrevet af",
    "napisane przez",
    "автор",
    "написано автором",
    "ditulis oleh",
    "yazan",
    "द्वारा लिखित",
    "작성자",
    "執筆者",
];

/// Most languages that one place declares.
const LANGS: usize = 4;

/// The primary language of a tag, None where it is none: "utf-8", "spanish".
fn primary(tag: &str) -> Option<String> {
    let mut parts = tag.trim().split(|char: char| !char.is_ascii_alphanumeric());
    let first = parts.next().unwrap_or("").to_ascii_lowercase();
    let is_tag = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| part.len() == 3 || part.starts_with(|char: char| char.is_ascii_alphabetic());
    (is_tag && parts.next().is_none_or(is_part)).then_some(first)
}

fn html_lang(source: &str, page: &Page) -> String {
    let Some(region) = page.html else { return String::new() };
    let lang = attribute(source, region.start, "lang").or_else(|| attribute(source, region.start, "xml:lang"));
    let lang = lang.unwrap_or("").trim();
    let plausible =
        lang.len() <= 35 && lang.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plausible { lang.to_string() } else { String::new() }
}

fn canonical(source: &str, page: &Page) -> String {
    for region in &page.link_tags {
        let rel = attribute(source, region.start, "rel").unwrap_or("");
        if rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")) {
            return clean(attribute(source, region.start, "href").unwrap_or(""));
        }
    }
    String::new()
}

/// The address made absolute against the page's own; "" if that cannot be.
fn absolute(address: &str, base: &str) -> String {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return address.to_string();
    }
    let Some(scheme_end) = base.find("://") else { return String::new() };
    let host_end = base[scheme_end + 3..].find(['/', '?', '#']).map_or(base.len(), |at| at + scheme_end + 3);
    if let Some(rest) = address.strip_prefix("//") {
        return format!("{}://{rest}", &base[..scheme_end]);
    }
    if address.starts_with('/') {
        return format!("{}{address}", &base[..host_end]);
    }
    String::new()
}

pub fn key_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || crate::html::shape::is_mark(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(source: &str) -> Meta {
        read(source, &super::super::parse::parse(source), "https://news.example/a/1")
    }

    #[test]
    fn markup_in_metadata_is_left_out() {
        assert_eq!(
            clean("One&lt;BR&gt;two &lt;a href='/x'>Meena Kumari</a>, 3 < 4 > 2"),
            "One two Meena Kumari , 3 < 4 > 2"
        );
    }

    #[test]
    fn what_is_no_language_or_site_or_author_is_left_out() {
        let found =
            |stated: &str| meta(&format!("<meta http-equiv=content-language content='{stated}'>")).declared_langs;
        assert_eq!(found("de, en-GB"), ["de", "en"]);
        assert_eq!(found("es-419"), ["es"]);
        assert!(found("utf-8").is_empty() && found("spanish").is_empty() && found("iso-8859-1").is_empty());
        assert_eq!(meta("<meta property='og:site_name' content='https://news.example'>").site, "");
        let beside = |label: &str| {
            let label = format!("<meta name='twitter:label1' content='{label}'>");
            meta(&format!("{label}<meta name='twitter:data1' content='Meena Kumari'>")).author
        };
        assert_eq!((beside("Written by").as_str(), beside("Category").as_str()), ("Meena Kumari", ""));
    }

    #[test]
    fn absent_metadata_is_empty() {
        let found = meta("<p>कुछ नहीं</p>");
        assert_eq!(found, Meta { names: found.names.clone(), ..Meta::default() });
    }

    #[test]
    fn reads_meta_tags_and_headings() {
        let found = meta(
            "<html lang=hi-IN><head><title>पुल का काम फिर शुरू हुआ | उदाहरण</title><meta property='og:site_name' content='उदाहरण'>\
             <meta name=author content='अनिल &amp; सीमा'><link rel=canonical href='/a/one'>\
             <meta property='article:published_time' content='2026-03-01T10:00:00+05:30'><meta name=keywords content='पुल, नदी'>\
             </head><body><h1>पुल का काम फिर <b>शुरू</b> हुआ</h1>",
        );
        assert_eq!(found.title, "पुल का काम फिर शुरू हुआ");
        assert_eq!(found.author, "अनिल & सीमा");
        assert_eq!(found.lang, "hi");
        assert_eq!(found.url, "https://news.example/a/one");
        assert_eq!(found.published, "2026-03-01T10:00:00+05:30");
        assert_eq!(found.tags, "पुल, नदी");
        assert_eq!(found.site, "उदाहरण");
    }

    #[test]
    fn authors_of_json_ld_may_stand_elsewhere() {
        let found = meta(
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"Article\", \"headline\": \"River bridge opens\",\
             \"author\": {\"@id\": \"https://news.example/#1\"}, \"publisher\": {\"@id\": \"#o\"}},\
             {\"@type\": \"Person\", \"@id\": \"https://news.example/#1\", \"name\": \"Meena Kumari\"},\
             {\"@type\": \"Organization\", \"@id\": \"#o\", \"name\": \"Example\"}]}</script>",
        );
        assert_eq!((found.author.as_str(), found.site.as_str()), ("Meena Kumari", "Example"));
    }

    #[test]
    fn reads_json_ld_even_if_it_is_broken() {
        let found = meta(
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebPage\", \"name\": \"x\"}, {\"@type\": [\"NewsArticle\"],\
             \"headline\": \"River bridge opens\n again\", \"author\": [{\"name\": \"A B\"}, \"C D\"], \"datePublished\": \"2026-01-02\",\
             \"publisher\": {\"name\": \"Example\"}, \"keywords\": [\"river\", \"bridge\"],}]}</script>",
        );
        assert_eq!(found.title, "River bridge opens again");
        assert_eq!(found.author, "A B, C D");
        assert_eq!(found.published, "2026-01-02");
        assert_eq!(found.site, "Example");
        assert_eq!(found.tags, "river, bridge");
    }
}
