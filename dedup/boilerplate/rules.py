"""Site rules: for a host, CSS selectors that say what its articles are made of.

["example.org"]
content = ["div.story"]         # the body; only what is inside is looked at
remove = [".also-read", "figure"]
title = "h1.headline"
date = "time.published"
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dedup.errors import ConfigError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

FIELDS = ("content", "remove", "title", "date")

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class SiteRule:
    """CSS selectors of one host; of `title` and `date` the first element found counts."""

    content: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    title: str = ""
    date: str = ""

    def selectors(self) -> list[tuple[str, str]]:
        """Return (field, selector), in the order of the fields."""
        single = [(name, selector) for name, selector in (("title", self.title), ("date", self.date)) if selector]
        return [("content", selector) for selector in self.content] + [("remove", selector) for selector in self.remove] + single


@dataclass(frozen=True, slots=True)
class Selected:
    """What a rule finds in a page: offsets of start tags (bytes of the UTF-8 page), and the texts of title and date."""

    content: tuple[int, ...]
    remove: tuple[int, ...]
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one selector of a rule finds in a page: for each element its CSS path and its text."""

    field: str
    selector: str
    elements: tuple[tuple[str, str], ...]


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
    """Return the rules of a mapping host → `SiteRule`, or field → selector or selectors; ConfigError says which cannot be right."""
    rules: dict[str, SiteRule] = {}
    for written, fields in table.items():
        host = _host(written, where)
        if host in rules:
            raise ConfigError(f'{where}: ["{written}"] has a second table; put its selectors into one')
        rules[host] = fields if isinstance(fields, SiteRule) else _rule(fields, f'{where}: ["{written}"]')
    return rules


def rule_for(rules: Mapping[str, SiteRule], url: str) -> SiteRule | None:
    """Return the rule of the address's host, else of the nearest domain above it, else None."""
    try:
        host = _ascii((urlsplit(url).hostname or "").rstrip(".")).removeprefix("www.")
    except ValueError:
        return None
    while host:
        if host in rules:
            return rules[host]
        _, _, host = host.partition(".")
    return None


def select(page: str, rule: SiteRule) -> Selected:
    """Return what the rule finds in a decoded page."""
    soup = parsed(page)
    place = places(page)

    def text(tag: "Tag | None") -> str:
        return " ".join(tag.get_text(" ").split()) if tag else ""

    def offsets(selectors: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(sorted({len(page[: place(tag)].encode()) for selector in selectors for tag in soup.select(selector)}))

    dated = soup.select_one(rule.date) if rule.date else None
    stated = str(dated.get("datetime") or dated.get("content") or "") if dated else ""
    titled = soup.select_one(rule.title) if rule.title else None
    title = text(titled) or (str(titled.get("content") or "") if titled else "")
    return Selected(offsets(rule.content), offsets(rule.remove), title, stated or text(dated))


def find(page: str, rule: SiteRule) -> list[Found]:
    """Return what each selector of the rule finds in a decoded page."""
    soup = parsed(page)

    def shown(tag: "Tag") -> tuple[str, str]:
        text = " ".join(tag.get_text(" ").split())
        return css_path(tag), text or str(tag.get("datetime") or tag.get("content") or "")

    return [Found(field, selector, tuple(map(shown, soup.select(selector)))) for field, selector in rule.selectors()]


def parsed(page: str) -> "BeautifulSoup":
    """Return the page as BeautifulSoup reads it, each element with its place."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(_ended(page), "html.parser")


def _ended(page: str) -> str:
    """The page up to where a comment or a tag begins that never ends: Python's parser would look for its end again and again."""
    comment = page.find("<!--", page.rfind("-->") + 1)
    if comment >= 0:
        page = page[:comment]
    tag = page.find("<", page.rfind(">") + 1)
    return page[:tag] if tag >= 0 else page


def places(page: str) -> Callable[["Tag"], int]:
    """Return a function that gives where in the page the start tag of an element stands, in characters."""
    starts = [0]
    for line in page.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return lambda tag: starts[(tag.sourceline or 1) - 1] + (tag.sourcepos or 0)


def css_path(tag: "Tag") -> str:
    """Return a selector of the element: names, classes and ids of it and of those around it, four at most."""
    names: list[str] = []
    for around in [tag, *tag.parents]:
        if around.name in ("[document]", "html", "body") or len(names) == 4:
            break
        marks = "".join(f".{name}" for name in around.get_attribute_list("class") if name and name.replace("-", "_").isidentifier())
        name = around.get("id")
        ident = f"#{name}" if isinstance(name, str) and name.replace("-", "_").isidentifier() else ""
        names.append(around.name + ident + marks)
        if ident:
            break
    return " > ".join(reversed(names))


def _rule(fields: Any, where: str) -> SiteRule:
    if not isinstance(fields, Mapping):
        raise ConfigError(f"{where} takes a table of {', '.join(FIELDS)}")
    for name, value in fields.items():
        if name not in FIELDS:
            near = difflib.get_close_matches(name, FIELDS, 1, 0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"it takes {', '.join(FIELDS)}"
            if isinstance(value, Mapping):  # [example.org] without quotes is the table org inside the table example
                hint = 'write a host in quotes: ["example.org"]'
            raise ConfigError(f"{where} has no '{name}'; {hint}")
        if name in ("title", "date"):
            if not isinstance(value, str):
                raise ConfigError(f"{where} {name} takes one selector, not {value!r}")
        elif not isinstance(value, (str, list, tuple)):
            raise ConfigError(f"{where} {name} takes a selector or a list of selectors, not {value!r}")
        for selector in [value] if isinstance(value, str) else value:
            _check(selector, f"{where} {name}")
    content, remove = (
        (value,) if isinstance(value, str) else tuple(value) for value in (fields.get("content", ()), fields.get("remove", ()))
    )
    return SiteRule(content, remove, fields.get("title", ""), fields.get("date", ""))


def _host(written: Any, where: str) -> str:
    host = written.strip().lower().rstrip(".") if isinstance(written, str) else ""
    wrong = f'{where}: ["{written}"] is no host'
    if "://" in host or "/" in host:
        bare = urlsplit(host if "://" in host else f"//{host}").netloc
        raise ConfigError(f'{wrong}; write the name alone: ["{bare or "example.org"}"]')
    if "*" in host:
        raise ConfigError(f'{wrong}; a rule covers all below its host: ["{host.replace("*", "").strip(".") or "example.org"}"]')
    try:
        host = _ascii(host).removeprefix("www.")
    except ValueError:
        host = ""
    if not host or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise ConfigError(f'{wrong}; write a name such as ["example.org"], without port or path')
    return host


def _ascii(host: str) -> str:
    """The name as it stands in addresses: उदाहरण.भारत is xn--p1b6ci4b4b3a.xn--h2brj9c."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _check(selector: Any, where: str) -> None:
    import soupsieve

    if not isinstance(selector, str) or not selector.strip():
        raise ConfigError(f"{where} takes CSS selectors, not {selector!r}")
    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        raise ConfigError(f"{where}: '{selector}' is no CSS selector: {str(error).splitlines()[0].rstrip('.')}") from None
