"""Promos inside an article go; sentences that begin, or go on, with the same words stay."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pages import ENGLISH, HINDI, TAMIL, THAI, URDU, URL, Story, page
from test_cli import Command

from dedup.boilerplate.html import strip_html
from dedup.config import Config

BENGALI = Story(
    lang="bn",
    site="নদীপথ বার্তা",
    title="পাহাড়ি জেলায় চালু হল প্রথম ভ্রাম্যমাণ গ্রন্থাগার",
    subtitle="চার হাজার বই নিয়ে বাসটি প্রতি সপ্তাহে কুড়িটি গ্রামে যাবে এবং শিশুদের বিনামূল্যে বই দেবে",
    author="মধুরা সেন",
    lead="জেলার প্রথম ভ্রাম্যমাণ গ্রন্থাগার সোমবার রওনা হল। এই বাসে চার হাজার বই রয়েছে এবং এটি প্রতি সপ্তাহে কুড়িটি গ্রামে থামবে।",
    heading="শিশুদের জন্য আলাদা কোণ",
    second="বাসের পিছনের দিকে শিশুদের জন্য আলাদা কোণ তৈরি করা হয়েছে। শিক্ষকেরা জানান, গ্রামে এত দিন বই পাওয়া খুব কঠিন ছিল।",
    items=("বই পনেরো দিন পর্যন্ত বাড়িতে রাখা যাবে।", "সদস্য হতে কোনও টাকা লাগবে না।"),
    quote="আমাদের ঠাকুমা প্রথম বার নিজের ভাষার বই হাতে নিলেন, আমাদের কাছে এটা বড় দিন।",
    last="প্রশাসন জানিয়েছে, আগামী বছর এমন আরও দুটি বাস চলবে। এর জন্য গ্রামগুলি থেকে পরামর্শ চাওয়া হয়েছে।",
    caption="সোমবার গ্রামে পৌঁছনো ভ্রাম্যমাণ গ্রন্থাগারে বই দেখছে শিশুরা",
    credit="ছবি: অনুপ দাস",
    promo="আরও পড়ুন: পাহাড়ে সময়ের আগেই ফুটল ফুল",
    tags=("গ্রন্থাগার", "গ্রাম"),
    menu=("হোম", "দেশ", "বিদেশ", "খেলা", "ব্যবসা"),
    related_label="সম্পর্কিত খবর",
    related=("বাজারে আপেলের দাম কমল", "হ্রদ পরিষ্কার করলেন তরুণেরা", "স্কুলে শুরু হবে গান শেখা"),
    rights="© 2026 নদীপথ বার্তা। সর্বস্বত্ব সংরক্ষিত।",
)
TELUGU = Story(
    lang="te",
    site="నదీబాట వార్తలు",
    title="కొండ జిల్లాలో తొలి సంచార గ్రంథాలయం ప్రారంభం",
    subtitle="నాలుగు వేల పుస్తకాలతో ఈ బస్సు ప్రతి వారం ఇరవై గ్రామాలకు వెళ్లి పిల్లలకు ఉచితంగా పుస్తకాలు ఇస్తుంది",
    author="లలిత రావు",
    lead="జిల్లాలో తొలి సంచార గ్రంథాలయం సోమవారం బయలుదేరింది. ఈ బస్సులో నాలుగు వేల పుస్తకాలు ఉన్నాయి, ఇది ప్రతి వారం ఇరవై గ్రామాల్లో ఆగుతుంది.",
    heading="పిల్లల కోసం ప్రత్యేక మూల",
    second="బస్సు వెనుక భాగంలో పిల్లల కోసం ప్రత్యేక మూల ఏర్పాటు చేశారు. గ్రామాల్లో ఇప్పటివరకు పుస్తకాలు దొరకడం చాలా కష్టంగా ఉండేదని ఉపాధ్యాయులు చెప్పారు.",
    items=("పుస్తకాన్ని పదిహేను రోజుల వరకు ఇంట్లో ఉంచుకోవచ్చు.", "సభ్యత్వానికి ఎలాంటి రుసుము లేదు."),
    quote="మా అమ్మమ్మ తొలిసారి తన భాషలోని పుస్తకాన్ని చేతిలోకి తీసుకుంది, ఇది మాకు పెద్ద రోజు.",
    last="వచ్చే ఏడాది ఇలాంటి మరో రెండు బస్సులు నడుపుతామని అధికారులు తెలిపారు. ఇందుకోసం గ్రామస్తుల నుంచి సూచనలు కోరారు.",
    caption="సోమవారం గ్రామానికి చేరిన సంచార గ్రంథాలయంలో పుస్తకాలు చూస్తున్న పిల్లలు",
    credit="ఫోటో: రవి",
    promo="ఇవి కూడా చదవండి: కొండల్లో ముందుగానే పూసిన పూలు",
    tags=("గ్రంథాలయం", "గ్రామం"),
    menu=("హోమ్", "జాతీయం", "అంతర్జాతీయం", "క్రీడలు", "వ్యాపారం"),
    related_label="సంబంధిత వార్తలు",
    related=("మార్కెట్లో తగ్గిన ఆపిల్ ధరలు", "చెరువును శుభ్రం చేసిన యువకులు", "పాఠశాలల్లో సంగీత పాఠాలు"),
    rights="© 2026 నదీబాట వార్తలు. సర్వ హక్కులు ప్రత్యేకించబడినవి.",
)
MARATHI = Story(
    lang="mr",
    site="नदीवाट वृत्त",
    title="डोंगरी जिल्ह्यात पहिले फिरते वाचनालय सुरू",
    subtitle="चार हजार पुस्तकांची ही बस दर आठवड्याला वीस गावांत जाणार असून मुलांना मोफत पुस्तके देणार आहे",
    author="सायली पाटील",
    lead="जिल्ह्यातील पहिले फिरते वाचनालय सोमवारी रवाना झाले. या बसमध्ये चार हजार पुस्तके असून ती दर आठवड्याला वीस गावांत थांबणार आहे.",
    heading="मुलांसाठी वेगळा कोपरा",
    second="बसच्या मागील भागात मुलांसाठी वेगळा कोपरा तयार करण्यात आला आहे. गावांमध्ये आतापर्यंत पुस्तके मिळणे खूप कठीण होते, असे शिक्षकांनी सांगितले.",
    items=("पुस्तक पंधरा दिवस घरी ठेवता येईल.", "सदस्य होण्यासाठी कोणतेही शुल्क नाही."),
    quote="आमच्या आजीने पहिल्यांदाच आपल्या बोलीतील पुस्तक हातात घेतले, आमच्यासाठी हा मोठा दिवस आहे.",
    last="पुढील वर्षी अशा आणखी दोन बस सुरू होतील, असे प्रशासनाने सांगितले. यासाठी गावांकडून सूचना मागवण्यात आल्या आहेत.",
    caption="सोमवारी गावात आलेल्या फिरत्या वाचनालयात पुस्तके पाहणारी मुले",
    credit="छायाचित्र: अमोल शिंदे",
    promo="हेही वाचा: डोंगरात वेळेआधीच फुलली फुले",
    tags=("वाचनालय", "गाव"),
    menu=("मुख्यपृष्ठ", "देश", "विदेश", "क्रीडा", "अर्थ"),
    related_label="संबंधित बातम्या",
    related=("बाजारात सफरचंदाचे दर घसरले", "तलावाच्या स्वच्छतेसाठी तरुण एकत्र", "शाळांमध्ये सुरू होणार संगीताचे धडे"),
    rights="© 2026 नदीवाट वृत्त. सर्व हक्क राखीव.",
)

PROMOS = [
    *((HINDI, promo) for promo in (
        "ये भी पढ़ें- पहाड़ों में समय से पहले खिले बुरांश के फूल", "इसे भी पढ़ें: मंडी में सेब के दाम गिरे", "यह भी देखें | झील की सफाई का वीडियो",
        "हमारे व्हाट्सऐप चैनल से जुड़ने के लिए यहां क्लिक करें", "ताजा खबरों के लिए हमें फेसबुक पर फॉलो करें", "Also Read: पहाड़ों में खिले फूल",
        "खबरों के लिए हमारा ऐप डाउनलोड करें",
    )),
    *((ENGLISH, promo) for promo in (
        "ALSO READ | Hill flowers bloom ahead of time", "Read more: Apple prices fall at the market", "Click here to join our WhatsApp channel",
        "Follow us on Facebook and Twitter for more news", "Download our app for the latest updates", "Sign up for our newsletter",
    )),
    *((TAMIL, promo) for promo in ("இதையும் படியுங்கள்: சந்தையில் தக்காளி விலை சரிவு", "மேலும் படிக்க: ஏரியைச் சுத்தம் செய்த இளைஞர்கள்")),
    *((URDU, promo) for promo in ("مزید پڑھیں: منڈی میں سیب کے دام گر گئے", "یہ بھی پڑھیے: جھیل کی صفائی میں جٹے نوجوان")),
    *((THAI, promo) for promo in ("อ่านข่าวเพิ่มเติม: ราคาผลไม้ในตลาดลดลง", "ข่าวที่เกี่ยวข้อง: เยาวชนร่วมทำความสะอาดทะเลสาบ")),
    *((BENGALI, promo) for promo in ("আরও পড়ুন: বাজারে আপেলের দাম কমল", "আরো পড়ুন- হ্রদ পরিষ্কার করলেন তরুণেরা", "সব খবর সবার আগে পেতে আমাদের ফেসবুক পেজে লাইক দিন")),
    *((TELUGU, promo) for promo in ("ఇది కూడా చదవండి: మార్కెట్లో తగ్గిన ఆపిల్ ధరలు", "ఇవి కూడా చదవండి: చెరువును శుభ్రం చేసిన యువకులు")),
    *((MARATHI, promo) for promo in ("हेही वाचा : बाजारात सफरचंदाचे दर घसरले", "आणखी वाचा: तलावाच्या स्वच्छतेसाठी तरुण एकत्र")),
]  # fmt: skip

REAL = [
    *((HINDI, sentence) for sentence in (
        "शेयर बाजार में सोमवार को तेजी रही और निवेशकों ने राहत की सांस ली, जानकारों के अनुसार अगले सप्ताह भी बढ़त रह सकती है।",
        "यह भी पढ़ने वालों की मांग थी कि बस शाम को भी चले, इसलिए समय बदला गया।",
        "फोटो खिंचवाने के लिए बस के पास सुबह से भीड़ लगी रही और कई बच्चों ने किताबों के साथ तस्वीरें लीं।",
        "टिप्पणी करने से मंत्री ने इनकार किया और कहा कि जांच पूरी होने तक कुछ भी कहना ठीक नहीं होगा।",
        "फेसबुक पर उन्होंने लिखा कि यह बस पूरे राज्य के लिए एक मिसाल है।",
        "विज्ञापन जगत से जुड़े लोगों ने भी इस पहल की सराहना की और मदद का भरोसा दिया।",
        "डाउनलोड की गई किताबें बच्चों को टैबलेट पर भी दिखाई जाती हैं, यह सुविधा अगले महीने शुरू होगी।",
        "संबंधित विभाग को इसकी जानकारी दे दी गई है और जल्द ही आदेश जारी होगा।",
        "भाषा के जानकारों का कहना है कि बोलियों की किताबें छापना जरूरी है।",
    )),
    *((ENGLISH, sentence) for sentence in (
        "Share prices rose on Monday after the bank said that lending to farmers would grow next year.",
        "Also read at the meeting was a letter from the oldest teacher of the district, who is ninety.",
        "Follow-up visits to all twenty villages are planned for the spring, the officials said on Monday.",
        "Advertisement of the scheme in villages will start next week, officials said.",
        "Comments by the minister on the cost of the bus drew laughter in the assembly on Monday.",
        "Click beetles had eaten into the shelves of the old library, which is why the books had to move.",
        "Photo exhibitions will travel with the bus during the summer, the district said.",
        "Read more slowly, she told the children, and you will remember more of what the book says.",
    )),
    *((TAMIL, sentence) for sentence in (
        "மேலும் படிக்க விரும்பும் மாணவர்களுக்கு உதவித்தொகை வழங்கப்படும் என்று அமைச்சர் திங்கள்கிழமை தெரிவித்தார்.",
        "படம் பார்க்க வந்த குழந்தைகளுக்கு இலவசமாக நூல்கள் வழங்கப்பட்டன என்று ஆசிரியர்கள் கூறினர்.",
    )),
    *((URDU, sentence) for sentence in (
        "شیئر بازار میں پیر کو تیزی رہی اور سرمایہ کاروں نے راحت کی سانس لی۔",
        "تصویر کھنچوانے کے لیے بس کے پاس صبح سے بھیڑ لگی رہی اور بچوں نے کتابیں دیکھیں۔",
    )),
    *((THAI, sentence) for sentence in ("ภาพวาดของเด็กๆ ถูกนำมาแสดงไว้ข้างรถตลอดทั้งวันเพื่อให้ผู้ปกครองได้ชม", "ติดตามผลการอ่านของเด็กทุกคนเป็นหน้าที่ของครูประจำหมู่บ้านตามที่ตกลงกันไว้")),
    *((BENGALI, sentence) for sentence in (
        "শেয়ার বাজারে সোমবার তেজি ভাব ছিল এবং বিনিয়োগকারীরা স্বস্তির নিশ্বাস ফেলেছেন।",
        "ছবি আঁকার আসরে কুড়িটি গ্রামের শিশুরা যোগ দিয়েছিল এবং সকলেই বই উপহার পেয়েছে।",
    )),
    *((TELUGU, sentence) for sentence in (
        "షేర్ మార్కెట్ సోమవారం లాభాల్లో ముగిసింది, పెట్టుబడిదారులు ఊపిరి పీల్చుకున్నారు.",
        "ఫోటో ప్రదర్శనను చూసేందుకు ఇరవై గ్రామాల ప్రజలు తరలివచ్చారని అధికారులు చెప్పారు.",
    )),
    *((MARATHI, sentence) for sentence in (
        "शेअर बाजारात सोमवारी तेजी राहिली आणि गुंतवणूकदारांनी सुटकेचा निःश्वास टाकला.",
        "छायाचित्र प्रदर्शन पाहण्यासाठी वीस गावांतील नागरिकांनी गर्दी केली होती, असे अधिकाऱ्यांनी सांगितले.",
    )),
]  # fmt: skip


def stripped(source: str, **settings: Any) -> dict[str, Any]:
    row: dict[str, Any] = strip_html([source], [URL], **settings).to_pylist()[0]
    return row


def named(case: tuple[Story, str]) -> str:
    return f"{case[0].lang}-{case[1][:12]}"


@pytest.mark.parametrize("case", PROMOS, ids=named)
@pytest.mark.parametrize(
    "form",
    [
        "<p>{}</p>",
        "<p><strong>{}</strong></p>",
        '<p><a href="/p">{}</a></p>',
        "<div>{}</div>",
        "<h3>{}</h3>",
        "<blockquote>{}</blockquote>",
    ],
)
def test_a_promo_goes_with_a_reason(case: tuple[Story, str], form: str) -> None:
    story, promo = case
    row = stripped(page(story, promo=form.format(promo)))
    assert promo not in row["text"] and story.lead in row["text"] and story.second in row["text"]
    assert any(promo in span["text"] and span["reason"] not in ("title", "caption", "other") for span in row["removed"])


@pytest.mark.parametrize("case", PROMOS[:4] + PROMOS[7:9], ids=named)
def test_a_promo_at_the_end_of_a_paragraph_goes(case: tuple[Story, str]) -> None:
    story, promo = case
    row = stripped(page(story).replace(story.last, f"{story.last} ({promo})"))
    assert promo not in row["text"] and story.last in row["text"]


@pytest.mark.parametrize("case", REAL, ids=named)
def test_a_sentence_that_uses_the_same_words_stays(case: tuple[Story, str]) -> None:
    story, sentence = case
    for where in (page(story, promo=f"<p>{sentence}</p>"), page(story).replace(story.last, f"{story.last} {sentence}")):
        for level in ("gentle", "normal"):
            assert sentence in stripped(where, strip=level)["text"], level


def test_a_long_sentence_behind_a_cue_is_no_promo() -> None:
    long = "यह भी पढ़ें कि " + "गांव के लोगों ने इस बस के बारे में क्या कहा और किस तरह उन्होंने अपने बच्चों को किताबों से जोड़ा, " * 6 + "यह कहानी पुरानी है।"
    assert long in stripped(page(HINDI, promo=f"<p>{long}</p>"))["text"]


LINKED = [
    '<a href="/p">{cue}: {headline}</a>',
    '{cue}: <a href="/p">{headline}</a>',
    '<strong>{cue}: <a href="/p">{headline}</a></strong>',
    '<strong>{cue}:</strong> <a href="/p">{headline}</a>',
    '<em>{cue} - {first} <a href="/p">{rest}</a> {more}</em>',
    '(<a href="/p">{cue}: {headline}</a>)',
    '👉 {cue} | <a href="/p">{headline}</a> »',
]
"""A promo in a paragraph, of which the markup shows the end."""
CUES = [
    (HINDI, "यह भी पढ़ें", "पहाड़ों में खिले फूल", "और मंडी में सेब सस्ते"),
    (ENGLISH, "Also read", "Hill flowers bloom early", "and apples are cheap"),
    (BENGALI, "আরও পড়ুন", "পাহাড়ে ফুটল লাল ফুল", "এবং হ্রদ পরিষ্কার"),
]


@pytest.mark.parametrize("case", CUES, ids=lambda case: case[0].lang)
@pytest.mark.parametrize("form", LINKED)
@pytest.mark.parametrize("is_page", [True, False], ids=["page", "fragment"])
def test_a_promo_inside_a_paragraph_ends_where_its_markup_does(case: tuple[Story, str, str, str], form: str, is_page: bool) -> None:
    story, cue, headline, more = case
    first, rest = headline.split(" ", 1)
    promo = form.format(cue=cue, headline=headline, first=first, rest=rest, more=more)
    paragraph = f"{story.second} {promo} {story.last}"
    source = page(story).replace(story.second, paragraph) if is_page else f"<p>{story.lead}</p><p>{paragraph}</p>"
    for markdown in (False, True):
        row = stripped(source, config=Config(markdown=markdown))
        assert f"{story.second} {story.last}" in row["text"].split("\n")
        assert headline not in row["text"] and more not in row["text"]
    (span,) = (span for span in row["removed"] if headline in span["text"])
    assert span["reason"] == "related" and span["text"] == " ".join(re.sub("<[^>]*>", "", promo).split())
    assert re.sub("<[^>]*>", "", source[span["start"] : span["end"]]) == span["text"]
    for span in row["kept"]:
        if span["text"] in (story.second, story.last):
            assert re.sub("<[^>]*>", "", source[span["start"] : span["end"]]) == span["text"]


@pytest.mark.parametrize(
    "paragraph",
    [
        'The letter, also read: <a href="/p">by the oldest teacher</a>, was long. The bus left on Monday.',
        'The children asked them to <a href="/p">read more about the bus</a> in spring. The bus left on Monday.',
        'Also read <a href="/p">the letter of the teacher</a>, the minister said. The bus left on Monday.',
        'शिक्षकों ने कहा कि बच्चे यह भी पढ़ें <a href="/p">और लिखें कि बस कैसी</a> थी। बस सोमवार को रवाना हुई।',
    ],
)
def test_a_link_in_a_sentence_that_holds_the_words_stays(paragraph: str) -> None:
    text = re.sub("<[^>]*>", "", paragraph)
    assert text in stripped(page(ENGLISH).replace(ENGLISH.second, paragraph))["text"]
    assert text in stripped(f"<p>{ENGLISH.lead}</p><p>{paragraph}</p>")["text"]


ADDED = {"hi": {"related": ["हमारी यह पेशकश भी देखें"], "promo": ["… हमारे साथ बने रहें"]}, "xx": {"ad": ["= Gesponsord bericht"]}}


def test_cues_of_the_user_are_taken_from_the_settings(tmp_path: Path, command: Command) -> None:
    lines = ("हमारी यह पेशकश भी देखें: मंडी का हाल", "ऐसी ही खबरों के लिए हमारे साथ बने रहें", "Gesponsord bericht")
    source = page(HINDI, promo="".join(f"<p>{line}</p>" for line in lines))
    before, after = stripped(source, config=Config(strip="gentle")), stripped(source, cues=ADDED)
    assert not any(line in after["text"] for line in lines) and HINDI.last in after["text"]
    reasons = {span["text"]: span["reason"] for span in after["removed"]}
    assert [reasons[line] for line in lines] == ["related", "promo", "ad"] and any(line in before["text"] for line in lines)
    (tmp_path / "dedup.toml").write_text(
        '[cues.hi]\nrelated = ["हमारी यह पेशकश भी देखें"]\npromo = ["… हमारे साथ बने रहें"]\n[cues.xx]\nad = ["= Gesponsord bericht"]\n', "utf-8"
    )
    (tmp_path / "page.html").write_text(source, "utf-8")
    done = command("strip", "page.html")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"] == after["text"]
