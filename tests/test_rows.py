"""Rows from the libraries that people hold them in."""

from typing import Any

import pytest
from conftest import article

import dedup

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
    assert all(event.id in event.members for event in events)


def test_near_duplicates_leave_the_texts_alone() -> None:
    text = article(5) + "\nये भी पढ़ें: कोई और खबर"
    result = dedup.near_duplicates([{"id": "a", "text": text}])
    assert result.kept["text"].to_pylist() == [text] and result.events == []
