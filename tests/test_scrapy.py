"""The Scrapy add-on in the example project, against a real web server on loopback that serves pages of eight outlets."""

import html
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from conftest import article, rows_of

from dedup.boilerplate import Templates
from dedup.index import Index

pytest.importorskip("scrapy", reason="Scrapy is not installed: pip install 'newsdedup[test]'")

PROJECT = Path(__file__).parent.parent / "examples" / "scrapy_news"
SAMPLES = Path(__file__).parent.parent / "samples"
OUTLETS = 8


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def page(outlet: int, number: int) -> str:
    """A page of an outlet: one story of its own, or one that all outlets have, with a sentence more or less."""
    text = article(number) if number < 3 else article(100 * outlet + number)
    paragraphs = [*text.split("\n"), *([f"ऐसा ही संवाददाता{outlet} ने बताया।"] if outlet % 2 else [])]
    return (
        f"<html><head><title>समाचार {number} | पत्र {outlet}</title></head><body>"
        f"<nav><a href='/'>मुखपृष्ठ</a> <a href='../'>ताज़ा</a></nav><h1>समाचार {number}</h1>"
        f"<article>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article>"
        f"<footer><p>कॉपीराइट पत्र {outlet}</p></footer></body></html>"
    )


@pytest.fixture
def site(tmp_path):
    """The address of a web server with a folder an outlet, six pages each, three of them on all outlets."""
    root = tmp_path / "site"
    for outlet in range(OUTLETS):
        (root / f"outlet{outlet}").mkdir(parents=True)
        for number in range(6):
            (root / f"outlet{outlet}" / f"{number}.html").write_text(page(outlet, number), "utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", root
        server.shutdown()


def sample_page(label: dict[str, Any]) -> bytes:
    """The page of a sample: as it is, or what an outlet would make of the text."""
    path = SAMPLES / label["file"]
    if path.suffix == ".html":
        return path.read_bytes()
    with pa.input_stream(path) as stream:
        data = stream.read()
    row = {"text": data.decode("utf-8", "replace")} if label["row"] is None else json.loads(data.split(b"\n")[label["row"] - 1])
    if "html" in row:
        return str(row["html"]).encode()
    text = next(value for name, value in row.items() if name in ("text", "body", "content", "articleBody"))
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in str(text).split("\n") if line.strip())
    return f"<html><head><meta charset='utf-8'></head><body><article>{paragraphs}</article></body></html>".encode()


@pytest.fixture
def samples_site(tmp_path):
    """The address of a web server with a page a document of the samples, a folder an outlet, and the labels by address."""
    root = tmp_path / "samples"
    labels = {}
    for label in rows_of(SAMPLES / "labels.jsonl"):
        (root / label["outlet"]).mkdir(parents=True, exist_ok=True)
        (root / label["outlet"] / f"{label['id']}.html").write_bytes(sample_page(label))
        labels[f"{label['outlet']}/{label['id']}.html"] = label
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        yield address, {address + name: label for name, label in labels.items()}
        server.shutdown()


@pytest.fixture
def project(tmp_path):
    return Path(shutil.copytree(PROJECT, tmp_path / "project"))


def start(project: Path, address: str, out: str, *options: str) -> subprocess.Popen[str]:
    settings = {"TELNETCONSOLE_ENABLED": "False", "ROBOTSTXT_OBEY": "False", "CONCURRENT_REQUESTS_PER_DOMAIN": "16"}
    settings |= dict(option.split("=", 1) for option in options)
    line = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"start={address}", "-o", out]
    line += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    paths = os.pathsep.join([str(Path(__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(line, cwd=project, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": paths})


def crawl(project: Path, address: str, out: str, *options: str) -> tuple[list[dict[str, Any]], str]:
    with start(project, address, out, *options) as process:
        _, log = process.communicate(timeout=120)
    assert process.returncode == 0, log
    path = project / out
    return (rows_of(path) if path.exists() else []), log


def stat(log: str, name: str) -> int:
    line = next((line for line in log.splitlines() if f"'{name}':" in line), "")
    return int(line.split(":")[1].strip(" ,}")) if line else 0


def test_the_first_crawl_drops_copies_the_second_finds_nothing_new_and_changes_pass(site, project):
    address, root = site
    items, log = crawl(project, address, "first.jsonl")
    assert len(items) == OUTLETS * 3 + 3, log
    assert stat(log, "dedup/new") == OUTLETS * 6
    assert stat(log, "dedup/duplicate/near") + stat(log, "dedup/duplicate/exact") == (OUTLETS - 1) * 3
    assert stat(log, "dedup/index/documents") == OUTLETS * 6
    assert all("शब्द" in item["text"] and "कॉपीराइट" not in item["text"] and item["dedup"] == {"status": "new"} for item in items)
    assert "Traceback" not in log
    again, log = crawl(project, address, "second.jsonl")
    assert again == []
    assert stat(log, "dedup/unchanged") == OUTLETS * 6 and stat(log, "dedup/new") == 0
    (root / "outlet0" / "5.html").write_text(page(0, 5).replace("</article>", "<p>अद्यतन: यह पंक्ति आज जोड़ी गई।</p></article>"), "utf-8")
    changed, log = crawl(project, address, "third.jsonl")
    assert [item["url"] for item in changed] == [f"{address}outlet0/5.html"]
    assert changed[0]["dedup"] == {"status": "updated"}
    with Index.open(project / "seen") as index:
        assert index.verify()["documents"] == OUTLETS * 6


def test_the_samples_pass_once_whatever_outlet_has_them(samples_site, project):
    address, labels = samples_site
    assert len({label["outlet"] for label in labels.values()}) >= OUTLETS
    items, log = crawl(project, address, "first.jsonl")
    passed = {item["url"] for item in items}
    assert len(passed) == len(items) and "Traceback" not in log
    groups = {url: label["group"] or label["id"] for url, label in labels.items()}
    assert {groups[url] for url in passed} == set(groups.values())
    dropped = [labels[url] for url in labels.keys() - passed]
    assert all(label["group"] for label in dropped)
    copied = {label["of"] for label in labels.values() if label["kind"] == "exact"}
    assert len(dropped) >= sum(label["kind"] == "exact" for label in labels.values()) >= len(copied) > 4
    assert len({label["outlet"] for label in dropped}) > 3
    again, log = crawl(project, address, "second.jsonl")
    assert again == [] and stat(log, "dedup/unchanged") == len(labels)


def test_tagged_items_all_pass_and_drops_are_quiet(site, project):
    address, _ = site
    items, log = crawl(project, address, "tagged.jsonl", "DEDUP_MODE=tag", "LOG_LEVEL=INFO")
    assert len(items) == OUTLETS * 6
    copies = [item for item in items if "duplicate_of" in item["dedup"]]
    assert len(copies) == (OUTLETS - 1) * 3
    assert all(item["dedup"]["kind"] in ("exact", "near") and item["dedup"]["similarity"] >= 0.8 for item in copies)
    _, log = crawl(project, address, "dropped.jsonl", "LOG_LEVEL=INFO")
    assert "Dropped" not in log


def test_a_crawl_learns_the_templates_of_its_hosts(site, project):
    address, _ = site
    crawl(project, address, "items.jsonl", "DEDUP_TEMPLATES=sites.state")
    (pages,) = Templates.load(project / "sites.state").hosts().values()
    assert pages == OUTLETS * 6
    crawl(project, address, "named.jsonl", "DEDUP_TEMPLATES=named.state", "DEDUP_ID_FIELD=html")
    assert Templates.load(project / "named.state").hosts() == Templates.load(project / "sites.state").hosts()


def test_a_crawl_that_was_stopped_goes_on_where_it_was(site, project):
    address, _ = site
    options = ("JOBDIR=job", "CONCURRENT_REQUESTS=2")
    crawl(project, address, "items.jsonl", *options, "CLOSESPIDER_ITEMCOUNT=5")
    items, log = crawl(project, address, "items.jsonl", *options)
    addresses = [item["url"] for item in items]
    assert len(set(addresses)) == len(addresses) == OUTLETS * 3 + 3, log


def test_a_signal_closes_the_index_cleanly(site, project):
    address, _ = site
    with start(project, address, "items.jsonl", "DOWNLOAD_DELAY=0.5", "RANDOMIZE_DOWNLOAD_DELAY=False") as process:
        deadline = time.monotonic() + 60
        items = project / "items.jsonl"
        while time.monotonic() < deadline and not (items.exists() and items.stat().st_size):
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=60)
    assert "'finish_reason': 'shutdown'" in log
    assert 0 < stat(log, "dedup/new") < OUTLETS * 6
    with Index.open(project / "seen", read_only=True) as index:
        assert index.verify()["documents"] == stat(log, "dedup/new") == stat(log, "dedup/index/documents")
        assert index.info()["recent"] == 0, "closed without writing its keys"


def test_settings_that_cannot_be_right_stop_the_crawl(site, project):
    address, _ = site
    with Index.open(project / "seen"):
        process = start(project, address, "items.jsonl")
        with process:
            _, log = process.communicate(timeout=60)
    assert "has it open for writing" in log
    with start(project, address, "items.jsonl", "DEDUP_MODE=maybe") as process:
        _, log = process.communicate(timeout=60)
    assert "DEDUP_MODE is drop or tag" in log
    assert not (project / "items.jsonl").exists() or rows_of(project / "items.jsonl") == []


def test_the_asyncio_example_says_what_is_new(site, tmp_path):
    address, _ = site
    example = PROJECT.parent / "asyncio_pool.py"
    urls = [f"{address}outlet{outlet}/{number}.html" for outlet in range(2) for number in (0, 4)]
    paths = os.pathsep.join([str(PROJECT.parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    line = [sys.executable, str(example), str(tmp_path / "seen"), *urls]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, env=os.environ | {"PYTHONPATH": paths})
    assert done.returncode == 0, done.stderr
    assert sorted(line.rsplit(": ", 1)[1].split(" copy")[0] for line in done.stdout.splitlines()) == ["near", "new", "new", "new"]
