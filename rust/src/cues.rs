//! Cue phrases ("ये भी पढ़ें", "Also read"): data given by the caller, compiled once, shared by both strippers.
//!
//! A cue never decides alone; it says "here something that looks like X begins (or ends)", and the strippers look at shape and position.
//! Phrases are looked up only where a line, a sentence or a bracket begins or ends, in a trie over folded characters (lower case, no
//! nukta, no anusvara, no joiners, one space, numbers as `#`), so that spelling variants need no entry of their own and the cost of a
//! long paragraph does not depend on how many phrases there are. Written forms: `phrase` (the whole line, or before a separator),
//! `= phrase` (the whole line only), `phrase …` (begins a line or sentence), `… phrase` (ends one), `phrase … more` and `… more … phrase`
//! (which holds `more` as well; `@` stands for any of the words listed as `platform`). Beside the reasons there are three lists of words:
//! `platform` (Facebook, app, newsletter), `call` (download, follow, click) and `news` (news, stories); a text's [`Cues::appeals`] are those
//! of the three that it holds. `web` (click, subscribe, cookies) and `saying` (said, asked) decide where a cue that is open at one side speaks
//! of a sentence of prose: [`Cues::calls`]. Two more lists are for what pages glue together: `opening` has the words with which sentences of news begin
//! (a headline before them ends there), `closing` those with which headlines end, `glued` the ends of calls that may run into the next sentence.

use std::collections::HashMap;

use memchr::memmem::Finder;

use crate::error::{Error, Result};
use crate::spans::{REASONS, Reason};
use crate::words::from_words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    pub language: String,
    pub reason: Reason,
    /// The phrase as given, without its ellipsis.
    pub phrase: String,
    pub form: Form,
    /// Folded words that the line or sentence must hold as well, "" for none, "@" for a platform.
    more: String,
}

/// Where a phrase may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Alone on its line or in its bracket, or followed by a separator such as `:`.
    Label,
    /// Alone only.
    Alone,
    /// At the beginning, with anything after it.
    Head,
    /// At the end, with anything before it.
    Tail,
}

/// A phrase found: `len` bytes of the text it was looked up in, from the front for heads and labels, from the back for tails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub reason: Reason,
    pub form: Form,
    pub len: usize,
    /// Index into [`Cues::cues`].
    pub cue: usize,
}

impl Hit {
    /// What the text in which the phrase was found holds beside it.
    pub fn rest<'a>(&self, text: &'a str) -> &'a str {
        match self.form {
            Form::Tail => text.get(..text.len().saturating_sub(self.len)),
            _ => text.get(self.len..),
        }
        .unwrap_or("")
    }

    /// No letter beside the phrase.
    pub fn is_alone(&self, text: &str) -> bool {
        !self.rest(text).contains(is_letter)
    }
}

/// Compiled cue phrases of all languages.
pub struct Cues {
    pub cues: Vec<Cue>,
    heads: Trie,
    tails: Trie,
    words: Trie,
    openings: Trie,
    closings: Trie,
    glued: Vec<Finder<'static>>,
}

/// Lists of words beside the reasons, in the order of the bits of [`Cues::appeals`].
const LISTS: [&str; 5] = ["platform", "call", "news", "web", "saying"];
/// The bits of the lists.
pub const PLATFORM: u8 = 1;
pub const CALLS: u8 = 2;
pub const NEWS: u8 = 4;
const WEB: u8 = 8;
pub const SAYING: u8 = 16;
/// It looks like a colon, and many type it for one.
const VISARGA: char = 'ः';
/// Words of the lists shorter than this must be whole; longer ones may go on, as Indic words do with their endings.
const STEM: usize = 4;

impl Cues {
    /// `entries` are (language, reason, phrase), the reason one of [`REASONS`] or the name of a list of words. A later entry of the same
    /// phrase wins over an earlier one where both fit.
    pub fn new(entries: Vec<(String, String, String)>) -> Result<Cues> {
        let mut cues = Vec::with_capacity(entries.len());
        let (mut heads, mut tails) = (Builder::default(), Builder::default());
        let (mut words, mut openings, mut closings, mut glued) =
            (Builder::default(), Builder::default(), Builder::default(), Vec::new());
        for (language, reason, written) in entries {
            if is_parted(&written) {
                return Err(Error::Argument(format!(
                    "cue '{written}' of {language} has white space at an end, or ends in a sign that parts it from what follows; leave that out"
                )));
            }
            match reason.as_str() {
                "opening" => {
                    openings.insert(fold(&written).iter(), 0);
                    continue;
                }
                "closing" => {
                    closings.insert(fold(&written).iter(), 0);
                    continue;
                }
                "glued" => {
                    glued.push(Finder::new(&written).into_owned());
                    continue;
                }
                _ => {}
            }
            if let Some(list) = LISTS.iter().position(|&list| list == reason) {
                let folded = fold(&written);
                // the list and whether the word must be whole, in place of a cue
                let whole = folded.len() < STEM || 1 << list == SAYING;
                words.insert(folded.iter(), list * 2 + whole as usize);
                continue;
            }
            let reason = reason_of(&reason)
                .ok_or_else(|| Error::Argument(format!("unknown cue reason '{reason}'; one of {REASONS:?}")))?;
            let (form, phrase, more) = form_of(&written);
            let more = fold(more).into_iter().collect();
            let folded = fold(phrase.trim_matches(|char| !is_word(char) && !matches!(char, '©' | '#')));
            if !folded.iter().any(|char| char.is_alphanumeric() || *char == '#') {
                return Err(Error::Argument(format!("cue '{written}' of {language} has no word in it")));
            }
            match form {
                Form::Tail => tails.insert(folded.iter().rev(), cues.len()),
                _ => heads.insert(folded.iter(), cues.len()),
            }
            cues.push(Cue { language, reason, phrase: phrase.to_owned(), form, more });
        }
        let words = Trie { stems: true, ..words.build() };
        Ok(Cues {
            cues,
            heads: heads.build(),
            tails: tails.build(),
            words,
            openings: openings.build(),
            closings: closings.build(),
            glued,
        })
    }

    /// False where `text` begins with no cue, and seldom true where it does not begin with one. What is false of a text is false of its
    /// beginnings up to a word boundary.
    pub fn may_begin(&self, text: &str) -> bool {
        let first = text.as_bytes().first_chunk();
        !first.is_some_and(|first| self.heads.holds_none(first)) && self.heads.may_hold(text.bytes(), text.chars())
    }

    /// The same of the end.
    pub fn may_end(&self, text: &str) -> bool {
        let last = text.as_bytes().last_chunk().map(|&[a, b, c, d]| [d, c, b, a]);
        !last.is_some_and(|last| self.tails.holds_none(&last))
            && self.tails.may_hold(text.bytes().rev(), text.chars().rev())
    }

    /// The longest cue that `text` begins with, ended by a word boundary. A label counts only before a separator or at the end.
    pub fn at_start(&self, text: &str) -> Option<Hit> {
        let mut best = None;
        if !self.may_begin(text) {
            return best;
        }
        self.heads.walk(text.char_indices(), |cue, at, last| {
            let len = at + last.len_utf8();
            let rest = &text[len..];
            // Dropped signs (a final anusvara, a joiner) belong to the word that they follow.
            let len = len + rest.chars().take_while(|&char| folded(char).is_none()).map(char::len_utf8).sum::<usize>();
            let form = self.cues[cue].form;
            let rest = &text[len..];
            let fits = match form {
                // agencies stand in lists: "(AFP, Reuters)"
                Form::Label if self.cues[cue].reason == Reason::Credit && rest.trim_start().starts_with(',') => true,
                Form::Label => separated(rest, self.cues[cue].phrase.contains(' ')),
                Form::Alone => !rest.contains(is_letter),
                _ => self.holds(rest, &self.cues[cue].more),
            };
            if fits && (boundary(last, rest.chars().next()) || self.is_glued(cue, rest)) {
                best = Some(Hit { reason: self.cues[cue].reason, form, len, cue });
            }
        });
        best
    }

    /// The bytes of the label of several words that `text` begins with although nothing parts it from what follows: "مزید پڑھیںHeadline".
    pub fn unparted(&self, text: &str, of: Reason) -> Option<usize> {
        let mut longest = None;
        self.heads.walk(text.char_indices(), |cue, at, last| {
            let Cue { form, reason, phrase, .. } = &self.cues[cue];
            if (*form, *reason) == (Form::Label, of) && phrase.contains(' ') {
                let end = at + last.len_utf8();
                let dropped = text[end..].chars().take_while(|&char| folded(char).is_none()).map(char::len_utf8);
                longest = Some(end + dropped.sum::<usize>());
            }
        });
        longest.filter(|&end| text[end..].trim_start().starts_with(is_letter))
    }

    /// True where a text begins as sentences of news do.
    pub fn opens(&self, text: &str) -> bool {
        begins(&self.openings, text)
    }

    /// True where a text begins with a word with which headlines end.
    pub fn closes(&self, text: &str) -> bool {
        begins(&self.closings, text)
    }

    /// Where calls end in a text whose last word runs into the next one, ascending for each phrase; a shorter rest is its ending
    /// ("करें", "करेंगे").
    pub fn glued_ends<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        const REST: usize = 3;
        self.glued.iter().flat_map(move |phrase| {
            let ends = phrase.find_iter(text.as_bytes()).map(|at| at + phrase.needle().len());
            ends.filter(|&end| text[end..].chars().take(REST).filter(|&char| is_word(char)).count() == REST)
        })
    }

    /// The cue that `text` begins with, else the one that it ends with.
    pub fn at_either_end(&self, text: &str) -> Option<Hit> {
        self.at_start(text).or_else(|| self.at_end(text))
    }

    /// The longest cue that `text` ends with, begun by a word boundary.
    pub fn at_end(&self, text: &str) -> Option<Hit> {
        let mut best = None;
        if !self.may_end(text) {
            return best;
        }
        self.tails.walk(text.char_indices().rev(), |cue, at, first| {
            if boundary(first, text[..at].chars().next_back()) && self.holds_more(cue, &text[..at]) {
                best = Some(Hit { reason: self.cues[cue].reason, form: Form::Tail, len: text.len() - at, cue });
            }
        });
        best
    }
}

impl Cues {
    /// Highlights of which the first letter stands at the last sign of their label: "ठळक मुद्देनई नीति…".
    fn is_glued(&self, cue: usize, rest: &str) -> bool {
        let Cue { reason, form, phrase, .. } = &self.cues[cue];
        (*reason, *form) == (Reason::Highlights, Form::Head)
            && phrase.contains(' ')
            && rest.starts_with(
                |char| matches!(char, '\u{0900}'..='\u{0DFF}' if matches!(char as u32 & 0x7F, 0x04..=0x39)),
            )
    }

    fn holds_more(&self, cue: usize, rest: &str) -> bool {
        let more = &self.cues[cue].more;
        if more.is_empty() {
            return true;
        }
        if more == "@" {
            return self.appeals(rest) & PLATFORM != 0;
        }
        self.holds(rest, more)
    }

    /// True where the folded text holds folded words.
    fn holds(&self, text: &str, words: &str) -> bool {
        let Some(first) = words.chars().next() else { return true };
        text.char_indices().any(|(at, char)| {
            self.heads.key(char) == first as u32 && {
                let mut words = words.chars().map(u32::from).peekable();
                let mut previous = LEFT_OUT;
                for key in text[at..].chars().map(|char| self.heads.key(char)).filter(|&key| key != LEFT_OUT) {
                    if key == previous && matches!(key, Trie::SPACE | Trie::NUMBER) {
                        continue;
                    }
                    if words.next_if_eq(&key).is_none() {
                        break;
                    }
                    previous = key;
                }
                words.peek().is_none()
            }
        })
    }

    /// What a text is that is nothing but buttons and links one after another, glued or not: "Share Tweet Copy link", "Home | Log in".
    pub fn row(&self, text: &str) -> Option<Reason> {
        use Reason::*;
        let mut rest = text;
        let mut reasons = Vec::new();
        // one by one these are names too: "Facebook Messenger", "Live video"
        let mut certain = false;
        if text.starts_with(is_digit) {
            return None;
        }
        loop {
            rest = rest.trim_start_matches(|char| !is_word(char));
            if rest.is_empty() {
                let of =
                    |reason: &Reason| matches!(reason, Share | Comments | App | Newsletter | Header | Footer | Nav);
                return reasons
                    .iter()
                    .copied()
                    .find(of)
                    .filter(|_| reasons.len() >= 3 || certain && reasons.len() == 2);
            }
            // of glued ASCII names the sieve knows nothing
            let is_open = rest.starts_with(|char: char| is_digit(char) || char.is_ascii_alphabetic());
            if !is_open && !self.heads.may_hold(rest.bytes(), rest.chars()) {
                return None;
            }
            let mut longest = None;
            self.heads.walk(rest.char_indices(), |cue, at, last| {
                let end = at + last.len_utf8();
                let dropped = rest[end..].chars().take_while(|&char| folded(char).is_none()).map(char::len_utf8);
                let end = end + dropped.sum::<usize>();
                let Cue { form, reason, .. } = self.cues[cue];
                let button = matches!(form, Form::Alone | Form::Label)
                    && matches!(
                        reason,
                        Share | Comments | App | Newsletter | Header | Footer | Nav | Related | Promo | Copyright
                    );
                let next = rest[end..].chars().next();
                // "TwitterFacebook", "facebooktwitteremail"
                let glued =
                    last.is_lowercase() && next.is_some_and(char::is_uppercase) || reason == Share && end >= STEM;
                if button && (boundary(last, next) || glued) {
                    longest = Some((end, reason));
                }
            });
            match longest {
                Some((end, reason)) => {
                    reasons.push(reason);
                    certain |= rest[..end].contains(' ');
                    // a final anusvara, a joiner: signs that the keys leave out belong to the word before
                    rest = rest[end..].trim_start_matches(|char| folded(char).is_none());
                }
                // the number of shares, of comments
                None if rest.starts_with(is_digit) => rest = rest.trim_start_matches(is_digit),
                None => return None,
            }
        }
    }

    /// False where a cue that is open at one side proves nothing of a sentence of prose: "Support local farmers, the minister said." begins as
    /// "Support local journalism" does. Some other word must be one of pages, or an address must stand there, and nobody be quoted.
    pub fn calls(&self, text: &str) -> bool {
        let appeals = self.appeals(text);
        let address = || ["http", "www.", "@"].iter().any(|sign| text.contains(sign));
        appeals & SAYING == 0 && (appeals & (PLATFORM | NEWS | WEB) != 0 || address())
    }

    /// True where somebody is quoted.
    pub fn reports(&self, text: &str) -> bool {
        self.appeals(text) & SAYING != 0
    }

    /// A bit for each list of words of which the text holds one.
    pub fn appeals(&self, text: &str) -> u8 {
        let mut appeals = 0;
        for rest in from_words(text) {
            let first = rest.as_bytes().first_chunk();
            let none = first.is_some_and(|first| self.words.holds_none(first));
            if !none && self.words.may_hold(rest.bytes(), rest.chars()) {
                self.words.walk(rest.char_indices(), |found, end, last| {
                    let whole = boundary(last, rest[end + last.len_utf8()..].chars().next());
                    if whole || found % 2 == 0 {
                        appeals |= 1 << (found / 2);
                    }
                });
            }
        }
        appeals
    }
}

/// True where a text begins with a phrase of the trie.
fn begins(phrases: &Trie, text: &str) -> bool {
    let mut found = false;
    phrases.walk(text.char_indices(), |_, at, last| {
        found |= boundary(last, text[at + last.len_utf8()..].chars().next());
    });
    found
}

/// True where a word cannot go on from `inside` to `outside`: marks and joiners belong to their word, so "पढ़" is not found in "पढ़ें". From
/// one script to another there is a boundary, as pages glue things together: "भारतPM Modi", "ذریعہGetty".
fn boundary(inside: char, outside: Option<char>) -> bool {
    let Some(outside) = outside.filter(|&char| is_word(char) && char != VISARGA) else { return true };
    let is_other = |char: char| char > '\u{0590}' && is_letter(char);
    !is_word(inside)
        || inside.is_ascii_alphabetic() && is_other(outside)
        || is_other(inside) && outside.is_ascii_alphabetic()
}

/// Letters, digits, Indic signs and joiners. (`is_alphanumeric` covers vowel signs but neither virama nor nukta nor joiners.) The common
/// scripts are ranges: the tables of the standard library cost five times the rest of the stripper.
pub fn is_word(char: char) -> bool {
    match char {
        '\0'..='\x7F' => char.is_ascii_alphanumeric(),
        '।' | '॥' | '॰' => false,
        '\u{0900}'..='\u{0DFF}' | '\u{200C}' | '\u{200D}' | '\u{0300}'..='\u{036F}' | '\u{0400}'..='\u{0481}' => true,
        '\u{0620}'..='\u{0669}' | '\u{0671}'..='\u{06D3}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => false,
        _ => char.is_alphanumeric(),
    }
}

/// Digits of the scripts of news.
pub fn is_digit(char: char) -> bool {
    match char {
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => true,
        // every Indic block of 128 has its digits at 0x66..=0x6F
        '\u{0900}'..='\u{0DFF}' => matches!(char as u32 & 0x7F, 0x66..=0x6F),
        _ => false,
    }
}

/// A part of a word that is no digit.
pub fn is_letter(char: char) -> bool {
    is_word(char) && !is_digit(char)
}

/// Nothing, or something that sets a label apart from what follows: `:`, a dash, a bar, an arrow, a bracket, a number, an emoji. A hyphen
/// with a word on both sides makes a compound of one word ("फोटो-पत्रकार"), not of a phrase ("यह भी पढ़ें-देखिए"). After `!` and `?` nothing
/// may be said: "Picture! You mean me?"
fn separated(rest: &str, phrase: bool) -> bool {
    match rest.trim_start().chars().next() {
        // typed for a colon: "यह भी पढ़ेंः"
        None | Some(VISARGA) => true,
        // "pic.twitter.com"
        Some('.') => !rest.trim_start()[1..].starts_with(is_word),
        Some(dash @ ('-' | '‐' | '–' | '—')) => {
            phrase || !rest.strip_prefix(dash).is_some_and(|rest| rest.starts_with(is_word))
        }
        Some('!' | '?' | '؟') => !rest.contains(is_letter),
        Some(char) => {
            !is_word(char)
                && !matches!(char, ',' | '\'' | '’' | '"' | '“' | '”' | '‘' | '%' | '&' | ';' | '$' | '€' | '£' | '₹')
        }
    }
}

/// White space at either end, or a bar, a dash or the like at the end of a phrase that something may follow: "Read |" is not two words.
fn is_parted(written: &str) -> bool {
    written.trim() != written
        || !written.starts_with("= ") && written.ends_with(['|', '/', '>', '»', '›', '–', '—', '-', ','])
}

fn form_of(written: &str) -> (Form, &str, &str) {
    let written = written.trim();
    if let Some(phrase) = written.strip_prefix('…') {
        let (more, phrase) = phrase.rsplit_once('…').unwrap_or(("", phrase));
        (Form::Tail, phrase.trim(), more.trim())
    } else if let Some((phrase, more)) = written.split_once('…') {
        (Form::Head, phrase.trim(), more.trim())
    } else if let Some(phrase) = written.strip_prefix("= ") {
        (Form::Alone, phrase.trim(), "")
    } else {
        (Form::Label, written, "")
    }
}

/// The folded characters of a phrase, spaces and numbers collapsed.
fn fold(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    for char in text.trim().chars().filter_map(folded) {
        if !(matches!(char, ' ' | '#') && chars.last() == Some(&char)) {
            chars.push(char);
        }
    }
    chars
}

/// One character as the keys see it; None for what they leave out. Keys only, never output.
pub fn folded(char: char) -> Option<char> {
    Some(match char {
        'A'..='Z' => char.to_ascii_lowercase(),
        '0'..='9' => '#',
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => ' ',
        '\0'..='\x7F' => char,
        // joiners, zero-width marks, soft hyphen, variation selectors
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{FE0F}' => return None,
        // nukta, and the nasal signs that sloppy spelling drops
        '\u{093C}' | '\u{09BC}' | '\u{0A3C}' | '\u{0ABC}' | '\u{0B3C}' | '\u{0CBC}' => return None,
        '\u{0901}' | '\u{0902}' | '\u{0981}' | '\u{0A02}' | '\u{0A70}' | '\u{0A82}' => return None,
        '\u{0958}' => 'क',
        '\u{0959}' => 'ख',
        '\u{095A}' => 'ग',
        '\u{095B}' => 'ज',
        '\u{095C}' => 'ड',
        '\u{095D}' => 'ढ',
        '\u{095E}' => 'फ',
        '\u{095F}' => 'य',
        '\u{09DC}' => 'ড',
        '\u{09DD}' => 'ঢ',
        '\u{09DF}' => 'য',
        // Malayalam chillus are written both as one letter and as letter + virama + joiner
        '\u{0D4D}' => return None,
        '\u{0D7A}' => 'ണ',
        '\u{0D7B}' => 'ന',
        '\u{0D7C}' => 'ര',
        '\u{0D7D}' => 'ല',
        '\u{0D7E}' => 'ള',
        '\u{0D7F}' => 'ക',
        // Arabic letters of Urdu: vowel signs out, one yeh, one kaf, one heh
        '\u{064B}'..='\u{065F}' | '\u{0670}' => return None,
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ه' | 'ة' | 'ۂ' | 'ھ' => 'ہ',
        'ۓ' => 'ے',
        'أ' | 'إ' | 'آ' => 'ا',
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => 'a',
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => 'c',
        'È'..='Ë' | 'è'..='ë' | 'Ę' | 'ę' | 'Ě' | 'ě' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'İ' | 'ı' => 'i',
        'Ñ' | 'ñ' | 'Ń' | 'ń' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        'Ś' | 'ś' | 'Ş' | 'ş' | 'Š' | 'š' => 's',
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => 'z',
        'Ł' | 'ł' => 'l',
        'Ğ' | 'ğ' => 'g',
        'ё' | 'Ё' => 'е',
        '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '´' => '\'',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        _ if is_digit(char) => '#',
        '\u{0900}'..='\u{0DFF}' => char,
        _ => char.to_lowercase().next().unwrap_or(char),
    })
}

const NONE: u32 = u32::MAX;
/// Of characters below this it is known whether a phrase begins with them: all Latin, Cyrillic, Arabic and Indic letters.
const DIRECT: usize = 0x0E00;

/// In the table of keys: a character that keys leave out.
const LEFT_OUT: u32 = u32::MAX;
/// In place of the only key of a node: it has several, or none.
const SEVERAL: u32 = u32::MAX;

struct Node {
    /// Key and node of the only edge; most nodes have one.
    key: u32,
    next: u32,
    /// The cues that end here: `Trie::cues[from..to]`.
    from: u32,
    to: u32,
}

struct Trie {
    /// By character as written: NONE where no phrase begins with it.
    root: Vec<u32>,
    /// By character as written: its key.
    keys: Vec<u32>,
    nodes: Vec<Node>,
    /// The edges of nodes that have several, as (node and key, next node), by hash, open to the right.
    edges: Vec<(u64, u32)>,
    cues: Vec<u32>,
    beginnings: Beginnings,
    /// A phrase may end inside a word.
    stems: bool,
}

/// Which phrases there may be, by the hashes of their first keys: most texts begin as no phrase does, and a look or two shows it.
struct Beginnings {
    /// By hash two bits: a phrase begins with these keys; it consists of them.
    bits: Vec<u64>,
}

/// Keys of a phrase that are hashed.
const BEGINNING: usize = 8;

impl Beginnings {
    /// Words of 32 entries: a few times as many entries as phrases have beginnings.
    const WORDS: u32 = 12;
    const BEGINS: u64 = 1;
    const ENDS: u64 = 2;

    fn new() -> Self {
        Beginnings { bits: vec![0; 1 << Self::WORDS] }
    }

    #[inline]
    fn hash(before: u64, key: u32) -> u64 {
        (before ^ u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[inline]
    fn of(&self, hash: u64) -> u64 {
        self.bits[(hash >> (64 - Self::WORDS)) as usize] >> ((hash >> (59 - Self::WORDS) & 31) * 2)
            & (Self::BEGINS | Self::ENDS)
    }

    fn add(&mut self, hash: u64, bits: u64) {
        self.bits[(hash >> (64 - Self::WORDS)) as usize] |= bits << ((hash >> (59 - Self::WORDS) & 31) * 2);
    }
}

impl Trie {
    const SPACE: u32 = ' ' as u32;
    const NUMBER: u32 = '#' as u32;

    /// What a character is to the keys, [`LEFT_OUT`] included.
    #[inline]
    fn key(&self, char: char) -> u32 {
        match self.keys.get(char as usize) {
            Some(&key) => key,
            None => folded(char).map_or(LEFT_OUT, u32::from),
        }
    }

    /// True only where [`Trie::may_hold`] is false of a text with these first bytes: four letters or spaces with which no phrase begins,
    /// and no phrase ends before them.
    #[inline]
    fn holds_none(&self, bytes: &[u8; 4]) -> bool {
        let (mut hash, mut previous) = (0, b' ');
        for &byte in bytes {
            if !(byte.is_ascii_alphabetic() || byte == b' ' && previous != b' ') {
                return false;
            }
            let ends = hash != 0 && (self.stems || !byte.is_ascii_lowercase());
            if ends && self.beginnings.of(hash) & Beginnings::ENDS != 0 {
                return false;
            }
            previous = byte;
            hash = Beginnings::hash(hash, u32::from(byte | 0x20));
        }
        self.beginnings.of(hash) == 0
    }

    /// False where no phrase is on the path of the text, and seldom true where none is. `bytes` are those of the text in the same order.
    #[inline]
    fn may_hold(&self, bytes: impl Iterator<Item = u8>, chars: impl Iterator<Item = char>) -> bool {
        self.may_hold_ascii(bytes).unwrap_or_else(|| self.may_hold_chars(chars))
    }

    /// The same where the text begins with ASCII letters and spaces; None where it does not.
    #[inline]
    fn may_hold_ascii(&self, bytes: impl Iterator<Item = u8>) -> Option<bool> {
        let (mut hash, mut count, mut previous) = (0, 0, b' ');
        let mut bytes = bytes.peekable();
        while let Some(byte) = bytes.next() {
            let key = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => byte | 0x20,
                b' ' if previous != b' ' => byte,
                _ => return None,
            };
            previous = key;
            hash = Beginnings::hash(hash, u32::from(key));
            let bits = self.beginnings.of(hash);
            count += 1;
            // inside a word, unless things are glued together, only a stem ends
            let mut ends = || self.stems || !bytes.peek().is_some_and(u8::is_ascii_lowercase);
            if bits & Beginnings::ENDS != 0 && ends() {
                return Some(true);
            }
            if bits & Beginnings::BEGINS == 0 || count == BEGINNING {
                return Some(bits & Beginnings::BEGINS != 0);
            }
        }
        Some(false)
    }

    #[inline]
    fn may_hold_chars(&self, chars: impl Iterator<Item = char>) -> bool {
        let (mut hash, mut count, mut previous) = (0, 0, Self::SPACE);
        for char in chars {
            let key = self.key(char);
            if key == LEFT_OUT || key == previous && matches!(key, Self::SPACE | Self::NUMBER) {
                continue;
            }
            previous = key;
            hash = Beginnings::hash(hash, key);
            count += 1;
            let bits = self.beginnings.of(hash);
            if bits & Beginnings::ENDS != 0 {
                return true;
            }
            if bits & Beginnings::BEGINS == 0 || count == BEGINNING {
                return bits & Beginnings::BEGINS != 0;
            }
        }
        false
    }

    /// False where no phrase begins with a character.
    fn may_begin(&self, char: char) -> bool {
        self.root.get(char as usize) != Some(&NONE)
    }

    /// Calls `found(cue, offset, character)` for each cue on the path of the text, shortest first.
    #[inline]
    fn walk(&self, chars: impl Iterator<Item = (usize, char)>, mut found: impl FnMut(usize, usize, char)) {
        let mut node = 0;
        let mut previous = Self::SPACE;
        for (at, char) in chars {
            // most words begin no phrase, and one look shows it
            if node == 0 && !self.may_begin(char) {
                return;
            }
            let key = self.key(char);
            if key == LEFT_OUT {
                continue;
            }
            // a longer number ends the same phrase later
            if key != previous || !matches!(key, Self::SPACE | Self::NUMBER) {
                node = self.step(node, key);
            }
            previous = key;
            let Some(Node { from, to, .. }) = self.nodes.get(node as usize) else { return };
            if from < to {
                for &cue in &self.cues[*from as usize..*to as usize] {
                    found(cue as usize, at, char);
                }
            }
        }
    }

    #[inline]
    fn step(&self, from: u32, key: u32) -> u32 {
        let node = &self.nodes[from as usize];
        if node.key != SEVERAL {
            return if node.key == key { node.next } else { NONE };
        }
        let edge = edge_of(from, key);
        let mut slot = slot_of(edge, self.edges.len());
        loop {
            match self.edges[slot] {
                (known, next) if known == edge => return next,
                (u64::MAX, _) => return NONE,
                _ => slot = (slot + 1) & (self.edges.len() - 1),
            }
        }
    }
}

fn edge_of(node: u32, key: u32) -> u64 {
    (node as u64) << 32 | key as u64
}

/// Where an edge stands, or what stands before it, in a table of `len` slots, a power of two.
fn slot_of(edge: u64, len: usize) -> usize {
    (edge.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (len - 1)
}

/// Per node: the next node by character, and the cues that end here.
struct Builder(Vec<(HashMap<char, u32>, Vec<u32>)>);

impl Default for Builder {
    fn default() -> Self {
        Builder(vec![Default::default()])
    }
}

impl Builder {
    fn insert<'a>(&mut self, phrase: impl Iterator<Item = &'a char>, cue: usize) {
        let mut node = 0;
        for &char in phrase {
            let fresh = self.0.len() as u32;
            let next = *self.0[node].0.entry(char).or_insert(fresh);
            if next == fresh {
                self.0.push(Default::default());
            }
            node = next as usize;
        }
        self.0[node].1.push(cue as u32);
    }

    /// Adds what lies below a node to the beginnings; `hash` and `depth` are those of its own path.
    fn begin(&self, node: usize, hash: u64, depth: usize, found: &mut Beginnings) {
        let (children, cues) = &self.0[node];
        if !cues.is_empty() {
            found.add(hash, Beginnings::ENDS);
        }
        if !children.is_empty() {
            found.add(hash, Beginnings::BEGINS);
        }
        if depth < BEGINNING {
            for (&key, &child) in children {
                self.begin(child as usize, Beginnings::hash(hash, key as u32), depth + 1, found);
            }
        }
    }

    fn build(self) -> Trie {
        let mut beginnings = Beginnings::new();
        self.begin(0, 0, 0, &mut beginnings);
        let count: usize = self.0.iter().map(|(children, _)| children.len()).filter(|&children| children > 1).sum();
        let mut edges = vec![(u64::MAX, NONE); (count * 2 + 1).next_power_of_two()];
        let (mut nodes, mut ends) = (Vec::with_capacity(self.0.len()), Vec::new());
        for (at, (children, cues)) in self.0.into_iter().enumerate() {
            let from = ends.len() as u32;
            ends.extend(cues);
            let mut node = Node { key: SEVERAL, next: NONE, from, to: ends.len() as u32 };
            if let (1, Some((&key, &next))) = (children.len(), children.iter().next()) {
                (node.key, node.next) = (key as u32, next);
            } else {
                for (key, next) in children {
                    let edge = edge_of(at as u32, key as u32);
                    let mut slot = slot_of(edge, edges.len());
                    while edges[slot].0 != u64::MAX {
                        slot = (slot + 1) & (edges.len() - 1);
                    }
                    edges[slot] = (edge, next);
                }
            }
            nodes.push(node);
        }
        let key_of = |char: char| folded(char).map_or(LEFT_OUT, u32::from);
        let keys: Vec<u32> = ('\0'..).take(DIRECT).map(key_of).collect();
        let mut trie = Trie { root: Vec::new(), keys, nodes, edges, cues: ends, beginnings, stems: false };
        trie.root = trie.keys.iter().map(|&key| if key == LEFT_OUT { 0 } else { trie.step(0, key) }).collect();
        trie
    }
}

fn reason_of(name: &str) -> Option<Reason> {
    REASONS.iter().position(|&known| known == name).map(|at| Reason::ALL[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(phrases: &[(&str, &str)]) -> Cues {
        Cues::new(phrases.iter().map(|&(reason, phrase)| ("xx".into(), reason.into(), phrase.into())).collect())
            .unwrap()
    }

    #[test]
    fn the_sieve_lets_all_through_that_the_walk_finds() {
        let phrases = ["read more", "AP", "By", "a b", "© #", "यह भी पढ़ें", "पढ़", "Bydgoszcz daily", "x 9 y", "ANI"];
        let endings = ["", " ", "x", "X", ":", "ें", "9", "  b", "\u{200D}", " more", "é"];
        for stems in [false, true] {
            let mut builder = Builder::default();
            phrases.iter().enumerate().for_each(|(cue, phrase)| builder.insert(fold(phrase).iter(), cue));
            let trie = Trie { stems, ..builder.build() };
            for (phrase, ending) in phrases.iter().flat_map(|phrase| endings.iter().map(move |ending| (phrase, ending)))
            {
                for text in
                    [format!("{phrase}{ending}"), format!("{}{ending}", phrase.to_uppercase().replace(' ', "  "))]
                {
                    let mut found = false;
                    trie.walk(text.char_indices(), |_, at, last| {
                        let next = text[at + last.len_utf8()..].chars().next();
                        found |= stems || boundary(last, next);
                    });
                    assert!(!found || trie.may_hold(text.bytes(), text.chars()), "{text}");
                }
            }
            assert!(!trie.may_hold("read the".bytes(), "read the".chars()));
            for text in [
                "The ", "read", "AP f", "APRI", "by h", "By", "a b ", "a  b", "bydl", "Xbyd", "A bc", "anim", "éABC",
                "ANI ",
            ] {
                let none = text.as_bytes().first_chunk().is_some_and(|first| trie.holds_none(first));
                assert!(!none || !trie.may_hold(text.bytes(), text.chars()), "{text}");
            }
            assert!(trie.holds_none(b"The ") && !trie.holds_none(b"AP f"));
        }
    }

    #[test]
    fn words_end_after_their_signs() {
        let cues = cues(&[("share", "शेयर करे"), ("related", "पढ़"), ("promo", "यह भी …")]);
        assert!(cues.at_start("पढ़ें: यह").is_none());
        assert_eq!(cues.at_start("शेयर करें").unwrap().len, "शेयर करें".len());
        assert!(cues.at_start("शेयर करेगा").is_none());
        assert!(cues.at_start("शेयर बाजार: गिरावट").is_none());
        assert_eq!(cues.at_start("यह भी जानें").unwrap().form, Form::Head);
        assert!(cues.at_start("यह भीड़").is_none());
    }

    #[test]
    fn word_ranges_are_those_of_the_tables() {
        for char in ('\0'..='\u{FFFF}').filter(|char| !matches!(char, '\u{0900}'..='\u{0DFF}')) {
            let joiner = matches!(char, '\u{200C}' | '\u{200D}' | '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}');
            assert_eq!(is_word(char), char.is_alphanumeric() || joiner, "{char:?}");
        }
    }

    #[test]
    fn forms() {
        let cues = cues(&[("related", "= Watch"), ("newsletter", "Sign up … newsletter"), ("app", "Open in app")]);
        assert!(cues.at_start("WATCH ▶").is_some());
        assert!(cues.at_start("Watch: the storm").is_none());
        assert!(cues.at_start("Sign up for our daily Newsletter!").is_some());
        assert!(cues.at_start("Sign up for the team").is_none());
        let cues = self::cues(&[("platform", "ट्विटर"), ("promo", "… @ … फॉलो करें"), ("app", "… फोन … डाउनलोड करें")]);
        assert!(cues.at_end("हमें ट्विटर पर फ़ॉलो करें").is_some());
        assert!(cues.at_end("नियमों को फॉलो करें").is_none());
        assert_eq!(cues.appeals("नए ट्विटरवासी"), PLATFORM);
        assert_eq!(cues.appeals("शट्विटर"), 0);
        assert!(cues.at_end("अपने फोन पर डाउनलोड करें").is_some());
    }

    #[test]
    fn a_row_is_nothing_but_buttons() {
        let cues = cues(&[
            ("share", "= फेसबुक पर शेयर करें"),
            ("share", "= ट्वीट करें"),
            ("share", "= Twitter"),
            ("share", "= Facebook"),
            ("comments", "Comments"),
            ("related", "= Latest"),
            ("related", "= Video"),
        ]);
        for text in [
            "फेसबुक पर शेयर करें ट्वीट करें",
            "TwitterFacebookComments",
            "twitterfacebooktwitter",
            "Twitter 12 | Facebook 3 Comments",
        ] {
            assert!(cues.row(text).is_some(), "{text}");
        }
        for text in [
            "",
            "12",
            "Twitter",
            "Twitter Facebook",
            "Twitter and Facebook Comments",
            "Latest Video",
            "फेसबुक पर शेयर करेंगे ट्वीट करें",
        ] {
            assert!(cues.row(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_label_needs_a_separator() {
        let cues = cues(&[("related", "Also read"), ("comments", "टिप्पणी")]);
        assert!(cues.at_start("Also read by many").is_none());
        assert!(cues.at_start("Also-read").is_none());
        for text in
            ["ALSO  READ", "Also read: x", "also\u{a0}read | x", "Also Read – x", "Also Read >> x", "टिप्पणी (०)"]
        {
            assert!(cues.at_start(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_longest_wins_and_numbers_are_one_sign() {
        let cues = cues(&[
            ("share", "read"),
            ("header", "# min read"),
            ("copyright", "© # …"),
            ("related", "read more"),
            ("promo", "… click here"),
        ]);
        assert_eq!(cues.at_start("read more: x").unwrap().reason, Reason::Related);
        assert_eq!(cues.at_start("12 min read").unwrap().reason, Reason::Header);
        assert_eq!(cues.at_start("१२ min read").unwrap().reason, Reason::Header);
        assert_eq!(cues.at_start("© 2024 Example").unwrap().len, "© 2024".len());
        assert_eq!(cues.at_end("To buy, Click  Here").unwrap().len, "Click  Here".len());
        assert!(cues.at_end("they unclick here").is_none());
    }

    #[test]
    fn refuses_what_cannot_match() {
        assert!(Cues::new(vec![("hi".into(), "nonsense".into(), "x".into())]).is_err());
        for phrase in ["…", "Read |", "Read | ", " Read", "पढ़ें-", "Read >"] {
            assert!(Cues::new(vec![("hi".into(), "share".into(), phrase.into())]).is_err(), "{phrase}");
        }
        assert!(Cues::new(vec![("hi".into(), "share".into(), "= A-".into())]).is_ok());
    }
}
