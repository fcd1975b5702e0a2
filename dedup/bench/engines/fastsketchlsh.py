"""FastSketchLSH: Fast Similarity Sketching over lists of strings; LSH candidates."""

from typing import Any

import numpy as np
from FastSketchLSH import LSH, FastSimilaritySketch

from dedup.bench.engines import word_ngrams

DISTRIBUTION = "FastSketchLSH"
HOW = "words by white space and 5-grams in Python; FastSimilaritySketch.batch, one thread; 16 bands of 8"


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    return np.asarray(FastSimilaritySketch(size=num_perm).batch([word_ngrams(text) for text in texts], num_threads=1))


def similarity(signed: Any, left: int, right: int) -> float:
    return float(np.mean(signed[left] == signed[right]))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    signed = sign(texts, language, 128)
    index = LSH(num_perm=128, num_bands=16, num_threads=1)
    index.insert(signed)
    return {(other, row) for row, found in enumerate(index.query(signed)) for other in found if other < row}
