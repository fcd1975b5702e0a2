//! The index on disk.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::near::shape;
use super::{TextsIn, TextsOut, hand_back, view};
use crate::error::Error;
use crate::threads::on_threads;

/// (row of the text, ids, similarity, estimated, exact, first seen).
type MatchesOut<'py> = (
    Bound<'py, PyArray1<u32>>,
    TextsOut<'py>,
    Bound<'py, PyArray1<f64>>,
    Bound<'py, PyArray1<bool>>,
    Bound<'py, PyArray1<bool>>,
    Bound<'py, PyArray1<i64>>,
);
/// (ids, first seen, identities, (ends, shingles), (ends, signatures), number to go on with).
type DocumentsOut<'py> = (
    TextsOut<'py>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<u64>>,
    (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u32>>),
    (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u32>>),
    u32,
);
type ListsIn<'py> = (PyReadonlyArray1<'py, i64>, PyReadonlyArray1<'py, u32>);

fn matches_out(py: Python<'_>, matches: Vec<(u32, crate::index::Match)>) -> MatchesOut<'_> {
    let ids = matches.iter().map(|(_, found)| &found.id).collect();
    (
        matches.iter().map(|(row, _)| *row).collect::<Vec<_>>().into_pyarray(py),
        hand_back(py, ids),
        matches.iter().map(|(_, found)| found.similarity).collect::<Vec<_>>().into_pyarray(py),
        matches.iter().map(|(_, found)| found.estimated).collect::<Vec<_>>().into_pyarray(py),
        matches.iter().map(|(_, found)| found.exact).collect::<Vec<_>>().into_pyarray(py),
        matches.iter().map(|(_, found)| found.first_seen).collect::<Vec<_>>().into_pyarray(py),
    )
}

fn list_of<'a>((ends, values): &'a ListsIn<'_>, row: usize) -> crate::error::Result<&'a [u32]> {
    let ill = || Error::Argument("lists are (offsets that ascend, values)".into());
    let (ends, values) = (ends.as_slice().map_err(|_| ill())?, values.as_slice().map_err(|_| ill())?);
    match ends.get(row..row + 2) {
        Some(&[start, end]) => values.get(start as usize..end as usize).ok_or_else(ill),
        _ => Err(ill()),
    }
}

/// An open index; None once it is closed.
#[pyclass(frozen, module = "dedup._core")]
pub(super) struct Index(std::sync::Mutex<Option<crate::index::Index>>);

impl Index {
    /// Runs `work` on the open index, alone.
    fn with<R: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut crate::index::Index) -> crate::error::Result<R> + Send,
    ) -> PyResult<R> {
        py.detach(|| {
            let mut held = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            let index = held.as_mut().ok_or_else(|| Error::Argument("the index is closed".into()))?;
            index.refresh()?;
            Ok(work(index)?)
        })
    }
}

#[pymethods]
impl Index {
    #[new]
    #[pyo3(signature = (path, writable, permutations, shingle, banding, threshold))]
    fn new<'py>(
        py: Python<'py>,
        path: std::path::PathBuf,
        writable: bool,
        permutations: (PyReadonlyArray1<'py, u32>, PyReadonlyArray1<'py, u32>),
        shingle: (&str, usize, usize),
        banding: (usize, usize, u32, usize),
        threshold: f64,
    ) -> PyResult<Self> {
        let (bands, rows, min_matches, max_bucket) = banding;
        let settings = crate::index::Settings {
            shape: shape(shingle)?,
            permutations: crate::minhash::Permutations::new(permutations.0.as_slice()?, permutations.1.as_slice()?)?,
            bands,
            rows,
            min_matches,
            max_bucket,
            threshold,
        };
        let index = py.detach(|| crate::index::Index::open(&path, settings, writable))?;
        Ok(Index(std::sync::Mutex::new(Some(index))))
    }

    #[pyo3(signature = (texts, since, best, threads))]
    fn matches<'py>(
        &self,
        py: Python<'py>,
        texts: TextsIn<'py>,
        since: i64,
        best: bool,
        threads: usize,
    ) -> PyResult<MatchesOut<'py>> {
        let texts = view(&texts)?;
        let found = self.with(py, |index| {
            let prints = on_threads(threads, || Ok(index.fingerprints(texts)))?;
            let mut found = Vec::new();
            for (print, row) in prints.iter().zip(0..) {
                if best {
                    found.extend(index.check(print, since)?.map(|found| (row, found)));
                } else {
                    found.extend(index.matches(print, None, since, false)?.into_iter().map(|found| (row, found)));
                }
            }
            Ok(found)
        })?;
        Ok(matches_out(py, found))
    }

    #[pyo3(signature = (ids, texts, seen, since, check, threads))]
    #[expect(clippy::too_many_arguments)]
    fn add<'py>(
        &self,
        py: Python<'py>,
        ids: TextsIn<'py>,
        texts: TextsIn<'py>,
        seen: PyReadonlyArray1<'py, i64>,
        since: i64,
        check: bool,
        threads: usize,
    ) -> PyResult<(MatchesOut<'py>, Bound<'py, PyArray1<u8>>)> {
        let (ids, texts, seen) = (view(&ids)?, view(&texts)?, seen.as_slice()?);
        if ids.len() != texts.len() || ids.len() != seen.len() {
            return Err(PyValueError::new_err("ids, texts and times differ in length"));
        }
        let (found, became) = self.with(py, |index| {
            let prints = on_threads(threads, || Ok(index.fingerprints(texts)))?;
            index.add_all(ids.iter().zip(&prints).zip(seen.iter().copied()), since, check)
        })?;
        Ok((matches_out(py, found), became.into_pyarray(py)))
    }

    #[pyo3(signature = (ids, seen, identities, shingles, signatures, since))]
    #[expect(clippy::too_many_arguments)]
    fn add_known<'py>(
        &self,
        py: Python<'py>,
        ids: TextsIn<'py>,
        seen: PyReadonlyArray1<'py, i64>,
        identities: PyReadonlyArray1<'py, u64>,
        shingles: ListsIn<'py>,
        signatures: ListsIn<'py>,
        since: i64,
    ) -> PyResult<Bound<'py, PyArray1<u8>>> {
        let (ids, seen) = (view(&ids)?, seen.as_slice()?);
        let (identities, []) = identities.as_slice()?.as_chunks() else {
            return Err(PyValueError::new_err("an identity is two numbers"));
        };
        if ids.len() != seen.len() || ids.len() != identities.len() {
            return Err(PyValueError::new_err("ids, times and identities differ in length"));
        }
        let mut lists = Vec::with_capacity(ids.len());
        for row in 0..ids.len() {
            lists.push((list_of(&shingles, row)?.to_vec(), list_of(&signatures, row)?.to_vec()));
        }
        let (_, became) = self.with(py, |index| {
            let known = identities.iter().zip(lists);
            let prints =
                known.map(|(&identity, (shingles, signature))| index.fingerprint_of(identity, shingles, signature));
            let prints = prints.collect::<crate::error::Result<Vec<_>>>()?;
            index.add_all(ids.iter().zip(&prints).zip(seen.iter().copied()), since, false)
        })?;
        Ok(became.into_pyarray(py))
    }

    fn remove<'py>(&self, py: Python<'py>, ids: TextsIn<'py>) -> PyResult<Bound<'py, PyArray1<bool>>> {
        let ids = view(&ids)?;
        Ok(self.with(py, |index| index.remove_all(ids.iter()))?.into_pyarray(py))
    }

    #[pyo3(name = "documents")]
    fn export<'py>(&self, py: Python<'py>, start: u32, count: usize) -> PyResult<Option<DocumentsOut<'py>>> {
        let Some((documents, next)) = self.with(py, |index| index.export(start, count))? else { return Ok(None) };
        let (mut shingle_ends, mut shingles) = (vec![0i64], Vec::new());
        let (mut signature_ends, mut signatures) = (vec![0i64], Vec::new());
        for document in &documents {
            shingles.extend_from_slice(document.shingles());
            signatures.extend_from_slice(document.signature());
            shingle_ends.push(shingles.len() as i64);
            signature_ends.push(signatures.len() as i64);
        }
        let identities: Vec<u64> = documents.iter().flat_map(|document| document.identity).collect();
        Ok(Some((
            hand_back(py, documents.iter().map(|document| &document.id).collect()),
            documents.iter().map(|document| document.first_seen).collect::<Vec<_>>().into_pyarray(py),
            identities.into_pyarray(py),
            (shingle_ends.into_pyarray(py), shingles.into_pyarray(py)),
            (signature_ends.into_pyarray(py), signatures.into_pyarray(py)),
            next,
        )))
    }

    fn compact(&self, py: Python<'_>, since: i64) -> PyResult<()> {
        self.with(py, |index| index.compact(since))
    }

    fn verify(&self, py: Python<'_>) -> PyResult<[u64; 4]> {
        let found = self.with(py, |index| index.verify())?;
        Ok([found.documents, found.removed, found.commits, found.keys])
    }

    fn info<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let info = self.with(py, |index| Ok(index.info()))?;
        let named = PyDict::new(py);
        for (name, value) in [
            ("documents", info.documents),
            ("removed", info.removed),
            ("log_bytes", info.log_bytes),
            ("keys_bytes", info.keys_bytes),
            ("other_bytes", info.other_bytes),
            ("keys_files", info.keys_files),
            ("recent", info.recent),
            ("memory_bytes", info.memory),
            ("dropped_keys", info.dropped),
        ] {
            named.set_item(name, value)?;
        }
        Ok(named)
    }

    fn close(&self, py: Python<'_>) {
        py.detach(|| drop(self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()));
    }
}

/// (auto | word | char, units of a shingle of words, units of a shingle of characters).
#[pyfunction]
pub(super) fn create_index(path: std::path::PathBuf, config: &str) -> PyResult<()> {
    Ok(crate::index::create(&path, config)?)
}

#[pyfunction]
pub(super) fn index_config(path: std::path::PathBuf) -> PyResult<String> {
    Ok(crate::index::stored_config(&path)?)
}
