"""Builds the dump: python samples/build.py renders source/*.toml into dump/, broken/, labels.jsonl and broken.jsonl; the same bytes every time."""

import gzip
import io
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent))

from articles import Article, articles, outlets
import layouts
import layouts_other
from leftovers import FILES, ROWS, TEXTS
from page import Page

LAYOUTS = layouts.LAYOUTS | layouts_other.LAYOUTS

HERE = Path(__file__).parent


def squeezed(text: str) -> str:
    """Return the text in the form in which labels compare: NFC, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def label(page: Page, file: str, row: int | None, url: str, original: Article | None) -> dict[str, Any]:
    article = page.article
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
        "keep": article.keep,
        "optional": page.optional,
        "traps": article.traps,
        "leak": [[reason, text] for reason, text in page.leaks if text and squeezed(text) not in real],
    }


def rendered(written: list[Article]) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the files of the dump (path → bytes before compression) and the labels, one a document."""
    houses, files, labels = outlets(), {}, []
    rows: dict[str, list[dict[str, Any]]] = {}
    by_id = {article.id: article for article in written}
    for article in written:
        page = Page(article, houses[article.outlet])
        original = by_id[article.of] if article.of else None
        if article.outlet in ROWS:
            file, row = "dump/" + FILES[article.outlet], ROWS[article.outlet](page)
            rows.setdefault(file, []).append(row)
            labels.append(label(page, file, len(rows[file]), row.get("link") or row.get("url") or "", original))
        else:
            layout, ending = (LAYOUTS[article.outlet], "html") if article.outlet in LAYOUTS else (TEXTS[article.outlet], "txt")
            file = f"dump/{article.outlet}/{article.id}.{ending}"
            files[file] = layout(page).encode(article.encoding)
            labels.append(label(page, file, None, "", original))
    for file, members in rows.items():
        files[file] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in members).encode()
    return files, labels


def packed(path: str, content: bytes) -> bytes:
    if path.endswith(".gz"):
        return gzip.compress(content, 9, mtime=0)
    return pa.Codec("zstd", 19).compress(content).to_pybytes() if path.endswith(".zst") else content


def unpacked(path: str, stored: bytes) -> bytes:
    if path.endswith(".gz"):
        return gzip.decompress(stored)
    return pa.CompressedInputStream(io.BytesIO(stored), "zstd").read() if path.endswith(".zst") else stored


def built() -> dict[str, bytes]:
    """Return every generated file (path below samples/ → bytes before compression)."""
    files, labels = rendered(articles())
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
