//! The attributes of a tag, and what some of their values mean.

/// One attribute: its name, and its value as written.
pub struct Attribute<'a> {
    pub name: &'a str,
    pub value: &'a str,
}

/// The attributes of a tag, read from the byte after its name.
pub struct Attributes<'a> {
    source: &'a str,
    pub at: usize,
    pub closed: bool,
}

impl<'a> Attributes<'a> {
    pub fn new(source: &'a str, at: usize) -> Self {
        Attributes { source, at, closed: false }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    #[inline]
    fn next(&mut self) -> Option<Attribute<'a>> {
        let bytes = self.source.as_bytes();
        let mut at = self.at;
        loop {
            match bytes.get(at) {
                None => {
                    self.at = at;
                    return None;
                }
                Some(b'>') => {
                    self.at = at + 1;
                    self.closed = true;
                    return None;
                }
                // A tag that its `>` is missing from ends where the next begins.
                Some(b'<') if bytes.get(at + 1).is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'/') => {
                    self.at = at;
                    self.closed = true;
                    return None;
                }
                Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => at += 1,
                Some(_) => break,
            }
        }
        let name_start = at;
        at += 1;
        while let Some(&byte) = bytes.get(at) {
            if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>' | b'=') {
                break;
            }
            at += 1;
        }
        let name = self.source.get(name_start..at).unwrap_or("");
        let mut next = at;
        while matches!(bytes.get(next), Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')) {
            next += 1;
        }
        if bytes.get(next) != Some(&b'=') {
            self.at = next;
            return Some(Attribute { name, value: "" });
        }
        next += 1;
        while matches!(bytes.get(next), Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')) {
            next += 1;
        }
        let (start, end, after) = match bytes.get(next) {
            Some(&quote @ (b'"' | b'\'')) => {
                let start = next + 1;
                match memchr::memchr(quote, bytes.get(start..).unwrap_or(&[])) {
                    Some(length) => (start, start + length, start + length + 1),
                    None => (start, bytes.len(), bytes.len()),
                }
            }
            _ => {
                let start = next;
                while let Some(&byte) = bytes.get(next) {
                    if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'>') {
                        break;
                    }
                    next += 1;
                }
                (start, next, next)
            }
        };
        self.at = after;
        Some(Attribute { name, value: self.source.get(start..end).unwrap_or("") })
    }
}

pub(super) fn is_author(relation: &str) -> bool {
    relation.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author"))
}

/// A browser shows an `<object>` of this type, and not what stands in it for those that cannot.
pub(super) fn is_shown(kind: &str) -> bool {
    let kind = kind.trim_start().to_ascii_lowercase();
    ["image/", "text/", "video/", "audio/", "application/pdf"].iter().any(|shown| kind.starts_with(shown))
}

pub(super) fn is_json_ld(kind: &str) -> bool {
    kind.len() >= 19
        && kind.trim().as_bytes().get(..19).is_some_and(|head| head.eq_ignore_ascii_case(b"application/ld+json"))
}

/// `display: none` or `visibility: hidden`.
pub fn hides(style: &str) -> bool {
    let bytes = style.as_bytes();
    let value_after = |name: &[u8], value: &[u8]| {
        bytes.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name)).is_some_and(|at| {
            let rest = bytes[at + name.len()..].trim_ascii_start();
            rest.strip_prefix(b":").is_some_and(|rest| {
                rest.trim_ascii_start().get(..value.len()).is_some_and(|v| v.eq_ignore_ascii_case(value))
            })
        })
    };
    value_after(b"display", b"none") || value_after(b"visibility", b"hidden")
}

/// Classes of what screen readers alone read.
const FOR_READERS: [&str; 4] = ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];

pub fn is_for_readers(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| FOR_READERS.contains(&class))
}
