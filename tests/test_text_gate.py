"""Text mode's floors: on documents made of articles in this repository, and on the development data where it is."""

import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import SAMPLES

BENCHMARK = SAMPLES.parent / "benchmarks" / "text"
SHARED = next((folder / "shared" for folder in SAMPLES.parents if (folder / "shared" / "data" / "news").is_dir()), None)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for module in ("regex", "zstandard", "bs4"):
        pytest.importorskip(module)
    monkeypatch.syspath_prepend(str(BENCHMARK.parent / "extract"))
    monkeypatch.syspath_prepend(str(BENCHMARK))
    for module in ("gate", "evaluate", "generate", "natural", "crude", "pages"):  # tests and other benchmarks have modules of these names
        monkeypatch.setitem(sys.modules, module, None)
        del sys.modules[module]
    import gate

    return gate


def test_leftovers_go_from_the_articles_of_this_repository(gate: ModuleType) -> None:
    assert gate.shortfalls(gate.of_samples(), gate.SAMPLE_FLOORS) == []


@pytest.mark.skipif(SHARED is None, reason="the development data is not here")
def test_no_figure_falls_below_its_floor(gate: ModuleType, tmp_path: Path) -> None:
    shared = Path(str(SHARED))
    figures, digest, _ = gate.reached(shared / "data", shared / "seeds", tmp_path)
    if digest != gate.DIGEST:
        pytest.skip(f"the inputs have digest {digest}, the floors are for {gate.DIGEST}")
    assert gate.shortfalls(figures, gate.FLOORS) == []


def test_other_inputs_than_the_floors_are_for_are_no_success(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = gate.Reached(dict.fromkeys(gate.FLOORS, 1.0), "another", {})
    monkeypatch.setattr(gate, "reached", lambda *_: other)
    monkeypatch.setattr(sys, "argv", ["gate.py", "--data", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        gate.main()
    assert stopped.value.code == 2 and "another" in capsys.readouterr().out
