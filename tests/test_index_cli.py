"""`dedup index` and `dedup run --index`, in processes of their own."""

import json
import shutil

from conftest import SAMPLES, article, rows_of


def lines(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def jsonl(*rows):
    return "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in rows).encode()


def test_the_life_of_an_index(command, tmp_path):
    assert command("index", "create", "seen", "--threshold", "0.7").returncode == 0
    again = command("index", "create", "seen")
    assert again.returncode == 2 and b"holds an index already" in again.stderr
    one, two = article(1), article(2)
    added = lines(command("index", "add", "seen", input=jsonl(("a", one), ("b", two), ("c", one + " नया"))))
    assert [(row["id"], row["status"], row["match"] and row["match"]["id"]) for row in added] == [
        ("a", "new", None),
        ("b", "new", None),
        ("c", "new", "a"),
    ]
    assert command("index", "add", "seen", "--no-check", input=jsonl(("d", article(3)))).stdout == b""
    found = lines(command("index", "query", "seen", input=jsonl(("x", one), ("y", article(4)))))
    assert found[0]["match"]["id"] == "a" and found[0]["match"]["kind"] == "exact"
    assert found[1] == {"id": "y", "match": None}
    everything = lines(command("index", "query", "seen", "--all", input=jsonl(("x", one))))
    assert [match["id"] for match in everything[0]["matches"]] == ["a", "c"]
    info = json.loads(command("index", "info", "seen").stdout)
    assert (info["documents"], info["config"]["threshold"]) == (4, 0.7)
    assert lines(command("index", "verify", "seen"))[0]["documents"] == 4
    assert lines(command("index", "remove", "seen", "c", "none")) == [{"removed": 1}]
    assert lines(command("index", "compact", "seen"))[0]["documents"] == 3
    assert lines(command("index", "export", "seen", "seen.parquet")) == [{"documents": 3}]
    assert command("index", "create", "other", "--threshold", "0.9").returncode == 0
    assert lines(command("index", "import", "other", "seen.parquet")) == [{"documents": 3}]
    assert lines(command("index", "query", "other", input=jsonl(("x", two))))[0]["match"]["id"] == "b"
    assert lines(command("index", "query", "other", "--max-age", "1d", input=jsonl(("x", two))))[0]["match"]["id"] == "b"
    assert lines(command("index", "compact", "other", "--max-age", "0.001"))[0]["documents"] == 0


def test_mistakes_are_said_in_one_line(command, tmp_path):
    for args, code, words in (
        (("index", "info", "absent"), 4, b"no such index"),
        (("index", "add", "absent"), 4, b"create it first"),
        (("index", "query", "absent"), 4, b"no such index"),
    ):
        done = command(*args)
        assert done.returncode == code and words in done.stderr and done.stderr.count(b"\n") == 1, done.stderr
    assert command("index", "create", "seen").returncode == 0
    done = command("index", "compact", "seen", "--max-age", "soon")
    assert done.returncode == 2 and b"90d" in done.stderr
    done = command("index", "add", "seen", input=b'{"id": "a"}\n')
    assert done.returncode == 3 and b"text" in done.stderr


def test_a_new_dump_against_everything_seen(command, tmp_path):
    shutil.copytree(SAMPLES / "dump", tmp_path / "dump")
    outlets = sorted(path for path in (tmp_path / "dump").iterdir() if path.is_dir())
    half = outlets[: len(outlets) // 2]
    first = command("run", *half, "-o", "one", "--index", "seen", "-q", "--no-report")
    assert first.returncode in (0, 3), first.stderr
    again = command("run", *half, "-o", "two", "--index", "seen", "-q")
    assert again.returncode in (0, 3), again.stderr
    assert rows_of(tmp_path / "two" / "kept.jsonl") == []
    removed = rows_of(tmp_path / "two" / "removed.jsonl")
    read = {row["id"] for name in ("kept", "removed") for row in rows_of(tmp_path / "one" / f"{name}.jsonl")}
    assert {row["id"] for row in removed} == read
    assert all(row["dup_of"] in read and row["reason"] in ("exact", "near") for row in removed)
    third = command("run", "dump", "-o", "three", "--index", "seen", "-q")
    assert third.returncode in (0, 3), third.stderr
    kept, removed = (rows_of(tmp_path / "three" / f"{name}.jsonl") for name in ("kept", "removed"))
    assert kept and not {row["id"] for row in kept} & read
    assert any(row["dup_of"] in read and row["id"] not in read for row in removed)
    counts = json.loads((tmp_path / "three" / "run.json").read_text())["counts"]
    assert counts["kept"] + counts["removed"] + counts["rejected"] == counts["read"]
    assert lines(command("index", "verify", "seen"))[0]["documents"] == len(kept) + len(removed)


def test_a_changed_text_under_the_same_id_is_kept(command, tmp_path):
    one = article(1)
    for number, (text, kept) in enumerate([(one, 1), (one + " और एक पंक्ति", 1), (one + " और एक पंक्ति", 0)]):
        (tmp_path / "rows.jsonl").write_bytes(jsonl(("a", text)))
        done = command("run", "rows.jsonl", "-o", f"out{number}", "--index", "seen", "-q", "--strip", "off")
        assert done.returncode == 0, done.stderr
        assert len(rows_of(tmp_path / f"out{number}" / "kept.jsonl")) == kept


def test_an_index_of_other_settings_is_refused_before_anything_is_written(command, tmp_path):
    assert command("index", "create", "seen", "--threshold", "0.7").returncode == 0
    (tmp_path / "rows.jsonl").write_bytes(jsonl(("a", article(1))))
    done = command("run", "rows.jsonl", "-o", "out", "--index", "seen")
    assert done.returncode == 4 and b"threshold is 0.8 here and 0.7 there" in done.stderr
    assert not (tmp_path / "out").exists()
