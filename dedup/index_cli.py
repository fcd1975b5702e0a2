"""The commands of `dedup index`: a persistent index from the shell. stdout is data, stderr is words."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dedup import options

if TYPE_CHECKING:
    from dedup.index import Index, Match

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="An index on disk that remembers what was seen.",
)

Folder = Annotated[Path, typer.Argument(metavar="INDEX", help="Folder of the index.")]
MaxAge = Annotated[str | None, typer.Option(help="Documents first seen longer ago no longer count: 90d, 12h, 30m or seconds.")]
Strip = Annotated[bool, typer.Option("--strip/--no-strip", help="Strip pages and texts first.")]


@app.command()
@options.answering
def create(
    index: Folder,
    config_file: options.ConfigFile = None,
    threshold: options.Threshold = None,
    recall: options.Recall = None,
    ngram: options.Ngram = None,
    num_perm: options.NumPerm = None,
    seed: options.Seed = None,
    quiet: options.Quiet = False,
) -> int:
    """Make an empty index; its settings stay with it."""
    from dedup.errors import OutputError
    from dedup.index import Index

    config = options.config_of(config_file, locals())
    if (index / "index").exists():
        raise OutputError(f"{index}: holds an index already; choose another place")
    Index.open(index, config).close()
    if not quiet:
        typer.echo(f"dedup: {index}: an empty index, threshold {config.threshold}", err=True)
    return options.OK


@app.command()
@options.answering
def add(
    index: Folder,
    inputs: options.PipeInputs = None,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Say on stdout what each document duplicates.")] = True,
    strip: Strip = True,
    max_age: MaxAge = None,
    threads: options.Threads = None,
    id_field: options.IdField = None,
    text_field: options.TextField = None,
) -> int:
    """Add documents; one JSON line each on stdout: id, status (new, updated, unchanged) and what it duplicates."""
    with _open(index, max_age, create=False, threads=threads) as opened:

        def answers(documents: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
            if not check:
                opened.add_many(documents)
                return
            for (id, _), outcome in zip(documents, opened.take(documents), strict=True):
                yield {"id": id, "status": outcome.status, "match": _row(outcome.match)}

        return _each(inputs, strip, threads, (id_field, text_field), answers)


@app.command()
@options.answering
def query(
    index: Folder,
    inputs: options.PipeInputs = None,
    all_matches: Annotated[bool, typer.Option("--all", help="All matches, not only the best.")] = False,
    strip: Strip = True,
    max_age: MaxAge = None,
    threads: options.Threads = None,
    id_field: options.IdField = None,
    text_field: options.TextField = None,
) -> int:
    """Look documents up without adding them; one JSON line each on stdout: id and what it duplicates."""
    with _open(index, max_age, read_only=True, threads=threads) as opened:

        def answers(documents: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
            if all_matches:
                for id, text in documents:
                    yield {"id": id, "matches": [_row(match) for match in opened.matches(text)]}
            else:
                for (id, _), match in zip(documents, opened.check_many([text for _, text in documents]), strict=True):
                    yield {"id": id, "match": _row(match)}

        return _each(inputs, strip, threads, (id_field, text_field), answers)


@app.command()
@options.answering
def info(index: Folder) -> int:
    """Print counts, sizes and settings as JSON."""
    with _open(index, None, read_only=True) as opened:
        typer.echo(json.dumps(opened.info(), ensure_ascii=False, indent=2))
    return options.OK


@app.command()
@options.answering
def verify(index: Folder) -> int:
    """Read the whole index and say whether anything is damaged."""
    with _open(index, None, read_only=True) as opened:
        typer.echo(json.dumps(opened.verify()))
    return options.OK


@app.command()
@options.answering
def remove(index: Folder, ids: Annotated[list[str], typer.Argument(metavar="ID...")]) -> int:
    """Remove documents by id."""
    with _open(index, None, create=False) as opened:
        typer.echo(json.dumps({"removed": opened.remove(ids)}))
    return options.OK


@app.command()
@options.answering
def compact(index: Folder, max_age: MaxAge = None) -> int:
    """Write the index anew without what was removed, replaced or has expired."""
    with _open(index, max_age, create=False) as opened:
        before = opened.info()["bytes"]
        opened.compact()
        after = opened.info()
        names = ("documents", "bytes", "bytes_per_document")
        typer.echo(json.dumps({"bytes_before": before} | {name: after[name] for name in names}))
    return options.OK


@app.command("export")
@options.answering
def export_(index: Folder, out: Annotated[Path, typer.Argument(metavar="OUT.parquet")]) -> int:
    """Write the index to a Parquet file."""
    with _open(index, None, read_only=True) as opened:
        typer.echo(json.dumps({"documents": opened.export(out)}))
    return options.OK


@app.command("import")
@options.answering
def import_(index: Folder, source: Annotated[Path, typer.Argument(metavar="IN.parquet")]) -> int:
    """Add the documents of a Parquet file that `export` wrote; an absent index is made."""
    with _open(index, None) as opened:
        typer.echo(json.dumps({"documents": opened.import_(source)}))
    return options.OK


def _open(path: Path, max_age: str | None, *, read_only: bool = False, create: bool = True, threads: int | None = None) -> "Index":
    from dedup.index import Index

    opened = Index.open(path, max_age=seconds(max_age) if max_age else None, read_only=read_only, create=create)
    opened.config = dataclasses.replace(opened.config, threads=threads or 0)
    return opened


def seconds(age: str) -> float:
    """Return the seconds of "90d", "12h", "30m" or "45"; ConfigError for anything else."""
    from dedup.errors import ConfigError

    units = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
    number, unit = (age[:-1], units[age[-1]]) if age[-1:] in units else (age, 1)
    try:
        return float(number) * unit
    except ValueError:
        raise ConfigError(f"an age is written 90d, 12h, 30m or in seconds, not {age!r}") from None


def _row(match: "Match | None") -> dict[str, Any] | None:
    if match is None:
        return None
    return {
        "id": match.id,
        "similarity": match.similarity,
        "kind": match.kind,
        "estimated": match.estimated,
        "first_seen": match.first_seen.isoformat(),
    }


def _each(inputs: list[str] | None, strip: bool, threads: int | None, names: tuple[str | None, str | None], answers: Any) -> int:
    """Write a JSON line for each answer about the documents of the inputs, batch by batch; what is rejected goes to stderr."""
    from dedup.config import Config
    from dedup.pipes import strip_reads
    from dedup.readers import Fields

    config = Config(strip="normal" if strip else "off", threads=threads or 0)
    fields = Fields(**{role: (name,) for role, name in zip(("id", "text"), names, strict=True) if name})

    def answered(reads: Any) -> Iterator[Any]:
        for rows, rejected in strip_reads(reads, config):
            yield answers([(row["id"], row["text"]) for row in rows]), rejected

    return options.piped(inputs, config, fields, answered)
