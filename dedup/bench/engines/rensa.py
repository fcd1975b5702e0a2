"""rensa: RMinHash over lists of strings, the fastest of its interfaces that keep exact sets; RMinHashLSH, verified by estimate."""

from typing import Any

import rensa

from dedup.bench.engines import word_ngrams

DISTRIBUTION = "rensa"
HOW = "words by white space and 5-grams in Python; digest_matrix_from_token_sets"


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    return rensa.RMinHash.digest_matrix_from_token_sets([word_ngrams(text) for text in texts], num_perm, 42)


def similarity(signed: Any, left: int, right: int) -> float:
    rows = signed if isinstance(signed, list) else signed.to_rows()
    return float(sum(one == other for one, other in zip(rows[left], rows[right], strict=True)) / len(rows[left]))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    sketches = rensa.RMinHash.from_token_sets([word_ngrams(text) for text in texts], 128, 42)
    index = rensa.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=16)
    pairs: set[tuple[int, int]] = set()
    for row, sketch in enumerate(sketches):
        pairs.update((other, row) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold)
        index.insert(row, sketch)
    return pairs
