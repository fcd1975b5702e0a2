"""What nobody sees on a page: signs without width, tags that were escaped twice. And addresses behind the last full stop."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, MORE, row_of


@pytest.mark.parametrize("blank", ["\u200b", "\u200b \u200b", "\ufeff\u200b", "\u200e"])
def test_lines_of_signs_without_width_go(blank: str):
    for level in ("gentle", "normal"):
        assert row_of(LEAD, blank, BODY, blank, blank, MORE, blank, level=level)["text"] == "\n".join((LEAD, BODY, MORE))
    for sign in ("\r", "\u2028"):
        assert "\u200b" not in row_of(f"{LEAD}{sign}\u200b{sign}{BODY}")["text"]


def test_signs_without_width_inside_a_line_stay():
    lines = (LEAD, f"{HINDI[:20]}\u200b{HINDI[20:]}", "क्\u200dष", HINDI_BODY)
    assert row_of(*lines)["text"] == "\n".join(lines)
    assert row_of("\u200b")["text"] == "\u200b"


@pytest.mark.parametrize("tag", ['&lt;A HREF="http://example.com/quote?t=1 target=/x"&gt;', "&lt;a href='https://example.com/a'&gt;"])
def test_a_link_whose_tags_were_escaped_twice_keeps_its_name(tag: str):
    text = f"The shares of {tag}Coast Wire&lt;/A&gt; fell on Friday, when the market heard of the roofs."
    assert row_of(LEAD, text, BODY)["text"].split("\n")[1] == "The shares of Coast Wire fell on Friday, when the market heard of the roofs."


@pytest.mark.parametrize(
    "sentence",
    [
        "A page marks bold words with &lt;b&gt; and ends them with &lt;/b&gt;, the teacher told the class of the old school.",
        "Behind each link stands &lt;/a&gt;, which many pupils forget, said the teacher of the old school on the hill.",
        "Salt &amp; Sons, of whom 3 &lt; 5 came, sold &lt;anise and pepper&gt; at the market for a hundred years and more.",
        "The pupils wrote &lt;a href without closing it, and the page of the school showed nothing but that for two days.",
    ],
)
def test_tags_that_a_text_tells_of_stay(sentence: str):
    assert row_of(LEAD, sentence, BODY)["text"] == f"{LEAD}\n{sentence}\n{BODY}"


@pytest.mark.parametrize("signature", ["— Leena Thomas@example.com", "— Maeve O'Dowd desk@example.com"])
def test_a_signature_with_an_address_behind_a_full_stop(signature: str):
    assert row_of(LEAD, f"{BODY} {signature}")["text"] == f"{LEAD}\n{BODY}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Those who saw the roof fall may write to the council — the address is roofs@example.com",
        "The council has one address for all of them — roofs@example.com",
        "The last day for it is the fifth of March. — Apply@example.org",
        "It was a fine evening by the river. — Leena Thomas, leena@example.com",
        "“Come on Monday.” — or ask info@example.com",
        "He signed it “Yours, the mayor.” – mayor@example.com",
        "Write to us — and do it before Friday of the next week, at roofs@example.com",
    ],
)
def test_a_sentence_that_tells_of_an_address_stays(sentence: str):
    assert sentence in row_of(LEAD, f"{MORE} {sentence}", BODY)["text"]
