//! The border to Python: each function validates, releases the GIL, calls, and maps the one error type.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::import_exception;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::error::Error;
use crate::texts::{TextColumn, Texts};
use crate::threads::on_threads;

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

// --- events ---

/// (ends of each text's keys, keys).
type EventTermsOut<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u32>>);
/// (event, story, similarity, (ends of each article's terms, terms, shares)).
type EventsOut<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<f32>>,
    (Bound<'py, PyArray1<i64>>, TextsOut<'py>, Bound<'py, PyArray1<f32>>),
);

/// What articles are told: (event, similarity, (ends of each article's terms, terms, shares), size, first, last, copy of).
type JoinedOut<'py> = (
    TextsOut<'py>,
    Bound<'py, PyArray1<f32>>,
    (Bound<'py, PyArray1<i64>>, TextsOut<'py>, Bound<'py, PyArray1<f32>>),
    Bound<'py, PyArray1<u32>>,
    Bound<'py, PyArray1<f64>>,
    Bound<'py, PyArray1<f64>>,
    TextsOut<'py>,
);
/// ((ids, titles, texts, events, times, arrived), settled, clock, (moved ids, their events)).
type StreamStateOut<'py> = (
    (TextsOut<'py>, TextsOut<'py>, TextsOut<'py>, TextsOut<'py>, Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>),
    usize,
    (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>),
    Bound<'py, PyArray1<f64>>,
    (TextsOut<'py>, TextsOut<'py>),
);

/// Articles that come one after another; see dedup/event_stream.py.
#[pyclass(frozen, module = "dedup._core")]
struct EventStream(std::sync::Mutex<crate::events::stream::Stream>);

impl EventStream {
    fn open(&self) -> std::sync::MutexGuard<'_, crate::events::stream::Stream> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

type PriorIn<'py> = (PyReadonlyArray1<'py, u32>, PyReadonlyArray1<'py, f32>);

fn texts_out<'py, 'a>(py: Python<'py>, texts: impl Iterator<Item = &'a str>) -> TextsOut<'py> {
    let mut column = TextColumn::default();
    texts.for_each(|text| column.push(text));
    hand_back(py, column)
}

#[pymethods]
impl EventStream {
    #[new]
    fn new(prior: PriorIn<'_>, window_days: f64, threshold: f64) -> PyResult<Self> {
        use crate::events::{grouping::Settings, stream::Stream, weights::Prior};
        let prior = Prior::new(prior.0.as_slice()?, prior.1.as_slice()?)?;
        Ok(EventStream(std::sync::Mutex::new(Stream::new(prior, Settings { window: window_days, threshold }))))
    }

    #[staticmethod]
    #[allow(clippy::too_many_arguments)]
    fn restore(
        py: Python<'_>,
        prior: PriorIn<'_>,
        window_days: f64,
        threshold: f64,
        held: (
            TextsIn<'_>,
            TextsIn<'_>,
            TextsIn<'_>,
            TextsIn<'_>,
            PyReadonlyArray1<'_, f64>,
            PyReadonlyArray1<'_, f64>,
        ),
        settled: usize,
        replaced: (PyReadonlyArray1<'_, i64>, PyReadonlyArray1<'_, i64>),
        clock: PyReadonlyArray1<'_, f64>,
        moved: (TextsIn<'_>, TextsIn<'_>),
    ) -> PyResult<Self> {
        use crate::events::stream::{Held, State, Stream};
        use crate::events::{grouping::Settings, weights::Prior};
        let prior = Prior::new(prior.0.as_slice()?, prior.1.as_slice()?)?;
        let (ids, titles, texts, events) = (view(&held.0)?, view(&held.1)?, view(&held.2)?, view(&held.3)?);
        let (times, arrived) = (held.4.as_slice()?, held.5.as_slice()?);
        let (moved_ids, moved_to) = (view(&moved.0)?, view(&moved.1)?);
        let lengths = [titles.len(), texts.len(), events.len(), times.len(), arrived.len()];
        if lengths.iter().any(|&length| length != ids.len()) || moved_ids.len() != moved_to.len() {
            return Err(Error::Argument(format!("{} ids, but {lengths:?} other values", ids.len())).into());
        }
        let articles = (0..ids.len()).map(|row| Held {
            id: ids.get(row).into(),
            title: titles.get(row).into(),
            text: texts.get(row).into(),
            time: times[row],
            arrived: arrived[row],
            event: events.get(row).into(),
        });
        let state = State {
            held: articles.collect(),
            settled,
            replaced: replaced
                .0
                .as_slice()?
                .iter()
                .zip(replaced.1.as_slice()?)
                .map(|(&a, &b)| (a as usize, b as usize))
                .collect(),
            clock: clock.as_slice()?.to_vec(),
            moved: (0..moved_ids.len()).map(|row| (moved_ids.get(row).into(), moved_to.get(row).into())).collect(),
        };
        let settings = Settings { window: window_days, threshold };
        Ok(EventStream(std::sync::Mutex::new(py.detach(|| Stream::restore(prior, settings, state)))))
    }

    fn add<'py>(
        &self,
        py: Python<'py>,
        ids: TextsIn<'py>,
        titles: TextsIn<'py>,
        texts: TextsIn<'py>,
        times: PyReadonlyArray1<'py, f64>,
    ) -> PyResult<JoinedOut<'py>> {
        let (ids, titles, texts, times) = (view(&ids)?, view(&titles)?, view(&texts)?, times.as_slice()?);
        if [titles.len(), texts.len(), times.len()].iter().any(|&length| length != ids.len()) {
            return Err(Error::Argument("ids, titles, texts and times differ in number".into()).into());
        }
        let told = py.detach(|| {
            let mut stream = self.open();
            (0..ids.len())
                .map(|row| stream.add(ids.get(row), titles.get(row), texts.get(row), times[row]))
                .collect::<Vec<_>>()
        });
        let mut ends = vec![0i64];
        ends.extend(told.iter().scan(0, |end, one| {
            *end += one.shared.len() as i64;
            Some(*end)
        }));
        let shares: Vec<f32> = told.iter().flat_map(|one| one.shared.iter().map(|(_, share)| *share)).collect();
        Ok((
            texts_out(py, told.iter().map(|one| one.event.as_str())),
            told.iter().map(|one| one.similarity).collect::<Vec<_>>().into_pyarray(py),
            (
                ends.into_pyarray(py),
                texts_out(py, told.iter().flat_map(|one| one.shared.iter().map(|(term, _)| term.as_str()))),
                shares.into_pyarray(py),
            ),
            told.iter().map(|one| one.size).collect::<Vec<_>>().into_pyarray(py),
            told.iter().map(|one| one.first).collect::<Vec<_>>().into_pyarray(py),
            told.iter().map(|one| one.last).collect::<Vec<_>>().into_pyarray(py),
            texts_out(py, told.iter().map(|one| one.copy_of.as_str())),
        ))
    }

    fn settle(&self, py: Python<'_>) {
        py.detach(|| self.open().settle());
    }

    fn moved<'py>(&self, py: Python<'py>) -> (TextsOut<'py>, TextsOut<'py>) {
        let moved = self.open().moved();
        (
            texts_out(py, moved.iter().map(|(id, _)| id.as_str())),
            texts_out(py, moved.iter().map(|(_, event)| event.as_str())),
        )
    }

    fn state<'py>(&self, py: Python<'py>) -> StreamStateOut<'py> {
        let state = self.open().state();
        let held = &state.held;
        (
            (
                texts_out(py, held.iter().map(|article| article.id.as_str())),
                texts_out(py, held.iter().map(|article| article.title.as_str())),
                texts_out(py, held.iter().map(|article| article.text.as_str())),
                texts_out(py, held.iter().map(|article| article.event.as_str())),
                held.iter().map(|article| article.time).collect::<Vec<_>>().into_pyarray(py),
                held.iter().map(|article| article.arrived).collect::<Vec<_>>().into_pyarray(py),
            ),
            state.settled,
            (
                state.replaced.iter().map(|&(when, _)| when as i64).collect::<Vec<_>>().into_pyarray(py),
                state.replaced.iter().map(|&(_, row)| row as i64).collect::<Vec<_>>().into_pyarray(py),
            ),
            state.clock.into_pyarray(py),
            (
                texts_out(py, state.moved.iter().map(|(id, _)| id.as_str())),
                texts_out(py, state.moved.iter().map(|(_, event)| event.as_str())),
            ),
        )
    }

    fn __len__(&self) -> usize {
        self.open().len()
    }
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

/// (rows, starts, ends, texts) of paragraphs.
type ParagraphsOut<'py> =
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, TextsOut<'py>);

/// What recurs on the pages of each host; learns as it goes.
#[pyclass(frozen, module = "dedup._core")]
struct Templates(RwLock<crate::templates::Templates>);

impl Templates {
    fn reading(&self) -> RwLockReadGuard<'_, crate::templates::Templates> {
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
type RemovedOut<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<u8>>,
    TextsOut<'py>,
);

// --- index ---

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
struct Index(std::sync::Mutex<Option<crate::index::Index>>);

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
fn shape((shingle, word, char): (&str, usize, usize)) -> crate::error::Result<crate::shingles::Shape> {
    use crate::shingles::{LONGEST, Shape};
    use crate::tokens::Mode;

    let mode = match shingle {
        "auto" => Mode::Auto,
        "word" => Mode::Word,
        "char" => Mode::Char,
        _ => return Err(Error::Argument(format!("shingle is auto, word or char, not '{shingle}'"))),
    };
    match [word, char].iter().all(|length| (1..=LONGEST).contains(length)) {
        true => Ok(Shape { mode, word, char }),
        false => Err(Error::Argument(format!("a shingle has 1 to {LONGEST} units"))),
    }
}

// --- JSON lines ---

/// A column to be written, by the type of its array: text, int64, float64, bool, or lists (first int64[n + 1], columns).
#[derive(FromPyObject)]
enum WrittenIn<'py> {
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

#[pymodule]
mod _core {
    use super::*;
    use rayon::prelude::*;

    #[pymodule_export]
    use super::Cues;
    #[pymodule_export]
    use super::EventStream;
    #[pymodule_export]
    use super::Index;
    #[pymodule_export]
    use super::Templates;

    #[pyfunction]
    fn create_index(path: std::path::PathBuf, config: &str) -> PyResult<()> {
        Ok(crate::index::create(&path, config)?)
    }

    #[pyfunction]
    fn index_config(path: std::path::PathBuf) -> PyResult<String> {
        Ok(crate::index::stored_config(&path)?)
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("PARTS", crate::spans::PARTS.to_vec())?;
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

    // --- HTML ---

    /// The columns of `extract_html`, in order.
    const ARTICLE_COLUMNS: usize = 12;

    #[pyfunction]
    #[pyo3(signature = (pages, urls, encodings, cues, level="normal", mode="body", markdown=false, selected=None, model=None, threads=0, hosts=None, templates=None))]
    #[expect(clippy::too_many_arguments)]
    fn extract_html<'py>(
        py: Python<'py>,
        pages: TextsIn<'py>,
        urls: TextsIn<'py>,
        encodings: TextsIn<'py>,
        cues: &Cues,
        level: &str,
        mode: &str,
        markdown: bool,
        selected: Option<PyReadonlyArray2<'py, i64>>,
        model: Option<&[u8]>,
        threads: usize,
        hosts: Option<TextsIn<'py>>,
        templates: Option<&Templates>,
    ) -> PyResult<(Vec<TextsOut<'py>>, RemovedOut<'py>, RemovedOut<'py>)> {
        use crate::html::model::Model;
        use crate::html::{Article, Input, Mode, Options, extract, in_characters};
        use crate::text::Level;

        let (offsets, data) = (pages.0.as_slice()?, pages.1.as_slice()?);
        let pages = crate::html::pages(offsets, data)?;
        let (urls, encodings) = (view(&urls)?, view(&encodings)?);
        if urls.len() != pages.len() || encodings.len() != pages.len() {
            return Err(Error::Argument("pages, urls and encodings differ in length".into()).into());
        }
        let given = model.map(Model::read).transpose()?;
        let model = given.as_ref().unwrap_or_else(|| Model::built_in());
        let mode = Mode::named(mode).ok_or_else(|| Error::Argument(format!("mode is body or full, not '{mode}'")))?;
        let options = Options { mode, markdown, level: Level::named(level), model };
        let places = selected.as_ref().map(|array| array.as_slice()).transpose()?.unwrap_or(&[]);
        let selected = selected_by_row(places, pages.len());
        let hosts = hosts.as_ref().map(view).transpose()?.unwrap_or(urls);
        let recurring = templates.map(|templates| templates.reading().of_hosts(hosts, pages.len())).transpose()?;
        let articles: Vec<Article> = py.detach(|| {
            on_threads(threads, || {
                Ok(pages
                    .par_iter()
                    .enumerate()
                    .map(|(row, page)| {
                        let (url, encoding) = (urls.get(row), encodings.get(row));
                        let recurring = recurring.as_ref().and_then(|recurring| recurring.get(hosts.get(row)));
                        let input = Input { bytes: page, url, encoding, selected: &selected[row], recurring };
                        let mut article = extract(input, &cues.0, &options);
                        in_characters(&mut article);
                        article.source = "".into();
                        article
                    })
                    .collect())
            })
        })?;
        let mut columns: [TextColumn; ARTICLE_COLUMNS] = Default::default();
        let (mut kept, mut removed) = (SpanColumn::default(), SpanColumn::default());
        for article in &articles {
            let meta = &article.meta;
            let row: [&str; ARTICLE_COLUMNS] = [
                &article.text,
                &meta.title,
                &meta.subtitle,
                &meta.author,
                &meta.published,
                &meta.modified,
                &meta.site,
                &meta.lang,
                &meta.url,
                &meta.tags,
                article.encoding,
                article.problem,
            ];
            columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
            article.kept.iter().for_each(|span| kept.push(span.start, span.end, span.part as u8, &span.text));
            kept.end_row();
            article.removed.iter().for_each(|span| removed.push(span.start, span.end, span.reason as u8, &span.text));
            removed.end_row();
        }
        let columns = columns.into_iter().map(|column| hand_back(py, column)).collect();
        Ok((columns, kept.hand_back(py), removed.hand_back(py)))
    }

    /// The spans of rows under way to their column.
    struct SpanColumn {
        offsets: Vec<i64>,
        starts: Vec<i64>,
        ends: Vec<i64>,
        codes: Vec<u8>,
        texts: TextColumn,
    }

    impl Default for SpanColumn {
        fn default() -> Self {
            SpanColumn { offsets: vec![0], starts: vec![], ends: vec![], codes: vec![], texts: TextColumn::default() }
        }
    }

    impl SpanColumn {
        fn push(&mut self, start: usize, end: usize, code: u8, text: &str) {
            self.starts.push(start as i64);
            self.ends.push(end as i64);
            self.codes.push(code);
            self.texts.push(text);
        }

        fn end_row(&mut self) {
            self.offsets.push(self.starts.len() as i64);
        }

        fn hand_back<'py>(self, py: Python<'py>) -> RemovedOut<'py> {
            (
                self.offsets.into_pyarray(py),
                self.starts.into_pyarray(py),
                self.ends.into_pyarray(py),
                self.codes.into_pyarray(py),
                hand_back(py, self.texts),
            )
        }
    }

    /// The site rules' choices of each page, of (row, offset, 0 content or 1 remove).
    fn selected_by_row(places: &[i64], rows: usize) -> Vec<Vec<crate::html::segment::Selected>> {
        let mut selected = vec![Vec::new(); rows];
        for place in places.chunks_exact(3) {
            let row = usize::try_from(place[0]).ok().and_then(|row| selected.get_mut(row));
            if let (Some(row), Ok(start)) = (row, usize::try_from(place[1])) {
                row.push(crate::html::segment::Selected { start, remove: place[2] != 0 });
            }
        }
        selected
    }

    #[pyfunction]
    fn decode_html(page: &[u8], encoding: &str) -> String {
        match crate::html::decode::decode(page, encoding) {
            crate::html::decode::Decoded::Text { text, .. } => text.into_owned(),
            _ => String::new(),
        }
    }

    /// (first block of each page int64[n + 1], texts, rows float32[blocks * features], margins float32[blocks],
    /// (offsets int64[blocks + 1], words uint32[]), titles).
    type BlocksOut<'py> = (
        Bound<'py, PyArray1<i64>>,
        TextsOut<'py>,
        Bound<'py, PyArray1<f32>>,
        Bound<'py, PyArray1<f32>>,
        (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u32>>),
        TextsOut<'py>,
    );

    #[pyfunction]
    fn html_blocks<'py>(
        py: Python<'py>,
        pages: TextsIn<'py>,
        urls: TextsIn<'py>,
        model: &[u8],
        threads: usize,
    ) -> PyResult<BlocksOut<'py>> {
        use crate::html::{model::Model, pages as rows_of, training};

        let (offsets, data) = (pages.0.as_slice()?, pages.1.as_slice()?);
        let pages = rows_of(offsets, data)?;
        let urls = view(&urls)?;
        let model = Model::read(model)?;
        let found: Vec<training::Blocks> = py.detach(|| {
            on_threads(threads, || {
                let blocks = |(row, page): (usize, &&[u8])| training::blocks(page, urls.get(row), &model);
                Ok(pages.par_iter().enumerate().map(blocks).collect())
            })
        })?;
        let (mut firsts, mut rows, mut margins) = (vec![0i64], Vec::new(), Vec::new());
        let (mut texts, mut titles) = (TextColumn::default(), TextColumn::default());
        let (mut word_offsets, mut words) = (vec![0i64], Vec::new());
        for page in found {
            firsts.push(firsts[firsts.len() - 1] + page.texts.len() as i64);
            page.texts.iter().for_each(|text| texts.push(text));
            rows.extend(page.rows);
            margins.extend(page.margins);
            for near in page.words {
                words.extend(near);
                word_offsets.push(words.len() as i64);
            }
            titles.push(&page.title);
        }
        Ok((
            firsts.into_pyarray(py),
            hand_back(py, texts),
            rows.into_pyarray(py),
            margins.into_pyarray(py),
            (word_offsets.into_pyarray(py), words.into_pyarray(py)),
            hand_back(py, titles),
        ))
    }

    #[pyfunction]
    fn html_features() -> Vec<String> {
        crate::html::features::names()
    }

    // Fingerprints, candidate pairs, verification, clusters.

    use crate::minhash::{MemberHash, Permutations, Signer};
    use crate::texts::Chunks;
    use numpy::{PyArray2, PyArrayMethods, PyReadonlyArray2, PyUntypedArrayMethods};

    type Columns<'py, T> = Bound<'py, PyArray2<T>>;

    fn columns<T: numpy::Element>(py: Python<'_>, values: Vec<T>, width: usize) -> PyResult<Columns<'_, T>> {
        values.into_pyarray(py).reshape([usize::MAX, width])
    }

    fn pairs_of<'a>(pairs: &'a PyReadonlyArray2<'_, u32>) -> PyResult<&'a [[u32; 2]]> {
        match (pairs.shape()[1], pairs.as_slice()?.as_chunks()) {
            (2, (pairs, [])) => Ok(pairs),
            _ => Err(PyValueError::new_err("pairs have two columns")),
        }
    }

    fn keys_of<'a>(keys: &'a PyReadonlyArray2<'_, u64>) -> PyResult<&'a [[u64; 2]]> {
        match (keys.shape()[1], keys.as_slice()?.as_chunks()) {
            (2, (keys, [])) => Ok(keys),
            _ => Err(PyValueError::new_err("keys have two columns")),
        }
    }

    #[pyfunction]
    fn first_same_text<'py>(
        py: Python<'py>,
        texts: ChunksIn<'py>,
        threads: usize,
    ) -> PyResult<Bound<'py, PyArray1<u32>>> {
        let pieces = pieces(&texts)?;
        let firsts = py.detach(|| on_threads(threads, || Ok(crate::lsh::first_same_text(&Chunks::new(&pieces)?))))?;
        Ok(firsts.into_pyarray(py))
    }

    #[pyfunction]
    fn first_equal<'py>(py: Python<'py>, keys: PyReadonlyArray2<'py, u64>) -> PyResult<Bound<'py, PyArray1<u32>>> {
        let keys = keys_of(&keys)?;
        Ok(py.detach(|| crate::lsh::first_equal(keys)).into_pyarray(py))
    }

    #[pyfunction]
    #[expect(clippy::type_complexity)]
    fn sign<'py>(
        py: Python<'py>,
        texts: ChunksIn<'py>,
        rows: PyReadonlyArray1<'py, u32>,
        permutations: (PyReadonlyArray1<'py, u32>, PyReadonlyArray1<'py, u32>),
        shingle: (&str, usize, usize),
        threads: usize,
    ) -> PyResult<(Columns<'py, u32>, Columns<'py, u64>, Bound<'py, PyArray1<u64>>)> {
        let pieces = pieces(&texts)?;
        let rows = rows.as_slice()?;
        let permutations = Permutations::new(permutations.0.as_slice()?, permutations.1.as_slice()?)?;
        let shape = shape(shingle)?;
        let width = permutations.len();
        let (signatures, identities) = py.detach(|| {
            on_threads(threads, || {
                let texts = Chunks::new(&pieces)?;
                if rows.iter().any(|&row| row as usize >= texts.len()) {
                    return Err(Error::Argument("a row lies beyond the texts".into()));
                }
                let mut signatures = vec![0; rows.len() * width];
                let identities: crate::error::Result<Vec<_>> = signatures
                    .par_chunks_exact_mut(width)
                    .zip(rows)
                    .map_init(Signer::default, |signer, (signature, &row)| {
                        Ok(signer.sign(texts.get(row as usize)?, shape, &permutations, signature))
                    })
                    .collect();
                Ok((signatures, identities?))
            })
        })?;
        let hashes: Vec<[u64; 2]> = identities.iter().map(|identity| identity.hash).collect();
        let units: Vec<u64> = identities.iter().map(|identity| identity.units).collect();
        Ok((columns(py, signatures, width)?, columns(py, hashes.into_flattened(), 2)?, units.into_pyarray(py)))
    }

    #[pyfunction]
    fn sign_members<'py>(
        py: Python<'py>,
        members: (PyReadonlyArray1<'py, i64>, PyReadonlyArray1<'py, u8>),
        sets: PyReadonlyArray1<'py, i64>,
        hash: &str,
        permutations: (PyReadonlyArray1<'py, u32>, PyReadonlyArray1<'py, u32>),
        threads: usize,
    ) -> PyResult<Columns<'py, u32>> {
        let hash = MemberHash::named(hash)?;
        let permutations = Permutations::new(permutations.0.as_slice()?, permutations.1.as_slice()?)?;
        let (offsets, data, sets) = (members.0.as_slice()?, members.1.as_slice()?, sets.as_slice()?);
        let ascend = |offsets: &[i64], end: usize| {
            offsets.first().is_some_and(|&first| first >= 0)
                && offsets.last().is_some_and(|&last| last as usize <= end)
                && offsets.is_sorted()
        };
        if !ascend(offsets, data.len()) || !ascend(sets, offsets.len() - 1) {
            return Err(PyValueError::new_err("offsets of sets and members must ascend and stay inside the data"));
        }
        let width = permutations.len();
        let signatures = py.detach(|| {
            on_threads(threads, || {
                let mut signatures = vec![u32::MAX; (sets.len() - 1) * width];
                signatures.par_chunks_exact_mut(width).zip(sets.par_windows(2)).for_each(|(signature, set)| {
                    let bounds = offsets[set[0] as usize..=set[1] as usize].windows(2);
                    let members = bounds.map(|bounds| &data[bounds[0] as usize..bounds[1] as usize]);
                    crate::minhash::sign_members(members, hash, &permutations, signature);
                });
                Ok(signatures)
            })
        })?;
        columns(py, signatures, width)
    }

    #[pyfunction]
    #[expect(clippy::type_complexity)]
    fn candidates<'py>(
        py: Python<'py>,
        signatures: PyReadonlyArray2<'py, u32>,
        identities: PyReadonlyArray2<'py, u64>,
        active: PyReadonlyArray1<'py, u32>,
        banding: (usize, usize, u32, usize),
        threads: usize,
    ) -> PyResult<(Columns<'py, u32>, Bound<'py, PyArray1<u32>>, (u64, u64, u64))> {
        let num_perm = signatures.shape()[1];
        let (bands, rows, min_matches, max_bucket) = banding;
        let banding = crate::lsh::Banding { num_perm, bands, rows, min_matches, max_bucket };
        let (signatures, identities, active) = (signatures.as_slice()?, keys_of(&identities)?, active.as_slice()?);
        let (found, matches) = py.detach(|| {
            on_threads(threads, || {
                let found = crate::lsh::candidates(signatures, identities, active, banding)?;
                let signature = |row: u32| &signatures[row as usize * num_perm..(row as usize + 1) * num_perm];
                let matches: Vec<u32> = found
                    .pairs
                    .par_iter()
                    .map(|&[left, right]| crate::lsh::matches(signature(left), signature(right)))
                    .collect();
                Ok((found, matches))
            })
        })?;
        let counts = (found.screened, found.hot_buckets, found.skipped_pairs);
        Ok((columns(py, found.pairs.into_flattened(), 2)?, matches.into_pyarray(py), counts))
    }

    #[pyfunction]
    fn overlaps<'py>(
        py: Python<'py>,
        texts: ChunksIn<'py>,
        pairs: PyReadonlyArray2<'py, u32>,
        shingle: (&str, usize, usize),
        threads: usize,
    ) -> PyResult<Columns<'py, u32>> {
        let (pieces, pairs, shape) = (pieces(&texts)?, pairs_of(&pairs)?, shape(shingle)?);
        let overlaps =
            py.detach(|| on_threads(threads, || crate::verify::overlaps(&Chunks::new(&pieces)?, pairs, shape)))?;
        columns(py, overlaps.iter().flat_map(|overlap| [overlap.shared, overlap.left, overlap.right]).collect(), 3)
    }

    #[pyfunction]
    fn components<'py>(
        py: Python<'py>,
        rows: u32,
        edges: PyReadonlyArray2<'py, u32>,
    ) -> PyResult<Bound<'py, PyArray1<u32>>> {
        let edges = pairs_of(&edges)?;
        Ok(py.detach(|| crate::components::labels(rows, edges))?.into_pyarray(py))
    }

    #[pyfunction]
    #[expect(clippy::type_complexity)]
    fn keepers<'py>(
        py: Python<'py>,
        rank: PyReadonlyArray1<'py, u32>,
        edges: PyReadonlyArray2<'py, u32>,
        giant: u32,
    ) -> PyResult<(Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>)> {
        let (rank, edges) = (rank.as_slice()?, pairs_of(&edges)?);
        let kept = py.detach(|| crate::components::keep(rank, edges, giant))?;
        Ok((kept.keeper.into_pyarray(py), kept.through.into_pyarray(py)))
    }

    // --- events ---

    #[pyfunction]
    fn event_terms<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<EventTermsOut<'py>> {
        let texts = view(&texts)?;
        let (ends, keys) = py.detach(|| crate::events::cluster::background_keys(texts));
        Ok((ends.into_pyarray(py), keys.into_pyarray(py)))
    }

    #[pyfunction]
    #[allow(clippy::too_many_arguments)]
    fn cluster_events<'py>(
        py: Python<'py>,
        titles: TextsIn<'py>,
        texts: TextsIn<'py>,
        ids: TextsIn<'py>,
        times: PyReadonlyArray1<'py, f64>,
        labels: Option<PyReadonlyArray1<'py, i64>>,
        prior: (PyReadonlyArray1<'py, u32>, PyReadonlyArray1<'py, f32>),
        window_days: f64,
        threshold: f64,
        threads: usize,
    ) -> PyResult<EventsOut<'py>> {
        use crate::events::{cluster, grouping::Settings, weights::Prior};
        let articles = cluster::Articles {
            titles: view(&titles)?,
            texts: view(&texts)?,
            ids: view(&ids)?,
            times: times.as_slice()?,
            labels: labels.as_ref().map(|labels| labels.as_slice()).transpose()?,
        };
        let prior = Prior::new(prior.0.as_slice()?, prior.1.as_slice()?)?;
        let settings = Settings { window: window_days, threshold };
        let events = py.detach(|| on_threads(threads, || cluster::cluster(&articles, &prior, &settings)))?;
        let mut ends = vec![0i64];
        let (mut terms, mut shares) = (TextColumn::default(), Vec::new());
        for (term, share) in events.shared.rows().flat_map(|shared| {
            ends.push(ends[ends.len() - 1] + shared.len() as i64);
            shared
        }) {
            terms.push(term);
            shares.push(share);
        }
        drop(events.shared);
        Ok((
            events.event.into_pyarray(py),
            events.story.into_pyarray(py),
            events.similarity.into_pyarray(py),
            (ends.into_pyarray(py), hand_back(py, terms), shares.into_pyarray(py)),
        ))
    }

    #[pyfunction]
    fn write_jsonl<'py>(
        py: Python<'py>,
        columns: Vec<WrittenColumnIn<'py>>,
        extra: TextsIn<'py>,
        given_wins: Vec<String>,
        ours: Vec<String>,
        wanted: PyReadonlyArray1<'py, bool>,
        threads: usize,
    ) -> PyResult<Bound<'py, PyArray1<u8>>> {
        use crate::jsonl::write::{Extra, write};
        let columns = written(&columns)?;
        let (wanted, objects) = (wanted.as_slice()?, view(&extra)?);
        let extra = Extra { objects, given_wins: &given_wins, ours: &ours };
        let lines = py.detach(|| match threads {
            1 => write(&columns, &extra, wanted, false),
            _ => on_threads(threads, || write(&columns, &extra, wanted, true)),
        })?;
        Ok(lines.into_pyarray(py))
    }

    #[pyfunction]
    fn parse_jsonl<'py>(
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

    // --- text ---

    #[pyfunction]
    #[expect(clippy::too_many_arguments)]
    fn strip_text<'py>(
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
    fn paragraphs<'py>(py: Python<'py>, texts: TextsIn<'py>, least: usize) -> PyResult<ParagraphsOut<'py>> {
        let texts = view(&texts)?;
        let found = py.detach(|| crate::lines::paragraphs(texts, least));
        let (rows, starts, ends) = (found.rows, found.starts, found.ends);
        Ok((rows.into_pyarray(py), starts.into_pyarray(py), ends.into_pyarray(py), hand_back(py, found.texts)))
    }

    #[pyfunction]
    fn without_paragraphs<'py>(
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
}
