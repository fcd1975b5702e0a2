"""Names and days that no label goes with, between the headline and the first paragraph."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, row_of

TITLE = "Market roofs to be repaired before the rains"
TITLE_HI = "पुराने बाजार की छतें बरसात से पहले बनेंगी"
NEPALI = "नगरपालिकाले पुरानो बजारका एघार पसललाई शुक्रबार सूचना पठाएको छ । पसलका छाना गएको वर्षामा भत्किएका थिए ।"
NEPALI_BODY = "व्यवसायीहरूले मर्मत गर्न धेरै खर्च लाग्ने बताएका छन् । नगरपालिकाले पन्ध्र दिनको समय दिएको छ ।"


@pytest.mark.parametrize("stamp", ["5 March 2024", "March 5, 2024 10:30 AM", "5 min read"])
@pytest.mark.parametrize("name", ["Leena Thomas", "A. R. Selvan", "Maeve O'Dowd-Hale"])
def test_a_name_alone_beside_a_day_is_the_author(name: str, stamp: str):
    for block in [(name, stamp), (stamp, name)]:
        row = row_of(TITLE, *block, LEAD, BODY)
        assert (row["text"], row["title"], row["author"]) == (f"{LEAD}\n{BODY}", TITLE, name), block


@pytest.mark.parametrize("section", ["World News", "Real Estate", "Special Report", "Valley Staff"])
def test_a_section_beside_a_day_is_no_author(section: str):
    assert not row_of(TITLE, section, "5 March 2024", LEAD, BODY)["author"]


def test_whom_the_article_tells_of_is_no_author():
    told = "Leena Thomas opened the market hall on Friday, and the traders thanked her for the new roof over their shops."
    row = row_of(TITLE, "Leena Thomas", "5 March 2024", told, BODY)
    assert not row["author"]


@pytest.mark.parametrize("name", ["लीना शर्मा", "राघव नाथ तिवारी", "सुरेश पाटील"])
def test_a_name_with_a_surname_above_the_first_paragraph_is_the_author(name: str):
    row = row_of(TITLE_HI, name, HINDI, HINDI_BODY)
    assert (row["text"], row["title"], row["author"]) == (f"{HINDI}\n{HINDI_BODY}", TITLE_HI, name)
    assert not row_of(TITLE_HI, name, HINDI, HINDI_BODY, level="gentle")["author"]


@pytest.mark.parametrize("line", ["नया बाजार", "बड़ी राहत", "राघव नाथ", "सिंह और शर्मा", "12 दुकानें", "लीना शर्मा की बात"])
def test_a_line_without_a_surname_is_no_author(line: str):
    row = row_of(TITLE_HI, line, HINDI, HINDI_BODY)
    assert not row["author"] and (line in row["text"] or line == row["subtitle"])


def test_a_name_that_heads_its_own_story_stays():
    told = "राघव तिवारी ने शुक्रवार को बाजार की दुकानों का निरीक्षण किया और मरम्मत का काम जल्दी पूरा करने को कहा।"
    row = row_of(TITLE_HI, "राघव तिवारी", told, HINDI_BODY)
    assert not row["author"] and "राघव तिवारी" in row["text"].split("\n")
    # between paragraphs it is a subheading
    lines = (HINDI, "लीना शर्मा", HINDI_BODY)
    assert row_of(*lines)["text"] == "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Leena Thomas, Valley Herald", "Leena Thomas"),
        ("लीना शर्मा, घाटी समाचार", "लीना शर्मा"),
        ("Leena Thomas | Coast Times", "Leena Thomas"),
    ],
)
def test_a_name_and_an_outlet_are_no_second_headline(line: str, author: str):
    title, body = (TITLE_HI, (HINDI, HINDI_BODY)) if line[0] > "z" else (TITLE, (LEAD, BODY))
    row = row_of(title, line, *body)
    assert (row["author"], row["subtitle"], row["text"]) == (author, "", "\n".join(body))


@pytest.mark.parametrize("line", ["Roofs first, walls later", "Traders Pay, Council Waits", "पहले छतें, फिर दीवारें"])
def test_a_second_headline_with_a_comma_is_no_author(line: str):
    title, body = (TITLE_HI, (HINDI, HINDI_BODY)) if line[0] > "z" else (TITLE, (LEAD, BODY))
    row = row_of(title, line, *body)
    assert not row["author"] and line in (row["subtitle"], row["text"].split("\n")[0])


@pytest.mark.parametrize("day", ["२०८१ कार्तिक १५ गते, शुक्रबार", "कार्तिक १५, २०८१", "शुक्रबार, १५ कार्तिक २०८१", "१५ कात्तिक २०८१"])
def test_a_day_of_nepal_is_no_second_headline(day: str):
    row = row_of("पुरानो बजारका छाना वर्षाअघि बन्ने", day, NEPALI, NEPALI_BODY)
    assert row["text"] == f"{NEPALI}\n{NEPALI_BODY}" and not row["subtitle"]


@pytest.mark.parametrize("line", ["१५ कार्तिकमा बजार खुल्ने", "कार्तिक १५ देखि नयाँ भाडा लाग्ने", "२०८१ सालको बजेट", "कार्तिकमा एघार पसल बन्द"])
def test_a_line_that_says_more_than_a_day_of_nepal_stays(line: str):
    row = row_of("पुरानो बजारका छाना वर्षाअघि बन्ने", line, NEPALI, NEPALI_BODY)
    assert line == row["subtitle"] or line in row["text"]
    # so does the day of an entry below the first paragraph
    lines = (NEPALI, "कार्तिक १५, २०८१", NEPALI_BODY, "कार्तिक १६, २०८१", NEPALI)
    assert "कार्तिक १५, २०८१" in row_of(*lines)["text"]


@pytest.mark.parametrize("caption", ["The market hall on Friday © Leena Thomas", "छतों की मरम्मत शुक्रवार को © Coast Wire"])
def test_a_caption_with_its_photographer_is_no_second_headline(caption: str):
    row = row_of(TITLE, caption, LEAD, BODY)
    assert (row["text"], row["subtitle"]) == (f"{LEAD}\n{BODY}", "")
    assert not row_of(TITLE, caption, LEAD, BODY, level="gentle")["subtitle"]


@pytest.mark.parametrize(
    "line",
    [
        "What the sign © means for those who write",
        "Who may use the © and who may not, the court asked",
        "Form 12 © 2020 to 2024, as it was filed",
    ],
)
def test_a_line_that_tells_of_the_sign_is_no_caption(line: str):
    assert line in row_of(LEAD, line, BODY)["text"]
