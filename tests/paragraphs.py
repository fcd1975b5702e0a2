"""Paragraphs of two articles, for the tests of text mode, and what it makes of lines."""

from dedup.boilerplate.text import strip_text
from dedup.config import Config

LEAD = "The ferry company cut its evening boats to the islands on Friday, after two of its captains left for the mainland."
BODY = "Shopkeepers on the smaller island said that they had bread for three days. A fishing boat carried the mail on Saturday."
MORE = "A new timetable comes by the end of the month, and the ticket office on the old quay stays open until the spring."
HINDI = "नगर निगम ने शुक्रवार को पुराने बाजार की ग्यारह दुकानों को नोटिस दिया, जिनकी छतें पिछली बारिश में टूट गई थीं।"
HINDI_BODY = "दुकानदारों का कहना है कि मरम्मत का खर्च उनके बस का नहीं है। निगम ने उन्हें पंद्रह दिन का समय दिया है।"
HINDI_MORE = "बाजार समिति सोमवार को आयुक्त से मिलेगी और पुराने भवन की जांच की मांग रखेगी।"


def row_of(*lines: str, level: str = "normal") -> dict[str, str]:
    """The row that lines become; what is left of them stays when it is stripped again."""
    (row,) = strip_text(["\n".join(lines)], config=Config(strip=level)).to_pylist()
    (again,) = strip_text([row["text"]], config=Config(strip=level)).to_pylist()
    assert again["text"] == row["text"]
    return row
