import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import article, rows_of
from typer.testing import CliRunner

from dedup.cli import app

Command = Callable[..., subprocess.CompletedProcess[bytes]]


def dump(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "dump.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    rows = [{"id": str(seed), "text": article(seed), "outlet": "एक"} for seed in range(3)]
    return dump(tmp_path, *rows, {"id": "copy", "text": article(1), "outlet": "दो"})


def test_run_writes_a_whole_folder(small: Path, command: Command) -> None:
    done = command("run", small, "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)["counts"]
    out = small.parent / "out"
    kept, removed = rows_of(out / "kept.jsonl"), rows_of(out / "removed.jsonl")
    assert (counts["read"], counts["kept"], counts["removed"], counts["rejected"]) == (4, len(kept), len(removed), 0) == (4, 3, 1, 0)
    assert removed[0]["id"] == "copy" and removed[0]["dup_of"] == "1" and removed[0]["reason"] == "exact"
    assert removed[0]["similarity"] == removed[0]["estimated"] == 1.0 and removed[0]["outlet"] == "दो"
    assert rows_of(out / "clusters.jsonl") == [{"id": "1", "kept": "1", "members": ["1", "copy"]}]
    assert len(rows_of(out / "events.jsonl")) == 3 and rows_of(out / "rejected.jsonl") == []
    assert json.loads((out / "run.json").read_text())["config"]["threshold"] == 0.8
    assert sorted(path.name for path in small.parent.iterdir()) == ["dump.jsonl", "out"]
    assert {path.name for path in out.iterdir()} == {f"{n}.jsonl" for n in ("kept", "removed", "rejected", "clusters", "events")} | {
        "run.json",
        "report.html",
    }


def test_an_existing_output_is_refused_and_replaced_only_when_asked(small: Path, command: Command) -> None:
    assert command("run", small, "-o", "out").returncode == 0
    refused = command("run", small, "-o", "out")
    assert refused.returncode == 2 and b"--overwrite" in refused.stderr
    (small.parent / "out" / "kept.jsonl").unlink()
    assert command("run", small, "-o", "out", "--overwrite").returncode == 0
    assert (small.parent / "out" / "kept.jsonl").exists()
    (small.parent / "mine").mkdir()
    (small.parent / "mine" / "letter.txt").write_text("mine")
    assert command("run", small, "-o", "mine", "--overwrite").returncode == 2
    assert (small.parent / "mine" / "letter.txt").exists()
    for content in ("{}", '{"versions": {"newsdedup": "0.1.0"}}'):
        (small.parent / "mine" / "run.json").write_text(content)
        assert command("run", small, "-o", "mine", "--overwrite").returncode == 2
        assert (small.parent / "mine" / "letter.txt").exists()


def test_a_place_that_cannot_be_written_gives_exit_code_4(small: Path, command: Command) -> None:
    done = command("run", small, "-o", "/proc/nowhere/out")
    assert done.returncode == 4 and b"Traceback" not in done.stderr


def test_fields_survive_a_chain_of_commands(small: Path, command: Command) -> None:
    stripped = command("strip", small).stdout
    near = command("near", input=stripped).stdout
    rows = [json.loads(line) for line in command("events", input=near).stdout.splitlines()]
    assert all({"removed", "cluster_id", "keep", "event_id", "outlet"} <= set(row) and "given" not in row for row in rows)


def test_ids_that_strip_derives_are_plain(command: Command) -> None:
    done = command("strip", input=json.dumps({"text": article(1)}).encode())
    assert json.loads(done.stdout)["id"].isalnum()


def test_rejected_input_is_counted_and_gives_exit_code_3(tmp_path: Path, command: Command) -> None:
    path = dump(tmp_path, {"id": "a", "text": article(1)})
    path.write_bytes(path.read_bytes() + b"{broken\n" + b'{"id": "e", "text": ""}\n')
    done = command("run", path, "-o", "out", "--quiet", "--json")
    assert done.returncode == 3 and done.stderr == b""
    counts = json.loads(done.stdout)["counts"]
    assert counts["read"] == counts["kept"] + counts["removed"] + counts["rejected"] == 3
    rejected = rows_of(tmp_path / "out" / "rejected.jsonl")
    assert sorted((row["source_line"], bool(row["cause"])) for row in rejected) == [(2, True), (3, True)]


def test_usage_errors_give_exit_code_2(tmp_path: Path, small: Path, command: Command) -> None:
    for line in (
        ["run", small],
        ["run", "none.jsonl", "-o", "x"],
        ["run", small, "-o", "x", "--threshold", "7"],
        ["nonsense"],
        ["run", "--keep", "best"],
    ):
        done = command(*line)
        assert done.returncode == 2 and done.stderr and b"Traceback" not in done.stderr, line
    (tmp_path / "dedup.toml").write_text("treshold = 1")
    done = command("run", small, "-o", "x")
    assert done.returncode == 2 and b"did you mean 'threshold'" in done.stderr
    assert not (tmp_path / "x").exists()


def test_an_internal_error_gives_exit_code_4(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedup.pipeline.run_reads", lambda *args: 1 / 0)
    done = CliRunner().invoke(app, ["run", str(small), "-o", str(small.parent / "out")])
    assert done.exit_code == 4
    assert sorted(path.name for path in small.parent.iterdir()) == ["dump.jsonl"]


def test_help_answers_fast_enough_to_be_free_of_heavy_imports(command: Command) -> None:
    probe = "import sys; sys.argv=['dedup', '--help']\nfrom dedup.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    heavy = "print([m for m in ('pyarrow', 'numpy', 'bs4', 'datasketch', 'scipy') if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe + heavy], capture_output=True, check=True)
    assert done.stderr.strip() == b"[]" and b"run" in done.stdout


def test_version_and_completion(command: Command) -> None:
    done = command("--version")
    assert done.returncode == 0 and done.stdout.startswith(b"dedup 0.")
    assert CliRunner().invoke(app, ["--help"]).output.count("--install-completion") == 1


def test_strip_is_a_pipe(command: Command) -> None:
    rows = [
        {"id": "a", "text": article(1) + "\n\nये भी पढ़ें: कोई और खबर यहां\n", "n": 1},
        {"id": "b", "html": f"<title>शीर्षक</title><article><p>{article(2)}</p></article>"},
    ]
    done = command("strip", input="".join(json.dumps(row) + "\n" for row in rows).encode())
    assert done.returncode == 0, done.stderr
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in out] == ["a", "b"] and out[0]["n"] == 1
    assert "ये भी पढ़ें" not in out[0]["text"] and out[0]["removed"][0]["reason"] in ("promo", "related")
    assert "शब्द2x0" in out[1]["text"] and "html" not in out[1]


def test_commands_between_pipes_sum_up_unless_they_are_to_be_quiet(small: Path, command: Command) -> None:
    sums = {
        "near": "4 rows, 1 copies, 0 rejected",
        "events": "4 rows, 3 events, 0 rejected",
        "strip": "4 rows, 0 removed spans, 0 rejected",
    }
    for name, summed in sums.items():
        assert command(name, small).stderr.decode().splitlines()[-1] == f"dedup: {summed}"
        assert command(name, small, "--quiet").stderr == b""


def test_near_and_events_give_the_rows_back_with_their_columns(small: Path, command: Command) -> None:
    near = [json.loads(line) for line in command("near", small).stdout.splitlines()]
    assert [(row["id"], row["keep"], row["cluster_id"], row["dup_of"]) for row in near] == [
        ("0", True, "0", ""),
        ("1", True, "1", ""),
        ("2", True, "2", ""),
        ("copy", False, "1", "1"),
    ]
    assert near[0]["text"] == article(0) and near[0]["outlet"] == "एक"
    events = [json.loads(line) for line in command("events", small).stdout.splitlines()]
    assert [row["event_id"] for row in events] == ["0", "1", "2", "1"]


def test_commands_join_by_real_pipes(small: Path) -> None:
    dedup = f'{sys.executable} -c "from dedup.cli import main; main()"'
    done = subprocess.run(f"cat {small} | {dedup} strip | {dedup} near | head -n 1", shell=True, capture_output=True, check=True)
    assert json.loads(done.stdout)["cluster_id"] == "0" and b"Traceback" not in done.stderr


def test_parquet_holds_the_same_rows(small: Path, command: Command) -> None:
    import pyarrow.parquet as pq

    assert command("run", small, "-o", "out", "--format", "parquet").returncode == 0
    assert command("run", small, "-o", "lines").returncode == 0
    kept = pq.read_table(small.parent / "out" / "kept.parquet")
    assert kept.drop_columns(["extra"]).to_pylist() == [
        {name: value for name, value in row.items() if name != "outlet"} for row in rows_of(small.parent / "lines" / "kept.jsonl")
    ]
    assert json.loads(kept["extra"][0].as_py()) == {"outlet": "एक"}


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root reads every folder, and setpriv is not here")
def test_a_folder_without_permission_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(article(1))
    (tmp_path / "in" / "closed").chmod(0)
    tmp_path.chmod(0o777)
    unprivileged = ["setpriv", "--reuid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    probe = "import sys; from dedup.readers import expand; f, r, _ = expand([sys.argv[1]]); print(len(f), r[0].cause)"
    done = subprocess.run([*unprivileged, sys.executable, "-c", probe, str(tmp_path / "in")], capture_output=True, text=True)
    if "Permission denied: " in done.stderr and "in/closed" not in done.stderr:
        pytest.skip("the unprivileged user cannot reach the interpreter here")
    assert done.stdout.strip() == "1 folder cannot be read: Permission denied", done.stderr


def test_a_full_disk_leaves_nothing_behind(small: Path, tmp_path: Path) -> None:
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    probe = limited + "from dedup.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", probe, "run", str(small), "-o", str(tmp_path / "out")], capture_output=True)
    assert done.returncode == 4 and b"Traceback" not in done.stderr, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.jsonl"]


@pytest.mark.parametrize("kilobytes", [8, 64])
def test_a_file_system_without_room_is_named_and_stays_empty(tmp_path: Path, kilobytes: int) -> None:
    rows = [{"id": str(seed), "text": article(seed)} for seed in range(100)]
    (tmp_path / "dump.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", small], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        run = [sys.executable, "-c", "from dedup.cli import main; main()", "run", str(tmp_path / "dump.jsonl"), "-o", str(small / "out")]
        done = subprocess.run(run, capture_output=True, text=True)
        assert done.returncode == 4 and "No space left on device; nothing was left behind" in done.stderr, done.stderr
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, number: signal.Signals, code: int) -> None:
    os.mkfifo(tmp_path / "slow.jsonl")
    line = [sys.executable, "-c", "from dedup.cli import main; main()", "run", str(tmp_path / "slow.jsonl"), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(line, stderr=subprocess.PIPE)
    with open(tmp_path / "slow.jsonl", "wb") as slow:  # the run waits for its end
        slow.write(b'{"text": "x"}\n')
        slow.flush()
        for _ in range(200):
            if any(path.name.startswith(".out") for path in tmp_path.iterdir()):
                break
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(number)
        _, words = process.communicate(timeout=60)
    assert process.returncode == code, words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["slow.jsonl"]


def test_a_state_that_cannot_be_written_is_said_before_any_work(small: Path, command: Command) -> None:
    done = command("run", small, "-o", "out", "--learn", "absent/state")
    assert done.returncode == 2 and b"absent/state: absent is no folder that can be written to" in done.stderr
    assert not (small.parent / "out").exists()
