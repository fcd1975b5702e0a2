"""Lines that their place and shape give away, with hardly a cue: names, players, teasers with times, menus."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, MORE, row_of

HEADLINE = "Evening boats to the islands are cut"


@pytest.mark.parametrize("name", ["Ellen Vasquez", "Marie-Claire Okafor", "Federal Politics", "J. R. Whitcombe"])
def test_a_name_alone_below_the_headline_of_which_nothing_is_said_goes_where_the_level_is_aggressive(name: str):
    row = row_of(HEADLINE, name, LEAD, BODY, MORE, level="aggressive")
    assert (row["title"], row["subtitle"], row["text"]) == (HEADLINE, "", f"{LEAD}\n{BODY}\n{MORE}")
    row = row_of(HEADLINE, name, LEAD, BODY, MORE)
    assert name in row["text"] or name == row["subtitle"]


@pytest.mark.parametrize("name", ["ELLEN VASQUEZ", "Li Na"])
def test_a_name_that_the_article_says_in_other_letters_stays(name: str):
    row = row_of(HEADLINE, name, LEAD, f"{name.title()} was one of the captains who left. {BODY}", MORE, level="aggressive")
    assert name in row["text"] or name == row["subtitle"]


@pytest.mark.parametrize("line", ["Captain Ines Morandell", "A Week Without Boats, And Bread?", "Nobody was told why"])
def test_a_second_headline_that_more_is_said_of_is_the_subtitle(line: str):
    told = "Ines Morandell was one of the captains, and both had asked for leave in the winter."
    assert row_of(HEADLINE, line, LEAD, BODY, told)["subtitle"] == line


def test_a_name_stays_where_no_headline_stands_above_it():
    assert row_of(LEAD, "Ellen Vasquez", BODY, MORE)["text"] == f"{LEAD}\nEllen Vasquez\n{BODY}\n{MORE}"


def test_the_menus_of_a_player_go():
    menus = ["Playback speed", "0.5x", "1x Normal", "1.5x", "Quality", "Auto", "720p", "360p", "Back"]
    assert row_of(LEAD, *menus, BODY, MORE)["text"] == f"{LEAD}\n{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "lines",
    [
        ["Small telescope", "20x", "Price: 90", "Large telescope", "Price: 200", "A chapter", "60x"],
        ["Flour", "2x", "Sugar", "1x", "Eggs", "3x", "Milk"],
        ["Zoom", "5x", "Digital zoom", "10x", "Hybrid zoom", "3x", "Battery"],
        ["720p", "Price: 200", "1080p", "Price: 300", "2160p", "Price: 400"],
        ["The camera films in these:", "720p", "1080p", "2160p"],
        ["1x", "2x", "5x"],
    ],
)
def test_what_else_has_an_x_or_a_p_is_no_player(lines: list[str]):
    assert row_of(LEAD, *lines, BODY, MORE)["text"] == "\n".join([LEAD, *lines, BODY, MORE])


@pytest.mark.parametrize("above", [True, False])
def test_teasers_with_the_time_of_each_go_below_the_article(above: bool):
    teasers = [
        "Gold falls for a third day",
        "A museum opens in the old mill",
        "Rain is expected until Monday",
        "Two towns share a fire engine",
    ]
    stamps = [f"Sep 15, 2025 {hour}:32 pm" for hour in (11, 10, 9, 8)]
    pairs = [line for pair in (zip(stamps, teasers, strict=True) if above else zip(teasers, stamps, strict=True)) for line in pair]
    assert row_of(LEAD, BODY, MORE, *pairs)["text"] == f"{LEAD}\n{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "entries",
    [
        [
            "March 5, 2024 10:30",
            "The council met in the old hall and voted.",
            "March 6, 2024 10:30",
            "Nobody came.",
            "March 7, 2024 10:30",
            "A boat sank.",
        ],
        [
            "Strings at dusk",
            "June 12, 2025, 7:30 pm",
            "The brass of the miners",
            "June 13, 2025, 7:30 pm",
            "Songs",
            "June 14, 2025, 7:30 pm",
        ],
        [
            "Monday, 5 March 2024, 10:30",
            "Brazil v Argentina",
            "Tuesday, 6 March 2024, 11:00",
            "France v Spain",
            "Friday, 9 March 2024, 11:00",
            "A v B",
        ],
        ["The last day", "15 March 2025", "The fee", "five hundred"],
        ["12 June 2023", "The bridge fell at noon and nobody was hurt."],
        ["June 12, 2025"],
    ],
)
def test_days_of_programmes_and_chronicles_stay_and_tell_nothing_of_the_article(entries: list[str]):
    row = row_of(LEAD, BODY, MORE, *entries)
    assert (row["text"], row["published"]) == ("\n".join([LEAD, BODY, MORE, *entries]), "")


@pytest.mark.parametrize("below", [[BODY], []])
def test_a_time_alone_below_a_paragraph_goes_and_is_not_the_article_s(below: list[str]):
    row = row_of(LEAD, MORE, "March 5, 2024 10:30", *below)
    assert (row["text"], row["published"]) == ("\n".join([LEAD, MORE, *below]), "")


@pytest.mark.parametrize(
    ("promo", "sentence"),
    [
        ("Also read: Night trains to the south", "The town council will build a quay by the river."),
        ("ये भी पढ़ें: रात में बढ़ी ठंड, अलाव का सहारा", "नगर परिषद नदी किनारे नया घाट बनाएगी।"),
    ],
)
def test_a_sentence_with_a_promo_behind_it_is_no_subtitle(promo: str, sentence: str):
    row = row_of(HEADLINE, f"{sentence} {promo}", LEAD, BODY, MORE)
    assert (row["text"], row["subtitle"]) == ("\n".join([sentence, LEAD, BODY, MORE]), "")


def test_menus_go_where_the_level_is_aggressive():
    menu = ["World", "Economy", "Culture and Society", "Travel", "Weather", "Games and Puzzles", "Recipes", "Letters"]
    lines = [*menu, HEADLINE, LEAD, BODY, MORE, *menu]
    assert row_of(*lines, level="aggressive")["text"] == f"{LEAD}\n{BODY}\n{MORE}"
    for listed in (
        [f"{number}. Team of the harbour" for number in range(1, 10)],
        ["The crew were these:", *menu],
        [f"{name}: Petra Holm" for name in menu],
    ):
        assert row_of(LEAD, BODY, MORE, *listed, level="aggressive")["text"] == "\n".join([LEAD, BODY, MORE, *listed])


@pytest.mark.parametrize("line", ["\u200d", "\u200d\u200d", "\u00ad"])
def test_lines_that_show_nothing_go(line: str):
    assert row_of(HINDI, line, HINDI_BODY)["text"] == f"{HINDI}\n{HINDI_BODY}"
