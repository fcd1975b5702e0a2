import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.config import Config
from dedup.errors import ConfigError
from dedup.lsh import candidates, choose_bands, choose_screen


def probability(threshold, bands, rows):
    return 1 - (1 - threshold**rows) ** bands


def test_bands_of_the_default_settings():
    assert choose_bands(0.8, 0.999, 128) == (25, 5)
    assert choose_bands(1.0, 0.999, 128) == (1, 128)


@given(st.floats(0.3, 1), st.floats(0, 0.9999), st.integers(100, 300))
def test_bands_reach_the_recall_with_the_most_rows(threshold, recall, num_perm):
    try:
        bands, rows = choose_bands(threshold, recall, num_perm)
    except ConfigError:
        assert probability(threshold, num_perm, 1) < recall
        return
    assert bands * rows <= num_perm
    assert probability(threshold, bands, rows) >= recall
    assert rows == num_perm or all(probability(threshold, num_perm // more, more) < recall for more in range(rows + 1, num_perm + 1))


@pytest.mark.parametrize("threshold", [0.0, 0.01])
def test_a_recall_out_of_reach_is_refused_with_advice(threshold):
    with pytest.raises(ConfigError, match=r"it takes (num_perm 688|a threshold above 0)"):
        choose_bands(threshold, 0.999, 128)


def test_the_advised_num_perm_suffices():
    assert choose_bands(0.01, 0.999, 688) == (688, 1)


@pytest.mark.parametrize(("threshold", "recall", "num_perm"), [(0.8, 0.999, 128), (0.5, 0.99, 128), (0.9, 0.9999, 256), (1.0, 0.999, 64)])
def test_bands_and_screen_together_keep_the_recall(threshold, recall, num_perm):
    bands, rows = choose_bands(threshold, recall, num_perm)
    least = choose_screen(threshold, recall, num_perm)
    equal = np.random.default_rng(3).random((200_000, num_perm)) < threshold
    banded = equal[:, : bands * rows].reshape(-1, bands, rows).all(axis=2).any(axis=1)
    assert (banded & (equal.sum(axis=1) >= least)).mean() >= recall - 3e-4
    assert least > 0.7 * threshold * num_perm


def naive_candidates(signatures, bands, rows, least):
    pairs = []
    for i in range(len(signatures)):
        for j in range(i + 1, len(signatures)):
            equal = signatures[i] == signatures[j]
            in_band = equal[: bands * rows].reshape(bands, rows).all(axis=1).any()
            if in_band and equal.sum() >= least:
                pairs.append([i, j])
    return pairs


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 40), st.integers(1, 6), st.integers(1, 4), st.integers(0, 3), st.integers(0, 9))
def test_candidates_are_those_of_the_definition_with_num_perm_not_divisible(count, values, bands, rows, rest, seed):
    num_perm = bands * rows + rest
    signatures = np.random.default_rng(seed).integers(0, values, (count, num_perm)).astype(np.uint32)
    identities = np.arange(2 * count, dtype=np.uint64).reshape(-1, 2)
    least = num_perm // 2
    pairs, matches, _ = _core.candidates(signatures, identities, np.arange(count, dtype=np.uint32), (bands, rows, least, 1000), 1)
    assert pairs.tolist() == naive_candidates(signatures, bands, rows, least)
    assert matches.tolist() == [(signatures[i] == signatures[j]).sum() for i, j in pairs]


def planted(count, seed):
    generator = np.random.default_rng(seed)
    base = generator.integers(0, 2**32, (count // 4, 128), np.uint64).astype(np.uint32)
    signatures = np.repeat(base, 4, axis=0)
    changed = generator.random(signatures.shape) < 0.1
    signatures[changed] = generator.integers(0, 2**32, changed.sum(), np.uint64).astype(np.uint32)
    return signatures, generator.integers(0, 2**63, (len(signatures), 2)).astype(np.uint64)


def test_order_of_rows_and_threads_change_nothing():
    signatures, identities = planted(4_000, 1)
    everything = np.arange(len(signatures), dtype=np.uint32)
    want = candidates(signatures, identities, everything, Config(threads=1))
    assert len(want.pairs) > 0.95 * 6_000
    assert (candidates(signatures, identities, everything, Config(threads=3)).pairs == want.pairs).all()
    order = np.random.default_rng(2).permutation(len(signatures))
    shuffled = candidates(signatures[order], identities[order], everything, Config())
    assert {frozenset(pair) for pair in order[shuffled.pairs].tolist()} == {frozenset(pair) for pair in want.pairs.tolist()}


def test_only_active_rows_are_paired():
    signatures = np.ones((6, 128), np.uint32)
    identities = np.arange(12, dtype=np.uint64).reshape(-1, 2)
    assert candidates(signatures, identities, np.array([1, 4], np.uint32), Config()).pairs.tolist() == [[1, 4]]


def test_hot_buckets_are_bounded_reported_and_keep_the_members_linked():
    count = 3_000
    signatures = np.random.default_rng(4).integers(0, 2**32, (count, 128), np.uint64).astype(np.uint32)
    signatures[:, :110] = np.arange(110)
    identities = np.random.default_rng(5).integers(0, 2**63, (count, 2)).astype(np.uint64)
    everything = np.arange(count, dtype=np.uint32)
    found = candidates(signatures, identities, everything, Config(max_bucket=100))
    assert found.hot_buckets == 22
    assert found.skipped_pairs > 22 * (count * (count - 1) // 2 - 4 * count) - 1
    assert len(found.pairs) <= 22 * 4 * count
    assert set(_core.components(count, found.pairs)) == {0}
    order = np.random.default_rng(6).permutation(count)
    shuffled = candidates(signatures[order], identities[order], everything, Config(max_bucket=100, threads=2))
    assert {frozenset(pair) for pair in order[shuffled.pairs].tolist()} == {frozenset(pair) for pair in found.pairs.tolist()}


def test_no_rows_have_no_candidates():
    found = candidates(np.zeros((0, 128), np.uint32), np.zeros((0, 2), np.uint64), np.zeros(0, np.uint32), Config())
    assert found.pairs.shape == (0, 2)
