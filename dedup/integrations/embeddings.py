"""Events across wordings and languages: pairs of articles are scored again with an embedding model that lies at a path.

    dedup.run(rows, embeddings="models/potion")                              # in a run; `dedup events --embeddings FOLDER`
    rescored(cluster_events(...), texts, load("models/potion"))               # over events that are there

`pip install newsdedup[embeddings]` brings model2vec; sentence-transformers is used where a folder holds such a model and it is installed.
No model is shipped or fetched.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup._core import components
from dedup.errors import ConfigError, InputError
from dedup.event import EventColumns

__all__ = ["Encode", "load", "rescored"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts in, one vector each out: float32[n, dimensions]."""

_BLOCK = 1024
"""Events that are compared with others at a time."""


def load(path: str | Path) -> Encode:
    """Return the encoder of a model in a folder: a sentence-transformers one where it has `modules.json`, else a model2vec one.

    InputError when there is no such folder or no model in it; ConfigError when the package that reads it is not installed.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise InputError(f"{folder}: no folder of a model")
    kind = "model2vec"
    try:
        if (folder / "modules.json").exists() and not _is_static(folder):
            kind = "sentence_transformers"
        if kind == "model2vec":
            from model2vec import StaticModel

            encode = StaticModel.from_pretrained(str(folder)).encode
        else:
            from sentence_transformers import SentenceTransformer

            encode = SentenceTransformer(str(folder), local_files_only=True).encode
    except ImportError:
        package = kind.replace("_", "-")
        raise ConfigError(f"{folder} needs the package {package}: pip install {package}") from None
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: no model that {kind} can read: {error}") from None
    return lambda texts: np.asarray(encode(list(texts)), np.float32)


def rescored(
    found: EventColumns, texts: Sequence[str], encode: Encode, *, threshold: float = 0.75, window_days: float = 3.0
) -> EventColumns:
    """Return the events after those are joined whose articles are alike to the model, whatever their language.

    The pair of events of the highest mean cosine over all pairs of their articles joins, again and again, while that is at least
    `threshold` and all known dates lie within the window. The lexical events stay whole, and `similarity` and `shared` those of the
    lexical engine; `cosine` is the mean cosine of an article to the others of its event. The stories of joined events become one.

    Compared are all events within the window, in blocks; only pairs that reach the threshold are held. InputError when the model
    does not give a vector a text.
    """
    vectors = encode(texts)
    if vectors.ndim != 2 or len(vectors) != len(found.event):
        raise InputError(f"the model gave {vectors.shape} for {len(found.event)} texts")
    ids: list[str] = found.articles["id"].to_pylist()
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    # By id, so that neither sums nor ties depend on the order of the rows.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    home = np.unique(np.argsort(order)[found.event], return_inverse=True)[1]
    groups = np.empty(len(ids), np.int64)
    groups[order] = _average_link(vectors[order], home[order], found.days[order], threshold, window_days)[home[order]]
    sums = _sums(vectors, groups)
    others = np.bincount(groups)[groups] - 1
    to_others = np.einsum("ij,ij->i", vectors, sums[groups] - vectors) / np.maximum(others, 1)
    event = _smallest(order, groups)
    links = np.column_stack([np.tile(np.arange(len(event)), 2), np.concatenate([event, found.story])])
    story = _smallest(order, components(len(event), links.astype(np.uint32)))
    return replace(found, event=event, story=story, cosine=np.where(others > 0, to_others, np.nan).astype(np.float32))


def _average_link(
    vectors: npt.NDArray[np.float32], home: npt.NDArray[np.int64], days: npt.NDArray[np.float64], threshold: float, window: float
) -> npt.NDArray[np.int64]:
    """The group of each event, named by one of its events: greedy average link.

    The mean of a union is no higher than that of its better part, so that pairs below the threshold are of no use later.
    """
    sums, counts = _sums(vectors, home), np.bincount(home)
    first, last = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
    dated = ~np.isnan(days)
    np.minimum.at(first, home[dated], days[dated])
    np.maximum.at(last, home[dated], days[dated])
    near: list[set[int]] = [set() for _ in counts]
    heap: list[tuple[float, int, int, int]] = []
    parent, version = np.arange(len(counts)), [0] * len(counts)

    def offer(left: int, right: int) -> None:
        mean = float(sums[left] @ sums[right]) / float(counts[left] * counts[right])
        if mean >= threshold and max(last[left], last[right]) - min(first[left], first[right]) <= window:
            near[left].add(right)
            near[right].add(left)
            heapq.heappush(heap, (-mean, min(left, right), max(left, right), version[left] + version[right]))

    for left, right in _pairs((sums / counts[:, None]).astype(np.float32), first, threshold - 1e-4, window):
        offer(left, right)
    while heap:
        _, left, right, stamp = heapq.heappop(heap)
        if right not in near[left] or stamp != version[left] + version[right]:
            continue
        parent[right] = left
        version[left] += version[right] + 1
        sums[left] += sums[right]
        counts[left] += counts[right]
        first[left], last[left] = min(first[left], first[right]), max(last[left], last[right])
        neighbours = (near[left] | near[right]) - {left, right}
        near[left], near[right] = set(), set()
        for other in neighbours:
            near[other] -= {left, right}
            offer(left, other)
    while (parent != parent[parent]).any():
        parent = parent[parent]
    return parent


def _pairs(means: npt.NDArray[np.float32], first: npt.NDArray[np.float64], threshold: float, window: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of events that begin within the window of each other, or one of which has no date, of a cosine from the threshold on."""
    order = np.argsort(first, kind="stable")
    means, first = means[order], first[order]
    dated = int(np.searchsorted(first, np.inf))
    for start in range(0, len(order), _BLOCK):
        end = min(start + _BLOCK, len(order))
        reach = int(np.searchsorted(first[:dated], first[min(end, dated) - 1] + window, side="right")) if start < dated else start
        for begin, stop in ((start, reach), (max(start, dated), len(order))):
            rows, others = np.nonzero(means[start:end] @ means[begin:stop].T >= threshold)
            later = rows + start < others + begin
            yield from zip(order[rows[later] + start].tolist(), order[others[later] + begin].tolist(), strict=True)


def _sums(vectors: npt.NDArray[np.float32], groups: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    sums = np.zeros((groups.max(initial=-1) + 1, vectors.shape[1]), np.float32)
    np.add.at(sums, groups, vectors)
    return sums


def _is_static(folder: Path) -> bool:
    modules = (folder / "modules.json").read_text("utf-8")
    return "StaticEmbedding" in modules or "model2vec" in modules


def _smallest(order: npt.NDArray[np.int64], groups: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The row of each row's group that comes first in the order."""
    _, at, group = np.unique(groups[order], return_index=True, return_inverse=True)
    smallest = np.empty(len(order), np.int64)
    smallest[order] = order[at[group]]
    return smallest
