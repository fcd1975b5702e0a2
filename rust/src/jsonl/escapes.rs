//! The escapes of JSON strings.

/// The value of a hexadecimal digit; negative for any other byte.
const HEX: [i32; 256] = {
    let mut values = [-1; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as i32;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as i32;
        digit += 1;
    }
    values
};

/// Bytes between two escapes that are looked at one by one before a search is worth its start.
const SHORT_RUN: usize = 16;

/// Decodes the string whose first byte behind the quote is `raw[0]` into `decoded`, and returns where it ends (at its closing
/// quote); lone surrogates become U+FFFD. The error is the byte of an escape that is none or of a control character; the
/// length of `raw` when no quote closes the string.
///
/// sonic-rs reads strings of few escapes; this is for those that are nearly all escapes, as Python writes Hindi by default.
pub fn decode(raw: &[u8], decoded: &mut Vec<u8>) -> Result<usize, usize> {
    decoded.clear();
    let mut at = 0;
    loop {
        let start = at;
        while at < raw.len() && at - start < SHORT_RUN && !is_special(raw[at]) {
            decoded.push(raw[at]);
            at += 1;
        }
        if at - start == SHORT_RUN {
            let end = at + memchr::memchr2(b'"', b'\\', &raw[at..]).unwrap_or(raw.len() - at);
            if let Some(control) = raw[at..end].iter().position(|&byte| byte < 0x20) {
                return Err(at + control);
            }
            decoded.extend_from_slice(&raw[at..end]);
            at = end;
        }
        match raw.get(at) {
            Some(b'"') => return Ok(at),
            Some(b'\\') => {}
            _ => return Err(at),
        }
        while let Some(b'\\') = raw.get(at) {
            at = match raw.get(at + 1) {
                Some(b'u') => match decode_letters(raw, at, decoded) {
                    end if end > at => end,
                    _ => decode_unit(raw, at, decoded)?,
                },
                Some(&kind) => {
                    decoded.push(match kind {
                        b'n' => b'\n',
                        b't' => b'\t',
                        b'r' => b'\r',
                        b'b' => 0x08,
                        b'f' => 0x0c,
                        b'"' | b'\\' | b'/' => kind,
                        _ => return Err(at),
                    });
                    at + 2
                }
                None => return Err(raw.len()),
            };
        }
    }
}

#[inline]
fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Decodes the run of escaped letters at `at` that take three bytes each, as those of the Indic scripts do; returns its end.
#[inline]
fn decode_letters(raw: &[u8], mut at: usize, decoded: &mut Vec<u8>) -> usize {
    const LETTERS: usize = 16;
    loop {
        let mut letters = [0; 3 * LETTERS];
        let mut length = 0;
        for letter in letters.chunks_exact_mut(3) {
            let Some(unit @ (0x800..0xd800 | 0xe000..)) = unit(raw, at) else { break };
            letter.copy_from_slice(&[
                0xe0 | (unit >> 12) as u8,
                0x80 | (unit >> 6 & 0x3f) as u8,
                0x80 | (unit & 0x3f) as u8,
            ]);
            length += 3;
            at += 6;
        }
        // A copy of fixed length is a few instructions, one of any length a call.
        let end = decoded.len() + length;
        decoded.extend_from_slice(&letters);
        decoded.truncate(end);
        if length < 3 * LETTERS {
            return at;
        }
    }
}

/// Decodes the \uXXXX at `at`, or the pair of a high and a low surrogate; returns the byte behind it.
#[inline]
fn decode_unit(raw: &[u8], at: usize, decoded: &mut Vec<u8>) -> Result<usize, usize> {
    let unit = unit(raw, at).ok_or(at)?;
    match unit {
        0..0x80 => decoded.push(unit as u8),
        0x80..0x800 => decoded.extend_from_slice(&[0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8]),
        0xd800..0xe000 => {
            let low = self::unit(raw, at + 6).filter(|low| unit < 0xdc00 && (0xdc00..0xe000).contains(low));
            let whole = low.and_then(|low| char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)));
            decoded.extend_from_slice(whole.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
            return Ok(at + if whole.is_some() { 12 } else { 6 });
        }
        _ => decoded.extend_from_slice(&[
            0xe0 | (unit >> 12) as u8,
            0x80 | (unit >> 6 & 0x3f) as u8,
            0x80 | (unit & 0x3f) as u8,
        ]),
    }
    Ok(at + 6)
}

/// Appends the text as a JSON string, escaped as Python's json.dumps(ensure_ascii=False) does.
pub fn encode(text: &str, out: &mut Vec<u8>) {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    for block in bytes.chunks(BLOCK) {
        // Without a branch inside, the compiler makes this a few vector instructions.
        if block.iter().fold(false, |any, &byte| any | is_special(byte)) {
            for &byte in block {
                encode_byte(byte, out);
            }
        } else {
            out.extend_from_slice(block);
        }
    }
    out.push(b'"');
}

#[inline]
fn encode_byte(byte: u8, out: &mut Vec<u8>) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        0..0x20 => {
            let digits = b"0123456789abcdef";
            return out.extend_from_slice(&[
                b'\\',
                b'u',
                b'0',
                b'0',
                digits[usize::from(byte >> 4)],
                digits[usize::from(byte & 15)],
            ]);
        }
        _ => return out.push(byte),
    };
    out.extend_from_slice(&[b'\\', letter]);
}

/// Writes \ufffd for each lone surrogate in valid JSON, which no UTF-8 file could hold once it is decoded.
pub fn mend(json: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &json[at..]) {
        at += found;
        match unit(json, at) {
            Some(0xd800..0xdc00) if matches!(unit(json, at + 6), Some(0xdc00..0xe000)) => at += 12,
            Some(0xd800..0xe000) => {
                json[at + 2..at + 6].copy_from_slice(b"fffd");
                at += 6;
            }
            Some(_) => at += 6,
            None => at += 2,
        }
        if at >= json.len() {
            return;
        }
    }
}

/// The sixteen bits that the \uXXXX at `at` writes.
#[inline]
fn unit(raw: &[u8], at: usize) -> Option<u32> {
    let Some(&[b'\\', b'u', a, b, c, d]) = raw.get(at..at + 6) else { return None };
    let value = HEX[a as usize] << 12 | HEX[b as usize] << 8 | HEX[c as usize] << 4 | HEX[d as usize];
    u32::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_as_sonic_rs_does() {
        let pieces = [
            "\\u0915", "\\u093F", "\\ud83d", "\\ude00", "\\u00e9", "\\u0041", "\\uffff", "\\u0000", "\\n", "\\\"",
            "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", " ", "a", "क", "\\u12", "\\x", "\\", "\\u12g4", "\"", "\n",
            "😀",
        ];
        let mut next = crate::draws::draws(7);
        let mut both = [0, 0];
        for round in 0..50_000 {
            let mut raw = String::new();
            for _ in 0..1 + round % 9 {
                // Mostly the valid ones.
                let choices = if round % 3 == 0 { pieces.len() } else { 19 };
                raw.push_str(pieces[next(choices)]);
            }
            let quoted = format!("\"{raw}\" more");
            let mut memory = Vec::new();
            let mut parser = sonic_rs::parser::Parser::new(sonic_rs::Read::from(quoted.as_str())).utf8_lossy();
            parser.skip_space();
            let expected = parser.parse_str(&mut memory).ok().map(|text| text.to_string());
            let expected = expected.map(|text| (text, parser.offset() - 2));
            let mut decoded = Vec::new();
            let end = decode(&quoted.as_bytes()[1..], &mut decoded);
            let found = end.ok().map(|end| (String::from_utf8(decoded).unwrap(), end));
            assert_eq!(found, expected, "{raw}");
            both[usize::from(found.is_some())] += 1;
        }
        assert!(both[0] > 1000 && both[1] > 10_000);
    }

    #[test]
    fn mends_lone_surrogates_only() {
        let mut json = br#"{"\ud83d\ude00\ud83d":"\\ud83d\ude00\u0915\uDBFF\n\\"}"#.to_vec();
        mend(&mut json);
        assert_eq!(json, br#"{"\ud83d\ude00\ufffd":"\\ud83d\ufffd\u0915\ufffd\n\\"}"#);
        mend(&mut b"\\".to_vec());
    }

    #[test]
    fn says_where_an_escape_is_none() {
        assert_eq!(decode(b"ab\\x\"", &mut Vec::new()), Err(2));
        assert_eq!(decode(b"\\u0915\\u09\"", &mut Vec::new()), Err(6));
        assert_eq!(decode(b"a\\", &mut Vec::new()), Err(2));
        assert_eq!(decode(b"aaaaaaaaaaaaaaaaaaaaa\x01aa\"", &mut Vec::new()), Err(21));
        assert_eq!(decode(b"aa\x01aa\"", &mut Vec::new()), Err(2));
        assert_eq!(decode(b"abc", &mut Vec::new()), Err(3));
        assert_eq!(decode(b"", &mut Vec::new()), Err(0));
    }
}
