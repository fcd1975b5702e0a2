"""Notes of stories that go on, buttons with their counts, names of pictures, and lines of signs that nobody sees."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, MORE, row_of

TITLE = "Market roofs to be repaired before the rains"
TITLE_HI = "पुराने बाजार की छतें बरसात से पहले बनेंगी"


@pytest.mark.parametrize(
    "note",
    [
        "(यह खबर लगातार अपडेट की जा रही है…)",
        "यह खबर लगातार अपडेट की जा रही है।",
        "यह ब्रेकिंग न्यूज है, इसे लगातार अपडेट किया जा रहा है।",
        "(यो समाचार अपडेट हुँदैछ)",
        "थप विवरण आउन बाँकी छ",
        "(ही बातमी अपडेट होत आहे)",
        "(খবরটি আপডেট করা হচ্ছে)",
        "বিস্তারিত আসছে...",
        "(આ સમાચાર સતત અપડેટ થઈ રહ્યા છે)",
        "(ਇਹ ਖ਼ਬਰ ਅਪਡੇਟ ਹੋ ਰਹੀ ਹੈ)",
        "(இந்த செய்தி புதுப்பிக்கப்பட்டு வருகிறது)",
        "(ఈ వార్త అప్‌డేట్ అవుతోంది)",
        "(വാർത്ത അപ്ഡേറ്റ് ചെയ്തുകൊണ്ടിരിക്കുന്നു)",
        "(ಈ ಸುದ್ದಿ ಅಪ್‌ಡೇಟ್ ಆಗುತ್ತಿದೆ)",
        "(ଏହି ଖବର ଅପଡେଟ୍ ହେଉଛି)",
        "(یہ خبر اپ ڈیٹ کی جا رہی ہے)",
        "یہ خبر اپ ڈیٹ کی جا رہی ہے۔",
        "This story is being updated.",
        "(This story will be updated.)",
        "More details awaited.",
        "देखें",
    ],
)
def test_notes_below_the_article_go(note: str):
    assert row_of(HINDI, HINDI_BODY, note)["text"] == f"{HINDI}\n{HINDI_BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "अधिकारी ने बताया कि दुकानों की सूची की खबर हर हफ्ते अपडेट की जा रही है।",
        "निगम के मुताबिक नक्शा अपडेट किया जा रहा है।",
        "बाजार का नक्शा लगातार अपडेट किया जा रहा है।",
        "দোকানের তালিকা আপডেট করা হচ্ছে।",
        "نقشہ اپ ڈیٹ کیا جا رہا ہے۔",
        "The list of shops is being updated.",
        "The council will update the map and tell the traders.",
        "பட்டியல் புதுப்பிக்கப்பட்டு வருகிறது.",
    ],
)
def test_what_else_is_brought_up_to_date_stays(line: str):
    assert line in row_of(HINDI, HINDI_BODY, line)["text"]
    assert line in row_of(HINDI, line, HINDI_BODY)["text"]


@pytest.mark.parametrize(
    "lines",
    [
        ("शेयर", "0"),
        ("0", "शेयर"),
        ("शेयर", "1.2K"),
        ("शेयर", "0", "कमेंट", "0"),
        ("शेयर करें", "12"),
        ("Share", "0"),
        ("Shares", "1,204"),
        ("শেয়ার", "০"),
        ("शेयर", "०"),
        ("شیئر", "0"),
    ],
)
def test_buttons_and_their_counts_go(lines: tuple[str, ...]):
    text = f"{HINDI}\n{HINDI_BODY}"
    assert row_of(HINDI, HINDI_BODY, *lines)["text"] == text
    row = row_of(TITLE_HI, *lines, HINDI, HINDI_BODY)
    assert (row["text"], row["title"]) == (text, TITLE_HI)


@pytest.mark.parametrize(
    "lines",
    [
        (HINDI, "शेयर", "1200", "कीमत", "52", HINDI_BODY),
        (HINDI, HINDI_BODY, "कंपनी", "शेयर", "1200", "दाम", "52"),
        (HINDI, HINDI_BODY, "12"),
        (HINDI, "12", HINDI_BODY),
        (LEAD, "Share", "Half of the boats belong to the islanders, and their share of the fares grows.", BODY),
        (LEAD, BODY, "Boats", "12", "Captains", "2"),
        (LEAD, "1,204", BODY, MORE),
    ],
)
def test_figures_of_a_table_stay(lines: tuple[str, ...]):
    assert row_of(*lines)["text"] == "\n".join(lines)


@pytest.mark.parametrize(
    "sign", ["&#8203;", "&#8203; &#8203;", "&nbsp;", "&zwnj;", "&#x200B;", "\u2063", "\u180e", "\ufe0f", "\ufffc", "\u2067\u2069"]
)
def test_lines_of_signs_that_nobody_sees_go(sign: str):
    text = f"{HINDI}\n{HINDI_BODY}\n{HINDI_MORE}"
    assert row_of(HINDI, sign, HINDI_BODY, HINDI_MORE)["text"] == text
    assert row_of(HINDI, HINDI_BODY, HINDI_MORE, sign)["text"] == text
    row = row_of(TITLE_HI, sign, HINDI, HINDI_BODY, HINDI_MORE)
    assert (row["text"], row["title"]) == (text, TITLE_HI)


@pytest.mark.parametrize("line", ["&amp;", "&", "&#8377;", "AT&T;", "₹"])
def test_signs_that_are_seen_stay(line: str):
    assert line in row_of(HINDI, line, HINDI_BODY)["text"]


@pytest.mark.parametrize(
    "name",
    ["IMG_2043.JPG", "DSC_0012", "photo-1.jpeg", "WhatsApp Image 2024-06-12 at 10.30.15 AM.jpeg", "image.png", "IMG-20240612-WA0003"],
)
def test_names_of_pictures_go(name: str):
    for lines in ((name, HINDI, HINDI_BODY), (HINDI, HINDI_BODY, name)):
        row = row_of(*lines)
        assert (row["text"], row["title"]) == (f"{HINDI}\n{HINDI_BODY}", "")
    row = row_of(TITLE_HI, name, HINDI, HINDI_BODY)
    assert (row["text"], row["title"], row["subtitle"]) == (f"{HINDI}\n{HINDI_BODY}", TITLE_HI, "")


@pytest.mark.parametrize("line", ["invoice.png", "DSC-2024", "DSC 2024", "How to open photo.jpg", "2024-25", "Photo 51"])
def test_other_names_stay(line: str):
    row = row_of(LEAD, line, BODY)
    assert line in row["text"]


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        (" - Valley Herald", ""),
        (" | Valley Herald", ""),
        (" | Example", ""),
        (" | Bihar | Valley Herald", ""),
        (" - example.com", ""),
        (" - mayor", " - mayor"),
        (" - Thomas", " - Thomas"),
        (" | What the traders say now", " | What the traders say now"),
        (" | 12 shops", " | 12 shops"),
    ],
)
def test_the_outlet_is_no_part_of_the_title(behind: str, left: str):
    assert row_of(TITLE + behind, LEAD, BODY)["title"] == TITLE + left


def test_the_hindi_outlet_is_no_part_of_the_title():
    for behind in (" | घाटी समाचार", " - घाटी समाचार", " | उत्तर प्रदेश | घाटी समाचार"):
        assert row_of(TITLE_HI + behind, HINDI, HINDI_BODY)["title"] == TITLE_HI
    for whole in ("बजट 2026 | किसानों को क्या मिला", "बाजार की छतें बनेंगी : मेयर", "छतों पर चुप क्यों है निगम | कौन देगा जवाब?"):
        assert row_of(whole, HINDI, HINDI_BODY)["title"] == whole


URDU = "بلدیہ نے جمعے کو پرانے بازار کی گیارہ دکانوں کو نوٹس دیا، جن کی چھتیں پچھلی بارش میں ٹوٹ گئی تھیں۔"


@pytest.mark.parametrize("cue", ["مزید پڑھیں: ", "مزید پڑھیں ", "مزید پڑھیں", "یہ بھی پڑھیں: "])
@pytest.mark.parametrize(
    "sentence",
    ["انہوں نے کہا کہ مرمت جلد ہوگی اور لوگ محفوظ ہیں۔", "حکام کے مطابق کل تک پانی اتر جائے گا۔", "پولیس نے بتایا کہ سڑک بند ہے۔"],
)
def test_the_sentence_behind_an_urdu_headline_stays(cue: str, sentence: str):
    line = f"{cue}شہر کے پل کی مرمت کا کام شروع {sentence}"
    assert row_of(URDU, line, URDU.replace("گیارہ", "بارہ"))["text"].split("\n")[1] == sentence
    assert row_of(f"{URDU} {line}", URDU.replace("گیارہ", "بارہ"))["text"].split("\n")[0] == f"{URDU} {sentence}"


def test_an_urdu_headline_with_a_full_stop_goes_as_a_whole():
    assert row_of(URDU, "مزید پڑھیں: شہر کے پل کی مرمت کا کام شروع کر دیا گیا۔", URDU.replace("گیارہ", "بارہ"))["text"].count("\n") == 1


@pytest.mark.parametrize("lines", [("Sensex", "71,204", "Share", "12"), ("2024", "शेयर")])
def test_the_figure_of_an_index_or_a_year_stays_above_a_button(lines: tuple[str, ...]):
    assert lines[-3 if len(lines) > 2 else 0] in row_of(*lines, LEAD, BODY)["text"]
