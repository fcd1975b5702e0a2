"""The fast writer writes what the readable one writes."""

import io
import json
from typing import Any

import numpy as np
from conftest import article

import dedup
from dedup.writers.jsonl import lines, write_rows

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": article(1) + "\nये भी पढ़ें: कोई और खबर यहां देखें", "author": "क", "source": "एक", "keep": "mine", "n": 2.5},
    {"id": "b", "text": article(1), "published": "2024-03-05", "x": {"deep": ["\u2028", None, '"', "\x01"]}},
    {"id": "c", "text": article(2), "source_file": "old", "source_line": 3, "reason": "near"},
    {"id": "d", "text": article(3)},
]


def test_the_core_writes_the_lines_that_python_writes() -> None:
    (batch,) = dedup.run(ROWS).documents.combine_chunks().to_batches()
    for wanted in (np.ones(4, bool), np.asarray(batch["keep"]), ~np.asarray(batch["keep"]), np.zeros(4, bool)):
        plain = io.StringIO()
        write_rows([row for row, take in zip(batch.to_pylist(), wanted, strict=True) if take], plain)
        assert bytes(lines(batch, wanted)).decode() == plain.getvalue()
        part = batch.slice(1, 2)
        plain = io.StringIO()
        write_rows(part.to_pylist(), plain)
        assert bytes(lines(part, np.ones(2, bool))).decode() == plain.getvalue()


def test_fields_that_clash_with_ours_are_kept_apart() -> None:
    out = io.StringIO()
    write_rows(dedup.run(ROWS).documents.to_pylist(), out)
    a, _, c, _ = map(json.loads, out.getvalue().strip().split("\n"))
    assert a["given"] == {"keep": "mine"} and a["author"] == "क" and a["source"] == "एक" and a["n"] == 2.5
    assert "given" not in c and c["reason"] == "" and c["source_file"] == "rows"
