"""Who, where and when on one line below a headline, and what a person is beside the name."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, row_of

TITLE = "Market roofs to be repaired before the rains"
TITLE_HI = "पुराने बाजार की छतें बरसात से पहले बनेंगी"
TITLE_NE = "पुरानो बजारका छाना वर्षाअघि बन्ने"
NEPALI = "नगरपालिकाले पुरानो बजारका एघार पसललाई शुक्रबार सूचना पठाएको छ । पसलका छाना गएको वर्षामा भत्किएका थिए ।"
NEPALI_BODY = "व्यवसायीहरूले मर्मत गर्न धेरै खर्च लाग्ने बताएका छन् । नगरपालिकाले पन्ध्र दिनको समय दिएको छ ।"
BENGALI = (
    "পুরনো বাজারের এগারোটি দোকানকে শুক্রবার নোটিশ দিয়েছে পুরসভা, গত বর্ষায় যেগুলির ছাদ ভেঙে পড়েছিল।",
    "দোকানিরা জানান, মেরামতের খরচ তাঁদের সাধ্যের বাইরে। পুরসভা পনেরো দিন সময় দিয়েছে।",
)
TAMIL = (
    "பழைய சந்தையின் பதினொரு கடைகளுக்கு நகராட்சி வெள்ளிக்கிழமை நோட்டீஸ் அனுப்பியது, அவற்றின் கூரைகள் கடந்த மழையில் உடைந்தன.",
    "பழுது பார்க்கும் செலவு தங்களால் முடியாது என்று கடைக்காரர்கள் கூறினர். நகராட்சி பதினைந்து நாட்கள் அவகாசம் தந்துள்ளது.",
)
TITLES = {
    "en": TITLE,
    "hi": TITLE_HI,
    "ne": TITLE_NE,
    "bn": "পুরনো বাজারের ছাদ বর্ষার আগে সারানো হবে",
    "ta": "பழைய சந்தையின் கூரைகள் மழைக்கு முன் சீரமைப்பு",
}
BODIES = {"en": (LEAD, BODY), "hi": (HINDI, HINDI_BODY), "ne": (NEPALI, NEPALI_BODY), "bn": BENGALI, "ta": TAMIL}


def row_below(lang: str, *lines: str, **options: str) -> dict[str, str]:
    row = row_of(TITLES[lang], *lines, *BODIES[lang], **options)
    assert row["text"].endswith("\n".join(BODIES[lang]))
    return row


def is_gone(lang: str, row: dict[str, str]) -> bool:
    return row["text"] == "\n".join(BODIES[lang]) and (row["title"], row["subtitle"]) == (TITLES[lang], "")


@pytest.mark.parametrize(
    ("lang", "line", "author", "published", "dateline"),
    [
        ("en", "Leena Sharma, 12 June 2024", "Leena Sharma", "2024-06-12", ""),
        ("en", "Leena Sharma, June 12, 2024", "Leena Sharma", "2024-06-12", ""),
        ("en", "Leena Sharma, New Delhi, 12 June 2024", "Leena Sharma", "2024-06-12", "New Delhi"),
        ("en", "Leena Sharma | 5 min read", "Leena Sharma", "", ""),
        ("hi", "लीना शर्मा | 12 जून 2024", "लीना शर्मा", "2024-06-12", ""),
        ("hi", "लीना शर्मा, 12 जून 2024", "लीना शर्मा", "2024-06-12", ""),
        ("hi", "लीना शर्मा, नई दिल्ली, 12 जून", "लीना शर्मा", "", "नई दिल्ली"),
        ("hi", "लीना शर्मा | 5 मिनट", "लीना शर्मा", "", ""),
        ("hi", "लीना शर्मा | 5 मिनट में पढ़ें", "लीना शर्मा", "", ""),
        ("ne", "लीना श्रेष्ठ, १२ असार २०८१", "लीना श्रेष्ठ", "", ""),
        ("bn", "লীনা দাস, ১২ জুন ২০২৪", "লীনা দাস", "2024-06-12", ""),
        ("ta", "லீனா குமாரி, 12 ஜூன் 2024", "லீனா குமாரி", "2024-06-12", ""),
    ],
)
def test_a_name_and_a_day_on_one_line(lang: str, line: str, author: str, published: str, dateline: str):
    row = row_below(lang, line)
    assert is_gone(lang, row)
    assert (row["author"], row["published"], row["dateline"]) == (author, published, dateline)
    assert not row_below(lang, line, level="gentle")["author"] or "|" in line


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("काठमाडौं, २० असार २०८१", "काठमाडौं, २० असार २०८१"),
        ("२० असार २०८१, काठमाडौं", "२० असार २०८१, काठमाडौं"),
        ("काठमाडौं । २० असार २०८१", "काठमाडौं । २० असार २०८१"),
        ("पोखरा, २०८१ असार २०", "पोखरा, २०८१ असार २०"),
        ("काठमाडौं, २० असार", "काठमाडौं, २० असार"),
        ("२०८१-०३-१५", ""),
        ("२०८१/०३/१५", ""),
        ("2081-03-15", ""),
    ],
)
def test_days_of_nepal(line: str, dateline: str):
    row = row_below("ne", line)
    # no day of that calendar is turned into one of the other
    assert is_gone("ne", row) and (row["dateline"], row["author"], row["published"]) == (dateline, "", "")


@pytest.mark.parametrize(
    ("lang", "line"), [("hi", "रामपुर, 12 जून 2024"), ("en", "Wall Street, 12 June 2024"), ("en", "Old Town, 12 June 2024")]
)
def test_a_place_and_a_day_below_a_headline_are_its_dateline(lang: str, line: str):
    row = row_below(lang, line)
    assert is_gone(lang, row) and (row["author"], row["published"], row["dateline"]) == ("", "2024-06-12", line)


@pytest.mark.parametrize(
    "line", ["Daily Horoscope, 12 June 2024", "राशिफल, 12 जून 2024", "आज का पंचांग, 12 जून 2024", "Gold Price Today, 12 June 2024"]
)
def test_a_headline_with_a_day_is_no_by_line(line: str):
    body = (LEAD, BODY) if line.isascii() else (HINDI, HINDI_BODY)
    row = row_of(line, *body)
    assert not row["author"] and line in (row["title"], row["text"].split("\n")[0])


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("hi", "2023-24 में बनी थीं छतें, 2024 में टूटीं"),
        ("hi", "11 दुकानें, 15 दिन"),
        ("en", "Eleven shops, 15 days"),
        ("en", "Roofs of 1998, walls of 2004"),
        ("en", "Two killed, 12 hurt on 5 June 2024"),
        ("en", "Roofs first | 12 shops"),
        ("ne", "१२ पसल, १५ दिन"),
        ("ne", "२०८१ को बजेट, २०८२ को काम"),
    ],
)
def test_a_second_headline_with_figures_stays_one(lang: str, line: str):
    row = row_below(lang, line)
    assert not row["author"] and not row["published"] and line in (row["subtitle"], row["text"].split("\n")[0])


def test_days_and_names_below_the_first_paragraph_stay():
    lines = (HINDI, "लीना शर्मा, 12 जून 2024", HINDI_BODY)
    assert row_of(TITLE_HI, *lines)["text"] == "\n".join(lines)
    table = ("राम सिंह, 12 जून 2024", "मोहन शर्मा, 14 जून 2024", "सीता यादव, 15 जून 2024")
    assert row_of(TITLE_HI, HINDI, *table, HINDI_BODY)["text"] == "\n".join((HINDI, *table, HINDI_BODY))
    assert "2024-25" in row_of(HINDI, "2024-25", HINDI_BODY)["text"]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("hi", ("लीना शर्मा", "संवाददाता")),
        ("hi", ("लीना शर्मा", "रिपोर्टर")),
        ("hi", ("लीना शर्मा", "वरिष्ठ संवाददाता", "12 जून 2024")),
        ("hi", ("लीना शर्मा", "लेखक")),
        ("hi", ("लेखक", "लीना शर्मा")),
        ("en", ("Leena Thomas", "Staff Reporter")),
        ("en", ("Leena Thomas", "Correspondent")),
        ("ne", ("लीना श्रेष्ठ", "संवाददाता")),
        ("bn", ("লীনা দাস", "নিজস্ব প্রতিবেদক")),
        ("bn", ("লেখক", "লীনা দাস")),
        ("ta", ("எழுதியவர்", "லீனா குமாரி")),
    ],
)
def test_the_author_is_who_is_named_beside_what_he_is(lang: str, lines: tuple[str, ...]):
    row = row_below(lang, *lines)
    name = next(line for line in lines if line.split()[0] in ("लीना", "Leena", "লীনা", "லீனா"))
    assert is_gone(lang, row) and row["author"] == name


@pytest.mark.parametrize(
    ("lang", "line"),
    [("hi", "नया बाजार"), ("hi", "बड़ी राहत"), ("en", "New Delhi"), ("en", "Roofs and walls"), ("en", "Ferry Company"), ("bn", "নতুন বাজার")],
)
def test_what_is_no_name_above_a_desk_is_no_author(lang: str, line: str):
    desk = {"hi": "संवाददाता", "en": "Staff Reporter", "bn": "নিজস্ব প্রতিবেদক"}[lang]
    assert row_below(lang, line, desk)["author"] != line


@pytest.mark.parametrize(
    ("lang", "name", "stamp"),
    [
        ("ta", "லீனா குமாரி", "12 ஜூன் 2024"),
        ("bn", "লীনা মণ্ডল", "১২ জুন ২০২৪"),
        ("hi", "लीना बनर्जी", "12 जून 2024"),
    ],
)
def test_surnames_of_more_languages(lang: str, name: str, stamp: str):
    row = row_below(lang, name, stamp)
    assert is_gone(lang, row) and (row["author"], row["published"]) == (name, "2024-06-12")


@pytest.mark.parametrize(("lang", "name"), [("en", "Leena Thomas"), ("hi", "लीना शर्मा"), ("bn", "লীনা দাস")])
def test_a_name_and_its_address(lang: str, name: str):
    row = row_below(lang, name, "leena@example.com")
    assert is_gone(lang, row) and row["author"] == name
    row = row_of(TITLES[lang], *BODIES[lang], name, "leena@example.com")
    assert is_gone(lang, row) and row["author"] == name


@pytest.mark.parametrize(
    "lines",
    [
        ("The post is open to all, and applications are taken until the spring.", "Leena Thomas", "leena@example.com"),
        ("For the roofs ask:", "Leena Thomas", "leena@example.com"),
        ("The roofs", "Leena Thomas", "leena@example.com"),
        ("Applications: leena@example.com before 5 March",),
        ("Applications can be sent to leena@example.com by 5 March.",),
        ("Tickets: www.example.com",),
        ("To volunteer, write to leena@example.com by Friday",),
        ("Helpline: 1800-123-456",),
        ("The helpline number is 1077.",),
        ("आवेदन: leena@example.com पर 5 मार्च तक",),
        ("हेल्पलाइन नंबर: 1077",),
        ("আবেদন: leena@example.com, ৫ মার্চের মধ্যে",),
        ("درخواستیں: leena@example.com",),
    ],
)
def test_where_readers_are_to_apply_is_of_the_article(lines: tuple[str, ...]):
    assert row_of(TITLE, LEAD, BODY, *lines)["text"].endswith("\n".join(lines))


@pytest.mark.parametrize("line", ["Email: leena@example.com", "www.example.com", "leena@example.com", "ईमेल: leena@example.com"])
def test_the_address_of_an_outlet_goes(line: str):
    assert row_of(TITLE, LEAD, BODY, line)["text"] == f"{LEAD}\n{BODY}"


@pytest.mark.parametrize(
    "lines",
    [
        # a programme, an obituary, an appointment, a day of history
        ("कार्यक्रम", "राम कुमार, दिल्ली, 5 मार्च", "सीता शर्मा, पटना, 6 मार्च", "मोहन वर्मा, जयपुर, 7 मार्च"),
        ("Obituary", "Anil Kumar, Pune, 5 March 2024"),
        ("पुण्यतिथि", "सुरेश वर्मा, 5 मार्च 2024"),
        ("Termine", "Berlin, 5. März 2024"),
        ("15 अगस्त 1947, दिल्ली",),
    ],
)
def test_a_name_and_a_day_under_a_label_are_of_what_it_says(lines: tuple[str, ...]):
    row = row_of(*lines, HINDI, HINDI_BODY)
    assert (row["author"], row["published"]) == ("", "")
