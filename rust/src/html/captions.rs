//! Where in an image's caption the credit begins: "Children at the lake Photo: A. Das", "… (PTI)".

use super::headline::nearest_heading;
use super::names::{Kinds, kind};
use super::parse::{Block, Page};
use super::segment::Verdict;
use crate::cues::{Cues, Form, is_word};
use crate::spans::Reason;
use crate::text::is_running_text;

/// Longest caption in which a credit is looked for, and longest name behind its cue, in characters.
const CAPTION: usize = 1000;
const NAME: usize = 80;

/// The byte at which the credit begins, with the bracket or the bar before it; 0 where the caption is nothing else.
pub fn credit_at(caption: &str, cues: &Cues) -> Option<usize> {
    if caption.chars().count() > CAPTION {
        return None;
    }
    let mut before = ' ';
    let mut found = None;
    for (at, char) in caption.char_indices() {
        let begins = (is_word(char) || char == '©') && !is_word(before);
        before = char;
        if begins && found.is_none() && is_credit(caption, at, cues) {
            found = Some(at);
        }
    }
    let lead = caption[..found?].trim_end_matches(|char: char| char.is_whitespace() || "([{|/-–—•·,:".contains(char));
    // A stop belongs to the caption.
    let begin = caption.len() - caption[lead.len()..].trim_start().len();
    Some(if lead.chars().any(is_word) { begin } else { 0 })
}

/// Words of a line behind an image that its credit makes a caption; fewer where it is an agency's name, which stands behind news as well.
const LINE: usize = 60;
const SHORT: usize = 30;
/// Shortest running text, in bytes.
const PROSE: usize = 40;

/// Lines taken for the article's that stand right behind an image and end in its credit, or in the length of a film, or have the credit on
/// the next line, are captions, unless they are all that the article says: a brief with a picture ends in its source as well.
pub fn beside_images(source: &str, page: &Page, cues: &Cues, verdicts: &mut [Verdict]) {
    let is_prose = |&at: &usize| {
        let text = page.blocks[at].text;
        verdicts[at].is_none() && text.len() >= PROSE && is_running_text(text.of(&page.text))
    };
    let last = (0..verdicts.len()).rfind(is_prose);
    let only = last.filter(|&last| !(0..last).any(|at| is_prose(&at)));
    // What the page calls a caption the model has judged by that.
    let mut kinds = Kinds::new(source, page);
    for (at, (block, verdict)) in page.blocks.iter().zip(verdicts).enumerate() {
        let other = block.preformatted || only == Some(at) || nearest_heading(page, block.element).is_some();
        if verdict.is_some() || block.images == 0 || other || kinds.around(block.element, 3) & kind::CAPTION != 0 {
            continue;
        }
        let text = block.text.of(&page.text);
        let words = text.split_whitespace().count();
        if words > LINE || text.len() > 4 * CAPTION {
            continue;
        }
        let own = credit_at(text, cues).filter(|&begin| begin > 0).is_some_and(|begin| {
            let credit = text[begin..].trim_start_matches(|char| !is_word(char) && char != '©');
            let labelled =
                credit.starts_with('©') || cues.at_start(credit).is_some_and(|hit| hit.reason == Reason::Caption);
            labelled || words <= SHORT
        });
        let next = page.blocks.get(at + 1).filter(|next| next.images == 0 && credit_of(page, next, cues));
        if own || ends_in_length(text) || (words <= SHORT && last > Some(at) && next.is_some()) {
            *verdict = Some(Reason::Caption);
        }
    }
}

/// Fewest slides of a gallery, words of the paragraph under each, and how much longer all are than what was taken for the article: pictures
/// of a review have captions as long.
const SLIDES: usize = 3;
const PARAGRAPH: usize = 20;
const LONGER: usize = 4;

/// The captions that are the paragraphs of a gallery: running text, each with a credit in it or beside it, and together far more than
/// what was taken for the article.
pub fn slides(page: &Page, cues: &Cues, verdicts: &[Verdict]) -> Vec<usize> {
    let text = |at: usize| page.blocks[at].text.of(&page.text);
    let is_credit = |at: usize| match verdicts.get(at) {
        Some(Some(Reason::Credit)) => true,
        Some(Some(Reason::Caption)) => credit_at(text(at), cues) == Some(0),
        _ => false,
    };
    let is_slide = |&at: &usize| {
        let long = verdicts[at] == Some(Reason::Caption) && text(at).split_whitespace().nth(PARAGRAPH - 1).is_some();
        let has_credit = || is_credit(at + 1) || at > 0 && is_credit(at - 1) || credit_at(text(at), cues) > Some(0);
        long && has_credit() && is_running_text(text(at))
    };
    let slides: Vec<usize> = (0..verdicts.len()).filter(is_slide).collect();
    let kept = (0..verdicts.len()).filter(|&at| verdicts[at].is_none()).map(|at| text(at).len()).sum::<usize>();
    let own = slides.iter().map(|&at| text(at).len()).sum::<usize>();
    if slides.len() >= SLIDES && own > LONGER * kept { slides } else { Vec::new() }
}

/// A line that is nothing but a credit with its label.
fn credit_of(page: &Page, block: &Block, cues: &Cues) -> bool {
    let text = block.text.of(&page.text);
    let labelled =
        |hit: &crate::cues::Hit| matches!(hit.reason, Reason::Caption | Reason::Source) && !hit.is_alone(text);
    text.len() <= NAME && credit_at(text, cues) == Some(0) && cues.at_start(text).is_some_and(|hit| labelled(&hit))
}

/// "… 2:21 min", as players state the length of a film.
fn ends_in_length(text: &str) -> bool {
    let mut words = text.trim_end_matches('.').rsplit(' ');
    let unit = words.next().is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "min" | "mins"));
    let (minutes, seconds) = words.next().and_then(|word| word.split_once(':')).unwrap_or(("", ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    unit && digits(minutes) && seconds.len() == 2 && digits(seconds)
}

fn is_credit(caption: &str, at: usize, cues: &Cues) -> bool {
    let rest = &caption[at..];
    if rest.starts_with('©') {
        return rest.chars().count() <= NAME;
    }
    let Some(hit) = cues.at_start(rest) else { return false };
    let name = hit.rest(rest);
    if name.chars().count() > NAME {
        return false;
    }
    let named = name.chars().any(char::is_alphabetic);
    let set_apart = caption[..at].trim_end().chars().next_back().is_none_or(|before| !is_word(before));
    match hit.reason {
        // "Photo: name"; "File photo" and "Photo of the lake" are of the caption.
        Reason::Caption => named && matches!(hit.form, Form::Label | Form::Head),
        // An agency's name stands alone behind a sign, or with other agencies.
        Reason::Credit => set_apart && (!named || name.trim_start().starts_with(',')),
        Reason::Source | Reason::Copyright => set_apart || named,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::Tag;
    use super::*;

    fn parts(caption: &str) -> (String, String) {
        let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
        let cues = Cues::new(vec![
            cue("caption", "Photo"),
            cue("caption", "File photo"),
            cue("caption", "फोटो"),
            cue("credit", "PTI"),
            cue("credit", "AFP"),
            cue("credit", "भाषा"),
        ]);
        let at = credit_at(caption, &cues.expect("cues")).unwrap_or(caption.len());
        (caption[..at].trim_end().to_string(), caption[at..].to_string())
    }

    #[test]
    fn credits_stand_behind_captions() {
        for (caption, credit) in [
            ("Children at the lake", "Photo: A. Das"),
            ("Children at the lake.", "Photo: A. Das"),
            ("झील पर बच्चे", "(फोटो: अ. दास)"),
            ("झील पर बच्चे", "| फोटो - अ. दास"),
            ("Children at the lake", "(PTI)"),
            ("Children at the lake", "– AFP, PTI"),
            ("Children at the lake", "© A. Das"),
            ("", "Photo: A. Das"),
            ("", "PTI"),
        ] {
            assert_eq!(parts(format!("{caption} {credit}").trim()), (caption.to_string(), credit.to_string()));
        }
    }

    #[test]
    fn a_line_behind_an_image_that_ends_in_its_credit_is_a_caption() {
        let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
        let cues = Cues::new(vec![cue("caption", "Photo"), cue("credit", "PTI"), cue("source", "Source")]).unwrap();
        let kept = |source: &str| {
            let page = super::super::parse::parse(source);
            let mut verdicts = vec![None; page.blocks.len()];
            beside_images(source, &page, &cues, &mut verdicts);
            verdicts.iter().filter(|verdict| verdict.is_none()).count()
        };
        assert_eq!(kept("<img><p>Children at the lake, Photo: A. Das<p>Body."), 1);
        assert_eq!(kept("<img><p>Children at the lake. 18.04.2024 | 0:21 min<p>Body."), 1);
        let body = "<p>The new bridge was opened on Sunday, after four years.";
        assert_eq!(kept(&format!("<img><p>Children at the lake.<p>Source: PTI{body}")), 2);
        assert_eq!(kept(&format!("<img><p>Children swam in the lake on Sunday, officials said. (PTI){body}")), 1);
        assert_eq!(kept("<p>Children at the lake, Photo: A. Das<p>Body."), 2);
        assert_eq!(kept("<img><p>Children swam in the lake.<p>Body."), 2);
        assert_eq!(kept(&format!("<img><p>{}(PTI)<p>Body.", "The bridge was opened. ".repeat(10))), 2);
    }

    #[test]
    fn a_brief_behind_its_picture_is_no_caption() {
        let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
        let cues = Cues::new(vec![cue("credit", "PTI"), cue("source", "Source")]).unwrap();
        let brief = "The new bridge over the river was opened on Sunday";
        for source in [
            format!("<img><p>{brief}.<p>Source: PTI<p>Advertisers"),
            format!("<p>4 January<img><p>{brief} (PTI).<p>Advertisers"),
        ] {
            let page = super::super::parse::parse(&source);
            let mut verdicts = vec![None; page.blocks.len()];
            beside_images(&source, &page, &cues, &mut verdicts);
            assert!(verdicts.iter().all(Option::is_none), "{source}");
        }
    }

    #[test]
    fn captions_that_name_a_cue_stay_whole() {
        for caption in [
            "A photo of the lake",
            "Children at the lake (File photo)",
            "हिंदी भाषा, लिपि और बच्चे",
            "PTI workers at the lake",
        ] {
            assert_eq!(parts(caption), (caption.to_string(), String::new()));
        }
    }

    #[test]
    fn the_paragraphs_of_a_gallery_are_found_by_their_credits() {
        let cue = |reason: &str, phrase: &str| ("en".to_string(), reason.to_string(), phrase.to_string());
        let cues = Cues::new(vec![cue("caption", "Photo"), cue("credit", "PTI")]).unwrap();
        let said = "The children of the village swam in the lake on Sunday, as they do each year, and nobody was cold for long.";
        let found = |slide: &str, before: &str| {
            let source = format!("{before}{}", format!("<figcaption>{slide}</figcaption>").repeat(3));
            let page = super::super::parse::parse(&source);
            let of = |block: &Block| page.elements.get(block.element as usize).map(|element| element.tag);
            let verdict = |block: &Block| (of(block) != Some(Tag::B)).then_some(Reason::Caption);
            let verdicts: Vec<Verdict> = page.blocks.iter().map(verdict).collect();
            slides(&page, &cues, &verdicts).len()
        };
        assert_eq!(found(&format!("<p>{said}</p><p>Photo: A. Das</p>"), ""), 3);
        assert_eq!(found(&format!("<p>{said} (PTI)</p>"), "<b>The lake in pictures.</b>"), 3);
        // Captions of an article, and what nobody took a picture of.
        assert_eq!(found(&format!("<p>{said} (PTI)</p>"), &format!("<b>{}</b>", said.repeat(5))), 0);
        assert_eq!(found(&format!("<p>{said}</p>"), ""), 0);
        assert_eq!(found("<p>Children at the lake (PTI)</p>", ""), 0);
    }
}
