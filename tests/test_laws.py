"""The laws of the whole flow."""

import itertools
import json
import random
from pathlib import Path
from typing import Any

import naive
import pytest
from conftest import article
from hypothesis import given, settings
from hypothesis import strategies as st

import dedup
from dedup.config import Config
from dedup.pipeline import run_reads
from dedup.readers import read, read_rows
from dedup.spool import Spool


def edited(seed: int, changes: int, rng: random.Random) -> str:
    words = article(seed).split(" ")
    for _ in range(changes):
        words[rng.randrange(len(words))] = f"बदल{rng.randrange(1000)}"
    return " ".join(words)


def make(seed: int, count: int = 60) -> list[dict[str, Any]]:
    """Rows with families of edited, truncated and equal copies, some without ids, some empty."""
    rng = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        text = edited(number % 20, rng.choice([0, 0, 1, 2, 5, 30]), rng)
        row = {"text": text, "published": f"2024-03-{rng.randrange(1, 28):02}", "title": f"शीर्षक {number % 20}"}
        rows.append(row | {"id": f"n{number:03}"})
    return [*rows, {"id": "empty", "text": " "}]


def outcome(result: dedup.Result) -> dict[str, tuple[Any, ...]]:
    names = ("keep", "reason", "cluster_id", "cluster_size", "dup_of", "similarity", "via", "event_id", "text")
    return {row["id"]: tuple(row[name] for name in names) for row in result.documents.to_pylist()}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["longest", "newest", "oldest"]))
def test_the_order_of_rows_changes_nothing(seed: int, keep: str) -> None:
    rows = make(seed)
    first = dedup.run(rows, keep=keep)
    random.Random(seed + 1).shuffle(rows)
    assert outcome(dedup.run(rows, keep=keep)) == outcome(first)


def test_threads_and_batch_size_change_nothing() -> None:
    rows = make(5, 200)
    whole = outcome(dedup.run(rows, threads=1))
    assert outcome(dedup.run(rows, threads=4)) == whole
    config = Config()
    small = itertools.chain.from_iterable(read_rows(rows[at : at + 7], config) for at in range(0, len(rows), 7))
    assert outcome(run_reads(small, config, Spool())) == whole


def test_a_spool_on_disk_changes_nothing(tmp_path: Path) -> None:
    rows, config = make(6, 100), Config()
    on_disk = run_reads(read_rows(rows, config), config, Spool(tmp_path / "articles.arrow"))
    assert outcome(on_disk) == outcome(dedup.run(rows))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_running_on_the_kept_removes_nothing_more(seed: int) -> None:
    kept = dedup.run(make(seed)).kept.select(["id", "text", "title", "published"])
    again = dedup.run(kept)
    assert len(again.removed) == 0 and again.kept["id"].to_pylist() == kept["id"].to_pylist()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_every_removed_document_is_joined_by_verified_pairs(seed: int) -> None:
    result = dedup.run(make(seed))
    rows = {row["id"]: row for row in result.documents.to_pylist()}
    for row in result.removed.to_pylist():
        assert rows[row["dup_of"]]["keep"]
        assert row["cluster_id"] == rows[row["dup_of"]]["cluster_id"]
        linked = rows[row["via"]] if row["via"] else rows[row["dup_of"]]
        assert naive.jaccard(naive.shingles(row["text"]), naive.shingles(linked["text"])) >= 0.8
        assert bool(row["via"]) == (row["similarity"] < 0.8)
        assert row["event_id"] == rows[row["dup_of"]]["event_id"]


def test_nothing_is_lost() -> None:
    rows: list[Any] = [*make(9), {"no": "text"}, 5, {"text": ""}]
    result = dedup.run(rows)
    assert len(result.kept) + len(result.removed) + len(result.rejected) == len(rows)
    assert result.summary["counts"]["read"] == len(rows)
    assert all(row.cause for row in result.rejected) and all(row["reason"] for row in result.removed.to_pylist())


def test_the_order_of_files_changes_no_byte_of_the_output(tmp_path: Path) -> None:
    """Files are read in name order, however they are given."""
    from dedup.readers import expand
    from dedup.writers import write

    paths = []
    for number, seed in enumerate((1, 2, 3)):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("".join(json.dumps(row | {"id": f"{number}-{row['id']}"}) + "\n" for row in make(seed)))
        paths.append(path)
    written = []
    for order in (paths, paths[::-1]):
        folder = tmp_path / f"out{len(written)}"
        folder.mkdir()
        files, _, _ = expand(order)
        write(run_reads(read(files, Config()), Config(), Spool()), folder)
        written.append({name: (folder / f"{name}.jsonl").read_bytes() for name in ("kept", "removed", "rejected", "clusters", "events")})
    assert written[0] == written[1]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("कखग मशेयर करें।\n:-[]()0ABC \u200d"), max_size=300))
def test_stripping_twice_is_stripping_once(text: str) -> None:
    once = dedup.strip(text=text)
    assert dedup.strip(text=once.text).text == once.text


@pytest.mark.parametrize("rows", [[], [{"text": ""}], ["x"], ["x", "x"]])
def test_very_small_dumps_run_through(rows: list[Any]) -> None:
    result = dedup.run(rows)
    assert len(result.kept) + len(result.removed) + len(result.rejected) == len(rows)
    assert "<table>" in result._repr_html_()
