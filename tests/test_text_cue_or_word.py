"""Cues without a separator, and sentences that begin as cues do."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, row_of


@pytest.mark.parametrize(
    ("cue", "headline"),
    [
        ("ये भी पढ़ें", "झील के किनारे नए पार्क का काम शुरू, जानें समय"),
        ("Also Read", "Lake park: Work begins on the northern shore"),
        ("हेही वाचा", "तलावाकाठी नव्या उद्यानाचे काम सुरू, जाणून घ्या वेळ"),
        ("আরও পড়ুন", "হ্রদের ধারে নতুন উদ্যানের কাজ শুরু, জেনে নিন সময়"),
        ("یہ بھی پڑھیں", "جھیل کے کنارے نئے پارک کا کام شروع، جانیں وقت"),
    ],
)
@pytest.mark.parametrize("gap", [" ", ""])
def test_a_headline_that_nothing_parts_from_its_cue_goes_with_it(cue: str, headline: str, gap: str):
    assert row_of(HINDI, f"{cue}{gap}{headline}", HINDI_BODY)["text"] == f"{HINDI}\n{HINDI_BODY}"
    assert row_of(f"{HINDI} {cue}{gap}{headline}", HINDI_BODY)["text"] == f"{HINDI}\n{HINDI_BODY}"


@pytest.mark.parametrize(
    "sentence",
    [
        "संबंधित लेखपाल ने बताया कि जमीन की पैमाइश कर दी गई है।",
        "संबंधित लेखाकार से जवाब मांगा गया है।",
        "संबंधित खबर पर संज्ञान लेते हुए डीएम ने जांच बैठाई।",
        "आणखी वाचायचे असेल तर ग्रंथालयात जावे लागेल.",
        "மேலும் படிக்கவேண்டும் என்று அவர் கூறினார்.",
        "ಇದನ್ನೂ ಓದಿದ್ದೇನೆ ಎಂದು ಅವರು ಹೇಳಿದರು.",
        "ഇതും വായിക്കുകയാണ് എന്ന് അവർ പറഞ്ഞു.",
        "Also readers wrote in to complain about the noise.",
        "Related storytelling is taught in the village school.",
        "डिस्क्लेमर दिखाने के बाद ही फिल्म शुरू होगी।",
        "Updated figures for 2023 show a fall in crime.",
        "Updated guidance was issued in March 2020.",
        "Published in 1925, the novel became one of the best-known works.",
        "अपडेट होने के बाद 2024 में ऐप फिर शुरू हुआ।",
        "Publié en 1942, le roman a fait scandale.",
        "Actualizado en 2019, el plan sigue vigente.",
        '"Sign up now," the poster read.',
    ],
)
def test_a_sentence_that_begins_as_a_cue_does_stays_whole(sentence: str):
    assert row_of(LEAD, sentence, BODY)["text"] == f"{LEAD}\n{sentence}\n{BODY}"
    assert row_of(sentence, LEAD, BODY)["text"] == f"{sentence}\n{LEAD}\n{BODY}"


def test_a_call_behind_short_sentences_goes_without_them():
    told = "किसी के घायल होने की सूचना नहीं है। पुलिस मामले की जांच कर रही है।"
    for stop in ("", "।"):
        row = row_of(HINDI, HINDI_BODY, f"{told} ताजा खबरों के लिए हमारे व्हाट्सएप चैनल से जुड़ें{stop}")
        assert row["text"] == f"{HINDI}\n{HINDI_BODY}\n{told}"
