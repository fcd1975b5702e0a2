"""Articles out of pages: what is kept, what is left out and why, metadata, and what no page may do."""

import json
import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from naive import html_lines

from dedup import _core
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.text import strip_text
from dedup.config import Config
from dedup.document import ARTICLE
from dedup.errors import DedupError

TITLE = "नदी पर बना नया पुल खुला, हजारों लोगों को मिलेगी राहत"
LEAD = "जिले के मुख्यालय को गांवों से जोड़ने वाला नया पुल रविवार को खोल दिया गया। पुल के बनने में चार साल लगे और इस पर नब्बे करोड़ रुपये खर्च हुए।"
SECOND = "अधिकारियों के अनुसार अब तक लोगों को बाजार जाने के लिए बीस किलोमीटर का चक्कर लगाना पड़ता था। बरसात में नाव ही एक सहारा थी।"
THIRD = "किसानों ने कहा कि उनकी सब्जियां अब समय पर मंडी पहुंचेंगी। पुल के दोनों ओर सड़क की मरम्मत का काम भी पूरा हो गया है।"
SHORT = "पुल पर भारी वाहन नहीं चलेंगे।"
LAST = "उद्घाटन के मौके पर गांव के बुजुर्गों को सबसे पहले पुल पार कराया गया। अगले महीने से इस रास्ते पर बस भी चलेगी।"
BODY = (LEAD, SECOND, THIRD, SHORT, LAST)
HEADLINES = ("मंडी में प्याज के दाम फिर बढ़े", "स्कूलों में छुट्टी की तारीख बदली", "क्रिकेट टीम का ऐलान, दो नए चेहरे शामिल", "शहर में पानी की कटौती कल से")


PARAGRAPHS = "".join(f"<p>{part}</p>" for part in BODY)


def page(body=PARAGRAPHS, head="", after="", lang="hi"):
    menu = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("होम", "देश", "विदेश", "खेल", "मनोरंजन", "व्यापार")))
    related = "".join(f'<li><a href="/r{n}">{title}</a></li>' for n, title in enumerate(HEADLINES))
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{TITLE} | उदाहरण समाचार</title>{head}'
        f"<script>var secret = '<p>scripted words</p>';</script><style>.x{{content:'styled words'}}</style></head><body>"
        f'<header><nav class="menu"><ul>{menu}</ul></nav></header>'
        f'<article><h1>{TITLE}</h1><div class="story-body">{body}</div></article>{after}'
        f'<div class="related"><h3>संबंधित खबरें</h3><ul>{related}</ul></div>'
        f"<footer><p>© 2026 उदाहरण समाचार। सर्वाधिकार सुरक्षित।</p></footer></body></html>"
    )


def stripped(source, url="", **options):
    batch = strip_html([source], [url], options.pop("config", None), **options)
    assert batch.schema == ARTICLE
    (row,) = batch.to_pylist()
    return row


def removed(row, reason=None):
    return [span["text"] for span in row["removed"] if reason in (None, span["reason"])]


def test_the_built_in_model_fits_the_features():
    from importlib import resources

    row = stripped(page())
    assert row["text"].split("\n") == list(BODY)
    assert resources.files("dedup")


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{part}</p>" for part in BODY),
        "".join(f"<div>{part}</div>" for part in BODY),
        "<br><br>".join(BODY),
        "<br/>\n<br/>\n".join(BODY),
        "".join(f"<p><span>{part}</span></p>" for part in BODY),
        "<p>" + "<p>".join(BODY),
    ],
    ids=["p", "div", "br br", "br newline", "span", "unclosed p"],
)
def test_paragraphs_survive_however_they_are_parted(body):
    assert stripped(page(body))["text"].split("\n") == list(BODY)


def test_what_is_left_out_says_where_it_stood_and_why():
    source = page()
    row = stripped(source)
    everything = "\n".join(removed(row))
    assert all(headline in everything for headline in HEADLINES) and "होम" in everything and "सर्वाधिकार सुरक्षित" in everything
    assert removed(row, "title") == [TITLE]
    assert set(HEADLINES) <= set("\n".join(removed(row, "related")).split("\n"))
    last = 0
    for span in row["removed"]:
        assert last <= span["start"] <= span["end"] <= len(source)
        last = span["start"]
        assert span["text"].split("\n")[0] in source[span["start"] : span["end"]]


@pytest.mark.parametrize(
    "promo",
    [
        f'<p><strong>यह भी पढ़ें: <a href="/x">{HEADLINES[0]}</a></strong></p>',
        f'<p>ये भी पढ़ें- <a href="/x">{HEADLINES[1]}</a></p>',
        f"<p><b>इसे भी पढ़ें:</b> {HEADLINES[2]}</p>",
        f'<div class="also"><h4>संबंधित खबरें</h4><ul><li>{HEADLINES[0]}</li><li>{HEADLINES[1]}</li></ul></div>',
        f'<p>Also Read: <a href="/x">{HEADLINES[3]}</a></p>',
    ],
)
def test_promos_inside_the_body_go(promo):
    parts = [f"<p>{part}</p>" for part in BODY]
    row = stripped(page("".join([*parts[:2], promo, *parts[2:]])))
    assert row["text"].split("\n") == list(BODY)


def test_a_paragraph_that_begins_like_a_cue_stays():
    trap = "शेयर बाजार में गुरुवार को तेजी रही और निवेशकों ने राहत की सांस ली, जानकारों ने कहा कि अगले सप्ताह भी बढ़त रह सकती है।"
    assert trap in stripped(page("".join(f"<p>{part}</p>" for part in (*BODY[:3], trap, *BODY[3:]))))["text"]


def test_the_dateline_and_the_agency_in_a_paragraph_stay_and_those_on_a_line_of_their_own_go():
    first, last = f"रामपुर (पीटीआई): {LEAD}", f"{LAST} (एएनआई)"
    html = page(f"<p>{first}</p><p>{SECOND}</p><p>{THIRD}</p><p>{last}</p>")
    assert stripped(html)["text"] == "\n".join((first, SECOND, THIRD, last))
    assert "एएनआई" not in stripped(page(f"{PARAGRAPHS}<p>(एएनआई)</p>"))["text"]
    bare = stripped(html, config=Config(strip="aggressive"))["text"]
    assert "पीटीआई" not in bare and "एएनआई" not in bare


def test_joiners_stay_in_their_words():
    words = "క్\u200cలాస్ र\u200dय नियम और می\u200cخواهم"
    assert words in stripped(page("".join(f"<p>{part}</p>" for part in (LEAD, f"{words} के बारे में गांव के लोगों ने बताया।", *BODY[1:]))))["text"]


def test_metadata_from_json_ld_meta_tags_and_markup():
    data = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": {"name": "सुमन वर्मा"},
        "datePublished": "2026-03-01T09:30:00+05:30",
        "dateModified": "2026-03-02",
        "publisher": {"name": "उदाहरण समाचार"},
        "keywords": ["पुल", "नदी"],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script><link rel="canonical" href="/pul-khula">'
        '<meta name="description" content="चार साल बाद खुला पुल, बाजार की दूरी घटी">'
    )
    row = stripped(page(head=head), "https://news.example/a?b")
    assert row["title"] == TITLE and row["author"] == "सुमन वर्मा" and row["site"] == "उदाहरण समाचार"
    assert row["published"] == "2026-03-01T09:30:00+05:30" and row["modified"] == "2026-03-02"
    assert row["lang"] == "hi" and row["url"] == "https://news.example/pul-khula" and row["tags"] == "पुल, नदी"


def test_what_a_page_does_not_say_is_empty():
    row = stripped(page(lang=""))
    assert [row[name] for name in ("subtitle", "author", "published", "modified", "site", "url", "tags")] == [""] * 7
    assert row["lang"] == "hi"  # the text shows it


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_need_no_declaration(encoding):
    assert stripped(page().encode(encoding))["text"].split("\n") == list(BODY)


def test_wrong_and_legacy_declarations():
    source = page().replace('charset="utf-8"', 'charset="iso-8859-1"')
    assert stripped(source.encode())["text"].split("\n") == list(BODY)
    russian = page(
        "".join(
            f"<p>Новый мост через реку открыли в воскресенье, и {n} деревень получили дорогу. Работы шли четыре года.</p>" for n in range(5)
        )
    )
    russian = russian.replace('charset="utf-8"', 'charset="windows-1251"').encode("cp1251", "xmlcharrefreplace")
    row = stripped(russian)
    assert row["encoding"] == "windows-1251" and "Новый мост через реку" in row["text"]


def test_an_encoding_that_nothing_declares_is_guessed():
    source = "<html><body><p>Le café est fermé à cause de la grève générale décidée mardi.</p></body></html>".encode("cp1252")
    row = stripped(source)
    assert row["problem"] == "" and row["encoding"] not in ("", "UTF-8")


def test_font_encodings_are_reported():
    row = stripped(b'<meta charset="x-user-defined"><p>' + bytes(range(0xA0, 0xFF)) * 5)
    assert row["text"] == "" and "x-user-defined" in row["problem"]


def test_an_empty_page_has_no_article_and_no_problem():
    for source in (b"", b"   ", b"<html></html>", b"<script>x</script>"):
        row = stripped(source)
        assert row["text"] == "" and row["problem"] == "" and row["removed"] == []


BOMBS = [
    "<div>" * 100_000 + LEAD,
    "<b>" * 50_000 + f"{LEAD}<br>" * 2_000,
    "<p " + "a=b " * 300_000 + f">{LEAD}",
    "<a href='" * 200_000,
    "<!--" * 200_000,
    "<table><tr><td>" * 40_000 + LEAD + "</table>" * 40_000,
    "</p>" * 200_000 + "<p><span>" * 30_000 + "</div>" * 100_000,
    "<li>" * 100_000 + LEAD,
    "&" * 500_000 + "&#" * 200_000 + "&amp" * 100_000,
    "<script>" * 50_000 + "</scr" * 50_000,
    f"<h1>{TITLE}</h1>" * 20_000,
    "<time datetime=2020>" * 50_000,
    '<script type="application/ld+json">' + "[" * 300_000 + "</script>",
    '<script type="application/ld+json">' + '{"author":' * 100_000 + "</script>",
    "\0" * 300_000 + f"<p>{LEAD}\0{SECOND}",
    f"<p>{LEAD}</p>" * 10_000,
]


@pytest.mark.parametrize("source", BOMBS, ids=range(len(BOMBS)))
def test_bombs_go_off_quietly(source):
    row = stripped(source)
    assert row["problem"] == "" and "\0" not in row["text"]


def test_a_page_cut_anywhere_is_read():
    source = page().encode()
    for cut in [*range(0, len(source), 37), *range(len(source) - 40, len(source))]:
        row = stripped(source[:cut])
        assert "scripted words" not in row["text"] and "styled words" not in row["text"] and "<" not in row["text"]


PIECES = [
    *("<p>", "</p>", "<div class=related>", "</div>", "<br>", "<ul><li>", "</ul>", "<a href=/x>", "</a>", "<table><tr><td>", "</table>"),
    *(
        "<script>hidden code</script>",
        "<style>hidden style</style>",
        "<!-- hidden note -->",
        "<h1>",
        "</h1>",
        "<b>",
        "</i>",
        "<",
        ">",
        "&nbsp;",
    ),
    *(
        "&#x915;",
        "&",
        '"',
        "<p class='",
        "<article>",
        "</article>",
        "<svg><path d='hidden'/></svg>",
        "\0",
        "<pre>",
        "<textarea>",
        "<noscript>",
    ),
    *(LEAD, SHORT, "शब्द ", "Plain words, here. ", "\n", "。", "<title>", "</title>", "<time datetime=2024-01-01>"),
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_tag_soup(source):
    # Behind a value in quotes browsers read "x<script" as the name of an attribute, and show what follows.
    assume(source.count("<p class='") < 2)
    row = stripped(source)
    assert "hidden" not in row["text"]
    last = 0
    for span in row["removed"]:
        assert last <= span["start"] <= span["end"] <= len(source)
        last = span["start"]
    again = strip_text([row["text"]], [row["title"]]).to_pylist()[0]
    assert again["text"] == row["text"] and again["removed"] == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page(source):
    row = stripped(source)
    assert isinstance(row["text"], str)


TREES = st.recursive(
    st.sampled_from(["एक दो", "three four", "पाँच", "x &amp; y", "नया"]),
    lambda inner: st.tuples(st.sampled_from(["p", "div", "span", "b", "li", "h2", "em"]), st.lists(inner, max_size=4)),
    max_leaves=25,
)


def written(tree, inside_p=False):
    if isinstance(tree, str):
        return tree
    tag, children = tree
    if inside_p and tag in ("p", "div", "li", "h2"):
        tag = "span"
    if tag == "li":
        return "<ul><li>" + " ".join(written(child, False) for child in children) + "</li></ul>"
    return f"<{tag}>" + " ".join(written(child, inside_p or tag in ("p", "h2", "span", "b", "em")) for child in children) + f"</{tag}>"


@settings(max_examples=200, deadline=None)
@given(st.lists(TREES, max_size=6))
def test_blocks_are_the_lines_of_a_well_formed_page(trees):
    source = " ".join(map(written, trees))
    row = stripped(source, config=Config(strip="off"))
    found = [line for span in row["removed"] for line in span["text"].split("\n")] + row["text"].split("\n")
    assert sorted(line for line in found if line) == sorted(html_lines(source))


def test_threads_and_batches_change_nothing():
    draw = random.Random(5)
    sources = [page("".join(f"<p>{part}</p>" for part in draw.sample(BODY, 4))) for _ in range(12)]
    whole = strip_html(sources, None, Config(threads=1))
    assert whole == strip_html(sources, None, Config(threads=4))
    assert whole.to_pylist() == [stripped(source) for source in sources]


def test_stripping_twice_is_stripping_once():
    parts = [f"<p>{part}</p>" for part in BODY]
    source = page("".join([*parts[:2], f"<p>यह भी पढ़ें: {HEADLINES[0]}</p>", *parts[2:], "<p>फेसबुक पर हमें फॉलो करें</p>"]))
    once = stripped(source)
    again = strip_text([once["text"]], [once["title"]]).to_pylist()[0]
    assert again["text"] == once["text"] and again["removed"] == []


def test_an_article_that_a_page_holds_twice_comes_out_once():
    parts = "".join(f"<p>{part}</p>" for part in BODY)
    row = stripped(page(f"<div class='desktop'>{parts}</div><div class='mobile'>{parts}</div>"))
    assert row["text"].split("\n").count(LEAD) == 1


def test_a_damaged_model_is_refused():
    from dedup.boilerplate import cues

    texts = strip_html([], None)
    assert len(texts) == 0
    import numpy as np

    empty = (np.zeros(1, np.int64), np.zeros(0, np.uint8))
    with pytest.raises(DedupError, match="model"):
        _core.extract_html(empty, empty, empty, cues.load(Config()), model=b"nonsense")
