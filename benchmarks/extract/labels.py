"""Which blocks of a page are in its gold text: an alignment of the two."""

from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher

from pages import Page, words

ANCHOR = 4
"""Words in an n-gram that ties page and gold together where it occurs once in each."""
WINDOW = 1500
"""Words between two anchors that are still compared word by word."""


def shares(blocks: list[list[str]], gold: list[str]) -> list[float]:
    """Return the share of each block's words that the gold text has at the same place of the reading order, or anywhere in long runs."""
    page = [word for block in blocks for word in block]
    hit = bytearray(len(page))
    used = bytearray(len(gold))
    for start, place, length in _runs(page, gold):
        hit[start : start + length] = b"\1" * length
        used[place : place + length] = b"\1" * length
    result, at = [], 0
    for block in blocks:
        matched = sum(hit[at : at + len(block)])
        result.append(matched / len(block) if block else 0.0)
        at += len(block)
    return _moved(blocks, gold, used, result)


def _runs(page: list[str], gold: list[str]) -> list[tuple[int, int, int]]:
    """(start in page, start in gold, length) of equal runs, both ascending."""
    anchors = _ascending(_anchors(page, gold))
    runs: list[tuple[int, int, int]] = []
    at, place = 0, 0
    for start, where in [*anchors, (len(page), len(gold))]:
        if start < at or where < place:
            continue
        runs += _between(page, gold, at, start, place, where)
        length = 0
        while start + length < len(page) and where + length < len(gold) and page[start + length] == gold[where + length]:
            length += 1
        if length:
            runs.append((start, where, length))
        at, place = start + length, where + length
    return runs


def _anchors(page: list[str], gold: list[str]) -> list[tuple[int, int]]:
    def once(text: list[str]) -> dict[tuple[str, ...], int]:
        places: dict[tuple[str, ...], int] = {}
        for at in range(len(text) - ANCHOR + 1):
            gram = tuple(text[at : at + ANCHOR])
            places[gram] = -1 if gram in places else at
        return {gram: at for gram, at in places.items() if at >= 0}

    in_page, in_gold = once(page), once(gold)
    return sorted((at, in_gold[gram]) for gram, at in in_page.items() if gram in in_gold)


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence in which the second members ascend (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, place) in enumerate(pairs):
        pile = bisect_left(tails, place)
        if pile == len(tails):
            tails.append(place)
            ends.append(at)
        else:
            tails[pile], ends[pile] = place, at
        before[at] = ends[pile - 1] if pile else -1
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _between(page: list[str], gold: list[str], at: int, to: int, place: int, end: int) -> list[tuple[int, int, int]]:
    if at >= to or place >= end:
        return []
    if to - at > WINDOW:  # what is near the anchors on either side is enough
        half = WINDOW // 2
        return _between(page, gold, at, at + half, place, min(end, place + half)) + _between(
            page, gold, to - half, to, max(end - half, min(end, place + half)), end
        )
    matcher = SequenceMatcher(None, page[at:to], gold[place : min(end, place + WINDOW)], autojunk=False)
    return [(at + block.a, place + block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _moved(blocks: list[list[str]], gold: list[str], used: bytearray, result: list[float]) -> list[float]:
    """Gold that stands elsewhere in the page: blocks of which most 4-grams are among the gold's unused ones."""
    grams = Counter(tuple(gold[at : at + ANCHOR]) for at in range(len(gold) - ANCHOR + 1) if not any(used[at : at + ANCHOR]))
    if not grams:
        return result
    for index, block in enumerate(blocks):
        if result[index] >= 0.5 or len(block) < 8:
            continue
        own = Counter(tuple(block[at : at + ANCHOR]) for at in range(len(block) - ANCHOR + 1))
        found = own & grams
        if sum(found.values()) >= 0.7 * sum(own.values()):
            result[index] = max(result[index], sum(found.values()) / sum(own.values()))
            grams -= found
    return result


def of(page: Page, texts: list[str]) -> list[float]:
    """Return the label of each block: its share in the gold, or for pages with segments 1, 0, or -1 where nothing is known."""
    if not (page.wanted or page.unwanted):
        return shares([words(text) for text in texts], words(page.gold))
    known = defaultdict(lambda: -1.0)
    folded = [" ".join(text.split()) for text in texts]
    for label, parts in ((0.0, page.unwanted), (1.0, page.wanted)):
        for part in parts:
            part = " ".join(part.split())
            holding = [at for at, text in enumerate(folded) if part in text]
            # A string that occurs in many blocks says nothing of a single one.
            if 0 < len(holding) <= (3 if label == 0.0 else 1):
                known.update(dict.fromkeys(holding, label))
    return [known[at] for at in range(len(texts))]
