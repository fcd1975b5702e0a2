//! What ends a text and is none of it: a bracket about its author, its outlet or its pictures, from where it was taken, and what readers are told
//! to look at that stood below. Only the last line that stays is looked at: further up the same words may be told.

use super::credits::is_name;
use super::edges::bare;
use super::lines::is_prose;
use super::lists::List;
use super::shape::{Ending, Kind, Line, Mark, Page};
use super::{Context, Level};
use crate::cues::{Form, NEWS, is_digit};
use crate::spans::{Cut, Reason};
use crate::words::spaced;

/// Longest bracket, in bytes.
const BRACKET: usize = 1500;
/// Most bytes of what stands behind a bracket that ends a line, and of words that end a text.
const BEHIND: usize = 16;
const WORDS: usize = 400;
/// Most words of a source, and of what is to be looked at.
const SOURCE: usize = 5;
const LOOK: usize = 10;
/// Shortest text before a bracket that ends its line, in characters.
const BEFORE: usize = 40;

#[inline(never)]
pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &[Option<Reason>], cuts: &mut Vec<Cut>) {
    if context.level == Level::Gentle || context.paragraphs {
        return;
    }
    let Some(last) = verdicts.iter().rposition(Option::is_none) else { return };
    let above = verdicts[..last].iter().rposition(Option::is_none).map(|at| &page.lines[at]);
    let line = &page.lines[last];
    let bracket = || closing_bracket(page, line, above, &context);
    if let Some((start, reason)) = bracket().or_else(|| closing_words(page, line, above)) {
        cuts.push(Cut { start, end: line.end, reason });
    }
}

/// Where the bracket begins that ends the line, alone or behind a full stop, and what it is about.
fn closing_bracket(
    page: &Page<'_>,
    line: &Line,
    above: Option<&Line>,
    context: &Context<'_>,
) -> Option<(usize, Reason)> {
    if !line.may_bracket {
        return None;
    }
    let mut brackets = marks_from_end(page, line).filter(|mark| matches!(mark.kind(), Kind::Open | Kind::Close));
    let close = brackets.next().filter(|mark| mark.kind() == Kind::Close)?.at();
    let behind = &page.text[close + 1..line.end];
    if behind.len() > BEHIND || !behind.chars().all(|char| matches!(char, '.' | '।' | '۔' | ' ' | '\u{A0}')) {
        return None;
    }
    let open = brackets.next().filter(|mark| mark.kind() == Kind::Open)?.at();
    let before = page.text[line.start..open].trim_end();
    let stopped = || before.ends_with(STOPS) && before.chars().nth(BEFORE).is_some();
    let own_line = || before.is_empty() && above.is_some_and(|above| is_prose(page, above));
    if close - open > BRACKET || !(own_line() || stopped()) {
        return None;
    }
    about(bare(&page.text[open..close]), context).map(|reason| (open, reason))
}

/// The last marks of a line, the last one first: every pass looks at them.
fn marks_from_end<'a>(page: &'a Page<'_>, line: &Line) -> impl Iterator<Item = &'a Mark> {
    const MARKS: usize = 32;
    page.marks_of(line).iter().rev().take(MARKS)
}

/// What a bracket at the end of a text is about, if not about what the text tells.
fn about(inside: &str, context: &Context<'_>) -> Option<Reason> {
    let cue_of = |text: &str| context.cues.at_start(text);
    // "Presented by: Meena Kumari"
    let named = |hit: &crate::cues::Hit| hit.reason == Reason::Byline && is_name(bare(hit.rest(inside)));
    if cue_of(inside).is_some_and(|hit| named(&hit) && !hit.is_alone(inside)) {
        return Some(Reason::Byline);
    }
    let words = || spaced(inside).map(bare);
    let tells = words().any(|word| word == "ने") || words().last().is_some_and(|word| PAST.contains(&word));
    if tells || context.cues.reports(inside) {
        return None;
    }
    if words().take(2).any(|word| OF_NOTES.contains(word))
        || is_life(inside)
        || PHRASES.iter().any(|said| inside.contains(said))
    {
        return Some(Reason::Footer);
    }
    if is_source(inside) {
        return Some(Reason::Source);
    }
    let first = words().next()?;
    if PICTURES.contains(first) && GIVEN.iter().any(|given| inside.contains(given)) {
        return Some(Reason::Caption);
    }
    // "Valley News watches the news of the world"
    let hit = cue_of(first).filter(|hit| hit.form == Form::Label && hit.is_alone(first))?;
    let of_news = words().nth(3).is_some() && context.cues.appeals(inside) & NEWS != 0;
    (of_news && hit.reason == Reason::Credit).then_some(Reason::Credit)
}

/// Where an author lives and works, as Nepali outlets say it: "Ghimire, who is from the valley, is a doctor in Korea".
fn is_life(inside: &str) -> bool {
    let words = || spaced(inside).map(bare);
    let told = words().filter(|word| OF_LIVES.contains(word)).count();
    let is = words().last().is_some_and(|word| matches!(word, "हुन्" | "हुन"));
    let now = words().next() == Some(NOW);
    told > 1 || told == 1 && is && !words().any(|word| word == NOW) || now && words().nth(3).is_none()
}

/// What stands without a full stop on the last line or behind its last full stop: from where the text was taken, or what is no longer below it.
fn closing_words(page: &Page<'_>, line: &Line, above: Option<&Line>) -> Option<(usize, Reason)> {
    if page.unpunctuated || !matches!(line.ending, Ending::Open | Ending::Ellipsis) {
        return None;
    }
    let stop = marks_from_end(page, line).find(|mark| mark.kind() == Kind::Stop && mark.at() < line.end);
    let from = stop.map_or(line.start, |mark| mark.at());
    if line.end - from > WORDS {
        return None;
    }
    let own_line = from == line.start;
    let below = || above.is_some_and(|above| above.ending == Ending::Stop && is_prose(page, above));
    if !(if own_line { below() } else { page.text[line.start..from].chars().nth(BEFORE).is_some() }) {
        return None;
    }
    let raw = &page.text[from..line.end];
    let start = line.end - raw.trim_start().len();
    let text = bare(raw);
    if is_source(text) {
        Some((start, Reason::Source))
    } else if is_pointer(text) || own_line && is_label(text) {
        Some((start, Reason::Related))
    } else {
        None
    }
}

/// "From the Valley Herald", as Nepali says it.
fn is_source(text: &str) -> bool {
    const FROM: &str = "बाट";
    let Some(word) = spaced(text).last().filter(|_| spaced(text).nth(SOURCE).is_none()) else { return false };
    let named = word.strip_suffix(FROM).is_some_and(|name| name.chars().nth(2).is_some());
    named && !HERE.contains(&word) && !text.contains(is_digit)
}

/// "See the list of the wounded", "The whole report, see".
fn is_pointer(text: &str) -> bool {
    if spaced(text).nth(LOOK).is_some() {
        return false;
    }
    let words = || spaced(text).map(bare);
    let looks = |word: Option<&str>| word.is_some_and(|word| LOOKS.contains(word));
    looks(words().next())
        || looks(words().last()) && words().any(|word| OBJECTS.iter().any(|object| word.starts_with(object)))
}

/// "Video", "Some pictures of the programme".
fn is_label(text: &str) -> bool {
    spaced(text).nth(LOOK - 2).is_none()
        && spaced(text).last().is_some_and(|word| PICTURES.contains(word))
        && !spaced(text).any(|word| VERBS.contains(&word))
}

const STOPS: [char; 10] = ['.', '।', '۔', '?', '!', '؟', '"', '”', '’', ')'];
const HERE: [&str; 6] = ["यहाँबाट", "त्यहाँबाट", "कहाँबाट", "जहाँबाट", "यसबाट", "त्यसबाट"];
const VERBS: [&str; 12] = ["है", "हैं", "था", "थी", "थे", "छ", "छन्", "थियो", "हो", "आहे", "ہے", "ہیں"];

const PAST: [&str; 12] = ["था", "थी", "थे", "थीं", "थियो", "थिए", "थिइन्", "ছিল", "ছিলেন", "تھا", "تھی", "تھے"];

/// Words with which notes on authors and on where a text stood before begin.
#[rustfmt::skip]
static OF_NOTES: List<31> = List::new([
    "लेखक", "लेखिका", "लेखकों", "लेखकाचे", "लेखिकेचे", "স্তম্ভকার", "লেখক", "লেখিকা", "লেখকের", "প্রতিবেদনটি", "লেখাটি", "নিবন্ধটি",
    "مصنف", "مصنفہ", "لکھاری", "લેખક", "લેખિકા", "ਲੇਖਕ", "ਲੇਖਿਕਾ", "கட்டுரையாளர்", "எழுத்தாளர்", "రచయిత", "రచయిత్రి", "ಲೇಖಕರು", "ಲೇಖಕ", "ಲೇಖಕಿ",
    "ലേഖകൻ", "ലേഖിക", "ലേഖകന്‍", "स्तंभकार", "स्तम्भकार",
]);

/// What notes say of a text.
#[rustfmt::skip]
const PHRASES: [&str; 14] = [
    "बातचीत पर आधारित", "निजी राय", "निजी विचार", "निजी बिचार", "से साभार", "बाट साभार", "कुराकानीमा", "ले भावानुवाद", "ले अनुवाद", "बाट अनुवाद", "को अंश",
    "থেকে অনূদিত", "সঙ্গে আলাপচারিতার ভিত্তিতে", "سے گفتگو پر مبنی",
];
const GIVEN: [&str; 4] = ["की ओर से", "उपलब्ध", "सौजन्य", "साभार"];
const NOW: &str = "हाल";
const OF_LIVES: [&str; 7] = [NOW, "निवासी", "कार्यरत", "अध्ययनरत", "विद्यावारिधि", "बस्छन्", "बसोबास"];

/// How readers are told to look.
#[rustfmt::skip]
static LOOKS: List<22> = List::new([
    "हेर्नुहोस्", "हेर्नुहोस", "हेर्नुस्", "हेर्नुस", "हेरौं", "हेरौँ", "हेरौ", "सुन्नुहोस्", "सुनौं", "देखिए", "देखिये", "पाहा", "দেখুন", "જુઓ", "ਵੇਖੋ", "دیکھیے",
    "دیکھیں", "చూడండి", "பாருங்கள்", "ನೋಡಿ", "കാണാം", "കാണൂ",
]);

/// What there is to look at, without endings.
#[rustfmt::skip]
const OBJECTS: [&str; 24] = [
    "भिडियो", "भिडियाे", "तस्बिर", "तस्वीर", "तस्विर", "तस्बीर", "फोटो", "सूची", "रिपोर्ट", "विवरण", "गीत", "ट्रेलर", "टिजर", "विज्ञप्ति", "मूल्यसूची", "वीडियो",
    "व्हिडिओ", "ভিডিও", "વીડિયો", "ਵੀਡੀਓ", "ویڈیو", "వీడియో", "ವಿಡಿಯೋ", "വീഡിയോ",
];

/// Films and pictures, as their labels name them.
#[rustfmt::skip]
static PICTURES: List<24> = List::new([
    "भिडियो", "भिडियाे", "तस्बिर", "तस्बिरहरू", "तस्बिरहरु", "तस्वीर", "तस्वीरहरू", "तस्वीरहरु", "तस्विर", "तस्विरहरू", "तस्विरहरु", "वीडियो", "तस्वीरें",
    "व्हिडिओ", "ভিডিও", "ভিডিয়ো", "વીડિયો", "વિડિયો", "ਵੀਡੀਓ", "ویڈیو", "تصاویر", "వీడియో", "ವಿಡಿಯೋ", "വീഡിയോ",
]);
