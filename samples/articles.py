"""The written articles and outlets, read from source/*.toml."""

import dataclasses
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "source"

LEFTOVERS = ("promo", "source", "other")

_KINDS = {"## ": "heading", "- ": "item", "> ": "quote", "!! ": "trap", "~~": "promo"}


@dataclass(frozen=True)
class Block:
    """A line of a body: kind (paragraph, heading, item, quote; or a leftover: promo, source, other), its text, whether it is a trap."""

    kind: str
    text: str
    trap: bool = False


@dataclass(frozen=True)
class Outlet:
    key: str
    name: str
    host: str
    lang: str
    pool: tuple[str, ...]
    nav: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """One document of the dump: what is written, and for a derived copy whose copy it is."""

    id: str
    outlet: str
    lang: str
    title: str
    date: str
    blocks: tuple[Block, ...]
    event: str | None = None
    author: str = ""
    summary: str = ""
    caption: str = ""
    tags: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    date_text: str = ""
    date_iso: str = ""
    undated: bool = False
    encoding: str = "utf-8"
    of: str | None = None
    kind: str = "original"

    @property
    def keep(self) -> list[str]:
        """The real paragraphs, headings, items and quotations, in order."""
        return [block.text for block in self.blocks if block.kind not in LEFTOVERS]

    @property
    def traps(self) -> list[str]:
        return [block.text for block in self.blocks if block.trap]


def _block(line: str) -> Block:
    for mark, kind in _KINDS.items():
        if line.startswith(mark):
            text = line[len(mark) :].strip()
            return Block("paragraph", text, True) if kind == "trap" else Block(kind, text)
    return Block("paragraph", line)


def _article(entry: dict[str, Any]) -> Article:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    lines = fields.pop("body").strip().splitlines()
    return Article(blocks=tuple(_block(line.strip()) for line in lines if line.strip()), **fields)


def articles() -> list[Article]:
    """Return the hand-written articles, by file name and place in the file."""
    files = sorted(path for path in SOURCE.glob("*.toml") if path.name not in ("outlets.toml", "copies.toml"))
    return [_article(entry) for path in files for entry in tomllib.loads(path.read_text("utf-8"))["article"]]


def outlets() -> dict[str, Outlet]:
    """Return the outlets by key, each with its language's pool of headlines."""
    tables = tomllib.loads((SOURCE / "outlets.toml").read_text("utf-8"))
    pools = tables.pop("pools")
    return {
        key: Outlet(
            **{
                **table,
                "key": key,
                "pool": tuple(pools[table["pool"]]),
                "nav": tuple(table.get("nav", ())),
                "footer": tuple(table.get("footer", ())),
            }
        )
        for key, table in tables.items()
    }


def draw(pool: tuple[str, ...], count: int, *seed: str) -> list[str]:
    """Return `count` members of the pool, chosen and ordered by a hash of the seed: the same everywhere."""
    return sorted(pool, key=lambda item: hashlib.sha256("|".join((*seed, item)).encode()).digest())[:count]


def changed(article: Article, **fields: Any) -> Article:
    return dataclasses.replace(article, **fields)
