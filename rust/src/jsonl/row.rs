//! One JSON line into one row of the columns.

use std::collections::HashSet;
use std::ops::Range;

use sonic_rs::Read;
use sonic_rs::parser::{Parser, Reference};

use super::{Batch, FieldNames, HTML, ROLES, TEXT};

/// Objects and lists inside each other beyond this are refused: Python's own reader of JSON would give up on them later.
const DEEPEST: usize = 256;
/// Above so many fields, duplicates are looked for by hash.
const MANY_FIELDS: usize = 24;

type Cause = String;

/// A field of the row: where its name (quotes included) and its value stand in the line.
struct Member {
    name: Range<usize>,
    value: Range<usize>,
    /// (role, rank among its names).
    role: Option<(usize, usize)>,
    kind: Kind,
}

/// What a value is, as far as the roles ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
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
    fn serves(self, role: usize) -> bool {
        match self {
            Kind::Text => true,
            Kind::Texts => role == TEXT,
            Kind::Number => role != TEXT && role != HTML,
            _ => false,
        }
    }

    fn name(self) -> &'static str {
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
struct Value<'v> {
    kind: Kind,
    text: &'v str,
}

/// Parses line after line, with the memory that lines share.
pub struct Rows<'n> {
    names: &'n FieldNames,
    members: Vec<Member>,
    /// What strings with escapes are decoded into, names and values.
    key: Vec<u8>,
    decoded: Vec<u8>,
}

impl<'n> Rows<'n> {
    pub fn new(names: &'n FieldNames) -> Self {
        Rows { names, members: Vec::new(), key: Vec::new(), decoded: Vec::new() }
    }

    /// Appends the row of `line` to the columns, or says why it is none and leaves them as they were (lines and starts are the
    /// caller's).
    pub fn parse(&mut self, line: &str, batch: &mut Batch) -> Result<(), Cause> {
        let ends = std::array::from_fn(|role| batch.roles[role].data.len());
        let outcome = self.parse_into(line, batch, &ends);
        if outcome.is_err() {
            for (column, end) in batch.roles.iter_mut().zip(ends) {
                column.data.truncate(end);
            }
        }
        outcome
    }

    fn parse_into(&mut self, line: &str, batch: &mut Batch, ends: &[usize; ROLES.len()]) -> Result<(), Cause> {
        // The best value of each role so far: (rank, member). Its text already stands at the end of the role's column.
        let mut best: [Option<(usize, usize)>; ROLES.len()] = [None; ROLES.len()];
        let mut is_doubled = false;
        let mut parser = Parser::new(Read::from(line)).utf8_lossy();
        self.members.clear();
        if parser.skip_space() != Some(b'{') {
            return Err(not_an_object(line));
        }
        let mut token = parser.skip_space();
        while token != Some(b'}') || !self.members.is_empty() {
            if token != Some(b'"') {
                return Err(expected("a field name in double quotes", line, parser.offset(), token));
            }
            let name_start = parser.offset() - 1;
            let name = parser.parse_str(&mut self.key).map_err(|error| broken(&error, line))?;
            let role = self.names.known.get(name.as_bytes()).copied();
            let name = name_start..parser.offset();
            let colon = parser.skip_space();
            if colon != Some(b':') {
                return Err(expected("a colon", line, parser.offset(), colon));
            }
            let first = parser.skip_space();
            let value_start = parser.offset().saturating_sub(1);
            let wanted = role.map(|(role, _)| role);
            let Value { kind, text } = value(&mut parser, first, line, wanted, &mut self.decoded)?;
            if let Some((role, rank)) = role {
                if best[role].is_some_and(|(best, _)| best == rank) {
                    is_doubled = true;
                } else if kind.serves(role) && best[role].is_none_or(|(best, _)| rank < best) {
                    let column = &mut batch.roles[role].data;
                    column.truncate(ends[role]);
                    column.extend_from_slice(text.as_bytes());
                    best[role] = Some((rank, self.members.len()));
                }
            }
            self.members.push(Member { name, value: value_start..parser.offset(), role, kind });
            token = match parser.skip_space() {
                Some(b'}') => break,
                Some(b',') => parser.skip_space(),
                other => return Err(expected("a comma or }", line, parser.offset(), other)),
            };
        }
        if let Some(more) = parser.skip_space() {
            return Err(expected("nothing after the object", line, parser.offset(), Some(more)));
        }
        if is_doubled {
            self.choose_again(line, batch, ends, &mut best)?;
        }
        self.check_roles(line, &best)?;
        self.push_extra(line, batch, &best);
        for column in &mut batch.roles {
            column.offsets.push(column.data.len() as i64);
        }
        batch.has_text.push(best[TEXT].is_some());
        batch.has_html.push(best[HTML].is_some());
        Ok(())
    }

    /// The roles' values where a name stands twice: the last one of a name counts, even when it is null.
    fn choose_again(
        &mut self,
        line: &str,
        batch: &mut Batch,
        ends: &[usize; ROLES.len()],
        best: &mut [Option<(usize, usize)>; ROLES.len()],
    ) -> Result<(), Cause> {
        for role in 0..ROLES.len() {
            batch.roles[role].data.truncate(ends[role]);
            let last_of = |rank: usize| self.members.iter().rposition(|member| member.role == Some((role, rank)));
            let found = (0..self.names.candidates[role].len())
                .filter_map(|rank| last_of(rank).map(|at| (rank, at)))
                .find(|&(_, at)| self.members[at].kind.serves(role));
            best[role] = found;
            let Some((_, at)) = found else { continue };
            let raw = &line[self.members[at].value.clone()];
            let mut parser = Parser::new(Read::from(raw)).utf8_lossy();
            let first = parser.skip_space();
            let chosen = value(&mut parser, first, raw, Some(role), &mut self.decoded)?;
            batch.roles[role].data.extend_from_slice(chosen.text.as_bytes());
        }
        Ok(())
    }

    /// Refuses a row in which a role that was asked for by one name, or the only text or html, is of a kind that cannot serve.
    /// Among several names (guesses) a value that cannot serve is passed over and stays in the extra fields.
    fn check_roles(&self, line: &str, best: &[Option<(usize, usize)>; ROLES.len()]) -> Result<(), Cause> {
        let is_bare = best[TEXT].is_none() && best[HTML].is_none();
        for member in &self.members {
            let Some((role, _)) = member.role else { continue };
            if best[role].is_some() || member.kind == Kind::Null || member.kind.serves(role) {
                continue;
            }
            if self.names.candidates[role].len() == 1 || (is_bare && (role == TEXT || role == HTML)) {
                let wanted = match role {
                    TEXT => "a string or a list of strings",
                    HTML => "a string",
                    _ => "a string or a number",
                };
                return Err(format!(
                    "field {} holds {}, and {} is {wanted}; correct it, or name another field with --{}-field",
                    &line[member.name.clone()],
                    member.kind.name(),
                    ROLES[role],
                    ROLES[role]
                ));
            }
        }
        Ok(())
    }

    /// The fields that no role took, in their order and as they were written; of a name that stands twice, the last.
    fn push_extra(&self, line: &str, batch: &mut Batch, best: &[Option<(usize, usize)>; ROLES.len()]) {
        let is_taken = |member: &Member| {
            member.role.is_some_and(|(role, rank)| best[role].is_some_and(|(taken, _)| taken == rank))
        };
        let name = |member: &Member| &line[member.name.clone()];
        let mut seen = HashSet::new();
        let mut again = vec![false; if self.members.len() > MANY_FIELDS { self.members.len() } else { 0 }];
        for (at, again) in again.iter_mut().enumerate().rev() {
            *again = !seen.insert(name(&self.members[at]));
        }
        let extra = &mut batch.extra.data;
        let start = extra.len();
        for (at, member) in self.members.iter().enumerate() {
            let comes_again = match again.get(at) {
                Some(&again) => again,
                None => self.members[at + 1..].iter().any(|later| name(later) == name(member)),
            };
            if is_taken(member) || comes_again {
                continue;
            }
            extra.extend_from_slice(if extra.len() == start { b"{" } else { b", " });
            extra.extend_from_slice(&line.as_bytes()[member.name.start..member.value.end]);
        }
        if extra.len() > start {
            extra.push(b'}');
        }
        batch.extra.offsets.push(extra.len() as i64);
    }
}

/// Reads the value whose first byte is `first`; lone surrogates become U+FFFD. Only the text looks into lists.
fn value<'l: 'v, 'v>(
    parser: &mut Parser<Read<'l>>,
    first: Option<u8>,
    line: &str,
    role: Option<usize>,
    decoded: &'v mut Vec<u8>,
) -> Result<Value<'v>, Cause> {
    match first {
        Some(b'"') => Ok(Value { kind: Kind::Text, text: string(parser, line, decoded)? }),
        Some(b'[') if role == Some(TEXT) => texts(parser, line, decoded),
        Some(bracket @ (b'[' | b'{')) => {
            let is_object = bracket == b'{';
            container(parser, is_object, line, decoded)?;
            Ok(Value { kind: if is_object { Kind::Object } else { Kind::List }, text: "" })
        }
        _ => scalar(parser, first, line),
    }
}

/// The string behind an opening quote, out of the line or decoded into the given memory.
fn string<'l: 'v, 'v>(parser: &mut Parser<Read<'l>>, line: &str, decoded: &'v mut Vec<u8>) -> Result<&'v str, Cause> {
    match parser.parse_str(decoded).map_err(|error| broken(&error, line))? {
        Reference::Borrowed(text) | Reference::Copied(text) => Ok(text),
    }
}

/// Reads a list behind its bracket: strings, or anything else over which it passes.
fn texts<'l: 'v, 'v>(parser: &mut Parser<Read<'l>>, line: &str, decoded: &'v mut Vec<u8>) -> Result<Value<'v>, Cause> {
    let mut joined = String::new();
    let mut kind = Kind::Texts;
    let mut token = parser.skip_space();
    let mut is_first = true;
    let mut element = Vec::new();
    while token != Some(b']') || !is_first {
        let Value { kind: found, text } = value(parser, token, line, None, &mut element)?;
        if found != Kind::Text {
            kind = Kind::List;
        }
        if !is_first {
            joined.push('\n');
        }
        joined.push_str(text);
        is_first = false;
        token = match parser.skip_space() {
            Some(b']') => break,
            Some(b',') => parser.skip_space(),
            other => return Err(expected("a comma or ]", line, parser.offset(), other)),
        };
    }
    *decoded = joined.into_bytes();
    let text = std::str::from_utf8(decoded).unwrap_or_default(); // it was a String a line ago
    Ok(Value { kind, text })
}

fn scalar<'v>(parser: &mut Parser<Read<'v>>, first: Option<u8>, line: &str) -> Result<Value<'v>, Cause> {
    let (kind, text) = match first {
        Some(first @ (b'-' | b'0'..=b'9')) => (Kind::Number, parser.skip_number(first)),
        Some(b'n') => (Kind::Null, parser.parse_literal("ull").map(|()| "")),
        Some(b't') => (Kind::Bool, parser.parse_literal("rue").map(|()| "")),
        Some(b'f') => (Kind::Bool, parser.parse_literal("alse").map(|()| "")),
        _ => return Err(expected("a value", line, parser.offset(), first)),
    };
    Ok(Value { kind, text: text.map_err(|error| broken(&error, line))? })
}

/// Passes over an object or a list behind its bracket, checking it. Brackets are kept on a list of their own, not on the stack.
fn container(parser: &mut Parser<Read<'_>>, is_object: bool, line: &str, decoded: &mut Vec<u8>) -> Result<(), Cause> {
    let mut open = vec![is_object];
    let mut token = parser.skip_space();
    let mut is_empty = true;
    while let Some(&is_object) = open.last() {
        let close = if is_object { b'}' } else { b']' };
        if token == Some(close) && is_empty {
            open.pop();
        } else {
            if is_object {
                if token != Some(b'"') {
                    return Err(expected("a field name in double quotes", line, parser.offset(), token));
                }
                string(parser, line, decoded)?;
                let colon = parser.skip_space();
                if colon != Some(b':') {
                    return Err(expected("a colon", line, parser.offset(), colon));
                }
                token = parser.skip_space();
            }
            match token {
                Some(b'"') => {
                    string(parser, line, decoded)?;
                }
                Some(bracket @ (b'[' | b'{')) => {
                    if open.len() >= DEEPEST {
                        return Err(format!(
                            "nested more than {DEEPEST} deep at byte {}; flatten the field",
                            parser.offset()
                        ));
                    }
                    open.push(bracket == b'{');
                    (token, is_empty) = (parser.skip_space(), true);
                    continue;
                }
                _ => {
                    scalar(parser, token, line)?;
                }
            }
        }
        // Behind a value: its container goes on or ends, and so may those around it.
        while let Some(&is_object) = open.last() {
            let close = if is_object { b'}' } else { b']' };
            match parser.skip_space() {
                Some(b',') => {
                    (token, is_empty) = (parser.skip_space(), false);
                    break;
                }
                Some(byte) if byte == close => {
                    open.pop();
                }
                other => {
                    let wanted = if is_object { "a comma or }" } else { "a comma or ]" };
                    return Err(expected(wanted, line, parser.offset(), other));
                }
            }
        }
    }
    Ok(())
}

fn not_an_object(line: &str) -> Cause {
    let start: String = line.trim_start().chars().take(20).collect();
    let what = match start.as_bytes().first() {
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        _ => return format!("not JSON: begins with {start:?}; each line is one JSON object"),
    };
    format!("{what} rather than an object; each line is one JSON object")
}

fn expected(what: &str, line: &str, offset: usize, found: Option<u8>) -> Cause {
    if found.is_none() {
        return ends_early(line);
    }
    let at = offset.saturating_sub(1);
    let rest: String = line.get(at..).unwrap_or_default().chars().take(10).collect();
    format!("not JSON: {what} expected at byte {at}, not {rest:?}; correct the line")
}

fn ends_early(line: &str) -> Cause {
    format!(
        "not JSON: the line ends at byte {} in the middle of the object; it was cut off, or broken in two",
        line.len()
    )
}

/// What sonic-rs says of a broken string, number or literal.
fn broken(error: &sonic_rs::Error, line: &str) -> Cause {
    if error.is_eof() {
        return ends_early(line);
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().trim_end_matches(" while parsing");
    let mut letters = message.chars();
    let message: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    format!("not JSON: {message} at byte {}; correct the line", error.offset())
}
