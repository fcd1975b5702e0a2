"""The explain view: every part of a page with its reason and a path that finds it again."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import HINDI, STORIES, URDU, URL, Story, body_lines, page
from test_cli import Command

from dedup.explain import Part, explain, report

each_story = pytest.mark.parametrize("story", STORIES, ids=[story.lang for story in STORIES])


@each_story
def test_every_part_is_shown_once_in_the_order_of_the_page(story: Story) -> None:
    explanation = explain(page(story), URL)
    kept = [part.text for part in explanation.parts if part.kept]
    assert kept in (body_lines(story), [story.subtitle, *body_lines(story)])
    texts = [line for part in explanation.parts for line in part.text.split("\n")]
    for wanted in (story.title, story.author, story.caption, story.credit, *story.menu, *story.related, story.rights):
        assert texts.count(wanted) == 1, wanted
    assert texts.index(story.menu[0]) < texts.index(story.title) < texts.index(story.lead) < texts.index(story.rights)
    assert not any("scripted" in text or "styled" in text for text in texts)


@each_story
def test_the_path_of_a_part_finds_it_again(story: Story) -> None:
    source = page(story, promo=f"<p>{story.promo}<br>और <b>भी</b> शब्द</p>")
    soup = BeautifulSoup(source, "html.parser")
    explanation = explain(source, URL)
    for part in explanation.parts:
        found = ["".join(tag.get_text().split()) for tag in soup.select(part.path)]
        first = "".join(part.text.split("\n")[0].split())
        assert any(first in text for text in found), part
    assert Part(True, "list", "article > div.story-body > ul > li", story.items[0]) in explanation.parts
    assert Part(True, "heading", "main > article > div.story-body > h2", story.heading) in explanation.parts


class Strict(HTMLParser):
    """Notes what is open, and fails on an end tag that ends nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.scripts += tag == "script"
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_a_page_that_the_page_cannot_break() -> None:
    evil = "</td></table><script>alert(1)</script>"
    source = page(HINDI).replace(HINDI.lead, HINDI.lead + evil.replace("<", "&lt;")).replace(HINDI.author, "&lt;b onclick=x&gt;")
    html = report(explain(source, URL), f"a{evil}b.html")
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == [] and parser.scripts == 0
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title and soup.title.get_text() == f"dedup: a{evil}b.html"
    rows = [(row["class"], [cell.get_text() for cell in row.find_all(["th", "td"])]) for row in soup.select("table.parts tr")]
    assert (["kept"], ["paragraph", HINDI.lead + evil, "article > div.story-body > p"]) in [
        (kind, [what, text, " > ".join(path.split(" > ")[-3:])]) for kind, (what, text, path) in rows
    ]
    meta = {row.find("th").get_text(): row.find("td").get_text() for row in soup.select("table.meta tr")}  # type: ignore[union-attr]
    assert meta["title"] == HINDI.title and meta["left out"].split()[0].isdigit()


def test_text_from_right_to_left_says_so() -> None:
    soup = BeautifulSoup(report(explain(page(URDU), URL)), "html.parser")
    cell = next(cell for cell in soup.select("td.text") if cell.get_text() == URDU.lead)
    assert cell["dir"] == "auto"


def test_explain_follows_rules_and_modes() -> None:
    rules = {"nadipath.example": {"content": ".story-body", "remove": "blockquote"}}
    parts = explain(page(HINDI), URL, rules=rules, mode="full").parts
    assert [part.reason for part in parts if HINDI.quote in part.text] == ["rule"]
    assert [part.reason for part in parts if part.kept][:2] == ["title", "subtitle"]


def test_explain_on_the_command_line(tmp_path: Path, command: Command) -> None:
    (tmp_path / "page.html").write_text(page(HINDI), "utf-8")
    (tmp_path / "rules.toml").write_text('["nadipath.example"]\ncontent = ".story-body"\nremove = "blockquote"\n')
    done = command("explain", "page.html", "--url", URL, "--rules", "rules.toml", "--mode", "full")
    assert done.returncode == 0, done.stderr
    rows = BeautifulSoup(done.stdout, "html.parser").select("table.parts tr")
    reasons = {row.select("td")[0].get_text(): row.select("th")[0].get_text() for row in rows}
    assert reasons[HINDI.title] == "title" and reasons[HINDI.quote] == "rule" and reasons[HINDI.lead] == "paragraph"
    gone = command("explain", "none.html")
    assert gone.returncode in (2, 4) and b"Traceback" not in gone.stderr
    (tmp_path / "font.html").write_bytes(b'<meta charset="x-user-defined"><p>' + bytes(range(0xA0, 0xFF)))
    font = command("explain", "font.html")
    assert font.returncode == 2 and b"x-user-defined" in font.stderr and not font.stdout
