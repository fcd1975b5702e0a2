"""What was kept of a page and what was left out, for a person's eyes."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from dedup.boilerplate.rules import SiteRule
from dedup.config import Config


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page: why it was left out ("" where it was kept), the CSS path of the element around it, its text."""

    reason: str
    path: str
    text: str


def explain(html: str | bytes, url: str = "", config: Config | None = None, *, rules: Mapping[str, SiteRule] | None = None) -> list[Part]:
    """Return the kept and the removed parts of a page in its order; their paths can be used in site rules."""
    from dedup import _core
    from dedup.boilerplate.html import strip_html

    page = html.encode("utf-8", "replace") if isinstance(html, str) else html
    (row,) = strip_html([page], [url], config, rules=rules).to_pylist()
    source = _core.decode_html(page, row["encoding"])
    path_at = _paths(source)
    kept = {_folded(line) for line in row["text"].split("\n")}
    parts: list[Part] = []
    at = 0
    end_of_page = {"start": len(source), "end": len(source), "reason": "", "text": ""}
    for span in [*row["removed"], end_of_page]:
        parts += (Part("", path_at(at), line) for line in _lines(source[at : span["start"]]) if _folded(line) in kept)
        if span["reason"]:
            parts.append(Part(span["reason"], path_at(span["start"]), span["text"]))
        at = max(at, span["end"])
    return parts


def report(parts: list[Part], title: str = "") -> str:
    """Return the parts as an HTML page."""
    rows = "\n".join(
        f'<tr class="{"cut" if part.reason else "kept"}"><td>{escape(part.reason or "kept")}</td>'
        f"<td><code>{escape(part.path)}</code></td><td>{escape(part.text)}</td></tr>"
        for part in parts
    )
    return (
        f'<!doctype html><html><meta charset="utf-8"><title>{escape(title)}</title><style>'
        "td{vertical-align:top;padding:.2em .6em;white-space:pre-wrap}.cut{color:#777}.cut td:last-child{text-decoration:line-through}"
        f"</style><h1>{escape(title)}</h1><table>\n{rows}\n</table></html>\n"
    )


def _folded(text: str) -> str:
    return "".join(text.split())


def _lines(fragment: str) -> Iterator[str]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(fragment, "html.parser")
    for code in soup(["script", "style", "svg", "title", "template"]):
        code.decompose()
    for breaking in soup(["p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote", "pre"]):
        breaking.insert_before("\n")
        breaking.append("\n")
    for line in soup.get_text().split("\n"):
        if line.strip():
            yield " ".join(line.split())


def _paths(source: str) -> Callable[[int], str]:
    """A function from an offset to the CSS path of the last element that begins at or before it."""
    from bs4 import BeautifulSoup

    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    tags = sorted(
        ((starts[(tag.sourceline or 1) - 1] + (tag.sourcepos or 0), tag) for tag in BeautifulSoup(source, "html.parser").find_all(True)),
        key=lambda entry: entry[0],
    )
    offsets = [offset for offset, _ in tags]

    def path_at(offset: int) -> str:
        place = bisect_right(offsets, offset) - 1
        if place < 0:
            return ""
        names: list[str] = []
        for tag in [tags[place][1], *tags[place][1].parents]:
            if tag.name in ("[document]", "html", "body") or len(names) == 4:
                break
            names.append(tag.name + "".join(f".{name}" for name in tag.get_attribute_list("class") if name and name.isidentifier()))
            if tag.get("id"):
                break
        return " > ".join(reversed(names))

    return path_at
