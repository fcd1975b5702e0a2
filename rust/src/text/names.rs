//! The author whom no label names, and the names of outlets.

use super::byline::{TOP, fill};
use super::lines::{is_prose, line_cue};
use super::lists::List;
use super::places::{OF_SENTENCES, is_listed_city, may_vary};
use super::purpose::names_purpose;
use super::shape::{Ending, Page};
use super::{Context, Level, Stripped};
use crate::cues::{Cues, as_listed, is_digit, is_letter};
use crate::spans::Reason;
use crate::words::spaced;

/// Longest name, in characters, and letters of a word that is looked for in the article.
const NAME: usize = 40;
const LETTERS: usize = 3;
/// Longest e-mail address, in bytes.
const EMAIL: usize = 60;
/// Fewest words of a headline.
const WORDS: usize = 3;
/// Most words of the name of an outlet before the last one.
const MOST: usize = 4;
/// Fewest words of a headline before the name of its outlet.
const LEAST: usize = 4;

/// A name alone below the headline that the article does not tell of, in a script without capitals: it has a surname, and a date or the time that
/// reading takes stands below it. What has capitals there may be a subject as well ("Wall Street"), and a name above a paragraph its heading.
pub(super) fn find(page: &Page<'_>, context: Context<'_>, verdicts: &mut [Option<Reason>], found: &mut Stripped<'_>) {
    if context.level == Level::Gentle {
        return;
    }
    let top = page.lines.len().min(TOP);
    let first = (0..top).find(|&at| is_prose(page, &page.lines[at])).unwrap_or(0);
    above_addresses(page, first, context.cues, verdicts, found);
    if !found.author.is_empty() {
        return;
    }
    for at in 1..first {
        let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
        let may_be =
            verdicts[at].is_none() && line.chars <= NAME && line.ending == Ending::Open && page.known[at].hit.is_none();
        if !may_be || !stays_below_headline(page, at, verdicts) {
            continue;
        }
        // "5 March 2024", "5 min read"
        let is_stamp = |at: usize| match verdicts[at] {
            Some(Reason::Dateline) => true,
            Some(Reason::Header) => page.of(&page.lines[at]).contains(is_digit),
            _ => false,
        };
        let is_author = is_stamp(at + 1) && has_surname(text) && !is_told(page, at);
        if is_author || is_role(page, at + 1, verdicts) && is_person(page, at, verdicts, context.cues) {
            fill(&mut found.author, text);
            verdicts[at] = Some(Reason::Byline);
            return;
        }
    }
}

/// "Staff Reporter", "वरिष्ठ संवाददाता"
fn is_role(page: &Page<'_>, at: usize, verdicts: &[Option<Reason>]) -> bool {
    matches!(verdicts[at], Some(Reason::Byline | Reason::Credit)) && line_cue(page, at).is_some_and(|cue| cue.alone)
}

/// A name on a line of its own that the article does not tell of: a surname that many have, or in Latin letters words with capitals alone.
pub(super) fn is_person(page: &Page<'_>, at: usize, verdicts: &[Option<Reason>], cues: &Cues) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    let text = page.of(line);
    let may_be = verdicts[at].is_none() && line.chars <= NAME && line.ending == Ending::Open;
    may_be
        && page.known[at].hit.is_none()
        && (has_surname(text) || is_capitalised(text) && !is_outlet(text) && !is_listed_city(text, cues))
        && !is_told(page, at)
}

/// "Meena Kumari", "M. K. Thomas"
fn is_capitalised(text: &str) -> bool {
    let in_name = |char: char| char.is_alphabetic() || matches!(char, '.' | '\'' | '’' | '-');
    let begins = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(in_name);
    (2..=4).contains(&text.split(' ').count())
        && text.split(' ').all(|word| begins(word) && !OF_SENTENCES.contains(word))
        && text.split(' ').any(|word| word.chars().any(char::is_lowercase))
}

/// A name and below it an e-mail address: between the headline and the first paragraph, and as the last two lines, if the paragraph above does not say
/// where to apply.
#[inline(never)]
fn above_addresses(
    page: &Page<'_>,
    first: usize,
    cues: &Cues,
    verdicts: &mut [Option<Reason>],
    found: &mut Stripped<'_>,
) {
    let count = page.lines.len();
    let last = (0..count).rfind(|&at| verdicts[at].is_none());
    for at in (1..first).chain(last.filter(|&last| last > first && last > 1)) {
        if !is_email(page.of(&page.lines[at])) || !is_person(page, at - 1, verdicts, cues) {
            continue;
        }
        let stands = if at < first {
            stays_below_headline(page, at - 1, verdicts)
        } else {
            let above = &page.lines[at - 2];
            verdicts[at - 2].is_none() && is_prose(page, above) && !names_purpose(page.of(above))
        };
        if stands {
            fill(&mut found.author, page.of(&page.lines[at - 1]));
            verdicts[at - 1..=at].fill(Some(Reason::Byline));
        }
    }
}

/// One word with an @ in its middle and a point behind that.
fn is_email(text: &str) -> bool {
    text.len() <= EMAIL
        && memchr::memchr(b'@', text.as_bytes()).is_some()
        && text.split_once('@').is_some_and(|(name, host)| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte);
            !name.is_empty() && host.contains('.') && text.bytes().all(|byte| byte == b'@' || plain(byte))
        })
}

/// The nearest line above that stays may be a headline.
fn stays_below_headline(page: &Page<'_>, at: usize, verdicts: &[Option<Reason>]) -> bool {
    let above = (0..at).rev().find(|&at| verdicts[at].is_none());
    above.is_some_and(|above| may_be_headline(page, above))
}

/// A line above may be a headline.
pub(super) fn is_below_headline(page: &Page<'_>, at: usize) -> bool {
    (0..at).any(|above| page.known[above].hit.is_none() && may_be_headline(page, above))
}

fn may_be_headline(page: &Page<'_>, at: usize) -> bool {
    page.of(&page.lines[at]).split_whitespace().nth(WORDS - 1).is_some()
}

pub(super) fn has_surname(text: &str) -> bool {
    let is_name = |word: &str| word.chars().all(|char| is_letter(char) || char == '.') && !OF_SENTENCES.contains(word);
    (2..=4).contains(&text.split_whitespace().count())
        && text.split_whitespace().next_back().is_some_and(is_surname)
        && text.split_whitespace().all(is_name)
}

/// The same in Latin letters, where a date beside the name speaks for it.
pub(super) fn has_latin_surname(text: &str) -> bool {
    text.is_ascii()
        && (2..=4).contains(&text.split(' ').count())
        && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && text.rsplit(' ').next().is_some_and(|word| LATIN.contains(word))
}

pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word) || may_vary(word) && SURNAMES.contains(&as_listed(word))
}

/// A longer word of the line stands elsewhere in the text: whom the article tells of is no author of it.
fn is_told(page: &Page<'_>, at: usize) -> bool {
    let line = &page.lines[at];
    page.spend(page.text.len());
    // the address below a name has it as well
    let address = page.lines.get(at + 1).filter(|next| is_email(page.of(next)));
    let (above, below) = (&page.text[..line.start], &page.text[address.unwrap_or(line).end..]);
    let mut long = page.of(line).split_whitespace().filter(|word| word.chars().count() >= LETTERS);
    // a surname that many have tells little
    let told = |word: &str| above.contains(word) || below.contains(word);
    long.any(|word| !is_surname(word) && (told(word) || word.is_ascii() && told(&word.to_ascii_lowercase())))
}

/// "Valley Herald", "घाटी समाचार"
pub(super) fn is_outlet(text: &str) -> bool {
    text.rsplit_once(' ')
        .is_some_and(|(before, last)| OUTLETS.contains(last) && before.split_whitespace().nth(MOST - 1).is_none())
}

/// A headline without the outlet behind it: "Headline | Outlet", "Headline - Valley Herald", "Headline - example.com". A dash also parts who
/// says something, so behind it only what is told as an outlet goes; behind a bar what is short.
#[inline(never)]
pub(super) fn without_outlet(headline: &str) -> &str {
    let mut left = headline.strip_suffix('|').map_or(headline, str::trim_end);
    loop {
        let mut marks = memchr::memrchr3_iter(b'|', b'-', 0xE2, left.as_bytes());
        let Some((mark, before, behind)) = marks.find_map(|at| parted_at(left, at)) else { return left };
        let is_bar = mark == '|';
        let is_name = is_outlet(behind) || is_host(behind) || is_bar && is_short_beside(behind, before);
        if !is_name || before.split_whitespace().nth(LEAST - 1).is_none() {
            return left;
        }
        left = before;
    }
}

/// What stands around a bar or dash at this byte, between two spaces.
fn parted_at(text: &str, at: usize) -> Option<(char, &str, &str)> {
    let mark = text.get(at..)?.chars().next().filter(|mark| matches!(mark, '|' | '-' | '–' | '—'))?;
    let (before, behind) = (text[..at].strip_suffix(' ')?, text[at + mark.len_utf8()..].strip_prefix(' ')?);
    Some((mark, before.trim_end(), behind.trim_start()))
}

fn is_short_beside(tail: &str, head: &str) -> bool {
    tail.split_whitespace().nth(MOST).is_none()
        && tail.chars().count() * 3 <= head.chars().count() * 2
        && !tail.contains(is_digit)
        && !tail.contains(['?', '!', ':', ',', '"', '”'])
        && !spaced(tail).any(|word| OF_SENTENCES.contains(word))
}

/// "example.com", "www.example.co.in"
fn is_host(text: &str) -> bool {
    let label =
        |label: &str| label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let ends = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphabetic());
    text.split('.').nth(1).is_some() && text.split('.').all(label) && text.rsplit('.').next().is_some_and(ends)
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
static SURNAMES: List<351> = List::new([
    "कुमार", "कुमारी", "सिंह", "शर्मा", "वर्मा", "यादव", "गुप्ता", "मिश्रा", "मिश्र", "पांडे", "पांडेय", "पाण्डेय", "तिवारी", "त्रिपाठी", "द्विवेदी", "चतुर्वेदी", "शुक्ला", "शुक्ल",
    "दुबे", "चौबे", "ओझा", "झा", "ठाकुर", "चौधरी", "चौहान", "राजपूत", "राठौर", "राठौड़", "सोलंकी", "परमार", "पटेल", "शाह", "मेहता", "जोशी", "पंत", "रावत", "नेगी", "बिष्ट",
    "भट्ट", "जैन", "अग्रवाल", "गोयल", "बंसल", "मित्तल", "सक्सेना", "श्रीवास्तव", "माथुर", "भटनागर", "खन्ना", "कपूर", "मल्होत्रा", "अरोड़ा", "चोपड़ा", "बत्रा", "सेठी", "कौर",
    "गिल", "सिद्धू", "खान", "ख़ान", "अंसारी", "सिद्दीकी", "कुरैशी", "हुसैन", "अहमद", "बेगम", "सिन्हा", "पासवान", "साहू", "वाजपेयी", "बाजपेयी", "दीक्षित",
    "अवस्थी", "उपाध्याय", "भारद्वाज", "कश्यप", "सैनी", "मीणा", "गहलोत", "शेखावत", "पाटील", "पाटिल", "देशमुख", "कुलकर्णी", "देशपांडे", "जाधव", "पवार", "शिंदे", "मोरे", "भोसले",
    "गायकवाड", "चव्हाण", "कांबळे", "साळुंखे", "श्रेष्ठ", "थापा", "गुरुङ", "तामाङ", "लिम्बू", "पौडेल", "पौड्याल", "भट्टराई", "कोइराला", "दाहाल", "ढकाल",
    "खनाल", "न्यौपाने", "सुवेदी", "गौतम", "रिजाल", "घिमिरे", "अर्याल", "बस्नेत", "खड्का", "कार्की", "महर्जन", "শর্মা", "দাস", "ঘোষ", "বসু", "সেন", "চক্রবর্তী",
    "মুখোপাধ্যায়", "বন্দ্যোপাধ্যায়", "চট্টোপাধ্যায়", "ভট্টাচার্য", "হোসেন", "রহমান", "আহমেদ", "খান", "চৌধুরী", "પટેલ", "શાહ", "મહેતા", "જોશી", "દવે",
    "ਸਿੰਘ", "ਕੌਰ", "ਸ਼ਰਮਾ", "خان", "احمد", "حسین", "قریشی", "شاہ", "నాయుడు", "రెడ్డి",
    "शेख", "बनर्जी", "मुखर्जी", "चटर्जी", "नायर", "मेनन", "राव", "रेड्डी", "त्यागी", "राठी", "तोमर", "भदौरिया", "परिहार", "कुशवाहा",
    "निषाद", "मौर्य", "प्रजापति", "बघेल", "पाठक", "वशिष्ठ", "कौशिक", "दत्ता", "राणा", "अय्यर", "बैनर्जी", "पाण्डे", "पन्त", "रेग्मी",
    "पोखरेल", "ओली", "भुसाल", "पराजुली", "लामिछाने", "बराल", "तिमिल्सिना", "सापकोटा", "ढुङ्गाना", "परियार", "शाक्य", "मानन्धर", "खतिवडा",
    "बुढाथोकी", "विश्वकर्मा", "দত্ত", "মিত্র", "সাহা", "মণ্ডল", "ইসলাম", "আলী", "উদ্দিন", "হাসান", "আক্তার", "বেগম", "খাতুন",
    "মিয়া", "আলম", "চক্রবর্ত্তী", "মুখার্জি", "ব্যানার্জি", "চ্যাটার্জি", "ঘোষাল", "নাথ", "কুমার", "কুমারী", "দেবনাথ", "হালদার", "মজুমদার",
    "হুসেইন", "সিনহা", "বৰা", "শইকীয়া", "গগৈ", "কলিতা", "ডেকা", "হাজৰিকা", "চৌধুৰী", "শৰ্মা", "বৰুৱা", "ભટ્ટ", "ત્રિવેદી", "પંડ્યા",
    "દેસાઈ", "પરમાર", "સોલંકી", "ચૌહાણ", "ઠાકોર", "રાઠોડ", "મકવાણા", "શર્મા", "વ્યાસ", "જાડેજા", "પરીખ", "મિસ્ત્રી", "પ્રજાપતિ", "ચૌધરી",
    "કુમારી", "ਗਿੱਲ", "ਸਿੱਧੂ", "ਢਿੱਲੋਂ", "ਸੰਧੂ", "ਬਰਾੜ", "ਗਰੇਵਾਲ", "ਕੁਮਾਰ", "ਕੁਮਾਰੀ", "ਵਰਮਾ", "ਗੁਪਤਾ", "ਅਰੋੜਾ", "ਚੋਪੜਾ", "ਧਾਲੀਵਾਲ", "ଦାସ",
    "ମହାନ୍ତି", "ପଟ୍ଟନାୟକ", "ସାହୁ", "ପଣ୍ଡା", "ମିଶ୍ର", "ବେହେରା", "ଜେନା", "ରାଉତ", "ମହାପାତ୍ର", "ତ୍ରିପାଠୀ", "ଶତପଥୀ", "ସାମଲ", "குமார்", "குமாரி",
    "ராஜன்", "கிருஷ்ணன்", "சுப்பிரமணியன்", "ராமன்", "பாண்டியன்", "நாராயணன்", "சீனிவாசன்", "பிரசாத்", "சங்கர்", "சுந்தரம்", "சந்திரன்",
    "மோகன்", "ராவ்", "రావు", "కుమార్", "కుమారి", "శర్మ", "ప్రసాద్", "గౌడ్", "వర్మ", "శెట్టి", "చౌదరి", "యాదవ్", "మూర్తి", "శాస్త్రి",
    "ಕುಮಾರ್", "ಕುಮಾರ", "ಕುಮಾರಿ", "ಗೌಡ", "ಶೆಟ್ಟಿ", "ಭಟ್", "ಹೆಗಡೆ", "ಹೆಗ್ಡೆ", "ರಾವ್", "ಪಾಟೀಲ", "ಪಾಟೀಲ್", "ಕುಲಕರ್ಣಿ", "ಜೋಶಿ", "ನಾಯಕ್",
    "ಪೂಜಾರಿ", "ಶರ್ಮಾ", "ರೆಡ್ಡಿ", "ಮೂರ್ತಿ", "ಪ್ರಸಾದ್", "ಕಾಮತ್", "കുമാർ", "കുമാരി", "നായർ", "മേനോൻ", "പിള്ള", "വർമ", "തോമസ്", "ജോസഫ്",
    "ജോർജ്", "മാത്യു", "വർഗീസ്", "കുര്യൻ", "നമ്പ്യാർ", "കൃഷ്ണൻ", "രാജൻ", "ചന്ദ്രൻ", "മോഹൻ", "ദാസ്", "ആന്റണി", "ജേക്കബ്", "മുഹമ്മദ്",
    "പ്രസാദ്", "ശർമ", "علی", "رضا", "شیخ", "بٹ", "چوہدری", "انصاری", "صدیقی", "رحمان", "عباسی", "بخاری", "نقوی", "اقبال", "محمود",
]);

/// The same in Latin letters.
#[rustfmt::skip]
static LATIN: List<134> = List::new([
    "Kumar", "Kumari", "Singh", "Sharma", "Verma", "Varma", "Yadav", "Gupta", "Mishra", "Pandey", "Tiwari", "Tripathi", "Dwivedi",
    "Chaturvedi", "Shukla", "Dubey", "Ojha", "Jha", "Thakur", "Chaudhary", "Choudhary", "Chowdhury", "Chauhan", "Rathore", "Solanki",
    "Parmar", "Patel", "Shah", "Mehta", "Joshi", "Pant", "Rawat", "Negi", "Bisht", "Bhatt", "Jain", "Agarwal", "Aggarwal", "Agrawal",
    "Goyal", "Bansal", "Mittal", "Saxena", "Srivastava", "Shrivastava", "Mathur", "Bhatnagar", "Khanna", "Kapoor", "Malhotra", "Arora",
    "Chopra", "Sethi", "Kaur", "Gill", "Sidhu", "Sandhu", "Grewal", "Dhillon", "Khan", "Ansari", "Siddiqui", "Qureshi", "Hussain",
    "Hossain", "Ahmed", "Ahmad", "Rahman", "Begum", "Malik", "Sheikh", "Rizvi", "Abbasi", "Sinha", "Paswan", "Sahu", "Vajpayee", "Dixit",
    "Awasthi", "Upadhyay", "Bhardwaj", "Kashyap", "Saini", "Meena", "Gehlot", "Shekhawat", "Patil", "Deshmukh", "Kulkarni", "Deshpande",
    "Jadhav", "Pawar", "Shinde", "Bhosale", "Gaikwad", "Chavan", "Nair", "Menon", "Pillai", "Nambiar", "Iyer", "Iyengar", "Rao", "Reddy",
    "Naidu", "Hegde", "Shetty", "Gowda", "Bhat", "Das", "Ghosh", "Bose", "Basu", "Chakraborty", "Chatterjee", "Mukherjee", "Banerjee",
    "Bhattacharya", "Dutta", "Sarkar", "Shrestha", "Thapa", "Gurung", "Tamang", "Poudel", "Bhattarai", "Koirala", "Dahal", "Khanal",
    "Adhikari", "Karki", "Basnet", "Acharya", "Pokharel",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_behind_headlines() {
        let headline = "Three villages leave their houses";
        for behind in [" | Example", " | Bihar | Valley Herald", " - Valley Herald", " – example.com", " |"] {
            assert_eq!(without_outlet(&format!("{headline}{behind}")), headline, "{behind}");
        }
        assert_eq!(without_outlet("तीन गांव खाली कराए गए | घाटी समाचार"), "तीन गांव खाली कराए गए");
        for whole in [
            "Abortion not a poll issue - Blair",
            "Floods | What we know",
            "Three villages leave their houses | Day 3",
            "Three villages leave their houses | Who pays?",
            "गांव खाली कराए गए | लोगों को क्या मिला और कब",
            "बजट 2026 | किसानों को क्या मिला",
            "तीन गांव खाली कराए गए : मंत्री",
            "Delhi - Mumbai",
        ] {
            assert_eq!(without_outlet(whole), whole);
        }
    }
}
