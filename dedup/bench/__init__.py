"""`dedup bench`: the hashing core beside its peers in one run, on made-up Hindi and English; minutes, not hours.

`benchmarks/` holds the full measurements: real news, growth to ten million documents, recorded results.
"""

import os
import sys
from types import ModuleType
from typing import Any

LANGUAGES = {"hi": "Hindi", "en": "English"}


def one_thread() -> None:
    """Keep the tools with pools of their own to one thread; they read this when they are imported."""
    for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM"):
        os.environ[name] = "1"


def run(seconds: float = 1.0, documents: int = 2000) -> dict[str, Any]:
    """Return what was measured: per engine its speed in MB/s by language, precision, recall and ARI, or what it answered wrongly.

    Each speed is the median of five repetitions of about `seconds` CPU time; quality is that of the pairs with Jaccard
    similarity .8 or more among `documents` texts a language, all of which are known. Engines that are not installed are in "absent".
    """
    from dedup.bench import engines, quality, speed

    one_thread()
    loaded: dict[str, ModuleType] = {}
    absent, wrong = [], {}
    for name in engines.NAMES:
        engine = engines.load(name)
        if engine is None:
            absent.append(engines.distribution(name))
            continue
        problems = [problem for language in LANGUAGES for problem in speed.wrong_answers(engine, language)]
        if problems:
            wrong[name] = problems
        else:
            loaded[name] = engine
    results: dict[str, Any] = {name: {"version": engines.version(name), "how": engine.HOW} for name, engine in loaded.items()}
    for language in LANGUAGES:
        texts = speed.sample(language, megabytes=12 * seconds)
        for name, measured in speed.measure(loaded, texts, language, seconds).items():
            results[name][f"{language} MB/s"] = measured.rate
        texts = texts[:documents]
        wanted = quality.all_near_pairs(quality.word_sets(texts, plain_words), 0.8)
        for name, engine in loaded.items():
            found = quality.scores(len(texts), engine.near(texts, language, 0.8), wanted)
            results[name] |= {f"{language} {score}": value for score, value in found.items()}
    return {"engines": results, "wrong": wrong, "absent": absent}


def plain_words(text: str) -> list[str]:
    """Return the words of made-up text: no mark, case or spelling is in doubt there."""
    return text.lower().replace("।", " ").replace(".", " ").split()


def named(name: str, result: dict[str, Any]) -> str:
    """Return what the tables call an engine."""
    return f"{'dedup' if name == 'own' else name} {result['version']}".strip()


def main(seconds: float = 1.0, documents: int = 2000) -> dict[str, Any]:
    """Print the table of `run` and return what was measured; progress goes to stderr."""
    from rich.console import Console
    from rich.table import Table

    notes = Console(stderr=True)
    with notes.status("measuring"):
        measured = run(seconds, documents)
    out = Console(file=sys.stdout, width=100)
    own = measured["engines"]["own"]
    table = Table(title="Text → signature: 128 values, word 5-grams, one thread")
    table.add_column("engine")
    for language in LANGUAGES.values():
        table.add_column(f"{language} MB/s", justify="right")
        table.add_column("dedup is × faster", justify="right")
    for name, result in measured["engines"].items():
        rates = [f"{language} MB/s" for language in LANGUAGES]
        table.add_row(
            named(name, result), *(cell for rate in rates for cell in (f"{result[rate]:,.1f}", f"{own[rate] / result[rate]:,.1f}"))
        )
    out.print(table)
    table = Table(title="Near-duplicates of Jaccard similarity ≥ .8 among texts of which all are known")
    table.add_column("engine")
    for language in LANGUAGES.values():
        for score in ("precision", "recall", "ARI"):
            table.add_column(f"{language} {score}", justify="right")
    for name, result in measured["engines"].items():
        cells = (f"{result[f'{language} {score}']:.3f}" for language in LANGUAGES for score in ("precision", "recall", "ari"))
        table.add_row(named(name, result), *cells)
    out.print(table)
    print("MB/s in CPU time, median of 5; dedup/bench/engines says who tokenises how.")
    for name, problems in measured["wrong"].items():
        print(f"{name} is left out: it {problems[0]}" + (f" (and {len(problems) - 1} more)" if problems[1:] else ""))
    if measured["absent"]:
        print(f"Not installed: {', '.join(measured['absent'])}. To compare: pip install {' '.join(measured['absent'])}")
    return measured
