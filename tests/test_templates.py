"""Templates of hosts, learnt from the dump."""

import itertools
import json
import random
from pathlib import Path

import pytest
from conftest import article
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import dedup
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.templates import Templates, hosts_of
from dedup.boilerplate.text import strip_text
from dedup.cli import app
from dedup.cluster import near_duplicates
from dedup.config import Config
from dedup.errors import ArtefactError, InputError

MENU = ["मुखपृष्ठ देश विदेश खेल", "आज का पंचांग", "निवेश परामर्श", "संपादकीय मंडल का पता"]
NOTICE = "इस पृष्ठ की सामग्री का कोई भाग प्रकाशक की लिखित सहमति के बिना किसी माध्यम में पुनः प्रस्तुत नहीं किया जा सकता।"
RULES = "पाठकों से अनुरोध है कि वे मर्यादित भाषा का प्रयोग करें, क्योंकि अशोभनीय संदेश बिना सूचना के हटाए जाएंगे और खाता बंद किया जाएगा।"

STOCK = [
    "The police have registered a case and started an investigation.",
    "No one was hurt.",
    "पुलिस ने मामला दर्ज कर जांच शुरू कर दी है।",
    "आगे की जांच जारी है।",
    "পুলিশ ঘটনাটি তদন্ত করছে।",
    "போலீசார் விசாரித்து வருகின்றனர்.",
    "क्या है पूरा मामला?",
]
"""Sentences that end many a report."""


def page(seed: int, words: int = 24, host: str = "पूरब") -> str:
    """A short article of its own in a heavy template, of which a few lines count something."""
    menu = [f"{line} {host} विभाग {'अ' * at} {'क' * at} {'म' * at}" for at, line in enumerate(MENU * 12)]
    counted = [f"मौसम {seed} डिग्री {host}", f"पाठक संख्या {seed} {host}"]
    return "\n".join([*menu[:30], counted[0], article(seed, words), NOTICE, RULES, counted[1], *menu[30:]])


def stripped(texts, hosts, templates, **options):
    return strip_text(texts, hosts=hosts, templates=templates, config=Config(**options)).column("text").to_pylist()


def learnt(texts, hosts):
    templates = Templates()
    templates.learn(texts, hosts)
    return templates


def test_a_heavy_template_no_longer_merges_short_articles():
    texts = [page(seed) for seed in range(1000)]
    hosts = ["a.example"] * 1000
    config = Config()
    assert len(set(near_duplicates(texts, config).labels.tolist())) == 1
    clean = stripped(texts, hosts, learnt(texts, hosts))
    assert clean == [article(seed, 24) for seed in range(1000)]
    assert len(near_duplicates(clean, config).edges) == 0


@pytest.mark.parametrize("sentence", STOCK)
@pytest.mark.parametrize("often", [10, 40])
def test_a_sentence_that_some_reports_have_is_no_template(sentence: str, often: int):
    texts = [f"{article(seed)}\n{sentence if seed < often else ''}\n{article(seed + 1000)}" for seed in range(300)]
    hosts = ["a.example"] * 300
    alone = stripped(texts, None, None)
    assert sum(sentence in text for text in alone) == often
    assert stripped(texts, hosts, learnt(texts, hosts)) == alone


def test_a_sentence_that_many_pages_have_and_a_label_that_some_have_are_templates():
    hosts = ["a.example"] * 300
    for line, often in ((STOCK[0], 120), (STOCK[1], 120), (MENU[1], 12)):
        texts = [f"{article(seed)}\n{line if seed < often else ''}\n{article(seed + 1000)}" for seed in range(300)]
        assert not any(line in text for text in stripped(texts, hosts, learnt(texts, hosts)))


def test_what_stands_on_one_page_or_in_copies_is_no_template():
    hosts = ["a.example"] * 8
    alone = [article(seed) for seed in range(8)]
    assert stripped(alone, hosts, learnt(alone, hosts)) == alone
    copies = [article(1) + f"\n{'i' * at}" for at in range(8)]
    assert stripped(copies, hosts, learnt(copies, hosts)) == copies


def test_a_syndicated_paragraph_stays():
    shared = article(99, 60).replace("\n", " ")
    texts = [f"{article(seed)}\n{shared}" for seed in range(12)]
    hosts = [f"{seed}.example" for seed in range(12)]
    assert stripped(texts, hosts, learnt(texts, hosts)) == texts
    # on one host it is copied into some reports, not into all
    hosts = ["a.example"] * 60
    texts = [article(seed) + (f"\n{shared}" if seed % 12 == 0 else "") for seed in range(60)]
    assert stripped(texts, hosts, learnt(texts, hosts)) == texts


def test_hosts_do_not_mix():
    texts = [page(seed, host=("पूरब", "पश्चिम")[seed % 2]) for seed in range(40)]
    hosts = [f"{seed % 2}.example" for seed in range(40)]
    templates = learnt(texts, hosts)
    assert templates.hosts() == {"0.example": 20, "1.example": 20}
    assert stripped(texts, hosts, templates) == [article(seed, 24) for seed in range(40)]
    other = stripped(texts, hosts[1:] + hosts[:1], templates)
    assert all(f"{MENU[0]} {('पूरब', 'पश्चिम')[row % 2]}" in text for row, text in enumerate(other))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_order_and_parts_change_nothing(seed, parts):
    texts = [page(number, host="क" * (number % 3)) for number in range(60)] * 2
    hosts = [f"{number % 3}.example" for number in range(60)] * 2
    whole = learnt(texts, hosts).to_bytes()
    rows = list(range(len(texts)))
    random.Random(seed).shuffle(rows)
    merged = Templates()
    for start in range(parts):
        part = rows[start::parts]
        merged.merge(learnt([texts[row] for row in part], [hosts[row] for row in part]))
    assert merged.to_bytes() == whole


def test_the_state_is_bounded_and_is_saved(tmp_path: Path):
    texts = [page(seed) for seed in range(600)]
    templates = learnt(texts, ["a.example"] * 600)
    assert templates.hosts() == {"a.example": 200}
    assert len(templates.to_bytes()) < 200 * 60 * 9
    path = tmp_path / "state"
    templates.save(path)
    again = Templates.load(str(path))
    assert again.to_bytes() == templates.to_bytes()
    assert stripped([page(999)], ["a.example"], again) == [article(999, 24)]
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(ArtefactError, match="damaged"):
        Templates.load(path)
    path.write_bytes(b"something else")
    with pytest.raises(ArtefactError, match="no template state"):
        Templates.load(path)
    with pytest.raises(InputError, match="no such template state"):
        Templates.load(tmp_path / "none")


def test_a_crawler_learns_page_by_page():
    templates, kept = Templates(), []
    for seed in range(12):
        templates.learn([page(seed)], ["a.example"])
        kept += stripped([page(seed)], ["a.example"], templates)
    assert NOTICE in kept[0] and all(text == article(seed, 24) for seed, text in enumerate(kept) if seed >= 5)


def test_stripping_twice_is_stripping_once():
    texts = [page(seed) for seed in range(30)]
    hosts = ["a.example"] * 30
    templates = learnt(texts, hosts)
    for level in ("gentle", "normal", "aggressive"):
        once = stripped(texts, hosts, templates, strip=level)
        assert stripped(once, hosts, templates, strip=level) == once
    assert [*itertools.chain(stripped(texts, hosts, templates, threads=1))] == stripped(texts, hosts, templates, threads=3)


def test_each_text_needs_its_host():
    with pytest.raises(ValueError, match="1 hosts for 2 texts"):
        strip_text(["क", "ख"], hosts=["a"], templates=Templates())
    with pytest.raises(ValueError, match="0 hosts for 1 texts"):
        strip_text(["क"], templates=Templates())


def test_hosts_of_urls():
    urls = ["https://www.Example.com/a?b", "http://user:x@news.example:8080/", "example.com/a", "", "https://उदाहरण.भारत/क"]
    assert hosts_of(urls).to_pylist() == ["example.com", "news.example", "", "", "उदाहरण.भारत"]


def html(seed: int) -> str:
    """A page whose menu stands amid the paragraphs, where an extractor takes it for the article's."""
    first, *rest = article(seed, 60).split("\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in [first, NOTICE, *rest, RULES])
    return f"<html><body><article><h1>खबर {seed}</h1>{body}</article></body></html>"


def test_blocks_of_html_that_recur_are_left_out():
    pages, hosts = [html(seed).encode() for seed in range(12)], ["a.example"] * 12
    templates = Templates()
    templates.learn_html(pages, hosts)
    assert all(NOTICE in text for text in strip_html(pages).column("text").to_pylist())
    batch = strip_html(pages, hosts=hosts, templates=templates)
    for seed, text in enumerate(batch.column("text").to_pylist()):
        assert NOTICE not in text and RULES not in text and article(seed, 60).split("\n")[0] in text
    assert "template" in {span["reason"] for span in batch.column("removed")[0].as_py()}
    one = dedup.strip(html=pages[0], url="https://a.example/0", templates=templates)
    assert one.text == batch.column("text")[0].as_py()
    again = Templates()
    for page in reversed(pages):
        again.learn_html([page], ["a.example"])
    assert again.to_bytes() == templates.to_bytes()
    templates.learn_html([b"", b"\xff\xfe"], ["a.example", ""])


def test_a_run_with_templates_merges_no_articles_that_share_only_them():
    rows = [{"id": f"{seed:03}", "url": f"https://a.example/{seed}", "text": page(seed)} for seed in range(60)]
    assert len(dedup.run(rows).kept) == 1
    templates = Templates()
    templates.learn([row["text"] for row in rows], ["a.example"] * 60)
    assert len(dedup.run(rows, templates=templates).kept) == 60


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    for host in "ab":
        lines = ({"id": f"{host}{at}", "url": f"https://{host}.example/{at}", "text": page(at, host=host)} for at in range(12))
        (tmp_path / f"{host}.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return tmp_path


def shell(*arguments: str, stdin: str | None = None):
    done = CliRunner().invoke(app, list(arguments), input=stdin)
    if isinstance(done.exception, Exception):
        raise done.exception
    return done


def texts_of(done) -> list[str]:
    return [json.loads(line)["text"] for line in done.stdout.splitlines()]


def test_the_command_line_learns_saves_and_uses_a_state(dump: Path):
    state, other = dump / "state", dump / "other"
    clean = [article(at, 24) for at in range(12)]
    assert texts_of(shell("strip", str(dump / "a.jsonl"), "--learn", str(state))) == clean
    assert Templates.load(state).hosts() == {"a.example": 12}
    # the state grows, and does not depend on the order
    assert texts_of(shell("strip", str(dump / "b.jsonl"), "--learn", str(state))) == clean
    assert Templates.load(state).hosts() == {"a.example": 12, "b.example": 12}
    shell("strip", str(dump / "b.jsonl"), str(dump / "a.jsonl"), "--learn", str(other))
    assert other.read_bytes() == state.read_bytes()
    # --templates uses it and leaves it
    assert texts_of(shell("strip", str(dump / "a.jsonl"), "--templates", str(state), "--gentle")) == clean
    assert other.read_bytes() == state.read_bytes()
    # a pipe is read once: what came before is known
    online = texts_of(shell("strip", "--learn", str(dump / "piped"), stdin=(dump / "a.jsonl").read_text()))
    assert online == clean and Templates.load(dump / "piped").hosts() == {"a.example": 12}


def test_a_run_learns_from_its_dump(dump: Path):
    plain, learnt, used = dump / "plain", dump / "learnt", dump / "used"
    shell("run", str(dump / "a.jsonl"), "-o", str(plain), "-q")
    shell("run", str(dump / "a.jsonl"), "-o", str(learnt), "-q", "--learn", str(dump / "state"))
    shell("run", str(dump / "a.jsonl"), "-o", str(used), "-q", "--templates", str(dump / "state"))
    count = [len((out / "kept.jsonl").read_text().splitlines()) for out in (plain, learnt, used)]
    assert count == [1, 12, 12]
    assert (learnt / "kept.jsonl").read_bytes() == (used / "kept.jsonl").read_bytes()
    named = [json.loads((out / "run.json").read_text())["inputs"][1:] for out in (plain, learnt, used)]
    assert named[0] == [] and named[1] == named[2] and named[1][0]["source_file"] == str(dump / "state")


def test_wrong_states_and_flags_are_refused(dump: Path):
    rows = str(dump / "a.jsonl")
    done = shell("run", "-", "-o", str(dump / "out"), "--learn", str(dump / "state"))
    assert done.exit_code == 2 and "twice" in done.stderr
    done = shell("strip", rows, "--templates", str(dump / "none"))
    assert done.exit_code == 2 and "no such template state" in done.stderr
    done = shell("strip", rows, "--gentle", "--aggressive")
    assert done.exit_code == 2 and "gentle, aggressive" in done.stderr
    assert shell("strip", rows, "--gentle", "--strip", "gentle").exit_code == 0
