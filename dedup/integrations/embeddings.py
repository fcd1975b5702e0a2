"""Events across wordings and languages: pairs of articles are scored again with an embedding model that lies at a path.

    from dedup.integrations.embeddings import load, rescored
    events = rescored(cluster_events(...), texts, load("models/potion"))

`pip install newsdedup[embeddings]` brings model2vec; sentence-transformers is used where a folder holds such a model and it is installed.
No model is shipped or fetched.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.errors import ConfigError, InputError
from dedup.event import EventColumns

__all__ = ["Encode", "load", "rescored"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts in, one vector each out: float32[n, dimensions]."""


def load(path: str | Path) -> Encode:
    """Return the encoder of a model in a folder: a sentence-transformers one where it has `modules.json`, else a model2vec one.

    InputError when there is no such folder or no model in it; ConfigError when the package that reads it is not installed.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise InputError(f"{folder}: no folder of a model")
    kind = "sentence_transformers" if (folder / "modules.json").exists() and not _is_static(folder) else "model2vec"
    try:
        if kind == "model2vec":
            from model2vec import StaticModel

            encode = StaticModel.from_pretrained(str(folder)).encode
        else:
            from sentence_transformers import SentenceTransformer

            encode = SentenceTransformer(str(folder), local_files_only=True).encode
    except ImportError:
        raise ConfigError(f"{folder} needs the package {kind}: pip install 'newsdedup[embeddings]'") from None
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: no model that {kind} can read: {error}") from None
    return lambda texts: np.asarray(encode(list(texts)), np.float32)


def rescored(
    found: EventColumns, texts: Sequence[str], encode: Encode, *, threshold: float = 0.75, window_days: float = 3.0
) -> EventColumns:
    """Return the events after those are joined whose articles are alike to the model, whatever their language.

    Each event is the mean of its articles' unit vectors. The pair of events of the highest mean cosine over all pairs of their articles
    joins while that is at least `threshold` and all known dates lie within the window. The lexical events stay whole; `similarity`
    and `shared` stay those of the lexical engine. Compares all events within the window: n² of them.
    """
    vectors = encode(texts)
    if vectors.ndim != 2 or len(vectors) != len(found.event):
        raise InputError(f"the model gave {vectors.shape} for {len(found.event)} texts")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    roots, home = np.unique(found.event, return_inverse=True)
    count = np.bincount(home).astype(np.float64)
    sums = np.zeros((len(roots), vectors.shape[1]))
    np.add.at(sums, home, vectors)
    first, last = np.full(len(roots), np.inf), np.full(len(roots), -np.inf)
    dated = ~np.isnan(found.days)
    np.minimum.at(first, home[dated], found.days[dated])
    np.maximum.at(last, home[dated], found.days[dated])
    parent = np.arange(len(roots))
    means = (sums / count[:, None]) @ (sums / count[:, None]).T
    np.fill_diagonal(means, -np.inf)
    while len(roots) > 1:
        span = np.maximum(last[:, None], last[None, :]) - np.minimum(first[:, None], first[None, :])
        left, right = divmod(int(np.argmax(np.where(span <= window_days, means, -np.inf))), len(roots))
        if span[left, right] > window_days or means[left, right] < threshold:
            break
        left, right = min(left, right), max(left, right)
        parent[parent == right] = left
        sums[left] += sums[right]
        count[left] += count[right]
        first[left], last[left] = min(first[left], first[right]), max(last[left], last[right])
        means[right, :] = means[:, right] = -np.inf
        row = (sums / count[:, None]) @ (sums[left] / count[left])
        row[np.isneginf(means[left])] = -np.inf
        means[left, :] = means[:, left] = row
    return replace(found, event=_smallest(found, parent[home]))


def _is_static(folder: Path) -> bool:
    modules = (folder / "modules.json").read_text("utf-8")
    return "StaticEmbedding" in modules or "model2vec" in modules


def _smallest(found: EventColumns, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ids: list[Any] = found.articles["id"].to_pylist()
    smallest: dict[int, int] = {}
    for row, group in enumerate(groups.tolist()):
        if group not in smallest or ids[row] < ids[smallest[group]]:
            smallest[group] = row
    return np.array([smallest[group] for group in groups.tolist()], np.int64)
