//! Promos inside a paragraph of which the markup shows the end: "It opened. <a>Also read: The ferry stays</a> The mayor spoke on Sunday."
//! The text alone does not tell where the headline ends and the next sentence begins.

use std::ops::Range;

use super::line::Line;
use super::meta::attribute;
use super::parse::{Block, Page};
use super::segment::Verdict;
use crate::cues::{Cues, is_letter, is_word};
use crate::spans::Reason;

/// Longest promo in bold or in italics, in characters; what is longer is a paragraph set so.
const STRESSED: usize = 240;
/// Fewest words of a link behind a cue, one is a name inside the headline; and of a sentence behind a link.
const WORDS: usize = 2;

const SENTENCE: usize = 4;
/// Most links of a paragraph; what has more is a list.
const LINKS: usize = 100;

const STOPS: [char; 8] = ['.', '।', '॥', '!', '?', '؟', '۔', '…'];
const OPENING: [char; 3] = ['(', '[', '{'];
const CLOSING: [char; 3] = [')', ']', '}'];
/// What stands between a label and its headline, between two headlines, and before and behind a promo.
const SIGNS: [char; 24] = [
    ':', '|', '-', '–', '—', '/', '>', '<', '»', '«', '›', '‹', '→', '➤', '►', '▶', '☞', '👉', '➡', '▸', '⇒', '➔', '▷',
    '*',
];

/// The promos of a block beside which it says something else, as ranges of its text, in order.
pub fn find(page: &Page, block: &Block, cues: &Cues) -> Vec<Range<usize>> {
    if block.links == 0 || block.preformatted || block.link_bytes as usize >= block.text.len() {
        return Vec::new();
    }
    let line = Line::new(page, block);
    if line.links.len() > LINKS {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, link) in line.links.iter().enumerate() {
        if found.last().is_some_and(|last| link.start < last.end) {
            continue;
        }
        found.extend(line.promo(at, cues).map(|promo| line.with_signs(promo)));
    }
    let words = |text: &str| text.chars().filter(|&char| is_letter(char)).count();
    let promised: usize = found.iter().map(|promo| words(&line.text[promo.clone()])).sum();
    if words(line.text) == promised { Vec::new() } else { found }
}

/// Longest headline behind a cue in bold that links to nothing, in characters; what is longer is a paragraph with a heading run in.
const HEADLINE: usize = 160;

/// Gives the reason to paragraphs that are nothing but a promo: a cue, and the links to other pages that it leads to, or in bold and the
/// headline behind it.
pub fn whole_blocks(source: &str, page: &Page, cues: &Cues, verdicts: &mut [Verdict]) {
    for (block, verdict) in page.blocks.iter().zip(verdicts) {
        let open = matches!(verdict, None | Some(Reason::Other)) && !block.preformatted;
        let marked = block.links > 0 || block.bold_bytes > 0;
        let may_lead = || cues.may_begin(cues.begun(from_word(block.text.of(&page.text))));
        if open && marked && may_lead() && Line::new(page, block).is_promo(source, page, cues) {
            *verdict = Some(Reason::Related);
        }
    }
}

impl Line<'_> {
    /// Whether the block is nothing but a promo.
    fn is_promo(&self, source: &str, page: &Page, cues: &Cues) -> bool {
        let is_cue = |label: &str, parted: bool| {
            let said = from_word(label);
            let hit = cues.at_start(said).filter(|hit| hit.reason == Reason::Related && hit.is_alone(said));
            hit.is_some_and(|hit| parted || cues.cues[hit.cue].phrase.contains(' '))
        };
        if let Some(first) = self.links.first() {
            let label = &self.text[..first.start];
            let gaps = self.links.windows(2).map(|pair| pair[0].end..pair[1].start);
            let behind = self.links.last().map_or(0, |last| last.end)..self.text.len();
            let is_left = |gap: Range<usize>| self.text.get(gap).is_some_and(says);
            let bold = self.stressed.first().is_some_and(|stressed| stressed.end == label.trim_end().len());
            return is_cue(label, bold || label.contains(SIGNS))
                && self.links.iter().all(|link| says(&self.text[link.clone()]))
                && !gaps.chain(std::iter::once(behind)).any(is_left)
                && self.linked.iter().all(|&link| leads_elsewhere(source, page, link));
        }
        let Some(bold) = self.stressed.first().filter(|_| self.stressed.len() == 1) else { return false };
        let headline = from_word(&self.text[bold.end..]);
        !says(&self.text[..bold.start])
            && is_cue(&self.text[bold.clone()], false)
            && says(headline)
            && headline.chars().nth(HEADLINE).is_none()
            && !headline.starts_with(char::is_lowercase)
            && !headline.contains(['.', '।', '॥', '۔'])
    }

    /// The promo that a link is of.
    fn promo(&self, at: usize, cues: &Cues) -> Option<Range<usize>> {
        let link = self.links.get(at)?;
        let stressed = self.stressed.iter().find(|stressed| stressed.start < link.end && link.start < stressed.end);
        if let Some(stressed) = stressed
            && let Some(start) = led(self.text, stressed.clone(), cues)
        {
            let promo = start..stressed.end.max(link.end);
            let whole = !says(&self.text[..start]) && !says(&self.text[promo.end..]);
            if whole || self.text[promo.clone()].chars().nth(STRESSED).is_none() {
                return (!whole).then_some(promo);
            }
        }
        let own = led(self.text, link.clone(), cues);
        let several = self.text[link.clone()].split_whitespace().nth(WORDS - 1).is_some();
        let start = own.or_else(|| if several { self.label_before(at, cues) } else { None })?;
        let end = self.last_of_row(at);
        self.is_left_by(end, own.is_some()).then_some(start..end)
    }

    /// Where the cue begins that stands right before a link, with nothing but signs between.
    fn label_before(&self, at: usize, cues: &Cues) -> Option<usize> {
        let link = self.links[at].start;
        let before = &self.text[..link];
        let label = before.trim_end_matches(|char| !is_word(char));
        let parted = before[label.len()..].contains(SIGNS);
        let sentence = label.char_indices().map(|(at, _)| at).rfind(|&at| begins_sentence(&label[..at]));
        let stress = self.stressed.iter().rfind(|stressed| stressed.start < label.len());
        let own = stress.filter(|stressed| stressed.end >= label.len());
        let begins = [own.map(|stressed| stressed.start), Some(sentence.unwrap_or(0))];
        let last_link = self.links[..at].last().map(|link| link.end).filter(|&end| end < label.len());
        let mut begins = begins.into_iter().flatten().chain(last_link);
        let is_cue = |start: usize| {
            let said = &before[start..];
            let hit = cues.at_start(said).filter(|hit| hit.reason == Reason::Related && hit.is_alone(said))?;
            // Without a sign between, what the label is set in must set it apart, or its words and those of the link.
            let set_apart = parted || own.is_some_and(|stressed| stressed.start == start);
            let words = || cues.cues[hit.cue].phrase.contains(' ') && is_headline(&self.text[link..]);
            (set_apart || words()).then_some(start)
        };
        begins.find_map(|begin| {
            let start = link - from_word(&before[begin..]).len();
            let enters = before[begin..start].contains([',', ';', '،']);
            if enters { None } else { is_cue(start) }
        })
    }

    /// The end of a link, or of the last one behind it in a row: "Also read: <a>…</a> | <a>…</a>".
    fn last_of_row(&self, at: usize) -> usize {
        let mut end = self.links[at].end;
        for next in &self.links[at + 1..] {
            let gap = self.text.get(end..next.start).unwrap_or("");
            if says(gap) || gap.contains(STOPS) || !gap.contains(|char| SIGNS.contains(&char) || ",;،•·".contains(char))
            {
                break;
            }
            end = next.end;
        }
        end
    }

    /// Whether the promo is over where its link ends: nothing follows, or a sentence does. One of some words needs no stop behind a link
    /// that holds the cue as well.
    fn is_left_by(&self, end: usize, holds_cue: bool) -> bool {
        let rest = &self.text[end..];
        if rest.starts_with(is_word) {
            return false;
        }
        let next = rest.trim_start_matches(|char: char| {
            char.is_whitespace() || STOPS.contains(&char) || SIGNS.contains(&char) || "\"'”’)]}".contains(char)
        });
        let begins = next.chars().next().is_none_or(|char| !char.is_lowercase() && !",;،".contains(char));
        let is_sentence = || next.contains(STOPS) || holds_cue && next.split_whitespace().nth(SENTENCE - 1).is_some();
        begins && (!says(next) || is_sentence())
    }

    /// A promo with the brackets around it, the arrows before it and the marks behind.
    fn with_signs(&self, promo: Range<usize>) -> Range<usize> {
        let before = &self.text[..promo.start];
        let mut kept = before.trim_end_matches(|char: char| char.is_whitespace() || SIGNS.contains(&char));
        let mut rest = self.text[promo.end..].trim_start_matches(['"', '\'', '”', '’']);
        let opened = kept.ends_with(OPENING) && !self.text[promo.clone()].contains(CLOSING);
        if opened && let Some(closed) = rest.trim_start().strip_prefix(CLOSING) {
            rest = closed;
            kept = kept[..kept.len() - 1].trim_end();
        }
        rest = trimmed_by(rest, |char| SIGNS.contains(&char));
        // A stop is the promo's where the sentence before has its own.
        if kept.is_empty() || kept.ends_with(|char| STOPS.contains(&char) || "\"”’)".contains(char)) {
            rest = rest.trim_start_matches(STOPS);
        }
        let start = kept.len() + before[kept.len()..].len() - before[kept.len()..].trim_start().len();
        start..self.text[..self.text.len() - rest.len()].trim_end().len()
    }
}

/// Whether a link goes to another page, not to a place of its own or to a letter.
fn leads_elsewhere(source: &str, page: &Page, link: u32) -> bool {
    let address = page.elements.get(link as usize).and_then(|link| attribute(source, link.attributes, "href"));
    address.is_some_and(|to| !["#", "mailto:", "tel:", "javascript:"].iter().any(|other| to.trim().starts_with(other)))
}

/// Where the words of a piece begin that begins with a cue and says more.
fn led(text: &str, piece: Range<usize>, cues: &Cues) -> Option<usize> {
    const QUOTES: [char; 7] = ['"', '“', '„', '‘', '\'', '«', '『'];
    let content = text.get(piece.clone())?;
    let said = from_word(content);
    let start = piece.end - said.len();
    // What somebody says is no promo.
    let spoken = |before: &str| before.ends_with(QUOTES) && !before.trim_end_matches(QUOTES).ends_with(STOPS);
    if content[..content.len() - said.len()].contains(QUOTES) || spoken(&text[..start]) {
        return None;
    }
    let hit = cues.at_start(said).filter(|hit| hit.reason == Reason::Related && !hit.is_alone(said))?;
    // "Read more about the ferry here" is a sentence.
    hit.rest(said).trim_start().starts_with(|char| !is_word(char)).then_some(start)
}

/// Whether a sentence begins behind a text, or what stands behind a bar or an arrow does.
fn begins_sentence(before: &str) -> bool {
    const DASHES: [char; 5] = ['-', '–', '—', '/', ':'];
    let text = before.trim_end();
    if text.ends_with(DASHES) {
        return text.len() < before.len() && text.trim_end_matches(DASHES).ends_with(' ');
    }
    text.is_empty() || [&STOPS[..], &OPENING, &CLOSING, &SIGNS].iter().any(|signs| text.ends_with(*signs))
}

/// Of several words, in a script without capital letters: "See also Ferries of the lake" is a sentence, "यह भी पढ़ें नाव का समय" is not.
fn is_headline(text: &str) -> bool {
    let has_case = |char: char| char.is_lowercase() || char.is_uppercase();
    text.split_whitespace().nth(WORDS).is_some() && !from_word(text).starts_with(has_case)
}

fn says(text: &str) -> bool {
    text.contains(is_letter)
}

fn from_word(text: &str) -> &str {
    text.trim_start_matches(|char| !is_word(char))
}

/// A text without the signs at its beginning, with the white space before them only where there are some.
fn trimmed_by(text: &str, is_sign: impl Fn(char) -> bool) -> &str {
    let rest = text.trim_start_matches(|char: char| char.is_whitespace() || is_sign(char));
    if text[..text.len() - rest.len()].contains(is_sign) { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    /// What is left of a line.
    fn left(line: &str) -> String {
        let phrases = ["Also read", "Read more about …", "Lire aussi …", "= Watch", "यह भी पढ़ें", "আরও পড়ুন"];
        let cue = |phrase: &str| ("xx".to_string(), "related".to_string(), phrase.to_string());
        let cues = Cues::new(phrases.into_iter().map(cue).collect()).unwrap();
        let page = parse(line);
        let block = &page.blocks[0];
        let text = block.text.of(&page.text);
        let (mut left, mut from) = (String::new(), 0);
        for promo in find(&page, block, &cues).into_iter().chain(std::iter::once(text.len()..text.len())) {
            left.push_str(&text[from..promo.start]);
            from = promo.end;
        }
        left.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_promo_ends_where_its_markup_does() {
        for promo in [
            "<a href=x>Also read: Gold is cheap</a>",
            "<a href=x><b>Also read</b>: Gold is cheap</a>.",
            "Also read: <a href=x>Gold is cheap</a>",
            "<b>Also read</b> <a href=x>Gold is cheap</a> »",
            "<i>Also read: why <a href=x>gold</a> is cheap</i>",
            "<b>Also read: </b><a href=x><b>Gold is cheap</b></a>",
            "(Also read: <a href=x>Gold is cheap</a>)",
            "[<a href=x>Also read: Gold is cheap</a>]",
            "👉 Also read | <a href=x>Gold is cheap</a>, <a href=x>Silver too</a> |",
            "Watch: <a href=x>How gold became cheap</a>",
            "<a href=x>Lire aussi : L'or</a>",
            "<a href=x>Also read: Gold is cheap</a> <a href=x>Also read: Silver too</a>",
        ] {
            assert_eq!(
                left(&format!("It burnt. {promo} The mayor spoke on Sunday.")),
                "It burnt. The mayor spoke on Sunday.",
                "{promo}"
            );
            assert_eq!(left(&format!("{promo} The mayor spoke on Sunday.")), "The mayor spoke on Sunday.", "{promo}");
            assert_eq!(left(&format!("It burnt. {promo}")), "It burnt.", "{promo}");
        }
        for promo in [
            "<a href=x>यह भी पढ़ें: सोना सस्ता</a>",
            "यह भी पढ़ें <a href=x>सोना हुआ सस्ता</a>।",
            "আরও পড়ুন- <a href=x>সোনা সস্তা</a>",
        ] {
            assert_eq!(left(&format!("आग बुझी। {promo} जांच होगी।")), "आग बुझी। जांच होगी।", "{promo}");
        }
        assert_eq!(left("आग बुझ गई <a href=x>यह भी पढ़ें: सोना सस्ता</a> प्रशासन ने जांच कराई"), "आग बुझ गई प्रशासन ने जांच कराई");
    }

    #[test]
    fn a_sentence_that_holds_the_words_stays() {
        for line in [
            "The letter, also read: <a href=x>by the mayor</a>, was long.",
            "She had <a href=x>also read</a> the letter. It was long.",
            "You can read more about <a href=x>the ferry of the lake</a> here. It is long.",
            "<a href=x>Read more about the ferry</a> in the book. It is long.",
            "It burnt. Also read <a href=x>The old letter</a> to them. It was long.",
            "Also read: <a href=x>Gold is</a> cheap. It was long.",
            "Also read: <a href=x>Gold</a> Prices fall. It was long.",
            "\"<a href=x>Also read: the letter</a>\" is what she wrote. It was long.",
            "यह भी पढ़ें: <a href=x>सोना सस्ता</a> हुआ बाजार में",
            "It burnt. Also read: gold is cheap. <a href=x>The mayor</a> spoke.",
        ] {
            assert_eq!(left(line), left(&line.replace(" href=x", "")), "{line}");
        }
    }

    #[test]
    fn a_paragraph_that_is_nothing_but_a_promo_goes_whole() {
        let phrases = ["Also read", "Watch", "यह भी पढ़ें"];
        let cue = |phrase: &str| ("xx".to_string(), "related".to_string(), phrase.to_string());
        let cues = Cues::new(phrases.into_iter().map(cue).collect()).unwrap();
        let goes = |source: &str| {
            let page = parse(source);
            let mut verdicts = vec![None; page.blocks.len()];
            whole_blocks(source, &page, &cues, &mut verdicts);
            verdicts == [Some(Reason::Related)]
        };
        for promo in [
            "<p><strong>Also read</strong> <a href=/1>Gold is cheap</a></p>",
            "<p><strong>Also read</strong><a href=/1>Gold is cheap</a></p>",
            "<p>Also read <a href=/1>Gold is cheap</a>.</p>",
            "<p>Also read <a href=/1>Gold is cheap</a> | <a href=/2>Silver too</a></p>",
            "<p><strong>Also read </strong>Gold is cheap</p>",
            "<p><em><b>यह भी पढ़ें</b></em> <a href=/1>सोना हुआ सस्ता</a></p>",
            "<p><b>यह भी पढ़ें </b>सोना हुआ सस्ता, जानें ताजा भाव</p>",
            "<p><b>Watch</b> <a href=/1>The ferry on the lake</a></p>",
        ] {
            assert!(goes(promo), "{promo}");
        }
        for sentence in [
            "<p>Also read <a href=/1>the letter</a> to the mayor.</p>",
            "<p>Also read the letter to <a href=/1>the mayor</a></p>",
            "<p>Also read <a href=#note>the note below</a></p>",
            "<p><b>Also read</b> the letter of the mayor</p>",
            "<p><b>Also read</b> Gold is cheap. So is silver.</p>",
            "<p>यह भी पढ़ें सोना हुआ <a href=/1>सस्ता</a></p>",
            "<p><b>Watch</b> Birds on the lake</p>",
            "<p>Watch <a href=/1>Birds on the lake</a></p>",
            "<p><b>Also read</b></p>",
        ] {
            assert!(!goes(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_line_that_says_nothing_else_is_left_to_others() {
        for line in [
            "Also read: <a href=x>Gold is cheap</a>.",
            "<b>Also read: why <a href=x>gold</a> is cheap</b>",
            "<a href=x>Also read: Gold</a> | <a href=x>Silver</a>",
        ] {
            assert_eq!(left(line), left(&line.replace(" href=x", "")), "{line}");
        }
        assert_eq!(
            left(&"Also read: <a href=x>Gold is cheap</a>. So it is. ".repeat(101)).matches("Gold").count(),
            101
        );
    }
}
