"""The full measurements of the hashing core, as definitions.toml has them: run.py [speed|accuracy|quality|pipeline|growth|kernels]...

Results go to benchmarks/record/hashing-*.json with date, machine, versions and command. Peers that are not installed (make
bench-setup installs them) are named and left out. Data: --data, the folder of the news collections.
"""

import argparse
import datetime
import json
import math
import os
import platform
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dedup.bench import engines, one_thread, quality, speed

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RECORD = ROOT / "benchmarks" / "record"
MADE = ROOT / "benchmarks" / "data"


def measure_speed(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return MB/s by language and engine, and by how much the core is faster."""
    loaded = present(definition["engines"])
    results: dict[str, Any] = {}
    for language in definition["corpora"]:
        wrong = {name: speed.wrong_answers(engine, language) for name, engine in loaded.items()}
        right = {name: engine for name, engine in loaded.items() if not wrong[name]}
        texts = news(data, language)
        random.Random(1).shuffle(texts)
        measured = speed.measure(right, texts, language, definition["seconds"], definition["repeats"])
        own = measured["own"].rate
        results[language] = {
            name: {
                "MB/s": one.rate,
                "times slower": own / one.rate,
                "megabytes": one.megabytes,
                "seconds": one.seconds,
                "how": right[name].HOW,
            }
            for name, one in measured.items()
        }
        results[language]["wrong"] = {name: problems for name, problems in wrong.items() if problems}
        for name, goal in definition["goals"].items():
            if name in measured:
                met = own / measured[name].rate
                print(f"{language}: {met:.1f} × {name}, goal {goal}{'' if met >= goal else ' MISSED'}")
    return results


def measure_accuracy(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return bias and RMSE of the estimates by engine, size and similarity."""
    return {
        name: [
            {"shingles": shingles} | quality.errors(engine, shingles, jaccard, definition["pairs"])
            for shingles in definition["shingles"]
            for jaccard in definition["jaccards"]
        ]
        for name, engine in present(definition["engines"]).items()
    }


def measure_quality(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return precision, recall, ARI and CPU seconds by engine, against all pairs found without signatures and without hashing."""
    sys.path.insert(0, str(ROOT / "tests"))
    import naive

    texts = [json.loads(line)["text"] for line in made(definition["documents"], data).open(encoding="utf-8")]
    sets = quality.word_sets(texts, lambda text: [key for key, _ in naive.units(text)])
    wanted = quality.all_near_pairs(sets, definition["threshold"])
    results: dict[str, Any] = {"documents": len(texts), "pairs": len(wanted)}
    for name, engine in present(definition["engines"]).items():
        start = time.process_time()
        found = engine.near(texts, "hi", definition["threshold"])
        results[name] = {"cpu": time.process_time() - start} | quality.scores(len(texts), found, wanted)
        for score, least in definition["expected"].get(name, {}).items():
            assert results[name][score] >= least, (name, score, results[name][score])
        print(name, {key: round(value, 4) for key, value in results[name].items()})
    return results


def measure_pipeline(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return, by number of documents and threads, the median run from file to exactly verified clusters."""
    runs = []
    for documents in definition["documents"]:
        file = made(documents, data)
        for threads in definition["threads"]:
            command = [str(HERE / "pipeline.py"), str(file), "--threads", str(threads)]
            repeated = sorted((child(command) for _ in range(definition["repeats"])), key=lambda run: run["wall"])
            run = repeated[len(repeated) // 2]
            runs.append(run | {"walls": [one["wall"] for one in repeated]})
            print(
                f"{documents:,} documents, {threads} threads: {run['wall']:.1f} s, {run['cpu']:.1f} s CPU, {run['beyond_text'] / 1e6:.0f} MB beyond"
            )
    return {"runs": runs, "exponent": exponent([(run["documents"], run["cpu"]) for run in runs if run["threads"] == 1])}


def measure_growth(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return the times from signatures to clusters, and the exponent of their growth."""
    runs = [child([str(HERE / "growth.py"), str(count)]) for count in definition["signatures"]]
    for run in runs:
        assert run["pairs"] >= 0.999 * run["planted"], run
        print(f"{run['signatures']:,} signatures: {run['wall']:.2f} s, {run['cpu']:.2f} s CPU")
    return {"runs": runs, "exponent": exponent([(run["signatures"], run["cpu"]) for run in runs])}


def measure_kernels(definition: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return what `cargo bench` measures of each kernel (median nanoseconds an iteration, MB or million elements a second)."""
    MADE.mkdir(exist_ok=True)
    subprocess.run([sys.executable, str(HERE / "expand.py"), "--plain", "--data", str(data), "-o", str(MADE)], check=True)
    with tempfile.TemporaryDirectory() as home:
        command = ["cargo", "bench", "--quiet", "--manifest-path", str(ROOT / "rust" / "Cargo.toml"), "--bench", "hashing"]
        subprocess.run([*command, "--", "--noplot"], check=True, env={**os.environ, "CRITERION_HOME": home})
        found: dict[str, Any] = {}
        for file in sorted(Path(home).glob("**/new/benchmark.json")):
            about = json.loads(file.read_text())
            nanoseconds = json.loads((file.parent / "estimates.json").read_text())["median"]["point_estimate"]
            (amount,) = about["throughput"].values()
            found[about["full_id"]] = {"nanoseconds": nanoseconds, "million a second": amount / nanoseconds * 1000}
    for language in definition["corpora"]:
        signatures = min(one["nanoseconds"] for name, one in found.items() if name.startswith(f"{language}/signature/"))
        share = found[f"{language}/{definition['probe']}"]["nanoseconds"] / signatures
        found[f"{language}: signatures by plain probe"] = share
        print(f"{language}: {share:.2f} of the plain probe, goal {definition['goal']}{'' if share >= definition['goal'] else ' MISSED'}")
    return found


def exponent(points: list[tuple[int, float]]) -> float:
    """Return the slope of a line through the points on logarithmic scales."""
    return statistics.linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


def present(names: list[str]) -> dict[str, Any]:
    """Return the engines that are installed; the others are named on stderr."""
    loaded = {name: engines.load(name) for name in names}
    for name, engine in loaded.items():
        if engine is None:
            print(f"skipped: {engines.distribution(name)} is not installed", file=sys.stderr)
    return {name: engine for name, engine in loaded.items() if engine is not None}


def news(data: Path, language: str) -> list[str]:
    """Return the texts of one collection."""
    from expand import texts

    return texts(data, language)


def made(documents: int, data: Path) -> Path:
    """Return the file of that many documents, made if it is not there."""
    file = MADE / f"news-{documents}.jsonl"
    if not file.exists():
        subprocess.run([sys.executable, str(HERE / "expand.py"), str(documents), "--data", str(data), "-o", str(file)], check=True)
    return file


def child(command: list[str]) -> dict[str, Any]:
    """Return the JSON that a script prints, run by itself so that its memory is its own."""
    return json.loads(subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout)


def machine() -> dict[str, str]:
    """Return the processor and the versions that a result depends on."""
    processor = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor()
    )
    versions = {name: engines.version(name) for name in engines.NAMES if name != "own"}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    return {
        "processor": processor,
        "python": platform.python_version(),
        "commit": commit,
        "load": _lines("/proc/loadavg")[0].split()[0],
    } | versions


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return [""]


def main() -> None:
    measures: dict[str, Callable[[dict[str, Any], Path], dict[str, Any]]] = {
        "speed": measure_speed,
        "accuracy": measure_accuracy,
        "quality": measure_quality,
        "pipeline": measure_pipeline,
        "growth": measure_growth,
        "kernels": measure_kernels,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *measures], default=[])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    arguments = parser.parse_args()
    if not (arguments.data / "news").is_dir():
        sys.exit(f"no news collections in {arguments.data}; pass --data (or run `dedup bench`, which makes its text up)")
    one_thread()
    definitions = tomllib.loads((HERE / "definitions.toml").read_text("utf-8"))
    RECORD.mkdir(exist_ok=True)
    for name in arguments.names or measures:
        print(f"== {name}")
        record = {
            "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "command": f"python benchmarks/hashing/run.py {shlex.quote(name)}",
            "machine": machine(),
            "result": measures[name](definitions[name], arguments.data),
        }
        (RECORD / f"hashing-{name}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
