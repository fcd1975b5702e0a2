//! The border to Python: each function validates, releases the GIL, calls, and maps the one error type.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::Error;
use crate::texts::{TextColumn, Texts};

create_exception!(_core, CoreError, PyException);

impl From<Error> for PyErr {
    fn from(error: Error) -> PyErr {
        match error {
            Error::Argument(message) => PyValueError::new_err(message),
            Error::Data(message) => CoreError::new_err(message),
        }
    }
}

/// A string column as Python hands it over: (offsets int64[n + 1], data uint8[]).
type TextsIn<'py> = (PyReadonlyArray1<'py, i64>, PyReadonlyArray1<'py, u8>);
/// A string column as Python gets it back.
type TextsOut<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u8>>);

fn view<'a>((offsets, data): &'a TextsIn<'_>) -> PyResult<Texts<'a>> {
    Ok(Texts::new(offsets.as_slice()?, data.as_slice()?)?)
}

fn hand_back(py: Python<'_>, column: TextColumn) -> TextsOut<'_> {
    (column.offsets.into_pyarray(py), column.data.into_pyarray(py))
}

/// Runs the work on so many threads; 0 for all.
fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    Ok(pool.map_err(|error| Error::Argument(format!("{threads} threads: {error}")))?.install(work))
}

#[pymodule]
mod _core {
    use super::*;
    use rayon::prelude::*;

    #[pymodule_export]
    use super::CoreError;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("REASONS", crate::spans::REASONS.to_vec())
    }

    #[pyfunction]
    fn content_ids<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<TextsOut<'py>> {
        let texts = view(&texts)?;
        let ids: TextColumn = py.detach(|| {
            let ids: Vec<String> =
                (0..texts.len()).into_par_iter().map(|row| crate::hashing::content_id(texts.get(row))).collect();
            ids.iter().collect()
        });
        Ok(hand_back(py, ids))
    }

    // --- dates and JSONL ---

    #[pyfunction]
    fn parse_dates<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<TextsOut<'py>> {
        let texts = view(&texts)?;
        let dates: TextColumn =
            py.detach(|| texts.iter().map(|text| crate::dates::parse(text).unwrap_or_default()).collect());
        Ok(hand_back(py, dates))
    }

    #[pyfunction]
    fn date_days<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let texts = view(&texts)?;
        let days: Vec<f64> =
            py.detach(|| texts.iter().map(|text| crate::dates::days(text).unwrap_or(f64::NAN)).collect());
        Ok(days.into_pyarray(py))
    }

    #[pyfunction]
    fn parse_jsonl<'py>(
        py: Python<'py>,
        chunk: &[u8],
        fields: Vec<(String, Vec<String>)>,
        first_line: i64,
        max_bytes: usize,
        threads: usize,
    ) -> PyResult<Bound<'py, PyDict>> {
        use crate::jsonl::{FieldNames, ROLES, parse};
        let names = FieldNames::new(fields)?;
        let batch = py.detach(|| match threads {
            1 => Ok(parse(chunk, &names, first_line, max_bytes, false)),
            _ => with_threads(threads, || parse(chunk, &names, first_line, max_bytes, true)),
        })?;
        let columns = PyDict::new(py);
        for (role, column) in ROLES.into_iter().zip(batch.roles) {
            columns.set_item(role, hand_back(py, column))?;
        }
        columns.set_item("extra", hand_back(py, batch.extra))?;
        columns.set_item("line", batch.lines.into_pyarray(py))?;
        columns.set_item("start", batch.starts.into_pyarray(py))?;
        columns.set_item("has_text", batch.has_text.into_pyarray(py))?;
        columns.set_item("has_html", batch.has_html.into_pyarray(py))?;
        columns.set_item("refused_line", batch.refused.lines.into_pyarray(py))?;
        columns.set_item("refused_start", batch.refused.starts.into_pyarray(py))?;
        columns.set_item("refused_end", batch.refused.ends.into_pyarray(py))?;
        columns.set_item("cause", hand_back(py, batch.refused.causes))?;
        Ok(columns)
    }
}
