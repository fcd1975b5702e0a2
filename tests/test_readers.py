import gzip
import io
import itertools
import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow as pa
import pytest
import xxhash
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.config import Config
from dedup.errors import InputError
from dedup.readers import Fields, Input, expand, jsonl, read, read_rows

FRENCH = (
    "Le conseil a décidé mardi d'étendre la zone piétonne jusqu'à la gare. Les travaux débuteront en février, après l'enquête publique."
)

Found = tuple[list[dict[str, Any]], list[str], list[Input]]


def all_of(reads: Any) -> Found:
    """The rows, the rejections as 'place: cause', the finished inputs."""
    rows, rejected, inputs = [], [], []
    for batch, refused, finished in reads:
        rows += batch.to_pylist() if batch else []
        rejected += [f"{os.path.basename(row.source_file)}:{row.source_line}: {row.cause}" for row in refused]
        inputs += [finished] if finished else []
    return rows, rejected, inputs


def read_all(folder: Path, **settings: Any) -> Found:
    files, _, _ = expand([folder])
    return all_of(read(files, Config(**settings)))


def lines(*rows: Any) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_folders_are_walked_in_name_order_and_hidden_entries_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/.hidden.txt", ".git/x.txt", "a/notes.md", "c.jsonl.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    files, rejected, ignored = expand([tmp_path, tmp_path / "b.txt"])
    assert [os.path.relpath(name, tmp_path) for name in files] == ["a/z.html", "b.txt", "c.jsonl.gz"]
    assert [os.path.relpath(name, tmp_path) for name in ignored] == ["a/notes.md"]
    assert rejected == []


def test_an_input_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        expand([tmp_path / "none.txt"])


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_jsonl_is_read_plain_and_compressed(tmp_path: Path, suffix: str) -> None:
    data = lines({"id": 7, "body": "पाठ एक", "headline": "शीर्षक", "x": 0}, {"id": "b", "text": "दो", "x": None}).replace(
        b": 0}", b': {"deep": [1, 2.50]}}'
    )
    packed = {"": data, ".gz": gzip.compress(data), ".zst": zstandard.compress(data)}[suffix]
    (tmp_path / f"d.jsonl{suffix}").write_bytes(packed)
    rows, rejected, inputs = read_all(tmp_path)
    assert [(row["id"], row["text"], row["title"], row["source_line"]) for row in rows] == [("7", "पाठ एक", "शीर्षक", 1), ("b", "दो", "", 2)]
    assert json.loads(rows[0]["extra"]) == {"x": {"deep": [1, 2.5]}}
    assert "2.50" in rows[0]["extra"]  # as it was written
    assert rejected == []
    assert [(item.bytes, item.digest) for item in inputs] == [(len(packed), xxhash.xxh3_128_hexdigest(packed))]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_stands_before_a_cut_off_end_is_read(tmp_path: Path, suffix: str) -> None:
    data = lines(*({"id": str(number), "text": os.urandom(400).hex()} for number in range(2000)))
    packed = gzip.compress(data) if suffix == ".gz" else zstandard.compress(data)
    (tmp_path / f"d.jsonl{suffix}").write_bytes(packed[: len(packed) // 2])
    rows, rejected, _ = read_all(tmp_path)
    assert 700 < len(rows) < 1300
    assert "cannot be read to its end" in rejected[-1]


def test_lines_that_cannot_be_used_are_rejected_with_their_numbers(tmp_path: Path) -> None:
    good = lines({"id": "a", "text": "x"})
    (tmp_path / "d.jsonl").write_bytes(
        good + b"not json\n\n" + b'{"id": "b"}\n' + b'{"text": "\xff"}\n' + b'{"text": 5}\n[1]\n' + good.strip()
    )
    rows, rejected, _ = read_all(tmp_path)
    assert [row["source_line"] for row in rows] == [1, 8]
    assert [text.split(":")[1] for text in rejected] == ["2", "4", "5", "6", "7"]
    assert "text" in rejected[1] and "--text-field" in rejected[1]


def test_a_field_named_by_the_user_is_taken(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_bytes(lines({"story": "x", "text": "not this"}))
    rows, _, _ = all_of(read([str(tmp_path / "d.jsonl")], Config(), Fields(text=("story",))))
    assert rows[0]["text"] == "x" and json.loads(rows[0]["extra"]) == {"text": "not this"}


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    huge = lines({"id": "huge", "text": "x" * 40_000_000})
    (tmp_path / "d.jsonl").write_bytes(lines({"text": "a"}) + huge + lines({"text": "b"}))
    rows, rejected, _ = read_all(tmp_path, max_bytes=30_000_000)
    assert [(row["text"], row["source_line"]) for row in rows] == [("a", 1), ("b", 3)]
    assert len(rejected) == 1 and rejected[0].startswith("d.jsonl:2: line of 40,0")
    rows, rejected, _ = read_all(tmp_path)
    assert [len(row["text"]) for row in rows] == [1, 40_000_000, 1] and rejected == []


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time, and an error in the place of its end when it is cut."""

    def __init__(self, data: bytes, steps: list[int], is_cut: bool) -> None:
        self._data, self._steps, self._is_cut = data, itertools.cycle(steps), is_cut

    def readinto1(self, buffer: memoryview) -> int:
        size = min(next(self._steps), len(buffer), len(self._data))
        if not size and self._is_cut:
            raise OSError("cut")
        buffer[:size], self._data = self._data[:size], self._data[size:]
        return size


@given(
    st.lists(st.integers(0, 300), max_size=12),
    st.lists(st.integers(1, 90), min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
@example([248, 139, 139], [69], False, False, False)
@example([248, 53], [69], False, False, True)
@settings(deadline=None, max_examples=1000)
def test_every_line_is_read_or_rejected_however_the_stream_is_cut(
    lengths: list[int], steps: list[int], is_closed: bool, is_cut: bool, is_ahead: bool
) -> None:
    texts = [json.dumps({"text": str(row) * length}) for row, length in enumerate(lengths)]
    data = "\n".join(texts).encode() + b"\n" * (is_closed and bool(texts))
    source = __file__ if is_ahead else "none"  # what is a file is read ahead
    rows, rejected = {}, {}
    ended = False
    with mock.patch.object(jsonl, "BATCH_BYTES", 64):
        reads = jsonl.read_jsonl(source, Dripping(data, steps, is_cut), Config(threads=0, max_bytes=150), Fields())  # type: ignore[arg-type]
        try:
            for batch, refused, _ in reads:
                rows |= {row["source_line"]: row["text"] for row in (batch.to_pylist() if batch else [])}
                rejected |= {row.source_line: row.cause for row in refused}
        except OSError:
            ended = True
    assert ended == is_cut
    whole = len(texts) - (is_cut and not is_closed)  # a last line that may be cut is left out
    short = {line: json.loads(text)["text"] for line, text in enumerate(texts[:whole], 1) if len(text) <= 150}
    assert rows == short
    if is_cut:
        assert set(rejected) >= {line for line, text in enumerate(texts[:whole], 1) if len(text) > 150}
    elif texts:
        assert set(rejected) == set(range(1, len(texts) + 1)) - set(short)
        assert all("longer than max_bytes" in cause for cause in rejected.values())


def test_text_files_are_decoded_or_refused(tmp_path: Path) -> None:
    files = {
        "a.txt": "सादा".encode(),
        "b.txt": b"\xef\xbb\xbf" + "चिह्न".encode(),
        "c.txt": b"\xff\xfe" + "सोलह".encode("utf-16-le"),
        "d.txt": FRENCH.encode("latin-1"),
        "e.txt": "कटा हुआ पाठ".encode()[:-1],
        "f.txt": b"",
        "g.txt": b" \n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    rows, rejected, _ = read_all(tmp_path)
    assert [row["text"] for row in rows] == ["सादा", "चिह्न", "सोलह", FRENCH]
    assert [text.split(":")[0] for text in rejected] == ["e.txt", "f.txt", "g.txt"]
    assert "invalid UTF-8 at byte" in rejected[0] and "empty" in rejected[1]


def test_a_file_that_cannot_be_opened_is_rejected_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    rows, rejected, _ = all_of(read([str(tmp_path / "a.txt"), str(tmp_path / "gone.txt")], Config()))
    assert len(rows) == 1 and rejected == ["gone.txt:0: cannot be opened: No such file or directory"]


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    for name in ("table.csv", "Table.PARQUET", "dump.tar.gz"):
        (tmp_path / name).write_bytes(b"a,b\n1,2\n")
        with pytest.raises(InputError, match="no reader takes this kind of file"):
            expand([str(tmp_path / name)])
    assert expand([str(tmp_path)])[2] == sorted((tmp_path / name).as_posix() for name in ("table.csv", "Table.PARQUET", "dump.tar.gz"))
    array = tmp_path / "rows.json"
    array.write_text('\n[\n {"text": "a b"}]', encoding="utf-8")
    rows, rejected, inputs = all_of(read([str(array)], Config()))
    assert not rows and len(rejected) == 1 and "a JSON array; write one object a line" in rejected[0]
    assert inputs[0].digest == xxhash.xxh3_128(array.read_bytes()).hexdigest()


def test_standard_input_is_sniffed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, column, wanted in (
        (lines({"text": "x"}), "text", "x"),
        (zstandard.compress(lines({"text": "y"})), "text", "y"),
        (b"<html><p>z", "html", b"<html><p>z"),
        ("सादा".encode(), "text", "सादा"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
        rows, rejected, _ = all_of(read(["-"], Config()))
        assert rows[0][column] == wanted and rejected == []


def test_python_rows_of_all_kinds_read_alike() -> None:
    dicts = [{"id": "a", "text": "x", "n": 1}, {"id": "b", "text": "y", "n": 2}]
    table = pa.Table.from_pylist(dicts)

    class Capsule:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table.__arrow_c_stream__(requested_schema)

    expected = all_of(read_rows(dicts, Config()))
    for rows in (iter(dicts), table, table.to_batches()[0], Capsule()):
        assert all_of(read_rows(rows, Config())) == expected
    assert [row["text"] for row in all_of(read_rows(["x", "y"], Config()))[0]] == ["x", "y"]


def test_python_rows_that_cannot_be_used_are_rejected() -> None:
    rows, rejected, _ = all_of(read_rows([{"text": 5}, {"id": 1}, 7, {"text": "ok\ud800"}, {"text": ["a", "b"]}], Config()))
    assert [row["text"] for row in rows] == ["ok?", "a\nb"]
    assert len(rejected) == 3
    for bad in ("text", b"text", {"text": "x"}, 5):
        with pytest.raises(TypeError, match="rows are"):
            list(read_rows(bad, Config()))
