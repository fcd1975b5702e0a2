//! The name of the site in a headline: "Bridge opens | Example News", ":: Example News :: Bridge opens".
//!
//! A part of a title is the site's name where the page says so (og:site_name, the publisher of its JSON-LD, the application's name)
//! or where it is the name in the address. Without such evidence only the shape of a page's `<title>` speaks: a short last part.

use super::meta::key_words;
use super::shape::is_unspaced;

/// What parts a title, widest first; the first word is that of the separator between spaces.
const SEPARATORS: [&str; 14] =
    [" | ", " :: ", "::", " - ", " – ", " — ", " » ", " › ", " · ", " • ", "｜", " : ", "│", "ㅣ"];
/// What decorates the ends of a title.
const EDGES: [char; 14] = ['|', ':', '-', '–', '—', '»', '›', '·', '•', '｜', '_', '/', '│', 'ㅣ'];

/// A site's names, each as its words in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteNames {
    named: Vec<Vec<String>>,
    /// Labels of the host, and names without their spaces.
    joined: Vec<String>,
}

impl SiteNames {
    pub fn new(declared: [&str; 3], addresses: [&str; 2]) -> SiteNames {
        let named: Vec<Vec<String>> = declared
            .iter()
            .map(|name| key_words(name).collect())
            .filter(|words: &Vec<String>| !words.is_empty())
            .collect();
        let mut joined: Vec<String> = named.iter().map(|words| words.concat()).collect();
        for address in addresses {
            joined.extend(labels(address));
        }
        SiteNames { named, joined }
    }

    /// A headline that the page shows, without the names of its site.
    pub fn out_of(&self, headline: &str) -> String {
        let parts = parts(headline);
        if parts.len() < 2 {
            return bare(headline).to_string();
        }
        let is_name: Vec<bool> = parts.iter().enumerate().map(|(at, part)| self.is_name(part.text, at > 0)).collect();
        // Names at the ends only: in the middle a name is what the headline is about.
        let first = is_name.iter().position(|name| !name);
        let last = is_name.iter().rposition(|name| !name);
        match (first, last) {
            (Some(first), Some(last)) => bare(&headline[parts[first].from..parts[last].to]).to_string(),
            _ => bare(headline).to_string(),
        }
    }

    /// A title that the page has in its head: also without what only its shape shows to be a name.
    pub fn out_of_head(&self, title: &str) -> String {
        let known = self.out_of(title);
        let behind = title.strip_prefix(&known).unwrap_or("");
        let marked = !behind.is_empty() && !behind.starts_with(char::is_whitespace);
        let mut title = self.without_sections(&known, marked);
        for separator in [" | ", " :: ", " » ", "｜", "│", "ㅣ"] {
            if let Some(at) = title.find(separator) {
                let (head, tail) = (&title[..at], &title[at + separator.len()..]);
                if separator == " » " && head.contains('«') {
                    continue;
                }
                // The longer part is the headline; names of sites are short.
                if head.chars().count() >= 15 && head.chars().count() >= tail.chars().count() / 2 {
                    title = head.trim_end();
                }
            }
        }
        for separator in [" - ", " – ", " — "] {
            if let Some(at) = title.rfind(separator) {
                let (head, tail) = (&title[..at], &title[at + separator.len()..]);
                let few = tail.split_whitespace().count() <= 4 && tail.chars().count() * 3 <= head.chars().count();
                if head.split_whitespace().count() >= 4 && few {
                    title = head.trim_end();
                }
            }
        }
        bare(title).to_string()
    }

    /// Whether a heading is nothing but names of the site.
    pub fn is_all_of(&self, heading: &str) -> bool {
        parts(heading).iter().all(|part| self.is_name(part.text, false))
    }

    /// Whether an author is, or goes on from, what the page calls its site.
    pub fn is_declared(&self, author: &str) -> bool {
        let words: Vec<String> = key_words(author).collect();
        self.named.iter().any(|name| name.iter().all(|word| words.contains(word)) || name.concat() == words.concat())
    }

    /// Whether an author is the site: one of its names, a word beside it ("Example desk"), or a part of the address.
    pub fn is_of_site(&self, author: &str) -> bool {
        // "Example News, Town, Country"
        let author = author.split(',').next().unwrap_or(author);
        let words: Vec<String> = key_words(author).collect();
        let whole = words.concat();
        let is_known = |joined: &String| self.joined.contains(joined);
        let beside = (1..words.len().min(4)).any(|count| {
            let (front, back) = (words[..count].concat(), words[words.len() - count..].concat());
            words.len() - count <= 1 && (is_known(&front) || is_known(&back)) && front.len() >= 3
        });
        is_known(&whole) || beside
    }

    /// Whether a part of a title is a name of the site; the words beside the name are few, and only behind the headline.
    fn is_name(&self, part: &str, behind: bool) -> bool {
        let words: Vec<String> = key_words(part).collect();
        if words.is_empty() {
            return true;
        }
        let joined = words.concat();
        if self.joined.contains(&joined) {
            return true;
        }
        // "City of Example" on example.com.
        let mostly =
            |label: &String| label.chars().count() >= 5 && joined.contains(label) && label.len() * 2 >= joined.len();
        let words_of = |name: &Vec<String>| {
            let holds = |all: &[String], few: &[String]| few.iter().all(|word| all.contains(word));
            let longer = holds(&words, name) && words.len() <= 2 * name.len() + 1;
            let shorter = words.len() >= 2 && holds(name, &words);
            longer || shorter
        };
        behind && (self.joined.iter().any(mostly) || self.named.iter().any(words_of))
    }

    /// A title in a script without spaces, or in Korean, without the sections and the site that are set behind it with a mark and no space:
    /// "标题_频道_网站", "标题--栏目--网站", "제목-정치ㅣ사이트". One hyphen also stands within headlines: what is behind it goes where it is
    /// the site's name, or where another part was `marked` off behind it.
    fn without_sections<'a>(&self, title: &'a str, mut marked: bool) -> &'a str {
        /// Longest section behind one hyphen, in characters, and shortest headline.
        const SECTION: usize = 8;
        const HEADLINE: usize = 6;
        let own = |char: char| is_unspaced(char) || ('가'..='힣').contains(&char);
        let count = |text: &str| text.chars().filter(|&char| own(char)).count();
        if count(title) * 2 < title.chars().filter(|char| char.is_alphabetic()).count() {
            return title;
        }
        let mut head = title;
        for mark in ["_", "--"] {
            let is_headline = |at: &usize| count(&head[..*at]) >= HEADLINE.max(count(&head[*at..]) + 1);
            if let Some(at) = head.find(mark).filter(is_headline) {
                head = head[..at].trim_end();
                marked = true;
            }
        }
        while let Some(at) = head.rfind('-') {
            let section = &head[at + 1..];
            let is_short = section.chars().all(own) && (2..=SECTION).contains(&section.chars().count());
            let known = self.is_name(section, false) || (marked && is_short);
            if !known || count(&head[..at]) < HEADLINE.max(section.chars().count()) {
                break;
            }
            head = head[..at].trim_end();
            marked = true;
        }
        head
    }
}

struct Piece<'a> {
    from: usize,
    to: usize,
    text: &'a str,
}

/// The parts of a title between its separators.
fn parts(title: &str) -> Vec<Piece<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < title.len() {
        // No separator begins with anything else.
        at += title[at..].bytes().take_while(|byte| byte.is_ascii() && !matches!(byte, b' ' | b':')).count();
        let rest = &title[at..];
        match SEPARATORS.iter().find(|separator| rest.starts_with(**separator)) {
            Some(separator) => {
                parts.push(Piece { from, to: at, text: &title[from..at] });
                at += separator.len();
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(Piece { from, to: title.len(), text: &title[from..] });
    parts
}

/// Without the decoration of its ends; a dash that belongs to a word or a number stays.
fn bare(title: &str) -> &str {
    let mut title = title.trim();
    while let Some(edge) = title.chars().next().filter(|edge| EDGES.contains(edge)) {
        let rest = title[edge.len_utf8()..].trim_start_matches(edge);
        if !rest.starts_with(char::is_whitespace) && !matches!(edge, '|' | ':' | '｜') {
            break;
        }
        title = rest.trim_start();
    }
    while let Some(edge) = title.chars().next_back().filter(|edge| EDGES.contains(edge)) {
        let rest = title[..title.len() - edge.len_utf8()].trim_end_matches(edge);
        // A closing quotation mark.
        if matches!(edge, '»' | '›') && rest.contains(['«', '‹']) {
            break;
        }
        if !rest.ends_with(char::is_whitespace) && !matches!(edge, '|' | '｜') && !title.ends_with("::") {
            break;
        }
        title = rest.trim_end();
    }
    title
}

/// The labels of an address's host that can be a name: not www, not the top, not m or amp.
fn labels(address: &str) -> impl Iterator<Item = String> + '_ {
    let host = address.split_once("://").map_or("", |(_, rest)| rest).split(['/', '?', '#', ':']).next().unwrap_or("");
    let count = host.split('.').count();
    let own =
        host.split('.').take(count.saturating_sub(1)).filter(|label| label.chars().count() >= 3 && *label != "www");
    // "example.com" itself is a name too.
    let whole = host.strip_prefix("www.").unwrap_or(host);
    own.map(str::to_string)
        .chain((count > 1).then(|| whole.to_string()))
        .map(|label| key_words(&label).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> SiteNames {
        SiteNames::new(["उदाहरण समाचार", "", "@nadipath"], ["https://www.nadi-path.example/hindi/pul", ""])
    }

    #[test]
    fn names_go_from_both_ends() {
        for title in [
            "पुल पर बस पलटी, दो घायल | उदाहरण समाचार",
            "उदाहरण समाचार - पुल पर बस पलटी, दो घायल",
            ":: उदाहरण समाचार :: पुल पर बस पलटी, दो घायल",
            ":: पुल पर बस पलटी, दो घायल ::",
            "पुल पर बस पलटी, दो घायल :: उदाहरण समाचार ::",
            "पुल पर बस पलटी, दो घायल | उदाहरण समाचार लाइव | Nadi Path",
            "पुल पर बस पलटी, दो घायल – nadi-path.example",
            "पुल पर बस पलटी, दो घायल - उदाहरण समाचार - उदाहरण समाचार",
        ] {
            assert_eq!(names().out_of(title), "पुल पर बस पलटी, दो घायल", "{title}");
        }
    }

    #[test]
    fn what_is_no_name_stays() {
        for title in [
            "उदाहरण समाचार",
            "दिल्ली - मुंबई मार्ग पर नई ट्रेन",
            "बजट 2026 | किसानों को क्या मिला",
            "समाचार : पुल पर बस पलटी",
            "-5 डिग्री तक गिरा पारा",
            "उदाहरण समाचार के दफ्तर में आग | दो घायल",
            "क्या कहा उन्होंने:",
            "Il a parlé de la « gravité de la situation »",
        ] {
            assert_eq!(names().out_of(title), title, "{title}");
        }
    }

    #[test]
    fn sections_behind_titles_without_spaces_go() {
        let names = SiteNames::new(["한빛일보", "", ""], ["", ""]);
        for (title, headline) in [
            ("河上新桥周日开放通车_新闻频道_示例网", "河上新桥周日开放通车"),
            ("河上新桥周日开放通车--社会·生活--示例网", "河上新桥周日开放通车"),
            ("河上新桥周日开放通车-社会-한빛일보", "河上新桥周日开放通车"),
            ("河上新桥周日开放通车-社会_示例网", "河上新桥周日开放通车"),
            ("河上新桥周日开放通车-示例诗歌网", "河上新桥周日开放通车-示例诗歌网"),
            ("两岸_上游村庄代表周日在桥边会面", "两岸_上游村庄代表周日在桥边会面"),
            ("河边铁路周日正式开通东村-西村", "河边铁路周日正式开通东村-西村"),
            ("두 마을 축구 경기 일요일 열린다, 동촌-서촌", "두 마을 축구 경기 일요일 열린다, 동촌-서촌"),
            ("새 다리 일요일 개통… 4년 만에 완공-사회ㅣ한빛일보", "새 다리 일요일 개통… 4년 만에 완공"),
            ("Bridge_over the river--opens", "Bridge_over the river--opens"),
            ("上海-北京列车", "上海-北京列车"),
        ] {
            assert_eq!(names.out_of_head(title), headline);
        }
    }

    #[test]
    fn without_evidence_a_short_last_part_of_a_title_goes() {
        let none = SiteNames::new(["", "", ""], ["", ""]);
        assert_eq!(
            none.out_of_head("Bridge over the river opens on Sunday | Example"),
            "Bridge over the river opens on Sunday"
        );
        assert_eq!(none.out_of("Bridge over the river opens | Example"), "Bridge over the river opens | Example");
    }
}
