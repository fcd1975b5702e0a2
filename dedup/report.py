"""A page that shows why: what was stripped, which copies went, which articles were joined."""

import html
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dedup.result import Result

SHOWN = 100
"""Entries of each list; the page says how many there are in all."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #888; --cut: #c0392b; --same: #2e7d32; }
body { font: 16px/1.6 system-ui, "Noto Sans", "Noto Sans Devanagari", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { border-bottom: 1px solid var(--line); padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; } .quiet { color: var(--quiet); font-size: .9em; } del { color: var(--cut); } ins { color: var(--same); text-decoration: none; border-bottom: 1px dotted; }
details { border-top: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; } pre { white-space: pre-wrap; font: inherit; }
"""


def write_report(result: Result, path: Path) -> None:
    """Write the page of a result as one HTML file that needs nothing from elsewhere."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(_page(result))


def _page(result: Result) -> Iterator[str]:
    counts = result.summary["counts"]
    yield '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>dedup: {counts['kept']:,} of {counts['read']:,} kept</title><style>{_STYLE}</style>"
    yield "<h1>What happened to this dump</h1><table>"
    for name in ("read", "kept", "removed", "rejected", "clusters", "events", "events_of_several", "chars_before", "chars_after"):
        yield f"<tr><th>{name.replace('_', ' ')}</th><td class=number>{counts[name]:,}</td></tr>"
    yield "</table>"
    shown = ["id", "title", "text", "source_file", "source_line", "published", "event_similarity", "event_terms"]
    documents = {row["id"]: row for row in result.documents.select(shown).to_pylist()}
    yield from _events(result, documents)
    yield from _clusters(result, documents)
    yield from _stripped(result)
    yield from _rejected(result)
    yield "</html>\n"


def _events(result: Result, documents: dict[str, dict[str, Any]]) -> Iterator[str]:
    events = sorted((event for event in result.events if len(event.members) > 1), key=lambda event: (-len(event.members), event.id))
    yield f"<h2>Events of several reports {_of(len(events))}</h2>"
    for event in events[:SHOWN]:
        span = f"{event.first[:10]} – {event.last[:10]}" if event.first else "no date"
        yield f"<details><summary>{_e(event.title or event.id)} <span class=quiet>{len(event.members)} reports, {span}</span></summary><ul>"
        for member in event.members:
            row = documents[member]
            shared = ", ".join(f"{entry['term']} {entry['share']:.3f}" for entry in row["event_terms"] or [])
            yield f"<li>{_named(row)}<br><span class=quiet>mean similarity to the others {row['event_similarity']:.3f}: {_e(shared)}</span></li>"
        yield "</ul></details>"


def _clusters(result: Result, documents: dict[str, dict[str, Any]]) -> Iterator[str]:
    removed = result.removed.select(["id", "dup_of", "reason", "similarity", "estimated", "via"]).to_pylist()
    copies: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen = 0
    for row in removed:
        # What an index knows already is not among our documents.
        if row["dup_of"] in documents and row["dup_of"] != row["id"]:
            copies[row["dup_of"]].append(row)
        else:
            seen += 1
    if seen:
        yield f"<p>{seen:,} duplicate a document of the index.</p>"
    yield f"<h2>Copies removed {_of(len(removed))}</h2>"
    for kept in sorted(copies, key=lambda name: (-len(copies[name]), name))[:SHOWN]:
        yield f"<details><summary>{_named(documents[kept])} <span class=quiet>{len(copies[kept])} {'copy' if len(copies[kept]) == 1 else 'copies'}</span></summary>"
        for row in copies[kept][:10]:
            via = f", linked through {_e(row['via'])}" if row["via"] else ""
            yield f"<p>{_named(documents[row['id']])} <span class=quiet>{row['reason']}, Jaccard {row['similarity']:.3f}"
            yield f" (estimated {row['estimated']:.3f}){via}</span></p>"
            if row["reason"] == "near":
                yield f"<pre>{_difference(documents[kept]['text'], documents[row['id']]['text'])}</pre>"
        yield "</details>"


def _stripped(result: Result) -> Iterator[str]:
    spans: dict[str, list[tuple[str, str]]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for batch in result.documents.select(["id", "removed"]).to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            for span in row["removed"] or []:
                totals[span["reason"]] += 1
                if len(spans[span["reason"]]) < SHOWN:
                    spans[span["reason"]].append((row["id"], span["text"]))
    yield "<h2>Boilerplate stripped</h2>"
    for reason in sorted(spans, key=lambda name: (-totals[name], name)):
        yield f"<details><summary>{reason} <span class=quiet>{totals[reason]:,} spans</span></summary><ul>"
        for name, text in spans[reason]:
            yield f"<li><del>{_e(text[:300])}</del> <span class=quiet>{_e(name)}</span></li>"
        yield "</ul></details>"


def _rejected(result: Result) -> Iterator[str]:
    if result.rejected:
        yield f"<h2>Rejected {_of(len(result.rejected))}</h2><table>"
        for row in result.rejected[:SHOWN]:
            yield f"<tr><td>{_e(row.source_file)}:{row.source_line}</td><td>{_e(row.cause)}</td></tr>"
        yield "</table>"


def _difference(kept: str, copy: str) -> str:
    """The copy's lines that the kept article has not, and the other way round, marked; long texts are cut."""
    kept_lines, copy_lines = kept[:20_000].splitlines(), copy[:20_000].splitlines()
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, kept_lines, copy_lines, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(f"<span class=quiet>… {b - a} equal lines …</span>")
        else:
            parts += [f"<ins>{_e(line)}</ins> <span class=quiet>only in the kept one</span>" for line in kept_lines[a:b]]
            parts += [f"<del>{_e(line)}</del> <span class=quiet>only in the copy</span>" for line in copy_lines[c:d]]
    return "\n".join(parts)


def _named(row: dict[str, Any]) -> str:
    title = row["title"] or row["text"][:80]
    place = f"{row['source_file']}:{row['source_line']}" if row["source_line"] else row["source_file"]
    return f"{_e(title)} <span class=quiet>{_e(row['published'][:10])} {_e(place)}</span>"


def _of(count: int) -> str:
    return f"<span class=quiet>({count:,}{f', the first {SHOWN} shown' if count > SHOWN else ''})</span>"


def _e(text: str) -> str:
    return html.escape(text)
