"""What was kept of a page and what was left out, for a person's eyes."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dedup.config import Config

_META = ("title", "subtitle", "author", "dateline", "published", "modified", "site", "lang", "url", "tags", "encoding", "problem")
_MATCHED = 40
"""Characters of a span's text by which the element around it is known."""

_STYLE = """
:root { color-scheme: light dark; --kept: #2e7d32; --cut: #c0392b; --line: #8884; }
body { font: 16px/1.6 system-ui, "Noto Sans", "Noto Sans Devanagari", sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } td, th { border-bottom: 1px solid var(--line); padding: .2em .6em; text-align: start; vertical-align: top; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; } code { font-size: .8em; opacity: .7; } .kept th { color: var(--kept); }
.cut th { color: var(--cut); } .cut .text { text-decoration: line-through; opacity: .7; }
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page: what it is if it was kept, why it went if not, the CSS path of the element around it, its text."""

    kept: bool
    reason: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the page says of itself, and its parts in order."""

    meta: dict[str, str]
    parts: list[Part] = field(default_factory=list)


def explain(html: str | bytes, url: str = "", config: Config | None = None, **settings: Any) -> Explanation:
    """Return what is kept of a page and what is removed, in its order; the paths can be used in site rules.

    Settings are those of `Config`, by name. A page that cannot be read has no parts; `meta["problem"]` says why.
    """
    from dedup import _core
    from dedup.boilerplate.html import strip_html

    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    (row,) = strip_html([page], [url], config, **settings).to_pylist()
    spans = [(span, True) for span in row["kept"]] + [(span, False) for span in row["removed"]]
    spans.sort(key=lambda entry: (entry[0]["start"], entry[0]["end"]))
    path_at = _paths(_core.decode_html(page, row["encoding"]))
    parts = [Part(kept, span["reason"], path_at(span["start"], span["text"]), span["text"]) for span, kept in spans]
    return Explanation({name: row[name] for name in _META}, parts)


def report(explanation: Explanation, title: str = "") -> str:
    """Return the explanation as one HTML page that needs nothing from elsewhere."""
    return "".join(_lines(explanation, escape(title or explanation.meta["title"])))


def _lines(explanation: Explanation, title: str) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>dedup: {title}</title><style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n<table class=meta>\n"
    for name, value in explanation.meta.items():
        if value:
            yield f"<tr><th>{name}</th><td dir=auto>{escape(value)}</td></tr>\n"
    kept = sum(len(part.text) for part in explanation.parts if part.kept)
    cut = Counter[str]()
    for part in explanation.parts:
        if not part.kept:
            cut[part.reason] += len(part.text)
    yield f"<tr><th>kept</th><td>{kept:,} characters</td></tr>\n"
    reasons = ", ".join(f"{escape(reason)} {count:,}" for reason, count in cut.most_common())
    yield f"<tr><th>left out</th><td>{cut.total():,} characters{': ' if reasons else ''}{reasons}</td></tr>\n</table>\n<table class=parts>\n"
    for part in explanation.parts:
        yield f'<tr class="{"kept" if part.kept else "cut"}"><th>{escape(part.reason)}</th>'
        yield f"<td class=text dir=auto>{escape(part.text)}</td><td><code>{escape(part.path)}</code></td></tr>\n"
    yield "</table>\n</body></html>\n"


def _paths(source: str) -> Callable[[int, str], str]:
    """A function from the place and the text of a span to the CSS path of the element around its beginning."""
    from bs4.element import NavigableString, Tag

    from dedup.boilerplate.rules import css_path, parsed, places

    place = places(source)
    tags: list[tuple[int, Tag]] = sorted(((place(tag), tag) for tag in parsed(source).find_all(True)), key=lambda entry: entry[0])
    offsets = [offset for offset, _ in tags]

    def path_at(offset: int, text: str) -> str:
        at = bisect_right(offsets, offset) - 1
        if at < 0:
            return ""
        tag = tags[at][1]
        # The text may follow an element that has ended: its own parent is the one.
        wanted = _folded(text)[:_MATCHED]
        string = tag.next_element
        while isinstance(string, NavigableString):
            found = _folded(string)[:_MATCHED]
            if found and (wanted.startswith(found) or found.startswith(wanted)) and string.parent:
                return css_path(string.parent)
            string = string.next_element
        return css_path(tag)

    return path_at


def _folded(text: str) -> str:
    return "".join(text.split())
