"""What the commands have in common: option types, exit codes, and how they become settings and answers."""

import dataclasses
import functools
import inspect
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dedup.config import Config
    from dedup.readers import Fields

OK, USAGE, REJECTED, INTERNAL, INTERRUPTED = 0, 2, 3, 4, 130


class KeepChoice(StrEnum):
    longest = "longest"
    first = "first"
    newest = "newest"
    oldest = "oldest"


class StripChoice(StrEnum):
    off = "off"
    gentle = "gentle"
    normal = "normal"
    aggressive = "aggressive"


class ModeChoice(StrEnum):
    body = "body"
    full = "full"


class FormatChoice(StrEnum):
    jsonl = "jsonl"
    parquet = "parquet"


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Files, folders (recursive), or - for standard input: .txt, .html, .jsonl, also .gz and .zst."),
]
PipeInputs = Annotated[list[str] | None, typer.Argument(metavar="[IN...]", help="Files or folders; standard input when none is given.")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Settings file [default: dedup.toml, else [tool.dedup] of pyproject.toml, of this folder].")
]
Threshold = Annotated[float | None, typer.Option(help="Jaccard similarity from which documents are near-duplicates [default: 0.8].")]
Recall = Annotated[float | None, typer.Option(help="Wanted share of the pairs at the threshold that are found [default: 0.999].")]
Ngram = Annotated[int | None, typer.Option(help="Words in a shingle [default: 5].")]
NumPerm = Annotated[int | None, typer.Option(help="Values in a signature [default: 128].")]
Seed = Annotated[int | None, typer.Option(help="Seed of the permutations [default: 1].")]
KeepOption = Annotated[KeepChoice | None, typer.Option(help="Which copy is kept; equal ones by the smallest id [default: longest].")]
StripOption = Annotated[StripChoice | None, typer.Option(help="How much boilerplate goes [default: normal].")]
Gentle = Annotated[bool, typer.Option("--gentle", help="Strip only what is certain: --strip gentle.")]
Aggressive = Annotated[bool, typer.Option("--aggressive", help="Strip also what only place and shape speak for: --strip aggressive.")]
TemplateState = Annotated[
    Path | None, typer.Option("--templates", metavar="STATE", help="Strip also what recurs on a host, as STATE knows it.")
]
Learn = Annotated[
    Path | None,
    typer.Option("--learn", metavar="STATE", help="Learn first what recurs on the hosts of the input, add it to STATE, use it."),
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="Site rules: CSS selectors by host (see dedup rules).")]
ModeOption = Annotated[
    ModeChoice | None, typer.Option("--mode", help="Text of a page: its body, or headline, subtitle and captions too [default: body].")
]
Markdown = Annotated[
    bool | None, typer.Option("--markdown/--no-markdown", help="Mark headings, list items and quotes of pages [default: no].")
]
Threads = Annotated[int | None, typer.Option(help="Threads, 0 for one a processor; changes no result [default: 0].")]
Window = Annotated[float | None, typer.Option("--window", help="Days that the reports of one event may lie apart [default: 3].")]
Embeddings = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="Join events further by the model2vec or sentence-transformers model there, across languages."),
]
IdField = Annotated[str | None, typer.Option(help="JSONL field of the id [default: id, else derived from the content].")]
TextField = Annotated[str | None, typer.Option(help="JSONL field of the text [default: text, body, content, …].")]
HtmlField = Annotated[str | None, typer.Option(help="JSONL field of the page [default: html, raw_html, …].")]
TitleField = Annotated[str | None, typer.Option(help="JSONL field of the title [default: title, headline, …].")]
UrlField = Annotated[str | None, typer.Option(help="JSONL field of the address [default: url, link, …].")]
DateField = Annotated[str | None, typer.Option(help="JSONL field of the publication date [default: published, date, …].")]
_FIELDS = {"id": IdField, "text": TextField, "html": HtmlField, "title": TitleField, "url": UrlField, "date": DateField}
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]


def answering(command: Callable[..., int | None]) -> Callable[..., None]:
    """The command with its outcome as exit code, and each expected error as one line on stderr."""

    @functools.wraps(command)
    def answered(*args: Any, **kwargs: Any) -> None:
        from dedup.errors import ConfigError, DedupError, InputError, OutputError

        try:
            code = command(*args, **kwargs) or OK
            sys.stdout.flush()
        except BrokenPipeError:  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = OK
        except KeyboardInterrupt:
            typer.echo("dedup: interrupted; nothing was left behind", err=True)
            code = INTERRUPTED
        except (ConfigError, InputError, OutputError) as error:
            typer.echo(f"dedup: {error}", err=True)
            code = INTERNAL if isinstance(error.__cause__, OSError) else USAGE
        except (DedupError, OSError) as error:
            typer.echo(f"dedup: {error}", err=True)
            code = INTERNAL
        except Exception:
            traceback.print_exc()
            typer.echo("dedup: internal error; please report the lines above", err=True)
            code = INTERNAL
        raise typer.Exit(code)

    return answered


def config_of(path: Path | None, flags: dict[str, Any]) -> "Config":
    """The settings of the file under the flags that were given."""
    from dedup.config import Config

    names = {field.name for field in dataclasses.fields(Config)}
    given = {name: value for name, value in flags.items() if name in names and value is not None}
    if flags.get("window") is not None:
        given["window_days"] = flags["window"]
    return Config.load(path, **{name: str(value) if isinstance(value, StrEnum) else value for name, value in given.items()})


def level_of(level: StripChoice | None, gentle: bool, aggressive: bool) -> str | None:
    """The one level that the flags name, None for none."""
    from dedup.errors import ConfigError

    named = [name for name, given in (("gentle", gentle), ("aggressive", aggressive)) if given] + ([level.value] if level else [])
    if len(set(named)) > 1:
        raise ConfigError(f"strip is one of {', '.join(named)}, not several")
    return named[0] if named else None


def piped(
    inputs: list[str] | None,
    config: "Config",
    fields: "Fields",
    rows_of: Callable[..., Any],
    *,
    quiet: bool = True,
    counted: tuple[str, Callable[[dict[str, Any]], int]] | None = None,
) -> int:
    """Write the rows that `rows_of` makes of the inputs to stdout, and what was rejected to stderr.

    Unless `quiet` the last line on stderr sums up: rows, the sum of what `counted` (its name, its number in a row) counts, rejected rows.
    """
    from dedup.readers import expand, read
    from dedup.writers.jsonl import write_rows

    files, rejected, _ = expand(inputs or ["-"])
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    count = written = found = 0

    def tallied(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        nonlocal written, found
        for row in rows:
            written += 1
            found += counted[1](row) if counted else 0
            yield row

    for rows, refused in rows_of(read(files, config, fields)):
        write_rows(tallied(rows), sys.stdout)
        sys.stdout.flush()
        rejected += refused
        for row in rejected:
            place = f"{row.source_file}:{row.source_line}" if row.source_line else row.source_file
            typer.echo(f"dedup: {place}: {row.cause}", err=True)
        count += len(rejected)
        rejected = []
    if not quiet:
        also = f", {found:,} {counted[0]}" if counted else ""
        typer.echo(f"dedup: {written:,} rows{also}, {count:,} rejected", err=True)
    return REJECTED if count else OK


def with_fields(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """The command with the options that name fields of rows; it gets them as one argument `fields`."""

    @functools.wraps(command)
    def called(*args: Any, **flags: Any) -> int | None:
        from dedup.readers import Fields

        names = {role: flags.pop(f"{role}_field") for role in _FIELDS}
        return command(*args, fields=Fields(**{role: (name,) for role, name in names.items() if name}), **flags)

    signature = inspect.signature(command)
    own = [parameter for parameter in signature.parameters.values() if parameter.name != "fields"]
    added = [
        inspect.Parameter(f"{role}_field", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind) for role, kind in _FIELDS.items()
    ]
    # Options are read from the signature and their types from the annotations.
    called.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in own + added}
    return called
