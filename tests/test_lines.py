"""Repeated paragraphs across documents."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dedup.cli import app
from dedup.config import Config
from dedup.lines import REPEATED, repeated_lines, without_repeated

BACKGROUND = "नदी पर बांध का काम आठ साल पहले शुरू हुआ था और इसकी लागत अब दोगुनी हो चुकी है, जबकि गांवों को मुआवजा नहीं मिला।"
EDITED = BACKGROUND.replace("दोगुनी हो चुकी", "लगभग दोगुनी हो गई")


def own(number: int) -> str:
    return f"यह खबर संख्या {number} का अपना अनुच्छेद है जिसमें " + " ".join(f"शब्द{number}x{at}" for at in range(12)) + "।"


def rows(texts, **options):
    table = repeated_lines(texts, **options)
    assert table.schema == REPEATED
    for row in table.to_pylist():
        assert texts[row["row"]][row["start"] : row["end"]] == row["text"]
    return table.to_pylist()


def test_the_first_stays_and_the_others_are_counted():
    texts = [f"{own(1)}\n\n{BACKGROUND}", own(2), f"{BACKGROUND}\n{own(3)}\n{BACKGROUND}", f"  {BACKGROUND}"]
    found = rows(texts, hosts=["a", "a", "b", "b"])
    assert [(row["row"], row["first_row"], row["reason"]) for row in found] == [(2, 0, "exact"), (2, 0, "exact"), (3, 0, "exact")]
    assert {(row["copies"], row["documents"], row["hosts"], row["similarity"]) for row in found} == {(4, 3, 2, 1.0)}
    assert texts[0][found[0]["first_start"] :] == BACKGROUND
    left = without_repeated(texts, repeated_lines(texts)).to_pylist()
    assert left == [texts[0], texts[1], own(3), ""]
    marked = without_repeated(texts, repeated_lines(texts), mark="≡ ").to_pylist()
    assert marked[3] == f"  ≡ {BACKGROUND}" and marked[2].count("≡") == 2


def test_near_and_exact():
    texts = [BACKGROUND, f"{own(1)}\n{EDITED}"]
    config = Config(threshold=0.5)
    (found,) = rows(texts, config=config)
    assert found["reason"] == "near" and 0.5 <= found["similarity"] < 1 and found["copies"] == 2
    assert rows(texts, config=config, near=False) == []


def test_short_lines_recur_by_nature():
    assert rows(["विज्ञापन", "विज्ञापन"]) == []
    assert len(rows(["विज्ञापन", "विज्ञापन"], least=5)) == 1


def test_nothing_at_all():
    assert rows([]) == [] and rows(["", "\n"]) == []
    assert without_repeated(["क"], repeated_lines(["क"])).to_pylist() == ["क"]


def test_wrong_spans_are_refused():
    table = repeated_lines([BACKGROUND, BACKGROUND])
    with pytest.raises(ValueError, match="no stretch"):
        without_repeated([BACKGROUND, "क"], table)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), max_size=5), max_size=8))
def test_exact_repetitions_are_those_of_a_set(documents):
    texts = ["\n".join(own(number) for number in numbers) for numbers in documents]
    seen: set[int] = set()
    expected = []
    for row, numbers in enumerate(documents):
        for number in numbers:
            if number in seen:
                expected.append((row, own(number)))
            seen.add(number)
    assert [(row["row"], row["text"]) for row in rows(texts)] == expected
    once = without_repeated(texts, repeated_lines(texts))
    assert len(repeated_lines(once)) == 0


def test_the_command_line_lists_marks_and_removes(tmp_path):
    texts = {"a": f"{own(1)}\n{BACKGROUND}", "b": f"{EDITED}\n{own(2)}", "c": f"{own(3)}\n{BACKGROUND}"}
    rows = [{"id": id, "url": f"https://{id}.example/1", "text": text, "topic": "नदी"} for id, text in texts.items()]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    def printed(*options):
        done = CliRunner().invoke(app, ["lines", str(path), "--threshold", "0.5", *options])
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    listed = printed()
    assert [(row["id"], row["first_id"], row["reason"]) for row in listed] == [("b", "a", "near"), ("c", "a", "exact")]
    assert {(row["copies"], row["documents"], row["hosts"]) for row in listed} == {(3, 3, 3)}
    assert [row["id"] for row in printed("--exact")] == ["c"]
    assert printed("--least", "500") == []
    removed = printed("--remove")
    assert [row["text"] for row in removed] == [texts["a"], own(2), own(3)] and removed[0]["topic"] == "नदी"
    assert printed("--mark", "≡ ")[2]["text"] == f"{own(3)}\n≡ {BACKGROUND}"
    done = CliRunner().invoke(app, ["lines", str(path), "--mark", "x", "--remove"])
    assert done.exit_code == 2 and "exclude each other" in done.stderr
