"""Site rules: what they select, where they are given, and what is said of those that cannot be right."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_cli import Command

import dedup
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.rules import SiteRule, find, load, parse, rule_for, select
from dedup.config import Config
from dedup.errors import ConfigError

URL = "https://www.example.org/2026/pul"
STORY = (
    "नदी पर बना नया पुल रविवार को लोगों के लिए खोल दिया गया, इससे तीस गांव जिला मुख्यालय से जुड़ जाएंगे।",
    "पुल बनाने में चार साल लगे और नब्बे करोड़ रुपये खर्च हुए। बरसात में अब नाव का सहारा नहीं लेना पड़ेगा।",
)
PAGE = f"""<html lang="hi"><head><title>पुल खुला | उदाहरण</title></head><body>
<div class="tease"><p>किसान मेले में इस बार दो सौ दुकानें लगेंगी, प्रवेश सबके लिए मुफ्त रहेगा और बसें भी चलेंगी।</p></div>
<h2 class="hl">तीस गांवों को मिला नया पुल</h2><span class="when" title="x">5 मार्च 2026, 18:30</span>
<div class="story"><p>{STORY[0]}</p><p class="odd">यह हमारी खास पेशकश है, इसे जरूर देखें और अपने मित्रों को भी बताएं, धन्यवाद।</p><p>{STORY[1]}</p></div>
</body></html>"""
RULES = {"example.org": {"content": "div.story", "remove": [".odd"], "title": "h2.hl", "date": "span.when"}}
TOML = """["example.org"]
content = "div.story"
remove = [".odd"]
title = "h2.hl"
date = "span.when"
"""


def stripped(page: str | bytes = PAGE, url: str = URL, **settings: Any) -> dict[str, Any]:
    row: dict[str, Any] = strip_html([page], [url], **settings).to_pylist()[0]
    return row


def test_a_rule_says_what_the_article_is() -> None:
    row = stripped(rules=RULES)
    assert row["text"].split("\n") == list(STORY)
    assert row["title"] == "तीस गांवों को मिला नया पुल" and row["published"] == "2026-03-05T18:30:00"
    reasons = {span["reason"] for span in row["removed"] if "पेशकश" in span["text"] or "किसान" in span["text"]}
    assert "rule" in reasons


def test_a_page_of_another_host_is_read_without_the_rule() -> None:
    assert stripped(url="https://example.com/", rules=RULES) == stripped(url="https://example.com/")
    assert stripped(url="", rules=RULES) == stripped(url="")


def test_a_rule_that_finds_nothing_changes_nothing() -> None:
    nothing = {"example.org": {"content": "main", "remove": "video", "title": "h1", "date": "time"}}
    assert stripped(rules=nothing) == stripped()


def test_what_is_removed_goes_without_a_content_selector_too() -> None:
    row = stripped(rules={"example.org": {"remove": ".story p:last-child"}})
    assert STORY[1] not in row["text"] and STORY[0] in row["text"]


def test_offsets_hold_in_pages_with_wide_characters_and_line_ends() -> None:
    page = PAGE.replace("<body>", "<body>\r\n😀 क्\u200dष\r\n<!-- ॐ -->\n\n")
    assert stripped(page, rules=RULES)["text"].split("\n") == list(STORY)
    assert stripped(page.encode("utf-16"), rules=RULES)["text"].split("\n") == list(STORY)
    named = page.replace("<head>", '<head><meta charset="iso-8859-1">')
    assert stripped(named.encode(), rules=RULES)["text"].split("\n") == list(STORY)


def test_the_date_of_a_rule_is_an_attribute_or_the_text() -> None:
    for tag in ('<time datetime="2026-03-05T18:30:00+05:30">आज</time>', '<meta content="2026-03-05T18:30:00+05:30">'):
        rules = {"example.org": {"content": ".story", "date": "time, body meta"}}
        assert (
            stripped(PAGE.replace('<div class="story">', tag + '<div class="story">'), rules=rules)["published"]
            == "2026-03-05T18:30:00+05:30"
        )


def test_the_nearest_host_counts() -> None:
    rules = parse({"example.org": {"title": "a"}, "hindi.example.org": {"title": "b"}, "उदाहरण.भारत": {"title": "c"}})
    cases = {
        "https://example.org/x": "a",
        "http://www.example.org:8080/x?y#z": "a",
        "https://m.example.org/": "a",
        "https://HINDI.example.org/": "b",
        "https://m.hindi.example.org./": "b",
        "https://www.उदाहरण.भारत/खबर": "c",
        "https://xn--p1b6ci4b4b3a.xn--h2brj9c/": "c",
    }
    assert {url: rule.title for url in cases if (rule := rule_for(rules, url))} == cases
    for url in ("https://notexample.org/", "https://org/", "", "example.org", "https://[", "http://" + "a" * 80 + "é.example/"):
        assert rule_for(rules, url) is None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('["example.org"]\ncontents = "p"', r"""rules.toml: \["example.org"\] has no 'contents'; did you mean 'content'\?"""),
        ('["example.org"]\nxyz = "p"', "has no 'xyz'; it takes content, remove, title, date"),
        ('[example.org]\ncontent = "p"', r'has no \'org\'; write a host in quotes: \["example.org"\]'),
        ('["example.org"]\ncontent = ["p", "div["]', r"""\["example.org"\] content: 'div\[' is no CSS selector: Malformed"""),
        ('["example.org"]\nremove = "p:nonsense"', "remove: 'p:nonsense' is no CSS selector"),
        ('["example.org"]\nremove = [""]', "takes CSS selectors, not ''"),
        ('["example.org"]\nremove = [3]', "takes CSS selectors, not 3"),
        ('["example.org"]\ncontent = 3', "content takes a selector or a list of selectors, not 3"),
        ('["example.org"]\ntitle = ["h1", "h2"]', "title takes one selector"),
        ('"example.org" = "p"', "takes a table of content, remove, title, date"),
        ('["https://example.org/news"]', r'is no host; write the name alone: \["example.org"\]'),
        ('["example.org/news"]', r'is no host; write the name alone: \["example.org"\]'),
        ('["*.example.org"]', r'a rule covers all below its host: \["example.org"\]'),
        ('["example.org:80"]', "is no host; write a name such as"),
        ('["two words"]', "is no host"),
        ('["a..b"]', "is no host"),
        ('[""]', "is no host"),
        ('["example.org"]\n["www.example.org"]', r'\["www.example.org"\] has a second table'),
        ('["example.org"', "rules.toml: Expected"),
    ],
)
def test_rules_that_cannot_be_right_are_named(table: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(table, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load(path)


def test_a_rules_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"rules.toml: no such file"):
        load(tmp_path / "rules.toml")
    (tmp_path / "latin.toml").write_bytes(b'# \xe9\n["example.org"]')
    with pytest.raises(ConfigError, match=r"latin.toml: "):
        load(tmp_path / "latin.toml")


def test_settings_hold_the_rules_themselves(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(TOML, "utf-8")
    (tmp_path / "dedup.toml").write_text('rules = "rules.toml"\nmode = "full"\n', "utf-8")
    config = Config.load(tmp_path / "dedup.toml")
    assert config.rules == Config(rules=RULES).rules == {"example.org": SiteRule(("div.story",), (".odd",), "h2.hl", "span.when")}
    assert Config.from_mapping(json.loads(json.dumps(config.to_dict()))) == config
    (tmp_path / "dedup.toml").write_text('[rules."example.org"]\ncontent = "div.story"\n', "utf-8")
    assert Config.load(tmp_path / "dedup.toml").rules == {"example.org": SiteRule(("div.story",))}
    (tmp_path / "dedup.toml").write_text("rules = 3\n", "utf-8")
    with pytest.raises(ConfigError, match="rules takes a table"):
        Config.load(tmp_path / "dedup.toml")


def test_rules_in_python(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(TOML, "utf-8")
    for rules in (RULES, tmp_path / "rules.toml", str(tmp_path / "rules.toml")):
        assert dedup.strip(html=PAGE, url=URL, rules=rules).text.split("\n") == list(STORY)
    rows = [{"id": "a", "html": PAGE, "url": URL}]
    assert dedup.run(rows, rules=RULES).kept["text"].to_pylist() == ["\n".join(STORY)]


def test_rules_on_the_command_line(tmp_path: Path, command: Command) -> None:
    (tmp_path / "rules.toml").write_text(TOML, "utf-8")
    (tmp_path / "pages.jsonl").write_text(json.dumps({"id": "a", "html": PAGE, "url": URL}) + "\n")
    done = command("strip", "pages.jsonl", "--rules", "rules.toml")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["text"].split("\n") == list(STORY) and row["title"] == "तीस गांवों को मिला नया पुल"
    assert command("run", "pages.jsonl", "-o", "out", "--rules", "rules.toml").returncode == 0
    assert json.loads((tmp_path / "out" / "kept.jsonl").read_text())["text"].split("\n") == list(STORY)
    assert json.loads((tmp_path / "out" / "run.json").read_text())["config"]["rules"]["example.org"]["content"] == ["div.story"]
    (tmp_path / "dedup.toml").write_text('rules = "rules.toml"\n', "utf-8")
    assert json.loads(command("strip", "pages.jsonl").stdout) == row
    (tmp_path / "rules.toml").write_text('["example.org"]\ncontnt = "p"\n', "utf-8")
    wrong = command("strip", "pages.jsonl")
    assert wrong.returncode == 2 and b"did you mean 'content'?" in wrong.stderr and not wrong.stdout


def test_find_says_what_each_selector_matched() -> None:
    rule = parse(RULES)["example.org"]
    found = find(PAGE, rule)
    assert [(entry.field, entry.selector, len(entry.elements)) for entry in found] == [
        ("content", "div.story", 1), ("remove", ".odd", 1), ("title", "h2.hl", 1), ("date", "span.when", 1),
    ]  # fmt: skip
    assert found[1].elements[0][0] == "div.story > p.odd" and found[2].elements[0][1] == "तीस गांवों को मिला नया पुल"
    assert select(PAGE, rule).date == "5 मार्च 2026, 18:30"


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/pul":
                self.send_error(404)
                return
            body = PAGE.encode("utf-8")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_rules_test_fetches_a_page(tmp_path: Path, command: Command, site: str) -> None:
    (tmp_path / "rules.toml").write_text(TOML.replace("example.org", "localhost"), "utf-8")
    done = command("rules", "test", "rules.toml", f"{site}/pul")
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "content: div.story: 1 found\n    div.story: नदी पर बना" in shown and "remove: .odd: 1 found" in shown
    assert "title: तीस गांवों को मिला नया पुल\npublished: 2026-03-05T18:30:00\n\n" + "\n".join(STORY) in shown
    gone = command("rules", "test", "rules.toml", f"{site}/gone")
    assert gone.returncode == 2 and b"Not Found; save the page and pass --page FILE" in gone.stderr


def test_rules_test_reads_a_saved_page(tmp_path: Path, command: Command) -> None:
    (tmp_path / "rules.toml").write_text(TOML, "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    done = command("rules", "test", "rules.toml", URL, "--page", "page.html", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["text"].split("\n") == list(STORY) and answer["selectors"][1]["elements"][0]["path"] == "div.story > p.odd"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.toml", URL), "none.toml: no such file"),
        (("rules.toml", "https://example.net/"), "no rule for https://example.net/; it has example.org"),
        (("rules.toml", URL, "--page", "none.html"), "none.html: No such file"),
        (("rules.toml", "https://example.org.invalid.localhost/"), "no rule for"),
        (("rules.toml", "ftp://example.org/x"), "begins with http"),
        (("rules.toml", URL, "--page", "font.html"), "x-user-defined"),
    ],
)
def test_rules_test_says_what_is_wrong(arguments: tuple[str, ...], message: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "rules.toml").write_text(TOML, "utf-8")
    (tmp_path / "font.html").write_bytes(b'<meta charset="x-user-defined"><p>' + bytes(range(0xA0, 0xFF)))
    done = command("rules", "test", *arguments)
    assert done.returncode == 2 and message in done.stderr.decode() and b"Traceback" not in done.stderr and not done.stdout


def test_rules_test_tells_of_selectors_that_find_nothing(tmp_path: Path, command: Command) -> None:
    (tmp_path / "rules.toml").write_text('["example.org"]\ncontent = ["div.story", "main"]\nremove = "aside"\ntitle = "h1"\n', "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    done = command("rules", "test", "rules.toml", URL, "--page", "page.html")
    assert done.returncode == 3 and "content: main: 0 found" in done.stdout.decode()
    lines = done.stderr.decode().splitlines()
    assert lines == [
        "dedup: rules.toml: content: 'main' finds nothing in the page",
        "dedup: rules.toml: title: 'h1' finds nothing in the page",
    ]
