"""The commands of `dedup rules`: site rules from the shell. stdout is data, stderr is words."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dedup import options

if TYPE_CHECKING:
    from dedup.boilerplate.rules import Found
    from dedup.config import Config

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Site rules: CSS selectors by host.",
)

SHOWN = 5
"""Elements of one selector that are shown, unless the answer is JSON."""
SNIPPET = 100
"""Characters of an element's text that are shown."""
SECONDS = 30
"""How long a server may stay silent."""


@app.command()
@options.answering
def test(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The rules, as TOML.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The page's address: its host says which rule is tried.")],
    page: Annotated[Path | None, typer.Option(metavar="PAGE", help="The page as it was saved, instead of fetching URL.")] = None,
    config_file: options.ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that was found as JSON.")] = False,
) -> int:
    """Show what each selector of a site rule finds in a page, and the article that comes of it.

    The exit code is 3 where a selector of content, title or date finds nothing.
    """
    from dedup import _core
    from dedup.boilerplate.html import strip_html
    from dedup.boilerplate.rules import find, load, rule_for
    from dedup.config import Config
    from dedup.errors import ConfigError, InputError

    rules = load(file)
    rule = rule_for(rules, url)
    if rule is None:
        raise ConfigError(f"{file}: no rule for {url}; it has {', '.join(sorted(rules)) or 'none at all'}")
    config = Config.load(config_file).with_settings({"rules": rules})
    source, encoding = _read(page) if page else _fetched(url, config)
    (row,) = strip_html([source], [url], config, encodings=[encoding]).to_pylist()
    if row["problem"]:
        raise InputError(f"{page or url}: {row['problem']}")
    found = find(_core.decode_html(source, row["encoding"]), rule)
    article = {name: row[name] for name in ("title", "published", "text")}
    if as_json:
        answer = {"selectors": [_as_dict(entry) for entry in found], **article}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(_lines(found)))
        typer.echo(f"\ntitle: {article['title']}\npublished: {article['published']}\n\n{article['text']}")
    missing = [entry for entry in found if not entry.elements and entry.field != "remove"]
    for entry in missing:
        typer.echo(f"dedup: {file}: {entry.field}: '{entry.selector}' finds nothing in the page", err=True)
    return options.REJECTED if missing else options.OK


def _lines(found: "list[Found]") -> list[str]:
    lines = []
    for entry in found:
        lines.append(f"{entry.field}: {entry.selector}: {len(entry.elements)} found")
        for path, text in entry.elements[:SHOWN]:
            lines.append(f"    {path}: {text[:SNIPPET]}{'…' if len(text) > SNIPPET else ''}")
        if len(entry.elements) > SHOWN:
            lines.append(f"    and {len(entry.elements) - SHOWN} more")
    return lines


def _as_dict(entry: "Found") -> dict[str, Any]:
    elements = [{"path": path, "text": text} for path, text in entry.elements]
    return {"field": entry.field, "selector": entry.selector, "elements": elements}


def _read(page: Path) -> tuple[bytes, str]:
    from dedup.errors import InputError

    try:
        return page.read_bytes(), ""
    except OSError as error:
        raise InputError(f"{page}: {error.strerror or error}") from None


def _fetched(url: str, config: "Config") -> tuple[bytes, str]:
    """The page's bytes and what the server says of their encoding."""
    from urllib.request import Request, urlopen

    from dedup.errors import InputError

    if not url.lower().startswith(("http://", "https://")):
        raise InputError(f"{url}: an address begins with http:// or https://; for a saved page give its address and --page FILE")
    try:
        with urlopen(Request(url, headers={"User-Agent": "newsdedup"}), timeout=SECONDS) as answer:
            source = answer.read(config.max_bytes + 1)
            encoding = answer.headers.get_content_charset() or ""
    except (OSError, ValueError) as error:
        raise InputError(f"{url}: {getattr(error, 'reason', None) or error}; save the page and pass --page FILE") from None
    if len(source) > config.max_bytes:
        raise InputError(f"{url}: longer than max_bytes = {config.max_bytes:,}")
    return source, encoding
