//! Lines that browsers read, not people: scripts, style sheets, and the addresses of what was embedded. Tools that take all text nodes of a
//! page leave them.

use crate::spans::Reason;

/// Signs of a script, of which none is part of another; a line with two of them is one.
#[rustfmt::skip]
const SIGNS: [&str; 22] = [
    "adsbygoogle", "googletag", "_taboola", "gtag(", "jQuery", "document.get", "document.write", "window.a", "window._", "window.d",
    "console.log", ".push(", "function(", "function (",
    "});", "();", "||", "&&", "=>", "==", "CDATA", "var ",
];
/// Where posts and films stand that pages embed, and how pages name the author of one.
#[rustfmt::skip]
const EMBEDS: [&str; 9] = [
    "youtube.com/", "youtu.be/", "twitter.com/", "//x.com/", "instagram.com/", "facebook.com/", "fb.watch/", "tiktok.com/", "vimeo.com/",
];
#[rustfmt::skip]
const SHARED: [&str; 7] = [
    "A post shared by ", "Una publicación compartida ", "Ein Beitrag geteilt von ", "Une publication partagée par ",
    "Uma publicação compartilhada por ", "Um post compartilhado por ", "Un post condiviso da ",
];
/// Longest address and name of what a style is for, in bytes.
const ADDRESS: usize = 300;
const SELECTOR: usize = 120;

/// What a line is that is meant for machines.
pub(super) fn of_machine(text: &str) -> Option<Reason> {
    let (first, last) = (text.bytes().next()?, text.bytes().next_back()?);
    // the clock of a player: "0:00 / 2:13"
    let is_clock = || {
        text.contains(':')
            && text.contains('/')
            && text.bytes().all(|byte| byte.is_ascii_digit() || b":/ ".contains(&byte))
    };
    let is_shared = || text.contains("(@") && SHARED.iter().any(|shared| text.starts_with(shared));
    match (first, last) {
        (b'0'..=b'9', b'0'..=b'9') if is_clock() => Some(Reason::Hidden),
        (0xC2 | 0xE2 | 0xEF, _) if text.chars().all(is_invisible) => Some(Reason::Hidden),
        (b'h' | b'w', _) if is_embed(text) => Some(Reason::Source),
        (b'A' | b'U' | b'E', _) if is_shared() => Some(Reason::Share),
        (_, b';' | b'{' | b'}') if is_script(text) || is_style(text) => Some(Reason::Hidden),
        _ => None,
    }
}

/// Joiners, marks of direction and soft hyphens, with which editors fill paragraphs that are empty.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{A0}' | ' ')
}

/// A choice of a player: "720p", "1.5x", "1x Normal".
pub(super) fn is_choice(text: &str) -> bool {
    let speed = text.strip_suffix(" Normal").unwrap_or(text).strip_suffix(['x', '×']).is_some_and(|factor| {
        (1..=4).contains(&factor.len())
            && !factor.starts_with('.')
            && factor.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let quality = text
        .strip_suffix('p')
        .is_some_and(|lines| matches!(lines.len(), 3 | 4) && lines.bytes().all(|byte| byte.is_ascii_digit()));
    speed || quality
}

fn is_embed(text: &str) -> bool {
    let begins = ["https://", "http://", "www."].iter().any(|scheme| text.starts_with(scheme));
    let whole = text.len() <= ADDRESS && text.is_ascii() && !text.contains(' ');
    begins && whole && EMBEDS.iter().any(|host| text.contains(host))
}

fn is_script(text: &str) -> bool {
    let is_json = || (text.starts_with("{\"") || text.starts_with("[{\"")) && text.contains("\":");
    is_json() || SIGNS.iter().filter(|&&sign| text.contains(sign)).nth(1).is_some()
}

/// ".related { margin: 0; }", also its first line alone.
fn is_style(text: &str) -> bool {
    let Some((selector, rest)) = text.split_once('{') else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .#@:,>*-_()[]=\"'+~".contains(&byte);
    let declares = rest.is_empty() || rest.ends_with('}') && rest.contains(':');
    declares && selector.len() <= SELECTOR && selector.bytes().all(plain) && selector.starts_with(['.', '#', '@', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_read() {
        for text in [
            "(adsbygoogle = window.adsbygoogle || []).push({});",
            "googletag.cmd.push(function() { googletag.display('div-1'); });",
            "var box = document.getElementById('box');",
            "{\"id\": 5, \"slug\": \"flood\"}",
            ".related-box { margin: 0; color: #fff; }",
            "@media (max-width: 600px) {",
            "#top-bar{font-size:18px}",
            "0:00 / 2:13",
            "\u{200D}",
            "\u{AD}\u{A0}\u{200D}",
        ] {
            assert_eq!(of_machine(text), Some(Reason::Hidden), "{text}");
        }
        assert_eq!(of_machine("https://www.youtube.com/watch?v=1"), Some(Reason::Source));
    }

    #[test]
    fn choices_of_players() {
        for text in ["144p", "1080p", "0.25x", "2x", "1x Normal"] {
            assert!(is_choice(text), "{text}");
        }
        for text in ["", "p", "x", "5p", "12345p", "max", "x2", "Normal", "1.5 x", "720"] {
            assert!(!is_choice(text), "{text}");
        }
    }

    #[test]
    fn what_people_read() {
        for text in [
            "He wrote f(x) = 2x on the board (and smiled)",
            "The window. The door. A function (of time);",
            "https://example.com has the list",
            "where the river bends;",
            "x = {1, 2, 3}",
            "Form: https://example.com/form",
            "{sic}",
            "The set is A = {x : x is prime}",
            "Answer {source: Council}",
            "The call document.getElementById(id) finds it (or null)",
            "Det var en bro || en gammel bro (fra 1911)",
            "https://forms.example.com/apply",
            "A post shared by the minister drew protests",
            "2/3",
            "10:30",
            "",
        ] {
            assert_eq!(of_machine(text), None, "{text}");
        }
    }
}
