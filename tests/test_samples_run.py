"""The main job on the sample dump: what its labels ask for."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import SAMPLES

import dedup
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
    # These figures only fall.
    reached = {"leak": 0, "lost": 0, "published": 0, "duplicate": 0, "event": 0, "absent": 0}
    assert all(counts[kind] <= reached[kind] for kind in counts), found


SEEDS = next((folder / "shared" / "seeds" for folder in SAMPLES.parents if (folder / "shared" / "seeds").is_dir()), None)


@pytest.mark.skipif(SEEDS is None, reason="the seeds, real news texts, are not here")
def test_the_seeds_make_the_events_that_a_reader_makes_of_them() -> None:
    files, _, _ = expand([SEEDS or ""])
    result = run_reads(read(files, Config()), Config(), Spool())
    rows = {Path(row["source_file"]).name[:3]: row for row in result.documents.to_pylist()}
    events = {name: row["event_id"] for name, row in rows.items()}
    assert len(result.kept) == 5
    assert events["000"] == events["001"] == events["004"] != events["003"]
    dates = {"000": "2023-09-14", "001": "2023-09-14", "002": "2023-09-15", "003": "2022-08-15", "004": "2023-09-14"}
    dated = dedup.run([{"id": name, "text": row["text"], "title": row["title"], "published": dates[name]} for name, row in rows.items()])
    events = {row["id"]: row["event_id"] for row in dated.documents.to_pylist()}
    assert events["000"] == events["001"] == events["002"] == events["004"] != events["003"]


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
