//! Fingerprints, candidate pairs, verification, clusters.

use numpy::{
    IntoPyArray, PyArray1, PyArray2, PyArrayMethods, PyReadonlyArray1, PyReadonlyArray2, PyUntypedArrayMethods,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::{ChunksIn, TextsIn, TextsOut, hand_back, pieces, view};
use crate::error::Error;
use crate::minhash::{MemberHash, Permutations, Signer};
use crate::texts::{Chunks, TextColumn};
use crate::threads::on_threads;

pub(super) fn shape((shingle, word, char): (&str, usize, usize)) -> crate::error::Result<crate::shingles::Shape> {
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
pub(super) fn first_same_text<'py>(
    py: Python<'py>,
    texts: ChunksIn<'py>,
    threads: usize,
) -> PyResult<Bound<'py, PyArray1<u32>>> {
    let pieces = pieces(&texts)?;
    let firsts = py.detach(|| on_threads(threads, || Ok(crate::lsh::first_same_text(&Chunks::new(&pieces)?))))?;
    Ok(firsts.into_pyarray(py))
}

#[pyfunction]
pub(super) fn first_equal<'py>(
    py: Python<'py>,
    keys: PyReadonlyArray2<'py, u64>,
) -> PyResult<Bound<'py, PyArray1<u32>>> {
    let keys = keys_of(&keys)?;
    Ok(py.detach(|| crate::lsh::first_equal(keys)).into_pyarray(py))
}

#[pyfunction]
#[expect(clippy::type_complexity)]
pub(super) fn sign<'py>(
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
pub(super) fn sign_members<'py>(
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
pub(super) fn candidates<'py>(
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
pub(super) fn overlaps<'py>(
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
pub(super) fn components<'py>(
    py: Python<'py>,
    rows: u32,
    edges: PyReadonlyArray2<'py, u32>,
) -> PyResult<Bound<'py, PyArray1<u32>>> {
    let edges = pairs_of(&edges)?;
    Ok(py.detach(|| crate::components::labels(rows, edges))?.into_pyarray(py))
}

#[pyfunction]
#[expect(clippy::type_complexity)]
pub(super) fn keepers<'py>(
    py: Python<'py>,
    rank: PyReadonlyArray1<'py, u32>,
    edges: PyReadonlyArray2<'py, u32>,
    giant: u32,
) -> PyResult<(Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>)> {
    let (rank, edges) = (rank.as_slice()?, pairs_of(&edges)?);
    let kept = py.detach(|| crate::components::keep(rank, edges, giant))?;
    Ok((kept.keeper.into_pyarray(py), kept.through.into_pyarray(py)))
}

#[pyfunction]
pub(super) fn content_ids<'py>(py: Python<'py>, texts: TextsIn<'py>) -> PyResult<TextsOut<'py>> {
    let texts = view(&texts)?;
    let ids: TextColumn = py.detach(|| {
        let ids: Vec<String> =
            (0..texts.len()).into_par_iter().map(|row| crate::hashing::content_id(texts.get(row))).collect();
        ids.iter().collect()
    });
    Ok(hand_back(py, ids))
}
