"""What pages say about themselves, read by us and by the peers, beside what the parsers of a crawler made for each site read.

    python benchmarks/extract/metadata.py gold DATA GOLD      # needs fundus 0.5.7 (with curl_cffi below 0.12)
    python benchmarks/extract/metadata.py peers DATA PEERS    # needs trafilatura and newspaper4k
    python benchmarks/extract/metadata.py score DATA GOLD PEERS [--differences FIELD] [--record FILE]
    python benchmarks/extract/metadata.py digests DATA GOLD   # the gold as digests, for the gate
    python benchmarks/extract/metadata.py languages DATA NEWS [--record FILE]   # languages told from the text alone

DATA is the directory `extract`. Gold of title, authors, date and topics: what Fundus' parsers, written for each publisher, read from the
pages of the set `fundus`; they read JSON-LD and `<meta>` where these are good, and the page where not. It is not in the data and is not
kept in this repository, but for digests of (page, words), by which the gate can tell whether what we read is the same. Gold of the language: that of the sets `daniel`, `indic` and `hindi`. Scores are means over the pages that have
the field: `title` and `author`, `tags` as F1 of words; `title_same`, `author_same` the share with the same words; `date` the share with
the same day; `language` the share that is right.
"""

import argparse
import datetime
import hashlib
import html
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import zstandard
from pages import Page, read

FIELDS = ("title", "author", "date", "tags", "language")
LANGUAGES = {"English": "en", "Chinese": "zh", "Greek": "el", "Polish": "pl", "Russian": "ru"}
SPOKEN = ("daniel", "indic", "hindi")
SETS = ("fundus", *SPOKEN)
Row = dict[str, str]


def gold(data: Path, to: Path) -> None:
    """Write what Fundus' parsers read from each page of the set, by the page's id."""
    from fundus import PublisherCollection

    publishers = {publisher.__name__: publisher for group in PublisherCollection.get_subgroup_mapping().values() for publisher in group}
    rows: dict[str, Row] = {}
    for page in read(data, "fundus"):
        name, *day = re.findall(r"([^/]+)_(\d+)_(\d+)_(\d+)", page.id)[0]
        if name not in publishers:
            continue
        parsed = publishers[name].parser(datetime.date(*map(int, day))).parse(page.html.decode("utf8", "replace"), "catch")
        found = {key: value for key, value in parsed.items() if not isinstance(value, Exception)}
        date = found.get("publishing_date")
        rows[page.id] = {
            "title": found.get("title") or "",
            "author": ", ".join(found.get("authors") or []),
            "date": date.isoformat() if date else "",
            "tags": ", ".join(found.get("topics") or []),
        }
    to.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf8")


def peers(data: Path, to: Path) -> None:
    """Write what each peer reads from each page, by peer and page."""
    rows: dict[str, dict[str, Row]] = {"trafilatura": {}, "newspaper4k": {}}
    for page in pages_of(data):
        for peer, read_one in (("trafilatura", _trafilatura), ("newspaper4k", _newspaper)):
            try:
                rows[peer][page.id] = read_one(page)
            except Exception as error:  # a peer's failure is its score, not the benchmark's end
                print(f"{peer}: {page.id}: {error!r:.100}", file=sys.stderr)
                rows[peer][page.id] = dict.fromkeys(FIELDS, "")
    to.write_text(json.dumps(rows, ensure_ascii=False), "utf8")


def pages_of(data: Path) -> list[Page]:
    """Return the pages that have gold: those of the parsers, and some of each language."""
    return [*read(data, "fundus"), *(page for name in SPOKEN for page in list(read(data, name))[:: 4 if name == "daniel" else 1])]


def _trafilatura(page: Page) -> Row:
    import trafilatura

    source = page.html.decode("utf8", "replace")
    found = trafilatura.bare_extraction(source, url=page.url or None, with_metadata=True)
    # With a language detector installed it would tell more.
    meta = found.as_dict() if found is not None else trafilatura.extract_metadata(source, default_url=page.url or None).as_dict()
    tags = ", ".join([*(meta.get("tags") or []), *(meta.get("categories") or [])])
    return {
        "title": meta.get("title") or "",
        "author": (meta.get("author") or "").replace("; ", ", "),
        "date": meta.get("date") or "",
        "tags": tags,
        "language": (meta.get("language") or "")[:2],
    }


def _newspaper(page: Page) -> Row:
    import newspaper

    for language in ({}, {"language": "en"}):  # some languages need packages that are not installed
        try:
            article = newspaper.Article(page.url or "http://example.org/", fetch_images=False, **language)
            article.download(input_html=page.html.decode("utf8", "replace"))
            article.parse()
            break
        except ImportError:
            continue
    return {
        "title": article.title or "",
        "author": ", ".join(article.authors),
        "date": article.publish_date.isoformat() if article.publish_date else "",
        "tags": ", ".join(article.tags or article.meta_keywords or []),
        "language": (article.meta_lang or "")[:2],
    }


def ours(pages: list[Page]) -> dict[str, Row]:
    """Return what we read from each page."""
    from dedup.boilerplate.html import strip_html
    from dedup.config import Config

    found = strip_html([page.html for page in pages], [page.url for page in pages], Config(threads=1)).to_pylist()
    names = {"title": "title", "author": "author", "date": "published", "tags": "tags", "language": "lang"}
    return {page.id: {field: row[name] for field, name in names.items()} for page, row in zip(pages, found, strict=True)}


def words(text: str) -> list[str]:
    """Return the words of a name or a headline; a character of a script without spaces is one."""
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\W_]|[\u0300-\u036f\u0900-\u0dff])+", folded)


def overlap(one: str, other: str) -> float:
    """Return the F1 of the words of two texts."""
    first, second = Counter(words(one)), Counter(words(other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def same(one: str, other: str) -> float:
    return float(set(words(one)) == set(words(other)))


def scores(found: dict[str, Row], wanted: dict[str, Row]) -> dict[str, float]:
    """Return the means of each score over the pages of which the gold has the field."""
    sums: dict[str, list[float]] = {}
    for page, gold_row in wanted.items():
        row = found[page]
        for field, value in gold_row.items():
            if not value:
                continue
            if field == "date":
                sums.setdefault(field, []).append(float(row[field][:10] == value[:10]))
            elif field == "language":
                sums.setdefault(field, []).append(float(row[field] == value))
            else:
                sums.setdefault(field, []).append(overlap(row[field], value))
                if field != "tags":
                    sums.setdefault(f"{field}_same", []).append(same(row[field], value))
    return {field: sum(values) / len(values) for field, values in sums.items()}


def languages(pages: list[Page]) -> dict[str, Row]:
    return {
        page.id: {"language": "hi" if page.set == "hindi" else page.meta.get("lang") or LANGUAGES[page.kind]}
        for page in pages
        if page.set in SPOKEN
    }


DIGESTS = Path(__file__).with_name("metadata-digests.json")
"""By field, one digest for each page whose gold has it."""


def digest_of(page: str, field: str, value: str) -> str:
    """Return a digest of what a page says: of the words of its title or its authors, of its day; in any order."""
    said = value[:10] if field == "date" else " ".join(sorted(set(words(value))))
    return hashlib.sha256(f"{page}\0{field}\0{said}".encode()).hexdigest()[:16]


def digests(gold: dict[str, Row]) -> dict[str, list[str]]:
    return {field: sorted(digest_of(page, field, row[field]) for page, row in gold.items() if row[field]) for field in FIELDS[:3]}


def shares(data: Path) -> dict[str, float]:
    """Return the shares of titles, authors and days that are those of the gold, and of languages, without the gold itself."""
    pages = pages_of(data)
    found = ours(pages)
    wanted: dict[str, list[str]] = json.loads(DIGESTS.read_text("utf8"))
    result = scores(found, languages(pages))
    for field, known in wanted.items():
        result[field] = len(set(known) & {digest_of(page, field, row[field]) for page, row in found.items()}) / len(known)
    return result


def told(texts: list[str]) -> list[str]:
    """Return the language of each text as a page that states nothing."""
    from dedup.boilerplate.html import strip_html
    from dedup.config import Config

    pages = ["".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines()) for text in texts]
    return list(strip_html(pages, config=Config(threads=1, strip="off"))["lang"].to_pylist())


def languages_told(data: Path, news: Path) -> dict[str, dict[str, int]]:
    """Return, by language, of how many texts the language is told rightly, not at all, and wrongly: the first 400 of each in NEWS; and of
    the articles, of 300 characters and more, of DATA's pages that declare a language that is known here, whether or not that is right."""
    from dedup.boilerplate.html import strip_html
    from dedup.config import Config

    texts: dict[str, list[str]] = {}
    for name in ("hi", "ne", "en", "other_indic"):
        with open(news / f"{name}.jsonl.zst", "rb") as file:
            for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf8"):
                row = json.loads(line)
                kept = texts.setdefault(row.get("lang", name), [])
                if len(kept) < 400 and len(row["text"]) >= 300:
                    kept.append(row["text"])
    for name in ("fundus", "magic", "readability", "trafilatura", "wcxb_dev"):
        pages = list(read(data, name))
        found = strip_html([page.html for page in pages], config=Config(threads=1))
        stated = [re.findall(rb"<html[^>]*?\slang=[\"']?([a-zA-Z]{2})\b", page.html[:20_000]) for page in pages]
        for lang, text in zip(stated, found["text"].to_pylist(), strict=True):
            if lang and len(text) >= 300:
                texts.setdefault(f"declared {lang[0].decode().lower()}", []).append(text)
    result: dict[str, dict[str, int]] = {}
    for name, listed in texts.items():
        counted = Counter("right" if lang == name[-2:] else "wrong" if lang else "none" for lang in told(listed))
        result[name] = {"texts": len(listed)} | {key: counted[key] for key in ("right", "none", "wrong")}
    return result


def score(arguments: argparse.Namespace) -> None:
    pages = pages_of(arguments.data)
    wanted: dict[str, Row] = json.loads(arguments.gold.read_text("utf8")) | languages(pages)
    engines: dict[str, dict[str, Row]] = {"dedup": ours(pages)} | json.loads(arguments.peers.read_text("utf8"))
    result: dict[str, Any] = {
        name: {key: round(value, 4) for key, value in scores(found, wanted).items()} for name, found in engines.items()
    }
    for name, row in result.items():
        print(f"{name:12}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    if arguments.differences:
        field = arguments.differences
        for page, row in wanted.items():
            if row.get(field) and not same(engines["dedup"][page][field], row[field]):
                print(f"{page}\n    ours {engines['dedup'][page][field]}\n    gold {row[field]}")
    if arguments.record:
        from evaluate import record

        pages_with = {field: sum(bool(row.get(field)) for row in wanted.values()) for field in FIELDS}
        record(arguments.record, arguments.data, {"scores": result, "pages": pages_with, "gold": "fundus 0.5.7"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("gold", "peers", "score", "digests", "languages"))
    parser.add_argument("data", type=Path)
    parser.add_argument("gold", type=Path, metavar="file", help="what gold or peers writes, or the gold that score and digests read")
    parser.add_argument("peers", type=Path, nargs="?")
    parser.add_argument("--differences", choices=FIELDS, help="print ours and the gold where they differ")
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}")
    if arguments.what == "score" and not (arguments.peers and arguments.gold.is_file()):
        parser.error("score needs the files that gold and peers wrote")
    if arguments.what == "languages":
        result = languages_told(arguments.data, arguments.gold)
        for name, row in sorted(result.items(), key=lambda item: -item[1]["texts"]):
            print(f"{name:14}", "  ".join(f"{key} {value:5}" for key, value in row.items()))
        if arguments.record:
            from evaluate import record

            record(arguments.record, arguments.data, {"languages": result})
    elif arguments.what == "digests":
        DIGESTS.write_text(json.dumps(digests(json.loads(arguments.gold.read_text("utf8"))), indent=0) + "\n", "utf8")
    elif arguments.what == "score":
        score(arguments)
    else:
        {"gold": gold, "peers": peers}[arguments.what](arguments.data, arguments.gold)


if __name__ == "__main__":
    main()
