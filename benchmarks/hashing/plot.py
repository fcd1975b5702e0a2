"""Draws benchmarks/record/hashing-growth.svg from the recorded results; needs matplotlib."""

import json
from pathlib import Path

import matplotlib.pyplot as plt

RECORD = Path(__file__).parent.parent / "record"


def main() -> None:
    plt.rcParams["svg.hashsalt"] = "dedup"
    figure, axes = plt.subplots(figsize=(7, 5))
    pipeline = json.loads((RECORD / "hashing-pipeline.json").read_text())["result"]
    growth = json.loads((RECORD / "hashing-growth.json").read_text())["result"]
    text = [run for run in pipeline["runs"] if run["threads"] == 1]
    lines = (
        ([run["documents"] for run in text], [run["cpu"] for run in text], f"file → verified clusters, n^{pipeline['exponent']:.2f}"),
        (
            [run["signatures"] for run in growth["runs"]],
            [run["cpu"] for run in growth["runs"]],
            f"signatures → clusters, n^{growth['exponent']:.2f}",
        ),
    )
    for x, y, label in lines:
        axes.loglog(x, y, marker="o", label=label)
    axes.set_xlabel("documents")
    axes.set_ylabel("CPU seconds, one thread")
    axes.grid(True, which="both", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(RECORD / "hashing-growth.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
