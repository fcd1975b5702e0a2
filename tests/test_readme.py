"""The README's examples run, and its tables name what there is."""

import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from conftest import SAMPLES, article, assert_examples_print_what_is_said, blocks

import dedup
from dedup.document import ROW

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BLOCKS = blocks(README)


def test_the_python_examples_print_what_the_readme_says() -> None:
    assert_examples_print_what_is_said(README)


COMMANDS = [
    line.split("#")[0].strip()
    for kind, code in BLOCKS
    if kind == "sh"
    for line in code.splitlines()
    if line.startswith("dedup ") and line.split("#")[0].strip() != "dedup bench"
]  # it takes a minute; test_bench runs it


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_run(line: str, tmp_path: Path) -> None:
    import subprocess

    shutil.copytree(SAMPLES / "dump", tmp_path / "dump")
    page = f"<article><p>{article(1)}</p></article>".replace("\n", "</p><p>")
    row = json.dumps({"id": "a", "html": page, "url": "https://example.org/a"}) + "\n"
    for name in ("pages.jsonl", "rows.jsonl"):
        (tmp_path / name).write_text(row)
    (tmp_path / "page.html").write_text(page)
    command = f'{shlex.quote(sys.executable)} -c "from dedup.cli import main; main()" {line.removeprefix("dedup ")}'
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True)
    assert done.returncode in (0, 3) if "dump/" in line else done.returncode == 0, done.stderr


def test_the_row_table_names_every_column() -> None:
    table = README.split("Each row of `kept` and `removed`:")[1].split("With `--format")[0]
    named = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))))
    assert named == set(ROW.names) - {"extra"}


def test_the_call_table_names_what_there_is() -> None:
    for name in re.findall(r"`dedup\.(\w+)\(", README):
        assert hasattr(dedup, name), name


def test_every_public_name_can_be_imported() -> None:
    for name in dedup.__all__:
        assert getattr(dedup, name) is not None
    assert set(dedup.__all__) <= set(dir(dedup))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = dedup.nonsense
