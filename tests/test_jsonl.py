"""JSON lines into columns: equal to Python's json on everything valid, a cause for everything else."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.columns import buffers, column
from dedup.errors import DedupError

FIELDS = [
    ("id", ["id", "_id"]),
    ("text", ["text", "body"]),
    ("html", ["html"]),
    ("title", ["title", "headline"]),
    ("url", ["url"]),
    ("date", ["date", "published"]),
    ("lang", ["lang"]),
]
ROLES = [role for role, _ in FIELDS]

Row = dict[str, Any]


def parse(chunk: bytes, first_line: int = 1, max_bytes: int = 1 << 30, threads: int = 1) -> tuple[list[Row], list[tuple[int, bytes, str]]]:
    """The rows, and of each line refused its number, its bytes and the cause."""
    rows, refused = [], []
    for found in _core.parse_jsonl(np.frombuffer(chunk, np.uint8), FIELDS, first_line, max_bytes, threads):
        own_rows, own_refused = documents(chunk, found)
        rows += own_rows
        refused += own_refused
    return rows, refused


def documents(chunk: bytes, found: dict[str, Any]) -> tuple[list[Row], list[tuple[int, bytes, str]]]:
    columns = {name: column(found[name]).to_pylist() for name in [*ROLES, "extra"]}
    columns |= {name: found[name].tolist() for name in ("line", "start", "has_text", "has_html")}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    places = zip(found["refused_line"], found["refused_start"], found["refused_end"], column(found["cause"]).to_pylist(), strict=True)
    return rows, [(int(line), chunk[start:end], cause) for line, start, end, cause in places]


def naive(line: bytes) -> Row | None:
    """The row that Python's json reads, or None where the line is to be refused."""
    try:
        row = json.loads(line.decode(), parse_constant=lambda name: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return None
    if not isinstance(row, dict):
        return None
    found: Row = dict.fromkeys([*ROLES, "extra"], "")
    taken, unserved = set(), []
    for role, names in FIELDS:
        served = {}
        for name in names:
            value = row.get(name)
            if isinstance(value, list) and role == "text" and all(isinstance(part, str) for part in value):
                value = "\n".join(value)
            number = isinstance(value, (int, float)) and not isinstance(value, bool) and role not in ("text", "html")
            if isinstance(value, str) or number:
                served[name] = str(value)
            elif value is not None:
                unserved.append((role, len(names)))
        found[role] = None
        if served:
            name = next((name for name in served if served[name]), next(iter(served)))
            found[role] = served[name]
            taken.add(name)
    bare = found["text"] is None and found["html"] is None
    if any(found[role] is None and (count == 1 or (bare and role in ("text", "html"))) for role, count in unserved):
        return None
    found["has_text"], found["has_html"] = found["text"] is not None, found["html"] is not None
    found |= {role: clean(found[role] or "") for role in ROLES}
    found["extra"] = json.loads(clean(json.dumps({name: value for name, value in row.items() if name not in taken}, ensure_ascii=False)))
    return found


def clean(text: str) -> str:
    """The text as UTF-8 can hold it: pairs of surrogates joined, lone ones replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def assert_same(line: bytes) -> None:
    rows, refused = parse(line)
    expected = naive(line)
    assert len(rows) + len(refused) == (1 if line.strip(b" \t\r\n\f") else 0)
    if expected is None:
        assert not rows and all(cause for _, _, cause in refused)
        return
    (row,) = rows
    assert json.loads(row.pop("extra") or "{}") == expected.pop("extra")
    assert {name: row[name] for name in expected} == expected


texts = st.text(max_size=40) | st.text('कखि्ग \\"/\n\t\x00\x1f\ud83d\ude00😀aé', max_size=80)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from([name for _, candidates in FIELDS for name in candidates] + ["x", "ta gs", "क", "a\\b"])
members = st.lists(st.tuples(names, texts | values), max_size=10)


def json_line(members: list[tuple[str, Any]], ascii: bool, spaced: bool) -> bytes:
    separators = (" , ", " :  ") if spaced else (",", ":")
    parts = [
        json.dumps(name, ensure_ascii=ascii) + separators[1] + json.dumps(value, ensure_ascii=ascii, separators=separators)
        for name, value in members
    ]
    return ("{" + separators[0].join(parts) + "}").encode("utf-8", "replace")


@given(members, st.booleans(), st.booleans())
@settings(max_examples=500, deadline=None)
def test_reads_what_python_reads(members: list[tuple[str, Any]], ascii: bool, spaced: bool) -> None:
    numbers_as_written = [(name, str(value) if isinstance(value, float) else value) for name, value in members]
    assert_same(json_line(numbers_as_written, ascii, spaced))


@given(members, st.booleans(), st.integers(0, 400), st.integers(0, 255))
@settings(max_examples=500, deadline=None)
def test_refuses_what_python_refuses(members: list[tuple[str, Any]], ascii: bool, at: int, byte: int) -> None:
    line = json_line([(name, str(value) if isinstance(value, float) else value) for name, value in members], ascii, False)
    assert_same(line[:at].replace(b"\n", b" "))
    assert_same((line[:at] + bytes([byte]) + line[at + 1 :]).replace(b"\n", b" "))


@pytest.mark.parametrize(
    "value",
    [
        "-0",
        "0",
        "1e5",
        "1E+5",
        "-1.5e-3",
        "12345678901234567890123456789012345678901234567890",
        "0." + "1" * 70,
        "1" * 40 + ".5",
        "1" * 31 + "e9",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "--1",
        "1.2.3",
        "NaN",
        "Infinity",
        "-Infinity",
        "nul",
        "True",
        "'a'",
        "1" * 33 + ".",
    ],
)
def test_numbers_and_literals_as_python_takes_them(value: str) -> None:
    for line in (f'{{"x":{value}}}', f'{{"x":[{value}, 1]}}', f'{{"x":{{"y":{value}}}, "text":"a"}}', f'{{"id":{value}}}'):
        rows, _ = parse(line.encode())
        expected = naive(line.encode())
        assert bool(rows) == (expected is not None), line
        if '"id"' in line and rows:
            assert rows[0]["id"] == value  # as it was written


def test_lines_are_numbered_and_blank_ones_passed_over() -> None:
    chunk = b'\r\n{"text":"a"}\r\n \t \n\n{"text":"b"}'
    rows, refused = parse(chunk, first_line=41)
    assert [(row["line"], row["text"], chunk[row["start"] :][:9]) for row in rows] == [(42, "a", b'{"text":"'), (45, "b", b'{"text":"')]
    assert refused == []
    assert parse(b"") == ([], []) and parse(b"\n\n") == ([], [])


def test_a_byte_order_mark_is_taken_off_the_first_line_only() -> None:
    line = '\ufeff{"text":"a"}'.encode()
    assert [row["text"] for row in parse(line)[0]] == ["a"]
    assert parse(line, first_line=2)[1][0][2].startswith("not JSON")


def test_missing_is_not_empty() -> None:
    rows, _ = parse(b'{"text":""}\n{"html":""}\n{"text":null}\n{"text":[]}\n')
    assert [(row["has_text"], row["has_html"]) for row in rows] == [(True, False), (False, True), (False, False), (True, False)]


def test_extra_fields_keep_their_bytes_and_order() -> None:
    rows, _ = parse('{"z": 1.50, "text":"t", "a" : {"क": "\\u0915", "z":1}, "big": 123456789012345678901}'.encode())
    assert rows[0]["extra"] == '{"z": 1.50, "a" : {"क": "\\u0915", "z":1}, "big": 123456789012345678901}'


def test_a_guessed_name_of_the_wrong_kind_is_passed_over_and_a_given_one_refused() -> None:
    rows, refused = parse(b'{"text":7,"body":"b"}\n{"text":7}\n{"text":"a","html":7}\n{"text":"a","title":{}}\n')
    assert [(row["text"], row["extra"]) for row in rows] == [("b", '{"text":7}'), ("a", '{"title":{}}')]
    assert [line for line, _, _ in refused] == [2, 3]
    assert 'field "text" holds a number' in refused[0][2] and "--text-field" in refused[0][2]
    assert 'field "html" holds a number' in refused[1][2]


def test_every_line_refused_says_why() -> None:
    lines = [
        b"x",
        b'{"text": "\x00"}',
        b'{"text": "\xff"}',
        b'{"text": "a"',
        b'[{"text": "a"}]',
        b'{"text": "a"}{"text": "b"}',
        b'"a"',
        b"\x00\x00",
        b"\xe0\xa4",
    ]
    rows, refused = parse(b"\n".join(lines))
    assert rows == [] and [data for _, data, _ in refused] == lines
    assert [line for line, _, _ in refused] == list(range(1, len(lines) + 1))
    assert all(cause and "\n" not in cause and len(cause) < 200 for _, _, cause in refused)
    assert "invalid UTF-8 at byte 10" in refused[2][2]


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"text":' * 100_000, b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'{"text":' + b'{"a":[' * 100_000]
)
def test_deep_nesting_is_refused(line: bytes) -> None:
    rows, refused = parse(line + b'\n{"text":"a"}\n')
    assert [row["line"] for row in rows] == [2] and [number for number, _, _ in refused] == [1]


def test_what_is_taken_python_can_read_too() -> None:
    deepest = b'{"text":"a","x":' + b"[" * 256 + b"]" * 256 + b"}"
    rows, _ = parse(deepest)
    assert json.loads(rows[0]["extra"])


def test_a_single_line_of_200_mb() -> None:
    line = b'{"id":"huge","text":"' + b"\\n" * 50_000_000 + b"x" * 100_000_000 + b'"}\n'
    rows, refused = parse(line + b'{"text":"b"}\n', max_bytes=100_000_000)
    assert [row["line"] for row in rows] == [2]
    assert "is longer than max_bytes = 100000000" in refused[0][2]
    (found,) = _core.parse_jsonl(np.frombuffer(line, np.uint8), FIELDS, 1, 1 << 30, 1)
    assert found["text"][0].tolist() == [0, 150_000_000]


@given(
    st.lists(
        st.sampled_from(
            [b'{"text":"%s","id":1}' % (b"ab" * 30_000), b'{"text":"\\u0915","x":[1]}', b"", b"broken", b'{"text":"\xff"}', b"\r"]
        ),
        max_size=120,
    )
)
@settings(max_examples=25, deadline=None)
def test_threads_change_nothing(lines: list[bytes]) -> None:
    chunk = b"\n".join(lines)
    assert parse(chunk, threads=1) == parse(chunk, threads=2) == parse(chunk, threads=0)


def test_cut_anywhere_at_line_ends_the_rows_are_the_same() -> None:
    chunk = b"".join(b'{"id":%d,"text":"t"}\n' % number for number in range(50)) + b"bad\n"
    cut = 10 * len(b'{"id":0,"text":"t"}\n')
    rows, refused = parse(chunk)
    first, second = parse(chunk[:cut]), parse(chunk[cut:], first_line=11)
    again = first[0] + [row | {"start": row["start"] + cut} for row in second[0]]
    assert (again, first[1] + second[1]) == (rows, refused)


def test_an_unknown_role_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown role 'story'"):
        _core.parse_jsonl(np.zeros(0, np.uint8), [("story", ["a"])], 1, 10, 1)


def written(columns: list[tuple[str, Any, Any]], extra: list[str], threads: int = 1, wanted: list[bool] | None = None) -> list[bytes]:
    mask = np.array([True] * len(extra) if wanted is None else wanted, bool)
    lines = _core.write_jsonl(columns, buffers(extra), ["file", "line"], mask, threads)
    return bytes(lines).splitlines()


def naive_line(own: dict[str, Any], extra: str) -> dict[str, Any]:
    """What the row and its extra fields make together."""
    given = json.loads(extra) if extra else {}
    again = "file" in given and "line" in given
    clashing = {name: given.pop(name) for name in own if name in given}
    if clashing and not again:
        given["given"] = clashing
    return own | given


extras = st.dictionaries(st.sampled_from(["author", "x", "given", "file", "line", "text", "क"]), values, max_size=5)
floats = st.floats(allow_nan=False, allow_infinity=False) | st.floats(0, 1, width=32)
valid_texts = texts.map(clean)


@given(
    st.lists(
        st.tuples(
            valid_texts,
            valid_texts,
            st.integers(-(2**63), 2**63 - 1),
            floats,
            st.booleans(),
            st.lists(valid_texts, max_size=3),
            st.booleans(),
            extras,
        ),
        max_size=6,
    )
)
@settings(max_examples=300, deadline=None)
def test_writes_what_python_writes(rows: list[tuple[Any, ...]]) -> None:
    text, author, number, real, flag, items, null, extra = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 8
    given = [json.dumps(fields) if fields else "" for fields in extra]
    given = [clean(fields) for fields in given]
    columns = [
        ("text", buffers(text), None),
        ("author", buffers(author), np.array(null, bool)),
        ("file", np.array(number, np.int64), None),
        ("real", np.array(real, np.float64), None),
        ("flag", np.array(flag, bool), np.array(null, bool)),
        ("items", (np.cumsum([0, *map(len, items)]), [("क\n", buffers([part for parts in items for part in parts]), None)]), None),
    ]
    own = [
        {"text": t, "author": None if n else a, "file": i, "real": r, "flag": None if n else f, "items": [{"क\n": part} for part in parts]}
        for t, a, i, r, f, parts, n in zip(text, author, number, real, flag, items, null, strict=True)
    ]
    lines = written(columns, given)
    assert [json.loads(line) for line in lines] == [naive_line(dict(row), fields) for row, fields in zip(own, given, strict=True)]
    bare = written(columns, [""] * len(rows))
    assert bare == [json.dumps(row, ensure_ascii=False).encode() for row in own]
    assert written(columns, given, threads=2) == lines
    assert written(columns, given, wanted=null) == [line for line, wanted in zip(lines, null, strict=True) if wanted]


def test_extra_fields_are_written_as_they_came() -> None:
    (line,) = written([("id", buffers(["a"]), None)], ['{"z" : 1.50, "k":"\\u0915"}'])
    assert line == b'{"id": "a", "z" : 1.50, "k":"\\u0915"}'


def test_many_rows_are_written_in_order_by_any_number_of_threads() -> None:
    columns = [("n", np.arange(5000), None), ("x", np.full(5000, np.nan), None)]
    lines = written(columns, [""] * 5000, threads=0)
    assert lines == [b'{"n": %d, "x": null}' % number for number in range(5000)]


def test_columns_and_extras_that_do_not_fit_are_errors() -> None:
    with pytest.raises(ValueError, match="column 'x' has 2 rows, not 1"):
        written([("x", np.arange(2), None)], [""])
    with pytest.raises(DedupError, match="extra of row 1: not JSON"):
        written([("x", np.arange(2), None)], ["", "{"])
    with pytest.raises(ValueError, match="lists of column 'x'"):
        written([("x", (np.array([0, 5]), [("y", np.arange(2), None)]), None)], [""])
