"""The main job on the sample dump: what its labels ask for."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import SAMPLES

from dedup.config import Config
from dedup.pipeline import run_reads
from dedup.readers import expand, read
from dedup.result import Result
from dedup.spool import Spool

sys.path.append(str(SAMPLES.parent))


@pytest.fixture(scope="module")
def result() -> Result:
    files, _, _ = expand([SAMPLES / "dump"])
    return run_reads(read(files, Config()), Config(), Spool())


def test_the_sample_dump_comes_out_as_labelled(result: Result) -> None:
    from samples.score import differences

    found = differences(result.documents.to_pylist())
    counts = {kind: len(faults) for kind, faults in found.items()}
    # What is not reached yet; these figures only fall.
    reached = {"leak": 36, "lost": 12, "published": 0, "duplicate": 0, "event": 1, "absent": 0}
    assert all(counts[kind] <= reached[kind] for kind in counts), found


def test_nothing_of_the_sample_dump_is_rejected(result: Result) -> None:
    assert list(result.rejected) == []


def test_broken_files_are_read_or_rejected_as_labelled() -> None:
    files, _, _ = expand([SAMPLES / "broken"])
    broken = run_reads(read(files, Config()), Config(), Spool())
    documents = Counter(_place(row["source_file"], row["source_line"]) for row in broken.documents.to_pylist())
    rejected = Counter(_place(row.source_file, row.source_line) for row in broken.rejected)
    for line in (SAMPLES / "broken.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        place = (Path(label["file"]).name, label["row"] or 0)
        if label["expect"] == "rejected":
            assert rejected[place] == 1 or rejected[(place[0], 0)] == 1, label
        elif label["expect"] == "document":
            assert documents[place] == 1, label
        else:
            assert documents[place] + rejected[place] + rejected[(place[0], 0)] >= 1, label
    assert all(row.cause and "\0" not in row.id for row in broken.rejected)


def _place(source_file: str, source_line: int) -> tuple[str, int]:
    return Path(source_file).name, source_line
