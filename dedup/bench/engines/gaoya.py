"""gaoya: MinHashStringIndex with its own analyzer, in Rust."""

from typing import Any

import gaoya.minhash

from dedup.bench.engines import NGRAM

DISTRIBUTION = "gaoya"
HOW = "words by white space, lower case and 5-grams in its Rust; bulk_hash_docs; 125 values for 128 (25 bands of 5)"


def index_of(threshold: float, num_perm: int) -> Any:
    return gaoya.minhash.MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=threshold,
        num_bands=num_perm // 5,
        band_size=5,
        analyzer="word",
        lowercase=True,
        ngram_range=(NGRAM, NGRAM),
        id_container="vec",
    )


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    return index_of(0.8, num_perm).minhash_index.bulk_hash_docs(texts)


def similarity(signed: Any, left: int, right: int) -> float:
    return float(sum(one == other for one, other in zip(signed[left], signed[right], strict=True)) / len(signed[left]))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    index = index_of(threshold, 128)
    pairs: set[tuple[int, int]] = set()
    for row, text in enumerate(texts):
        pairs.update((other, row) for other in index.query(text))
        index.insert_document(row, text)
    return pairs
