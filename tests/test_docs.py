"""The pages of docs/: their examples print what they say, their settings are right, their commands run."""

import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import assert_examples_print_what_is_said, blocks

from dedup.boilerplate import rules
from dedup.config import Config

BOILERPLATE = Path(__file__).parent.parent / "docs" / "boilerplate.md"


PAGES = sorted(page for page in BOILERPLATE.parent.glob("*.md") if "```output" in page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_print_what_they_say(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert_examples_print_what_is_said(page.read_text("utf-8"))


def test_the_rules_and_settings_of_the_page_on_boilerplate_are_right(tmp_path: Path) -> None:
    written = [code for kind, code in blocks(BOILERPLATE.read_text("utf-8")) if kind == "toml"]
    assert list(rules.parse(tomllib.loads(written[0]))) == ["nadipath.example"]
    (tmp_path / "dedup.toml").write_text(written[1], "utf-8")
    assert Config.load(tmp_path / "dedup.toml").cues["hi"]["ad"] == ["= प्रायोजित"]


def test_the_commands_of_the_page_on_boilerplate_run(tmp_path: Path) -> None:
    page = next(code for kind, code in blocks(BOILERPLATE.read_text("utf-8")) if kind == "python").split('"""')[1]
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "rules.toml").write_text('["nadipath.example"]\ncontent = "article"\nremove = "ul"\n', "utf-8")
    lines = [line for kind, code in blocks(BOILERPLATE.read_text("utf-8")) if kind == "sh" for line in code.splitlines()]
    offline = [line for line in lines if "--page" in line]
    assert len(offline) == 1 and len(lines) == 2
    line = f'{shlex.quote(sys.executable)} -c "from dedup.cli import main; main()" {offline[0].removeprefix("dedup ")}'
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0 and "content: article: 1 found" in done.stdout.decode(), done.stderr
