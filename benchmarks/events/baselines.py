"""What other ways to group articles make of the same sets, in one run with ours; those whose package is absent are left out.

    python benchmarks/events/baselines.py [../shared/data] [--record benchmarks/record/events-quality.json]

Each gets its own best known setting, one for all sets, and the same three-day window where articles have dates: MinHash pairs of
word trigrams (Jaccard .5 and .3, components), TF-IDF with average link (threshold .2), single pass to the nearest centroid (.3; Allan, 2002),
Leiden communities on the graph of TF-IDF neighbours above .2 (Traag et al., 2019), BERTopic without a model (Grootendorst, 2022: density
clusters, HDBSCAN of two articles and more, here of TF-IDF in 100 dimensions; what it calls noise is alone). Words are [letters, marks, digits]+ in small letters.

Of a stream its final answers are scored, those three windows after the date of each article, and the first ones. It knows nothing of what comes
later: beside it stand the batch of what it had seen when windows closed, and both again with time turned round.
"""

import argparse
import json
import platform
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import regex
from evaluate import Articles, as_of_then, measure, mirrored, ours, show, streamed

from dedup.config import Config

WINDOW = 3.0


def words(articles: Articles) -> list[list[str]]:
    """Return the words of each article."""
    pairs = zip(articles.titles, articles.texts, strict=True)
    return [regex.findall(r"[\p{L}\p{M}\p{N}]+", f"{title} {text}".lower()) for title, text in pairs]


def days(articles: Articles) -> np.ndarray:
    """Return the dates as days, NaN where unknown."""
    return np.array([np.nan if at is None else at for at in articles.at])


def components(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Return the connected component of each row."""
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for a, b in pairs:
        parent[root(a)] = root(b)
    return [root(row) for row in range(count)]


def minhash(articles: Articles, threshold: float) -> list:
    """Return the components of pairs of a Jaccard similarity (word trigrams, exact) above the threshold."""
    shingles = [{tuple(row[at : at + 3]) for at in range(max(1, len(row) - 2))} for row in words(articles)]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(row)
    at, shared = days(articles), Counter()
    for rows in holders.values():
        shared.update((a, b) for i, b in enumerate(rows) for a in rows[:i])
    close = [
        (a, b)
        for (a, b), both in shared.items()
        if both / (len(shingles[a]) + len(shingles[b]) - both) >= threshold and not abs(at[a] - at[b]) > WINDOW
    ]
    return components(len(shingles), close)


def similarities(articles: Articles):
    """Return the TF-IDF cosines of all pairs in the window (dense float32)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer=lambda row: row, sublinear_tf=True).fit_transform(words(articles))
    cosines = (vectors @ vectors.T).toarray().astype(np.float32)
    at = days(articles)
    cosines[np.abs(at[:, None] - at[None, :]) > WINDOW] = -1
    return vectors, cosines


def average_link(articles: Articles) -> list:
    """Return the clusters of scikit-learn's average link over TF-IDF."""
    from sklearn.cluster import AgglomerativeClustering

    _, cosines = similarities(articles)
    return (
        AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.8)
        .fit_predict(1 - cosines)
        .tolist()
    )


def single_pass(articles: Articles) -> list:
    """Return the cluster of each article, which joins the nearest centroid of the window or begins a cluster."""
    vectors, _ = similarities(articles)
    at = days(articles)
    order = np.argsort(np.where(np.isnan(at), 0, at), kind="stable")
    sums: list = []
    last: list[float] = []
    found = [0] * len(at)
    dense = vectors.tocsr()
    for row in order.tolist():
        best, home = 0.3, -1
        own = dict(zip(dense[row].indices.tolist(), dense[row].data.tolist(), strict=True))
        for cluster in range(len(sums) - 1, -1, -1):
            if at[row] - last[cluster] > WINDOW:
                continue
            terms, square = sums[cluster]
            cosine = sum(weight * terms.get(term, 0.0) for term, weight in own.items()) / square**0.5
            if cosine > best:
                best, home = cosine, cluster
        if home < 0:
            sums.append(({}, 0.0))
            last.append(at[row])
            home = len(sums) - 1
        terms, square = sums[home]
        for term, weight in own.items():
            square += weight * (weight + 2 * terms.get(term, 0.0))
            terms[term] = terms.get(term, 0.0) + weight
        sums[home], last[home] = (terms, square), at[row]
        found[row] = home
    return found


def leiden(articles: Articles) -> list:
    """Return the Leiden communities (modularity, fixed seed) of the graph of pairs above .2."""
    import igraph
    import leidenalg

    _, cosines = similarities(articles)
    left, right = np.nonzero(np.triu(cosines, 1) > 0.2)
    graph = igraph.Graph(n=len(cosines), edges=list(zip(left.tolist(), right.tolist(), strict=True)))
    random.seed(1)
    parts = leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, weights=cosines[left, right].tolist(), seed=1)
    return parts.membership


def density(articles: Articles) -> list:
    """Return the HDBSCAN clusters of the articles in the 100 directions of a truncated SVD; dates, if known, part a cluster into windows."""
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    vectors, _ = similarities(articles)
    reduced = normalize(TruncatedSVD(100, random_state=1).fit_transform(vectors))
    found = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(reduced).tolist()
    at = days(articles)
    window: dict[int, tuple[float, int]] = {}
    for row in np.argsort(np.where(np.isnan(at), 0, at), kind="stable").tolist():
        topic = found[row]
        begins, home = window.get(topic, (at[row], row))
        if topic < 0 or topic not in window or at[row] - begins > WINDOW:
            begins, home = at[row], row
        window[topic], found[row] = (begins, home), home
    return found


def main() -> None:
    """Measure all and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--record", type=Path)
    parser.add_argument("--ways", nargs="+", help="Measure only these again; the record keeps the others.")
    options = parser.parse_args()
    if not (options.data / "events").is_dir():
        sys.exit(f"{options.data}/events is not here: nothing to measure")
    config = Config(threads=1)
    ways = {
        "dedup": lambda articles: ours(articles, config),
        "minhash .5": lambda articles: minhash(articles, 0.5),
        "minhash .3": lambda articles: minhash(articles, 0.3),
        "tf-idf, average": average_link,
        "leiden": leiden,
        "bertopic-like": density,
        "single pass": single_pass,
        "dedup, stream": lambda articles: streamed(articles, config),
        "dedup, stream, closed": lambda articles: streamed(articles, config, "closed"),
        "dedup, stream, first": lambda articles: streamed(articles, config, "first"),
        "dedup, as of then": lambda articles: as_of_then(articles, config),
        "dedup, stream, mirrored": lambda articles: streamed(mirrored(articles), config),
        "dedup, as of then, mirrored": lambda articles: as_of_then(mirrored(articles), config),
    }
    record = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": platform.machine(),
        "command": "benchmarks/events/baselines.py",
        "ways": {},
    }
    if options.ways and options.record and options.record.exists():
        record["ways"] = json.loads(options.record.read_text())["ways"]
    for name, way in ways.items():
        if options.ways and name not in options.ways:
            continue
        try:
            table = measure(options.data, way)
        except ImportError as absent:
            print(f"{name} is left out: {absent}")
            continue
        show(name, table)
        record["ways"][name] = table
        if options.record:
            options.record.write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
