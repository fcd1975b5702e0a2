"""Leftovers out of extracted text: what goes, what stays, and the laws."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dedup.boilerplate import cues
from dedup.boilerplate.text import strip_text
from dedup.cli import app
from dedup.config import Config, ConfigError
from dedup.document import ARTICLE

LEAD = "जिला प्रशासन ने मंगलवार को नदी किनारे के तीन गांवों को खाली कराने का आदेश दिया, ताकि बाढ़ से पहले लोग सुरक्षित स्थान पर पहुंच सकें।"
BODY = "अधिकारियों ने बताया कि राहत शिविरों में भोजन और दवा का प्रबंध कर लिया गया है। अगले दो दिन भारी बारिश की चेतावनी है।"
MORE = "शिविरों में अब तक चार सौ परिवार पहुंचे हैं और स्कूल अगले सोमवार तक बंद रहेंगे।"
SECOND = "नदी का जलस्तर शाम तक खतरे के निशान से एक मीटर ऊपर था।"
TITLE = "बाढ़ के खतरे के बीच तीन गांव खाली कराए गए, शिविरों में पहुंचे लोग"


def stripped(text, level="normal", title=None):
    batch = strip_text([text], None if title is None else [title], Config(strip=level))
    assert batch.schema == ARTICLE
    (row,) = batch.to_pylist()
    for span in row["removed"]:
        assert text[span["start"] : span["end"]] == span["text"]
    return row


def reasons(row):
    return [span["reason"] for span in row["removed"]]


def test_a_text_without_leftovers_comes_back_as_it_is():
    text = f"  {LEAD}\n\n{BODY}\r\n{LEAD.replace('तीन', 'चार')}\n\n"
    for level in ("gentle", "normal", "aggressive"):
        row = stripped(text, level)
        assert row["text"] == text and row["removed"] == []


def test_the_headline_moves_to_the_title():
    row = stripped(f"{TITLE}\n\n{LEAD}\n\n{TITLE}\n{BODY}")
    assert row["title"] == TITLE and row["text"] == f"{LEAD}\n\n{BODY}" and reasons(row) == ["title", "title"]


def test_a_given_headline_is_cut_where_it_is_repeated():
    row = stripped(f"{TITLE}\n{LEAD}\n{BODY}", title=TITLE)
    assert row["title"] == TITLE and row["text"] == f"{LEAD}\n{BODY}"
    other = "नदी का जलस्तर बढ़ा, प्रशासन सतर्क"
    row = stripped(f"{TITLE}\n{LEAD}\n{BODY}", title=other)
    assert row["title"] == other and row["text"].startswith(TITLE)


@pytest.mark.parametrize(
    ("leftover", "reason"),
    [
        ("शेयर करें", "share"),
        ("यह भी पढ़ें: सोने के दाम में गिरावट, जानें आज का भाव", "related"),
        ("ये भी पढें- सोने के दाम में गिरावट, जानें आज का भाव", "related"),
        ("हमारे व्हाट्सएप चैनल से जुड़ने के लिए यहां क्लिक करें।", "promo"),
        ("[विज्ञापन_2]", "ad"),
        ("नाव से निकलते ग्रामीण। फोटो: संवाददाता", "caption"),
        ("टैग्स: बाढ़, राहत शिविर, प्रशासन", "tags"),
        ("© 2024 उदाहरण समाचार। सर्वाधिकार सुरक्षित।", "copyright"),
        ("आरও পড়ুন".replace("आर", "আর"), "related"),
        ("இதையும் படிக்க: தங்கம் விலை குறைந்தது", "related"),
        ("ఇది కూడా చదవండి: బంగారం ధర తగ్గింది", "related"),
        ("આ પણ વાંચો: સોનાના ભાવ ઘટ્યા", "related"),
        ("ಇದನ್ನೂ ಓದಿ: ಚಿನ್ನದ ಬೆಲೆ ಇಳಿಕೆ", "related"),
        ("ਇਹ ਵੀ ਪੜ੍ਹੋ: ਸੋਨੇ ਦੀ ਕੀਮਤ ਘਟੀ", "related"),
        ("یہ بھی پڑھیں: سونے کی قیمت میں کمی", "related"),
        ("Follow us on Twitter for the latest updates", "promo"),
        ("Lesen Sie auch: Der Goldpreis fällt", "related"),
    ],
)
def test_leftover_lines_go(leftover, reason):
    row = stripped(f"{LEAD}\n\n{leftover}\n\n{BODY}")
    assert row["text"] == f"{LEAD}\n\n{BODY}" and reasons(row) == [reason]


@pytest.mark.parametrize(
    "sentence",
    [
        "शेयर बाजार में मंगलवार को लगातार तीसरे दिन गिरावट रही और सूचकांक चार सौ अंक टूट गया।",
        "फोटो खींचने पर लगी रोक हटाने की मांग को लेकर दुकानदारों ने प्रदर्शन किया।",
        "विज्ञापन की दुनिया में तीस साल काम करने के बाद उन्होंने किताब लिखी है।",
        "टिप्पणी करने से इनकार करते हुए मंत्री ने कहा कि जांच पूरी होने दी जाए।",
        "By Thursday the water had reached the second step of the school.",
        "Comments from the minister were not available, the office said on Monday.",
    ],
)
def test_a_cue_word_alone_decides_nothing(sentence):
    text = f"{LEAD}\n{sentence}\n{BODY}"
    assert stripped(text, "aggressive")["text"] == text


def test_a_promo_inside_a_paragraph_goes_alone():
    row = stripped(f"{LEAD} (यह भी पढ़ें: सोने के दाम में गिरावट) {BODY}\n{MORE} पूरी खबर पढ़ने के लिए यहां क्लिक करें।\n{SECOND}")
    assert row["text"] == f"{LEAD} {BODY}\n{MORE}\n{SECOND}"
    assert reasons(row) == ["related", "promo"]


def test_headlines_go_with_their_header_and_a_subheading_stays():
    run = "भारतPM Visit: प्रधानमंत्री पहुंचे जापान, जानें क्या रहा खास\nविश्वक्या बदल जाएगा यूरोप?"
    row = stripped(f"{LEAD}\n\nसंबंधित खबरें\n\n{run}\n\nशिविरों की हालत\n\n{BODY}\n\nदेश अधिक खबरें\n{run}")
    assert row["text"] == f"{LEAD}\n\nशिविरों की हालत\n\n{BODY}"


def test_a_row_of_buttons_goes_and_a_list_of_names_stays():
    row = stripped(f"{LEAD}\nफेसबुक पर शेयर करें ट्वीट करें व्हाट्सएप कॉपी लिंक\n{BODY}")
    assert row["text"] == f"{LEAD}\n{BODY}" and reasons(row) == ["share"]
    text = f"{LEAD}\nFacebook Messenger\n{BODY}"
    assert stripped(text)["text"] == text


def test_the_signature_of_a_post_goes_and_its_words_stay():
    post = "We are all safe, the ferry is back pic.twitter.com/AbC123 — Meena K (@meena_k) June 16, 2023"
    row = stripped(f"{LEAD}\n{post}\n{BODY}")
    assert row["text"] == f"{LEAD}\nWe are all safe, the ferry is back\n{BODY}" and reasons(row) == ["source", "credit"]


def test_a_headline_behind_its_section_goes():
    row = stripped(f"{LEAD}\nदेश / सोने के दाम में बड़ी गिरावट, जानें आज का ताजा भाव\n{BODY}")
    assert row["text"] == f"{LEAD}\n{BODY}" and reasons(row) == ["related"]


def test_a_headline_glued_to_the_next_sentence_goes_alone():
    before = "وزیر نے کہا کہ بند کی مرمت جلد مکمل ہوگی اور گاؤں والے واپس آ سکیں گے۔"
    after = "انہوں نے کہا کہ کیمپوں میں کھانے اور دوا کا انتظام ہے اور اسکول پیر تک بند رہیں گے۔"
    row = stripped(f"{before} مزید پڑھیںسونے کی قیمت میں بڑی کمی ہوگئی {after}")
    assert row["text"] == f"{before} {after}" and reasons(row) == ["related"]
    text = f"{before} مزید پڑھیںسونے کی قیمت میں بڑی کمی ہوگئی لوگ بازاروں میں پہنچ گئے۔ {after}"
    assert stripped(text)["text"] == f"{before} لوگ بازاروں میں پہنچ گئے۔ {after}"


def test_a_dateline_after_the_headline_in_one_line_goes():
    row = stripped("River Falls and Villages Wait.  PORT LASSEN (Reuters) - The river fell by a metre on Tuesday, the council said.")
    assert row["text"] == "River Falls and Villages Wait.  The river fell by a metre on Tuesday, the council said."


def test_the_dates_of_a_timeline_stay():
    text = f"{LEAD}\n5 मार्च 2021\n{BODY}\n6 अप्रैल 2022\n{MORE}\n7 मई 2023\n{SECOND}"
    assert stripped(text)["text"] == text


def test_by_lines_and_dates_become_metadata():
    row = stripped(f"{TITLE}\nBy मीना कुमारी | Updated: March 5, 2024 07:40 IST\nनई दिल्ली (पीटीआई): {LEAD}\n{BODY} (पीटीआई)")
    assert row["author"] == "मीना कुमारी"
    assert row["published"] == row["modified"] == "2024-03-05T07:40:00+05:30"
    assert row["text"] == f"{LEAD}\n{BODY}"
    assert reasons(row) == ["title", "byline", "dateline", "credit"]


def test_a_lead_repeated_by_the_first_paragraph_goes():
    lead = LEAD.replace("मंगलवार को ", "")
    row = stripped(f"{TITLE}\n{lead}\n{LEAD} {BODY}\n{BODY}")
    assert row["text"] == f"{LEAD} {BODY}\n{BODY}" and reasons(row) == ["title", "repeat"]


def test_cues_of_the_user_count():
    config = Config(cues={"xx": {"promo": ("पढ़ते रहिए उदाहरण",)}})
    text = f"{LEAD}\nपढ़ते रहिए उदाहरण\n{BODY}"
    assert strip_text([text], config=config)["text"].to_pylist() == [f"{LEAD}\n{BODY}"]
    assert stripped(text)["text"] == text
    with pytest.raises(ConfigError, match="nonsense"):
        strip_text([text], config=Config(cues={"xx": {"nonsense": ("क",)}}))


@pytest.mark.parametrize(
    "text", ["पढने का समय(प्रतीकात्मक तस्वीर)0Syarat dan ketentuan", "।—@", "It rained. — Meena x@y—z.in", "jobs@example.com—"]
)
def test_what_was_removed_stands_where_it_says(text: str):
    for level in ("gentle", "normal", "aggressive"):
        removed = stripped(text, level)["removed"]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in removed)
        assert all(one["end"] <= next["start"] for one, next in itertools.pairwise(removed))


def test_cities_of_the_user_stand_in_datelines():
    report = "गांवों में बाढ़ का पानी घुस गया है और लोग ऊंचे स्थानों पर जा रहे हैं, प्रशासन ने राहत शिविर लगाए हैं।"
    text = f"उदाहरणपुर: {report}\n{BODY}"
    assert stripped(text)["text"] == text
    # the joiner is the font's
    row = strip_text([text, text.replace("हर", "ह\u200dर")], config=Config(cues={"bho": {"city": ("उदाहरणपुर",)}}))
    assert row["text"].to_pylist() == [f"{report}\n{BODY}"] * 2
    assert row["dateline"].to_pylist()[0] == "उदाहरणपुर"
    with pytest.raises(ConfigError, match="no letter"):
        strip_text([text], config=Config(cues={"bho": {"city": ("",)}}))


def test_off_leaves_everything():
    assert stripped(f"{TITLE}\n{LEAD}\nशेयर करें", "off") == {name: "" for name in ARTICLE.names} | {"kept": None} | {
        "text": f"{TITLE}\n{LEAD}\nशेयर करें", "removed": [],
    }  # fmt: skip


LINES = [TITLE, LEAD, BODY, "", " ", "By मीना कुमारी", "5 मार्च 2024", "शिविरों की हालत", "Highlights", "क", "(पीटीआई)"]
LINES += [
    f"नई दिल्ली (पीटीआई): {BODY}",
    f"{LEAD} (और पढ़ें: {TITLE}) {BODY}",
    f"{LEAD} (विशेष संवाददाता द्वारा)",
    "(PTI",
    "देखें] (",
    f"{TITLE}: {LEAD}",
]
LINES += [phrase.strip("…= ") + end for _, _, phrase in cues.shipped()[::37] for end in ("", ":", ": " + TITLE, " " + BODY)]
GAPS = st.sampled_from([" ", "\n", "\n\n"])
TEXTS = GAPS.flatmap(lambda gap: st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=14).map(gap.join))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["gentle", "normal", "aggressive"]))
def test_stripping_twice_is_stripping_once(text, level):
    once = stripped(text, level)
    assert stripped(once["text"], level)["text"] == once["text"]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["gentle", "normal", "aggressive"]))
def test_kept_and_removed_are_the_input(text, level):
    row = stripped(text, level)
    kept, at = [], 0
    for span in row["removed"]:
        assert span["start"] >= at
        kept.append(text[at : span["start"]])
        at = span["end"]
    kept.append(text[at:])
    assert "".join("".join(kept).split()) == "".join(row["text"].split())


def test_threads_change_nothing():
    texts = [f"{TITLE}\n{LEAD}\nशेयर करें\n{BODY * count}" for count in range(50)]
    one, many = (strip_text(texts, config=Config(threads=threads)) for threads in (1, 4))
    assert one.equals(many)


SEEDS = next((folder / "shared/seeds" for folder in Path(__file__).resolve().parents if (folder / "shared/seeds").is_dir()), None)
"""Digest of the stripped text, and what was cut, of five real pages that are not part of the project."""
EXPECTED = {
    "000": ("b9632c87978feae1", "title repeat title related related"),
    "001": ("78f38cac9635e353", "title dateline credit"),
    "002": ("cb871d0993fcc694", "caption caption credit ad source comments"),
    "003": ("69604d44f2c53f8f", "header title byline app highlights tags app" + " related" * 12),
    "004": ("762764789ca540d5", "related"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_seeds(name):
    files = list(SEEDS.glob(f"{name}_*.txt")) if SEEDS else []
    if not files:
        pytest.skip("no ../shared/seeds")
    row = stripped(files[0].read_text("utf-8"))
    digest, cut = EXPECTED[name]
    assert " ".join(reasons(row)) == cut
    assert hashlib.sha256(row["text"].encode()).hexdigest()[:16] == digest


def test_a_bracket_that_ends_in_a_credit_word_of_many_bytes_is_read_whole():
    text = f"रामपुर (विशेष संवाददाता) {BODY}\n{MORE}"
    assert BODY in stripped(text)["text"]


def test_a_table_of_dates_at_the_top_stays():
    table = [f"{day} मार्च 2024, {day % 12 + 1:02}:30" for day in range(1, 31)]
    text = "\n".join([*table, LEAD, BODY, MORE])
    for level in ("gentle", "normal", "aggressive"):
        assert stripped(text, level)["text"] == text
    timeline = "\n".join(line for at, date in enumerate(table) for line in (date, f"{LEAD} {at}"))
    assert stripped(timeline)["text"] == timeline
    bottom = "\n".join([LEAD, BODY, MORE, *table])
    assert stripped(bottom)["text"] == bottom


def test_a_list_in_brackets_stays():
    text = "\n".join([LEAD, BODY, *(f"(रामपुर {name})" for name in ("पूर्वी", "पश्चिमी", "उत्तरी", "दक्षिणी", "नगर"))])
    assert stripped(text)["text"] == text


def test_cues_of_a_settings_file_count_on_the_command_line(tmp_path):
    settings = tmp_path / "dedup.toml"
    settings.write_text('[cues.bho]\npromo = ["रउआ खबर पढ़त रहीं …"]\nrelated = ["इहो पढ़ीं"]\n', "utf8")
    text = f"{LEAD}\nइहो पढ़ीं: सोना के दाम घटल, जानीं आज के भाव\n{BODY}\nरउआ खबर पढ़त रहीं हमनी के साथ\n{MORE}"
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": text}, ensure_ascii=False) + "\n", "utf8")

    def printed(*options):
        done = CliRunner().invoke(app, ["strip", str(rows), *options])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    row = printed("--config", str(settings))
    assert row["text"] == f"{LEAD}\n{BODY}\n{MORE}"
    assert [span["reason"] for span in row["removed"]] == ["related", "promo"]
    assert printed()["text"] == text


def test_a_paragraph_on_the_article_s_own_subject_is_no_call():
    about = "फेसबुक ने कहा कि उसके ऐप पर खबर पढ़ने और शेयर करने वाले उपयोगकर्ता पिछले साल से ज्यादा हैं।"
    more = "फेसबुक के उपयोगकर्ता ऐप पर रोज खबर पढ़ते हैं और पिछले साल की तुलना में ज्यादा देर रहते हैं, कंपनी ने कहा।"
    text = f"{LEAD}\n{more}\n{about}"
    assert stripped(text)["text"] == text


@pytest.mark.parametrize(
    "dateline", ["जागरण संवाददाता, रामपुर: ", "रामपुर/टांडा, जागरण संवाददाता । ", "रामपुर (पीटीआई): ", "PTI - ", "रामपुर [जेएनएन]। "]
)
def test_datelines_leave_the_first_paragraph(dateline):
    row = stripped(f"{dateline}{LEAD} {BODY}\n{MORE}")
    assert row["text"] == f"{LEAD} {BODY}\n{MORE}" and reasons(row) == ["dateline"]
    kept = f"भाषा, संस्कृति और शिक्षा: {LEAD}\n{MORE}"
    assert stripped(kept)["text"] == kept


def test_a_visarga_typed_for_a_colon_and_a_hyphen_set_a_phrase_apart():
    for leftover in ("यह भी पढ़ेंःसोने के दाम में गिरावट, जानें आज का भाव", "यह भी पढ़ें-video में देखिए किस तरह निकले लोग"):
        row = stripped(f"{LEAD}\n{leftover}\n{BODY}")
        assert row["text"] == f"{LEAD}\n{BODY}" and reasons(row) == ["related"]


def test_a_note_below_the_tags_goes_and_the_article_going_on_there_stays():
    long = f"{LEAD} {BODY} {MORE} {SECOND}"
    on = "अधिकारियों ने राहत शिविरों में भोजन, दवा और परिवारों के लिए स्कूल का प्रबंध अगले सोमवार तक बढ़ाया।"
    text = f"{long}\nटिप्पणियां\n{on}"
    assert on in stripped(text)["text"]


@pytest.mark.parametrize("stack", ["रामपुर (पीटीआई): {}", "{} (पीटीआई)"])
def test_a_stack_of_leftovers_goes_down_to_the_last(stack):
    article = f"{LEAD} {BODY}\n{MORE} {SECOND}"
    before, after = stack.split("{}")
    row = stripped(f"{before * 10_000}{article}{after * 10_000}")
    assert row["text"] == article
    lines = "".join(f"(रामपुर {name}, पीटीआई)\n{BODY} {name}\n" for name in range(100))
    once = stripped(f"{lines}{article}")["text"]
    assert stripped(once)["text"] == once


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        (f"नई दिल्ली, 5 नवंबर (भाषा) {LEAD}\n{BODY}", "नई दिल्ली, 5 नवंबर (भाषा)"),
        (f"विशेष संवाददाता नई दिल्ली: {LEAD}\n{BODY}", "विशेष संवाददाता नई दिल्ली"),
        (f"लखनऊ, एजेंसी । {LEAD}\n{BODY}", "लखनऊ, एजेंसी"),
        (f"१३ कात्तिक, काठमाडौं । {LEAD}\n{BODY}", "१३ कात्तिक, काठमाडौं"),
    ],
)
def test_a_dateline_becomes_metadata(text, dateline):
    row = stripped(text)
    assert row["text"] == f"{LEAD}\n{BODY}" and row["dateline"] == dateline


def test_the_own_headline_behind_its_section_becomes_the_title():
    row = stripped(f"हजारीबाग / बाढ़ के खतरे के बीच तीन गांव खाली कराए गए\n{LEAD}\n{BODY}")
    assert row["title"] == "बाढ़ के खतरे के बीच तीन गांव खाली कराए गए" and row["text"] == f"{LEAD}\n{BODY}"


def test_a_caption_that_is_all_of_a_text_stays():
    caption = "Photo: The new bridge. It was opened on Tuesday by the mayor of the town."
    assert stripped(caption)["text"] == caption


@pytest.mark.parametrize(
    "line",
    [
        "दोपहर 1:15 से 2:45 तक भोजन की छुट्टी",
        "9 जुलाई को 2,316.05 मिलीमीटर हुई थी वर्षा",
        "5.2 इंच का फुल एचडी डिस्प्ले, 1920 गुणा 1080 पिक्सल",
        "(राशि रुपये में अनुमानित)",
        "comments : why did the village stay behind when the water rose ?",
        "टिप्पणियां : गांव के लोग पीछे क्यों रह गए जब पानी चढ़ा ?",
    ],
)
def test_times_measures_notes_and_remarks_between_paragraphs_stay(line):
    text = f"{LEAD}\n{line}\n{BODY}\n{SECOND}"
    assert stripped(text)["text"] == text


def test_a_word_in_brackets_explains_the_word_before_it():
    text = f"{LEAD} इसकी सूचना राष्ट्रीय सेवा संघ (RSS) ने दी, लागत (about $10 million) भी बताई। {BODY}"
    assert stripped(text)["text"] == text


def test_a_sentence_glued_to_a_related_headline_stays():
    text = (
        f"{LEAD} यह भी पढ़ें- जिले के स्कूलों को बंद करने का निर्देश नगर आयुक्त ने कहा कि शिविरों में भोजन की व्यवस्था कर ली गई है और सभी लोग सुरक्षित हैं। {BODY}"
    )
    assert stripped(text)["text"] == text.replace("यह भी पढ़ें- ", "")


def test_a_call_that_runs_into_the_next_sentence_goes():
    row = stripped(f"{LEAD}गांव का नक्शा बड़ा करने के लिए क्लिक करें{BODY}")
    assert row["text"] == LEAD + BODY and reasons(row) == ["promo"]
    assert "क्लिक करेंगे" in stripped(f"{LEAD} लोग लिंक पर क्लिक करेंगे तो राशि मिलेगी। {BODY}")["text"]


def test_a_list_of_platforms_at_the_end_stays():
    text = f"{LEAD}\n{BODY}\nस्नापच्याट\nविच्याट\nफेसबुक"
    assert stripped(text)["text"] == text


def test_an_address_in_a_list_of_the_article_stays():
    text = f"{LEAD}\n{BODY} {LEAD}\nखाते का नाम: राहत कोष\nयूपीआई आईडी: rahat@bank"
    assert stripped(text)["text"] == text


ENGLISH = "The river rose by two metres overnight and the town moved people from the lower streets into two schools. Nobody was hurt."


@pytest.mark.parametrize(
    "start",
    [
        "५ मृत, १२ घाइते । ",
        "5 मरे, 12 घायल । ",
        "3 गोल, 2 कार्ड । ",
        "5 मरे, 12 घायल (पीटीआई)। ",
        "समाचार एजेंसी ने लिखा: ",
        "राज्य ब्यूरो ने कहा: ",
        "राज्य ब्यूरो प्रमुख: ",
        "बाढ़ में, 12 मार्च को (एएफपी) ",
        "৫ নিহত, ১২ আহত । ",
        "5 ઘાયલ, 12 ગુમ । ",
    ],
)
def test_counts_and_speakers_at_the_start_of_a_lead_stay(start):
    text = f"{start}{LEAD}\n{BODY}"
    assert stripped(text)["text"] == text


@pytest.mark.parametrize(
    "start",
    [
        "Press Trust of India chief said: ",
        "Associated Press reporter asks: ",
        "In a picture of Monday, 12 March (AFP) soldiers carry bags of sand to the river. ",
        "He lost by 30, he told (Reuters) on Monday. ",
        "Am Montag, 12. März (dpa) trugen Soldaten Sand an den Fluss. ",
    ],
)
def test_sentences_that_name_an_agency_keep_their_beginning(start):
    text = f"{start}{ENGLISH}\nFood for three days had been brought to the shelters, the mayor told the families."
    assert stripped(text)["text"] == text


def test_the_items_of_a_live_blog_between_their_times_stay():
    item = "रामपुर नवनिर्माण सेना (रनसे) इस वर्ष उत्सव की रैली नहीं करेगी"
    text = f"{TITLE}\n{LEAD}\nSat, Mar 14, 2020, 5:44 PM IST\n{item}\nSat, Mar 14, 2020, 5:41 PM IST\n{BODY}\n{MORE}"
    assert item in stripped(text)["text"]


def test_the_last_day_below_a_call_and_facts_before_one_stay():
    facts = "সুবিধা: নিয়ম অনুযায়ী আবেদন যেভাবে: ফরম পেতে এখানে ক্লিক করুন।"
    day = "আবেদনের শেষ সময়: ২৫ আগস্ট ২০২৪"
    text = f"{LEAD}\n{BODY}\n{MORE}\n{facts}\n{day}"
    assert stripped(text)["text"] == text


def test_the_beginning_of_a_broken_sentence_is_no_headline():
    for first, second in [
        ("The council of the river towns asked three villages to", ENGLISH.replace("The river", "leave at once, as the river")),
        ("गांव की नदी के किनारे बसे लोगों के लिए प्रशासन, पुलिस और", f"सेना ने राहत का प्रबंध किया है और {LEAD}"),
    ]:
        text = f"{first}\n{second}\n{BODY}"
        row = stripped(text)
        assert not row["title"] and row["text"] == text


def test_a_long_question_begins_the_article():
    for question in (
        "क्या आप जानते हैं कि बरसात से पहले नदी के किनारे के तीन गांवों के लोग हर साल कितनी बार अपना घर छोड़कर जाते हैं ?",
        "She put down her cup and asked her brother quietly: have you told them in the village what the river did to us ?",
    ):
        text = f"{question}\n{LEAD}\n{BODY}"
        row = stripped(text)
        assert (row["title"], row["text"]) == ("", text)


def test_the_first_line_of_torn_lines_is_no_headline():
    first = "ताज़ा विवाद नदी किनारे के गांवों को खाली कराने वाले ज़िला प्रशासन और पंचायत की मुखिया"
    torn = f"सीता देवी के बीच राहत के पैसों को लेकर है। {SECOND} शिविरों में रह रहे लोगों का कहना है कि उनकी सूची में"
    text = f"{first} \n\n\n{torn}\n\n\n{torn.replace('सीता', 'मीना')}\n\n\n{torn.replace('सीता', 'गीता')}"
    row = stripped(text)
    assert (row["title"], row["text"]) == ("", text)
    assert stripped(f"{TITLE}\n{torn}\n{torn.replace('सीता', 'मीना')}\n{torn.replace('सीता', 'गीता')}")["title"] == TITLE


def test_the_name_of_a_file_is_no_headline():
    row = stripped(f"jalmanch_2004_7_13_776\n{TITLE}\n{LEAD}\n{BODY}")
    assert (row["title"], row["text"], reasons(row)) == (TITLE, f"{LEAD}\n{BODY}", ["header", "title"])


def test_the_first_heading_of_a_live_report_stays():
    entries = [
        f"0{hour}:15 PM, 28-MAR-2021\n{head}\n{text}" for hour, (head, text) in enumerate([("राहत पहुंची", LEAD), ("स्कूल बंद", BODY)], 3)
    ]
    row = stripped(f"{TITLE}\n" + "\n".join(entries))
    assert row["title"] == TITLE and "राहत पहुंची" in row["text"] and "स्कूल बंद" in row["text"]


def test_a_note_in_brackets_is_no_credit():
    for note, stays in [("(राशि लाख रुपये में, नुकसान मई में अनुमानित)", True), ("(सुनील यादव, जलमंच)", False)]:
        assert (note in stripped(f"{LEAD}\n{BODY}\n{note}\n")["text"]) == stays, note
