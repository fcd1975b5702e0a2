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

    // --- HTML ---

    /// The columns of `extract_html`, in order.
    const ARTICLE_COLUMNS: usize = 12;

    /// (offsets int64[n + 1], starts int64[m], ends int64[m], reasons uint8[m], texts) of the removed spans.
    type SpansOut<'py> = (
        Bound<'py, PyArray1<i64>>,
        Bound<'py, PyArray1<i64>>,
        Bound<'py, PyArray1<i64>>,
        Bound<'py, PyArray1<u8>>,
        TextsOut<'py>,
    );

    #[pyfunction]
    #[pyo3(signature = (pages, urls, encodings, cues, markdown=false, threads=0))]
    fn extract_html<'py>(
        py: Python<'py>,
        pages: TextsIn<'py>,
        urls: TextsIn<'py>,
        encodings: TextsIn<'py>,
        cues: Vec<(String, String, String)>,
        markdown: bool,
        threads: usize,
    ) -> PyResult<(Vec<TextsOut<'py>>, SpansOut<'py>)> {
        use crate::html::{Article, Options, extract, in_characters};

        let (offsets, data) = (pages.0.as_slice()?, pages.1.as_slice()?);
        let pages = crate::html::pages(offsets, data)?;
        let (urls, encodings) = (view(&urls)?, view(&encodings)?);
        if urls.len() != pages.len() || encodings.len() != pages.len() {
            return Err(Error::Argument("pages, urls and encodings differ in length".into()).into());
        }
        let cues = crate::cues::Cues::new(cues)?;
        let options = Options { markdown };
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::Argument(format!("threads: {error}")))?;
        let articles: Vec<Article> = py.detach(|| {
            pool.install(|| {
                pages
                    .par_iter()
                    .enumerate()
                    .map(|(row, page)| {
                        let mut article = extract(page, urls.get(row), encodings.get(row), &cues, options);
                        in_characters(&article.source, &mut article.removed);
                        article.source = "".into();
                        article
                    })
                    .collect()
            })
        });
        let mut columns: [TextColumn; ARTICLE_COLUMNS] = Default::default();
        let mut removed_offsets = vec![0i64];
        let (mut starts, mut ends, mut reasons, mut texts) = (vec![], vec![], vec![], TextColumn::default());
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
            for span in &article.removed {
                starts.push(span.start as i64);
                ends.push(span.end as i64);
                reasons.push(span.reason as u8);
                texts.push(&span.text);
            }
            removed_offsets.push(starts.len() as i64);
        }
        let spans = (
            removed_offsets.into_pyarray(py),
            starts.into_pyarray(py),
            ends.into_pyarray(py),
            reasons.into_pyarray(py),
            hand_back(py, texts),
        );
        Ok((columns.into_iter().map(|column| hand_back(py, column)).collect(), spans))
    }

    /// (first block of each page int64[n + 1], texts, rows float32[blocks * features], margins float32[blocks * 2],
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
        second: bool,
        threads: usize,
    ) -> PyResult<BlocksOut<'py>> {
        use crate::html::{model::Model, pages as rows_of, training};

        let (offsets, data) = (pages.0.as_slice()?, pages.1.as_slice()?);
        let pages = rows_of(offsets, data)?;
        let urls = view(&urls)?;
        let model = Model::read(model)?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::Argument(format!("threads: {error}")))?;
        let found: Vec<training::Blocks> = py.detach(|| {
            pool.install(|| {
                let blocks = |(row, page): (usize, &&[u8])| training::blocks(page, urls.get(row), &model, second);
                pages.par_iter().enumerate().map(blocks).collect()
            })
        });
        let (mut firsts, mut rows, mut margins) = (vec![0i64], Vec::new(), Vec::new());
        let (mut texts, mut titles) = (TextColumn::default(), TextColumn::default());
        let (mut word_offsets, mut words) = (vec![0i64], Vec::new());
        for page in found {
            firsts.push(firsts[firsts.len() - 1] + page.texts.len() as i64);
            page.texts.iter().for_each(|text| texts.push(text));
            rows.extend(page.rows);
            margins.extend(page.margins.iter().flat_map(|&(first, second)| [first, second]));
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
    fn html_features(second: bool) -> Vec<String> {
        crate::html::features::names(second)
    }
}
