//! Lines that browsers and content management systems read, not people: scripts, style sheets, shortcodes, and the addresses of what was
//! embedded. Tools that take all text nodes of a page leave them.

use crate::cues::is_digit;
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
    match (first, last) {
        (b'h' | b'w', _) if is_address(text) => Some(Reason::Source),
        (b'[', b']') if is_shortcode(text) => Some(Reason::Hidden),
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

/// "[gallery ids="1,2"]", "[post_ads]", "[/caption]": a name with an underscore, with attributes, or an end.
pub(super) fn is_shortcode(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[').and_then(|text| text.split_once(']')).map(|(inside, _)| inside) else {
        return false;
    };
    let name = inside.split(' ').next().unwrap_or_default();
    let named = name
        .trim_start_matches('/')
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte) || byte.is_ascii_digit());
    let closed = || text.ends_with(&format!("[/{name}]"));
    named
        && name.contains(|char: char| char.is_ascii_lowercase())
        && !name.starts_with(is_digit)
        && (name.contains('_') || name.starts_with('/') || inside.contains("=\"") || inside.contains("='") || closed())
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
            "[gallery ids=\"1,2,3\"]",
            "[post_ads]",
            "[/caption]",
            "[embed]https://example.com/film[/embed]",
        ] {
            assert_eq!(of_machine(text), Some(Reason::Hidden), "{text}");
        }
        assert_eq!(of_machine("https://example.com/film?v=1"), Some(Reason::Source));
    }

    #[test]
    fn what_people_read() {
        for text in [
            "[pg-13]",
            "[laughs]",
            "[विज्ञापन]",
            "He wrote f(x) = 2x on the board (and smiled)",
            "The window. The door. A function (of time);",
            "https://example.com has the list",
            "where the river bends;",
            "x = {1, 2, 3}",
            "Form: https://example.com/form",
            "{sic}",
            "",
        ] {
            assert_eq!(of_machine(text), None, "{text}");
        }
    }
}
