"""What several test files need."""

import contextlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The real command in a process of its own, in an empty folder."""

    def run(*args: str | Path, input: bytes = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-c", "from dedup.cli import main; main()", *map(str, args)]
        return subprocess.run(line, input=input, capture_output=True, cwd=options.pop("cwd", tmp_path), timeout=300, **options)

    return run


def blocks(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a Markdown page: kind and content."""
    return re.findall(r"```(\w+)\n(.*?)```", page, re.DOTALL)


def assert_examples_print_what_is_said(page: str) -> None:
    """Run the Python blocks of a page one after another; the output block that follows one is what it prints."""
    names: dict[str, Any] = {}
    printed: list[str] = []
    checked = 0
    for kind, code in blocks(page):
        if kind == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(code, names)
            printed.append(out.getvalue())
        elif kind == "output":
            assert printed[-1] == code
            checked += 1
    assert checked == len(printed) > 0


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def article(seed: int, words: int = 120) -> str:
    """A text of its own for each seed, in sentences, of words that no other seed has."""
    parts = [f"शब्द{seed}x{number}" for number in range(words)]
    sentences = [" ".join(parts[at : at + 12]) + " है।" for at in range(0, words, 12)]
    return "\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
