"""Events scored again with an embedding model: a tiny one that the test makes, read by the loader that reads real ones."""

from pathlib import Path

import numpy as np
import pytest

from dedup.errors import InputError
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


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        load(tmp_path / "absent")
    with pytest.raises(InputError, match="for 5 texts"):
        rescored(lexical([""] * 5), TEXTS, lambda texts: np.zeros((1, 2), np.float32))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    with pytest.raises(InputError, match="no model"):
        load(tmp_path)
