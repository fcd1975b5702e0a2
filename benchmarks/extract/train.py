"""Trains the extraction model from the development pages, and reproduces rust/src/html/model.bin bit for bit.

    python benchmarks/extract/train.py DATA MODEL [--folds N]

DATA is the directory `extract` (sets, licences and digests: benchmarks/extract/DATA.md). With --folds the scores of N-fold
cross-validation over hosts are printed as well. Needs lightgbm; one thread, fixed seeds, no clock: equal input, equal bytes.
"""

import argparse
import json
import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import labels
import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from pages import SETS, Page, headline, read, score, words
from synthetic import make

from dedup import _core
from dedup.columns import buffers, column

FLOATS = npt.NDArray[np.float32]
TRAINING_SETS = SETS
SET_WEIGHTS = {"readability": 0.3, "trafilatura": 1.0, "hindi": 3.0, "indic": 3.0, "synthetic": 0.5}
SYNTHETIC = 800
FOLDS = 5
CUES = Path(__file__).parents[2] / "dedup" / "boilerplate" / "cues"

FIRST = {"num_leaves": 31, "learning_rate": 0.08, "rounds": 200, "min_data_in_leaf": 80}
SECOND = {"num_leaves": 31, "learning_rate": 0.06, "rounds": 250, "min_data_in_leaf": 80}
COMMON = {
    "objective": "cross_entropy",
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
LEAF = 0x8000
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
    first, texts, _, _, near, titles = _core.html_blocks(html, urls, pack({}, []), False, 0)
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


def rows(blocks: Blocks, chosen: npt.NDArray[np.int64], model: bytes, second: bool) -> tuple[FLOATS, FLOATS]:
    """Return (features, margins of both forests) of the blocks of the chosen pages, in order."""
    html, urls = _columns([blocks.pages[at] for at in chosen])
    _, _, values, margins, _, _ = _core.html_blocks(html, urls, model, second, 0)
    width = len(_core.html_features(second))
    return values.reshape(-1, width), margins.reshape(-1, 2)


def of_pages(blocks: Blocks, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.arange(blocks.first[at], blocks.first[at + 1]) for at in chosen]) if len(chosen) else np.zeros(0, np.int64)


def fit(features: FLOATS, blocks: Blocks, index: npt.NDArray[np.int64], settings: dict) -> lgb.Booster:
    weights = thinned(blocks)[index]
    use = weights > 0
    data = lgb.Dataset(features[use], blocks.labels[index][use], weight=weights[use], params={"max_bin": COMMON["max_bin"]})
    parameters = COMMON | {key: value for key, value in settings.items() if key != "rounds"}
    return lgb.train(parameters, data, settings["rounds"])


def _nodes(tree: dict) -> tuple[bytes, bytes, int, int]:
    nodes: list[tuple[int, float, int, int]] = []
    leaves: list[float] = []

    def walk(node: dict) -> int:
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return LEAF | (len(leaves) - 1)
        at = len(nodes)
        nodes.append((0, 0.0, 0, 0))
        threshold = np.float32(node["threshold"])
        if float(threshold) > node["threshold"]:
            threshold = np.nextafter(threshold, np.float32(-np.inf))
        nodes[at] = (node["split_feature"], float(threshold), walk(node["left_child"]), walk(node["right_child"]))
        return at

    walk(tree)
    packed = b"".join(struct.pack("<HfHH", *node) for node in nodes)
    return packed, np.array(leaves, "<f4").tobytes(), len(nodes), len(leaves)


def forest(booster: lgb.Booster, threshold: float = 0.0) -> bytes:
    trees = booster.dump_model()["tree_info"]
    parts = [struct.pack("<fI", threshold, len(trees))]
    for tree in trees:
        nodes, leaves, node_count, leaf_count = _nodes(tree["tree_structure"])
        parts += [struct.pack("<H", node_count), nodes, struct.pack("<H", leaf_count), leaves]
    return b"".join(parts)


def pack(scores: dict[int, float], forests: list[bytes]) -> bytes:
    """Return a model file; see rust/src/html/model.rs."""
    table = b"".join(struct.pack("<Ih", word, round(value * 256)) for word, value in sorted(scores.items()))
    widths = [len(_core.html_features(second)) for second in (False, True)]
    return b"DXM2" + struct.pack("<III", *widths, len(scores)) + table + struct.pack("<I", len(forests)) + b"".join(forests)


@dataclass(slots=True)
class Stacked:
    """Rows of the first and second stage for every block, made by models that have not seen the block's host."""

    first: FLOATS
    second: FLOATS
    models: list[bytes]


def stack(blocks: Blocks, folds: npt.NDArray[np.int64]) -> Stacked:
    """Return cross-fitted rows: what the second forest may learn from."""
    count = int(folds.max()) + 1
    everything = len(blocks.texts)
    first = np.zeros((everything, len(_core.html_features(False))), np.float32)
    tables = [word_scores(blocks, folds != fold) for fold in range(count)]
    for fold in range(count):
        chosen = np.flatnonzero(folds == fold)
        first[of_pages(blocks, chosen)] = rows(blocks, chosen, pack(tables[fold], []), False)[0]
    second = np.zeros((everything, len(_core.html_features(True))), np.float32)
    models = []
    for fold in range(count):
        inside = of_pages(blocks, np.flatnonzero(folds != fold))
        model = pack(tables[fold], [forest(fit(first[inside], blocks, inside, FIRST))])
        chosen = np.flatnonzero(folds == fold)
        second[of_pages(blocks, chosen)] = rows(blocks, chosen, model, True)[0]
        models.append(model)
        print(f"first forest {fold + 1} of {count}", file=sys.stderr, flush=True)
    return Stacked(first, second, models)


def train(blocks: Blocks) -> bytes:
    """Return the model of all pages."""
    folds = np.array([fold_of(page) for page in blocks.pages])
    stacked = stack(blocks, folds)
    index = np.arange(len(blocks.texts))
    first = fit(stacked.first, blocks, index, FIRST)
    second = fit(stacked.second, blocks, index, SECOND)
    return pack(word_scores(blocks, folds >= 0), [forest(first), forest(second, THRESHOLD)])


THRESHOLD = 0.0


def assemble(blocks: Blocks, margins: FLOATS, threshold: float) -> list[str]:
    """Return the text of each page: its blocks above the threshold."""
    kept = margins > threshold
    return [
        "\n".join(blocks.texts[at] for at in range(blocks.first[page], blocks.first[page + 1]) if kept[at])
        for page in range(len(blocks.pages))
    ]


def report(blocks: Blocks, texts: list[str]) -> dict[str, dict[str, float]]:
    by_set = {}
    for name in SETS:
        chosen = [at for at, page in enumerate(blocks.pages) if page.set == name]
        if chosen:
            by_set[name] = score([blocks.pages[at] for at in chosen], [texts[at] for at in chosen])
    return by_set


def show(scores: dict[str, dict[str, float]]) -> None:
    for name, values in scores.items():
        print(f"{name:12}", " ".join(f"{key} {value:.3f}" for key, value in values.items()), flush=True)
    print("mean        ", round(sum(map(headline, scores.values())) / len(scores), 4), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    arguments = parser.parse_args()
    pages = [page for name in TRAINING_SETS for page in read(arguments.data, name)]
    blocks = load(pages + make(arguments.data, CUES, SYNTHETIC))
    arguments.model.write_bytes(train(blocks))
    print(json.dumps({"pages": len(blocks.pages), "blocks": len(blocks.texts)}))


if __name__ == "__main__":
    main()
