"""One word that is a label of a page elsewhere and a subheading where the article has others like it."""

import pytest
from paragraphs import BODY, HINDI, HINDI_BODY, HINDI_MORE, LEAD, MORE, row_of


@pytest.mark.parametrize("level", ["gentle", "normal"])
@pytest.mark.parametrize("word", ["Video", "Comments", "Watch", "Expand", "Photos"])
def test_a_label_among_subheadings_is_one(word: str, level: str):
    lines = (LEAD, "Camera", MORE, word, BODY, "Battery life", "The telephone lasts for two days, and it is full again within the hour.")
    assert row_of(*lines, level=level)["text"] == "\n".join(lines)


def test_what_follows_such_a_subheading_stays():
    lines = (LEAD, "Camera", MORE, "Video", "Four frames a second in the dark", BODY, "Price", HINDI, "Sound", HINDI_BODY)
    assert row_of(*lines)["text"] == "\n".join(lines)


def test_the_same_in_hindi():
    lines = (HINDI, "कैमरा", HINDI_BODY, "वीडियो", HINDI_MORE, "बैटरी", "यह फोन दो दिन चलता है और एक घंटे में फिर पूरा चार्ज हो जाता है।")
    assert row_of(*lines)["text"] == "\n".join(lines)


@pytest.mark.parametrize("word", ["Video", "Comments", "Expand"])
def test_a_label_alone_between_paragraphs_goes(word: str):
    assert row_of(LEAD, word, BODY, MORE)["text"] == "\n".join((LEAD, BODY, MORE))


def test_a_label_below_the_last_paragraph_and_a_button_go():
    lines = (LEAD, "Camera", MORE, "Battery", BODY)
    assert row_of(*lines, "Comments")["text"] == "\n".join(lines)
    assert row_of(*lines[:3], "Subscribe", *lines[3:])["text"] == "\n".join(lines)
    assert row_of(*lines[:3], "Advertisement", *lines[3:])["text"] == "\n".join(lines)
