"""What stands above and before the first sentence: headlines, leads without a full stop, agencies, places and days."""

import textwrap

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, row_of

NEPALI = "नगरपालिकाले पुरानो बजारका एघार पसललाई शुक्रबार सूचना पठाएको छ । पसलका छाना गएको वर्षामा भत्किएका थिए ।"
NEPALI_BODY = "व्यवसायीहरूले मर्मत गर्न धेरै खर्च लाग्ने बताएका छन् । नगरपालिकाले पन्ध्र दिनको समय दिएको छ ।"


@pytest.mark.parametrize(
    "text",
    [
        "Reuters: Mayor says she will take the ferry home next month",
        "बीबीसी: महापौर अगले महीने इस्तीफा देंगी",
        "पीटीआई - बाजार की ग्यारह दुकानें बंद हुईं",
    ],
)
@pytest.mark.parametrize("level", ["gentle", "normal", "aggressive"])
def test_what_an_agency_tells_is_no_credit(text: str, level: str):
    assert row_of(text, level=level)["text"] == text
    assert row_of(LEAD, text, BODY, level=level)["text"] == f"{LEAD}\n{text}\n{BODY}"


def test_an_agency_before_a_lead_without_a_full_stop_is_a_dateline():
    told = "Bread prices rose on the smaller island on Monday after the storm hit"
    assert row_of(f"AP - {told}")["text"] == told
    # above a paragraph it may be the headline
    assert row_of(f"AP - {told}", BODY)["title"].endswith(told)
    assert row_of(LEAD, f"AP - {told}", BODY)["text"] == f"{LEAD}\nAP - {told}\n{BODY}"
    told = f"Bread prices rise (AP). AP - {told}"
    assert row_of(told)["text"].endswith("Monday after the storm hit")
    row = row_of("Bread by state", LEAD, "AP: 4,200 crore", "MP: 3,100 crore", BODY)
    assert "AP: 4,200 crore" in row["text"]


@pytest.mark.parametrize("credit", ["पीटीआई - नई दिल्ली", "PTI: Ravi Verma", "इनपुट: भाषा, एएनआई, पीटीआई"])
def test_an_agency_with_a_name_a_place_or_another_agency_is_a_credit(credit: str):
    assert row_of(HINDI, HINDI_BODY, credit)["text"] == f"{HINDI}\n{HINDI_BODY}"


def test_the_first_half_of_a_sentence_that_a_link_stood_in_is_no_title():
    torn = [
        "पुराने बाजार की मरम्मत के लिए निगम को एक ठेकेदार की आवश्यकता है \n\n\n\nजिसने ऐसे भवन पहले बनाए हों. काम मार्च में शुरू होगा.",
        "दुकानदारों का कहना है कि खर्च बहुत है. निगम ने उन्हें समय दिया है और कहा है कि वे \n\n\n\nपुराने भवन की छतें न छुएं.",
    ]
    row = row_of(*torn)
    assert not row["title"] and row["text"] == "\n".join(torn)
    # spaces at the ends of all lines tear nothing
    row = row_of("बाजार की ग्यारह दुकानों को नोटिस ", f"{HINDI} ", f"{HINDI_BODY} ", f"{HINDI} अब वे ", HINDI_BODY)
    assert row["title"] == "बाजार की ग्यारह दुकानों को नोटिस"
    assert not row_of("निगम को एक ठेकेदार की आवश्यकता है जो", HINDI, HINDI_BODY)["title"]


def test_a_lead_without_a_full_stop_is_no_second_title():
    title = "Island ferries cut evening boats"
    lead = "Karen Holt, the head of the ferry company on the islands, has given her backing to the growing number of fishing boats that carry mail"
    row = row_of(title, "", lead, "", LEAD, BODY)
    assert (row["title"], row["subtitle"]) == (title, "") and row["text"].startswith(lead)
    second = "The head of the ferry company backs fishing boats"
    assert row_of(title, "", second, "", LEAD, BODY)["subtitle"] == second
    capitals = "Head Of Ferry Company Backs Growing Number Of Fishing Boats That Carry Mail And Bread To The Two Islands"
    assert row_of(capitals, "", LEAD, BODY)["title"] == capitals


@pytest.mark.parametrize(
    ("dateline", "lines"),
    [
        ("काठमाडौं । ", (NEPALI, NEPALI_BODY)),
        ("न्यू साउथवेल्स/ ", (NEPALI, NEPALI_BODY)),
        ("३ असार, जापान । ", (NEPALI, NEPALI_BODY)),
        ("१०, कात्तिक, चितवन । ", (NEPALI, NEPALI_BODY)),
        ("२५ जुन ब्रसेल्स । ", (NEPALI, NEPALI_BODY)),
        ("काठमाडौं, २० फागुन । ", (NEPALI, NEPALI_BODY)),
        ("रामपुर। ", (HINDI, HINDI_BODY)),
        ("नयी दिल्ली : ", (HINDI, HINDI_BODY)),
        ("मुंबई, 3 मार्च । ", (HINDI, HINDI_BODY)),
        ("सूरजपुर, 3 मार्च 2024 - ", (HINDI, HINDI_BODY)),
        ("PARIS, March 4 - ", (LEAD, BODY)),
        ("PUNE, India, March 4, 2024 /PRNewswire/ -- ", (LEAD, BODY)),
        ("(CNN) -- ", (LEAD, BODY)),
    ],
)
def test_a_place_before_the_first_sentence_is_a_dateline(dateline: str, lines: tuple[str, str]):
    row = row_of(dateline + lines[0], lines[1])
    assert row["text"] == "\n".join(lines) and row["dateline"]
    assert row_of(dateline + lines[0], lines[1], level="gentle")["text"] == dateline + "\n".join(lines)


def test_a_short_first_sentence_behind_a_day_and_a_place():
    short = "नगरका एघार पसललाई सूचना पठाइएको छ र बजार बन्द छ ।"
    assert row_of(f"३ असार, जापान । {short}", NEPALI_BODY)["text"] == f"{short}\n{NEPALI_BODY}"


@pytest.mark.parametrize(
    "text",
    [
        f"नहीं। {HINDI}",
        f"महापौर: {HINDI}",
        f"बाजार में नोटिस। {HINDI}",
        f"5 मरे, 12 घायल। {HINDI}",
        f"पटना: {HINDI}\nरांची: {HINDI_BODY}",
        f"Karen Holt, March 4 - but not a day later. {LEAD}",
        f"Note: {LEAD}",
        f"रामपुर, 3 मार्च (संवाद)। {HINDI}",
        f"Island Ferries Cut Boats. March 4, 2024 - {LEAD}",
        f"Island News, 4 March 2024: {LEAD}",
    ],
)
def test_a_speaker_an_answer_and_an_entry_of_a_list_are_no_place(text: str):
    assert row_of(text, BODY)["text"] == f"{text}\n{BODY}"


@pytest.mark.parametrize("above", ["FOR IMMEDIATE RELEASE", "प्रेस विज्ञप्ति", "२० फागुन २०८०, सोमबार"])
def test_what_stands_above_the_headline_is_no_title(above: str):
    title = "पुराने बाजार की ग्यारह दुकानों को नोटिस"
    row = row_of(above, title, HINDI, HINDI_BODY)
    assert row["title"] == title and row["text"] == f"{HINDI}\n{HINDI_BODY}"
    assert above in [span["text"] for span in row["removed"]]


def test_a_headline_in_two_scripts_is_a_headline():
    title = "ferry update: शाम की नावें बंद, अब मछुआरों की नाव से द्वीप तक डाक पहुंचेगी और रोटी भी, कंपनी ने दी जानकारी"
    assert row_of(title, HINDI, HINDI_BODY)["title"] == title


def test_rows_of_days_are_a_table_and_stay():
    rows = ["01 अप्रैल\t1834\t\t437", "02 अप्रैल\t2069\t\t235", "03 अप्रैल\t2547\t\t478"]
    text = "\n".join(["तारीख\tकुल\tरोज", *rows, HINDI, HINDI_BODY])
    assert row_of(text)["text"] == text


def test_a_row_of_a_chronicle_is_no_date_of_publication():
    assert not row_of("1834\n1 अप्रैल 1834", HINDI, HINDI_BODY)["published"].startswith("1834")


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("Edited By: Meena Kumari, Updated: 5 March, 2024 7:40 PM", "Meena Kumari", "2024-03-05T19:40:00"),
        ("Written By : Meena Kumari Last Updated: Mar 5, 2024, 7:40 AM IST", "Meena Kumari", "2024-03-05T07:40:00+05:30"),
        ("Reported By : मीना कुमारी Edited By : रमेश नेगी Updated : 05 Mar 2024 07:40 AM (IST)", "मीना कुमारी", "2024-03-05T07:40:00+05:30"),
        ("Published by: मीना कुमारी Updated Tue, 05 Mar 2024 07:40 AM IST", "मीना कुमारी", "2024-03-05T07:40:00+05:30"),
        ("by मीना कुमारी March 5, 2024", "मीना कुमारी", "2024-03-05"),
        ("Reported by: Meena Kumari, Edited by: Ramesh Negi", "Meena Kumari", ""),
    ],
)
def test_labels_that_nothing_parts_are_read_one_by_one(line: str, author: str, date: str):
    headline = "झील के किनारे नए पार्क का काम अगले महीने से शुरू होगा"
    for top in ([], [headline]):
        row = row_of(*top, line, HINDI, HINDI_BODY)
        assert (row["text"], row["author"], row["published"]) == (f"{HINDI}\n{HINDI_BODY}", author, date)
        assert row["title"] == "".join(top)


def test_a_row_of_hashtags_is_tags():
    row = row_of(HINDI, HINDI_BODY, "#बाजार #नगर_निगम")
    assert (row["text"], row["tags"]) == (f"{HINDI}\n{HINDI_BODY}", "बाजार, नगर_निगम")
    ranks = ["#बाजार", "2. #नगर_निगम", HINDI_BODY]
    assert row_of(HINDI, *ranks)["text"] == "\n".join([HINDI, *ranks])
    row = row_of(HINDI, "#बाजार बचाओ आंदोलन के लोग मंगलवार को निगम के सामने बैठेंगे।", HINDI_BODY)
    assert row["text"].count("#") == 1


@pytest.mark.parametrize("width", [50, 72, 80, 100])
def test_the_first_line_of_a_text_broken_to_fit_a_width_is_no_headline(width: int):
    text = " ".join([HINDI, HINDI_BODY] * 4)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    row = row_of(*lines)
    assert (row["title"], row["text"]) == ("", "\n".join(lines))


def test_the_names_with_which_an_agency_signs_off_are_a_credit():
    assert row_of(HINDI, HINDI_BODY, "भाषा रमेश मीना")["text"] == f"{HINDI}\n{HINDI_BODY}"
    assert row_of(HINDI, "भाषा विवाद पर बैठक", HINDI_BODY)["text"] == f"{HINDI}\nभाषा विवाद पर बैठक\n{HINDI_BODY}"


@pytest.mark.parametrize("place", ["NEW DELHI — ", "PATNA: ", "Patna, Mar 12: ", "London – "])
def test_a_listed_city_before_a_sentence_is_a_dateline(place: str):
    row = row_of(f"{place}{LEAD}", BODY)
    assert (row["text"], row["dateline"]) == (f"{LEAD}\n{BODY}", place.strip(" :—–"))


@pytest.mark.parametrize("speaker", ["NASA: ", "FIFA — ", "Mayor: "])
def test_who_speaks_is_no_dateline(speaker: str):
    assert row_of(f"{speaker}{LEAD}", BODY)["text"] == f"{speaker}{LEAD}\n{BODY}"


def test_cities_of_a_list_stay():
    lines = (HINDI, f"पटना: {HINDI_BODY}", f"रांची: {HINDI_MORE}")
    assert row_of(*lines)["text"] == "\n".join(lines)
    # below a long first paragraph a city stays as well
    lines = (f"{HINDI} {HINDI_BODY} {HINDI_MORE}", f"पटना: {HINDI_BODY}", HINDI_MORE)
    assert row_of(*lines)["text"] == "\n".join(lines)


@pytest.mark.parametrize("place", ["اسلام ا\u0653باد: ", "اسلام آباد: "])
def test_a_city_in_letters_that_are_composed_or_not(place: str):
    told = "شہر کے پرانے بازار کی گیارہ دکانوں کو جمعے کے روز نوٹس دیا گیا کیونکہ ان کی چھتیں پچھلی بارش میں ٹوٹ گئی تھیں۔"
    assert row_of(f"{place}{told}")["text"] == told


def test_the_name_of_a_file_is_no_part_of_the_article():
    name = "ferry_news_2011_4_7_120"
    assert row_of(name, LEAD, BODY)["text"] == f"{LEAD}\n{BODY}"
    title, kicker = "पुराने बाजार की छतें बरसात से पहले बनेंगी", "मरम्मत का काम"
    row = row_of(name, title, kicker, "नई दिल्ली।", HINDI, HINDI_BODY, HINDI_MORE)
    assert row["title"] == title


@pytest.mark.parametrize("line", ["- Bread for three days", "— The ferries", "Valley Herald", "- Freedom Now", "— बड़ा संदेश"])
def test_a_dash_before_something_else_stays(line: str):
    row = row_of(line, LEAD, BODY)
    assert line in (row["title"], row["text"].split("\n")[0])


SHORT = "The ferry company cut its evening boats to the islands on Friday, and the mail waits."


def test_furniture_below_a_short_article_goes_as_below_a_long_one():
    below = ("Share this article", "Valley Herald", "Comments", "Newsletters and more", "About us")
    assert row_of(SHORT, *below)["text"] == SHORT


def test_lines_below_a_short_article_stay_where_one_label_alone_speaks():
    lines = (SHORT, "Comments", "Bread: three days", "Mail: on Saturday")
    text = row_of(*lines)["text"].split("\n")
    assert text[0] == SHORT and text[-2:] == ["Bread: three days", "Mail: on Saturday"]
    lines = (SHORT, "Bread: three days", "Mail: on Saturday")
    assert row_of(*lines)["text"] == "\n".join(lines)
    lines = (SHORT, "Share this article", "The captains say that the boats come back.", "About us")
    assert "The captains say that the boats come back." in row_of(*lines)["text"]
