//! Text mode, cues, templates and repeated lines.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::{TextsIn, TextsOut, hand_back, view};
use crate::error::Error;

/// Cue phrases, compiled once in Python and lent to the strippers.
#[pyclass(frozen, module = "dedup._core")]
pub(super) struct Cues(pub(super) crate::cues::Cues);

#[pymethods]
impl Cues {
    #[new]
    fn new(entries: Vec<(String, String, String)>) -> PyResult<Self> {
        Ok(Cues(crate::cues::Cues::new(entries)?))
    }
}

/// (rows, starts, ends, texts) of paragraphs.
type ParagraphsOut<'py> =
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, TextsOut<'py>);

/// What recurs on the pages of each host; learns as it goes.
#[pyclass(frozen, module = "dedup._core")]
pub(super) struct Templates(RwLock<crate::templates::Templates>);

impl Templates {
    pub(super) fn reading(&self) -> RwLockReadGuard<'_, crate::templates::Templates> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, crate::templates::Templates> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Templates {
    #[new]
    #[pyo3(signature = (state=None))]
    fn new(state: Option<&[u8]>) -> PyResult<Self> {
        let templates = state.map(crate::templates::Templates::from_bytes).transpose()?.unwrap_or_default();
        Ok(Templates(RwLock::new(templates)))
    }

    fn learn(&self, py: Python<'_>, texts: TextsIn<'_>, hosts: TextsIn<'_>, threads: usize) -> PyResult<()> {
        let (texts, hosts) = (view(&texts)?, view(&hosts)?);
        Ok(py.detach(|| crate::text::batch::learn(&mut self.writing(), texts, hosts, threads))?)
    }

    fn learn_html(
        &self,
        py: Python<'_>,
        pages: TextsIn<'_>,
        encodings: TextsIn<'_>,
        hosts: TextsIn<'_>,
        threads: usize,
    ) -> PyResult<()> {
        let pages = crate::html::pages(pages.0.as_slice()?, pages.1.as_slice()?)?;
        let (encodings, hosts) = (view(&encodings)?, view(&hosts)?);
        if encodings.len() != pages.len() {
            return Err(Error::Argument(format!("{} encodings for {} pages", encodings.len(), pages.len())).into());
        }
        let read = |row: usize| crate::templates::Page::of_html(pages[row], encodings.get(row));
        Ok(py.detach(|| self.writing().learn_batch(hosts, pages.iter().copied(), read, threads))?)
    }

    fn merge(&self, other: &Templates) {
        let other = other.reading().clone();
        self.writing().merge(other);
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.reading().to_bytes())
    }

    fn hosts(&self) -> Vec<(String, usize)> {
        self.reading().hosts().map(|(host, pages)| (host.to_owned(), pages)).collect()
    }
}

/// The columns of a stripped batch: strings by name, and the removed spans as (first[n + 1], start, end, reason, text).
type StrippedOut<'py> = (Vec<(&'static str, TextsOut<'py>)>, RemovedOut<'py>);
pub(super) type RemovedOut<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<u8>>,
    TextsOut<'py>,
);

#[pyfunction]
#[expect(clippy::too_many_arguments)]
pub(super) fn strip_text<'py>(
    py: Python<'py>,
    texts: TextsIn<'py>,
    titles: TextsIn<'py>,
    cues: &Cues,
    level: &str,
    hosts: TextsIn<'py>,
    templates: Option<&Templates>,
    threads: usize,
) -> PyResult<StrippedOut<'py>> {
    let (texts, titles, hosts) = (view(&texts)?, view(&titles)?, view(&hosts)?);
    let batch = py.detach(|| {
        let templates = templates.map(Templates::reading);
        crate::text::batch::strip(texts, titles, &cues.0, level, (hosts, templates.as_deref()), threads)
    })?;
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

#[pyfunction]
pub(super) fn paragraphs<'py>(py: Python<'py>, texts: TextsIn<'py>, least: usize) -> PyResult<ParagraphsOut<'py>> {
    let texts = view(&texts)?;
    let found = py.detach(|| crate::lines::paragraphs(texts, least));
    let (rows, starts, ends) = (found.rows, found.starts, found.ends);
    Ok((rows.into_pyarray(py), starts.into_pyarray(py), ends.into_pyarray(py), hand_back(py, found.texts)))
}

#[pyfunction]
pub(super) fn without_paragraphs<'py>(
    py: Python<'py>,
    texts: TextsIn<'py>,
    rows: PyReadonlyArray1<'py, u32>,
    starts: PyReadonlyArray1<'py, i64>,
    ends: PyReadonlyArray1<'py, i64>,
    mark: &str,
) -> PyResult<TextsOut<'py>> {
    let texts = view(&texts)?;
    let (rows, starts, ends) = (rows.as_slice()?, starts.as_slice()?, ends.as_slice()?);
    let left = py.detach(|| crate::lines::without(texts, rows, starts, ends, mark))?;
    Ok(hand_back(py, left))
}
