"""Counts the background of dedup/event_background.npz: in how many documents of a language each stem occurs.

    python benchmarks/events/background.py [../shared/data] [dedup/event_background.npz]

Only hashes of stems and counts are kept. Stems and sounds in fewer than 1 of 2000 documents weigh what an unseen stem weighs and are left out.
The evaluation data (data/events) takes no part. The same data give the same bytes.
"""

import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import zstandard

from dedup.event import stems

SOURCES = {"hi.jsonl.zst": "hi", "ne.jsonl.zst": "ne", "en.jsonl.zst": "en", "other_indic.jsonl.zst": None}
SHARE = 1 / 2000


def documents(news: Path) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of every background document."""
    for name, language in SOURCES.items():
        with (news / name).open("rb") as file:
            for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"):
                row = json.loads(line)
                yield language or row["lang"], row["text"]


def main(data: str = "../shared/data", out: str = "dedup/event_background.npz") -> None:
    """Write the counts of every language: <language>_keys uint32[], <language>_counts uint32[], <language>_documents."""
    texts: dict[str, list[str]] = defaultdict(list)
    for language, text in documents(Path(data) / "news"):
        texts[language].append(text)
    arrays: dict[str, np.ndarray] = {}
    for language in sorted(texts):
        _, keys = stems(texts[language])
        distinct, counts = np.unique(keys, return_counts=True)
        common = counts >= max(2, SHARE * len(texts[language]))
        arrays[f"{language}_keys"] = distinct[common]
        arrays[f"{language}_counts"] = counts[common].astype(np.uint32)
        arrays[f"{language}_documents"] = np.array([len(texts[language])], np.uint32)
        print(language, len(texts[language]), "documents,", common.sum(), "stems")
    np.savez_compressed(out, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])
