"""The index on disk: the pairs of the batch pipeline in any order, updates, expiry, other processes, ways in and out."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import naive
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dedup
from dedup.cluster import near_duplicates
from dedup.config import Config
from dedup.errors import ArtefactError, ConfigError, InputError, OutputError
from dedup.index import Index


def words(seed: int, count: int = 120) -> list[str]:
    generator = np.random.default_rng(seed)
    return [f"शब्द{number}" for number in generator.integers(0, 5_000, count)]


def edited(seed: int, copy: int, edits: int) -> str:
    generator = np.random.default_rng(copy + 1_000)
    text = words(seed, 40 + seed)
    for at in generator.choice(len(text), min(edits, len(text)), replace=False):
        text[at] = f"बदला{copy}"
    return " ".join(text)


def collection(count: int = 40) -> list[str]:
    texts = ["", "।", "एक", "एक"]
    for seed in range(count):
        texts += [edited(seed, 10 * seed + copy, copy) for copy in range(1 + seed % 4)]
        texts += [edited(seed, 0, 0) + "।"] * (seed % 3 == 0)
    return texts


def batch_pairs(texts: list[str], config: Config) -> set[tuple[int, int]]:
    """All pairs that the batch pipeline links, those of identical texts and of their links among them."""
    near = near_duplicates(texts, config)
    groups: dict[int, list[int]] = {}
    for row, first in enumerate(near.identical.tolist()):
        groups.setdefault(first, []).append(row)
    pairs = {(i, j) for members in groups.values() for i in members for j in members if i < j}
    for left, right in near.edges.tolist():
        if near.identical[left] != near.identical[right]:
            pairs |= {(min(i, j), max(i, j)) for i in groups[near.identical[left]] for j in groups[near.identical[right]]}
    return pairs


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.sampled_from([0.5, 0.8, 1.0]), st.integers(1, 60), st.booleans())
def test_the_pairs_are_those_of_the_batch_pipeline_in_any_order(tmp_path_factory, random, threshold, step, reopen):
    texts = collection()
    config = Config(threshold=threshold)
    order = list(range(len(texts)))
    random.shuffle(order)
    found: set[tuple[int, int]] = set()
    path = tmp_path_factory.mktemp("index")
    index = Index.open(path, config)
    for start in range(0, len(order), step):
        rows = order[start : start + step]
        for row in rows:
            found |= {(min(row, int(match.id)), max(row, int(match.id))) for match in index.matches(texts[row])}
        index.add_many([(str(row), texts[row]) for row in rows])
        found |= {
            (min(row, int(match.id)), max(row, int(match.id)))
            for row in rows
            for match in index.matches(texts[row])
            if int(match.id) in rows and int(match.id) != row
        }
        if reopen:
            index.close()
            index = Index.open(path, config)
    assert found == batch_pairs(texts, config)
    index.compact()
    again = {
        (min(row, int(match.id)), max(row, int(match.id))) for row in order for match in index.matches(texts[row]) if int(match.id) != row
    }
    assert again == found
    assert index.verify()["documents"] == len(texts)
    index.close()


def test_similarities_are_exact_and_the_best_comes_first(tmp_path):
    texts = collection()
    sets = [naive.shingles(text) for text in texts]
    with Index.open(tmp_path / "index") as index:
        index.add_many([(str(row), text) for row, text in enumerate(texts)])
        for row, text in enumerate(texts):
            matches = index.matches(text)
            assert [match.similarity for match in matches] == [naive.jaccard(sets[row], sets[int(match.id)]) for match in matches]
            assert all(not match.estimated and match.similarity >= 0.8 for match in matches)
            assert [match.similarity for match in matches] == sorted((match.similarity for match in matches), reverse=True)
            best = index.check(text)
            assert (best is None) == (not matches)
            if best is not None:
                assert (best.similarity, best.kind) == (matches[0].similarity, matches[0].kind)
                assert best.kind == "exact"


def test_one_batch_is_taken_in_order(tmp_path):
    one, other = edited(90, 1, 0), edited(90, 2, 2)
    with Index.open(tmp_path / "index") as index:
        first, second, third = index.check_and_add_many([("a", one), ("b", other), ("c", one)])
        assert first is None
        assert second is not None and (second.id, second.kind) == ("a", "near")
        assert third is not None and (third.id, third.kind, third.similarity) == ("a", "exact", 1.0)
        assert len(index) == 3
        assert index.check_and_add_many([]) == []


def test_the_same_id_with_other_words_is_an_update_and_with_the_same_words_nothing(tmp_path):
    seen = datetime(2024, 5, 1, tzinfo=UTC)
    with Index.open(tmp_path / "index") as index:
        index.add("url", edited(90, 1, 0), seen=seen)
        (outcome,) = index.take([("url", edited(90, 2, 2))], seen=seen + timedelta(1))
        assert (outcome.status, outcome.match) == ("updated", None)
        (outcome,) = index.take([("url", edited(90, 2, 2) + " ।")])
        assert outcome.status == "unchanged"
        assert outcome.match is not None and (outcome.match.id, outcome.match.kind) == ("url", "exact")
        assert len(index) == 1
        found = index.check(edited(90, 2, 2))
        assert found is not None and found.first_seen == seen
        other = index.check_and_add("other", edited(90, 2, 2))
        assert other is not None and other.id == "url"


def test_a_text_without_words_is_held_and_duplicates_nothing(tmp_path):
    with Index.open(tmp_path / "index") as index:
        assert index.check_and_add_many([("a", ""), ("b", ""), ("c", "।")]) == [None] * 3
        assert index.take([("a", " ")])[0].status == "unchanged"
        assert len(index) == 3


def test_what_is_too_old_no_longer_counts(tmp_path):
    now = time.time()
    text = edited(90, 1, 0)
    with Index.open(tmp_path / "index", max_age=timedelta(hours=1)) as index:
        index.add("old", text, seen=now - 4_000)
        index.add("copy", text, seen=now - 3_000)
        found = index.check(edited(90, 2, 2))
        assert found is not None and (found.id, found.kind) == ("copy", "near")
        index.compact()
        assert len(index) == 1
        found = index.check(edited(90, 2, 2))
        assert found is not None and found.id == "copy"
    with Index.open(tmp_path / "index", max_age=1) as index:
        assert index.check(text) is None
        assert index.take([("copy", text)], seen=now)[0].status == "new"
    with pytest.raises(ConfigError, match="max_age"):
        Index.open(tmp_path / "index", max_age=0)


def test_removed_documents_are_gone(tmp_path):
    with Index.open(tmp_path / "index") as index:
        index.add_many([(str(seed), edited(seed, 0, 0)) for seed in range(30)])
        assert index.remove(["3", "7", "none"]) == 2
        assert index.remove("3") == 0
        assert index.check(edited(3, 0, 0)) is None
        before = index.info()
        index.compact()
        assert index.info()["log_bytes"] < before["log_bytes"]
        assert index.verify()["documents"] == len(index) == 28


def test_other_settings_are_refused_and_named(tmp_path):
    Index.open(tmp_path / "index", Config(threshold=0.7)).close()
    with pytest.raises(ArtefactError, match=r"threshold is 0\.8 here and 0\.7 there"):
        Index.open(tmp_path / "index", Config())
    with Index.open(tmp_path / "index") as index:
        assert index.config.threshold == 0.7
    Index.open(tmp_path / "index", Config(threshold=0.7, keep="first", threads=1)).close()
    with pytest.raises(ConfigError, match="threshold above 0"):
        Index.open(tmp_path / "other", Config(threshold=0.0))
    assert not (tmp_path / "other").exists()


def test_what_is_no_index_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("x")
    with pytest.raises(OutputError, match="not empty"):
        Index.open(tmp_path / "folder")
    with pytest.raises(ArtefactError, match="no file 'index'"):
        Index.open(tmp_path / "folder", read_only=True)
    with pytest.raises(ArtefactError, match="create it first"):
        Index.open(tmp_path / "absent", create=False)
    (tmp_path / "folder" / "index").write_text("something else")
    with pytest.raises(ArtefactError, match="not the manifest"):
        Index.open(tmp_path / "folder")
    (tmp_path / "folder" / "index").write_text("dedup index\nformat 99\n")
    with pytest.raises(ArtefactError, match='format "99"'):
        Index.open(tmp_path / "folder")
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["index", "notes.txt"]


def test_a_closed_index_says_so(tmp_path):
    index = Index.open(tmp_path / "index")
    index.close()
    index.close()
    with pytest.raises(ValueError, match="closed"):
        index.check("a")


def test_one_writes_and_others_read(tmp_path):
    path = tmp_path / "index"
    child = "import sys, dedup; index = dedup.Index.open(sys.argv[1], read_only=True)\nfor line in sys.stdin: print(index.check(line), flush=True)"
    with Index.open(path) as index:
        with pytest.raises(ArtefactError, match="reading only"):
            Index.open(path)
        line = [sys.executable, "-c", child, str(path)]
        with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as reader:
            assert reader.stdin is not None and reader.stdout is not None

            def ask(text: str) -> str:
                reader.stdin.write(text + "\n")
                reader.stdin.flush()
                return reader.stdout.readline()

            for seed in range(3):
                assert ask(edited(seed, 0, 0)) == "None\n"
                index.add(f"id{seed}", edited(seed, 0, 0))
                assert f"id='id{seed}'" in ask(edited(seed, 0, 0))
            index.compact()
            assert "id='id1'" in ask(edited(1, 0, 0))
            index.remove("id1")
            assert ask(edited(1, 0, 0)) == "None\n"
            other = Index.open(path, read_only=True)
            with pytest.raises(ArtefactError, match="reading only"):
                other.add("x", "y")
            reader.stdin.close()


def test_several_threads_take_turns(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    with Index.open(tmp_path / "index") as index, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda seed: index.check_and_add(str(seed), edited(seed, 0, 0)), range(60)))
        assert len(index) == 60
        assert all(pool.map(lambda seed: index.check(edited(seed, 0, 0)), range(60)))


def test_export_and_import_give_the_same_index(tmp_path):
    texts = collection(20)
    with Index.open(tmp_path / "one", Config(threshold=0.7)) as one, Index.open(tmp_path / "two", Config(threshold=0.6)) as two:
        one.add_many([(str(row), text) for row, text in enumerate(texts)], seen=1_700_000_000)
        one.remove("5")
        assert one.export(tmp_path / "index.parquet") == len(texts) - 1
        assert two.import_(tmp_path / "index.parquet") == len(texts) - 1
        assert two.import_(tmp_path / "index.parquet") == len(texts) - 1
        assert len(two) == len(one)
        for text in texts:
            wide = {(match.id, match.similarity, match.first_seen, match.kind) for match in two.matches(text) if match.similarity >= 0.7}
            assert wide == {(match.id, match.similarity, match.first_seen, match.kind) for match in one.matches(text)}
        two.verify()
    with Index.open(tmp_path / "three", Config(ngram=3)) as three, pytest.raises(ArtefactError, match="ngram is 3 here and 5 there"):
        three.import_(tmp_path / "index.parquet")
    with Index.open(tmp_path / "one") as one:
        pq.write_table(pq.read_table(tmp_path / "index.parquet").replace_schema_metadata(), tmp_path / "bare.parquet")
        with pytest.raises(ArtefactError, match="not exported"):
            one.import_(tmp_path / "bare.parquet")
        (tmp_path / "no.parquet").write_bytes(b"x" * 100)
        with pytest.raises(InputError, match="not a Parquet file"):
            one.import_(tmp_path / "no.parquet")
        with pytest.raises(InputError, match="no such file"):
            one.import_(tmp_path / "absent.parquet")


def test_a_page_that_comes_in_many_versions_stays_quick_to_check(tmp_path):
    body = " ".join(words(1, 200))
    with Index.open(tmp_path / "index", Config(max_bucket=50)) as index:
        for start in range(0, 20_000, 1_000):
            index.add_many([(str(number), f"{number} {body}") for number in range(start, start + 1_000)])
        for number in range(1_000):
            index.add_many([(f"copy{number}-{copy}", edited(3, 0, 0)) for copy in range(3)])
        found = index.check(f"x {body}")
        assert found is not None and found.similarity > 0.8
        assert len(index.matches(f"x {body}")) <= 50
        exact = index.check(edited(3, 0, 0))
        assert exact is not None and exact.kind == "exact"
        index.compact()
        assert index.info()["dropped_keys"] > 0
        assert index.check(f"x {body}") is not None
        index.verify()


def test_the_public_names(tmp_path):
    with dedup.Index.open(tmp_path / "index") as index:
        index.add("a", "एक दो तीन")
        found = index.check("एक दो तीन")
        assert isinstance(found, dedup.Match)
        assert repr(found).startswith("Match(id='a', similarity=1.0, kind='exact', first_seen=datetime.datetime(")


def test_no_machine_path_is_stored(tmp_path):
    Index.open(tmp_path / "index").close()
    assert str(tmp_path) not in Path(tmp_path / "index" / "index").read_text()


def test_what_is_no_document_is_refused_whole(tmp_path):
    with Index.open(tmp_path / "index") as index:
        with pytest.raises(TypeError, match=r"a document is \(id, text\), two strings, not \(7, "):
            index.add_many([("b", "text"), (7, "text")])
        assert len(index) == 0


@pytest.mark.parametrize("seen", [-1, float("nan"), 4e12])
def test_a_time_that_cannot_be_is_refused(tmp_path, seen):
    with Index.open(tmp_path / "index") as index:
        with pytest.raises(ValueError, match="seen is a date or seconds since 1970"):
            index.add("a", "एक दो तीन", seen=seen)
        assert len(index) == 0
    for max_age in (0, float("nan"), float("inf")):
        with pytest.raises(ConfigError, match="max_age is a positive time"):
            Index.open(tmp_path / "index", max_age=max_age)
