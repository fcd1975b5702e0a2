//! Whole lines: labels, buttons, section headers with the run of headlines under them, tag lists.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::counts;
use super::cueless::{
    by_shape, has_glued_section, has_section, in_brackets, is_credited, is_row_of_hashtags, is_signed_off,
};
use super::edges::{bare, head};
use super::headlines::run_of_headlines;
use super::known::Not;
use super::sentence::{QUOTES, is_of_news, is_open, says_more, second_bar, tells};
use super::shape::{Ending, Line, Page};
use super::stems::LEAD;
use super::subheads::{Subheadings, is_among_subheadings};
use super::{Context, Level, Stripped};
use crate::cues::{Form, Hit, Reach, folded, is_digit, is_letter, is_word};
use crate::spans::Reason;
use crate::words::words;
use xxhash_rust::xxh3::xxh3_64;

/// Longest line that a cue can speak for, in characters.
const CUED: usize = 1200;
/// Longest headline, in characters.
const HEADLINE: usize = 220;
/// Longest caption on the line under its label, in characters.
const CAPTION: usize = 200;
/// Lines from either end in which a bracket that fills its line is a credit.
const EDGE: usize = 4;
/// Longest entry of a tag list, in characters, and most entries.
pub(super) const TAG: usize = 30;
const TAGS: usize = 24;
/// Words of a line that introduces a list of the article, at least, and most entries of that.
const INTRODUCED: usize = 6;
const ENTRIES: usize = 60;
/// Letters of a word that goes on with an ending, at least.
const INFLECTED: usize = 4;

/// A cue at the beginning or end of a line, and what else the line holds.
pub(super) struct LineCue<'a> {
    pub hit: Hit,
    pub rest: &'a str,
    /// No letter beside the cue.
    pub alone: bool,
}

/// Looks up the cue of each line that is new, without the bullets, arrows, brackets and emojis around it; a long line has none.
pub(super) fn look_up_new(page: &mut Page<'_>, context: &Context<'_>) {
    for at in 0..page.lines.len() {
        if page.known[at].id != 0 {
            continue;
        }
        page.last_id += 1;
        page.known[at].id = page.last_id;
        let line = &page.lines[at];
        if line.chars <= CUED {
            let (bare, cues) = (bare(page.of(line)), context.cues);
            let (begun, ends) = (cues.begun(bare), cues.may_end(bare));
            let begins = cues.may_begin(begun);
            let head = if begins { cues.walk_from_start(bare) } else { None };
            let hit = head.or_else(|| if ends { cues.walk_from_end(bare) } else { None });
            let known = &mut page.known[at];
            known.hit = hit;
            known.set_not(Not::Begun, begun == Reach::Nothing);
            known.set_not(Not::Headed, !begins);
            known.set_not(Not::Tailed, !ends);
        }
    }
}

/// What was looked up for line `at`.
#[inline]
pub(super) fn line_cue<'a>(page: &'a Page<'_>, at: usize) -> Option<LineCue<'a>> {
    let hit = page.known.get(at)?.hit?;
    let bare = bare(page.of(page.lines.get(at)?));
    Some(LineCue { hit, rest: hit.rest(bare), alone: hit.is_alone(bare) })
}

pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    let (paragraphs, again, subheadings) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
    let mut entries = 0..0;
    let mut listed = 0;
    let paragraphs = || paragraphs.get_or_init(|| Paragraphs::of(page));
    let again = || again.get_or_init(|| Again::of(page));
    let subheadings = || subheadings.get_or_init(|| Subheadings::of(page));
    let mut at = 0;
    while at < page.lines.len() {
        let line = &page.lines[at];
        if verdicts[at].is_some() || line.chars > 700 {
            at += 1;
            continue;
        }
        let text = page.of(line);
        let cue = line_cue(page, at).filter(|cue| fits(cue, line, &context)).filter(|cue| {
            let how_to = cue.hit.reason == Reason::App && cue.hit.form == Form::Tail && line.ending == Ending::Stop;
            !how_to || is_of_news(text, &context)
        });
        let cue = cue.filter(|cue| !is_button(cue.hit.reason) || !is_step(page, at));
        let cue = cue.filter(|cue| at >= listed || !may_be_listed(cue));
        let cue = cue.filter(|cue| !is_among_subheadings(page, at, cue, subheadings));
        let cue = cue.filter(|_| line.ending != Ending::Stop || !quotes(text));
        let cue = cue.filter(|cue| {
            let inside = || paragraphs().first < at && paragraphs().last.is_some_and(|last| last > at);
            let stays_above = || verdicts[at - 1].is_none();
            let spoken = || is_button(cue.hit.reason) && is_spoken(page, at, stays_above(), &context);
            !(cue.alone && cue.hit.form != Form::Tail && inside()) || !spoken() && !heads_its_subject(page, at, again)
        });
        let cue = cue.filter(|cue| {
            let sentence = is_open(&cue.hit) && line.ending == Ending::Stop && !cue.alone;
            let below = || paragraphs().last.is_none_or(|last| last <= at) && !context.cues.reports(text);
            !sentence || context.cues.calls(text) || below()
        });
        let Some(cue) = cue else {
            listed = listed.max(end_of_list(page, at));
            if context.level == Level::Gentle || line.ending == Ending::Stop {
                at += 1;
                continue;
            }
            // several lines in brackets are a list, not a credit
            let in_list = |at: usize| page.lines.get(at).is_some_and(|line| in_brackets(page.of(line)));
            let alone = || !in_list(at + 1) && !at.checked_sub(1).is_some_and(in_list);
            let outermost = (at < EDGE || at + EDGE >= page.lines.len()) && alone();
            let (known, shaped) = (&page.known[at], if outermost { Not::ShapedAtEdge } else { Not::Shaped });
            if !known.is_not(shaped) {
                verdicts[at] = by_shape(text, line, outermost, &context);
                known.set_not(shaped, verdicts[at].is_none());
            }
            if verdicts[at].is_none() && paragraphs().first < at && has_glued_section(text) {
                verdicts[at] = Some(Reason::Related);
            }
            // above the first paragraph it is the article's own headline
            if verdicts[at].is_some()
                && line.chars <= HEADLINE
                && has_section(text)
                && page.lines.get(at + 1).is_some_and(|next| is_prose(page, next))
                && verdicts[..at].iter().all(Option::is_some)
            {
                verdicts[at] = None;
            }
            at += 1;
            continue;
        };
        // further down "Summary" is a subheading
        if cue.hit.reason == Reason::Highlights && cue.alone && paragraphs().second < at {
            at += 1;
            continue;
        }
        // above the first paragraph "Copyright row: …" is a headline
        let notice = text.contains(['©', '(']) || text.contains(is_digit);
        if cue.hit.reason == Reason::Copyright && !cue.alone && !notice && at < paragraphs().first {
            at += 1;
            continue;
        }
        verdicts[at] = Some(cue.hit.reason);
        at += 1;
        match cue.hit.reason {
            Reason::Related if cue.alone || cue.hit.form == Form::Tail => {
                let end = run_of_headlines(page, at, paragraphs().last, &mut entries);
                verdicts[at..end].fill(Some(Reason::Related));
                at = end;
            }
            Reason::Tags if cue.alone => {
                let end = run_of_tags(page, at);
                // between two paragraphs these are its subheadings
                let inside = paragraphs().first < at && paragraphs().last.is_some_and(|last| last >= end);
                let end = if inside { at } else { end };
                for entry in &page.lines[at..end] {
                    add_tags(&mut found.tags, page.of(entry));
                }
                verdicts[at..end].fill(Some(Reason::Tags));
                at = end;
            }
            Reason::Tags => add_tags(&mut found.tags, cue.rest),
            // "Image caption," and then the caption
            Reason::Caption if cue.alone && text.ends_with([',', ':']) && is_caption(page, at) => {
                verdicts[at] = Some(Reason::Caption);
                at += 1;
            }
            _ => {}
        }
    }
    if context.level > Level::Gentle {
        counts::find(page, paragraphs().first, paragraphs().last, verdicts);
    }
    lonely(page, &context, paragraphs().first, verdicts);
    if let (Some(verdict @ None), Some(line)) = (verdicts.last_mut(), page.lines.last())
        && context.level > Level::Gentle
    {
        // further up it may be an entry of a list of the article
        if is_row_of_hashtags(page.of(line)) {
            *verdict = Some(Reason::Tags);
            add_tags(&mut found.tags, page.of(line));
        } else if is_signed_off(page.of(line)) {
            *verdict = Some(Reason::Credit);
        }
    }
}

/// What steps of instructions may look like: "2. Download the app".
pub(super) fn is_button(reason: Reason) -> bool {
    matches!(reason, Reason::App | Reason::Promo | Reason::Newsletter | Reason::Share | Reason::Comments)
}

/// What a list of the article may consist of: names of platforms, sections.
fn may_be_listed(cue: &LineCue<'_>) -> bool {
    cue.alone
        && cue.hit.form != Form::Tail
        && matches!(cue.hit.reason, Reason::Share | Reason::Header | Reason::Nav | Reason::App)
}

/// The end of the list that line `above` introduces: "The ten apps downloaded most are these:". Half of its entries are unknown to any cue, or the
/// text goes on below it; what is neither may be a row of buttons.
fn end_of_list(page: &Page<'_>, above: usize) -> usize {
    let text = page.of(&page.lines[above]);
    if !text.ends_with([':', 'ः']) || text.split_whitespace().nth(INTRODUCED - 1).is_none() {
        return above;
    }
    let from = above + 1;
    let is_listed = |at: &usize| {
        let line = &page.lines[*at];
        line.chars <= TAG && line.ending == Ending::Open && line_cue(page, *at).is_none_or(|cue| may_be_listed(&cue))
    };
    let count = (from..page.lines.len()).take(ENTRIES).take_while(is_listed).count();
    let unknown = page.known[from..from + count].iter().filter(|known| known.hit.is_none()).count();
    let below = page.lines.get(from + count);
    let goes_on = below.is_some_and(|line| line.ending == Ending::Stop && page.known[from + count].hit.is_none());
    if count > 1 && (unknown * 2 >= count || goes_on) { from + count } else { above }
}

/// "What do you think?" where the text goes on, or in quotation marks: no call of the page.
fn is_spoken(page: &Page<'_>, at: usize, stays_above: bool, context: &Context<'_>) -> bool {
    let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
    let says = matches!(line.ending, Ending::Stop | Ending::Question) && context.cues.appeals(text) == 0;
    let beside_text = || stays_above && page.known.get(at + 1).is_some_and(|next| next.hit.is_none());
    text.starts_with(QUOTES) || says && beside_text()
}

/// `"Sign up now," the poster read.`
fn quotes(text: &str) -> bool {
    let told = text.strip_prefix(QUOTES).and_then(|text| text.split_once(['"', '”', '»', '“']));
    told.is_some_and(|(_, told)| told.split_whitespace().filter(|word| word.contains(is_letter)).nth(1).is_some())
}

/// "Photo" above a paragraph that speaks of photos is its subheading, if it stands there once.
fn heads_its_subject<'a>(page: &Page<'_>, at: usize, again: impl Fn() -> &'a Again) -> bool {
    let Some([line, next]) = page.lines.get(at..at + 2) else { return false };
    let word = page.of(line);
    if !word.chars().all(is_word) || !is_prose(page, next) {
        return false;
    }
    page.spend(LEAD);
    let fold = |word: &str| word.chars().filter_map(folded).collect::<String>();
    let subject = fold(word);
    let inflected = subject.chars().nth(INFLECTED - 1).is_some();
    let is_told = |word: &&str| {
        let word = fold(word);
        word == subject || inflected && word.starts_with(&subject)
    };
    words(head(page.of(next), LEAD)).filter(is_told).nth(1).is_some() && again().second(page, at).is_none()
}

/// The lines of a page by what they say: where that is said for the second time.
pub(super) struct Again(HashMap<u64, Option<usize>, xxhash_rust::xxh3::Xxh3DefaultBuilder>);

impl Again {
    pub fn of(page: &Page<'_>) -> Again {
        page.spend(page.text.len() / 2);
        let mut second: HashMap<u64, Option<usize>, _> = HashMap::default();
        for (at, line) in page.lines.iter().enumerate() {
            let said = xxh3_64(page.of(line).as_bytes());
            second.entry(said).and_modify(|second| *second = second.or(Some(at))).or_insert(None);
        }
        Again(second)
    }

    /// The second line that says what line `at` says.
    pub fn second(&self, page: &Page<'_>, at: usize) -> Option<usize> {
        *self.0.get(&xxh3_64(page.of(&page.lines[at]).as_bytes()))?
    }
}

/// A numbered line beside another one.
fn is_step(page: &Page<'_>, at: usize) -> bool {
    let numbered = |at: usize| page.lines.get(at).is_some_and(|line| is_numbered(page.of(line)));
    numbered(at) && (numbered(at + 1) || at.checked_sub(1).is_some_and(numbered))
}

/// "6. Cheaper medicine"
pub(super) fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(is_digit);
    rest.len() < text.len() && rest.starts_with(['.', ')'])
}

fn is_caption(page: &Page<'_>, at: usize) -> bool {
    page.lines.get(at).is_some_and(|line| line.ending != Ending::Stop && line.chars <= CAPTION)
}

/// One word that is a button or a section beside others ("Pinterest", "Sports") is a subheading where it stands alone between lines that stay
/// (a section above the first paragraph is none), and an entry of a list of the article where it ends one.
fn lonely(page: &Page<'_>, context: &Context<'_>, first: usize, verdicts: &mut [Option<Reason>]) {
    for at in 1..verdicts.len() {
        let stays = |at: usize| verdicts[at].is_none();
        let alone =
            stays(at - 1) && if at + 1 < verdicts.len() { stays(at + 1) } else { !is_prose(page, &page.lines[at - 1]) };
        let button = verdicts[at] == Some(Reason::Share) || verdicts[at] == Some(Reason::Header) && at > first;
        if alone && button {
            let cue = line_cue(page, at).map(|cue| &context.cues.cues[cue.hit.cue]);
            if cue.is_some_and(|cue| cue.form == Form::Alone && !cue.phrase.contains(' ')) {
                verdicts[at] = None;
            }
        }
    }
}

/// Whether the line has the shape that goes with its cue.
fn fits(cue: &LineCue<'_>, line: &Line, context: &Context<'_>) -> bool {
    use Reason::*;
    let Hit { reason, form, .. } = cue.hit;
    if reason == Credit && form != Form::Tail && is_told(cue.rest, context) {
        return false;
    }
    if cue.alone {
        // "Read more?", but not "For you?"
        let asks =
            context.cues.cues[cue.hit.cue].phrase.ends_with(['?', '!']) || reason == Related && form == Form::Label;
        // "Share this!"
        let called = is_button(reason) && cue.rest.contains('!') && !cue.rest.contains('?');
        return line.chars <= 60 && (line.ending != Ending::Question || asks || called) || form == Form::Tail;
    }
    // A cue at the end speaks for its sentence, not for those before it.
    if form == Form::Tail && (line.stops > 1 || cue.rest.contains(['।', '۔']) || cue.rest.contains(". ")) {
        return false;
    }
    // "Benefits: …. How to apply: … click here"
    if form == Form::Tail && cue.rest.matches(": ").nth(1).is_some() {
        return false;
    }
    let sentence = line.ending == Ending::Stop;
    // most characters and sentence ends that the line may have
    let (chars, stops) = match (reason, form) {
        (Related, Form::Tail) => (45, 0),
        // a headline has no full stop; with one, running text is glued to it
        (Related, Form::Label) if sentence && (tells(cue.rest) || second_bar(cue.rest).is_some()) => (0, 0),
        (Related, _) if sentence => (150, 1),
        (Related, _) => (280, 2),
        (Tags, Form::Tail) => (0, 0),
        (Tags, _) if !sentence => (600, 1),
        (Promo | Newsletter | App, Form::Label) if sentence => (110, 1),
        (Promo | Newsletter | App | Footer, _) => (300, 3),
        (Copyright, Form::Label) => (200, 3),
        (Copyright, _) => (300, 5),
        (Caption, Form::Tail) => (300, 3),
        // "Photo/video library"
        (Caption, _)
            if cue.rest.trim_start().strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_lowercase)) =>
        {
            (0, 0)
        }
        (Caption, _) => (280, 3),
        (Credit | Source, Form::Label) if !sentence => (70, 1),
        // "Our correspondent, Lucknow."
        (Credit, Form::Label) if context.level > Level::Gentle && !says_more(cue.rest) && cue.rest.starts_with(',') => {
            (60, 1)
        }
        (Credit | Source, Form::Head | Form::Tail) => (110, 1),
        (Comments | Share, Form::Label) if !sentence && !says_more(cue.rest) => (60, 1),
        (Comments | Share, Form::Head | Form::Tail) => (140, 2),
        (Ad, _) => (80, 1),
        (Nav, Form::Label) if !sentence => (140, 0),
        // "Read time: 3 min"
        (Header, Form::Label) if cue.rest.contains(is_digit) => (30, 1),
        (Header, Form::Head | Form::Tail) => (60, 0),
        // their own rules: byline.rs, repeat.rs
        _ => (0, 0),
    };
    let certain = form == Form::Label || matches!(reason, Copyright | Share | Ad);
    line.chars <= chars && line.stops <= stops && (certain || context.level > Level::Gentle)
}

/// "Agency: the mayor resigns": behind the agency and a colon or dash stands what it tells, no name, place or other agency.
pub(super) fn is_told(rest: &str, context: &Context<'_>) -> bool {
    let Some(told) = rest.trim_start().strip_prefix([':', '-', '–', '—']).map(bare) else { return false };
    let named = !told.contains(is_digit) && told.split_whitespace().nth(2).is_none();
    let listed = || told.contains([',', '/', '|']) && is_credited(told);
    let agency = || context.cues.at_start(told).is_some_and(|hit| hit.reason == Reason::Credit);
    !(told.is_empty() || named || listed() || agency())
}

/// True where a line reads as running text.
#[inline]
pub(super) fn is_prose(page: &Page<'_>, line: &Line) -> bool {
    line.ending == Ending::Stop && line.chars >= 40
        || line.stops >= 2 && line.chars > 140
        || line.chars > HEADLINE + 20
        || page.unpunctuated && line.chars >= 100
}

/// Where a page has its running text.
struct Paragraphs {
    /// Lines; those of the end where there are none.
    first: usize,
    second: usize,
    last: Option<usize>,
}

impl Paragraphs {
    fn of(page: &Page<'_>) -> Paragraphs {
        let prose = |at: &usize| is_prose(page, &page.lines[*at]);
        let end = page.lines.len();
        let mut lines = (0..end).filter(prose);
        let (first, second) = (lines.next().unwrap_or(end), lines.next().unwrap_or(end));
        Paragraphs { first, second, last: (0..end).rfind(prose) }
    }
}

fn run_of_tags(page: &Page<'_>, from: usize) -> usize {
    let is_tag = |line: &Line| line.chars <= TAG && line.ending == Ending::Open;
    let listed = (from..page.lines.len()).take(TAGS);
    from + listed.take_while(|&at| is_tag(&page.lines[at]) && line_cue(page, at).is_none()).count()
}

fn add_tags(tags: &mut String, text: &str) {
    for tag in text.split([',', '|', '#', '•', '،', ';']) {
        let tag = bare(tag);
        if !tag.is_empty() {
            if !tags.is_empty() {
                tags.push_str(", ");
            }
            tags.push_str(tag);
        }
    }
}
