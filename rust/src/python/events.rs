//! Events: of a batch, and of a stream.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;

use super::{TextsIn, TextsOut, hand_back, view};
use crate::error::Error;
use crate::texts::TextColumn;
use crate::threads::on_threads;

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
type RefrainsOut<'py> =
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<f32>>, Bound<'py, PyArray1<f32>>);
/// ((ids, titles, texts, events, times, arrived), (settled, at, closed, final until), (when, replaced), clock, (moved ids, their events), (keys, counts, articles), (openings, windows, counted, last)).
type StreamStateOut<'py> = (
    (TextsOut<'py>, TextsOut<'py>, TextsOut<'py>, TextsOut<'py>, Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>),
    (usize, f64, usize, f64),
    (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>),
    Bound<'py, PyArray1<f64>>,
    (TextsOut<'py>, TextsOut<'py>),
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, u32),
    RefrainsOut<'py>,
);

/// Articles that come one after another; see dedup/event_stream.py.
#[pyclass(frozen, module = "dedup._core")]
pub(super) struct EventStream(std::sync::Mutex<crate::events::stream::Stream>);

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
        settled: (usize, f64, usize, f64),
        replaced: (PyReadonlyArray1<'_, i64>, PyReadonlyArray1<'_, i64>),
        clock: PyReadonlyArray1<'_, f64>,
        moved: (TextsIn<'_>, TextsIn<'_>),
        corpus: (PyReadonlyArray1<'_, u32>, PyReadonlyArray1<'_, u32>, u32),
        refrains: (
            PyReadonlyArray1<'_, u32>,
            PyReadonlyArray1<'_, u32>,
            PyReadonlyArray1<'_, f32>,
            PyReadonlyArray1<'_, f32>,
        ),
    ) -> PyResult<Self> {
        use crate::events::stream::{Held, State, Stream};
        use crate::events::{grouping::Settings, refrains::Seen, weights::Prior};
        let prior = Prior::new(prior.0.as_slice()?, prior.1.as_slice()?)?;
        let (ids, titles, texts, events) = (view(&held.0)?, view(&held.1)?, view(&held.2)?, view(&held.3)?);
        let (times, arrived) = (held.4.as_slice()?, held.5.as_slice()?);
        let (moved_ids, moved_to) = (view(&moved.0)?, view(&moved.1)?);
        let lengths = [titles.len(), texts.len(), events.len(), times.len(), arrived.len()];
        if lengths.iter().any(|&length| length != ids.len()) || moved_ids.len() != moved_to.len() {
            return Err(Error::Argument(format!("{} ids, but {lengths:?} other values", ids.len())).into());
        }
        let mut articles = (0..ids.len()).map(|row| Held {
            id: ids.get(row).into(),
            title: titles.get(row).into(),
            text: texts.get(row).into(),
            time: times[row],
            arrived: arrived[row],
            event: events.get(row).into(),
        });
        let state = State {
            closed: articles.by_ref().take(settled.2).collect(),
            final_until: settled.3,
            held: articles.collect(),
            settled: settled.0,
            settled_at: settled.1,
            replaced: replaced
                .0
                .as_slice()?
                .iter()
                .zip(replaced.1.as_slice()?)
                .map(|(&a, &b)| (a as usize, b as usize))
                .collect(),
            clock: clock.as_slice()?.to_vec(),
            moved: (0..moved_ids.len()).map(|row| (moved_ids.get(row).into(), moved_to.get(row).into())).collect(),
            ..State::default()
        };
        let (keys, counts) = (corpus.0.as_slice()?, corpus.1.as_slice()?);
        let (openings, windows) = (refrains.0.as_slice()?, refrains.1.as_slice()?);
        let (counted, last) = (refrains.2.as_slice()?, refrains.3.as_slice()?);
        if keys.len() != counts.len()
            || [windows.len(), counted.len(), last.len()].iter().any(|&length| length != openings.len())
        {
            return Err(Error::Argument(
                "words and openings of the long run differ in number from their counts".into(),
            )
            .into());
        }
        let seen = (0..openings.len()).map(|at| Seen { windows: windows[at], counted: counted[at], last: last[at] });
        let state = State {
            corpus: (keys.iter().copied().zip(counts.iter().copied()).collect(), corpus.2),
            refrains: openings.iter().copied().zip(seen).collect(),
            ..state
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

    fn final_until(&self) -> f64 {
        self.open().final_until()
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
        let articles: Vec<_> = state.closed.iter().chain(&state.held).collect();
        (
            (
                texts_out(py, articles.iter().map(|article| article.id.as_str())),
                texts_out(py, articles.iter().map(|article| article.title.as_str())),
                texts_out(py, articles.iter().map(|article| article.text.as_str())),
                texts_out(py, articles.iter().map(|article| article.event.as_str())),
                articles.iter().map(|article| article.time).collect::<Vec<_>>().into_pyarray(py),
                articles.iter().map(|article| article.arrived).collect::<Vec<_>>().into_pyarray(py),
            ),
            (state.settled, state.settled_at, state.closed.len(), state.final_until),
            (
                state.replaced.iter().map(|&(when, _)| when as i64).collect::<Vec<_>>().into_pyarray(py),
                state.replaced.iter().map(|&(_, row)| row as i64).collect::<Vec<_>>().into_pyarray(py),
            ),
            state.clock.into_pyarray(py),
            (
                texts_out(py, state.moved.iter().map(|(id, _)| id.as_str())),
                texts_out(py, state.moved.iter().map(|(_, event)| event.as_str())),
            ),
            (
                state.corpus.0.iter().map(|&(key, _)| key).collect::<Vec<_>>().into_pyarray(py),
                state.corpus.0.iter().map(|&(_, count)| count).collect::<Vec<_>>().into_pyarray(py),
                state.corpus.1,
            ),
            (
                state.refrains.iter().map(|&(opening, _)| opening).collect::<Vec<_>>().into_pyarray(py),
                state.refrains.iter().map(|(_, seen)| seen.windows).collect::<Vec<_>>().into_pyarray(py),
                state.refrains.iter().map(|(_, seen)| seen.counted).collect::<Vec<_>>().into_pyarray(py),
                state.refrains.iter().map(|(_, seen)| seen.last).collect::<Vec<_>>().into_pyarray(py),
            ),
        )
    }

    fn __len__(&self) -> usize {
        self.open().len()
    }
}

#[pyfunction]
pub(super) fn event_terms<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<EventTermsOut<'py>> {
    let texts = view(&texts)?;
    let (ends, keys) = py.detach(|| crate::events::cluster::background_keys(texts));
    Ok((ends.into_pyarray(py), keys.into_pyarray(py)))
}

#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub(super) fn cluster_events<'py>(
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
