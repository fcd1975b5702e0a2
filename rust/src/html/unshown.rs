//! An article that the page states in its JSON-LD and does not show: what a browser gets is a frame that a script fills.

use super::entities::unescape;
use super::headline::ARTICLE;
use super::meta::{Meta, clean};
use super::parse::{Page, parse};
use super::segment::Verdict;
use crate::cues::Cues;
use crate::spans::{Part, Reason, Spans};
use crate::text::{self, Level, is_running_text};

/// Shortest text, in bytes, that is taken for an article, and where the page shows no running text at all.
const SHORTEST: usize = 300;
const ALONE: usize = 60;
/// The stated text is this much longer than what was kept, and than all the running text that the page shows.
const KEPT: usize = 8;
const SHOWN: usize = 2;

/// The lines of the article, where the page shows none. What was kept, a notice or a menu, is left out.
pub fn take(page: &Page, meta: &Meta, verdicts: &mut [Verdict]) -> Option<String> {
    if meta.kind != ARTICLE || meta.article_body.len() < ALONE {
        return None;
    }
    let bytes = |is_counted: &dyn Fn(usize, &str) -> bool| {
        let texts = page.blocks.iter().map(|block| block.text.of(&page.text)).enumerate();
        texts.filter(|(at, text)| is_counted(*at, text)).map(|(_, text)| text.len()).sum::<usize>()
    };
    if bytes(&|at, _| verdicts[at].is_none()) * KEPT > meta.article_body.len() {
        return None;
    }
    let body = lines(&meta.article_body);
    let shown = bytes(&|_, text| is_running_text(text));
    let least = if shown == 0 { ALONE } else { SHORTEST };
    if shown * SHOWN > body.len() || body.len() < least || !is_running_text(&body) {
        return None;
    }
    verdicts.iter_mut().filter(|verdict| verdict.is_none()).for_each(|verdict| *verdict = Some(Reason::Other));
    Some(body)
}

/// A text as lines, whether it is written as markup or plainly.
fn lines(stated: &str) -> String {
    let text = if stated.contains("&lt;") { unescape(stated) } else { stated.to_string() };
    let is_markup = ["</", "<br", "<p>"].iter().any(|tag| text.contains(tag));
    let lines: Vec<String> = if is_markup {
        let page = parse(&text);
        page.blocks.iter().map(|block| block.text.of(&page.text).to_string()).collect()
    } else {
        text.lines().map(clean).filter(|line| !line.is_empty()).collect()
    };
    lines.join("\n")
}

/// The text without what the stripper knows, and the script that it comes from as the one part that is kept.
pub fn render(
    source: &str,
    page: &Page,
    meta: &mut Meta,
    body: String,
    cues: &Cues,
    level: Option<Level>,
) -> (String, Spans<Part>) {
    let text = match level {
        Some(level) => {
            let paragraphs = level < Level::Aggressive;
            let stripped = text::strip(&body, text::Context { cues, level, title: &meta.title, paragraphs });
            for (known, found) in [(&mut meta.author, stripped.author), (&mut meta.published, stripped.published)] {
                if known.is_empty() {
                    *known = found;
                }
            }
            stripped.text.into_owned()
        }
        None => body,
    };
    let mut kept = Spans::default();
    let script = page.json_ld.iter().find(|script| script.of(source).contains("articleBody"));
    if let Some(script) = script.filter(|_| !text.is_empty()) {
        kept.push(script.start as usize..script.end as usize, Part::Declared, &text);
    }
    (text, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "The ferry stays in port until the storm is over, the harbour office said. ";

    fn taken(body: &str, shown: &str) -> Option<String> {
        let stated = format!(r#"{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{body}"}}"#);
        let source = format!("<script type='application/ld+json'>{stated}</script><body>{shown}");
        let page = parse(&source);
        let meta = super::super::meta::read(&source, &page, "");
        take(&page, &meta, &mut vec![None; page.blocks.len()])
    }

    #[test]
    fn the_text_of_a_page_that_shows_none_is_the_stated_one() {
        let body = LINE.repeat(5);
        assert_eq!(taken(&format!("{body}\\n{body}"), "<div id=app>Loading</div>").unwrap().lines().count(), 2);
        let markup = format!("&lt;p&gt;{body}&lt;/p&gt;&lt;p&gt;{body}&lt;/p&gt;");
        assert_eq!(taken(&markup, "").unwrap().lines().count(), 2);
        // a short one where there is nothing else
        assert_eq!(taken(LINE, "<div id=app>").unwrap(), LINE.trim());
    }

    #[test]
    fn a_page_that_shows_an_article_is_believed() {
        let body = LINE.repeat(5);
        assert_eq!(taken(&body, &format!("<p>{body}")), None);
        assert_eq!(taken(&body, &format!("<p>{LINE}{LINE}{LINE}")), None);
        assert_eq!(
            taken(LINE, "<p>The harbour office was closed on the day before, and nobody answered the telephone there."),
            None
        );
    }
}
