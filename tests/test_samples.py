"""The sample dump agrees with its labels: every gold paragraph and leftover is on its page, and a rebuild gives the same bytes."""

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

SAMPLES = Path(__file__).parent.parent / "samples"
LABELS = [json.loads(line) for line in (SAMPLES / "labels.jsonl").read_text("utf-8").splitlines()]
REASONS = set(
    "nav header footer related promo ad caption credit share comments tags byline dateline title highlights app newsletter source "
    "copyright template hidden rule other".split()
)


def samples_module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"samples_{name}", SAMPLES / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(SAMPLES))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SAMPLES))
    return module


BUILD = samples_module("build")


@cache
def stored(file: str) -> bytes:
    content: bytes = BUILD.unpacked(file, (SAMPLES / file).read_bytes())
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
    return BUILD.squeezed(raw)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["id"])
def test_the_page_holds_what_its_label_says(label: dict[str, Any]) -> None:
    text = page_text(label)
    real = [BUILD.squeezed(paragraph) for paragraph in label["keep"]]
    place = 0
    for paragraph in real:
        assert text.find(paragraph, place) >= 0, f"not on the page, or not in this order: {paragraph}"
        place = text.find(paragraph, place) + len(paragraph)
    assert set(label["traps"]) <= set(label["keep"])
    for reason, leak in label["leak"]:
        assert reason in REASONS
        assert BUILD.squeezed(leak) in text, f"leftover is not on the page: {leak}"
        assert BUILD.squeezed(leak) not in "\n".join(real), f"leftover is in a gold paragraph: {leak}"


def test_a_rebuild_gives_the_same_bytes() -> None:
    files = BUILD.built()
    there = {path.relative_to(SAMPLES).as_posix() for folder in ("dump", "broken") for path in (SAMPLES / folder).rglob("*") if path.is_file()}
    assert there | {"labels.jsonl"} <= set(files) | {"labels.jsonl"}
    for name, content in files.items():
        assert stored(name) == content, f"{name} differs: run python samples/build.py"
