import pyarrow as pa
import xxhash

from dedup.document import READ, STRIPPED
from dedup.identity import id_ranks, with_ids, without_clashes


def articles(*rows: dict[str, object]) -> pa.Table:
    empty = {field.name: [] if field.name == "removed" else 0 if field.type == pa.int64() else "" for field in STRIPPED}
    return pa.Table.from_pylist([empty | row for row in rows], STRIPPED)


def test_missing_ids_come_from_the_content() -> None:
    empty = {name: "" for name in READ.names} | {"source_line": 0, "html": b""}
    rows = [empty | {"text": "क"}, empty | {"id": "given"}, empty | {"html": b"<p>\xff"}]
    ids = with_ids(pa.RecordBatch.from_pylist(rows, READ))["id"].to_pylist()
    assert ids == [xxhash.xxh3_128_hexdigest("क".encode()) + "\0", "given", xxhash.xxh3_128_hexdigest(b"<p>\xff") + "\0"]


def test_copies_with_derived_ids_are_numbered() -> None:
    table, rejected = without_clashes(articles({"id": "h\0"}, {"id": "g"}, {"id": "h\0"}, {"id": "h\0"}))
    assert table["id"].to_pylist() == ["h", "g", "h-2", "h-3"] and rejected == []


def test_one_given_id_names_one_text() -> None:
    rows = [{"id": "a", "text": "short"}, {"id": "a", "text": "much longer"}, {"id": "b", "text": "x"}, {"id": "a", "text": "much longer"}]
    table, rejected = without_clashes(articles(*rows))
    assert table["text"].to_pylist() == ["much longer", "x", "much longer"]
    assert [row.input for row in rejected] == ["short"] and "'a'" in rejected[0].cause


def test_ranks_follow_ids() -> None:
    assert id_ranks(articles({"id": "c"}, {"id": "a"}, {"id": "b"})).tolist() == [2, 0, 1]
