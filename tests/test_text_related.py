"""Every cue of reading on takes its headline with it, wherever an extractor leaves it: on a line of its own or behind a sentence."""

import tomllib
from pathlib import Path

import pytest

import dedup
from dedup.boilerplate.text import strip_text

FILES = sorted((Path(dedup.__file__).parent / "boilerplate/cues").glob("*.toml"))

# A sentence, a headline, and a sentence that follows, in languages whose lists of closing words and stops differ.
ARTICLES = {
    "en": (
        "The state government announced a new policy on Tuesday and said that it would help farmers.",
        "Gold gets cheaper, check the new price",
        "Food and medicine are ready in the camps and the people are safe.",
    ),
    "hi": (
        "राज्य सरकार ने मंगलवार को नई नीति का ऐलान किया और कहा कि इससे किसानों को लाभ होगा।",
        "सोना हुआ सस्ता, जानें नया दाम",
        "राहत शिविरों में भोजन और दवा का प्रबंध है और लोग सुरक्षित हैं।",
    ),
    "mr": (
        "राज्य सरकारने मंगळवारी नवे धोरण जाहीर केले आणि त्यामुळे शेतकऱ्यांना फायदा होईल असे सांगितले.",
        "सोने स्वस्त झाले, नवा दर जाणून घ्या",
        "छावण्यांमध्ये अन्न आणि औषधांची सोय आहे आणि लोक सुरक्षित आहेत.",
    ),
    "ne": (
        "प्रदेश सरकारले मङ्गलबार नयाँ नीति घोषणा गर्यो र यसले किसानलाई फाइदा पुग्ने बतायो ।",
        "सुन सस्तियो, नयाँ मूल्य कति",
        "शिविरहरूमा खाना र औषधिको व्यवस्था छ र मानिसहरू सुरक्षित छन् ।",
    ),
    "bn": (
        "রাজ্য সরকার মঙ্গলবার নতুন নীতি ঘোষণা করেছে এবং বলেছে যে এতে কৃষকদের লাভ হবে।",
        "সোনার দাম কমল, জেনে নিন নতুন দর",
        "ত্রাণ শিবিরে খাবার ও ওষুধের ব্যবস্থা রয়েছে এবং মানুষ নিরাপদে আছেন।",
    ),
    "ta": (
        "மாநில அரசு செவ்வாய்க்கிழமை புதிய கொள்கையை அறிவித்தது, இது விவசாயிகளுக்கு உதவும் என்று கூறியது.",
        "தங்கம் விலை குறைந்தது, புதிய விலை என்ன",
        "முகாம்களில் உணவும் மருந்தும் தயாராக உள்ளன, மக்கள் பாதுகாப்பாக உள்ளனர்.",
    ),
    "te": (
        "రాష్ట్ర ప్రభుత్వం మంగళవారం కొత్త విధానాన్ని ప్రకటించింది, ఇది రైతులకు సహాయపడుతుందని చెప్పింది.",
        "బంగారం ధర తగ్గింది, కొత్త ధర ఇదే",
        "శిబిరాల్లో ఆహారం, మందులు సిద్ధంగా ఉన్నాయి, ప్రజలు సురక్షితంగా ఉన్నారు.",
    ),
    "ur": (
        "ریاستی حکومت نے منگل کو نئی پالیسی کا اعلان کیا اور کہا کہ اس سے کسانوں کو فائدہ ہوگا۔",
        "سونا سستا ہو گیا، نئی قیمت جانیں",
        "کیمپوں میں خوراک اور ادویات کا انتظام ہے اور لوگ محفوظ ہیں۔",
    ),
}
# Phrases that head a list of topics as well as one of headlines: behind a sentence nothing tells which.
TOPICS = {"Related topics", "Temas relacionados", "Meer over"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cue_takes_the_headline_behind_it(file: Path):
    first, headline, last = ARTICLES.get(file.stem, ARTICLES["en"])
    phrases = [phrase.rstrip(":") for phrase in tomllib.loads(file.read_text("utf-8")).get("related", [])]
    # What ends a sentence within the cue ("См. также") parts it, and so does a mark in brackets.
    phrases = [
        phrase for phrase in phrases if not any(sign in phrase for sign in ("…", "= ", ". ", "?", "!", "【")) and phrase not in TOPICS
    ]
    texts, expected = [], []
    for phrase in phrases:
        for mark in (": ", " - ", " | "):
            promo = f"{phrase}{mark}{headline}"
            texts += [f"{first}\n{promo}\n{last}", f"{first} {promo}", f"{first} {promo}\n{last}"]
            expected += [f"{first}\n{last}", first, f"{first}\n{last}"]
    found = strip_text(texts)["text"].to_pylist()
    assert [text for text, clean, wanted in zip(texts, found, expected, strict=True) if clean != wanted] == []
