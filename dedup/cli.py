"""The command line: parse, call one function, print. stdout is data, stderr is words."""

import contextlib
import dataclasses
import functools
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dedup.boilerplate import Templates
    from dedup.config import Config
    from dedup.index import Index
    from dedup.readers import Fields

OK, USAGE, REJECTED, INTERNAL, INTERRUPTED = 0, 2, 3, 4, 130

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Clean scraped news: strip boilerplate, remove near-duplicates, group articles by event.",
)


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


@app.callback(invoke_without_command=True)
def entry(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        import dedup

        typer.echo(f"dedup {dedup.__version__}")
        raise typer.Exit(OK)


@app.command()
@answering
def run(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder to write; it appears whole or not at all.")],
    config_file: ConfigFile = None,
    threshold: Threshold = None,
    recall: Recall = None,
    ngram: Ngram = None,
    num_perm: NumPerm = None,
    seed: Seed = None,
    keep: KeepOption = None,
    strip: StripOption = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    templates: TemplateState = None,
    learn: Learn = None,
    mode: ModeOption = None,
    markdown: Markdown = None,
    rules: Rules = None,
    events: Annotated[bool | None, typer.Option("--events/--no-events", help="Group the articles by event [default: yes].")] = None,
    window: Window = None,
    embeddings: Embeddings = None,
    threads: Threads = None,
    id_field: IdField = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    title_field: TitleField = None,
    url_field: UrlField = None,
    date_field: DateField = None,
    index: Annotated[
        Path | None,
        typer.Option(
            metavar="INDEX", help="Index of everything seen: what duplicates it is removed, then the new is added (made when absent)."
        ),
    ] = None,
    max_age: Annotated[
        str | None, typer.Option(help="With --index: what was first seen longer ago no longer counts: 90d, 12h, 30m.")
    ] = None,
    format: Annotated[FormatChoice, typer.Option(help="Format of the output.")] = FormatChoice.jsonl,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output of an earlier run.")] = False,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html as well, which shows why.")] = True,
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary (run.json) on stdout.")] = False,
) -> int:
    """Do the whole job: strip, de-duplicate and group a dump, and write the folder OUT."""
    from dedup.errors import ConfigError, OutputError
    from dedup.pipeline import run_reads
    from dedup.readers import expand, read
    from dedup.spool import Spool
    from dedup.terminal import Progress, print_summary
    from dedup.writers import Partial, write

    config = _config(config_file, locals() | {"strip": _level(strip, gentle, aggressive)})
    fields = _fields(locals())
    files, refused, ignored = expand(inputs)
    if learn and "-" in files:
        raise ConfigError("--learn reads the input twice; give files or folders, not standard input")
    hosts = _templates(templates, learn, files, config, fields)
    if index and overwrite and out.exists():
        raise OutputError(f"{out}: with --index a second run finds nothing new, so what stands there would be lost; choose another place")
    with contextlib.ExitStack() as opened, Partial(out, overwrite) as partial:
        seen = opened.enter_context(_index(index, config, max_age)) if index else None
        spool_path = partial.path / "articles.arrow"
        with Progress(files, quiet) as progress:
            result = run_reads(progress.reading(read(files, config, fields)), config, Spool(spool_path), progress.stage, seen, hosts)
        result = result.with_input(refused, ignored)
        if hosts is not None:
            result = result.with_templates(str(learn or templates), hosts.to_bytes())
        write(result, partial.path, format.value)
        if report:
            from dedup.report import write_report

            write_report(result, partial.path / "report.html")
        spool_path.unlink()
        partial.finish()
        if seen is not None:
            # Only now: a run that fails adds nothing to the index.
            for batch in result.documents.select(["id", "text"]).to_batches(max_chunksize=1000):
                seen.add_many(zip(batch["id"].to_pylist(), batch["text"].to_pylist(), strict=True))
    if hosts is not None and learn:
        hosts.save(learn)
    if as_json:
        typer.echo(json.dumps(result.summary, ensure_ascii=False))
    if not quiet:
        print_summary(result, out)
    return REJECTED if result.rejected else OK


@app.command()
@answering
def strip(
    inputs: PipeInputs = None,
    level: Annotated[StripChoice | None, typer.Option("--strip", help="How much boilerplate goes [default: normal].")] = None,
    gentle: Gentle = False,
    aggressive: Aggressive = False,
    templates: TemplateState = None,
    learn: Learn = None,
    mode: ModeOption = None,
    markdown: Markdown = None,
    rules: Rules = None,
    keep_html: Annotated[bool, typer.Option("--keep-html", help="Leave the page in the rows.")] = False,
    config_file: ConfigFile = None,
    threads: Threads = None,
    id_field: IdField = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    title_field: TitleField = None,
    url_field: UrlField = None,
    date_field: DateField = None,
    quiet: Quiet = False,
) -> int:
    """Strip rows or pages. The same rows come out on stdout, with clean text, title, published and what was removed.

    --learn reads files twice, first to learn; standard input once: each batch is learnt from, then stripped.
    """
    from dedup.pipes import strip_reads
    from dedup.readers import expand

    config = _config(config_file, locals() | {"strip": _level(level, gentle, aggressive)})
    fields = _fields(locals())
    files, _, _ = expand(inputs or ["-"])
    hosts = _templates(templates, learn, files, config, fields)
    online = learn is not None and "-" in files
    stripped = functools.partial(strip_reads, config=config, keep_html=keep_html, templates=hosts, learn=online)
    code = _piped(inputs, config, fields, stripped, quiet)
    if hosts is not None and learn:
        hosts.save(learn)
    return code


@app.command()
@answering
def lines(
    inputs: PipeInputs = None,
    remove: Annotated[bool, typer.Option("--remove", help="Print the rows, without the paragraphs that repeat an earlier one.")] = False,
    mark: Annotated[
        str | None, typer.Option(help="Print the rows, with this text before each paragraph that repeats an earlier one.")
    ] = None,
    near: Annotated[bool, typer.Option("--near/--exact", help="Also paragraphs that are nearly the same, or only equal ones.")] = True,
    least: Annotated[int, typer.Option(help="Characters of the shortest paragraph that counts.", min=1)] = 40,
    config_file: ConfigFile = None,
    threshold: Threshold = None,
    threads: Threads = None,
    id_field: IdField = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    title_field: TitleField = None,
    url_field: UrlField = None,
    date_field: DateField = None,
    quiet: Quiet = False,
) -> int:
    """Find paragraphs that stand in several texts; the first stays. Without --remove or --mark each repetition is a row on stdout."""
    from dedup.errors import ConfigError
    from dedup.pipes import line_reads

    if remove and mark is not None:
        raise ConfigError("--remove and --mark exclude each other")
    config = _config(config_file, locals())
    found = functools.partial(line_reads, config=config, near=near, least=least, mark="" if remove else mark)
    return _piped(inputs, config, _fields(locals()), found, quiet)


@app.command()
@answering
def near(
    inputs: PipeInputs = None,
    config_file: ConfigFile = None,
    threshold: Threshold = None,
    recall: Recall = None,
    ngram: Ngram = None,
    num_perm: NumPerm = None,
    seed: Seed = None,
    keep: KeepOption = None,
    threads: Threads = None,
    id_field: IdField = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    title_field: TitleField = None,
    url_field: UrlField = None,
    date_field: DateField = None,
    quiet: Quiet = False,
) -> int:
    """Find near-duplicates. The same rows come out on stdout, with their clusters; texts are taken as they stand."""
    from dedup.pipes import near_reads

    config = _config(config_file, locals())
    return _piped(inputs, config, _fields(locals()), functools.partial(near_reads, config=config), quiet)


@app.command()
@answering
def events(
    inputs: PipeInputs = None,
    config_file: ConfigFile = None,
    window: Window = None,
    embeddings: Embeddings = None,
    threads: Threads = None,
    id_field: IdField = None,
    text_field: TextField = None,
    html_field: HtmlField = None,
    title_field: TitleField = None,
    url_field: UrlField = None,
    date_field: DateField = None,
    quiet: Quiet = False,
) -> int:
    """Group articles by event. The same rows come out on stdout, with event_id, why, and story_id; texts are taken as they stand."""
    from dedup.pipes import event_reads

    config = _config(config_file, locals())
    return _piped(inputs, config, _fields(locals()), functools.partial(event_reads, config=config), quiet)


@app.command()
@answering
def bench(
    seconds: Annotated[float, typer.Option(help="CPU seconds for each engine and language.")] = 1.0,
    documents: Annotated[int, typer.Option(help="Made-up documents on which the answers are checked.")] = 2000,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was measured on stdout as JSON.")] = False,
) -> None:
    """Time the hashing core beside the peers that are installed, answers checked first."""
    from dedup.bench import main, run

    if as_json:
        typer.echo(json.dumps(run(seconds, documents), ensure_ascii=False))
    else:
        main(seconds, documents)


@app.command()
@answering
def explain(
    page: Annotated[Path, typer.Argument(help="An HTML page.")],
    url: Annotated[str, typer.Option(help="Where the page came from: says which site rule is used.")] = "",
    level: Annotated[StripChoice | None, typer.Option("--strip", help="How much boilerplate goes [default: normal].")] = None,
    mode: ModeOption = None,
    rules: Rules = None,
    config_file: ConfigFile = None,
) -> None:
    """Show what of a page is kept and what is left out, and why, as an HTML page on stdout."""
    from dedup.errors import InputError
    from dedup.explain import explain as explained
    from dedup.explain import report

    config = _config(config_file, locals() | {"strip": level})
    try:
        data = page.read_bytes()
    except OSError as error:
        raise InputError(f"{page}: {error.strerror}") from None
    explanation = explained(data, url, config)
    if explanation.meta["problem"]:
        raise InputError(f"{page}: {explanation.meta['problem']}")
    typer.echo(report(explanation, page.name))


def _piped(inputs: list[str] | None, config: "Config", fields: "Fields", rows_of: Callable[..., Any], quiet: bool) -> int:
    """Write the rows that `rows_of` makes of the inputs to stdout, and what was rejected to stderr."""
    from dedup.readers import expand, read
    from dedup.writers.jsonl import write_rows

    files, rejected, _ = expand(inputs or ["-"])
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    count = 0
    for rows, refused in rows_of(read(files, config, fields)):
        write_rows(rows, sys.stdout)
        sys.stdout.flush()
        rejected += refused
        for row in rejected:
            place = f"{row.source_file}:{row.source_line}" if row.source_line else row.source_file
            typer.echo(f"dedup: {place}: {row.cause}", err=True)
        count += len(rejected)
        rejected = []
    return REJECTED if count else OK


def _config(path: Path | None, flags: dict[str, Any]) -> "Config":
    """The settings of the file under the flags that were given."""
    from dedup.config import Config

    names = {field.name for field in dataclasses.fields(Config)}
    given = {name: value for name, value in flags.items() if name in names and value is not None}
    if flags.get("window") is not None:
        given["window_days"] = flags["window"]
    return Config.load(path, **{name: str(value) if isinstance(value, StrEnum) else value for name, value in given.items()})


def _level(level: StripChoice | None, gentle: bool, aggressive: bool) -> str | None:
    """The one level that the flags name, None for none."""
    from dedup.errors import ConfigError

    named = [name for name, given in (("gentle", gentle), ("aggressive", aggressive)) if given] + ([level.value] if level else [])
    if len(set(named)) > 1:
        raise ConfigError(f"strip is one of {', '.join(named)}, not several")
    return named[0] if named else None


def _templates(use: Path | None, learn: Path | None, files: list[str], config: "Config", fields: "Fields") -> "Templates | None":
    """What recurs on hosts: the state to use, the one to add to, and, read in a pass of their own, the files."""
    if use is None and learn is None:
        return None
    from dedup.boilerplate import Templates
    from dedup.boilerplate.templates import writable
    from dedup.readers import read

    found = Templates.load(use) if use else Templates()
    if learn and writable(learn).exists():
        found.merge(Templates.load(learn))
    if learn and "-" not in files:
        for batch, _, _ in read(files, config, fields):
            if batch:
                found.learn_batch(batch, config.threads)
    return found


def _index(path: Path, config: "Config", max_age: str | None) -> "Index":
    from dedup.index import Index
    from dedup.index_cli import seconds

    return Index.open(path, config, max_age=seconds(max_age) if max_age else None)


def _fields(flags: dict[str, Any]) -> "Fields":
    from dedup.readers import Fields

    return Fields(**{role: (flags[f"{role}_field"],) for role in ("id", "text", "html", "title", "url", "date") if flags[f"{role}_field"]})


def _commands() -> typer.Typer:
    from dedup.index_cli import app as index_app  # it takes its option types from here
    from dedup.rules_cli import app as rules_app

    app.add_typer(index_app, name="index")
    app.add_typer(rules_app, name="rules")
    return app


def main() -> None:
    """Run the command line."""

    def stop(number: int, frame: Any) -> None:
        sys.exit(128 + number)  # so that an unfinished output is cleaned away

    signal.signal(signal.SIGTERM, stop)
    _commands()()
