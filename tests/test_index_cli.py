"""`dedup index` and `dedup run --index`, in processes of their own."""

import json

from conftest import article, rows_of


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
    march = [(f"m{number}", article(number)) for number in range(12)]
    april = [(f"a{number}", article(number) + " कुछ नया") for number in range(8, 16)] + march[:2]
    (tmp_path / "march.jsonl").write_bytes(jsonl(*march))
    (tmp_path / "april.jsonl").write_bytes(jsonl(*april))

    def run(dump, out):
        done = command("run", dump, "-o", out, "--index", "seen", "-q")
        assert done.returncode == 0, done.stderr
        counts = json.loads((tmp_path / out / "run.json").read_text())["counts"]
        assert counts["kept"] + counts["removed"] + counts["rejected"] == counts["read"]
        kept, removed = (rows_of(tmp_path / out / f"{name}.jsonl") for name in ("kept", "removed"))
        return {row["id"] for row in kept}, {row["id"]: (row["reason"], row["dup_of"]) for row in removed}

    assert run("march.jsonl", "one") == ({id for id, _ in march}, {})
    assert run("march.jsonl", "two") == (set(), {id: ("exact", id) for id, _ in march})
    kept, removed = run("april.jsonl", "three")
    assert kept == {f"a{number}" for number in range(12, 16)}
    assert removed == {f"a{number}": ("near", f"m{number}") for number in range(8, 12)} | {id: ("exact", id) for id, _ in march[:2]}
    assert lines(command("index", "verify", "seen"))[0]["documents"] == 12 + 8


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
