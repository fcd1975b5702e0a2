"""Text to signatures: does the engine give the right answer, and then how fast."""

import itertools
import random
import statistics
import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from dedup.bench.corpus import planted, synthetic
from dedup.bench.engines import taken


@dataclass(frozen=True, slots=True)
class Speed:
    """The speed of an engine on some text, in CPU time of the process, so that neighbours on the machine count little."""

    megabytes: float
    """Text signed in one repetition, MB of UTF-8."""
    seconds: list[float]
    """CPU seconds of each repetition."""

    @property
    def rate(self) -> float:
        """MB/s, by the median."""
        return self.megabytes / statistics.median(self.seconds)


def sample(language: str, megabytes: float, seed: int = 1) -> list[str]:
    """Return made-up texts of a language, that many MB of UTF-8 together."""
    texts, held = [], 0
    for text in planted(synthetic(language, seed), seed=seed):
        texts.append(text)
        held += len(text.encode())
        if held >= megabytes * 1e6:
            return texts
    return texts


def pair(jaccard: float, shingles: int, seed: int) -> tuple[str, str]:
    """Return two texts without a repeated word, of that many 5-grams each, whose 5-grams have that Jaccard similarity."""
    generator = random.Random(seed)
    shared = round(2 * shingles * jaccard / (1 + jaccard))
    words = (f"{prefix}{number:x}" for number in iter(lambda: generator.getrandbits(40), None) for prefix in ("k", "m"))
    common = list(itertools.islice(words, shared + 4 if shared else 0))
    left, right = (list(itertools.islice(words, shingles + 4 - len(common))) for _ in range(2))
    return " ".join(common + left), " ".join(common + right)


def wrong_answers(engine: ModuleType, language: str, num_perm: int = 128) -> list[str]:
    """Return what is wrong with the estimates of an engine for pairs of known similarity; nothing when all is well.

    An estimate by `num_perm` equal or different values is off by sqrt(J(1 - J)/num_perm); five times that is wrong.
    """
    try:
        return _far_off(engine, language, num_perm)
    except Exception as error:  # a tool that fails is named as such, and the others are measured
        return [f"fails: {error!r}"]


def _far_off(engine: ModuleType, language: str, num_perm: int) -> list[str]:
    wrong = []
    for jaccard in (0.0, 0.2, 0.5, 0.8, 1.0):
        pairs = [pair(jaccard, 300, seed) for seed in range(8)]
        signed = engine.sign([text for texts in pairs for text in texts], language, num_perm)
        for at in range(len(pairs)):
            estimate = engine.similarity(signed, 2 * at, 2 * at + 1)
            if abs(estimate - jaccard) > 5 * (max(jaccard * (1 - jaccard), 0.004) / num_perm) ** 0.5:
                wrong.append(f"estimates {estimate:.3f} for a similarity of {jaccard}")
    return wrong


def measure(engines: dict[str, ModuleType], texts: list[str], language: str, seconds: float, repeats: int = 5) -> dict[str, Speed]:
    """Return the speed of each engine on as many of the texts as it signs in about `seconds`, the repetitions in turns."""
    sizes = [len(text.encode()) for text in texts]
    parts = {name: _part(engine, texts, sizes, language, seconds) for name, engine in engines.items()}
    inputs = {name: taken(engine, texts[: parts[name]]) for name, engine in engines.items()}
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(repeats):
        for name, engine in engines.items():
            times[name].append(_cpu(engine, inputs[name], language))
    return {name: Speed(sum(sizes[: parts[name]]) / 1e6, times[name]) for name in engines}


def _part(engine: ModuleType, texts: list[str], sizes: list[int], language: str, seconds: float) -> int:
    """Return how many of the texts an engine signs in about that time."""
    count = 16
    while count < len(texts):
        spent = _cpu(engine, taken(engine, texts[:count]), language)
        if spent > seconds / 10:
            return min(len(texts), max(16, int(count * seconds / spent)))
        count *= 4
    return len(texts)


def _cpu(engine: ModuleType, texts: Any, language: str) -> float:
    start = time.process_time()
    engine.sign(texts, language, 128)
    return time.process_time() - start
