//! The passes over texts, which several of them go through in step, rule by rule: all rules together hold several times the code that a
//! processor keeps at hand, and one rule for one text after another is read once.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use super::cuts::{self, Pieces};
use super::known::Not;
use super::masks::Masks;
use super::shape::{Ending, Page, Room};
use super::{Context, Level, Stripped};
use super::{
    bracket, byline, dateline, escaped, inline, invisible, lines, names, notes, repeat, shortcodes, title, zones,
};
use crate::spans::{Cut, Reason};
use crate::templates::{self, Recurring};

/// Work that a text may take, in bytes looked at: so much, and so much for each of its bytes. Articles take two to six a byte, pages full of
/// links up to twenty; what takes all of it was made to: thousands of leftovers of which each shows only when the one before is gone.
pub(super) const WORK: (usize, usize) = (1 << 21, 40);

/// What a text is stripped with: itself, what is known besides it, and what recurs on its host.
pub(super) type Input<'a> = (&'a str, Context<'a>, Option<&'a Recurring>);

/// Where texts are worked on, block after block, in the room that those before took up.
#[derive(Default)]
pub(super) struct Desk<'a> {
    jobs: Vec<Job<'a>>,
    /// The jobs that are not done.
    open: Vec<usize>,
    spare: Spare,
}

/// Room that is free.
#[derive(Default)]
struct Spare {
    rooms: Vec<Room>,
    masks: Vec<Masks>,
    verdicts: Vec<Vec<Option<Reason>>>,
    cuts: Vec<Vec<Cut>>,
    texts: Vec<String>,
}

impl Spare {
    fn take_back(&mut self, text: Cow<'_, str>) {
        if let Cow::Owned(text) = text {
            self.texts.push(text);
        }
    }
}

/// A text on its way through the passes.
struct Job<'a> {
    input: Input<'a>,
    pieces: Pieces<'a>,
    page: Page<'a>,
    verdicts: Vec<Option<Reason>>,
    /// Where the headline stands; `None` where the caller knows it.
    headline: Option<Range<usize>>,
    cuts: Vec<Cut>,
    out: Stripped<'a>,
}

impl<'a> Job<'a> {
    fn new(input: Input<'a>, spare: &mut Spare) -> Job<'a> {
        let (text, context, _) = input;
        Job {
            input,
            pieces: Pieces::new(text),
            page: Page::within(text, spare.rooms.pop().unwrap_or_default(), &mut spare.masks),
            verdicts: spare.verdicts.pop().unwrap_or_default(),
            headline: None,
            cuts: spare.cuts.pop().unwrap_or_default(),
            out: untouched(context),
        }
    }

    /// Takes what a pass found out of the text; false where the text is done, as nothing was found or the work is too much.
    fn cut(&mut self, spare: &mut Spare) -> bool {
        if self.cuts.is_empty() {
            return false;
        }
        let kept = self.pieces.cut(&self.page.text, &self.cuts, &mut self.out.removed);
        let text_left = self.pieces.text_within(spare.texts.pop().unwrap_or_default());
        let next = self.page.cut(text_left, &kept, spare.rooms.pop().unwrap_or_default(), &mut spare.masks);
        let (text_before, room) = std::mem::replace(&mut self.page, next).leave();
        spare.take_back(text_before);
        spare.rooms.push(room);
        let (text, context, _) = self.input;
        let most = WORK.0.saturating_add(WORK.1.saturating_mul(text.len()));
        let is_within = self.page.work.get() <= most;
        if !is_within {
            self.out = untouched(context);
            self.page.text = Cow::Borrowed(text);
        }
        is_within
    }

    /// What is left of the text, and the work that it took.
    fn finish(self, spare: &mut Spare) -> (Stripped<'a>, usize) {
        let Job { mut out, page, verdicts, cuts, .. } = self;
        let work = page.work.get();
        let (text, room) = page.leave();
        spare.rooms.push(room);
        spare.verdicts.push(verdicts);
        spare.cuts.push(cuts);
        out.text = text;
        in_order(&mut out.removed);
        if out.published.is_empty() {
            out.published.clone_from(&out.modified);
        }
        (out, work)
    }
}

/// Puts what was removed in its order. The blank that one cut left between two words may have gone with a later one: it stays with the first.
fn in_order(removed: &mut Vec<Cut>) {
    removed.sort_by_key(|cut| (cut.start, cut.end));
    let mut end = 0;
    removed.retain_mut(|cut| {
        cut.start = cut.start.max(end);
        end = end.max(cut.end);
        cut.start < cut.end
    });
}

fn untouched(context: Context<'_>) -> Stripped<'static> {
    Stripped { title: context.title.trim().to_owned(), ..Stripped::default() }
}

impl<'a> Desk<'a> {
    /// Strips every text; `each` is given the texts in their order, what is left of them, and the work that each took. What it leaves of that is
    /// written over.
    pub fn strip(
        &mut self,
        texts: impl Iterator<Item = Input<'a>>,
        mut each: impl FnMut(&'a str, &mut Stripped<'a>, usize),
    ) {
        let Desk { jobs, open, spare } = self;
        jobs.extend(texts.map(|input| Job::new(input, spare)));
        open.extend(0..jobs.len());
        while !open.is_empty() {
            find_cuts(jobs, open);
            open.retain(|&at| jobs[at].cut(spare));
        }
        for job in jobs.drain(..) {
            let (text, _, _) = job.input;
            let (mut out, work) = job.finish(spare);
            each(text, &mut out, work);
            spare.take_back(out.text);
        }
    }
}

/// A text stripped by itself, and the work that it took.
pub(super) fn strip_alone<'a>(text: &'a str, context: Context<'a>) -> (Stripped<'a>, usize) {
    let mut stripped = (Stripped::default(), 0);
    let texts = std::iter::once((text, context, None));
    Desk::default().strip(texts, |_, out, work| stripped = (std::mem::take(out), work));
    stripped
}

/// The cuts of one pass over the texts that are `open`: ascending and apart from each other, without the white space around them.
fn find_cuts(jobs: &mut [Job<'_>], open: &[usize]) {
    let mut each = |rule: fn(&mut Job<'_>)| open.iter().for_each(|&at| rule(&mut jobs[at]));
    each(|job| {
        let (_, context, _) = &job.input;
        lines::look_up_new(&mut job.page, context);
        job.verdicts.clear();
        job.verdicts.resize(job.page.lines.len(), None);
        job.cuts.clear();
        invisible::find(&job.page, &mut job.cuts);
    });
    each(|job| {
        if job.input.1.level > Level::Gentle {
            escaped::find(&job.page, &mut job.cuts);
        }
        byline::find(&job.page, job.input.1, &mut job.verdicts, &mut job.out);
    });
    each(|job| {
        if let Some(recurring) = job.input.2 {
            find_templates(&job.page, recurring, &mut job.verdicts);
        }
        if job.input.1.level > Level::Gentle {
            shortcodes::find(&job.page, &mut job.verdicts);
        }
        lines::find(&job.page, job.input.1, &mut job.verdicts, &mut job.out);
    });
    each(|job| names::find(&job.page, job.input.1, &mut job.verdicts, &mut job.out));
    each(|job| job.headline = title::find(&job.page, job.input.1, &mut job.verdicts, &mut job.out));
    each(|job| zones::find(&job.page, job.input.1, &mut job.verdicts));
    each(|job| {
        let title = job.headline.clone().map_or(job.input.1.title, |headline| &job.page.text[headline]);
        repeat::find(&job.page, job.input.1, title, &mut job.verdicts);
        keep_the_only_text(&job.page, &mut job.verdicts);
    });
    each(|job| find_inside(&job.page, job.input.1, &job.verdicts, &mut job.cuts));
    each(|job| {
        bracket::find_broken(&job.page, job.input.1, &mut job.cuts);
        notes::find(&job.page, job.input.1, &job.verdicts, &mut job.cuts);
        dateline::find(&job.page, job.input.1, &job.verdicts, &mut job.cuts, &mut job.out);
    });
    each(|job| cuts::tidy(&mut job.cuts));
}

/// The lines that go, and what goes of the others.
fn find_inside(page: &Page<'_>, context: Context<'_>, verdicts: &[Option<Reason>], cuts: &mut Vec<Cut>) {
    // on later passes few lines are left to look at
    let may_call = LazyCell::new(|| matches!(page.text, Cow::Owned(_)) || context.cues.may_hold_glued(&page.text));
    for ((line, known), verdict) in page.lines.iter().zip(&page.known).zip(verdicts) {
        match verdict {
            Some(reason) => cuts.push(Cut { start: line.start, end: line.end, reason: *reason }),
            None if known.is_not(Not::Cut) => {}
            None => {
                let before = cuts.len();
                inline::find(page, (line, known), context, *may_call, cuts);
                known.set_not(Not::Cut, cuts.len() == before);
            }
        }
    }
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
    for (at, verdict) in verdicts.iter_mut().enumerate().filter(|(_, verdict)| verdict.is_none()) {
        let line = &page.lines[at];
        let prose = zones::says_something(page, at);
        if templates::key(0, page.of(line)).is_some_and(|key| recurring.is_template(key, prose)) {
            *verdict = Some(Reason::Template);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues::Cues;
    use crate::text::strip;

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
        crate::cues::tests::with_shipped_cities(&phrases)
    }

    /// Every pass reads the text anew, as often as it takes.
    fn naive(text: &str, context: Context<'_>) -> Stripped<'static> {
        let mut out = untouched(context);
        let mut pieces = Pieces::new(text);
        loop {
            let current = pieces.text();
            let mut job = [Job::new((&current, context, None), &mut Spare::default())];
            job[0].out = out;
            find_cuts(&mut job, &[0]);
            let [Job { cuts, out: found, .. }] = job;
            let Stripped { title, subtitle, author, dateline, published, modified, tags, removed, .. } = found;
            let text = Cow::Owned(current.clone());
            out = Stripped { text, title, subtitle, author, dateline, published, modified, tags, removed };
            if cuts.is_empty() {
                in_order(&mut out.removed);
                if out.published.is_empty() {
                    out.published.clone_from(&out.modified);
                }
                return out;
            }
            pieces.cut(&current, &cuts, &mut out.removed);
        }
    }

    /// Leftovers and sentences in any order.
    fn random_text(next: &mut impl FnMut(usize) -> usize) -> String {
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
            "(the camps)",
            "meena@example.com",
            "x@y–z",
            "Meena Kumari, Patna, 5 March 2024",
            "The camps by the river - Valley Herald",
            "(लेखिका सिंचाई विभाग की पूर्व निदेशक हैं)",
            "IMG_2041.jpg",
            "12",
            "—",
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
        let gap = next(gaps.len());
        let gap_behind = |next: &mut dyn FnMut(usize) -> usize| gaps[if next(4) == 0 { next(gaps.len()) } else { gap }];
        (0..next(24)).map(|_| pieces[next(pieces.len())].to_owned() + gap_behind(next)).collect()
    }

    #[test]
    fn passes_that_take_over_what_is_known_find_what_passes_that_read_anew_find() {
        let cues = cues();
        let mut next = crate::draws::draws(11);
        let mut passes = 0;
        for count in 0..4000 {
            let text = random_text(&mut next);
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
    fn texts_that_go_through_the_passes_in_step_come_out_as_each_alone() {
        let cues = cues();
        let mut next = crate::draws::draws(12);
        let mut desk = Desk::default();
        let blocks: Vec<Vec<String>> =
            (0..200).map(|_| (0..1 + next(16)).map(|_| random_text(&mut next)).collect()).collect();
        for block in &blocks {
            let context = |at: usize| Context {
                cues: &cues,
                level: [Level::Gentle, Level::Normal, Level::Aggressive][at % 3],
                title: ["", "The camps"][at % 2],
                paragraphs: at.is_multiple_of(5),
            };
            let mut alone = block.iter().enumerate().map(|(at, text)| strip_alone(text, context(at)));
            let inputs = block.iter().enumerate().map(|(at, text)| (&text[..], context(at), None));
            desk.strip(inputs, |_, out, work| assert_eq!(Some((std::mem::take(out), work)), alone.next()));
            assert!(alone.next().is_none());
        }
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
            let (out, work) = strip_alone(&text, context);
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
        let (out, work) = strip_alone(&text, context);
        assert_eq!(out.text, format!("{BODY}\n{LEAD}"));
        assert!(work < 4 * text.len(), "{work}");
    }

    #[test]
    fn a_stack_takes_no_more_work_than_is_allowed_and_stripping_twice_is_stripping_once() {
        let cues = cues();
        let context = Context { cues: &cues, level: Level::Aggressive, title: "", paragraphs: false };
        let untouched = stacks(10_000).len() - 1;
        for (at, text) in stacks(10_000).into_iter().enumerate() {
            let (out, work) = strip_alone(&text, context);
            // a pass is counted when it is over
            assert!(work <= WORK.0 + (WORK.1 + 4) * text.len());
            assert_eq!(strip(&out.text, context).text, out.text);
            assert_eq!(out.text == text, at == untouched);
        }
    }
}
