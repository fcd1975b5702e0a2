"""The command line: parse, call one function, print. stdout is data, stderr is words."""

import contextlib
import functools
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dedup import options

if TYPE_CHECKING:
    from dedup.boilerplate import Templates
    from dedup.config import Config
    from dedup.index import Index
    from dedup.readers import Fields

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Clean scraped news: strip boilerplate, remove near-duplicates, group articles by event.",
)


@app.callback(invoke_without_command=True)
def entry(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        import dedup

        typer.echo(f"dedup {dedup.__version__}")
        raise typer.Exit(options.OK)


@app.command()
@options.answering
@options.with_fields
def run(
    inputs: options.Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder to write; it appears whole or not at all.")],
    config_file: options.ConfigFile = None,
    threshold: options.Threshold = None,
    recall: options.Recall = None,
    ngram: options.Ngram = None,
    num_perm: options.NumPerm = None,
    seed: options.Seed = None,
    keep: options.KeepOption = None,
    strip: options.StripOption = None,
    gentle: options.Gentle = False,
    aggressive: options.Aggressive = False,
    templates: options.TemplateState = None,
    learn: options.Learn = None,
    mode: options.ModeOption = None,
    markdown: options.Markdown = None,
    rules: options.Rules = None,
    events: Annotated[bool | None, typer.Option("--events/--no-events", help="Group the articles by event [default: yes].")] = None,
    window: options.Window = None,
    embeddings: options.Embeddings = None,
    threads: options.Threads = None,
    index: Annotated[
        Path | None,
        typer.Option(
            metavar="INDEX", help="Index of everything seen: what duplicates it is removed, then the new is added (made when absent)."
        ),
    ] = None,
    max_age: Annotated[
        str | None, typer.Option(help="With --index: what was first seen longer ago no longer counts: 90d, 12h, 30m.")
    ] = None,
    format: Annotated[options.FormatChoice, typer.Option(help="Format of the output.")] = options.FormatChoice.jsonl,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output of an earlier run.")] = False,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html as well, which shows why.")] = True,
    quiet: options.Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary (run.json) on stdout.")] = False,
    *,
    fields: "Fields",
) -> int:
    """Do the whole job: strip, de-duplicate and group a dump, and write the folder OUT."""
    from dedup.errors import ConfigError, OutputError
    from dedup.pipeline import run_reads
    from dedup.readers import expand, read
    from dedup.spool import Spool
    from dedup.terminal import Progress, print_summary
    from dedup.writers import Partial, write

    config = options.config_of(config_file, locals() | {"strip": options.level_of(strip, gentle, aggressive)})
    files, refused, ignored = expand(inputs)
    if learn and "-" in files:
        raise ConfigError("--learn reads the input twice; give files or folders, not standard input")
    hosts = _templates(templates, learn, files, config, fields)
    if max_age and not index:
        raise ConfigError("--max-age is of an index; give --index too")
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
        _save_learnt(hosts, learn)
    if as_json:
        typer.echo(json.dumps(result.summary, ensure_ascii=False))
    if not quiet:
        print_summary(result, out)
    return options.REJECTED if result.rejected else options.OK


@app.command()
@options.answering
@options.with_fields
def strip(
    inputs: options.PipeInputs = None,
    level: Annotated[options.StripChoice | None, typer.Option("--strip", help="How much boilerplate goes [default: normal].")] = None,
    gentle: options.Gentle = False,
    aggressive: options.Aggressive = False,
    templates: options.TemplateState = None,
    learn: options.Learn = None,
    mode: options.ModeOption = None,
    markdown: options.Markdown = None,
    rules: options.Rules = None,
    keep_html: Annotated[bool, typer.Option("--keep-html", help="Leave the page in the rows.")] = False,
    config_file: options.ConfigFile = None,
    threads: options.Threads = None,
    quiet: options.Quiet = False,
    *,
    fields: "Fields",
) -> int:
    """Strip rows or pages. The same rows come out on stdout, with clean text, title, published and what was removed.

    --learn reads files twice, first to learn; standard input once: each batch is learnt from, then stripped.
    """
    from dedup.pipes import strip_reads
    from dedup.readers import expand

    config = options.config_of(config_file, locals() | {"strip": options.level_of(level, gentle, aggressive)})
    files, _, _ = expand(inputs or ["-"])
    hosts = _templates(templates, learn, files, config, fields)
    online = learn is not None and "-" in files
    stripped = functools.partial(strip_reads, config=config, keep_html=keep_html, templates=hosts, learn=online)
    code = options.piped(inputs, config, fields, stripped, quiet=quiet, counted=("removed spans", lambda row: len(row["removed"])))
    if hosts is not None and learn:
        _save_learnt(hosts, learn)
    return code


@app.command()
@options.answering
@options.with_fields
def lines(
    inputs: options.PipeInputs = None,
    remove: Annotated[bool, typer.Option("--remove", help="Print the rows, without the paragraphs that repeat an earlier one.")] = False,
    mark: Annotated[
        str | None, typer.Option(help="Print the rows, with this text before each paragraph that repeats an earlier one.")
    ] = None,
    near: Annotated[bool, typer.Option("--near/--exact", help="Also paragraphs that are nearly the same, or only equal ones.")] = True,
    least: Annotated[int, typer.Option(help="Characters of the shortest paragraph that counts.", min=1)] = 40,
    config_file: options.ConfigFile = None,
    threshold: options.Threshold = None,
    threads: options.Threads = None,
    quiet: options.Quiet = False,
    *,
    fields: "Fields",
) -> int:
    """Find paragraphs that stand in several texts; the first stays. Without --remove or --mark each repetition is a row on stdout."""
    from dedup.errors import ConfigError
    from dedup.pipes import line_reads

    if remove and mark is not None:
        raise ConfigError("--remove and --mark exclude each other")
    config = options.config_of(config_file, locals() | {"strip": "off"})
    found = functools.partial(line_reads, config=config, near=near, least=least, mark="" if remove else mark)
    return options.piped(inputs, config, fields, found, quiet=quiet)


@app.command()
@options.answering
@options.with_fields
def near(
    inputs: options.PipeInputs = None,
    config_file: options.ConfigFile = None,
    threshold: options.Threshold = None,
    recall: options.Recall = None,
    ngram: options.Ngram = None,
    num_perm: options.NumPerm = None,
    seed: options.Seed = None,
    keep: options.KeepOption = None,
    threads: options.Threads = None,
    quiet: options.Quiet = False,
    *,
    fields: "Fields",
) -> int:
    """Find near-duplicates. The same rows come out on stdout, with their clusters; texts are taken as they stand."""
    from dedup.pipes import near_reads

    config = options.config_of(config_file, locals() | {"strip": "off", "events": False})
    found = functools.partial(near_reads, config=config)
    return options.piped(inputs, config, fields, found, quiet=quiet, counted=("copies", lambda row: not row["keep"]))


@app.command()
@options.answering
@options.with_fields
def events(
    inputs: options.PipeInputs = None,
    config_file: options.ConfigFile = None,
    window: options.Window = None,
    embeddings: options.Embeddings = None,
    threads: options.Threads = None,
    quiet: options.Quiet = False,
    *,
    fields: "Fields",
) -> int:
    """Group articles by event. The same rows come out on stdout, with event_id, why, and story_id; texts are taken as they stand."""
    from dedup.pipes import event_reads

    config = options.config_of(config_file, locals() | {"strip": "off", "events": False})
    found = functools.partial(event_reads, config=config)
    # The event of the row that it is named after: one of each.
    return options.piped(inputs, config, fields, found, quiet=quiet, counted=("events", lambda row: row["event_id"] == row["id"]))


@app.command()
@options.answering
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
@options.answering
def explain(
    page: Annotated[Path, typer.Argument(help="An HTML page.")],
    url: Annotated[str, typer.Option(help="Where the page came from: says which site rule is used.")] = "",
    level: Annotated[options.StripChoice | None, typer.Option("--strip", help="How much boilerplate goes [default: normal].")] = None,
    mode: options.ModeOption = None,
    rules: options.Rules = None,
    config_file: options.ConfigFile = None,
) -> None:
    """Show what of a page is kept and what is left out, and why, as an HTML page on stdout."""
    from dedup.errors import InputError
    from dedup.explain import explain as explained
    from dedup.explain import report

    config = options.config_of(config_file, locals() | {"strip": level})
    try:
        data = page.read_bytes()
    except OSError as error:
        raise InputError(f"{page}: {error.strerror}") from None
    explanation = explained(data, url, config)
    if explanation.meta["problem"]:
        raise InputError(f"{page}: {explanation.meta['problem']}")
    typer.echo(report(explanation, page.name))


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


def _save_learnt(hosts: "Templates", path: Path) -> None:
    hosts.save(path)
    if hosts.hostless:
        rows = "1 row has" if hosts.hostless == 1 else f"{hosts.hostless} rows have"
        typer.echo(f"dedup: {rows} no host in the URL; nothing was learnt there", err=True)


def _index(path: Path, config: "Config", max_age: str | None) -> "Index":
    from dedup.index import Index
    from dedup.index_cli import seconds

    return Index.open(path, config, max_age=seconds(max_age) if max_age else None)


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
