"""The extractor's floors on the development pages, where they are; tests/test_samples_run.py holds it to the samples everywhere."""

import json
import sys
from pathlib import Path

import pytest
from conftest import SAMPLES

BENCHMARK = SAMPLES.parent / "benchmarks" / "extract"
DATA = next(
    (folder / "shared" / "data" / "extract" for folder in SAMPLES.parents if (folder / "shared" / "data" / "extract").is_dir()), None
)
FLOORS = json.loads((BENCHMARK / "floors.json").read_text("utf8"))


@pytest.mark.skipif(DATA is None, reason="the development pages are not here")
@pytest.mark.parametrize("name", FLOORS)
def test_a_set_is_extracted_as_well_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("regex", "zstandard"):
        pytest.importorskip(module)
    monkeypatch.syspath_prepend(str(BENCHMARK))
    for module in ("gate", "evaluate", "metadata", "pages"):  # tests and other benchmarks have modules of these names
        monkeypatch.setitem(sys.modules, module, None)
        del sys.modules[module]
    import gate

    short = gate.shortfalls(Path(str(DATA)), name)
    if short is None:
        pytest.skip(f"{name} has other pages than its floors are for")
    assert short == []
