"""What stripping makes of each sample page and text, as files to be read.

`python tests/test_golden.py` writes them anew; read the difference before it is committed.
"""

import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples" / "dump"
CASES = Path(__file__).parent / "cases" / "samples"
PAGES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".html", ".txt"))


def stripped(path: Path) -> str:
    """The article of a sample with its metadata and what was removed, as a reader can check it."""
    from dedup import strip
    from dedup.readers.pages import decoded

    data = path.read_bytes()
    article = strip(html=data) if path.suffix == ".html" else strip(text=decoded(data)[0])
    names = ("title", "subtitle", "author", *(["dateline"] if article.dateline else []), "published", "modified", "site", "lang", "tags")
    meta = [f"{name}: {getattr(article, name)}" for name in names]
    removed = [f"{span.reason}: {' ⏎ '.join(span.text.split(chr(10)))}" for span in article.removed]
    return "\n".join([*meta, "", "== text", article.text, "", "== removed", *removed, ""])


def case_of(path: Path) -> Path:
    return CASES / f"{path.relative_to(SAMPLES).as_posix().replace('/', '__')}.txt"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_sample_strips_as_it_was_read_and_approved(path: Path) -> None:
    assert stripped(path) == case_of(path).read_bytes().decode()


def test_no_case_is_left_over() -> None:
    assert {case.name for case in CASES.iterdir()} == {case_of(path).name for path in PAGES}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    CASES.mkdir(parents=True, exist_ok=True)
    for old in CASES.iterdir():
        old.unlink()
    for page in PAGES:
        case_of(page).write_bytes(stripped(page).encode())
