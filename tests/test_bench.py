import itertools
import random
import sys
import types

import naive
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import bench
from dedup.bench import corpus, engines, quality, speed

SETS = st.lists(st.sets(st.integers(0, 12), max_size=8), max_size=12)


@given(SETS, st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_the_prefix_filter_finds_what_brute_force_finds(sets, threshold):
    assert quality.all_near_pairs(sets, threshold) == naive.near_pairs(sets, threshold)


@given(st.integers(1, 20), st.data())
def test_clusters_are_connected_components(rows, data):
    row = st.integers(0, rows - 1)
    pairs = data.draw(st.sets(st.tuples(row, row)))
    labels, wanted = quality.clusters(rows, pairs), naive.components(rows, pairs)
    assert len(set(zip(labels, wanted, strict=True))) == len(set(labels)) == len(set(wanted))


def test_the_adjusted_rand_index():
    assert quality.adjusted_rand([0, 0, 1, 1], [5, 5, 7, 7]) == 1
    assert quality.adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    assert quality.adjusted_rand([0, 1, 2], [0, 1, 2]) == 1
    assert quality.adjusted_rand([0, 0, 0, 1], [0, 0, 1, 1]) == 0


def test_scores_of_pairs():
    wanted = {(0, 1), (2, 3)}
    assert quality.scores(5, wanted, wanted) == {"precision": 1, "recall": 1, "ari": 1}
    half = quality.scores(5, {(0, 1), (0, 4)}, wanted)
    assert (half["precision"], half["recall"]) == (0.5, 0.5)


@pytest.mark.parametrize("jaccard", [0.0, 0.2, 0.5, 0.95, 1.0])
def test_pairs_have_the_similarity_that_they_are_made_for(jaccard):
    left, right = (naive.shingles(text) for text in speed.pair(jaccard, 300, 1))
    assert len(left) == len(right) == 300
    assert abs(naive.jaccard(left, right) - jaccard) < 0.005


def test_made_up_text_is_the_same_every_time_and_has_near_duplicates():
    texts = list(itertools.islice(corpus.planted(corpus.synthetic("hi")), 200))
    assert texts == list(itertools.islice(corpus.planted(corpus.synthetic("hi")), 200))
    near = quality.all_near_pairs(quality.word_sets(texts, bench.plain_words), 0.8)
    assert 20 < len(near) < 400
    assert len(set(texts)) < len(texts)


def test_recombined_text_is_made_of_the_words_of_the_collection():
    texts = ["एक दो तीन। चार पाँच छह।", "सात आठ।"]
    words = set(" ".join(texts).split())
    for document in itertools.islice(corpus.recombined(texts), 50):
        assert document
        assert {word for sentence in document for word in sentence} <= words


def test_the_core_passes_its_own_questions():
    for language in ("hi", "en"):
        assert speed.wrong_answers(engines.load("own"), language) == []


def made_engine(name, sign):
    engine = types.ModuleType(name)
    engine.HOW = name
    engine.sign = sign
    engine.similarity = lambda signed, left, right: signed[left] == signed[right]
    engine.near = lambda texts, language, threshold: set()
    return engine


def test_a_tool_that_answers_wrongly_or_fails_is_named_and_not_timed(monkeypatch):
    def fail(*_):
        raise RuntimeError("no luck")

    made = {
        "own": engines.load("own"),
        "guess": made_engine("guess", lambda texts, *_: [0] * len(texts)),
        "broken": made_engine("broken", fail),
    }
    monkeypatch.setattr(engines, "NAMES", (*made, "nowhere"))
    monkeypatch.setattr(engines, "load", made.get)
    found = bench.run(seconds=0.02, documents=50)
    assert set(found["engines"]) == {"own"}
    assert found["absent"] == ["nowhere"]
    assert found["wrong"]["guess"][0].startswith("estimates 1.000 for a similarity of 0.0")
    assert found["wrong"]["broken"] == ["fails: RuntimeError('no luck')"] * 2


def test_the_table_names_what_is_absent_and_what_was_found(monkeypatch, capsys):
    monkeypatch.setattr(engines, "NAMES", ("own", "nowhere"))
    monkeypatch.setattr(engines, "load", lambda name: sys.modules["dedup.bench.engines.own"] if name == "own" else None)
    found = bench.main(seconds=0.02, documents=60)
    own = found["engines"]["own"]
    for language in ("hi", "en"):
        assert own[f"{language} precision"] == own[f"{language} recall"] == own[f"{language} ari"] == 1
        assert own[f"{language} MB/s"] > 1
    shown = capsys.readouterr().out
    assert "pip install nowhere" in shown
    assert "Hindi MB/s" in shown


def test_errors_are_those_of_theory():
    found = quality.errors(engines.load("own"), 100, 0.8, 100)
    assert abs(found["bias"]) < 4 * found["theory"] / 100**0.5
    assert 0.7 * found["theory"] < found["rmse"] < 1.4 * found["theory"]


def test_estimates_have_no_bias_at_any_size():
    own = engines.load("own")
    for shingles in (1, 2, 10, 1000):
        found = quality.errors(own, shingles, 0.5, 60)
        assert abs(found["bias"]) <= 5 * found["theory"] / 60**0.5


def test_pairs_of_bands():
    rows = [b"aabb", b"aacc", b"ddcc", b"eeff"]
    assert engines.pairs_of_bands(rows, 2, 2) == {(0, 1), (1, 2)}


def test_word_ngrams_of_short_and_empty_texts():
    assert engines.word_ngrams("") == []
    assert engines.word_ngrams("A b") == ["a b"]
    assert engines.word_ngrams("a b c d e f") == ["a b c d e", "b c d e f"]


@pytest.mark.parametrize("name", [name for name in engines.NAMES if name != "own"])
def test_peers_that_are_installed_answer_rightly(name):
    engine = engines.load(name)
    if engine is None:
        pytest.skip(f"{engines.distribution(name)} is not installed")
    assert speed.wrong_answers(engine, "hi") == []
    texts = speed.sample("hi", 0.05)
    random.Random(1).shuffle(texts)
    pairs = engine.near(texts, "hi", 0.8)
    assert all(i < j for i, j in pairs)
    exact = {(i, j) for i, j in itertools.combinations(range(len(texts)), 2) if texts[i] == texts[j]}
    assert exact <= pairs
