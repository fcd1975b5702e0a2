"""One run from a file of JSON lines to exactly verified clusters, by stage, as JSON on stdout: pipeline.py FILE [--threads N]"""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from dedup import cluster
from dedup.config import Config
from dedup.readers.files import Fields
from dedup.readers.jsonl import read_jsonl


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    config = Config(threads=arguments.threads)
    stages: dict[str, dict[str, float]] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        stages[name] = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}

    with stage("read"):
        pieces = []
        with open(arguments.file, "rb") as stream:
            for read in read_jsonl(arguments.file, stream, config, Fields()):
                if read.batch is not None:
                    pieces.append(read.batch["text"])
        texts = pa.chunked_array(pieces)
    for name in ("fingerprint", "candidates", "verify"):
        _timed(name, stage)
    with stage("near-duplicates"):
        near = cluster.near_duplicates(texts, config)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        json.dumps(
            {
                "documents": len(texts),
                "text_bytes": texts.nbytes,
                "peak_bytes": peak,
                "beyond_text": peak - texts.nbytes,
                "clusters": len(np.unique(near.labels)),
                "edges": len(near.edges),
                "verified": near.candidates,
                "screened": near.screened,
                "hot_buckets": near.hot_buckets,
                "threads": arguments.threads,
                "stages": stages,
                "wall": stages["read"]["wall"] + stages["near-duplicates"]["wall"],
                "cpu": stages["read"]["cpu"] + stages["near-duplicates"]["cpu"],
            }
        )
    )


def _timed(name: str, stage: object) -> None:
    """Measure a step inside near_duplicates, under its own name."""
    step = getattr(cluster, name)

    def timed(*arguments: object) -> object:
        with stage(name):  # type: ignore[operator]
            return step(*arguments)

    setattr(cluster, name, timed)


if __name__ == "__main__":
    main()
