"""Lines that are meant for machines, and the lines of names between headline and article."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, row_of


@pytest.mark.parametrize(
    "line",
    [
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "var box = document.getElementById('box');",
        ".related-box { margin: 0; }",
        '{"id": 5, "slug": "flood"}',
        '[gallery ids="1,2"]',
        "[post_ads]",
        "https://www.youtube.com/watch?v=1",
        "विज्ञापन विज्ञापन",
        "AdvertisementAdvertisement",
        "A post shared by Harbour Ferries (@harbourferries)",
    ],
)
def test_what_is_meant_for_machines_goes(line: str):
    for lines in ([HINDI, line, HINDI_BODY], [HINDI, HINDI_BODY, line]):
        assert row_of(*lines)["text"] == f"{HINDI}\n{HINDI_BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "The timetable is here:\nhttps://example.com/ferries",
        "https://example.com/apply",
        "[laughs]",
        "f(x) = 2x (and no more)",
        "The set is A = {x : x is prime}",
        "A post shared by the captain on Tuesday shows the empty quay.",
        "यह नमूना गाय के फीड से लिया गया है।",
    ],
)
def test_what_people_wrote_stays(line: str):
    assert row_of(LEAD, line, BODY)["text"] == f"{LEAD}\n{line}\n{BODY}"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("मीना कुमारी, जनवाणी, कानपुर", "मीना कुमारी"),
        ("मीना कुमारी, कानपुर", "मीना कुमारी"),
        ("कानपुर | मीना कुमारी", "मीना कुमारी"),
        ("मीना कुमारी, जागरण संवाददाता", "मीना कुमारी"),
        ("न्यूज डेस्क, जनवाणी, कानपुर", "न्यूज डेस्क"),
        ("Meena Kumari, New Delhi", "Meena Kumari"),
    ],
)
def test_a_name_with_its_city_or_outlet_is_the_author(line: str, author: str):
    row = row_of("ग्यारह दुकानों को नगर निगम का नोटिस", line, HINDI, HINDI_BODY)
    assert (row["text"], row["author"]) == (f"{HINDI}\n{HINDI_BODY}", author)


@pytest.mark.parametrize("line", ["दिल्ली, मुंबई, कोलकाता", "मीना कुमारी, विधायक", "पुराने बाजार में आग, कानपुर"])
def test_other_lines_with_commas_name_no_author(line: str):
    row = row_of("ग्यारह दुकानों को नगर निगम का नोटिस", line, HINDI, HINDI_BODY)
    assert (row["author"], row["subtitle"]) == ("", line)


def test_places_in_a_list_are_no_authors():
    places = ["ताज महल, आगरा", "लाल किला, दिल्ली", "गोल घर, पटना"]
    row = row_of("घूमने की जगहें", *places, HINDI, HINDI_BODY)
    assert row["author"] == "" and all(place in row["text"] for place in places)


@pytest.mark.parametrize("rating", ["★★★★☆", "👍"])
def test_symbols_at_the_end_are_no_rule(rating: str):
    article = (HINDI, HINDI_BODY, HINDI.replace("ग्यारह", "बारह"), LEAD, BODY)
    assert row_of(*article, rating)["text"] == "\n".join([*article, rating])
    assert row_of(*article, "___")["text"] == "\n".join(article)
