"""Lines of the article that stand beside leftovers or look like them: what of them stays."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, MORE

from dedup.boilerplate.text import strip_text

HINDI_LAST = "पुराने बाजार का भवन करीब सौ साल पहले बना था और इसकी मरम्मत आखिरी बार बीस साल पहले हुई थी।"


def text_of(*lines: str, gap: str = "\n") -> str:
    (row,) = strip_text([gap.join(lines)]).to_pylist()
    return row["text"]


def test_the_headline_that_stands_nearer_to_the_paragraph_below_is_its_subheading():
    below = "How many loaves the smaller island has left\n" + BODY
    text = text_of(f"{LEAD}\n\nAlso read:\nHarbour master retires after forty years\n\n\n{below}\n{MORE}")
    assert text == f"{LEAD}\n\n\n{below}\n{MORE}"


def test_a_subheading_says_what_its_paragraph_says_and_a_headline_of_another_article_does_not():
    subheading = "Shopkeepers of the smaller island count bread"
    headlines = ("Harbour master retires after forty years", "Lighthouse opens its doors to visitors")
    assert text_of(LEAD, "Also read:", *headlines, subheading, BODY, MORE) == "\n".join((LEAD, subheading, BODY, MORE))
    # the links of the header are gone
    assert text_of(LEAD, "Also read:", subheading, BODY, MORE) == "\n".join((LEAD, subheading, BODY, MORE))
    assert text_of(LEAD, "Also read:", headlines[0], BODY, MORE) == "\n".join((LEAD, BODY, MORE))


def test_what_parts_the_items_of_a_live_report_is_not_its_end():
    row = "TwitterFacebookWhatsApp"
    text = text_of(HINDI, row, HINDI_BODY, row, HINDI_MORE, HINDI_LAST, row, "ग्यारह में से चार दुकानें खाली हुईं")
    assert text.endswith("ग्यारह में से चार दुकानें खाली हुईं") and row not in text


def test_steps_of_instructions_stay():
    steps = ("१. फोनमा पसल खोल्नुहोस्", "२. बजार समितिको एप डाउनलोड गर्नुहोस्", "३. आफ्नो पसलको नम्बर लेख्नुहोस्")
    assert text_of(HINDI, HINDI_BODY, *steps, HINDI_MORE) == "\n".join((HINDI, HINDI_BODY, *steps, HINDI_MORE))


def test_a_note_in_brackets_is_no_credit():
    note = "(मरम्मत का खर्च, रुपये में)"
    assert note in text_of("पुराना बाजार", note, HINDI, HINDI_BODY, HINDI_MORE)


def test_a_sentence_of_two_words_below_the_article_stays():
    assert text_of(HINDI, HINDI_BODY, HINDI_MORE, HINDI_LAST, "शेयर करें", "प्रवेश निःशुल्क।", "टैग्स: बाजार").endswith("प्रवेश निःशुल्क।")


@pytest.mark.parametrize("quotes", ["“”", '""'])
def test_who_is_quoted_may_ask_to_be_followed(quotes: str):
    call = "Follow the coast guard on Twitter."
    sentence = f"The minister said, {quotes[0]}Stay at home tonight. {call} We shall post each departure.{quotes[1]}"
    assert call in text_of(LEAD, BODY, sentence, MORE)


@pytest.mark.parametrize(
    "call",
    [
        "Follow us on Instagram for more updates",
        "Download our app for breaking news alerts",
        "Join our WhatsApp channel for the latest news",
    ],
)
def test_a_call_takes_no_sentence_with_it(call: str):
    # before it
    assert text_of(LEAD, BODY, f"{MORE} {call}") == "\n".join((LEAD, BODY, MORE))
    # behind it, where nothing parts the two
    assert MORE in text_of(f"{LEAD} {BODY} {call} {MORE}", BODY)


def test_a_call_of_hindi_takes_no_sentence_with_it():
    call = "हमें गूगल न्यूज पर फॉलो करें"
    assert text_of(HINDI, HINDI_BODY, f"{HINDI_MORE} {call}") == "\n".join((HINDI, HINDI_BODY, HINDI_MORE))
    assert HINDI_MORE in text_of(f"{HINDI} {HINDI_BODY} {call} {HINDI_MORE}", HINDI_BODY)


@pytest.mark.parametrize(
    ("paragraph", "credit"),
    [
        ("It rained on the island on Monday. The roads along the quay were flooded.", "Photo: PTI"),
        ("২৯ মার্চ দ্বীপে বৃষ্টি হয়। রাস্তায় পানি জমে যায়।", "ছবি: সংগৃহীত"),
        ("सोमवारी बेटावर पाऊस पडला. रस्त्यांवर पाणी साचले.", "छायाचित्र: लोकमत"),
        ("पुल का काम अगले महीने पूरा हो जाएगा।", "फोटो: पीटीआई"),
    ],
)
def test_the_credit_at_the_end_of_a_paragraph_goes_alone(paragraph: str, credit: str):
    assert text_of(f"{paragraph} {credit}") == paragraph
    assert text_of(LEAD, f"{paragraph} {credit}", BODY) == "\n".join((LEAD, paragraph, BODY))
    assert text_of(LEAD, f"{paragraph} {credit}") == f"{LEAD}\n{paragraph}"


@pytest.mark.parametrize(
    ("promo", "left"),
    [
        ("यह भी पढ़ें: सोना सस्ता प्रशासन ने जांच के आदेश दिए हैं।", "सोना सस्ता प्रशासन ने जांच के आदेश दिए हैं।"),
        ("यह भी पढ़ें- बजट: क्या होगा सस्ता? अगली सुनवाई बारह जून को होगी।", "अगली सुनवाई बारह जून को होगी।"),
        ("ये भी पढ़ें | मौसम का हाल | लोग घरों में हैं।", "लोग घरों में हैं।"),
    ],
)
def test_a_promo_takes_no_sentence_behind_it(promo: str, left: str):
    assert text_of(f"{HINDI} {promo}\n{HINDI_BODY}") == f"{HINDI} {left}\n{HINDI_BODY}"


def test_a_flash_that_says_what_its_headline_says_stays():
    (row,) = strip_text([HINDI], [HINDI]).to_pylist()
    assert row["text"] == HINDI
    assert text_of("#बाजार #नगर") == "#बाजार #नगर"


@pytest.mark.parametrize(
    "line", ["Harbour Fury Edited By: Meena Kumari, Updated: 5 March 2024", "Mayor Meets Captain Updated: 5 March 2024"]
)
def test_a_headline_before_a_label_is_no_author(line: str):
    (row,) = strip_text([f"{line}\n{LEAD}\n{BODY}"]).to_pylist()
    assert row["author"] == ""
