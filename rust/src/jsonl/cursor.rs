//! A walk over one JSON line: sonic-rs reads the tokens, this checks what stands where, and says what is wrong.

use std::ops::Range;

use sonic_rs::Read;
use sonic_rs::parser::{Parser, Reference};

use super::{HTML, TEXT, escapes, is_list};

/// Objects and lists inside each other beyond this are refused: Python's own reader of JSON would give up on them later.
const DEEPEST: usize = 256;
/// What a value is, as far as the roles ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A list of strings.
    Texts,
    Number,
    Null,
    Bool,
    List,
    Object,
}

impl Kind {
    /// Whether a role can take a value of this kind.
    pub fn serves(self, role: usize) -> bool {
        match self {
            Kind::Text => true,
            Kind::Texts => is_list(role),
            Kind::Number => role != TEXT && role != HTML,
            _ => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "a string",
            Kind::Texts => "a list of strings",
            Kind::Number => "a number",
            Kind::Null => "null",
            Kind::Bool => "true or false",
            Kind::List => "a list",
            Kind::Object => "an object",
        }
    }
}

/// A value, with the text that it gives a role: a string decoded, strings joined by line breaks, a number as written.
pub struct Value<'v> {
    pub kind: Kind,
    pub text: &'v str,
}

/// A place in a line.
pub struct Cursor<'l> {
    line: &'l str,
    /// Where in the line the parser began.
    base: usize,
    parser: Parser<Read<'l>>,
}

impl<'l> Cursor<'l> {
    pub fn new(line: &'l str) -> Self {
        Cursor { line, base: 0, parser: Parser::new(Read::from(line)).utf8_lossy() }
    }

    pub fn offset(&self) -> usize {
        self.base + self.parser.offset()
    }

    /// Takes the next byte that is no space.
    fn next(&mut self) -> Option<u8> {
        self.parser.skip_space()
    }

    /// Goes to the next byte that is no space, and returns where that is.
    pub fn skip_to_next(&mut self) -> usize {
        self.parser.skip_space_peek();
        self.offset()
    }

    pub fn open_object(&mut self) -> Result<(), String> {
        if self.next() == Some(b'{') { Ok(()) } else { Err(self.not_an_object()) }
    }

    /// Goes to the value of an object's next field, over the comma behind the one before; returns the field's name and where
    /// that stands, None behind the last.
    pub fn field<'v>(
        &mut self,
        is_first: bool,
        decoded: &'v mut Vec<u8>,
    ) -> Result<Option<(&'v str, Range<usize>)>, String>
    where
        'l: 'v,
    {
        let mut token = self.next();
        if token == Some(b'}') {
            return Ok(None);
        }
        if !is_first {
            if token != Some(b',') {
                return Err(self.expected("a comma or }", token));
            }
            token = self.next();
        }
        let start = self.offset().saturating_sub(1);
        if token != Some(b'"') {
            return Err(self.expected("a field name in double quotes", token));
        }
        let name = self.string(decoded)?;
        let written = start..self.offset();
        self.colon()?;
        Ok(Some((name, written)))
    }

    /// Refuses anything more in the line.
    pub fn close(&mut self) -> Result<(), String> {
        match self.next() {
            None => Ok(()),
            more => Err(self.expected("nothing after the object", more)),
        }
    }

    fn colon(&mut self) -> Result<(), String> {
        match self.next() {
            Some(b':') => Ok(()),
            other => Err(self.expected("a colon", other)),
        }
    }

    /// Reads a value; lone surrogates become U+FFFD.
    pub fn value<'v>(&mut self, decoded: &'v mut Vec<u8>) -> Result<Value<'v>, String>
    where
        'l: 'v,
    {
        match self.next() {
            Some(b'"') => Ok(Value { kind: Kind::Text, text: self.string(decoded)? }),
            Some(bracket @ (b'[' | b'{')) => {
                let is_object = bracket == b'{';
                self.container(is_object, decoded)?;
                Ok(Value { kind: if is_object { Kind::Object } else { Kind::List }, text: "" })
            }
            first => self.scalar(first),
        }
    }

    /// Reads a value that a role wants, as [`Cursor::value`] does but fast where letters are escaped, and looks into lists.
    pub fn wanted<'v>(&mut self, of_strings: bool, decoded: &'v mut Vec<u8>) -> Result<Value<'v>, String>
    where
        'l: 'v,
    {
        let start = self.skip_to_next();
        match self.line.as_bytes().get(start) {
            Some(b'"') if is_escaped(&self.line.as_bytes()[start..]) => self.escaped(start + 1, decoded),
            Some(b'[') if of_strings => {
                self.next();
                self.strings(decoded)
            }
            _ => self.value(decoded),
        }
    }

    /// The string behind an opening quote, out of the line or decoded into the given memory.
    fn string<'v>(&mut self, decoded: &'v mut Vec<u8>) -> Result<&'v str, String>
    where
        'l: 'v,
    {
        match self.parser.parse_str(decoded) {
            Ok(Reference::Borrowed(text)) => Ok(text),
            Ok(Reference::Copied(text)) => Ok(text),
            Err(error) => Err(broken(&error, self.base, self.line)),
        }
    }

    fn escaped<'v>(&mut self, start: usize, decoded: &'v mut Vec<u8>) -> Result<Value<'v>, String> {
        let raw = &self.line[start..];
        let end = escapes::decode(raw.as_bytes(), decoded).map_err(|at| match raw.as_bytes().get(at) {
            None => ends_early(self.line),
            Some(b'\\') => format!("not JSON: invalid escape at byte {}; correct the line", start + at),
            Some(_) => format!("not JSON: control character in a string at byte {}; correct the line", start + at),
        })?;
        self.base = start + end + 1;
        self.parser = Parser::new(Read::from(&self.line[self.base..])).utf8_lossy();
        let text = simdutf8::basic::from_utf8(decoded)
            .map_err(|_| "not JSON: invalid escapes; correct the line".to_owned())?;
        Ok(Value { kind: Kind::Text, text })
    }

    /// Reads a list behind its bracket: strings, or anything else over which it passes.
    fn strings<'v>(&mut self, decoded: &'v mut Vec<u8>) -> Result<Value<'v>, String> {
        let mut joined = String::new();
        let mut kind = Kind::Texts;
        let mut is_first = true;
        let mut element = Vec::new();
        let start = self.skip_to_next();
        if self.line.as_bytes().get(start) == Some(&b']') {
            self.next();
            return Ok(Value { kind, text: "" });
        }
        loop {
            let found = self.value(&mut element)?;
            if found.kind != Kind::Text {
                kind = Kind::List;
            }
            if !is_first {
                joined.push('\n');
            }
            joined.push_str(found.text);
            is_first = false;
            match self.next() {
                Some(b']') => break,
                Some(b',') => {}
                other => return Err(self.expected("a comma or ]", other)),
            }
        }
        *decoded = joined.into_bytes();
        let text = std::str::from_utf8(decoded).unwrap_or_default(); // it was a String a line ago
        Ok(Value { kind, text })
    }

    fn scalar<'v>(&mut self, first: Option<u8>) -> Result<Value<'v>, String>
    where
        'l: 'v,
    {
        let (kind, text) = match first {
            Some(first @ (b'-' | b'0'..=b'9')) => (Kind::Number, self.parser.skip_number(first)),
            Some(b'n') => (Kind::Null, self.parser.parse_literal("ull").map(|()| "")),
            Some(b't') => (Kind::Bool, self.parser.parse_literal("rue").map(|()| "")),
            Some(b'f') => (Kind::Bool, self.parser.parse_literal("alse").map(|()| "")),
            _ => return Err(self.expected("a value", first)),
        };
        Ok(Value { kind, text: text.map_err(|error| broken(&error, self.base, self.line))? })
    }

    /// Passes over an object or a list behind its bracket, checking it. Open brackets are kept in a list, not on the stack.
    fn container(&mut self, is_object: bool, decoded: &mut Vec<u8>) -> Result<(), String> {
        let mut open = vec![is_object];
        let mut token = self.next();
        let mut is_empty = true;
        while let Some(&is_object) = open.last() {
            if is_empty && token == Some(closing(is_object)) {
                open.pop();
            } else {
                if is_object {
                    if token != Some(b'"') {
                        return Err(self.expected("a field name in double quotes", token));
                    }
                    self.string(decoded)?;
                    self.colon()?;
                    token = self.next();
                }
                match token {
                    Some(b'"') => {
                        self.string(decoded)?;
                    }
                    Some(bracket @ (b'[' | b'{')) => {
                        if open.len() >= DEEPEST {
                            return Err(format!(
                                "nested more than {DEEPEST} deep at byte {}; flatten the field",
                                self.offset()
                            ));
                        }
                        open.push(bracket == b'{');
                        (token, is_empty) = (self.next(), true);
                        continue;
                    }
                    _ => {
                        self.scalar(token)?;
                    }
                }
            }
            // Behind a value: its container goes on or ends, and so may those around it.
            while let Some(&is_object) = open.last() {
                match self.next() {
                    Some(b',') => {
                        (token, is_empty) = (self.next(), false);
                        break;
                    }
                    Some(byte) if byte == closing(is_object) => {
                        open.pop();
                    }
                    other => return Err(self.expected(if is_object { "a comma or }" } else { "a comma or ]" }, other)),
                }
            }
        }
        Ok(())
    }

    fn not_an_object(&self) -> String {
        let start: String = self.line.trim_start().chars().take(20).collect();
        let what = match start.as_bytes().first() {
            Some(b'[') => "a list",
            Some(b'"') => "a string",
            _ => return format!("not JSON: begins with {start:?}; each line is one JSON object"),
        };
        format!("{what} rather than an object; each line is one JSON object")
    }

    /// What to say when `found` was taken where something else belongs.
    fn expected(&self, what: &str, found: Option<u8>) -> String {
        if found.is_none() {
            return ends_early(self.line);
        }
        let at = self.offset().saturating_sub(1);
        let rest: String = self.line.get(at..).unwrap_or_default().chars().take(10).collect();
        format!("not JSON: {what} expected at byte {at}, not {rest:?}; correct the line")
    }
}

fn closing(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// Whether letters near the beginning of a string are escaped; then the rest will be too.
fn is_escaped(string: &[u8]) -> bool {
    let near = &string[..string.len().min(64)];
    memchr::memchr_iter(b'\\', near).any(|at| near.get(at + 1) == Some(&b'u'))
}

fn ends_early(line: &str) -> String {
    format!(
        "not JSON: the line ends at byte {} in the middle of the object; it was cut off, or broken in two",
        line.len()
    )
}

/// What sonic-rs says of a broken string, number or literal.
fn broken(error: &sonic_rs::Error, base: usize, line: &str) -> String {
    if error.is_eof() {
        return ends_early(line);
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().trim_end_matches(" while parsing");
    let mut letters = message.chars();
    let message: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    format!("not JSON: {message} at byte {}; correct the line", base + error.offset())
}
