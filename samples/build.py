"""Builds the dump: `python -m samples.build` renders source/*.toml into dump/, broken/ and their labels; the same bytes every time."""

import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pyarrow as pa

from samples import layouts, layouts_other
from samples.articles import Article, articles, changed, outlets
from samples.derive import copies, similarity
from samples.leftovers import FILES, ROWS, TEXTS
from samples.page import Page
from samples.spoiled import broken

LAYOUTS = layouts.LAYOUTS | layouts_other.LAYOUTS

HERE = Path(__file__).parent
SHORT = 6
"""Words up to which a real paragraph is one that strippers like to drop."""


def squeezed(text: str) -> str:
    """Return the text in the form in which labels compare: NFC, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def encoded(text: str, encoding: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def label(
    page: Page, article: Article, file: str, row: int | None, url: str, group: str | None, original: Article | None
) -> dict[str, Any]:
    jaccard, containment = similarity(article.keep, original.keep) if original else (1.0, 1.0)
    real = squeezed("\n".join((*article.keep, *page.optional)))
    return {
        "id": article.id,
        "file": file,
        "row": row,
        "url": url,
        "outlet": article.outlet,
        "lang": article.lang,
        "encoding": article.encoding,
        "event": article.event,
        "title": article.title,
        "published": page.published,
        "published_from": page.date_from,
        "group": group,
        "kind": article.kind,
        "of": article.of,
        "jaccard": round(jaccard, 4),
        "containment": round(containment, 4),
        "keep": article.keep,
        "optional": page.optional,
        "traps": article.traps,
        "short": [text for text in article.keep if len(text.split()) <= SHORT],
        "leak": [[reason, text] for reason, text in page.leaks if text and squeezed(text) not in real],
    }


def rendered(written: list[Article]) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the files of the dump (path → bytes before compression) and the labels, one a document."""
    houses, files, labels = outlets(), {}, []
    rows: dict[str, list[dict[str, Any]]] = {}
    by_id = {article.id: article for article in written}
    copied = {article.of for article in written}
    for article in written:
        original = by_id[article.of] if article.of else None
        group = article.of or (article.id if article.id in copied else None)
        same_page = article.kind == "exact" and original and (original.outlet, original.date) == (article.outlet, article.date)
        # A copy on the same page, under another address or in another encoding, draws the same headlines.
        page = Page(changed(article, id=original.id) if same_page and original else article, houses[article.outlet])
        if article.outlet in ROWS:
            file, row = "dump/" + FILES[article.outlet], ROWS[article.outlet](page)
            rows.setdefault(file, []).append(row)
            labels.append(label(page, article, file, len(rows[file]), row.get("link") or row.get("url") or "", group, original))
        else:
            layout, ending = (LAYOUTS[article.outlet], "html") if article.outlet in LAYOUTS else (TEXTS[article.outlet], "txt")
            file = f"dump/{article.outlet}/{article.id}.{ending}"
            text = layout(page)
            files[file] = encoded(text, article.encoding)
            address = re.search('(?:rel="canonical" href|property="og:url" content)="([^"]+)"', text)
            labels.append(label(page, article, file, None, address[1] if address else "", group, original))
    for file, members in rows.items():
        files[file] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in members).encode()
    return files, labels


def packed(path: str, content: bytes) -> bytes:
    """Return the bytes to store; what lies in broken/ is stored as it is, whatever its name says."""
    if path.startswith("broken/"):
        return content
    if path.endswith(".gz"):
        return gzip.compress(content, 9, mtime=0)
    return pa.Codec("zstd", 19).compress(content).to_pybytes() if path.endswith(".zst") else content


def unpacked(path: str, stored: bytes) -> bytes:
    if path.startswith("broken/"):
        return stored
    if path.endswith(".gz"):
        return gzip.decompress(stored)
    return pa.CompressedInputStream(io.BytesIO(stored), "zstd").read() if path.endswith(".zst") else stored


def built() -> dict[str, bytes]:
    """Return every generated file (path below samples/ → bytes before compression)."""
    files, labels = rendered((written := articles()) + copies(written))
    spoiled, expected = broken()
    files |= spoiled
    files["broken.jsonl"] = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in expected).encode()
    files["labels.jsonl"] = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in labels).encode()
    return files


def main() -> None:
    files = built()
    for folder in ("dump", "broken"):
        for path in sorted((HERE / folder).rglob("*")):
            if path.is_file() and path.relative_to(HERE).as_posix() not in files:
                path.unlink()
    for name, content in files.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Compressed bytes differ between versions of zlib and zstd: a file that already holds the content stays as it is.
        if not path.exists() or unpacked(name, path.read_bytes()) != content:
            path.write_bytes(packed(name, content))
    print(f"{len(files)} files", file=sys.stderr)


if __name__ == "__main__":
    main()
