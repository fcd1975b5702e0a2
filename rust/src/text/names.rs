//! The author whom no label names, and the names of outlets.

use super::byline::{TOP, fill};
use super::lines::is_prose;
use super::lists::List;
use super::places::{OF_SENTENCES, is_variant};
use super::shape::{Ending, Page};
use super::{Context, Level, Stripped};
use crate::cues::as_listed;
use crate::cues::{is_digit, is_letter};
use crate::spans::Reason;

/// Longest name, in characters, and letters of a word that is looked for in the article.
const NAME: usize = 40;
const LETTERS: usize = 3;
/// Fewest words of a headline.
const WORDS: usize = 3;
/// Most words of the name of an outlet before the last one.
const MOST: usize = 4;

/// A name alone below the headline that the article does not tell of, in a script without capitals: it has a surname, and a date or the time that
/// reading takes stands below it. What has capitals there may be a subject as well ("Wall Street"), and a name above a paragraph its heading.
pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    if context.level == Level::Gentle || !found.author.is_empty() {
        return;
    }
    let top = page.lines.len().min(TOP);
    let first = (0..top).find(|&at| is_prose(page, &page.lines[at])).unwrap_or(0);
    for at in 1..first {
        let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
        let may_be =
            verdicts[at].is_none() && line.chars <= NAME && line.ending == Ending::Open && page.known[at].hit.is_none();
        if !may_be || !is_below_headline(page, at, verdicts) {
            continue;
        }
        // "5 March 2024", "5 min read"
        let is_stamp = |at: usize| match verdicts[at] {
            Some(Reason::Dateline) => true,
            Some(Reason::Header) => page.of(&page.lines[at]).contains(is_digit),
            _ => false,
        };
        let is_author = is_stamp(at + 1) && has_surname(text);
        if is_author && !is_told(page, at) {
            fill(&mut found.author, text);
            verdicts[at] = Some(Reason::Byline);
            return;
        }
    }
}

/// The nearest line above that stays may be a headline.
fn is_below_headline(page: &Page<'_>, at: usize, verdicts: &[Option<Reason>]) -> bool {
    let above = (0..at).rev().find(|&at| verdicts[at].is_none());
    above.is_some_and(|above| page.of(&page.lines[above]).split_whitespace().nth(WORDS - 1).is_some())
}

fn has_surname(text: &str) -> bool {
    let is_name = |word: &str| word.chars().all(|char| is_letter(char) || char == '.') && !OF_SENTENCES.contains(word);
    (2..=4).contains(&text.split_whitespace().count())
        && text.split_whitespace().next_back().is_some_and(is_surname)
        && text.split_whitespace().all(is_name)
}

fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word) || word.contains(is_variant) && SURNAMES.contains(&as_listed(word))
}

/// A longer word of the line stands elsewhere in the text: whom the article tells of is no author of it.
fn is_told(page: &Page<'_>, at: usize) -> bool {
    let line = &page.lines[at];
    page.spend(page.text.len());
    let (above, below) = (&page.text[..line.start], &page.text[line.end..]);
    let mut long = page.of(line).split_whitespace().filter(|word| word.chars().count() >= LETTERS);
    // a surname that many have tells little
    long.any(|word| !is_surname(word) && (above.contains(word) || below.contains(word)))
}

/// "Valley Herald", "घाटी समाचार"
pub(super) fn is_outlet(text: &str) -> bool {
    text.rsplit_once(' ')
        .is_some_and(|(before, last)| OUTLETS.contains(last) && before.split_whitespace().nth(MOST - 1).is_none())
}

/// Last words of the names of outlets.
#[rustfmt::skip]
static OUTLETS: List<40> = List::new([
    "Times", "News", "Herald", "Post", "Express", "Tribune", "Chronicle", "Gazette", "Telegraph", "Journal", "Observer", "Daily", "TV",
    "Television", "Media", "Network", "Magazine", "Weekly", "Radio",
    "समाचार", "टाइम्स", "टाईम्स", "पत्रिका", "एक्सप्रेस", "दैनिक", "मीडिया", "टीवी", "नेटवर्क", "हेराल्ड",
    "সংবাদ", "টাইমস", "পত্রিকা", "প্রতিদিন", "টিভি", "સમાચાર", "ટાઈમ્સ", "ਟਾਈਮਜ਼", "ਸਮਾਚਾਰ", "ٹائمز", "ٹی وی",
]);

/// Last words of names in scripts without capitals.
#[rustfmt::skip]
static SURNAMES: List<146> = List::new([
    "कुमार", "कुमारी", "सिंह", "शर्मा", "वर्मा", "यादव", "गुप्ता", "मिश्रा", "मिश्र", "पांडे", "पांडेय", "पाण्डेय", "तिवारी", "त्रिपाठी", "द्विवेदी", "चतुर्वेदी", "शुक्ला", "शुक्ल",
    "दुबे", "चौबे", "ओझा", "झा", "ठाकुर", "चौधरी", "चौहान", "राजपूत", "राठौर", "राठौड़", "सोलंकी", "परमार", "पटेल", "शाह", "मेहता", "जोशी", "पंत", "रावत", "नेगी", "बिष्ट",
    "भट्ट", "जैन", "अग्रवाल", "गोयल", "बंसल", "मित्तल", "सक्सेना", "श्रीवास्तव", "माथुर", "भटनागर", "खन्ना", "कपूर", "मल्होत्रा", "अरोड़ा", "चोपड़ा", "बत्रा", "सेठी", "कौर",
    "गिल", "सिद्धू", "खान", "ख़ान", "अंसारी", "सिद्दीकी", "कुरैशी", "हुसैन", "अहमद", "बेगम", "सिन्हा", "पासवान", "साहू", "वाजपेयी", "बाजपेयी", "दीक्षित",
    "अवस्थी", "उपाध्याय", "भारद्वाज", "कश्यप", "सैनी", "मीणा", "गहलोत", "शेखावत", "पाटील", "पाटिल", "देशमुख", "कुलकर्णी", "देशपांडे", "जाधव", "पवार", "शिंदे", "मोरे", "भोसले",
    "गायकवाड", "चव्हाण", "कांबळे", "साळुंखे", "श्रेष्ठ", "थापा", "गुरुङ", "तामाङ", "लिम्बू", "पौडेल", "पौड्याल", "भट्टराई", "कोइराला", "दाहाल", "ढकाल",
    "खनाल", "न्यौपाने", "सुवेदी", "गौतम", "रिजाल", "घिमिरे", "अर्याल", "बस्नेत", "खड्का", "कार्की", "महर्जन", "শর্মা", "দাস", "ঘোষ", "বসু", "সেন", "চক্রবর্তী",
    "মুখোপাধ্যায়", "বন্দ্যোপাধ্যায়", "চট্টোপাধ্যায়", "ভট্টাচার্য", "হোসেন", "রহমান", "আহমেদ", "খান", "চৌধুরী", "પટેલ", "શાહ", "મહેતા", "જોશી", "દવે",
    "ਸਿੰਘ", "ਕੌਰ", "ਸ਼ਰਮਾ", "خان", "احمد", "حسین", "قریشی", "شاہ", "నాయుడు", "రెడ్డి",
]);
