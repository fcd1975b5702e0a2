//! Leftovers out of text that another tool extracted: section headers and the headlines under them, promos, by-lines, captions, credits…
//!
//! A cut needs a cue or a repetition, and the shape and the place that go with it: "शेयर करें" alone on its line is a button, "शेयर बाजार में
//! गिरावट…" is a paragraph. Passes are repeated until nothing more is found, so stripping twice is stripping once. A pass takes over from the
//! one before what is known of each line, and a text that would take more work than [`WORK`] allows comes back as it is.

pub mod batch;
mod bracket;
mod byline;
mod credits;
mod cueless;
mod cuts;
mod dateline;
mod edges;
mod ends;
mod escaped;
mod glued;
mod headlines;
mod inline;
mod invisible;
mod known;
mod lines;
mod lists;
mod machine;
mod masks;
mod menus;
mod names;
mod origin;
mod places;
mod repeat;
mod sentence;
pub mod shape;
mod shortcodes;
mod stems;
mod subheads;
mod title;
mod zones;

use std::borrow::Cow;
use std::cell::LazyCell;

use crate::cues::Cues;
use crate::spans::{Cut, Reason};
use crate::templates::{self, Recurring};
pub(crate) use cuts::Pieces;
use known::Not;
use shape::{Ending, Page, Room};

/// How much goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What stands alone on its line or in its brackets and can be nothing else.
    Gentle,
    Normal,
    /// Also what only position and shape speak for.
    Aggressive,
}

impl Level {
    pub const NAMES: [&str; 3] = ["gentle", "normal", "aggressive"];

    pub fn named(name: &str) -> Option<Level> {
        let at = Level::NAMES.iter().position(|&known| known == name)?;
        Some([Level::Gentle, Level::Normal, Level::Aggressive][at])
    }
}

/// What is known besides the text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub cues: &'a Cues,
    pub level: Level,
    /// The headline where the caller knows it, else "".
    pub title: &'a str,
    /// The lines are paragraphs as their publisher set them: the dateline and the agency in a paragraph of prose belong to it. A text that
    /// a tool extracted may have glued them to it.
    pub paragraphs: bool,
}

/// The article without its leftovers, and what they said about it. Unknown fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stripped<'a> {
    pub text: Cow<'a, str>,
    pub title: String,
    pub subtitle: String,
    pub author: String,
    /// What stood before the first sentence: place, date, agency.
    pub dateline: String,
    /// ISO 8601; the date of the last change where the text states no other
    pub published: String,
    /// ISO 8601
    pub modified: String,
    /// joined by ", "
    pub tags: String,
    pub removed: Vec<Cut>,
}

/// Work that a text may take, in bytes looked at: so much, and so much for each of its bytes. Articles take two to six a byte, pages full of
/// links up to twenty; what takes all of it was made to: thousands of leftovers of which each shows only when the one before is gone.
const WORK: (usize, usize) = (1 << 21, 40);

/// Room that the work on one text after another takes up.
#[derive(Default)]
pub struct Desk {
    page: Room,
    next: Room,
    verdicts: Vec<Option<Reason>>,
    texts: Vec<String>,
}

impl Desk {
    /// Takes back the room of a text.
    fn take_back(&mut self, text: Cow<'_, str>) {
        if let Cow::Owned(text) = text {
            self.texts.push(text);
        }
    }
}

pub fn strip<'a>(text: &'a str, context: Context<'_>) -> Stripped<'a> {
    strip_at(&mut Desk::default(), text, context, &Recurring::default()).0
}

/// [`strip`] with what recurs on the host of the text, and the work that it took.
fn strip_at<'a>(desk: &mut Desk, text: &'a str, context: Context<'_>, recurring: &Recurring) -> (Stripped<'a>, usize) {
    let untouched = || Stripped { title: context.title.trim().to_owned(), ..Stripped::default() };
    let most = WORK.0.saturating_add(WORK.1.saturating_mul(text.len()));
    let mut out = untouched();
    let mut pieces = Pieces::new(text);
    let mut page = Page::within(text, std::mem::take(&mut desk.page));
    let mut cuts = cuts_of(&mut page, context, recurring, &mut desk.verdicts, &mut out);
    while !cuts.is_empty() {
        let kept = pieces.cut(&page.text, &cuts, &mut out.removed);
        let text_left = pieces.text_within(desk.texts.pop().unwrap_or_default());
        let next = page.cut(text_left, &kept, std::mem::take(&mut desk.next));
        let (text_before, room) = std::mem::replace(&mut page, next).leave();
        desk.next = room;
        desk.take_back(text_before);
        if page.work.get() > most {
            return (Stripped { text: Cow::Borrowed(text), ..untouched() }, page.work.get());
        }
        cuts = cuts_of(&mut page, context, recurring, &mut desk.verdicts, &mut out);
    }
    let work = page.work.get();
    (out.text, desk.page) = page.leave();
    out.removed.sort_by_key(|removed| (removed.start, removed.end));
    if out.published.is_empty() {
        out.published.clone_from(&out.modified);
    }
    (out, work)
}

/// True where a text reads as running text, not as a label or a headline.
pub fn is_running_text(text: &str) -> bool {
    let page = Page::new(text);
    page.lines.iter().any(|line| lines::is_prose(&page, line))
}

/// The cuts of one pass, ascending and apart from each other, without the white space around them.
fn cuts_of(
    page: &mut Page<'_>,
    context: Context<'_>,
    recurring: &Recurring,
    verdicts: &mut Vec<Option<Reason>>,
    found: &mut Stripped<'_>,
) -> Vec<Cut> {
    lines::look_up_new(page, &context);
    let page = &*page;
    verdicts.clear();
    verdicts.resize(page.lines.len(), None);
    let mut cuts = Vec::new();
    invisible::find(page, &mut cuts);
    if context.level > Level::Gentle {
        escaped::find(page, &mut cuts);
    }
    byline::find(page, context, verdicts, found);
    find_templates(page, recurring, verdicts);
    if context.level > Level::Gentle {
        shortcodes::find(page, verdicts);
    }
    lines::find(page, context, verdicts, found);
    names::find(page, context, verdicts, found);
    let title = title::find(page, context, verdicts, found);
    zones::find(page, context, verdicts);
    repeat::find(page, context, title, verdicts);
    keep_the_only_text(page, verdicts);
    // on later passes few lines are left to look at
    let may_call = LazyCell::new(|| matches!(page.text, Cow::Owned(_)) || context.cues.may_hold_glued(&page.text));
    for ((line, known), verdict) in page.lines.iter().zip(&page.known).zip(verdicts.iter()) {
        match verdict {
            Some(reason) => cuts.push(Cut { start: line.start, end: line.end, reason: *reason }),
            None if known.is_not(Not::Cut) => {}
            None => {
                let before = cuts.len();
                inline::find(page, (line, known), context, *may_call, &mut cuts);
                known.set_not(Not::Cut, cuts.len() == before);
            }
        }
    }
    bracket::find_broken(page, context, &mut cuts);
    dateline::find(page, context, verdicts, &mut cuts, found);
    cuts::tidy(&mut cuts);
    cuts
}

/// What reads like a caption or a comment is the article where nothing else of the page is.
fn keep_the_only_text(page: &Page<'_>, verdicts: &mut [Option<Reason>]) {
    use Reason::*;
    if verdicts.iter().all(Option::is_some) {
        for (line, verdict) in page.lines.iter().zip(verdicts) {
            let may_be = matches!(verdict, Some(Caption | Credit | Comments | Source | Highlights | Header));
            // a flash says what its headline says
            let says_all = matches!(verdict, Some(Title | Repeat));
            let tagged = *verdict == Some(Tags) && page.lines.len() == 1;
            if tagged || line.ending == Ending::Stop && (says_all || may_be && lines::is_prose(page, line)) {
                *verdict = None;
            }
        }
    }
}

fn find_templates(page: &Page<'_>, recurring: &Recurring, verdicts: &mut [Option<Reason>]) {
    if recurring.is_empty() {
        return;
    }
    for (line, verdict) in page.lines.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none()) {
        let prose = lines::is_prose(page, line);
        if templates::key(0, page.of(line)).is_some_and(|key| recurring.is_template(key, prose)) {
            *verdict = Some(Reason::Template);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str =
        "The council asked three villages by the river to leave their houses on Tuesday, before the next flood.";
    const BODY: &str = "Officials said that food and medicine had reached the camps, and that heavy rain is expected for \
        two more days. The schools of the district stay closed until Monday.";
    const ALSO: &str = "Also read: Gold falls for a third day in a row";

    fn cues() -> Cues {
        let phrases = [
            ("related", "Also read"),
            ("promo", "… click here"),
            ("share", "Share this"),
            ("share", "= Twitter"),
            ("ad", "Advertisement"),
            ("byline", "By …"),
            ("dateline", "Updated"),
            ("credit", "PTI"),
            ("caption", "Photo"),
            ("tags", "Tags"),
            ("copyright", "© # …"),
            ("highlights", "Highlights …"),
            ("newsletter", "Sign up … newsletter"),
            ("comments", "Comments"),
            ("platform", "WhatsApp"),
            ("call", "follow"),
            ("news", "news"),
        ];
        Cues::new(phrases.map(|(reason, phrase)| ("en".into(), reason.into(), phrase.into())).into()).unwrap()
    }

    /// Every pass reads the text anew, as often as it takes.
    fn naive(text: &str, context: Context<'_>) -> Stripped<'static> {
        let mut out = Stripped { title: context.title.trim().to_owned(), ..Stripped::default() };
        let mut pieces = Pieces::new(text);
        loop {
            let current = pieces.text();
            let recurring = Recurring::default();
            let cuts = cuts_of(&mut Page::new(&current), context, &recurring, &mut Vec::new(), &mut out);
            if cuts.is_empty() {
                out.removed.sort_by_key(|removed| (removed.start, removed.end));
                if out.published.is_empty() {
                    out.published.clone_from(&out.modified);
                }
                return Stripped { text: Cow::Owned(current), ..out };
            }
            pieces.cut(&current, &cuts, &mut out.removed);
        }
    }

    #[test]
    fn passes_that_take_over_what_is_known_find_what_passes_that_read_anew_find() {
        let pieces = [
            LEAD,
            BODY,
            ALSO,
            "Also read",
            "Share this",
            "Twitter",
            "(Advertisement)",
            "By Meena Kumari",
            "5 March 2024, 10:30",
            "Updated: 5 March 2024",
            "RAMPUR (PTI): ",
            "PTI - ",
            "PTI: the camps are full",
            "रामपुर। ",
            "पटना: ",
            "RAMPUR, March 5 - ",
            "5 March",
            "Press release",
            "(PTI)",
            "Photo: PTI",
            "Tags:",
            "flood",
            "© 2024 Example News",
            "Highlights three villages by the river",
            "To join us on WhatsApp, click here.",
            "The camps",
            "(",
            ")",
            "[",
            "|",
            "Gold falls for a third day in a row",
            "Mr.",
            "यह भी।",
            "\u{FEFF}",
            "\u{200B}",
            ".",
            "!",
            "?",
            "…",
        ];
        let gaps = ["\n", "\n\n", " ", "\r\n", "\r", "\u{2028}", "", " \n "];
        let cues = cues();
        let mut next = crate::draws::draws(11);
        let mut passes = 0;
        for count in 0..4000 {
            let gap = next(gaps.len());
            let text: String = (0..next(24))
                .map(|_| {
                    pieces[next(pieces.len())].to_owned() + gaps[if next(4) == 0 { next(gaps.len()) } else { gap }]
                })
                .collect();
            for level in [Level::Gentle, Level::Normal, Level::Aggressive] {
                let title = if count % 5 == 0 { "The camps" } else { "" };
                let context = Context { cues: &cues, level, title, paragraphs: count % 3 == 0 };
                let out = strip(&text, context);
                assert_eq!(out, naive(&text, context), "{text:?}");
                assert_eq!(strip(&out.text, context).text, out.text, "{text:?}");
                passes += out.removed.len();
            }
        }
        assert!(passes > 10_000);
    }

    /// Texts in which a leftover shows only when the one before is gone.
    fn stacks(count: usize) -> Vec<String> {
        let article = format!("{LEAD} {BODY}\n{BODY} It was cold.\n{LEAD}");
        vec![
            format!("{}{article}", "PTI - ".repeat(count)),
            format!("{}{article}", "RAMPUR (PTI): ".repeat(count)),
            format!("{article}{}", " (PTI)".repeat(count)),
            format!("{article}{}", " Photo: PTI.".repeat(count)),
        ]
    }

    #[test]
    fn a_stack_of_leftovers_goes_down_to_the_last() {
        let cues = cues();
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        for (one, many) in stacks(1).into_iter().zip(stacks(300)) {
            assert_eq!(strip(&many, context).text, strip(&one, context).text);
        }
    }

    #[test]
    fn many_lines_that_every_pass_takes_over_count_as_work() {
        let cues = cues();
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        let article = format!("{LEAD} {BODY}\n{BODY} It was cold.\n{LEAD}");
        let (lines, stack) = ("The camps by the river\n".repeat(20_000), " Photo: PTI.".repeat(4000));
        for text in [format!("{article}{stack}\n{lines}"), format!("{lines}{article}{stack}")] {
            let (out, work) = strip_at(&mut Desk::default(), &text, context, &Recurring::default());
            // a pass takes over all lines, and reads one again
            let pass = 24 * 20_000 + 4 * text.len();
            assert!(work <= WORK.0 + WORK.1 * text.len() + pass, "{work}");
            assert_eq!(out.text, text);
        }
    }

    #[test]
    fn headers_that_each_begin_a_run_find_its_end_once() {
        let cues = Cues::new(
            [("related", "… read also")].map(|(reason, cue)| ("en".into(), reason.into(), cue.into())).into(),
        )
        .unwrap();
        let context = Context { cues: &cues, level: Level::Normal, title: "", paragraphs: false };
        let text = format!("{}{BODY}\n{LEAD}", "The camps, read also\n".repeat(30_000));
        let (out, work) = strip_at(&mut Desk::default(), &text, context, &Recurring::default());
        assert_eq!(out.text, format!("{BODY}\n{LEAD}"));
        assert!(work < 4 * text.len(), "{work}");
    }

    #[test]
    fn a_stack_takes_no_more_work_than_is_allowed_and_stripping_twice_is_stripping_once() {
        let cues = cues();
        let context = Context { cues: &cues, level: Level::Aggressive, title: "", paragraphs: false };
        let untouched = stacks(10_000).len() - 1;
        for (at, text) in stacks(10_000).into_iter().enumerate() {
            let (out, work) = strip_at(&mut Desk::default(), &text, context, &Recurring::default());
            // a pass is counted when it is over
            assert!(work <= WORK.0 + (WORK.1 + 4) * text.len());
            assert_eq!(strip(&out.text, context).text, out.text);
            assert_eq!(out.text == text, at == untouched);
        }
    }
}
