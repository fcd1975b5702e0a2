"""Site rules: for a host, CSS selectors that say what its articles are made of.

["example.org"]
content = ["div.story"]         # the body; only what is inside is looked at
remove = [".also-read", "figure"]
title = "h1.headline"
date = "time.published"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dedup.errors import ConfigError

_FIELDS = ("content", "remove", "title", "date")


@dataclass(frozen=True, slots=True)
class SiteRule:
    """CSS selectors of one host; of `title` and `date` the first element found counts."""

    content: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Selected:
    """What a rule finds in a page: offsets of start tags (bytes of the UTF-8 page), and the texts of title and date."""

    content: tuple[int, ...]
    remove: tuple[int, ...]
    title: str
    date: str


def load(path: Path) -> dict[str, SiteRule]:
    """Return the rules of a TOML file by host; ConfigError names the file, the host and the selector that cannot be right."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path}: {error}") from None
    return parse(table, str(path))


def parse(table: Mapping[str, Any], where: str = "rules") -> dict[str, SiteRule]:
    """Return the rules of a mapping host → field → selector or selectors."""
    rules = {}
    for host, fields in table.items():
        if not isinstance(fields, Mapping):
            raise ConfigError(f'{where}: ["{host}"] takes a table of {", ".join(_FIELDS)}')
        for name, value in fields.items():
            if name not in _FIELDS:
                raise ConfigError(f'{where}: ["{host}"] has no {name}; it takes {", ".join(_FIELDS)}')
            for selector in [value] if isinstance(value, str) else value:
                _check(selector, f'{where}: ["{host}"] {name}')
            if name in ("title", "date") and not isinstance(value, str):
                raise ConfigError(f'{where}: ["{host}"] {name} takes one selector')
        lists = {name: _listed(fields.get(name, ())) for name in ("content", "remove")}
        rules[host.lower().removeprefix("www.")] = SiteRule(**lists, title=fields.get("title", ""), date=fields.get("date", ""))
    return rules


def rule_for(rules: Mapping[str, SiteRule], url: str) -> SiteRule | None:
    """Return the rule of the address's host, else of the nearest domain above it, else None."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    while host:
        if host in rules:
            return rules[host]
        _, _, host = host.partition(".")
    return None


def select(page: str, rule: SiteRule) -> Selected:
    """Return what the rule finds in a decoded page."""
    from bs4 import BeautifulSoup
    from bs4.element import Tag

    soup = BeautifulSoup(page, "html.parser")
    lines = [0]
    for line in page.split("\n"):
        lines.append(lines[-1] + len(line.encode()) + 1)

    def place(tag: Tag) -> int:
        line, column = tag.sourceline or 1, tag.sourcepos or 0
        text = page_lines[line - 1][:column] if line <= len(page_lines) else ""
        return lines[line - 1] + len(text.encode())

    def places(selectors: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(sorted({place(tag) for selector in selectors for tag in soup.select(selector)}))

    def text(tag: Tag | None) -> str:
        return " ".join(tag.get_text(" ").split()) if tag else ""

    page_lines = page.split("\n")
    dated = soup.select_one(rule.date) if rule.date else None
    date = str(dated.get("datetime") or dated.get("content") or "") if dated else ""
    title = text(soup.select_one(rule.title)) if rule.title else ""
    return Selected(places(rule.content), places(rule.remove), title, date or text(dated))


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _check(selector: Any, where: str) -> None:
    import soupsieve

    if not isinstance(selector, str):
        raise ConfigError(f"{where} takes a CSS selector, not {selector!r}")
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        raise ConfigError(f"{where}: {str(error).splitlines()[0]}") from None
