"""Dates: read as they are written, never guessed."""

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import _core
from dedup.columns import buffers, column


def parsed(*texts: str) -> list[str]:
    return column(_core.parse_dates(buffers(list(texts)))).to_pylist()


def days(*texts: str) -> list[float]:
    return _core.date_days(buffers(list(texts))).tolist()


MONTHS = {
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "hi2": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "ne": "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "te": "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    "gu": "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
    "kn": "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
    "ml": "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ",
    "pa": "ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
    "or": "ଜାନୁଆରୀ ଫେବୃଆରୀ ମାର୍ଚ୍ଚ ଅପ୍ରେଲ ମଇ ଜୁନ ଜୁଲାଇ ଅଗଷ୍ଟ ସେପ୍ଟେମ୍ବର ଅକ୍ଟୋବର ନଭେମ୍ବର ଡିସେମ୍ବର",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "en": "January February March April May June July August September October November December",
    "en3": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
DIGITS = [
    "0123456789",
    "०१२३४५६७८९",
    "০১২৩৪৫৬৭৮৯",
    "௦௧௨௩௪௫௬௭௮௯",
    "౦౧౨౩౪౫౬౭౮౯",
    "૦૧૨૩૪૫૬૭૮૯",
    "೦೧೨೩೪೫೬೭೮೯",
    "൦൧൨൩൪൫൬൭൮൯",
    "੦੧੨੩੪੫੬੭੮੯",
    "୦୧୨୩୪୫୬୭୮୯",
    "۰۱۲۳۴۵۶۷۸۹",
    "٠١٢٣٤٥٦٧٨٩",
]


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_of_every_language_in_every_order(language: str) -> None:
    for month, name in enumerate(MONTHS[language].split(), 1):
        for text in (
            f"17 {name} 2021",
            f"17 {name}, 2021",
            f"{name} 17, 2021",
            f"2021 {name} 17",
            f"17-{name}-2021",
            "०१७"[1:] + f" {name} २०२१",
        ):
            assert parsed(text) == [f"2021-{month:02}-17"], text


@given(st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2050, 12, 31)), st.sampled_from(DIGITS), st.integers(-14 * 4, 14 * 4))
@settings(max_examples=500, deadline=None)
def test_written_dates_are_read_back(moment: datetime.datetime, digits: str, quarters: int) -> None:
    moment = moment.replace(microsecond=0)
    zoned = moment.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=15 * quarters)))
    same_digits = str.maketrans("0123456789", digits)
    day = f"{moment:%Y-%m-%d}".rjust(10, "0")
    for text, expected in (
        (day, day),
        (moment.isoformat(), moment.isoformat()),
        (zoned.isoformat(), zoned.isoformat()),
        (zoned.strftime("%a, %d %b %Y %H:%M:%S %z"), zoned.isoformat()),
        (zoned.strftime("%Y%m%dT%H%M%S%z"), zoned.isoformat()),
        (moment.strftime("%B %d, %Y %I:%M:%S %p"), moment.isoformat()),
        (moment.strftime("%A %d %B %Y, %H:%M:%S"), moment.isoformat()),
        (moment.strftime("%d.%m.%Y %H:%M:%S"), moment.isoformat()),
        (moment.strftime("%c"), moment.isoformat()),
    ):
        assert parsed(text, text.translate(same_digits)) == [expected, expected], text
    assert days(day) == [(moment.date() - datetime.date(1970, 1, 1)).days]
    expected_days = zoned.timestamp() / 86400
    assert days(zoned.isoformat())[0] == pytest.approx(expected_days, abs=1e-8)


@given(st.integers(1, 31), st.integers(1, 31), st.integers(1600, 2050), st.sampled_from("/-."))
@settings(max_examples=400, deadline=None)
def test_ambiguous_and_impossible_dates_are_none(first: int, second: int, year: int, mark: str) -> None:
    def date(month: int, day: int) -> str | None:
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            return None

    readings = {date(second, first)} if mark == "." else {date(second, first), date(first, second)}
    readings -= {None}
    expected = readings.pop() if len(readings) == 1 else ""
    assert parsed(f"{first}{mark}{second}{mark}{year}", f"{first:02}{mark}{second:02}{mark}{year}") == [expected, expected]
    assert parsed(f"{year}{mark}{first}{mark}{second}") == [date(first, second) or ""]


@given(st.integers(0, 3_000_000_000))
def test_epochs_in_the_plausible_range_only(seconds: int) -> None:
    plausible = 1_000_000_000 <= seconds < 2_524_608_000
    expected = datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat() if plausible else ""
    assert parsed(str(seconds), f"{seconds}999" if len(str(seconds)) == 10 else "x") == [expected, expected]


def test_an_offset_only_where_one_is_stated() -> None:
    for text, expected in (
        ("15 अगस्त 2022, 07:40", "2022-08-15T07:40:00"),
        ("15 अगस्त 2022 07:40 IST", "2022-08-15T07:40:00+05:30"),
        ("Aug 15, 2022 7:40 PM GMT", "2022-08-15T19:40:00+00:00"),
        ("2022-08-15 07:40:00.5 +0000 UTC", "2022-08-15T07:40:00+00:00"),
        ("Mon 15 Aug 2022 14.30 BST", "2022-08-15T14:30:00"),  # Britain's summer time or Bangladesh's
        ("Aug. 15, 2022, 7:40 a.m. ET", "2022-08-15T07:40:00"),
        ("15 Aug 2022 07:40 XYZ", ""),
    ):
        assert parsed(text) == [expected], text


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["15", " ", "अगस्त", "2022", ":", "07", "PM", "IST", "+", "-", "/", ",", "T", "Z", "(", "th"]), max_size=12
    ).map("".join)
)
@settings(max_examples=1000, deadline=None)
def test_whatever_is_read_is_a_real_date_and_reads_itself(text: str) -> None:
    (found,) = parsed(text)
    if found:
        datetime.datetime.fromisoformat(found)
        assert parsed(found) == [found]
        assert not np.isnan(days(text)[0])
    else:
        assert np.isnan(days(text)[0])


def test_columns_of_no_rows_and_empty_rows() -> None:
    assert parsed() == [] and days() == []
    assert parsed("", " ") == ["", ""]
    assert np.isnan(days("")).all()


def test_a_zone_in_brackets_counts_even_if_the_bracket_is_cut():
    for written in ("21 Nov 2026 04:10 PM (IST)", "21 Nov 2026 04:10 PM [IST]", "21 Nov 2026 04:10 PM (IST", "21 Nov 2026 04:10 PM [IST"):
        assert parsed(written) == ["2026-11-21T16:10:00+05:30"], written
