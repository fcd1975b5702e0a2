"""Signatures to candidate pairs: bands chosen by wanted recall, one band sorted at a time (Indyk and Motwani 1998)."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup import _core
from dedup.config import Config
from dedup.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth verifying, and what was done to bound their number."""

    pairs: npt.NDArray[np.uint32]
    """[m, 2]: (smaller row, larger row) of the signatures, ascending, each once."""
    estimated: npt.NDArray[np.float32]
    """[m]: Jaccard similarity by the signatures."""
    screened: int
    """Pairs that shared a bucket while their whole signatures are too far apart, counted once a band."""
    hot_buckets: int
    """Buckets too large to compare all with all: each member was compared with its nearest four only."""
    skipped_pairs: int
    """Pairs of hot buckets that were not compared there, counted once a band."""


def choose_bands(threshold: float, recall: float, num_perm: int) -> tuple[int, int]:
    """Return (bands, rows), the most rows a band with P(candidate | Jaccard = threshold) = 1 - (1 - t^rows)^bands ≥ recall.

    Values of the signature beyond bands · rows are in no band; the screen still uses them. At .8, .999, 128: (25, 5).
    Raises ConfigError where no banding reaches the recall, with the num_perm that would.
    """
    for rows in range(num_perm, 0, -1):
        bands = num_perm // rows
        if 1 - _missed(threshold, bands, rows) >= recall:
            return bands, rows
    needed = math.ceil(math.log1p(-recall) / math.log1p(-threshold)) if threshold > 0 else None
    advice = f"num_perm {needed} or a lower recall" if needed else "a threshold above 0"
    raise ConfigError(f"recall {recall} at threshold {threshold} cannot be had from num_perm {num_perm}; it takes {advice}")


def choose_screen(threshold: float, recall: float, num_perm: int) -> int:
    """Return how many of the values of two signatures must be equal for the pair to be verified.

    At the threshold they are binomial; the screen may lose half of the misses that the bands leave of 1 - recall.
    """
    spare = (1 - recall - _missed(threshold, *choose_bands(threshold, recall, num_perm))) / 2
    tail = 0.0
    for least in range(num_perm + 1):
        tail += math.comb(num_perm, least) * threshold**least * (1 - threshold) ** (num_perm - least)
        if tail > spare:
            return least
    return num_perm


def _missed(threshold: float, bands: int, rows: int) -> float:
    return (1 - threshold**rows) ** bands


def candidates(
    signatures: npt.NDArray[np.uint32], identities: npt.NDArray[np.uint64], active: npt.NDArray[np.uint32], config: Config
) -> Candidates:
    """Return the candidate pairs among the `active` rows of the signatures.

    Work and memory are linear in the rows: a band looks at 32 pairs a row at most, and buckets that would exceed it, or
    `config.max_bucket`, are hot. `identities` (uint64[n, 2]) order equal signatures, so that the order of rows is of no effect.
    """
    bands, rows = choose_bands(config.threshold, config.recall, config.num_perm)
    least = choose_screen(config.threshold, config.recall, config.num_perm)
    pairs, matches, counts = _core.candidates(signatures, identities, active, (bands, rows, least, config.max_bucket), config.threads)
    return Candidates(pairs, (matches / config.num_perm).astype(np.float32), *counts)
