"""Rows from the libraries that people hold them in."""

import functools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import article

import dedup
import dedup.readers
from dedup.pipeline import run_reads
from dedup.pipes import near_reads
from dedup.spool import Spool
from dedup.writers.jsonl import merged

ROWS = [{"id": str(seed), "text": article(seed), "outlet": f"o{seed}"} for seed in range(3)] + [
    {"id": "copy", "text": article(1), "outlet": "o9"}
]


def outcome(rows: Any) -> list[tuple[str, bool, str]]:
    return [(row["id"], row["keep"], row["extra"]) for row in dedup.run(rows).documents.to_pylist()]


def test_polars_frames_are_rows() -> None:
    polars = pytest.importorskip("polars")
    assert outcome(polars.DataFrame(ROWS)) == outcome(ROWS)


def test_pandas_frames_are_rows() -> None:
    pandas = pytest.importorskip("pandas")
    assert outcome(pandas.DataFrame(ROWS)) == outcome(ROWS)


def test_duckdb_relations_are_rows() -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.register("rows", __import__("pyarrow").Table.from_pylist(ROWS))
    assert outcome(connection.sql("select * from rows")) == outcome(ROWS)


def test_results_show_themselves_in_a_notebook() -> None:
    result = dedup.run(ROWS)
    assert "<table>" in result._repr_html_() and ">3<" in result._repr_html_()
    assert "<table>" in dedup.events(ROWS)._repr_html_()


def test_events_of_rows() -> None:
    events = dedup.events(ROWS)
    assert sorted(event.members for event in events) == [("0",), ("1", "copy"), ("2",)]
    assert all(event.id == min(event.members) for event in events)


def test_the_sources_of_an_event_are_sites_or_hosts() -> None:
    rows = [row | {"url": f"https://www.{place}.example/1"} for row, place in zip(ROWS[:2], ("one", "two"), strict=True)]
    assert {source for event in dedup.events(rows) for source in event.sources} == {"one.example", "two.example"}


def test_an_event_begins_with_its_earliest_copy() -> None:
    text = article(1)
    rows = [{"id": "a", "text": text, "published": "2024-03-01"}, {"id": "b", "text": text + " और", "published": "2024-03-03"}]
    (event,) = dedup.events(rows)
    assert (event.id, event.members, event.first, event.last) == ("a", ("a", "b"), "2024-03-01", "2024-03-03")


def test_a_field_that_the_usual_names_do_not_cover_is_named() -> None:
    result = dedup.run([{"story": article(1)}], fields=dedup.Fields(text=("story",)))
    assert len(result.kept) == 1


@pytest.mark.parametrize("nothing", ["", [], [""]])
def test_an_empty_field_gives_way_to_another_name(tmp_path: Path, nothing: Any) -> None:
    row = {"text": article(1), "tags": nothing, "keywords": ["नदी", "पुल"], "author": nothing, "byline": "A. B."}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    of_file = dedup.readers.read([str(tmp_path / "rows.jsonl")], dedup.Config())
    for result in (dedup.run([row]), run_reads(of_file, dedup.Config(), Spool())):
        (kept,) = result.kept.to_pylist()
        assert (kept["tags"], kept["author"]) == ("नदी, पुल", "A. B.")


def test_what_rows_say_of_themselves_wins_and_what_cannot_serve_is_not_lost(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "text": article(1),
        "site": "एक",
        "author": {"name": "क"},
        "authors": ["ख", "ग"],
        "modified": "2024-03-02",
        "published": "soon",
        "subtitle": "घ",
        "keywords": ["ङ", "च"],
    }
    (tmp_path / "dump.jsonl").write_text(json.dumps(row | {"updated": "later"}), encoding="utf-8")
    read = functools.partial(dedup.readers.read, [str(tmp_path / "dump.jsonl")], dedup.Config())
    for result in (dedup.run([row | {"updated": "later"}]), run_reads(read(), dedup.Config(), Spool())):
        (found,) = result.kept.to_pylist()
        # What says only when it was updated was published no later.
        assert (found["site"], found["author"], found["modified"], found["published"]) == ("एक", "ख, ग", "2024-03-02", "2024-03-02")
        assert (found["subtitle"], found["tags"]) == ("घ", "ङ, च")
        assert json.loads(found["extra"]) == {"author": {"name": "क"}, "updated": "later", "published_given": "soon"}
    (out,) = [row for rows, _ in near_reads(read(), replace(dedup.Config(), strip="off", events=False)) for row in rows]
    assert merged(out)["author"] == "ख, ग" and merged(out)["given"] == {"author": {"name": "क"}}
    (unread,) = dedup.run([{"text": article(1), "modified": "later"}]).kept.to_pylist()
    assert unread["modified"] == "" and json.loads(unread["extra"]) == {"modified_given": "later"}


def test_a_headline_alone_is_a_text_where_texts_are_taken_as_they_stand() -> None:
    titles = ["सूरजपुर में नदी पर नया पुल खुला", "सूरजपुर: नदी पर नया पुल सोमवार को खुला", "धान की सरकारी खरीद अगले महीने से"]
    rows = [{"id": str(at), "title": title, "published": "2024-03-01"} for at, title in enumerate(titles)]
    found = dedup.events(rows)
    assert sorted(event.members for event in found) == [("0", "1"), ("2",)] and found.rejected == []
    assert len(dedup.run(rows).rejected) == 3  # a job that strips wants articles
    assert [row.cause for row in dedup.events([{"id": "x", "title": ""}, {"id": "y"}]).rejected]


def test_an_unknown_setting_suggests_the_nearest_name() -> None:
    with pytest.raises(dedup.ConfigError, match="did you mean 'threshold'"):
        dedup.run(ROWS, thresold=0.7)


def test_rows_of_floats_and_bytes_do_not_end_the_run() -> None:
    rows = [{"id": float("nan"), "text": article(1), "x": float("nan")}, {"id": b"\xff", "text": article(2)}, {"text": article(3)}]
    result = dedup.run(rows)
    assert len(result.kept) == 2 and len(result.rejected) == 1 and "bytes" in result.rejected[0].cause


def test_ids_stay_unique_beside_given_ones() -> None:
    import xxhash

    text = article(4)
    derived = xxhash.xxh3_128_hexdigest(text.encode())
    result = dedup.run([{"text": text}, {"id": derived, "text": article(5)}, {"id": f"{derived}-2", "text": article(6)}])
    assert sorted(result.documents["id"].to_pylist()) == sorted([derived, f"{derived}-2", f"{derived}-3"])


def test_each_star_of_a_giant_cluster_is_a_cluster() -> None:
    words = article(1, 400).split()
    rows = [{"id": f"d{step}", "text": " ".join(words[10 * step : 10 * step + 200])} for step in range(8)]
    result = dedup.near_duplicates(rows, max_bucket=3, threshold=0.85)
    for cluster in result.clusters:
        kept = [row["id"] for row in result.documents.to_pylist() if row["cluster_id"] == cluster.id and row["keep"]]
        assert kept == [cluster.kept]


def test_near_duplicates_leave_the_texts_alone() -> None:
    text = article(5) + "\nये भी पढ़ें: कोई और खबर"
    result = dedup.near_duplicates([{"id": "a", "text": text}])
    assert result.kept["text"].to_pylist() == [text] and result.events == []
