"""Events scored again with an embedding model: a tiny one that the test makes, read by the loader that reads real ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from naive import joined_by_model

import dedup
from dedup.errors import ConfigError, InputError
from dedup.event import EventColumns, cluster_events
from dedup.integrations.embeddings import load, rescored

TEXTS = [
    "flood river village camp",
    "बाढ़ नदी गांव शिविर",
    "cup final penalties keeper",
    "कप फाइनल पेनल्टी गोलकीपर",
    "wheat prices market",
]
PAIRS = [("flood", "बाढ़"), ("river", "नदी"), ("village", "गांव"), ("camp", "शिविर"), ("cup", "कप"), ("final", "फाइनल")]
PAIRS += [("penalties", "पेनल्टी"), ("keeper", "गोलकीपर"), ("wheat", "गेहूं"), ("prices", "कीमत"), ("market", "बाज़ार")]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model in which a word and its translation have one vector."""
    model2vec = pytest.importorskip("model2vec")
    tokenizers = pytest.importorskip("tokenizers")
    words = ["[UNK]", *(word for pair in PAIRS for word in pair)]
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    vectors = np.zeros((len(words), len(PAIRS)), np.float32)
    for at in range(len(PAIRS)):
        vectors[1 + 2 * at : 3 + 2 * at, at] = 1
    folder = tmp_path_factory.mktemp("model")
    model2vec.StaticModel(vectors=vectors, tokenizer=tokenizer).save_pretrained(str(folder))
    return folder


def lexical(dates: list[str]) -> EventColumns:
    return cluster_events([""] * 5, TEXTS, dates, list("abcde"))


def test_a_model_joins_languages_within_the_window(model: Path) -> None:
    encode = load(model)
    found = lexical(["2024-05-06"] * 5)
    assert len(set(found.event.tolist())) == 5
    assert rescored(found, TEXTS, encode).ids.to_pylist() == ["a", "a", "c", "c", "e"]
    later = lexical(["2024-05-06", "2024-06-06", "2024-05-06", "2024-05-07", ""])
    assert rescored(later, TEXTS, encode).ids.to_pylist() == ["a", "b", "c", "c", "e"]


def test_lexical_events_stay_whole() -> None:
    found = cluster_events([""] * 2, ["flood river village camp one", "flood river village camp two"], [""] * 2, ["a", "b"])
    assert found.ids.to_pylist() == ["a", "a"]
    assert rescored(found, ["x", "y"], lambda texts: np.eye(2, dtype=np.float32)).ids.to_pylist() == ["a", "a"]


@pytest.mark.parametrize("seed", range(40))
def test_events_are_joined_as_by_definition(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedup.integrations.embeddings._BLOCK", 7)
    draw = np.random.default_rng(seed)
    count = 24
    vectors = draw.normal(size=(count, 6)) + 2 * np.eye(6)[draw.integers(0, 6, count)]
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    days = np.where(draw.random(count) < 0.2, np.nan, draw.random(count) * 8)
    event = np.minimum(np.arange(count), draw.integers(0, count, count))
    event = np.array([event[event[row]] for row in range(count)])
    event = np.array([min(np.flatnonzero(event == name)) for name in event])
    lexical = replace(
        cluster_events([""] * count, [""] * count, [""] * count, [f"{row:02}" for row in range(count)]), event=event, days=days
    )
    found = rescored(lexical, [""] * count, lambda texts: vectors, threshold=0.5, window_days=3.0)
    groups = {frozenset(np.flatnonzero(found.event == name).tolist()) for name in found.event}
    assert groups == joined_by_model(vectors.astype(float).tolist(), event.tolist(), days.tolist(), 0.5, 3.0)
    assert groups != {frozenset(np.flatnonzero(event == name).tolist()) for name in event}
    for row in range(count):
        others = np.flatnonzero((found.event == found.event[row]) & (np.arange(count) != row))
        assert found.cosine is not None
        expected = (vectors[others] @ vectors[row]).mean() if len(others) else np.nan
        assert found.cosine[row] == pytest.approx(expected, abs=1e-4, nan_ok=True)


def test_neither_order_nor_ties_change_what_a_model_joins() -> None:
    ids, dates, event = list("abcdef"), [f"2024-01-0{day}" for day in (1, 3, 5, 2, 4, 6)], {}
    for order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]):
        texts = [f"word{ids[row]}" for row in order]
        lexical = cluster_events([""] * 6, texts, [dates[row] for row in order], [ids[row] for row in order])
        found = rescored(lexical, texts, lambda texts: np.ones((len(texts), 2), np.float32))
        event[tuple(order)] = dict(zip(found.articles["id"].to_pylist(), found.ids.to_pylist(), strict=True))
    first, *others = event.values()
    assert all(other == first for other in others) and len(set(first.values())) == 2


def test_stories_follow_the_events_that_a_model_joins_and_the_rows_say_so(model: Path) -> None:
    found = rescored(lexical(["2024-05-06"] * 5), TEXTS, load(model))
    assert found.stories.to_pylist() == ["a", "a", "c", "c", "e"]
    assert "mean cosine 1.000" in found.explain(1) and found.explain(4).startswith("alone")


def test_a_setting_names_the_model(model: Path) -> None:
    rows = [{"id": id, "text": text, "published": "2024-05-06"} for id, text in zip("abcde", TEXTS, strict=True)]
    assert [event.members for event in dedup.events(rows, embeddings=str(model))] == [("a", "b"), ("c", "d"), ("e",)]
    result = dedup.run(rows, strip="off", embeddings=str(model))
    assert result.documents["event_id"].to_pylist() == ["a", "a", "c", "c", "e"]
    assert result.documents["event_similarity"].to_pylist() == [1.0] * 5 and result.documents["event_terms"].to_pylist() == [[]] * 5
    with pytest.raises(ConfigError, match="by words alone"):
        dedup.EventStream(dedup.Config(embeddings=str(model)))
    with pytest.raises(InputError, match="no folder"):
        dedup.run(rows, embeddings=str(model / "absent"))


def test_a_sentence_transformers_model_is_read(tmp_path: Path) -> None:
    """A transformer of one layer and random weights, made here: the same words get the same vector, others another."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(word for pair in PAIRS for word in pair)]
    (tmp_path / "vocab.txt").write_text("\n".join(words), "utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt"), strip_accents=False)
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    bert = transformers.BertModel(transformers.BertConfig(vocab_size=len(words), **size))
    bert.save_pretrained(tmp_path / "bert")
    tokenizer.save_pretrained(tmp_path / "bert")
    # Where a folder holds a bare transformer, sentence-transformers takes the mean of its vectors.
    sentence_transformers.SentenceTransformer(str(tmp_path / "bert")).save(str(tmp_path / "model"))
    encode = load(tmp_path / "model")
    vectors = encode([*TEXTS, TEXTS[0]])
    assert vectors.shape == (6, 16) and vectors.dtype == np.float32
    assert np.allclose(vectors[0], vectors[5], atol=1e-5) and not np.allclose(vectors[0], vectors[4], atol=1e-3)
    found = rescored(lexical(["2024-05-06"] * 5), TEXTS, encode, threshold=1.01)
    assert found.ids.to_pylist() == list("abcde")


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        load(tmp_path / "absent")
    with pytest.raises(InputError, match="for 5 texts"):
        rescored(lexical([""] * 5), TEXTS, lambda texts: np.zeros((1, 2), np.float32))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    with pytest.raises(InputError, match="no model"):
        load(tmp_path)
