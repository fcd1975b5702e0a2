"""The border to the Rust core."""

import numpy as np
import numpy.typing as npt

from dedup.columns import Texts

REASONS: list[str]

class CoreError(Exception): ...

def content_ids(texts: Texts) -> Texts:
    """Return xxh3_128 of each text as 32 hexadecimal digits."""

# boilerplate out of text

class Cues:
    """Compiled cue phrases."""

    def __init__(self, entries: list[tuple[str, str, str]]) -> None:
        """Compile (language, reason, phrase) entries; ValueError for an unknown reason or a phrase without a word."""

def strip_text(
    texts: Texts, titles: Texts, cues: Cues, level: str, threads: int
) -> tuple[
    list[tuple[str, Texts]],
    tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8], Texts],
]:
    """Return the stripped texts and their metadata as named columns, and the removed spans.

    `titles` has a headline a text ("" where unknown) or no row at all. `level` is gentle, normal or aggressive. The spans are
    (first int64[n + 1], start int64[m], end int64[m], reason uint8[m], text): those of row i are first[i]..first[i + 1], start and end
    count characters of the input, reason indexes REASONS.
    """
