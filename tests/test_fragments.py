"""Texts that are fragments of HTML, as content systems and feeds hold them."""

import json
from pathlib import Path

import pytest

import dedup
from dedup.document import READ
from dedup.readers.files import read
from dedup.readers.fragments import as_pages

BODY = """<p>पुल का काम पूरा हो गया है और रविवार से गाड़ियाँ उस पर चलेंगी।</p>
<p>यह भी पढ़ें: <a href="/2">नदी पर दूसरा पुल बनेगा</a></p>
<h3>क्या बदलेगा</h3>
<ul><li>बस का रास्ता छोटा होगा</li><li>टोल नहीं लगेगा</li></ul>
<figure><img src="a.jpg"><figcaption>फोटो: ए. बी.</figcaption></figure>
<p>शुक्रिया&nbsp;सबका &amp; <b>बधाई</b>।</p>"""
CLEAN = """पुल का काम पूरा हो गया है और रविवार से गाड़ियाँ उस पर चलेंगी।
क्या बदलेगा
बस का रास्ता छोटा होगा
टोल नहीं लगेगा
शुक्रिया सबका & बधाई।"""


@pytest.mark.parametrize("given", [{"text": BODY}, {"html": BODY}, {"html": BODY.encode()}])
def test_of_a_fragment_all_is_kept_that_nothing_names_otherwise(given: dict[str, str | bytes]) -> None:
    found = dedup.strip(**given)  # type: ignore[arg-type]
    assert found.text == CLEAN
    assert [span.reason for span in found.removed] == ["related", "credit"]


def test_an_element_of_a_page_around_it_makes_it_a_page() -> None:
    assert "टोल" not in dedup.strip(html=f"<nav>खबरें</nav>{BODY}").text


def test_rows_and_files_whose_text_is_html(tmp_path: Path) -> None:
    escaped = BODY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    rows = [{"id": "tags", "content": BODY, "title": "पुल तैयार"}, {"id": "references", "text": escaped}]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    of_file = next(iter(read([str(tmp_path / "rows.jsonl")], dedup.Config()))).batch
    assert of_file is not None and of_file.schema == READ and of_file["text"].to_pylist() == ["", ""]
    for row in dedup.run(rows, threshold=1).documents.to_pylist():
        assert row["text"] == CLEAN, row["id"]


def test_a_text_with_signs_that_end_no_element_stays_a_text() -> None:
    for text in ("If a<b and c>d, he said.", "I &lt;3 you, she wrote.", "<3 </3", "Write <code> first.", "3 < 4 <br"):
        assert dedup.strip(text=text).text == text


def test_texts_that_are_taken_as_they_stand_stay() -> None:
    (row,) = dedup.near_duplicates([{"text": BODY}]).documents.to_pylist()
    assert row["text"] == BODY and dedup.strip(text=BODY, strip="off").text == BODY
    (found,) = dedup.readers.read_rows([{"text": BODY}], dedup.Config(strip="off"))
    assert as_pages(found, dedup.Config(strip="off")) is found


FIRST, SECOND = "पुल का काम पूरा हो गया है और रविवार से गाड़ियाँ उस पर चलेंगी।", "दूसरा पुल अगले साल बनेगा और उस पर टोल नहीं लगेगा।"


@pytest.mark.parametrize("heading", ["<h1>{}</h1>", "<h2>{}</h2>", "<h1>{0}</h1><h1>{0} आज</h1>"])
def test_the_headline_of_a_fragment_is_its_title(heading: str) -> None:
    title = "पहाड़ी जिले में नया पुल खुला"
    found = dedup.strip(html=f"{heading.format(title)}<p>{FIRST}</p><p>{SECOND}</p>")
    assert found.title == title and found.text == f"{FIRST}\n{SECOND}"


def test_what_browsers_without_scripts_show_and_the_frame_of_character_data_are_no_text() -> None:
    for text in (
        f"<p>{FIRST}</p><noscript>कृपया जावास्क्रिप्ट चालू करें</noscript><p>{SECOND}</p>",
        f"<![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]>",
        f"<p><![CDATA[{FIRST}]]></p><p>{SECOND}</p>",
    ):
        found = dedup.strip(html=text)
        assert found.text == f"{FIRST}\n{SECOND}"
    found = dedup.strip(html=f"<p>नया <![CDATA[पुल]]> है। यह भी पढ़ें: <a href='/2'>सोना सस्ता</a> {SECOND}</p>")
    (span,) = found.removed
    assert found.text == f"नया पुल है। {SECOND}" and span.text == "यह भी पढ़ें: सोना सस्ता"
    assert dedup.strip(text="Write ]]> at the end.").text == "Write ]]> at the end."


@pytest.mark.parametrize("call", ['[gallery ids="1,2"]', "[/vc_column_text]", "[embed]https://video.example/1[/embed]"])
def test_what_a_content_system_did_not_fill_in_is_no_text(call: str) -> None:
    for found in (dedup.strip(text=f"{FIRST}\n{call}\n{SECOND}"), dedup.strip(html=f"<p>{FIRST}</p><p>{call}</p><p>{SECOND}</p>")):
        assert found.text == f"{FIRST}\n{SECOND}"
        assert [(span.reason, span.text) for span in found.removed] == [("other", call)]


def test_a_bracket_that_goes_leaves_two_words() -> None:
    for text in ("The bridge{}was opened on Sunday.", "पुल{}रविवार को खुला और लोग खुश हैं।"):
        for cut in ("(Also read: Gold falls)", "(यह भी पढ़ें: सोना सस्ता)"):
            assert dedup.strip(text=text.format(cut)).text == text.format(" ")


LINES = "\n".join(
    ["The ferry company cut its evening boats to the islands.", "Write {} where the line ends.", "A new timetable comes in May."]
)


@pytest.mark.parametrize("sign", ["<p>", "<!-- a comment", "</div>", "a < b"])
def test_a_text_that_speaks_of_a_tag_stays_a_text(sign: str) -> None:
    assert dedup.strip(text=LINES.format(sign)).text == LINES.format(sign)


def test_lines_of_which_parts_are_elements_stay_lines() -> None:
    found = dedup.strip(text=LINES.format("<b>bread</b> and <a href='/x'>milk</a>"))
    assert found.text == LINES.format("bread and milk")


def test_references_beside_tags_are_the_text_of_the_page() -> None:
    assert dedup.strip(text="<p>Write &lt;br&gt; where the line of the letter ends, he said.</p>").text == (
        "Write <br> where the line of the letter ends, he said."
    )


def test_files_of_text_are_read_as_rows_are(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(BODY, "utf-8")
    (found,) = [found.batch for found in read([str(tmp_path / "one.txt")], dedup.Config()) if found.batch]
    assert found["html"].to_pylist() == [BODY.encode()]
