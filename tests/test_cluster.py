import datetime

import naive
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.cluster import keep_one, near_duplicates
from dedup.config import Config
from dedup.errors import ConfigError


def article(seed, words=120):
    generator = np.random.default_rng(seed)
    return [f"शब्द{number}" for number in generator.integers(0, 5_000, words)]


def edited(words, seed, edits):
    generator = np.random.default_rng(seed)
    words = list(words)
    for at in generator.choice(len(words), edits, replace=False):
        words[at] = f"बदला{seed}"
    return words


def collection(count=60):
    texts = []
    for seed in range(count):
        words = article(seed, 40 + seed)
        texts.append(" ".join(words))
        texts += [" ".join(edited(words, 1_000 + 10 * seed + copy, copy)) for copy in range(seed % 4)]
        texts += [" ".join(words).replace(" ", "  ") + "।"] * (seed % 3 == 0)
    return texts


def partition(labels):
    groups = {}
    for row, label in enumerate(np.asarray(labels).tolist()):
        groups.setdefault(label, set()).add(row)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8, 0.95, 1.0])
def test_clusters_are_those_of_brute_force(threshold):
    texts = [*collection(), "", "", " । ", "एक", "एक", "दो"]
    sets = [naive.shingles(text) for text in texts]
    want = naive.near_pairs(sets, threshold)
    near = near_duplicates(texts, Config(threshold=threshold))
    assert near.labels.tolist() == naive.components(len(texts), want)
    assert {tuple(edge) for edge in near.edges.tolist()} <= want
    for (i, j), jaccard, containment in zip(near.edges.tolist(), near.jaccard, near.containment, strict=True):
        assert jaccard == np.float32(naive.jaccard(sets[i], sets[j]))
        assert containment == np.float32(len(sets[i] & sets[j]) / min(len(sets[i]), len(sets[j])))
    firsts = {(int(near.identical[i]), int(near.identical[j])) for i, j in want} - {(row, row) for row in range(len(texts))}
    assert {tuple(sorted(pair)) for pair in firsts} <= {tuple(edge) for edge in near.edges.tolist()}


def test_threshold_0_makes_one_cluster_of_all_texts_with_a_word():
    near = near_duplicates(["क ख", "x y", "", "z", "x y"], Config(threshold=0.0))
    assert near.labels.tolist() == [0, 0, 2, 0, 0]
    assert near.edges.tolist() == [[0, 1], [0, 3], [1, 4]]
    assert near.jaccard.tolist() == [0, 0, 1]


def test_threshold_1_joins_equal_sets_of_shingles_only():
    near = near_duplicates(["a b a b a b", "a b a b a b a", "A, b a b a b", "a b a b", "a b a b a c"], Config(threshold=1.0))
    assert near.labels.tolist() == [0, 0, 0, 3, 4]
    assert near.identical.tolist() == [0, 1, 0, 3, 4]
    assert near.jaccard.tolist() == [1.0, 1.0]


def test_a_threshold_that_bands_cannot_serve_is_refused_before_work():
    with pytest.raises(ConfigError, match="num_perm 688"):
        near_duplicates(["a"], Config(threshold=0.01))


def test_a_text_without_words_is_a_duplicate_of_nothing():
    texts = ["", "", "।", "।", "❤", "एक"]
    near = near_duplicates(texts)
    assert near.labels.tolist() == list(range(6))
    assert keep_one(near, texts, list("abcdef")).keep.all()


def test_one_word_texts_are_near_only_when_equal():
    assert near_duplicates(["खबर", "आज", "खबर", "खबरें"], Config(threshold=0.1, num_perm=256)).labels.tolist() == [0, 1, 0, 3]


def test_no_texts():
    near = near_duplicates([])
    assert len(near.labels) == len(near.edges) == 0
    assert len(keep_one(near, [], []).keep) == 0


def test_texts_in_pieces_are_one_column():
    texts = collection(12)
    want = near_duplicates(texts)
    pieces = near_duplicates(pa.chunked_array([texts[:5], [], texts[5:6], texts[6:]]))
    assert (pieces.labels == want.labels).all()
    assert (pieces.edges == want.edges).all()
    assert len(near_duplicates(pa.chunked_array([], pa.string())).labels) == 0


def test_num_perm_not_divisible_by_the_rows_and_very_few_permutations():
    texts = collection(20)
    want = near_duplicates(texts).labels
    assert (near_duplicates(texts, Config(num_perm=131)).labels == want).all()
    assert near_duplicates(["a b", "a b", "c"], Config(num_perm=1, threshold=1.0)).labels.tolist() == [0, 0, 2]


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 3), st.sampled_from(["longest", "newest", "oldest"]))
def test_order_of_rows_and_threads_change_no_decision(random, threads, keep):
    texts = collection(24)
    ids = [f"id{number:03}" for number in range(len(texts))]
    dates = [None if number % 5 == 0 else number * 7 % 11 for number in range(len(texts))]
    order = list(range(len(texts)))
    random.shuffle(order)

    def decide(order, threads):
        config = Config(threads=threads, keep=keep, max_bucket=3)
        chosen = [texts[row] for row in order]
        near = near_duplicates(chosen, config)
        kept = keep_one(near, chosen, [ids[row] for row in order], config, dates=[dates[row] for row in order])
        names = np.array([ids[row] for row in order])
        clusters = {frozenset(names[list(group)]) for group in partition(near.labels)}
        target = np.where(kept.keep, "", names[kept.dup_of])
        via = np.where(kept.via < 0, "", names[kept.via])
        columns = zip(names.tolist(), target.tolist(), via.tolist(), kept.similarity.tolist(), kept.reason.to_pylist(), strict=True)
        return clusters, sorted(map(str, columns))

    assert decide(order, threads) == decide(list(range(len(texts))), 1)


def chain():
    """Four texts, each near the next only."""
    words = article(7, 60)
    return [" ".join(words[at : at + 50]) for at in (0, 4, 8, 12)][:3]


def test_the_kept_row_and_its_duplicates():
    texts = ["क ख ग घ च छ ज झ ट ठ ड ढ", "क ख ग घ च छ ज झ ट ठ ड ढ।।", "क ख ग घ च छ ज झ ट ठ ड", "और"]
    near = near_duplicates(texts)
    kept = keep_one(near, texts, ["d", "c", "b", "a"])
    assert kept.keep.tolist() == [False, True, False, True]
    assert kept.dup_of.tolist() == [1, -1, 1, -1]
    assert kept.reason.to_pylist() == ["exact", None, "near", None]
    assert kept.similarity.tolist()[::2] == [1.0, np.float32(7 / 8)]
    assert np.isnan(kept.similarity[[1, 3]]).all()
    assert kept.via.tolist() == [-1, -1, -1, -1]


@pytest.mark.parametrize(("keep", "kept_row"), [("longest", 2), ("first", 0), ("newest", 3), ("oldest", 1)])
def test_the_policies(keep, kept_row):
    words = article(3)
    texts = [" ".join(words), " ".join(words) + " अ", " ".join(words) + " लंबा", " ".join(words) + " आ", " ".join(words)]
    day = datetime.date(2024, 5, 1)
    dates = pa.array([None, day, day + datetime.timedelta(1), day + datetime.timedelta(2), None])
    near = near_duplicates(texts)
    kept = keep_one(near, texts, list("abcde"), Config(keep=keep), dates=dates)
    assert np.flatnonzero(kept.keep).tolist() == [kept_row]


@pytest.mark.parametrize("keep", ["longest", "newest", "oldest"])
def test_ties_go_to_the_smallest_id(keep):
    texts = ["एक ही खबर"] * 4
    near = near_duplicates(texts)
    assert keep_one(near, texts, ["d", "b", "a", "c"], Config(keep=keep)).keep.tolist() == [False, False, True, False]


def test_lengths_may_be_given():
    texts = ["एक ही खबर।।।", "एक ही खबर"]
    near = near_duplicates(texts)
    assert keep_one(near, texts, ["a", "b"], lengths=[1, 2]).keep.tolist() == [False, True]


def test_a_link_through_another_text_is_named():
    texts = chain()
    sets = [naive.shingles(text) for text in texts]
    near = near_duplicates(texts)
    assert set(near.labels.tolist()) == {0}
    kept = keep_one(near, texts, ["a", "b", "c"], Config(keep="first"))
    assert naive.jaccard(sets[0], sets[2]) < 0.8
    assert kept.dup_of.tolist() == [-1, 0, 0]
    assert kept.via.tolist() == [-1, -1, 1]
    assert kept.similarity[2] == np.float32(naive.jaccard(sets[0], sets[2]))


def test_the_kept_texts_hold_no_more_duplicates():
    texts = collection()
    ids = [str(row) for row in range(len(texts))]
    for max_bucket in (2, 1000):
        config = Config(max_bucket=max_bucket)
        kept = keep_one(near_duplicates(texts, config), texts, ids, config)
        left = [text for text, keep in zip(texts, kept.keep, strict=True) if keep]
        again = near_duplicates(left, config)
        assert keep_one(again, left, [str(row) for row in range(len(left))], config).keep.all()


def test_a_giant_cluster_is_reported_and_falls_into_stars():
    words = article(11, 400)
    texts = [" ".join(words[at : at + 60]) for at in range(0, 300, 5)]
    ids = [f"{row:02}" for row in range(len(texts))]
    config = Config(max_bucket=8, keep="first")
    near = near_duplicates(texts, config)
    assert near.giant_clusters == 1
    kept = keep_one(near, texts, ids, config)
    assert kept.keep.sum() > 1
    assert (kept.via == -1).all()
    assert (kept.similarity[~kept.keep] >= np.float32(0.8)).all()
    assert near_duplicates(texts).giant_clusters == 0
    assert keep_one(near_duplicates(texts), texts, ids).keep.sum() == 1


def test_ten_million_identical_documents_cost_little():
    count = 10_000_000
    text = "आज की बड़ी खबर यह है कि मौसम साफ रहेगा".encode()
    offsets = pa.py_buffer(np.arange(count + 1, dtype=np.int64) * len(text))
    texts = pa.LargeStringArray.from_buffers(count, offsets, pa.py_buffer(text * count))
    near = near_duplicates(texts)
    assert not near.labels.any()
    assert len(near.edges) == count - 1
    assert (near.candidates, near.hot_buckets) == (0, 0)


def test_many_texts_that_differ_in_a_number_stay_linear_and_become_one_cluster():
    words = " ".join(article(5, 200))
    texts = [f"{number} {words}" for number in range(20_000)]
    near = near_duplicates(texts)
    assert set(near.labels.tolist()) == {0}
    assert near.hot_buckets > 0
    assert near.skipped_pairs > 0
    assert near.giant_clusters == 1
    assert near.candidates < 100 * len(texts)
    kept = keep_one(near, texts, [str(row) for row in range(len(texts))])
    assert kept.keep.sum() == 1
    assert (kept.similarity[~kept.keep] >= np.float32(0.8)).all()


def test_random_bytes_and_a_document_of_50_megabytes_pass_through():
    noise = np.random.default_rng(1).integers(0, 256, 300_000, np.uint8).tobytes().decode("utf-8", "replace")
    long = " ".join(f"w{number}" for number in range(6_500_000))
    assert len(long) >= 50_000_000
    near = near_duplicates([noise, long, noise + " x", long + " x", ""])
    assert near.labels.tolist() == [0, 1, 0, 1, 4]


@settings(deadline=None)
@given(st.integers(1, 30), st.data())
def test_components_equal_the_oracle(rows, data):
    row = st.integers(0, rows - 1)
    edges = data.draw(st.lists(st.tuples(row, row), max_size=40))
    labels = _core.components(rows, np.array(edges, np.uint32).reshape(-1, 2))
    assert labels.tolist() == naive.components(rows, set(edges))


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match="row 3 of 2"):
        _core.components(2, np.array([[0, 3]], np.uint32))
    with pytest.raises(ValueError, match="permutation"):
        _core.keepers(np.array([0, 0], np.uint32), np.zeros((0, 2), np.uint32), 2)
    with pytest.raises(ValueError, match="two columns"):
        _core.components(2, np.zeros((1, 3), np.uint32))
