"""Leftovers that run into the article: headlines, datelines and names that hardly anything parts from its sentences."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, MORE, row_of

URDU = "شہر کے پرانے بازار کی گیارہ دکانوں کو جمعے کے روز نوٹس دیا گیا کیونکہ ان کی چھتیں پچھلی بارش میں ٹوٹ گئی تھیں۔"
URDU_MORE = "دکانداروں نے بتایا کہ مرمت پر بہت خرچ آئے گا اور بلدیہ نے انہیں پندرہ دن کا وقت دیا۔"


@pytest.mark.parametrize("cue", ["ये भी पढ़ें: ", "यह भी पढ़ें- "])
@pytest.mark.parametrize("headline", ["झील के किनारे नए पार्क का काम शुरू", "दूध के दाम में दो रुपये की गिरावट"])
def test_a_headline_glued_to_the_next_sentence_ends_where_headlines_end(cue: str, headline: str):
    text = row_of(f"{HINDI} {cue}{headline} {HINDI_MORE}", HINDI_BODY)["text"]
    assert text == f"{HINDI} {HINDI_MORE}\n{HINDI_BODY}"


def test_where_nothing_tells_the_end_of_a_headline_the_cue_goes_alone():
    headline = "झील के किनारे घूमने वालों की भीड़"
    text = row_of(f"{HINDI} ये भी पढ़ें: {headline} {HINDI_MORE}", HINDI_BODY)["text"]
    assert text == f"{HINDI} {headline} {HINDI_MORE}\n{HINDI_BODY}"


def test_a_headline_glued_to_its_cue_as_well():
    headline = "مزید پڑھیںجھیل کے کنارے نئے باغ کا کام شروع"
    assert row_of(f"{URDU} {headline} {URDU_MORE}")["text"] == f"{URDU} {URDU_MORE}"
    # a verb with which sentences end: the headline ended before it, nobody knows where
    glued = "مزید پڑھیںجھیل کے کنارے باغ کی سیر پرانے شہر میں لوگ خوش ہیں اور کام جاری تھا کہ بارش آئی۔"
    assert row_of(f"{URDU} {glued}")["text"] == f"{URDU} {glued.removeprefix('مزید پڑھیں')}"


def test_the_ending_of_a_word_is_no_headline():
    sentence = "आगे पढ़ेंगे कि बाजार का भवन कब बना और उसकी छत कैसे टूटी, यह समिति की रिपोर्ट में है।"
    assert row_of(f"{HINDI} {sentence}", HINDI_BODY)["text"] == f"{HINDI} {sentence}\n{HINDI_BODY}"


@pytest.mark.parametrize("dateline", ["PORT SELVAN (Coast Wire) - ", "PORT SELVAN (CW.News) -- ", "SELVAN (Harbour Network) — "])
def test_a_dateline_of_an_agency_that_nobody_knows(dateline: str):
    row = row_of(dateline + LEAD, BODY)
    assert row["text"] == f"{LEAD}\n{BODY}" and row["dateline"]


def test_capitals_and_a_bracket_are_no_dateline_without_a_dash():
    sentence = "THE PORT (Selvan) closes on Monday, and the ferries wait for the water to fall below the mark of last year."
    assert row_of(sentence, BODY)["text"] == f"{sentence}\n{BODY}"


def test_a_place_on_its_own_line_is_a_dateline_and_one_of_several_a_subheading():
    row = row_of(HINDI, "लखनऊ", HINDI_BODY, HINDI_MORE)
    assert row["text"] == "\n".join((HINDI, HINDI_BODY, HINDI_MORE)) and row["dateline"] == "लखनऊ"
    lines = (HINDI, "लखनऊ", HINDI_BODY, "पटना", HINDI_MORE)
    assert row_of(*lines)["text"] == "\n".join(lines)


def test_a_dated_dateline_below_the_first_paragraph():
    assert row_of(HINDI, f"पटना, 12 मार्च (भाषा) {HINDI_BODY}", HINDI_MORE)["text"] == "\n".join((HINDI, HINDI_BODY, HINDI_MORE))


def test_a_name_at_the_very_end_is_a_byline():
    assert row_of(LEAD, f"{BODY} By Meera Selvan.")["text"] == f"{LEAD}\n{BODY}"
    stays = f"{BODY} By Monday."
    assert row_of(LEAD, stays)["text"] == f"{LEAD}\n{stays}"


def test_a_note_about_the_author_goes_and_one_about_somebody_of_the_article_stays():
    note = "Meera Selvan is a columnist for the Harbour Post and keeps bees."
    lines = (LEAD, BODY, MORE, LEAD.replace("Friday", "Sunday"))
    assert row_of(*lines, note)["text"] == "\n".join(lines)
    named = (*lines[:3], "Meera Selvan sold her boat on Sunday, and bought it back on Monday for half the price that she had got.")
    assert row_of(*named, note)["text"] == "\n".join((*named, note))


@pytest.mark.parametrize(
    "last",
    ["Share this article", "शेयर करें", "Tags: bridge, river", "First Published: March 5, 2024, 7:40 AM IST", "Contact us", "Comments"],
)
def test_what_stands_behind_the_last_full_stop_is_the_line_that_it_was(last: str):
    assert row_of(LEAD, f"{BODY} {last}")["text"] == f"{LEAD}\n{BODY}"
    assert row_of(HINDI, f"{HINDI_BODY} {last}")["text"] == f"{HINDI}\n{HINDI_BODY}"


@pytest.mark.parametrize("last", ["The new bridge", "Share of the islands", "Comments that were made", "Tags on their bags", "शेयर बाजार"])
def test_a_sentence_that_breaks_off_stays(last: str):
    assert row_of(LEAD, f"{BODY} {last}")["text"] == f"{LEAD}\n{BODY} {last}"


@pytest.mark.parametrize(
    "headline",
    [
        "یہ بھی پڑھیںبازار میں چوری پولیس نے مقدمہ درج کرلیا انہوں نے بتایا کہ مرمت پر بہت خرچ آئے گا۔",
        "مزید پڑھیںجھیل کے کنارے نئے باغ کے افتتاح پر لوگوں کی بھیڑ اور پرانے شہر کی سڑکوں پر گاڑیوں کی لمبی قطار انہوں نے بتایا کہ مرمت پر بہت خرچ آئے گا۔",
        "مزید پڑھیںجھیل کے پانی پر تاجروں کا دعویٰ انہوں نے بتایا کہ مرمت پر بہت خرچ آئے گا۔",
    ],
)
def test_a_headline_that_begins_as_a_sentence_or_is_long_ends_where_the_next_sentence_begins(headline: str):
    assert row_of(f"{URDU} {headline}")["text"] == f"{URDU} انہوں نے بتایا کہ مرمت پر بہت خرچ آئے گا۔"


@pytest.mark.parametrize(
    "sentence",
    [
        "مزید پڑھیںگے کہ بازار کب بنا اور اس کی چھت کیسے ٹوٹی، یہ کمیٹی کی رپورٹ میں ہے۔",
        "تاجروں نے دعویٰ کیا کہ چھت پرانی تھی اور بلدیہ نے اس کی مرمت کا وعدہ پورا نہیں کیا۔",
        "اس کا اعلان کرنے والے افسر نے لوگوں کو بتایا کہ بازار اگلے مہینے کھلے گا۔",
    ],
)
def test_urdu_sentences_with_the_words_of_headlines_stay(sentence: str):
    assert row_of(f"{URDU} {sentence}")["text"] == f"{URDU} {sentence}"


@pytest.mark.parametrize("label", ["یہ پڑھیں: ", "یہ خبر پڑھیں: "])
def test_a_promo_on_its_own_line_in_urdu(label: str):
    assert row_of(URDU, f"{label}جھیل کے کنارے نئے باغ کا کام شروع", URDU_MORE)["text"] == f"{URDU}\n{URDU_MORE}"


def test_what_somebody_reads_in_urdu_stays():
    sentence = "یہ پڑھیں یا وہ، دونوں کتابوں میں شہر کے پرانے بازار کی کہانی ہے جو ہر بچے کو معلوم ہونی چاہیے۔"
    assert row_of(URDU, sentence, URDU_MORE)["text"] == "\n".join((URDU, sentence, URDU_MORE))


def test_a_desk_in_brackets_in_urdu():
    for desk in ("نیو زڈیسک", "مانیٹرنگ ڈیسک", "آن لائن ڈیسک"):
        assert row_of(f"اسلام آباد({desk}) {URDU}", URDU_MORE)["text"] == f"{URDU}\n{URDU_MORE}"
    sentence = "اسلام آباد (پرانا نام کوئی نہیں جانتا) کے بازار میں گیارہ دکانوں کو نوٹس دیا گیا اور مرمت کا حکم ہوا۔"
    assert row_of(sentence, URDU_MORE)["text"] == f"{sentence}\n{URDU_MORE}"


def test_a_caption_glued_to_its_label():
    assert row_of(URDU, "،تصویر کا کیپشنبازار کی ٹوٹی ہوئی چھتیں", URDU_MORE)["text"] == f"{URDU}\n{URDU_MORE}"
    stays = "تصویریں بنانے والا آدمی اور اس کا بازار"
    assert row_of(URDU, stays, URDU_MORE)["text"] == "\n".join((URDU, stays, URDU_MORE))
