//! Who, where and when on one line at the top, parted by commas or bars: "Name, 5 March 2024", "Name, city, 5 March", "City, 5 March 2024".

use super::Context;
use super::credits::{Credits, date_of, is_name, looks_like_date};
use super::edges::bare;
use super::names::{has_latin_surname, has_surname, is_below_headline, is_outlet};
use super::places::{is_day, is_listed_city, place_and_day, states_year};
use super::shape::Page;
use crate::cues::{Cues, is_digit};
use crate::dates::is_month_or_weekday;
use crate::spans::Reason;
use crate::words::{has_digit, spaced};

/// Most parts of such a line, most words of a name or place, longest line in characters.
const PARTS: usize = 5;
const WORDS: usize = 3;
const LINE: usize = 90;
const COMMAS: [char; 4] = [',', '،', '|', '।'];

/// What such a line says; None where it says something else. Words that are neither a surname that many have nor a city of the list are told by
/// their place below a headline alone, and no author is taken from them: they may be a place.
#[inline(never)]
pub(super) fn signed(page: &Page<'_>, at: usize, context: &Context<'_>) -> Option<Credits> {
    let (line, text) = (&page.lines[at], page.of(&page.lines[at]));
    let brief = |part: &str| memchr::memchr_iter(b' ', part.as_bytes()).nth(WORDS + 1).is_none();
    // a headline with a comma says more before it
    let comma = memchr::memchr3(b',', b'|', 0xD8, text.as_bytes());
    let may_be = line.stops > 0 || comma.is_some_and(|comma| brief(text.get(..comma).unwrap_or_default()));
    if line.chars > LINE || !may_be || !text.split(COMMAS).all(brief) || !has_digit(text) {
        return None;
    }
    let is_dated = |part: &&str| has_digit(part) || is_month_or_weekday(part);
    let parts = text.split(COMMAS).map(bare).filter(|part| !part.is_empty()).take(PARTS + 1);
    let (of_page, parts): (Vec<&str>, Vec<&str>) = parts.partition(|part| is_of_page(part, context.cues));
    let (day, others): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(is_dated);
    if others.is_empty() || of_page.len() + day.len() + others.len() > PARTS {
        return None;
    }
    let timed = of_page.iter().any(|part| has_digit(part));
    let day = day.join(", ");
    let published = date_of(&day);
    let is_day = || published.is_some() || is_day(&day) || looks_like_date(&day, day.chars().count());
    if !(day.is_empty() && timed || is_day()) {
        return None;
    }
    // below a label alone ("Obituary", "Upcoming") it is of what the label says
    let below = is_below_headline(page, at);
    if at > 0 && !below || is_before_web(published.as_deref()) {
        return None;
    }
    let city = others.iter().copied().find(|part| is_listed_city(part, context.cues));
    let mut named = others.iter().copied().filter(|part| !is_listed_city(part, context.cues) && !is_outlet(part));
    let (name, None) = (named.next(), named.next()) else { return None };
    let is_named = |part: &str| {
        spaced(part).nth(WORDS).is_none()
            && is_name(part)
            && !spaced(part).any(is_month_or_weekday)
            && place_and_day(part) == Some((true, false))
    };
    if name.is_some_and(|name| !is_named(name)) {
        return None;
    }
    let whole = timed || published.is_some() || states_year(&day);
    let two = |name: &str| name.contains(' ');
    let author =
        name.filter(|name| has_surname(name) || has_latin_surname(name) || below && city.is_some() && two(name));
    // behind a day may stand another one, of a calendar that is not known
    let first = || name.is_some_and(|name| bare(text).starts_with(name));
    let told = author.is_some() || name.is_none() && city.is_some() || below && first();
    if !told || !whole && city.is_none() {
        return None;
    }
    Some(Credits {
        author: author.unwrap_or_default().to_owned(),
        published: published.unwrap_or_default(),
        place: match author {
            Some(_) => city.unwrap_or_default().to_owned(),
            None => bare(text).to_owned(),
        },
        ..Credits::default()
    })
}

/// A day on which no page published anything.
fn is_before_web(published: Option<&str>) -> bool {
    published.is_some_and(|day| day < "1993")
}

/// "5 min read", an agency
fn is_of_page(part: &str, cues: &Cues) -> bool {
    #[rustfmt::skip]
    const MINUTES: [&str; 14] = [
        "min", "mins", "minutes", "मिनट", "मिनेट", "মিনিট", "મિનિટ", "ਮਿੰਟ", "ମିନିଟ", "நிமிடம்", "నిమిషాలు", "ನಿಮಿಷ", "മിനിറ്റ്", "منٹ",
    ];
    let is_brief =
        || part.split_once(' ').is_some_and(|(count, unit)| count.chars().all(is_digit) && MINUTES.contains(&unit));
    is_brief()
        || cues
            .at_start(part)
            .is_some_and(|hit| matches!(hit.reason, Reason::Header | Reason::Credit) && hit.is_alone(part))
}
