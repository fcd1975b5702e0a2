"""By-lines and datelines at which a quick look must not miss what the slow reading finds."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, MORE, row_of

HEADLINE = "Flood waters rise again in the old town"


@pytest.mark.parametrize(
    "line",
    [
        "Reuters Updated: 5 March 2024",
        "PTI Published: 5 March 2024",
        "Share Updated: 5 March 2024",
        "भाषा अपडेट: 5 मार्च 2024",
        "PTI Updated: Mar 5, 2024, 10:30 IST",
    ],
)
def test_an_agency_before_the_label_of_a_date_hides_it_not(line: str):
    row = row_of(HEADLINE, line, LEAD, BODY, MORE)
    assert (row["text"], row["subtitle"]) == (f"{LEAD}\n{BODY}\n{MORE}", "")
    assert (row["published"] or row["modified"]).startswith("2024-03-05")


@pytest.mark.parametrize("origin", ["PATNA (ANI):- ", "PATNA (PTI):-", "PATNA (ANI)\u00a0- ", "Srinagar:- "])
def test_a_dash_behind_another_sign_ends_a_dateline_behind_a_headline(origin: str):
    row = row_of(f"The river rises again. {origin}{LEAD} {BODY}", MORE)
    assert origin.strip(" -:\u00a0") not in row["text"]


@pytest.mark.parametrize(
    ("origin", "paragraph"),
    [
        ("12 our own special correspondent, New Delhi: ", f"{LEAD} {BODY}"),
        ("२०८० मा हाम्रो विशेष संवाददाता, काठमाडौं। ", f"{HINDI} {HINDI_BODY}"),
    ],
)
def test_the_number_of_an_archive_hides_no_desk(origin: str, paragraph: str):
    assert row_of(f"{origin}{paragraph}", MORE)["text"] == f"{paragraph}\n{MORE}"
