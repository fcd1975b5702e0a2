"""The index when things go wrong: killed, disk full, no permission, damaged files.

`python tests/test_index_faults.py 200` runs the long version of the kills.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from dedup.errors import ArtefactError, DedupError, OutputError
from dedup.index import Index

ROUNDS = 10


def batch_of(number: int) -> list[tuple[str, str]]:
    generator = random.Random(number)
    size = generator.choice([1, 10, 100, 700])
    words = [f"w{generator.randrange(10_000)}" for _ in range(size + 20)]
    return [(f"{number}-{at}", " ".join(words[at : at + 20])) for at in range(size)]


def work(path: str, start: int, seed: int, pipe: int) -> None:
    """Add, remove and compact until killed; say each step before and after it on the pipe."""
    generator = random.Random(seed)
    added: list[int] = []
    with Index.open(path) as index:
        for number in range(start, 10**9):
            kind, target = generator.choices([("add", number), ("remove", generator.choice(added or [0])), ("compact", 0)], [30, 2, 0.5])[0]
            os.write(pipe, f"begin {kind} {target}\n".encode())
            if kind == "add":
                index.add_many(batch_of(target))
                added.append(target)
            elif kind == "remove":
                index.remove([id for id, _ in batch_of(target)])
            else:
                index.compact()
            os.write(pipe, f"done {kind} {target}\n".encode())


def kill_at_random(path: str, rounds: int, seed: int) -> None:
    """Kill a writer that often, and after each time hold what the index has against what it acknowledged."""
    generator = random.Random(seed)
    present: set[int] = set()
    following = 0
    kills = {"add": 0, "remove": 0, "compact": 0, "": 0}
    for turn in range(rounds):
        readable, pipe = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(readable)
            try:
                work(path, following, seed + turn, pipe)
            finally:
                os._exit(1)
        os.close(pipe)
        time.sleep(generator.uniform(0.02, 0.6))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer ended by itself"
        with os.fdopen(readable) as lines:
            steps = [line.split() for line in lines.read().splitlines()]
        unsure: tuple[str, int] | None = None
        for word, kind, target in steps:
            unsure = (kind, int(target)) if word == "begin" else None
            if kind == "add":
                following = int(target) + 1
            if word == "done" and kind == "add":
                present.add(int(target))
            elif word == "done" and kind == "remove":
                present.discard(int(target))
        kills[unsure[0] if unsure else ""] += 1
        with Index.open(path) as index:
            index.verify()
            found: dict[int, int] = {}
            for batch in index.batches():
                for id in batch["id"].to_pylist():
                    number = int(id.split("-")[0])
                    found[number] = found.get(number, 0) + 1
            for number, count in found.items():
                assert count == len(batch_of(number)), f"batch {number} is there by half"
            if unsure and unsure[0] != "compact" and (unsure[1] in found) != (unsure[1] in present):
                present ^= {unsure[1]}
            assert set(found) == present, f"lost {present - set(found)}, back again {set(found) - present}"
            for number in generator.sample(sorted(present), min(3, len(present))):
                id, text = batch_of(number)[0]
                match = index.check(text)
                assert match is not None and match.kind == "exact"
        if sum(map(len, map(batch_of, present))) > 60_000:
            shutil.rmtree(path)
            present = set()
    print(f"{rounds} kills: {kills}")


def test_a_writer_that_is_killed_loses_nothing_and_leaves_no_half_batch(tmp_path):
    # In a process of its own: it forks.
    line = [sys.executable, __file__, str(ROUNDS), str(tmp_path / "index")]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert f"{ROUNDS} kills" in done.stdout


def in_child(code: str, *args: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


FULL = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from test_index_faults import batch_of
from dedup.index import Index
from dedup.errors import OutputError
index = Index.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
acknowledged = []
for number in range(10_000):
    try:
        index.add_many(batch_of(number))
    except OutputError as error:
        assert "cannot be written" in str(error) and "what was added before is safe" in str(error), error
        break
    acknowledged.append(number)
else:
    raise SystemExit("the disk was never full")
assert index.check(batch_of(number)[0][1]) is None
assert not acknowledged or index.check(batch_of(acknowledged[-1])[0][1]) is not None
index.verify()
try:
    index.compact()
except OutputError:
    pass
index.verify()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
index.add_many(batch_of(number))
index.verify()
print(number)
"""


@pytest.mark.parametrize("limit", [30_000, 300_000, 1_500_000])
def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path, limit):
    last = int(in_child(FULL, str(tmp_path / "index"), str(Path(__file__).parent), str(limit)))
    with Index.open(tmp_path / "index") as index:
        assert index.verify()["documents"] == sum(len(batch_of(number)) for number in range(last + 1))
        assert not [path.name for path in (tmp_path / "index").iterdir() if path.suffix == ".new" or "part" in path.name]


UNPRIVILEGED = """
import os, sys
from dedup.index import Index
from dedup.errors import DedupError
import tempfile
Index.open(tempfile.mkdtemp() + "/index").close()  # what Python imports late may be out of reach afterwards
if os.geteuid() == 0:
    os.setuid(65534)
for options in ({}, {"read_only": True}):
    try:
        with Index.open(sys.argv[1], **options) as index:
            print("opened", index.check("एक दो तीन चार पाँच छह") is not None)
    except DedupError as error:
        print(type(error).__name__, str(error))
"""


def test_a_folder_that_cannot_be_written_can_still_be_read():
    folder = Path(tempfile.mkdtemp())
    try:
        with Index.open(folder / "index") as index:
            index.add("a", "एक दो तीन चार पाँच छह")
        for path in [folder, folder / "index", *(folder / "index").iterdir()]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        writing, reading = in_child(UNPRIVILEGED, str(folder / "index")).splitlines()
        assert writing.startswith("OutputError") and "cannot be written: Permission denied" in writing
        assert reading == "opened True"
        absent, _ = in_child(UNPRIVILEGED, str(folder / "other")).splitlines()
        assert absent.startswith("OutputError") and "cannot be written" in absent
    finally:
        for path in (folder, folder / "index"):
            path.chmod(0o755)
        shutil.rmtree(folder)


def test_every_damaged_or_truncated_file_is_found(tmp_path):
    whole = tmp_path / "whole"
    with Index.open(whole) as index:
        for number in range(12):
            index.add_many(batch_of(number))
        index.remove("1-0")
    generator = random.Random(1)
    names = [path.name for path in whole.iterdir() if path.name != "lock"]
    assert len(names) >= 5
    for name in names:
        length = (whole / name).stat().st_size
        damages: list[tuple[str, int]] = [("cut", 0), ("cut", length // 2), ("cut", length - 1)]
        damages += [("flip", generator.randrange(length)) for _ in range(8)]
        for kind, at in damages:
            damaged = tmp_path / "damaged"
            shutil.copytree(whole, damaged)
            content = bytearray((whole / name).read_bytes())
            if kind == "cut":
                del content[at:]
            else:
                content[at] ^= 0x41
            (damaged / name).write_bytes(content)
            with pytest.raises(ArtefactError), Index.open(damaged, create=False) as index:
                index.verify()
            shutil.rmtree(damaged)
    for name in names:
        shutil.copytree(whole, tmp_path / "damaged")
        (tmp_path / "damaged" / name).unlink()
        with pytest.raises(DedupError), Index.open(tmp_path / "damaged", create=False) as index:
            index.verify()
        shutil.rmtree(tmp_path / "damaged")
    with Index.open(whole) as index:
        index.verify()


def test_half_a_batch_at_the_end_of_the_log_is_cut_off(tmp_path):
    source = tmp_path / "index"
    index = Index.open(source)
    index.add_many(batch_of(1))
    shutil.copytree(source, tmp_path / "one")
    index.add_many(batch_of(2))
    shutil.copytree(source, tmp_path / "two")
    index.close()
    log = tmp_path / "two" / "documents-0"
    data = log.read_bytes()
    for length in random.Random(2).sample(range((tmp_path / "one" / "documents-0").stat().st_size, len(data)), 10):
        log.write_bytes(data[:length])
        with Index.open(tmp_path / "two", read_only=True) as reader:
            assert len(reader) == len(batch_of(1))
        shutil.copytree(tmp_path / "two", tmp_path / "copy")
        with Index.open(tmp_path / "copy") as index:
            assert index.verify()["documents"] == len(batch_of(1))
            index.add_many(batch_of(2))
            assert index.verify()["documents"] == len(batch_of(1)) + len(batch_of(2))
        shutil.rmtree(tmp_path / "copy")


def test_two_writers_are_told_apart(tmp_path):
    code = "import sys, dedup\ntry:\n    dedup.Index.open(sys.argv[1])\nexcept dedup.ArtefactError as error:\n    print(error)"
    with Index.open(tmp_path / "index"):
        assert "another process or object has it open for writing" in in_child(code, str(tmp_path / "index"))
    assert in_child(code, str(tmp_path / "index")) == ""


def test_an_error_in_a_batch_adds_nothing_of_it(tmp_path):
    with Index.open(tmp_path / "index") as index:
        with pytest.raises((TypeError, ValueError, DedupError)):
            index.add_many([("a", "एक दो"), ("b", 5)])  # type: ignore[list-item]
        assert len(index) == 0
    with Index.open(tmp_path / "index", read_only=True) as reader, pytest.raises(ArtefactError):
        reader.compact()
    with Index.open(tmp_path / "index") as index, pytest.raises(OutputError):
        index.export(tmp_path / "no" / "such" / "folder.parquet")


if __name__ == "__main__":
    where = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp() + "/index"
    kill_at_random(where, int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
