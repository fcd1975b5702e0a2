"""This package."""

from typing import Any

import numpy as np
import pyarrow as pa

from dedup.cluster import near_duplicates
from dedup.config import Config
from dedup.fingerprint import signatures

DISTRIBUTION = "newsdedup"
HOW = "an Arrow column; letters, marks and digits, folded, in Rust; 64-bit shingles; pairs verified exactly"


def take(texts: list[str]) -> Any:
    return pa.array(texts, pa.large_string())


def sign(texts: Any, language: str, num_perm: int) -> Any:
    return signatures(texts, Config(num_perm=num_perm, threads=1))


def similarity(signed: Any, left: int, right: int) -> float:
    return float(np.mean(signed[left] == signed[right]))


def near(texts: list[str], language: str, threshold: float) -> set[tuple[int, int]]:
    found = near_duplicates(texts, Config(threshold=threshold, threads=1))
    groups: dict[int, list[int]] = {}
    for row, first in enumerate(found.identical.tolist()):
        groups.setdefault(first, []).append(row)
    pairs = {(i, j) for i, j in found.edges.tolist() if found.identical[i] != found.identical[j]}
    spread = {(min(i, j), max(i, j)) for left, right in pairs for i in groups[left] for j in groups[right]}
    return spread | {(i, j) for rows in groups.values() for at, j in enumerate(rows) for i in rows[:at]}
