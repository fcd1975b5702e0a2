"""text-dedup: the `embed_func` of its minhash script, 32-bit xxh3; its bands for the threshold."""

from typing import Any

import numpy as np
from text_dedup.minhash import embed_func
from text_dedup.utils import optimal_param, xxh3_32hash

from dedup.bench.engines import NGRAM, pairs_of_bands

DISTRIBUTION = "text-dedup"
HOW = "words by \\W in its Python (splits Hindi at vowel signs); embed_func with hash_bits=32, xxh3"


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    generator = np.random.RandomState(42)
    prime, largest = np.uint32((1 << 32) - 5), np.uint32((1 << 32) - 1)
    permutations = (generator.randint(1, prime, num_perm, np.uint32), generator.randint(0, prime, num_perm, np.uint32))
    settings: dict[str, Any] = {
        "num_perm": num_perm,
        "ngram_size": NGRAM,
        "min_length": 0,
        "hashranges": [(0, num_perm)],
        "permutations": permutations,
        "hash_func": xxh3_32hash,
        "dtype": np.uint32,
        "max_hash": largest,
        "modulo_prime": prime,
    }
    return [embed_func(text, row, **settings)["__signatures__"][0] for row, text in enumerate(texts)]


def similarity(signed: Any, left: int, right: int) -> float:
    return float(np.mean(np.frombuffer(signed[left], np.uint32) == np.frombuffer(signed[right], np.uint32)))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    bands, rows = optimal_param(threshold, 128, false_positive_weight=0.5, false_negative_weight=0.5)
    return pairs_of_bands(sign(texts, language, 128), bands, rows * 4)
