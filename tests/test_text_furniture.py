"""Lines that their place and shape give away, with hardly a cue: names, players, teasers with times, menus."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, LEAD, MORE, row_of

HEADLINE = "Evening boats to the islands are cut"


@pytest.mark.parametrize("name", ["Ellen Vasquez", "Marie-Claire Okafor", "Federal Politics", "J. R. Whitcombe"])
def test_a_name_alone_below_the_headline_of_which_nothing_is_said_goes(name: str):
    row = row_of(HEADLINE, name, LEAD, BODY, MORE)
    assert (row["title"], row["subtitle"], row["text"]) == (HEADLINE, "", f"{LEAD}\n{BODY}\n{MORE}")


@pytest.mark.parametrize("line", ["Captain Ines Morandell", "A Week Without Boats, And Bread?", "Nobody was told why"])
def test_a_second_headline_that_more_is_said_of_is_the_subtitle(line: str):
    told = "Ines Morandell was one of the captains, and both had asked for leave in the winter."
    assert row_of(HEADLINE, line, LEAD, BODY, told)["subtitle"] == line


def test_a_name_stays_where_no_headline_stands_above_it():
    assert row_of(LEAD, "Ellen Vasquez", BODY, MORE)["text"] == f"{LEAD}\nEllen Vasquez\n{BODY}\n{MORE}"


def test_the_menus_of_a_player_go():
    menus = ["Playback speed", "0.5x", "1x Normal", "1.5x", "Quality", "Auto", "720p", "360p", "Back"]
    assert row_of(LEAD, *menus, BODY, MORE)["text"] == f"{LEAD}\n{BODY}\n{MORE}"


def test_a_table_of_telescopes_is_no_player():
    table = ["Small telescope", "20x", "Price: 90", "Large telescope", "Price: 200", "A chapter", "60x"]
    assert row_of(LEAD, *table, BODY, MORE)["text"] == "\n".join([LEAD, *table, BODY, MORE])


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


def test_the_entries_of_a_chronicle_stay():
    told = ["The council met in the old hall and voted for the new boats after long hours.", "Nobody came.", "The first boat sank."]
    entries = [line for day, text in enumerate(told, 5) for line in (f"March {day}, 2024 10:30", text)]
    text = row_of(LEAD, BODY, MORE, *entries)["text"]
    assert text == "\n".join([LEAD, BODY, MORE, *told])


def test_menus_go_where_the_level_is_aggressive():
    menu = ["World", "Economy", "Culture and Society", "Travel", "Weather", "Games and Puzzles", "Recipes", "Letters"]
    lines = [*menu, HEADLINE, LEAD, BODY, MORE, *menu]
    assert row_of(*lines, level="aggressive")["text"] == f"{LEAD}\n{BODY}\n{MORE}"
    winners = [f"{number}. Team of the harbour" for number in range(1, 10)]
    assert row_of(LEAD, BODY, MORE, *winners, level="aggressive")["text"] == "\n".join([LEAD, BODY, MORE, *winners])


@pytest.mark.parametrize("line", ["\u200d", "\u200d\u200d", "\u00ad"])
def test_lines_that_show_nothing_go(line: str):
    assert row_of(HINDI, line, HINDI_BODY)["text"] == f"{HINDI}\n{HINDI_BODY}"
