"""The border to the Rust core. Strings cross as (offsets int64[n + 1], data uint8[]), numbers as NumPy arrays; no copy.

Every function releases the GIL; `threads` is 0 for one a processor and changes no result. Bad arguments are ValueError,
bad data is CoreError.
"""

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from dedup.columns import Texts

REASONS: list[str]

class CoreError(Exception): ...

def content_ids(texts: Texts) -> Texts:
    """Return xxh3_128 of each text as 32 hexadecimal digits."""

# --- fingerprints, candidate pairs, verification, clusters ---

_U32: TypeAlias = npt.NDArray[np.uint32]
_U64: TypeAlias = npt.NDArray[np.uint64]
_Shingle: TypeAlias = tuple[str, int, int]
"""(auto | word | char, units in a shingle of words, units in a shingle of characters)."""

def text_keys(texts: Texts, threads: int) -> _U64:
    """Return xxh3_128 of each text, uint64[n, 2], the upper half first."""

def first_equal(keys: _U64) -> _U32:
    """Return for each row of keys, uint64[n, 2], the first row equal to it, uint32[n]."""

def sign(texts: Texts, rows: _U32, permutations: tuple[_U32, _U32], shingle: _Shingle, threads: int) -> tuple[_U32, _U64, _U64]:
    """Return for the m rows of the texts their signatures uint32[m, num_perm], identities uint64[m, 2], units uint64[m]."""

def sign_members(
    members: Texts, sets: npt.NDArray[np.int64], hash: Literal["sha1", "xxh32"], permutations: tuple[_U32, _U32], threads: int
) -> _U32:
    """Return the signatures of sets of bytes, uint32[n, num_perm]: set i has members sets[i] to sets[i + 1]."""

def candidates(
    signatures: _U32, identities: _U64, active: _U32, banding: tuple[int, int, int, int], threads: int
) -> tuple[_U32, _U32, tuple[int, int, int]]:
    """Return the candidate pairs among the active rows, uint32[m, 2], ascending; their equal signature values, uint32[m];
    and how many pairs were screened, buckets hot, pairs skipped. Banding is (bands, rows, least equal values, max_bucket).
    """

def overlaps(texts: Texts, pairs: _U32, shingle: _Shingle, threads: int) -> _U32:
    """Return for pairs of rows, uint32[m, 2], the sizes of (both, left, right) shingle sets, uint32[m, 3]."""

def components(rows: int, edges: _U32) -> _U32:
    """Return the smallest row of each row's connected component, uint32[rows], for edges uint32[m, 2]."""

def keepers(rank: _U32, edges: _U32, giant: int) -> tuple[_U32, _U32]:
    """Return for each row the row of lowest rank in its component, and its neighbour on the shortest way there.

    A component of more than `giant` rows falls into stars: in order of rank a free row keeps, its free neighbours follow it.
    """

# --- events ---

def event_terms(texts: Texts) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Return the word stems of each text as hashes: (ends int64[n + 1], keys uint32[]); row i holds keys[ends[i]:ends[i + 1]], each once."""

def cluster_events(
    titles: Texts,
    texts: Texts,
    ids: Texts,
    times: npt.NDArray[np.float64],
    labels: npt.NDArray[np.int64] | None,
    prior: tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]],
    window_days: float,
    threshold: float,
    threads: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], tuple[npt.NDArray[np.int64], Texts, npt.NDArray[np.float32]]]:
    """Return (event int64[n], similarity float32[n], (ends int64[n + 1], terms, shares float32[])).

    `times` are days since 1970, NaN where unknown; `labels` name near-duplicates; `prior` are ascending stem hashes with the share of
    documents that hold each. `event` is the row of the smallest id of the article's event, `similarity` the mean similarity to its other
    members (1 where alone), terms[ends[i]:ends[i + 1]] what article i shares with them. ValueError for lengths that differ.
    """
