"""What comes out of whole pages in five scripts: body and full text, Markdown, metadata, captions and credits, spans."""

import itertools
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pages import ENGLISH, HINDI, MODIFIED, PUBLISHED, STORIES, TAMIL, THAI, URDU, URL, Story, body_lines, linked_data, meta_tags, page
from test_cli import Command

import dedup
from dedup.boilerplate.html import strip_html
from dedup.boilerplate.rules import SiteRule
from dedup.config import Config

each_story = pytest.mark.parametrize("story", STORIES, ids=[story.lang for story in STORIES])


def stripped(source: str | bytes, url: str = URL, **settings: Any) -> dict[str, Any]:
    row: dict[str, Any] = strip_html([source], [url], **settings).to_pylist()[0]
    return row


def left_out(row: dict[str, Any], reason: str) -> list[str]:
    return [line for span in row["removed"] if span["reason"] == reason for line in span["text"].split("\n")]


@each_story
def test_the_body_alone(story: Story) -> None:
    row = stripped(page(story))
    expected = body_lines(story)
    # Where a script has no spaces the standfirst may pass for the first paragraph.
    assert row["text"].split("\n") in (expected, [story.subtitle, *expected])
    assert story.title in left_out(row, "title") and story.caption in left_out(row, "caption")
    assert set(story.related) <= set(left_out(row, "related")) and story.rights in left_out(row, "footer")


@each_story
def test_the_full_article(story: Story) -> None:
    row = stripped(page(story), mode="full")
    assert row["text"].split("\n") == [story.title, story.subtitle, story.caption, *body_lines(story)]
    assert left_out(row, "credit") == [story.credit]


@each_story
def test_markdown(story: Story) -> None:
    row = stripped(page(story), mode="full", markdown=True)
    assert row["text"].split("\n\n") == [
        f"# {story.title}", story.subtitle, story.caption, story.lead, f"## {story.heading}", story.second,
        f"- {story.items[0]}\n- {story.items[1]}", f"> {story.quote}", story.last,
    ]  # fmt: skip
    plain = stripped(page(story), markdown=True)["text"]
    assert f"## {story.heading}\n\n{story.second}\n\n- {story.items[0]}\n" in plain and story.title not in plain


@each_story
@pytest.mark.parametrize("mode", ["body", "full"])
def test_kept_and_removed_spans_are_stretches_of_the_page(story: Story, mode: str) -> None:
    source = page(story).replace("&", "&amp;")
    row = stripped(source, mode=mode)
    assert "\n".join(span["text"] for span in row["kept"]) == row["text"]
    for span in row["kept"]:
        assert source[span["start"] : span["end"]] == span["text"]
    parts = [span["reason"] for span in row["kept"] if span["reason"] not in ("title", "subtitle", "caption")]
    assert parts == ["paragraph", "heading", "paragraph", "list", "list", "quote", "paragraph"]
    assert [span["reason"] for span in row["kept"]][:3] == (
        ["title", "subtitle", "caption"] if mode == "full" else parts[:3]
    ) or story.lang == "th"
    spans = sorted([*row["kept"], *row["removed"]], key=lambda span: span["start"])
    assert all(one["end"] <= next["start"] for one, next in itertools.pairwise(spans))


@each_story
@pytest.mark.parametrize("head", [linked_data, meta_tags], ids=["json-ld", "meta"])
def test_metadata(story: Story, head: Any) -> None:
    row = stripped(page(story, head(story)))
    found = {name: row[name] for name in ("title", "subtitle", "author", "published", "modified", "site", "lang", "url", "tags")}
    assert found == {
        "title": story.title,
        "subtitle": story.subtitle,
        "author": story.author,
        "published": PUBLISHED,
        "modified": MODIFIED,
        "site": story.site,
        "lang": story.lang,
        "url": URL,
        "tags": ", ".join(story.tags),
    }


@each_story
def test_promos_inside_the_body_go(story: Story) -> None:
    label, _, headline = story.promo.partition(": ")
    for promo in (
        f"<p>{story.promo}</p>",
        f'<p><strong>{label}:</strong> <a href="/r9">{headline}</a></p>',
        f'<p><a href="/r9">{story.promo}</a></p>',
        f'<div><span>{label} -</span> <a href="/r9">{headline}</a></div>',
    ):
        row = stripped(page(story, promo=promo))
        assert headline not in row["text"] and story.lead in row["text"] and story.second in row["text"]
        assert any(headline in span["text"] and span["reason"] in ("related", "promo") for span in row["removed"])


TITLES = [
    "{title} | {site}",
    "{title} - {site}",
    "{title} – {site}",
    "{title} :: {site}",
    ":: {title} :: {site} ::",
    "{site} :: {title}",
    "{site} | {title}",
    "{title} » {site}",
    "{title} | {site} | nadipath.example",
    ":: {title} ::",
    "{title} - Nadipath",
    "{title} | {site} Live",
]


@each_story
@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize("shown", ["title", "og:title", "h1"])
def test_the_name_of_the_site_is_no_part_of_the_title(story: Story, form: str, shown: str) -> None:
    written = form.format(title=story.title, site=story.site)
    source = page(story, f'<meta property="og:site_name" content="{story.site}"><link rel="canonical" href="{URL}">')
    source = source.replace(f"<title>{story.title} | {story.site}</title>", f"<title>{written}</title>")
    if shown == "h1":
        source = source.replace(f"<h1>{story.title}</h1>", f"<h1>{written}</h1>")
    else:
        source = source.replace(f"<h1>{story.title}</h1>", "")
    if shown == "og:title":
        source = source.replace("<title>", f'<meta property="og:title" content="{written}"><title>')
    assert stripped(source)["title"] == story.title


@pytest.mark.parametrize(
    "title", ["दिल्ली - मुंबई राजमार्ग पर नई बस सेवा शुरू", "बजट 2026: किसानों को क्या मिला - जानिए पूरी बात", "रेल - सड़क - हवा: सफर के तीन साल"]
)
def test_a_dash_inside_a_headline_stays(title: str) -> None:
    source = page(HINDI).replace(HINDI.title, title)
    assert stripped(source)["title"] == title


@pytest.mark.parametrize(
    ("figure", "caption", "credit"),
    [
        ("<figcaption>{caption}</figcaption>", True, False),
        ("<figcaption>{credit}</figcaption>", False, True),
        ("<figcaption>{caption} ({credit})</figcaption>", True, True),
        ("<figcaption>{caption} | {credit}</figcaption>", True, True),
        ("<figcaption><p>{caption}</p><p>{credit}</p></figcaption>", True, True),
        ('<p class="wp-caption-text">{caption} {credit}</p>', True, True),
    ],
)
@each_story
def test_captions_and_their_credits_are_told_apart(story: Story, figure: str, caption: bool, credit: bool) -> None:
    figure = "<figure><img src=a.jpg>" + figure.format(caption=story.caption, credit=story.credit) + "</figure>"
    source = page(story, promo="@@").replace(f"<figcaption>{story.caption} ", "<figcaption>").replace("@@", figure)
    row = stripped(source)
    # Where a script has no spaces a caption may still pass for a paragraph.
    if story.lang != "th":
        assert story.credit not in row["text"]
        assert story.caption not in row["text"] and (story.caption in left_out(row, "caption")) == caption
        assert len([line for line in left_out(row, "credit") if story.credit in line]) == 1 + credit


@each_story
def test_of_a_caption_and_a_paragraph_alike_the_body_has_the_paragraph_and_the_full_text_both(story: Story) -> None:
    source = page(story).replace(story.caption, story.lead)
    body = stripped(source)
    assert body["text"].count(story.lead) == 1 and story.lead in left_out(body, "caption")
    full = stripped(source, mode="full")
    assert full["text"].split("\n") == [story.title, story.subtitle, story.lead, *body_lines(story)]
    assert [span["reason"] for span in full["kept"] if span["text"] == story.lead] == ["caption", "paragraph"]


@each_story
def test_a_letter_comes_out_in_one_form_however_the_page_writes_it(story: Story) -> None:
    source = page(story)
    as_read = {field: value for field, value in stripped(source).items() if field not in ("kept", "removed")}
    composed = source.replace("\u0921\u093c", "\u095c").replace("\u092b\u093c", "\u095e")
    for written in (unicodedata.normalize("NFD", source), composed):
        row = stripped(written)
        assert {field: row[field] for field in as_read} == as_read
        assert all(written[span["start"] : span["end"]] == span["text"] for span in row["kept"])


def test_a_language_that_the_text_contradicts_is_not_believed() -> None:
    for story, declared, expected in (
        (TAMIL, "en", "ta"),
        (HINDI, "en", "hi"),
        (ENGLISH, "hi", "en"),
        (ENGLISH, "de", "en"),
        (THAI, "en-US", "th"),
        (HINDI, "mr", "hi"),
        (HINDI, "bho", "bho"),
    ):
        source = page(story, "").replace(f'lang="{story.lang}-x"', f'lang="{declared}"')
        assert stripped(source)["lang"] == expected
    source = page(HINDI, '<meta property="og:locale" content="hi_IN">').replace('lang="hi-x"', 'lang="en"')
    assert stripped(source)["lang"] == "hi"


@each_story
def test_a_title_in_latin_letters_gives_way_to_the_headline_in_the_script_of_the_page(story: Story) -> None:
    head = '<meta property="og:title" content="First travelling library of the district, latest report today">'
    assert stripped(page(story, head))["title"] == (
        story.title if story.lang != "en" else "First travelling library opens in the hill district"
    )


@pytest.mark.parametrize(
    ("byline", "author", "published", "modified"),
    [
        ("By {author} | Updated: March 2, 2026 18:00 IST", True, MODIFIED, MODIFIED),
        ("Written by: {author} | Published: 2 March 2026, 9:30 AM (IST) | Updated: 2 March 2026, 6:00 PM (IST)", True, PUBLISHED, MODIFIED),
        ("2 March 2026, 09:30 IST", False, PUBLISHED, ""),
        ("लेखक: {author}<br>प्रकाशित: 2 मार्च 2026, 09:30 IST<br>अपडेटेड: 2 मार्च 2026, 18:00 IST", True, PUBLISHED, MODIFIED),
    ],
)
def test_bylines_tell_what_the_metadata_does_not(byline: str, author: bool, published: str, modified: str) -> None:
    source = page(HINDI, "").replace(
        f'<div class="byline">{HINDI.author}</div>', f"<div class='meta'>{byline.format(author=HINDI.author)}</div>"
    )
    row = stripped(source)
    assert (row["author"], row["published"], row["modified"]) == (HINDI.author if author else "", published, modified)
    assert row["text"].split("\n") == body_lines(HINDI)


def test_the_author_of_what_a_page_reviews_is_not_its_own() -> None:
    data = {"@type": "ClaimReview", "itemReviewed": {"@type": "CreativeWork", "author": {"name": "कोई और"}, "datePublished": "2020-01-01"}}
    row = stripped(
        page(HINDI, f'<script type="application/ld+json">{json.dumps(data)}</script><meta name="author" content="{HINDI.author}">')
    )
    assert row["author"] == HINDI.author and not row["published"].startswith("2020")


def test_a_description_that_repeats_the_body_is_no_subtitle() -> None:
    source = page(HINDI, f'<meta property="og:description" content="{HINDI.lead}">').replace(
        f'<p class="standfirst">{HINDI.subtitle}</p>', ""
    )
    assert stripped(source)["subtitle"] == "" and HINDI.lead in stripped(source)["text"]
    second = '<script type="application/ld+json">{"@type":"NewsArticle","alternativeHeadline":"बीस गांवों का चक्कर"}</script>'
    assert stripped(source.replace("<title>", second + "<title>"))["subtitle"] == "बीस गांवों का चक्कर"


def test_an_advertisement_under_an_image_is_no_caption() -> None:
    row = stripped(page(HINDI, promo="<figure><img src=a.jpg><figcaption>ADVERTISEMENT</figcaption></figure>"))
    assert "ADVERTISEMENT" in left_out(row, "ad") and "ADVERTISEMENT" not in row["text"]


def test_text_from_right_to_left_keeps_its_order_and_its_marks() -> None:
    words = "\u200fمی\u200cخواهم کِتاب"
    row = stripped(page(URDU).replace(URDU.lead, f"{URDU.lead} {words} کے بارے میں بتایا گیا۔"))
    assert f"{URDU.lead} {words} کے بارے میں بتایا گیا۔" in row["text"]


def test_ordered_and_nested_lists_and_code_in_markdown() -> None:
    lists = "<ol><li>पहले फार्म भरना होगा।<ul><li>फार्म बस में ही मिलेगा।</li></ul></li><li>फिर किताब चुननी होगी, यह काम बच्चे खुद करेंगे।</li></ol>"
    source = page(HINDI, promo=lists)
    text = stripped(source, markdown=True)["text"]
    assert "1. पहले फार्म भरना होगा।\n   - फार्म बस में ही मिलेगा।\n2. फिर किताब चुननी होगी, यह काम बच्चे खुद करेंगे।" in text


def test_what_looks_like_a_mark_is_escaped_in_markdown() -> None:
    trap = "# यह शीर्षक नहीं है, और &lt;script&gt;alert(1)&lt;/script&gt; तथा *तारे* भी केवल अक्षर हैं, ऐसा शिक्षक ने बताया।"
    source = page(HINDI, promo=f"<p>{trap}</p>")
    assert "\\# यह शीर्षक नहीं है, और \\<script>alert(1)\\</script> तथा \\*तारे\\* भी" in stripped(source, markdown=True)["text"]
    assert "# यह शीर्षक नहीं है, और <script>alert(1)</script> तथा *तारे* भी" in stripped(source)["text"]


def test_a_span_that_a_rule_removes_leaves_its_sentence_on_one_line() -> None:
    inline = 'गांव के लोग खुश हैं <span class="ad-in">इस बीच यह विज्ञापन देखें</span> और बच्चे सबसे ज्यादा, यह बात शिक्षकों ने बताई।'
    rule = SiteRule(content=(".story-body",), remove=(".ad-in",))
    source = page(HINDI, promo=f"<p>{inline}</p>")
    row = stripped(source, rules={"nadipath.example": rule})
    assert "गांव के लोग खुश हैं और बच्चे सबसे ज्यादा, यह बात शिक्षकों ने बताई।" in row["text"].split("\n")
    assert left_out(row, "rule") == ["इस बीच यह विज्ञापन देखें"]
    marked = stripped(source, rules={"nadipath.example": rule}, markdown=True)["text"].split("\n\n")
    assert "गांव के लोग खुश हैं और बच्चे सबसे ज्यादा, यह बात शिक्षकों ने बताई।" in marked


def test_modes_in_python() -> None:
    source = page(ENGLISH)
    clean = dedup.strip(html=source, url=URL, mode="full")
    assert clean.text.startswith(f"{ENGLISH.title}\n{ENGLISH.subtitle}\n") and clean.kept[0].reason == "title"
    assert dedup.strip(html=source, url=URL, config=Config(mode="full")) == clean
    assert dedup.strip(html=source.encode(), url=URL).text == "\n".join(body_lines(ENGLISH))
    written = "पहला वाक्य यहां है।\n\nयह भी पढ़ें: दूसरी खबर\n\n  तीसरा वाक्य यहां है।"
    text = dedup.strip(text=written)
    assert [span.text for span in text.kept] == ["पहला वाक्य यहां है।", "तीसरा वाक्य यहां है।"]
    assert all(written[span.start : span.end] == span.text for span in [*text.kept, *text.removed])
    with pytest.raises(dedup.ConfigError, match="mode is one of body, full"):
        dedup.strip(html=source, mode="half")


def test_modes_on_the_command_line(tmp_path: Path, command: Command) -> None:
    (tmp_path / "page.html").write_text(page(HINDI), "utf-8")
    texts = {}
    for flags in ((), ("--mode", "full"), ("--mode", "full", "--markdown"), ("--markdown",)):
        done = command("strip", "page.html", *flags)
        assert done.returncode == 0, done.stderr
        texts[flags] = json.loads(done.stdout)["text"]
        assert command("run", "page.html", "-o", "out", "--overwrite", *flags).returncode == 0
        assert json.loads((tmp_path / "out" / "kept.jsonl").read_text("utf-8"))["text"] == texts[flags]
    assert texts[()] == "\n".join(body_lines(HINDI)) and texts["--mode", "full"].startswith(HINDI.title)
    assert texts["--mode", "full", "--markdown"].startswith(f"# {HINDI.title}\n\n") and f"## {HINDI.heading}" in texts[("--markdown",)]
    (tmp_path / "dedup.toml").write_text('mode = "full"\nmarkdown = true\n')
    assert json.loads(command("strip", "page.html").stdout)["text"] == texts["--mode", "full", "--markdown"]
    assert json.loads(command("strip", "page.html", "--no-markdown").stdout)["text"] == texts["--mode", "full"]
