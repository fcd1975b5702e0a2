"""Pairs of texts to their exact similarity, on the sets of 64-bit shingle hashes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup import _core
from dedup.columns import Texts
from dedup.config import Config
from dedup.fingerprint import fingerprint, shape


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Sizes of the shingle sets of pairs and of what they share, uint32[m] each."""

    shared: npt.NDArray[np.uint32]
    left: npt.NDArray[np.uint32]
    right: npt.NDArray[np.uint32]

    def jaccard(self) -> npt.NDArray[np.float64]:
        """Return |A ∩ B| / |A ∪ B|, float64[m]; 0 where both are empty."""
        union = self.left.astype(np.int64) + self.right - self.shared
        jaccard: npt.NDArray[np.float64] = self.shared / np.maximum(union, 1)
        return jaccard

    def containment(self) -> npt.NDArray[np.float64]:
        """Return |A ∩ B| / min(|A|, |B|), float64[m]; 0 where one is empty."""
        return self.shared / np.maximum(np.minimum(self.left, self.right), 1)


def verify(texts: list[Texts], pairs: npt.NDArray[np.uint32], config: Config) -> Overlaps:
    """Return the exact overlap of each pair of rows, pairs uint32[m, 2]; each text is cut into shingles again."""
    overlaps = _core.overlaps(texts, np.ascontiguousarray(pairs, np.uint32), shape(config), config.threads)
    return Overlaps(*(np.ascontiguousarray(column) for column in overlaps.T))


def estimate(texts: list[Texts], pairs: npt.NDArray[np.uint32], config: Config) -> npt.NDArray[np.float32]:
    """Return the similarity of pairs of rows by their signatures, float32[m]; signs each row that is named."""
    rows, places = np.unique(pairs, return_inverse=True)
    signatures = fingerprint(texts, rows.astype(np.uint32), config).signatures
    left, right = places.reshape(-1, 2).T
    matches = np.empty(len(left), np.float32)
    for start in range(0, len(left), 65536):
        part = slice(start, start + 65536)
        matches[part] = np.count_nonzero(signatures[left[part]] == signatures[right[part]], axis=1)
    return matches / np.float32(config.num_perm)
