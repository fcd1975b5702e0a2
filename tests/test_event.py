"""Events in batches and streams: what joins, what does not, and that bad input has a defined result."""

import dataclasses
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import naive
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dedup.config import Config
from dedup.errors import ArtefactError, ConfigError, OutputError
from dedup.event import EventColumns, cluster_events
from dedup.event_stream import EventStream

FLOOD = [
    "नीलकंठपुर में बाढ़: सुवर्णा नदी खतरे के निशान से ऊपर, चौदह गांव खाली कराए गए, राहत शिविर खुले",
    "सुवर्णा नदी में उफान से नीलकंठपुर के चौदह गांव डूबे, लोग राहत शिविर पहुंचे, सेना बुलाई गई",
    "बाढ़ से घिरे नीलकंठपुर के गांवों से लोग निकाले गए, सुवर्णा का पानी खतरे के निशान के पार",
]
MATCH = [
    "Lerwick won the island cup final on penalties against Scalloway after a goalless match in heavy rain",
    "Penalties decide island cup final as Lerwick beat Scalloway in the rain",
    "Scalloway lose the cup final: Lerwick goalkeeper saves two penalties",
]
TEXTS = FLOOD + MATCH


def events(
    texts: Sequence[str], dates: Sequence[str] | None = None, ids: Sequence[str] | None = None, titled: bool = False
) -> EventColumns:
    blank = [""] * len(texts)
    titles, bodies = (list(texts), blank) if titled else (blank, list(texts))
    return cluster_events(titles, bodies, list(dates or blank), list(ids or [f"{row:05}" for row in range(len(texts))]))


def groups(found: EventColumns) -> set[frozenset[str]]:
    members: dict[int, set[str]] = {}
    for id, event in zip(found.articles["id"].to_pylist(), found.event.tolist(), strict=True):
        members.setdefault(event, set()).add(id)
    return {frozenset(ids) for ids in members.values()}


TWO = {frozenset({"00000", "00001", "00002"}), frozenset({"00003", "00004", "00005"})}


@pytest.mark.parametrize(
    "dates",
    [
        [""] * 6,
        ["2024-05-06"] * 6,
        ["1970-01-01T00:00:00Z"] * 6,
        ["2099-12-31"] * 6,
        ["2024-05-06"] * 5 + ["9999-12-31"],
        ["0001-01-01"] * 6,
        ["no date"] * 6,
        ["2024-05-06", "", "2024-05-07", "", "2024-05-06", "1970-01-01"],
    ],
    ids=["none", "one day", "1970", "future", "no year of ours", "year 1", "not dates", "some"],
)
@pytest.mark.parametrize("titled", [False, True], ids=["texts", "titles only"])
def test_reports_join_whatever_becomes_of_their_dates(dates: list[str], titled: bool) -> None:
    assert groups(events(TEXTS, dates, titled=titled)) == TWO


def test_the_same_words_in_another_week_are_another_event() -> None:
    found = groups(events(MATCH + MATCH, ["2024-05-06"] * 3 + ["2024-06-06"] * 3))
    assert found == TWO


def test_a_wrong_date_moves_only_its_own_article() -> None:
    found = groups(events(TEXTS, ["2024-05-06"] * 5 + ["2049-01-01"]))
    assert found == {frozenset({"00000", "00001", "00002"}), frozenset({"00003", "00004"}), frozenset({"00005"})}


def test_weekdays_tell_undated_articles_apart() -> None:
    first = "Mayor of Lerwick met crews on {} over harbour dues, pensions, night shifts and wages"
    second = "On {} islanders near Lerwick asked ministers for cheaper winter boats and higher wages"

    def count(days: tuple[str, str], published: str = "") -> int:
        texts = [first.format(days[0]), second.format(days[1])]
        return len(groups(cluster_events(["", ""], texts, [published] * 2, ["a", "b"], Config(event_threshold=0.17))))

    assert count(("Monday", "Tuesday")) == 1
    assert count(("Monday", "Thursday")) == 2
    assert count(("Monday", "Thursday"), "2024-05-06") == 1


def test_two_brief_articles_alone_must_be_more_alike_than_the_threshold() -> None:
    """One word that both hold may bring them above it. Longer articles and a third report say more."""

    def joined(texts: list[str], threshold: float) -> tuple[int, float]:
        blank, ids = [""] * len(texts), [f"{row}" for row in range(len(texts))]
        found = cluster_events(blank, texts, ["2024-05-06"] * len(texts), ids, Config(event_threshold=threshold))
        return len(groups(found)), float(found.similarity[0])

    brief = ["Lerwick harbour dues rise for trawlers", "Choir of Lerwick sings in the old church"]

    def longer(words: int) -> list[str]:
        return [f"{text} {' '.join(f'word{at}{row}' for at in range(words))}" for row, text in enumerate(brief)]

    assert joined(brief, 0.01)[0] == 2
    some = longer(24)
    _, alike = joined(some, 0.001)
    assert joined(some, 0.9 * alike)[0] == 2 and joined(some, alike / 1.6)[0] == 1
    long = longer(60)
    _, alike = joined(long, 0.001)
    assert joined(long, 0.9 * alike)[0] == 1
    three = [*brief, "Choir of Lerwick on harbour dues: trawlers sings church"]
    assert joined(three, 0.155)[0] == 1


TOWN = ["जयपुर में सोने की दुकान में चोरी हुई।", "जयपुर में स्कूल की बस पलटी।", "जयपुर में नए पुल का उद्घाटन हुआ।"]
CITY = ["लखनऊ में डॉक्टरों की हड़ताल जारी।", "लखनऊ में मेट्रो का किराया बढ़ा।"]
MONDAY = [
    "Gold costs more in Lerwick since Monday. Traders of Lerwick wait for the feast.",
    "Smog closes schools in Lerwick on Monday. Doctors in Lerwick warn the old.",
]


@pytest.mark.parametrize("texts", [TOWN, CITY, MONDAY, TOWN + CITY + MONDAY], ids=["three", "two", "a weekday", "all"])
@pytest.mark.parametrize("date", ["", "2024-05-06"], ids=["undated", "one day"])
def test_the_name_of_a_town_and_words_that_bind_sentences_make_no_event(texts: list[str], date: str) -> None:
    assert len(groups(events(texts, [date] * len(texts)))) == len(texts)
    stream = EventStream()
    told = {stream.add(f"{row}", text, published=date).event for row, text in enumerate(texts)}
    assert len(told) == len(texts)


def test_two_words_make_an_event_of_brief_articles_and_no_stop_word_is_told() -> None:
    texts = [TOWN[0], "जयपुर की दुकान में से सोने के गहने ले गए चोर।", *CITY, "A new ferry for Lerwick is in the harbour."]
    texts.append("In Lerwick a new ferry is at last in the harbour.")
    found = events(texts)
    assert {frozenset({"00000", "00001"}), frozenset({"00004", "00005"})} <= groups(found)
    assert len(groups(found)) == 4
    told = {entry["term"] for row in found.shared.to_pylist() for entry in row}
    assert {"सोने", "ferry"} <= told and not told & {"में", "की", "in", "In", "A new", "a new", "is", "the"}, told


def test_an_event_without_titles_is_named_by_its_first_sentence() -> None:
    long = " ".join(f"word{at}" for at in range(60))
    texts = ["Ferry runs again. It was idle for 3.5 days.", "नाव फिर चली। तीन दिन बाद।", long, "", "क" * 300]
    names = {event.id: event.title for event in events(texts).events()}
    assert [names[f"{row:05}"] for row in (0, 1, 3)] == ["Ferry runs again.", "नाव फिर चली।", ""]
    shortened = names["00002"]
    assert len(shortened) <= 122 and shortened.endswith("…") and long.startswith(shortened[:-1] + " ")
    assert len(names["00004"]) == 121
    titled = cluster_events(["The ferry", ""], [texts[0]] * 2, [""] * 2, ["a", "b"])
    assert titled.events()[0].title == "The ferry"


def test_names_are_shared_across_scripts() -> None:
    found = events(["पुतिन और किम की मुलाकात व्लादिवोस्तोक में, शिखर वार्ता", "Putin और Kim की मुलाकात Vladivostok में, शिखर वार्ता", FLOOD[0]])
    assert groups(found) == {frozenset({"00000", "00001"}), frozenset({"00002"})}
    assert {"Vladivostok"} <= {entry["term"] for entry in found.shared[1].as_py()}


def test_every_join_explains_itself() -> None:
    found = events(TEXTS, ["2024-05-06"] * 6)
    for row in range(6):
        shared = found.shared[row].as_py()
        assert shared == sorted(shared, key=lambda entry: -entry["share"])
        assert all(entry["term"].split()[0].lower() in TEXTS[row].lower() for entry in shared)
        assert sum(entry["share"] for entry in shared) <= found.similarity[row] + 1e-5
        assert f"{found.similarity[row]:.3f}" in found.explain(row)
    alone = events(["one report of one thing"])
    assert alone.explain(0).startswith("alone") and alone.similarity.tolist() == [1.0]


def test_empty_texts_stand_alone_and_no_articles_are_no_events() -> None:
    assert len(groups(events(["", "", "।", "..."]))) == 4
    assert events([]).events() == []


def test_ten_thousand_copies_of_one_wire_story_are_one_event_and_do_not_hide_another() -> None:
    found = events([FLOOD[0]] * 10_000 + TEXTS, ["2024-05-06"] * 10_006)
    sizes = sorted(len(members) for members in groups(found))
    assert sizes == [3, 10_003]


def test_lengths_that_differ_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 titles"):
        cluster_events(["a", "b"], ["a"], ["", ""], ["1", "2"])


WORDS = [
    "flood",
    "bridge",
    "village",
    "river",
    "cup",
    "final",
    "rain",
    "keeper",
    "mayor",
    "ferry",
    "harbour",
    "market",
    "strike",
    "court",
    "verdict",
    "storm",
]


@st.composite
def dumps(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    count = draw(st.integers(0, 12))
    rows = []
    for row in range(count):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=8))
        day = draw(st.sampled_from(["", "2024-05-01", "2024-05-02", "2024-05-04", "2024-05-09"]))
        rows.append((f"{row:02}", " ".join(words), day))
    return rows


@given(dumps(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, str, str]], generator: random.Random) -> None:
    def found(rows: list[tuple[str, str, str]]) -> set[frozenset[str]]:
        ids, texts, dates = zip(*rows, strict=True) if rows else ((), (), ())
        return groups(events(texts, dates, ids))

    shuffled = list(rows)
    generator.shuffle(shuffled)
    assert found(rows) == found(shuffled)


@given(dumps())
@settings(max_examples=60, deadline=None)
def test_dates_of_one_event_lie_within_the_window(rows: list[tuple[str, str, str]]) -> None:
    ids, texts, dates = zip(*rows, strict=True) if rows else ((), (), ())
    found = events(texts, dates, ids)
    for event in found.events():
        days = [found.days[list(ids).index(id)] for id in event.members]
        known = [day for day in days if day == day]
        assert not known or max(known) - min(known) <= 3.0


PLAIN = [
    a + b + c + d for a, b, c, d in zip("bdglmnrv" * 3, "aeiou" * 5, "lmnrvbdg" * 3, ("am", "eb", "ig", "om", "ub", "av") * 4, strict=False)
]


@given(st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_clusters_are_those_of_the_slow_average_link(seed: int) -> None:
    generator = random.Random(seed)
    topics = [generator.sample(PLAIN, 4) for _ in range(3)]
    texts = [
        " ".join([*generator.sample(generator.choice(topics), 3), *generator.sample(PLAIN, 4)]) for _ in range(generator.randint(2, 12))
    ]
    texts = sorted(set(texts))
    ids = [f"{row:02}" for row in range(len(texts))]
    found = events(texts, [generator.choice(["", "2024-05-01", "2024-05-02", "2024-05-06"]) for _ in texts], ids)
    expected = naive.events(ids, texts, found.days.tolist(), 3.0, Config().event_threshold)
    assume(expected is not None)
    assert groups(found) == expected


def test_threads_change_nothing() -> None:
    rows = [f"{TEXTS[row % 6]} {row}" for row in range(120)]
    one, all_ = (
        cluster_events([""] * 120, rows, ["2024-05-06"] * 120, [f"{row:03}" for row in range(120)], Config(threads=threads))
        for threads in (1, 0)
    )
    assert one.event.tolist() == all_.event.tolist() and one.similarity.tolist() == all_.similarity.tolist()


def stream_of(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Articles of small events over some weeks, in the order of their dates, some without one."""
    generator = random.Random(seed)
    rows = []
    for row in range(count):
        event = row // 4 if generator.random() < 0.7 else generator.randrange(row // 4 + 1)
        words = random.Random(event).sample(range(5000), 12)
        text = " ".join(f"name{word}" for word in generator.sample(words, 8)) + f" source{row} " + " ".join(generator.sample(WORDS, 4))
        day, hour = divmod(row, 24)
        published = f"2024-{1 + day // 28:02}-{1 + day % 28:02}T{hour:02}:00:00Z" if generator.random() < 0.9 else ""
        rows.append({"id": f"{row:04}", "text": text, "title": "", "published": published})
    return rows


def test_a_stream_tells_what_a_batch_finds() -> None:
    stream = EventStream()
    told = [stream.add(f"{row:05}", text, published="2024-05-06") for row, text in enumerate(TEXTS)]
    assert [one.event for one in told] == ["00000"] * 3 + ["00003"] * 3
    assert told[0].shared == () and told[2].size == 3
    assert told[5].shared[0][1] >= told[5].shared[-1][1] > 0 and 0 < told[5].similarity <= 1
    assert told[5].first == told[5].last == "2024-05-06T00:00:00Z"
    assert stream.open_events() == {"00000": ["00000", "00001", "00002"], "00003": ["00003", "00004", "00005"]}


@pytest.mark.parametrize("cut", [0, 1, 63, 64, 200, 333])
def test_a_stream_that_is_saved_and_loaded_goes_on_as_if_not_interrupted(tmp_path: Path, cut: int) -> None:
    rows = stream_of(500)
    whole, first = EventStream(), EventStream()
    expected = whole.add_many(rows)
    found = first.add_many(rows[:cut])
    first.save(tmp_path / "events")
    second = EventStream.load(tmp_path / "events")
    found += second.add_many(rows[cut:])
    assert found == expected
    assert second.open_events() == whole.open_events()
    assert second.moved() == whole.moved()
    assert [path.name for path in tmp_path.iterdir()] == ["events"]


def crawled_again(rows: list[dict[str, str]], every: int) -> list[dict[str, str]]:
    """The rows, and now and then an earlier one once more: with a sentence more, or with the words of another article."""
    again = []
    for at, row in enumerate(rows):
        again.append(row)
        if at % every == every - 1:
            earlier = rows[max(0, at - 17)]
            again.append(earlier | {"text": rows[at - 3]["text"] if at % 5 == 0 else f"{earlier['text']} update{at} name{at % 40}"})
    return again


@pytest.mark.parametrize("cut", [1600, 2300])
def test_what_is_let_go_survives_saving_and_loading(tmp_path: Path, cut: int) -> None:
    """Windows of six hours: articles are let go, looked at a last time, and final before the cut and after it."""
    config, rows = Config(window_days=0.25), crawled_again(stream_of(2500, seed=2), 9)
    whole, first = EventStream(config), EventStream(config)
    told, told_before = [[one.event for one in stream.add_many(part)] for stream, part in ((whole, rows), (first, rows[:cut]))]
    first.save(tmp_path / "events")
    second = EventStream.load(tmp_path / "events")
    assert (second.final_until, second.open_events()) == (first.final_until, first.open_events())
    assert told_before + [one.event for one in second.add_many(rows[cut:])] == told
    assert (second.moved(), second.final_until) == (whole.moved(), whole.final_until)
    assert "2024-03-01" < whole.final_until < rows[-1]["published"]
    second.settle()
    whole.settle()
    assert second.moved() == whole.moved()


@pytest.mark.parametrize("cut", [10, 70, 201, 333, 420])
def test_new_versions_survive_saving_and_loading(tmp_path: Path, cut: int) -> None:
    rows = crawled_again(stream_of(400), 3)
    whole, first = EventStream(), EventStream()
    expected = whole.add_many(rows)
    found = first.add_many(rows[:cut])
    first.save(tmp_path / "events")
    second = EventStream.load(tmp_path / "events")
    assert (len(second), second.open_events()) == (len(first), first.open_events())
    assert found + second.add_many(rows[cut:]) == expected
    assert second.open_events() == whole.open_events()


def test_a_settled_stream_of_new_versions_holds_what_a_batch_finds_in_the_last_ones() -> None:
    rows = crawled_again([row | {"published": row["published"] or "2024-01-02"} for row in stream_of(200, seed=5)], 4)
    config = Config(window_days=30.0)
    stream = EventStream(config)
    stream.add_many(rows)
    assert sum(map(len, stream.open_events().values())) == len(stream)
    stream.settle()
    assert all(event in ids for event, ids in stream.open_events().items())
    held = {id for ids in stream.open_events().values() for id in ids}
    last = [row for row in {row["id"]: row for row in rows}.values() if row["id"] in held]
    assert len(stream) == len(held) > 150
    columns = ([row[name] for row in last] for name in ("title", "text", "published", "id"))
    assert {frozenset(ids) for ids in stream.open_events().values()} == groups(cluster_events(*columns, config))


def test_an_event_does_not_bear_the_id_of_an_article_that_has_left_it() -> None:
    stream = EventStream()
    rows = [{"id": f"{row}", "text": text, "published": "2024-05-06"} for row, text in enumerate(TEXTS)]
    assert [one.event for one in stream.add_many([*rows, rows[0] | {"text": f"{TEXTS[3]} update"}])] == ["0"] * 3 + ["3"] * 4
    stream.settle()
    assert stream.open_events() == {"1": ["1", "2"], "3": ["3", "4", "5", "0"]}
    assert stream.moved() == {"1": "1", "2": "1"}


@pytest.mark.parametrize("a_day", [0.5, 1, 4, 20])
def test_a_slow_stream_joins_what_a_fast_one_joins(a_day: float) -> None:
    stream, told = EventStream(), {}
    for pair in range(150):
        words = random.Random(pair).sample(range(5000), 10)
        for half in (0, 1):
            text = " ".join(f"name{word}" for word in words[half : 8 + half]) + f" source{pair} report{half}"
            hours = round(24 * (pair / a_day + 1.2 * half))
            published = (datetime(2024, 1, 1) + timedelta(hours=hours)).isoformat()
            told[pair, half] = (hours, {"id": f"{pair:03}-{half}", "text": text, "published": published})
    articles = [article for _, article in sorted(told.values(), key=lambda entry: (entry[0], entry[1]["id"]))]
    events = {article["id"]: joined.event for article, joined in zip(articles, stream.add_many(articles), strict=True)}
    stream.settle()
    events |= stream.moved()
    assert all(events[f"{pair:03}-0"] == events[f"{pair:03}-1"] for pair in range(150))


def test_a_stream_that_is_settled_holds_what_a_batch_finds() -> None:
    rows = [row | {"published": row["published"] or "2024-01-02"} for row in stream_of(200, seed=5)]
    stream = EventStream(Config(window_days=30.0))
    stream.add_many(rows)
    stream.settle()
    columns = ([row[name] for row in rows] for name in ("title", "text", "published", "id"))
    assert {frozenset(ids) for ids in stream.open_events().values()} == groups(cluster_events(*columns, Config(window_days=30.0)))


def test_after_a_break_a_stream_holds_what_has_come() -> None:
    """The date of the stream, a median, is still that of before the break: what came after it must not be let go by that."""
    stream = EventStream()

    def told(id: str, text: str, day: float) -> str:
        return stream.add(id, text, published=(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)).isoformat()).event

    for at in range(1200):
        told(f"{at}", f"a{at} b{at} c{at} d{at} e{at}", at / 20)
    first = told("first", "An earthquake of magnitude six shook the town of Lerwick, and the bridge at Sumburgh fell", 75)
    for at in range(1200, 1400):
        told(f"{at}", f"a{at} b{at} c{at} d{at} e{at}", 75 + (at - 1200) / 100)
    assert told("again", "The bridge at Sumburgh fell when an earthquake shook Lerwick, rescue teams said", 75) == first


def test_what_moves_is_told_once() -> None:
    rows = stream_of(600, seed=3)
    stream = EventStream()
    told = {row["id"]: one.event for row, one in zip(rows, stream.add_many(rows), strict=True)}
    told |= stream.moved()
    assert stream.moved() == {}
    for event, members in stream.open_events().items():
        assert {told[id] for id in members} == {event}


def test_a_stream_holds_the_window_and_no_more() -> None:
    stream = EventStream(Config(window_days=1.0))
    stream.add_many(stream_of(2000))
    assert len(stream) < 250


def test_a_new_version_replaces_the_old_and_a_copy_is_not_held() -> None:
    stream = EventStream()
    stream.add("a", FLOOD[0], published="2024-05-06")
    assert stream.add("b", FLOOD[0], published="2024-05-06").copy_of == "a"
    assert stream.add("a", FLOOD[0], published="2024-05-06").copy_of == ""
    assert len(stream) == 1
    stream.add("a", MATCH[0], published="2024-05-06")
    assert stream.add("c", MATCH[1], published="2024-05-06").event == stream.open_events().copy().popitem()[0]
    assert len(stream) == 2


def test_one_wire_story_fills_no_memory() -> None:
    stream = EventStream()
    stream.add_many({"id": str(row), "text": FLOOD[0], "published": "2024-05-06"} for row in range(10_000))
    assert len(stream) == 1


def test_a_word_explains_once_whatever_it_counts_as() -> None:
    texts = ["Ferryman Okonjo returns, Mira Sandvik says", "Mira Sandvik on Okonjo the Ferryman: Okonjo returns Friday"]
    found = events(texts, ["2024-05-06"] * 2)
    for row in found.shared.to_pylist():
        terms, shares = [entry["term"] for entry in row], [entry["share"] for entry in row]
        assert len(terms) > 2 and len(set(terms)) == len(terms) and shares == sorted(shares, reverse=True)


def test_articles_of_a_stream_have_ids() -> None:
    with pytest.raises(TypeError, match="are strings, not"):
        EventStream().add(5, "text")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="id"):
        EventStream().add("", "text")


def test_a_stream_of_other_settings_or_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events"
    EventStream(Config(window_days=2.0)).save(path)
    with pytest.raises(ArtefactError, match=r"window_days is 3\.0 here and 2\.0 there"):
        EventStream.load(path, Config())
    assert EventStream.load(path).config.window_days == 2.0
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ArtefactError, match="damaged"):
        EventStream.load(path)
    path.write_text("not a stream")
    with pytest.raises(ArtefactError, match="no event stream"):
        EventStream.load(path)
    with pytest.raises(ArtefactError, match="no such file"):
        EventStream.load(tmp_path / "absent")
    with pytest.raises(OutputError):
        EventStream().save(tmp_path / "absent" / "events")


def test_a_window_that_cannot_be_is_refused() -> None:
    with pytest.raises(ConfigError, match="window_days"):
        dataclasses.replace(Config(), window_days=-1.0)


def test_events_of_one_affair_are_a_story() -> None:
    trial = "Minister Okonjo bribery trial at Sumburgh court:"
    texts = [
        f"{trial} hearing opens, prosecutors read charges",
        f"{trial} charges read as hearing opens under guard",
        f"{trial} verdict guilty, nine years in prison",
        f"{trial} guilty verdict brings nine years prison",
        "Ferry strike leaves islanders without bread for days",
    ]
    dates = ["2024-05-01", "2024-05-01", "2024-05-15", "2024-05-15", "2024-05-15"]
    found = events(texts, dates)
    assert groups(found) == {frozenset({"00000", "00001"}), frozenset({"00002", "00003"}), frozenset({"00004"})}
    assert found.stories.to_pylist() == ["00000"] * 4 + ["00004"]
    assert [event.story for event in found.events()] == ["00000", "00000", "00004"]
    assert events(texts, [*dates[:2], *["2025-05-15"] * 3]).stories.to_pylist() == ["00000"] * 2 + ["00002"] * 2 + ["00004"]


def test_a_saved_stream_with_a_changed_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stream"
    stream = EventStream()
    stream.add("a", "नदी पर बना नया पुल सोमवार को खुला और तीस गांवों को रास्ता मिला।", published="2024-03-04")
    stream.save(path)
    assert EventStream.load(path).open_events() == stream.open_events()
    whole = path.read_bytes()
    for at in range(0, len(whole), 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(ArtefactError, match="no event stream, or a damaged one"):
            EventStream.load(path)


def test_a_new_version_with_the_words_of_another_article_replaces_the_old_one() -> None:
    stream = EventStream()
    one, other = "नदी पर बना नया पुल सोमवार को खुला और तीस गांवों को रास्ता मिला।", "धान की सरकारी खरीद अगले महीने मंडियों में शुरू होगी।"
    stream.add("x", one, published="2024-03-04")
    stream.add("y", other, published="2024-03-04")
    assert stream.add("x", other, published="2024-03-04").copy_of == "y"
    assert stream.open_events() == {"y": ["y"]}
    stream.add("y", "", published="2024-03-04")
    assert stream.open_events() == {}


GREETING = "Hello and welcome to the live page of the Northern Herald"
"""A standing line: three reports of three matches share it and little else."""

MATCHES = [
    "Lerwick beat Scalloway by six goals",
    "Brae and Voe drew in heavy rain",
    "Whalsay lost the cup final at home",
    "Unst won on penalties",
]


def test_a_greeting_that_comes_again_joins_nothing() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in (1, 8, 15, 22)]
    texts = [f"{GREETING}. Report {at} of place{at} and thing{at}." for at in range(len(days))]
    rows = [*zip(texts, days, strict=True), *((f"{GREETING}. {match}.", "2024-06-01") for match in MATCHES)]
    texts, days = (list(column) for column in zip(*rows, strict=True))
    ids = [f"{at:02}" for at in range(len(rows))]
    assert all(len(group) == 1 for group in groups(events(texts, days, ids)))
    once = groups(events(texts[-4:], days[-4:], ids[-4:]))
    assert len(once) < 4, "without the others the greeting is what they share"


def test_a_stream_learns_the_greeting_and_keeps_it(tmp_path: Path) -> None:
    def article(at: int) -> dict[str, str]:
        day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=at / 8)
        text = f"{GREETING}. Report {at} of place{at} and thing{at}." if at % 40 == 0 else f"Report {at} of place{at} and thing{at}."
        return {"id": f"{at:03}", "text": text, "published": day.isoformat()}

    stream = EventStream()
    stream.add_many(article(at) for at in range(400))
    stream.save(tmp_path / "events.stream")
    loaded = EventStream.load(tmp_path / "events.stream")
    later = [{"id": match, "text": f"{GREETING}. {match}.", "published": "2024-02-20"} for match in MATCHES]
    told = stream.add_many(later)
    assert [one.event for one in told] == MATCHES
    assert loaded.add_many(later) == told
    assert [one.event for one in EventStream().add_many(later)] != MATCHES


def test_an_event_is_looked_at_once_more_before_it_is_final() -> None:
    """What turns out to be a greeting only weeks later has joined four matches; they come apart, and then stay as they are."""
    stream, days = EventStream(), [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=at / 30) for at in range(1800)]
    told = {}
    for at, day in enumerate(days):
        text = f"Report {at} of place{at} and thing{at}."
        rows = [{"id": f"{at:04}", "text": f"{GREETING}. {text}" if at % 150 == 149 else text, "published": day.isoformat()}]
        if at == 100:
            rows += [{"id": match, "text": f"{GREETING}. {match}.", "published": day.isoformat()} for match in MATCHES]
        told |= {row["id"]: one.event for row, one in zip(rows, stream.add_many(rows), strict=True)}
        told |= (moved := stream.moved())
        if at == 400:
            assert len({told[match] for match in MATCHES}) < 4 and stream.final_until < days[0].isoformat()
        assert not any(days[int(id)].isoformat() < stream.final_until for id in moved if id.isdigit())
    assert len({told[match] for match in MATCHES}) == 4 and stream.final_until > days[300].isoformat()
    stream.settle()
    assert not stream.moved().keys() & set(MATCHES)


def test_what_is_final_stays_final_when_an_archive_follows() -> None:
    """Articles of weeks ago that come in by the hundred set the date of the stream back, not what was said to be final."""
    stream, start = EventStream(), datetime(2024, 1, 1, tzinfo=UTC)

    def rows(name: str, days: range, each: int) -> list[dict[str, str]]:
        return [
            {
                "id": f"{name}{day:03}{at}",
                "text": f"Storm {day} at harbour{at % 2}. Report {name}{at}.",
                "published": (start + timedelta(days=day)).isoformat(),
            }
            for day in days
            for at in range(each)
        ]

    stream.add_many(rows("a", range(100), 20))
    stream.moved()
    final = stream.final_until
    assert final > (start + timedelta(days=20)).isoformat()
    for late in rows("b", range(40, 70), 5):
        stream.add_many([late])
        assert stream.final_until >= final
        assert not any(id[0] == "a" and (start + timedelta(days=int(id[1:4]))).isoformat() < final for id in stream.moved())
