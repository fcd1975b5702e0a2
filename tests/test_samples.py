"""The sample dump agrees with its labels: every gold paragraph and leftover is on its page, and a rebuild gives the same bytes."""

import gzip
import importlib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import regex
import zstandard
from bs4 import BeautifulSoup

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.append(str(SAMPLES.parent))
build = importlib.import_module("samples.build")

LABELS = [json.loads(line) for line in (SAMPLES / "labels.jsonl").read_text("utf-8").splitlines()]
REASONS = {
    *("nav", "header", "footer", "related", "promo", "ad", "caption", "credit", "share", "comments", "tags", "byline"),
    *("dateline", "title", "highlights", "app", "newsletter", "source", "copyright", "template", "hidden", "rule", "other"),
}


@cache
def stored(file: str) -> bytes:
    content: bytes = build.unpacked(file, (SAMPLES / file).read_bytes())
    return content


def page_text(label: dict[str, Any]) -> str:
    """The text of a labelled document as a reader of its source sees it, squeezed."""
    if label["row"] is not None:
        row = json.loads(stored(label["file"]).splitlines()[label["row"] - 1])
        raw = next(row[field] for field in ("html", "body", "content", "text") if field in row)
        raw = BeautifulSoup(raw, "html.parser").get_text() if "html" in row else raw
    else:
        raw = stored(label["file"]).decode(label["encoding"])
        raw = BeautifulSoup(raw, "html.parser").get_text() if label["file"].endswith(".html") else raw
    return build.squeezed(raw)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["id"])
def test_the_page_holds_what_its_label_says(label: dict[str, Any]) -> None:
    text = page_text(label)
    real = [build.squeezed(paragraph) for paragraph in label["keep"]]
    place = 0
    for paragraph in real:
        assert text.find(paragraph, place) >= 0, f"not on the page, or not in this order: {paragraph}"
        place = text.find(paragraph, place) + len(paragraph)
    assert {*label["traps"], *label["short"]} <= set(label["keep"])
    for reason, leak in label["leak"]:
        assert reason in REASONS
        assert build.squeezed(leak) in text, f"leftover is not on the page: {leak}"
        assert build.squeezed(leak) not in "\n".join(real), f"leftover is in a gold paragraph: {leak}"


def test_a_rebuild_gives_the_same_bytes() -> None:
    files = build.built()
    there = {
        path.relative_to(SAMPLES).as_posix() for folder in ("dump", "broken") for path in (SAMPLES / folder).rglob("*") if path.is_file()
    }
    assert there | {"labels.jsonl"} <= set(files) | {"labels.jsonl"}
    for name, content in files.items():
        assert stored(name) == content, f"{name} differs: run python -m samples.build"


def shingles(paragraphs: list[str]) -> set[tuple[str, ...]]:
    text = unicodedata.normalize("NFKC", regex.sub("[\u200c\u200d]", "", "\n".join(paragraphs))).lower()
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", regex.sub(r"\p{Nd}", lambda digit: str(unicodedata.digit(digit[0])), text))
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def test_every_document_of_the_dump_has_one_label() -> None:
    there = Counter[tuple[str, int | None]]()
    for path in (SAMPLES / "dump").rglob("*"):
        name = path.relative_to(SAMPLES).as_posix()
        if ".jsonl" in name:
            there.update((name, row) for row in range(1, len(stored(name).splitlines()) + 1))
        elif path.is_file():
            there[name, None] += 1
    assert there == Counter((label["file"], label["row"]) for label in LABELS)
    assert len({label["id"] for label in LABELS}) == len(LABELS)
    for name in {file for file, row in there if row}:
        rows = [json.loads(line) for line in stored(name).splitlines()]
        ids = {row.get("id") or row.get("post_id") or row.get("doc_no") or row.get("uid") for row in rows}
        assert len(ids) == len(rows) and None not in ids


def test_the_dump_is_as_large_and_as_mixed_as_the_readme_says() -> None:
    written = [label for label in LABELS if label["kind"] == "original"]
    languages = Counter(label["lang"] for label in written)
    assert len(written) >= 48
    assert len({label["outlet"] for label in written}) >= 8
    assert languages["hi"] > len(written) / 2
    assert languages["en"] and len(languages) >= 4
    kinds = Counter(label["kind"] for label in LABELS)
    events = [label["event"] for label in written if label["event"]]
    claim = (
        f"{len(LABELS)} documents of {len({label['outlet'] for label in LABELS})} outlets: {len(written)} written articles "
        f"({languages['hi']} Hindi, {languages['en']} English, {languages['mr']} Marathi, {languages['ta']} Tamil, "
        f"{languages['bn']} Bengali, {languages['ml']} Malayalam), of which {len(events)} report {len(set(events))} events, "
        f"and {len(LABELS) - len(written)} copies "
        f"({kinds['exact']} exact, {kinds['near']} near, {kinds['truncated']} truncated, {kinds['excerpt']} excerpt)."
    )
    assert claim in " ".join((SAMPLES / "README.md").read_text("utf-8").split())
    assert {label["published_from"] for label in LABELS} == {"jsonld", "meta", "time", "text", "field", "none"}
    undated = [label["event"] for label in LABELS if not label["published"]]
    assert len(undated) == 3 and any(undated)


def test_events_have_two_to_six_reports_within_three_days() -> None:
    reports = defaultdict(list)
    for label in LABELS:
        if label["event"] and label["kind"] == "original":
            reports[label["event"]].append(label)
    assert len(reports) >= 10
    for event, members in reports.items():
        assert 2 <= len(members) <= 6, event
        assert len({member["lang"] for member in members}) == 1, event
        days = [date.fromisoformat(member["published"][:10]) for member in members if member["published"]]
        assert days and max(days) - min(days) <= timedelta(days=3), event
    for one, other in (("bridge-fall", "bridge-report"), ("summit", "letter"), ("final-2025", "final-2026")):
        apart = {
            date.fromisoformat(a["published"][:10]) - date.fromisoformat(b["published"][:10]) for a in reports[one] for b in reports[other]
        }
        assert min(map(abs, apart)) > timedelta(days=30)


def test_the_shown_date_is_the_labelled_one() -> None:
    to_ascii = {ord(c): str(unicodedata.digit(c)) for c in "०१२३४५६७८९০১২৩৪৫৬৭৮৯"}
    for label in LABELS:
        if not label["published"]:
            assert label["published_from"] == "none"
            continue
        raw = stored(label["file"]).decode(label["encoding"])
        if label["row"] is not None:
            raw = raw.splitlines()[label["row"] - 1]
        raw, (year, _, day) = raw.translate(to_ascii), label["published"][:10].split("-")
        assert re.search(rf"\b0?{int(day)}\b|-{day}T", raw) and year in raw, label["id"]
        if label["published_from"] != "text" and "selvan" not in label["file"]:
            assert label["published"][:10] in raw, label["id"]


def test_copies_are_as_similar_as_their_labels_say_and_all_else_is_not() -> None:
    sets = {label["id"]: shingles(label["keep"]) for label in LABELS}
    by_id = {label["id"]: label for label in LABELS}
    for label in LABELS:
        if not label["of"]:
            assert label["kind"] == "original" and label["group"] in (None, label["id"])
            continue
        own, original = sets[label["id"]], sets[label["of"]]
        jaccard = len(own & original) / len(own | original)
        assert jaccard == pytest.approx(label["jaccard"], abs=1e-4)
        assert len(own & original) / min(len(own), len(original)) == pytest.approx(label["containment"], abs=1e-4)
        low, high = {"exact": (1, 1), "near": (0.86, 0.99), "truncated": (0.86, 0.99), "excerpt": (0, 0.6)}[label["kind"]]
        assert low <= jaccard <= high, label["id"]
        assert label["group"] == label["of"] and by_id[label["of"]]["kind"] == "original"
        assert label["event"] == by_id[label["of"]]["event"]
    for one, other in combinations(LABELS, 2):
        if one["group"] is None or one["group"] != other["group"]:
            a, b = sets[one["id"]], sets[other["id"]]
            assert len(a & b) / len(a | b) < 0.15, (one["id"], other["id"])


def test_the_traps_are_there() -> None:
    kept = [paragraph for label in LABELS for paragraph in label["keep"]]
    traps = [trap for label in LABELS for trap in label["traps"]]
    for cue in (
        "शेयर",
        "विज्ञापन",
        "यह भी कहा",
        "ये भी पढ़ें",
        "टिप्पणी",
        "संबंधित",
        "स्रोत",
        "फोटो",
        "लाइव",
        "यहां क्लिक",
        "Share",
        "Advertisement",
        "শেয়ার",
    ):
        assert any(build.squeezed(trap).startswith(build.squeezed(cue)) for trap in traps), cue
    assert any("'ये भी पढ़ें'" in build.squeezed(paragraph) for paragraph in kept)
    for sign in ("\u200d", "\u200c", "ज़", "फ़"):
        assert any(sign in paragraph for paragraph in kept), sign
    assert any(char in stored("dump/jandhara/flood-3.html").decode() for char in "\u095b\u095e"), "no composed nukta letter"
    ends = Counter(paragraph[-1] for paragraph in kept)
    assert ends["।"] > 100 and ends["."] > 100
    assert sum(len(label["short"]) for label in LABELS) >= 40


def test_the_broken_files_are_broken() -> None:
    expected = [json.loads(line) for line in (SAMPLES / "broken.jsonl").read_text("utf-8").splitlines()]
    assert {entry["file"] for entry in expected} == {f"broken/{path.name}" for path in (SAMPLES / "broken").iterdir()}
    assert {entry["expect"] for entry in expected} == {"document", "rejected", "either"}
    with pytest.raises(EOFError):
        gzip.decompress((SAMPLES / "broken/truncated.jsonl.gz").read_bytes())
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress((SAMPLES / "broken/not_gzip.jsonl.gz").read_bytes())
    stream = zstandard.ZstdDecompressor().decompressobj()
    whole = stream.decompress((SAMPLES / "broken/truncated.jsonl.zst").read_bytes())
    assert not stream.eof and whole.count(b"\n") == 2
    for name in ("invalid_utf8.txt", "lines.jsonl"):
        with pytest.raises(UnicodeDecodeError):
            (SAMPLES / "broken" / name).read_bytes().decode()


def test_the_scorer_finds_nothing_in_a_right_answer_and_each_fault_in_a_wrong_one() -> None:
    score = importlib.import_module("samples.score")
    rows = [
        {
            "source_file": f"samples/{label['file']}",
            "source_line": label["row"] or 0,
            "text": "\n".join(label["keep"]),
            "published": label["published"],
            "cluster_id": label["id"] if label["kind"] == "excerpt" else label["group"] or label["id"],
            "keep": label["kind"] in ("original", "excerpt"),
            "event_id": label["event"] or label["group"] or label["id"],
        }
        for label in LABELS
    ]
    assert not any(score.differences(rows).values())
    place = {label["id"]: n for n, label in enumerate(LABELS)}
    notice = next(leak for reason, leak in LABELS[place["market"]]["leak"] if reason == "copyright")
    rows[place["market"]] |= {"text": notice, "published": "2024-01-01"}
    rows[place["school-milk-cut"]]["cluster_id"] = "alone"
    rows[place["letter-1"]]["event_id"] = "summit"
    del rows[place["old-library"]]
    wrong = score.differences(rows)
    assert {kind: len(found) for kind, found in wrong.items()} == {
        "absent": 1,
        "leak": 1,
        "lost": len(LABELS[place["market"]]["keep"]),
        "published": 1,
        "duplicate": 1,
        "event": 2,
    }
