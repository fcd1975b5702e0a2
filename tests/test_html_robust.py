"""Hostile and broken pages: they come to an end, say what is wrong, and never let markup, code or glyphs of fonts into the text.

How time and memory grow with the size of a page is measured by benchmarks/extract/robust.py.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import HINDI, TAMIL, URL, body_lines, page
from test_cli import Command

import dedup
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.rules import SiteRule
from dedup.boilerplate.text import strip_text
from dedup.config import Config

LEAD = HINDI.lead


def stripped(source: str | bytes, **settings: Any) -> dict[str, Any]:
    row: dict[str, Any] = strip_html([source], [settings.pop("url", "")], **settings).to_pylist()[0]
    return row


def checked(row: dict[str, Any], length: int) -> None:
    """What holds of every page: spans ascend inside the page, the text is what was kept, and it is stripped."""
    for spans in (row["kept"], row["removed"]):
        last = 0
        for span in spans:
            assert last <= span["start"] <= span["end"] <= length
            last = span["start"]
    assert "\0" not in row["text"]


DEEP = [
    "<div>",
    "<b>",
    "<span><i>",
    "<table><tr><td>",
    "<ul><li>",
    "<blockquote>",
    "<a href=x>",
    "<x-a>",
    "<font><p>",
    "<select><option>",
    "<dl><dd>",
]


@pytest.mark.parametrize("tag", DEEP)
@pytest.mark.parametrize("mode", ["body", "full"])
def test_a_hundred_thousand_levels_deep(tag: str, mode: str) -> None:
    source = f"<h1>{HINDI.title}</h1>" + tag * 100_000 + f"<p>{LEAD}</p><p>{HINDI.second}</p>"
    row = stripped(source, mode=mode, markdown=True)
    checked(row, len(source))
    assert row["problem"] == ""
    if tag not in ("<select><option>",):
        found = row["text"] + "".join(span["text"] for span in row["removed"])
        assert LEAD in found and HINDI.second in found


@pytest.mark.parametrize("end", ["</div>", "</b>", "</table>", "</x-y>", "</p>", "</li></ul>"])
def test_as_many_end_tags_as_that(end: str) -> None:
    source = page(HINDI).replace("<h2>", end * 100_000 + "<h2>")
    row = stripped(source)
    checked(row, len(source))
    assert LEAD in row["text"]


def test_a_deep_page_under_a_site_rule() -> None:
    rule = {"nadipath.example": SiteRule(content=(".story",), remove=(".x",), title="h1")}
    source = "<div>" * 20_000 + f"<div class=story><h1>{HINDI.title}</h1><p>{LEAD}</p><p class=x>{HINDI.second}</p></div>"
    row = stripped(source, url=URL, rules=rule)
    assert row["text"] == LEAD and row["title"] == HINDI.title


@pytest.mark.parametrize(
    "name", ["attributes", "open quotes", "open comments", "open scripts", "half end tags", "lonely brackets", "table parts"]
)
def test_bombs_under_a_site_rule(name: str) -> None:
    # Python's own parser looks for the ends of comments and tags that never end again and again; it does not see them.
    rule = {"nadipath.example": SiteRule(content=(".story p",), remove=("a + b",), title="h1", date="time")}
    source = f"<div class=story><p>{LEAD}</p></div>{BOMBS[name]}"
    assert LEAD in stripped(source, url=URL, rules=rule)["text"]


@pytest.mark.parametrize(
    "source",
    [
        page(HINDI).replace("</article>", f"<p>{LEAD}</p>\n" * 155_000 + "</article>"),
        page(HINDI).replace("<article>", f'<article data-x="{"y" * 50_000_000}">'),
        page(HINDI).replace("<article>", f"<!-- {'- ' * 25_000_000}--><article>"),
        page(HINDI).replace("<article>", f"<script>{'<p>x</p>' * 6_000_000}</script><article>"),
        "<p>" + "बहुत लंबी पंक्ति। " * 1_100_000,
    ],
    ids=["paragraphs", "attribute", "comment", "script", "one line"],
)
def test_pages_of_fifty_megabytes(source: str) -> None:
    row = stripped(source)
    assert row["problem"] == "" and len(source.encode()) > 45_000_000
    assert LEAD in row["text"] or "बहुत लंबी पंक्ति।" in row["text"]


BOMBS = {
    "attributes": "<p " + "a=b " * 500_000 + f">{LEAD}",
    "same attribute": "<p " + "class=related " * 200_000 + f">{LEAD}",
    "class words": f'<p class="{"a b c " * 300_000}">{LEAD}',
    "open quotes": "<a href='" * 200_000,
    "open comments": "<!--" * 300_000,
    "open declarations": "<![CDATA[" * 100_000 + "<!x" * 100_000,
    "open scripts": "<script>" * 100_000,
    "open text areas": "<textarea>" * 50_000 + "<title>" * 50_000 + "<iframe>" * 50_000,
    "half end tags": "<script>" + "</scr" * 200_000,
    "paragraphs and divs": "<p><div>" * 100_000 + "</p></div>" * 100_000,
    "table parts": "<tr><td><th><tbody>" * 50_000,
    "lonely brackets": "<" * 500_000 + ">" * 500_000,
    "ampersands": "&" * 500_000 + "&#" * 200_000 + "&amp" * 100_000 + "&#x" + "9" * 500_000,
    "metas": "<meta name=keywords content='a,b,c'>" * 50_000,
    "times": "<time datetime=2026-01-01>" * 100_000,
    "properties": "<b itemprop='author creator headline'>" * 50_000,
    "headlines": f"<title>{HINDI.title}</title>" + f"<h1>{HINDI.title}</h1>" * 20_000,
    "JSON-LD lists": '<script type="application/ld+json">' + "[" * 500_000 + "</script>",
    "JSON-LD objects": '<script type="application/ld+json">' + '{"author":' * 200_000 + "</script>",
    "JSON-LD authors": '<script type="application/ld+json">{"@type":"NewsArticle","author":['
    + ",".join(f'{{"name":"Nam Kum{n}"}},"Kum Nam{n}",{{"@id":"#a{n}"}}' for n in range(60_000))
    + "]}</script>",
    "JSON-LD escapes": '<script type="application/ld+json">{"headline": "' + "\\ud83d" * 100_000 + '"}</script>',
    "JSON-LD scripts": '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 20_000,
    "brackets of text": "<p>" + "(PTI [" * 100_000,
    "cues": "<p>" + "यह भी पढ़ें: " * 50_000,
    "short lines": "क<br>" * 200_000,
    "captions": "<figcaption>Photo: PTI | PTI</figcaption>" * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_go_off_quietly(name: str) -> None:
    source = BOMBS[name]
    for mode in ("body", "full"):
        row = stripped(source, mode=mode)
        checked(row, len(source))
        assert "<script" not in row["text"]


def test_entities_that_a_page_declares_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    source = f'<!DOCTYPE html [<!ENTITY a0 "क">{declared}]>' + page(HINDI).replace(LEAD, f"{LEAD} &a11;")
    row = stripped(source)
    assert len(row["text"]) < 2 * len(page(HINDI)) and "ENTITY" not in row["text"]


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii", "shift_jis", "big5", "utf-16", "nonsense", "iscii", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    for story in (HINDI, TAMIL):
        source = page(story).replace('charset="utf-8"', f'charset="{declared}"')
        for header in ("", declared):
            row = strip_html([source.encode()], [""], encodings=[header]).to_pylist()[0]
            assert row["encoding"] == "UTF-8" and story.lead in row["text"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "iso-8859-1", "x-user-defined"])
def test_utf16_and_marks_of_order_win_over_declarations(encoding: str, declared: str) -> None:
    source = page(TAMIL).replace('charset="utf-8"', f'charset="{declared}"')
    row = stripped(source.encode(encoding))
    assert row["text"].split("\n") == body_lines(TAMIL) and row["encoding"].startswith("UTF-")


GLYPHS = bytes(range(0xA1, 0xFF)) * 20


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="x-user-defined">',
        b"<META CHARSET=X-USER-DEFINED >",
        b'<meta http-equiv="Content-Type" content="text/html; charset=x-user-defined">',
        b'<script charset="utf-8" src="a.js"></script><meta charset="x-user-defined">',
        b"<!-- " + b"x" * 5000 + b' --><meta charset="x-user-defined">',
    ],
)
def test_glyphs_of_fonts_are_reported_and_never_garbled(head: bytes, tmp_path: Path, command: Command) -> None:
    source = b"<html><head>" + head + b"</head><body><p>" + GLYPHS + b"</p></body></html>"
    row = stripped(source)
    assert row["text"] == row["title"] == "" and "x-user-defined" in row["problem"] and not row["kept"]
    with pytest.raises(dedup.DedupError, match="x-user-defined"):
        dedup.strip(html=source)
    result = dedup.run([{"id": "a", "html": source}])
    assert len(result.kept) == 0 and "x-user-defined" in result.rejected[0].cause
    (tmp_path / "page.html").write_bytes(source)
    done = command("strip", "page.html")
    assert done.returncode == 3 and b"x-user-defined" in done.stderr and not done.stdout


def test_a_header_that_names_a_font_is_believed() -> None:
    source = b"<p>" + GLYPHS + b"</p>"
    row = strip_html([source], [""], encodings=["x-user-defined"]).to_pylist()[0]
    assert row["text"] == "" and "x-user-defined" in row["problem"]


def test_nul_bytes_are_no_text() -> None:
    source = page(HINDI).replace("<p>", "\0<p>\0").replace("।", "\0।\0")
    row = stripped(source)
    assert row["text"].split("\n") == body_lines(HINDI)
    assert stripped("\0" * 100_000)["text"] == ""


@pytest.mark.parametrize("mode", ["body", "full"])
def test_a_page_cut_at_any_byte(mode: str) -> None:
    source = page(HINDI).encode()
    pages = [source[:cut] for cut in range(0, len(source), 41)]
    for row, cut in zip(strip_html(pages, None, Config(mode=mode)).to_pylist(), pages, strict=True):
        checked(row, len(cut))
        assert not any(trap in row["text"] for trap in ("<", "scripted", "styled", "@type", "\ufffd\ufffd\ufffd\ufffd"))


CODE = [
    "<script>{0}</script>", "<SCRIPT>{0}</SCRIPT >", "<script type='text/template'><p>{0}</p></script>", "<style>{0}</style>",
    "<style media=print>{0}</style\n>", "<script>var a = '</scr' + 'ipt>'; {0}</script>", "<script><!-- {0} --></script>",
    "<!-- {0} -->", "<!--[if IE]><p>{0}</p><![endif]-->", "<svg><style>{0}</style><text>{0}</text></svg>", "<iframe>{0}</iframe>",
    "<noembed>{0}</noembed>", "<object type=image/png>{0}</object>", "<canvas>{0}</canvas>", "<textarea>{0}</textarea>", "<p title='{0}'></p>",
    "<select><option>{0}</select>", "<audio>{0}</audio>", "<video><p>{0}</p></video>", "<noframes>{0}</noframes>", "<?php echo '{0}'; ?>",
]  # fmt: skip


@pytest.mark.parametrize("code", CODE)
@pytest.mark.parametrize("mode", ["body", "full"])
def test_code_is_never_in_the_text(code: str, mode: str) -> None:
    secret = "function secret(){return 1}"
    row = stripped(page(HINDI, promo=code.replace("{0}", secret)), mode=mode)
    assert "secret" not in row["text"] and LEAD in row["text"]
    assert not any("secret" in span["text"] for span in [*row["kept"], *row["removed"]])


def test_a_script_that_never_ends_takes_the_rest_with_it_and_nothing_else() -> None:
    row = stripped(page(HINDI).replace("<h2>", "<script>secret = '<h2>"))
    assert "secret" not in row["text"] and HINDI.items[0] in row["text"]  # the next script's end tag ends it
    row = stripped(page(HINDI).replace("</script>", "").replace("<h2>", "<script>secret"))
    assert "secret" not in row["text"]


SOUP = [
    *("<p>", "</p>", "<div class=related>", "</div>", "<br>", "<ul><li>", "</ul>", "<ol>", "<a href=/x>", "</a>", "<table><tr><td>", "</table>"),
    *("<script>secret</script>", "<style>secret</style>", "<!-- secret -->", "<h1>", "</h1>", "<b>", "</i>", "<", ">", "&nbsp;", "&lt;b&gt;"),
    *("&#x915;", "&", '"', "<p class='", "<article>", "</article>", "<svg>secret</svg>", "\0", "<pre>", "</pre>", "<textarea>", "<noscript>"),
    *("<figure>", "<figcaption>", "</figure>", "<blockquote>", "Photo: PTI", "(ANI)", "यह भी पढ़ें: ", "शेयर करें", "\r\n", "😀", "\u200d", "\u200f"),
    *(LEAD, HINDI.second, HINDI.title, "शब्द ", "Plain words, here. ", "\n", "。", "<title>", "</title>", "<time datetime=2024-01-01>", "<span class=x>"),
]  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SOUP), max_size=60).map("".join), st.sampled_from(["body", "full"]), st.booleans(), st.booleans())
def test_tag_soup(source: str, mode: str, markdown: bool, ruled: bool) -> None:
    rules = {"nadipath.example": SiteRule(content=("div", "p"), remove=("span", ".related"))} if ruled else {}
    row = stripped(source, url=URL, mode=mode, markdown=markdown, rules=rules)
    checked(row, len(source))
    assert "secret" not in row["text"]
    # of a page the agency in brackets behind its paragraph stays, of a text it goes
    if not markdown and mode == "body" and "(ANI)" not in row["text"]:
        again = strip_text([row["text"]], [row["title"]]).to_pylist()[0]
        assert again["text"] == row["text"] and again["removed"] == []


@settings(max_examples=250, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["", "utf-8", "utf-16", "windows-1252", "x-user-defined", "shift_jis", "é", "\0"]))
def test_any_bytes_are_a_page(source: bytes, encoding: str) -> None:
    row = strip_html([source], ["http://" + encoding], encodings=[encoding]).to_pylist()[0]
    checked(row, len(source) * 3)
    assert bool(row["problem"]) <= (row["text"] == "")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=200))  # lone surrogates as well
def test_any_string_is_a_page(source: str) -> None:
    checked(stripped(f"<p>{source}"), len(source) + 3 + source.count("\n"))


def test_neighbours_in_a_batch_do_not_matter() -> None:
    sources = [
        page(HINDI).encode(),
        b"\xff\xfe\x00",
        b'<meta charset="x-user-defined">' + GLYPHS,
        b"",
        page(TAMIL).encode("utf-16"),
        GLYPHS,
    ]
    rows = strip_html(sources, None, Config(threads=3)).to_pylist()
    assert rows == [stripped(source) for source in sources]


_LIMITED = """
import json, resource, sys
from dedup.boilerplate.html import strip_html
from dedup.config import Config
from pages import HINDI, page
strip_html([page(HINDI)], None, Config(threads=1))
source = page(HINDI).replace("</article>", f"<div><p>{HINDI.lead}</p></div>" * 60_000 + "</article>").encode()
used = int(next(line for line in open("/proc/self/status") if line.startswith("VmSize")).split()[1]) * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + 14 * len(source) + (64 << 20),) * 2)
(row,) = strip_html([source], None, Config(threads=1)).to_pylist()
print(json.dumps([len(source), len(row["text"]), row["problem"]]))
"""


@pytest.mark.parametrize("piece", ["<li>x", "x<br>", "<div>", "<b>", "<p><i>"])
def test_a_page_of_millions_of_parts_is_read(piece: str) -> None:
    source = piece * (9_000_000 // len(piece))
    row = stripped(source)
    assert row["problem"] == ""
    words = sum(span["text"].count("x") for span in row["removed"]) + row["text"].count("x")
    assert words == source.count("x")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="counts memory as Linux does")
def test_a_large_page_needs_a_bounded_multiple_of_its_size() -> None:
    path = ":".join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    done = subprocess.run([sys.executable, "-c", _LIMITED], capture_output=True, env={"PYTHONPATH": path}, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    length, kept, problem = json.loads(done.stdout)
    assert length > 15_000_000 and kept > 100 and problem == ""
