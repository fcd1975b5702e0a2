"""How long the stages of a run took."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Clock:
    """Seconds by stage, added up over batches."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Add the time of the block to the stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    def each(self, stage: str, steps: Iterable[T]) -> Iterator[T]:
        """Yield the steps, adding the time that each takes to come to the stage."""
        iterator = iter(steps)
        while True:
            with self(stage):
                try:
                    step = next(iterator)
                except StopIteration:
                    return
            yield step
