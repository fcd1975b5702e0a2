from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Texts: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]

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
