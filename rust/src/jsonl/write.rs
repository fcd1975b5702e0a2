//! Columns into JSON lines, each with the other fields that its row came with.

use std::ops::Range;

use rayon::prelude::*;

use super::cursor::Cursor;
use super::escapes;
use crate::error::{Error, Result};
use crate::texts::Texts;

/// Rows are handed to threads in so many.
const PART_ROWS: usize = 256;

pub enum Values<'a> {
    Text(Texts<'a>),
    Int(&'a [i64]),
    /// NaN is written as null.
    Float(&'a [f64]),
    Bool(&'a [bool]),
    /// Lists of objects: those of row i are `first[i]..first[i + 1]` of the columns.
    Lists {
        first: &'a [i64],
        of: Vec<Column<'a>>,
    },
}

pub struct Column<'a> {
    name: String,
    values: Values<'a>,
    /// Rows whose value is null.
    nulls: Option<&'a [bool]>,
    /// The name as it is written, with its colon.
    written: Vec<u8>,
}

impl<'a> Column<'a> {
    pub fn new(name: String, values: Values<'a>, nulls: Option<&'a [bool]>) -> Self {
        let mut written = Vec::new();
        escapes::encode(&name, &mut written);
        written.extend_from_slice(b": ");
        Column { name, values, nulls, written }
    }

    fn rows(&self) -> usize {
        match &self.values {
            Values::Text(texts) => texts.len(),
            Values::Int(values) => values.len(),
            Values::Float(values) => values.len(),
            Values::Bool(values) => values.len(),
            Values::Lists { first, .. } => first.len().saturating_sub(1),
        }
    }

    fn check(&self, rows: usize) -> Result<()> {
        if self.rows() != rows || self.nulls.is_some_and(|nulls| nulls.len() != rows) {
            return Err(Error::Argument(format!("column '{}' has {} rows, not {rows}", self.name, self.rows())));
        }
        if let Values::Lists { first, of } = &self.values {
            let items = of.first().map_or(0, Column::rows);
            let last = first.last().copied().unwrap_or(0);
            if first.windows(2).any(|pair| pair[0] > pair[1])
                || first.first().is_some_and(|&at| at < 0)
                || last > items as i64
            {
                return Err(Error::Argument(format!(
                    "the lists of column '{}' must ascend inside its {items} items",
                    self.name
                )));
            }
            of.iter().try_for_each(|column| column.check(items))?;
        }
        Ok(())
    }

    fn write(&self, row: usize, out: &mut Vec<u8>) {
        if self.nulls.is_some_and(|nulls| nulls[row]) {
            return out.extend_from_slice(b"null");
        }
        match &self.values {
            Values::Text(texts) => escapes::encode(texts.get(row), out),
            Values::Int(values) => out.extend_from_slice(values[row].to_string().as_bytes()),
            Values::Float(values) => write_float(values[row], out),
            Values::Bool(values) => out.extend_from_slice(if values[row] { b"true" } else { b"false" }),
            Values::Lists { first, of } => {
                out.push(b'[');
                for item in first[row]..first[row + 1] {
                    out.extend_from_slice(if item == first[row] { b"{" } else { b", {" });
                    for (at, column) in of.iter().enumerate() {
                        separate(at == 0, out);
                        out.extend_from_slice(&column.written);
                        column.write(item as usize, out);
                    }
                    out.push(b'}');
                }
                out.push(b']');
            }
        }
    }
}

/// How the fields that a row came with go beside the columns.
pub struct Extra<'a> {
    /// A JSON object a row, or "".
    pub objects: Texts<'a>,
    /// Where all of these fields stand, the row is one that we wrote: given fields named like a column are left out.
    pub ours: &'a [String],
}

/// The rows for which `wanted` holds as JSON lines, as Python's json.dumps(ensure_ascii=False) writes them. Fields of the
/// extra objects follow the columns as they were written; those named like a column go into an object `given`.
pub fn write(columns: &[Column], extra: &Extra, wanted: &[bool], parallel: bool) -> Result<Vec<u8>> {
    columns.iter().try_for_each(|column| column.check(wanted.len()))?;
    if extra.objects.len() != wanted.len() {
        return Err(Error::Argument(format!("extra has {} rows, not {}", extra.objects.len(), wanted.len())));
    }
    let part = |rows: Range<usize>| {
        let mut out = Vec::new();
        for row in rows.filter(|&row| wanted[row]) {
            write_row(columns, extra, row, &mut out)?;
        }
        Ok(out)
    };
    if !parallel {
        return part(0..wanted.len());
    }
    let starts: Vec<usize> = (0..wanted.len()).step_by(PART_ROWS).collect();
    let parts: Vec<Vec<u8>> =
        starts.into_par_iter().map(|start| part(start..wanted.len().min(start + PART_ROWS))).collect::<Result<_>>()?;
    Ok(parts.concat())
}

/// A field of an extra object, as written.
struct Given<'e> {
    name: String,
    field: &'e str,
}

fn write_row(columns: &[Column], extra: &Extra, row: usize, out: &mut Vec<u8>) -> Result<()> {
    let object = extra.objects.get(row);
    let given = if object.is_empty() { Vec::new() } else { fields(object).map_err(|cause| unreadable(row, &cause))? };
    out.push(b'{');
    for (at, column) in columns.iter().enumerate() {
        separate(at == 0, out);
        out.extend_from_slice(&column.written);
        column.write(row, out);
    }
    let is_ours = !extra.ours.is_empty() && extra.ours.iter().all(|name| given.iter().any(|field| field.name == *name));
    let (clashing, others): (Vec<Given>, Vec<Given>) =
        given.into_iter().partition(|field| columns.iter().any(|column| column.name == field.name));
    let has_given = !clashing.is_empty() && !is_ours;
    let mut is_first = columns.is_empty();
    for field in others.iter().filter(|field| !(has_given && field.name == "given")) {
        separate(is_first, out);
        is_first = false;
        out.extend_from_slice(field.field.as_bytes());
    }
    if has_given {
        separate(is_first, out);
        out.extend_from_slice(b"\"given\": {");
        for (at, field) in clashing.iter().enumerate() {
            separate(at == 0, out);
            out.extend_from_slice(field.field.as_bytes());
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

fn separate(is_first: bool, out: &mut Vec<u8>) {
    if !is_first {
        out.extend_from_slice(b", ");
    }
}

fn unreadable(row: usize, cause: &str) -> Error {
    Error::Data(format!("extra of row {row}: {cause}"))
}

fn fields(object: &str) -> std::result::Result<Vec<Given<'_>>, String> {
    let mut cursor = Cursor::new(object);
    cursor.open_object()?;
    let (mut key, mut decoded) = (Vec::new(), Vec::new());
    let mut found: Vec<Given> = Vec::new();
    while let Some((name, written)) = cursor.field(found.is_empty(), &mut key)? {
        let name = name.to_owned();
        cursor.skip_to_next();
        cursor.value(&mut decoded)?;
        found.push(Given { name, field: &object[written.start..cursor.offset()] });
    }
    cursor.close()?;
    Ok(found)
}

/// The float as Python's repr writes it: the shortest digits that read back, in powers of ten below 1e-4 and from 1e16.
fn write_float(value: f64, out: &mut Vec<u8>) {
    if !value.is_finite() {
        return out.extend_from_slice(b"null");
    }
    let shortest = format!("{value:e}");
    let (digits, power) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    // Of two numbers of so many digits that are as near, Python takes the even one, as formatting to a precision does; the
    // shortest form of Rust takes the larger one.
    let even = |text: String, otherwise: String| if text.parse() == Ok(value) { text } else { otherwise };
    let text = if value != 0.0 && !(1e-4..1e16).contains(&value.abs()) {
        let text = even(format!("{value:.decimals$e}"), shortest.clone());
        let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
        format!("{digits}e{sign}{power:0>2}")
    } else {
        let places = (decimals as i64 - power.parse::<i64>().unwrap_or(0)).max(1) as usize;
        even(format!("{value:.places$}"), format!("{value:?}"))
    };
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::TextColumn;

    fn line(extra: &str) -> Result<String> {
        let [ids, extras] = ["a", extra].map(|text| TextColumn::from_iter([text]));
        let columns = [
            Column::new("id".into(), Values::Text(Texts::new(&ids.offsets, &ids.data).unwrap()), None),
            Column::new("author".into(), Values::Int(&[3]), Some(&[true])),
        ];
        let extra = Extra {
            objects: Texts::new(&extras.offsets, &extras.data).unwrap(),
            ours: &["id".to_owned(), "file".to_owned()],
        };
        let bytes = write(&columns, &extra, &[true], false)?;
        Ok(String::from_utf8(bytes).unwrap().trim_end().to_owned())
    }

    #[test]
    fn given_fields_follow_ours() {
        for (extra, expected) in [
            ("", r#"{"id": "a", "author": null}"#),
            ("{}", r#"{"id": "a", "author": null}"#),
            (r#"{"x" : 2.50, "y":[1]}"#, r#"{"id": "a", "author": null, "x" : 2.50, "y":[1]}"#),
            (r#"{"author":["b"]}"#, r#"{"id": "a", "author": null, "given": {"author":["b"]}}"#),
            (r#"{"author":""}"#, r#"{"id": "a", "author": null, "given": {"author":""}}"#),
            (r#"{"id":7, "x":1}"#, r#"{"id": "a", "author": null, "x":1, "given": {"id":7}}"#),
            (r#"{"given":0,"id":7,"x":1}"#, r#"{"id": "a", "author": null, "x":1, "given": {"id":7}}"#),
            (r#"{"id":7, "file":1}"#, r#"{"id": "a", "author": null, "file":1}"#),
        ] {
            assert_eq!(line(extra).unwrap(), expected, "{extra}");
        }
        assert!(matches!(line("{\"x\":}"), Err(Error::Data(_))));
        assert!(matches!(line("{} {}"), Err(Error::Data(_))));
        assert!(matches!(line("[]"), Err(Error::Data(_))));
    }

    #[test]
    fn floats_as_python_writes_them() {
        for (value, expected) in [
            (1.0, "1.0"),
            (0.7384414672851562, "0.7384414672851562"),
            (7.384414672851563e-7, "7.384414672851563e-07"),
            (-2f64.powi(-44), "-5.684341886080802e-14"),
            (9007199254740993.0, "9007199254740992.0"),
            (f64::from_bits(1), "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.8999999761581421, "0.8999999761581421"),
            (1e-4, "0.0001"),
            (1.5e-5, "1.5e-05"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.2345e-300, "1.2345e-300"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            let mut out = Vec::new();
            write_float(value, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn columns_of_other_lengths_are_refused() {
        let none = TextColumn::from_iter([""]);
        let objects = || Texts::new(&none.offsets, &none.data).unwrap();
        let extra = || Extra { objects: objects(), ours: &[] };
        let lists = |first: &'static [i64]| Values::Lists {
            first,
            of: vec![Column::new("y".into(), Values::Int(&[1, 2]), None)],
        };
        for values in [Values::Int(&[1, 2]), lists(&[0, 3]), lists(&[2, 1]), lists(&[-1, 1]), lists(&[]), lists(&[0])] {
            let columns = [Column::new("x".into(), values, None)];
            assert!(matches!(write(&columns, &extra(), &[true], false), Err(Error::Argument(_))));
        }
        let columns = [Column::new("x".into(), lists(&[0, 2]), None)];
        assert_eq!(write(&columns, &extra(), &[true], true).unwrap(), b"{\"x\": [{\"y\": 1}, {\"y\": 2}]}\n");
        assert_eq!(write(&columns, &extra(), &[false], true).unwrap(), b"");
        assert!(write(&columns, &extra(), &[true, true], false).is_err());
        assert!(write(&[Column::new("x".into(), Values::Int(&[1]), Some(&[]))], &extra(), &[true], false).is_err());
    }
}
