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
        (0xC2 | 0xCD | 0xE1 | 0xE2 | 0xEF, _) if text.chars().all(is_invisible) => Some(Reason::Hidden),
        (b'&', b';') if is_blank_markup(text) => Some(Reason::Hidden),
        (b'h' | b'w', _) if is_embed(text) => Some(Reason::Source),
        (b':', _) if is_torn_address(text) => Some(Reason::Hidden),
        (b'A' | b'U' | b'E', _) if is_shared() => Some(Reason::Share),
        (b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', _) if is_picture(text) => Some(Reason::Caption),
        (_, b';' | b'{' | b'}') if is_script(text) || is_style(text) => Some(Reason::Hidden),
        _ => None,
    }
}

/// Joiners, marks of direction, soft hyphens, selectors of a form and stand-ins for objects, with which editors fill paragraphs that are empty.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{2000}'..='\u{200F}' | '\u{202A}'..='\u{202F}')
        || matches!(char, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFFC}' | '\u{A0}' | ' ')
}

/// Such signs as a page writes them, and nothing else: "&nbsp;", "&#8203; &#8203;".
#[inline(never)]
fn is_blank_markup(text: &str) -> bool {
    #[rustfmt::skip]
    const NAMED: [&str; 12] = [
        "nbsp", "zwnj", "zwj", "shy", "lrm", "rlm", "ensp", "emsp", "thinsp", "hairsp", "NoBreak", "ZeroWidthSpace",
    ];
    let is_blank = |entity: &str| {
        let Some(name) = entity.trim_matches(is_invisible).strip_prefix('&') else { return false };
        let number = |figures: &str| match figures.strip_prefix(['x', 'X']) {
            Some(figures) => u32::from_str_radix(figures, 16),
            None => figures.parse(),
        };
        let coded = || name.strip_prefix('#').and_then(|figures| char::from_u32(number(figures).ok()?));
        NAMED.contains(&name) || coded().is_some_and(is_invisible)
    };
    text.len() <= ADDRESS && text.trim_end_matches(';').split(';').all(is_blank)
}

/// One word with the ending of a picture: "flood-rampur.jpg".
pub(super) fn is_picture_file(text: &str) -> bool {
    text.len() <= SELECTOR && !text.contains(' ') && without_ending(text).is_some_and(|name| !name.is_empty())
}

fn without_ending(text: &str) -> Option<&str> {
    const ENDINGS: [&str; 9] = ["jpg", "jpeg", "png", "webp", "gif", "heic", "avif", "bmp", "tiff"];
    let (name, ending) = text.rsplit_once('.')?;
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)).then_some(name)
}

/// The name that a camera or a page gave a picture: "IMG_2043.JPG", "DSC_0012", "photo-1.jpeg". One with a name of its own may be of a list of the article.
#[inline(never)]
fn is_picture(text: &str) -> bool {
    const CAMERAS: [&str; 10] =
        ["IMG", "DSCN", "DSCF", "DSC", "PXL", "MVI", "VID", "SAM", "WhatsApp Image ", "Screenshot"];
    const PLAIN: [&str; 10] =
        ["image", "img", "photo", "picture", "pic", "untitled", "unnamed", "thumbnail", "thumb", "banner"];
    let last = text.as_bytes().last();
    if text.len() > ADDRESS / 4 || !last.is_some_and(|&last| last.is_ascii_alphanumeric() || last == b')') {
        return false;
    }
    let numbered = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || b"_-() ".contains(&byte));
    match without_ending(text) {
        Some(name) => {
            let named = |prefix: &&str| {
                name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
                    && numbered(&name[prefix.len()..])
            };
            let of_camera = |prefix: &&str| {
                let rest = name.strip_prefix(prefix).unwrap_or_default();
                rest.bytes().filter(u8::is_ascii_digit).count() >= 4
            };
            numbered(name) || PLAIN.iter().any(named) || CAMERAS.iter().any(of_camera)
        }
        None => {
            let camera = CAMERAS[..8].iter().find_map(|prefix| text.strip_prefix(prefix));
            let figures = camera.map(|rest| (rest, rest.trim_start_matches(['_', '-'])));
            figures.is_some_and(|(rest, figures)| {
                let of_number = |byte: u8| byte.is_ascii_digit() || b"_-WA".contains(&byte);
                let told = rest.starts_with('_') || figures.starts_with('0') || figures.len() > 4;
                told && figures.len() >= 4
                    && figures.starts_with(|char: char| char.is_ascii_digit())
                    && figures.bytes().all(of_number)
            })
        }
    }
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

/// An address of which a tool has kept no letter: "://../?=188".
#[cold]
fn is_torn_address(text: &str) -> bool {
    text.starts_with("://") && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_punctuation())
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
            "\u{2063}",
            "\u{FE0F}",
            "\u{180E}\u{FFFC}",
            "&#8203;",
            "&nbsp;&nbsp; &#x200B;",
        ] {
            assert_eq!(of_machine(text), Some(Reason::Hidden), "{text}");
        }
        assert_eq!(of_machine("https://www.youtube.com/watch?v=1"), Some(Reason::Source));
        for text in [
            "IMG_2043.JPG",
            "DSC_0012",
            "photo-1.jpeg",
            "image.png",
            "WhatsApp Image 2024-06-12 at 10.30.15 AM.jpeg",
            "20240612_103015.jpg",
            "IMG-20240612-WA0003",
            "DSC0012",
        ] {
            assert_eq!(of_machine(text), Some(Reason::Caption), "{text}");
        }
        assert_eq!(of_machine("://../?=188"), Some(Reason::Hidden));
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
            ":// is how an address goes on",
            ":-)",
            "10:30",
            "&amp;",
            "DSC-2024",
            "DSC 2024",
            "IMG",
            "SAM 2024",
            "invoice.png",
            "He sent photo.jpg",
            "Photo 1",
            "2024-25",
            "&nbsp;x;",
            "&#65;",
            "&#8203",
            "&;",
            "&#;",
            "",
        ] {
            assert_eq!(of_machine(text), None, "{text}");
        }
    }
}
