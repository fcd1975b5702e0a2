"""What is put into an article and is not of it goes, and what is of it stays whole."""

import pytest
from test_html import BODY, LAST, LEAD, SECOND, THIRD, TITLE, removed, stripped

CUES = {
    "hi": ("ये भी पढ़ें", "सोने के दाम में भारी गिरावट, जानें ताजा भाव"),
    "en": ("Also Read", "Gold falls to its lowest price of the year"),
    "mr": ("हे देखील वाचा", "सोन्याच्या दरात मोठी घसरण, जाणून घ्या आजचे भाव"),
    "bn": ("আরও পড়ুন", "সোনার দামে বড় পতন, জেনে নিন আজকের দাম"),
    "ta": ("மேலும் படிக்க", "தங்கம் விலை கடும் சரிவு, இன்றைய விலை என்ன"),
    "ur": ("یہ بھی پڑھیں", "سونے کی قیمت میں بڑی کمی، جانیے آج کا بھاؤ"),
}


def article(insert="", head=f"<h1>{TITLE}</h1>", title=f"{TITLE} - सूर्योदय टाइम्स", before=""):
    return (
        f"<!DOCTYPE html><html lang=hi><head><meta charset=utf-8><title>{title}</title></head><body>{before}"
        f"<article>{head}<p>{LEAD}</p><p>{SECOND}</p>{insert}<p>{THIRD}</p><p>{LAST}</p></article></body></html>"
    )


ARTICLE_TEXT = [LEAD, SECOND, THIRD, LAST]


@pytest.mark.parametrize("lang", CUES)
def test_a_paragraph_that_is_nothing_but_a_promo_goes_without_a_colon(lang):
    cue, headline = CUES[lang]
    for promo in (
        f"<strong>{cue}</strong> <a href=/1>{headline}</a>",
        f"<strong>{cue}</strong><a href=/1>{headline}</a>",
        f"{cue} <a href=/1>{headline}</a>",
        f"<strong>{cue} </strong>{headline}",
    ):
        row = stripped(article(f"<p>{promo}</p>"))
        assert row["text"].split("\n") == ARTICLE_TEXT, promo
        assert any(headline in text for text in removed(row, "related")), promo


def test_a_sentence_that_begins_with_the_words_of_a_promo_stays():
    for sentence in (
        "ये भी पढ़ें लेकिन समझें <a href=/1>पुल की पूरी कहानी</a> क्योंकि इसके बनने में चार साल लगे।",
        "<b>ये भी पढ़ें</b> और समझें कि पुल के बनने में चार साल क्यों लगे। काम कई बार रुका।",
    ):
        assert len(stripped(article(f"<p>{sentence}</p>"))["text"].split("\n")) == 5, sentence


HIDDEN = "यह पाठ पाठकों को नहीं दिखता और लेख का हिस्सा नहीं है। इसमें पुल के बारे में कुछ बातें हैं।"


@pytest.mark.parametrize(
    "around",
    ["<template><p>{}</p></template>", "<noscript><p>{}</p></noscript>", "<div style='display:none'><p>{}</p></div>", "<p hidden>{}</p>"],
)
def test_what_no_reader_sees_goes_from_between_paragraphs(around):
    row = stripped(article(around.format(HIDDEN)))
    assert row["text"].split("\n") == ARTICLE_TEXT
    assert removed(row, "hidden") == [HIDDEN]


def test_an_article_that_is_hidden_until_it_is_paid_for_is_read():
    body = "".join(f"<p>{part}</p>" for part in BODY[1:])
    row = stripped(f"<title>{TITLE}</title><body><h1>{TITLE}</h1><p>{LEAD}</p><div style='display:none'>{body}</div></body>")
    assert row["text"].split("\n") == list(BODY)
