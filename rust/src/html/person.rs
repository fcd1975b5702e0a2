//! Which of the names that a page states is a person's, and what of it is the name.

use super::declared::AUTHORS;
use super::shape::{is_sentence_end, is_unspaced};
use super::site_name::SiteNames;
use crate::cues::Cues;
use crate::dates;
use crate::spans::Reason;

/// Longest list of authors, in characters, and most words of a name.
const LONGEST: usize = 200;
const WORDS: usize = 8;
/// Names of accounts that content systems come with.
const ACCOUNTS: [&str; 8] = ["admin", "administrator", "root", "webmaster", "wordpress", "superuser", "user", "editor"];

/// A name as a page states it, without what is no part of one; None where nothing is left that can be a name.
pub fn clean(stated: &str) -> Option<String> {
    let is_address =
        |word: &&str| word.contains('@') || word.contains("://") || word.trim_start_matches('(').starts_with("www.");
    let name = stated.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|char: char| char.is_whitespace() || ",;:|-–—/".contains(char));
    let name = without_link_text(name);
    let letters = name.chars().filter(|char| char.is_alphabetic()).count();
    let digits = name.chars().filter(|char| char.is_numeric()).count();
    // "by", "von" and other words that nothing follows.
    let small = name.chars().count() <= 3 && name.chars().all(char::is_lowercase);
    // More of them are an address, a date, the number of an account.
    let likely = letters >= 2
        && digits < 4
        && !small
        && name.chars().count() <= LONGEST
        && !name.contains("{{")
        && !name.contains("{$")
        && !ACCOUNTS.contains(&name.to_lowercase().replace(char::is_whitespace, "").as_str());
    likely.then(|| name.to_string())
}

/// The name alone where a link to its texts is called after it.
fn without_link_text(name: &str) -> &str {
    const CALLED: [&str; 3] = ["view all posts by ", "all posts by ", "posts by "];
    let called =
        CALLED.iter().find(|called| name.get(..called.len()).is_some_and(|own| own.eq_ignore_ascii_case(called)));
    called.map_or(name, |called| name[called.len()..].trim_start())
}

/// The names in one string, each once; those of the site only where there are no others. The second value says that it is the site's.
pub fn join(stated: &[String], names: &SiteNames) -> (String, bool) {
    let mut people: Vec<String> = Vec::new();
    for name in stated.iter().take(AUTHORS).filter_map(|name| clean(name)) {
        if !people.contains(&name) {
            people.push(name);
        }
    }
    let is_site: Vec<bool> = people.iter().map(|name| names.is_of_site(name)).collect();
    let all_site = is_site.iter().all(|&site| site);
    let mut keep = is_site.into_iter();
    people.retain(|_| !keep.next().unwrap_or(false) || all_site);
    let none = people.is_empty();
    (people.join(", "), all_site && !none)
}

/// An author that is stated as a by-line ("By A. B.") as the name alone.
pub fn without_cue<'a>(author: &'a str, cues: &Cues) -> &'a str {
    let name = cues.at_start(author).filter(|hit| hit.reason == Reason::Byline).map(|hit| hit.rest(author).trim());
    name.filter(|name| is_name(name)).unwrap_or(author)
}

/// The first name of a by-line that runs on with others and what they did: "A. B. Edited By C. D."
pub fn first_of<'a>(author: &'a str, cues: &Cues) -> &'a str {
    let begins = author.match_indices(' ').map(|(at, _)| at + 1);
    let is_next = |at: &usize| {
        let said = author[*at..].trim_start();
        let label = said.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        cues.at_start(&label)
            .is_some_and(|hit| hit.reason == Reason::Byline && label.contains(' ') && hit.is_alone(&label))
    };
    let name = begins.take(WORDS).find(is_next).map(|at| author[..at].trim_end_matches([' ', ',', '|', '/']));
    name.filter(|name| is_name(name)).unwrap_or(author)
}

/// What stands before the date, the place, or the end of a sentence.
pub fn undated(line: &str) -> &str {
    let mut end = line.len();
    let mut words = line.split_whitespace().peekable();
    let mut known = 0;
    while let Some(word) = words.next() {
        let from = word.as_ptr() as usize - line.as_ptr() as usize;
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let dated = words.peek().is_some_and(|next| next.contains(|char: char| char.is_numeric()));
        let is_date = word.contains(|char: char| char.is_numeric())
            || dates::is_weekday(bare)
            || (dated && dates::is_month(bare));
        // "A. B., in News"
        let is_other = line[..from].trim_end().ends_with(',') && bare.chars().all(char::is_lowercase);
        if known > 0 && (is_date || is_other || bare.is_empty()) {
            end = from;
            break;
        }
        known += 1;
        // "Autor: A. Longname. Published on…"
        if bare.chars().count() > 4 && word.ends_with('.') {
            end = from + word.len() - 1;
            break;
        }
    }
    // "on", "am", "w dniu"
    let mut name = line[..end].trim_end();
    while let Some((before, last)) = name.rsplit_once(char::is_whitespace) {
        let is_small = last.chars().count() <= 4 && last.chars().all(char::is_lowercase);
        if end == line.len() || !is_small {
            break;
        }
        name = before.trim_end();
    }
    name
}

/// The name in a line of a by-line: "By A. B. | 3 May" is "A. B.".
pub fn name_of<'a>(line: &'a str, cues: &Cues) -> Option<&'a str> {
    let trimmed = |text: &'a str| text.trim_matches(|char: char| char.is_whitespace() || ",;:：|-–—•·/".contains(char));
    // "Our authors:", "More of her texts >"
    if line.trim_end().ends_with([':', '：', '>', '»', '›', '…']) {
        return None;
    }
    let mut name = trimmed(line);
    let caseless = !name.contains(|char: char| char.is_lowercase() || char.is_uppercase());
    if let Some(hit) = cues.at_start(name).filter(|hit| hit.reason == Reason::Byline) {
        // An office and its place: "संवाददाता, नई दिल्ली".
        if caseless && hit.rest(name).trim_start().starts_with(',') {
            return None;
        }
        name = trimmed(hit.rest(name));
    }
    name = without_link_text(name);
    let end = name.find(['|', '•', '·', '(', '\u{2013}', '\u{2014}']).unwrap_or(name.len());
    let name = trimmed(&name[..end]);
    // "Edited：name"
    let name = trimmed(name.rsplit('：').next().unwrap_or(name));
    // In scripts without case a name ends at the comma: behind it are offices and places.
    let name = if caseless { trimmed(name.split(',').next().unwrap_or(name)) } else { name };
    let is_other = [cues.at_start(name), cues.at_end(name)].into_iter().flatten().any(|hit| {
        let interface =
            matches!(hit.reason, Reason::Share | Reason::Promo | Reason::App | Reason::Newsletter | Reason::Comments);
        interface || hit.is_alone(name) || (caseless && hit.reason == Reason::Byline)
    });
    (is_name(name) && !is_other).then_some(name)
}

/// A few words without digits or the end of a sentence, each with a capital where the script has them; small words only between others.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty()
        || words.len() > WORDS
        || text.contains(['@', '?', '!', '"', '“', '„', '«', '《', ':', '>'])
        || text.contains("://")
    {
        return false;
    }
    if text.chars().any(|char| char.is_numeric() || (is_sentence_end(char) && char != '.')) {
        return false;
    }
    let begins = |word: &str| word.chars().find(|char| char.is_alphabetic());
    let cased = |char: char| char.is_lowercase() || char.is_uppercase();
    let (mut capitals, mut caseless) = (0, 0);
    for word in &words {
        match begins(word) {
            Some(char) if !cased(char) => caseless += 1,
            Some(char) if char.is_uppercase() => capitals += 1,
            // von, de, van der, og
            Some(_) if word.chars().count() <= 3 => {}
            Some(_) => return false,
            None => {}
        }
    }
    let unspaced = text.chars().filter(|&char| is_unspaced(char) || ('가'..='힣').contains(&char)).count();
    capitals >= 2 || (capitals == 0 && (caseless >= 2 || (2..=8).contains(&unspaced)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> SiteNames {
        SiteNames::new(["Example News", "", ""], ["https://www.ex-ample.example/a", ""])
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for stated in
            ["105092", "a.b@news.example", "https://news.example/a", "admin", "Web Master", "{{author}}", "-", ""]
        {
            assert_eq!(clean(stated), None, "{stated}");
        }
        assert_eq!(clean("Example (www.news.example)").as_deref(), Some("Example"));
        assert_eq!(clean("मीना कुमारी").as_deref(), Some("मीना कुमारी"));
    }

    #[test]
    fn a_by_line_ends_where_the_date_begins() {
        for (line, name) in [
            ("Meena Kumari on Tue, 17 Jan 2012", "Meena Kumari"),
            ("Meena Kumari am 08.12.2022", "Meena Kumari"),
            ("Meena Kumari - Wed Dec 14 12:07:17 GMT 2011", "Meena Kumari"),
            ("Meena Kumari. Data publikacji Pią, 2011-06-03", "Meena Kumari"),
            ("Jan de Vries le 7 Mai 2020", "Jan de Vries"),
            ("M. K. Rao in Delhi", "M. K. Rao in Delhi"),
            ("M. K. Rao, in News, Business", "M. K. Rao,"),
            ("मीना कुमारी 5 मार्च 2024", "मीना कुमारी"),
        ] {
            assert_eq!(undated(line), name);
        }
    }

    #[test]
    fn people_go_before_the_site() {
        let join = |stated: &[&str]| join(&stated.iter().map(|name| name.to_string()).collect::<Vec<_>>(), &names());
        assert_eq!(join(&["Meena Kumari", "Example News", "Meena Kumari"]), ("Meena Kumari".to_string(), false));
        assert_eq!(join(&["Example News"]), ("Example News".to_string(), true));
        assert_eq!(join(&["ex-ample desk"]), ("ex-ample desk".to_string(), true));
        assert_eq!(join(&["7"]), (String::new(), false));
    }

    #[test]
    fn names_have_the_shape_of_names() {
        for name in
            ["Meena Kumari", "A. B. von der Example", "मीना कुमारी", "松岡大地", "신현주", "Anna Martel und Lea Wagner"]
        {
            assert!(is_name(name), "{name}");
        }
        for other in ["Follow", "Interview: Meena Kumari", "The bridge was opened", "5 May 2026", "Is it?", "one two"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
