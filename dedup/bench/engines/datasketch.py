"""datasketch 2: MinHash (affine32) over xxh32, its fastest hash; MinHashLSH."""

from typing import Any

import datasketch
import numpy as np
import xxhash

from dedup.bench.engines import word_ngrams

DISTRIBUTION = "datasketch"
HOW = "words by white space and 5-grams in Python; update_batch with hashfunc=xxh32"


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    empty = datasketch.MinHash(num_perm, hashfunc=xxhash.xxh32_intdigest)
    signed = []
    for text in texts:
        sketch = empty.copy()
        sketch.update_batch([ngram.encode() for ngram in word_ngrams(text)])
        signed.append(sketch)
    return signed


def similarity(signed: Any, left: int, right: int) -> float:
    return float(np.mean(signed[left].hashvalues == signed[right].hashvalues))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    index = datasketch.MinHashLSH(threshold, num_perm=128)
    pairs: set[tuple[int, int]] = set()
    for row, sketch in enumerate(sign(texts, language, 128)):
        pairs.update((other, row) for other in index.query(sketch))
        index.insert(row, sketch)
    return pairs
