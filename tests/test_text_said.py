"""Lists, headings and sentences of articles that consist of the words of buttons and credits, and stay."""

import pytest

import dedup

LEAD = "The harbour office closed the northern pier on Friday, because the old planks had begun to give way under the carts."
BODY = "Fishermen unload their boats at the market quay now, and the mayor said in the evening that repairs take until autumn."
MORE = "Two schools paint the new railings in the spring, and the ferry to the islands leaves from the coal dock until then."
HINDI = "बंदरगाह कार्यालय ने शुक्रवार को उत्तरी घाट बंद कर दिया, क्योंकि पुराने तख्ते गाड़ियों के भार से टूटने लगे थे।"
HINDI_BODY = "मछुआरे अब बाजार वाले घाट पर नाव खाली करते हैं, और मरम्मत का काम पतझड़ तक चलेगा, यह जानकारी अधिकारी ने दी।"
NEPALI = "बन्दरगाह कार्यालयले शुक्रबार उत्तरी घाट बन्द गरेको छ, किनकि पुराना फल्याक भारले भाँचिन थालेका थिए ।"
NEPALI_BODY = "माझीहरूले अहिले बजारको घाटमा डुङ्गा खाली गर्छन्, र मर्मतको काम शरद ऋतुसम्म चल्ने जानकारी कार्यालयले दियो ।"
GERMAN = "Das Hafenamt sperrte am Freitag den nördlichen Steg, weil die alten Bohlen unter den Karren nachgegeben hatten."
GERMAN_BODY = "Die Fischer löschen ihre Boote jetzt am Marktkai, und die Arbeiten dauern nach Angaben der Stadt bis zum Herbst."


def text_of(text: str, level: str = "normal") -> str:
    return dedup.strip(text=text, strip=level).text


@pytest.mark.parametrize("level", ["gentle", "normal", "aggressive"])
@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, BODY, "The five apps that sailors on the quay use most are these:", "TikTok", "Instagram", "Facebook", "Twitter", MORE),
        (HINDI, "घाट के नाविक सबसे ज्यादा ये ऐप चलाते हैं:", "फेसबुक", "इंस्टाग्राम", "ट्विटर", "टेलीग्राम", HINDI_BODY),
        (NEPALI, NEPALI_BODY, "घाटका माझीले धेरै चलाउने एपहरु यस्ता छन्ः", "टिकटक", "फेसबुक", "विच्याट", "लाइकी", "इन्स्टाग्राम"),
    ],
)
def test_a_list_that_a_sentence_introduces_is_of_the_article(lines: tuple[str, ...], level: str):
    assert text_of("\n".join(lines), level) == "\n".join(lines)


def test_a_row_of_buttons_below_a_line_with_a_colon_still_goes():
    text = "\n".join((LEAD, BODY, MORE))
    assert text_of(f"{text}\nPass this on to people who know the pier:\nFacebook\nTwitter\nWhatsApp").startswith(text)
    assert "Facebook" not in text_of(f"{text}\nPass this on to people who know the pier:\nFacebook\nTwitter\nWhatsApp")
    assert text_of(f"{text}\nShare this:\nFacebook\nTwitter\nWhatsApp") == text


@pytest.mark.parametrize("level", ["gentle", "normal"])
@pytest.mark.parametrize(
    ("above", "word", "below"),
    [
        (LEAD, "Photo", "A photo of the pier hangs in the town hall. Her father took the photo in the winter when the harbour froze."),
        (HINDI, "वीडियो", "बच्चों ने घाट का एक वीडियो बनाया और उसे मेले में दिखाया। यह वीडियो अब संग्रहालय में रखा जाएगा।"),
        (HINDI, "विज्ञापन", "नाव कंपनियों ने विज्ञापन पर इस साल दोगुना खर्च किया। पुराने विज्ञापन घाट की दीवारों पर आज भी दिखते हैं।"),
        (NEPALI, "भाषा", "माझीहरू आपसमा पुरानो भाषा बोल्छन् । त्यो भाषा सिक्न विद्यार्थीहरू घाटमा आउने गरेका छन् ।"),
        (GERMAN, "Quelle", "Der Film Quelle spielt am Hafen. Die Quelle im Wald dahinter suchen zwei Schwestern ihr halbes Leben lang."),
    ],
)
def test_a_word_above_a_paragraph_about_it_is_a_subheading(above: str, word: str, below: str, level: str):
    text = "\n".join((above, word, below))
    assert text_of(text, level) == text
    apart = GERMAN_BODY if above == GERMAN else BODY
    assert text_of(f"{above}\n{word}\n{apart}") == f"{above}\n{apart}"


@pytest.mark.parametrize(
    "said",
    [
        'He looked at the broken planks. "What do you think?" Nobody answered him for a while.',
        "He looked at the broken planks. What do you think? Nobody answered him for a while.",
        'A poster hangs at the gate. "Sign up today!" it says in red letters.',
        'Open the page of the harbour board. Click on the link "Berths 2024". Enter the number of your boat.',
    ],
)
def test_what_somebody_says_or_asks_is_no_call(said: str):
    assert text_of(f"{LEAD} {said} {BODY}") == f"{LEAD} {said} {BODY}"


@pytest.mark.parametrize("line", ["What do you think?", "Thank you.", "“What do you think?”"])
def test_a_question_between_two_paragraphs_stays_and_one_at_the_end_goes(line: str):
    inside = "\n".join((LEAD, line, BODY))
    assert text_of(inside) == inside
    assert text_of("\n".join((LEAD, BODY, line))) == "\n".join((LEAD, BODY))


def test_a_broken_bracket_goes_without_the_sentence_that_is_glued_to_it():
    bracket = "(क्या आपने हमारा नया मोबाइल ऐप देखा? डाउनलोड करने के लिए \n\n\nयहां क्लिक करें)"
    after = "उन्होंने कहा कि हर नाव से भार के हिसाब से शुल्क लिया जाएगा."
    assert text_of(f"{HINDI}{bracket}{after} {HINDI_BODY}") == f"{HINDI}{after} {HINDI_BODY}"


def test_the_quotation_mark_before_a_credit_belongs_to_the_sentence():
    text = f"{NEPALI}\nउनले भने, ‘{NEPALI_BODY}’ बीबीसी"
    assert text_of(text) == text.removesuffix(" बीबीसी")


def test_how_to_get_an_app_stays():
    step = "Laden Sie die App der Hafenbahn herunter und melden Sie sich an."
    assert text_of(f"{GERMAN}\n{step}\n{GERMAN_BODY}") == f"{GERMAN}\n{step}\n{GERMAN_BODY}"
    step = "Photo/video library विकल्प छनोट गर्नुहोस् ।"
    assert text_of(f"{NEPALI}\n{step}\n{NEPALI_BODY}") == f"{NEPALI}\n{step}\n{NEPALI_BODY}"


def test_the_last_sentence_may_name_a_page():
    text = f"{NEPALI}\n{NEPALI_BODY}\nदर्ता फारम https://harbour.example.org/Membership पेजमा गएर यसरी भर्न सकिने छ ।"
    assert text_of(text) == text


def test_the_headline_of_the_next_item_of_a_live_report_stays():
    item = "बंदरगाह घाट पर तख्ते टूटने से मछुआरे परेशान, मरम्मत पतझड़ तक"
    call = "देश और दुनिया से जुड़ी हर खबर के अपडेट के लिए बने रहें हमारे साथ।"
    body = "\n".join((HINDI, HINDI_BODY, HINDI.replace("शुक्रवार", "सोमवार")))
    assert text_of(f"{body}\n{call}\n{item}") == f"{body}\n{item}"


def test_a_call_whose_dots_are_three_goes_from_the_end_of_a_paragraph():
    call = "बंदरगाह से जुड़े हर अपडेट के लिए बने रहें हमारे साथ..."
    assert text_of(f"{HINDI} {HINDI_BODY} {call}") == f"{HINDI} {HINDI_BODY}"


def test_a_cue_glued_to_a_short_word_goes():
    urdu = "بندرگاہ کے دفتر نے جمعے کو شمالی گھاٹ بند کر دیا کیونکہ پرانے تختے ٹوٹنے لگے تھے۔"
    assert text_of(f"{urdu} مزید پڑھیںیہ گھاٹ بہت پرانا ہے۔ {urdu}") == f"{urdu} یہ گھاٹ بہت پرانا ہے۔ {urdu}"


def test_facts_that_stand_in_every_part_of_an_article_stay_at_the_aggressive_level():
    parts = [
        f"{number}. {name}\nउमेर- {age} वर्ष\nखुद सम्पत्ति- {age} अर्ब डलर\n{NEPALI.replace('शुक्रबार', day)}"
        for number, name, age, day in [("१", "राम", "३१", "आइतबार"), ("२", "गीता", "४१", "सोमबार"), ("३", "हरि", "५१", "बुधबार")]
    ]
    text = "\n".join([NEPALI_BODY, *parts])
    assert text_of(text, "aggressive") == text
    template = "\n".join(f"{part}\nलेखको सामग्री" for part in (LEAD, BODY, MORE, HINDI))
    assert "सामग्री" not in text_of(template, "aggressive")


def test_a_refrain_between_verses_stays_at_the_aggressive_level():
    verse = "बिहानी घाममा डुङ्गा चल्यो\nशीतल हावा सरर बग्यो\nपहाडको फूल झर्‍यो"
    text = "\n".join(
        f"{prose}\n{verse.replace('फूल', word)}\nघाटमा उनी पर्खिरहिन्"
        for prose, word in [(NEPALI, "पात"), (NEPALI_BODY, "फूल"), (BODY, "ढुङ्गा")]
    )
    assert text_of(text, "aggressive") == text


def test_tags_below_related_headlines_are_tags():
    stripped = dedup.strip(text="\n".join((LEAD, BODY, MORE, "Related stories", "Old bridge opens again in May", "Tags: harbour, pier")))
    assert (stripped.tags, stripped.text) == ("harbour, pier", "\n".join((LEAD, BODY, MORE)))
