//! The border to Python: each function validates, releases the GIL, calls, and maps the one error type.

mod events;
mod html;
mod index;
mod jsonl;
mod near;
mod text;

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::import_exception;
use pyo3::prelude::*;

use crate::error::Error;
use crate::texts::{TextColumn, Texts};

import_exception!(dedup.errors, ArtefactError);
import_exception!(dedup.errors, DedupError);
import_exception!(dedup.errors, OutputError);

impl From<Error> for PyErr {
    fn from(error: Error) -> PyErr {
        match error {
            Error::Argument(message) => PyValueError::new_err(message),
            Error::Data(message) => DedupError::new_err(message),
            Error::Artefact(message) => ArtefactError::new_err(message),
            Error::Output(message) => OutputError::new_err(message),
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

/// A string column in pieces.
type ChunksIn<'py> = Vec<TextsIn<'py>>;

fn pieces<'a>(chunks: &'a ChunksIn<'_>) -> PyResult<Vec<(&'a [i64], &'a [u8])>> {
    chunks.iter().map(|(offsets, data)| Ok((offsets.as_slice()?, data.as_slice()?))).collect()
}

fn hand_back(py: Python<'_>, column: TextColumn) -> TextsOut<'_> {
    (column.offsets.into_pyarray(py), column.data.into_pyarray(py))
}

#[pymodule]
mod _core {
    use super::*;

    #[pymodule_export]
    use super::events::{EventStream, cluster_events, event_terms};
    #[pymodule_export]
    use super::html::{decode_html, extract_html, html_blocks, html_features};
    #[pymodule_export]
    use super::index::{Index, create_index, index_config};
    #[pymodule_export]
    use super::jsonl::{date_days, parse_dates, parse_jsonl, write_jsonl};
    #[pymodule_export]
    use super::near::{
        candidates, components, content_ids, first_equal, first_same_text, keepers, overlaps, sign, sign_members,
    };
    #[pymodule_export]
    use super::text::{Cues, Templates, paragraphs, strip_text, without_paragraphs};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("PARTS", crate::spans::PARTS.to_vec())?;
        module.add("REASONS", crate::spans::REASONS.to_vec())
    }
}
