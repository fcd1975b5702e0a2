//! Dates and JSON lines.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{TextsIn, TextsOut, hand_back, view};
use crate::texts::{TextColumn, Texts};
use crate::threads::on_threads;

/// A column to be written, by the type of its array: text, int64, float64, bool, or lists (first int64[n + 1], columns).
#[derive(FromPyObject)]
pub(super) enum WrittenIn<'py> {
    Text(PyReadonlyArray1<'py, i64>, PyReadonlyArray1<'py, u8>),
    Int(PyReadonlyArray1<'py, i64>),
    Float(PyReadonlyArray1<'py, f64>),
    Bool(PyReadonlyArray1<'py, bool>),
    Lists(PyReadonlyArray1<'py, i64>, Vec<WrittenColumnIn<'py>>),
}
/// (name, values, rows that are null).
type WrittenColumnIn<'py> = (String, WrittenIn<'py>, Option<PyReadonlyArray1<'py, bool>>);

fn written<'a>(columns: &'a [WrittenColumnIn<'_>]) -> PyResult<Vec<crate::jsonl::write::Column<'a>>> {
    use crate::jsonl::write::{Column, Values};
    let column = |(name, values, nulls): &'a WrittenColumnIn<'_>| {
        let values = match values {
            WrittenIn::Text(offsets, data) => Values::Text(Texts::new(offsets.as_slice()?, data.as_slice()?)?),
            WrittenIn::Int(values) => Values::Int(values.as_slice()?),
            WrittenIn::Float(values) => Values::Float(values.as_slice()?),
            WrittenIn::Bool(values) => Values::Bool(values.as_slice()?),
            WrittenIn::Lists(first, of) => Values::Lists { first: first.as_slice()?, of: written(of)? },
        };
        Ok(Column::new(name.clone(), values, nulls.as_ref().map(|nulls| nulls.as_slice()).transpose()?))
    };
    columns.iter().map(column).collect()
}

#[pyfunction]
pub(super) fn parse_dates<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<TextsOut<'py>> {
    let texts = view(&texts)?;
    let dates: TextColumn =
        py.detach(|| texts.iter().map(|text| crate::dates::parse(text).unwrap_or_default()).collect());
    Ok(hand_back(py, dates))
}

#[pyfunction]
pub(super) fn date_days<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let texts = view(&texts)?;
    let days: Vec<f64> = py.detach(|| texts.iter().map(|text| crate::dates::days(text).unwrap_or(f64::NAN)).collect());
    Ok(days.into_pyarray(py))
}

#[pyfunction]
pub(super) fn write_jsonl<'py>(
    py: Python<'py>,
    columns: Vec<WrittenColumnIn<'py>>,
    extra: TextsIn<'py>,
    ours: Vec<String>,
    wanted: PyReadonlyArray1<'py, bool>,
    threads: usize,
) -> PyResult<Bound<'py, PyArray1<u8>>> {
    use crate::jsonl::write::{Extra, write};
    let columns = written(&columns)?;
    let (wanted, objects) = (wanted.as_slice()?, view(&extra)?);
    let extra = Extra { objects, ours: &ours };
    let lines = py.detach(|| match threads {
        1 => write(&columns, &extra, wanted, false),
        _ => on_threads(threads, || write(&columns, &extra, wanted, true)),
    })?;
    Ok(lines.into_pyarray(py))
}

#[pyfunction]
pub(super) fn parse_jsonl<'py>(
    py: Python<'py>,
    chunk: PyReadonlyArray1<'py, u8>,
    fields: Vec<(String, Vec<String>)>,
    first_line: i64,
    max_bytes: usize,
    threads: usize,
) -> PyResult<Vec<Bound<'py, PyDict>>> {
    use crate::jsonl::{FieldNames, ROLES, parse};
    let names = FieldNames::new(fields)?;
    let chunk = chunk.as_slice()?;
    let batches = py.detach(|| match threads {
        1 => Ok(parse(chunk, &names, first_line, max_bytes, 1)),
        _ => on_threads(threads, || Ok(parse(chunk, &names, first_line, max_bytes, rayon::current_num_threads()))),
    })?;
    let columns = |batch: crate::jsonl::Batch| {
        let columns = PyDict::new(py);
        for (role, column) in ROLES.into_iter().zip(batch.roles) {
            columns.set_item(role, hand_back(py, column))?;
        }
        columns.set_item("extra", hand_back(py, batch.extra))?;
        columns.set_item("line", batch.lines.into_pyarray(py))?;
        columns.set_item("start", batch.starts.into_pyarray(py))?;
        columns.set_item("end", batch.ends.into_pyarray(py))?;
        columns.set_item("has_text", batch.has_text.into_pyarray(py))?;
        columns.set_item("has_html", batch.has_html.into_pyarray(py))?;
        columns.set_item("refused_line", batch.refused.lines.into_pyarray(py))?;
        columns.set_item("refused_start", batch.refused.starts.into_pyarray(py))?;
        columns.set_item("refused_end", batch.refused.ends.into_pyarray(py))?;
        columns.set_item("cause", hand_back(py, batch.refused.causes))?;
        columns.set_item("lines", batch.line_count)?;
        Ok(columns)
    };
    batches.into_iter().map(columns).collect()
}
