"""Texts to MinHash signatures and exact identities, through the Rust core.

A text is folded and cut into units (words; single characters in scripts written without spaces), n consecutive units make
a shingle, and the signature holds for each permutation the smallest value over the shingles (Broder 1997). The values are
those of datasketch 2, scheme affine32, for the same 32-bit shingle hashes and seed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from dedup import _core
from dedup.columns import Texts, chunks
from dedup.config import Config

Permutations = tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What is known of some rows of a column after one pass over their text."""

    rows: npt.NDArray[np.uint32]
    """Rows of the text column, [m]; the other fields have one entry for each."""
    signatures: npt.NDArray[np.uint32]
    """[m, num_perm]; all ones for a text without words."""
    identities: npt.NDArray[np.uint64]
    """[m, 2]: 128 bits, equal for equal sequences of units."""
    units: npt.NDArray[np.uint64]
    """[m]: words (or characters, in scripts written without spaces)."""


@cache
def permutations(num_perm: int, seed: int) -> Permutations:
    """Return the multipliers (odd) and increments, uint32[num_perm] each, that datasketch 2 draws for affine32."""
    generator = np.random.RandomState(seed)
    a = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)
    a.flags.writeable = b.flags.writeable = False
    return a, b


def shape(config: Config) -> tuple[str, int, int]:
    """Return (shingle, ngram, char_ngram), as the core takes them."""
    return config.shingle, config.ngram, config.char_ngram


def fingerprint(texts: list[Texts], rows: npt.NDArray[np.uint32], config: Config) -> Fingerprints:
    """Return the fingerprints of some rows of a text column, in one pass over their text."""
    signed = _core.sign(texts, rows, permutations(config.num_perm, config.seed), shape(config), config.threads)
    return Fingerprints(rows, *signed)


def _all(texts: list[Texts]) -> npt.NDArray[np.uint32]:
    return np.arange(sum(len(offsets) - 1 for offsets, _ in texts), dtype=np.uint32)


def signatures(texts: Any, config: Config | None = None) -> npt.NDArray[np.uint32]:
    """Return the signatures of texts (an Arrow string column or a list of str), uint32[n, num_perm].

    A text without words has all ones, as an empty datasketch MinHash has.
    """
    column = chunks(texts)
    return fingerprint(column, _all(column), config or Config()).signatures


def identities(texts: Any, config: Config | None = None) -> npt.NDArray[np.uint64]:
    """Return 128 bits a text, uint64[n, 2], equal where the folded words are the same in the same order."""
    column = chunks(texts)
    return fingerprint(column, _all(column), config or Config()).identities


def sign_sets(
    sets: Sequence[Iterable[bytes]], num_perm: int = 128, seed: int = 1, hash: Literal["sha1", "xxh32"] = "sha1", threads: int = 0
) -> npt.NDArray[np.uint32]:
    """Return the signatures of sets of bytes, uint32[n, num_perm]: those of `datasketch.MinHash(num_perm, seed).update_batch`.

    `hash` is "sha1" (the default of datasketch) or "xxh32" (`hashfunc=xxhash.xxh32_intdigest`). They can be fed to an index
    that datasketch 2 made with scheme affine32.
    """
    members = [list(members) for members in sets]
    flat = [member for set_ in members for member in set_]
    offsets = np.zeros(len(flat) + 1, np.int64)
    np.cumsum([len(member) for member in flat], out=offsets[1:])
    bounds = np.zeros(len(members) + 1, np.int64)
    np.cumsum([len(set_) for set_ in members], out=bounds[1:])
    data = np.frombuffer(b"".join(flat), np.uint8)
    return _core.sign_members((offsets, data), bounds, hash, permutations(num_perm, seed), threads)
