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

// --- events ---

/// (ends of each text's keys, keys).
type EventTermsOut<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u32>>);
/// (event, similarity, (ends of each article's terms, terms, shares)).
type EventsOut<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<f32>>,
    (Bound<'py, PyArray1<i64>>, TextsOut<'py>, Bound<'py, PyArray1<f32>>),
);

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

    // --- events ---

    #[pyfunction]
    fn event_terms<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<EventTermsOut<'py>> {
        let texts = view(&texts)?;
        let (ends, keys) = py.detach(|| crate::events::cluster::word_keys(texts));
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
        use crate::events::{cluster, weights::Prior};
        let articles = cluster::Articles {
            titles: view(&titles)?,
            texts: view(&texts)?,
            ids: view(&ids)?,
            times: times.as_slice()?,
            labels: labels.as_ref().map(|labels| labels.as_slice()).transpose()?,
        };
        let prior = Prior::new(prior.0.as_slice()?, prior.1.as_slice()?)?;
        let settings = cluster::Settings { window: window_days, threshold };
        let events = py.detach(|| with_threads(threads, || cluster::cluster(&articles, prior, &settings)))??;
        let mut ends = vec![0i64];
        let (mut terms, mut shares) = (TextColumn::default(), Vec::new());
        for (term, share) in events.shared.iter().flat_map(|shared| {
            ends.push(ends[ends.len() - 1] + shared.len() as i64);
            shared
        }) {
            terms.push(term);
            shares.push(*share);
        }
        Ok((
            events.event.into_pyarray(py),
            events.similarity.into_pyarray(py),
            (ends.into_pyarray(py), hand_back(py, terms), shares.into_pyarray(py)),
        ))
    }
}
