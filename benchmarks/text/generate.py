"""The evaluation set of text mode: gold articles with the leftovers of many outlets put where outlets leave them."""

import io
import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
import zstandard

HERE = Path(__file__).parent
BODIES = 6
"""Articles for each outlet."""


@dataclass(slots=True)
class Piece:
    """A stretch of a document: `kind` is good (of the article), gap (white space), or where the leftover stands."""

    kind: str
    text: str


@dataclass(slots=True)
class Document:
    outlet: str
    lang: str
    split: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a .jsonl.zst file."""
    with open(path, "rb") as file:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf8"):
            yield json.loads(line)


def outlets() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (language, table of its outlets file), in order of language."""
    for path in sorted((HERE / "outlets").glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text("utf8"))


def bodies(data: Path) -> dict[str, list[str]]:
    """Return articles by language: gold of the development pages, clean news text, and those written for this set."""
    found: dict[str, list[str]] = {lang: list(texts) for lang, texts in tomllib.loads((HERE / "bodies.toml").read_text("utf8")).items()}
    countries = {"de": "de", "at": "de", "fr": "fr", "es": "es", "mx": "es", "py": "es", "it": "it", "pt": "pt", "pl": "pl"}
    countries |= dict.fromkeys(("uk", "za", "us", "au", "ind"), "en")
    for row in rows(data / "extract/fundus.jsonl.zst"):
        found.setdefault(countries.get(row["type"], ""), []).append(row["gold"])
    for row in rows(data / "extract/daniel.jsonl.zst"):
        found.setdefault({"Russian": "ru", "Polish": "pl"}.get(row["type"], ""), []).append(row["gold"].replace(" \\n ", "\n"))
    for row in rows(data / "extract/indic.jsonl.zst"):
        found.setdefault(row["lang"], []).append(row["gold"])
    for path in sorted((data / "extract/hindi").glob("*.gold.txt")):
        found.setdefault("hi", []).append(path.read_text("utf8"))
    for row in rows(data / "news/other_indic.jsonl.zst"):
        found.setdefault(row["lang"], []).append(row["text"])
    for row in rows(data / "news/ne.jsonl.zst"):
        found.setdefault("ne", []).append(row["text"])
    return {lang: [text for text in texts if usable(text)] for lang, texts in found.items() if lang}


NATURAL = regex.compile(
    r"پڑھی[ںےئ]|پڑھئے|تصویر کے|تصویر کا|شیئر کریں|Теги:|Читайте|Опубликовано|Автор:|«АН-online»|Autor:|Data publikacji|Czytaj|एजेन्सी|यो पनि|आवेदन|"
    r"আবেদন|আরও পড়ুন|ছবি:|क्लिक|Fact Check|Image caption|اسی بارے|aktualizacja|Комментариев|যেভাবে|উত্তর:|Content Highlights|Sources:|You may also like|Sum.?ma.?ry:|"
    r"Read Also|ഏഷ്യാനെറ്റ് ന്യൂസ് |Zdjęcie|\bPAP\b|РИА Новости|\bRead:|रासस|comments below|\(\d\d:\d\d\)|\(\d:\d\d\)|\d\d:\d\d$"
)
"""What shows that an article of these sources brings leftovers, a quiz or a job advertisement of its own."""


def usable(text: str) -> bool:
    if NATURAL.search(text):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if not all(regex.search(r"\p{L}\p{L}", line) for line in lines):
        return False
    return 4 <= len(lines) <= 60 and 500 <= len(text) <= 12_000 and max(map(len, lines)) < 3000


def sample_bodies() -> dict[str, list[str]]:
    """Return by language the articles written for this set and for the sample dump: what needs no development data."""
    found: dict[str, list[str]] = {lang: list(texts) for lang, texts in tomllib.loads((HERE / "bodies.toml").read_text("utf8")).items()}
    for line in (HERE.parents[1] / "samples/labels.jsonl").read_text("utf8").splitlines():
        label = json.loads(line)
        if label["kind"] == "original":
            found.setdefault(label["lang"], []).append("\n".join(label["keep"]))
    return {lang: [text for text in texts if usable(text)] for lang, texts in found.items()}


def build(data: Path | None, seed: int = 1) -> list[Document]:
    """Return the documents, BODIES for each outlet; without data only of languages in which this repository has articles."""
    articles, documents = sample_bodies() if data is None else bodies(data), []
    for lang, table in outlets():
        if not articles.get(lang):
            continue
        for outlet in table["outlet"]:
            rng = random.Random(f"{seed}/{outlet['name']}")
            for body in rng.sample(articles[lang], min(BODIES, len(articles[lang]))):
                documents.append(Document(outlet["name"], lang, outlet["split"], assemble(body, outlet, table, rng)))
    return documents


def assemble(body: str, outlet: dict[str, Any], table: dict[str, Any], rng: random.Random) -> list[Piece]:
    """Return the pieces of one document: the outlet's leftovers around, between and inside the paragraphs of the article."""
    headlines = rng.sample(table["headlines"], len(table["headlines"])) * 3
    values = {"name": rng.choice(table["names"]), "place": "दिल्ली"}

    def filled(entry: str) -> str:
        while "{h}" in entry:
            entry = entry.replace("{h}", headlines.pop(), 1)
        return entry.format(**values)

    gap = rng.choice(["\n", "\n\n"])
    pieces: list[Piece] = []

    def put(kind: str, text: str) -> None:
        pieces.extend([Piece("gap", gap)] if pieces else [])
        pieces.append(Piece(kind, text))

    def leave(kind: str, entries: list[str]) -> None:
        for entry in entries:
            for line in filled(entry).split("\n"):
                put(kind, line)

    leave("top", outlet.get("top", []))
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    places = set(rng.sample(range(1, len(paragraphs) - 1), min(len(paragraphs) - 2, rng.choice([1, 2]))))
    inside = rng.randrange(1, len(paragraphs)) if outlet.get("inline") else -1
    for at, paragraph in enumerate(paragraphs):
        put("good", paragraph)
        if at == inside:
            promo = filled(rng.choice(outlet["inline"]))
            cut = next(
                (paragraph.find(stop) + len(stop) for stop in ("। ", ". ", "। ") if 0 < paragraph.find(stop) < len(paragraph) - 20), 0
            )
            if cut:
                pieces.pop()
                pieces += [Piece("good", paragraph[:cut]), Piece("inline", promo), Piece("gap", " "), Piece("good", paragraph[cut:])]
        if at == 0:
            leave("lead", outlet.get("lead", []))
        elif at in places and outlet.get("between"):
            leave("between", [rng.choice(outlet["between"])])
    if outlet.get("tail"):
        pieces += [Piece("gap", " "), Piece("tail", filled(rng.choice(outlet["tail"])))]
    leave("end", outlet.get("end", []))
    return pieces
