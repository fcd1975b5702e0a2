//! Pages.

use std::ops::Range;

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use rayon::prelude::*;

use super::text::{Cues, RemovedOut, Templates};
use super::{TextsIn, TextsOut, hand_back, view};
use crate::error::Error;
use crate::texts::TextColumn;
use crate::threads::on_threads;

/// The columns of `extract_html`, in order.
const ARTICLE_COLUMNS: usize = 13;

#[pyfunction]
#[pyo3(signature = (pages, urls, encodings, cues, level="normal", mode="body", markdown=false, selected=None, model=None, threads=0, hosts=None, templates=None))]
#[expect(clippy::too_many_arguments)]
pub(super) fn extract_html<'py>(
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
    let one = |(row, page): (usize, &&'_ [u8])| {
        let (url, encoding) = (urls.get(row), encodings.get(row));
        let recurring = recurring.as_ref().and_then(|recurring| recurring.get(hosts.get(row)));
        let input = Input { bytes: page, url, encoding, selected: &selected[row], recurring };
        let mut article = extract(input, &cues.0, &options);
        in_characters(&mut article);
        Article { source: "".into(), ..article }
    };
    let articles: Vec<Article> = py.detach(|| match &pages[..] {
        // A thread of its own would begin with no memory.
        [page] => Ok(vec![one((0, page))]),
        pages => on_threads(threads, || Ok(pages.par_iter().enumerate().map(one).collect())),
    })?;
    let mut columns: [TextColumn; ARTICLE_COLUMNS] = Default::default();
    columns[0].data.reserve(articles.iter().map(|article| article.text.len()).sum());
    let mut kept = SpanColumn::with_room(articles.iter().map(|article| article.kept.room()));
    let mut removed = SpanColumn::with_room(articles.iter().map(|article| article.removed.room()));
    for Article { text, meta, encoding, problem, kept: parts, removed: left_out, .. } in articles {
        let row: [&str; ARTICLE_COLUMNS] = [
            &text,
            &meta.title,
            &meta.subtitle,
            &meta.author,
            // the dateline of a page belongs to its first paragraph
            "",
            &meta.published,
            &meta.modified,
            &meta.site,
            &meta.lang,
            &meta.url,
            &meta.tags,
            encoding,
            problem,
        ];
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
        drop(text);
        parts.iter().for_each(|(place, part, text)| kept.push(place, part as u8, text));
        drop(parts);
        kept.end_row();
        left_out.iter().for_each(|(place, reason, text)| removed.push(place, reason as u8, text));
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

impl SpanColumn {
    /// For rows of so many spans, of so many bytes of text.
    fn with_room(rows: impl Iterator<Item = (usize, usize)>) -> Self {
        let (spans, bytes) = rows.fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        let mut texts = TextColumn::default();
        texts.offsets.reserve(spans);
        texts.data.reserve(bytes);
        let (starts, ends) = (Vec::with_capacity(spans), Vec::with_capacity(spans));
        SpanColumn { offsets: vec![0], starts, ends, codes: Vec::with_capacity(spans), texts }
    }

    fn push(&mut self, place: Range<usize>, code: u8, text: &str) {
        self.starts.push(place.start as i64);
        self.ends.push(place.end as i64);
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
pub(super) fn decode_html(page: &[u8], encoding: &str) -> String {
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
pub(super) fn html_blocks<'py>(
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
pub(super) fn html_features() -> Vec<String> {
    crate::html::features::names()
}
