//! One JSON line into one row of the columns.

use std::collections::HashSet;
use std::ops::Range;

use super::cursor::{Cursor, Kind, Value};
use super::{Batch, FieldNames, HTML, ROLES, TEXT, escapes, is_list};

/// Above so many fields, duplicates are looked for by hash.
const MANY_FIELDS: usize = 24;

/// A field of the row: where its name (quotes included) and its value stand in the line.
struct Member {
    name: Range<usize>,
    value: Range<usize>,
    /// (role, rank among its names).
    role: Option<(usize, usize)>,
    kind: Kind,
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
    pub fn parse(&mut self, line: &str, batch: &mut Batch) -> Result<(), String> {
        let ends = std::array::from_fn(|role| batch.roles[role].data.len());
        let outcome = self.parse_into(line, batch, &ends);
        if outcome.is_err() {
            for (column, end) in batch.roles.iter_mut().zip(ends) {
                column.data.truncate(end);
            }
        }
        outcome
    }

    fn parse_into(&mut self, line: &str, batch: &mut Batch, ends: &[usize; ROLES.len()]) -> Result<(), String> {
        // The best value of each role so far: (rank, member). Its text already stands at the end of the role's column. One that holds
        // nothing is worse than any that does.
        let mut best: [Option<(usize, usize)>; ROLES.len()] = [None; ROLES.len()];
        let mut is_doubled = false;
        let mut cursor = Cursor::new(line);
        self.members.clear();
        cursor.open_object()?;
        while let Some((name, written)) = cursor.field(self.members.is_empty(), &mut self.key)? {
            let role = self.names.known.get(name.as_bytes()).copied();
            let value_start = cursor.skip_to_next();
            let Value { kind, text } = match role {
                Some((role, _)) => cursor.wanted(is_list(role), &mut self.decoded)?,
                None => cursor.value(&mut self.decoded)?,
            };
            if let Some((role, rank)) = role {
                if best[role].is_some_and(|(best, _)| best == rank) {
                    is_doubled = true;
                } else if kind.serves(role) {
                    let column = &mut batch.roles[role].data;
                    let holds_nothing = column.len() == ends[role];
                    if best[role].is_none_or(|(best, _)| (text.is_empty(), rank) < (holds_nothing, best)) {
                        column.truncate(ends[role]);
                        column.extend_from_slice(text.as_bytes());
                        best[role] = Some((rank, self.members.len()));
                    }
                }
            }
            self.members.push(Member { name: written, value: value_start..cursor.offset(), role, kind });
        }
        cursor.close()?;
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
    ) -> Result<(), String> {
        for role in 0..ROLES.len() {
            batch.roles[role].data.truncate(ends[role]);
            let last_of = |rank: usize| self.members.iter().rposition(|member| member.role == Some((role, rank)));
            best[role] = None;
            for rank in 0..self.names.candidates[role].len() {
                let Some(at) = last_of(rank).filter(|&at| self.members[at].kind.serves(role)) else { continue };
                let mut cursor = Cursor::new(&line[self.members[at].value.clone()]);
                let chosen = cursor.wanted(is_list(role), &mut self.decoded)?;
                if best[role].is_none() || !chosen.text.is_empty() {
                    batch.roles[role].data.extend_from_slice(chosen.text.as_bytes());
                    best[role] = Some((rank, at));
                }
                if !chosen.text.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Refuses a row in which a role that was asked for by one name, or the only text or html, is of a kind that cannot serve.
    /// Among several names (guesses) a value that cannot serve is passed over and stays in the extra fields.
    fn check_roles(&self, line: &str, best: &[Option<(usize, usize)>; ROLES.len()]) -> Result<(), String> {
        let is_bare = best[TEXT].is_none() && best[HTML].is_none();
        for (at, member) in self.members.iter().enumerate() {
            let Some((role, _)) = member.role else { continue };
            let comes_again = || self.members[at + 1..].iter().any(|later| later.role == member.role);
            if best[role].is_some() || member.kind == Kind::Null || member.kind.serves(role) || comes_again() {
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
            escapes::mend(&mut extra[start..]);
        }
        batch.extra.offsets.push(extra.len() as i64);
    }
}
