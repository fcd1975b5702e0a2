"""Near-duplicates found against all that there are, and the error of estimates by the size of the sets."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil, comb, sqrt
from statistics import fmean
from types import ModuleType
from typing import Any

from dedup.bench.speed import pair

Pairs = set[tuple[int, int]]


def all_near_pairs(sets: Sequence[set[Any]], threshold: float) -> Pairs:
    """Return all pairs of non-empty sets of at least that Jaccard similarity, exactly.

    Two such sets share one of the |A| - ⌈t·|A|⌉ + 1 members that are rarest in the collection (prefix filter; Bayardo, Ma and
    Srikant, WWW 2007, section 3), so only sets that do are compared.
    """
    counts = Counter(member for members in sets for member in members)
    ranks = {member: rank for rank, (member, _) in enumerate(sorted(counts.items(), key=lambda item: item[1]))}
    index: dict[int, list[int]] = {}
    pairs: Pairs = set()
    for row, members in enumerate(sets):
        if not members:
            continue
        size = len(members)
        prefix = sorted(ranks[member] for member in members)[: size - ceil(threshold * size) + 1]
        candidates: set[int] = set()
        for rank in prefix:
            candidates.update(index.get(rank, ()))
            index.setdefault(rank, []).append(row)
        for other in candidates:
            shared = len(members & sets[other])
            if shared >= threshold * (size + len(sets[other]) - shared):
                pairs.add((other, row))
    return pairs


def clusters(rows: int, pairs: Pairs) -> list[int]:
    """Return a label of each row's connected component."""
    labels = list(range(rows))

    def root(row: int) -> int:
        while labels[row] != row:
            labels[row] = row = labels[labels[row]]
        return row

    for left, right in pairs:
        labels[root(left)] = root(right)
    return [root(row) for row in range(rows)]


def adjusted_rand(left: Sequence[int], right: Sequence[int]) -> float:
    """Return the adjusted Rand index of two clusterings (Hubert and Arabie 1985): 1 where equal, 0 as by chance."""
    together = sum(comb(count, 2) for count in Counter(zip(left, right, strict=True)).values())
    ones, others = (sum(comb(count, 2) for count in Counter(labels).values()) for labels in (left, right))
    chance = ones * others / max(1, comb(len(left), 2))
    most = (ones + others) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def scores(rows: int, found: Pairs, wanted: Pairs) -> dict[str, float]:
    """Return precision, recall (of pairs) and ARI (of the clusters that they make)."""
    right = len(found & wanted)
    return {
        "precision": right / len(found) if found else 1.0,
        "recall": right / len(wanted) if wanted else 1.0,
        "ari": adjusted_rand(clusters(rows, found), clusters(rows, wanted)),
    }


def errors(engine: ModuleType, shingles: int, jaccard: float, pairs: int, num_perm: int = 128) -> dict[str, float]:
    """Return bias and RMSE of an engine's estimates for pairs of sets of that size and similarity, and the RMSE of theory.

    The similarity is that of the sets that are made, which for few shingles is not quite the one that was asked for.
    """
    shared = round(2 * shingles * jaccard / (1 + jaccard))
    true = shared / (2 * shingles - shared)
    texts = [text for seed in range(pairs) for text in pair(jaccard, shingles, seed)]
    signed = engine.sign(texts, "en", num_perm)
    off = [engine.similarity(signed, 2 * at, 2 * at + 1) - true for at in range(pairs)]
    return {
        "jaccard": true,
        "bias": fmean(off),
        "rmse": sqrt(fmean(error * error for error in off)),
        "theory": sqrt(true * (1 - true) / num_perm),
    }


def word_sets(texts: Sequence[str], words: Callable[[str], list[str]], ngram: int = 5) -> list[set[Any]]:
    """Return the sets of word n-grams of texts, as numbers that stand for tuples of words: no hashing."""
    numbers: dict[tuple[str, ...], int] = {}
    sets = []
    for text in texts:
        own = words(text)
        grams = {tuple(own[at : at + ngram]) for at in range(len(own) - ngram + 1)} or ({tuple(own)} if own else set())
        sets.append({numbers.setdefault(gram, len(numbers)) for gram in grams})
    return sets
