//! Lines that browsers read, not people: scripts, style sheets, and the addresses of what was embedded. Tools that take all text nodes of a
//! page leave them.

use crate::spans::Reason;

/// Signs of a script; a line with two of them is one.
#[rustfmt::skip]
const SIGNS: [&str; 31] = [
    "adsbygoogle", "googletag", "_taboola", "gtag(", "jQuery", "$(", "document.get", "document.write", "document.create", "window[",
    "console.log", "getElementById", ".push(", "function(", "function ()", "function (e", "var ", "});", "();", "={", "= {", "||", "&&",
    "=>", "===", "!==", "CDATA", "(window", "window._", "window.d", "window.a",
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
    match (first, last) {
        (b'0'..=b'9', b'0'..=b'9') if is_clock() => Some(Reason::Hidden),
        (b'h' | b'w', _) if is_address(text) => Some(Reason::Source),
        (_, b';' | b'{' | b'}' | b'(' | b')' | b'>') if is_script(text) || is_style(text) => Some(Reason::Hidden),
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    let begins = ["https://", "http://", "www."].iter().any(|scheme| text.starts_with(scheme));
    begins && text.len() <= ADDRESS && text.is_ascii() && !text.contains(' ') && text.contains('.')
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
    declares
        && selector.len() <= SELECTOR
        && selector.bytes().all(plain)
        && (selector.starts_with(['.', '#', '@', '*']) || rest.ends_with('}'))
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
            "p.lead{font-size:18px}",
            "0:00 / 2:13",
        ] {
            assert_eq!(of_machine(text), Some(Reason::Hidden), "{text}");
        }
        assert_eq!(of_machine("https://example.com/film?v=1"), Some(Reason::Source));
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
            "2/3",
            "10:30",
            "",
        ] {
            assert_eq!(of_machine(text), None, "{text}");
        }
    }
}
