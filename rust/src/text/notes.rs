//! What ends a text and is none of it: a bracket about its author, its outlet or its pictures, from where it was taken, and what readers are told
//! to look at that stood below. Only the last line that stays is looked at: further up the same words may be told.

use super::credits::is_name;
use super::edges::bare;
use super::lines::is_prose;
use super::lists::List;
use super::names::is_surname;
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
    if let Some((start, reason)) = bracket().or_else(|| closing_words(page, line, above, &context)) {
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
    let tells = words().any(|word| TOLD.contains(&word)) || words().last().is_some_and(|word| PAST.contains(&word));
    if tells || context.cues.reports(inside) {
        return None;
    }
    // what happened to a writer has no word of his work
    let of_author = || ROLES.iter().any(|role| inside.contains(role));
    let ended = inside.trim_end_matches(STOPS).trim_end();
    if words().take(2).any(|word| OF_NOTES.contains(word)) && of_author()
        || PHRASES.iter().any(|said| ended.contains(said))
        || ENDS.iter().any(|end| ended.ends_with(end))
    {
        return Some(Reason::Footer);
    }
    if is_source(inside, context) {
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

/// What stands without a full stop on the last line or behind its last full stop: from where the text was taken, or what is no longer below it.
fn closing_words(page: &Page<'_>, line: &Line, above: Option<&Line>, context: &Context<'_>) -> Option<(usize, Reason)> {
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
    if context.cues.reports(text) || text.contains(['‘', '“', '"', '’', '”']) {
        None
    } else if is_source(text, context) {
        Some((start, Reason::Source))
    } else if is_pointer(text) || own_line && is_label(text) {
        Some((start, Reason::Related))
    } else {
        None
    }
}

/// "From the Valley Herald", as Nepali says it: an outlet that its last word tells, or an agency that is a cue.
fn is_source(text: &str, context: &Context<'_>) -> bool {
    const FROM: &str = "बाट";
    let Some(word) = spaced(text).last().filter(|_| spaced(text).nth(SOURCE).is_none()) else { return false };
    let is_agency =
        |name: &str| context.cues.at_start(name).is_some_and(|hit| hit.reason == Reason::Credit && hit.is_alone(name));
    let of_outlet = |last: &str| OUTLETS.contains(&last) || is_agency(last) || is_surname(last);
    word.strip_suffix(FROM).is_some_and(of_outlet) && !text.contains(is_digit)
}

/// "See the list of the wounded", "The whole report, see".
fn is_pointer(text: &str) -> bool {
    if spaced(text).nth(LOOK).is_some() {
        return false;
    }
    let words = || spaced(text).map(bare);
    let looks = |word: Option<&str>| word.is_some_and(|word| LOOKS.contains(word));
    (looks(words().next()) || looks(words().last()))
        && words().any(|word| OBJECTS.iter().any(|object| word.starts_with(object)))
}

/// "Video", "Some pictures of the programme": with a verb before it the last word may be what a sentence tells of.
fn is_label(text: &str) -> bool {
    const LABEL: usize = 4;
    let words = spaced(text).count();
    let before = || words.checked_sub(2).and_then(|at| spaced(text).nth(at));
    spaced(text).nth(LABEL).is_none()
        && spaced(text).last().is_some_and(|word| PICTURES.contains(word))
        && before().is_none_or(|word| OF.contains(&word) || OF_ENDINGS.iter().any(|end| word.ends_with(end)))
}

const STOPS: [char; 10] = ['.', '।', '۔', '?', '!', '؟', '"', '”', '’', ')'];
/// What stands before a label of pictures: of what they are, or how many.
const OF: [&str; 12] = ["का", "की", "के", "को", "केही", "कुछ", "काही", "کا", "کی", "کے", "کچھ", "কিছু"];
const OF_ENDINGS: [&str; 8] = ["का", "को", "की", "चा", "ची", "चे", "च्या", "ের"];

/// Last words of the names of outlets in Nepali, to which "from" is joined.
#[rustfmt::skip]
const OUTLETS: [&str; 24] = [
    "टाइम्स", "टाईम्स", "पोस्ट", "न्युज", "न्यूज", "समाचार", "खबर", "पत्रिका", "दैनिक", "साप्ताहिक", "पाक्षिक", "मासिक", "टेलिभिजन", "टिभी", "रेडियो", "एफएम", "अनलाइन",
    "डटकम", "एजेन्सी", "न्युजपेपर", "एक्सप्रेस", "हेराल्ड", "मिडिया", "ब्लग",
];

/// Who says or does something.
const TOLD: [&str; 3] = ["ने", "ਨੇ", "نے"];

/// What authors are, and what is said of their views, in notes on them.
#[rustfmt::skip]
const ROLES: [&str; 48] = [
    "पत्रकार", "प्रोफेसर", "प्राध्यापक", "अध्यापक", "शिक्षक", "निदेशक", "प्रमुख हुन", "स्तंभकार", "स्तम्भकार", "टिप्पणीकार", "विश्लेषक", "विचार", "बिचार", "शोधार्थी",
    "शोधकर्ता", "विशेषज्ञ", "संपादक", "सम्पादक", "अधिवक्ता", "संचालक", "सल्लागार", "सदस्य हुन", "उपप्राध्यापक", "अनुसन्धानकर्ता",
    "সাংবাদিক", "অধ্যাপক", "শিক্ষক", "গবেষক", "কলামিস্ট", "মতামত", "বিশ্লেষক", "ছাপা হয়েছিল", "প্রথম প্রকাশিত", "অনূদিত", "অনুবাদ",
    "صحافی", "پروفیسر", "کالم نگار", "تجزیہ", "آرا", "سربراہ ہیں", "பத்திரிகையாளர்", "பேராசிரியர்", "జర్నలిస్ట", "పాత్రికేయ",
    "മാധ്യമപ്രവർത്തക", "પત્રકાર", "ਪੱਤਰਕਾਰ",
];

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
const PHRASES: [&str; 9] = [
    "बातचीत पर आधारित", "निजी राय", "निजी विचार", "निजी बिचार", "ले भावानुवाद", "ले अनुवाद", "থেকে অনূদিত", "সঙ্গে আলাপচারিতার ভিত্তিতে", "سے گفتگو پر مبنی",
];
/// The same at their end.
const ENDS: [&str; 5] = ["से साभार", "बाट साभार", "कुराकानीमा आधारित", "बाट अनुवाद", "को अंश"];
const GIVEN: [&str; 3] = ["की ओर से", "सौजन्य", "साभार"];

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
