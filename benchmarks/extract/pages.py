"""The development pages with their gold, and the scores by which extraction is judged."""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import regex
import zstandard

SETS = ("cleanportal", "daniel", "fundus", "indic", "magic", "readability", "trafilatura", "wcxb_dev", "hindi")

WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}_\u200c\u200d]+")


@dataclass(slots=True)
class Page:
    set: str
    id: str
    url: str
    kind: str
    html: bytes
    gold: str = ""
    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    meta: dict = field(default_factory=dict)

    @property
    def host(self) -> str:
        """What pages of one site share: its host, else what its id begins with."""
        host = urlsplit(self.url).netloc.removeprefix("www.") if self.url else ""
        if self.set == "daniel" and "_" in self.id:
            host = self.id.split("_")[1].removeprefix("www.")
        if self.set == "hindi":
            host = self.id.split("_")[0]
        if host == "web.archive.org":
            host = urlsplit("http" + self.url.rsplit("http", 1)[1]).netloc.removeprefix("www.")
        return host or f"{self.set}:{self.id}"


def read(data: Path, name: str) -> Iterator[Page]:
    """Yield the pages of a set of `data` (the directory `extract`)."""
    if name == "hindi":
        for path in sorted((data / "hindi").glob("*.html")):
            meta = json.loads(path.with_suffix(".meta.json").read_text("utf8"))
            gold = path.with_suffix(".gold.txt").read_text("utf8")
            yield Page(name, path.stem, "", "article", path.read_bytes(), gold, meta=meta)
        return
    with open(data / f"{name}.jsonl.zst", "rb") as file:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf8"):
            row = json.loads(line)
            html = row.pop("html").encode("utf8", "replace")
            page = Page(name, row["id"], row["url"] or "", row["type"] or "", html, row.get("gold") or "")
            page.wanted, page.unwanted = row.get("with", []), row.get("without", [])
            if name == "indic":
                page.meta = {key: row[key] for key in ("lang", "captions", "promos", "inline_promos")}
            yield page


def digest(data: Path, name: str) -> str:
    """Return the SHA-256 of a set's files."""
    paths = sorted((data / "hindi").iterdir()) if name == "hindi" else [data / f"{name}.jsonl.zst"]
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def shingle_shares(gold: list[str], text: list[str], n: int = 4) -> tuple[float, float, float]:
    def grams(tokens: list[str]) -> Counter:
        return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)) if tokens[i : i + n])

    expected, found = grams(gold), grams(text)
    both = sum((expected & found).values())
    extra, missed = sum(found.values()) - both, sum(expected.values()) - both
    total = both + extra + missed
    return (both / total, extra / total, missed / total) if total else (1.0, 0.0, 0.0)


def word_f1(gold: list[str], text: list[str]) -> float:
    expected, found = Counter(gold), Counter(text)
    return 2 * sum((expected & found).values()) / (len(gold) + len(text)) if gold or text else 1.0


def _fold(text: str) -> str:
    return regex.sub(r"\s+", " ", text).strip()


def score(pages: Iterable[Page], texts: Iterable[str]) -> dict[str, float]:
    """Return shingle F1 and word F1 (also of articles alone), or the F1 of segments, as shared/tools/score_extract.py does."""
    shares, by_words, articles, segments, empty = [], [], [], Counter(), 0
    for page, text in zip(pages, texts, strict=True):
        empty += not text.strip()
        if page.wanted or page.unwanted:
            flat = _fold(text)
            hit = sum(_fold(part) in flat for part in page.wanted)
            segments.update(hit=hit, missed=len(page.wanted) - hit, extra=sum(_fold(part) in flat for part in page.unwanted))
            continue
        gold, found = words(page.gold), words(text)
        shares.append(shingle_shares(gold, found))
        by_words.append(word_f1(gold, found))
        if page.kind == "article":
            articles.append(by_words[-1])
    result: dict[str, float] = {"empty": empty}
    if segments:
        precision = segments["hit"] / max(1, segments["hit"] + segments["extra"])
        recall = segments["hit"] / max(1, segments["hit"] + segments["missed"])
        result |= {"precision": precision, "recall": recall, "segments": 2 * precision * recall / max(1e-9, precision + recall)}
    if shares:
        both, extra, missed = (sum(share[i] for share in shares) for i in range(3))
        precision, recall = both / max(1e-9, both + extra), both / max(1e-9, both + missed)
        result |= {"precision": precision, "recall": recall, "shingles": 2 * precision * recall / max(1e-9, precision + recall)}
        result["words"] = sum(by_words) / len(by_words)
    if articles and len(articles) < len(by_words):
        result["article_words"] = sum(articles) / len(articles)
    return result


def headline(scores: dict[str, float]) -> float:
    """The one figure of a set: segment F1 where it has segments, else shingle F1."""
    return scores["segments"] if "segments" in scores else scores["shingles"]
