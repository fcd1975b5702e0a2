"""datatrove: shingles and signature of its MinHash step, with its word tokenizer of the language; 14 bands of 8, its default."""

from functools import cache
from typing import Any

import numpy as np
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
from datatrove.utils.hashing import HashConfig
from datatrove.utils.word_tokenizers import IndicNLPTokenizer, SpaCyTokenizer

from dedup.bench.engines import NGRAM, pairs_of_bands

DISTRIBUTION = "datatrove"
HOW = "words by spaCy (en) or indic-nlp (hi) in its Python; get_shingles and get_signature, sha1"


@cache
def step(language: str, buckets: int) -> Any:
    tokenizer = SpaCyTokenizer("en") if language == "en" else IndicNLPTokenizer(language)
    # Its default, xxhash, hands str to the xxhash package, which takes none from version 4 on.
    config = MinhashConfig(NGRAM, buckets, 8, hash_config=HashConfig(precision=64, hash_fc="sha1"))
    return MinhashDedupSignature(output_folder=".", config=config, language=tokenizer)


def sign(texts: list[str], language: str, num_perm: int) -> Any:
    own = step(language, num_perm // 8)
    signed = []
    for text in texts:
        shingles = own.get_shingles(text)
        signed.append(np.concatenate(own.get_signature(shingles)) if shingles.size else np.zeros(num_perm, np.uint64))
    return signed


def similarity(signed: Any, left: int, right: int) -> float:
    return float(np.mean(signed[left] == signed[right]))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    signed = [np.asarray(row, np.uint64).tobytes() for row in sign(texts, language, 112)]
    return pairs_of_bands(signed, 14, 64)
