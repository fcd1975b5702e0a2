"""Derives the copies of source/copies.toml from the written articles: seeded edits, cuts, other outlets. Same seed, same copies."""

import hashlib
import tomllib
import unicodedata
from typing import Any

from samples.articles import LEFTOVERS, SOURCE, Article, Block, changed

SEED = 1
SHINGLE = 5
NEAR = 0.87
"""Jaccard similarity of word 5-grams, copy against original, below which no edit of a near copy may go."""

SWAPS = {
    "hi": (
        ("करीब", "लगभग"),
        ("लेकिन", "मगर"),
        ("अनुसार", "मुताबिक"),
        ("प्रतिशत", "फीसदी"),
        ("पिछले", "बीते"),
        ("खुशी", "प्रसन्नता"),
        ("हर साल", "प्रतिवर्ष"),
        ("चिंता", "फिक्र"),
        ("बारिश", "वर्षा"),
        ("रुपये", "रुपए"),
        ("जल्द ही", "शीघ्र"),
        ("अब तक", "अभी तक"),
        ("बच्चों", "विद्यार्थियों"),
        ("सुबह", "प्रातः"),
        ("वाहनों", "गाड़ियों"),
        ("फिलहाल", "अभी"),
        ("बैठक", "मुलाकात"),
        ("बृहस्पतिवार", "गुरुवार"),
    ),
    "en": (
        ("nobody", "no one"),
        ("Every evening", "Each evening"),
        ("uncertain age", "unknown age"),
        ("a great deal", "a lot"),
        ("wants to turn", "plans to turn"),
        ("for a year", "for twelve months"),
        ("small door", "little door"),
        ("collected", "gathered"),
    ),
    "mr": (("अवघ्या", "केवळ"), ("दररोज", "रोज"), ("नागरिकांचा", "रहिवाशांचा"), ("पुढील", "येत्या"), ("मात्र", "पण")),
    "bn": (("প্রায়", "কমবেশি"), ("ভাষণে", "বক্তৃতায়"), ("বিকেলে", "বিকালে"), ("ভিড়ে", "জমায়েতে")),
}


def words(text: str) -> list[str]:
    """Return the words of the text as keys: runs of letters, marks and digits; NFKC, lower case, joiners out, digits ASCII."""
    text = unicodedata.normalize("NFKC", text.replace("\u200c", "").replace("\u200d", "")).lower()
    folded = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split()


def shingles(paragraphs: list[str]) -> set[tuple[str, ...]]:
    tokens = words("\n".join(paragraphs))
    return {tuple(tokens[n : n + SHINGLE]) for n in range(max(1, len(tokens) - SHINGLE + 1))}


def similarity(one: list[str], other: list[str]) -> tuple[float, float]:
    """Return the Jaccard similarity of two texts' word 5-grams, and the share of the smaller set that the other contains."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b), len(a & b) / min(len(a), len(b))


def _order(pool: list[Any], *seed: str) -> list[Any]:
    return sorted(pool, key=lambda item: hashlib.sha256("|".join((str(SEED), *seed, repr(item))).encode()).digest())


def _replaced(blocks: tuple[Block, ...], n: int, text: str) -> tuple[Block, ...]:
    return (*blocks[:n], Block(blocks[n].kind, text, blocks[n].trap), *blocks[n + 1 :])


def _cut(blocks: tuple[Block, ...], share: float) -> tuple[Block, ...]:
    """Return the first `share` of the words, the last paragraph broken off within a sentence."""
    budget, left = int(share * sum(len(b.text.split()) for b in blocks if b.kind not in LEFTOVERS)), []
    for block in blocks:
        size = len(block.text.split()) if block.kind not in LEFTOVERS else 0
        if size >= budget and size:
            left.append(Block(block.kind, " ".join(block.text.split()[:budget]).rstrip("।.,;"), block.trap))
            break
        budget -= size
        left.append(block)
    return tuple(left)


def _edited(blocks: tuple[Block, ...], original: list[str], lang: str, seed: str) -> tuple[Block, ...]:
    """Return the blocks after the edits that the seed draws and NEAR allows: swapped words, then a lost short line."""

    def near(trial: tuple[Block, ...]) -> bool:
        return similarity([b.text for b in trial if b.kind not in LEFTOVERS], original)[0] >= NEAR

    swaps = [
        (n, old, new) for n, b in enumerate(blocks) for old, new in SWAPS[lang] if b.kind == "paragraph" and not b.trap and old in b.text
    ]
    made = 0
    for n, old, new in _order(swaps, seed, "swap"):
        text = blocks[n].text
        if old in text and made < 4 and near(trial := _replaced(blocks, n, text.replace(old, new, 1))):
            blocks, made = trial, made + 1
    short = [n for n, b in enumerate(blocks) if b.kind == "paragraph" and not b.trap and len(b.text.split()) <= 8]
    for n in _order(short, seed, "drop")[:1]:
        if near(trial := (*blocks[:n], *blocks[n + 1 :])):
            blocks, made = trial, made + 1
    if not made:
        raise ValueError(f"{seed}: no edit applies; write a swap for it")
    return blocks


def _digits(blocks: tuple[Block, ...], count: int, seed: str) -> tuple[Block, ...]:
    """Return the blocks with the digits of `count` paragraphs written in Devanagari."""
    numbered = [n for n, b in enumerate(blocks) if b.kind == "paragraph" and any(c.isdigit() for c in b.text)]
    for n in _order(numbered, seed, "digits")[:count]:
        blocks = _replaced(blocks, n, blocks[n].text.translate({ord(str(d)): "०१२३४५६७८९"[d] for d in range(10)}))
    return blocks


def _copy(original: Article, entry: dict[str, Any]) -> Article:
    kind, seed, blocks = entry["kind"], entry["id"], original.blocks
    if lead := entry.get("lead"):
        if not blocks[0].text.startswith(lead[0]):
            raise ValueError(f"{seed}: '{lead[0]}' does not begin {original.id}")
        blocks = _replaced(blocks, 0, lead[1] + blocks[0].text[len(lead[0]) :])
    if entry.get("plain_joiners"):
        blocks = tuple(Block(b.kind, b.text.replace("\u200d", ""), b.trap) for b in blocks)
    if kind == "near":
        blocks = _edited(blocks, original.keep, original.lang, seed)
    blocks = _digits(blocks, entry.get("digits", 0), seed)
    if entry.get("stops"):
        blocks = tuple(Block(b.kind, b.text.replace("।", "."), b.trap) for b in blocks)
    if kind in ("truncated", "excerpt"):
        blocks = _cut(blocks, entry["share"])
    if note := entry.get("note"):
        blocks = (*blocks, Block("other" if note.startswith("[") else "source", note))
    fields: dict[str, Any] = {key: entry[key] for key in ("outlet", "title", "date", "author", "encoding", "caption") if key in entry}
    if original.outlet != fields.get("outlet", original.outlet):
        fields = {"caption": "", "highlights": (), "date_text": "", "date_iso": "", **fields}
    return changed(original, id=seed, of=original.id, kind=kind, blocks=blocks, **fields)


def copies(written: list[Article]) -> list[Article]:
    """Return the copies in the order of copies.toml; ValueError where a near copy is not near."""
    by_id = {article.id: article for article in written}
    made = [_copy(by_id[entry["of"]], entry) for entry in tomllib.loads((SOURCE / "copies.toml").read_text("utf-8"))["copy"]]
    for copy in made:
        jaccard, containment = similarity(copy.keep, by_id[copy.of or ""].keep)
        fits = {
            "exact": jaccard == 1,
            "near": NEAR <= jaccard < 1,
            "truncated": 0.86 <= jaccard < 1,
            "excerpt": jaccard < 0.6 <= containment,
        }
        if not fits[copy.kind]:
            raise ValueError(f"{copy.id}: {copy.kind} with Jaccard {jaccard:.3f}, containment {containment:.3f}")
    return made
