"""What a person sees on stderr: progress bars and the table at the end."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from dedup.readers import Read
from dedup.result import Result


class Progress:
    """Bars for the files read and the documents of each stage, when stderr is a terminal and `quiet` is not set."""

    def __init__(self, files: Sequence[str], quiet: bool) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Bars(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)
        self._files = self._bars.add_task("files", total=len(files))
        self._stages: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bars.stop()

    def reading(self, reads: Iterable[Read]) -> Iterator[Read]:
        """Yield the reads, counting the files that are finished."""
        for step in reads:
            if step.finished:
                self._bars.advance(self._files)
            yield step

    def stage(self, name: str, count: int) -> None:
        """Count documents that a stage is done with."""
        if name not in self._stages:
            self._stages[name] = self._bars.add_task(name, total=None)
        self._bars.advance(self._stages[name], count)  # type: ignore[arg-type]


def print_summary(result: Result, out: Path) -> None:
    """Print what was read, stripped, removed and grouped, and where to look."""
    counts = result.summary["counts"]
    table = Table(title="dedup", show_header=False)
    table.add_row("read", f"{counts['read']:,}", f"from {_count(len(result.inputs), 'file')}")
    table.add_row("stripped", f"{sum(counts['spans_removed'].values()):,}", f"spans; {counts['chars_after']:,} characters of text remain")
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts["removed_by_reason"].items())
    table.add_row("removed", f"{counts['removed']:,}", f"{reasons or 'no copies'}; {_count(counts['clusters'], 'cluster')}")
    table.add_row("rejected", f"{counts['rejected']:,}", "see rejected" if counts["rejected"] else "")
    table.add_row("kept", f"{counts['kept']:,}", f"{_count(counts['events_of_several'], 'event')} with several reports")
    console = Console(stderr=True)
    console.print(table)
    for row in result.rejected[:3]:
        place = f"{row.source_file}:{row.source_line}" if row.source_line else row.source_file
        console.print(f"rejected {place}: {row.cause}", markup=False, highlight=False)
    report = out / "report.html"
    console.print(f"written to {out}" + (f"; open {report} to see why" if report.exists() else ""), markup=False, highlight=False)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
