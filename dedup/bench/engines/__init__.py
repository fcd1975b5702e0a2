"""One file per tool: how it turns texts into signatures and finds near-duplicates, fed in the fastest way that it offers.

An engine is a module with DISTRIBUTION (its name on PyPI), HOW (who tokenises, what is hashed), and three functions:
sign(texts, language, num_perm) → whatever it makes of word 5-grams (of texts as `taken` gives them to it); similarity(signed, i, j) → its estimate of the Jaccard
similarity; near(texts, language, threshold) → the pairs (i < j) that it calls near-duplicates, in the way its documentation shows.
"""

import importlib
import importlib.metadata
from types import ModuleType
from typing import Any

NAMES = ("own", "datasketch", "rensa", "gaoya", "fastsketchlsh", "text_dedup", "datatrove")
NGRAM = 5


def load(name: str) -> ModuleType | None:
    """Return the module of an engine, None where its tool is not installed or cannot be imported."""
    try:
        return importlib.import_module(f"dedup.bench.engines.{name}")
    except ImportError:
        return None


def taken(engine: ModuleType, texts: list[str]) -> Any:
    """Return texts in the form that an engine's tool takes: a list, or what its function `take` makes of one."""
    return engine.take(texts) if hasattr(engine, "take") else texts


def distribution(name: str) -> str:
    """Return the name on PyPI of an engine's tool."""
    return {"own": "newsdedup", "fastsketchlsh": "FastSketchLSH", "text_dedup": "text-dedup"}.get(name, name)


def version(name: str) -> str:
    """Return the version of an engine's tool that is installed."""
    try:
        return importlib.metadata.version(distribution(name))
    except importlib.metadata.PackageNotFoundError:
        return ""


def word_ngrams(text: str) -> list[str]:
    """Return the 5-grams of a text as strings: words by white space, the cheapest way that Python has, marks intact."""
    words = text.lower().split()
    if len(words) < NGRAM:
        return [" ".join(words)] if words else []
    return [" ".join(words[at : at + NGRAM]) for at in range(len(words) - NGRAM + 1)]


def pairs_of_bands(rows: list[bytes], bands: int, width: int) -> set[tuple[int, int]]:
    """Return the pairs of rows that agree on one of `bands` slices of `width` bytes."""
    pairs: set[tuple[int, int]] = set()
    for band in range(bands):
        buckets: dict[bytes, list[int]] = {}
        for row, signature in enumerate(rows):
            bucket = buckets.setdefault(signature[band * width : (band + 1) * width], [])
            pairs.update((other, row) for other in bucket)
            bucket.append(row)
    return pairs
