"""Holds the output of `dedup run samples/dump -o OUT` against the labels: `python -m samples.score OUT` prints what differs."""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from samples.build import HERE, squeezed

Row = dict[str, Any]


def labels() -> list[Row]:
    """Return the labels of the dump."""
    return [json.loads(line) for line in (HERE / "labels.jsonl").read_text("utf-8").splitlines()]


def written(out: Path) -> list[Row]:
    """Return the kept and the removed rows of a run."""
    return [json.loads(line) for name in ("kept", "removed") for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def matched(rows: list[Row]) -> list[tuple[Row, Row | None]]:
    """Return each label with its row: by the end of source_file and, in files of rows, by source_line."""
    found = {}
    for row in rows:
        file = row["source_file"].replace("\\", "/")
        file = "dump/" + file.rpartition("dump/")[2]
        found[file, row["source_line"] if ".jsonl" in file else None] = row
    return [(label, found.get((label["file"], label["row"]))) for label in labels()]


def differences(rows: list[Row]) -> dict[str, list[str]]:
    """Return what is wrong, by kind: absent, leak, lost, published, duplicate, event; nothing in any where all is right."""
    wrong: dict[str, list[str]] = {kind: [] for kind in ("absent", "leak", "lost", "published", "duplicate", "event")}
    pairs = [(label, row) for label, row in matched(rows) if row is not None]
    wrong["absent"] = [label["id"] for label, row in matched(rows) if row is None]
    for label, row in pairs:
        text = squeezed(row["text"])
        wrong["leak"] += [f"{label['id']}: {reason}: {leak}" for reason, leak in label["leak"] if squeezed(leak) in text]
        wrong["lost"] += [f"{label['id']}: {real}" for real in label["keep"] if squeezed(real) not in text]
        if row["published"][:10] != label["published"][:10]:
            wrong["published"].append(f"{label['id']}: {row['published'] or 'none'}, not {label['published'] or 'none'}")

    clusters, events = defaultdict(set), defaultdict(set)
    of_group, of_event = defaultdict(set), defaultdict(set)
    for label, row in pairs:
        # An excerpt is no near-duplicate: it makes a group of its own, and stays in the event.
        group = label["id"] if label["kind"] == "excerpt" else label["group"] or label["id"]
        clusters[row["cluster_id"]].add(group)
        of_group[group].add(row["cluster_id"])
        if row["keep"]:
            event = label["event"] or group
            events[row["event_id"]].add(event)
            of_event[event].add(row["event_id"])
    wrong["duplicate"] += [f"{group}: in {len(found)} clusters" for group, found in of_group.items() if len(found) > 1]
    wrong["duplicate"] += [f"{', '.join(sorted(held))}: one cluster" for held in clusters.values() if len(held) > 1]
    wrong["event"] += [f"{event}: in {len(found)} events" for event, found in of_event.items() if len(found) > 1]
    wrong["event"] += [f"{', '.join(sorted(held))}: one event" for held in events.values() if len(held) > 1]
    return wrong


def main() -> None:
    wrong = differences(written(Path(sys.argv[1])))
    every = labels()
    for kind, found in wrong.items():
        for line in found:
            print(f"{kind}: {line}")
    leaks, real = sum(len(label["leak"]) for label in every), sum(len(label["keep"]) for label in every)
    print(
        f"leaks {len(wrong['leak'])} of {leaks}, lost {len(wrong['lost'])} of {real}, dates {len(wrong['published'])} of {len(every)},",
        end=" ",
    )
    print(f"groups {len(wrong['duplicate'])}, events {len(wrong['event'])}, absent {len(wrong['absent'])}")


if __name__ == "__main__":
    main()
