import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.columns import chunks
from dedup.config import Config
from dedup.fingerprint import signatures
from dedup.verify import estimate, verify

WORDS = st.lists(st.sampled_from(["आज", "कल", "खबर", "सरकार", "the", "a", "of", "漢", "字", "น้ำ"]), max_size=30).map(" ".join)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.integers(1, 5), st.integers(1, 3), st.data())
def test_overlaps_equal_the_sets_of_the_oracle(texts, ngram, char_ngram, data):
    config = Config(ngram=ngram, char_ngram=char_ngram, threads=1)
    rows = st.integers(0, len(texts) - 1)
    pairs = data.draw(st.lists(st.tuples(rows, rows), max_size=10))
    sets = [naive.shingles(text, "auto", ngram, char_ngram) for text in texts]
    found = verify(chunks(texts), np.array(pairs, np.uint32).reshape(-1, 2), config)
    assert found.shared.tolist() == [len(sets[i] & sets[j]) for i, j in pairs]
    assert found.jaccard().tolist() == [naive.jaccard(sets[i], sets[j]) for i, j in pairs]
    smaller = [max(1, min(len(sets[i]), len(sets[j]))) for i, j in pairs]
    assert found.containment().tolist() == [len(sets[i] & sets[j]) / size for (i, j), size in zip(pairs, smaller, strict=True)]


def test_threads_and_the_cache_of_sets_change_nothing():
    generator = np.random.default_rng(1)
    texts = [" ".join(generator.choice(["क", "ख", "ग", "घ"], 2_000)) for _ in range(1_500)]
    pairs = generator.integers(0, len(texts), (4_000, 2)).astype(np.uint32)
    one = verify(chunks(texts), pairs, Config(threads=1))
    many = verify(chunks(texts), pairs, Config(threads=3))
    assert (one.shared == many.shared).all()
    sets = [naive.shingles(texts[row]) for row in pairs[0]]
    assert one.shared[0] == len(sets[0] & sets[1])


def test_estimates_are_those_of_the_signatures():
    texts = ["क ख ग घ च छ ज झ", "क ख ग घ च छ ज ट", "x"]
    signed = signatures(texts)
    pairs = np.array([[0, 1], [2, 0], [1, 1]], np.uint32)
    assert estimate(chunks(texts), pairs, Config()).tolist() == [(signed[i] == signed[j]).mean() for i, j in pairs]


def test_a_pair_beyond_the_texts_is_refused():
    with pytest.raises(ValueError, match="beyond the 1 texts"):
        _core.overlaps(chunks(["x"]), np.array([[0, 1]], np.uint32), ("auto", 5, 5), 1)
