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
//! (a headline before them ends there), `closing` those with which headlines end, `glued` the ends of calls that may run into the next sentence. `city`
//! names the cities from which reports come.

mod characters;
mod cities;
mod keys;
mod row;
mod sieve;
mod trie;

use std::collections::HashSet;

use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::{Finder, FinderBuilder};

pub use characters::{is_digit, is_letter, is_word};
pub use cities::{as_listed, is_joiner};
pub use keys::{first_keys, folded};

use characters::{VISARGA, boundary, fold};
use cities::Cities;
use keys::{LEFT_OUT, NUMBER, SPACE};
pub use sieve::Reach;
use sieve::{DEPTH, LATIN, Sieve};
use trie::{Builder, Trie};

use crate::error::{Error, Result};
use crate::spans::{REASONS, Reason};
use crate::words::{begins_word, ends_word, near_beginnings};

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

impl Cue {
    /// Highlights, whose label runs into the first of them on some pages.
    fn may_be_glued(&self) -> bool {
        (self.reason, self.form) == (Reason::Highlights, Form::Head) && self.phrase.contains(' ')
    }
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
    /// Of the heads that are labels of names and dates.
    credits: Sieve,
    /// The heads that nothing need part from what follows: [`Cues::unparted`].
    unparted: Trie,
    words: Trie,
    /// Those of the words that are platforms.
    platforms: Trie,
    openings: Trie,
    closings: Trie,
    glued: Vec<Finder<'static>>,
    cities: Cities,
}

/// Reasons of the labels that are looked for where nothing parts them from what follows.
const UNPARTED: [Reason; 2] = [Reason::Related, Reason::Credit];

/// Lists of words beside the reasons, in the order of the bits of [`Cues::appeals`].
const LISTS: [&str; 5] = ["platform", "call", "news", "web", "saying"];
/// The bits of the lists.
pub const PLATFORM: u8 = 1;
pub const CALLS: u8 = 2;
pub const NEWS: u8 = 4;
const WEB: u8 = 8;
pub const SAYING: u8 = 16;
/// Words of the lists shorter than this must be whole; longer ones may go on, as Indic words do with their endings.
const STEM: usize = 4;

impl Cues {
    /// `entries` are (language, reason, phrase), the reason one of [`REASONS`] or the name of a list of words. A later entry of the same
    /// phrase wins over an earlier one where both fit.
    pub fn new(entries: Vec<(String, String, String)>) -> Result<Cues> {
        let mut cues = Vec::with_capacity(entries.len());
        let (mut heads, mut tails, mut unparted) = (Builder::default(), Builder::default(), Builder::default());
        // a phrase that the sieve sees to its end may end inside a word
        let mut inside = false;
        let (mut words, mut openings, mut closings, mut glued) =
            (Builder::default(), Builder::default(), Builder::default(), Vec::new());
        let (mut platforms, mut credits) = (Builder::default(), Builder::default());
        let mut cities = Cities::default();
        let bytes = ByteCounts::of(entries.iter().map(|(_, _, written)| written.as_bytes()));
        // what several languages have is one phrase
        let mut seen = HashSet::new();
        let mut once: Vec<_> =
            entries.iter().rev().filter(|(_, reason, written)| seen.insert((reason, written))).collect();
        once.reverse();
        for (language, reason, written) in once.into_iter().cloned() {
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
                "city" => {
                    if !written.contains(is_letter) {
                        return Err(Error::Argument(format!("city '{written}' of {language} has no letter")));
                    }
                    cities.insert(&written);
                    continue;
                }
                "closing" => {
                    closings.insert(fold(&written).iter(), 0);
                    continue;
                }
                "glued" => {
                    glued.push(FinderBuilder::new().build_forward_with_ranker_owned(&bytes, written.as_bytes()));
                    continue;
                }
                _ => {}
            }
            if let Some(list) = LISTS.iter().position(|&list| list == reason) {
                let folded = fold(&written);
                // the list and whether the word must be whole, in place of a cue
                let whole = folded.len() < STEM || 1 << list == SAYING;
                words.insert(folded.iter(), list * 2 + whole as usize);
                if 1 << list == PLATFORM {
                    platforms.insert(folded.iter(), whole as usize);
                }
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
            if form != Form::Tail && matches!(reason, Reason::Byline | Reason::Dateline) {
                credits.insert(folded.iter(), cues.len());
            }
            let unparted_here = form == Form::Label && UNPARTED.contains(&reason) && phrase.contains(' ');
            if unparted_here {
                unparted.insert(folded.iter(), cues.len());
            }
            let cue = Cue { language, reason, phrase: phrase.to_owned(), form, more };
            let short = |most: usize| folded.len() < most && folded.iter().all(char::is_ascii);
            inside |= cue.may_be_glued() && folded.len() < DEPTH || unparted_here && short(LATIN);
            cues.push(cue);
        }
        Ok(Cues {
            cues,
            heads: heads.build(inside),
            tails: tails.build(false),
            credits: credits.sieve(false),
            unparted: unparted.build(true),
            words: words.build(true),
            platforms: platforms.build(true),
            openings: openings.build(true),
            closings: closings.build(true),
            glued,
            cities,
        })
    }

    /// How far the cues reach that `text` may begin with: nowhere in most texts, as a few characters show. What is true of a text is true of its
    /// beginnings up to a word boundary.
    pub fn begun(&self, text: &str) -> Reach {
        self.heads.sieve.reach(text)
    }

    /// True only where `text` begins with no cue, parted or not from what follows.
    pub fn begins_nothing(&self, text: &str) -> bool {
        self.begun(text) == Reach::Nothing
    }

    /// False where a text of which [`Cues::begun`] is given begins with no cue, and seldom true where it does not begin with one.
    pub fn may_begin(&self, begun: Reach) -> bool {
        self.heads.sieve.is_held(begun)
    }

    /// The same of the end.
    pub fn may_end(&self, text: &str) -> bool {
        self.tails.sieve.may_hold_from_end(text)
    }

    /// The longest cue that `text` begins with, ended by a word boundary. A label counts only before a separator or at the end.
    pub fn at_start(&self, text: &str) -> Option<Hit> {
        self.at_start_of(text, self.begun(text))
    }

    /// [`Cues::at_start`] of a text of which [`Cues::begun`] is known.
    pub fn at_start_of(&self, text: &str, begun: Reach) -> Option<Hit> {
        if self.may_begin(begun) { self.walk_from_start(text) } else { None }
    }

    /// [`Cues::at_start`] where that is the label of a name or a date, else None or another cue.
    pub fn credit_at_start(&self, text: &str) -> Option<Hit> {
        if self.credits.may_hold(text) { self.walk_from_start(text) } else { None }
    }

    /// [`Cues::at_start`] of a text of which [`Cues::may_begin`] is true.
    pub fn walk_from_start(&self, text: &str) -> Option<Hit> {
        let mut best = None;
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
                // "Disclaimer: …" is told from a sentence by its colon
                Form::Head if self.cues[cue].phrase.ends_with([':', '-']) => {
                    separated(rest, true) && self.holds(rest, &self.cues[cue].more)
                }
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
        if !self.unparted.sieve.may_hold(text) {
            return None;
        }
        let mut longest = None;
        self.unparted.walk(text.char_indices(), |cue, at, last| {
            if self.cues[cue].reason == of {
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

    /// True for the name of a city in the form of [`as_listed`].
    pub fn is_city(&self, name: &str) -> bool {
        self.cities.contain(name)
    }

    /// False only where [`Cues::glued_ends`] finds nothing in any part of a text.
    pub fn may_hold_glued(&self, text: &str) -> bool {
        self.glued.iter().any(|phrase| phrase.find(text.as_bytes()).is_some())
    }

    /// Where calls end in a text whose last word runs into the next one, ascending for each phrase; a shorter rest is its ending
    /// ("करें", "करेंगे"). The text has so many characters.
    pub fn glued_ends<'a>(&'a self, text: &'a str, chars: usize) -> impl Iterator<Item = usize> + 'a {
        const REST: usize = 3;
        let is_ascii = text.len() == chars;
        let phrases = self.glued.iter().filter(move |phrase| !is_ascii || phrase.needle().is_ascii());
        phrases.flat_map(move |phrase| {
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
        if self.may_end(text) { self.walk_from_end(text) } else { None }
    }

    /// [`Cues::at_end`] of a text of which [`Cues::may_end`] is true.
    pub fn walk_from_end(&self, text: &str) -> Option<Hit> {
        let mut best = None;
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
        self.cues[cue].may_be_glued()
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
        let begins_at = |at: usize| {
            let mut words = words.chars().map(u32::from).peekable();
            let mut previous = LEFT_OUT;
            for key in text[at..].chars().map(|char| self.heads.key(char)).filter(|&key| key != LEFT_OUT) {
                if key == previous && matches!(key, SPACE | NUMBER) {
                    continue;
                }
                if words.next_if_eq(&key).is_none() {
                    break;
                }
                previous = key;
            }
            words.peek().is_none()
        };
        match u8::try_from(first) {
            // of ASCII only a small letter and its capital have the key of the small one
            Ok(letter @ b'a'..=b'z') if text.is_ascii() => {
                memchr::memchr2_iter(letter, letter.to_ascii_uppercase(), text.as_bytes()).any(begins_at)
            }
            _ => text.char_indices().any(|(at, char)| self.heads.key(char) == first as u32 && begins_at(at)),
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
        each_of(&self.words, text, |found| appeals |= 1 << (found / 2));
        appeals
    }

    /// True where the text names a platform.
    pub fn names_platform(&self, text: &str) -> bool {
        let mut names = false;
        each_of(&self.platforms, text, |_| names = true);
        names
    }
}

/// How often bytes stand in the phrases, as a measure of how often they do in texts: what is looked for is looked for by its rare ones.
struct ByteCounts([usize; 256]);

impl ByteCounts {
    fn of<'a>(phrases: impl Iterator<Item = &'a [u8]>) -> ByteCounts {
        let mut counts = [0; 256];
        phrases.flatten().for_each(|&byte| counts[usize::from(byte)] += 1);
        ByteCounts(counts)
    }
}

impl HeuristicFrequencyRank for ByteCounts {
    fn rank(&self, byte: u8) -> u8 {
        let most = self.0.iter().max().copied().unwrap_or(0).max(1);
        (self.0[usize::from(byte)] * 255 / most) as u8
    }
}

/// Calls `found` with each word of a list that a text holds; an odd one must be whole.
#[inline]
fn each_of(words: &Trie, text: &str, mut found: impl FnMut(usize)) {
    near_beginnings(text, |at| {
        let rest = &text[at..];
        if words.sieve.may_hold(rest) && begins_word(rest) && !ends_word(&text[..at]) {
            words.walk(rest.char_indices(), |word, end, last| {
                if word % 2 == 0 || boundary(last, rest[end + last.len_utf8()..].chars().next()) {
                    found(word);
                }
            });
        }
    });
}

/// True where a text begins with a phrase of the trie.
fn begins(phrases: &Trie, text: &str) -> bool {
    let mut found = false;
    phrases.walk(text.char_indices(), |_, at, last| {
        found |= boundary(last, text[at + last.len_utf8()..].chars().next());
    });
    found
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

fn reason_of(name: &str) -> Option<Reason> {
    REASONS.iter().position(|&known| known == name).map(|at| Reason::ALL[at])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The cities of the cue files that the package brings.
    pub(crate) fn shipped_cities() -> Vec<(String, String, String)> {
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../dedup/boilerplate/cues");
        let mut cities = Vec::new();
        for file in std::fs::read_dir(files).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let list =
                text.split_once("\ncity = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |list| list.0);
            let names = list.split('"').skip(1).step_by(2);
            cities.extend(names.map(|name| ("xx".into(), "city".into(), name.into())));
        }
        cities
    }

    /// Cues of these phrases, given by their reasons, and of those cities.
    pub(crate) fn with_shipped_cities(phrases: &[(&str, &str)]) -> Cues {
        let phrases = phrases.iter().map(|&(reason, phrase)| ("en".into(), reason.into(), phrase.into()));
        Cues::new(phrases.chain(shipped_cities()).collect()).unwrap()
    }

    pub(in crate::cues) fn cues(phrases: &[(&str, &str)]) -> Cues {
        Cues::new(phrases.iter().map(|&(reason, phrase)| ("xx".into(), reason.into(), phrase.into())).collect())
            .unwrap()
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
