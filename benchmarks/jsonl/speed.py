"""Measures reading and writing JSON lines beside Python's json and, where it is installed, orjson, in one run.

    python benchmarks/jsonl/speed.py [--data ../shared/data] [--megabytes 24] [--rounds 7] [--record benchmarks/record/jsonl.json]

Real news text is written as JSON lines, letters as they are and letters escaped (as Python's json writes them by default), and read back.
Each engine's answer is asserted before its time counts. Times are the best of all rounds, in processor time of the one thread, engines in
turn. What is compared favours the peers: they make Python objects of single lines that are cut already, the core cuts the lines and fills
columns that the next stage takes as they are.
"""

import argparse
import datetime
import importlib.metadata
import importlib.util
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dedup import _core
from dedup.columns import buffers, column

FIELDS = [(role, [role]) for role in ("id", "text", "html", "title", "url", "date", "lang")]


def documents(path: Path, size: int) -> list[dict[str, str]]:
    """The first documents of a file of JSON lines, about `size` bytes of text."""
    found: list[dict[str, str]] = []
    with pa.CompressedInputStream(pa.OSFile(str(path)), "zstd") as stream:
        for line in stream.read().decode().splitlines():
            found.append(json.loads(line))
            size -= len(line.encode())
            if size < 0:
                break
    return found


def fastest(engines: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(rounds):
        for name, run in engines.items():
            start = time.thread_time()
            run()
            best[name] = min(best[name], time.thread_time() - start)
    return best


def read_engines(data: bytes, expected: list[str]) -> dict[str, Callable[[], Any]]:
    lines = data.splitlines()
    chunk = np.frombuffer(data, np.uint8)
    loads = {"json": json.loads}
    if importlib.util.find_spec("orjson"):
        import orjson

        loads["orjson"] = orjson.loads
    for load in loads.values():
        assert [load(line)["text"] for line in lines] == expected
    (found,) = _core.parse_jsonl(chunk, FIELDS, 1, 1 << 40, 1)
    assert column(found["text"]).to_pylist() == expected
    engines: dict[str, Callable[[], Any]] = {"dedup": lambda: _core.parse_jsonl(chunk, FIELDS, 1, 1 << 40, 1)}
    for name, load in loads.items():
        engines[name] = lambda load=load: [load(line) for line in lines]
    return engines


def write_engines(rows: list[dict[str, str]]) -> dict[str, Callable[[], Any]]:
    names = list(rows[0])
    columns = [(name, buffers([row[name] for row in rows]), None) for name in names]
    extra, wanted = buffers([""] * len(rows)), np.ones(len(rows), bool)

    def core() -> Any:
        return _core.write_jsonl(columns, extra, [], [], wanted, 1)

    def python() -> bytes:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()

    assert bytes(core()) == python()
    engines: dict[str, Callable[[], Any]] = {"dedup": core, "json": python}
    if importlib.util.find_spec("orjson"):
        import orjson

        def other() -> bytes:
            return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)

        assert [json.loads(line) for line in other().splitlines()] == rows
        engines["orjson"] = other
    return engines


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--megabytes", type=float, default=24)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--record", type=Path)
    given = options.parse_args()
    results = []
    for language in ("hi", "ne", "en"):
        path = given.data / "news" / f"{language}.jsonl.zst"
        if not path.exists():
            print(f"{path}: not there, passed over", file=sys.stderr)
            continue
        rows = documents(path, int(given.megabytes * 1e6))
        texts = [row["text"] for row in rows]
        for form, ascii in (("letters", False), ("escaped", True)):
            data = b"".join(json.dumps(row, ensure_ascii=ascii).encode() + b"\n" for row in rows)
            best = fastest(read_engines(data, texts), given.rounds)
            results.append({"task": "read", "text": f"{language} {form}", "bytes": len(data), "rows": len(rows), "seconds": best})
        best = fastest(write_engines(rows), given.rounds)
        size = sum(len(json.dumps(row, ensure_ascii=False).encode()) + 1 for row in rows)
        results.append({"task": "write", "text": f"{language} letters", "bytes": size, "rows": len(rows), "seconds": best})
    for result in results:
        speeds = ", ".join(f"{name} {result['bytes'] / seconds / 1e6:,.0f} MB/s" for name, seconds in result["seconds"].items())
        print(f"{result['task']:5} {result['text']:12} {result['rows']:6} rows  {speeds}")
    if given.record and results:
        versions = {"python": platform.python_version()}
        for package in ("numpy", "pyarrow", "orjson"):
            if importlib.util.find_spec(package):
                versions[package] = importlib.metadata.version(package)
        record = {
            "date": datetime.date.today().isoformat(),
            "machine": f"{os.cpu_count()} processors, {platform.machine()}, load {os.getloadavg()[0]:.1f}",
            "command": f"python benchmarks/jsonl/speed.py --megabytes {given.megabytes:g} --rounds {given.rounds}",
            "versions": versions,
            "results": results,
        }
        given.record.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
