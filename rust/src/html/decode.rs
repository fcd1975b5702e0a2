//! Bytes of a page to text: UTF-8 first, then a byte order mark, then what the page declares.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into the page a declaration is looked for (the HTML Standard asks for 1024 bytes; real pages put it later).
const DECLARATION_WINDOW: usize = 4096;
/// How far it is looked for in a page that is not UTF-8 and has none there.
const FAR_WINDOW: usize = 1 << 16;
/// One broken sequence in so many bytes above 127, and a page is no longer UTF-8 with a few errors but something else.
const TOLERATED_ERRORS: usize = 16;

pub enum Decoded<'a> {
    Text {
        text: Cow<'a, str>,
        encoding: &'static str,
    },
    /// Nothing says what the bytes are: the caller guesses.
    Unknown,
    /// The bytes stand for glyphs of a font, not for characters.
    FontEncoding,
}

/// Decodes a page. `declared` is what the caller knows (an HTTP header, a detector's guess), or "".
pub fn decode<'a>(bytes: &'a [u8], declared: &str) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
        return Decoded::Text { text, encoding: encoding.name() };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Decoded::Text { text: encoding.decode_without_bom_handling(bytes).0, encoding: encoding.name() };
    }
    let mut label = declaration(bytes, DECLARATION_WINDOW);
    let ascii_only = bytes.is_ascii();
    let is_font = |label: &[u8]| label.eq_ignore_ascii_case(b"x-user-defined");
    if (is_font(label) || is_font(declared.trim().as_bytes()))
        && (ascii_only || simdutf8::basic::from_utf8(bytes).is_err())
    {
        return Decoded::FontEncoding;
    }
    // ISO-2022-JP and HZ are ASCII bytes: only there does a declaration go before UTF-8.
    let escaped = ascii_only && memchr::memchr(0x1b, bytes).is_some();
    if !escaped && let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Decoded::Text { text: Cow::Borrowed(text), encoding: "UTF-8" };
    }
    // A page that lies about its charset: whatever it says, text in another encoding hardly ever reads as UTF-8.
    let lossy = String::from_utf8_lossy(bytes);
    if !escaped && nearly_utf8(&lossy, bytes) {
        return Decoded::Text { text: lossy, encoding: "UTF-8" };
    }
    if label.is_empty() {
        label = declaration(bytes, FAR_WINDOW);
        if is_font(label) {
            return Decoded::FontEncoding;
        }
    }
    let named = [declared.as_bytes(), label].into_iter().find_map(Encoding::for_label);
    match named.filter(|&encoding| encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE) {
        Some(encoding) => {
            let text = encoding.decode_without_bom_handling(bytes).0;
            Decoded::Text { text, encoding: encoding.name() }
        }
        None if escaped => Decoded::Text { text: lossy, encoding: "UTF-8" },
        None => Decoded::Unknown,
    }
}

fn errors(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count()
}

fn nearly_utf8(lossy: &str, bytes: &[u8]) -> bool {
    let broken = errors(lossy);
    let high = bytes.iter().filter(|&&byte| byte >= 0x80).count();
    broken * TOLERATED_ERRORS <= high
}

/// UTF-16 without its mark: text of any script has white space, and markup is ASCII, so zeros stand beside ASCII, all in odd places or all in
/// even ones; other encodings have no zeros, and broken pages have some anywhere.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const WINDOW: usize = 4096;
    /// Of the pairs in the window at least one in so many is ASCII beside a zero.
    const SHARE: usize = 16;
    let head = bytes.get(..bytes.len().min(WINDOW) / 2 * 2)?;
    memchr::memchr(0, head)?;
    let is_ascii = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let (mut little, mut big) = (0, 0);
    for pair in head.chunks_exact(2) {
        little += (pair[1] == 0 && is_ascii(pair[0])) as usize;
        big += (pair[0] == 0 && is_ascii(pair[1])) as usize;
    }
    let least = (head.len() / 2 / SHARE).max(2);
    // A page begins with a tag or with white space.
    match head {
        [first, 0, ..] if is_ascii(*first) && little >= least && big * SHARE <= little => Some(UTF_16LE),
        [0, first, ..] if is_ascii(*first) && big >= least && little * SHARE <= big => Some(UTF_16BE),
        _ => None,
    }
}

/// The label of `<meta charset=…>`, `content="…; charset=…"` or `<?xml encoding=…?>`, else empty.
fn declaration(bytes: &[u8], window: usize) -> &[u8] {
    let head = &bytes[..bytes.len().min(window)];
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'=', &head[from..]).map(|at| at + from) {
        let name = head[..at].trim_ascii_end();
        let named = ends_with_ignoring_case(name, b"charset") || ends_with_ignoring_case(name, b"encoding");
        if named && is_of_page(name) {
            let value = head[at + 1..].trim_ascii_start();
            let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
            let length = value.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)).count();
            if length > 0 {
                return &value[..length];
            }
        }
        from = at + 1;
    }
    b""
}

/// Whether the tag that the bytes end in is one that speaks of the page: the charset of a script or a link is its own.
fn is_of_page(head: &[u8]) -> bool {
    let tag = memchr::memrchr(b'<', head).map_or(&head[..0], |lt| &head[lt..]);
    starts_with_ignoring_case(tag, b"<meta") || starts_with_ignoring_case(tag, b"<?xml")
}

fn starts_with_ignoring_case(text: &[u8], start: &[u8]) -> bool {
    text.len() >= start.len() && text[..start.len()].eq_ignore_ascii_case(start)
}

fn ends_with_ignoring_case(text: &[u8], end: &[u8]) -> bool {
    text.len() >= end.len() && text[text.len() - end.len()..].eq_ignore_ascii_case(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        match decode(bytes, "") {
            Decoded::Text { text, encoding } => (text.into_owned(), encoding),
            Decoded::Unknown => (String::new(), "unknown"),
            Decoded::FontEncoding => (String::new(), "font"),
        }
    }

    #[test]
    fn utf8_wins_over_a_wrong_declaration() {
        assert_eq!(text_of("<meta charset=iso-8859-1>नमस्ते".as_bytes()).1, "UTF-8");
        let mut cut = "<meta charset=latin1>".to_string().into_bytes();
        cut.extend("नमस्ते दुनिया और सब लोग".repeat(9).bytes());
        cut.pop();
        assert_eq!(text_of(&cut).1, "UTF-8");
    }

    #[test]
    fn declared_legacy_encodings_are_decoded() {
        assert_eq!(text_of(b"<meta charset='windows-1251'>\xcf\xf0\xe8\xe2\xe5\xf2").0.get(29..), Some("Привет"));
        let (bytes, _, _) =
            encoding_rs::SHIFT_JIS.encode("<meta http-equiv=c content='text/html; charset=Shift_JIS'>日本");
        assert_eq!(text_of(&bytes).1, "Shift_JIS");
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let page = "<html><body><p>नमस्ते, this is a page in UTF-16</p></body></html>";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&little), (page.to_string(), "UTF-16LE"));
        assert_eq!(text_of(&big), (page.to_string(), "UTF-16BE"));
        assert_eq!(text_of(&[b"\xff\xfe".as_slice(), &little].concat()), (page.to_string(), "UTF-16LE"));
        for page in [
            "<p>नदी पर पुल खुला।</p>",
            "<!-- नदी पर बना नया पुल रविवार को खुला, नदी पर बना नया पुल रविवार को खुला --><meta charset=utf-16><p>पुल",
        ] {
            let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(text_of(&little), (page.to_string(), "UTF-16LE"));
            assert_eq!(text_of(&big), (page.to_string(), "UTF-16BE"));
        }
        // Zeros in a page of another encoding make it no UTF-16.
        for page in [
            "<p>a\0\0b</p>",
            "<p>\0a\0b\0c\0d</p> and so on, as any page in ASCII does, for some more words",
            "\0\0\0\0",
        ] {
            assert_eq!(text_of(page.as_bytes()).1, "UTF-8");
        }
    }

    #[test]
    fn font_encodings_are_reported_and_unknown_bytes_are_left_to_the_caller() {
        assert_eq!(text_of(b"<meta charset=x-user-defined>\xa4\xa5\xb1").1, "font");
        assert_eq!(text_of(b"<script charset=utf-8></script><META Charset = X-User-Defined>\xa4\xa5\xb1").1, "font");
        let far = [b"<meta name=x content=y>".repeat(500).as_slice(), b"<meta charset='x-user-defined'>\xa4\xa5\xb1"]
            .concat();
        assert_eq!(text_of(&far).1, "font");
        assert!(matches!(decode(b"<p>\xa4\xa5\xb1", "x-user-defined"), Decoded::FontEncoding));
        assert_eq!(text_of("<meta charset=x-user-defined>नमस्ते".as_bytes()).1, "UTF-8");
        assert_eq!(text_of(b"<p>\xcf\xf0\xe8\xe2\xe5\xf2").1, "unknown");
        assert_eq!(text_of(b""), (String::new(), "UTF-8"));
    }
}
