"""Signatures to clusters for a number of made-up signatures, as JSON on stdout: growth.py COUNT

A quarter of the signatures are copies of another in which each value is replaced with a chance of 1 in 10.
"""

import json
import sys
import time

import numpy as np

from dedup import _core
from dedup.config import Config
from dedup.lsh import candidates


def main() -> None:
    count = int(sys.argv[1])
    config = Config(threads=1)
    generator = np.random.default_rng(1)
    signatures = generator.integers(0, 2**32, (count, config.num_perm), np.uint32)
    for start in range(0, count - 3, 4 * 65536):
        rows = np.arange(start, min(start + 4 * 65536, count - 3), 4)
        kept = generator.random((len(rows), config.num_perm)) >= 0.1
        signatures[rows + 3] = np.where(kept, signatures[rows], signatures[rows + 3])
    identities = np.arange(2 * count, dtype=np.uint64).reshape(-1, 2)
    start, cpu = time.perf_counter(), time.process_time()
    found = candidates(signatures, identities, np.arange(count, dtype=np.uint32), config)
    labels = _core.components(count, found.pairs)
    print(
        json.dumps(
            {
                "signatures": count,
                "wall": time.perf_counter() - start,
                "cpu": time.process_time() - cpu,
                "pairs": len(found.pairs),
                "planted": len(range(0, count - 3, 4)),
                "clusters": int(np.count_nonzero(labels == np.arange(count, dtype=np.uint32))),
            }
        )
    )


if __name__ == "__main__":
    main()
