//! The border to Python: each function validates, releases the GIL, calls, and maps the one error type.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;

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

/// Cue phrases, compiled once in Python and lent to the strippers.
#[pyclass(frozen, module = "dedup._core")]
struct Cues(crate::cues::Cues);

#[pymethods]
impl Cues {
    #[new]
    fn new(entries: Vec<(String, String, String)>) -> PyResult<Self> {
        Ok(Cues(crate::cues::Cues::new(entries)?))
    }
}

/// The columns of a stripped batch: strings by name, and the removed spans as (first[n + 1], start, end, reason, text).
type StrippedOut<'py> = (Vec<(&'static str, TextsOut<'py>)>, RemovedOut<'py>);
type RemovedOut<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<u8>>,
    TextsOut<'py>,
);

#[pymodule]
mod _core {
    use super::*;
    use rayon::prelude::*;

    #[pymodule_export]
    use super::CoreError;
    #[pymodule_export]
    use super::Cues;

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

    #[pyfunction]
    fn strip_text<'py>(
        py: Python<'py>,
        texts: TextsIn<'py>,
        titles: TextsIn<'py>,
        cues: &Cues,
        level: &str,
        threads: usize,
    ) -> PyResult<StrippedOut<'py>> {
        let (texts, titles) = (view(&texts)?, view(&titles)?);
        let batch = py.detach(|| crate::text::batch::strip(texts, titles, &cues.0, level, threads))?;
        let columns = batch.columns.into_iter().map(|(name, column)| (name, hand_back(py, column))).collect();
        let removed = batch.removed;
        Ok((
            columns,
            (
                removed.first.into_pyarray(py),
                removed.start.into_pyarray(py),
                removed.end.into_pyarray(py),
                removed.reason.into_pyarray(py),
                hand_back(py, removed.text),
            ),
        ))
    }
}
