"""Trains the extraction model from the development pages, and reproduces rust/src/html/model.bin bit for bit.

    python benchmarks/extract/train.py DATA --model rust/src/html/model.bin
    python benchmarks/extract/train.py DATA --validate

DATA is the directory `extract` (sets, licences and digests: benchmarks/extract/README.md). Needs lightgbm; one thread, fixed seeds, no
clock: equal input, equal bytes. --validate prints the scores of cross-validation over hosts.
"""

import argparse
import json
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import labels
import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from evaluate import extractor, leaks, record
from pages import SETS, Page, headline, read, score, words
from synthetic import make

from dedup import _core
from dedup.columns import buffers, column

FLOATS = npt.NDArray[np.float32]
SET_WEIGHTS = {"readability": 0.3, "trafilatura": 1.0, "hindi": 3.0, "indic": 3.0, "synthetic": 0.5}
SYNTHETIC = 800
FOLDS = 5

ROUNDS = 200
SETTINGS = {
    "objective": "cross_entropy",
    "num_leaves": 31,
    "max_depth": 8,
    "learning_rate": 0.1,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
    "verbosity": -1,
}
LEAF = 0x80
SIEVE, LOWEST = 40, -3.0
"""Blocks whose first so many trees sum to less are held back: they never become article text (of that, see the README)."""
SLACK = 0.3
"""The other trees learn also from blocks that were held back by so little."""
SURE = 0.8
"""A forest is too sure of pages that it has not seen: its sums count for so much."""
NEAR, KEPT_FAR = 8, 0.2
"""Blocks within so many of article text are all learned from, of the others this share."""


@dataclass(slots=True)
class Blocks:
    """The blocks of all pages: `first[i]:first[i + 1]` are those of page i."""

    pages: list[Page]
    first: npt.NDArray[np.int64]
    texts: list[str]
    labels: FLOATS
    weights: FLOATS
    words: tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]
    lengths: FLOATS

    @property
    def page_of(self) -> npt.NDArray[np.int64]:
        return np.repeat(np.arange(len(self.pages)), np.diff(self.first))


def site(host: str) -> str:
    """The registrable part of a host, roughly: what must not be on both sides of a split."""
    parts = host.split(".")
    second_level = {"co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne", "go"}
    keep = 3 if len(parts) > 2 and parts[-2] in second_level else 2
    return ".".join(parts[-keep:])


def fold_of(page: Page, folds: int = FOLDS) -> int:
    return zlib.crc32(site(page.host).encode()) % folds


def _columns(pages: list[Page]) -> tuple[object, object]:
    data = np.frombuffer(b"".join(page.html for page in pages), np.uint8)
    offsets = np.cumsum([0, *(len(page.html) for page in pages)], dtype=np.int64)
    return (offsets, data), buffers([page.url for page in pages])


def load(pages: list[Page]) -> Blocks:
    """Return the blocks of pages with their labels and weights."""
    html, urls = _columns(pages)
    first, texts, _, _, near, titles = _core.html_blocks(html, urls, pack({}), 1)
    texts, titles = column(texts).to_pylist(), column(titles).to_pylist()
    truth, weights = np.zeros(len(texts), np.float32), np.zeros(len(texts), np.float32)
    lengths = np.fromiter((len(words(text)) for text in texts), np.float32, len(texts))
    for at, page in enumerate(pages):
        part = slice(first[at], first[at + 1])
        truth[part] = labels.of(page, texts[part])
        weights[part] = _weights(page, truth[part], lengths[part], texts[part], titles[at])
    return Blocks(pages, first, texts, np.maximum(truth, 0), weights, near, lengths)


def _weights(page: Page, truth: FLOATS, lengths: FLOATS, texts: list[str], title: str) -> FLOATS:
    """What a wrong block costs its page: its words as a share of the gold's."""
    if page.wanted or page.unwanted:
        return np.where(truth < 0, 0.0, 0.15).astype(np.float32)
    gold = max(60, len(words(page.gold)))
    weights = np.minimum((lengths + 1) / gold, 0.3) * SET_WEIGHTS.get(page.set, 1.0)
    # Whether a gold text begins with the headline is a habit of its makers.
    folded = " ".join(words(title))
    inside = {text for text, label in zip(texts, truth, strict=True) if label > 0.5}
    for at, text in enumerate(texts):
        # Of two copies the gold has one, and which one is the alignment's choice.
        if truth[at] <= 0.5 and text in inside:
            weights[at] = 0.0
        if folded and len(text) < 400 and " ".join(words(text)) == folded:
            weights[at] = 0.0
    return weights.astype(np.float32)


def thinned(blocks: Blocks) -> FLOATS:
    """Return the weights with most blocks far from any article text left out, the rest of them counting for those; mean 1 where used."""
    near = np.zeros(len(blocks.texts), bool)
    inside = np.flatnonzero(blocks.labels > 0.5)
    for distance in range(-NEAR, NEAR + 1):
        near[np.clip(inside + distance, 0, len(near) - 1)] = True
    drawn = np.random.default_rng(7).random(len(near)) < KEPT_FAR
    weights = np.where(near, blocks.weights, np.where(drawn, blocks.weights / KEPT_FAR, 0))
    return (weights / weights[weights > 0].mean()).astype(np.float32)


def word_scores(blocks: Blocks, chosen: npt.NDArray[np.bool_]) -> dict[int, float]:
    """Return the log odds that a class or id word stands around article text, by the chosen pages; each host counts once for a word."""
    offsets, near = blocks.words
    page_of = blocks.page_of
    real = np.array([page.set != "synthetic" for page in blocks.pages])
    use = (chosen & real)[page_of] & (blocks.weights > 0)
    repeats = np.diff(offsets)
    use_word = np.repeat(use, repeats)
    hosts = {host: at for at, host in enumerate(sorted({site(page.host) for page in blocks.pages}))}
    host_of = np.array([hosts[site(page.host)] for page in blocks.pages])
    word = near[use_word].astype(np.int64)
    host = np.repeat(host_of[page_of], repeats)[use_word]
    weight = np.repeat(np.minimum(blocks.lengths, 60) + 1, repeats)[use_word].astype(np.float64)
    truth = np.repeat(blocks.labels, repeats)[use_word].astype(np.float64)
    key = word * len(hosts) + host
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])
    positive = np.add.reduceat((weight * truth)[order], starts)
    total = np.add.reduceat(weight[order], starts)
    share = positive / total
    certainty = np.minimum(1.0, total / 60)
    word_of = word[order][starts]
    edges = np.flatnonzero(np.r_[True, np.diff(word_of) != 0])
    for_it = np.add.reduceat(share * certainty, edges)
    against = np.add.reduceat((1 - share) * certainty, edges)
    seen = np.add.reduceat(np.ones_like(share), edges)
    base = float((share * certainty).sum() / certainty.sum())
    strength = 4.0
    odds = np.log((for_it + strength * base) / (against + strength * (1 - base))) - np.log(base / (1 - base))
    keep = (seen >= 5) & (np.abs(odds) >= 0.25)
    return {int(w): float(np.clip(o, -4, 4)) for w, o in zip(word_of[edges][keep], odds[keep], strict=True)}


def rows(blocks: Blocks, chosen: npt.NDArray[np.int64], model: bytes) -> FLOATS:
    """Return the features of the blocks of the chosen pages, in order."""
    html, urls = _columns([blocks.pages[at] for at in chosen])
    return _core.html_blocks(html, urls, model, 1)[2].reshape(-1, len(_core.html_features()))


def of_pages(blocks: Blocks, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.arange(blocks.first[at], blocks.first[at + 1]) for at in chosen]) if len(chosen) else np.zeros(0, np.int64)


def fit(features: FLOATS, blocks: Blocks, index: npt.NDArray[np.int64]) -> list[lgb.Booster]:
    """Return the sieve, the trees that go on from it, and a second forest beside them; these learn from what the sieve lets pass."""
    weights = thinned(blocks)[index]
    use = np.flatnonzero(weights > 0)
    sieve = _grown(features[use], blocks.labels[index][use], weights[use], SIEVE)
    sums = sieve.predict(features[use], raw_score=True, num_threads=1)
    passed = sums >= LOWEST - SLACK
    use, sums = use[passed], sums[passed]
    given = features[use], blocks.labels[index][use], weights[use]
    return [sieve, _grown(*given, ROUNDS - SIEVE, sums=sums), _grown(*given, ROUNDS, seed=SETTINGS["seed"] + 1)]


def _grown(
    features: FLOATS,
    truth: FLOATS,
    weights: FLOATS,
    rounds: int,
    sums: npt.NDArray[np.float64] | None = None,
    seed: int = SETTINGS["seed"],
) -> lgb.Booster:
    data = lgb.Dataset(features, truth, weight=weights, init_score=sums, params={"max_bin": SETTINGS["max_bin"]})
    return lgb.train(SETTINGS | {"seed": seed}, data, rounds)


def _tree(tree: dict, share: float) -> bytes:
    nodes: list[tuple[int, int, int, float]] = []
    leaves: list[float] = []

    def walk(node: dict) -> int:
        if "leaf_value" in node:
            leaves.append(node["leaf_value"] * share)
            return LEAF | (len(leaves) - 1)
        at = len(nodes)
        nodes.append((0, 0, 0, 0.0))
        threshold = np.float32(node["threshold"])
        if float(threshold) > node["threshold"]:
            threshold = np.nextafter(threshold, np.float32(-np.inf))
        nodes[at] = (node["split_feature"], walk(node["left_child"]), walk(node["right_child"]), float(threshold))
        return at

    walk(tree)
    return struct.pack("<B", len(leaves)) + b"".join(struct.pack("<BBBf", *node) for node in nodes) + np.array(leaves, "<f4").tobytes()


def pack(scores: dict[int, float], boosters: Sequence[lgb.Booster] = ()) -> bytes:
    """Return a model file; see rust/src/html/model.rs. Two forests count half each."""
    table = b"".join(struct.pack("<Ih", word, round(value * 256)) for word, value in sorted(scores.items()))
    head = b"DXM3" + struct.pack("<II", len(_core.html_features()), len(scores)) + table
    share = SURE / 2
    trees = [_tree(tree["tree_structure"], share) for booster in boosters for tree in booster.dump_model()["tree_info"]]
    return head + struct.pack("<IfI", SIEVE, LOWEST * share, len(trees)) + b"".join(trees)


def features(blocks: Blocks, folds: npt.NDArray[np.int64]) -> FLOATS:
    """Return the features of all blocks; the words' scores in them are learned from the pages of other hosts."""
    result = np.zeros((len(blocks.texts), len(_core.html_features())), np.float32)
    for fold in range(int(folds.max()) + 1):
        chosen = np.flatnonzero(folds == fold)
        result[of_pages(blocks, chosen)] = rows(blocks, chosen, pack(word_scores(blocks, folds != fold)))
    return result


def train(blocks: Blocks, values: FLOATS, chosen: npt.NDArray[np.bool_]) -> bytes:
    """Return the model of the chosen pages."""
    index = of_pages(blocks, np.flatnonzero(chosen))
    return pack(word_scores(blocks, chosen), fit(values[index], blocks, index))


PAGES = npt.NDArray[np.bool_]


def by_hosts(folds: npt.NDArray[np.int64]) -> Iterator[tuple[PAGES, PAGES]]:
    """Yield of each fold the pages to learn from, and those to be scored."""
    for fold in range(int(folds.max()) + 1):
        yield folds != fold, folds == fold


def by_sets(blocks: Blocks) -> Iterator[tuple[PAGES, PAGES]]:
    """Yield of each set the pages to learn from, those of other sets and hosts, and its own: as near as this data comes to pages of
    another kind than those that were learned from."""
    set_of = np.array([page.set for page in blocks.pages])
    site_of = np.array([site(page.host) for page in blocks.pages])
    for name in SETS:
        own = set_of == name
        yield ~own & ~np.isin(site_of, site_of[own]), own


def validate(blocks: Blocks, values: FLOATS, parts: Iterable[tuple[PAGES, PAGES]]) -> dict[str, dict[str, float]]:
    """Return the scores by set: each page's text is made, as the package makes it, by a model that has not seen its host."""
    texts: dict[int, str] = {}
    for learned, scored in parts:
        extract = extractor(train(blocks, values, learned))
        chosen = [at for at in np.flatnonzero(scored) if blocks.pages[at].set != "synthetic"]
        texts.update(zip(chosen, extract([blocks.pages[at] for at in chosen]), strict=True))
        print(f"{len(texts)} pages", file=sys.stderr, flush=True)
    scores = {}
    for name in SETS:
        chosen = [at for at, page in enumerate(blocks.pages) if page.set == name]
        pages, found = [blocks.pages[at] for at in chosen], [texts[at] for at in chosen]
        scores[name] = score(pages, found) | (leaks(pages, found) if name == "hindi" else {})
        print(f"{name:12} {headline(scores[name]):.4f}", " ".join(f"{key} {value:.3f}" for key, value in scores[name].items()), flush=True)
    print(f"mean         {sum(map(headline, scores.values())) / len(scores):.4f}", flush=True)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/extract"))
    parser.add_argument("--model", type=Path, help="write the model of all pages here")
    parser.add_argument("--validate", action="store_true", help="print the scores of cross-validation over hosts")
    parser.add_argument("--record", type=Path, help="write those scores here")
    parser.add_argument("--unseen", type=Path, help="write here the scores of each set by a model of the other sets and their hosts alone")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"skipped: no development pages at {arguments.data}")
    pages = [page for name in SETS for page in read(arguments.data, name)]
    blocks = load(pages + make(arguments.data, SYNTHETIC))
    folds = np.array([fold_of(page) for page in blocks.pages])
    values = features(blocks, folds)
    print(json.dumps({"pages": len(blocks.pages), "blocks": len(blocks.texts)}), flush=True)
    if arguments.model:
        arguments.model.write_bytes(train(blocks, values, folds >= 0))
    if arguments.validate or arguments.record:
        scores = validate(blocks, values, by_hosts(folds))
        if arguments.record:
            record(arguments.record, arguments.data, {"cross_validation": scores})
    if arguments.unseen:
        record(arguments.unseen, arguments.data, {"unseen_sets": validate(blocks, values, by_sets(blocks))})


if __name__ == "__main__":
    main()
