"""Texts to clusters of near-duplicates, every edge verified exactly, and which row of each cluster is kept.

An empty text, or one without a word, is a duplicate of nothing: it stays alone and is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup import _core
from dedup.columns import Texts, chunks
from dedup.config import Config
from dedup.fingerprint import Fingerprints, fingerprint
from dedup.lsh import Candidates, candidates, choose_bands
from dedup.verify import estimate, verify

EXACT, NEAR = "exact", "near"
_FREE = np.uint32(2**32 - 1)
_ROUNDS = 16


@dataclass(frozen=True, slots=True)
class Near:
    """The near-duplicates among n texts, as columns."""

    labels: npt.NDArray[np.uint32]
    """[n]: the smallest row of the cluster."""
    identical: npt.NDArray[np.uint32]
    """[n]: the smallest row with the same folded words in the same order."""
    edges: npt.NDArray[np.uint32]
    """[m, 2]: pairs at or above the threshold. Identical texts are linked to their smallest row, and only that row to others."""
    jaccard: npt.NDArray[np.float32]
    """[m]: exact similarity of the edge."""
    containment: npt.NDArray[np.float32]
    """[m]: share of the smaller text's shingles that the larger one has, exact."""
    estimated: npt.NDArray[np.float32]
    """[m]: similarity by the signatures."""
    candidates: int
    """Pairs that were verified."""
    screened: int
    """Pairs that shared a bucket while their whole signatures are too far apart, counted once a band."""
    hot_buckets: int
    """Buckets too large to compare all with all: each member was compared with its nearest four only."""
    skipped_pairs: int
    """Pairs of hot buckets that were not compared there, counted once a band."""
    giant_clusters: int
    """Clusters of more than config.max_bucket texts, the identical counted once: `keep_one` trusts no link through another in them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What becomes of each of n texts, as columns."""

    keep: npt.NDArray[np.bool_]
    """[n]: kept, or removed as a duplicate."""
    dup_of: npt.NDArray[np.int64]
    """[n]: the kept row that it duplicates; -1 where kept."""
    similarity: npt.NDArray[np.float32]
    """[n]: exact Jaccard similarity to dup_of; nan where kept."""
    estimated: npt.NDArray[np.float32]
    """[n]: similarity to dup_of by the signatures; nan where kept."""
    via: npt.NDArray[np.int64]
    """[n]: where the similarity to dup_of is below the threshold, the row through which it is linked; else -1."""
    reason: pa.Array
    """[n] of string: "exact" (the same folded words in the same order), "near", null where kept."""


def near_duplicates(texts: Any, config: Config | None = None) -> Near:
    """Return the near-duplicates among texts (an Arrow string column or a list of str).

    Equal texts are one text from the start, so that repeats cost next to nothing. The clusters do not depend on the order of
    the texts nor on the number of threads. Beyond the texts memory stays below 1 kB a text at num_perm 128.
    """
    config = config or Config()
    column = chunks(texts)
    if config.threshold > 0:
        choose_bands(config.threshold, config.recall, config.num_perm)
    originals = _core.first_same_text(column, config.threads)
    distinct = fingerprint(column, np.flatnonzero(originals == np.arange(len(originals))).astype(np.uint32), config)
    firsts = _core.first_equal(distinct.identities)
    active = np.flatnonzero((firsts == np.arange(len(firsts))) & (distinct.units > 0)).astype(np.uint32)
    identical = _identical(originals, distinct, firsts)
    found = candidates(distinct.signatures, distinct.identities, active, config) if config.threshold > 0 else _all_pairs(distinct, active)
    pairs = distinct.rows[found.pairs]
    overlaps = verify(column, pairs, config)
    near = overlaps.jaccard() >= config.threshold
    edges, jaccard, containment = pairs[near], overlaps.jaccard()[near], overlaps.containment()[near]
    labels = _core.components(len(originals), edges)
    giant = np.count_nonzero(np.bincount(labels[distinct.rows[active]], minlength=1) > config.max_bucket)
    repeats = np.flatnonzero(identical != np.arange(len(identical))).astype(np.uint32)
    ones = np.ones(len(repeats), np.float32)
    return Near(
        labels=labels[identical],
        identical=identical,
        edges=np.concatenate([edges, np.stack([identical[repeats], repeats], axis=1)]),
        jaccard=np.concatenate([jaccard.astype(np.float32), ones]),
        containment=np.concatenate([containment.astype(np.float32), ones]),
        estimated=np.concatenate([found.estimated[near], ones]),
        candidates=len(pairs),
        screened=found.screened,
        hot_buckets=found.hot_buckets,
        skipped_pairs=found.skipped_pairs,
        giant_clusters=int(giant),
    )


def _identical(originals: npt.NDArray[np.uint32], distinct: Fingerprints, firsts: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return for each row the smallest with the same units; a row without units has only itself."""
    identical = np.arange(len(originals), dtype=np.uint32)
    identical[distinct.rows] = distinct.rows[firsts]
    identical = identical[originals]
    empty = np.zeros(len(originals), bool)
    empty[distinct.rows] = distinct.units == 0
    return np.where(empty[originals], np.arange(len(originals), dtype=np.uint32), identical)


def _all_pairs(distinct: Fingerprints, active: npt.NDArray[np.uint32]) -> Candidates:
    """Return what threshold 0 means: every two texts with a word are near, so each is paired with the first."""
    pairs = np.stack([np.broadcast_to(active[:1], len(active[1:])), active[1:]], axis=1)
    estimated = (distinct.signatures[active[1:]] == distinct.signatures[active[:1]]).mean(axis=1, dtype=np.float32)
    return Candidates(pairs, estimated, 0, 0, 0)


def keep_one(
    near: Near,
    texts: Any,
    ids: Sequence[str] | pa.Array,
    config: Config | None = None,
    *,
    dates: Sequence[Any] | pa.Array | None = None,
    lengths: Sequence[int] | npt.NDArray[np.int64] | None = None,
) -> Kept:
    """Return which text of each cluster is kept (config.keep) and what the others duplicate.

    longest: most bytes, or the largest of `lengths`. first: the smallest row. newest, oldest: by `dates`, those without one
    last. Ties go to the smallest id. A cluster of more than config.max_bucket texts (the identical counted once) is not
    trusted: in the order of the policy, a text that is still free is kept, and only those that are directly similar to it
    duplicate it. Sixteen texts are so compared with all that are free; what is left then is decided by the verified edges.
    """
    config = config or Config()
    column = chunks(texts)
    rank = _rank(config.keep, column, ids, dates, lengths)
    order = np.empty(len(rank), np.uint32)
    order[rank] = np.arange(len(rank), dtype=np.uint32)
    best = _best_of_identical(near.identical, rank, order)
    linked = near.identical[near.edges[:, 0]] != near.identical[near.edges[:, 1]]
    edges = best[near.edges[linked]]
    taken = _direct_copies(column, near.labels, best, rank, config)
    keeper, through = _core.keepers(rank, edges[(taken[edges] == _FREE).all(axis=1)], config.max_bucket)
    keeper = np.where(taken == _FREE, keeper, taken)
    through = np.where(taken == _FREE, through, taken)
    through = np.where(best == np.arange(len(best)), through, best)
    keeper = keeper[best]
    removed = np.flatnonzero(keeper != np.arange(len(keeper)))
    same = best[removed] == keeper[removed]
    changed = removed[~same]
    direct = np.stack([keeper[changed], best[changed]], axis=1)
    jaccard, guessed, close = _compared(column, near, edges, linked, direct, config)
    similarity = np.full(len(keeper), np.nan, np.float32)
    estimated = similarity.copy()
    similarity[removed[same]] = estimated[removed[same]] = 1
    similarity[changed], estimated[changed] = jaccard, guessed
    via = np.full(len(keeper), -1, np.int64)
    via[changed[~close]] = through[changed[~close]]
    kept = keeper == np.arange(len(keeper))
    reasons = np.full(len(keeper), None, object)
    reasons[removed] = np.where(same, EXACT, NEAR)
    return Kept(kept, np.where(kept, -1, keeper.astype(np.int64)), similarity, estimated, via, pa.array(reasons, pa.string()))


def _compared(
    column: list[Texts],
    near: Near,
    edges: npt.NDArray[np.uint32],
    linked: npt.NDArray[np.bool_],
    pairs: npt.NDArray[np.uint32],
    config: Config,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return the exact and the estimated similarity of pairs, and whether they reach the threshold; edges are known already."""
    ends, wanted = (np.sort(rows, axis=1).astype(np.uint64) for rows in (edges, pairs))
    keys, wanted = (rows[:, 0] << np.uint64(32) | rows[:, 1] for rows in (ends, wanted))
    order = np.argsort(keys)
    at = np.searchsorted(keys, wanted, sorter=order) if len(keys) else np.zeros(len(wanted), np.int64)
    found = order[np.minimum(at, len(keys) - 1)] if len(keys) else at
    close = keys[found] == wanted if len(keys) else np.zeros(len(wanted), bool)
    jaccard = np.zeros(len(pairs), np.float32)
    estimated = jaccard.copy()
    jaccard[close], estimated[close] = near.jaccard[linked][found[close]], near.estimated[linked][found[close]]
    others = np.flatnonzero(~close)
    exact = verify(column, pairs[others], config).jaccard()
    jaccard[others], estimated[others] = exact, estimate(column, pairs[others], config)
    close[others] = exact >= config.threshold
    return jaccard, estimated, close


def _direct_copies(
    column: list[Texts], labels: npt.NDArray[np.uint32], best: npt.NDArray[np.uint32], rank: npt.NDArray[np.uint32], config: Config
) -> npt.NDArray[np.uint32]:
    """Return for the rows of giant clusters the row that they directly copy (itself where it is kept), _FREE for all others.

    Each round compares the first free row of each giant cluster with all that are free. What is left after some rounds is
    _FREE and decided by its edges.
    """
    taken = np.full(len(labels), _FREE, np.uint32)
    alone = best == np.arange(len(best))
    giant = np.bincount(labels[alone], minlength=1) > config.max_bucket
    free = np.flatnonzero(alone & giant[labels]) if giant.any() else np.zeros(0, np.int64)
    free = free[np.lexsort((rank[free], labels[free]))].astype(np.uint32)
    for _ in range(_ROUNDS):
        if not len(free):
            break
        _, starts, sizes = np.unique(labels[free], return_index=True, return_counts=True)
        first = np.repeat(free[starts], sizes)
        near = verify(column, np.stack([first, free], axis=1), config).jaccard() >= config.threshold
        taken[free[near]] = first[near]
        free = free[~near]
    return taken


def _rank(
    keep: str, column: list[Texts], ids: Sequence[str] | pa.Array, dates: Sequence[Any] | pa.Array | None, lengths: Any
) -> npt.NDArray[np.uint32]:
    """Return each row's place in the order in which rows are kept."""
    rows = sum(len(offsets) - 1 for offsets, _ in column)
    if keep == "longest":
        key, order = np.concatenate([np.diff(offsets) for offsets, _ in column]) if lengths is None else lengths, "descending"
    elif keep == "first":
        key, order = np.arange(rows), "ascending"
    else:
        key, order = [None] * rows if dates is None else dates, "descending" if keep == "newest" else "ascending"
    table = pa.table({"key": key, "id": ids, "row": np.arange(rows)})
    if not rows:
        return np.zeros(0, np.uint32)
    if table["key"].type == pa.null():
        table = table.set_column(0, "key", pa.nulls(rows, pa.int64()))
    by = pc.sort_indices(table, sort_keys=[("key", order), ("id", "ascending"), ("row", "ascending")])
    rank = np.empty(rows, np.uint32)
    rank[by.to_numpy()] = np.arange(rows, dtype=np.uint32)
    return rank


def _best_of_identical(
    identical: npt.NDArray[np.uint32], rank: npt.NDArray[np.uint32], order: npt.NDArray[np.uint32]
) -> npt.NDArray[np.uint32]:
    """Return for each row the one of lowest rank among the identical."""
    lowest = np.full(len(rank), np.iinfo(np.uint32).max, np.uint32)
    np.minimum.at(lowest, identical, rank)
    return order[lowest[identical]]
